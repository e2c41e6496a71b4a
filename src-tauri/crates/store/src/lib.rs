//! The encrypted SQLite store: the only writer of local truth and the only crate that names rusqlite.
//!
//! Functions that write take `&Transaction`, functions that read take `&Connection`; [`Store`] hands out
//! both to closures and never lets a connection go. Time and randomness are parameters. Enumerations are the
//! French ids of the convention, as plain text.
//!
//! Left out on purpose: the convention (its texts are searched by their own crate), the wording of errors
//! (the application speaks French, this crate speaks to developers) and the keyring.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod attachment;
pub mod batch;
pub mod completion;
mod connect;
pub mod contact;
pub mod counterpart;
pub mod destination;
pub mod document;
pub mod draft;
pub mod equipment;
mod error;
pub mod event;
mod filter;
pub mod handover;
pub mod journal;
mod key;
mod key_file;
pub mod loan;
pub mod mail;
pub mod mapping;
pub mod mission_tick;
pub mod outbox;
pub mod pack;
pub mod pack_key;
pub mod profile;
pub mod purchase;
mod record;
pub mod room;
pub mod saved_view;
pub mod schema;
pub mod search;
pub mod setting;
pub mod stock_check;
mod store;
pub mod task;
pub mod ticket;

pub use connect::DATABASE;
pub use error::{Error, OpenError};
pub use filter::Page;
pub use key::Key;
pub use key_file::KeyFile;
pub use rusqlite::{Connection, Transaction};
pub use store::Store;

/// A UUIDv7: sorted by time, unique without a server. The caller brings the clock and the randomness.
pub fn new_id(now_ms: i64, rng: &mut (impl rand::Rng + ?Sized)) -> String {
    let mut random = [0; 10];
    rng.fill_bytes(&mut random);
    let millis = u64::try_from(now_ms).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random)
        .into_uuid()
        .to_string()
}
