//! The timeline of a ticket: append-only, by trigger and by the absence of any other function.
//!
//! What comes from the platform carries its remote id and is added once, however often it is pulled.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{Error, record::record, ticket};

record! {
    pub struct TicketEvent in "event" key id {
        pub id: String,
        pub ticket_id: String,
        pub at_ms: i64,
        /// "moi", "plateforme", "departement"…
        pub author: String,
        /// "creation", "note", "statut", "resolution", "envoi" or "appel".
        pub kind: String,
        pub text: String,
        /// The platform's own name of it, after its destination's: `principale/WLG000000042`.
        pub remote_id: Option<String>,
        /// Where it was said, or told.
        pub destination_id: Option<String>,
        /// The mail it was read in.
        pub mail_id: Option<String>,
    }
}

/// Adds the event and moves the ticket to its date. `false` when its remote id is already there. An event
/// without an id is named after its ticket and its rank, which nothing can change.
pub fn add(tx: &Transaction<'_>, event: &TicketEvent) -> Result<bool, Error> {
    if let Some(remote_id) = &event.remote_id {
        let known: bool = tx
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM event WHERE ticket_id = ? AND remote_id = ?)",
            )?
            .query_row([&event.ticket_id, remote_id], |row| row.get(0))?;
        if known {
            return Ok(false);
        }
    }
    let mut event = event.clone();
    if event.id.is_empty() {
        let rank: i64 = tx
            .prepare_cached("SELECT count(*) FROM event WHERE ticket_id = ?")?
            .query_row([&event.ticket_id], |row| row.get(0))?;
        event.id = format!("{}-{rank}", event.ticket_id);
    }
    event.insert_row(tx)?;
    ticket::touch(tx, &event.ticket_id, event.at_ms)?;
    ticket::index(tx, &event.ticket_id)?;
    Ok(true)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<TicketEvent>, Error> {
    let sql = format!("{} WHERE id = ?", TicketEvent::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], TicketEvent::from_row)
        .optional()?)
}

/// The latest word of a dossier.
pub fn last(conn: &Connection, ticket_id: &str) -> Result<Option<TicketEvent>, Error> {
    let sql = format!(
        "{} WHERE ticket_id = ? ORDER BY at_ms DESC, seq DESC LIMIT 1",
        TicketEvent::select()
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([ticket_id], TicketEvent::from_row)
        .optional()?)
}

/// Oldest first.
pub fn list(conn: &Connection, ticket_id: &str) -> Result<Vec<TicketEvent>, Error> {
    let sql = format!(
        "{} WHERE ticket_id = ? ORDER BY at_ms, seq",
        TicketEvent::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([ticket_id], TicketEvent::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}
