//! What was read on the signed copy, seen from elsewhere: the other computer, and the dossiers that are open.

use serde_json::{Value, json};

use super::{cell, place, read, route, view};
use crate::{
    call,
    given::{college, text},
    handover::{self, FILE_PHRASE, adoption, begin, exported, morning, profile, put},
};

#[tokio::test]
async fn what_one_computer_read_comes_to_the_other_by_the_merge() {
    let clock = morning();
    let (office, lab) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let correspondant = handover::open(office.path(), &clock);
    let claire = profile("Collège Desaix", "Claire", "correspondant");
    begin(&correspondant, claire).await;
    let (_, file) = exported(&correspondant).await;
    let gestionnaire = handover::open(lab.path(), &clock);
    let file_id = put(&gestionnaire, file);
    call(
        &gestionnaire,
        "handover_adopt",
        adoption(&file_id, FILE_PHRASE),
    )
    .await;
    call(
        &correspondant,
        "cell_complete",
        read("conseil", "academie", "14"),
    )
    .await;
    let (_, file) = exported(&correspondant).await;
    let file_id = put(&gestionnaire, file);
    let request = json!({ "file_id": file_id, "passphrase": FILE_PHRASE });
    let simulation = call(&gestionnaire, "merge_simulate", request).await;
    assert_eq!(
        (
            &simulation["added"][0]["label"],
            &simulation["added"][0]["examples"][0]
        ),
        (
            &json!("Cases complétées"),
            &json!("Infrastructure réseau (câblage, actifs réseaux), Conseil, expertise")
        ),
        "the cell is named by its place in the matrix: {simulation}"
    );
    let apply = json!({ "file_id": file_id, "passphrase": FILE_PHRASE, "choices": [] });
    let done = call(&gestionnaire, "merge_apply", apply.clone()).await;
    assert!(
        text(&done["sentence"]).contains("1 case complétée"),
        "what came is said: {done}"
    );
    assert_eq!(
        cell(&view(&gestionnaire).await, "conseil")["completed"],
        json!({ "by": "Claire Martin", "on": "2026-11-23", "page": "14" }),
        "with its reader and its page"
    );
    let again = call(&gestionnaire, "merge_apply", apply).await;
    assert_eq!(
        again["batch_id"],
        Value::Null,
        "merged twice, it changes nothing: {again}"
    );

    // The office reads it again on the same day: nobody's clock decides between the two.
    call(
        &correspondant,
        "cell_complete",
        read("conseil", "region", "15"),
    )
    .await;
    let (_, file) = exported(&correspondant).await;
    let file_id = put(&gestionnaire, file);
    let request = json!({ "file_id": file_id, "passphrase": FILE_PHRASE });
    let simulation = call(&gestionnaire, "merge_simulate", request).await;
    let row = &simulation["changed"][0];
    let field = &row["fields"][0];
    assert_eq!(
        (&field["here"], &field["file"], &field["conflict"]),
        (
            &json!("l’Académie, page 14, par Claire Martin le 23/11/2026"),
            &json!("la Région, page 15, par Claire Martin le 23/11/2026"),
            &json!(true)
        ),
        "a reading is one thing, and a person decides: {simulation}"
    );
    let choice = json!([{ "what": row["what"], "id": row["id"], "field": field["field"], "side": "fichier", "here": field["here"] }]);
    let apply = json!({ "file_id": file_id, "passphrase": FILE_PHRASE, "choices": choice });
    let done = call(&gestionnaire, "merge_apply", apply).await;
    assert_eq!(
        route(&gestionnaire, "conseil").await["party"],
        "region",
        "what was chosen rules from now on"
    );
    call(
        &gestionnaire,
        "batch_undo",
        json!({ "id": done["batch_id"] }),
    )
    .await;
    assert_eq!(
        route(&gestionnaire, "conseil").await["party"],
        "academie",
        "until the merge is undone"
    );
}

/// Answers that end the form: those given, then the first choice, and a sentence wherever one is asked for.
async fn ended(app: &app::App, given: Value) -> Value {
    let mut answers = given;
    loop {
        let view = call(app, "guide_check", json!({ "answers": answers })).await;
        let question = &view["question"];
        if question.is_null() {
            return answers;
        }
        let first = &question["choices"][0]["id"];
        answers[text(&question["id"])] = match text(&question["kind"]).as_str() {
            "choix" => first.clone(),
            "plusieurs" => json!([first]),
            "fiche" => json!({}),
            _ => json!("Une collègue demande comment se connecter."),
        };
    }
}

#[tokio::test]
async fn an_open_dossier_says_where_it_would_go_today() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let given = json!({ "situation": "conseil", "sujet": "authentification" });
    let answers = ended(&app, given).await;
    let made = call(&app, "ticket_new", json!({ "answers": answers })).await;
    let id = json!({ "id": made["ticket_id"] });
    let shown = call(&app, "ticket_show", id.clone()).await;
    assert_eq!(
        (&shown["route"]["basis"], &shown["today"]),
        (&json!("inconnu"), &Value::Null),
        "nobody knew who answers, and nobody knows more: {shown}"
    );

    let cell = json!({ "place": place("authentification", &text(&shown["activity"])), "party": "etablissement", "page": "7" });
    let done = call(&app, "cell_complete", cell).await;
    let shown = call(&app, "ticket_show", id.clone()).await;
    assert_eq!(
        (
            &shown["today"]["party"],
            &shown["today"]["basis"],
            &shown["today"]["channel"]
        ),
        (
            &json!("etablissement"),
            &json!("complete"),
            &json!("interne")
        ),
        "once its cell is read, the dossier says that the collège would do it itself: {shown}"
    );
    assert_eq!(
        shown["route"]["basis"], "inconnu",
        "and still says why it went where it went"
    );
    call(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
    assert_eq!(
        call(&app, "ticket_show", id).await["today"],
        Value::Null,
        "no more once the reading is taken back"
    );
}
