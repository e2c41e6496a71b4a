//! A row of a file as a piece of equipment: its marks, and what follows from its type and its room.
//!
//! Invariant: what is imported keeps the rules of the record's form. A type unknown to annexe 3 stays as it is
//! written; the family follows from the type when the row does not say it; a room is known by its code and made when
//! it is missing.

mod fields;
mod words;

use std::collections::BTreeMap;

use convention::text::fold;
use store::{Connection, Transaction, equipment::Equipment, room::Room};

use super::{
    cells::{one_line, quoted},
    plan::{Fault, Field, Plan, Subject, Verdict},
};
use crate::{
    Error, equipment, pack,
    wire::{EquipmentFamily, EquipmentState, Funding, ImportChoices, MatchKey},
};
use fields::FIELDS;
use words::{Words, family_of};

pub(super) use words::could_be_users;

/// A record with the code of its room.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) row: Equipment,
    pub(super) room: String,
}

impl Subject for Machine {
    type Words = Words;
    const FIELDS: &'static [Field<Machine>] = FIELDS;
    const KEYS: &'static [MatchKey] = &[MatchKey::Serial, MatchKey::Inventory, MatchKey::Host];
    const FIRM: bool = true;
    const THIS: &'static str = "cet équipement";

    fn load(
        conn: &Connection,
        _: &ImportChoices,
        format: intake::Format,
        new_id: Box<dyn FnMut() -> String>,
    ) -> Result<(Vec<Machine>, Words), Error> {
        let rooms: Vec<Room> = store::room::list(conn)?
            .into_iter()
            .map(|(room, _)| room)
            .collect();
        let codes: BTreeMap<&str, &str> = rooms
            .iter()
            .map(|room| (room.id.as_str(), room.code.as_str()))
            .collect();
        let everything = store::equipment::EquipmentQuery {
            limit: u32::MAX.into(),
            ..Default::default()
        };
        let known: Vec<Machine> = store::equipment::page(conn, &everything)?
            .rows
            .into_iter()
            .map(|row| Machine {
                room: row
                    .room_id
                    .as_deref()
                    .and_then(|id| codes.get(id))
                    .map(|code| (*code).to_owned())
                    .unwrap_or_default(),
                row,
            })
            .collect();
        let kinds: BTreeMap<String, String> = known
            .iter()
            .map(|machine| (machine.row.kind.clone(), machine.row.family.clone()))
            .collect();
        let words = Words {
            pack: pack::in_force(conn)?,
            spelling: kinds
                .keys()
                .map(|kind| (fold(kind), kind.clone()))
                .collect(),
            kinds,
            named: rooms
                .iter()
                .map(|room| (fold(&room.name), room.code.clone()))
                .filter(|(name, _)| !name.is_empty())
                .chain(
                    rooms
                        .iter()
                        .map(|room| (fold(&room.code), room.code.clone())),
                )
                .collect(),
            rooms: rooms
                .into_iter()
                .map(|room| (room.code.to_lowercase(), room))
                .collect(),
            made: Vec::new(),
            new_id,
            untyped: matches!(
                format,
                intake::Format::AgentJson | intake::Format::AgentXml | intake::Format::Zip
            )
            .then_some("Ordinateur"),
        };
        Ok((known, words))
    }

    fn fresh() -> Machine {
        Machine {
            row: Equipment {
                funding: Funding::Departement.id().to_owned(),
                state: EquipmentState::InService.id().to_owned(),
                ..Equipment::default()
            },
            room: String::new(),
        }
    }

    fn written(&self, key: MatchKey) -> String {
        one_line(match key {
            MatchKey::Serial => &self.row.serial,
            MatchKey::Inventory => &self.row.inventory_number,
            MatchKey::Host => &self.row.host_name,
            MatchKey::Email | MatchKey::Name => "",
        })
    }

    fn could_be(&self, _: &Machine) -> bool {
        true
    }

    fn own(&self) -> Option<(&'static str, String)> {
        Some(fold(&one_line(&self.row.serial)))
            .filter(|serial| !serial.is_empty())
            .map(|serial| ("serie", serial))
    }

    fn name(&self) -> String {
        equipment::label(&self.row)
    }

    fn detail(&self) -> String {
        let marks = [
            (self.row.serial.as_str(), "série "),
            (self.row.inventory_number.as_str(), "inventaire "),
            (self.row.host_name.as_str(), ""),
            (self.room.as_str(), ""),
        ];
        let said: Vec<String> = marks
            .iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, before)| format!("{before}{text}"))
            .collect();
        said.join(" · ")
    }

    fn id(&self) -> &str {
        &self.row.id
    }

    fn settle(
        &mut self,
        before: Option<&Machine>,
        given: &dyn Fn(&str) -> bool,
        words: &mut Words,
    ) -> Result<(), Fault> {
        if self.row.kind.is_empty() {
            self.row.kind = words
                .untyped
                .ok_or_else(|| {
                    Fault::of(
                        "type",
                        format!(
                            "Le type manque. Écrivez-le, par exemple {}.",
                            quoted("Ordinateur portable")
                        ),
                    )
                })?
                .to_owned();
        }
        let new_kind = before.is_none_or(|before| before.row.kind != self.row.kind);
        if new_kind && !given("famille") {
            let known = words.kinds.get(&self.row.kind).map(String::as_str);
            if let Some(family) = known.or_else(|| family_of(&self.row.kind)) {
                self.row.family = family.to_owned();
            }
        }
        if self.row.family.is_empty() {
            self.row.family = EquipmentFamily::Other.id().to_owned();
        }
        self.row.room_id = match self.room.as_str() {
            "" => None,
            code => {
                let room = words.rooms.entry(code.to_lowercase()).or_insert_with(|| {
                    let room = Room {
                        id: (words.new_id)(),
                        code: code.to_owned(),
                        ..Room::default()
                    };
                    words.made.push(room.clone());
                    room
                });
                self.room = room.code.clone();
                Some(room.id.clone())
            }
        };
        Ok(())
    }

    fn keep(
        plan: &mut Plan<Machine>,
        words: &mut Words,
        tx: &Transaction<'_>,
        batch: &str,
        now_ms: i64,
    ) -> Result<(), Error> {
        for room in &words.made {
            store::room::insert_in(tx, room, batch)?;
        }
        let mut created = Vec::new();
        for planned in &mut plan.rows {
            match &mut planned.verdict {
                Verdict::Created(machine) => {
                    machine.row.id = (words.new_id)();
                    machine.row.created_at_ms = now_ms;
                    machine.row.updated_at_ms = now_ms;
                    created.push(&machine.row);
                }
                Verdict::Updated { after, .. } => {
                    store::equipment::update_in(tx, &after.row, now_ms, "import", batch)?;
                }
                Verdict::Unchanged | Verdict::Refused(_) => {}
            }
        }
        store::equipment::insert_all_in(tx, &created, batch)?;
        Ok(())
    }

    fn new_rooms(words: &Words) -> Vec<String> {
        words.made.iter().map(|room| room.code.clone()).collect()
    }
}
