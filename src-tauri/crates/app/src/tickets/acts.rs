//! What a person can do to a dossier here: note, number, close, reopen.
//!
//! Invariant: the platform is right about the status of what it holds; only a dossier that
//! never leaves the collège can be closed or reopened here.

use super::{find, open, sends_of, show, view};
use crate::{
    App, Error,
    wire::{ById, EventKind, TicketClose, TicketNote, TicketNumber, TicketState, TicketView},
};

fn event(
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
        .read(|conn| view(conn, &desk, &request.id, now))?;
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
        event(
            tx,
            &request.id,
            now,
            "moi",
            kind,
            if text.is_empty() { said } else { text },
        )?;
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
        .read(|conn| view(conn, &desk, &request.id, now))?;
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
