//! Merging the file of the collège's other user, as the window does it.

use serde_json::{Value, json};

use crate::{
    PHRASE, call,
    handover::{
        FILE_PHRASE, adoption, answers, begin, college, equipment, exported, machine, morning,
        open, profile, put,
    },
    refused,
};

#[tokio::test]
async fn two_users_of_a_collège_bring_their_registers_together() {
    let clock = morning();
    let (office, lab) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (_, file) = exported(&college(office.path(), &clock).await).await;
    let correspondant = open(office.path(), &clock);
    call(&correspondant, "unlock", json!({ "passphrase": PHRASE })).await;
    let gestionnaire = open(lab.path(), &clock);
    let file_id = put(&gestionnaire, file);
    call(
        &gestionnaire,
        "handover_adopt",
        adoption(&file_id, FILE_PHRASE),
    )
    .await;
    call(
        &gestionnaire,
        "profile_save",
        profile("Collège Desaix", "Paul", "gestionnaire"),
    )
    .await;

    // In the lab a machine breaks down, another arrives, a word is said on the dossier, and one more is made.
    let known = equipment(&gestionnaire).await["rows"][0]["id"].clone();
    let form = call(&gestionnaire, "equipment_show", json!({ "id": known })).await["form"].clone();
    let mut broken = form.clone();
    broken["state"] = json!("en-panne");
    call(&gestionnaire, "equipment_save", broken).await;
    call(
        &gestionnaire,
        "equipment_save",
        machine("5CD2", form["room_id"].as_str()),
    )
    .await;
    let tickets = json!({ "text": "", "filter": "tous", "party": null, "room_id": null, "equipment_id": null, "offset": 0, "limit": 500 });
    let ticket = call(&gestionnaire, "ticket_list", tickets).await["rows"][0]["id"].clone();
    call(
        &gestionnaire,
        "ticket_note",
        json!({ "id": ticket, "text": "Le bac 2 est tordu." }),
    )
    .await;
    call(&gestionnaire, "ticket_new", json!({ "answers": answers() })).await;
    let (_, file) = exported(&gestionnaire).await;

    let file_id = put(&correspondant, file);
    let request = json!({ "file_id": file_id, "passphrase": FILE_PHRASE });
    let simulation = call(&correspondant, "merge_simulate", request).await;
    assert_eq!(
        simulation["origin"],
        "Collège Desaix, Tarbes, exporté par Paul Martin, gestionnaire réseau",
        "whose file it is"
    );
    assert_eq!(simulation["warning"], Value::Null, "it is the same collège");
    let added: Vec<_> = simulation["added"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["label"], &one["count"]))
        .collect();
    assert_eq!(
        added,
        [
            (&json!("Équipements"), &json!(1)),
            (&json!("Dossiers"), &json!(1)),
            (&json!("Lignes de suivi"), &json!(2)),
        ],
        "what is only there"
    );
    let field = &simulation["changed"][0]["fields"][0];
    assert_eq!(
        (
            &field["label"],
            &field["here"],
            &field["file"],
            &field["proposed"],
            &field["conflict"]
        ),
        (
            &json!("État"),
            &json!("en service"),
            &json!("en panne"),
            &json!("fichier"),
            &json!(false)
        ),
        "it broke down there since: {simulation}"
    );
    let notices = simulation["notices"].to_string();
    assert!(
        notices.contains("1 envoi à terminer"),
        "the other computer sends what it alone has to send: {notices}"
    );
    assert_eq!(
        equipment(&correspondant).await["total"],
        1,
        "a simulation writes nothing"
    );

    let choices = proposed(&simulation);
    let stale = Value::from(vec![
        json!({ "what": choices[0]["what"], "id": choices[0]["id"], "field": "state",
        "side": "fichier", "here": "en réserve" }),
    ]);
    let stale = json!({ "file_id": file_id, "passphrase": FILE_PHRASE, "choices": stale });
    let stale = refused(&correspondant, "merge_apply", stale).await;
    assert_eq!(
        (&stale["code"], &stale["message"]),
        (
            &json!("conflit"),
            &json!("Ce registre a changé depuis la simulation\u{202f}: relancez-la.")
        ),
        "what is here is not what was shown: {stale}"
    );
    assert_eq!(
        equipment(&correspondant).await["total"],
        1,
        "and nothing of the file came"
    );
    let request = json!({ "file_id": file_id, "passphrase": FILE_PHRASE, "choices": choices });
    let wrong =
        json!({ "file_id": file_id, "passphrase": "une autre phrase secrète", "choices": choices });
    let wrong = refused(&correspondant, "merge_apply", wrong).await;
    assert_eq!(
        wrong["field"], "passphrase",
        "the phrase is asked each time: {wrong}"
    );
    let done = call(&correspondant, "merge_apply", request.clone()).await;
    assert!(
        done["sentence"]
            .as_str()
            .unwrap()
            .contains("1 équipement, 1 dossier, 2 lignes de suivi"),
        "what was done: {done}"
    );
    assert_eq!(
        equipment(&correspondant).await["total"],
        2,
        "the new machine is here"
    );
    let shown = call(&correspondant, "ticket_show", json!({ "id": ticket })).await;
    assert!(
        shown["events"].to_string().contains("Le bac 2 est tordu."),
        "and what was said"
    );
    let outbox = call(&correspondant, "outbox", json!({})).await;
    assert_eq!(
        outbox["to_watch"].as_array().unwrap().len() + outbox["ready"].as_array().unwrap().len(),
        1,
        "no envoi came with it: {outbox}"
    );
    let again = call(&correspondant, "merge_apply", request).await;
    assert_eq!(
        again["batch_id"],
        Value::Null,
        "merged twice, it changes nothing: {again}"
    );

    let undone = call(
        &correspondant,
        "batch_undo",
        json!({ "id": done["batch_id"] }),
    )
    .await;
    assert_eq!(
        (&undone["restored"], &undone["removed"]),
        (&json!(1), &json!(1)),
        "undone like any other act: {undone}"
    );
    let state = &equipment(&correspondant).await["rows"][0]["state"];
    assert_eq!(state, "en-service", "the machine is as it was");
}

/// What a simulation proposes, chosen as it is.
fn proposed(simulation: &Value) -> Value {
    let mut choices = Vec::new();
    for row in simulation["changed"].as_array().unwrap() {
        choices.extend(row["fields"].as_array().unwrap().iter().map(|field| {
            json!({
                "what": row["what"], "id": row["id"], "field": field["field"], "side": field["proposed"],
                "here": field["here"],
            })
        }));
    }
    json!(choices)
}

#[tokio::test]
async fn a_dossier_cancelled_on_the_other_computer_does_not_leave_from_here() {
    let clock = morning();
    let (office, lab) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (_, file) = exported(&college(office.path(), &clock).await).await;
    let correspondant = open(office.path(), &clock);
    call(&correspondant, "unlock", json!({ "passphrase": PHRASE })).await;
    let gestionnaire = open(lab.path(), &clock);
    let file_id = put(&gestionnaire, file);
    call(
        &gestionnaire,
        "handover_adopt",
        adoption(&file_id, FILE_PHRASE),
    )
    .await;
    // Made in the lab, which is to send it; known in the office by a merge, and cancelled there.
    let made = call(&gestionnaire, "ticket_new", json!({ "answers": answers() })).await;
    let (_, file) = exported(&gestionnaire).await;
    let file_id = put(&correspondant, file);
    call(
        &correspondant,
        "merge_apply",
        json!({ "file_id": file_id, "passphrase": FILE_PHRASE, "choices": [] }),
    )
    .await;
    call(
        &correspondant,
        "ticket_close",
        json!({ "id": made["ticket_id"], "state": "annule", "text": "" }),
    )
    .await;
    let (_, file) = exported(&correspondant).await;

    let mut request = json!({ "file_id": put(&gestionnaire, file), "passphrase": FILE_PHRASE });
    let simulation = call(&gestionnaire, "merge_simulate", request.clone()).await;
    let notices = simulation["notices"].to_string();
    assert!(
        notices.contains("son envoi sera retiré et ne partira pas"),
        "told before: {notices}"
    );
    request["choices"] = proposed(&simulation);
    let done = call(&gestionnaire, "merge_apply", request).await;
    let sentence = done["sentence"].as_str().unwrap();
    assert!(
        sentence.contains("Envois retirés avant de partir\u{202f}: 1."),
        "and after: {sentence}"
    );
    let shown = call(
        &gestionnaire,
        "ticket_show",
        json!({ "id": made["ticket_id"] }),
    )
    .await;
    assert_eq!(
        shown["sends"][0]["state"], "retire",
        "nothing of it will leave: {shown}"
    );
}

#[tokio::test]
async fn another_collège_is_told_before_anything_is_merged() {
    let clock = morning();
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = college(here.path(), &clock).await;
    let other = open(there.path(), &clock);
    begin(
        &other,
        profile("Collège Voltaire", "Jeanne", "correspondant"),
    )
    .await;
    let (_, file) = exported(&other).await;
    let request = json!({ "file_id": put(&app, file), "passphrase": FILE_PHRASE });
    let simulation = call(&app, "merge_simulate", request).await;
    let warning = simulation["warning"].as_str().unwrap();
    assert!(
        warning.contains("Voltaire") && warning.contains("Desaix"),
        "both are named: {warning}"
    );
}
