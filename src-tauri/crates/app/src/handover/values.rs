//! The values of fields in words, as a person reads them.
//!
//! Invariant: an id never reaches the screen, and nothing is an empty text.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use convention::{Activity, Party, Perimeter};
use serde_json::Value;
use store::{completion::Completion, contact::Contact, equipment::Equipment, room::Room};

use crate::{
    equipment, labels,
    labels::NNBSP,
    wire::{ContactRole, EquipmentFamily, EquipmentState, Funding, TicketState},
};

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Day,
    Cents,
    YesNo,
    /// A word of a closed list.
    Word(fn(&str) -> String),
    Room,
    Machine,
    Person,
    Purchase,
    /// Ids of services of the matrix.
    Services,
    /// Who is responsible, as someone read it: party, page, by whom, which day.
    Reading,
    /// Where a dossier stands: its state, the platform's word, whose turn it is.
    Standing,
}

/// The words behind ids, of both sides, under the ids of here.
#[derive(Default)]
pub(super) struct Names {
    pub rooms: BTreeMap<String, String>,
    pub machines: BTreeMap<String, String>,
    pub people: BTreeMap<String, String>,
    pub purchases: BTreeMap<String, String>,
    pub services: BTreeMap<String, String>,
}

impl Names {
    /// A value as a person reads it; nothing is an empty text.
    pub(super) fn words(&self, kind: Kind, value: &Value) -> String {
        let named = |names: &BTreeMap<String, String>| {
            value
                .as_str()
                .map(|id| names.get(id).map_or("élément supprimé", String::as_str))
                .unwrap_or_default()
                .to_owned()
        };
        match kind {
            Kind::Text => match value {
                Value::Number(number) => number.to_string(),
                other => other.as_str().unwrap_or_default().to_owned(),
            },
            Kind::Day => value.as_str().map(day).unwrap_or_default(),
            Kind::Cents => value.as_i64().map(euros).unwrap_or_default(),
            Kind::YesNo => match value.as_i64() {
                Some(1) => "oui",
                _ => "non",
            }
            .to_owned(),
            Kind::Word(words) => value.as_str().map(words).unwrap_or_default(),
            Kind::Room => named(&self.rooms),
            Kind::Machine => named(&self.machines),
            Kind::Person => named(&self.people),
            Kind::Purchase => named(&self.purchases),
            Kind::Services => self.service_words(value.as_str().unwrap_or_default()),
            Kind::Reading => reading(value),
            Kind::Standing => standing(value),
        }
    }

    /// One that the convention in force does not have keeps its id.
    fn service_words(&self, ids: &str) -> String {
        let labels: Vec<&str> = ids
            .split_whitespace()
            .map(|id| self.services.get(id).map_or(id, String::as_str))
            .collect();
        labels.join(", ")
    }
}

pub(super) fn part(value: &Value, index: usize) -> &Value {
    value.get(index).unwrap_or(&Value::Null)
}

pub(super) fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

/// « B1.12, salle informatique »
pub(super) fn room_words(room: &Room) -> String {
    joined([&room.code, &room.name])
}

/// « Imprimante HP LaserJet, 65-2021-00431 »
pub(super) fn machine_words(machine: &Equipment) -> String {
    let marks = [
        &machine.inventory_number,
        &machine.serial,
        &machine.host_name,
    ];
    let mark = marks.into_iter().find(|mark| !mark.is_empty());
    let empty = String::new();
    joined([&equipment::label(machine), mark.unwrap_or(&empty)])
}

pub(super) fn person_words(person: &Contact) -> String {
    let name = format!("{} {}", person.first_name, person.last_name);
    match name.trim() {
        "" => joined([&person.organisation, &person.title]),
        name => name.to_owned(),
    }
}

/// « Infrastructure réseau, Installation, réseau pédagogique »
pub(super) fn cell_words(cell: &Completion, names: &Names) -> String {
    let activity = cell.activity.parse::<Activity>().map(Activity::label);
    let side = cell.perimeter.as_ref().map(|side| {
        let known = side.parse::<Perimeter>().map(Perimeter::label);
        known.map_or_else(|_| side.clone(), str::to_owned)
    });
    joined([
        &names.service_words(&cell.service),
        &activity.map_or_else(|_| cell.activity.clone(), str::to_owned),
        &side.unwrap_or_default(),
    ])
}

/// « le Département, page 12, par Camille Martin le 23/11/2026 »
fn reading(value: &Value) -> String {
    let text = |index| part(value, index).as_str().unwrap_or_default().to_owned();
    let party = text(0);
    let party = party
        .parse::<Party>()
        .map_or(party, |party| party.label().to_owned());
    let by = format!("par {} le {}", text(2), day(&text(3)));
    joined([&party, &format!("page {}", text(1)), &by])
}

fn joined<const N: usize>(parts: [&String; N]) -> String {
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

/// `2026-11-24` → « 24/11/2026 »
fn day(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(
        |_| text.to_owned(),
        |day| day.format("%d/%m/%Y").to_string(),
    )
}

/// « 1 249,00 € »
fn euros(cents: i64) -> String {
    let digits = (cents / 100).unsigned_abs().to_string();
    let mut whole = String::from(if cents < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            whole.push(NNBSP);
        }
        whole.push(digit);
    }
    format!("{whole},{:02}{NNBSP}€", (cents % 100).unsigned_abs())
}

pub(super) fn family(id: &str) -> String {
    EquipmentFamily::from_id(id).map_or_else(
        || id.to_owned(),
        |word| labels::equipment_family(word).to_owned(),
    )
}

pub(super) fn funding(id: &str) -> String {
    Funding::from_id(id).map_or_else(|| id.to_owned(), |word| labels::funding(word).to_owned())
}

pub(super) fn state(id: &str) -> String {
    EquipmentState::from_id(id).map_or_else(
        || id.to_owned(),
        |word| labels::equipment_state(word).to_owned(),
    )
}

pub(super) fn role(id: &str) -> String {
    ContactRole::from_id(id).map_or_else(
        || id.to_owned(),
        |word| labels::contact_role(word).to_owned(),
    )
}

/// « ouvert, En cours, attend votre réponse »
pub(super) fn standing(value: &Value) -> String {
    let state = match part(value, 0).as_str().and_then(TicketState::from_id) {
        Some(TicketState::Open) => "ouvert",
        Some(TicketState::Resolved) => "résolu",
        Some(TicketState::Closed) => "fermé",
        Some(TicketState::Cancelled) => "annulé",
        None => "",
    }
    .to_owned();
    let status = part(value, 1).as_str().map(labels::platform_status);
    let turn = match part(value, 2).as_i64() {
        Some(1) => "attend votre réponse",
        _ => "",
    }
    .to_owned();
    joined([&state, &status.unwrap_or_default(), &turn])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_days_are_written_as_people_here_write_them() {
        assert_eq!(
            euros(124_900),
            "1\u{202f}249,00\u{202f}€",
            "thousands are parted"
        );
        assert_eq!(euros(5), "0,05\u{202f}€", "cents keep their zero");
        assert_eq!(day("2026-11-24"), "24/11/2026", "the day comes first");
    }

    #[test]
    fn a_dossier_stands_in_our_words_and_in_the_platform_s() {
        assert_eq!(
            standing(&serde_json::json!(["resolu", "Resolved", 1])),
            "résolu, Résolu, à confirmer, attend votre réponse",
            "the platform's own word stays beside ours"
        );
    }
}
