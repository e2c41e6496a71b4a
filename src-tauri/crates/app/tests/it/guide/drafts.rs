//! Drafts that outlive the convention they began with.

use std::{cell::Cell, collections::BTreeMap, path::Path};

use app::{App, commands};
use serde_json::{Value, json};
use store::Store;

use super::{begin, submitted, to_the_end, until};
use crate::{
    call,
    given::{college, text},
    hands::key,
};

#[tokio::test]
async fn a_draft_with_an_answer_of_another_guide_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let view = begin(&app, json!({ "situation": "panne-poste" })).await;
    let body = json!({ "draft_id": view["draft_id"], "question": "jamais-posee", "value": "oui" });
    assert!(
        commands::dispatch(&app, "guide_answer", body)
            .await
            .is_err(),
        "what this guide does not ask is refused"
    );
    let renewed = call(&app, "guide_renew", json!({ "id": view["draft_id"] })).await;
    assert_eq!(
        renewed["answered"], view["answered"],
        "the same convention asks the same"
    );
    assert_eq!(
        renewed["newer_pack"],
        Value::Null,
        "and is the one in force"
    );
}

/// The texts of a pack's files.
pub fn files(folder: &str) -> BTreeMap<String, String> {
    fn read(folder: &Path, root: &Path, files: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, root, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                files.insert(name.to_owned(), std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../..")
        .join(folder);
    let mut files = BTreeMap::new();
    read(&root, &root, &mut files);
    files
}

pub async fn install(app: &App, files: &BTreeMap<String, String>) {
    let file = convention::bundle::make(files, None).unwrap();
    let pack = app.take_file("convention.relaispack", file).unwrap();
    let install = json!({ "file_id": pack.id, "trust": "une-fois", "key_label": "" });
    call(app, "pack_install", install).await;
}

/// The pack built in with another version, where these words are others.
pub fn next_version(words: &str, others: &str) -> BTreeMap<String, String> {
    let mut files = files("assets/convention");
    let manifest = files.get_mut("manifest.toml").unwrap();
    *manifest = manifest
        .lines()
        .map(|line| match line.starts_with("version") {
            true => "version = \"9999.1\"",
            false => line,
        })
        .collect::<Vec<_>>()
        .join("\n");
    for text in files.values_mut() {
        *text = text.replace(words, others);
    }
    files
}

#[tokio::test]
async fn a_new_version_of_the_convention_leaves_a_draft_as_it_began() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let view = begin(&app, json!({})).await;
    let title = text(&view["question"]["title"]);
    // The spaces of a title are made narrow as it is read.
    let words = title.trim_end_matches(['?', '\u{202f}', ' ']);
    let others = format!("{words} donc");
    let reworded = title.replace(words, &others);
    install(&app, &next_version(words, &others)).await;
    let draft = json!({ "id": view["draft_id"] });
    let kept = call(&app, "guide_open", draft.clone()).await;
    assert_eq!(
        (&kept["question"]["title"], &kept["newer_pack"]),
        (&json!(title), &json!("9999.1")),
        "the draft goes on with the questions it began with, and says that there are others"
    );
    let other = begin(&app, json!({})).await;
    assert_eq!(
        (&other["question"]["title"], &other["newer_pack"]),
        (&json!(reworded), &Value::Null),
        "a new one begins with the new version"
    );
    let renewed = call(&app, "guide_renew", draft).await;
    assert_eq!(
        (&renewed["question"]["title"], &renewed["newer_pack"]),
        (&json!(reworded), &Value::Null),
        "and whoever asks for it goes over"
    );
}

#[tokio::test]
async fn a_draft_whose_convention_is_gone_goes_on_with_the_one_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let view = begin(&app, json!({ "situation": "panne-poste" })).await;
    let id = text(&view["draft_id"]);
    let unread = BTreeMap::from([("manifest.toml".to_owned(), "[".to_owned())]);
    let pack = store::pack::Pack {
        pack_id: "ailleurs".into(),
        version: "1".into(),
        name: "Ailleurs".into(),
        ..Default::default()
    };
    let store = Store::open(folder.path(), &key(folder.path())).unwrap();
    // A pack that this program no longer reads, then a draft of before drafts kept theirs.
    for readable in [false, true] {
        store
            .write(|tx| -> Result<(), store::Error> {
                let mut draft = store::draft::get(tx, &id)?.unwrap();
                draft.pack = match readable {
                    false => Some(store::pack::keep(tx, &pack, &unread)?),
                    true => None,
                };
                draft.answers = draft
                    .answers
                    .replace("\"answers\":{", "\"answers\":{\"autrefois\":\"oui\",");
                store::draft::upsert(tx, &draft)
            })
            .unwrap();
        let opened = call(&app, "guide_open", json!({ "id": id })).await;
        assert_eq!(
            opened["answered"], view["answered"],
            "what is still asked is answered, what is not waits"
        );
        assert_eq!(
            opened["newer_pack"].is_string(),
            !readable,
            "and a change of convention is said"
        );
        let renewed = call(&app, "guide_renew", json!({ "id": id })).await;
        assert_eq!(renewed["newer_pack"], Value::Null, "until it is accepted");
    }
    let draft = store
        .read(|conn| store::draft::get(conn, &id))
        .unwrap()
        .unwrap();
    assert!(
        draft.answers.contains("autrefois"),
        "nothing answered was thrown away: {}",
        draft.answers
    );
}

#[tokio::test]
async fn no_draft_of_one_convention_breaks_under_another() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let first = begin(&app, json!({})).await;
    let situations = first["question"]["choices"].as_array().unwrap().iter();
    let question = text(&first["question"]["id"]);
    let mut drafts = Vec::new();
    // Each way begun, stopped after a few answers, more of them each time.
    for (rank, situation) in situations.enumerate() {
        let view = begin(&app, json!({ question.as_str(): situation["id"] })).await;
        let left = Cell::new(rank % 5);
        let begun = until(&app, view, |_| {
            left.replace(left.get().saturating_sub(1)) == 0
        });
        drafts.push(begun.await);
    }
    assert!(drafts.len() > 8, "the form has many ways to begin");
    install(&app, &files("tests/fixtures/pack-lande")).await;
    for draft in drafts {
        let id = json!({ "id": draft["draft_id"] });
        let kept = call(&app, "guide_open", id.clone()).await;
        assert_eq!(
            (&kept["question"], &kept["answered"], &kept["newer_pack"]),
            (&draft["question"], &draft["answered"], &json!("2022.1")),
            "it opens where it was left, and says that another convention is in force"
        );
        let renewed = call(&app, "guide_renew", id.clone()).await;
        assert_eq!(renewed["newer_pack"], Value::Null, "it goes over");
        let ended = to_the_end(&app, renewed).await;
        let dossier = submitted(&app, &ended).await;
        assert!(
            !text(&dossier["row"]["title"]).is_empty(),
            "and becomes a dossier of the other convention: {dossier}"
        );
    }
}
