//! The counts beside each value one may choose: what choosing it gives, the other filters being as they are.
//!
//! One pass over one index counts every facet: a row that fails no filter counts everywhere, a row that fails the
//! filter of one facet counts in that facet alone. Twelve counts by the database, each with its own filter, took
//! several times as long, most of all with a text that matches half the register.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{
    EquipmentQuery,
    watch::{self, Days, WATCHES, Watched},
};
use crate::{Error, search};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacetCount {
    /// "famille", "type", "salle", "financement", "etat", "utilisateur" or "surveillance".
    pub facet: String,
    pub value: String,
    pub count: u64,
}

/// A facet that is a column.
struct Tally<'q> {
    facet: &'static str,
    chosen: &'q [String],
    /// As the column compares.
    same: fn(&str, &str) -> bool,
    counts: BTreeMap<String, u64>,
    /// Rows come in runs of one value: the run is added to the counts when it ends.
    run: (String, u64),
}

impl<'q> Tally<'q> {
    fn new(facet: &'static str, chosen: &'q [String]) -> Tally<'q> {
        Tally {
            facet,
            chosen,
            same: match facet {
                "type" => str::eq_ignore_ascii_case,
                _ => str::eq,
            },
            counts: BTreeMap::new(),
            run: Default::default(),
        }
    }

    fn accepts(&self, value: &str) -> bool {
        self.chosen.is_empty() || self.chosen.iter().any(|chosen| (self.same)(chosen, value))
    }

    fn count(&mut self, value: &str) {
        if self.run.0 != value {
            self.end_run();
            self.run.0.push_str(value);
        }
        self.run.1 += 1;
    }

    fn end_run(&mut self) {
        let (value, count) = std::mem::take(&mut self.run);
        if count == 0 {
            return;
        }
        // A type written in another case is the same type, under the name met first.
        let known = match self.counts.get_mut(&value) {
            None if self.facet == "type" => self
                .counts
                .iter_mut()
                .find(|(known, _)| (self.same)(known, &value))
                .map(|(_, count)| count),
            known => known,
        };
        match known {
            Some(known) => *known += count,
            None => {
                self.counts.insert(value, count);
            }
        }
    }

    fn told(mut self) -> impl Iterator<Item = FacetCount> {
        self.end_run();
        let facet = self.facet;
        self.counts
            .into_iter()
            .map(move |(value, count)| FacetCount {
                facet: facet.to_owned(),
                value,
                count,
            })
    }
}

pub fn facets(conn: &Connection, query: &EquipmentQuery) -> Result<Vec<FacetCount>, Error> {
    let found = search::found(conn, "equipment", &query.text)?;
    let days = Days::of(conn, query)?;
    let mut tallies = [
        Tally::new("famille", &query.families),
        Tally::new("type", &query.kinds),
        Tally::new("salle", &query.rooms),
        Tally::new("financement", &query.funding),
        Tally::new("etat", &query.states),
        Tally::new("utilisateur", &query.user_lines),
    ];
    let mut watched = [0_u64; WATCHES.len()];
    let sql = format!(
        "SELECT seq, family, kind, coalesce(room_id, ''), funding, state, user_line, {} \
         FROM equipment INDEXED BY equipment_facets",
        watch::COLUMNS
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if !found.holds(row.get(0)?) {
            continue;
        }
        let mut values = [""; 6];
        for (column, value) in values.iter_mut().enumerate() {
            *value = row
                .get_ref(column + 1)?
                .as_str()
                .map_err(rusqlite::Error::from)?;
        }
        let [_, _, room, funding, state, _] = values;
        let looked_at = Watched::read(row, 7, state, funding, room)?;
        let unwatched = !query
            .watch
            .iter()
            .all(|watch| looked_at.holds(watch, &days));
        let mut refusing = tallies
            .iter()
            .zip(values)
            .enumerate()
            .filter(|(_, (tally, value))| !tally.accepts(value))
            .map(|(rank, _)| rank);
        match (refusing.next(), refusing.next()) {
            (None, _) => {
                for (count, watch) in watched.iter_mut().zip(WATCHES) {
                    *count += u64::from(looked_at.holds(watch, &days));
                }
                if !unwatched {
                    for (tally, value) in tallies.iter_mut().zip(values) {
                        tally.count(value);
                    }
                }
            }
            (Some(rank), None) if !unwatched => {
                if let (Some(tally), Some(value)) = (tallies.get_mut(rank), values.get(rank)) {
                    tally.count(value);
                }
            }
            _ => {}
        }
    }
    let columns = tallies.into_iter().flat_map(Tally::told);
    let watches = WATCHES
        .iter()
        .zip(watched)
        .map(|(watch, count)| FacetCount {
            facet: "surveillance".to_owned(),
            value: (*watch).to_owned(),
            count,
        });
    Ok(columns.chain(watches).collect())
}
