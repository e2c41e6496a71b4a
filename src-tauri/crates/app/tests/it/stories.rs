//! A day of use: the sample collège, a dossier offline then sent, a passphrase, a damaged file.

use std::time::Duration;

use app::commands;
use serde_json::{Value, json};

use crate::{PHRASE, call, given::plain, open, refused};

fn profile() -> Value {
    json!({
        "college": "Desaix", "commune": "Tarbes", "cite_scolaire": false, "region_maintains": null,
        "role": "correspondant", "first_name": "Camille", "last_name": "Martin", "phone": "", "email": "",
        "platform": "manuel", "platform_url": "", "platform_login": "", "reference_field": "",
    })
}

#[tokio::test]
async fn every_row_of_the_sample_college_can_be_shown() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    let status = call(&app, "training_start", json!({})).await;
    assert_eq!(
        status["mode"], "essai",
        "the window must say that nothing is real"
    );
    assert_eq!(
        status["counts"]["equipment"], 412,
        "the whole register is there"
    );

    let tickets = call(&app, "ticket_list", json!({
        "text": "", "filter": "tous", "party": null, "room_id": null, "equipment_id": null, "offset": 0, "limit": 500,
    })).await;
    assert_eq!(
        tickets["total"], 60,
        "every dossier of the sample was loaded"
    );
    for row in tickets["rows"].as_array().unwrap() {
        let shown = call(&app, "ticket_show", json!({ "id": row["id"] })).await;
        assert!(
            !shown["events"].as_array().unwrap().is_empty(),
            "{} has a story",
            row["title"]
        );
        assert!(
            shown["route"]["party"] == row["party"],
            "{}: the reason shown speaks of the party shown",
            row["title"]
        );
    }

    let query = json!({ "text": "", "facets": {}, "sort": "type", "descending": false, "offset": 0, "limit": 500 });
    let equipment = call(&app, "equipment_list", query).await;
    assert_eq!(equipment["total"], 412, "no row is lost by the list");
    let facets = equipment["facets"].as_array().unwrap();
    let networks: u64 = facets[0]["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value["count"].as_u64().unwrap())
        .sum();
    assert_eq!(networks, 412, "each machine stands on one network");
    for row in equipment["rows"].as_array().unwrap() {
        let shown = call(&app, "equipment_show", json!({ "id": row["id"] })).await;
        assert_ne!(
            shown["route"]["explanation"], "",
            "{} says who maintains it and why",
            row["serial"]
        );
        // Saving a record unchanged changes nothing, whatever it holds.
        call(&app, "equipment_save", shown["form"].clone()).await;
        let again = call(&app, "equipment_show", json!({ "id": row["id"] })).await;
        assert_eq!(
            again["form"], shown["form"],
            "the form gives back what it was given"
        );
        assert_eq!(
            again["history"], shown["history"],
            "an unchanged record has no new history"
        );
    }

    let contacts = call(
        &app,
        "contact_list",
        json!({ "text": "", "with_departed": true }),
    )
    .await;
    assert_eq!(
        contacts["total"], 40,
        "departed contacts can be seen when asked for"
    );
    let home = call(&app, "home", json!({})).await;
    assert_eq!(
        home["waiting_on_me"].as_array().unwrap().len(),
        2,
        "two dossiers wait for an answer"
    );
    assert_eq!(
        home["season"]["not_validated"], 5,
        "own-funds purchases to be validated are counted"
    );
    for name in [
        "outbox",
        "convention",
        "settings",
        "doctor",
        "register_choices",
        "drafts",
    ] {
        call(&app, name, json!({})).await;
    }
}

#[tokio::test]
async fn a_dossier_queued_without_network_reaches_the_platform_when_it_returns() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "training_start", json!({})).await;
    let worker = app.clone();
    let worker = tokio::spawn(async move { worker.work().await });
    call(&app, "training_network", json!({ "cut": true })).await;

    let proposals = call(
        &app,
        "guide_propose",
        json!({ "text": "imprimante cdi bourrage" }),
    )
    .await;
    let first = &proposals["proposals"][0];
    assert!(
        first["equipment_label"].is_string(),
        "the register knows the printer of the CDI: {first}"
    );
    let mut view = call(&app, "guide_start", json!({ "text": "imprimante cdi bourrage", "answers": first["answers"], "equipment_id": null })).await;
    let mut asked = 0;
    while !view["question"].is_null() {
        asked += 1;
        assert!(asked < 12, "the form ends: {view}");
        let question = &view["question"];
        view = call(
            &app,
            "guide_answer",
            json!({ "draft_id": view["draft_id"], "question": question["id"], "value": plain(question) }),
        )
        .await;
    }
    assert_eq!(
        view["will_be_sent"], true,
        "a broken printer is for the platform"
    );
    let submitted = call(&app, "guide_submit", json!({ "id": view["draft_id"] })).await;
    let id = submitted["ticket_id"].clone();
    let outbox = call(&app, "outbox", json!({})).await;
    assert_eq!(
        outbox["ready"][0]["ticket_id"], id,
        "offline, it waits in the queue"
    );
    assert_eq!(
        call(&app, "drafts", json!({})).await["drafts"],
        json!([]),
        "the draft became the dossier"
    );

    call(&app, "training_network", json!({ "cut": false })).await;
    let shown = tokio::time::timeout(Duration::from_secs(60), async {
        loop {
            let shown = call(&app, "ticket_show", json!({ "id": id })).await;
            if shown["row"]["number"].is_string() {
                break shown;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the platform's number arrives by itself");
    assert!(
        shown["row"]["number"].as_str().unwrap().starts_with("INC"),
        "it is the platform's number"
    );
    worker.abort();
}

#[tokio::test]
async fn a_passphrase_keeps_the_store_and_a_wrong_one_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    assert_eq!(
        call(&app, "status", json!({})).await["stage"],
        "premier-demarrage",
        "an empty folder begins"
    );
    let short = refused(
        &app,
        "first_start",
        json!({ "profile": profile(), "passphrase": "court" }),
    )
    .await;
    assert_eq!(
        short["field"], "passphrase",
        "a short phrase is refused at its field"
    );
    assert!(
        !folder.path().join("relais.db").exists(),
        "a refused first start leaves nothing"
    );
    let status = call(
        &app,
        "first_start",
        json!({ "profile": profile(), "passphrase": PHRASE }),
    )
    .await;
    assert_eq!(status["stage"], "pret", "the collège is open");
    drop(app);

    let app = open(folder.path(), None);
    assert_eq!(
        call(&app, "status", json!({})).await["stage"],
        "verrouille",
        "nothing opens without the phrase"
    );
    let wrong = refused(
        &app,
        "unlock",
        json!({ "passphrase": "girafe parapluie mardi confiture" }),
    )
    .await;
    assert_eq!(
        wrong["code"], "mauvaise-cle",
        "the person is told that the phrase is wrong, not that data is damaged"
    );
    let status = call(&app, "unlock", json!({ "passphrase": PHRASE })).await;
    assert_eq!(
        status["profile"]["last_name"], "Martin",
        "the right phrase finds everything as it was"
    );
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(
        &app,
        "first_start",
        json!({ "profile": profile(), "passphrase": PHRASE }),
    )
    .await;
    drop(app);
    let database = folder.path().join("relais.db");
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[..4096].fill(7);
    std::fs::write(&database, &bytes).unwrap();
    for side in ["relais.db-wal", "relais.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(side));
    }

    let app = open(folder.path(), Some(PHRASE));
    let status = call(&app, "status", json!({})).await;
    assert_eq!(
        status["stage"], "illisible",
        "a damaged file is a state with an action, not a crash"
    );
    assert_eq!(
        status["problem"]["code"], "donnees-abimees",
        "and it is not taken for a wrong phrase"
    );
    assert_eq!(
        std::fs::read(&database).unwrap(),
        bytes,
        "looking at it changed nothing"
    );
    call(&app, "set_aside", json!({})).await;
    let kept: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .filter_map(|entry| std::fs::read(entry.unwrap().path()).ok())
        .filter(|content| *content == bytes)
        .collect();
    assert_eq!(
        kept.len(),
        1,
        "the damaged file is still there under another name"
    );
}

#[tokio::test]
async fn no_command_breaks_on_an_empty_request() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    for name in commands::NAMES {
        if let Err(error) = commands::dispatch(&app, name, json!({})).await {
            let error = serde_json::to_value(error).unwrap();
            assert_ne!(
                error["code"], "interne",
                "{name} must say what is wrong: {error}"
            );
            assert_ne!(error["message"], "", "{name} must say it in a sentence");
        }
    }
    let unknown = refused(&app, "does_not_exist", json!({})).await;
    assert_eq!(
        unknown["code"], "demande-incorrecte",
        "an unknown command is the caller's mistake"
    );
}

#[tokio::test]
async fn a_password_never_travels_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    let mut profile = profile();
    profile["platform"] = json!("remedy");
    profile["platform_url"] = json!("http://assistance.exemple.fr:8008");
    let clear = refused(
        &app,
        "first_start",
        json!({ "profile": profile, "passphrase": PHRASE }),
    )
    .await;
    assert_eq!(
        clear["field"], "platform_url",
        "the person mends the address, and nothing was created: {clear}"
    );
    profile["platform_url"] = json!("https://assistance.exemple.fr:8443");
    call(
        &app,
        "first_start",
        json!({ "profile": profile, "passphrase": PHRASE }),
    )
    .await;
}
