//! One pure function that turns an HTTP answer of an AR System server, or of whatever stands in its place, into a [`Reply`].
//!
//! Invariant: success needs the platform's own voice. A page of HTML, an unexpected 200, a redirect are somebody else's, hence
//! [`OfflineKind::Portal`]. The message number decides first, the HTTP code second; message texts are localised by the server
//! and never compared. A write whose end is not stated is `Uncertain`, a read is `Transient`.
//!
//! Left out on purpose: parsing what a success contains (`remedy`) and transport errors, where there is no answer (`network`).

use std::time::Duration;

use serde::Deserialize;

use crate::reply::{LoginReason, OfflineKind, Reply};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Login,
    Create,
    /// Something added to a dossier, or a change of its state.
    Change,
    /// Any read.
    Find,
}

/// The parts of an HTTP answer that say how the call ended.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer<'a> {
    pub status: u16,
    pub content_type: &'a str,
    pub location: Option<&'a str>,
    pub date: Option<&'a str>,
    pub retry_after: Option<&'a str>,
    /// The `X-AR-Messages` header: warnings that come with a success.
    pub ar_messages: Option<&'a str>,
    /// `None` when the connection broke before the end of the body.
    pub body: Option<&'a str>,
}

/// One entry of the error array.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    message_number: i64,
    #[serde(default)]
    message_type: String,
    #[serde(default)]
    message_text: Option<String>,
    #[serde(default)]
    message_appended_text: Option<String>,
}

/// « User is unknown, taken in as a guest »: a warning of a successful login, and a trap.
const GUEST: i64 = 59;
const TIMEOUT_IN_UPDATE: i64 = 92;
const TIMEOUT_IN_RETRIEVAL: i64 = 93;
const AUTHENTICATION_FAILED: i64 = 623;
const ELSEWHERE_CONNECTED: i64 = 9093;
/// Refusals whose appended text names a field.
const ABOUT_A_FIELD: [i64; 4] = [306, 307, 326, 333];

pub fn classify(operation: Operation, answer: &Answer<'_>) -> Reply<()> {
    let status = answer.status;
    // The code alone decides here: what a 401 contains is not documented.
    if status == 401 {
        return needs_login(operation);
    }
    if status == 407 {
        return offline(OfflineKind::Proxy, "the proxy asks for a password");
    }
    if (300..400).contains(&status) {
        let target = answer.location.unwrap_or("nowhere");
        return offline(OfflineKind::Portal, &format!("redirected to {target}"));
    }
    let Some(body) = answer.body else {
        return unknown_end(operation, answer, "the answer broke off");
    };
    if let Some(message) = first_error(body) {
        return refusal(operation, answer, &message);
    }
    if status == 429 {
        return Reply::Transient {
            retry_after: retry_after(answer),
            reason: "HTTP 429".into(),
        };
    }
    // A gateway in front of the platform speaks HTML too, but a 5xx of it may hide a request that went through.
    if status >= 500 && status != 511 || status == 408 {
        return unknown_end(operation, answer, &format!("HTTP {status}"));
    }
    if is_html(answer.content_type, body) {
        return offline(
            OfflineKind::Portal,
            &format!("a page of HTML (HTTP {status})"),
        );
    }
    match (operation, status) {
        (Operation::Login, 200) => login(answer, body),
        (Operation::Create, 201) | (Operation::Change, 201 | 204) => Reply::Sent(()),
        (Operation::Find, 200) => Reply::Sent(()),
        (_, 400..=499) if is_plain_refusal(body) => Reply::Rejected {
            code: None,
            reason: format!("HTTP {status}"),
            field: None,
            certain: true,
        },
        (Operation::Create, 202 | 204) => Reply::Uncertain {
            retry_after: None,
            reason: format!("HTTP {status} without a number"),
        },
        _ => offline(OfflineKind::Portal, &format!("unexpected HTTP {status}")),
    }
}

fn login(answer: &Answer<'_>, body: &str) -> Reply<()> {
    let guest = answer
        .ar_messages
        .is_some_and(|text| messages(text).iter().any(|m| m.message_number == GUEST));
    if guest {
        return Reply::NeedsLogin {
            reason: LoginReason::Guest,
        };
    }
    if looks_like_a_token(body.trim()) {
        Reply::Sent(())
    } else {
        offline(
            OfflineKind::Portal,
            "an unexpected HTTP 200 without a token",
        )
    }
}

/// Three non-empty base64url parts.
fn looks_like_a_token(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3
        && parts.iter().all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='))
        })
}

fn refusal(operation: Operation, answer: &Answer<'_>, message: &Message) -> Reply<()> {
    let code = message.message_number;
    match code {
        AUTHENTICATION_FAILED => return needs_login(operation),
        ELSEWHERE_CONNECTED => {
            return Reply::Transient {
                retry_after: retry_after(answer),
                reason: "AR 9093: connected from another machine".into(),
            };
        }
        TIMEOUT_IN_UPDATE | TIMEOUT_IN_RETRIEVAL => {
            return unknown_end(operation, answer, &format!("AR {code}: timeout"));
        }
        _ => {}
    }
    let appended = message
        .message_appended_text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let text = message.message_text.as_deref().unwrap_or_default().trim();
    Reply::Rejected {
        code: Some(code),
        reason: match appended {
            Some(appended) => format!("{text} ({appended})"),
            None => text.to_owned(),
        },
        field: appended
            .filter(|_| ABOUT_A_FIELD.contains(&code))
            .map(str::to_owned),
        certain: (400..500).contains(&answer.status),
    }
}

fn needs_login(operation: Operation) -> Reply<()> {
    Reply::NeedsLogin {
        reason: match operation {
            Operation::Login => LoginReason::Refused,
            Operation::Create | Operation::Change | Operation::Find => LoginReason::Expired,
        },
    }
}

/// The platform, or a gateway before it, did not say how the operation ended.
fn unknown_end(operation: Operation, answer: &Answer<'_>, reason: &str) -> Reply<()> {
    let (retry_after, reason) = (retry_after(answer), reason.to_owned());
    match operation {
        Operation::Create | Operation::Change => Reply::Uncertain {
            retry_after,
            reason,
        },
        // A login that may have gone through costs a one-time password at worst; asking again is right either way.
        Operation::Login | Operation::Find => Reply::Transient {
            retry_after,
            reason,
        },
    }
}

fn offline(kind: OfflineKind, detail: &str) -> Reply<()> {
    Reply::Offline {
        kind,
        detail: detail.to_owned(),
    }
}

/// The error that counts in an AR error array: the first that is not a mere warning or note.
fn first_error(body: &str) -> Option<Message> {
    let mut all = messages(body);
    let worst = all
        .iter()
        .position(|m| !matches!(m.message_type.as_str(), "WARNING" | "NOTE" | "OK"))?;
    Some(all.swap_remove(worst))
}

/// The messages of an array, or of a lone object of the same shape; nothing when the text is anything else.
fn messages(text: &str) -> Vec<Message> {
    serde_json::from_str::<Vec<Message>>(text)
        .or_else(|_| serde_json::from_str::<Message>(text).map(|one| vec![one]))
        .unwrap_or_default()
}

/// `{"message":"Access forbidden","code":403,"transient":false}`: the server's own refusal, outside the error array.
fn is_plain_refusal(body: &str) -> bool {
    #[derive(Deserialize)]
    struct Plain {
        #[serde(rename = "message")]
        _message: String,
        #[serde(rename = "code")]
        _code: i64,
    }
    serde_json::from_str::<Plain>(body).is_ok()
}

pub(crate) fn is_html(content_type: &str, body: &str) -> bool {
    content_type.to_ascii_lowercase().contains("html") || body.trim_start().starts_with('<')
}

/// `Retry-After` in seconds, or as a date counted from the answer's own `Date`: the local clock may be wrong.
pub(crate) fn retry_after(answer: &Answer<'_>) -> Option<Duration> {
    let text = answer.retry_after?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = chrono::DateTime::parse_from_rfc2822(text).ok()?;
    let sent = chrono::DateTime::parse_from_rfc2822(answer.date?).ok()?;
    (until - sent).to_std().ok()
}

#[cfg(test)]
mod tests;
