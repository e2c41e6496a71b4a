//! The mission sheets with what is to tick in them, each school year anew.
//!
//! Invariant: only what the pack calls a task is ticked, and a tick is kept under the names of its sheet and task
//! (`mission/task`), so that it holds when the sheet is worded again. Left out on purpose: who ticked, since the sheet
//! is one person's own.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use convention::{Pack, Section};

use crate::{
    App, Error, pack,
    wire::{Mission, MissionLine, MissionSection, MissionTick, Nothing},
};

/// The days of the points done, by point.
pub(super) type Ticks = BTreeMap<String, String>;

/// « 2026-2027 »: it begins in September.
pub(crate) fn school_year(day: NaiveDate) -> String {
    let first = if day.month() >= 9 {
        day.year()
    } else {
        day.year() - 1
    };
    format!("{first}-{}", first + 1)
}

pub(super) fn missions(pack: &Pack, ticks: &Ticks) -> Vec<Mission> {
    pack.missions
        .iter()
        .map(|mission| Mission {
            id: mission.id.clone(),
            title: mission.title.clone(),
            annexe: mission.annexe.clone(),
            sections: mission
                .sections
                .iter()
                .map(|section| {
                    let lines =
                        |lines: &[convention::MissionLine]| shown(&mission.id, lines, ticks);
                    MissionSection {
                        title: section.title.clone(),
                        text: lines(&section.text),
                        points: lines(&section.points),
                        after: lines(&section.after),
                    }
                })
                .collect(),
        })
        .collect()
}

fn shown(mission: &str, lines: &[convention::MissionLine], ticks: &Ticks) -> Vec<MissionLine> {
    lines
        .iter()
        .map(|line| {
            let point = line.task().map(|task| point_id(mission, task));
            MissionLine {
                done_on: point.as_ref().and_then(|point| ticks.get(point).cloned()),
                text: line.text().to_owned(),
                point,
            }
        })
        .collect()
}

fn point_id(mission: &str, task: &str) -> String {
    format!("{mission}/{task}")
}

pub(crate) fn tick(app: &App, request: MissionTick) -> Result<Nothing, Error> {
    let today = app.today();
    let MissionTick { point, done } = request;
    app.desk()?.store.write(|tx| {
        let pack = pack::in_force(tx)?;
        let known = pack.missions.iter().any(|mission| {
            let lines = mission.sections.iter().flat_map(Section::lines);
            lines
                .filter_map(convention::MissionLine::task)
                .any(|task| point_id(&mission.id, task) == point)
        });
        if !known {
            return Err(Error::NotFound("Ce point de la fiche de mission"));
        }
        let done_on = done.then(|| today.to_string());
        store::mission_tick::set(tx, &point, &school_year(today), done_on.as_deref())?;
        Ok(Nothing {})
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_turns_on_the_first_of_september() {
        let year = |day: &str| school_year(day.parse().unwrap());
        assert_eq!(year("2026-08-31"), "2025-2026", "August ends a year");
        assert_eq!(year("2026-09-01"), "2026-2027", "September begins one");
        assert_eq!(
            year("2027-01-15"),
            "2026-2027",
            "and January is in its middle"
        );
    }
}
