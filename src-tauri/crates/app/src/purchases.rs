//! Purchases on own funds (II, article 2), from the project to the maintenance by the Département.
//!
//! Invariant: a purchase stands where its last step put it, and only a way of `ways::WAYS` leads to another. What the
//! convention says of a purchase is asked of the convention each time, never stored.
//! Left out on purpose: the accounts. Relais knows what was bought and validated, not how it was paid.

mod dossier;
mod receipt;
mod steps;
mod ways;

pub(crate) use receipt::receive;
pub(crate) use steps::{step, unstep};

use convention::RouteRequest;
use store::{
    Connection, Transaction,
    purchase::{Purchase, PurchaseStep as StepRow},
};

use crate::{
    App, Error,
    convention_view::routed,
    documents, equipment, labels,
    pack::{self, Convention},
    papers,
    tickets::{narrow, word},
    wire::{
        ById, Channel, PurchaseForm, PurchaseQuery, PurchaseRow, PurchaseState, PurchaseStep,
        PurchaseView, Purchases, Saved, SavedFile,
    },
};
use ways::Story;

const QUANTITY_MOST: u32 = 1_000;
const TITLE_MOST: usize = 100;

pub(crate) fn find(conn: &Connection, id: &str) -> Result<Purchase, Error> {
    store::purchase::get(conn, id)?.ok_or(Error::NotFound("Cet achat"))
}

pub(crate) fn row(conn: &Connection, purchase: &Purchase) -> Result<PurchaseRow, Error> {
    Ok(described(purchase, &Story::read(conn, purchase)?))
}

fn described(purchase: &Purchase, story: &Story) -> PurchaseRow {
    PurchaseRow {
        id: purchase.id.clone(),
        title: purchase.title.clone(),
        kind: purchase.kind.clone(),
        quantity: u32::try_from(purchase.quantity).unwrap_or_default(),
        state: story.state,
        state_label: labels::purchase_state(story.state).to_owned(),
        since_on: story.steps.last().map(|step| step.on_date.clone()),
        amount_cents: purchase.amount_cents,
        next: story.next().to_owned(),
    }
}

fn rows(conn: &Connection, open_only: bool) -> Result<Vec<PurchaseRow>, Error> {
    store::purchase::list(conn, open_only)?
        .iter()
        .map(|purchase| row(conn, purchase))
        .collect()
}

pub(crate) fn list(app: &App, query: PurchaseQuery) -> Result<Purchases, Error> {
    let rows = app.desk()?.store.read(|conn| rows(conn, query.open_only))?;
    Ok(Purchases {
        total: narrow(rows.len() as u64),
        rows,
    })
}

/// Purchases whose next act is the collège's, not the Département's nor the supplier's.
pub(crate) fn waiting(conn: &Connection) -> Result<Vec<PurchaseRow>, Error> {
    let mut rows = rows(conn, true)?;
    rows.retain(|row| {
        matches!(
            row.state,
            PurchaseState::Project | PurchaseState::Validated | PurchaseState::Received
        )
    });
    Ok(rows)
}

pub(crate) fn show(app: &App, request: ById) -> Result<PurchaseView, Error> {
    app.desk()?.store.read(|conn| view(conn, app, &request.id))
}

fn view(conn: &Connection, app: &App, id: &str) -> Result<PurchaseView, Error> {
    let purchase = find(conn, id)?;
    let story = Story::read(conn, &purchase)?;
    let kept = documents::wires(store::document::of_purchase(conn, id)?)?;
    let steps = story
        .steps
        .iter()
        .map(|step: &StepRow| {
            let state = word(PurchaseState::from_id, &step.state)?;
            Ok(PurchaseStep {
                state,
                label: labels::purchase_state(state).to_owned(),
                on_date: step.on_date.clone(),
                note: step.note.clone(),
                ticket_id: step.ticket_id.clone(),
                document: kept
                    .iter()
                    .find(|document| Some(&document.id) == step.document_id.as_ref())
                    .cloned(),
            })
        })
        .collect::<Result<_, Error>>()?;
    let machines = store::purchase::equipment_of(conn, id)?;
    let convention = Convention::in_force(conn)?;
    let (warning, source) = match warning(conn, &convention, &purchase, &story)? {
        Some((warning, source)) => (Some(warning), source),
        None => (None, None),
    };
    Ok(PurchaseView {
        row: described(&purchase, &story),
        form: form(purchase),
        steps,
        next_steps: story.next_steps(),
        can_undo: story.undoable(conn)?.is_ok(),
        documents: kept,
        equipment: machines
            .iter()
            .map(|machine| equipment::row(conn, &convention.pack, machine, app.today()))
            .collect::<Result<_, Error>>()?,
        warning,
        source,
    })
}

fn form(purchase: Purchase) -> PurchaseForm {
    PurchaseForm {
        id: Some(purchase.id),
        title: purchase.title,
        kind: purchase.kind,
        quantity: u32::try_from(purchase.quantity).unwrap_or_default(),
        supplier: purchase.supplier,
        amount_cents: purchase.amount_cents,
        reason: purchase.reason,
        user_line: purchase.user_line,
    }
}

/// What the convention says of machines ordered without validation, with the way out, and where it says so.
fn warning(
    conn: &Connection,
    convention: &Convention,
    purchase: &Purchase,
    story: &Story,
) -> Result<Option<(String, Option<String>)>, Error> {
    let Some(ordered_on) = story.ordered_on.filter(|_| !story.validated) else {
        return Ok(None);
    };
    let Some(service) = dossier::service(convention, ordered_on, purchase)? else {
        return Ok(None);
    };
    let profile = store::profile::get(conn)?.unwrap_or_default();
    let perimeter = equipment::perimeter_of(&convention.pack, &purchase.user_line);
    let request = RouteRequest {
        perimeter: Some(perimeter.into()),
        funding: Some(convention::Funding::FondsPropres),
        bought_on: Some(ordered_on),
        cite_scolaire: profile.cite_scolaire,
        region_maintains: profile.region_maintains,
        ..RouteRequest::new(service, convention::Activity::Maintenance)
    };
    let route = routed(convention, &request)?;
    if route.channel != Channel::PriorValidation {
        // Bought before the rule, or maintained by the Région: the Département's validation opens nothing.
        return Ok(None);
    }
    let mut sentences =
        vec!["Non maintenue par le Département : commandée sans validation.".to_owned()];
    sentences.extend(route.before);
    sentences.extend(route.warnings);
    Ok(Some((
        sentences.join(" "),
        route.source.map(|source| source.passage),
    )))
}

pub(crate) fn save(app: &App, form: PurchaseForm) -> Result<Saved, Error> {
    let title = form.title.trim().to_owned();
    if title.is_empty() {
        return Err(Error::refused(
            "title",
            "Dites en quelques mots ce que le collège veut acheter.",
        ));
    }
    if title.chars().count() > TITLE_MOST {
        return Err(Error::refused(
            "title",
            "Ce titre est trop long : gardez 100 caractères, et mettez le reste dans le motif.",
        ));
    }
    if form.quantity == 0 || form.quantity > QUANTITY_MOST {
        return Err(Error::refused("quantity", "La quantité va de 1 à 1 000."));
    }
    if form.amount_cents.is_some_and(i64::is_negative) {
        return Err(Error::refused(
            "amount_cents",
            "Un montant ne peut pas être négatif.",
        ));
    }
    let user_line = equipment::user_line(&*app.pack()?, &form.user_line)?;
    let kind = equipment::kind(&form.kind)?;
    let now = app.now_ms();
    let today = app.today().to_string();
    app.desk()?.store.write(|tx| {
        let known = match &form.id {
            Some(id) => Some(find(tx, id)?),
            None => None,
        };
        let purchase = Purchase {
            id: known.as_ref().map_or_else(
                || store::new_id(now, &mut rand::rng()),
                |purchase| purchase.id.clone(),
            ),
            title,
            kind,
            quantity: form.quantity.into(),
            supplier: form.supplier.trim().to_owned(),
            amount_cents: form.amount_cents,
            reason: form.reason.trim().to_owned(),
            user_line,
            state: PurchaseState::Project.id().to_owned(),
            created_at_ms: now,
            updated_at_ms: now,
        };
        if known.is_some() {
            store::purchase::update(tx, &purchase, now)?;
        } else {
            begin(tx, &purchase, &today)?;
        }
        Ok(Saved { id: purchase.id })
    })
}

/// A purchase begins as a project, dated like every step after it.
fn begin(tx: &Transaction, purchase: &Purchase, today: &str) -> Result<(), Error> {
    store::purchase::insert(tx, purchase)?;
    store::purchase::add_step(
        tx,
        &StepRow {
            id: store::new_id(purchase.created_at_ms, &mut rand::rng()),
            purchase_id: purchase.id.clone(),
            state: PurchaseState::Project.id().to_owned(),
            on_date: today.to_owned(),
            created_at_ms: purchase.created_at_ms,
            ..Default::default()
        },
    )?;
    Ok(())
}

/// The project on paper, to join to the request or to have signed.
pub(crate) fn paper(app: &App, request: ById) -> Result<SavedFile, Error> {
    let (pdf, title) = app.desk()?.store.read(|conn| -> Result<_, Error> {
        let purchase = find(conn, &request.id)?;
        let head = papers::Head::read(app, conn)?;
        let pdf = reports::purchase_request(&head.paper(), &request_paper(conn, &purchase)?)
            .map_err(papers::wording)?;
        Ok((pdf, purchase.title))
    })?;
    papers::save(app, "achat", &title, "pdf", &pdf)
}

fn request_paper(
    conn: &Connection,
    purchase: &Purchase,
) -> Result<reports::PurchaseRequest, Error> {
    let pack = pack::in_force(conn)?;
    let quantity = u32::try_from(purchase.quantity).unwrap_or_default();
    // A price that does not divide is the price of the whole.
    let whole = purchase
        .amount_cents
        .is_some_and(|amount| amount % purchase.quantity.max(1) != 0);
    let line = if whole {
        reports::PurchaseLine {
            designation: format!("{quantity} × {}", purchase.kind),
            quantity: 1,
            unit_price_cents: purchase.amount_cents,
        }
    } else {
        reports::PurchaseLine {
            designation: purchase.kind.clone(),
            quantity,
            unit_price_cents: purchase
                .amount_cents
                .map(|amount| amount / purchase.quantity.max(1)),
        }
    };
    let quote = store::document::of_purchase(conn, &purchase.id)?
        .into_iter()
        .rfind(|document| document.kind == "devis")
        .map_or_else(String::new, |document| document.name);
    let rule = &pack.rules.applied.own_funds;
    Ok(reports::PurchaseRequest {
        title: purchase.title.clone(),
        purpose: purchase.reason.clone(),
        room: String::new(),
        users: purchase.user_line.clone(),
        funding: labels::funding(crate::wire::Funding::FondsPropres).to_owned(),
        lines: vec![line],
        supplier: purchase.supplier.clone(),
        quote,
        wanted_by: None,
        context: String::new(),
        basis: rule.source.passage.clone(),
        facts: Vec::new(),
    })
}
