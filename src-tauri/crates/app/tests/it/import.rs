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
async fn nobody_becomes_somebody_else_by_sharing_an_address() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let contacts = |text: &str| {
        let role = json!({ "default_role": "direction" });
        request(&app, "carnet.csv", text.as_bytes(), "contacts", role)
    };
    let shared = contacts(
        "Prénom,Nom,Mail\n\
         Paul,Autre,solene.abadie@departement65.example\n\
         Anne,Une,ce.065@exemple.fr\n\
         Marc,Deux,CE.065@exemple.fr\n",
    );
    let done = call(&app, "import_apply", shared.clone()).await;
    assert_eq!(
        figures(&done["figures"]),
        [3, 0, 0, 0],
        "another name at a known address is somebody new, and so are two at one address in the file: {:?}",
        reasons(&done["figures"])
    );
    assert_eq!(
        figures(&call(&app, "import_simulate", shared).await["figures"]),
        [0, 0, 3, 0],
        "each is known again by address and name"
    );
    let desks = contacts(
        "Organisme,Fonction,Mail\nRectorat,Assistance,ce.065@exemple.fr\nRectorat,Réseau,ce.065@exemple.fr\n",
    );
    let done = call(&app, "import_apply", desks.clone()).await;
    assert_eq!(
        figures(&done["figures"]),
        [2, 0, 0, 0],
        "two desks of one house are neither each other nor the people who share their address"
    );
    assert_eq!(
        figures(&call(&app, "import_simulate", desks).await["figures"]),
        [0, 0, 2, 0],
        "and each is known again"
    );

    let whole =
        contacts("Nom complet,Mail,Tél\nSolène ABADIE,solene.abadie@departement65.example,0505\n");
    let simulation = call(&app, "import_simulate", whole.clone()).await;
    let fields = simulation["changes"][0]["fields"].as_array().unwrap();
    assert_eq!(
        (fields.len(), &fields[0]["field"]),
        (1, &json!("telephone")),
        "both names in one column leave those that are known apart: {simulation}"
    );
    call(&app, "import_apply", whole.clone()).await;
    assert_eq!(
        figures(&call(&app, "import_simulate", whole).await["figures"]),
        [0, 0, 1, 0],
        "and a second time changes nothing"
    );

    let twice = "Prénom,Nom,Organisme\nJean,Double,Un\nJean,Double,Deux\n";
    call(&app, "import_apply", contacts(twice)).await;
    let either = contacts("Prénom,Nom,Tél\nJean,Double,0506\n");
    let simulation = call(&app, "import_simulate", either).await;
    assert_eq!(
        simulation["figures"]["refused"][0]["candidates"]
            .as_array()
            .map(Vec::len),
        Some(2),
        "when two known people fit, both are proposed and neither is changed: {simulation}"
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
