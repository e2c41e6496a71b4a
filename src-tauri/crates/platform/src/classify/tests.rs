//! The table of replies: what came over the wire, and what it proves.

use super::*;

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const PAGE: &str = "<!DOCTYPE html><title>Portail</title>";
const REQUIRED: &str = r#"[{"messageType":"ERROR","messageText":"Required field (without a default) not specified","messageAppendedText":"Last_Name","messageNumber":307}]"#;

fn answer<'a>(status: u16, content_type: &'a str, body: &'a str) -> Answer<'a> {
    Answer {
        status,
        content_type,
        body: Some(body),
        ..Answer::default()
    }
}

fn ar(number: i64) -> String {
    format!(
        r#"[{{"messageType":"ERROR","messageText":"texte localisé","messageAppendedText":null,"messageNumber":{number}}}]"#
    )
}

/// One word per reply keeps the table readable.
fn word(reply: &Reply<()>) -> &'static str {
    match reply {
        Reply::Sent(()) => "sent",
        Reply::Offline { kind, .. } => match kind {
            OfflineKind::Portal => "portal",
            OfflineKind::Proxy => "proxy",
            _ => "offline",
        },
        Reply::Transient { .. } => "transient",
        Reply::NeedsLogin { reason } => match reason {
            LoginReason::Missing => "missing",
            LoginReason::Expired => "expired",
            LoginReason::Refused => "bad password",
            LoginReason::Guest => "guest",
        },
        Reply::Rejected { certain: true, .. } => "rejected",
        Reply::Rejected { certain: false, .. } => "rejected, look once",
        Reply::Uncertain { .. } => "uncertain",
    }
}

#[test]
fn every_answer_proves_what_the_table_says_and_no_more() {
    use Operation::{Create, Find, Login};
    let (a92, a93, a302, a303, a623, a9093) = (ar(92), ar(93), ar(302), ar(303), ar(623), ar(9093));
    let table: &[(Operation, u16, &str, &str, &str)] = &[
        // The platform's own yes.
        (Login, 200, "text/plain", "eyJh.eyJz.c2ln\n", "sent"),
        (Create, 201, JSON, r#"{"values":{}}"#, "sent"),
        (Create, 201, "", "", "sent"),
        (Find, 200, JSON, r#"{"entries":[]}"#, "sent"),
        // Somebody else's yes.
        (Login, 200, HTML, PAGE, "portal"),
        (Login, 200, "text/plain", "Bienvenue", "portal"),
        (Login, 200, JSON, r#"{"ok":true}"#, "portal"),
        (Create, 200, HTML, PAGE, "portal"),
        (Create, 200, JSON, r#"{"values":{}}"#, "portal"),
        (Create, 201, HTML, PAGE, "portal"),
        (Create, 200, "text/plain", "<html>", "portal"),
        (Find, 200, HTML, PAGE, "portal"),
        (Find, 204, "", "", "portal"),
        (Find, 403, HTML, PAGE, "portal"),
        (Create, 403, HTML, PAGE, "portal"),
        (Create, 404, HTML, PAGE, "portal"),
        (Create, 404, "text/plain", "not here", "portal"),
        (Find, 511, HTML, PAGE, "portal"),
        (Create, 302, HTML, PAGE, "portal"),
        (Find, 307, "", "", "portal"),
        (Login, 301, "", "", "portal"),
        (Create, 407, HTML, PAGE, "proxy"),
        // Sessions. A 401 is believed whatever it contains.
        (Login, 401, JSON, &a623, "bad password"),
        (Login, 500, JSON, &a623, "bad password"),
        (Create, 401, JSON, &a623, "expired"),
        (Create, 401, HTML, PAGE, "expired"),
        (Find, 401, "", "", "expired"),
        // Refusals, on old and on newer servers.
        (Create, 400, JSON, REQUIRED, "rejected"),
        (Create, 500, JSON, REQUIRED, "rejected, look once"),
        (Find, 404, JSON, &a302, "rejected"),
        (Create, 404, JSON, &a303, "rejected"),
        (
            Login,
            403,
            JSON,
            r#"{"message":"Access forbidden","code":403,"transient":false}"#,
            "rejected",
        ),
        // Busy.
        (Create, 500, JSON, &a9093, "transient"),
        (Find, 500, JSON, &a9093, "transient"),
        (Create, 429, HTML, PAGE, "transient"),
        (Find, 503, HTML, PAGE, "transient"),
        (Login, 502, HTML, PAGE, "transient"),
        (Find, 500, JSON, &a93, "transient"),
        // The end of a write that nobody stated.
        (Create, 500, JSON, &a92, "uncertain"),
        (Create, 500, JSON, &a93, "uncertain"),
        (Create, 500, "", "", "uncertain"),
        (Create, 502, HTML, PAGE, "uncertain"),
        (Create, 503, HTML, PAGE, "uncertain"),
        (Create, 504, JSON, "{", "uncertain"),
        (Create, 408, "", "", "uncertain"),
        (Create, 204, "", "", "uncertain"),
    ];
    for (operation, status, content_type, body, expected) in table {
        let reply = classify(*operation, &answer(*status, content_type, body));
        assert_eq!(
            word(&reply),
            *expected,
            "{operation:?} HTTP {status} {content_type:?} {body:?} gave {reply:?}"
        );
    }
}

#[test]
fn nothing_but_the_three_expected_codes_is_ever_a_success() {
    for operation in [Operation::Login, Operation::Create, Operation::Find] {
        for status in 100..600 {
            for body in [PAGE, "", "{}", "a.b.c", r#"{"entries":[]}"#] {
                for content_type in [HTML, JSON, ""] {
                    let reply = classify(operation, &answer(status, content_type, body));
                    let expected = match operation {
                        Operation::Create => 201,
                        _ => 200,
                    };
                    if reply == Reply::Sent(()) {
                        assert_eq!(
                            status, expected,
                            "{operation:?} took HTTP {status} for a yes"
                        );
                        assert!(
                            content_type != HTML && body != PAGE,
                            "{operation:?} took a page of HTML for a yes"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_guest_session_is_refused_although_it_comes_with_a_token() {
    let mut welcome = answer(200, "text/plain", "eyJh.eyJz.c2ln");
    welcome.ar_messages = Some(
        r#"[{"messageType":"WARNING","messageNumber":59,"messageText":"login failed","messageAppendedText":null}]"#,
    );
    assert_eq!(
        word(&classify(Operation::Login, &welcome)),
        "guest",
        "warning 59 means that the platform did not know this person"
    );
    welcome.ar_messages = Some(r#"[{"messageType":"NOTE","messageNumber":1,"messageText":"ok"}]"#);
    assert_eq!(
        word(&classify(Operation::Login, &welcome)),
        "sent",
        "any other message of a login is information"
    );
}

#[test]
fn a_refusal_names_its_field_and_an_error_behind_a_warning_is_found() {
    let body = r#"[{"messageType":"WARNING","messageText":"w","messageNumber":52},
        {"messageType":"ERROR","messageText":"Required","messageAppendedText":" First_Name ","messageNumber":307}]"#;
    let Reply::Rejected {
        code,
        field,
        reason,
        ..
    } = classify(Operation::Create, &answer(400, JSON, body))
    else {
        panic!("an error array with 307 is a refusal");
    };
    assert_eq!(code, Some(307), "the error counts, not the warning");
    assert_eq!(
        field.as_deref(),
        Some("First_Name"),
        "the ui shows which field"
    );
    assert!(
        reason.contains("Required"),
        "the platform's own words are kept: {reason}"
    );
}

#[test]
fn a_cut_answer_is_a_doubt_for_a_write_and_a_delay_for_a_read() {
    let mut cut = answer(201, JSON, "");
    cut.body = None;
    assert_eq!(
        word(&classify(Operation::Create, &cut)),
        "uncertain",
        "the dossier probably exists"
    );
    cut.status = 200;
    assert_eq!(
        word(&classify(Operation::Find, &cut)),
        "transient",
        "reading again is harmless"
    );
}

#[test]
fn retry_after_is_read_in_both_its_forms() {
    let mut busy = answer(429, "", "");
    busy.retry_after = Some("17");
    assert_eq!(
        classify(Operation::Create, &busy),
        Reply::Transient {
            retry_after: Some(Duration::from_secs(17)),
            reason: "HTTP 429".into()
        },
        "seconds are honoured as they stand"
    );
    busy.status = 503;
    busy.date = Some("Tue, 24 Mar 2026 10:00:00 GMT");
    busy.retry_after = Some("Tue, 24 Mar 2026 10:02:00 GMT");
    assert_eq!(
        classify(Operation::Create, &busy),
        Reply::Uncertain {
            retry_after: Some(Duration::from_secs(120)),
            reason: "HTTP 503".into()
        },
        "a date counts from the server's own clock"
    );
}
