//! Taking a step of a purchase, and taking it back.
//!
//! Invariant: a step that leaves, its dossier and its envoi are one transaction; what has left is not taken back. The
//! machines of a purchase bear its validation: it comes and goes with the step.

use chrono::NaiveDate;
use store::{
    Transaction,
    equipment::Equipment,
    purchase::{Purchase, PurchaseStep},
};

use super::{
    dossier, find, view,
    ways::{Story, Way},
};
use crate::{
    App, Error,
    convention_view::day,
    documents, guide, submission,
    wire::{
        ById, DocumentKind, DocumentOwner, OwnerKind, PurchaseState, PurchaseStepForm, PurchaseView,
    },
};

/// The day a step was taken, which cannot be to come.
pub(super) fn past_day(app: &App, text: &str) -> Result<NaiveDate, Error> {
    let on = day("on_date", Some(text))?
        .ok_or_else(|| Error::refused("on_date", "Donnez le jour de cette étape."))?;
    if on > app.today() {
        return Err(Error::refused(
            "on_date",
            "Ce jour n’est pas encore arrivé : une étape se note quand elle a lieu.",
        ));
    }
    Ok(on)
}

/// What a person writes down of a step.
pub(super) struct Taken<'a> {
    pub(super) on: NaiveDate,
    pub(super) note: &'a str,
    pub(super) file_id: Option<&'a str>,
    pub(super) ticket_id: Option<String>,
}

/// Writes the step with its document.
pub(super) fn write(
    tx: &Transaction,
    app: &App,
    purchase: &Purchase,
    way: &Way,
    taken: Taken<'_>,
) -> Result<(), Error> {
    let document_id = match taken.file_id.filter(|id| !id.is_empty()) {
        Some(file) => {
            let owner = DocumentOwner {
                kind: OwnerKind::Purchase,
                id: purchase.id.clone(),
            };
            let kind = way.document.unwrap_or(DocumentKind::Other);
            Some(documents::keep(tx, app, owner, kind, file)?.id)
        }
        None => None,
    };
    let now = app.now_ms();
    store::purchase::add_step(
        tx,
        &PurchaseStep {
            id: store::new_id(now, &mut rand::rng()),
            purchase_id: purchase.id.clone(),
            state: way.to.id().to_owned(),
            on_date: taken.on.to_string(),
            note: taken.note.trim().to_owned(),
            ticket_id: taken.ticket_id,
            document_id,
            created_at_ms: now,
        },
    )?;
    Ok(())
}

/// The machines that came already bear the validation that their purchase now has. It is no act on many rows of its
/// own: undone apart from the step, it would leave machines that their validated purchase does not maintain.
fn bear(tx: &Transaction, app: &App, purchase: &Purchase, before: bool) -> Result<(), Error> {
    let validated = Story::read(tx, &find(tx, &purchase.id)?)?.validated;
    if validated == before {
        return Ok(());
    }
    for machine in store::purchase::equipment_of(tx, &purchase.id)? {
        let machine = Equipment {
            validated,
            ..machine
        };
        store::equipment::update(tx, &machine, app.now_ms())?;
    }
    Ok(())
}

pub(crate) fn step(app: &App, form: PurchaseStepForm) -> Result<PurchaseView, Error> {
    let on = past_day(app, &form.on_date)?;
    let desk = app.desk()?;
    let (view, sent) = desk.store.write(|tx| -> Result<_, Error> {
        let purchase = find(tx, &form.purchase_id)?;
        let story = Story::read(tx, &purchase)?;
        let way = story.way(form.state)?;
        if way.to == PurchaseState::Received {
            return Err(Error::refused(
                "state",
                "Une livraison se note avec ce qui est arrivé : type, modèle et numéros de série.",
            ));
        }
        let mut filed = None;
        if way.leaves {
            let ground = guide::Ground::kept_in_force(tx, app)?;
            let convention = &ground.convention;
            let asked =
                dossier::compose(tx, app, convention, &purchase, &story, way.to, &form.note)?;
            // A pack that does not say how to ask leaves the asking to the person; the step is noted all the same.
            filed = asked
                .map(|(answers, summary)| submission::file(tx, app, &ground, &answers, &summary))
                .transpose()?;
        }
        let taken = Taken {
            on,
            note: &form.note,
            file_id: form.file_id.as_deref(),
            ticket_id: filed.as_ref().map(|filed| filed.ticket_id.clone()),
        };
        write(tx, app, &purchase, way, taken)?;
        bear(tx, app, &purchase, story.validated)?;
        let sent = filed.is_some_and(|filed| filed.sent);
        Ok((view(tx, app, &purchase.id)?, sent))
    })?;
    if sent {
        desk.exchange.wake();
    }
    Ok(view)
}

pub(crate) fn unstep(app: &App, request: ById) -> Result<PurchaseView, Error> {
    app.desk()?.store.write(|tx| {
        let purchase = find(tx, &request.id)?;
        let story = Story::read(tx, &purchase)?;
        if let Err(why) = story.undoable(tx)? {
            return Err(Error::Conflict(why.into()));
        }
        store::purchase::remove_last_step(tx, &purchase.id, app.now_ms())?;
        bear(tx, app, &purchase, story.validated)?;
        view(tx, app, &purchase.id)
    })
}
