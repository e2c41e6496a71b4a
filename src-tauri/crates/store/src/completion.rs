//! What was read on the signed copy of the convention, for the cells that a pack does not know.
//!
//! A cell says one thing, by index. Each change is made under a batch, whose undo gives the former word back. Left out
//! on purpose: whether the pack knows the cell by now, and who may complete it, which are the application's to say.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{Error, journal, record::record};

record! {
    pub struct Completion in "completion" key id {
        pub id: String,
        /// The pack by its own name, whatever its version.
        pub pack_id: String,
        pub service: String,
        /// `None`: the cell does not depend on it.
        pub perimeter: Option<String>,
        pub activity: String,
        pub party: String,
        /// Who read it, in words.
        pub by_name: String,
        /// YYYY-MM-DD.
        pub on_date: String,
        pub page: String,
        pub created_at_ms: i64,
    }
}

/// In the order of their cells.
pub fn list(conn: &Connection, pack_id: &str) -> Result<Vec<Completion>, Error> {
    let sql = format!(
        "{} WHERE pack_id = ? ORDER BY service, activity, ifnull(perimeter, '')",
        Completion::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([pack_id], Completion::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Completion>, Error> {
    let sql = format!("{} WHERE id = ?", Completion::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Completion::from_row)
        .optional()?)
}

/// What is said of a cell.
pub fn of_cell(
    conn: &Connection,
    pack_id: &str,
    service: &str,
    perimeter: Option<&str>,
    activity: &str,
) -> Result<Option<Completion>, Error> {
    let sql = format!(
        "{} WHERE pack_id = ? AND service = ? AND activity = ? AND ifnull(perimeter, '') = ?",
        Completion::select()
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(
            [pack_id, service, activity, perimeter.unwrap_or_default()],
            Completion::from_row,
        )
        .optional()?)
}

/// Says this of the cell from now on, in place of what was said, which keeps its id and its first date. Says whether
/// anything changed.
pub fn set(
    tx: &Transaction<'_>,
    completion: &Completion,
    now_ms: i64,
    batch: &str,
) -> Result<bool, Error> {
    let Some(old) = of_cell(
        tx,
        &completion.pack_id,
        &completion.service,
        completion.perimeter.as_deref(),
        &completion.activity,
    )?
    else {
        completion.insert_row_in(tx, batch)?;
        return Ok(true);
    };
    let new = Completion {
        id: old.id.clone(),
        created_at_ms: old.created_at_ms,
        ..completion.clone()
    };
    if new == old {
        return Ok(false);
    }
    journal::keep(
        tx,
        now_ms,
        "completion",
        &old.id,
        "modification",
        Some(batch),
    )?;
    new.change_row(&old, &old.id, tx)?;
    Ok(true)
}

/// Says nothing of the cell any more; the journal keeps what was said.
pub fn remove(tx: &Transaction<'_>, id: &str, now_ms: i64, batch: &str) -> Result<(), Error> {
    get(tx, id)?.ok_or_else(|| Error::not_found("completion", id))?;
    journal::keep(tx, now_ms, "completion", id, "suppression", Some(batch))?;
    tx.prepare_cached("DELETE FROM completion WHERE id = ?")?
        .execute([id])?;
    Ok(())
}
