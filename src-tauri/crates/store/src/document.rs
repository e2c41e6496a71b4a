//! Files kept with a piece of equipment, a purchase or a loan: photo, quote, invoice, signed form.
//!
//! A list never reads the contents, and a file does not change: another version is another document. Exactly one
//! thing owns it.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use crate::{Error, key::hex, record::record};

record! {
    pub struct Document in "document" key id {
        pub id: String,
        pub equipment_id: Option<String>,
        pub purchase_id: Option<String>,
        pub loan_id: Option<String>,
        /// "photo", "devis", "validation", "commande", "facture", "bon-de-livraison", "formulaire-signe", "autre".
        pub kind: String,
        pub name: String,
        pub media_type: String,
        /// In bytes; the store fills it in.
        pub size: i64,
        /// Hexadecimal; the store fills it in.
        pub sha256: String,
        pub created_at_ms: i64,
    }
}

/// Adds the file and gives back its description with size and hash.
pub fn add(tx: &Transaction<'_>, meta: &Document, content: &[u8]) -> Result<Document, Error> {
    let meta = Document {
        size: i64::try_from(content.len()).unwrap_or(i64::MAX),
        sha256: hex(&Sha256::digest(content)),
        ..meta.clone()
    };
    meta.insert_row(tx)?;
    tx.prepare_cached("UPDATE document SET content = ? WHERE id = ?")?
        .execute(params![content, meta.id])?;
    Ok(meta)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Document>, Error> {
    let sql = format!("{} WHERE id = ?", Document::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Document::from_row)
        .optional()?)
}

pub fn content(conn: &Connection, id: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(conn
        .prepare_cached("SELECT content FROM document WHERE id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub fn of_equipment(conn: &Connection, equipment_id: &str) -> Result<Vec<Document>, Error> {
    list(conn, "equipment_id", equipment_id)
}

pub fn of_purchase(conn: &Connection, purchase_id: &str) -> Result<Vec<Document>, Error> {
    list(conn, "purchase_id", purchase_id)
}

pub fn of_loan(conn: &Connection, loan_id: &str) -> Result<Vec<Document>, Error> {
    list(conn, "loan_id", loan_id)
}

/// Deletes the file for good; a step of a purchase that showed it stays, without it.
pub fn remove(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    match tx
        .prepare_cached("DELETE FROM document WHERE id = ?")?
        .execute([id])?
    {
        0 => Err(Error::not_found("document", id)),
        _ => Ok(()),
    }
}

fn list(conn: &Connection, owner: &str, id: &str) -> Result<Vec<Document>, Error> {
    let sql = format!("{} WHERE {owner} = ? ORDER BY seq", Document::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([id], Document::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}
