//! Rooms, known to people by their code (`B1.12`, `CDI`), which is unique whatever its case.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{Error, equipment, record::record};

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

/// Adds the room, or changes the one with this id; its equipment is then found by the new words.
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
