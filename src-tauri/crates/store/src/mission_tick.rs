//! The points of a mission sheet that were done, each school year anew.

use std::collections::BTreeMap;

use rusqlite::{Connection, Transaction};

use crate::Error;

/// The points done in that year, each with its day (YYYY-MM-DD).
pub fn of_year(conn: &Connection, year: &str) -> Result<BTreeMap<String, String>, Error> {
    let rows = conn
        .prepare_cached("SELECT point, done_on FROM mission_tick WHERE year = ?")?
        .query_map([year], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Done on that day, or not done after all. A point done already keeps its day.
pub fn set(
    tx: &Transaction<'_>,
    point: &str,
    year: &str,
    done_on: Option<&str>,
) -> Result<(), Error> {
    match done_on {
        Some(day) => tx
            .prepare_cached(
                "INSERT INTO mission_tick (point, year, done_on) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute([point, year, day])?,
        None => tx
            .prepare_cached("DELETE FROM mission_tick WHERE point = ? AND year = ?")?
            .execute([point, year])?,
    };
    Ok(())
}
