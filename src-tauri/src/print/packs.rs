//! What checks, comparisons and lists of packs say in a terminal.
//!
//! Invariant: a mistake is one line that an editor can follow, `file:line:column : sentence`; nothing found is said too.

use serde_json::Value;

use super::{field, list, party, text};

/// As many characters of an identifier as tell packs apart at a glance.
const SHORT: usize = 12;

fn short(id: &str) -> &str {
    id.get(..SHORT).unwrap_or(id)
}

fn words<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    list(value, name).filter_map(Value::as_str)
}

pub(crate) fn pack_report(report: &Value) -> String {
    let mut lines: Vec<String> = list(report, "mistakes")
        .map(|mistake| {
            format!(
                "{}:{}:{} : {}",
                text(mistake, "file"),
                field(mistake, "line"),
                field(mistake, "column"),
                text(mistake, "message")
            )
        })
        .collect();
    let survey = field(report, "survey");
    if survey.is_null() {
        lines.push(format!("Erreurs : {}", lines.len()));
        return lines.join("\n");
    }
    if lines.is_empty() {
        lines.push("Aucune erreur.".to_owned());
    }
    lines.push(format!(
        "Services : {} ; cases : {} ; questions : {}",
        field(survey, "services"),
        field(survey, "cells"),
        field(survey, "questions")
    ));
    lines.push(format!(
        "Chemins : {} ; le plus long : {} questions ; la moitié en {} ou moins",
        text(survey, "ways"),
        field(survey, "longest"),
        field(survey, "median")
    ));
    let dead_ends: Vec<&str> = words(survey, "dead_ends").collect();
    if dead_ends.is_empty() {
        lines.push("Toute combinaison de réponses a une issue.".to_owned());
    }
    lines.extend(dead_ends.iter().map(|end| format!("Sans issue : {end}")));
    lines.extend(words(survey, "never").map(|never| format!("Jamais atteint : {never}")));
    lines.join("\n")
}

fn activity(id: &str) -> &str {
    match id {
        "preconisation" => "préconisation d’usage",
        "acquisition" => "choix et acquisition",
        "installation" => "installation",
        "mco" => "maintien en condition opérationnelle",
        "assistance" => "assistance fonctionnelle",
        "conseil" => "conseil, expertise",
        other => other,
    }
}

fn side(value: &Value, name: &str) -> String {
    match text(value, name) {
        "" => "rien".to_owned(),
        id => party(id).to_owned(),
    }
}

fn cell(change: &Value) -> String {
    let network = match text(change, "perimeter") {
        "administratif" => ", réseau administratif",
        "pedagogique" => ", réseau pédagogique",
        _ => "",
    };
    let completed = if field(change, "completed") == true {
        " (cette case avait été complétée ici)"
    } else {
        ""
    };
    format!(
        "  {}, {}{network} : {} → {}{completed}",
        text(change, "service_label"),
        activity(text(change, "activity")),
        side(change, "before"),
        side(change, "after")
    )
}

fn change(change: &Value) -> String {
    let turn = match text(change, "kind") {
        "ajoute" => "+",
        "retire" => "−",
        _ => "~",
    };
    match text(change, "detail") {
        "" => format!("  {turn} {}", text(change, "label")),
        detail => format!("  {turn} {} : {detail}", text(change, "label")),
    }
}

fn ticket(moved: &Value) -> String {
    let row = field(moved, "ticket");
    let name = ["number", "reference"]
        .map(|name| text(row, name))
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    let to = match text(moved, "after") {
        "" => "à reprendre".to_owned(),
        id => party(id).to_owned(),
    };
    format!(
        "  {name} {} : {} → {to}. {}",
        text(row, "title"),
        party(text(moved, "before")),
        text(moved, "why")
    )
}

/// How one change of a section is written.
type Written = fn(&Value) -> String;

pub(crate) fn pack_diff(diff: &Value) -> String {
    let sections: [(&str, &str, Written); 5] = [
        ("cells", "Cases de la matrice", cell),
        ("services", "Services", change),
        ("questions", "Questions", change),
        ("rules", "Règles et annexes", change),
        ("tickets", "Dossiers ouverts qui iraient ailleurs", ticket),
    ];
    let mut lines = Vec::new();
    for (name, title, written) in sections {
        let found: Vec<String> = list(diff, name).map(written).collect();
        if !found.is_empty() {
            lines.push(format!("{title} ({})", found.len()));
            lines.extend(found);
        }
    }
    if lines.is_empty() {
        return "Rien ne change.".to_owned();
    }
    lines.join("\n")
}

pub(crate) fn pack_keys(value: &Value) -> String {
    format!(
        "Clé publique : {}\nÀ publier : {}\nÀ garder pour vous : {}",
        text(value, "public_key"),
        text(value, "public_file"),
        text(value, "secret_file")
    )
}

fn pack(value: &Value) -> String {
    let id = match text(value, "id") {
        "" => "fourni avec Relais",
        id => short(id),
    };
    let signer = match text(value, "signer") {
        "" => String::new(),
        signer => format!(", signé par {signer}"),
    };
    format!(
        "{} {id} : {}, version {}, {}{signer}",
        if field(value, "in_force") == true {
            "✓"
        } else {
            " "
        },
        text(value, "name"),
        text(value, "version"),
        text(value, "departement")
    )
}

pub(crate) fn packs(value: &Value) -> String {
    let mut lines: Vec<String> = list(value, "packs").map(pack).collect();
    lines.extend(list(value, "keys").map(|key| format!("Clé reconnue : {}", text(key, "label"))));
    lines.join("\n")
}

fn current(packs: &Value) -> &Value {
    list(packs, "packs")
        .find(|pack| field(pack, "in_force") == true)
        .unwrap_or(&Value::Null)
}

/// What is in force now; a convention of another Département is said plainly.
pub(crate) fn in_force(before: &Value, after: &Value) -> String {
    let (old, new) = (current(before), current(after));
    let mut lines = vec![format!(
        "En vigueur : {}, version {}.",
        text(new, "name"),
        text(new, "version")
    )];
    let (was, is) = (text(old, "departement"), text(new, "departement"));
    if was != is {
        lines.push(format!(
            "Attention : c’est la convention d’un autre Département ({is}) que celle d’avant ({was})."
        ));
    }
    lines.join("\n")
}
