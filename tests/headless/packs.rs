//! Packs on the command line: an author checks, compares, signs and sends one; a collège puts it in force.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::json;

use crate::{Person, read};

/// The pack that comes with Relais.
fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/convention")
}

/// A copy of it in a folder of one's own.
fn copied(person: &Person, name: &str) -> PathBuf {
    let copy = person.home.path().join(name);
    for folder in ["", "guide"] {
        fs::create_dir_all(copy.join(folder)).expect("the folder is ours");
        for entry in fs::read_dir(assets().join(folder)).expect("the pack is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_file() {
                let name = path.file_name().expect("a file has a name");
                fs::write(copy.join(folder).join(name), read(&path)).expect("the folder is ours");
            }
        }
    }
    copy
}

fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = String::from_utf8(read(&path)).expect("a pack is UTF-8");
    assert!(text.contains(from), "{name} holds « {from} »");
    fs::write(&path, text.replacen(from, to, 1)).expect("the folder is ours");
}

fn version(folder: &Path, version: &str) {
    let manifest = String::from_utf8(read(&folder.join("manifest.toml"))).expect("UTF-8");
    let line = manifest
        .lines()
        .find(|line| line.starts_with("version ="))
        .expect("a pack has a version");
    change(
        folder,
        "manifest.toml",
        line,
        &format!("version = \"{version}\""),
    );
}

fn path(path: &Path) -> &str {
    path.to_str().expect("the names are ours")
}

#[test]
fn an_author_is_told_every_mistake_where_it_stands_and_what_his_form_does() {
    let me = Person::new();
    let pack = copied(&me, "pack");
    let said = me.says(&["pack", "check", path(&pack)]);
    for words in ["Aucune erreur.", "Services", "Chemins", "a une issue"] {
        assert!(said.contains(words), "a sound pack is walked whole: {said}");
    }
    let report = me.json(&["pack", "check", path(&pack)]);
    assert_eq!(
        (&report["mistakes"], &report["survey"]["dead_ends"]),
        (&json!([]), &json!([])),
        "and the same for a script"
    );

    change(&pack, "matrice.csv", "departement", "departemant");
    change(&pack, "colleges.csv", "oui", "peut-être");
    let wrong = me.run(&["pack", "check", path(&pack)]);
    assert_eq!(
        wrong.code, 3,
        "a pack with mistakes is refused: {}",
        wrong.err
    );
    assert!(
        wrong.out.contains("matrice.csv:3:") && wrong.out.contains("colleges.csv:"),
        "each with its file, line and column, all at once: {}",
        wrong.out
    );
    assert!(
        wrong.out.contains("departemant"),
        "and what is wrong with it: {}",
        wrong.out
    );
    let nothing = me.home.path().join("vide");
    fs::create_dir(&nothing).expect("the folder is ours");
    assert!(
        me.refused(3, &["pack", "check", path(&nothing)])
            .contains(".toml"),
        "an empty folder is no pack"
    );
    assert!(!me.data().exists(), "none of this needs a data folder");
}

#[test]
fn a_signed_version_travels_as_one_file_and_is_put_in_force_by_whoever_trusts_its_author() {
    let author = Person::new();
    let pack = copied(&author, "pack");
    version(&pack, "2099.1");
    change(
        &pack,
        "matrice.csv",
        "infrastructure-reseau,tous,conseil,inconnu,,inconnu,",
        "infrastructure-reseau,tous,conseil,academie,,ecrit,A2",
    );
    let diff = author.says(&["pack", "diff", "-", path(&pack)]);
    assert!(
        diff.contains("Cases de la matrice (1)") && diff.contains("→ Académie"),
        "the author sees what he changed: {diff}"
    );
    let phrase = author.file("phrase-cle", "quatre mots sans lien aucun\n");
    let keys = author.json(&["pack", "key", "dsi", "--password-file", &phrase]);
    let secret = keys["secret_file"].as_str().expect("a file");
    let secret = author.home.path().join(secret);
    let secret = path(&secret);
    let wrong = author.file("autre-phrase", "une tout autre phrase\n");
    let build = [
        "pack",
        "build",
        path(&pack),
        "--key",
        secret,
        "--password-file",
    ];
    assert!(
        author
            .refused(3, &[&build[..], &[&wrong]].concat())
            .contains("phrase secrète"),
        "a key opens with its own phrase alone"
    );
    assert!(
        author.refused(3, &build[..5]).contains("--password-file"),
        "and never asks for it on the terminal"
    );
    let built = author.json(&[&build[..], &[&phrase]].concat());
    let file = author
        .home
        .path()
        .join(built["file"].as_str().expect("a file"));
    assert!(
        file.to_string_lossy().ends_with("2099-1.relaispack"),
        "the file is named after its version: {}",
        file.display()
    );
    assert!(
        author
            .says(&["pack", "check", path(&file)])
            .contains("Aucune erreur"),
        "the file is checked like the folder"
    );

    let me = Person::with_college("https://plateforme.example");
    let public = keys["public_key"].as_str().expect("a key");
    assert!(
        me.refused(3, &["pack", "install", path(&file)])
            .contains(public),
        "an unknown key is refused, and shown whole to be checked by telephone"
    );
    assert_eq!(
        me.json(&["pack", "list"])["packs"].as_array().map(Vec::len),
        Some(1),
        "nothing was kept"
    );
    let said = me.says(&[
        "pack",
        "install",
        path(&file),
        "--trust-key",
        "DSI du Département",
    ]);
    assert!(said.contains("version 2099.1"), "it is in force: {said}");
    let route = [
        "route",
        "--service",
        "infrastructure-reseau",
        "--activity",
        "conseil",
    ];
    assert_eq!(me.json(&route)["party"], "academie", "and it decides");
    let list = me.says(&["pack", "list"]);
    assert!(
        list.contains("signé par DSI du Département") && list.contains("Clé reconnue"),
        "who signed is remembered: {list}"
    );
    let said = me.says(&["pack", "use"]);
    assert!(!said.contains("2099.1"), "the one built in again: {said}");
    assert_eq!(me.json(&route)["party"], "inconnu", "and its own word");
    let kept = me.json(&["pack", "list"])["packs"][1]["id"].clone();
    let start: String = kept.as_str().expect("an id").chars().take(12).collect();
    me.says(&["pack", "use", &start]);
    assert_eq!(
        me.json(&route)["party"],
        "academie",
        "a kept pack comes back"
    );
    assert!(
        me.refused(3, &["pack", "use", "zzz"]).contains("pack list"),
        "one that is not there is told"
    );

    version(&pack, "2099.1");
    change(
        &pack,
        "matrice.csv",
        "conseil,academie,,ecrit",
        "conseil,region,,ecrit",
    );
    assert!(
        me.refused(3, &["pack", "install", path(&pack), "--trust-once"])
            .contains("Changez la version"),
        "one version is one content"
    );
    assert!(
        me.refused(3, &["pack", "install", path(&pack)])
            .contains("n’est pas signé"),
        "a folder has no author"
    );
    version(&pack, "2099.2");
    change(
        &pack,
        "manifest.toml",
        "departement = \"",
        "departement = \"Val-",
    );
    let said = me.says(&["pack", "install", path(&pack), "--trust-once"]);
    assert!(
        said.contains("autre Département"),
        "the convention of another Département is allowed, and said plainly: {said}"
    );
    let damaged = me.file("abime.relaispack", &read(&file)[..2000]);
    assert!(
        me.refused(3, &["pack", "install", &damaged])
            .contains("abîmé"),
        "half a file is no pack"
    );
}
