//! What a call to the platform ended in, in words the outbox can act on.
//!
//! Invariant: the variants are about evidence, not about HTTP. Reasons are short English for the log and for the record; the ui
//! makes its French from the variant, the code and the field.

use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfflineKind {
    NoNetwork,
    /// Something answered in the platform's place: a captive portal, a proxy's page, another site.
    Portal,
    /// The host answered that nothing listens there.
    Refused,
    Tls,
    Proxy,
    /// There is nothing to connect to: a person carries the dossier over.
    ByHand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginReason {
    /// No session was opened yet.
    Missing,
    Expired,
    /// Wrong or already used password.
    Refused,
    /// The platform let an unknown user in as a guest; writing as a guest is refused here.
    Guest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply<T> {
    /// The platform did it and said so.
    Sent(T),
    /// The call did not reach the platform. Sure for every kind but `Portal`, where a page came back from somebody.
    Offline { kind: OfflineKind, detail: String },
    /// The platform was reached and declined to work now; the operation surely did not happen.
    Transient {
        retry_after: Option<Duration>,
        reason: String,
    },
    /// The operation surely did not happen: a session is needed first.
    NeedsLogin { reason: LoginReason },
    /// The platform said no. `certain` is false when it said so with a server error, after which one look is due.
    Rejected {
        code: Option<i64>,
        reason: String,
        field: Option<String>,
        certain: bool,
    },
    /// The call left and its end is unknown. It may have happened, or may still happen.
    Uncertain {
        retry_after: Option<Duration>,
        reason: String,
    },
}

/// What an adapter answers when it is asked for what its capabilities do not promise.
pub(crate) fn unable<T>() -> Reply<T> {
    Reply::Rejected {
        code: None,
        reason: "this platform cannot do it".into(),
        field: None,
        certain: true,
    }
}

impl<T> Reply<T> {
    /// The success, or the same failure as a reply of another type.
    pub fn success<U>(self) -> Result<T, Reply<U>> {
        Err(match self {
            Reply::Sent(value) => return Ok(value),
            Reply::Offline { kind, detail } => Reply::Offline { kind, detail },
            Reply::Transient {
                retry_after,
                reason,
            } => Reply::Transient {
                retry_after,
                reason,
            },
            Reply::NeedsLogin { reason } => Reply::NeedsLogin { reason },
            Reply::Rejected {
                code,
                reason,
                field,
                certain,
            } => Reply::Rejected {
                code,
                reason,
                field,
                certain,
            },
            Reply::Uncertain {
                retry_after,
                reason,
            } => Reply::Uncertain {
                retry_after,
                reason,
            },
        })
    }

    /// The same failure as a reply of another type.
    pub(crate) fn map_failure<U>(failure: Reply<T>) -> Reply<U> {
        match failure.success() {
            Err(failure) => failure,
            // A success is no failure: whoever asks has made it one.
            Ok(_) => Reply::Uncertain {
                retry_after: None,
                reason: "an answer that was not expected".into(),
            },
        }
    }

    pub fn and_then<U>(self, f: impl FnOnce(T) -> Reply<U>) -> Reply<U> {
        self.success().map_or_else(|failure| failure, f)
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Reply<U> {
        self.and_then(|value| Reply::Sent(f(value)))
    }
}
