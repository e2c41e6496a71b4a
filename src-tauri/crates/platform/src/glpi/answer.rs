//! One pure function that says what an HTTP answer of GLPI's API, or of whatever stands in its place, proves.
//!
//! Invariant: success needs the code that this call has in GLPI; a page of HTML, a redirect, an unexpected 200 are somebody else's.
//! The word of `["ERROR_…","text"]` decides first, the HTTP code second, the localised text never. A write whose end is not stated
//! is `Uncertain`, a read is `Transient`.
//!
//! Left out on purpose: what a success contains (`record`), and answers that never came (`network`).

use serde_json::Value;

use crate::classify::{Answer, is_html, retry_after};
use crate::reply::{LoginReason, OfflineKind, Reply};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Login,
    /// Something is added.
    Write,
    Read,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Answered,
    /// GLPI does not know this session any more, so it did nothing.
    SessionOver,
    /// Never `Sent`.
    Failed(Reply<()>),
}

/// Not found, or not for this person's eyes.
pub(super) const OUT_OF_SIGHT: [&str; 2] = ["ERROR_ITEM_NOT_FOUND", "ERROR_RIGHT_MISSING"];
pub(super) const BEYOND_THE_END: [&str; 1] = ["ERROR_RANGE_EXCEED_TOTAL"];

const LOGIN_REFUSED: [&str; 3] = [
    "ERROR_GLPI_LOGIN",
    "ERROR_GLPI_LOGIN_USER_TOKEN",
    "ERROR_LOGIN_PARAMETERS_MISSING",
];
const SESSION_OVER: [&str; 2] = ["ERROR_SESSION_TOKEN_INVALID", "ERROR_SESSION_TOKEN_MISSING"];
/// GLPI's own texts are short; whatever is longer is not for people.
const LONGEST_REASON: usize = 300;

pub(super) fn judge(verb: Verb, answer: &Answer<'_>) -> Verdict {
    let status = answer.status;
    if status == 407 {
        return offline(OfflineKind::Proxy, "the proxy asks for a password");
    }
    if (300..400).contains(&status) {
        let target = answer.location.unwrap_or("nowhere");
        return offline(OfflineKind::Portal, &format!("redirected to {target}"));
    }
    let error = answer.body.and_then(error);
    if let Some((code, _)) = &error {
        if LOGIN_REFUSED.contains(&code.as_str()) {
            return needs_login(LoginReason::Refused);
        }
        if SESSION_OVER.contains(&code.as_str()) {
            return Verdict::SessionOver;
        }
    }
    let html = answer
        .body
        .is_some_and(|body| is_html(answer.content_type, body));
    if status == 401 && error.is_none() && !html {
        return match verb {
            Verb::Login => needs_login(LoginReason::Refused),
            Verb::Write | Verb::Read => Verdict::SessionOver,
        };
    }
    if answer.body.is_none() {
        return unknown_end(verb, answer, "the answer broke off");
    }
    if let Some((code, text)) = error {
        // Its database, or PHP itself, failed on the way.
        if status >= 500 {
            return unknown_end(verb, answer, &code);
        }
        let reason: String = format!("{code}: {text}")
            .chars()
            .take(LONGEST_REASON)
            .collect();
        return Verdict::Failed(Reply::Rejected {
            code: None,
            reason,
            field: None,
            // 207: something of what was sent was done.
            certain: status >= 400,
        });
    }
    if status == 429 {
        return Verdict::Failed(Reply::Transient {
            retry_after: retry_after(answer),
            reason: "HTTP 429".into(),
        });
    }
    if status >= 500 && status != 511 || status == 408 {
        return unknown_end(verb, answer, &format!("HTTP {status}"));
    }
    if html {
        return offline(
            OfflineKind::Portal,
            &format!("a page of HTML (HTTP {status})"),
        );
    }
    match (verb, status) {
        (Verb::Login, 200) | (Verb::Write, 201) | (Verb::Read, 200 | 206) => Verdict::Answered,
        (Verb::Write, 202..=299) => unknown_end(verb, answer, &format!("HTTP {status}")),
        _ => offline(OfflineKind::Portal, &format!("unexpected HTTP {status}")),
    }
}

/// `["ERROR_…", "text"]`, where the text may be a list of results.
fn error(body: &str) -> Option<(String, String)> {
    let parts: Vec<Value> = serde_json::from_str(body).ok()?;
    let mut parts = parts.into_iter();
    let code = parts
        .next()?
        .as_str()
        .filter(|code| code.starts_with("ERROR"))?
        .to_owned();
    let text = match parts.next() {
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
        None => String::new(),
    };
    Some((code, text))
}

/// Whether GLPI refused with one of these words.
pub(super) fn refused_with<T>(reply: &Reply<T>, codes: &[&str]) -> bool {
    matches!(reply, Reply::Rejected { reason, .. }
        if codes.iter().any(|code| reason.split(':').next() == Some(code)))
}

fn needs_login(reason: LoginReason) -> Verdict {
    Verdict::Failed(Reply::NeedsLogin { reason })
}

fn offline(kind: OfflineKind, detail: &str) -> Verdict {
    Verdict::Failed(Reply::Offline {
        kind,
        detail: detail.to_owned(),
    })
}

fn unknown_end(verb: Verb, answer: &Answer<'_>, reason: &str) -> Verdict {
    let (retry_after, reason) = (retry_after(answer), reason.to_owned());
    Verdict::Failed(match verb {
        Verb::Write => Reply::Uncertain {
            retry_after,
            reason,
        },
        Verb::Login | Verb::Read => Reply::Transient {
            retry_after,
            reason,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer<'a>(status: u16, body: &'a str) -> Answer<'a> {
        Answer {
            status,
            content_type: if body.starts_with('<') {
                "text/html"
            } else {
                "application/json; charset=UTF-8"
            },
            body: Some(body),
            ..Answer::default()
        }
    }

    fn word(verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Answered => "answered",
            Verdict::SessionOver => "over",
            Verdict::Failed(Reply::Sent(())) => "sent",
            Verdict::Failed(Reply::Offline {
                kind: OfflineKind::Portal,
                ..
            }) => "portal",
            Verdict::Failed(Reply::Offline { .. }) => "offline",
            Verdict::Failed(Reply::Transient { .. }) => "transient",
            Verdict::Failed(Reply::NeedsLogin { .. }) => "login",
            Verdict::Failed(Reply::Rejected { certain: true, .. }) => "no",
            Verdict::Failed(Reply::Rejected { .. }) => "perhaps not",
            Verdict::Failed(Reply::Uncertain { .. }) => "uncertain",
        }
    }

    #[test]
    fn each_answer_proves_no_more_than_it_says() {
        let page = "<!DOCTYPE html><html><body>Accès au réseau</body></html>";
        // status, body, then what it proves of a login, of a write, of a read.
        let table = [
            (
                200,
                r#"{"session_token":"a"}"#,
                "answered",
                "portal",
                "answered",
            ),
            (
                206,
                r#"{"totalcount":9}"#,
                "portal",
                "uncertain",
                "answered",
            ),
            (
                201,
                r#"{"id":15,"message":""}"#,
                "portal",
                "answered",
                "portal",
            ),
            (204, "", "portal", "uncertain", "portal"),
            (
                207,
                r#"["ERROR_GLPI_PARTIAL_ADD",[{"id":false}]]"#,
                "perhaps not",
                "perhaps not",
                "perhaps not",
            ),
            (
                400,
                r#"["ERROR_GLPI_ADD","Champs obligatoires"]"#,
                "no",
                "no",
                "no",
            ),
            (
                400,
                r#"["ERROR_WRONG_APP_TOKEN_PARAMETER","x"]"#,
                "no",
                "no",
                "no",
            ),
            (403, r#"["ERROR_RIGHT_MISSING","x"]"#, "no", "no", "no"),
            (404, r#"["ERROR_ITEM_NOT_FOUND","x"]"#, "no", "no", "no"),
            (
                401,
                r#"["ERROR_GLPI_LOGIN","x"]"#,
                "login",
                "login",
                "login",
            ),
            (
                401,
                r#"["ERROR_SESSION_TOKEN_INVALID","x"]"#,
                "over",
                "over",
                "over",
            ),
            (
                400,
                r#"["ERROR_SESSION_TOKEN_MISSING","x"]"#,
                "over",
                "over",
                "over",
            ),
            (401, "", "login", "over", "over"),
            (401, page, "portal", "portal", "portal"),
            (200, page, "portal", "portal", "portal"),
            (403, page, "portal", "portal", "portal"),
            (511, page, "portal", "portal", "portal"),
            (302, "", "portal", "portal", "portal"),
            (407, "", "offline", "offline", "offline"),
            (429, "", "transient", "transient", "transient"),
            (
                500,
                r#"["ERROR_SQL","x"]"#,
                "transient",
                "uncertain",
                "transient",
            ),
            (502, page, "transient", "uncertain", "transient"),
            (503, "", "transient", "uncertain", "transient"),
        ];
        for (status, body, login, write, read) in table {
            for (verb, expected) in [
                (Verb::Login, login),
                (Verb::Write, write),
                (Verb::Read, read),
            ] {
                let verdict = judge(verb, &answer(status, body));
                assert_eq!(
                    word(&verdict),
                    expected,
                    "{status} {body} to {verb:?}: {verdict:?}"
                );
            }
        }
    }

    #[test]
    fn an_answer_that_breaks_off_is_no_answer() {
        let cut = |status| Answer {
            status,
            body: None,
            ..Answer::default()
        };
        assert_eq!(
            word(&judge(Verb::Write, &cut(201))),
            "uncertain",
            "it may have been added"
        );
        assert_eq!(
            word(&judge(Verb::Read, &cut(200))),
            "transient",
            "a read is asked again"
        );
        assert_eq!(
            word(&judge(Verb::Write, &cut(401))),
            "over",
            "but a 401 did nothing, whatever its text"
        );
    }

    #[test]
    fn a_refusal_keeps_glpis_word_and_text() {
        let Verdict::Failed(reply) = judge(
            Verb::Read,
            &answer(404, r#"["ERROR_ITEM_NOT_FOUND","Élément introuvable"]"#),
        ) else {
            panic!("a 404 is a refusal")
        };
        assert!(
            refused_with(&reply, &OUT_OF_SIGHT),
            "the word is recognised: {reply:?}"
        );
        assert!(!refused_with(&reply, &BEYOND_THE_END), "and no other");
        assert!(
            matches!(&reply, Reply::Rejected { reason, .. } if reason.ends_with("Élément introuvable")),
            "{reply:?}"
        );
    }
}
