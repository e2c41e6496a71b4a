//! Files joined to a ticket or to a draft, inside the encrypted database, with the hash they are sent under.
//!
//! A list never reads the contents. Once on a ticket an attachment does not change.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use crate::{Error, key::hex, record::record};

record! {
    pub struct Attachment in "attachment" key id {
        pub id: String,
        /// Exactly one of the two owners is there.
        pub ticket_id: Option<String>,
        pub draft_id: Option<String>,
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
pub fn add(tx: &Transaction<'_>, meta: &Attachment, content: &[u8]) -> Result<Attachment, Error> {
    let meta = Attachment {
        size: i64::try_from(content.len()).unwrap_or(i64::MAX),
        sha256: hex(&Sha256::digest(content)),
        ..meta.clone()
    };
    meta.insert_row(tx)?;
    tx.prepare_cached("UPDATE attachment SET content = ? WHERE id = ?")?
        .execute(params![content, meta.id])?;
    Ok(meta)
}

pub fn of_ticket(conn: &Connection, ticket_id: &str) -> Result<Vec<Attachment>, Error> {
    list(conn, "ticket_id", ticket_id)
}

pub fn of_draft(conn: &Connection, draft_id: &str) -> Result<Vec<Attachment>, Error> {
    list(conn, "draft_id", draft_id)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Attachment>, Error> {
    let sql = format!("{} WHERE id = ?", Attachment::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Attachment::from_row)
        .optional()?)
}

pub fn content(conn: &Connection, id: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(conn
        .prepare_cached("SELECT content FROM attachment WHERE id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// The draft has become a ticket: what was joined to it follows.
pub fn move_to_ticket(tx: &Transaction<'_>, draft_id: &str, ticket_id: &str) -> Result<(), Error> {
    tx.prepare_cached("UPDATE attachment SET ticket_id = ?, draft_id = NULL WHERE draft_id = ?")?
        .execute([ticket_id, draft_id])?;
    Ok(())
}

/// The ticket was taken back before anything left: what was joined to it goes on with the draft.
pub fn move_to_draft(tx: &Transaction<'_>, ticket_id: &str, draft_id: &str) -> Result<(), Error> {
    tx.prepare_cached("UPDATE attachment SET draft_id = ?, ticket_id = NULL WHERE ticket_id = ?")?
        .execute([draft_id, ticket_id])?;
    Ok(())
}

/// Takes a file off a draft; one that is on a ticket is not found, and stays.
pub fn remove(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    match tx
        .prepare_cached("DELETE FROM attachment WHERE id = ? AND draft_id IS NOT NULL")?
        .execute([id])?
    {
        0 => Err(Error::not_found("attachment", id)),
        _ => Ok(()),
    }
}

fn list(conn: &Connection, owner: &str, id: &str) -> Result<Vec<Attachment>, Error> {
    let sql = format!("{} WHERE {owner} = ? ORDER BY seq", Attachment::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([id], Attachment::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}
