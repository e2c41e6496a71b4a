//! The register: what the collège has, where it stands, who paid, until when it is under warranty.
//!
//! A change keeps the old row in the journal and does nothing when nothing changed. A piece of equipment that
//! a ticket, a loan, a document or a stock check speaks of is never deleted: their history outlives the machine.

mod many;
mod marks;
mod query;

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{Error, journal, record::record, search};
pub use many::insert_all_in;
pub use marks::{Mark, by_mark, by_serial, with_mark};
pub use query::{EquipmentQuery, FacetCount, facets, ids, page};

record! {
    pub struct Equipment in "equipment" key id {
        pub id: String,
        /// A typologie of annexe 3, or a free type.
        pub kind: String,
        pub family: String,
        pub brand: String,
        pub model: String,
        pub serial: String,
        pub inventory_number: String,
        pub host_name: String,
        pub ip: String,
        pub mac: String,
        pub room_id: Option<String>,
        /// A line of annexe 2 bis.
        pub user_line: String,
        /// "departement", "etat" or "fonds-propres".
        pub funding: String,
        pub bought_on: Option<String>,
        pub price_cents: Option<i64>,
        pub order_ref: String,
        pub invoice_ref: String,
        pub warranty_on: Option<String>,
        pub warranty_kind: String,
        pub validated: bool,
        /// "en-service", "en-panne", "en-reserve", "prete", "en-reparation", "reforme".
        pub state: String,
        pub notes: String,
        /// The own-funds purchase it came with.
        pub purchase_id: Option<String>,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
    }
}

/// Written off: kept for its history, out of every watch list.
pub const WRITTEN_OFF: &str = "reforme";

/// What became of a piece of equipment one asked to delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    Deleted,
    /// A ticket, a loan, a document or a stock check speaks of it: it is only marked as written off.
    WrittenOff,
}

/// The words a typed line may name a piece of equipment by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EquipmentWords {
    pub id: String,
    pub family: String,
    /// The code of its room.
    pub room: Option<String>,
    /// Kind, brand, model, serial, inventory number, host name, room code, room name, user; never empty ones.
    pub words: Vec<String>,
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Equipment>, Error> {
    let sql = format!("{} WHERE id = ?", Equipment::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Equipment::from_row)
        .optional()?)
}

/// In the order asked; one that is no longer there is left out.
pub fn by_ids(conn: &Connection, ids: &[String]) -> Result<Vec<Equipment>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(get(conn, id)?);
    }
    Ok(found)
}

/// What came with a purchase, in the order it was registered.
pub(crate) fn of_purchase(conn: &Connection, purchase_id: &str) -> Result<Vec<Equipment>, Error> {
    let sql = format!("{} WHERE purchase_id = ? ORDER BY seq", Equipment::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([purchase_id], Equipment::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Every type in use.
pub fn kinds(conn: &Connection) -> Result<Vec<String>, Error> {
    let rows = conn
        .prepare_cached("SELECT DISTINCT kind FROM equipment ORDER BY kind")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn insert(tx: &Transaction<'_>, equipment: &Equipment) -> Result<(), Error> {
    equipment.insert_row(tx)?;
    index_new(tx, tx.last_insert_rowid(), equipment)
}

/// Adds the row under a batch, whose undo takes it away.
pub fn insert_in(tx: &Transaction<'_>, equipment: &Equipment, batch: &str) -> Result<(), Error> {
    equipment.insert_row_in(tx, batch)?;
    index_new(tx, tx.last_insert_rowid(), equipment)
}

/// Changes every field but the dates of creation and change, which are the store's. Says whether anything changed.
pub fn update(tx: &Transaction<'_>, equipment: &Equipment, now_ms: i64) -> Result<bool, Error> {
    change(tx, equipment, now_ms, "modification", None)
}

/// The same, under a batch and with the word the history shows.
pub fn update_in(
    tx: &Transaction<'_>,
    equipment: &Equipment,
    now_ms: i64,
    act: &str,
    batch: &str,
) -> Result<bool, Error> {
    change(tx, equipment, now_ms, act, Some(batch))
}

fn change(
    tx: &Transaction<'_>,
    equipment: &Equipment,
    now_ms: i64,
    act: &str,
    batch: Option<&str>,
) -> Result<bool, Error> {
    let old =
        get(tx, &equipment.id)?.ok_or_else(|| Error::not_found("equipment", &equipment.id))?;
    let same = Equipment {
        created_at_ms: old.created_at_ms,
        updated_at_ms: old.updated_at_ms,
        ..equipment.clone()
    };
    if same == old {
        return Ok(false);
    }
    journal::keep(tx, now_ms, "equipment", &old.id, act, batch)?;
    let new = Equipment {
        updated_at_ms: now_ms,
        ..same
    };
    new.change_row(&old, &old.id, tx)?;
    // The state, a price or a warranty are no words: most bulk edits leave the index alone.
    if new.room_id != old.room_id || words(&new, "", "") != words(&old, "", "") {
        index(tx, &new)?;
    }
    Ok(true)
}

/// Deletes the row, keeping it in the journal; writes it off instead when something speaks of it.
pub fn delete(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Result<Removal, Error> {
    let old = get(tx, id)?.ok_or_else(|| Error::not_found("equipment", id))?;
    let spoken_of: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM ticket WHERE equipment_id = ?1) \
             OR EXISTS (SELECT 1 FROM ticket_machine WHERE equipment_id = ?1) \
             OR EXISTS (SELECT 1 FROM loan WHERE equipment_id = ?1) \
             OR EXISTS (SELECT 1 FROM document WHERE equipment_id = ?1) \
             OR EXISTS (SELECT 1 FROM sighting WHERE equipment_id = ?1)",
        )?
        .query_row([id], |row| row.get(0))?;
    if spoken_of {
        let written_off = Equipment {
            state: WRITTEN_OFF.to_owned(),
            ..old
        };
        update(tx, &written_off, now_ms)?;
        return Ok(Removal::WrittenOff);
    }
    journal::keep(tx, now_ms, "equipment", id, "suppression", None)?;
    search::forget(tx, "equipment", id)?;
    tx.prepare_cached("DELETE FROM equipment WHERE id = ?")?
        .execute([id])?;
    Ok(Removal::Deleted)
}

/// The whole register as words, for the guide's typed line; what is written off can no longer break down.
pub fn all_words(conn: &Connection) -> Result<Vec<EquipmentWords>, Error> {
    let rows = conn
        .prepare_cached(
            "SELECT e.id, e.kind, e.brand, e.model, e.serial, e.inventory_number, e.host_name, \
             coalesce(r.code, ''), coalesce(r.name, ''), e.user_line, e.family, r.code \
             FROM equipment e LEFT JOIN room r ON r.id = e.room_id WHERE e.state <> 'reforme' ORDER BY e.seq",
        )?
        .query_map([], |row| {
            let mut words = Vec::new();
            for column in 1..10 {
                let word: String = row.get(column)?;
                if !word.is_empty() {
                    words.push(word);
                }
            }
            Ok(EquipmentWords {
                id: row.get(0)?,
                family: row.get(10)?,
                room: row.get(11)?,
                words,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// How many pieces of equipment are in each state.
pub fn by_state(conn: &Connection) -> Result<Vec<(String, u64)>, Error> {
    let rows = conn
        .prepare_cached("SELECT state, count(*) FROM equipment GROUP BY state ORDER BY state")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// How many warranties end from one day to another, both included.
pub fn warranties_ending(conn: &Connection, from: &str, to: &str) -> Result<u64, Error> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM equipment WHERE warranty_on BETWEEN ? AND ? AND state <> 'reforme'",
        )?
        .query_row([from, to], |row| row.get(0))?)
}

/// A room's code and name are words of what stands in it.
pub(crate) fn index_room(tx: &Transaction<'_>, room_id: &str) -> Result<(), Error> {
    let sql = format!("{} WHERE room_id = ?", Equipment::select());
    let inside = tx
        .prepare_cached(&sql)?
        .query_map([room_id], Equipment::from_row)?
        .collect::<Result<Vec<_>, _>>()?;
    inside.iter().try_for_each(|equipment| index(tx, equipment))
}

/// Every row, once their words are forgotten.
pub(crate) fn index_all(tx: &Transaction<'_>) -> Result<(), Error> {
    let sql = format!(
        "SELECT {}, seq FROM equipment ORDER BY seq",
        Equipment::FIELDS.join(", ")
    );
    let mut query = tx.prepare(&sql)?;
    let rows = query.query_map([], |row| Ok((row.get("seq")?, Equipment::from_row(row)?)))?;
    for row in rows {
        let (seq, equipment) = row?;
        index_new(tx, seq, &equipment)?;
    }
    Ok(())
}

pub(crate) fn index_id(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    get(tx, id)?.map_or(Ok(()), |equipment| index(tx, &equipment))
}

fn index(tx: &Transaction<'_>, equipment: &Equipment) -> Result<(), Error> {
    let (code, name) = place(tx, equipment)?;
    let words = words(equipment, &code, &name);
    search::index(tx, "equipment", &equipment.id, &words)
}

fn index_new(tx: &Transaction<'_>, seq: i64, equipment: &Equipment) -> Result<(), Error> {
    let (code, name) = place(tx, equipment)?;
    search::index_new(tx, "equipment", seq, &words(equipment, &code, &name))
}

/// The code and the name of its room.
fn place(tx: &Transaction<'_>, equipment: &Equipment) -> Result<(String, String), Error> {
    Ok(tx
        .prepare_cached("SELECT code, name FROM room WHERE id = ?")?
        .query_row([&equipment.room_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or_default())
}

fn words<'a>(equipment: &'a Equipment, code: &'a str, name: &'a str) -> [&'a str; 14] {
    [
        &equipment.kind,
        &equipment.brand,
        &equipment.model,
        &equipment.serial,
        &equipment.inventory_number,
        &equipment.host_name,
        &equipment.ip,
        &equipment.mac,
        code,
        name,
        &equipment.user_line,
        &equipment.order_ref,
        &equipment.invoice_ref,
        &equipment.notes,
    ]
}
