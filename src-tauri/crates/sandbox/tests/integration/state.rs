//! What the platform remembers when it stops, and when it is killed.

use std::process::Stdio;

use sandbox::{KeepError, Sandbox, Settings};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::desk::{CREATE, client, clock, open_logged_in, printer, send};

#[tokio::test]
async fn a_snapshot_restores_the_same_platform() {
    let desk = open_logged_in(Settings::default()).await;
    let (number, _, _) = desk.incident().await;
    desk.sandbox
        .add_worklog(&number, "Note", "Un technicien passe jeudi.")
        .unwrap();
    let snapshot = desk.sandbox.snapshot();
    let other = Sandbox::new(Settings::default(), clock().1);
    other.restore(&snapshot).unwrap();
    assert_eq!(
        other.incidents(),
        desk.sandbox.incidents(),
        "the same incidents"
    );
    assert_eq!(
        other.worklogs(&number),
        desk.sandbox.worklogs(&number),
        "the same notes"
    );
    let (next, _, _) = desk.incident().await;
    assert_ne!(next, number, "numbers go on");
    desk.sandbox.restore(&snapshot).unwrap();
    assert_eq!(
        desk.sandbox.incidents().len(),
        1,
        "and a restored state forgets what came after it"
    );
    assert!(
        matches!(
            other.restore(&json!({ "incidents": 3 })),
            Err(KeepError::Content(_))
        ),
        "anything else is refused"
    );
    assert_eq!(other.incidents().len(), 1, "and changes nothing");
}

#[tokio::test]
async fn a_change_that_cannot_be_kept_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("essai");
    std::fs::create_dir(&place).unwrap();
    let (_, clock) = clock();
    let sandbox =
        Sandbox::open(Settings::default(), clock.clone(), &place.join("etat.json")).unwrap();
    let desk = open_logged_in(Settings::default()).await;
    let running = sandbox.serve(0).await.unwrap();
    let desk = crate::desk::Desk {
        sandbox,
        running,
        ..desk
    };
    let token = desk.log_in("c.martin", "essai").await.text;
    let desk = crate::desk::Desk { token, ..desk };
    desk.incident().await;
    std::fs::remove_dir_all(&place).unwrap();
    assert_eq!(
        desk.create(printer()).await.status,
        500,
        "the disk refused: so does the platform"
    );
    assert_eq!(
        desk.sandbox.incidents().len(),
        1,
        "what could not be kept was not made"
    );
    let damaged = folder.path().join("abime.json");
    std::fs::write(&damaged, "{\"next").unwrap();
    assert!(
        Sandbox::open(Settings::default(), clock, &damaged).is_err(),
        "a damaged state is refused"
    );
    assert_eq!(
        std::fs::read_to_string(&damaged).unwrap(),
        "{\"next",
        "and left as it was"
    );
}

/// The program on a free port, and its address once it says it.
async fn program(arguments: &[&str]) -> (tokio::process::Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["--port", "0"])
        .args(arguments)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let line = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .next_line()
        .await
        .unwrap()
        .expect("the program says where it listens");
    let url = line.split_whitespace().last().unwrap().to_owned();
    (child, url)
}

#[tokio::test]
async fn the_program_killed_keeps_what_it_answered() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("etat.json");
    let arguments = [
        "--profile",
        "ar9",
        "--user",
        "m.durand",
        "--password",
        "cle",
        "--first-name",
        "Camille",
        "--state",
        state.to_str().unwrap(),
    ];
    let (mut child, url) = program(&arguments).await;
    let client = client();
    let log_in = |url: String| {
        send(
            client
                .post(format!("{url}/api/jwt/login"))
                .form(&[("username", "m.durand"), ("password", "cle")]),
        )
    };
    let token = log_in(url.clone()).await.text;
    let create = |url: &str, token: &str| {
        let request = client.post(format!(
            "{url}/api/arsys/v1/entry/{CREATE}?fields=values(Incident%20Number)"
        ));
        request
            .header("Authorization", format!("AR-JWT {token}"))
            .json(&json!({ "values": printer() }))
    };
    let made = send(create(&url, &token)).await;
    assert_eq!(
        made.status, 201,
        "the program answers as the library does: {}",
        made.text
    );
    child.kill().await.unwrap();

    let (_child, url) = program(&arguments).await;
    assert_eq!(
        send(create(&url, &token)).await.status,
        401,
        "tokens die with the process"
    );
    let token = log_in(url.clone()).await.text;
    let rows = send(
        client
            .get(format!("{url}/api/arsys/v1/entry/HPD:IncidentInterface"))
            .header("Authorization", format!("AR-JWT {token}")),
    )
    .await
    .json();
    assert_eq!(
        rows["entries"][0]["values"]["Incident Number"],
        made.json()["values"]["Incident Number"],
        "the incident outlives the kill"
    );
    let missing = send(
        client
            .post(format!("{url}/api/arsys/v1/entry/{CREATE}"))
            .header("Authorization", format!("AR-JWT {token}"))
            .json(&json!({ "values": {} })),
    )
    .await;
    assert_eq!(
        (missing.status, missing.error().0),
        (500, 307),
        "the profile asked for is the profile given"
    );
}
