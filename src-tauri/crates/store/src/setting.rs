//! Small settings, text by key. What a key means belongs to the application; secrets do not belong here.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::Error;

pub fn get(conn: &Connection, key: &str) -> Result<Option<String>, Error> {
    Ok(conn
        .prepare_cached("SELECT value FROM setting WHERE key = ?")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

pub fn set(tx: &Transaction<'_>, key: &str, value: &str) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO setting (key, value) VALUES (?, ?) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([key, value])?;
    Ok(())
}

pub fn all(conn: &Connection) -> Result<BTreeMap<String, String>, Error> {
    let rows = conn
        .prepare_cached("SELECT key, value FROM setting")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}
