//! Tables out and back, mended rows, empty cells, things that nothing tells apart.

use serde_json::json;

use super::{college, downloaded, equipment, figures, form, reasons, request};
use crate::{call, refused};

#[tokio::test]
async fn refused_rows_are_mended_in_a_spreadsheet_and_imported_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let request = equipment(
        &app,
        "Type;Série;Remarque;Date d’achat\nTablette;M-1;-50 % de batterie;mars 2021\nTablette;M-2;;01/03/2021\n",
    );
    call(&app, "import_apply", request.clone()).await;
    let saved = call(&app, "import_refused", request).await;
    assert_eq!(
        saved["name"], "inventaire - lignes refusées.csv",
        "named after the file"
    );
    let text = String::from_utf8(downloaded(folder.path(), &saved)).unwrap();
    assert!(
        text.contains("Ligne") && text.contains("Motif"),
        "why, beside each row: {text}"
    );
    assert!(!text.contains("M-2"), "only what was refused: {text}");
    let mended = text.replacen("mars 2021", "15/03/2021", 1);
    let request = super::request(
        &app,
        saved["name"].as_str().unwrap(),
        mended.as_bytes(),
        "equipements",
        json!({}),
    );
    let preview = call(&app, "import_read", request.clone()).await;
    assert_eq!(
        preview["remembered"], true,
        "its columns are those of the file it comes from"
    );
    let done = call(&app, "import_apply", request.clone()).await;
    assert_eq!(
        figures(&done["figures"]),
        [1, 0, 0, 0],
        "the mended row is imported"
    );
    let made = form(&app, "M-1").await;
    assert_eq!(
        (&made["bought_on"], &made["notes"]),
        (&json!("2021-03-15"), &json!("-50 % de batterie")),
        "with all that it said, the spreadsheet's guard taken off"
    );
    let error = refused(&app, "import_refused", request).await;
    assert_eq!(
        error["code"], "conflit",
        "there is nothing left to mend: {error}"
    );
}

#[tokio::test]
async fn every_table_taken_out_comes_back_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    for (what, known) in [("equipements", 412), ("contacts", 40)] {
        for format in ["csv", "xlsx", "ods"] {
            let export = json!({ "what": what, "format": format, "ids": null, "query": null, "columns": [] });
            let saved = call(&app, "table_export", export).await;
            assert_eq!(
                saved["name"],
                format!("{what}-2026-11-23.{format}"),
                "named by what it holds and its day"
            );
            let bytes = downloaded(folder.path(), &saved);
            let back = super::request(
                &app,
                saved["name"].as_str().unwrap(),
                &bytes,
                what,
                json!({}),
            );
            let simulation = call(&app, "import_simulate", back).await;
            assert_eq!(
                figures(&simulation["figures"]),
                [0, 0, known, 0],
                "{what} as {format}: every row is recognised and says what is known: {} {:?}",
                simulation["changes"][0],
                reasons(&simulation["figures"]).first()
            );
        }
    }
    let export =
        json!({ "what": "dossiers", "format": "csv", "ids": null, "query": null, "columns": [] });
    let saved = call(&app, "table_export", export).await;
    let text = String::from_utf8(downloaded(folder.path(), &saved)).unwrap();
    assert!(
        text.contains("INC000000481350") && text.contains("Panne"),
        "dossiers are in words: {}",
        text.lines().nth(1).unwrap_or_default()
    );
}

#[tokio::test]
async fn a_table_holds_what_the_list_shows_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let query = json!({ "text": "", "facets": { "famille": ["serveur"] }, "sort": "serie", "descending": true, "offset": 0, "limit": 1 });
    let shown = call(&app, "equipment_list", json!({ "text": "", "facets": { "famille": ["serveur"] }, "sort": "serie", "descending": true, "offset": 0, "limit": 500 })).await;
    let serials: Vec<&str> = shown["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["serial"].as_str().unwrap())
        .collect();
    let export = json!({ "what": "equipements", "format": "csv", "ids": null, "query": query, "columns": ["serie", "modele", "etat"] });
    let saved = call(&app, "table_export", export).await;
    let text = String::from_utf8(downloaded(folder.path(), &saved)).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    assert_eq!(
        lines.next(),
        Some("Numéro de série;Marque;Modèle;État"),
        "the columns on show, in their order; the import reads brand and model apart"
    );
    let first: Vec<&str> = lines.map(|line| line.split(';').next().unwrap()).collect();
    assert_eq!(first, serials, "all of the list, not only its page");
}

#[tokio::test]
async fn a_cell_emptied_on_purpose_empties_the_field() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Type;Série;Notes;État\nTablette;C-1;à revoir;HS\n";
    call(&app, "import_apply", equipment(&app, text)).await;
    let emptied = "Type;Série;Notes;État\n;C-1;;\n".as_bytes();
    let kept = super::request(&app, "inventaire.csv", emptied, "equipements", json!({}));
    assert_eq!(
        figures(&call(&app, "import_apply", kept).await["figures"]),
        [0, 0, 1, 0],
        "empty says nothing"
    );
    let clear = super::request(
        &app,
        "inventaire.csv",
        emptied,
        "equipements",
        json!({ "empty_clears": true }),
    );
    assert_eq!(
        figures(&call(&app, "import_apply", clear).await["figures"]),
        [0, 1, 0, 0],
        "unless it is asked for"
    );
    let made = form(&app, "C-1").await;
    assert_eq!(
        (&made["notes"], &made["state"], &made["kind"]),
        (&json!(""), &json!("en-panne"), &json!("Tablette")),
        "notes can be empty, a state and a type cannot"
    );
}

#[tokio::test]
async fn machines_that_nothing_tells_apart_are_not_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Type;Modèle;Salle\nSouris;Logitech;B204\nSouris;Logitech;B204\nSouris;Dell;B204\n";
    let first = call(&app, "import_apply", equipment(&app, text)).await;
    assert_eq!(
        figures(&first["figures"]),
        [3, 0, 0, 0],
        "two mice alike are two mice"
    );
    let second = call(&app, "import_apply", equipment(&app, text)).await;
    assert_eq!(
        figures(&second["figures"]),
        [0, 0, 3, 0],
        "and they are the same ones the second time"
    );
    let more = format!("{text}Souris;Logitech;B204\n");
    let third = call(&app, "import_apply", equipment(&app, &more)).await;
    assert_eq!(
        figures(&third["figures"]),
        [1, 0, 3, 0],
        "a third one alike is one more"
    );
}

#[tokio::test]
async fn what_goes_out_comes_in_again_to_the_letter() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let list = json!({ "text": "", "with_departed": false });
    let present = call(&app, "contact_list", list).await["total"]
        .as_u64()
        .unwrap();
    let saved = call(&app, "contact_cards", json!({ "ids": [] })).await;
    let cards = downloaded(folder.path(), &saved);
    let role = json!({ "default_role": "direction" });
    let back = request(&app, "retour.vcf", &cards, "contacts", role);
    let simulation = call(&app, "import_simulate", back).await;
    assert_eq!(
        figures(&simulation["figures"]),
        [0, 0, present, 0],
        "hours do not come back as what to call for: {}",
        simulation["changes"]
    );

    let text = "Type;Série\nTablette;G-1\nTablette;G-2\nTablette;G-3\nTablette;G-4\n";
    call(&app, "import_apply", equipment(&app, text)).await;
    let notes = ["'=SOMME", "''-12", "-12 °C", "'ouest"];
    for (serial, notes) in ["G-1", "G-2", "G-3", "G-4"].iter().zip(notes) {
        let mut form = form(&app, serial).await;
        form["notes"] = json!(notes);
        call(&app, "equipment_save", form).await;
    }
    for format in ["csv", "xlsx", "ods"] {
        let export = json!({ "what": "equipements", "format": format, "ids": null, "query": null, "columns": [] });
        let saved = call(&app, "table_export", export).await;
        let bytes = downloaded(folder.path(), &saved);
        let name = format!("retour.{format}");
        let back = request(&app, &name, &bytes, "equipements", json!({}));
        let simulation = call(&app, "import_simulate", back).await;
        assert_eq!(
            figures(&simulation["figures"]),
            [0, 0, 416, 0],
            "{format}: only the guard that was put on is taken off: {}",
            simulation["changes"]
        );
    }
    let guarded = equipment(&app, "Type;'-Remarque;Date d’achat\nTablette;'-5;jadis\n");
    let saved = call(&app, "import_refused", guarded).await;
    let mended = downloaded(folder.path(), &saved);
    let again = request(&app, "b.csv", &mended, "equipements", json!({}));
    let preview = call(&app, "import_read", again).await;
    assert_eq!(
        (&preview["headings"][1]["text"], &preview["sample"][0][1]),
        (&json!("-Remarque"), &json!("-5")),
        "a refused row goes out and in with no apostrophe more"
    );
}
