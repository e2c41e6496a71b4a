//! Files that people bring: read, simulated, applied, undone, mended; and lists taken out and brought back.

use app::App;
use proptest::prelude::*;
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
    json!({ "file_id": file.id, "kind": kind, "choices": choices })
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
        batches["batches"][0]["rows"], 4,
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
async fn a_row_that_could_be_two_machines_is_refused_with_both() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Type;Série;Inventaire;Nom réseau\n\
                Tablette;A-1;INV-1;H-1\n\
                Tablette;A-2;INV-2;H-2\n\
                Tablette;;;H-3\n";
    call(&app, "import_apply", equipment(&app, text)).await;
    let conflicts = "Type;Série;Inventaire;Nom réseau\n\
                     Tablette;A-1;INV-2;\n\
                     Tablette;A-9;;H-1\n\
                     Tablette;A-5;;\n\
                     Tablette;a-5;;\n\
                     Tablette;;INV-1;\n\
                     Tablette;A-1;;\n\
                     Tablette;A-7;;H-3\n";
    let simulation = simulated(&app, &equipment(&app, conflicts)).await;
    let found = reasons(&simulation["figures"]);
    assert_eq!(
        found
            .iter()
            .map(|(line, column, _)| (*line, *column))
            .collect::<Vec<_>>(),
        [
            (2, "Inventaire"),
            (3, "Nom réseau"),
            (5, "Série"),
            (7, "Série")
        ],
        "two machines, a host name gone to a new machine, twice the same new one, twice the same known one: {found:?}"
    );
    let refused = simulation["figures"]["refused"].as_array().unwrap();
    assert_eq!(
        refused[0]["candidates"].as_array().unwrap().len(),
        2,
        "both are proposed"
    );
    assert!(
        found[1].2.contains("A-1"),
        "the other serial is said: {}",
        found[1].2
    );
    assert!(
        found[2].2.contains("ligne 4"),
        "the first line is named: {}",
        found[2].2
    );
    assert!(
        found[3].2.contains("ligne 6"),
        "the first line is named: {}",
        found[3].2
    );
    assert_eq!(
        figures(&simulation["figures"]),
        [1, 1, 1, 4],
        "a new one, the nameless one that gets its serial, one that is known already"
    );

    let by_host = request(
        &app,
        "inventaire.csv",
        b"Type;S\xc3\xa9rie;Nom r\xc3\xa9seau\nTablette;A-9;H-1\nTablette;A-2;H-1\n",
        "equipements",
        json!({ "keys": ["nom-reseau"] }),
    );
    let simulation = simulated(&app, &by_host).await;
    assert_eq!(
        figures(&simulation["figures"]),
        [0, 1, 0, 1],
        "by the host name alone the serial is changed"
    );
    let (_, _, reason) = reasons(&simulation["figures"])[0];
    assert!(
        reason.contains("ligne 2"),
        "one line for one machine: {reason}"
    );
    let stolen = request(
        &app,
        "inventaire.csv",
        b"Type;S\xc3\xa9rie;Nom r\xc3\xa9seau\nTablette;A-2;H-1\n",
        "equipements",
        json!({ "keys": ["nom-reseau"] }),
    );
    let simulation = simulated(&app, &stolen).await;
    let (_, column, reason) = reasons(&simulation["figures"])[0];
    assert_eq!(
        column, "Série",
        "a serial that is another machine's is refused: {reason}"
    );
}

#[tokio::test]
async fn words_are_understood_or_refused_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Type;Série;État;Financement;Utilisateur;Adresse IP;Adresse MAC;Achat validé\n\
                portable;W-1;HS;Conseil départemental;vie scolaire;172.16.4.21;8c-16-45-d0-46-f7;oui\n\
                Robot;To be filled by O.E.M.;en service;Fonds propres;;;;non\n\
                Tablette;W-3;bizarre;mécénat;Vie scolair;172.16.4;zz;peut-être\n";
    let request = equipment(&app, text);
    let done = call(&app, "import_apply", request).await;
    assert_eq!(
        figures(&done["figures"]),
        [2, 0, 0, 1],
        "two are understood"
    );
    let made = form(&app, "W-1").await;
    assert_eq!(
        (
            &made["kind"],
            &made["state"],
            &made["funding"],
            &made["user_line"],
            &made["mac"]
        ),
        (
            &json!("Ordinateur portable"),
            &json!("en-panne"),
            &json!("departement"),
            &json!("Vie scolaire"),
            &json!("8C:16:45:D0:46:F7")
        ),
        "usual words become the convention's"
    );
    let robots = listed(&app, "Robot").await;
    let robot = &robots["rows"][0];
    assert_eq!(
        (
            &robot["kind"],
            &robot["serial"],
            &robot["family"],
            &robot["not_validated"]
        ),
        (&json!("Robot"), &json!(""), &json!("autre"), &json!(true)),
        "a free type is kept, a maker's placeholder is no number"
    );
    let (_, _, reason) = reasons(&done["figures"])[0];
    for word in [
        "bizarre",
        "en service",
        "mécénat",
        "Vie scolaire",
        "172.16.4",
        "zz",
        "peut-être",
    ] {
        assert!(
            reason.contains(word),
            "every mistake of the row is said at once, {word} too: {reason}"
        );
    }
}

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
    let request = self::request(
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
            let back = request(
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
async fn contacts_come_from_a_table_or_from_cards() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Prénom,Nom,Rôle,Mail,Téléphone\n\
                Solène,Abadie,Département,solene.abadie@departement65.example,05 00 00 00 00\n\
                Jean,Neuf,Prestataire,jean.neuf@exemple.fr,\n\
                Luc,Perdu,magicien,luc@exemple.fr,\n\
                Eve,Perdue,Direction,eve@,\n";
    let request = self::request(&app, "carnet.csv", text.as_bytes(), "contacts", json!({}));
    let preview = call(&app, "import_read", request.clone()).await;
    assert_eq!(preview["asks_role"], false, "a column says the roles");
    let done = call(&app, "import_apply", request).await;
    assert_eq!(
        figures(&done["figures"]),
        [1, 1, 0, 2],
        "one new, one whose telephone changed, two refused"
    );
    let found = reasons(&done["figures"]);
    assert!(
        found[0].2.contains("magicien") && found[0].2.contains("Équipe pédagogique"),
        "a role is never guessed, and those that are roles are said: {}",
        found[0].2
    );
    assert_eq!(
        (found[1].0, found[1].1),
        (5, "Mail"),
        "a mail that is cut short: {found:?}"
    );

    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Durand;Marie;;;\r\nFN:Marie Durand\r\nORG:Imprim’Plus\r\nTEL:05 62 00 00 01\r\nEMAIL:marie@imprimplus.example\r\nEND:VCARD\r\n";
    let request = self::request(&app, "carnet.vcf", cards.as_bytes(), "contacts", json!({}));
    assert_eq!(
        call(&app, "import_read", request.clone()).await["asks_role"],
        true,
        "a card says no role"
    );
    let error = refused(&app, "import_simulate", request.clone()).await;
    assert_eq!(
        error["field"], "default_role",
        "the person is asked for it: {error}"
    );
    let mut request = request;
    request["choices"]["default_role"] = json!("prestataire");
    let done = call(&app, "import_apply", request.clone()).await;
    assert_eq!(
        figures(&done["figures"]),
        [1, 0, 0, 0],
        "the card is a contact"
    );
    assert_eq!(
        figures(&call(&app, "import_simulate", request).await["figures"]),
        [0, 0, 1, 0],
        "known again by its mail"
    );

    let list = call(
        &app,
        "contact_list",
        json!({ "text": "durand", "with_departed": false }),
    )
    .await;
    let marie = &list["groups"][0]["contacts"][0];
    assert_eq!(
        marie["role"], "prestataire",
        "with the role that was chosen"
    );
    let saved = call(&app, "contact_cards", json!({ "ids": [marie["id"]] })).await;
    assert_eq!(saved["name"], "marie-durand.vcf", "one card bears its name");
    let back = self::request(
        &app,
        "retour.vcf",
        &downloaded(folder.path(), &saved),
        "contacts",
        json!({ "default_role": "direction" }),
    );
    assert_eq!(
        figures(&call(&app, "import_simulate", back).await["figures"]),
        [0, 0, 1, 0],
        "the card that goes out is the one that came in"
    );
    let saved = call(&app, "contact_cards", json!({ "ids": [] })).await;
    let text = String::from_utf8(downloaded(folder.path(), &saved)).unwrap();
    let present = call(
        &app,
        "contact_list",
        json!({ "text": "", "with_departed": false }),
    )
    .await["total"]
        .as_u64()
        .unwrap();
    assert_eq!(
        text.matches("BEGIN:VCARD").count() as u64,
        present,
        "those who left are not given"
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let mut zip = vec![b'P', b'K', 3, 4];
    zip.extend([0; 60]);
    for (name, bytes, word) in [
        ("vide.csv", &b"   \n\n"[..], "vide"),
        ("coupé.xlsx", &zip[..], "abîmé"),
        (
            "photo.jpg",
            &b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"[..],
            "Relais",
        ),
        (
            "carnet.vcf",
            &b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:X;Y;;;\r\nFN:Y X\r\nEND:VCARD\r\n"[..],
            "Contacts",
        ),
    ] {
        let request = request(&app, name, bytes, "equipements", json!({}));
        let error = refused(&app, "import_apply", request).await;
        assert_eq!(
            error["field"], "file",
            "{name}: the file is at fault: {error}"
        );
        assert!(
            error["message"].as_str().unwrap().contains(word),
            "{name}: the sentence says « {word} »: {error}"
        );
    }
    let nothing = request(
        &app,
        "a.csv",
        b"Couleur;Poids\nbleu;3\n",
        "equipements",
        json!({}),
    );
    assert_eq!(
        refused(&app, "import_apply", nothing).await["field"],
        "mapping",
        "no column says anything"
    );
    let twice = request(
        &app,
        "a.csv",
        b"A;B\n1;2\n",
        "equipements",
        json!({ "mapping": ["serie", "serie"] }),
    );
    assert_eq!(
        refused(&app, "import_simulate", twice).await["field"],
        "mapping",
        "one field, one column"
    );
    let keyless = request(
        &app,
        "a.csv",
        b"Type;S\xc3\xa9rie\nTablette;2\n",
        "equipements",
        json!({ "keys": [] }),
    );
    assert_eq!(
        refused(&app, "import_simulate", keyless).await["field"],
        "keys",
        "something must tell machines apart"
    );
    assert_eq!(total(&app).await, 412, "nothing was applied in part");
}

#[tokio::test]
async fn a_cell_emptied_on_purpose_empties_the_field() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Type;Série;Notes;État\nTablette;C-1;à revoir;HS\n";
    call(&app, "import_apply", equipment(&app, text)).await;
    let emptied = "Type;Série;Notes;État\n;C-1;;\n".as_bytes();
    let kept = request(&app, "inventaire.csv", emptied, "equipements", json!({}));
    assert_eq!(
        figures(&call(&app, "import_apply", kept).await["figures"]),
        [0, 0, 1, 0],
        "empty says nothing"
    );
    let clear = request(
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

/// A file of a few usual columns, with known and unknown marks, right and wrong values.
fn tables() -> impl Strategy<Value = String> {
    let cell = |words: &'static [&'static str]| prop::sample::select(words);
    let serial = prop_oneof![
        cell(&["S4YH1190", "s4yh1191", "S4YH1192", "", "0", "N/A"]).prop_map(str::to_owned),
        "Z-[0-9]{1,2}",
    ];
    let row = (
        cell(&["Tablette", "portable", "", "Switch", "Robot"]),
        serial,
        cell(&["CD65-2025-00398", "CD65-2025-00400", "", "INV-1", "INV-2"]),
        cell(&["B204-01", "B204-02", "", "H-1", "H-2"]),
        cell(&["B204", "b204", "Préau", "", "Salle 12"]),
        cell(&["01/09/2024", "32/13/2020", "", "mars 2021"]),
        cell(&["12,50", "1,234", "", "gratuit"]),
        cell(&["en service", "HS", "", "?"]),
    );
    let separator = prop::sample::select(&[";", ",", "\t"][..]);
    (prop::collection::vec(row, 0..20), separator).prop_map(|(rows, separator)| {
        let mut text = [
            "Type",
            "Série",
            "Inventaire",
            "Nom réseau",
            "Salle",
            "Date d’achat",
            "Prix",
            "État",
        ]
        .join(separator);
        for (kind, serial, inventory, host, room, day, price, state) in rows {
            let price = format!("\"{price}\"");
            let cells = [kind, &serial, inventory, host, room, day, &price, state];
            text.push_str(&format!("\n{}", cells.join(separator)));
        }
        text
    })
}

#[test]
fn any_table_is_counted_whole_and_done_as_simulated() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = runtime.block_on(college(folder.path()));
    proptest!(ProptestConfig::with_cases(48), |(text in tables(), host_first: bool, undo: bool)| {
        let keys = if host_first { json!(["nom-reseau", "serie"]) } else { Value::Null };
        let request = request(&app, "hasard.csv", text.as_bytes(), "equipements", json!({ "keys": keys }));
        runtime.block_on(async {
            let before = total(&app).await;
            let simulation = call(&app, "import_simulate", request.clone()).await;
            let [created, ..] = figures(&simulation["figures"]);
            let done = call(&app, "import_apply", request.clone()).await;
            assert_eq!(done["figures"], simulation["figures"], "done as simulated");
            assert_eq!(total(&app).await, before + created, "as many new ones as were told");
            let refused: Vec<u64> = reasons(&done["figures"]).iter().map(|one| one.0).collect();
            let again = call(&app, "import_simulate", request.clone()).await;
            figures(&again["figures"]);
            for change in again["changes"].as_array().unwrap() {
                let line = change["line"].as_u64().unwrap();
                assert!(refused.contains(&line), "what was taken is not taken again, line {line}: {change}");
            }
            if undo && done["batch_id"] != Value::Null {
                let undone = call(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
                assert_eq!(undone["kept"], json!([]), "nobody touched anything meanwhile");
                assert_eq!(total(&app).await, before, "the undo leaves what was there");
                let redone = call(&app, "import_simulate", request).await;
                assert_eq!(redone["figures"], done["figures"], "the file would do the same again");
            }
        });
    });
}

#[test]
fn any_bytes_are_imported_with_the_equation_or_refused_whole() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = runtime.block_on(college(folder.path()));
    let mutated = (
        tables(),
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    )
        .prop_map(|(text, slips)| {
            let mut bytes = text.into_bytes();
            for (place, byte) in slips {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            bytes
        });
    let bytes = prop_oneof![mutated, prop::collection::vec(any::<u8>(), 1..400)];
    proptest!(ProptestConfig::with_cases(96), |(bytes in bytes, contacts: bool)| {
        let kind = if contacts { "contacts" } else { "equipements" };
        let request = request(&app, "hasard.csv", &bytes, kind, json!({ "default_role": "direction" }));
        runtime.block_on(async {
            let before = total(&app).await;
            match app::commands::dispatch(&app, "import_apply", request).await {
                Ok(done) => {
                    let [created, ..] = figures(&done["figures"]);
                    let made = if contacts { 0 } else { created };
                    assert_eq!(total(&app).await, before + made, "what is told is what is done");
                }
                Err(error) => {
                    let error = serde_json::to_value(error).unwrap();
                    assert_eq!(error["code"], "demande-incorrecte", "the file is at fault, not Relais: {error}");
                    assert_eq!(total(&app).await, before, "nothing is applied in part");
                }
            }
        });
    });
}

/// One cell as an agent wrote it, on the real files beside the project.
#[tokio::test]
async fn real_inventories_become_machines() {
    let folder = std::env::var_os("RELAIS_SAMPLES").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples"),
        Into::into,
    );
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let data = tempfile::tempdir().unwrap();
    let app = college(data.path()).await;
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !(name.ends_with(".json") || name.ends_with(".xml")) {
            continue;
        }
        let request = request(
            &app,
            &name,
            &std::fs::read(&path).unwrap(),
            "equipements",
            json!({}),
        );
        let done = call(&app, "import_apply", request.clone()).await;
        let [created, updated, _, refused] = figures(&done["figures"]);
        assert_eq!(
            (updated, refused),
            (0, 0),
            "{name} is read whole: {}",
            done["figures"]
        );
        assert!(created > 0, "{name} holds a machine");
        let again = call(&app, "import_simulate", request).await;
        assert_eq!(
            figures(&again["figures"])[..2],
            [0, 0],
            "{name} is known again: {}",
            again["changes"]
        );
    }
}
