//! What the tests share: the pack of the house, read from its folder, and a piece of equipment.

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use chrono::NaiveDate;

use crate::*;

pub static PACK: LazyLock<Pack> = LazyLock::new(|| loaded(&files()));

pub fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/convention");
    let mut files = BTreeMap::new();
    for folder in ["", "guide/"] {
        for entry in std::fs::read_dir(root.join(folder))
            .unwrap()
            .map(Result::unwrap)
        {
            if entry.file_type().unwrap().is_file() {
                let name = format!("{folder}{}", entry.file_name().into_string().unwrap());
                files.insert(name, std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    files
}

/// The pack of the house with another guide: its tables stand, its questions are the test's own.
pub fn with_guide(guide: &str) -> BTreeMap<String, String> {
    let mut files = files();
    files.retain(|name, _| !name.starts_with("guide/"));
    let lines = files["manifest.toml"].lines();
    let kept: Vec<&str> = lines.filter(|line| !line.contains("\"guide/")).collect();
    let manifest = kept
        .join("\n")
        .replace("fichiers = [", "fichiers = [\n    \"guide/essai.toml\",");
    files.insert("manifest.toml".to_owned(), manifest);
    // The forms that Relais fills in and the classes speak of the questions of the house: they go with its guide.
    let tables = files["regles.toml"].split("\n[");
    let kept = tables.filter(|table| !table.starts_with("application.fonds-propres."));
    let rules = kept.collect::<Vec<_>>().join("\n[");
    files.insert("regles.toml".to_owned(), rules);
    let platform = &files["plateforme.toml"];
    let classes = platform.find("\n[classement]").unwrap_or(platform.len());
    let platform = platform[..classes].to_owned() + "\n";
    files.insert("plateforme.toml".to_owned(), platform);
    files.insert("guide/essai.toml".to_owned(), guide.to_owned());
    files
}

pub fn loaded(files: &BTreeMap<String, String>) -> Pack {
    Pack::load(files).unwrap_or_else(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        panic!("this pack must load:\n{}", lines.join("\n"))
    })
}

/// An answer given trial by trial, or line by line.
pub fn pieces<const N: usize>(pieces: [(&str, &str); N]) -> Answer {
    let pieces = pieces.map(|(id, text)| (id.to_owned(), text.to_owned()));
    Answer::Fields(BTreeMap::from(pieces))
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn facts() -> Facts {
    Facts::on(day("2026-11-23"))
}

pub fn printer() -> EquipmentFacts {
    EquipmentFacts {
        id: "eq-0042".to_owned(),
        label: "Imprimante couleur HP M454".to_owned(),
        kind: "Imprimante couleur".to_owned(),
        family: EquipmentFamily::Imprimante,
        room: Some("CDI".to_owned()),
        user_line: Some("CDI".to_owned()),
        perimeter: None,
        funding: Some(Funding::Departement),
        bought_on: Some(day("2022-09-14")),
        validated: false,
        warranty_end: Some(day("2027-09-14")),
        serial: Some("VNC3R04512".to_owned()),
        inventory_number: None,
    }
}
