//! Working in the list: many machines at once, views, marks, labels, documents.

use app::App;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    call,
    given::{college, jam, machine, query, room, shown, text, written},
    open, refused,
};

async fn three(app: &App) -> Vec<String> {
    let mut ids = Vec::new();
    for serial in ["S1", "S2", "S3"] {
        ids.push(machine(app, json!({ "serial": serial })).await);
    }
    ids
}

fn edit(ids: &[String], changes: Value) -> Value {
    json!({ "ids": ids, "changes": changes })
}

#[tokio::test]
async fn a_trolley_moves_to_another_room_in_one_act() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let b204 = room(&app, "B204").await;
    let ids = three(&app).await;
    let changes = json!([
        { "field": "salle", "value": b204 }, { "field": "etat", "value": "en-reserve" },
    ]);
    let done = call(&app, "equipment_bulk", edit(&ids, changes.clone())).await;
    assert_eq!(done["changed"], 3, "the three were elsewhere");
    assert_eq!(
        done["sentence"], "3 équipements modifiés.",
        "and it is said"
    );
    for id in &ids {
        let record = shown(&app, id).await;
        assert_eq!(record["row"]["room"], "B204", "{id} is there");
        assert_eq!(record["row"]["state"], "en-reserve", "{id} is spare");
        assert_eq!(
            record["history"][0]["text"], "Modifié avec d’autres\u{202f}: salle, état",
            "its history says that it was not alone"
        );
    }
    let again = call(&app, "equipment_bulk", edit(&ids, changes)).await;
    let batches = call(&app, "batch_list", json!({})).await;
    assert_eq!(
        batches["batches"][0]["label"], "3 équipements\u{202f}: salle B204, état en réserve",
        "the list of acts says what was done"
    );
    call(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
    for id in &ids {
        let record = shown(&app, id).await;
        assert!(record["row"]["room"].is_null(), "{id} is back");
        assert_eq!(record["row"]["state"], "en-service", "in its former state");
    }
    assert!(
        again["batch_id"].is_null(),
        "nothing to change makes no act to undo: {again}"
    );
    assert_eq!(
        again["sentence"], "Rien à changer\u{202f}: 3 équipements l’étaient déjà.",
        "and the person is told why"
    );
}

#[tokio::test]
async fn a_bulk_edit_is_checked_like_one_record_and_changes_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let ids = three(&app).await;
    for (field, value) in [
        ("salle", "nulle-part"),
        ("utilisateur", "les voisins"),
        ("etat", "perdu"),
        ("financement", "loterie"),
        ("type", " "),
        ("achat", "31/12/2020"),
        ("validation", "peut-être"),
    ] {
        let changes = json!([
            { "field": "notes", "value": "ne doit pas rester" }, { "field": field, "value": value },
        ]);
        let refusal = refused(&app, "equipment_bulk", edit(&ids, changes)).await;
        assert_eq!(
            refusal["code"], "demande-incorrecte",
            "{field} = {value} is the person's to mend: {refusal}"
        );
    }
    assert_eq!(
        shown(&app, &ids[0]).await["form"]["notes"],
        "",
        "a refused act leaves nothing behind"
    );
    let empty = refused(
        &app,
        "equipment_bulk",
        edit(&[], json!([{ "field": "notes", "value": "" }])),
    )
    .await;
    assert_eq!(empty["field"], "ids", "nothing chosen is said");
}

#[tokio::test]
async fn the_whole_filtered_list_is_chosen_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "training_start", json!({})).await;
    let mut wanted = query();
    wanted["facets"] = json!({ "etat": ["prete"] });
    wanted["sort"] = json!("serie");
    let page = call(&app, "equipment_list", wanted.clone()).await;
    let shown: Vec<&Value> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["id"])
        .collect();
    let ids = call(&app, "equipment_ids", wanted).await;
    let ids: Vec<&Value> = ids["ids"].as_array().unwrap().iter().collect();
    assert!(shown.len() > 5, "the sample lends several machines");
    assert_eq!(
        ids, shown,
        "« Tout choisir » chooses what the list shows, in its order"
    );
}

#[tokio::test]
async fn a_view_keeps_its_filters_and_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let mut filters = query();
    filters["text"] = json!("hp");
    filters["facets"] = json!({ "etat": ["en-panne"] });
    filters["sort"] = json!("prix");
    let form = json!({ "id": null, "name": "Pannes HP", "query": filters, "columns": ["type", "prix", "type"] });
    let layout = call(&app, "view_save", form.clone()).await;
    let view = &layout["views"][0];
    assert_eq!(view["query"]["sort"], "prix", "the order is kept");
    assert_eq!(
        view["query"]["facets"]["etat"][0], "en-panne",
        "and the filter"
    );
    assert_eq!(
        view["columns"],
        json!(["type", "prix"]),
        "a column is shown once"
    );
    let mut twin = form.clone();
    twin["name"] = json!("PANNES hp");
    let refusal = refused(&app, "view_save", twin).await;
    assert_eq!(
        refusal["field"], "name",
        "two views of one name could not be told apart"
    );
    let mut renamed = form;
    renamed["id"] = view["id"].clone();
    renamed["name"] = json!("Pannes");
    let layout = call(&app, "view_save", renamed).await;
    assert_eq!(
        layout["views"].as_array().unwrap().len(),
        1,
        "renaming makes no second view"
    );
    let columns = call(
        &app,
        "columns_save",
        json!({ "columns": ["serie", "salle"] }),
    )
    .await;
    assert_eq!(
        columns["columns"],
        json!(["serie", "salle"]),
        "the list's own columns are apart"
    );
    let none = refused(&app, "columns_save", json!({ "columns": [] })).await;
    assert_eq!(
        none["field"], "columns",
        "a list without a column shows nothing"
    );
    let layout = call(&app, "view_remove", json!({ "id": view["id"] })).await;
    assert_eq!(layout["views"], json!([]), "and it can be removed");
}

#[tokio::test]
async fn what_a_scanner_types_opens_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let id = machine(
        &app,
        json!({ "serial": "5CD2147GQ1", "inventory_number": "CD65-2025-00467", "host_name": "PRT-01" }),
    )
    .await;
    let bare = machine(&app, json!({ "model": "Sans numéro" })).await;
    let end: String = bare.replace('-', "").to_uppercase();
    let own = format!("rel-{}", &end[end.len() - 8..]);
    for (typed, found) in [
        ("5CD2147GQ1", Some(&id)),
        (" 5cd2147gq1\r\n", Some(&id)),
        ("prt-01", Some(&id)),
        // A scanner set to QWERTY in front of an AZERTY computer: 5CD2147GQ1, then CD65-2025-00467.
        ("(CDé&'èGA&", Some(&id)),
        ("CD-()éàé()àà'-è", Some(&id)),
        // Its letters are right, its digits are not.
        ("(CDé&'èGQ&", Some(&id)),
        (own.as_str(), Some(&bare)),
        ("REL-00000000", None),
        ("", None),
        ("5CD", None),
    ] {
        let answer = call(&app, "equipment_by_mark", json!({ "mark": typed })).await;
        assert_eq!(
            answer["equipment_id"].as_str(),
            found.map(String::as_str),
            "« {typed} »"
        );
    }
    let hits = call(
        &app,
        "search",
        json!({ "text": "CD-()éàé()àà'-è", "limit": 5 }),
    )
    .await;
    assert_eq!(
        hits["hits"][0]["id"],
        json!(id),
        "typed into the search, it is found too"
    );
}

/// The key of an AZERTY computer that bears the letter of a QWERTY scanner.
fn azerty(c: char) -> char {
    let digits = ['à', '&', 'é', '"', '\'', '(', '-', 'è', '_', 'ç'];
    match c {
        '0'..='9' => digits[c as usize - '0' as usize],
        'A' => 'Q',
        'Q' => 'A',
        'Z' => 'W',
        'W' => 'Z',
        'M' => '?',
        '-' => ')',
        other => other,
    }
}

#[test]
fn every_label_scanned_with_the_wrong_keyboard_still_opens_its_machine() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = runtime.block_on(college(folder.path()));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(48));
    runner
        .run(&"[A-Z]{2}[0-9]{2}-20[0-9]{2}-[0-9A-Z]{5,7}", |number| {
            runtime.block_on(async {
                let id = machine(&app, json!({ "inventory_number": number })).await;
                let typed: String = number.chars().map(azerty).collect();
                let answer = call(&app, "equipment_by_mark", json!({ "mark": typed })).await;
                let found = answer["equipment_id"].as_str().map(str::to_owned);
                prop_assert_eq!(found, Some(id), "{} typed as {}", number, typed);
                Ok(())
            })
        })
        .unwrap();
}

#[tokio::test]
async fn labels_are_printed_and_the_sheet_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let ids = three(&app).await;
    let request = json!({ "ids": ids, "stock": "l7651", "code": "code128", "first": 4 });
    let saved = call(&app, "label_print", request).await;
    assert_eq!(
        saved["name"], "etiquettes-2026-11-23.pdf",
        "named after its day"
    );
    assert!(
        written(&app, &saved).starts_with(b"%PDF-"),
        "a document that opens"
    );
    let choices = call(&app, "label_choices", json!({})).await;
    assert_eq!(
        choices["stock"], "l7651",
        "the sheet in the drawer is the same next time"
    );
    assert_eq!(choices["code"], "code128", "and the code");
    let beyond = json!({ "ids": ids, "stock": "l7651", "code": "qr", "first": 66 });
    let refusal = refused(&app, "label_print", beyond).await;
    assert_eq!(
        refusal["field"], "first",
        "a sheet of 65 has no 66th place: {refusal}"
    );
    let nothing = json!({ "ids": [], "stock": "l7651", "code": "qr", "first": 1 });
    let refusal = refused(&app, "label_print", nothing).await;
    assert_eq!(
        refusal["field"], "ids",
        "an empty sheet is not printed: {refusal}"
    );
}

#[tokio::test]
async fn an_invoice_is_kept_with_its_machine_and_copied_out() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let id = machine(&app, json!({ "serial": "S1" })).await;
    let owner = json!({ "kind": "equipement", "id": id });
    let invoice = app
        .take_file("C:\\factures\\Facture 12.pdf", b"%PDF-1.7 facture".to_vec())
        .unwrap();
    let form = json!({ "owner": owner, "kind": "facture", "file_id": invoice.id });
    let kept = call(&app, "document_add", form).await;
    assert_eq!(kept["label"], "Facture", "in words");
    assert_eq!(
        kept["media_type"], "application/pdf",
        "recognised by its content"
    );
    let record = shown(&app, &id).await;
    assert_eq!(
        record["documents"][0]["name"], "Facture 12.pdf",
        "the record shows it"
    );
    assert_eq!(
        record["can_delete"], false,
        "and the machine is no slip to delete"
    );
    let refusal = refused(&app, "equipment_delete", json!({ "id": id })).await;
    assert_eq!(refusal["code"], "conflit", "deleting it is refused");
    assert_eq!(
        shown(&app, &id).await["row"]["state"],
        "en-service",
        "and writes nothing off"
    );
    let copy = call(&app, "document_copy", json!({ "id": kept["id"] })).await;
    assert_eq!(written(&app, &copy), b"%PDF-1.7 facture", "byte for byte");
    let no_picture = refused(&app, "document_picture", json!({ "id": kept["id"] })).await;
    assert_eq!(
        no_picture["code"], "demande-incorrecte",
        "an invoice is not drawn as a picture"
    );

    let program = app
        .take_file("photo.png", b"MZ this is a program".to_vec())
        .unwrap();
    let form = json!({ "owner": owner, "kind": "photo", "file_id": program.id });
    let refusal = refused(&app, "document_add", form).await;
    assert_eq!(
        refusal["field"], "file_id",
        "a photo is a picture, whatever its name says"
    );
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 32]].concat();
    let photo = app.take_file("photo.png", png).unwrap();
    let form = json!({ "owner": owner, "kind": "photo", "file_id": photo.id });
    let kept = call(&app, "document_add", form).await;
    assert_eq!(kept["picture"], true, "the window may draw it");
    let drawn = call(&app, "document_picture", json!({ "id": kept["id"] })).await;
    assert_eq!(drawn["media_type"], "image/png", "under its true type");
    call(&app, "document_remove", json!({ "id": kept["id"] })).await;
    let left = shown(&app, &id).await["documents"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(left, 1, "only the photo went");

    let heavy = app
        .take_file("film.pdf", vec![7; 25 * 1024 * 1024 + 1])
        .unwrap();
    let form = json!({ "owner": owner, "kind": "autre", "file_id": heavy.id });
    let refusal = refused(&app, "document_add", form).await;
    assert_eq!(
        refusal["field"], "file_id",
        "the size is said before anything is kept"
    );
}

#[tokio::test]
async fn a_machine_that_fails_again_and_again_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let id = machine(&app, json!({ "serial": "S1", "family": "imprimante" })).await;
    for failures in 1..=3 {
        assert!(
            shown(&app, &id).await["repeated"].is_null(),
            "{} are not yet « again and again »",
            failures - 1
        );
        call(&app, "ticket_new", json!({ "answers": jam(&id) })).await;
    }
    assert_eq!(
        text(&shown(&app, &id).await["repeated"]),
        "3 pannes en 12 mois\u{202f}: parlez-en au Département, le remplacement peut être demandé.",
        "three are, and the machine is the Département's"
    );
}
