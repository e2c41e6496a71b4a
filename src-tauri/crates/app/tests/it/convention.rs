//! The convention as a living document: cells read on the signed copy, by whom, and what follows from them.

mod elsewhere;
mod paper;
mod properties;

use serde_json::{Value, json};

use crate::{
    call,
    given::{college, text},
    refused,
};

const SERVICE: &str = "infrastructure-reseau";

fn place(service: &str, activity: &str) -> Value {
    json!({ "service": service, "perimeter": null, "activity": activity })
}

fn read(activity: &str, party: &str, page: &str) -> Value {
    json!({ "place": place(SERVICE, activity), "party": party, "page": page })
}

async fn route(app: &app::App, activity: &str) -> Value {
    call(
        app,
        "route",
        json!({
            "service": SERVICE, "activity": activity, "perimeter": null, "user": null, "funding": null,
            "bought_on": null, "validated": false, "cite_scolaire": null, "out_of_warranty": false,
        }),
    )
    .await
}

async fn view(app: &app::App) -> Value {
    call(app, "convention", json!({})).await
}

fn cells(view: &Value, service: &str) -> Vec<Value> {
    let mut services = view["families"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|family| family["services"].as_array().unwrap());
    let line = services.find(|line| line["id"] == service).unwrap();
    line["cells"].as_array().unwrap().clone()
}

fn cell(view: &Value, activity: &str) -> Value {
    let mut cells = cells(view, SERVICE).into_iter();
    cells.find(|cell| cell["activity"] == activity).unwrap()
}

/// Who answers for the collège from now on.
async fn becomes(app: &app::App, role: &str) {
    let mut profile = call(app, "settings", json!({})).await["profile"].clone();
    profile["role"] = json!(role);
    call(app, "profile_save", profile).await;
}

#[tokio::test]
async fn a_cell_read_on_the_signed_copy_changes_the_routes_and_is_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let before = view(&app).await;
    let open = cell(&before, "preconisation");
    assert_eq!(
        (&open["party"], &open["completed"]),
        (&json!("inconnu"), &Value::Null),
        "the copy lost the colour of this cell"
    );
    assert_eq!(
        route(&app, "preconisation").await["channel"],
        "plateforme",
        "so the single desk takes the request"
    );

    let done = call(
        &app,
        "cell_complete",
        read("preconisation", "etablissement", "  page 12 "),
    )
    .await;
    assert!(
        text(&done["sentence"]).contains("le collège, page 12"),
        "what was written is said: {done}"
    );
    let after = view(&app).await;
    let read_cell = cell(&after, "preconisation");
    assert_eq!(
        read_cell,
        json!({
            "activity": "preconisation", "perimeter": null, "party": "etablissement", "basis": "complete",
            "source": null, "note": null,
            "completed": { "by": "Camille Martin", "on": "2026-11-23", "page": "12" },
        }),
        "the matrix says who read it, when and on which page"
    );
    assert_eq!(
        (
            &after["cells_completed"],
            &after["cells_known"],
            &after["cells_total"]
        ),
        (&json!(1), &before["cells_known"], &before["cells_total"]),
        "it counts beside what the pack knows, which has not changed"
    );
    let now = route(&app, "preconisation").await;
    assert_eq!(
        (&now["party"], &now["basis"], &now["channel"]),
        (
            &json!("etablissement"),
            &json!("complete"),
            &json!("interne")
        ),
        "the route follows at once, and says on what it rests"
    );
    let passage = text(&now["source"]["passage"]);
    assert!(
        passage.contains("page 12") && passage.contains("Camille Martin"),
        "by its page and its reader: {passage}"
    );

    let again = call(
        &app,
        "cell_complete",
        read("preconisation", "etablissement", "12"),
    )
    .await;
    assert_eq!(
        (&again["batch_id"], &again["changed"]),
        (&Value::Null, &json!(0)),
        "the same words are no act: {again}"
    );
    let other = call(&app, "cell_complete", read("preconisation", "region", "13")).await;
    assert_eq!(
        route(&app, "preconisation").await["party"],
        "region",
        "a second reading replaces the first"
    );
    let undone = call(&app, "batch_undo", json!({ "id": other["batch_id"] })).await;
    assert_eq!(
        undone["sentence"], "Annulé\u{202f}: la case est comme avant.",
        "and « Annuler » says so: {undone}"
    );
    assert_eq!(
        cell(&view(&app).await, "preconisation"),
        read_cell,
        "the first reading is back, with its reader and its page"
    );

    let cleared = call(&app, "cell_clear", place(SERVICE, "preconisation")).await;
    assert_eq!(
        cell(&view(&app).await, "preconisation"),
        open,
        "a cell that is cleared is to be completed again"
    );
    call(&app, "batch_undo", json!({ "id": cleared["batch_id"] })).await;
    assert_eq!(
        cell(&view(&app).await, "preconisation"),
        read_cell,
        "unless that was the mistake"
    );
    call(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
    assert_eq!(
        cell(&view(&app).await, "preconisation"),
        open,
        "and the very first act can be taken back after all the others were"
    );
    assert_eq!(
        route(&app, "preconisation").await["basis"],
        "inconnu",
        "the route with it"
    );
}

#[tokio::test]
async fn only_what_nobody_knows_is_completed_by_the_one_who_may() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    for (form, field, why) in [
        (
            read("preconisation", "inconnu", "12"),
            "party",
            "« à compléter » completes nothing",
        ),
        (
            read("preconisation", "selon-utilisateur", "12"),
            "party",
            "the signed copy has a cell for each side",
        ),
        (
            read("preconisation", "academie", " page "),
            "page",
            "a reading has a page",
        ),
        (
            read("preconisation", "academie", &"12 ".repeat(40)),
            "page",
            "a paragraph is no page",
        ),
        (
            json!({ "place": place("machine-a-cafe", "mco"), "party": "academie", "page": "1" }),
            "service",
            "it is no line of the matrix",
        ),
        (
            json!({ "place": { "service": SERVICE, "perimeter": "pedagogique", "activity": "preconisation" },
                "party": "academie", "page": "1" }),
            "perimeter",
            "the matrix has one cell for all there",
        ),
    ] {
        let refusal = refused(&app, "cell_complete", form).await;
        assert_eq!(refusal["field"], field, "{why}: {refusal}");
    }
    let known = refused(&app, "cell_complete", read("mco", "academie", "12")).await;
    assert!(
        text(&known["message"]).contains("remplit déjà cette case\u{202f}: le Département"),
        "what the convention says is not written over: {known}"
    );
    let nothing = refused(&app, "cell_clear", place(SERVICE, "preconisation")).await;
    assert_eq!(
        nothing["code"], "conflit",
        "a cell that is not completed is not cleared: {nothing}"
    );

    // Where the matrix speaks of one side alone, the other is to be completed too.
    let side = json!({ "service": "equipement-bureautique", "perimeter": "administratif", "activity": "installation" });
    call(
        &app,
        "cell_complete",
        json!({ "place": side, "party": "academie", "page": "12" }),
    )
    .await;
    let seen = view(&app).await;
    assert_eq!(
        seen["cells_completed"], 1,
        "the cell the matrix does not have is shown once it is read"
    );
    let shown = cells(&seen, "equipement-bureautique");
    assert!(
        shown.iter().any(|cell| cell["perimeter"] == "administratif"
            && cell["activity"] == "installation"
            && cell["party"] == "academie"
            && cell["completed"]["page"] == "12"),
        "in its line: {shown:?}"
    );

    let may = view(&app).await;
    assert_eq!(
        (&may["may_complete"], &may["may_not"]),
        (&json!(true), &Value::Null),
        "the correspondant may"
    );
    becomes(&app, "gestionnaire").await;
    let may = view(&app).await;
    assert_eq!(may["may_complete"], false, "the gestionnaire may not");
    assert!(
        text(&may["may_not"]).contains("Seul le correspondant"),
        "and reads who does: {may}"
    );
    for (name, body) in [
        ("cell_complete", read("conseil", "academie", "12")),
        ("cell_clear", side),
    ] {
        let refusal = refused(&app, name, body).await;
        assert_eq!(
            refusal["message"], may["may_not"],
            "{name} says the same: {refusal}"
        );
    }
    assert_eq!(
        view(&app).await["cells_completed"],
        1,
        "nothing was written by any refusal"
    );
}

#[tokio::test]
async fn an_act_on_a_cell_is_told_as_a_cell() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let done = call(&app, "cell_complete", read("conseil", "academie", "14")).await;
    call(&app, "cell_complete", read("conseil", "region", "15")).await;
    let list = call(&app, "batch_list", json!({})).await;
    let sizes: Vec<&Value> = list["batches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|batch| &batch["size"])
        .collect();
    assert_eq!(sizes, ["1 case", "1 case"], "a cell is no record: {list}");
    let undone = call(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
    assert_eq!(
        (&undone["sentence"], &undone["kept"]),
        (
            &json!("Annulé\u{202f}: 1 case gardée telle quelle."),
            &json!([
                "La case complétée «\u{202f}Infrastructure réseau, Conseil, expertise\u{202f}» a changé depuis\u{202f}: rien n’y est touché."
            ])
        ),
        "what was read again since stays, by its name: {undone}"
    );
}
