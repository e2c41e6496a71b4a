//! Stock checks (récolement): room by room, what was really seen, kept until it is applied in one act.
//!
//! A check is interrupted and resumed at will: each sighting is saved as it is made. A machine seen twice stands
//! where it was seen last. What a sighting means (present, moved, missing) is the application's to say, from the
//! register as it is when it is asked.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::{Error, record::record};

record! {
    pub struct StockCheck in "stock_check" key id {
        pub id: String,
        pub title: String,
        /// "en-cours", "applique" or "abandonne".
        pub state: String,
        /// The batch that applied it.
        pub batch_id: Option<String>,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
        pub applied_at_ms: Option<i64>,
    }
}

record! {
    pub struct Sighting in "sighting" key id {
        pub id: String,
        pub check_id: String,
        /// Where it was seen.
        pub room_id: String,
        /// Nothing when no machine of the register bears the mark.
        pub equipment_id: Option<String>,
        /// As scanned or typed.
        pub mark: String,
        pub at_ms: i64,
    }
}

/// A check over these rooms.
pub fn insert(tx: &Transaction<'_>, check: &StockCheck, rooms: &[String]) -> Result<(), Error> {
    check.insert_row(tx)?;
    for room in rooms {
        tx.prepare_cached(
            "INSERT INTO stock_check_room (check_id, room_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute([&check.id, room])?;
    }
    Ok(())
}

/// The rooms' ids, by code.
pub fn rooms(conn: &Connection, id: &str) -> Result<Vec<String>, Error> {
    let rows = conn
        .prepare_cached(
            "SELECT room.id FROM stock_check_room JOIN room ON room.id = room_id WHERE check_id = ? ORDER BY code",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The newest first.
pub fn list(conn: &Connection) -> Result<Vec<StockCheck>, Error> {
    let sql = format!("{} ORDER BY seq DESC", StockCheck::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([], StockCheck::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<StockCheck>, Error> {
    let sql = format!("{} WHERE id = ?", StockCheck::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], StockCheck::from_row)
        .optional()?)
}

/// Notes what was seen, in place of what the check already says of it: a machine is in one room, the last; an
/// unknown mark is noted once in a room.
pub fn see(tx: &Transaction<'_>, sighting: &Sighting) -> Result<(), Error> {
    match &sighting.equipment_id {
        Some(equipment) => tx
            .prepare_cached("DELETE FROM sighting WHERE check_id = ? AND equipment_id = ?")?
            .execute([&sighting.check_id, equipment])?,
        None => tx
            .prepare_cached(
                "DELETE FROM sighting WHERE check_id = ? AND room_id = ? AND mark = ? AND equipment_id IS NULL",
            )?
            .execute([&sighting.check_id, &sighting.room_id, &sighting.mark])?,
    };
    sighting.insert_row(tx)?;
    touch(tx, &sighting.check_id, sighting.at_ms)
}

/// Takes back a sighting made by mistake.
pub fn unsee(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    match tx
        .prepare_cached("DELETE FROM sighting WHERE id = ?")?
        .execute([id])?
    {
        0 => Err(Error::not_found("sighting", id)),
        _ => Ok(()),
    }
}

/// In the order they were made.
pub fn sightings(conn: &Connection, check_id: &str) -> Result<Vec<Sighting>, Error> {
    let sql = format!("{} WHERE check_id = ? ORDER BY seq", Sighting::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([check_id], Sighting::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Applied under this batch, given up, or open again once the batch was undone.
pub fn set_state(
    tx: &Transaction<'_>,
    id: &str,
    state: &str,
    batch_id: Option<&str>,
    now_ms: i64,
) -> Result<(), Error> {
    let applied = (state == "applique").then_some(now_ms);
    let changed = tx
        .prepare_cached(
            "UPDATE stock_check SET state = ?, batch_id = ?, applied_at_ms = ?, updated_at_ms = ? WHERE id = ?",
        )?
        .execute(params![state, batch_id, applied, now_ms, id])?;
    if changed == 0 {
        return Err(Error::not_found("stock_check", id));
    }
    Ok(())
}

fn touch(tx: &Transaction<'_>, id: &str, at_ms: i64) -> Result<(), Error> {
    tx.prepare_cached("UPDATE stock_check SET updated_at_ms = max(updated_at_ms, ?) WHERE id = ?")?
        .execute(params![at_ms, id])?;
    Ok(())
}
