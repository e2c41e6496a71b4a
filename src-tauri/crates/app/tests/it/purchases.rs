//! Own funds (II, article 2): the way the convention asks for, and the way out for those who did not take it.

use app::App;
use serde_json::{Value, json};

use crate::{
    call,
    given::{TODAY, college, machine, room, shown, text, written},
    open, refused,
};

async fn project(app: &App) -> String {
    let form = json!({ "id": null, "title": "Deux portables pour l’aide aux devoirs", "kind": "Ordinateur portable",
        "quantity": 2, "supplier": "Gave Informatique", "amount_cents": 139_800, "reason": "Salle sans poste",
        "user_line": "Professeurs" });
    text(&call(app, "purchase_save", form).await["id"])
}

fn step(id: &str, state: &str) -> Value {
    json!({ "purchase_id": id, "state": state, "on_date": "2026-11-20", "note": "", "file_id": null })
}

fn receipt(id: &str, serials: &[&str]) -> Value {
    json!({ "purchase_id": id, "on_date": TODAY, "family": "portable", "kind": "Ordinateur portable", "brand": "HP",
        "model": "ProBook 450", "serials": serials, "quantity": 2, "room_id": null, "invoice_ref": "FA-1",
        "warranty_on": "2029-11-23", "file_id": null })
}

fn offered(view: &Value) -> Vec<String> {
    let steps = view["next_steps"].as_array().unwrap();
    steps.iter().map(|step| text(&step["state"])).collect()
}

#[tokio::test]
async fn a_purchase_goes_from_project_to_maintenance_and_two_steps_leave_as_dossiers() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let id = project(&app).await;
    let view = call(&app, "purchase_show", json!({ "id": id })).await;
    assert_eq!(view["row"]["state"], "projet", "it begins as a project");
    assert_eq!(view["steps"][0]["on_date"], TODAY, "dated");
    let home = call(&app, "home", json!({})).await;
    assert_eq!(
        home["purchases"][0]["id"],
        json!(id),
        "and waits for the collège on Accueil"
    );

    let quote = app.take_file("devis.pdf", b"%PDF-1.7".to_vec()).unwrap();
    let mut asked = step(&id, "validation-demandee");
    asked["file_id"] = json!(quote.id);
    asked["note"] = json!("Livraison souhaitée avant Noël.");
    let view = call(&app, "purchase_step", asked).await;
    assert_eq!(
        view["steps"][1]["document"]["label"], "Devis",
        "its document is the one of the step"
    );
    let ticket = view["steps"][1]["ticket_id"].clone();
    let dossier = call(&app, "ticket_show", json!({ "id": ticket })).await;
    assert_eq!(
        dossier["row"]["channel"], "validation-prealable",
        "the convention asks for it: {dossier}"
    );
    let description = text(&dossier["description"]);
    for said in [
        "1\u{202f}398,00\u{202f}€",
        "Gave Informatique",
        "avant Noël",
    ] {
        assert!(
            description.contains(said),
            "the desk reads {said}: {description}"
        );
    }
    let outbox = call(&app, "outbox", json!({})).await;
    assert_eq!(
        outbox["to_watch"][0]["ticket_id"], ticket,
        "it is in the queue, to be copied into the portal"
    );
    assert_eq!(view["can_undo"], false, "what left is not taken back");
    let refusal = refused(&app, "purchase_unstep", json!({ "id": id })).await;
    assert_eq!(refusal["code"], "conflit", "and that is said: {refusal}");
    let jump = refused(&app, "purchase_step", step(&id, "maintenue")).await;
    assert_eq!(jump["code"], "conflit", "no step is jumped over");

    let view = call(&app, "purchase_step", step(&id, "validee")).await;
    assert_eq!(
        offered(&view),
        ["commandee", "abandonnee"],
        "validated, it can be ordered"
    );
    let view = call(&app, "purchase_unstep", json!({ "id": id })).await;
    assert_eq!(
        view["row"]["state"], "validation-demandee",
        "a slip is mended"
    );
    call(&app, "purchase_step", step(&id, "validee")).await;
    let view = call(&app, "purchase_step", step(&id, "commandee")).await;
    assert!(
        view["warning"].is_null(),
        "an order that was validated needs no warning"
    );

    let view = call(&app, "purchase_receive", receipt(&id, &["5CD1", " 5CD2 "])).await;
    let machines = view["equipment"].as_array().unwrap();
    assert_eq!(machines.len(), 2, "a record for each serial number");
    for machine in machines {
        let record = shown(&app, machine["id"].as_str().unwrap()).await;
        let form = &record["form"];
        assert_eq!(form["funding"], "fonds-propres", "the collège paid");
        assert_eq!(form["validated"], true, "the Département agreed");
        assert_eq!(
            form["bought_on"], "2026-11-20",
            "bought the day it was ordered"
        );
        assert_eq!(form["price_cents"], 69_900, "the amount divided");
        assert_eq!(form["state"], "en-reserve", "without a room it waits");
        assert_eq!(
            record["purchase"]["id"],
            json!(id),
            "the record leads to its purchase"
        );
    }
    let view = call(&app, "purchase_step", step(&id, "enregistree")).await;
    let ticket = view["steps"].as_array().unwrap().last().unwrap()["ticket_id"].clone();
    let dossier = call(&app, "ticket_show", json!({ "id": ticket })).await;
    assert_eq!(
        dossier["row"]["party"], "departement",
        "the Département registers"
    );
    assert!(
        text(&dossier["description"]).contains("série 5CD2"),
        "and reads the serial numbers: {dossier}"
    );
    let view = call(&app, "purchase_step", step(&id, "maintenue")).await;
    assert_eq!(offered(&view), Vec::<String>::new(), "the end");
    let open = call(&app, "purchase_list", json!({ "open_only": true })).await;
    assert_eq!(open["total"], 0, "nothing is left to do");
    let paper = call(&app, "purchase_paper", json!({ "id": id })).await;
    assert!(
        written(&app, &paper).starts_with(b"%PDF-"),
        "the project can be put on paper"
    );
}

#[tokio::test]
async fn an_order_without_validation_is_not_maintained_and_is_told_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let b204 = room(&app, "B204").await;
    let id = project(&app).await;
    let view = call(&app, "purchase_step", step(&id, "commandee")).await;
    let warning = text(&view["warning"]);
    assert!(
        warning.starts_with("Non maintenue par le Département"),
        "it is said at once: {warning}"
    );
    assert!(
        warning.contains("valider cet achat"),
        "with the way out: {warning}"
    );
    assert!(
        text(&view["source"]).contains("II art. 2"),
        "and where it is written: {view}"
    );
    let mut came = receipt(&id, &["5CD1"]);
    came["room_id"] = json!(b204);
    let view = call(&app, "purchase_receive", came).await;
    let machine = text(&view["equipment"][0]["id"]);
    let record = shown(&app, &machine).await;
    assert_eq!(
        record["row"]["not_validated"], true,
        "the register shows it"
    );
    assert_eq!(
        record["row"]["state"], "en-service",
        "in its room, it serves"
    );
    assert_eq!(
        record["route"]["party"], "etablissement",
        "nobody else maintains it: {}",
        record["route"]
    );

    // The guide takes the facts from the register: the breakdown goes to the prior validation.
    let answers = json!({ "situation": "panne-poste", "equipement": machine });
    let guide = call(
        &app,
        "guide_start",
        json!({ "text": "", "answers": answers, "equipment_id": null }),
    )
    .await;
    assert_eq!(
        guide["route"]["channel"], "validation-prealable",
        "the guide knows it: {}",
        guide["route"]
    );

    assert_eq!(
        offered(&view),
        ["validation-demandee", "recue"],
        "not the registration"
    );
    let view = call(&app, "purchase_step", step(&id, "validation-demandee")).await;
    let ticket = view["steps"].as_array().unwrap().last().unwrap()["ticket_id"].clone();
    let dossier = call(&app, "ticket_show", json!({ "id": ticket })).await;
    assert!(
        text(&dossier["description"]).contains("sans validation"),
        "the request hides nothing: {dossier}"
    );
    let view = call(&app, "purchase_step", step(&id, "validee")).await;
    assert!(view["warning"].is_null(), "validated after all");
    assert_eq!(
        shown(&app, &machine).await["row"]["not_validated"],
        false,
        "and the machine with it"
    );
    let acts = call(&app, "batch_list", json!({})).await;
    assert_eq!(
        acts["batches"].as_array().unwrap().len(),
        1,
        "the delivery alone can be undone: the validation is taken back with its step: {acts}"
    );
    assert_eq!(
        offered(&view),
        ["enregistree"],
        "what is left is the registration"
    );
    call(&app, "purchase_unstep", json!({ "id": id })).await;
    assert_eq!(
        shown(&app, &machine).await["row"]["not_validated"],
        true,
        "a slip taken back is taken back there too"
    );
}

#[tokio::test]
async fn a_refusal_can_be_answered_and_a_project_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let id = project(&app).await;
    call(&app, "purchase_step", step(&id, "validation-demandee")).await;
    let view = call(&app, "purchase_step", step(&id, "refusee")).await;
    assert_eq!(
        offered(&view)[0],
        "validation-demandee",
        "asked again after amendments"
    );
    let mut form = view["form"].clone();
    form["quantity"] = json!(1);
    call(&app, "purchase_save", form).await;
    let view = call(&app, "purchase_step", step(&id, "validation-demandee")).await;
    let steps = view["steps"].as_array().unwrap();
    assert_ne!(
        steps[1]["ticket_id"], steps[3]["ticket_id"],
        "a new request is a new dossier"
    );
    let view = call(&app, "purchase_step", step(&id, "abandonnee")).await;
    assert_eq!(
        offered(&view),
        ["projet"],
        "given up, it can be taken up again"
    );
    let mut tomorrow = step(&id, "projet");
    tomorrow["on_date"] = json!("2026-11-24");
    assert_eq!(
        refused(&app, "purchase_step", tomorrow).await["field"],
        "on_date",
        "a step is noted when it happens"
    );
}

#[tokio::test]
async fn a_delivery_enters_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let known = machine(&app, json!({ "serial": "5CD9" })).await;
    let id = project(&app).await;
    call(&app, "purchase_step", step(&id, "validation-demandee")).await;
    call(&app, "purchase_step", step(&id, "validee")).await;
    call(&app, "purchase_step", step(&id, "commandee")).await;
    let plain = refused(&app, "purchase_step", step(&id, "recue")).await;
    assert_eq!(plain["field"], "state", "a delivery says what came");
    for serials in [&["5CD1", "5cd9"][..], &["5CD1", "5cd1"]] {
        let refusal = refused(&app, "purchase_receive", receipt(&id, serials)).await;
        assert_eq!(refusal["field"], "serials", "{serials:?}: {refusal}");
    }
    let view = call(&app, "purchase_show", json!({ "id": id })).await;
    assert_eq!(view["equipment"], json!([]), "nothing entered by half");
    assert_eq!(
        view["row"]["state"], "commandee",
        "and the purchase has not moved"
    );
    let view = call(&app, "purchase_receive", receipt(&id, &[])).await;
    assert_eq!(
        view["equipment"].as_array().unwrap().len(),
        2,
        "without numbers, as many records as pieces"
    );
    assert_eq!(view["can_undo"], false, "machines came with this step");
    let batches = call(&app, "batch_list", json!({})).await;
    let undone = call(
        &app,
        "batch_undo",
        json!({ "id": batches["batches"][0]["id"] }),
    )
    .await;
    assert_eq!(undone["removed"], 2, "their entry is undone: {undone}");
    let view = call(&app, "purchase_unstep", json!({ "id": id })).await;
    assert_eq!(
        view["row"]["state"], "commandee",
        "then the delivery can be taken back"
    );
    assert_eq!(
        shown(&app, &known).await["row"]["serial"],
        "5CD9",
        "the known machine is as it was"
    );
}

#[tokio::test]
async fn the_sample_collège_shows_both_ways() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "training_start", json!({})).await;
    let all = call(&app, "purchase_list", json!({ "open_only": false })).await;
    assert_eq!(
        all["total"], 2,
        "one asked as it should be, one bought without asking"
    );
    let view = call(&app, "purchase_show", json!({ "id": "ac-02" })).await;
    assert!(
        view["warning"].is_string(),
        "the second is not maintained: {view}"
    );
    assert_eq!(
        view["equipment"][0]["id"], "eq-0315",
        "and its printer is known"
    );
}
