//! What each way of failing on the wire proves, against bare sockets. The platform's own behaviour is in `tests/contract`.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::{Creation, LoginReason, OfflineKind, Platform, Remedy, RemedySettings, Reply};

const TOKEN: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\na.b.c";

/// A host that answers its connections one after the other with these bytes, then closes each; empty means « not a word ».
async fn host(answers: Vec<String>) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let mut heard = Vec::new();
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut buffer = vec![0; 16_384];
            let mut length = 0;
            // A whole request: its head, then as many bytes as it says.
            loop {
                let read = socket.read(&mut buffer[length..]).await.unwrap();
                length += read;
                let text = String::from_utf8_lossy(&buffer[..length]).to_ascii_lowercase();
                let Some(head) = text.find("\r\n\r\n") else {
                    assert!(read > 0, "the client closed before its request was whole");
                    continue;
                };
                let body: usize = text
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "))
                    .map_or(0, |value| value.parse().unwrap());
                if length >= head + 4 + body {
                    break;
                }
            }
            heard.push(String::from_utf8_lossy(&buffer[..length]).into_owned());
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
        heard
    });
    (format!("http://{address}"), served)
}

fn remedy(base: &str) -> Remedy {
    Remedy::new(RemedySettings {
        timeout: Duration::from_secs(10),
        ..RemedySettings::new(base)
    })
    .unwrap()
}

fn creation() -> Creation {
    Creation {
        identity: "identity".into(),
        reference: "REL-000001".into(),
        summary: "Vidéoprojecteur".into(),
        description: "Plus d’image".into(),
        impact: "3-Moderate/Limited".into(),
        urgency: "3-Medium".into(),
        service_type: "User Service Restoration".into(),
        first_name: "Camille".into(),
        last_name: "Vernet".into(),
        login: None,
        phone: String::new(),
        site: None,
        categories: BTreeMap::new(),
    }
}

async fn logged_in(answers: &[&str]) -> (Remedy, tokio::task::JoinHandle<Vec<String>>) {
    let all = std::iter::once(TOKEN)
        .chain(answers.iter().copied())
        .map(str::to_owned)
        .collect();
    let (base, served) = host(all).await;
    let remedy = remedy(&base);
    let reply = remedy
        .login("camille", &SecretString::from("123456"), 0)
        .await;
    assert_eq!(reply, Reply::Sent(()), "the session opens first");
    (remedy, served)
}

#[tokio::test]
async fn without_a_session_nothing_leaves_the_machine() {
    let (base, served) = host(vec![]).await;
    let remedy = remedy(&base);
    assert_eq!(
        remedy.create(&creation()).await,
        Reply::NeedsLogin {
            reason: LoginReason::Missing
        },
        "a password is asked before anything is sent"
    );
    assert!(served.await.unwrap().is_empty(), "no request was made");
}

#[tokio::test]
async fn a_closed_port_proves_that_nothing_was_sent() {
    let (remedy, served) = logged_in(&[]).await;
    served.await.unwrap();
    let reply = remedy.create(&creation()).await;
    assert!(
        matches!(
            reply,
            Reply::Offline {
                kind: OfflineKind::Refused,
                ..
            }
        ),
        "the connection could not be opened: {reply:?}"
    );
    assert!(
        remedy.has_session(0),
        "a cut network does not cost a one-time password"
    );
}

#[tokio::test]
async fn a_connection_that_dies_after_the_request_is_a_doubt_for_a_write_only() {
    let (remedy, served) = logged_in(&["", ""]).await;
    let reply = remedy.create(&creation()).await;
    assert!(
        matches!(reply, Reply::Uncertain { .. }),
        "the request had left: {reply:?}"
    );
    let reply = remedy.find("REL-000001").await;
    assert!(
        matches!(reply, Reply::Transient { .. }),
        "a look-up can be made again: {reply:?}"
    );
    assert_eq!(
        served.await.unwrap().len(),
        3,
        "one login, one create, one look-up: nothing was retried underneath"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_token_goes_nowhere_else() {
    let (elsewhere, other) = host(vec![]).await;
    let redirect =
        format!("HTTP/1.1 302 Found\r\nLocation: {elsewhere}/login\r\nContent-Length: 0\r\n\r\n");
    let (remedy, _served) = logged_in(&[&redirect]).await;
    let reply = remedy.create(&creation()).await;
    assert!(
        matches!(&reply, Reply::Offline { kind: OfflineKind::Portal, detail } if detail.contains(&elsewhere)),
        "a redirect is a portal's, and the detail says where it wanted to go: {reply:?}"
    );
    assert!(
        other.await.unwrap().is_empty(),
        "nobody called the other host"
    );
}

#[tokio::test]
async fn the_number_is_read_at_our_address_even_if_the_server_gives_another_name() {
    let created = "HTTP/1.1 201 Created\r\nLocation: http://inside.example:8008/api/arsys/v1/entry/HPD:IncidentInterface_Create/000000000000179\r\nContent-Length: 0\r\n\r\n";
    let body = r#"{"values":{"Incident Number":"INC000000000430","Create Date":null,"Status":"Assigned"}}"#;
    let record = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let (remedy, served) = logged_in(&[created, &record]).await;
    let Reply::Sent(accepted) = remedy.create(&creation()).await else {
        panic!("the number can be read on the staging row");
    };
    assert_eq!(accepted.name(), "INC000000000430", "the number was read");
    assert_eq!(
        accepted.status.as_deref(),
        Some("Assigned"),
        "the server's status, not the one we sent"
    );
    let heard = served.await.unwrap();
    assert!(
        heard[2]
            .starts_with("GET /api/arsys/v1/entry/HPD:IncidentInterface_Create/000000000000179?"),
        "only the id of the foreign address was used: {}",
        heard[2]
    );
    assert!(
        heard[1].contains("\r\nauthorization: AR-JWT a.b.c\r\n"),
        "the token travels as AR-JWT: {}",
        heard[1]
    );
    assert!(
        !heard[1].contains("123456"),
        "the one-time password is in the login alone"
    );
}

#[tokio::test]
async fn talking_tls_to_a_plain_port_is_said_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut hello = [0; 512];
        let _ = socket.read(&mut hello).await;
        let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    });
    let remedy = remedy(&format!("https://{address}"));
    let reply = remedy
        .login("camille", &SecretString::from("123456"), 0)
        .await;
    assert!(
        matches!(
            reply,
            Reply::Offline {
                kind: OfflineKind::Tls,
                ..
            }
        ),
        "the ui can say that the secure connection failed: {reply:?}"
    );
}

#[test]
fn an_address_that_cannot_work_is_refused_at_once() {
    for wrong in [
        "",
        "portail",
        "ftp://host",
        "https://camille:secret@host",
        "file:///etc",
    ] {
        assert!(
            Remedy::new(RemedySettings::new(wrong)).is_err(),
            "{wrong:?} is no platform address"
        );
    }
    let quoted = RemedySettings {
        reference_field: "a' OR '1'='1".into(),
        ..RemedySettings::new("https://host:8443")
    };
    assert!(
        Remedy::new(quoted).is_err(),
        "a quote in the field's name would change the query"
    );
}

#[tokio::test]
async fn a_guest_warning_in_french_bytes_is_still_a_guest_warning() {
    let warning =
        r#"[{"messageType":"WARNING","messageText":"échec de la connexion","messageNumber":59}]"#;
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-AR-Messages: {warning}\r\nContent-Length: 5\r\n\r\na.b.c"
    );
    let (base, _served) = host(vec![answer]).await;
    let remedy = remedy(&base);
    let reply = remedy
        .login("inconnue", &SecretString::from("123456"), 0)
        .await;
    assert_eq!(
        reply,
        Reply::NeedsLogin {
            reason: LoginReason::Guest
        },
        "the warning is read whatever its language"
    );
    assert!(!remedy.has_session(0), "a guest's token is not kept");
}

#[tokio::test]
async fn an_answer_without_end_is_cut_and_proves_nothing() {
    let endless = format!(
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n{{\"values\":\"{}\"}}",
        "a".repeat(super::LONGEST_BODY)
    );
    let (remedy, _served) = logged_in(&[&endless]).await;
    let reply = remedy.create(&creation()).await;
    assert!(
        matches!(reply, Reply::Uncertain { .. }),
        "it is not kept in memory to its end, and the dossier may be there: {reply:?}"
    );
}
