//! The application: one function per command, the same for the window and the command line.
//!
//! It joins the convention, the store, the outbox and the platform; converts rows to wire
//! types; holds the keyring; and words errors in French. Invariant: nothing here names
//! `tauri`, SQL or HTTP, and time comes from the clock given when the application opens.
//! Left out on purpose: what a face looks like, and every business rule of the matrix.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod commands;
pub mod wire;

mod batches;
mod completions;
mod contacts;
mod convention_view;
mod desk;
mod doctor;
mod documents;
mod equipment;
mod error;
mod exchange;
mod folder;
mod guide;
mod handover;
mod home;
mod import;
mod label_sheets;
mod labels;
mod loans;
mod opening;
mod outbox_view;
mod pack;
mod packs;
mod papers;
mod principal;
mod purchases;
mod rooms;
mod sample;
mod search;
mod secrets;
mod settings;
mod stock_checks;
mod submission;
mod tables;
mod tickets;
mod training;
mod tray;
mod views;

pub use error::Error;
pub use opening::{App, Clock, Options};
pub use packs::{AuthorKey, NewKeys};
