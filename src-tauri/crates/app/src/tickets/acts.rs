//! What a person can do to a dossier here: note, call, step done, number, close, reopen.
//!
//! Invariant: the platform is right about the status of what it holds; only a dossier that
//! never leaves the collège can be closed or reopened here. A dossier may be closed before
//! all its steps are done; its story then says which were not.

use super::{find, open, sends_of, show, view};
use crate::{
    App, Error,
    labels::NNBSP,
    wire::{
        ById, EventKind, Task, TaskTick, TicketCall, TicketClose, TicketNote, TicketNumber,
        TicketState, TicketView,
    },
};

pub(crate) fn event(
    tx: &store::Transaction,
    ticket: &str,
    now_ms: i64,
    author: &str,
    kind: EventKind,
    text: &str,
) -> Result<(), Error> {
    store::event::add(
        tx,
        &store::event::TicketEvent {
            id: store::new_id(now_ms, &mut rand::rng()),
            ticket_id: ticket.to_owned(),
            at_ms: now_ms,
            author: author.to_owned(),
            kind: kind.id().to_owned(),
            text: text.to_owned(),
            ..Default::default()
        },
    )?;
    Ok(())
}

pub(crate) fn note(app: &App, request: TicketNote) -> Result<TicketView, Error> {
    let text = request.text.trim();
    if text.is_empty() {
        return Err(Error::refused("text", "Écrivez d’abord la note."));
    }
    let desk = app.desk()?;
    let now = app.now_ms();
    desk.store.write(|tx| -> Result<(), Error> {
        find(tx, &request.id)?;
        event(tx, &request.id, now, "moi", EventKind::Note, text)?;
        Ok(store::ticket::touch(tx, &request.id, now)?)
    })?;
    show(app, ById { id: request.id })
}

/// A call that was made. Nobody may have answered: who was called is enough.
pub(crate) fn call(app: &App, request: TicketCall) -> Result<TicketView, Error> {
    let whom = request.whom.trim();
    if whom.is_empty() {
        return Err(Error::refused("whom", "Dites qui vous avez appelé."));
    }
    let said = match request.text.trim() {
        "" => format!("Appel à {whom}"),
        text => format!("Appel à {whom}{NNBSP}: {text}"),
    };
    let now = app.now_ms();
    app.desk()?.store.write(|tx| {
        find(tx, &request.id)?;
        event(tx, &request.id, now, "moi", EventKind::Call, &said)
    })?;
    show(app, ById { id: request.id })
}

/// Ticks a step of the dossier, or takes the tick back.
pub(crate) fn tick(app: &App, request: TaskTick) -> Result<TicketView, Error> {
    let now = app.now_ms();
    app.desk()?.store.write(|tx| -> Result<(), Error> {
        let tasks = store::task::of_ticket(tx, &request.ticket_id)?;
        let task = tasks
            .iter()
            .find(|task| task.id == request.task_id)
            .ok_or(Error::NotFound("Cette étape"))?;
        if task.done_at_ms.is_some() == request.done {
            return Ok(());
        }
        store::task::set_done(tx, &task.id, request.done.then_some(now))?;
        Ok(store::ticket::touch(tx, &request.ticket_id, now)?)
    })?;
    show(
        app,
        ById {
            id: request.ticket_id,
        },
    )
}

/// What a closed dossier leaves undone.
fn undone(tasks: &[Task]) -> Option<String> {
    let left: Vec<&str> = tasks
        .iter()
        .filter(|task| task.done_at_ms.is_none())
        .map(|task| task.text.as_str())
        .collect();
    (!left.is_empty()).then(|| {
        format!(
            "Étapes non faites{NNBSP}: {}",
            left.join(&format!("{NNBSP}; "))
        )
    })
}

/// A number as the portal shows it: no space inside, at least a digit.
pub(crate) fn checked_number(text: &str) -> Result<String, Error> {
    let number = text.trim().to_uppercase();
    let plausible = (4..=32).contains(&number.len())
        && number
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && number.chars().any(|c| c.is_ascii_digit());
    if plausible {
        Ok(number)
    } else {
        Err(Error::refused(
            "number",
            "Recopiez le numéro tel que la plateforme l’affiche, par exemple INC000000481350.",
        ))
    }
}

pub(crate) fn set_number(app: &App, request: TicketNumber) -> Result<TicketView, Error> {
    let number = checked_number(&request.number)?;
    let desk = app.desk()?;
    let item = desk
        .store
        .read(|conn| sends_of(conn, &request.id))?
        .pop()
        .ok_or(Error::NotFound("L’envoi de ce dossier"))?;
    outbox::resolve_by_hand(&desk.store, item.id, &number, app.now_ms())?;
    show(app, ById { id: request.id })
}

pub(crate) fn close(app: &App, request: TicketClose) -> Result<TicketView, Error> {
    if open(request.state) {
        return Err(Error::BadRequest("« state » vaut ferme ou annule".into()));
    }
    let desk = app.desk()?;
    let now = app.now_ms();
    let view = desk
        .store
        .read(|conn| view(app, conn, &desk, &request.id, now))?;
    if !view.can_close {
        return Err(Error::Conflict(
            "Ce dossier est tenu par la plateforme : c’est elle qui le ferme.".into(),
        ));
    }
    desk.store.write(|tx| -> Result<(), Error> {
        let (kind, said) = match request.state {
            TicketState::Cancelled => (EventKind::Status, "Annulé"),
            _ => (EventKind::Resolution, "Réglé"),
        };
        let text = request.text.trim();
        let mut text = if text.is_empty() { said } else { text }.to_owned();
        if kind == EventKind::Resolution
            && let Some(undone) = undone(&view.tasks)
        {
            text = format!("{text}\n{undone}");
        }
        event(tx, &request.id, now, "moi", kind, &text)?;
        Ok(store::ticket::set_state(
            tx,
            &request.id,
            request.state.id(),
            None,
            now,
        )?)
    })?;
    show(app, ById { id: request.id })
}

pub(crate) fn reopen(app: &App, request: ById) -> Result<TicketView, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    let view = desk
        .store
        .read(|conn| view(app, conn, &desk, &request.id, now))?;
    if !view.can_reopen {
        return Err(Error::Conflict(
            "Ce dossier est tenu par la plateforme : demandez-lui de le rouvrir.".into(),
        ));
    }
    desk.store.write(|tx| -> Result<(), Error> {
        event(tx, &request.id, now, "moi", EventKind::Status, "Rouvert")?;
        Ok(store::ticket::set_state(
            tx,
            &request.id,
            TicketState::Open.id(),
            None,
            now,
        )?)
    })?;
    show(app, ById { id: request.id })
}
