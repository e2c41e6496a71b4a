//! Handing the collège over to a successor, as the window does it: everything goes along but secrets, and a file that
//! does not open changes nothing.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use app::{App, Options};
use sandbox::{Person, Sandbox, Settings};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use store::{Key, KeyFile, Store, handover::Handover};

use crate::{NOW_MS, PHRASE, call, given::jam, refused};

/// What opens the file, told by telephone.
pub const FILE_PHRASE: &str = "marmite trottoir violon octobre";
const LOGIN_PASSWORD: &str = "jeton-unique-4711";

/// Two computers of the same morning: each look at the clock is a second later than the last, on either.
pub fn open(folder: &Path, clock: &Arc<AtomicI64>) -> App {
    let clock = Arc::clone(clock);
    App::open(Options {
        folder: folder.to_owned(),
        passphrase: None,
        downloads: folder.join("telechargements"),
        clock: Arc::new(move || clock.fetch_add(1000, Ordering::SeqCst)),
    })
}

pub fn morning() -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(NOW_MS))
}

pub fn profile(college: &str, first_name: &str, role: &str) -> Value {
    json!({
        "college": college, "commune": "Tarbes", "cite_scolaire": false, "region_maintains": null, "role": role,
        "first_name": first_name, "last_name": "Martin", "phone": "", "email": "", "platform": "manuel",
        "platform_url": "", "platform_login": "", "reference_field": "",
    })
}

pub async fn begin(app: &App, profile: Value) {
    call(
        app,
        "first_start",
        json!({ "passphrase": PHRASE, "profile": profile }),
    )
    .await;
}

pub fn machine(serial: &str, room: Option<&str>) -> Value {
    json!({
        "id": null, "kind": "Poste fixe", "family": "poste", "brand": "HP", "model": "ProDesk", "serial": serial,
        "inventory_number": "", "host_name": "", "ip": "", "mac": "", "room_id": room, "user_line": "",
        "funding": "departement", "bought_on": null, "price_cents": null, "order_ref": "", "invoice_ref": "",
        "validated": false, "warranty_on": null, "warranty_kind": "", "state": "en-service", "notes": "",
    })
}

pub fn answers() -> Value {
    jam("HP LaserJet au CDI")
}

/// A collège with a room, a machine and a dossier that has not left.
pub async fn college(folder: &Path, clock: &Arc<AtomicI64>) -> App {
    let app = open(folder, clock);
    begin(&app, profile("Collège Desaix", "Claire", "correspondant")).await;
    let room = json!({ "id": null, "code": "B1.12", "name": "Salle informatique", "building": "", "floor": "", "usage": "" });
    let room = call(&app, "room_save", room).await;
    call(&app, "equipment_save", machine("5CD1", room["id"].as_str())).await;
    call(&app, "ticket_new", json!({ "answers": answers() })).await;
    app
}

pub async fn exported(app: &App) -> (Value, Vec<u8>) {
    let saved = call(app, "handover_export", json!({ "passphrase": FILE_PHRASE })).await;
    let path = app
        .saved_path(saved["id"].as_str().unwrap())
        .expect("the window can show it");
    (saved, fs::read(path).unwrap())
}

pub fn put(app: &App, bytes: Vec<u8>) -> String {
    app.take_file("passation.relais", bytes).unwrap().id
}

pub async fn equipment(app: &App) -> Value {
    let query = json!({ "text": "", "facets": {}, "sort": "serie", "descending": false, "offset": 0, "limit": 500 });
    call(app, "equipment_list", query).await
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "relais.envoi.lock")
        .collect();
    names.sort();
    names
}

pub fn adoption(file_id: &str, passphrase: &str) -> Value {
    json!({ "file_id": file_id, "passphrase": passphrase, "own_passphrase": PHRASE })
}

#[tokio::test]
async fn a_successor_opens_everything_and_sends_nothing_twice() {
    let clock = morning();
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let predecessor = college(old.path(), &clock).await;
    call(&predecessor, "theme_save", json!({ "theme": "sombre" })).await;
    let weak = refused(
        &predecessor,
        "handover_export",
        json!({ "passphrase": "trop court" }),
    )
    .await;
    assert_eq!(
        weak["field"], "passphrase",
        "as strong as at the first start: {weak}"
    );

    let (saved, file) = exported(&predecessor).await;
    assert_eq!(
        saved["name"], "passation-college-desaix-2026-11-23.relais",
        "named after the collège and the day"
    );
    assert_eq!(
        saved["unsent"], 1,
        "the dossier that has not left goes along"
    );
    assert!(
        saved["notice"].as_str().unwrap().contains("incertain"),
        "and this is told: {saved}"
    );
    let (again, _) = exported(&predecessor).await;
    assert_eq!(
        again["name"], "passation-college-desaix-2026-11-23 (2).relais",
        "a file is never written over"
    );

    let successor = open(new.path(), &clock);
    let file_id = put(&successor, file);
    let status = call(
        &successor,
        "handover_adopt",
        adoption(&file_id, FILE_PHRASE),
    )
    .await;
    assert_eq!(status["stage"], "pret", "the first start is done");
    assert_eq!(
        status["profile"]["college"], "Collège Desaix",
        "with the collège's settings"
    );
    assert_eq!(
        equipment(&successor).await["rows"][0]["serial"],
        "5CD1",
        "and its register"
    );
    let hits = call(&successor, "search", json!({ "text": "5CD1", "limit": 20 })).await;
    assert_eq!(
        hits["hits"].as_array().unwrap().len(),
        1,
        "which is found by its words: {hits}"
    );
    let outbox = call(&successor, "outbox", json!({})).await;
    assert_eq!(
        outbox["to_watch"][0]["state"], "incertain",
        "looked up before anything is sent: {outbox}"
    );
    let settings = call(&successor, "settings", json!({})).await;
    assert_ne!(
        settings["theme"], "sombre",
        "the screen of another computer does not come along"
    );
    let twice = refused(
        &successor,
        "handover_adopt",
        adoption(&file_id, FILE_PHRASE),
    )
    .await;
    assert_eq!(
        twice["code"], "conflit",
        "a collège is never written over: {twice}"
    );
    drop(successor);

    let successor = open(new.path(), &clock);
    let status = call(&successor, "unlock", json!({ "passphrase": PHRASE })).await;
    assert_eq!(
        status["stage"], "pret",
        "its own passphrase opens it, not the file's"
    );
}

#[tokio::test]
async fn a_file_that_does_not_open_leaves_the_folder_as_it_was() {
    let clock = morning();
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (_, file) = exported(&college(old.path(), &clock).await).await;
    let successor = open(new.path(), &clock);
    let before = names_in(new.path());

    let whole = put(&successor, file.clone());
    let truncated = put(&successor, file[..file.len() / 2].to_vec());
    let cut = put(&successor, file[..file.len() - 100].to_vec());
    let other = put(&successor, b"numero;marque\n1;HP\n".repeat(500));
    let mut sentences = Vec::new();
    for (file_id, phrase, field) in [
        (&whole, "une autre phrase secrète", "passphrase"),
        (&truncated, FILE_PHRASE, "file"),
        (&cut, FILE_PHRASE, "file"),
        (&other, FILE_PHRASE, "file"),
    ] {
        let error = refused(&successor, "handover_adopt", adoption(file_id, phrase)).await;
        assert_eq!(error["field"], field, "it says what to mend: {error}");
        sentences.push(error["message"].as_str().unwrap().to_owned());
        assert_eq!(
            names_in(new.path()),
            before,
            "nothing is left behind: {error}"
        );
        let status = call(&successor, "status", json!({})).await;
        assert_eq!(
            status["stage"], "premier-demarrage",
            "the first start is still to be done"
        );
    }
    assert_eq!(
        sentences[1], sentences[2],
        "cut on a page or inside one, the file is incomplete"
    );
    sentences.dedup();
    assert_eq!(
        sentences.len(),
        3,
        "a wrong phrase, a cut file and another file are three sentences"
    );
    let weak = json!({ "file_id": whole, "passphrase": FILE_PHRASE, "own_passphrase": "court" });
    let weak = refused(&successor, "handover_adopt", weak).await;
    assert_eq!(
        weak["field"], "own_passphrase",
        "the new store's own phrase is to be strong: {weak}"
    );
    assert_eq!(names_in(new.path()), before, "and no key is made before");
    let status = call(&successor, "handover_adopt", adoption(&whole, FILE_PHRASE)).await;
    assert_eq!(
        status["stage"], "pret",
        "the right file with the right phrase opens after all that"
    );
}

#[tokio::test]
async fn an_adoption_cut_at_any_step_is_finished_the_next_time() {
    let clock = morning();
    let old = tempfile::tempdir().unwrap();
    let (_, file) = exported(&college(old.path(), &clock).await).await;
    // The power goes after the key file, or after the empty database of an earlier first start.
    for with_database in [false, true] {
        let new = tempfile::tempdir().unwrap();
        let phrase = SecretString::from(PHRASE);
        let (key_file, key) = KeyFile::for_passphrase(&phrase, &mut rand::rng()).unwrap();
        key_file.write(new.path()).unwrap();
        if with_database {
            drop(Store::open(new.path(), &key).unwrap());
        }
        let app = open(new.path(), &clock);
        if with_database {
            call(&app, "unlock", json!({ "passphrase": PHRASE })).await;
        }
        let file_id = put(&app, file.clone());
        call(&app, "handover_adopt", adoption(&file_id, FILE_PHRASE)).await;
        drop(app);
        let app = open(new.path(), &clock);
        call(&app, "unlock", json!({ "passphrase": PHRASE })).await;
        assert_eq!(
            equipment(&app).await["total"],
            1,
            "the collège is there, and opens"
        );
        let aside = names_in(new.path())
            .iter()
            .any(|name| name.starts_with("relais-") && name.ends_with(".db"));
        assert_eq!(
            aside, with_database,
            "the empty database was set aside, not deleted"
        );
    }
}

#[tokio::test]
async fn no_secret_travels() {
    let clock = morning();
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        users: vec![Person {
            login: "cmartin".into(),
            passwords: vec![LOGIN_PASSWORD.into()],
            first_name: "Claire".into(),
            last_name: "Martin".into(),
            company: "Desaix".into(),
        }],
        ..Settings::default()
    };
    let platform = Sandbox::new(settings, Arc::new(|| NOW_MS));
    let running = platform.serve(0).await.unwrap();
    let app = college(folder.path(), &clock).await;
    let mut profile = call(&app, "settings", json!({})).await["profile"].clone();
    profile["platform"] = json!("remedy");
    profile["platform_url"] = json!(running.url());
    profile["platform_login"] = json!("cmartin");
    call(&app, "profile_save", profile).await;
    let login = json!({ "username": "cmartin", "password": LOGIN_PASSWORD });
    let report = call(&app, "sync_now", login).await;
    assert_eq!(report["login_needed"], false, "a session is open: {report}");

    let (saved, _) = exported(&app).await;
    let path = app.saved_path(saved["id"].as_str().unwrap()).unwrap();
    let workspace = tempfile::tempdir().unwrap();
    let handover =
        Handover::open(&path, &SecretString::from(FILE_PHRASE), workspace.path()).unwrap();
    let dump = handover.read(dump).unwrap();
    assert!(dump.contains("5CD1"), "everything is in it");
    let file = KeyFile::read(folder.path()).unwrap().unwrap();
    let key: Key = file
        .key_from_passphrase(&SecretString::from(PHRASE))
        .unwrap();
    for secret in [
        key.to_hex().expose_secret(),
        PHRASE,
        FILE_PHRASE,
        LOGIN_PASSWORD,
    ] {
        assert!(!dump.contains(secret), "no key, no passphrase, no password");
        assert!(
            !dump.contains(&hex(secret)),
            "nor one inside a file's bytes"
        );
    }
    let raw = fs::read(&path).unwrap();
    assert!(
        !raw.windows(4).any(|bytes| bytes == b"5CD1"),
        "and the file itself is sealed"
    );
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02X}")).collect()
}

/// Every value of every table, as SQL would write it.
fn dump(conn: &store::Connection) -> Result<String, store::Error> {
    let mut text = String::new();
    let mut tables = conn
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")?;
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables {
        let mut columns = conn.prepare("SELECT name FROM pragma_table_info(?)")?;
        let columns: Vec<String> = columns
            .query_map([&table], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for column in columns {
            let mut values =
                conn.prepare(&format!("SELECT quote(\"{column}\") FROM \"{table}\""))?;
            for value in values.query_map([], |row| row.get::<_, String>(0))? {
                text.push_str(&value?);
                text.push('\n');
            }
        }
    }
    Ok(text)
}
