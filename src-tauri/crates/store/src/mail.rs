//! The mails of the exchanges, as they came and went, and the dossier each belongs to.
//!
//! A message is kept once for each destination and direction, however often a mailbox is read. The thread of a dossier
//! is the `Message-ID`s of its mails. One that matches nothing is kept too, for a person to file.
//!
//! Left out on purpose: reading a mail (the platform crate does), and its words in a dossier's timeline (the events').

use rusqlite::{Connection, OptionalExtension, Params, Transaction, params};

use crate::{Error, record::record};

record! {
    pub struct Mail in "mail" key id {
        pub id: String,
        pub destination_id: String,
        /// `None`: to be filed.
        pub ticket_id: Option<String>,
        /// "entrant" or "sortant".
        pub direction: String,
        pub message_id: String,
        pub in_reply_to: Option<String>,
        pub subject: String,
        pub sender: String,
        pub at_ms: i64,
        /// "message", "accuse", "automatique" or "boucle".
        pub kind: String,
        /// When a person said that there is nothing to file.
        pub handled_at_ms: Option<i64>,
    }
}

/// Keeps it with its bytes. `false` when this message is there already, and then nothing changes.
pub fn add(tx: &Transaction<'_>, mail: &Mail, raw: &[u8]) -> Result<bool, Error> {
    let (destination, direction) = (&mail.destination_id, &mail.direction);
    if by_message(tx, destination, direction, &mail.message_id)?.is_some() {
        return Ok(false);
    }
    mail.insert_row(tx)?;
    tx.prepare_cached("UPDATE mail SET raw = ? WHERE id = ?")?
        .execute(params![raw, mail.id])?;
    Ok(true)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Mail>, Error> {
    one(conn, "id = ?", [id])
}

/// Byte for byte; empty when only its headers were read.
pub fn raw(conn: &Connection, id: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(conn
        .prepare_cached("SELECT raw FROM mail WHERE id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// The message of that name. What was sent may also come back as received.
pub fn by_message(
    conn: &Connection,
    destination_id: &str,
    direction: &str,
    message_id: &str,
) -> Result<Option<Mail>, Error> {
    one(
        conn,
        "destination_id = ? AND direction = ? AND message_id = ?",
        [destination_id, direction, message_id],
    )
}

/// Whose exchange the messages are of: the first that has one, nearest first as they are given.
pub fn ticket_of(
    conn: &Connection,
    destination_id: &str,
    message_ids: &[String],
) -> Result<Option<String>, Error> {
    let mut query = conn.prepare_cached(
        "SELECT ticket_id FROM mail WHERE destination_id = ? AND direction IN ('entrant', 'sortant') \
         AND message_id = ? AND ticket_id IS NOT NULL LIMIT 1",
    )?;
    for message_id in message_ids {
        let found = query.query_row([destination_id, message_id], |row| row.get(0));
        if let Some(ticket_id) = found.optional()? {
            return Ok(Some(ticket_id));
        }
    }
    Ok(None)
}

/// The `Message-ID`s of a dossier's exchange with a destination, oldest first.
pub fn thread(
    conn: &Connection,
    ticket_id: &str,
    destination_id: &str,
) -> Result<Vec<String>, Error> {
    let mut thread: Vec<String> = Vec::new();
    for mail in of_ticket(conn, ticket_id)? {
        if mail.destination_id == destination_id && !thread.contains(&mail.message_id) {
            thread.push(mail.message_id);
        }
    }
    Ok(thread)
}

/// Oldest first.
pub fn of_ticket(conn: &Connection, ticket_id: &str) -> Result<Vec<Mail>, Error> {
    list(conn, "ticket_id = ? ORDER BY at_ms, seq", [ticket_id])
}

/// Those that wait for a person to say whose they are, oldest first.
pub fn unfiled(conn: &Connection) -> Result<Vec<Mail>, Error> {
    list(
        conn,
        "ticket_id IS NULL AND handled_at_ms IS NULL ORDER BY at_ms, seq",
        [],
    )
}

/// It is of this dossier's exchange.
pub fn file(tx: &Transaction<'_>, id: &str, ticket_id: &str) -> Result<(), Error> {
    changed(
        id,
        tx.prepare_cached("UPDATE mail SET ticket_id = ? WHERE id = ?")?
            .execute([ticket_id, id])?,
    )
}

/// It is of no dossier, and need not be shown again.
pub fn handled(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Result<(), Error> {
    changed(
        id,
        tx.prepare_cached("UPDATE mail SET handled_at_ms = ifnull(handled_at_ms, ?) WHERE id = ?")?
            .execute(params![now_ms, id])?,
    )
}

fn changed(id: &str, rows: usize) -> Result<(), Error> {
    match rows {
        0 => Err(Error::not_found("mail", id)),
        _ => Ok(()),
    }
}

fn one(conn: &Connection, condition: &str, arguments: impl Params) -> Result<Option<Mail>, Error> {
    let sql = format!("{} WHERE {condition}", Mail::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(arguments, Mail::from_row)
        .optional()?)
}

fn list(conn: &Connection, rest: &str, arguments: impl Params) -> Result<Vec<Mail>, Error> {
    let sql = format!("{} WHERE {rest}", Mail::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map(arguments, Mail::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}
