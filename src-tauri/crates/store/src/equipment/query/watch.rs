//! What the register asks to keep an eye on. Each is said twice, side by side: as a condition of the list, and as
//! a test on a row being counted; a test of the facets holds the two together.

use rusqlite::{Connection, Row};

use super::EquipmentQuery;
use crate::{
    Error,
    filter::{Filter, text},
};

pub(super) const WATCHES: [&str; 6] = [
    "en-panne",
    "achat-non-valide",
    "garantie-3-mois",
    "garantie-finie",
    "sans-salle",
    "sans-serie",
];

/// Adds the condition; an unknown watch finds nothing rather than everything.
pub(super) fn narrow(filter: &mut Filter, watch: &str, query: &EquipmentQuery) {
    let today = query.today.as_str();
    match watch {
        "en-panne" => filter.and("state = 'en-panne'", []),
        "achat-non-valide" => filter.and(
            "funding = 'fonds-propres' AND validated = 0 AND state <> 'reforme' \
             AND (bought_on IS NULL OR bought_on > ?)",
            [text(&query.own_funds_after)],
        ),
        "garantie-3-mois" => filter.and(
            "warranty_on BETWEEN ? AND date(?, '+3 months') AND state <> 'reforme'",
            [text(today), text(today)],
        ),
        "garantie-finie" => filter.and("warranty_on < ? AND state <> 'reforme'", [text(today)]),
        "sans-salle" => filter.and("room_id IS NULL AND state <> 'reforme'", []),
        "sans-serie" => filter.and("serial = '' AND state <> 'reforme'", []),
        _ => filter.and("0", []),
    }
}

/// The days the watches compare with.
pub(super) struct Days<'q> {
    own_funds_after: &'q str,
    today: &'q str,
    soon: Option<String>,
}

impl Days<'_> {
    pub fn of<'q>(conn: &Connection, query: &'q EquipmentQuery) -> Result<Days<'q>, Error> {
        Ok(Days {
            own_funds_after: &query.own_funds_after,
            today: &query.today,
            soon: conn
                .prepare_cached("SELECT date(?, '+3 months')")?
                .query_row([&query.today], |row| row.get(0))?,
        })
    }
}

/// What the watches look at; the rest of the row they share with the other facets.
pub(super) struct Watched<'r> {
    state: &'r str,
    funding: &'r str,
    roomless: bool,
    validated: bool,
    bought_on: Option<&'r str>,
    warranty_on: Option<&'r str>,
    unmarked: bool,
}

/// To be selected from this place on.
pub(super) const COLUMNS: &str = "validated, bought_on, warranty_on, serial";

impl<'r> Watched<'r> {
    pub fn read(
        row: &'r Row<'_>,
        from: usize,
        state: &'r str,
        funding: &'r str,
        room: &str,
    ) -> rusqlite::Result<Watched<'r>> {
        Ok(Watched {
            state,
            funding,
            roomless: room.is_empty(),
            validated: row.get(from)?,
            bought_on: row
                .get_ref(from + 1)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)?,
            warranty_on: row
                .get_ref(from + 2)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)?,
            unmarked: row
                .get_ref(from + 3)?
                .as_str()
                .map_err(rusqlite::Error::from)?
                .is_empty(),
        })
    }

    pub fn holds(&self, watch: &str, days: &Days<'_>) -> bool {
        let kept = self.state != crate::equipment::WRITTEN_OFF;
        match watch {
            "en-panne" => self.state == "en-panne",
            "achat-non-valide" => {
                kept && self.funding == "fonds-propres"
                    && !self.validated
                    && self.bought_on.is_none_or(|day| day > days.own_funds_after)
            }
            "garantie-3-mois" => {
                let soon = days.soon.as_deref();
                kept && self
                    .warranty_on
                    .is_some_and(|day| day >= days.today && soon.is_some_and(|soon| day <= soon))
            }
            "garantie-finie" => kept && self.warranty_on.is_some_and(|day| day < days.today),
            "sans-salle" => kept && self.roomless,
            "sans-serie" => kept && self.unmarked,
            _ => false,
        }
    }
}
