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
pub mod glpi;
pub mod manual;
mod network;
mod pulled;
pub mod remedy;
mod reply;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

pub use glpi::{Glpi, GlpiSettings};
pub use manual::Manual;
pub use pulled::{Change, Entry, EntryKind, Page, PullFrom, RemoteFile, RemoteState};
pub use remedy::{Remedy, RemedySettings};
pub use reply::{LoginReason, OfflineKind, Reply};

/// How a person opens a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginKind {
    None,
    OneTimePassword,
    /// A password, or a key that stands for one, good for more than one session: kept in memory, it opens the next one silently.
    Password,
}

/// What asking the platform for something by its reference can prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookUp {
    /// It cannot be asked.
    Nothing,
    /// Found means that it is there; not found means nothing (a mail that nobody has acknowledged yet).
    Presence,
    /// Both answers are proofs, once what was sent can no longer arrive.
    Both,
}

/// What an adapter can do. The ui asks this, never « which platform ».
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    pub login: LoginKind,
    /// False when a person carries the dossier over by hand.
    pub sends: bool,
    pub look_up: LookUp,
    pub notes: bool,
    pub attachments: bool,
    /// Accepting or refusing a resolution.
    pub resolution: bool,
    pub cancel: bool,
    pub pulls: bool,
    /// The platform gives its number with the answer. Otherwise it comes later, and an acceptance without number is one.
    pub numbers_at_once: bool,
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

/// The version of [`FollowUp`] as it is frozen in the outbox.
pub const FOLLOW_UP_VERSION: i64 = 1;

/// What is told about a dossier that the platform has, frozen when the person asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// UUIDv7 of this operation, the same on every try: a tag in a note, a `Message-ID`.
    pub identity: String,
    /// The dossier's `REL-XXXXXX`.
    pub reference: String,
    pub act: Act,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Act {
    Note {
        text: String,
    },
    /// The content stays in the store and is checked against its hash when it leaves.
    Attachment {
        /// The store's id of the file.
        id: String,
        name: String,
        media_type: String,
        size: u64,
        sha256: String,
    },
    AcceptResolution,
    RefuseResolution,
    Cancel,
}

/// The dossier as the platform knows it, read when a follow-up leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counterpart {
    pub reference: String,
    pub title: String,
    /// `None` as long as the platform has not given one.
    pub number: Option<String>,
    /// The platform's identity of the dossier, where it is not its number.
    pub remote_id: Option<String>,
    /// `Message-ID`s of the exchange, oldest first.
    pub thread: Vec<String>,
    /// How the other side marks the subject, e.g. `[rt.exemple.fr #12]`; it travels back to that side alone.
    pub subject_tag: Option<String>,
}

/// What the platform's form takes. `None` and empty lists: it did not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// In characters.
    pub summary_max: Option<u32>,
    pub description_max: Option<u32>,
    pub note_max: Option<u32>,
    /// In bytes.
    pub attachment_max: Option<u64>,
    pub impact: Vec<String>,
    pub urgency: Vec<String>,
    pub service_type: Vec<String>,
    /// Names of fields that the form has and that a creation may fill.
    pub fields: Vec<String>,
}

/// No call lasts longer than this: whatever the outbox does after it cannot be overtaken by an old request on its way.
pub const LONGEST_CALL: Duration = Duration::from_secs(60);

/// Something which exists on the platform: a dossier, or what was added to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The dossier's number. `None` where it comes later by another way ([`Capabilities::numbers_at_once`]).
    pub number: Option<String>,
    /// The platform's own identity of what was made: an entry id, a `Message-ID`.
    pub remote_id: Option<String>,
    /// When the platform says it was created, by the platform's clock.
    pub server_time_ms: Option<i64>,
    /// The platform's own word, e.g. `Assigned`: a rule there may have changed what was sent.
    pub status: Option<String>,
}

impl Accepted {
    /// What it is called when one talks of it: its number, or the identity that the platform gave.
    pub fn name(&self) -> &str {
        self.number
            .as_deref()
            .or(self.remote_id.as_deref())
            .unwrap_or_default()
    }
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

    /// Adds to a dossier, or changes its state. `content` is the file of an [`Act::Attachment`].
    fn follow<'a>(
        &'a self,
        _counterpart: &'a Counterpart,
        _follow_up: &'a FollowUp,
        _content: Option<Vec<u8>>,
    ) -> Pending<'a, Reply<Accepted>> {
        Box::pin(async { reply::unable() })
    }

    /// Whether this follow-up is there already. An empty list proves what [`Capabilities::look_up`] says.
    fn find_follow_up<'a>(
        &'a self,
        _counterpart: &'a Counterpart,
        _follow_up: &'a FollowUp,
    ) -> Pending<'a, Reply<Vec<Accepted>>> {
        Box::pin(async { reply::unable() })
    }

    /// One page of what has changed there since a mark.
    fn pull<'a>(&'a self, _from: &'a PullFrom) -> Pending<'a, Reply<Page>> {
        Box::pin(async { reply::unable() })
    }

    /// The lengths and the values that the platform's form takes.
    fn form(&self) -> Pending<'_, Reply<Form>> {
        Box::pin(async { reply::unable() })
    }

    /// Forgets the session here, and there if the platform can be reached.
    fn logout(&self) -> Pending<'_, ()>;
}
