//! What the tests share: the pack of the house, read from its folder, and a piece of equipment.

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use chrono::NaiveDate;

use crate::*;

pub static PACK: LazyLock<Pack> = LazyLock::new(|| {
    Pack::load(&files()).unwrap_or_else(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        panic!("the pack of the house must load:\n{}", lines.join("\n"))
    })
});

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
