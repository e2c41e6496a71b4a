//! The reader as the application meets it: whole files in, rows and refusals out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod bundles;
mod files;
mod fuzz;
mod holds;
mod hostile;
mod samples;
mod workbooks;
