//! What is answered without a store: the route, the guide, the help; and how an answer leaves.

use std::{fs::File, process::Stdio};

use serde_json::json;

use crate::{Person, ended, sentence};

#[test]
fn who_does_what_is_answered_without_any_folder() {
    let me = Person::new();
    let route = |more: &[&str]| {
        me.json(
            &[
                &[
                    "route",
                    "--service",
                    "equipement-bureautique",
                    "--activity",
                    "mco",
                ],
                more,
            ]
            .concat(),
        )
    };
    let own_funds = [
        "--user",
        "CDI",
        "--funding",
        "fonds-propres",
        "--bought-on",
        "2016-03-01",
    ];
    for (more, party, basis, source, channel, why) in [
        (
            &["--user", "Vie scolaire"][..],
            "academie",
            "deduit",
            json!("II.2-A2"),
            "plateforme",
            "annexe 2 bis puts it on the administrative network",
        ),
        (
            &["--perimeter", "pedagogique"],
            "departement",
            "deduit",
            json!("II.2-D4"),
            "plateforme",
            "a stated perimeter needs no user",
        ),
        (
            &[],
            "selon-utilisateur",
            "deduit",
            json!(null),
            "plateforme",
            "without a user, it depends",
        ),
        (
            &own_funds,
            "etablissement",
            "deduit",
            json!("II.2-D6"),
            "validation-prealable",
            "bought on its own after September 2015",
        ),
        (
            &[&own_funds[..], &["--validated"]].concat(),
            "departement",
            "deduit",
            json!("II.2-D4"),
            "plateforme",
            "the same, validated",
        ),
    ] {
        let found = route(more);
        assert_eq!(
            (
                &found["party"],
                &found["basis"],
                &found["source"],
                &found["channel"]
            ),
            (&json!(party), &json!(basis), &source, &json!(channel)),
            "{why}"
        );
        for list in ["before", "warnings"] {
            assert!(
                found[list].is_array(),
                "{list} is a list, even empty: {found}"
            );
        }
    }
    assert!(
        !route(&own_funds)["before"]
            .as_array()
            .expect("a list")
            .is_empty(),
        "what must come first is said"
    );
    assert!(
        !route(&["--user", "CDI", "--cite-scolaire"])["warnings"]
            .as_array()
            .expect("a list")
            .is_empty(),
        "in a cité scolaire the Région may maintain"
    );
    let unknown = me.json(&[
        "route",
        "--service",
        "infrastructure-reseau",
        "--activity",
        "conseil",
    ]);
    assert_eq!(
        (&unknown["basis"], &unknown["channel"]),
        (&json!("inconnu"), &json!("plateforme")),
        "a cell nobody knows gives the single desk and says so"
    );
    let proposed = me.json(&["guide", "--start", "imprimante cdi bourrage"]);
    assert_eq!(
        proposed["proposals"][0]["answers"]["imprimante"], "bourrage",
        "a typed line is understood: {proposed}"
    );
    let begun = me.file(
        "début.json",
        r#"{"answers": {"situation": "panne-impression"}}"#,
    );
    assert_eq!(
        me.json(&["guide", "--answers", &begun])["question"]["id"],
        "equipement",
        "incomplete answers give the next question"
    );
    assert!(!me.data().exists(), "a question leaves no folder behind");
}

#[test]
fn a_text_answer_is_french_down_to_its_spaces() {
    let me = Person::new();
    let said = me.says(&[
        "route",
        "--service",
        "equipement-bureautique",
        "--activity",
        "mco",
        "--user",
        "CDI",
    ]);
    assert!(
        said.contains("Source\u{202f}: II.2-D4, «\u{202f}"),
        "narrow spaces before a colon and inside quotation marks: {said}"
    );
    let help = me.says(&["ticket", "list", "--help"]);
    for english in ["Usage:", "Options:", "Print", "default", "possible values"] {
        assert!(!help.contains(english), "help is French: {help}");
    }
    let blind = sentence(1, ended(me.bare(&[])));
    assert!(
        blind.contains("écran"),
        "without a screen there is no window: {blind}"
    );
}

#[test]
fn an_answer_that_cannot_be_written_is_no_success() {
    let me = Person::new();
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has one");
    let mut command = me.command(&["guide", "--start", "imprimante"]);
    let done = command
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("the application starts");
    assert_eq!(
        done.status.code(),
        Some(1),
        "a full disk behind `>` is not passed over"
    );
    // A reader who leaves early, as `| head` does, is no failure.
    let (reader, writer) = std::io::pipe().expect("a pipe can be made");
    drop(reader);
    let done = me
        .command(&["guide", "--start", "imprimante"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("the application starts");
    assert_eq!(
        (done.status.code(), done.stderr.as_slice()),
        (Some(0), &b""[..]),
        "nobody is left to read, and nothing is wrong"
    );
}
