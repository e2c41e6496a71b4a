//! Small settings, text by key. What a key means belongs to the application; secrets do not belong here.
//!
//! A key that begins with `machine.` speaks of this computer and its screen, and is not handed over to a successor.

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

pub fn remove(tx: &Transaction<'_>, key: &str) -> Result<(), Error> {
    tx.prepare_cached("DELETE FROM setting WHERE key = ?")?
        .execute([key])?;
    Ok(())
}

/// Whether the setting stays with the machine; `theme` is older than the rule.
pub fn is_local(key: &str) -> bool {
    key == "theme" || key.starts_with("machine.")
}

pub fn all(conn: &Connection) -> Result<BTreeMap<String, String>, Error> {
    let rows = conn
        .prepare_cached("SELECT key, value FROM setting")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}
