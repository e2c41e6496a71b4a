//! The platforms the collège talks to: how each is reached, what its form takes, how far it was read.
//!
//! There is always a first one. A destination that is removed keeps its row, because old exchanges name it; its mark
//! is of the way it was reached, and goes when that changes.
//!
//! Left out on purpose: secrets (the OS keyring has them) and what the settings mean (each adapter reads its own).

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::{Error, record::record};

record! {
    pub struct Destination in "destination" key id {
        pub id: String,
        /// In what order they are shown.
        pub position: i64,
        pub name: String,
        /// "remedy", "mail", "glpi" or "manuel".
        pub kind: String,
        /// A JSON object, without any secret.
        pub settings: String,
        /// JSON: lengths and values, as the platform said them.
        pub form: Option<String>,
        /// Where the next pull goes on; the adapter alone reads it.
        pub pull_mark: Option<String>,
        pub pulled_at_ms: Option<i64>,
        pub removed_at_ms: Option<i64>,
    }
}

/// The first destination, which every database has.
pub const PRINCIPAL: &str = "principale";

/// Those that are in use, in their order.
pub fn all(conn: &Connection) -> Result<Vec<Destination>, Error> {
    let sql = format!(
        "{} WHERE removed_at_ms IS NULL ORDER BY position, seq",
        Destination::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([], Destination::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Also one that was removed.
pub fn get(conn: &Connection, id: &str) -> Result<Option<Destination>, Error> {
    let sql = format!("{} WHERE id = ?", Destination::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Destination::from_row)
        .optional()?)
}

/// Adds it, or changes its place, name, kind and settings; one that was removed is there again. Reached in another
/// way it is read from the beginning, and asked for its form again.
pub fn put(tx: &Transaction<'_>, destination: &Destination) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO destination (id, position, name, kind, settings) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, \
         form = CASE WHEN kind = excluded.kind AND settings = excluded.settings THEN form END, \
         pull_mark = CASE WHEN kind = excluded.kind AND settings = excluded.settings THEN pull_mark END, \
         pulled_at_ms = CASE WHEN kind = excluded.kind AND settings = excluded.settings THEN pulled_at_ms END, \
         kind = excluded.kind, settings = excluded.settings, removed_at_ms = NULL",
    )?
    .execute(params![
        destination.id,
        destination.position,
        destination.name,
        destination.kind,
        destination.settings,
    ])?;
    Ok(())
}

/// Takes it out of use. `false`, and nothing done, for the first one and while something waits to be told there.
pub fn remove(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Result<bool, Error> {
    get(tx, id)?.ok_or_else(|| Error::not_found("destination", id))?;
    let removed = tx
        .prepare_cached(
            "UPDATE destination SET removed_at_ms = ifnull(removed_at_ms, ?2) WHERE id = ?1 AND id <> ?3 \
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE destination_id = ?1 \
             AND state IN ('pret', 'envoi', 'refuse', 'incertain'))",
        )?
        .execute(params![id, now_ms, PRINCIPAL])?;
    Ok(removed > 0)
}

pub fn set_form(tx: &Transaction<'_>, id: &str, form: &str) -> Result<(), Error> {
    changed(
        id,
        tx.prepare_cached("UPDATE destination SET form = ? WHERE id = ?")?
            .execute([form, id])?,
    )
}

/// How far it was read, in the transaction that keeps what was read.
pub fn set_mark(tx: &Transaction<'_>, id: &str, mark: &str, now_ms: i64) -> Result<(), Error> {
    changed(
        id,
        tx.prepare_cached("UPDATE destination SET pull_mark = ?, pulled_at_ms = ? WHERE id = ?")?
            .execute(params![mark, now_ms, id])?,
    )
}

fn changed(id: &str, rows: usize) -> Result<(), Error> {
    match rows {
        0 => Err(Error::not_found("destination", id)),
        _ => Ok(()),
    }
}
