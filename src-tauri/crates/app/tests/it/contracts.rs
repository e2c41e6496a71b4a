//! The number of a contract, asked for when one calls: kept, found, exported and imported.

use serde_json::json;

use crate::{
    call,
    given::{college, written},
};

#[tokio::test]
async fn the_number_of_a_contract_is_kept_found_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let form = json!({
        "id": null, "first_name": "", "last_name": "", "role": "editeur", "organisation": "Assistance Pronote",
        "title": "", "phone": "", "email": "", "hours": "", "call_for": "", "contract": " PRN-0650032 ",
        "services": ["vie-scolaire-prive"], "arrived_on": null, "left_on": null,
    });
    call(&app, "contact_save", form).await;
    let listed = |search: &str| json!({ "text": search, "with_departed": false });
    let found = call(&app, "contact_list", listed("0650032")).await;
    assert_eq!(
        found["groups"][0]["contacts"][0]["contract"], "PRN-0650032",
        "found by the number one has before one's eyes: {found}"
    );
    let export =
        json!({ "what": "contacts", "format": "csv", "ids": null, "query": null, "columns": [] });
    let saved = call(&app, "table_export", export).await;
    let table = String::from_utf8(written(&app, &saved)).unwrap();
    assert!(
        table.contains("Numéro de contrat ou de client") && table.contains("PRN-0650032"),
        "and it leaves with the table: {table}"
    );
}

#[tokio::test]
async fn a_column_of_customer_numbers_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let file = "Organisme;Rôle;N° de client\nAssistance BCDI;Éditeur;BCDI-065\n";
    let file_id = app
        .take_file("editeurs.csv", file.as_bytes().to_vec())
        .unwrap()
        .id;
    let request = json!({ "file_id": file_id, "kind": "contacts", "choices": {
        "encoding": null, "separator": null, "sheet": null, "headings_line": null, "mapping": null, "keys": null,
        "empty_clears": false, "default_role": null,
    }, "expected": null });
    let done = call(&app, "import_apply", request).await;
    assert_eq!(done["figures"]["created"], 1, "the row came in: {done}");
    let found = call(
        &app,
        "contact_list",
        json!({ "text": "bcdi-065", "with_departed": false }),
    )
    .await;
    assert_eq!(
        found["groups"][0]["contacts"][0]["contract"], "BCDI-065",
        "with its number in its place: {found}"
    );
}
