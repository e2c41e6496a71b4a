//! From an empty folder to a number on the dossier, exactly once.

use std::process::Stdio;

use sandbox::Fault;
use serde_json::json;
use tests::desktop::desk::wait_until;

use crate::{Ended, Person, jammed_printer, platform, sentence};

#[tokio::test(flavor = "multi_thread")]
async fn a_correspondant_sends_one_dossier_from_the_terminal() {
    let (there, running) = platform().await;
    let me = Person::new();
    assert_eq!(
        me.says(&["config", "set", "college", "Desaix"]).trim(),
        "college = Desaix",
        "the first setting makes the encrypted store"
    );
    assert_eq!(
        me.json(&["config", "get", "commune"]),
        json!({ "commune": "Tarbes" }),
        "a collège of annexe 1 brings its town"
    );
    for (key, value) in [
        ("first-name", "Camille"),
        ("last-name", "Martin"),
        ("platform-url", running.url().as_str()),
        ("platform", "remedy"),
    ] {
        me.says(&["config", "set", key, value]);
    }
    assert_eq!(
        me.says(&["ticket", "list"]).trim(),
        "Aucun dossier.",
        "nothing yet"
    );
    assert_eq!(me.says(&["outbox"]).trim(), "Aucun envoi.", "nothing yet");

    let answers = me.file("réponses.json", jammed_printer().to_string());
    let ready = me.json(&["guide", "--answers", &answers]);
    assert_eq!(
        ready["summary"]["route"]["party"], "departement",
        "complete answers end in a route: {ready}"
    );
    let made = me.json(&["ticket", "new", "--answers", &answers]);
    let reference = made["reference"]
        .as_str()
        .expect("a reference is made")
        .to_owned();
    assert!(
        reference.starts_with("REL-"),
        "the short reference: {reference}"
    );
    assert_eq!(made["queued"], true, "it is for the platform");
    let queue = me.json(&["outbox"]);
    assert_eq!(
        (&queue["ready"][0]["reference"], &queue["ready"][0]["state"]),
        (&json!(reference), &json!("pret")),
        "the envoi waits under the same reference"
    );
    assert!(
        there.incidents().is_empty(),
        "nothing leaves before it is asked"
    );

    let asked = me.run(&["sync"]);
    assert!(
        asked.code == 4 && asked.out.contains("mot de passe"),
        "a login is needed: {}{}",
        asked.out,
        asked.err
    );

    let sent = me.sync();
    assert_eq!(
        (sent.code, sent.out.trim()),
        (0, "1 dossier accepté."),
        "{}",
        sent.err
    );
    let incidents = there.incidents();
    let [incident] = incidents.as_slice() else {
        panic!("exactly one dossier on the platform, not {incidents:?}")
    };
    assert_eq!(
        incident.reference.as_ref(),
        Some(&reference),
        "it carries our reference"
    );
    assert_eq!(
        me.json(&["ticket", "show", &reference])["row"]["number"],
        json!(incident.number),
        "the platform's number stands on the dossier"
    );
    for name in [incident.number.as_str(), &reference.to_lowercase()] {
        assert!(
            me.says(&["ticket", "show", name])
                .contains("Bourrage papier"),
            "a dossier is known by {name}"
        );
    }
    assert!(
        me.says(&["outbox"]).contains(&incident.number),
        "the proof is in the outbox"
    );
    assert!(
        me.says(&["search", "bourr cdi"]).contains(&incident.number),
        "the dossier is found by the beginnings of two words"
    );

    let again = me.sync();
    assert_eq!(
        (again.code, again.out.trim()),
        (0, "Rien n’attendait."),
        "{}",
        again.err
    );
    assert_eq!(there.incidents().len(), 1, "a second pass sends nothing");
    let doctor = me.json(&["doctor"]);
    assert!(
        doctor["checks"].as_array().is_some_and(|checks| checks
            .iter()
            .any(|check| check["name"] == "Données" && check["ok"] == true)),
        "the file is sound: {doctor}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_whose_answer_was_lost_is_found_and_never_made_twice() {
    let (there, running) = platform().await;
    let me = Person::with_college(&running.url());
    let answers = me.file("réponses.json", jammed_printer().to_string());
    me.says(&["ticket", "new", "--answers", &answers]);
    there.inject(Fault::CommitThenDrop);
    let first = me.sync();
    assert!(
        first.code == 0 && first.out.contains("1 incertain"),
        "sent, and no answer: {}{}",
        first.out,
        first.err
    );
    assert!(
        me.says(&["outbox"]).contains("Incertain"),
        "the doubt is told, not hidden"
    );
    let second = me.sync();
    assert_eq!(
        (second.code, second.out.trim()),
        (0, "1 dossier accepté."),
        "the look-up settles it at once when a person asks: {}",
        second.err
    );
    let incidents = there.incidents();
    assert_eq!(incidents.len(), 1, "the platform has it once");
    assert!(
        me.says(&["ticket", "list"]).contains(&incidents[0].number),
        "and its number stands on the dossier"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_passes_at_once_send_once() {
    let (there, running) = platform().await;
    let me = Person::with_college(&running.url());
    let answers = me.file("réponses.json", jammed_printer().to_string());
    me.says(&["ticket", "new", "--answers", &answers]);
    there.inject(Fault::Slow {
        ms: 1_500,
        committed: true,
    });
    let password = me.file("mot-de-passe", "essai");
    let both: Vec<_> = (0..2)
        .map(|_| {
            me.command(&[
                "sync",
                "--username",
                tests::LOGIN,
                "--password-file",
                &password,
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the application starts")
        })
        .collect();
    for child in both {
        let ended = Ended::from(child.wait_with_output().expect("it ends"));
        if ended.code != 0 {
            let said = sentence(1, ended);
            assert!(said.contains("déjà"), "the other one is at it: {said}");
        }
    }
    let incidents = there.incidents();
    assert_eq!(incidents.len(), 1, "once, whoever was first");
    assert!(
        me.says(&["ticket", "list"]).contains(&incidents[0].number),
        "the one that sent has kept the number, although the other opened the folder meanwhile"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_killed_during_the_send_leaves_a_doubt_that_the_next_one_settles() {
    let (there, running) = platform().await;
    let me = Person::with_college(&running.url());
    let answers = me.file("réponses.json", jammed_printer().to_string());
    me.says(&["ticket", "new", "--answers", &answers]);
    there.inject(Fault::Slow {
        ms: 60_000,
        committed: true,
    });
    let password = me.file("mot-de-passe", "essai");
    let mut pass = me
        .command(&[
            "sync",
            "--username",
            tests::LOGIN,
            "--password-file",
            &password,
        ])
        .stdout(Stdio::null())
        .spawn()
        .expect("the application starts");
    wait_until("the platform has kept the dossier", || {
        !there.incidents().is_empty()
    });
    pass.kill().expect("it still waits for the answer");
    pass.wait().expect("it is dead");
    assert!(
        me.says(&["outbox"]).contains("Incertain"),
        "what was in flight is a doubt"
    );
    assert_eq!(me.sync().code, 0, "the next pass goes well");
    let incidents = there.incidents();
    assert_eq!(incidents.len(), 1, "looked up, not sent again");
    assert!(
        me.says(&["ticket", "list"]).contains(&incidents[0].number),
        "and its number stands on the dossier"
    );
}
