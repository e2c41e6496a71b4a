//! The special paths of the house's convention, each told as a story: what the person answers, step by step,
//! then what he must be told.
//!
//! Invariant: what is expected comes from the text of the convention, not from the pack; a story fails when a
//! question is not asked in its order, when an answer is not offered, or when a question is left over.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod administration;
mod gestionnaire;
mod help;
mod incidents;
mod inventory;
mod machines;
mod opening;
mod own_funds;
mod purchases;
mod software;
mod story;
mod vendor;
