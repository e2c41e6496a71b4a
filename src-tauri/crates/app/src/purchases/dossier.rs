//! The two dossiers that a purchase sends: the request for validation, and the registration.
//!
//! Invariant: they are answers to the guide, given here in the person's place, so that their service, their route and
//! what they say come from the pack like those of any other dossier.

use chrono::NaiveDate;
use convention::{Answers, Facts, Filled, Pack, QuestionKind, Step, Summary};
use store::{Connection, purchase::Purchase};

use super::ways::Story;
use crate::{App, Error, equipment, labels, pack::Convention, wire::PurchaseState};

/// What the platform accepts as a title.
const TITLE_MOST: usize = 100;
/// Beyond, the list of the machines is a file to join.
const MACHINES_MOST: usize = 60;

/// Answers that end the form, with its summary.
fn ended(
    convention: &Convention,
    answers: Answers,
    facts: &Facts,
) -> Result<(Answers, Summary), Error> {
    match convention.next(&answers, facts)? {
        Step::Ready { summary, .. } => Ok((answers, summary)),
        Step::Ask { question, .. } => Err(Error::Internal(format!(
            "a purchase does not answer « {} »",
            question.id
        ))),
    }
}

/// The form as the pack says it is filled in, with what only this purchase knows.
fn filled(pack: &Pack, form: &Filled, purchase: &Purchase, story: &str) -> Answers {
    let mut answers = Answers::default();
    for (question, answer) in &form.answers {
        answers.set(question.as_str(), answer.as_str());
    }
    if let Some(asked) = &form.kind {
        let kind = pack.equipment_type(&purchase.kind);
        let offered = kind.filter(|kind| {
            let question = pack.guide.item(&asked.question);
            question.is_some_and(|item| item.options.iter().any(|option| option.id == kind.id))
        });
        let answer = offered.map_or(asked.otherwise.as_str(), |kind| kind.id.as_str());
        answers.set(asked.question.as_str(), answer);
    }
    answers.set(form.story.as_str(), story);
    answers
}

/// The line of the matrix that a purchase belongs to, when the pack asks for its validation.
pub(super) fn service(
    convention: &Convention,
    today: NaiveDate,
    purchase: &Purchase,
) -> Result<Option<String>, Error> {
    let pack = &convention.pack;
    let Some(form) = &pack.rules.applied.own_funds.request else {
        return Ok(None);
    };
    let answers = filled(pack, form, purchase, &purchase.title);
    let (_, summary) = ended(convention, answers, &Facts::on(today))?;
    Ok(Some(summary.service))
}

/// What leaves with a step, with the title by which the collège will know it again; nothing when the pack does not
/// say how to ask.
pub(super) fn compose(
    conn: &Connection,
    app: &App,
    convention: &Convention,
    purchase: &Purchase,
    story: &Story,
    to: PurchaseState,
    note: &str,
) -> Result<Option<(Answers, Summary)>, Error> {
    let pack = &convention.pack;
    let own_funds = &pack.rules.applied.own_funds;
    let profile = store::profile::get(conn)?.unwrap_or_default();
    let mut facts = Facts::on(app.today());
    facts.cite_scolaire = profile.cite_scolaire;
    facts.region_maintains = profile.region_maintains;
    let registration = to == PurchaseState::Registered;
    let (answers, head) = if registration {
        let machines = store::purchase::equipment_of(conn, &purchase.id)?;
        let Some(form) = &own_funds.registration else {
            return Ok(None);
        };
        let mut lines = bought(purchase, story);
        lines.extend(listed(&machines));
        lines.extend(told(note));
        let mut answers = filled(pack, form, purchase, &lines.join("\n"));
        let asked = pack.questions_of_kind(QuestionKind::Equipment).next();
        if let (Some(question), [machine]) = (asked, machines.as_slice()) {
            answers.set(question, machine.id.as_str());
            facts.equipment = Some(equipment::facts(conn, pack, machine)?);
        }
        (answers, "Enregistrement à l’inventaire")
    } else {
        let Some(form) = &own_funds.request else {
            return Ok(None);
        };
        let mut lines = bought(purchase, story);
        if let Some(ordered) = story.ordered_on {
            lines.push(format!(
                "Commande passée le {} sans validation : le collège demande si cet achat peut être régularisé.",
                ordered.format("%d/%m/%Y")
            ));
        }
        lines.extend(told(note));
        (
            filled(pack, form, purchase, &lines.join("\n")),
            "Validation d’un achat",
        )
    };
    let (answers, mut summary) = ended(convention, answers, &facts)?;
    summary.title = title(head, &purchase.title);
    Ok(Some((answers, summary)))
}

fn title(head: &str, about: &str) -> String {
    let whole = format!("{head} : {about}");
    if whole.chars().count() <= TITLE_MOST {
        return whole;
    }
    let cut: String = whole.chars().take(TITLE_MOST - 1).collect();
    format!("{}…", cut.trim_end())
}

fn bought(purchase: &Purchase, story: &Story) -> Vec<String> {
    let line = |label: &str, value: &str| {
        Some(format!("{label} : {value}")).filter(|_| !value.trim().is_empty())
    };
    let amount = purchase.amount_cents.map(labels::euros);
    let validated = story.validated_on.as_deref().map(labels::short_day);
    [
        Some(purchase.title.clone()),
        line("Type", &purchase.kind),
        line("Quantité", &purchase.quantity.to_string()),
        line("Fournisseur", &purchase.supplier),
        line("Montant", amount.as_deref().unwrap_or_default()),
        line("Utilisateur", &purchase.user_line),
        line("Motif", &purchase.reason),
        line("Validé le", validated.as_deref().unwrap_or_default()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn listed(machines: &[store::equipment::Equipment]) -> Vec<String> {
    let mut lines: Vec<String> = machines
        .iter()
        .take(MACHINES_MOST)
        .map(|machine| {
            let serial = if machine.serial.is_empty() {
                "sans numéro de série".to_owned()
            } else {
                format!("série {}", machine.serial)
            };
            format!("– {}, {serial}", equipment::label(machine))
        })
        .collect();
    if let Some(more) = machines
        .len()
        .checked_sub(MACHINES_MOST)
        .filter(|more| *more > 0)
    {
        lines.push(format!("et {more} autres : liste à demander au collège."));
    }
    lines
}

fn told(note: &str) -> Option<String> {
    Some(note.trim().to_owned()).filter(|note| !note.is_empty())
}
