//! What the sightings of a check mean against the register as it is now.
//!
//! Invariant: each machine that a chosen room should hold has exactly one line there, whatever was seen; each sighting
//! has exactly one line, in the room where it was made. A machine that is lent or gone to be repaired is said so and
//! never missing; one that is written off is not looked for, and is told when it is seen.

use std::collections::BTreeMap;

use store::{
    Connection,
    equipment::{Equipment, EquipmentQuery},
    room::Room,
    stock_check::{self, Sighting, StockCheck},
};

use crate::{
    Error, equipment, loans,
    tickets::narrow,
    wire::{CheckFigures, CheckLine, CheckRoom, EquipmentState, Verdict},
};

pub(super) struct Survey {
    pub(super) rooms: Vec<CheckRoom>,
    /// With the room where each was seen.
    pub(super) moved: Vec<(Equipment, String)>,
    pub(super) missing: Vec<Equipment>,
}

/// What is looked up once for the whole check.
struct Ground {
    codes: BTreeMap<String, Room>,
    /// By machine: where and by which sighting it was seen.
    seen: BTreeMap<String, Sighting>,
    /// By machine: who has it.
    borrowers: BTreeMap<String, String>,
}

impl Ground {
    fn code(&self, id: Option<&str>) -> Option<&str> {
        Some(self.codes.get(id?)?.code.as_str())
    }
}

pub(super) fn survey(conn: &Connection, check: &StockCheck) -> Result<Survey, Error> {
    let sightings = stock_check::sightings(conn, &check.id)?;
    let ground = Ground {
        codes: store::room::list(conn)?
            .into_iter()
            .map(|(room, _)| (room.id.clone(), room))
            .collect(),
        seen: sightings
            .iter()
            .filter_map(|seen| Some((seen.equipment_id.clone()?, seen.clone())))
            .collect(),
        borrowers: loans::running(conn)?
            .into_iter()
            .map(|loan| (loan.equipment_id, loan.borrower))
            .collect(),
    };
    let chosen = stock_check::rooms(conn, &check.id)?;
    let mut expected: BTreeMap<String, Vec<Equipment>> = BTreeMap::new();
    for machine in registered(conn, &chosen)? {
        if let Some(room) = &machine.room_id {
            expected.entry(room.clone()).or_default().push(machine);
        }
    }
    let mut survey = Survey {
        rooms: Vec::new(),
        moved: Vec::new(),
        missing: Vec::new(),
    };
    for id in chosen {
        let mut lines = Vec::new();
        for machine in expected.remove(&id).unwrap_or_default() {
            let line = awaited(&ground, &machine, &id);
            if line.verdict == Verdict::Awaited {
                survey.missing.push(machine);
            }
            lines.push(line);
        }
        for seen in sightings.iter().filter(|seen| seen.room_id == id) {
            let Some(machine) = &seen.equipment_id else {
                lines.push(unknown(seen));
                continue;
            };
            let machine = equipment::find(conn, machine)?;
            let here = machine.room_id.as_deref() == Some(id.as_str());
            if here && machine.state != EquipmentState::Retired.id() {
                // Its line is already there: it was awaited in this room.
                continue;
            }
            lines.push(found(&ground, &machine, seen, here));
            if !here {
                survey.moved.push((machine, id.clone()));
            }
        }
        let room = ground.codes.get(&id);
        survey.rooms.push(CheckRoom {
            code: room.map_or_else(String::new, |room| room.code.clone()),
            name: room.map_or_else(String::new, |room| room.name.clone()),
            figures: figures(&lines),
            lines,
            room_id: id,
        });
    }
    Ok(survey)
}

/// What the register has in these rooms, what is written off apart.
fn registered(conn: &Connection, rooms: &[String]) -> Result<Vec<Equipment>, Error> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let there = EquipmentState::ALL
        .iter()
        .filter(|state| **state != EquipmentState::Retired)
        .map(|state| state.id().to_owned())
        .collect();
    let query = EquipmentQuery {
        rooms: rooms.to_vec(),
        states: there,
        limit: u64::MAX,
        ..Default::default()
    };
    Ok(store::equipment::page(conn, &query)?.rows)
}

fn line(
    machine: &Equipment,
    verdict: Verdict,
    detail: String,
    seen: Option<&Sighting>,
) -> CheckLine {
    CheckLine {
        equipment_id: Some(machine.id.clone()),
        label: equipment::label(machine),
        mark: equipment::mark(machine),
        verdict,
        detail,
        sighting_id: seen.map(|seen| seen.id.clone()),
    }
}

/// A machine of this room, by where it was seen and what is known of it.
fn awaited(ground: &Ground, machine: &Equipment, room: &str) -> CheckLine {
    let away = away(ground, machine);
    match ground.seen.get(&machine.id) {
        Some(seen) if seen.room_id == room => {
            let detail = away.map_or_else(String::new, |away| format!("Noté ailleurs : {away}"));
            line(machine, Verdict::Present, detail, Some(seen))
        }
        Some(seen) => {
            let place = ground
                .code(Some(&seen.room_id))
                .unwrap_or("une autre salle");
            // Its own line, with the sighting, is in the list of that room.
            line(machine, Verdict::Elsewhere, format!("Vu en {place}"), None)
        }
        None => match away {
            Some(away) => line(machine, Verdict::Out, away, None),
            None => line(machine, Verdict::Awaited, String::new(), None),
        },
    }
}

/// Why a machine is rightly out of its room.
fn away(ground: &Ground, machine: &Equipment) -> Option<String> {
    if let Some(borrower) = ground.borrowers.get(&machine.id) {
        return Some(format!("Prêté à {borrower}"));
    }
    match EquipmentState::from_id(&machine.state) {
        Some(EquipmentState::Lent) => Some("Prêté".to_owned()),
        Some(EquipmentState::InRepair) => Some("Parti en réparation".to_owned()),
        _ => None,
    }
}

/// A machine seen where the register does not look for it.
fn found(ground: &Ground, machine: &Equipment, seen: &Sighting, here: bool) -> CheckLine {
    let retired = machine.state == EquipmentState::Retired.id();
    if here {
        return line(
            machine,
            Verdict::Present,
            "Réformé dans le registre".to_owned(),
            Some(seen),
        );
    }
    let place = match ground.code(machine.room_id.as_deref()) {
        Some(code) => format!("Enregistré en {code}"),
        None => "Sans salle dans le registre".to_owned(),
    };
    let detail = if retired {
        format!("{place}, réformé")
    } else {
        place
    };
    line(machine, Verdict::Moved, detail, Some(seen))
}

fn unknown(seen: &Sighting) -> CheckLine {
    CheckLine {
        equipment_id: None,
        label: "Appareil inconnu".to_owned(),
        mark: seen.mark.clone(),
        verdict: Verdict::Unknown,
        detail: "Aucun équipement du registre ne porte ce numéro".to_owned(),
        sighting_id: Some(seen.id.clone()),
    }
}

pub(super) fn figures(lines: &[CheckLine]) -> CheckFigures {
    let of = |verdict: Verdict| {
        narrow(lines.iter().filter(|line| line.verdict == verdict).count() as u64)
    };
    CheckFigures {
        awaited: of(Verdict::Awaited),
        present: of(Verdict::Present),
        moved: of(Verdict::Moved),
        missing: of(Verdict::Missing),
        unknown: of(Verdict::Unknown),
    }
}
