//! Dossiers: local first, later with a platform number.
//!
//! What was asked (answers, summary, route) is written once; afterwards only the number, the state and whose
//! turn it is change, each by its own function. A ticket is never deleted here. A dossier that concerns several machines
//! is a dossier of each of them. Its number is the first destination's: [`counterpart`] writes it.

mod query;

use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, params};

use crate::{
    Error,
    counterpart::{self, Counterpart},
    destination::PRINCIPAL,
    equipment::Equipment,
    record::record,
    search,
};
pub use query::{
    Counts, TicketQuery, by_equipment, counts, open_waiting_on_me, open_with_others, page, parties,
    similar_open,
};

record! {
    pub struct Ticket in "ticket" key id {
        pub id: String,
        /// REL-XXXXXX, made when the dossier is ready to leave.
        pub reference: Option<String>,
        /// The number shown: that of the first destination which gave one.
        pub number: Option<String>,
        pub title: String,
        pub description: String,
        pub service: String,
        pub activity: String,
        pub nature: String,
        pub perimeter: Option<String>,
        pub party: String,
        pub basis: String,
        pub source: Option<String>,
        pub channel: String,
        pub impact: String,
        pub urgency: String,
        pub equipment_id: Option<String>,
        pub room_id: Option<String>,
        /// "ouvert", "resolu", "ferme" or "annule".
        pub state: String,
        pub platform_status: Option<String>,
        pub waiting_on_me: bool,
        pub pack_version: String,
        /// The pack it was asked under.
        pub pack: Option<String>,
        /// JSON, as given to the guide.
        pub answers: String,
        /// JSON, as read by the user before sending.
        pub summary: String,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
        pub closed_at_ms: Option<i64>,
        /// Where it was seen first: "relais" or "plateforme".
        pub origin: String,
    }
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Ticket>, Error> {
    one(conn, "id", id)
}

pub fn by_reference(conn: &Connection, reference: &str) -> Result<Option<Ticket>, Error> {
    one(conn, "reference", reference)
}

/// By the number shown, or else by the one that any destination gave.
pub fn by_number(conn: &Connection, number: &str) -> Result<Option<Ticket>, Error> {
    let shown = one(conn, "number", number)?;
    if shown.is_some() {
        return Ok(shown);
    }
    let elsewhere: Option<String> = conn
        .prepare_cached(
            "SELECT min(ticket_id) FROM counterpart \
             WHERE destination_id IN (SELECT id FROM destination) AND number = ?",
        )?
        .query_row([number], |row| row.get(0))?;
    elsewhere.map_or(Ok(None), |id| get(conn, &id))
}

fn one(conn: &Connection, column: &str, value: &str) -> Result<Option<Ticket>, Error> {
    let sql = format!("{} WHERE {column} = ?", Ticket::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([value], Ticket::from_row)
        .optional()?)
}

/// A number that comes with it is the first destination's. An empty origin takes its usual value.
pub fn insert(tx: &Transaction<'_>, ticket: &Ticket) -> Result<(), Error> {
    let mut ticket = ticket.clone();
    if ticket.origin.is_empty() {
        "relais".clone_into(&mut ticket.origin);
    }
    ticket.insert_row(tx)?;
    if ticket.number.is_none() {
        return index(tx, &ticket.id);
    }
    // This makes its words too.
    let counterpart = Counterpart {
        ticket_id: ticket.id,
        destination_id: PRINCIPAL.to_owned(),
        number: ticket.number,
        status: ticket.platform_status,
        ..Counterpart::default()
    };
    counterpart::put(tx, &counterpart).map(drop)
}

/// The state here and the platform's own word for it. Closing notes the time, opening again forgets it.
pub fn set_state(
    tx: &Transaction<'_>,
    id: &str,
    state: &str,
    platform_status: Option<&str>,
    now_ms: i64,
) -> Result<(), Error> {
    let closed = matches!(state, "ferme" | "annule").then_some(now_ms);
    change(
        tx,
        id,
        now_ms,
        "state = ?, platform_status = ?, closed_at_ms = ?",
        &[&state, &platform_status, &closed],
    )
}

/// Whether the next word is the user's.
pub fn set_waiting(
    tx: &Transaction<'_>,
    id: &str,
    waiting_on_me: bool,
    now_ms: i64,
) -> Result<(), Error> {
    change(tx, id, now_ms, "waiting_on_me = ?", &[&waiting_on_me])
}

/// Something happened: the dossier comes first in the lists.
pub fn touch(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Result<(), Error> {
    change(tx, id, now_ms, "id = id", &[])
}

fn change(
    tx: &Transaction<'_>,
    id: &str,
    now_ms: i64,
    changes: &str,
    values: &[&dyn ToSql],
) -> Result<(), Error> {
    // A clock that was set back does not make the dossier older than it was.
    let sql =
        format!("UPDATE ticket SET {changes}, updated_at_ms = max(updated_at_ms, ?) WHERE id = ?");
    let mut arguments = values.to_vec();
    arguments.push(&now_ms);
    arguments.push(&id);
    match tx.prepare_cached(&sql)?.execute(arguments.as_slice())? {
        0 => Err(Error::not_found("ticket", id)),
        _ => Ok(()),
    }
}

/// The machines of a dossier that concerns several, by host name; one alone is in the dossier itself.
pub fn machines(conn: &Connection, id: &str) -> Result<Vec<Equipment>, Error> {
    let sql = format!(
        "{} WHERE id IN (SELECT equipment_id FROM ticket_machine WHERE ticket_id = ?) \
         ORDER BY host_name, serial, seq",
        Equipment::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([id], Equipment::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Names the machines the dossier concerns beside the one in it; one that is named already stays.
pub fn add_machines(tx: &Transaction<'_>, id: &str, equipment_ids: &[String]) -> Result<(), Error> {
    for equipment_id in equipment_ids {
        tx.prepare_cached(
            "INSERT INTO ticket_machine (ticket_id, equipment_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute([id, equipment_id])?;
    }
    Ok(())
}

/// Every row, once their words are forgotten.
pub(crate) fn index_all(tx: &Transaction<'_>) -> Result<(), Error> {
    let mut query = tx.prepare("SELECT id FROM ticket")?;
    let ids = query.query_map([], |row| row.get::<_, String>(0))?;
    for id in ids {
        index(tx, &id?)?;
    }
    Ok(())
}

/// Also called when the timeline grows: what was said is found too, and its number on every destination.
pub(crate) fn index(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    let (title, description, reference, numbers, said): (String, String, String, String, String) = tx
        .prepare_cached(
            "SELECT title, description, coalesce(reference, ''), \
             concat_ws(' ', number, (SELECT group_concat(number, ' ') FROM counterpart WHERE ticket_id = ticket.id)), \
             coalesce((SELECT group_concat(text, char(10)) FROM event WHERE ticket_id = ticket.id), '') \
             FROM ticket WHERE id = ?",
        )?
        .query_row(params![id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
    search::index(
        tx,
        "ticket",
        id,
        &[&title, &description, &reference, &numbers, &said],
    )
}
