//! The schemas given to whoever writes a pack: they accept the packs that the loader accepts, and see a slip at once.
//!
//! Left out: that the committed files are the ones the types give, which `cargo xtask check` compares.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::{collections::BTreeMap, fs, path::Path};

use boon::{Compiler, SchemaIndex, Schemas};
use convention::{Pack, schemas};
use serde_json::Value;

const HOUSE: &str = "assets/convention";
const OTHER: &str = "tests/fixtures/pack-lande";

fn files(folder: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../..")
        .join(folder);
    let mut files = BTreeMap::new();
    for inner in ["", "guide/"] {
        for entry in fs::read_dir(root.join(inner)).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                let name = format!("{inner}{}", entry.file_name().into_string().unwrap());
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    files
}

struct Desk {
    schemas: Schemas,
    places: BTreeMap<&'static str, SchemaIndex>,
}

impl Desk {
    fn new() -> Self {
        let mut compiler = Compiler::new();
        let mut compiled = Schemas::new();
        let mut places = BTreeMap::new();
        for (name, schema) in schemas() {
            let address = format!("{name}.json");
            compiler.add_resource(&address, schema).unwrap();
            places.insert(name, compiler.compile(&address, &mut compiled).unwrap());
        }
        Desk {
            schemas: compiled,
            places,
        }
    }

    /// What an editor would underline in this file.
    fn slip(&self, file: &str, text: &str) -> Option<String> {
        let name = if file.starts_with("guide/") {
            "guide"
        } else {
            file.trim_end_matches(".toml")
        };
        let value: Value = toml::from_str(text).unwrap();
        let checked = self.schemas.validate(&value, self.places[name]);
        checked.err().map(|slip| slip.to_string())
    }
}

#[test]
fn both_packs_are_as_the_schemas_say() {
    let desk = Desk::new();
    for folder in [HOUSE, OTHER] {
        let mut read = 0;
        for (file, text) in files(folder) {
            if file.ends_with(".toml") {
                read += 1;
                let slip = desk.slip(&file, &text);
                assert!(
                    slip.is_none(),
                    "{folder}/{file} is right: {}",
                    slip.unwrap()
                );
            }
        }
        assert!(read >= 9, "{folder}: every TOML file was looked at");
    }
}

#[test]
fn what_an_editor_can_see_it_underlines() {
    let desk = Desk::new();
    let files = files(OTHER);
    for (file, right, wrong) in [
        ("manifest.toml", "signature = \"2022", "signee = \"2022"),
        (
            "guide/accueil.toml",
            "genre = \"choix\"",
            "genre = \"choixx\"",
        ),
        (
            "guide/accueil.toml",
            "libelle = \"Un copieur",
            "label = \"Un copieur",
        ),
        (
            "guide/bouquet.toml",
            "genre = \"telephone\"",
            "genre = \"portable\"",
        ),
        (
            "guide/bouquet.toml",
            "reprend = \"contrat\"",
            "reprend = \"client\"",
        ),
        ("regles.toml", "voie = \"interne\"", "voie = \"maison\""),
        ("regles.toml", "apres = \"2021-08-31\"", "apres = 2021"),
        ("plateforme.toml", "bloquant = {", "urgent = {"),
        (
            "missions.toml",
            "titre = \"Chaque jour\"",
            "nom = \"Chaque jour\"",
        ),
        ("charte.toml", "annexe = \"Annexe C\"", "annexe = 3"),
    ] {
        let text = files[file].replacen(right, wrong, 1);
        assert_ne!(text, files[file], "{file}: « {right} » stands in it");
        assert!(
            desk.slip(file, &text).is_some(),
            "{file}: « {wrong} » is underlined"
        );
    }
}

#[test]
fn the_kinds_of_a_question_are_those_of_the_loader() {
    let mut files = files(OTHER);
    let guide = files["guide/accueil.toml"].replacen("genre = \"choix\"", "genre = \"rien\"", 1);
    files.insert("guide/accueil.toml".to_owned(), guide);
    let refused = Pack::load(&files).unwrap_err();
    let said = refused
        .iter()
        .find(|mistake| mistake.message.contains("genre de question"));
    let said = &said.expect("the loader lists the kinds it knows").message;
    let (_, known) = said.split_once("valeurs possibles").unwrap();
    let known = known.trim_start_matches([' ', '\u{202f}', ':']);
    let schema = &schemas()["guide"];
    let offered = &schema["definitions"]["RawItem"]["properties"]["genre"]["enum"];
    let offered: Vec<&str> = offered
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(
        offered.join(", "),
        known,
        "the editor offers the loader's kinds"
    );
}
