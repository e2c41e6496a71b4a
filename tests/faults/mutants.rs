//! Who sends: Relais, or somebody who makes one of the mistakes that Relais exists to avoid.
//!
//! Invariant: a mutant uses the same store and the same adapter, so that nothing but its mistake can be what is caught.

use platform::{Creation, OfflineKind, Platform, Reply};
use store::{
    Store, counterpart,
    destination::PRINCIPAL,
    outbox::{self, Proof},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    Relais,
    /// Sends again whatever has no answer.
    Blind,
    /// Looks first, but takes « not there yet » for « not there ».
    Impatient,
    /// Takes any page that comes back for a yes.
    Credulous,
}

/// One pass of a mutant over everything that is ready or uncertain.
pub async fn pass(
    mutant: Sender,
    store: &Store,
    platform: &dyn Platform,
    now_ms: i64,
) -> Result<(), store::Error> {
    for item in store.read(|conn| outbox::due(conn, PRINCIPAL, i64::MAX))? {
        if !platform.has_session(now_ms) {
            return Ok(());
        }
        let Ok(creation) = serde_json::from_str::<Creation>(&item.payload) else {
            continue;
        };
        if mutant != Sender::Blind && (item.maybe_sent || item.state == "incertain") {
            match platform.find(&item.reference).await {
                Reply::Sent(found) => {
                    if let Some(first) = found.first() {
                        accept(store, &item, first.name(), now_ms)?;
                        continue;
                    }
                    if mutant == Sender::Credulous {
                        // Its mistake is elsewhere; here it is as careful as Relais.
                        let since = item.last_attempt_at_ms.unwrap_or(now_ms);
                        if now_ms - since < ::outbox::SETTLE_MS {
                            continue;
                        }
                    }
                }
                _ => continue,
            }
        }
        store.write(|tx| outbox::begin_attempt(tx, item.id, now_ms))?;
        match platform.create(&creation).await {
            Reply::Sent(accepted) => accept(store, &item, accepted.name(), now_ms)?,
            Reply::Offline {
                kind: OfflineKind::Portal,
                ..
            } if mutant == Sender::Credulous => {
                accept(store, &item, "INC?", now_ms)?;
            }
            Reply::Rejected { reason, .. } => {
                store.write(|tx| outbox::refused(tx, item.id, "refus", &reason, now_ms))?;
            }
            Reply::Uncertain { reason, .. } => {
                store.write(|tx| {
                    outbox::uncertain(tx, item.id, "sans-reponse", &reason, None, now_ms)
                })?;
            }
            _ => {
                store.write(|tx| {
                    outbox::postponed(tx, item.id, "plus-tard", "", None, item.maybe_sent, now_ms)
                })?;
            }
        }
    }
    Ok(())
}

fn accept(
    store: &Store,
    item: &outbox::OutboxItem,
    number: &str,
    now_ms: i64,
) -> Result<(), store::Error> {
    store.write(|tx| {
        outbox::accepted(tx, item.id, Proof::number(number), now_ms)?;
        let (ticket, destination) = (&item.ticket_id, &item.destination_id);
        counterpart::set_number(tx, ticket, destination, number, false, now_ms)
    })
}
