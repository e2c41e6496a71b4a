//! What a person may do with an item: try now, correct, withdraw, take back, or type its number.
//!
//! Invariant: no act here sends anything, and none can make an item whose end is unknown be sent without a look-up.

use platform::{Creation, PAYLOAD_VERSION};
use store::draft::Draft;
use store::outbox::OutboxItem;
use store::{Store, Transaction, attachment, draft, outbox, ticket};

use crate::accept::{accept_by_hand, note};
use crate::{Error, frozen};

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
pub fn reopen(store: &Store, id: i64, corrected: &Creation, now_ms: i64) -> Result<(), Error> {
    let payload = frozen(corrected)?;
    store.write(|tx| {
        let item = act_from(tx, id, &["refuse"])?;
        if corrected.identity != item.identity || corrected.reference != item.reference {
            return Err(Error::OtherIdentity);
        }
        outbox::reopened(tx, id, &payload, PAYLOAD_VERSION, now_ms)?;
        Ok(())
    })
}

/// Before the first attempt a dossier can still become a draft again: its answers and its files go back to a draft, whose
/// id is given, and the dossier is kept as cancelled, because a dossier is never deleted.
pub fn resume_as_draft(store: &Store, id: i64, now_ms: i64) -> Result<String, Error> {
    store.write(|tx| {
        let item = act_from(tx, id, &["pret"])?;
        if item.attempts > 0 || item.maybe_sent {
            return Err(transition(&item));
        }
        let Some(dossier) = ticket::get(tx, &item.ticket_id)? else {
            return Err(Error::Missing(id));
        };
        outbox::withdrawn(tx, id, now_ms)?;
        let text = "Repris comme brouillon avant tout envoi.";
        note(tx, &item, "repris", "moi", text, now_ms)?;
        ticket::set_state(tx, &dossier.id, "annule", None, now_ms)?;
        draft::upsert(
            tx,
            &Draft {
                // An item is taken back once at most, so its identity serves.
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
        accept_by_hand(tx, &item, number, now_ms)
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
