//! What two hands, a power cut or a folder from elsewhere do to the commands: nothing lost, nothing twice,
//! and always a way on.

use std::{fs, path::Path, time::Duration};

use app::{App, commands};
use sandbox::{Fault, Person, Running, Sandbox, Settings};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::{Key, KeyFile, Store};

use crate::{NOW_MS, PHRASE, call, clock, given::jam, guide::to_the_end, open, refused};

fn first_start() -> Value {
    json!({ "passphrase": PHRASE, "profile": {
        "college": "Desaix", "commune": "Tarbes", "cite_scolaire": false, "region_maintains": null,
        "role": "correspondant", "first_name": "Camille", "last_name": "Martin", "phone": "", "email": "",
        "platform": "manuel", "platform_url": "", "platform_login": "", "reference_field": "",
    } })
}

fn answers() -> Value {
    jam("HP LaserJet au CDI")
}

/// The collège with a platform on loopback that accepts each password once.
async fn with_platform(folder: &Path) -> (App, Sandbox, Running) {
    let settings = Settings {
        otp_mode: true,
        users: vec![Person {
            login: "cmartin".into(),
            passwords: vec!["111111".into(), "222222".into()],
            first_name: "Camille".into(),
            last_name: "Martin".into(),
            company: "Desaix".into(),
        }],
        ..Settings::default()
    };
    let platform = Sandbox::new(settings, clock());
    let running = platform.serve(0).await.unwrap();
    let app = open(folder, None);
    let mut start = first_start();
    start["profile"]["platform"] = json!("remedy");
    start["profile"]["platform_url"] = json!(running.url());
    call(&app, "first_start", start).await;
    (app, platform, running)
}

pub fn key(folder: &Path) -> Key {
    let file = KeyFile::read(folder).unwrap().unwrap();
    file.key_from_passphrase(&SecretString::from(PHRASE))
        .unwrap()
}

#[tokio::test]
async fn a_first_start_cut_at_any_step_is_finished_the_next_time() {
    // The power goes after the key file, then after the empty database.
    for with_database in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let phrase = SecretString::from(PHRASE);
        let (file, key) = KeyFile::for_passphrase(&phrase, &mut rand::rng()).unwrap();
        file.write(folder.path()).unwrap();
        if with_database {
            drop(Store::open(folder.path(), &key).unwrap());
        }
        let app = open(folder.path(), None);
        if with_database {
            let status = call(&app, "unlock", json!({ "passphrase": PHRASE })).await;
            assert_eq!(status["stage"], "premier-demarrage", "no profile was kept");
        }
        let status = call(&app, "first_start", first_start()).await;
        assert_eq!(status["stage"], "pret", "the first start ends this time");
        drop(app);
        let app = open(folder.path(), Some(PHRASE));
        let status = call(&app, "status", json!({})).await;
        assert_eq!(
            status["profile"]["last_name"], "Martin",
            "and opens afterwards"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_first_starts_at_once_leave_one_collège_that_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut starts = Vec::new();
    for _ in 0..4 {
        let app = open(folder.path(), None);
        starts.push(tokio::spawn(async move {
            commands::dispatch(&app, "first_start", first_start())
                .await
                .is_ok()
        }));
    }
    let mut done = 0;
    for start in starts {
        done += usize::from(start.await.unwrap());
    }
    assert_eq!(done, 1, "one hand was first");
    let app = open(folder.path(), Some(PHRASE));
    let status = call(&app, "status", json!({})).await;
    assert_eq!(status["stage"], "pret", "its key opens its database");
}

#[tokio::test]
async fn a_spoilt_key_file_or_a_lost_database_can_be_set_aside() {
    let damages: [fn(&Path); 2] = [
        |folder| fs::write(folder.join("relais.key.json"), "{").unwrap(),
        |folder| {
            fs::write(folder.join("relais.db-wal"), "unsaved").unwrap();
            fs::remove_file(folder.join("relais.db")).unwrap();
        },
    ];
    for damage in damages {
        let folder = tempfile::tempdir().unwrap();
        let app = open(folder.path(), None);
        call(&app, "first_start", first_start()).await;
        drop(app);
        damage(folder.path());
        let key_file = fs::read(folder.path().join("relais.key.json")).unwrap();
        let app = open(folder.path(), Some(PHRASE));
        let status = call(&app, "status", json!({})).await;
        assert_eq!(
            status["problem"]["code"], "donnees-abimees",
            "it is said: {status}"
        );
        let status = call(&app, "set_aside", json!({})).await;
        assert_eq!(status["stage"], "premier-demarrage", "one can begin again");
        call(&app, "first_start", first_start()).await;
        let kept = fs::read_dir(folder.path())
            .unwrap()
            .filter_map(|entry| fs::read(entry.unwrap().path()).ok())
            .any(|content| content == key_file);
        assert!(
            kept,
            "the former key file is still there: its salt is needed by a backup"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_draft_sent_twice_at_once_is_one_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "first_start", first_start()).await;
    let view = call(
        &app,
        "guide_start",
        json!({ "text": "imprimante", "answers": answers(), "equipment_id": null }),
    )
    .await;
    let view = to_the_end(&app, view).await;
    let id = view["draft_id"].clone();
    let both: Vec<_> = (0..8)
        .map(|_| {
            let (app, id) = (app.clone(), id.clone());
            tokio::spawn(async move {
                commands::dispatch(&app, "guide_submit", json!({ "id": id }))
                    .await
                    .is_ok()
            })
        })
        .collect();
    let mut made = 0;
    for one in both {
        made += usize::from(one.await.unwrap());
    }
    let outbox = call(&app, "outbox", json!({})).await;
    let queued = outbox["to_watch"].as_array().unwrap().len();
    assert_eq!((made, queued), (1, 1), "one draft is one dossier");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_given_at_once_are_all_kept() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "first_start", first_start()).await;
    let view = call(
        &app,
        "guide_start",
        json!({ "text": "imprimante", "answers": {}, "equipment_id": null }),
    )
    .await;
    let id = view["draft_id"].clone();
    let given = answers();
    let saves: Vec<_> = given
        .as_object()
        .unwrap()
        .iter()
        .map(|(question, value)| {
            let body = json!({ "draft_id": id, "question": question, "value": value });
            let app = app.clone();
            tokio::spawn(async move { call(&app, "guide_answer", body).await })
        })
        .collect();
    for save in saves {
        save.await.unwrap();
    }
    let view = call(&app, "guide_open", json!({ "id": id })).await;
    let view = to_the_end(&app, view).await;
    let kept: Vec<&Value> = view["answered"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["question"])
        .collect();
    for question in given.as_object().unwrap().keys() {
        assert!(
            kept.contains(&&json!(question)),
            "no answer overwrote « {question} »: {kept:?}"
        );
    }
}

#[tokio::test]
async fn what_is_being_sent_cannot_be_closed_here() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "first_start", first_start()).await;
    let made = call(&app, "ticket_new", json!({ "answers": answers() })).await;
    let other = Store::open(folder.path(), &key(folder.path())).unwrap();
    other
        .write(|tx| store::outbox::begin_attempt(tx, 1, NOW_MS))
        .unwrap();
    let id = made["ticket_id"].clone();
    let shown = call(&app, "ticket_show", json!({ "id": id })).await;
    assert_eq!(shown["can_close"], false, "the platform may have it");
    let closing = json!({ "id": id, "state": "annule", "text": "" });
    let refusal = refused(&app, "ticket_close", closing).await;
    assert_eq!(refusal["code"], "conflit", "and closing is refused");
}

#[tokio::test]
async fn the_sample_profile_can_be_changed_and_keeps_its_platform() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "training_start", json!({})).await;
    let mut profile = call(&app, "settings", json!({})).await["profile"].clone();
    profile["phone"] = json!("05 00 00 00 00");
    let saved = call(&app, "profile_save", profile.clone()).await;
    assert_eq!(saved["profile"], profile, "the telephone is kept");
    let network = call(&app, "status", json!({})).await["network"]["link"].clone();
    assert_ne!(network, "a-la-main", "requests still leave by themselves");
}

#[tokio::test]
async fn a_session_survives_a_change_of_telephone_and_not_a_change_of_platform() {
    let folder = tempfile::tempdir().unwrap();
    let (app, platform, running) = with_platform(folder.path()).await;
    let login = json!({ "username": "cmartin", "password": "111111" });
    let report = call(&app, "sync_now", login).await;
    assert_eq!(report["login_needed"], false, "logged in: {report}");
    let mut profile = call(&app, "settings", json!({})).await["profile"].clone();
    profile["phone"] = json!("05 00 00 00 00");
    call(&app, "profile_save", profile.clone()).await;
    let nobody = json!({ "username": null, "password": null });
    let report = call(&app, "sync_now", nobody.clone()).await;
    assert_eq!(
        report["login_needed"], false,
        "a one-time password is not asked again"
    );
    let elsewhere = platform.serve(0).await.unwrap();
    profile["platform_url"] = json!(elsewhere.url());
    call(&app, "profile_save", profile).await;
    let report = call(&app, "sync_now", nobody).await;
    assert_eq!(
        report["login_needed"], true,
        "a token goes to the platform that gave it, and to no other"
    );
    drop((running, elsewhere));
}

#[tokio::test]
async fn a_doubt_left_by_an_exchange_is_resolved_without_anyone() {
    let folder = tempfile::tempdir().unwrap();
    let (app, platform, _running) = with_platform(folder.path()).await;
    let worker = app.clone();
    let worker = tokio::spawn(async move { worker.work().await });
    let made = call(&app, "ticket_new", json!({ "answers": answers() })).await;
    while call(&app, "status", json!({})).await["network"]["link"] != "connexion-demandee" {
        tokio::task::yield_now().await;
    }
    platform.inject(Fault::CommitThenDrop);
    let login = json!({ "username": "cmartin", "password": "111111" });
    let report = call(&app, "sync_now", login).await;
    assert_eq!(report["uncertain"], 1, "the answer was lost: {report}");
    let number = tokio::time::timeout(Duration::from_secs(30), async {
        loop {
            let shown = call(&app, "ticket_show", json!({ "id": made["ticket_id"] })).await;
            if shown["row"]["number"].is_string() {
                break shown["row"]["number"].clone();
            }
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the worker wakes when the look-up is due, not an hour later");
    let there: Vec<_> = platform
        .incidents()
        .into_iter()
        .map(|incident| incident.number)
        .collect();
    assert_eq!(there, [number.as_str().unwrap()], "and it is there once");
    worker.abort();
}

#[tokio::test]
async fn a_whole_mail_pasted_anywhere_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "training_start", json!({})).await;
    let mail = "Bonjour, l’imprimante du CDI bourre depuis lundi B1.12 65-2021-00431. ".repeat(300);
    call(&app, "search", json!({ "text": mail, "limit": 20 })).await;
    call(&app, "guide_propose", json!({ "text": mail })).await;
    call(&app, "equipment_pick", json!({ "text": mail })).await;
    let contacts = json!({ "text": mail, "with_departed": true });
    call(&app, "contact_list", contacts).await;
    let tickets = json!({ "text": mail, "filter": "tous", "party": null, "room_id": null,
        "equipment_id": null, "offset": 0, "limit": 500 });
    call(&app, "ticket_list", tickets).await;
}

#[tokio::test]
async fn a_spoilt_sample_college_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "training_start", json!({})).await;
    call(&app, "training_leave", json!({})).await;
    drop(app);
    let essai = folder.path().join("essai");
    fs::write(essai.join("relais.db"), [7; 8192]).unwrap();
    fs::remove_file(essai.join("relais.db-wal")).ok();
    let app = open(folder.path(), None);
    let status = call(&app, "training_start", json!({})).await;
    assert_eq!(status["counts"]["equipment"], 412, "the tour is never shut");
    let kept = fs::read_dir(&essai)
        .unwrap()
        .any(|entry| fs::read(entry.unwrap().path()).is_ok_and(|content| content == [7; 8192]));
    assert!(kept, "and even the sample's damaged file is kept");
}
