//! The missions of annexes 4 and 5 as things to tick, each school year anew.
//!
//! Invariant: a point is known by its place in the pack (`mission/section/point`, counted from 1), so that a tick holds
//! as long as the sheet does. Left out on purpose: who ticked, since the sheet is one person's own.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use convention::Pack;

use crate::{
    App, Error, pack,
    wire::{Mission, MissionPoint, MissionSection, MissionTick, Nothing},
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
            sections: (1..)
                .zip(&mission.sections)
                .map(|(place, section)| MissionSection {
                    title: section.title.clone(),
                    text: section.text.clone(),
                    points: (1..)
                        .zip(&section.points)
                        .map(|(point, text)| {
                            let id = point_id(&mission.id, place, point);
                            MissionPoint {
                                done_on: ticks.get(&id).cloned(),
                                text: text.clone(),
                                id,
                            }
                        })
                        .collect(),
                    after: section.after.clone(),
                })
                .collect(),
        })
        .collect()
}

fn point_id(mission: &str, section: usize, point: usize) -> String {
    format!("{mission}/{section}/{point}")
}

pub(crate) fn tick(app: &App, request: MissionTick) -> Result<Nothing, Error> {
    let today = app.today();
    let MissionTick { point, done } = request;
    app.desk()?.store.write(|tx| {
        let pack = pack::in_force(tx)?;
        let known = missions(&pack, &Ticks::new())
            .into_iter()
            .flat_map(|mission| mission.sections)
            .flat_map(|section| section.points)
            .any(|known| known.id == point);
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
