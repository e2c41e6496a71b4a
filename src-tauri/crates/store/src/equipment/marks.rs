//! A piece of equipment by what is written on it, whatever the case; an empty mark is nobody's.

use rusqlite::{Connection, OptionalExtension};

use super::Equipment;
use crate::Error;

/// What names a machine: two machines may bear the same one by mistake, and it is for a person to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Serial,
    Inventory,
    Host,
}

/// Everything that bears this mark, the oldest first.
pub fn with_mark(conn: &Connection, mark: Mark, value: &str) -> Result<Vec<Equipment>, Error> {
    if value.is_empty() {
        return Ok(Vec::new());
    }
    let column = match mark {
        Mark::Serial => "serial",
        Mark::Inventory => "inventory_number",
        Mark::Host => "host_name",
    };
    let sql = format!("{} WHERE {column} = ? ORDER BY seq", Equipment::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([value], Equipment::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The first with this id, serial, inventory number or host name.
pub fn by_mark(conn: &Connection, mark: &str) -> Result<Option<Equipment>, Error> {
    marked(
        conn,
        "id = ?1 OR serial = ?1 OR inventory_number = ?1 OR host_name = ?1",
        mark,
    )
}

/// The one with this serial number.
pub fn by_serial(conn: &Connection, serial: &str) -> Result<Option<Equipment>, Error> {
    marked(conn, "serial = ?1", serial)
}

fn marked(conn: &Connection, condition: &str, mark: &str) -> Result<Option<Equipment>, Error> {
    if mark.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "{} WHERE {condition} ORDER BY seq LIMIT 1",
        Equipment::select()
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([mark], Equipment::from_row)
        .optional()?)
}
