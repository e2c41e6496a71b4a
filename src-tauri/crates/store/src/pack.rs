//! Packs as they were installed, or as a draft began with them: whole, and never changed.
//!
//! A pack is known by the digest of its files, so the same content is one row here and on any other computer. What is
//! in the files is the convention's to read. Nothing deletes a pack: a dossier may be asked about years later. Left out
//! on purpose: which one is in force, which is a setting.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use crate::{Error, key::hex, record::record};

record! {
    pub struct Pack in "pack" key id {
        /// [`digest`] of its files; [`keep`] fills it in.
        pub id: String,
        /// As the pack names itself, whatever its version.
        pub pack_id: String,
        pub version: String,
        pub name: String,
        pub departement: String,
        /// Who signed it, as the person named the key.
        pub signer: Option<String>,
        pub installed_at_ms: i64,
    }
}

/// What a pack with these files is known by: the SHA-256 of each name and each text, so bounded that none runs into
/// the next.
pub fn digest(files: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for part in files.iter().flat_map(|(name, text)| [name, text]) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// Keeps the pack and gives its id. Content that is there already stays as it came, but for a signature learnt since.
pub fn keep(
    tx: &Transaction<'_>,
    pack: &Pack,
    files: &BTreeMap<String, String>,
) -> Result<String, Error> {
    let id = digest(files);
    let files = serde_json::to_string(files).map_err(|_| Error::Damaged)?;
    tx.prepare_cached(
        "INSERT INTO pack (id, pack_id, version, name, departement, signer, installed_at_ms, files) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET signer = ifnull(excluded.signer, signer)",
    )?
    .execute(params![
        id,
        pack.pack_id,
        pack.version,
        pack.name,
        pack.departement,
        pack.signer,
        pack.installed_at_ms,
        files
    ])?;
    Ok(id)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Pack>, Error> {
    let sql = format!("{} WHERE id = ?", Pack::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Pack::from_row)
        .optional()?)
}

/// The last to come first.
pub fn list(conn: &Connection) -> Result<Vec<Pack>, Error> {
    let sql = format!("{} ORDER BY seq DESC", Pack::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([], Pack::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Its files, by name.
pub fn files(conn: &Connection, id: &str) -> Result<Option<BTreeMap<String, String>>, Error> {
    conn.prepare_cached("SELECT files FROM pack WHERE id = ?")?
        .query_row([id], |row| row.get::<_, String>(0))
        .optional()?
        .map(|files| serde_json::from_str(&files).map_err(|_| Error::Damaged))
        .transpose()
}

/// How many drafts began with it and are not discarded.
pub fn used_by_drafts(conn: &Connection, id: &str) -> Result<u64, Error> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM draft WHERE pack = ? AND discarded_at_ms IS NULL")?
        .query_row([id], |row| row.get(0))?)
}

/// Keeps a pack of another database, under the same id.
pub fn bring(tx: &Transaction<'_>, from: &Connection, id: &str) -> Result<(), Error> {
    if get(tx, id)?.is_none() {
        let missing = || Error::not_found("pack", id);
        let pack = get(from, id)?.ok_or_else(missing)?;
        keep(tx, &pack, &files(from, id)?.ok_or_else(missing)?)?;
    }
    Ok(())
}
