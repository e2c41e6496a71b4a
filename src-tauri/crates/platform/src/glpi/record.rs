//! GLPI's records read.
//!
//! Invariant: pure text in, values out. Numbers come as numbers or as text, depending on the version, and both are read. A date of
//! GLPI is its own local time without a zone: what the zone is comes from the record's `Last-Modified`, the same instant in UTC.
//!
//! Left out on purpose: plugins' fields, tasks and approvals.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta};
use serde_json::{Map, Value};

use super::html::{plain, words};
use super::told::{reference_line, tag};
use crate::{Entry, EntryKind, RemoteFile, RemoteState};

/// A ticket's number, as a person may have typed it: `15`, `#0000015`.
pub(super) fn ticket_id(number: &str) -> Option<i64> {
    number
        .trim()
        .trim_start_matches('#')
        .parse()
        .ok()
        .filter(|id| *id > 0)
}

/// The id of what was added.
pub(super) fn added(body: &str) -> Option<i64> {
    let reply: Value = serde_json::from_str(body).ok()?;
    whole(reply.get("id")?).filter(|id| *id > 0)
}

/// An upload is answered file by file.
pub(super) fn upload_error(body: &str) -> Option<String> {
    fn within(value: &Value) -> Option<String> {
        match value {
            Value::Object(fields) => match fields.get("error") {
                Some(Value::String(error)) => Some(error.clone()),
                _ => fields.values().find_map(within),
            },
            Value::Array(items) => items.iter().find_map(within),
            _ => None,
        }
    }
    let reply: Value = serde_json::from_str(body).ok()?;
    within(reply.get("upload_result")?)
}

/// A number, or a text that is one.
pub(super) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// GLPI's local time, as milliseconds of a clock without zone.
pub(super) fn local_ms(text: &str) -> Option<i64> {
    NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%d %H:%M:%S")
        .ok()
        .map(|time| time.and_utc().timestamp_millis())
}

/// The same time in GLPI's spelling, which sorts as it runs.
pub(super) fn spelt(local_ms: i64) -> Option<String> {
    DateTime::from_timestamp_millis(local_ms).map(|t| t.format("%Y-%m-%d %H:%M:%S").to_string())
}

/// A header's date.
pub(super) fn header_ms(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc2822(text)
        .ok()
        .map(|time| time.timestamp_millis())
}

/// A ticket as its own address gives it.
#[derive(Debug)]
pub(super) struct Ticket {
    pub id: i64,
    fields: Map<String, Value>,
    /// Local time minus UTC. `None`: the server did not say.
    pub offset_ms: Option<i64>,
}

impl Ticket {
    pub fn read(body: &str, last_modified: Option<&str>) -> Option<Ticket> {
        let Value::Object(fields) = serde_json::from_str(body).ok()? else {
            return None;
        };
        let id = whole(fields.get("id")?)?;
        let zone = TimeDelta::minutes(15).num_milliseconds();
        let farthest = TimeDelta::hours(14).num_milliseconds();
        let offset_ms = last_modified
            .and_then(header_ms)
            .zip(text(&fields, "date_mod").and_then(local_ms))
            .map(|(utc, local)| local - utc)
            .filter(|offset| offset % zone == 0 && offset.abs() <= farthest);
        Some(Ticket {
            id,
            fields,
            offset_ms,
        })
    }

    pub fn status(&self) -> Option<i64> {
        whole(self.fields.get("status")?)
    }

    pub fn name(&self) -> String {
        text(&self.fields, "name").map(plain).unwrap_or_default()
    }

    pub fn content(&self) -> String {
        text(&self.fields, "content").map(words).unwrap_or_default()
    }

    /// The title as its author wrote it.
    pub fn title(&self) -> String {
        let name = self.name();
        match self.reference() {
            Some(reference) => name
                .strip_suffix(&format!("({reference})"))
                .map_or(name.as_str(), str::trim_end)
                .to_owned(),
            None => name,
        }
    }

    pub fn reference(&self) -> Option<String> {
        let external = text(&self.fields, "externalid").map(str::trim);
        if let Some(own) = external.filter(|text| is_reference(text)) {
            return Some(own.to_owned());
        }
        let name = self.name();
        let in_name = name
            .split(['(', ')'])
            .skip(1)
            .step_by(2)
            .find(|inside| is_reference(inside));
        let content = self.content();
        let in_content = content
            .lines()
            .filter_map(|line| line.trim().strip_prefix("Réf. client : "))
            .find(|inside| is_reference(inside));
        in_name.or(in_content).map(str::to_owned)
    }

    /// Whether it is the ticket that was made under this reference, wherever GLPI or a rule there left it.
    pub fn bears(&self, reference: &str) -> bool {
        let line = reference_line(reference);
        text(&self.fields, "externalid").is_some_and(|external| external.trim() == reference)
            || self.name().contains(&format!("({reference})"))
            || self.content().lines().any(|one| one.trim() == line)
    }

    fn at(&self, field: &str, zone_ms: i64) -> Option<i64> {
        text(&self.fields, field)
            .and_then(local_ms)
            .map(|local| local - zone_ms)
    }

    pub fn created_ms(&self, zone_ms: i64) -> Option<i64> {
        self.at("date_creation", zone_ms)
            .or_else(|| self.at("date", zone_ms))
    }

    pub fn modified_ms(&self, zone_ms: i64) -> Option<i64> {
        self.at("date_mod", zone_ms)
    }

    /// `None`: GLPI does not show them to this person.
    pub fn documents(&self) -> Option<&[Value]> {
        match self.fields.get("_documents") {
            Some(Value::Array(all)) => Some(all),
            _ => None,
        }
    }
}

/// The tag of this follow-up is on the document, and the document has its file.
pub(super) fn is_document_of(document: &Value, identity: &str) -> bool {
    let has = |field: &str| {
        document
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    plain(has("comment")).contains(&tag(identity)) && !has("filename").is_empty()
}

/// A reference of ours: `REL-` and six symbols.
fn is_reference(text: &str) -> bool {
    text.strip_prefix("REL-").is_some_and(|symbols| {
        symbols.len() == 6
            && symbols
                .bytes()
                .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    })
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name).and_then(Value::as_str)
}

/// GLPI's own words, in the language of its sources.
pub(super) fn status_word(status: i64) -> String {
    match status {
        1 => "New",
        2 => "Processing (assigned)",
        3 => "Processing (planned)",
        4 => "Pending",
        5 => "Solved",
        6 => "Closed",
        10 => "Approval",
        other => return other.to_string(),
    }
    .to_owned()
}

pub(super) fn state(status: i64, pending_is_ours: bool) -> Option<RemoteState> {
    Some(match status {
        1..=3 | 10 => RemoteState::Open,
        4 if pending_is_ours => RemoteState::WaitingForUs,
        4 => RemoteState::Open,
        5 => RemoteState::Resolved,
        6 => RemoteState::Closed,
        _ => return None,
    })
}

/// Who is who in a timeline, as far as GLPI names them.
#[derive(Debug, Default)]
pub(super) struct People {
    pub me: Option<i64>,
    names: BTreeMap<i64, String>,
}

impl People {
    pub fn new(me: Option<i64>) -> Self {
        Self {
            me,
            names: BTreeMap::new(),
        }
    }

    /// Learns the names that a list of follow-ups or solutions gives.
    pub fn meet(&mut self, rows: &[Value]) {
        for row in rows {
            let name = row.pointer("/_keys_names/users_id").and_then(Value::as_str);
            if let (Some(id), Some(name)) = (row.get("users_id").and_then(whole), name) {
                self.names.insert(id, plain(name));
            }
        }
    }

    fn author(&self, row: &Value) -> String {
        row.get("users_id")
            .and_then(whole)
            .and_then(|id| self.names.get(&id).cloned())
            .unwrap_or_else(|| "GLPI".to_owned())
    }

    /// Somebody else who quotes our tag has not become us.
    fn ours(&self, row: &Value) -> bool {
        self.me
            .is_none_or(|me| row.get("users_id").and_then(whole) == Some(me))
    }
}

/// A row of `ITILFollowup` or `ITILSolution` as something said.
pub(super) fn said(kind: EntryKind, row: &Value, people: &People, zone_ms: i64) -> Option<Entry> {
    let id = whole(row.get("id")?)?;
    let field = |name: &str| row.get(name).and_then(Value::as_str);
    let mut text = field("content").map(words).unwrap_or_default();
    let mut identity = None;
    if people.ours(row)
        && let Some((before, own)) = own_tag(&text)
    {
        identity = Some(own.to_owned());
        text = before.to_owned();
    }
    let itemtype = match kind {
        EntryKind::Resolution => "ITILSolution",
        _ => "ITILFollowup",
    };
    Some(Entry {
        remote_id: format!("{itemtype}-{id}"),
        at_ms: field("date")
            .or_else(|| field("date_creation"))
            .and_then(local_ms)?
            - zone_ms,
        author: people.author(row),
        kind,
        text,
        identity,
        files: Vec::new(),
        raw: None,
    })
}

/// A document of the ticket, or of one of its follow-ups: GLPI lists them together.
pub(super) fn joined(row: &Value, people: &People, zone_ms: i64) -> Option<Entry> {
    let id = whole(row.get("id")?)?;
    let field = |name: &str| {
        row.get(name)
            .and_then(Value::as_str)
            .filter(|t| !t.is_empty())
    };
    let comment = field("comment").map(plain).unwrap_or_default();
    Some(Entry {
        remote_id: format!("Document-{id}"),
        at_ms: field("assocdate")
            .or_else(|| field("date_creation"))
            .and_then(local_ms)?
            - zone_ms,
        author: people.author(row),
        kind: EntryKind::Note,
        text: String::new(),
        identity: own_tag(&comment)
            .filter(|_| people.ours(row))
            .map(|(_, identity)| identity.to_owned()),
        files: vec![RemoteFile {
            name: field("name").or_else(|| field("filename")).map(plain)?,
            size: None,
        }],
        raw: None,
    })
}

/// The text before a tag that ends it, and the identity in the tag.
fn own_tag(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.trim_end().rsplit_once("[#")?;
    let identity = rest.strip_suffix(']')?;
    let shaped = !identity.is_empty()
        && identity.len() <= 64
        && identity
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
    shaped.then(|| (before.trim_end(), identity))
}

#[cfg(test)]
mod tests;
