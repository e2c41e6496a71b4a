//! Acceptance: the one moment when a dossier gets its number.
//!
//! Invariant: the outbox row, the dossier's number, the platform's status and the line of the timeline change in one transaction.

use platform::Accepted;
use store::event::TicketEvent;
use store::outbox::OutboxItem;
use store::{Transaction, event, outbox, ticket};

use crate::Error;

/// `others` are further dossiers the platform holds under the same reference, which a person has to see.
pub(crate) fn accept(
    tx: &Transaction<'_>,
    item: &OutboxItem,
    accepted: &Accepted,
    others: &[Accepted],
    now_ms: i64,
) -> Result<(), Error> {
    hold(tx, item, accepted.name(), now_ms)?;
    if let Some(status) = &accepted.status
        && let Some(held) = ticket::get(tx, &item.ticket_id)?
    {
        ticket::set_state(tx, &held.id, &held.state, Some(status), now_ms)?;
    }
    let text = format!(
        "La plateforme a le dossier sous le numéro\u{a0}{}.",
        accepted.name()
    );
    note(tx, item, "accepte", "plateforme", &text, now_ms)?;
    if !others.is_empty() {
        let numbers: Vec<&str> = others.iter().map(|one| one.name()).collect();
        let text = format!(
            "La plateforme porte aussi, sous la même référence\u{202f}: {}. À signaler à l’assistance, qui fermera le double.",
            numbers.join(", ")
        );
        note(tx, item, "doubles", "plateforme", &text, now_ms)?;
    }
    Ok(())
}

/// The person read the number on the portal.
pub(crate) fn accept_by_hand(
    tx: &Transaction<'_>,
    item: &OutboxItem,
    number: &str,
    now_ms: i64,
) -> Result<(), Error> {
    hold(tx, item, number, now_ms)?;
    let text = format!("Numéro {number} relevé sur la plateforme.");
    note(tx, item, "accepte", "moi", &text, now_ms)
}

fn hold(tx: &Transaction<'_>, item: &OutboxItem, number: &str, now_ms: i64) -> Result<(), Error> {
    outbox::accepted(tx, item.id, number, now_ms)?;
    Ok(ticket::set_number(tx, &item.ticket_id, number, now_ms)?)
}

/// A line of the timeline. Its id comes from the item's identity: the same step cannot be told twice.
pub(crate) fn note(
    tx: &Transaction<'_>,
    item: &OutboxItem,
    step: &str,
    author: &str,
    text: &str,
    now_ms: i64,
) -> Result<(), Error> {
    event::add(
        tx,
        &TicketEvent {
            id: format!("{}-{step}", item.identity),
            ticket_id: item.ticket_id.clone(),
            at_ms: now_ms,
            author: author.into(),
            kind: "envoi".into(),
            text: text.into(),
            remote_id: None,
        },
    )?;
    Ok(())
}
