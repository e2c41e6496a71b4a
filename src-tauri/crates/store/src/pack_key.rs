//! The public keys whose packs a person trusts, under the name he gave each.

use rusqlite::{Connection, Transaction, params};

use crate::{Error, record::record};

record! {
    pub struct PackKey in "pack_key" key id {
        pub id: String,
        /// As its owner publishes it; no two rows have the same.
        pub public_key: String,
        pub label: String,
        pub trusted_at_ms: i64,
    }
}

/// The first trusted first.
pub fn list(conn: &Connection) -> Result<Vec<PackKey>, Error> {
    let sql = format!("{} ORDER BY seq", PackKey::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([], PackKey::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Trusts the key; one that is trusted already keeps its id and its day, and takes this name.
pub fn trust(tx: &Transaction<'_>, key: &PackKey) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO pack_key (id, public_key, label, trusted_at_ms) VALUES (?, ?, ?, ?) \
         ON CONFLICT (public_key) DO UPDATE SET label = excluded.label",
    )?
    .execute(params![
        key.id,
        key.public_key,
        key.label,
        key.trusted_at_ms
    ])?;
    Ok(())
}

/// Trusts it no more; what it signed stays.
pub fn forget(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    match tx
        .prepare_cached("DELETE FROM pack_key WHERE id = ?")?
        .execute([id])?
    {
        0 => Err(Error::not_found("pack_key", id)),
        _ => Ok(()),
    }
}
