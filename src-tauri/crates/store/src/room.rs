//! Rooms, known to people by their code (`B1.12`, `CDI`), which is unique whatever its case.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{Error, equipment, journal, record::record};

record! {
    pub struct Room in "room" key id {
        pub id: String,
        pub code: String,
        pub name: String,
        pub building: String,
        pub floor: String,
        pub usage: String,
    }
}

/// Every room by code, with the number of pieces of equipment in it (those written off are not counted).
pub fn list(conn: &Connection) -> Result<Vec<(Room, u64)>, Error> {
    let sql = format!(
        "SELECT {}, (SELECT count(*) FROM equipment e WHERE e.room_id = room.id AND e.state <> 'reforme') AS pieces \
         FROM room ORDER BY code",
        Room::FIELDS.join(", ")
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([], |row| Ok((Room::from_row(row)?, row.get("pieces")?)))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Room>, Error> {
    let sql = format!("{} WHERE id = ?", Room::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Room::from_row)
        .optional()?)
}

pub fn by_code(conn: &Connection, code: &str) -> Result<Option<Room>, Error> {
    let sql = format!("{} WHERE code = ?", Room::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([code], Room::from_row)
        .optional()?)
}

pub fn insert(tx: &Transaction<'_>, room: &Room) -> Result<(), Error> {
    room.insert_row(tx)?;
    Ok(())
}

/// Adds the row under a batch, whose undo takes it away.
pub fn insert_in(tx: &Transaction<'_>, room: &Room, batch: &str) -> Result<(), Error> {
    room.insert_row_in(tx, batch)?;
    Ok(())
}

/// Keeps the old row in the journal; its equipment is then found by the new words. Says whether anything changed.
pub fn update(tx: &Transaction<'_>, room: &Room, now_ms: i64) -> Result<bool, Error> {
    change(tx, room, now_ms, "modification", None)
}

/// The same, under a batch and with the word the history shows.
pub fn update_in(
    tx: &Transaction<'_>,
    room: &Room,
    now_ms: i64,
    act: &str,
    batch: &str,
) -> Result<bool, Error> {
    change(tx, room, now_ms, act, Some(batch))
}

fn change(
    tx: &Transaction<'_>,
    room: &Room,
    now_ms: i64,
    act: &str,
    batch: Option<&str>,
) -> Result<bool, Error> {
    let old = get(tx, &room.id)?.ok_or_else(|| Error::not_found("room", &room.id))?;
    if *room == old {
        return Ok(false);
    }
    journal::keep(tx, now_ms, "room", &old.id, act, batch)?;
    upsert(tx, room)?;
    Ok(true)
}

/// Adds the room, or changes the one with this id without a trace in the journal: for what no undo may follow.
pub fn upsert(tx: &Transaction<'_>, room: &Room) -> Result<(), Error> {
    let before = get(tx, &room.id)?;
    room.upsert_row(tx)?;
    if before
        .is_some_and(|before| (before.code, before.name) != (room.code.clone(), room.name.clone()))
    {
        equipment::index_room(tx, &room.id)?;
    }
    Ok(())
}
