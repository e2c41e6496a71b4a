//! What we tell GLPI: a [`Creation`] and a [`FollowUp`] as its API wants them.
//!
//! Invariant: a ticket bears its reference in its title, its text and its external identifier, a follow-up its identity. Texts are
//! escaped, so that none becomes a tag; nothing of what was asked is cut without being repeated elsewhere.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::GlpiSettings;
use super::html::escaped;
use crate::{Act, Creation, FollowUp};

/// GLPI cuts a longer title without a word.
pub(super) const NAME_MAX: usize = 255;
/// ` (REL-XXXXXX)`
pub(super) const REFERENCE_ROOM: usize = 13;

pub(super) fn to_create(creation: &Creation, settings: &GlpiSettings, me: Option<i64>) -> Value {
    let mut input = Map::new();
    // What only this site has, by its column, e.g. `itilcategories_id`: first, so that it replaces nothing of what follows.
    for (name, value) in &creation.categories {
        if let Some(id) = column(name)
            .then(|| value.trim().parse::<i64>().ok())
            .flatten()
        {
            input.insert(name.clone(), json!(id));
        }
    }
    let mut put = |name: &str, value: Value| input.insert(name.to_owned(), value);
    put("name", json!(title(creation)));
    put("content", json!(escaped(&content(creation))));
    let request = settings.requests.contains(&creation.service_type);
    put("type", json!(if request { 2 } else { 1 }));
    if let Some(level) = level(&settings.urgency, &creation.urgency) {
        put("urgency", json!(level));
    }
    if let Some(level) = level(&settings.impact, &creation.impact) {
        put("impact", json!(level));
    }
    put("externalid", json!(creation.reference));
    if let Some(me) = me {
        put("_users_id_requester", json!(me));
    }
    json!({ "input": input })
}

fn column(name: &str) -> bool {
    name.ends_with("_id") && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// GLPI counts from 1, very low, to 5, very high; the pack's values begin with a number that counts the other way.
fn level(table: &BTreeMap<String, u8>, value: &str) -> Option<u8> {
    table
        .get(value)
        .copied()
        .or_else(|| {
            let rank = value.trim().chars().next()?.to_digit(10)?;
            u8::try_from(6u32.checked_sub(rank)?).ok()
        })
        .filter(|level| (1..=5).contains(level))
}

/// The reference is in the title too: before version 11 the external identifier cannot be searched.
fn title(creation: &Creation) -> String {
    let tag = format!("({})", creation.reference);
    if creation.summary.contains(&tag) && creation.summary.chars().count() <= NAME_MAX {
        return creation.summary.clone();
    }
    let room = NAME_MAX.saturating_sub(tag.chars().count() + 1);
    let summary: String = creation.summary.chars().take(room).collect();
    format!("{} {tag}", summary.trim_end())
}

fn content(creation: &Creation) -> String {
    let mut text = String::new();
    // What the title has no room for is not lost.
    if creation.summary.chars().count() + REFERENCE_ROOM > NAME_MAX {
        text = format!("{}\n\n", creation.summary);
    }
    text.push_str(creation.description.trim_end());
    let person = format!("{} {}", creation.first_name, creation.last_name);
    let lines = [
        ("Demandeur", person.trim()),
        ("Téléphone", creation.phone.trim()),
        ("Site", creation.site.as_deref().unwrap_or_default().trim()),
    ];
    text.push('\n');
    for (label, value) in lines {
        if !value.is_empty() {
            text.push_str(&format!("\n{label} : {value}"));
        }
    }
    text.push_str(&format!("\n{}", reference_line(&creation.reference)));
    text
}

pub(super) fn reference_line(reference: &str) -> String {
    format!("Réf. client : {reference}")
}

/// What tells our follow-ups from anybody's.
pub(super) fn tag(identity: &str) -> String {
    format!("[#{identity}]")
}

/// A note, or what goes with a resolution accepted or refused: GLPI has both as follow-ups. `None`: not one of these.
pub(super) fn to_follow(ticket: i64, follow_up: &FollowUp) -> Option<Value> {
    let (text, extra) = match &follow_up.act {
        Act::Note { text } => (text.trim_end(), None),
        Act::AcceptResolution => ("La résolution est acceptée.", Some("add_close")),
        Act::RefuseResolution => (
            "La résolution est refusée : le problème demeure.",
            Some("add_reopen"),
        ),
        Act::Attachment { .. } | Act::Cancel => return None,
    };
    let mut input = json!({
        "itemtype": "Ticket",
        "items_id": ticket,
        "is_private": 0,
        "content": escaped(&format!("{text}\n{}", tag(&follow_up.identity))),
    });
    if let (Some(extra), Some(fields)) = (extra, input.as_object_mut()) {
        fields.insert(extra.to_owned(), json!(1));
    }
    Some(json!({ "input": input }))
}

/// The manifest of an upload. The document keeps the file's own name; the file itself travels under an ASCII one.
pub(super) fn to_attach(ticket: i64, follow_up: &FollowUp, name: &str) -> Value {
    let name: String = name.chars().take(NAME_MAX).collect();
    json!({ "input": {
        "name": name,
        "comment": format!("{} {}", reference_line(&follow_up.reference), tag(&follow_up.identity)),
        "itemtype": "Ticket",
        "items_id": ticket,
        "_filename": [ascii(&name)],
        "_only_if_upload_succeed": 1,
    }})
}

/// PHP reads no other spelling of a part's file name.
pub(super) fn ascii(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') => c,
            'à' | 'â' | 'ä' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'À' | 'Â' => 'A',
            'Ç' => 'C',
            'É' | 'È' | 'Ê' => 'E',
            _ => '_',
        })
        .collect()
}

#[cfg(test)]
mod tests;
