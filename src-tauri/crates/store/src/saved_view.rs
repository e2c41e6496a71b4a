//! Views of a list a person gave a name to. What the query says belongs to the screen that saved it.

use rusqlite::{Connection, Transaction};

use crate::{Error, record::record};

record! {
    pub struct SavedView in "saved_view" key id {
        pub id: String,
        /// The list it belongs to: "equipements".
        pub place: String,
        /// One of a kind in its place, whatever the case.
        pub name: String,
        /// JSON.
        pub query: String,
        pub created_at_ms: i64,
    }
}

/// By name.
pub fn list(conn: &Connection, place: &str) -> Result<Vec<SavedView>, Error> {
    let sql = format!("{} WHERE place = ? ORDER BY name", SavedView::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([place], SavedView::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn upsert(tx: &Transaction<'_>, view: &SavedView) -> Result<(), Error> {
    view.upsert_row(tx)?;
    Ok(())
}

pub fn remove(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    match tx
        .prepare_cached("DELETE FROM saved_view WHERE id = ?")?
        .execute([id])?
    {
        0 => Err(Error::not_found("saved_view", id)),
        _ => Ok(()),
    }
}
