//! Drafts: every answer as typed, so that a crash or « Finir plus tard » loses nothing.
//!
//! A discarded draft can be restored until it is purged. A draft keeps the pack it began with.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::{Error, record::record, search};

record! {
    pub struct Draft in "draft" key id {
        pub id: String,
        pub pack_version: String,
        /// The pack it began with.
        pub pack: Option<String>,
        pub title: String,
        /// The line typed to start.
        pub started: String,
        /// JSON, as given to the guide.
        pub answers: String,
        pub equipment_id: Option<String>,
        pub room_id: Option<String>,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
        pub discarded_at_ms: Option<i64>,
    }
}

pub fn upsert(tx: &Transaction<'_>, draft: &Draft) -> Result<(), Error> {
    draft.upsert_row(tx)?;
    index(tx, &draft.id)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Draft>, Error> {
    let sql = format!("{} WHERE id = ?", Draft::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Draft::from_row)
        .optional()?)
}

/// Those not discarded, the last one worked on first.
pub fn list(conn: &Connection) -> Result<Vec<Draft>, Error> {
    let sql = format!(
        "{} WHERE discarded_at_ms IS NULL ORDER BY updated_at_ms DESC, seq DESC",
        Draft::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([], Draft::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn discard(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Result<(), Error> {
    set_discarded(tx, id, Some(now_ms))
}

pub fn restore(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    set_discarded(tx, id, None)
}

/// Deletes for good a draft that became a dossier; refused while something is joined to it and not moved
/// ([`crate::attachment::move_to_ticket`]).
pub fn remove(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    search::forget(tx, "draft", id)?;
    tx.prepare_cached("DELETE FROM draft WHERE id = ?")?
        .execute([id])?;
    Ok(())
}

/// Deletes for good the drafts discarded before that time, with what was joined to them; gives their number.
pub fn purge_discarded(tx: &Transaction<'_>, before_ms: i64) -> Result<usize, Error> {
    tx.prepare_cached(
        "DELETE FROM attachment WHERE draft_id IN (SELECT id FROM draft WHERE discarded_at_ms < ?)",
    )?
    .execute([before_ms])?;
    Ok(tx
        .prepare_cached("DELETE FROM draft WHERE discarded_at_ms < ?")?
        .execute([before_ms])?)
}

fn set_discarded(tx: &Transaction<'_>, id: &str, at_ms: Option<i64>) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE draft SET discarded_at_ms = ? WHERE id = ?")?
        .execute(params![at_ms, id])?;
    if changed == 0 {
        return Err(Error::not_found("draft", id));
    }
    index(tx, id)
}

/// Every row, once their words are forgotten.
pub(crate) fn index_all(tx: &Transaction<'_>) -> Result<(), Error> {
    let mut query = tx.prepare("SELECT id FROM draft")?;
    let ids = query.query_map([], |row| row.get::<_, String>(0))?;
    for id in ids {
        index(tx, &id?)?;
    }
    Ok(())
}

/// A discarded draft is not found by searching; a restored one is again.
fn index(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    let Some(draft) = get(tx, id)? else {
        return Ok(());
    };
    if draft.discarded_at_ms.is_some() {
        return search::forget(tx, "draft", id);
    }
    let answers: String = tx
        .prepare_cached(
            "SELECT coalesce(group_concat(atom, char(10)), '') FROM json_tree(?) WHERE type = 'text'",
        )?
        .query_row([&draft.answers], |row| row.get(0))?;
    search::index(tx, "draft", id, &[&draft.title, &draft.started, &answers])
}
