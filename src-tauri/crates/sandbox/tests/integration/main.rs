//! The obligations of the sandbox, told as a client lives them: one module for each side of the platform.
//!
//! Invariant: no wall clock and no sleep; the platform's time is a number the test moves. Behaviour marked as
//! assumed is only ever compared with the setting that states it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod changes;
mod desk;
mod faults;
mod glpi;
mod lists;
mod records;
mod remedy_py;
mod session;
mod state;
mod worklogs;
