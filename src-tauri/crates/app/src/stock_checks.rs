//! Récolement: what is really there, room by room, kept at each scan and applied in one act.
//!
//! Invariant: what a check shows while it runs is read from the register as it is now; once it is applied, it is kept
//! as it was found, whatever becomes of the machines, and of the act itself when it is undone.
//! Left out on purpose: any change of state. A machine that is missing is not lost: a person decides what became of it.

mod report;
mod survey;

pub(crate) use report::report;

use std::collections::BTreeSet;

use serde_json::Value;
use store::{
    Connection, Transaction,
    equipment::Equipment,
    stock_check::{self, Sighting, StockCheck},
};

use crate::{
    App, Error, equipment, labels,
    labels::count,
    tickets::{narrow, word},
    wire::{
        BatchDone, ById, CheckApply, CheckFigures, CheckLine, CheckRoom, CheckState, MissingAct,
        Nothing, Seen, SightingForm, StockCheckForm, StockCheckRow, StockCheckView, StockChecks,
        Verdict,
    },
};

/// Where the journal keeps an applied check as it was found.
const TABLE: &str = "stock_check";
const FOUND: &str = "application";

fn find(conn: &Connection, id: &str) -> Result<StockCheck, Error> {
    stock_check::get(conn, id)?.ok_or(Error::NotFound("Ce récolement"))
}

fn running(conn: &Connection, id: &str) -> Result<StockCheck, Error> {
    let check = find(conn, id)?;
    if check.state != CheckState::Running.id() {
        return Err(Error::Conflict(
            "Ce récolement est terminé : commencez-en un autre pour continuer.".into(),
        ));
    }
    Ok(check)
}

/// The rooms of a check as they were found, or as they stand now.
fn rooms(conn: &Connection, check: &StockCheck) -> Result<Vec<CheckRoom>, Error> {
    if check.state == CheckState::Applied.id() {
        let kept = store::journal::list(conn, TABLE, &check.id)?
            .into_iter()
            .find(|entry| entry.act == FOUND)
            .and_then(|entry| serde_json::from_str::<Value>(&entry.old).ok())
            .and_then(|kept| serde_json::from_value(kept.get("rooms")?.clone()).ok());
        if let Some(rooms) = kept {
            return Ok(rooms);
        }
    }
    Ok(survey::survey(conn, check)?.rooms)
}

fn total(rooms: &[CheckRoom]) -> CheckFigures {
    let sum =
        |figure: fn(&CheckFigures) -> u32| rooms.iter().map(|room| figure(&room.figures)).sum();
    CheckFigures {
        awaited: sum(|figures| figures.awaited),
        present: sum(|figures| figures.present),
        moved: sum(|figures| figures.moved),
        missing: sum(|figures| figures.missing),
        unknown: sum(|figures| figures.unknown),
    }
}

fn row(check: &StockCheck, rooms: &[CheckRoom]) -> Result<StockCheckRow, Error> {
    Ok(StockCheckRow {
        id: check.id.clone(),
        title: check.title.clone(),
        state: word(CheckState::from_id, &check.state)?,
        created_at_ms: check.created_at_ms,
        applied_at_ms: check.applied_at_ms,
        rooms: narrow(rooms.len() as u64),
        figures: total(rooms),
    })
}

fn view(conn: &Connection, id: &str) -> Result<StockCheckView, Error> {
    let check = find(conn, id)?;
    let rooms = rooms(conn, &check)?;
    Ok(StockCheckView {
        row: row(&check, &rooms)?,
        rooms,
        batch_id: check.batch_id,
    })
}

fn rows(
    conn: &Connection,
    wanted: impl Fn(&StockCheck) -> bool,
) -> Result<Vec<StockCheckRow>, Error> {
    stock_check::list(conn)?
        .iter()
        .filter(|check| wanted(check))
        .map(|check| row(check, &rooms(conn, check)?))
        .collect()
}

/// The checks that somebody began and will go on with.
pub(crate) fn begun(conn: &Connection) -> Result<Vec<StockCheckRow>, Error> {
    rows(conn, |check| check.state == CheckState::Running.id())
}

pub(crate) fn list(app: &App, _: Nothing) -> Result<StockChecks, Error> {
    app.desk()?.store.read(|conn| {
        Ok(StockChecks {
            rows: rows(conn, |_| true)?,
        })
    })
}

pub(crate) fn start(app: &App, form: StockCheckForm) -> Result<StockCheckView, Error> {
    let now = app.now_ms();
    let title = match form.title.trim() {
        "" => format!("Récolement du {}", labels::day(app.today())),
        title => title.to_owned(),
    };
    let wanted: BTreeSet<String> = form.room_ids.into_iter().collect();
    if wanted.is_empty() {
        return Err(Error::refused(
            "room_ids",
            "Choisissez au moins une salle à vérifier.",
        ));
    }
    app.desk()?.store.write(|tx| {
        for id in &wanted {
            equipment::room(tx, id)?;
        }
        let check = StockCheck {
            id: store::new_id(now, &mut rand::rng()),
            title,
            state: CheckState::Running.id().to_owned(),
            created_at_ms: now,
            updated_at_ms: now,
            ..Default::default()
        };
        let rooms: Vec<String> = wanted.iter().cloned().collect();
        stock_check::insert(tx, &check, &rooms)?;
        view(tx, &check.id)
    })
}

pub(crate) fn show(app: &App, request: ById) -> Result<StockCheckView, Error> {
    app.desk()?.store.read(|conn| view(conn, &request.id))
}

pub(crate) fn see(app: &App, form: SightingForm) -> Result<Seen, Error> {
    let now = app.now_ms();
    app.desk()?.store.write(|tx| {
        let check = running(tx, &form.check_id)?;
        if !stock_check::rooms(tx, &check.id)?.contains(&form.room_id) {
            return Err(Error::refused(
                "room_id",
                "Cette salle ne fait pas partie de ce récolement.",
            ));
        }
        let mark = form.mark.as_deref().unwrap_or_default().trim().to_owned();
        let machine = match form.equipment_id.as_deref().filter(|id| !id.is_empty()) {
            Some(id) => Some(equipment::find(tx, id)?),
            None if mark.is_empty() => {
                return Err(Error::refused(
                    "mark",
                    "Lisez ou tapez le numéro d’un appareil.",
                ));
            }
            None => equipment::by_mark(tx, &mark)?,
        };
        let again = already(tx, &check, &form.room_id, machine.as_ref(), &mark)?;
        let sighting = Sighting {
            id: store::new_id(now, &mut rand::rng()),
            check_id: check.id.clone(),
            room_id: form.room_id.clone(),
            equipment_id: machine.as_ref().map(|machine| machine.id.clone()),
            mark,
            at_ms: now,
        };
        stock_check::see(tx, &sighting)?;
        let view = view(tx, &check.id)?;
        let line = line_of(&view, &sighting.id)?;
        let about = match &machine {
            Some(machine) => equipment::label(machine),
            None => sighting.mark.clone(),
        };
        Ok(Seen {
            verdict: line.verdict,
            sentence: said(line, &about, again),
            view,
        })
    })
}

/// Whether the check already has it in this very room.
fn already(
    conn: &Connection,
    check: &StockCheck,
    room: &str,
    machine: Option<&Equipment>,
    mark: &str,
) -> Result<bool, Error> {
    Ok(stock_check::sightings(conn, &check.id)?
        .iter()
        .filter(|seen| seen.room_id == room)
        .any(|seen| match machine {
            Some(machine) => seen.equipment_id.as_ref() == Some(&machine.id),
            None => seen.equipment_id.is_none() && seen.mark.eq_ignore_ascii_case(mark),
        }))
}

fn line_of<'a>(view: &'a StockCheckView, sighting: &str) -> Result<&'a CheckLine, Error> {
    view.rooms
        .iter()
        .flat_map(|room| &room.lines)
        .find(|line| line.sighting_id.as_deref() == Some(sighting))
        .ok_or_else(|| Error::Internal("a sighting has no line".into()))
}

fn said(line: &CheckLine, about: &str, again: bool) -> String {
    let head = match line.verdict {
        _ if again => "Déjà vu ici",
        Verdict::Present => "Présent",
        Verdict::Moved => "Déplacé ici",
        _ => "Inconnu",
    };
    if line.detail.is_empty() {
        format!("{head} : {about}")
    } else {
        format!("{head} : {about}. {}.", line.detail)
    }
}

pub(crate) fn unsee(app: &App, request: ById) -> Result<StockCheckView, Error> {
    app.desk()?.store.write(|tx| {
        for check in stock_check::list(tx)? {
            let known = stock_check::sightings(tx, &check.id)?
                .iter()
                .any(|seen| seen.id == request.id);
            if known {
                running(tx, &check.id)?;
                stock_check::unsee(tx, &request.id)?;
                return view(tx, &check.id);
            }
        }
        Err(Error::NotFound("Ce relevé"))
    })
}

pub(crate) fn apply(app: &App, request: CheckApply) -> Result<BatchDone, Error> {
    let now = app.now_ms();
    app.desk()?.store.write(|tx| {
        let check = running(tx, &request.id)?;
        let found = survey::survey(tx, &check)?;
        let mut changed: Vec<Equipment> = found
            .moved
            .into_iter()
            .map(|(machine, room)| Equipment {
                room_id: Some(room),
                ..machine
            })
            .collect();
        let moved = changed.len();
        let missing = found.missing.len();
        let out = request.missing == MissingAct::NoRoom;
        if out {
            changed.extend(found.missing.into_iter().map(|machine| Equipment {
                room_id: None,
                ..machine
            }));
        }
        let batch = equipment::in_one_batch(
            tx,
            app,
            equipment::Act {
                kind: "recolement",
                word: "recolement",
                label: &format!("Récolement « {} »", check.title),
            },
            &changed,
        )?;
        keep(tx, &check, found.rooms, now)?;
        stock_check::set_state(
            tx,
            &check.id,
            CheckState::Applied.id(),
            batch.as_deref(),
            now,
        )?;
        Ok(BatchDone {
            batch_id: batch,
            changed: narrow(changed.len() as u64),
            sentence: applied(moved, missing, out),
        })
    })
}

/// Keeps the check as it was found: what was still awaited is missing from now on.
fn keep(
    tx: &Transaction,
    check: &StockCheck,
    mut rooms: Vec<CheckRoom>,
    now_ms: i64,
) -> Result<(), Error> {
    for room in &mut rooms {
        for line in &mut room.lines {
            if line.verdict == Verdict::Awaited {
                line.verdict = Verdict::Missing;
            }
        }
        room.figures = survey::figures(&room.lines);
    }
    let found = serde_json::json!({ "rooms": rooms }).to_string();
    Ok(store::journal::add(
        tx, now_ms, TABLE, &check.id, FOUND, &found,
    )?)
}

fn applied(moved: usize, missing: usize, out: bool) -> String {
    let number = |count: usize| narrow(count as u64);
    let mut parts = Vec::new();
    if moved > 0 {
        parts.push(count(
            number(moved),
            "équipement changé de salle",
            "équipements changés de salle",
        ));
    }
    if missing > 0 {
        let (one, many) = if out {
            (
                "manquant sorti de sa salle",
                "manquants sortis de leur salle",
            )
        } else {
            (
                "manquant laissé dans sa salle",
                "manquants laissés dans leur salle",
            )
        };
        parts.push(count(number(missing), one, many));
    }
    if parts.is_empty() {
        "Récolement terminé : tout est à sa place.".to_owned()
    } else {
        format!("Récolement appliqué : {}.", parts.join(", "))
    }
}

pub(crate) fn drop_check(app: &App, request: ById) -> Result<StockChecks, Error> {
    let now = app.now_ms();
    app.desk()?.store.write(|tx| {
        let check = running(tx, &request.id)?;
        stock_check::set_state(tx, &check.id, CheckState::Dropped.id(), None, now)?;
        Ok(StockChecks {
            rows: rows(tx, |_| true)?,
        })
    })
}
