//! Which column of a file fed which field, remembered by the headings of the file: the next one is read at once.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::{Error, record::record};

record! {
    pub struct Mapping in "mapping" key signature {
        /// What recognises the headings.
        pub signature: String,
        /// "equipements" or "contacts".
        pub kind: String,
        /// JSON.
        pub mapping: String,
        pub used_at_ms: i64,
    }
}

pub fn get(conn: &Connection, kind: &str, signature: &str) -> Result<Option<Mapping>, Error> {
    let sql = format!("{} WHERE kind = ? AND signature = ?", Mapping::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([kind, signature], Mapping::from_row)
        .optional()?)
}

/// The last choice made for these headings is the one proposed.
pub fn keep(tx: &Transaction<'_>, mapping: &Mapping) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO mapping (kind, signature, mapping, used_at_ms) VALUES (?, ?, ?, ?) \
         ON CONFLICT (kind, signature) DO UPDATE SET mapping = excluded.mapping, used_at_ms = excluded.used_at_ms",
    )?
    .execute(params![
        mapping.kind,
        mapping.signature,
        mapping.mapping,
        mapping.used_at_ms
    ])?;
    Ok(())
}
