//! The queue between a dossier that is « prêt » and the platform that holds it: exactly once, now or when the network is back.
//!
//! ```text
//! prêt ─▶ envoi ─▶ accepté          found or answered, with the platform's number
//!  ▲        ├────▶ refusé           wedged: a person corrects or withdraws
//!  └────────┴────▶ incertain        looked up by its reference before anything is sent again
//! ```
//!
//! Invariants: the payload is frozen when the dossier is « prêt » and reused on every try; the attempt is committed before the call;
//! an attempt whose end is unknown is resolved by evidence, never by a blind repeat; nothing unsent is dropped. Time and randomness
//! are parameters.
//!
//! Left out on purpose: when to run (the app's worker calls [`drain`]), opening sessions (a password is a person's), and the tables
//! themselves (`store::outbox` holds the legal transitions).

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod accept;
mod acts;
mod drain;
mod merge;
mod pass;
mod policy;
mod pull;
mod reference;
mod send;
#[cfg(test)]
mod stage;
mod work;

use platform::{Creation, FollowUp};
use store::outbox::OutboxItem;
use store::{Store, Transaction};
use thiserror::Error;

pub use acts::{
    reopen, resolve_as_absent, resolve_as_seen, resolve_by_hand, resume_as_draft, retry_now,
    withdraw,
};
pub use drain::drain;
pub use merge::{Merged, merge};
pub use pass::{Arrival, Pass, Progress, Stop};
pub use policy::{OFFLINE_MS, SETTLE_MS, backoff};
pub use pull::{Pull, pull};
pub use reference::new_reference;
pub use work::Work;

#[derive(Debug, Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("item {id} cannot do this from « {state} »")]
    Transition { id: i64, state: String },
    #[error("no item {0} in the outbox")]
    Missing(i64),
    #[error("the frozen payload of item {id} cannot be read: {detail}")]
    Payload { id: i64, detail: String },
    #[error("a corrected payload keeps its identity and its reference")]
    OtherIdentity,
    #[error("an empty text is no dossier number")]
    EmptyNumber,
}

/// Freezes the payload and queues it, in the transaction that makes the dossier « prêt ».
///
/// One dossier is created once at one destination: a second call gives the item that is there already.
pub fn enqueue(
    tx: &Transaction<'_>,
    ticket_id: &str,
    destination: &str,
    creation: &Creation,
    now_ms: i64,
) -> Result<i64, Error> {
    let filter = store::outbox::OutboxFilter::Ticket(ticket_id.to_owned());
    let queued = store::outbox::list(tx, &filter)?.into_iter().find(|item| {
        item.operation == work::CREATION
            && item.destination_id == destination
            && item.state != "retire"
    });
    if let Some(item) = queued {
        return Ok(item.id);
    }
    let work = Work::Creation(creation.clone());
    insert(tx, ticket_id, destination, &work, None, now_ms)
}

/// Freezes what is to be told about a dossier, behind whatever is queued for it there. `event_id` is the line of the timeline that
/// it tells. Its identity makes a second call the same item.
pub fn enqueue_follow_up(
    tx: &Transaction<'_>,
    ticket_id: &str,
    destination: &str,
    follow_up: &FollowUp,
    event_id: Option<&str>,
    now_ms: i64,
) -> Result<i64, Error> {
    if let Some(item) = store::outbox::by_identity(tx, &follow_up.identity)? {
        return Ok(item.id);
    }
    let work = Work::FollowUp(follow_up.clone());
    insert(tx, ticket_id, destination, &work, event_id, now_ms)
}

fn insert(
    tx: &Transaction<'_>,
    ticket_id: &str,
    destination: &str,
    work: &Work,
    event_id: Option<&str>,
    now_ms: i64,
) -> Result<i64, Error> {
    let (payload, payload_version) = work.frozen()?;
    let item = OutboxItem {
        ticket_id: ticket_id.to_owned(),
        destination_id: destination.to_owned(),
        operation: work.operation().to_owned(),
        identity: work.identity().to_owned(),
        reference: work.reference().to_owned(),
        payload,
        payload_version,
        event_id: event_id.map(str::to_owned),
        created_at_ms: now_ms,
        updated_at_ms: now_ms,
        ..OutboxItem::default()
    };
    Ok(store::outbox::insert(tx, &item)?)
}

/// At start-up, and after a [`drain`] that ended in an error: what was being sent may have arrived.
pub fn recover(store: &Store, now_ms: i64) -> Result<usize, Error> {
    store.write(|tx| Ok(store::outbox::recover(tx, now_ms)?))
}
