//! What an import, an undo and a merge say in a terminal.
//!
//! Invariant: every refused row is told, with its line; the four figures always make the rows read.

use serde_json::Value;

use super::{field, list, text};

fn number(value: &Value, name: &str) -> u64 {
    field(value, name).as_u64().unwrap_or_default()
}

fn many(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number < 2 { one } else { more })
}

/// Where a document was written.
pub(crate) fn path(saved: &Value) -> String {
    std::path::Path::new(text(saved, "folder"))
        .join(text(saved, "name"))
        .to_string_lossy()
        .into_owned()
}

pub(crate) fn import(figures: &Value, dry_run: bool) -> String {
    let refused = list(figures, "refused").count() as u64;
    let of = |name, one, more| many(number(figures, name), one, more);
    let mut lines = vec![format!(
        "{} : {}, {}, {}, {}.",
        of("read", "ligne lue", "lignes lues"),
        of("created", "créée", "créées"),
        of("updated", "modifiée", "modifiées"),
        of("unchanged", "inchangée", "inchangées"),
        many(refused, "refusée", "refusées"),
    )];
    if dry_run {
        lines.push("Simulation : rien n’a été écrit.".to_owned());
    }
    lines.extend(list(figures, "refused").map(|refusal| {
        let column = match text(refusal, "column") {
            "" => String::new(),
            column => format!(", colonne {column}"),
        };
        format!(
            "Ligne {}{column} : {}",
            number(refusal, "line"),
            text(refusal, "reason")
        )
    }));
    lines.join("\n")
}

pub(crate) fn undone(value: &Value) -> String {
    let mut lines = vec![text(value, "sentence").to_owned()];
    lines.extend(
        list(value, "kept")
            .filter_map(Value::as_str)
            .map(str::to_owned),
    );
    lines.join("\n")
}

pub(crate) fn merge(value: &Value) -> String {
    let mut lines = vec![
        text(value, "origin").to_owned(),
        text(value, "warning").to_owned(),
    ];
    lines.extend(list(value, "added").map(|added| {
        let examples: Vec<&str> = list(added, "examples").filter_map(Value::as_str).collect();
        format!(
            "À ajouter : {} {} ({})",
            number(added, "count"),
            text(added, "label"),
            examples.join(", ")
        )
    }));
    for row in list(value, "changed") {
        lines.extend(list(row, "fields").map(|change| {
            format!(
                "{}, {} : ici « {} », dans le fichier « {} »{}",
                text(row, "label"),
                text(change, "label"),
                text(change, "here"),
                text(change, "file"),
                match (field(change, "conflict") == true, text(change, "proposed")) {
                    (true, _) => " (les deux ont changé : ce qui est ici reste)",
                    (_, "fichier") => " (le fichier est repris)",
                    _ => "",
                }
            )
        }));
    }
    lines.push(format!("Déjà pareils : {}", number(value, "same")));
    lines.extend(
        list(value, "notices")
            .filter_map(Value::as_str)
            .map(str::to_owned),
    );
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
