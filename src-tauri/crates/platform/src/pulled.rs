//! What comes back from the platform, in neutral words: changed dossiers, a page at a time.
//!
//! Invariant: a page can be merged twice without harm, because everything in it bears the platform's own identity; its mark is
//! enough to go on after a cut. Left out on purpose: whose dossier a change is (`outbox` matches threads, references, numbers).

/// Where to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PullFrom {
    /// As the last page gave it; the adapter alone reads it. `None` the first time.
    pub mark: Option<String>,
    /// Dossiers followed by their number although the platform does not know them as this person's.
    pub numbers: Vec<String>,
    /// At most this many changes in the page.
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub changes: Vec<Change>,
    /// To be kept with the page, in one transaction.
    pub mark: String,
    /// Another page follows now.
    pub more: bool,
    /// By the platform's clock, from its `Date`.
    pub server_time_ms: Option<i64>,
}

/// A dossier of the platform as it is now, and what was said in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub number: Option<String>,
    pub remote_id: Option<String>,
    /// Our `REL-XXXXXX`, when the record or the mail bears one.
    pub reference: Option<String>,
    /// `Message-ID`s that it answers, the nearest first.
    pub thread: Vec<String>,
    pub subject_tag: Option<String>,
    pub title: String,
    pub description: String,
    /// The platform's own word.
    pub status: Option<String>,
    pub state: Option<RemoteState>,
    pub created_ms: Option<i64>,
    pub modified_ms: Option<i64>,
    pub entries: Vec<Entry>,
}

/// A platform's status, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoteState {
    Open,
    /// It waits for the person who asked.
    WaitingForUs,
    /// Said to be solved; the person who asked may say no.
    Resolved,
    Closed,
    Cancelled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Note,
    Resolution,
    /// A machine says that it has the dossier: read, never answered.
    Acknowledgement,
}

/// One thing said in a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub remote_id: String,
    pub at_ms: i64,
    pub author: String,
    pub kind: EntryKind,
    pub text: String,
    /// The identity of our own follow-up that this is, come back.
    pub identity: Option<String>,
    pub files: Vec<RemoteFile>,
    /// A mail as it came, byte for byte.
    pub raw: Option<Vec<u8>>,
}

/// A file that is on the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteFile {
    pub name: String,
    /// In bytes, when the platform says it.
    pub size: Option<u64>,
}
