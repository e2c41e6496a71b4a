//! Thousands of machines at once, as a first import brings them.
//!
//! The rows are the same as one by one, under the same batch. Left out on purpose: deciding what comes in.

use std::collections::hash_map::{Entry, HashMap};

use rusqlite::{Connection, Transaction};

use super::{Equipment, place, words};
use crate::{Error, search};

/// From here on, indexes are made again instead of being kept up row by row.
const MANY: usize = 1_000;

/// Adds the rows under a batch, whose undo takes them away. When they are many and outnumber what is there, the
/// indexes are put away and made again in the same transaction: sorting all the rows once costs less than finding the
/// place of each in every index.
pub fn insert_all_in(tx: &Transaction<'_>, rows: &[&Equipment], batch: &str) -> Result<(), Error> {
    let indexes = match rows.len() >= MANY && rows.len() >= count(tx)? {
        true => indexes(tx)?,
        false => Vec::new(),
    };
    for (name, _) in &indexes {
        tx.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    // A room is read once, however many machines stand in it.
    let mut places = HashMap::new();
    for row in rows {
        row.insert_row_in(tx, batch)?;
        let seq = tx.last_insert_rowid();
        let (code, name) = match places.entry(&row.room_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(place(tx, row)?),
        };
        search::index_new(tx, "equipment", seq, &words(row, code, name))?;
    }
    for (_, made) in &indexes {
        tx.execute_batch(made)?;
    }
    Ok(())
}

fn count(conn: &Connection) -> Result<usize, Error> {
    Ok(conn.query_row("SELECT count(*) FROM equipment", [], |row| row.get(0))?)
}

/// Those the schema names, with what makes them; a rule that no two rows may share is never put away.
fn indexes(conn: &Connection) -> Result<Vec<(String, String)>, Error> {
    let mut query = conn.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'equipment' AND sql NOT LIKE '%UNIQUE%'",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
