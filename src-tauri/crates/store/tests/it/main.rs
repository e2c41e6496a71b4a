//! The store as its callers use it: on real files in a folder of its own, never in memory.
//!
//! A date here is a number chosen by the test; nothing reads the clock or sleeps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod batches;
mod batches_any;
mod completions;
mod concurrency;
mod destinations;
mod dossiers;
#[cfg(feature = "faults")]
mod faults;
mod handover;
mod key;
mod lists;
mod loans;
mod mails;
mod many;
mod migration;
mod opening;
mod outbox;
mod packs;
mod plans;
mod purchases;
mod register;
mod schema;
mod search;
mod stock_checks;
mod system;
mod tickets;

use rand::{SeedableRng, rngs::StdRng};
use store::{
    Error, Key, KeyFile, Store, destination::PRINCIPAL, equipment::Equipment, outbox::OutboxItem,
    ticket::Ticket,
};
use tempfile::TempDir;

/// A folder with its key file, and the store open on it.
struct Folder {
    dir: TempDir,
    key: Key,
    store: Store,
}

impl Folder {
    fn new() -> Folder {
        let dir = tempfile::tempdir().unwrap();
        let key = Key::from_bytes([7; 32]);
        KeyFile::for_key("trousseau", &key)
            .write(dir.path())
            .unwrap();
        let store = Store::open(dir.path(), &key).unwrap();
        Folder { dir, key, store }
    }

    fn write<T>(&self, f: impl FnOnce(&store::Transaction<'_>) -> Result<T, Error>) -> T {
        self.store.write(f).unwrap()
    }

    fn read<T>(&self, f: impl FnOnce(&store::Connection) -> Result<T, Error>) -> T {
        self.store.read(f).unwrap()
    }

    /// Closes the store, as at the end of the program, and leaves the folder.
    fn close(self) -> (TempDir, Key) {
        (self.dir, self.key)
    }
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(65)
}

fn printer(id: &str, serial: &str) -> Equipment {
    Equipment {
        id: id.to_owned(),
        kind: "Imprimante".to_owned(),
        family: "imprimante".to_owned(),
        brand: "HP".to_owned(),
        model: "LaserJet M454".to_owned(),
        serial: serial.to_owned(),
        funding: "departement".to_owned(),
        state: "en-service".to_owned(),
        created_at_ms: 1_000,
        updated_at_ms: 1_000,
        ..Equipment::default()
    }
}

fn ticket(id: &str, title: &str, at_ms: i64) -> Ticket {
    Ticket {
        id: id.to_owned(),
        title: title.to_owned(),
        service: "equipement-bureautique".to_owned(),
        party: "departement".to_owned(),
        state: "ouvert".to_owned(),
        answers: "{}".to_owned(),
        summary: "{}".to_owned(),
        created_at_ms: at_ms,
        updated_at_ms: at_ms,
        ..Ticket::default()
    }
}

fn item(ticket_id: &str, identity: &str) -> OutboxItem {
    OutboxItem {
        ticket_id: ticket_id.to_owned(),
        destination_id: PRINCIPAL.to_owned(),
        operation: "creation".to_owned(),
        identity: identity.to_owned(),
        reference: "REL-7K2M9Q".to_owned(),
        payload: "{\"title\":\"bourrage\"}".to_owned(),
        payload_version: 1,
        created_at_ms: 1_000,
        updated_at_ms: 1_000,
        ..OutboxItem::default()
    }
}
