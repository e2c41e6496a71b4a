//! Files that people bring: read, simulated, applied, undone, mended; and lists taken out and brought back.

mod contacts;
mod matching;
mod properties;
mod tables;

use app::App;
use serde_json::{Value, json};

use crate::{call, open, refused};

/// The sample collège, where 412 machines and 40 contacts are known.
async fn college(folder: &std::path::Path) -> App {
    let app = open(folder, None);
    call(&app, "training_start", json!({})).await;
    app
}

fn choices() -> Value {
    json!({
        "encoding": null, "separator": null, "sheet": null, "headings_line": null, "mapping": null, "keys": null,
        "empty_clears": false, "default_role": null,
    })
}

fn request(app: &App, name: &str, bytes: &[u8], kind: &str, changed: Value) -> Value {
    let file = app.take_file(name, bytes.to_vec()).unwrap();
    let mut choices = choices();
    for (key, value) in changed.as_object().unwrap() {
        choices[key] = value.clone();
    }
    json!({ "file_id": file.id, "kind": kind, "choices": choices, "expected": null })
}

fn equipment(app: &App, text: &str) -> Value {
    request(
        app,
        "inventaire.csv",
        text.as_bytes(),
        "equipements",
        json!({}),
    )
}

/// created, updated, unchanged, refused; and the equation that must always hold.
fn figures(figures: &Value) -> [u64; 4] {
    let of = |name: &str| figures[name].as_u64().unwrap();
    let refused = figures["refused"].as_array().unwrap().len() as u64;
    let all = [of("created"), of("updated"), of("unchanged"), refused];
    assert_eq!(
        of("read"),
        all.iter().sum::<u64>(),
        "read = created + updated + unchanged + refused: {figures}"
    );
    all
}

/// What a simulation says, and that it writes nothing.
async fn simulated(app: &App, request: &Value) -> Value {
    let before = total(app).await;
    let simulation = call(app, "import_simulate", request.clone()).await;
    assert_eq!(total(app).await, before, "a simulation writes nothing");
    simulation
}

async fn total(app: &App) -> u64 {
    listed(app, "").await["all"].as_u64().unwrap()
}

async fn listed(app: &App, text: &str) -> Value {
    let query = json!({ "text": text, "facets": {}, "sort": "serie", "descending": false, "offset": 0, "limit": 500 });
    call(app, "equipment_list", query).await
}

async fn form(app: &App, serial: &str) -> Value {
    let found = listed(app, serial).await;
    let rows = found["rows"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["serial"] == serial)
        .unwrap_or_else(|| panic!("{serial} is in the register"));
    call(app, "equipment_show", json!({ "id": row["id"] })).await["form"].clone()
}

fn reasons(figures: &Value) -> Vec<(u64, &str, &str)> {
    let refused = figures["refused"].as_array().unwrap();
    refused
        .iter()
        .map(|one| {
            (
                one["line"].as_u64().unwrap(),
                one["column"].as_str().unwrap_or_default(),
                one["reason"].as_str().unwrap(),
            )
        })
        .collect()
}

fn downloaded(folder: &std::path::Path, saved: &Value) -> Vec<u8> {
    let name = saved["name"].as_str().unwrap();
    assert_eq!(
        saved["folder"].as_str().unwrap(),
        folder.join("telechargements").to_string_lossy(),
        "it is where the person looks for it"
    );
    std::fs::read(folder.join("telechargements").join(name)).unwrap()
}

#[tokio::test]
async fn a_list_is_read_simulated_imported_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    // As French Excel writes it: Windows-1252, semicolons; one known machine, two new ones, one wrong day.
    let text = "Désignation;Constructeur;Modèle;N° de série;Salle;Date d’achat;Prix TTC;Observations\r\n\
                Ordinateur portable;HP;ProBook 450;5CG0001;B204;12/09/2024;1 234,56 €;Chargeur à l’accueil\r\n\
                Poste fixe;Lenovo;ThinkCentre;S4YH1190;B204;;;\r\n\
                Vidéoprojecteur portable;Epson;EB-W06;EPS-77;Préau;32/13/2020;;\r\n\
                Imprimante couleur;HP;M454;PRN-9;Préau;2024-10-01;450;\r\n";
    let bytes: Vec<u8> = text
        .replace('’', "'")
        .chars()
        .map(|c| match c {
            '€' => 0x80,
            c => u8::try_from(u32::from(c)).expect("the text is Western"),
        })
        .collect();
    let request = request(&app, "inventaire.csv", &bytes, "equipements", json!({}));

    let preview = call(&app, "import_read", request.clone()).await;
    assert_eq!(
        preview["encoding"], "windows-1252",
        "accents are read as Western, never as Cyrillic"
    );
    assert_eq!(
        preview["separator"], "point-virgule",
        "French Excel's separator"
    );
    let fields: Vec<&str> = preview["headings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|heading| heading["field"].as_str().unwrap_or("-"))
        .collect();
    assert_eq!(
        fields,
        [
            "type", "marque", "modele", "serie", "salle", "achat", "prix", "notes"
        ],
        "each usual heading finds its field"
    );
    assert_eq!(
        preview["headings"][0]["samples"][0], "Ordinateur portable",
        "with its first values"
    );
    assert_eq!(
        preview["remembered"], false,
        "such a file was never imported"
    );

    let before = form(&app, "S4YH1190").await;
    let simulation = simulated(&app, &request).await;
    assert_eq!(
        figures(&simulation["figures"]),
        [2, 1, 0, 1],
        "two new, one known, one wrong"
    );
    assert_eq!(
        simulation["new_rooms"],
        json!(["Préau"]),
        "a missing room is said before it is made"
    );
    let [(line, column, reason)] = reasons(&simulation["figures"])[..] else {
        panic!("one row is refused")
    };
    assert_eq!(
        (line, column),
        (4, "Date d'achat"),
        "where the spreadsheet shows it"
    );
    assert!(
        reason.contains("32/13/2020") && reason.contains("31/12/2020"),
        "the value, and how to write it: {reason}"
    );
    let change = &simulation["changes"][1];
    assert_eq!(
        (&change["act"], &change["line"]),
        (&json!("modifie"), &json!(3)),
        "the known machine"
    );
    assert!(
        change["fields"]
            .as_array()
            .unwrap()
            .iter()
            .any(|field| field["field"] == "type" && field["after"] == "Poste fixe"),
        "field by field: {change}"
    );

    let done = call(&app, "import_apply", request.clone()).await;
    assert_eq!(
        done["figures"], simulation["figures"],
        "what was simulated is what was done"
    );
    assert_eq!(total(&app).await, 414, "two machines more");
    let made = form(&app, "5CG0001").await;
    assert_eq!(
        (
            &made["bought_on"],
            &made["price_cents"],
            &made["family"],
            &made["funding"]
        ),
        (
            &json!("2024-09-12"),
            &json!(123_456),
            &json!("portable"),
            &json!("departement")
        ),
        "values are read as they are written, the family follows from the type"
    );
    let after = form(&app, "S4YH1190").await;
    assert_eq!(
        after["bought_on"], before["bought_on"],
        "an empty cell leaves the field as it is"
    );
    assert_eq!(after["kind"], "Poste fixe", "a filled one changes it");
    assert!(
        listed(&app, "préau").await["total"].as_u64().unwrap() > 0,
        "what stands in the new room is found by it"
    );

    let again = call(&app, "import_read", request.clone()).await;
    assert_eq!(again["remembered"], true, "the columns are remembered");
    let twice = call(&app, "import_apply", request).await;
    assert_eq!(
        figures(&twice["figures"]),
        [0, 0, 3, 1],
        "a second time changes nothing"
    );
    assert_eq!(twice["batch_id"], Value::Null, "and leaves nothing to undo");

    let batches = call(&app, "batch_list", json!({})).await;
    assert_eq!(
        (
            &batches["batches"][0]["label"],
            &batches["batches"][0]["id"]
        ),
        (&json!("Import de inventaire.csv"), &done["batch_id"]),
        "the import is an act that can be named"
    );
    assert_eq!(
        batches["batches"][0]["size"], "4 fiches",
        "two machines, one change, one room"
    );
    let undone = call(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
    assert_eq!(
        (&undone["restored"], &undone["removed"], &undone["kept"]),
        (&json!(1), &json!(3), &json!([])),
        "everything as before: {undone}"
    );
    assert_eq!(total(&app).await, 412, "the new machines are gone");
    assert_eq!(
        form(&app, "S4YH1190").await,
        before,
        "the known one is as it was"
    );
    let error = refused(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
    assert_eq!(error["code"], "conflit", "an undo happens once: {error}");
}

#[tokio::test]
async fn what_a_person_changed_since_survives_the_undo() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let request = equipment(&app, "Type;Série\nTablette;T-1\nTablette;T-2\n");
    let done = call(&app, "import_apply", request).await;
    let mut edited = form(&app, "T-1").await;
    edited["notes"] = json!("Vitre fêlée");
    call(&app, "equipment_save", edited).await;
    let undone = call(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
    assert_eq!(undone["removed"], 1, "the untouched one goes");
    let kept = undone["kept"][0].as_str().unwrap();
    assert!(
        kept.contains("T-1") && kept.contains("changé"),
        "the other is named and kept: {kept}"
    );
    assert_eq!(
        form(&app, "T-1").await["notes"],
        "Vitre fêlée",
        "with the person's words"
    );
}

#[tokio::test]
async fn chosen_columns_are_remembered_however_their_headings_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let fields = ["type", "serie", "inventaire", "salle"];
    let chosen = request(
        &app,
        "a.csv",
        "Genre;Repère;REPERE;Où\nTablette;R-1;R-2;B204\n".as_bytes(),
        "equipements",
        json!({ "mapping": fields }),
    );
    call(&app, "import_apply", chosen).await;
    let text = "GENRE;repere;Repère;où\nTablette;R-1;R-2;B204\n";
    let preview = call(&app, "import_read", equipment(&app, text)).await;
    let found: Vec<&Value> = preview["headings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|heading| &heading["field"])
        .collect();
    assert_eq!(
        (&preview["remembered"], found),
        (&json!(true), fields.map(|id| json!(id)).iter().collect()),
        "no column is dropped for its accents or its capitals, and two alike keep their rank"
    );
}

#[tokio::test]
async fn what_is_applied_is_what_was_simulated_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Type;Série;Notes\nTablette;P-1;neuve\nPoste fixe;S4YH1190;à revoir\n";
    let mut request = equipment(&app, text);
    let simulation = simulated(&app, &request).await;
    assert_eq!(
        simulated(&app, &request).await["plan"],
        simulation["plan"],
        "the same file against the same register is the same plan"
    );
    let mut edited = form(&app, "S4YH1190").await;
    edited["notes"] = json!("Écran changé");
    call(&app, "equipment_save", edited).await;

    request["expected"] = simulation["plan"].clone();
    let error = refused(&app, "import_apply", request.clone()).await;
    assert_eq!(
        error["code"], "conflit",
        "what a person wrote meanwhile is not overwritten unseen: {error}"
    );
    assert_eq!(total(&app).await, 412, "nothing is written");
    assert_eq!(
        form(&app, "S4YH1190").await["notes"],
        "Écran changé",
        "nor changed"
    );
    assert_eq!(
        call(&app, "import_read", request.clone()).await["remembered"],
        false,
        "nor remembered"
    );

    request["expected"] = simulated(&app, &request).await["plan"].clone();
    let done = call(&app, "import_apply", request).await;
    assert_eq!(
        figures(&done["figures"]),
        [1, 1, 0, 0],
        "the plan that was seen again is applied"
    );
}
