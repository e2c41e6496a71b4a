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
pub mod bundle;
mod compare;
mod guide;
mod load;
mod mistake;
mod overlay;
mod pack;
mod route;
mod start;
mod step;
mod survey;
pub mod text;
mod words;

#[cfg(test)]
mod testing;

pub use answers::{Answer, Answers};
pub use compare::{CellChange, Change, Comparison, Turn, compare};
pub use guide::{next, script};
pub use load::schemas;
pub use mistake::Mistake;
pub use overlay::{CellKey, Completed, Overlay};
pub use pack::*;
pub use route::{Route, RouteError, RouteRequest, route};
pub use start::{Proposal, RegisterEntry, start};
pub use step::*;
pub use survey::{DeadEnd, Survey, survey};
pub use words::*;
