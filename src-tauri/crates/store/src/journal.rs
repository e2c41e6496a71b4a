//! What a row was before each change: the history shown to the user, and what an undo restores.
//!
//! An entry holds the whole row as it stood, as JSON by column name; comparing two neighbours gives the
//! change. What made a row is said by the row itself. Entries are only added.

use rusqlite::{Connection, Transaction, params, types::ValueRef};
use serde_json::{Map, Value};

use crate::{Error, record::record};

record! {
    pub struct Entry in "journal" key id {
        pub id: i64,
        pub at_ms: i64,
        pub table_name: String,
        pub row_id: String,
        /// "modification", "suppression", "annulation" or a word of the caller's ("import", "réforme"…).
        pub act: String,
        /// The old row as a JSON object; empty when there was none.
        pub old: String,
        /// The act on many rows this change is part of; for "annulation", the one that was undone.
        pub batch_id: Option<String>,
    }
}

pub fn add(
    tx: &Transaction<'_>,
    at_ms: i64,
    table_name: &str,
    row_id: &str,
    act: &str,
    old: &str,
) -> Result<(), Error> {
    write(tx, at_ms, table_name, row_id, act, old, None)
}

/// The entries of a row, newest first.
pub fn list(conn: &Connection, table_name: &str, row_id: &str) -> Result<Vec<Entry>, Error> {
    let sql = format!(
        "{} WHERE table_name = ? AND row_id = ? ORDER BY id DESC",
        Entry::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([table_name, row_id], Entry::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Adds the row as it stands now, before the caller changes it.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    at_ms: i64,
    table: &'static str,
    id: &str,
    act: &str,
    batch: Option<&str>,
) -> Result<(), Error> {
    let old = Value::Object(current(tx, table, id)?).to_string();
    write(tx, at_ms, table, id, act, &old, batch)
}

/// The row as it stands now; nothing when there is none.
pub(crate) fn snapshot(
    tx: &Transaction<'_>,
    table: &'static str,
    id: &str,
) -> Result<Option<Map<String, Value>>, Error> {
    match current(tx, table, id) {
        Ok(row) => Ok(Some(row)),
        Err(Error::Sqlite(rusqlite::Error::QueryReturnedNoRows)) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(crate) fn write(
    tx: &Transaction<'_>,
    at_ms: i64,
    table_name: &str,
    row_id: &str,
    act: &str,
    old: &str,
    batch: Option<&str>,
) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO journal (at_ms, table_name, row_id, act, old, batch_id) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![at_ms, table_name, row_id, act, old, batch])?;
    Ok(())
}

/// The row as it stands now, by column name: what the newest entry is compared with.
pub fn current(
    conn: &Connection,
    table: &'static str,
    id: &str,
) -> Result<Map<String, Value>, Error> {
    let sql = format!("SELECT * FROM {table} WHERE id = ?");
    let mut query = conn.prepare_cached(&sql)?;
    let names: Vec<String> = query.column_names().map(str::to_owned).collect();
    Ok(query.query_row([id], |row| {
        names
            .iter()
            .enumerate()
            .map(|(index, name)| Ok((name.clone(), json(row.get_ref(index)?))))
            .collect()
    })?)
}

fn json(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        // No journaled table has a blob; attachments are never changed.
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    }
}
