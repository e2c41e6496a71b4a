//! The lists of dossiers: the page with its filters, the home page's two lists, what is like what.
//!
//! A dossier is open until it is closed or cancelled: « résolu » still asks for an answer. Lists show what
//! moved last first, and every order is the order of an index.

use rusqlite::{Connection, Params, params, params_from_iter, types::Value};

use super::Ticket;
use crate::{
    Error, Page,
    filter::{Filter, text, window},
};

/// Empty lists, texts and `None` filter nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TicketQuery {
    pub text: String,
    /// "ouverts", "fermes", or anything else ("tous") for both.
    pub state: String,
    pub parties: Vec<String>,
    pub room_id: Option<String>,
    pub equipment_id: Option<String>,
    /// Open, and created before then.
    pub late_before_ms: Option<i64>,
    pub waiting_on_me: Option<bool>,
    pub offset: u64,
    pub limit: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: u64,
    /// Among the open ones, those where the next word is the user's.
    pub waiting: u64,
}

pub fn page(conn: &Connection, query: &TicketQuery) -> Result<Page<Ticket>, Error> {
    let filter = filter(query, &query.parties);
    let sql = format!("SELECT count(*) FROM ticket{}", filter.sql());
    let total = conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(filter.arguments()), |row| row.get(0))?;
    let rows = list(
        conn,
        &format!(
            "{} ORDER BY updated_at_ms DESC, seq DESC {}",
            filter.sql(),
            window(query.limit, query.offset),
        ),
        params_from_iter(filter.arguments()),
    )?;
    Ok(Page { total, rows })
}

/// How many dossiers each party has, with the other filters as they are.
pub fn parties(conn: &Connection, query: &TicketQuery) -> Result<Vec<(String, u64)>, Error> {
    let filter = filter(query, &[]);
    let sql = format!(
        "SELECT party, count(*) FROM ticket{} GROUP BY party ORDER BY party",
        filter.sql()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map(params_from_iter(filter.arguments()), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn counts(conn: &Connection) -> Result<Counts, Error> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*), coalesce(sum(waiting_on_me), 0) FROM ticket WHERE live = 1",
        )?
        .query_row([], |row| {
            Ok(Counts {
                open: row.get(0)?,
                waiting: row.get(1)?,
            })
        })?)
}

/// Open and waiting for the user, the one that has waited longest first.
pub fn open_waiting_on_me(conn: &Connection, limit: u64) -> Result<Vec<Ticket>, Error> {
    list(
        conn,
        " WHERE live = 1 AND waiting_on_me = 1 ORDER BY updated_at_ms, seq LIMIT ?",
        [limit],
    )
}

/// Open and with someone else, what moved last first.
pub fn open_with_others(conn: &Connection, limit: u64) -> Result<Vec<Ticket>, Error> {
    list(
        conn,
        " WHERE live = 1 AND waiting_on_me = 0 ORDER BY updated_at_ms DESC, seq DESC LIMIT ?",
        [limit],
    )
}

/// The ids of the dossiers that name a machine, alone or among several: a machine has few of them in its life, so they
/// are fetched and then sorted, whatever else is asked.
const OF_MACHINE: &str = "id IN (SELECT id FROM ticket WHERE equipment_id = ? \
     UNION ALL SELECT ticket_id FROM ticket_machine WHERE equipment_id = ?)";

/// The dossiers of a piece of equipment, open ones first.
pub fn by_equipment(
    conn: &Connection,
    equipment_id: &str,
    limit: u64,
) -> Result<Vec<Ticket>, Error> {
    list(
        conn,
        &format!(" WHERE {OF_MACHINE} ORDER BY live DESC, updated_at_ms DESC, seq DESC LIMIT ?"),
        params![equipment_id, equipment_id, limit],
    )
}

/// Open dossiers that may be the same thing: the same equipment, or the same service in the same room.
pub fn similar_open(
    conn: &Connection,
    room_id: Option<&str>,
    equipment_id: Option<&str>,
    service: &str,
) -> Result<Vec<Ticket>, Error> {
    list(
        conn,
        " WHERE +live = 1 AND (equipment_id = ?1 \
         OR id IN (SELECT ticket_id FROM ticket_machine WHERE equipment_id = ?1) \
         OR (room_id = ?2 AND live = 1 AND service = ?3)) \
         ORDER BY updated_at_ms DESC, seq DESC LIMIT 5",
        params![equipment_id, room_id, service],
    )
}

fn list(conn: &Connection, rest: &str, arguments: impl Params) -> Result<Vec<Ticket>, Error> {
    let sql = format!("{}{rest}", Ticket::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map(arguments, Ticket::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

fn filter(query: &TicketQuery, parties: &[String]) -> Filter {
    let mut filter = Filter::default();
    filter.matching("ticket", &query.text);
    // The `+` keeps SQLite from walking every dossier in the list's order to find the few of one machine.
    let plus = match &query.equipment_id {
        Some(equipment) => {
            filter.and(OF_MACHINE, [text(equipment), text(equipment)]);
            "+"
        }
        None => "",
    };
    match query.state.as_str() {
        "ouverts" => filter.and(&format!("{plus}live = 1"), []),
        "fermes" => filter.and(&format!("{plus}live = 0"), []),
        _ => {}
    }
    filter.one_of(&format!("{plus}party"), parties);
    if let Some(room) = &query.room_id {
        filter.and(&format!("{plus}room_id = ?"), [text(room)]);
    }
    if let Some(before) = query.late_before_ms {
        filter.and(
            &format!("{plus}live = 1 AND created_at_ms < ?"),
            [Value::Integer(before)],
        );
    }
    if let Some(waiting) = query.waiting_on_me {
        filter.and("waiting_on_me = ?", [Value::Integer(waiting.into())]);
    }
    filter
}
