//! Acceptance: the one moment when an item gets its proof.
//!
//! Invariant: the outbox row, the dossier as that destination knows it, its number and the line of the timeline change in one
//! transaction. A number that comes later (a mail's acknowledgement) is the merge's.

use platform::Accepted;
use store::counterpart::Counterpart;
use store::event::TicketEvent;
use store::outbox::{OutboxItem, Proof};
use store::{Transaction, counterpart, event, outbox, ticket};

use crate::Error;
use crate::work::CREATION;

/// What a person saw with his own eyes, where the platform gives nothing to write down.
const SEEN: &str = "constate";

/// `others` are further dossiers the platform holds under the same reference, which a person has to see.
pub(crate) fn accept(
    tx: &Transaction<'_>,
    item: &OutboxItem,
    accepted: &Accepted,
    others: &[Accepted],
    now_ms: i64,
) -> Result<(), Error> {
    let proof = Proof {
        number: accepted.number.as_deref(),
        remote_id: accepted.remote_id.as_deref(),
    };
    outbox::accepted(tx, item.id, proof, now_ms)?;
    if item.operation == CREATION {
        open_there(tx, item, accepted, now_ms)?;
        let text = match &accepted.number {
            Some(number) => format!("La plateforme a le dossier sous le numéro\u{a0}{number}."),
            None => "Le dossier est parti\u{202f}; son numéro viendra avec la réponse.".to_owned(),
        };
        note(tx, item, "accepte", "plateforme", &text, now_ms)?;
    } else {
        told(tx, item, now_ms)?;
    }
    if !others.is_empty() {
        let numbers: Vec<&str> = others.iter().map(Accepted::name).collect();
        let text = format!(
            "La plateforme porte aussi, sous la même référence\u{202f}: {}. À signaler à l’assistance, qui fermera le double.",
            numbers.join(", ")
        );
        note(tx, item, "doubles", "plateforme", &text, now_ms)?;
    }
    Ok(())
}

/// The dossier exists there: its counterpart says so.
fn open_there(
    tx: &Transaction<'_>,
    item: &OutboxItem,
    accepted: &Accepted,
    now_ms: i64,
) -> Result<(), Error> {
    let (ticket_id, destination) = (&item.ticket_id, &item.destination_id);
    if let Some(number) = &accepted.number {
        counterpart::set_number(tx, ticket_id, destination, number, false, now_ms)?;
    }
    let mut there = known_or_new(tx, ticket_id, destination)?;
    there.status = accepted.status.clone().or(there.status);
    there.remote_id = accepted.remote_id.clone().or(there.remote_id);
    counterpart::put(tx, &there)?;
    if let Some(status) = &accepted.status
        && leads(tx, ticket_id, destination)?
        && let Some(held) = ticket::get(tx, ticket_id)?
    {
        ticket::set_state(tx, &held.id, &held.state, Some(status), now_ms)?;
    }
    Ok(())
}

pub(crate) fn known_or_new(
    tx: &Transaction<'_>,
    ticket_id: &str,
    destination: &str,
) -> Result<Counterpart, Error> {
    Ok(
        counterpart::get(tx, ticket_id, destination)?.unwrap_or_else(|| Counterpart {
            ticket_id: ticket_id.to_owned(),
            destination_id: destination.to_owned(),
            ..Counterpart::default()
        }),
    )
}

/// Whether this destination's word about the dossier is the one that its list shows: the first of those that have it.
pub(crate) fn leads(
    tx: &Transaction<'_>,
    ticket_id: &str,
    destination: &str,
) -> Result<bool, Error> {
    let held = counterpart::of_ticket(tx, ticket_id)?;
    Ok(held
        .first()
        .is_none_or(|first| first.destination_id == destination))
}

/// A follow-up arrived. A note is in the timeline since it was written; a change of state is told now.
fn told(tx: &Transaction<'_>, item: &OutboxItem, now_ms: i64) -> Result<(), Error> {
    let (state, word, text) = match item.operation.as_str() {
        "accepter" => (
            "ferme",
            "ferme",
            "Résolution acceptée\u{202f}: la plateforme l’a noté.",
        ),
        "refuser" => (
            "ouvert",
            "ouvert",
            "Résolution refusée\u{202f}: la plateforme a rouvert le dossier.",
        ),
        "annuler" => (
            "annule",
            "annule",
            "Demande annulée\u{202f}: la plateforme l’a noté.",
        ),
        _ => return Ok(()),
    };
    if let Some(mut there) = counterpart::get(tx, &item.ticket_id, &item.destination_id)? {
        there.state = Some(word.to_owned());
        counterpart::put(tx, &there)?;
    }
    if leads(tx, &item.ticket_id, &item.destination_id)?
        && let Some(held) = ticket::get(tx, &item.ticket_id)?
    {
        // The platform's own word comes with the next pull: until then the former one would contradict the state.
        ticket::set_state(tx, &held.id, state, None, now_ms)?;
        ticket::set_waiting(tx, &held.id, false, now_ms)?;
    }
    note(tx, item, "dit", "moi", text, now_ms)
}

/// The person read the number on the portal.
pub(crate) fn accept_by_hand(
    tx: &Transaction<'_>,
    item: &OutboxItem,
    number: &str,
    now_ms: i64,
) -> Result<(), Error> {
    outbox::accepted(tx, item.id, Proof::number(number), now_ms)?;
    let (ticket_id, destination) = (&item.ticket_id, &item.destination_id);
    counterpart::set_number(tx, ticket_id, destination, number, true, now_ms)?;
    let text = format!("Numéro {number} relevé sur la plateforme.");
    note(tx, item, "accepte", "moi", &text, now_ms)
}

/// The person saw on the platform that it is there.
pub(crate) fn accept_as_seen(
    tx: &Transaction<'_>,
    item: &OutboxItem,
    now_ms: i64,
) -> Result<(), Error> {
    let proof = Proof {
        number: None,
        remote_id: Some(SEEN),
    };
    outbox::accepted(tx, item.id, proof, now_ms)?;
    if item.operation == CREATION {
        let there = known_or_new(tx, &item.ticket_id, &item.destination_id)?;
        counterpart::put(tx, &there)?;
    } else {
        told(tx, item, now_ms)?;
    }
    note(
        tx,
        item,
        "constate",
        "moi",
        "Constaté sur la plateforme\u{202f}: c’est bien arrivé.",
        now_ms,
    )
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
            destination_id: Some(item.destination_id.clone()),
            ..TicketEvent::default()
        },
    )?;
    Ok(())
}
