//! Logging in, staying in, being put out.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use sandbox::{Assumed, Settings};
use serde_json::{Value, json};

use crate::desk::{CREATE, JOIN, START_S, open, open_logged_in, printer, send};

const VERBS: [(Method, &str); 5] = [
    (Method::GET, "/api/arsys/v1/entry/HPD:IncidentInterface"),
    (
        Method::POST,
        "/api/arsys/v1/entry/HPD:IncidentInterface_Create",
    ),
    (
        Method::PUT,
        "/api/arsys/v1/entry/HPD:IncidentInterface/INC000000000527%7CINC000000000527",
    ),
    (
        Method::DELETE,
        "/api/arsys/v1/entry/HPD:Help%20Desk/INC000000000527",
    ),
    (Method::OPTIONS, "/api/arsys/v1/entry/HPD:IncidentInterface"),
];

#[tokio::test]
async fn a_login_answers_a_raw_token_with_the_documented_claims() {
    let desk = open(Settings::default()).await;
    let reply = desk.log_in("c.martin", "essai").await;
    assert_eq!(reply.status, 200, "the right password opens a session");
    assert!(
        !reply.text.contains('"') && serde_json::from_str::<Value>(&reply.text).is_err(),
        "the token is raw text, not JSON: {}",
        reply.text
    );
    let claims = URL_SAFE_NO_PAD
        .decode(reply.text.split('.').nth(1).unwrap())
        .unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["sub"], "c.martin", "the token names its user");
    assert_eq!(
        claims["iat"], START_S,
        "the token is dated by the given clock"
    );
    assert_eq!(
        claims["nbf"],
        START_S - 120,
        "valid two minutes before, for clocks that disagree"
    );
    assert_eq!(claims["exp"], START_S + 3600, "valid one hour");
    assert!(
        claims.get("_cacheId").is_some() && claims["iss"].is_string(),
        "the other claims stand: {claims}"
    );
    assert_eq!(
        reply.header("date"),
        Some("Tue, 01 Sep 2026 08:00:00 GMT"),
        "the server's clock, which a client reads here, is the given one"
    );
    let again = desk.log_in("c.martin", "essai").await;
    assert_ne!(
        again.text, reply.text,
        "two sessions of the same second have two tokens"
    );
}

#[tokio::test]
async fn a_wrong_password_is_623_and_names_the_user() {
    let desk = open(Settings::default()).await;
    for (user, password) in [("c.martin", "faux"), ("inconnu", "essai"), ("", "")] {
        let reply = desk.log_in(user, password).await;
        assert_eq!(
            reply.status,
            Assumed::default().login_failure,
            "the code is the setting's"
        );
        assert_eq!(
            reply.error(),
            (623, user.to_owned()),
            "623 carries the name that was tried"
        );
    }
    desk.sandbox.configure(|s| s.assumed.login_failure = 500);
    assert_eq!(
        desk.log_in("c.martin", "faux").await.status,
        500,
        "a site with another code can be imitated"
    );
}

#[tokio::test]
async fn a_dead_or_odd_token_is_401_for_every_verb() {
    let desk = open_logged_in(Settings::default()).await;
    let body = json!({ "values": printer() });
    for (method, address) in VERBS {
        for odd in [
            None,
            Some("AR-JWT n'importe-quoi".to_owned()),
            Some(format!("Bearer {}", desk.token)),
            Some(desk.token.clone()),
        ] {
            let mut request = desk
                .client
                .request(method.clone(), format!("{}{address}", desk.running.url()))
                .json(&body);
            if let Some(odd) = &odd {
                request = request.header("Authorization", odd);
            }
            assert_eq!(
                send(request).await.status,
                401,
                "{method} with {odd:?} is not let in"
            );
        }
    }
    desk.advance_s(3599);
    assert_eq!(
        desk.get(VERBS[0].1).await.status,
        200,
        "one second before its hour the token lives"
    );
    desk.advance_s(1);
    for (method, address) in VERBS {
        let reply = send(desk.request(method.clone(), address).json(&body)).await;
        assert_eq!(reply.status, 401, "{method} is refused after one hour");
    }
    assert!(
        desk.sandbox.incidents().is_empty(),
        "nothing was created by a dead token"
    );
    desk.sandbox
        .configure(|s| s.assumed.dead_token_body = false);
    assert_eq!(
        desk.get(VERBS[0].1).await.text,
        "",
        "the body of that 401 is a switch, for nobody recorded it"
    );
}

#[tokio::test]
async fn logging_out_is_204_and_kills_the_token() {
    let desk = open_logged_in(Settings::default()).await;
    let out = send(desk.request(Method::POST, "/api/jwt/logout")).await;
    assert_eq!(
        (out.status, out.text.as_str()),
        (204, ""),
        "logout answers nothing"
    );
    assert_eq!(
        desk.get(VERBS[0].1).await.status,
        401,
        "the token is dead after it"
    );
    assert_eq!(
        send(desk.request(Method::POST, "/api/jwt/logout"))
            .await
            .status,
        401,
        "and cannot log out twice"
    );
}

#[tokio::test]
async fn an_unknown_user_becomes_a_guest_where_the_site_allows_it() {
    let mut desk = open(Settings {
        guest_users: true,
        ..Settings::default()
    })
    .await;
    let reply = desk.log_in("c.martim", "essai").await;
    assert_eq!(
        reply.status, 200,
        "the trap: a typing error in the name is welcomed"
    );
    let warnings: Value = serde_json::from_str(
        reply
            .header("x-ar-messages")
            .expect("the only sign is this header"),
    )
    .unwrap();
    assert_eq!(
        warnings[0]["messageNumber"], 59,
        "warning 59 says that this is a guest"
    );
    assert_eq!(
        desk.log_in("c.martin", "faux").await.status,
        401,
        "a known user with a wrong password is no guest"
    );
    assert_eq!(
        desk.log_in("c.martin", "essai")
            .await
            .header("x-ar-messages"),
        None,
        "a real user gets no warning"
    );

    desk.token = reply.text;
    assert_eq!(
        desk.create(printer()).await.status,
        201,
        "by default a guest's write is made"
    );
    assert_eq!(
        desk.sandbox.incidents()[0].submitter,
        "c.martim",
        "under the guest's name"
    );
    desk.sandbox
        .configure(|s| s.assumed.guest_may_write = false);
    assert_eq!(
        desk.create(printer()).await.error().0,
        353,
        "or refused, as the switch says"
    );
    assert_eq!(
        desk.sandbox.incidents().len(),
        1,
        "and then nothing is stored"
    );
}

#[tokio::test]
async fn a_one_time_password_opens_one_session() {
    let desk = open(Settings {
        otp_mode: true,
        ..Settings::default()
    })
    .await;
    assert_eq!(
        desk.log_in("c.martin", "faux").await.status,
        401,
        "a wrong one is refused"
    );
    assert_eq!(
        desk.log_in("c.martin", "essai").await.status,
        200,
        "a fresh one is accepted"
    );
    assert_eq!(
        desk.log_in("c.martin", "essai").await.error().0,
        623,
        "the same again is an unknown password"
    );
    desk.sandbox.grant_password("c.martin", "481516").unwrap();
    assert_eq!(
        desk.log_in("c.martin", "481516").await.status,
        200,
        "the next one the device shows is accepted"
    );
    assert_eq!(
        desk.log_in("c.martin", "481516").await.error().0,
        623,
        "once"
    );
    let kept = desk.sandbox.snapshot().to_string();
    assert!(
        !kept.contains("481516") && !kept.contains("essai\""),
        "no password is in the state: {kept}"
    );
}

#[tokio::test]
async fn a_server_without_http_says_so_in_an_object() {
    let desk = open(Settings {
        http_forbidden: true,
        ..Settings::default()
    })
    .await;
    let reply = desk.log_in("c.martin", "essai").await;
    assert_eq!(reply.status, 403, "plain http is forbidden");
    assert_eq!(
        reply.json(),
        json!({ "message": "Access forbidden", "code": 403, "transient": false }),
        "an object, not an array"
    );
}

#[tokio::test]
async fn a_site_may_refuse_two_requests_of_one_user_at_once() {
    let settings = Settings {
        assumed: Assumed {
            one_request_per_user: true,
            ..Assumed::default()
        },
        ..Settings::default()
    };
    let desk = open_logged_in(settings).await;
    // The first request announces a body it has not finished sending: it stays under way.
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut slow = tokio::net::TcpStream::connect(desk.running.address)
        .await
        .unwrap();
    let head = format!(
        "POST /api/arsys/v1/entry/{CREATE} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: AR-JWT {}\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{{",
        desk.token
    );
    slow.write_all(head.as_bytes()).await.unwrap();
    while desk.sandbox.history().len() < 2 {
        tokio::task::yield_now().await;
    }
    let address = format!("/api/arsys/v1/entry/{JOIN}");
    assert_eq!(
        desk.get(&address).await.error().0,
        9093,
        "the second meets 9093"
    );
    slow.write_all(b"\"values\":{}}").await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.contains("307"),
        "the first is answered in its turn: {answer}"
    );
    assert_eq!(
        desk.get(&address).await.status,
        200,
        "once it is over the next is served"
    );
}
