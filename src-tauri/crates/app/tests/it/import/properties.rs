//! What must hold for any file: the rows are counted whole, and what is simulated is what is done.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{college, figures, reasons, request, total};
use crate::call;

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
