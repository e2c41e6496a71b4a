//! The command line's words: each answer as a person reads it in a terminal.

mod packs;
mod register;

pub(crate) use packs::{in_force, pack_diff, pack_keys, pack_report, packs};
pub(crate) use register::{import, merge, path, undone};

use std::{
    io::{ErrorKind, Write},
    process::ExitCode,
};

use serde_json::{Map, Value, json};

/// French spaces before the signs that ask for one; the sentences are written with ordinary ones.
fn typo(text: &str) -> String {
    let mut text = text.replace("« ", "«\u{202f}");
    for sign in [":", ";", "?", "!", "»"] {
        text = text.replace(&format!(" {sign}"), &format!("\u{202f}{sign}"));
    }
    text
}

/// An answer on the standard output. A reader who has seen enough (`| head`) is no failure.
pub(crate) fn out(text: &str) -> ExitCode {
    let mut output = std::io::stdout().lock();
    match writeln!(output, "{}", text.trim_end()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            warn(&format!(
                "La commande est faite, mais sa réponse n’a pas pu être écrite ({error})."
            ));
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// An answer in French on the standard output.
pub(crate) fn say(text: &str) -> ExitCode {
    out(&typo(text))
}

/// A sentence in French on the error output, when there still is one.
pub fn warn(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", typo(text.trim_end()));
}

/// A field of an answer; null when it has none.
pub(crate) fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

pub(crate) fn list<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// The word of the convention for who is responsible.
fn party(id: &str) -> &str {
    match id {
        "departement" => "Département",
        "academie" => "Académie",
        "etablissement" => "Collège",
        "collectivite-ou-etablissement" => "Département ou collège",
        "editeur" => "Éditeur",
        "region" => "Région",
        "sans-objet" => "Sans objet",
        "selon-utilisateur" => "Selon l’utilisateur",
        "inconnu" => "Guichet unique",
        other => other,
    }
}

/// The route with its source as a code, and the passage beside it.
pub(crate) fn flat_route(mut route: Value) -> Value {
    if let Some(fields) = route.as_object_mut() {
        let source = fields.remove("source").unwrap_or_default();
        fields.insert(
            "source".to_owned(),
            source.get("code").cloned().unwrap_or_default(),
        );
        fields.insert(
            "passage".to_owned(),
            source.get("passage").cloned().unwrap_or_default(),
        );
    }
    route
}

pub(crate) fn route(value: &Value) -> String {
    let mut lines = vec![
        party(text(value, "party")).to_owned(),
        text(value, "explanation").to_owned(),
    ];
    if !text(value, "source").is_empty() {
        lines.push(format!(
            "Source : {}, « {} »",
            text(value, "source"),
            text(value, "passage")
        ));
    }
    lines.extend(
        list(value, "before")
            .filter_map(Value::as_str)
            .map(|line| format!("D’abord : {line}")),
    );
    lines.extend(
        list(value, "warnings")
            .filter_map(Value::as_str)
            .map(|line| format!("Attention : {line}")),
    );
    let path: Vec<&str> = list(value, "path").filter_map(Value::as_str).collect();
    if !path.is_empty() {
        lines.push(format!("Chemin : {}", path.join(" → ")));
    }
    lines.join("\n")
}

pub(crate) fn proposals(value: &Value) -> String {
    let lines: Vec<String> = list(value, "proposals")
        .enumerate()
        .map(|(index, proposal)| {
            format!(
                "{}. {} ({})",
                index + 1,
                text(proposal, "title"),
                text(proposal, "service_label")
            )
        })
        .collect();
    if lines.is_empty() {
        "Rien de reconnu dans cette ligne.".to_owned()
    } else {
        lines.join("\n")
    }
}

pub(crate) fn guide(value: &Value) -> String {
    let question = field(value, "question");
    if question.is_null() {
        let summary = field(value, "summary");
        return format!(
            "{}\n\n{}\n\n{}",
            text(summary, "title"),
            text(summary, "description"),
            route(&flat_route(summary["route"].clone()))
        );
    }
    let mut lines = vec![format!(
        "{} ({})",
        text(question, "title"),
        text(question, "id")
    )];
    lines.extend(
        list(question, "choices")
            .map(|choice| format!("  {} : {}", text(choice, "id"), text(choice, "label"))),
    );
    lines.join("\n")
}

pub(crate) fn submitted(value: &Value) -> String {
    format!("{} : {}", text(value, "reference"), text(value, "sentence"))
}

fn ticket_line(row: &Value) -> String {
    let number = Some(text(row, "number"))
        .filter(|number| !number.is_empty())
        .unwrap_or_else(|| text(row, "reference"));
    format!(
        "{number}  {}  [{}] {}",
        text(row, "title"),
        party(text(row, "party")),
        text(row, "hint")
    )
}

pub(crate) fn tickets(value: &Value) -> String {
    let lines: Vec<String> = list(value, "rows").map(ticket_line).collect();
    if lines.is_empty() {
        "Aucun dossier.".to_owned()
    } else {
        lines.join("\n")
    }
}

pub(crate) fn ticket(value: &Value) -> String {
    let mut lines = vec![
        ticket_line(field(value, "row")),
        text(value, "service_label").to_owned(),
        String::new(),
        text(value, "description").to_owned(),
        String::new(),
    ];
    lines.extend(list(value, "events").map(|event| {
        format!(
            "- {} : {}",
            text(event, "author_label"),
            text(event, "text")
        )
    }));
    lines.join("\n")
}

pub(crate) fn outbox(value: &Value) -> String {
    let lines: Vec<String> = ["to_watch", "ready", "arrived"]
        .iter()
        .flat_map(|section| list(value, section))
        .map(|row| {
            format!(
                "{}  {} — {}",
                text(row, "reference"),
                text(row, "title"),
                text(row, "sentence")
            )
        })
        .collect();
    if lines.is_empty() {
        "Aucun envoi.".to_owned()
    } else {
        lines.join("\n")
    }
}

pub(crate) fn sentence(value: &Value) -> String {
    text(value, "sentence").to_owned()
}

pub(crate) fn hits(value: &Value) -> String {
    let lines: Vec<String> = list(value, "hits")
        .map(|hit| {
            format!(
                "{}  {}  {}",
                text(hit, "kind"),
                text(hit, "title"),
                text(hit, "subtitle")
            )
        })
        .collect();
    if lines.is_empty() {
        "Rien trouvé.".to_owned()
    } else {
        lines.join("\n")
    }
}

/// The settings as keys of the command line, or one of them.
pub(crate) fn config(settings: Value, key: Option<&str>) -> Result<Value, String> {
    let mut keys = Map::new();
    if let Some(profile) = field(&settings, "profile").as_object() {
        keys.extend(
            profile
                .iter()
                .map(|(name, value)| (name.replace('_', "-"), value.clone())),
        );
    }
    keys.insert("theme".to_owned(), field(&settings, "theme").clone());
    match key {
        None => Ok(Value::Object(keys)),
        Some(key) => {
            let known: Vec<&str> = keys.keys().map(String::as_str).collect();
            let sentence = format!(
                "Le réglage « {key} » n’existe pas. Réglages : {}.",
                known.join(", ")
            );
            keys.remove(key)
                .map(|value| json!({ key: value }))
                .ok_or(sentence)
        }
    }
}

pub(crate) fn keys(value: &Value) -> String {
    let lines: Vec<String> = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| {
            format!(
                "{key} = {}",
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            )
        })
        .collect();
    lines.join("\n")
}

pub(crate) fn doctor(value: &Value) -> String {
    let lines: Vec<String> = list(value, "checks")
        .map(|check| {
            format!(
                "{} {} : {}",
                if field(check, "ok") == true {
                    "✓"
                } else {
                    "✗"
                },
                text(check, "name"),
                text(check, "sentence")
            )
        })
        .collect();
    lines.join("\n")
}
