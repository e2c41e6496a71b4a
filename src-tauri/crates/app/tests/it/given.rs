//! What the stories begin with: a collège that is open, a room, a machine.

use std::path::Path;

use app::App;
use serde_json::{Value, json};

use crate::{PHRASE, call, open};

/// The day of every run, as `main` has it.
pub const TODAY: &str = "2026-11-23";

pub async fn college(folder: &Path) -> App {
    let app = open(folder, None);
    let profile = json!({
        "college": "Desaix", "commune": "Tarbes", "cite_scolaire": false, "region_maintains": null,
        "role": "correspondant", "first_name": "Camille", "last_name": "Martin", "phone": "", "email": "",
        "platform": "manuel", "platform_url": "", "platform_login": "", "reference_field": "",
    });
    call(
        &app,
        "first_start",
        json!({ "profile": profile, "passphrase": PHRASE }),
    )
    .await;
    app
}

pub async fn room(app: &App, code: &str) -> String {
    let form =
        json!({ "id": null, "code": code, "name": "", "building": "", "floor": "", "usage": "" });
    text(&call(app, "room_save", form).await["id"])
}

/// A post of the Département in service, but for what is said of it.
pub async fn machine(app: &App, said: Value) -> String {
    let mut form = json!({
        "id": null, "kind": "Ordinateur portable", "family": "portable", "brand": "HP", "model": "ProBook 450",
        "serial": "", "inventory_number": "", "host_name": "", "ip": "", "mac": "", "room_id": null,
        "user_line": "Professeurs", "funding": "departement", "bought_on": "2024-09-02", "price_cents": null,
        "order_ref": "", "invoice_ref": "", "validated": false, "warranty_on": null, "warranty_kind": "",
        "state": "en-service", "notes": "",
    });
    for (field, value) in said.as_object().unwrap() {
        form[field] = value.clone();
    }
    text(&call(app, "equipment_save", form).await["id"])
}

pub async fn shown(app: &App, id: &str) -> Value {
    call(app, "equipment_show", json!({ "id": id })).await
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A list of the register with nothing filtered.
pub fn query() -> Value {
    json!({ "text": "", "facets": {}, "sort": "type", "descending": false, "offset": 0, "limit": 100 })
}

/// The document that a command says it wrote.
pub fn written(app: &App, saved: &Value) -> Vec<u8> {
    let path = app.saved_path(saved["id"].as_str().unwrap()).unwrap();
    std::fs::read(path).unwrap()
}

/// Answers to all that must be answered for a request to the platform: a printer, of the register or told in words, that no trial mended.
pub fn jam(equipment: &str) -> Value {
    let tried = json!({ "1": "pas-regle", "2": "pas-regle", "3": "pas-regle", "4": "pas-pu" });
    json!({ "situation": "panne-impression", "equipement": equipment, "imprimante": "bourrage", "utilisateur": "cdi",
        "essai-imprimante-bourrage": tried, "salle": "CDI", "gene": "personne-genant" })
}

/// What a person who tried everything in vain, and knows nothing more, would answer.
pub fn plain(question: &Value) -> Value {
    let first = |list: &Value| list[0]["id"].clone();
    match question["kind"].as_str().unwrap() {
        "choix" => first(&question["choices"]),
        "plusieurs" => json!([first(&question["choices"])]),
        "essais" => question["trials"]
            .as_array()
            .unwrap()
            .iter()
            .map(|trial| (text(&trial["id"]), json!("pas-regle")))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        "fiche" => json!({}),
        "date" => json!("2026-11-20"),
        "equipement" | "salle" => json!("aucun"),
        _ => json!("Depuis ce matin"),
    }
}
