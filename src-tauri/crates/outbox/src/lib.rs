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
mod policy;
mod reference;

use platform::{Creation, PAYLOAD_VERSION};
use store::outbox::OutboxItem;
use store::{Store, Transaction};
use thiserror::Error;

pub use acts::{reopen, resolve_by_hand, resume_as_draft, retry_now, withdraw};
pub use drain::{Arrival, Pass, Progress, Stop, drain};
pub use policy::{OFFLINE_MS, SETTLE_MS, backoff};
pub use reference::new_reference;

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
/// One dossier is created once: a second call for it gives the item that is there already.
pub fn enqueue(
    tx: &Transaction<'_>,
    ticket_id: &str,
    creation: &Creation,
    now_ms: i64,
) -> Result<i64, Error> {
    let filter = store::outbox::OutboxFilter::Ticket(ticket_id.to_owned());
    let queued = store::outbox::list(tx, &filter)?
        .into_iter()
        .find(|item| item.operation == "creation" && item.state != "retire");
    if let Some(item) = queued {
        return Ok(item.id);
    }
    let item = OutboxItem {
        ticket_id: ticket_id.to_owned(),
        operation: "creation".into(),
        identity: creation.identity.clone(),
        reference: creation.reference.clone(),
        payload: frozen(creation)?,
        payload_version: PAYLOAD_VERSION,
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

fn frozen(creation: &Creation) -> Result<String, Error> {
    serde_json::to_string(creation).map_err(|error| Error::Payload {
        id: 0,
        detail: error.to_string(),
    })
}

fn thawed(item: &OutboxItem) -> Result<Creation, Error> {
    let unreadable = |detail: String| Error::Payload {
        id: item.id,
        detail,
    };
    if item.payload_version != PAYLOAD_VERSION {
        return Err(unreadable(format!("version {}", item.payload_version)));
    }
    serde_json::from_str(&item.payload).map_err(|error| unreadable(error.to_string()))
}
