//! What goes wrong, on demand.

use reqwest::Method;
use sandbox::{Fault, On, Settings};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::desk::{CREATE, Desk, JOIN, open, open_logged_in, printer, send};

/// Sends a create over a bare socket and gives every byte that comes back, or how the reading failed.
async fn raw_create(desk: &Desk) -> std::io::Result<Vec<u8>> {
    let body = json!({ "values": printer() }).to_string();
    let request = format!(
        "POST /api/arsys/v1/entry/{CREATE} HTTP/1.1\r\nHost: h\r\nAuthorization: AR-JWT {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        desk.token,
        body.len()
    );
    let mut socket = TcpStream::connect(desk.running.address).await?;
    socket.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn a_dropped_connection_sends_not_one_byte() {
    let desk = open_logged_in(Settings::default()).await;
    desk.sandbox.inject(Fault::CommitThenDrop);
    assert_eq!(
        raw_create(&desk).await.unwrap(),
        b"",
        "the client sees the end of the connection and no answer"
    );
    assert_eq!(
        desk.sandbox.incidents().len(),
        1,
        "and yet the incident exists: the duplicate trap"
    );
    assert_eq!(
        desk.sandbox.history().last().unwrap().status,
        None,
        "the history knows that no answer left"
    );

    desk.sandbox.inject(Fault::DropBefore);
    assert!(
        raw_create(&desk).await.unwrap_or_default().is_empty(),
        "no answer either"
    );
    assert_eq!(
        desk.sandbox.incidents().len(),
        1,
        "and this time nothing was stored"
    );

    desk.sandbox.inject(Fault::Reset);
    let reset = raw_create(&desk)
        .await
        .expect_err("a reset is an error of the socket");
    assert_eq!(
        reset.kind(),
        std::io::ErrorKind::ConnectionReset,
        "RST, not FIN"
    );
    assert_eq!(desk.sandbox.incidents().len(), 1, "nothing was stored");
    assert_eq!(
        desk.create(printer()).await.status,
        201,
        "the next request goes through"
    );
}

#[tokio::test]
async fn an_http_library_sees_an_error_and_no_response() {
    let desk = open_logged_in(Settings::default()).await;
    for fault in [Fault::CommitThenDrop, Fault::DropBefore, Fault::Reset] {
        desk.sandbox.inject(fault);
        let address = format!("/api/arsys/v1/entry/{CREATE}");
        let error = desk
            .request(Method::POST, &address)
            .json(&json!({ "values": printer() }))
            .send()
            .await
            .expect_err("there is no response");
        assert_eq!(error.status(), None, "{fault:?}: {error:?}");
    }
    assert_eq!(
        desk.sandbox.incidents().len(),
        1,
        "only the first was stored, and none was repeated by the library"
    );
}

#[tokio::test]
async fn server_and_gateway_errors_have_their_shapes() {
    let desk = open_logged_in(Settings::default()).await;
    let mut stored = 0;
    for (fault, status, number, committed) in [
        (Fault::Arerr92 { committed: false }, 500, Some(92), false),
        (Fault::Arerr92 { committed: true }, 500, Some(92), true),
        (Fault::Arerr93, 500, Some(93), false),
        (
            Fault::Arerr9093,
            desk.sandbox.settings().assumed.busy,
            Some(9093),
            false,
        ),
        (Fault::BadGateway, 502, None, false),
        (Fault::BadGatewayAfterCommit, 502, None, true),
        (Fault::TooMany { retry_after_s: 30 }, 429, None, false),
        (Fault::Unavailable { retry_after_s: 40 }, 503, None, false),
        (Fault::CaptivePortal, 200, None, false),
        (Fault::RedirectElsewhere, 302, None, false),
        (Fault::ExpireToken, 401, Some(623), false),
    ] {
        desk.sandbox.inject(fault);
        let reply = desk.create(printer()).await;
        stored += usize::from(committed);
        assert_eq!(reply.status, status, "{fault:?}: {}", reply.text);
        if let Some(number) = number {
            assert_eq!(
                reply.error().0,
                number,
                "{fault:?} is an array with its number"
            );
        }
        assert_eq!(
            desk.sandbox.incidents().len(),
            stored,
            "{fault:?}: stored or not, as it says"
        );
        match fault {
            Fault::BadGateway | Fault::BadGatewayAfterCommit | Fault::CaptivePortal => {
                assert!(
                    reply
                        .header("content-type")
                        .unwrap()
                        .starts_with("text/html"),
                    "{fault:?} is a page"
                );
            }
            Fault::TooMany { .. } => assert_eq!(
                reply.header("retry-after"),
                Some("30"),
                "429 says when to come back"
            ),
            Fault::Unavailable { .. } => assert_eq!(
                reply.header("retry-after"),
                Some("40"),
                "503 says when to come back"
            ),
            Fault::RedirectElsewhere => assert!(
                !reply.header("location").unwrap().contains("127.0.0.1"),
                "the redirect leaves the host"
            ),
            _ => {}
        }
    }
    assert_eq!(
        desk.create(printer()).await.status,
        401,
        "after ExpireToken every token is dead until a new login"
    );
}

#[tokio::test]
async fn a_create_may_answer_too_little() {
    let desk = open_logged_in(Settings::default()).await;
    desk.sandbox.inject(Fault::TruncatedJson);
    let cut = desk.create(printer()).await;
    assert_eq!(cut.status, 201, "the answer starts well");
    assert!(
        !cut.text.is_empty() && serde_json::from_str::<serde_json::Value>(&cut.text).is_err(),
        "and cannot be read: {}",
        cut.text
    );
    desk.sandbox.inject(Fault::EmptyCreated);
    let empty = desk.create(printer()).await;
    assert_eq!(
        (empty.status, empty.text.as_str()),
        (201, ""),
        "201 without the fields that were asked"
    );
    let location = empty
        .header("location")
        .expect("Location is the way out")
        .to_owned();
    let row = send(
        desk.client
            .get(location)
            .header("Authorization", format!("AR-JWT {}", desk.token)),
    )
    .await
    .json();
    assert_eq!(
        row["values"]["Vendor Ticket Number"], "REL-7K2M9Q",
        "it leads to the row"
    );
    assert_eq!(desk.sandbox.incidents().len(), 2, "both were stored");
}

#[tokio::test]
async fn a_slow_server_has_stored_or_not_when_the_client_gives_up() {
    let desk = open_logged_in(Settings::default()).await;
    let address = desk.running.address;
    let forever = 3_600_000;
    desk.sandbox.inject(Fault::Slow {
        ms: forever,
        committed: true,
    });
    tokio::select! {
        answer = raw_create(&desk) => panic!("no answer is due: {answer:?}"),
        () = async { while desk.sandbox.incidents().is_empty() { tokio::task::yield_now().await; } } => {}
    }
    assert_eq!(
        desk.sandbox.incidents().len(),
        1,
        "committed: stored while the client still waited"
    );

    desk.sandbox.inject(Fault::Slow {
        ms: forever,
        committed: false,
    });
    let asked = desk.sandbox.history().len();
    tokio::select! {
        answer = raw_create(&desk) => panic!("no answer is due: {answer:?}"),
        () = async { while desk.sandbox.history().len() == asked { tokio::task::yield_now().await; } } => {}
    }
    let sandbox = desk.sandbox.clone();
    desk.running.stop().await;
    assert_eq!(
        sandbox.incidents().len(),
        1,
        "not committed: a client that gave up left nothing"
    );
    let running = sandbox
        .serve(address.port())
        .await
        .expect("the port is free again");
    let desk = Desk {
        running,
        ..open(Settings::default()).await
    };
    let desk = Desk {
        token: desk_token(&desk, &sandbox).await,
        sandbox,
        ..desk
    };
    desk.sandbox.inject(Fault::Slow {
        ms: 1,
        committed: false,
    });
    assert_eq!(
        desk.create(printer()).await.status,
        201,
        "a client that waits is answered in the end"
    );
}

/// A token for `sandbox`, which `desk` now faces.
async fn desk_token(desk: &Desk, sandbox: &sandbox::Sandbox) -> String {
    let reply = desk.log_in("c.martin", "essai").await;
    assert_eq!(
        sandbox.history().last().and_then(|s| s.status),
        Some(200),
        "the desk faces the right sandbox"
    );
    reply.text
}

#[tokio::test]
async fn faults_wait_for_their_request_and_strike_once_in_order() {
    let desk = open_logged_in(Settings::default()).await;
    let list = format!("/api/arsys/v1/entry/{JOIN}");
    desk.sandbox.inject(Fault::BadGateway);
    desk.sandbox.inject(Fault::Arerr92 { committed: false });
    desk.sandbox.inject_at(On::Read, Fault::CaptivePortal);
    assert_eq!(
        desk.get(&list).await.status,
        200,
        "the read meets its own fault, the portal"
    );
    assert!(desk.get(&list).await.json()["entries"].is_array(), "once");
    assert_eq!(
        desk.create(printer()).await.status,
        502,
        "the creates meet theirs in order"
    );
    assert_eq!(
        desk.create(printer()).await.error().0,
        92,
        "then the second"
    );
    assert_eq!(desk.create(printer()).await.status, 201, "then none");
    desk.sandbox
        .inject_always(Fault::Unavailable { retry_after_s: 5 });
    for _ in 0..3 {
        assert_eq!(
            desk.log_in("c.martin", "essai").await.status,
            503,
            "a lasting fault lasts, for any request"
        );
    }
    desk.sandbox.clear_faults();
    desk.sandbox.inject_at(On::Login, Fault::DropBefore);
    assert_eq!(
        desk.get(&list).await.status,
        200,
        "until it is cleared; a login's fault spares the reads"
    );
    let login = desk
        .client
        .post(format!("{}/api/jwt/login", desk.running.url()))
        .form(&[("username", "c.martin")])
        .send()
        .await;
    assert!(login.is_err(), "and strikes the login");
}

#[tokio::test]
async fn cutting_the_network_drops_the_open_connections_and_keeps_the_memory() {
    let desk = open_logged_in(Settings::default()).await;
    desk.incident().await;
    let Desk {
        sandbox,
        running,
        client,
        token,
        ..
    } = desk;
    let address = running.address;
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /api HTTP/1.1\r\n").await.unwrap();
    drop(running);
    let mut rest = Vec::new();
    let ended = idle.read_to_end(&mut rest).await;
    assert!(
        ended.is_err() || rest.is_empty(),
        "an open connection ends without an answer"
    );
    let url = format!("http://{address}/api/arsys/v1/entry/{JOIN}");
    let refused = client
        .get(&url)
        .header("Authorization", format!("AR-JWT {token}"))
        .send()
        .await;
    assert!(refused.is_err(), "a new one is not accepted");
    let back = sandbox
        .serve(address.port())
        .await
        .expect("the same port can be taken again");
    let reply = send(
        client
            .get(&url)
            .header("Authorization", format!("AR-JWT {token}")),
    )
    .await;
    assert_eq!(
        reply.json()["entries"].as_array().unwrap().len(),
        1,
        "the network is back: same memory, same session"
    );
    assert!(
        back.address.ip().is_loopback(),
        "never elsewhere than on the loopback"
    );
}

#[test]
fn the_command_line_names_every_fault() {
    let named = [
        "commit-then-drop",
        "drop-before",
        "92",
        "92-committed",
        "93",
        "9093",
        "502",
        "502-committed",
        "429:30",
        "503:30",
        "slow:130000",
        "slow-committed:130000",
        "truncated-json",
        "empty-created",
        "captive-portal",
        "redirect-elsewhere",
        "expire-token",
        "reset",
    ];
    let read: Vec<Fault> = named
        .iter()
        .map(|name| {
            name.parse()
                .unwrap_or_else(|e| panic!("{name} is a fault: {e}"))
        })
        .collect();
    assert!(
        read.iter()
            .enumerate()
            .all(|(at, fault)| !read[..at].contains(fault)),
        "each name is another fault: {read:?}"
    );
    assert_eq!(
        read[11],
        Fault::Slow {
            ms: 130_000,
            committed: true
        },
        "numbers are read"
    );
    for wrong in ["", "404", "slow", "429:", "429:vite"] {
        assert!(wrong.parse::<Fault>().is_err(), "{wrong:?} is none");
    }
}

#[tokio::test]
async fn a_client_that_gives_up_leaves_nothing_behind() {
    let desk = open_logged_in(Settings::default()).await;
    desk.sandbox.inject(Fault::Slow {
        ms: 100,
        committed: false,
    });
    tokio::select! {
        answer = raw_create(&desk) => panic!("no answer is due yet: {answer:?}"),
        () = async { while desk.sandbox.history().len() < 2 { tokio::task::yield_now().await; } } => {}
    }
    // A later and longer wait proves that the first one's time has passed.
    desk.sandbox.inject(Fault::Slow {
        ms: 200,
        committed: false,
    });
    assert_eq!(
        desk.create(printer()).await.status,
        201,
        "the patient client is served"
    );
    assert_eq!(
        desk.sandbox.incidents().len(),
        1,
        "the impatient one's request died with its connection"
    );
}
