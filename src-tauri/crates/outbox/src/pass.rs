//! What one pass over a destination's queue came to.
//!
//! Invariant: it tells what happened and keeps nothing: the outbox's rows are the truth.

use platform::{LoginReason, OfflineKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

/// Why a pass ended before its end: no other lane would fare better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    NeedsLogin { reason: LoginReason },
    Offline { kind: OfflineKind },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub item: i64,
    pub ticket_id: String,
    /// The platform's number, or its identity of what was added.
    pub number: String,
    /// Further dossiers of the platform under the same reference.
    pub others: Vec<String>,
}

/// What one pass did, by item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    pub accepted: Vec<Arrival>,
    pub refused: Vec<i64>,
    pub uncertain: Vec<i64>,
    pub postponed: Vec<i64>,
    pub stopped: Option<Stop>,
    /// When another pass has something to do. `None`: when something wakes the worker.
    pub next_due_ms: Option<i64>,
    pub cancelled: bool,
}
