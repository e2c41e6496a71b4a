//! The assistance platform, seen from Relais: one trait, neutral types, one module per adapter.
//!
//! Invariant: a [`Reply`] never claims more than was proved. `Sent` means that the platform itself answered and said yes;
//! `Offline`, `Transient` and `NeedsLogin` mean that the operation surely did not happen (with one exception, a portal's page,
//! which is [`OfflineKind::Portal`]); everything doubtful is `Uncertain`. Deciding what to do next is the outbox's work.
//!
//! Left out on purpose: retries, queues and waiting (`outbox`), French wording (the `ui`), any stored secret (a one-time password
//! is used once and forgotten; a session token lives in memory only). This is the only crate that uses reqwest.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod classify;
pub mod manual;
mod network;
pub mod remedy;
mod reply;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

pub use manual::Manual;
pub use remedy::{Remedy, RemedySettings};
pub use reply::{LoginReason, OfflineKind, Reply};

/// How a person opens a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginKind {
    None,
    OneTimePassword,
}

/// What an adapter can do. The ui asks this, never « which platform ».
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    pub login: LoginKind,
    /// False when a person carries the dossier over by hand.
    pub sends: bool,
    pub find_by_reference: bool,
    pub notes: bool,
    pub attachments: bool,
    pub close: bool,
}

/// The version of [`Creation`] as it is frozen in the outbox. A change of its fields adds one and a conversion.
pub const PAYLOAD_VERSION: i64 = 1;

/// Everything the platform needs to open a dossier, frozen when the dossier becomes « prêt ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creation {
    /// UUIDv7, the same on every try.
    pub identity: String,
    /// `REL-XXXXXX`, the same on every try, written in the platform's record so that it can be looked up.
    pub reference: String,
    pub summary: String,
    pub description: String,
    /// The platform's own value, e.g. `3-Moderate/Limited`; it never travels translated.
    pub impact: String,
    pub urgency: String,
    pub service_type: String,
    pub first_name: String,
    pub last_name: String,
    pub login: Option<String>,
    pub phone: String,
    pub site: Option<String>,
    /// Optional fields by the platform's name: categorisation tiers, support group.
    pub categories: BTreeMap<String, String>,
}

/// No call lasts longer than this: whatever the outbox does after it cannot be overtaken by an old request on its way.
pub const LONGEST_CALL: Duration = Duration::from_secs(60);

/// A dossier which exists on the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub number: String,
    /// When the platform says it was created, by the platform's clock.
    pub server_time_ms: Option<i64>,
    /// The platform's own word, e.g. `Assigned`: a rule there may have changed what was sent.
    pub status: Option<String>,
}

/// The future of a reply, boxed so that the trait can be used as `dyn Platform`.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One assistance platform. Every adapter passes the same suite, `tests/contract`.
pub trait Platform: Send + Sync {
    fn capabilities(&self) -> Capabilities;

    /// Opens a session. The password may be valid once only: it is not kept.
    fn login<'a>(
        &'a self,
        user: &'a str,
        password: &'a SecretString,
        now_ms: i64,
    ) -> Pending<'a, Reply<()>>;

    /// Whether calls can be made now without asking for a password first.
    fn has_session(&self, now_ms: i64) -> bool;

    fn create<'a>(&'a self, creation: &'a Creation) -> Pending<'a, Reply<Accepted>>;

    /// The dossiers which carry this reference, oldest first. An empty list is an answer; a doubt is not.
    fn find<'a>(&'a self, reference: &'a str) -> Pending<'a, Reply<Vec<Accepted>>>;

    /// Forgets the session here, and there if the platform can be reached.
    fn logout(&self) -> Pending<'_, ()>;
}
