//! What a person may do with an item: try now, correct, withdraw, take back, or type its number.
//!
//! Invariant: no act here sends anything, and none can make an item whose end is unknown be sent without a look-up.

use store::draft::Draft;
use store::outbox::{OutboxFilter, OutboxItem};
use store::{Store, Transaction, attachment, draft, outbox, ticket};

use crate::accept::{accept_as_seen, accept_by_hand, note};
use crate::work::CREATION;
use crate::{Error, Work};

/// Due at once: the next pass tries it, or looks it up if it is « incertain ».
pub fn retry_now(store: &Store, id: i64, now_ms: i64) -> Result<(), Error> {
    store.write(|tx| {
        act_from(tx, id, &["pret", "incertain"])?;
        outbox::rescheduled(tx, id, None, false, now_ms)?;
        Ok(())
    })
}

/// Given up: refused, or ready and surely never sent. The dossier stays, with a line that says so.
pub fn withdraw(store: &Store, id: i64, now_ms: i64) -> Result<(), Error> {
    store.write(|tx| {
        let item = act_from(tx, id, &["pret", "refuse"])?;
        if item.state == "pret" && item.maybe_sent {
            return Err(transition(&item));
        }
        outbox::withdrawn(tx, id, now_ms)?;
        note(
            tx,
            &item,
            "retire",
            "moi",
            "Envoi retiré de la file.",
            now_ms,
        )
    })
}

/// A refused item goes again with a corrected payload, under the same identity and reference.
pub fn reopen(store: &Store, id: i64, corrected: &Work, now_ms: i64) -> Result<(), Error> {
    let (payload, version) = corrected.frozen()?;
    store.write(|tx| {
        let item = act_from(tx, id, &["refuse"])?;
        if corrected.identity() != item.identity
            || corrected.reference() != item.reference
            || corrected.operation() != item.operation
        {
            return Err(Error::OtherIdentity);
        }
        outbox::reopened(tx, id, &payload, version, now_ms)?;
        Ok(())
    })
}

/// Before the first attempt a dossier can still become a draft again: its answers and its files go back to a draft, whose
/// id is given, and the dossier is kept as cancelled, because a dossier is never deleted. What was queued behind it goes with it.
pub fn resume_as_draft(store: &Store, id: i64, now_ms: i64) -> Result<String, Error> {
    store.write(|tx| {
        let item = act_from(tx, id, &["pret"])?;
        if item.operation != CREATION {
            return Err(transition(&item));
        }
        let Some(dossier) = ticket::get(tx, &item.ticket_id)? else {
            return Err(Error::Missing(id));
        };
        let all = outbox::list(tx, &OutboxFilter::Ticket(dossier.id.clone()))?;
        for queued in all.iter().filter(|queued| queued.state != "retire") {
            if queued.state != "pret" || queued.attempts > 0 || queued.maybe_sent {
                return Err(transition(queued));
            }
            outbox::withdrawn(tx, queued.id, now_ms)?;
        }
        let text = "Repris comme brouillon avant tout envoi.";
        note(tx, &item, "repris", "moi", text, now_ms)?;
        ticket::set_state(tx, &dossier.id, "annule", None, now_ms)?;
        draft::upsert(
            tx,
            &Draft {
                id: item.identity.clone(),
                pack_version: dossier.pack_version,
                pack: dossier.pack,
                title: dossier.title,
                answers: dossier.answers,
                equipment_id: dossier.equipment_id,
                room_id: dossier.room_id,
                created_at_ms: now_ms,
                updated_at_ms: now_ms,
                ..Draft::default()
            },
        )?;
        attachment::move_to_draft(tx, &dossier.id, &item.identity)?;
        Ok(item.identity)
    })
}

/// The person read the number on the platform: evidence like any other.
pub fn resolve_by_hand(store: &Store, id: i64, number: &str, now_ms: i64) -> Result<(), Error> {
    let number = number.trim();
    if number.is_empty() {
        return Err(Error::EmptyNumber);
    }
    store.write(|tx| {
        let item = act_from(tx, id, &["pret", "incertain"])?;
        if item.operation != CREATION {
            return Err(transition(&item));
        }
        accept_by_hand(tx, &item, number, now_ms)
    })
}

/// The person saw that it is there, where there is no number to read: a mail, a note on the portal.
pub fn resolve_as_seen(store: &Store, id: i64, now_ms: i64) -> Result<(), Error> {
    store.write(|tx| {
        let item = act_from(tx, id, &["pret", "incertain"])?;
        accept_as_seen(tx, &item, now_ms)
    })
}

/// The person saw that it is not there, or takes the risk of a double: it goes again without a look-up.
pub fn resolve_as_absent(store: &Store, id: i64, now_ms: i64) -> Result<(), Error> {
    store.write(|tx| {
        let item = act_from(tx, id, &["incertain"])?;
        outbox::absent(tx, id, now_ms)?;
        let text = "Constaté sur la plateforme\u{202f}: rien n’était arrivé. L’envoi est refait.";
        let step = format!("refait-{}", item.attempts);
        note(tx, &item, &step, "moi", text, now_ms)
    })
}

fn act_from(tx: &Transaction<'_>, id: i64, from: &[&str]) -> Result<OutboxItem, Error> {
    let item = outbox::get(tx, id)?.ok_or(Error::Missing(id))?;
    if from.contains(&item.state.as_str()) {
        Ok(item)
    } else {
        Err(transition(&item))
    }
}

fn transition(item: &OutboxItem) -> Error {
    Error::Transition {
        id: item.id,
        state: item.state.clone(),
    }
}
