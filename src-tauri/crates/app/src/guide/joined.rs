//! Files joined to a draft, and a draft joined to a dossier that says the same.
//!
//! Invariant: what was answered becomes a note, its files move and the draft goes in one transaction: nothing that was
//! typed is lost, and the same trouble is not two dossiers.

use convention::{Answered, Step};
use store::Transaction;

use super::{facts, find, ground::Ground, read_answers, refreshed};
use crate::{
    App, Error,
    labels::NNBSP,
    tickets::{self, attachments},
    wire::{ById, EventKind, GuideAttach, GuideJoin, GuideView, TicketView},
};

pub(crate) fn attach(app: &App, request: GuideAttach) -> Result<GuideView, Error> {
    let desk = app.desk()?;
    desk.store.write(|tx| {
        let draft = find(tx, &request.draft_id)?;
        attachments::keep(
            tx,
            app,
            attachments::Owner::Draft(&draft.id),
            &request.file_id,
        )?;
        refreshed(tx, app, draft)
    })
}

/// Takes a file off its draft, which the view shows.
pub(crate) fn detach(app: &App, request: ById) -> Result<GuideView, Error> {
    let desk = app.desk()?;
    desk.store.write(|tx| {
        let Some(draft) = attachments::find(tx, &request.id)?.draft_id else {
            return Err(Error::Conflict(
                "Ce fichier est joint à un dossier : il y reste.".into(),
            ));
        };
        store::attachment::remove(tx, &request.id)?;
        let draft = find(tx, &draft)?;
        refreshed(tx, app, draft)
    })
}

/// What was answered, as the dossier will have said it.
fn told(started: &str, answered: &[Answered], attached: &[String]) -> String {
    let started = Some(started.trim())
        .filter(|started| !started.is_empty())
        .map(|started| format!("Demande : « {started} »"));
    let answered = answered
        .iter()
        .filter(|line| !line.text.is_empty())
        .map(|line| format!("{} : {}", line.label, line.text));
    let lines: Vec<String> = started
        .into_iter()
        .chain(answered)
        .chain(attached.iter().cloned())
        .collect();
    lines.join("\n")
}

/// The machines the draft speaks of, when the dossier does not speak of them yet.
fn add_machines(
    tx: &Transaction,
    ticket: &store::ticket::Ticket,
    mut concerned: Vec<String>,
) -> Result<(), Error> {
    let known = store::ticket::machines(tx, &ticket.id)?;
    let own = ticket.equipment_id.as_ref();
    concerned.retain(|id| own != Some(id) && !known.iter().any(|machine| machine.id == *id));
    if concerned.is_empty() {
        return Ok(());
    }
    // The list is whole: the machine it began with stands in it.
    concerned.extend(own.cloned());
    Ok(store::ticket::add_machines(tx, &ticket.id, &concerned)?)
}

pub(crate) fn join(app: &App, request: GuideJoin) -> Result<TicketView, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    desk.store.write(|tx| -> Result<(), Error> {
        let draft = find(tx, &request.draft_id)?;
        let ticket = tickets::find(tx, &request.ticket_id)?;
        if !tickets::is_open(&ticket)? {
            return Err(Error::Conflict(
                "Ce dossier est fermé : rouvrez-le d’abord, ou faites-en un nouveau.".into(),
            ));
        }
        let ground = Ground::of(tx, &draft)?;
        let answers = ground.known(&read_answers(&draft)?);
        let (description, mut concerned) =
            match facts::step(tx, app, &ground.convention, &answers)?.1 {
                Step::Ready { summary, .. } => (summary.description, summary.machines),
                Step::Ask {
                    answered,
                    attached_facts,
                    ..
                } => (
                    told(&answers.started, &answered, &attached_facts),
                    Vec::new(),
                ),
            };
        concerned.extend(draft.equipment_id.clone());
        let said = match description.is_empty() {
            true => "Signalé de nouveau.".to_owned(),
            false => format!("Signalé de nouveau{NNBSP}:\n{description}"),
        };
        tickets::event(tx, &ticket.id, now, "moi", EventKind::Note, &said)?;
        add_machines(tx, &ticket, concerned)?;
        store::attachment::move_to_ticket(tx, &draft.id, &ticket.id)?;
        store::draft::remove(tx, &draft.id)?;
        Ok(())
    })?;
    tickets::show(
        app,
        ById {
            id: request.ticket_id,
        },
    )
}
