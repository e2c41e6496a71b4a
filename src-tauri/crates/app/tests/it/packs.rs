//! A convention that lives: a new version shown before it is put in force, from someone who is trusted or not, while
//! dossiers stay where they went and drafts keep what they began with.

use std::{collections::BTreeMap, path::Path};

use app::{App, AuthorKey};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    call,
    given::{college, text, written},
    refused,
};

const KEY_PHRASE: &str = "quatre mots sans lien aucun";

type Files = BTreeMap<String, String>;

/// The pack that comes with Relais, to be changed as an author would.
fn files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/convention");
    let mut files = Files::new();
    for folder in ["", "guide/"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let name = format!("{folder}{}", entry.file_name().into_string().unwrap());
                files.insert(name, std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    files
}

fn changed(files: &mut Files, name: &str, from: &str, to: &str) {
    let text = files.get_mut(name).unwrap();
    assert!(text.contains(from), "{name} holds « {from} »");
    *text = text.replacen(from, to, 1);
}

fn version(files: &mut Files, version: &str) {
    let line = files["manifest.toml"]
        .lines()
        .find(|line| line.starts_with("version ="))
        .unwrap()
        .to_owned();
    changed(
        files,
        "manifest.toml",
        &line,
        &format!("version = \"{version}\""),
    );
}

/// Every line of the matrix about this service and activity, given to someone else.
fn reassigned(files: &mut Files, service: &str, activity: &str, party: &str) {
    let matrix = files.get_mut("matrice.csv").unwrap();
    let lines: Vec<String> = matrix
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            if cells[0] == service && cells[2] == activity {
                format!("{service},{},{activity},{party},,ecrit,A2", cells[1])
            } else {
                line.to_owned()
            }
        })
        .collect();
    *matrix = lines.join("\n") + "\n";
}

fn put(app: &App, name: &str, bytes: Vec<u8>) -> String {
    app.take_file(name, bytes).unwrap().id
}

fn unsigned(app: &App, files: &Files) -> String {
    put(app, "essai.relaispack", App::pack_bytes(files).unwrap())
}

/// An author of packs, with the text of his secret key.
fn author(app: &App) -> (String, String) {
    let password = SecretString::from(KEY_PHRASE);
    let keys = app.make_pack_keys("DSI du Département", &password).unwrap();
    let secret = written(app, &json!(keys.secret_file));
    (keys.public_key, String::from_utf8(secret).unwrap())
}

fn signed(app: &App, files: &Files, secret: &str) -> String {
    let password = SecretString::from(KEY_PHRASE);
    let key = AuthorKey {
        text: secret,
        password: Some(&password),
    };
    let saved = app.build_pack(files, Some(key)).unwrap();
    put(app, "pack.relaispack", written(app, &json!(saved)))
}

fn trust(file_id: &str, trust: &str, label: &str) -> Value {
    json!({ "file_id": file_id, "trust": trust, "key_label": label })
}

fn current(packs: &Value) -> Value {
    let mut packs = packs["packs"].as_array().unwrap().iter();
    let current = packs.find(|pack| pack["in_force"] == true).unwrap().clone();
    assert!(
        packs.all(|pack| pack["in_force"] == false),
        "one pack is in force, and only one"
    );
    current
}

/// A dossier about something the Département pays for.
async fn dossier(app: &App) -> Value {
    let answers = json!({
        "situation": "acheter-materiel", "type": "hors-referentiel", "payeur": "departement",
        "besoin": "Douze postes pour la salle de technologie",
    });
    let made = call(
        app,
        "ticket_new",
        json!({ "started": "", "answers": answers }),
    )
    .await;
    call(app, "ticket_show", json!({ "id": made["ticket_id"] })).await
}

/// The line of the matrix that a dossier was made under.
async fn service(app: &App, ticket: &Value) -> String {
    let whole = call(app, "convention", json!({})).await;
    let families = whole["families"].as_array().unwrap().iter();
    let line = families
        .flat_map(|family| family["services"].as_array().unwrap())
        .find(|line| line["label"] == ticket["service_label"]);
    text(&line.unwrap()["id"])
}

async fn route(app: &App, service: &str, activity: &str) -> Value {
    let query = json!({
        "service": service, "activity": activity, "perimeter": null, "user": null, "funding": null,
        "bought_on": null, "validated": false, "cite_scolaire": null, "out_of_warranty": false,
    });
    call(app, "route", query).await
}

#[tokio::test]
async fn a_new_version_is_shown_then_put_in_force_and_the_former_one_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let open = dossier(&app).await;
    let (service, activity) = (service(&app, &open).await, text(&open["activity"]));
    let (service, activity) = (service.as_str(), activity.as_str());
    let mut new = files();
    version(&mut new, "2099.1");
    reassigned(&mut new, service, activity, "region");
    let (public_key, secret) = author(&app);
    let file = signed(&app, &new, &secret);

    let seen = call(&app, "pack_inspect", json!({ "file_id": file })).await;
    assert_eq!(
        (&seen["signature"], &seen["key_id"], &seen["version"]),
        (&json!("inconnue"), &json!(public_key), &json!("2099.1")),
        "who signed is shown by the whole key, which nobody here knows yet"
    );
    assert_eq!(seen["mistakes"], json!([]), "it could be put in force");
    let moved = &seen["diff"]["tickets"];
    assert_eq!(
        (&moved[0]["ticket"]["id"], &moved[0]["after"]),
        (&open["row"]["id"], &json!("region")),
        "the open dossier would go elsewhere: {moved}"
    );
    assert!(
        seen["diff"]["cells"]
            .as_array()
            .unwrap()
            .iter()
            .any(|cell| cell["after"] == "region" && cell["activity"] == activity),
        "and the cell that says so is shown"
    );
    assert_ne!(
        route(&app, service, activity).await["party"],
        "region",
        "looking changes nothing"
    );

    let why = refused(&app, "pack_install", trust(&file, "non", "")).await;
    assert!(
        text(&why["message"]).contains(&public_key),
        "an unknown key is refused, and told whole: {why}"
    );
    let why = refused(&app, "pack_install", trust(&file, "cle", " ")).await;
    assert_eq!(why["field"], "key_label", "a trusted key has a name");
    let packs = call(
        &app,
        "pack_install",
        trust(&file, "cle", "DSI du Département"),
    )
    .await;
    let now = current(&packs);
    assert_eq!(
        (&now["version"], &now["signer"], &now["built_in"]),
        (
            &json!("2099.1"),
            &json!("DSI du Département"),
            &json!(false)
        ),
        "it is in force, by the name of who signed it"
    );
    assert_eq!(
        route(&app, service, activity).await["party"],
        "region",
        "routes follow at once"
    );
    assert_eq!(
        call(&app, "settings", json!({})).await["pack_version"],
        "2099.1",
        "and every screen says which version"
    );
    assert_eq!(
        call(&app, "ticket_show", json!({ "id": open["row"]["id"] })).await["row"]["party"],
        open["row"]["party"],
        "the dossier stays where it went"
    );

    let back = call(&app, "pack_use", json!({ "id": "" })).await;
    assert_eq!(current(&back)["built_in"], true, "the one built in again");
    assert_ne!(
        route(&app, service, activity).await["party"],
        "region",
        "and its routes with it"
    );
    let again = call(&app, "pack_use", json!({ "id": now["id"] })).await;
    assert_eq!(current(&again), now, "a kept pack needs no file any more");
    let key = &again["keys"][0];
    assert_eq!(key["label"], "DSI du Département", "the key stays trusted");
    let forgotten = call(&app, "pack_key_forget", json!({ "id": key["id"] })).await;
    assert_eq!(forgotten["keys"], json!([]), "until it is forgotten");
    assert_eq!(
        current(&forgotten)["version"],
        "2099.1",
        "what it signed stays in force"
    );
}

#[tokio::test]
async fn what_cannot_be_trusted_or_read_is_refused_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let before = call(&app, "packs", json!({})).await;
    let mut new = files();
    version(&mut new, "2099.1");
    let plain = unsigned(&app, &new);
    let seen = call(&app, "pack_inspect", json!({ "file_id": plain })).await;
    assert_eq!(seen["signature"], "absente", "nobody signed");
    for (choice, says) in [("non", "n’est pas signé"), ("cle", "pas de clé")] {
        let why = refused(&app, "pack_install", trust(&plain, choice, "x")).await;
        assert!(text(&why["message"]).contains(says), "{choice}: {why}");
    }

    let same = files();
    let mut other = files();
    changed(
        &mut other,
        "manifest.toml",
        "\nnom = \"",
        "\nnom = \"Autre – ",
    );
    let file = unsigned(&app, &other);
    let why = refused(&app, "pack_install", trust(&file, "une-fois", "")).await;
    assert!(
        text(&why["message"]).contains("Changez la version"),
        "one version is one content, also against the one built in: {why}"
    );
    assert_eq!(
        call(&app, "packs", json!({})).await,
        before,
        "nothing of all this was kept"
    );
    let file = unsigned(&app, &same);
    let packs = call(&app, "pack_install", trust(&file, "une-fois", "")).await;
    assert_eq!(
        current(&packs)["built_in"],
        true,
        "the pack built in, installed from a file, is itself"
    );

    let mut wrong = files();
    version(&mut wrong, "2099.2");
    changed(&mut wrong, "matrice.csv", "departement", "departemant");
    let file = unsigned(&app, &wrong);
    let seen = call(&app, "pack_inspect", json!({ "file_id": file })).await;
    let mistake = &seen["mistakes"][0];
    assert_eq!(
        (&mistake["file"], &mistake["line"]),
        (&json!("matrice.csv"), &json!(3)),
        "a mistake says where it is: {mistake}"
    );
    let why = refused(&app, "pack_install", trust(&file, "une-fois", "")).await;
    assert!(
        text(&why["message"]).contains("matrice.csv:3:"),
        "and keeps the pack out: {why}"
    );

    let mut bytes = App::pack_bytes(&new).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let damaged = put(&app, "abime.relaispack", bytes);
    let why = refused(&app, "pack_inspect", json!({ "file_id": damaged })).await;
    assert_eq!(why["field"], "file", "a damaged file is refused: {why}");
    let text_file = put(&app, "notes.relaispack", b"bonjour".to_vec());
    let why = refused(&app, "pack_inspect", json!({ "file_id": text_file })).await;
    assert!(
        text(&why["message"]).contains(".relaispack"),
        "and so is any other file: {why}"
    );
}

#[tokio::test]
async fn what_was_read_on_the_signed_copy_gives_way_once_the_pack_says_it_itself() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let (service, activity) = ("infrastructure-reseau", "conseil");
    let place = json!({ "service": service, "perimeter": null, "activity": activity });
    let read = json!({ "place": place, "party": "academie", "page": "7" });
    call(&app, "cell_complete", read).await;
    assert_eq!(
        route(&app, service, activity).await["basis"],
        "complete",
        "what was read decides while the pack does not know"
    );
    let mut new = files();
    version(&mut new, "2099.1");
    reassigned(&mut new, service, activity, "departement");
    let file = unsigned(&app, &new);
    let seen = call(&app, "pack_inspect", json!({ "file_id": file })).await;
    let cells = seen["diff"]["cells"].as_array().unwrap();
    assert_eq!(
        (cells.len(), &cells[0]["completed"], &cells[0]["after"]),
        (1, &json!(true), &json!("departement")),
        "the cell that was completed here is told apart: {cells:?}"
    );
    call(&app, "pack_install", trust(&file, "une-fois", "")).await;
    let now = route(&app, service, activity).await;
    assert_eq!(
        (&now["party"], &now["basis"]),
        (&json!("departement"), &json!("ecrit")),
        "the pack is right once it says it: {now}"
    );
    call(&app, "pack_use", json!({ "id": "" })).await;
    assert_eq!(
        route(&app, service, activity).await["basis"],
        "complete",
        "nothing that was read is lost"
    );
}

#[tokio::test]
async fn a_draft_keeps_the_pack_it_began_with() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let start = json!({ "text": "", "answers": {}, "equipment_id": null });
    let draft = call(&app, "guide_start", start).await;
    let title = text(&draft["question"]["title"]);
    // As an author types it, on a plain keyboard.
    let typed = title.replace('’', "'").replace('\u{202f}', " ");
    let mut new = files();
    version(&mut new, "2099.1");
    let script = new
        .iter()
        .find(|(_, text)| text.contains(&format!("\"{typed}\"")))
        .map(|(name, _)| name.clone());
    let script = script.expect("the first question stands in a file of the guide");
    changed(
        &mut new,
        &script,
        &format!("\"{typed}\""),
        "\"Que se passe-t-il donc ?\"",
    );
    let file = unsigned(&app, &new);
    let seen = call(&app, "pack_inspect", json!({ "file_id": file })).await;
    assert_eq!(
        seen["diff"]["questions"][0]["kind"], "change",
        "the question is told: {}",
        seen["diff"]
    );
    call(&app, "pack_install", trust(&file, "une-fois", "")).await;
    let same = call(&app, "guide_open", json!({ "id": draft["draft_id"] })).await;
    assert_eq!(
        (&same["question"]["title"], &same["newer_pack"]),
        (&json!(title), &json!("2099.1")),
        "a new version never breaks a draft, and the draft says there is one"
    );
    let renewed = call(&app, "guide_renew", json!({ "id": draft["draft_id"] })).await;
    assert_ne!(
        renewed["question"]["title"], title,
        "the person goes over when he wants to"
    );
    assert_eq!(renewed["newer_pack"], Value::Null, "and is then up to date");
}

#[tokio::test]
async fn a_pack_is_checked_and_compared_without_any_store() {
    let folder = tempfile::tempdir().unwrap();
    let app = crate::open(folder.path(), None);
    let mut new = files();
    new.insert("brouillon.toml".into(), String::new());
    let report = call(&app, "pack_check", json!({ "files": new })).await;
    assert_eq!(
        (
            report["mistakes"].as_array().unwrap().len(),
            &report["mistakes"][0]["file"]
        ),
        (1, &json!("brouillon.toml")),
        "a file that the manifest does not announce is a mistake: {}",
        report["mistakes"]
    );
    new.remove("brouillon.toml");
    let nothing = json!({ "before": { "files": {} }, "after": { "files": new } });
    let diff = call(&app, "pack_diff", nothing).await;
    for part in ["cells", "services", "questions", "rules", "tickets"] {
        assert_eq!(
            diff[part],
            json!([]),
            "the pack built in is what stands in assets: {part}"
        );
    }
    let weak = SecretString::from("court");
    assert!(
        app.make_pack_keys("dsi", &weak).is_err(),
        "a key that signs for a whole Département has a real phrase"
    );
}
