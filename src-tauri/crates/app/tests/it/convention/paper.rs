//! The convention on paper, what was read proposed to the Département, and the mission sheets of the school year.

use serde_json::{Value, json};

use super::{read, view};
use crate::{
    call,
    given::{college, text, written},
    refused,
};

#[tokio::test]
async fn what_was_read_is_proposed_to_the_departement_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let refusal = refused(&app, "completions_export", json!({})).await;
    assert!(
        text(&refusal["message"]).contains("rien à proposer"),
        "without a reading there is no proposal: {refusal}"
    );
    call(&app, "cell_complete", read("conseil", "academie", "14")).await;
    let saved = call(&app, "completions_export", json!({})).await;
    assert_eq!(
        saved["name"], "cases-completees-2026-11-23.pdf",
        "a paper named after what it is"
    );
    assert!(
        written(&app, &saved).starts_with(b"%PDF-"),
        "that can be sent"
    );
}

#[tokio::test]
async fn the_convention_is_printed_by_parts() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let parts = |matrix, others| json!({ "matrix": matrix, "annexes": others, "missions": others, "charter": others, "glossary": others });
    let refusal = refused(&app, "convention_paper", parts(false, false)).await;
    assert_eq!(
        refusal["field"], "parts",
        "an empty paper is refused: {refusal}"
    );
    let whole = call(&app, "convention_paper", parts(true, true)).await;
    assert_eq!(
        whole["name"], "convention-2026-11-23.pdf",
        "the whole of it is one file"
    );
    let whole = written(&app, &whole);
    let matrix = call(&app, "convention_paper", parts(true, false)).await;
    let matrix = written(&app, &matrix);
    assert!(
        matrix.starts_with(b"%PDF-") && matrix.len() < whole.len(),
        "the matrix alone is shorter"
    );
    call(&app, "cell_complete", read("conseil", "academie", "14")).await;
    let completed = call(&app, "convention_paper", parts(true, false)).await;
    assert_ne!(
        written(&app, &completed),
        matrix,
        "and what was read on the signed copy is printed"
    );
}

#[tokio::test]
async fn only_what_someone_does_has_a_box() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let view = view(&app).await;
    let lines = |mission: usize| -> Vec<Value> {
        let sections = view["missions"][mission]["sections"].as_array().unwrap();
        let parts = sections.iter().flat_map(|section| {
            ["text", "points", "after"].map(|part| section[part].as_array().unwrap().clone())
        });
        parts.flatten().collect()
    };
    let boxes = |mission| -> Vec<String> {
        let lines = lines(mission).into_iter();
        lines
            .filter(|line| line["point"].is_string())
            .map(|line| text(&line["text"]))
            .collect()
    };
    let correspondant = boxes(0);
    assert_eq!(
        correspondant
            .iter()
            .map(|text| text.split(' ').nth(1).unwrap())
            .collect::<Vec<_>>(),
        ["centralise", "met", "suit"],
        "the three duties of the correspondant, wherever the sheet has them: {correspondant:?}"
    );
    assert!(
        lines(0)
            .iter()
            .any(|line| text(&line["text"]).starts_with("Fournisseurs") && line["point"].is_null()),
        "a list of people is read, not ticked"
    );
    assert_eq!(
        boxes(1).len(),
        13,
        "ten duties of the gestionnaire and three things done when asked"
    );
    let each = lines(0).into_iter().chain(lines(1));
    assert!(
        each.into_iter().all(|line| line["done_on"].is_null()),
        "a year begins with nothing ticked"
    );
}

#[tokio::test]
async fn a_mission_is_ticked_for_the_school_year() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let before = view(&app).await;
    assert_eq!(
        before["school_year"], "2026-2027",
        "November belongs to the year begun in September"
    );
    let point = |view: &Value| view["missions"][1]["sections"][0]["points"][3].clone();
    let fourth = point(&before);
    assert_eq!(
        (&fourth["point"], &fourth["done_on"]),
        (&json!("gestionnaire-reseau/acces-internet"), &Value::Null),
        "a task is known by its name, and nothing is done yet"
    );
    let tick = |id: &str, done: bool| json!({ "point": id, "done": done });
    call(
        &app,
        "mission_tick",
        tick("gestionnaire-reseau/acces-internet", true),
    )
    .await;
    assert_eq!(
        point(&view(&app).await)["done_on"],
        "2026-11-23",
        "ticked, with its day"
    );
    call(
        &app,
        "mission_tick",
        tick("gestionnaire-reseau/acces-internet", false),
    )
    .await;
    assert_eq!(
        point(&view(&app).await),
        fourth,
        "and the tick can be taken back"
    );
    for unknown in [
        "gestionnaire-reseau/1/4",
        "gestionnaire-reseau",
        "jardinier/acces-internet",
    ] {
        let refusal = refused(&app, "mission_tick", tick(unknown, true)).await;
        assert_eq!(
            refusal["code"], "introuvable",
            "« {unknown} » is no point of a sheet: {refusal}"
        );
    }
    let glossary = call(&app, "glossary", json!({})).await;
    assert_eq!(
        glossary["terms"], before["glossary"],
        "acronyms are the same wherever they are asked for"
    );
}
