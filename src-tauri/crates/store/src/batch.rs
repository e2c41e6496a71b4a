//! An act on many rows (an import, a bulk edit, a stock check, a merge) that can be undone in one go.
//!
//! The batch itself holds no row: a row says which batch made it, and each change made under a batch has its entry in
//! the journal. Undoing gives every row
//! back as it was before the batch, or says why it does not: a row changed since belongs to whoever changed it, and
//! a row something else speaks of is not taken away. A later batch that was itself undone on a row is no change.

use std::collections::BTreeMap;

use rusqlite::{
    Connection, OptionalExtension, Transaction, params, params_from_iter, types::Value,
};

use crate::{
    Error,
    journal::{self, Entry},
    record::record,
    search,
};

type Row = serde_json::Map<String, serde_json::Value>;

/// The act of the entries an undo writes.
const UNDONE: &str = "annulation";

record! {
    pub struct Batch in "batch" key id {
        pub id: String,
        /// "import-equipements", "import-contacts", "modification", "recolement" or "fusion".
        pub kind: String,
        /// As shown, in French: « Import de inventaire.csv ».
        pub label: String,
        pub at_ms: i64,
        pub undone_at_ms: Option<i64>,
    }
}

/// What became of the rows of an undone batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// As they were before.
    pub restored: u64,
    /// Made by the batch, and gone.
    pub removed: u64,
    pub kept: Vec<Kept>,
}

/// A row left as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub table_name: String,
    pub row_id: String,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Someone changed or deleted it after the batch.
    ChangedSince,
    /// Something made since speaks of it, or took its place (a room's code).
    Used,
}

/// The tables a batch may change. Equipment lets go of its room before the room goes.
const TABLES: [&str; 4] = ["equipment", "contact", "room", "completion"];

/// Opens the batch: its changes follow in the same transaction.
pub fn begin(tx: &Transaction<'_>, batch: &Batch) -> Result<(), Error> {
    batch.insert_row(tx)?;
    Ok(())
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Batch>, Error> {
    let sql = format!("{} WHERE id = ?", Batch::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Batch::from_row)
        .optional()?)
}

/// The newest first, undone ones too.
pub fn latest(conn: &Connection, limit: u64) -> Result<Vec<Batch>, Error> {
    let sql = format!("{} ORDER BY seq DESC LIMIT ?", Batch::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([limit], Batch::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// What the batch made and is still there (entries without a number of their own), what it changed, in order, then
/// what its undo changed back.
pub fn entries(conn: &Connection, id: &str) -> Result<Vec<Entry>, Error> {
    let made = TABLES.map(|table| {
        format!(
            "SELECT 0 AS id, batch.at_ms AS at_ms, '{table}' AS table_name, made.id AS row_id, 'creation' AS act, \
             '{{}}' AS old, batch.id AS batch_id FROM {table} made JOIN batch ON batch.id = made.batch_id \
             WHERE batch.id = ?1 UNION ALL "
        )
    });
    let sql = format!(
        "{}{} WHERE batch_id = ?1 ORDER BY id",
        made.concat(),
        Entry::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([id], Entry::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// How many rows each of the newest batches touched, as many as [`entries`] names; one that touches none is left out.
/// Counted in one pass, because what a batch made is found by reading the whole table.
pub fn sizes(conn: &Connection, latest: u64) -> Result<BTreeMap<String, u64>, Error> {
    let made = TABLES.map(|table| {
        format!("SELECT batch_id, '{table}', id FROM {table} WHERE batch_id IN shown UNION ")
    });
    let sql = format!(
        "WITH shown AS (SELECT id FROM batch ORDER BY seq DESC LIMIT ?) SELECT batch_id, count(*) FROM ({}\
         SELECT batch_id, table_name, row_id FROM journal WHERE batch_id IN shown) GROUP BY batch_id",
        made.concat()
    );
    let sizes = conn
        .prepare_cached(&sql)?
        .query_map([latest], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(sizes)
}

/// Every row as it was before the batch; a row changed since, or that something else now refers to, is kept and told.
pub fn undo(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Result<Undone, Error> {
    let batch = get(tx, id)?.ok_or_else(|| Error::not_found("batch", id))?;
    if batch.undone_at_ms.is_some() {
        return Err(Error::AlreadyUndone { id: id.to_owned() });
    }
    let mut undone = Undone::default();
    let mut keep = |table: &str, row_id: String, why| {
        undone.kept.push(Kept {
            table_name: table.to_owned(),
            row_id,
            why,
        });
    };
    for table in TABLES {
        // The words come after the rows, all at once: between two other statements, each would be written to the
        // index on its own.
        let mut as_before = Vec::new();
        for row in touched(tx, id, table)? {
            match restored(tx, table, &row, id, now_ms)? {
                Ok(()) => as_before.push(row.id),
                Err(why) => keep(table, row.id, why),
            }
        }
        undone.restored += as_before.len() as u64;
        for row_id in &as_before {
            search::index_row(tx, table, row_id)?;
        }
        let mut gone_by_now = Vec::new();
        for row in made(tx, id, table)? {
            match removed(tx, table, &row, id, now_ms)? {
                Ok(seq) => gone_by_now.push(seq),
                Err(why) => keep(table, row.id, why),
            }
        }
        undone.removed += gone_by_now.len() as u64;
        search::forget_rows(tx, table, &gone_by_now)?;
        for row_id in gone(tx, id, table)? {
            keep(table, row_id, Why::ChangedSince);
        }
    }
    tx.prepare_cached("UPDATE batch SET undone_at_ms = ? WHERE id = ?")?
        .execute(params![now_ms, id])?;
    Ok(undone)
}

/// A row of the batch: the entry that holds what it was before, and the last one the batch wrote; 0 for none.
struct Touched {
    id: String,
    first: i64,
    last: i64,
}

fn rows(tx: &Transaction<'_>, sql: &str, batch: &str, table: &str) -> Result<Vec<Touched>, Error> {
    let rows = tx
        .prepare_cached(sql)?
        .query_map([batch, table], |row| {
            Ok(Touched {
                id: row.get(0)?,
                first: row.get(1)?,
                last: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// What the batch changed and did not make.
fn touched(tx: &Transaction<'_>, batch: &str, table: &str) -> Result<Vec<Touched>, Error> {
    let sql = format!(
        "SELECT row_id, min(id), max(id) FROM journal WHERE batch_id = ?1 AND table_name = ?2 \
         AND NOT EXISTS (SELECT 1 FROM {table} made WHERE made.id = row_id AND made.batch_id = ?1) \
         GROUP BY row_id"
    );
    rows(tx, &sql, batch, table)
}

fn made(tx: &Transaction<'_>, batch: &str, table: &str) -> Result<Vec<Touched>, Error> {
    let sql = format!(
        "SELECT id, 0, ifnull((SELECT max(journal.id) FROM journal WHERE journal.batch_id = ?1 \
         AND table_name = ?2 AND row_id = made.id), 0) FROM {table} made WHERE batch_id = ?1"
    );
    rows(tx, &sql, batch, table)
}

/// What the batch made and someone deleted since for good, known by what the journal kept of it.
fn gone(tx: &Transaction<'_>, batch: &str, table: &str) -> Result<Vec<String>, Error> {
    let rows = tx
        .prepare_cached(
            "SELECT DISTINCT row_id FROM journal WHERE table_name = ?2 AND act = 'suppression' \
             AND json_extract(old, '$.batch_id') = ?1 AND NOT EXISTS (SELECT 1 FROM journal undone \
             WHERE undone.table_name = ?2 AND undone.row_id = journal.row_id AND undone.id > journal.id \
             AND undone.batch_id = journal.batch_id AND undone.act = ?3)",
        )?
        .query_map([batch, table, UNDONE], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

fn restored(
    tx: &Transaction<'_>,
    table: &'static str,
    row: &Touched,
    batch: &str,
    now_ms: i64,
) -> Result<Result<(), Why>, Error> {
    if changed_since(tx, table, row)? {
        return Ok(Err(Why::ChangedSince));
    }
    let before: String = tx
        .prepare_cached("SELECT old FROM journal WHERE id = ?")?
        .query_row([row.first], |row| row.get(0))?;
    let before: Row = serde_json::from_str(&before).map_err(|_| Error::Damaged)?;
    let now = journal::snapshot(tx, table, &row.id)?;
    match restore(tx, table, &row.id, &before, now.as_ref()) {
        Err(Error::Constraint(_)) => return Ok(Err(Why::Used)),
        restored => restored?,
    }
    let now = serde_json::Value::Object(now.unwrap_or_default()).to_string();
    journal::write(tx, now_ms, table, &row.id, UNDONE, &now, Some(batch))?;
    Ok(Ok(()))
}

/// Gives the rowid, by which its words are known.
fn removed(
    tx: &Transaction<'_>,
    table: &'static str,
    row: &Touched,
    batch: &str,
    now_ms: i64,
) -> Result<Result<i64, Why>, Error> {
    if changed_since(tx, table, row)? {
        return Ok(Err(Why::ChangedSince));
    }
    if used(tx, table, &row.id)? {
        return Ok(Err(Why::Used));
    }
    journal::keep(tx, now_ms, table, &row.id, UNDONE, Some(batch))?;
    let seq = tx
        .prepare_cached(&format!("DELETE FROM {table} WHERE id = ? RETURNING seq"))?
        .query_row([&row.id], |row| row.get(0))?;
    Ok(Ok(seq))
}

/// Whether anything after the batch's last entry still holds: an entry does, unless its own batch was undone on this row.
fn changed_since(tx: &Transaction<'_>, table: &str, row: &Touched) -> Result<bool, Error> {
    Ok(tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM journal later WHERE later.table_name = ?1 AND later.row_id = ?2 \
             AND later.id > ?3 AND NOT EXISTS (SELECT 1 FROM journal undone WHERE undone.table_name = ?1 \
             AND undone.row_id = ?2 AND undone.id >= later.id AND undone.batch_id = later.batch_id \
             AND undone.act = ?4))",
        )?
        .query_row(params![table, row.id, row.last, UNDONE], |row| row.get(0))?)
}

/// Whether something made since speaks of the row.
fn used(tx: &Transaction<'_>, table: &str, id: &str) -> Result<bool, Error> {
    let speaking: &[(&str, &str)] = match table {
        "equipment" => &[
            ("ticket", "equipment_id"),
            ("ticket_machine", "equipment_id"),
            ("draft", "equipment_id"),
            ("document", "equipment_id"),
            ("loan", "equipment_id"),
            ("sighting", "equipment_id"),
        ],
        "contact" => &[("loan", "contact_id")],
        "room" => &[
            ("equipment", "room_id"),
            ("ticket", "room_id"),
            ("draft", "room_id"),
            ("stock_check_room", "room_id"),
            ("sighting", "room_id"),
        ],
        // Nothing speaks of what was read: it is read again with each route.
        _ => return Ok(false),
    };
    let speaking: Vec<String> = speaking
        .iter()
        .map(|(table, column)| format!("EXISTS (SELECT 1 FROM {table} WHERE {column} = ?1)"))
        .collect();
    Ok(tx
        .prepare_cached(&format!("SELECT {}", speaking.join(" OR ")))?
        .query_row([id], |row| row.get(0))?)
}

/// Writes the old row over what stands now, where they differ, or back in its old place. A column the table no longer
/// has is left out, one that came since keeps what it holds.
fn restore(
    tx: &Transaction<'_>,
    table: &str,
    id: &str,
    before: &Row,
    now: Option<&Row>,
) -> Result<(), Error> {
    let columns: Vec<String> = tx
        .prepare_cached("SELECT name FROM pragma_table_info(?)")?
        .query_map([table], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let (names, mut values): (Vec<&str>, Vec<Value>) = columns
        .iter()
        .filter_map(|name| Some((name.as_str(), before.get(name)?)))
        .filter(|(name, value)| now.is_none_or(|now| now.get(*name) != Some(*value)))
        .map(|(name, value)| (name, sql(value)))
        .unzip();
    let sql = match now {
        Some(_) if names.is_empty() => return Ok(()),
        Some(_) => {
            values.push(Value::Text(id.to_owned()));
            let changes = names.join(" = ?, ");
            format!("UPDATE {table} SET {changes} = ? WHERE id = ?")
        }
        None => {
            let marks = vec!["?"; names.len()].join(", ");
            format!(
                "INSERT INTO {table} ({}) VALUES ({marks})",
                names.join(", ")
            )
        }
    };
    tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// The inverse of what the journal writes.
fn sql(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Number(number) => number.as_i64().map_or_else(
            || number.as_f64().map_or(Value::Null, Value::Real),
            Value::Integer,
        ),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        _ => Value::Null,
    }
}
