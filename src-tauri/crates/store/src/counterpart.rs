//! A dossier as one destination knows it: its number there, its state there.
//!
//! The number of the dossier itself is always the one shown first: the first destination's, or else the next one's.
//! Both, and the words they are found by, change in the same call.
//!
//! Left out on purpose: the messages of an exchange by mail ([`crate::mail`] has them), and what a state there does to
//! the dossier here (the outbox crate decides).

use rusqlite::{Connection, OptionalExtension, Params, Transaction};

use crate::{Error, record::record, ticket};

record! {
    pub struct Counterpart in "counterpart" key ticket_id {
        pub ticket_id: String,
        pub destination_id: String,
        /// `None` as long as the destination has not given one.
        pub number: Option<String>,
        /// The destination's own identity of it, where that is not its number.
        pub remote_id: Option<String>,
        /// The destination's own word.
        pub status: Option<String>,
        /// What the word means: "ouvert", "attend" (for us), "resolu", "ferme" or "annule".
        pub state: Option<String>,
        /// How the other side marks the subject of its mails.
        pub subject_tag: Option<String>,
        /// The destination may not know the dossier as this person's: the number was typed by hand, or came from another
        /// computer. It is asked for by its number.
        pub by_hand: bool,
        /// By the destination's clock.
        pub modified_ms: Option<i64>,
    }
}

pub fn get(
    conn: &Connection,
    ticket_id: &str,
    destination_id: &str,
) -> Result<Option<Counterpart>, Error> {
    one(
        conn,
        "ticket_id = ? AND destination_id = ?",
        [ticket_id, destination_id],
    )
}

/// In the order of the destinations.
pub fn of_ticket(conn: &Connection, ticket_id: &str) -> Result<Vec<Counterpart>, Error> {
    let sql = format!(
        "{} WHERE ticket_id = ? ORDER BY (SELECT position FROM destination WHERE id = destination_id), \
         destination_id",
        Counterpart::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([ticket_id], Counterpart::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The oldest dossier of that number there, should a person have typed it twice.
pub fn by_number(
    conn: &Connection,
    destination_id: &str,
    number: &str,
) -> Result<Option<Counterpart>, Error> {
    one(
        conn,
        "destination_id = ? AND number = ?",
        [destination_id, number],
    )
}

pub fn by_remote(
    conn: &Connection,
    destination_id: &str,
    remote_id: &str,
) -> Result<Option<Counterpart>, Error> {
    one(
        conn,
        "destination_id = ? AND remote_id = ?",
        [destination_id, remote_id],
    )
}

/// The numbers to ask for one by one, until they are closed there; here, where nothing is known of there.
pub fn followed(conn: &Connection, destination_id: &str) -> Result<Vec<String>, Error> {
    let rows = conn
        .prepare_cached(
            "SELECT DISTINCT number FROM counterpart WHERE destination_id = ? AND by_hand = 1 \
             AND number IS NOT NULL AND ifnull(state, (SELECT ticket.state FROM ticket WHERE ticket.id = ticket_id)) \
             NOT IN ('ferme', 'annule') ORDER BY number",
        )?
        .query_map([destination_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Writes every field. `false` when nothing differs from what is known.
pub fn put(tx: &Transaction<'_>, counterpart: &Counterpart) -> Result<bool, Error> {
    let known = get(tx, &counterpart.ticket_id, &counterpart.destination_id)?;
    if known.as_ref() == Some(counterpart) {
        return Ok(false);
    }
    tx.prepare_cached(
        "INSERT INTO counterpart (ticket_id, destination_id, number, remote_id, status, state, subject_tag, \
         by_hand, modified_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (ticket_id, destination_id) DO UPDATE SET number = excluded.number, \
         remote_id = excluded.remote_id, status = excluded.status, state = excluded.state, \
         subject_tag = excluded.subject_tag, by_hand = excluded.by_hand, modified_ms = excluded.modified_ms",
    )?
    .execute(&counterpart.values()[..])?;
    if known.and_then(|known| known.number) != counterpart.number {
        show_number(tx, &counterpart.ticket_id)?;
    }
    Ok(true)
}

/// The number that the destination gave, or that a person typed back. Another number is another dossier there: what
/// was known of the former one is forgotten.
pub fn set_number(
    tx: &Transaction<'_>,
    ticket_id: &str,
    destination_id: &str,
    number: &str,
    by_hand: bool,
    now_ms: i64,
) -> Result<(), Error> {
    let known = get(tx, ticket_id, destination_id)?
        .filter(|known| known.number.as_deref().is_none_or(|was| was == number));
    put(
        tx,
        &Counterpart {
            ticket_id: ticket_id.to_owned(),
            destination_id: destination_id.to_owned(),
            number: Some(number.to_owned()),
            by_hand,
            ..known.unwrap_or_default()
        },
    )?;
    ticket::touch(tx, ticket_id, now_ms)
}

/// The dossier bears the number of the first destination that gave one.
fn show_number(tx: &Transaction<'_>, ticket_id: &str) -> Result<(), Error> {
    tx.prepare_cached(
        "UPDATE ticket SET number = (SELECT number FROM counterpart \
         JOIN destination ON destination.id = destination_id \
         WHERE ticket_id = ?1 AND number IS NOT NULL ORDER BY position, seq LIMIT 1) WHERE id = ?1",
    )?
    .execute([ticket_id])?;
    ticket::index(tx, ticket_id)
}

fn one(
    conn: &Connection,
    condition: &str,
    arguments: impl Params,
) -> Result<Option<Counterpart>, Error> {
    let sql = format!(
        "{} WHERE {condition} ORDER BY ticket_id LIMIT 1",
        Counterpart::select()
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(arguments, Counterpart::from_row)
        .optional()?)
}
