//! The convention between an Académie and a Département, as pure functions over a pack of data.
//!
//! Invariant: no I/O, no clock, no chance; the same pack and the same answers give the same question or
//! the same route. Reading files, storing answers and sending requests are other crates' work.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod answers;
mod guide;
mod load;
mod mistake;
mod overlay;
mod pack;
mod route;
mod start;
mod step;
pub mod text;
mod words;

#[cfg(test)]
mod testing;

pub use answers::{Answer, Answers};
pub use guide::{next, script};
pub use mistake::Mistake;
pub use overlay::{CellKey, Completed, Overlay};
pub use pack::*;
pub use route::{Route, RouteError, RouteRequest, route};
pub use start::{Proposal, RegisterEntry, start};
pub use step::*;
pub use words::*;
