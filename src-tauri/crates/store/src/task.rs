//! What the person does himself in a dossier, step by step, each ticked when it is done.

use rusqlite::{Connection, Transaction, params};

use crate::{Error, new_id, record::record};

record! {
    pub struct Task in "task" key id {
        pub id: String,
        pub ticket_id: String,
        /// Counted from 1.
        pub place: i64,
        pub text: String,
        pub done_at_ms: Option<i64>,
    }
}

/// Adds the steps after those that are there, in order.
pub fn add(
    tx: &Transaction<'_>,
    ticket_id: &str,
    texts: &[String],
    now_ms: i64,
    rng: &mut (impl rand::Rng + ?Sized),
) -> Result<(), Error> {
    let last: i64 = tx
        .prepare_cached("SELECT coalesce(max(place), 0) FROM task WHERE ticket_id = ?")?
        .query_row([ticket_id], |row| row.get(0))?;
    for (place, text) in (last + 1..).zip(texts) {
        let task = Task {
            id: new_id(now_ms, rng),
            ticket_id: ticket_id.to_owned(),
            place,
            text: text.clone(),
            done_at_ms: None,
        };
        task.insert_row(tx)?;
    }
    Ok(())
}

/// In order.
pub fn of_ticket(conn: &Connection, ticket_id: &str) -> Result<Vec<Task>, Error> {
    let sql = format!("{} WHERE ticket_id = ? ORDER BY place, seq", Task::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([ticket_id], Task::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Ticks it, or takes the tick back.
pub fn set_done(tx: &Transaction<'_>, id: &str, done_at_ms: Option<i64>) -> Result<(), Error> {
    match tx
        .prepare_cached("UPDATE task SET done_at_ms = ? WHERE id = ?")?
        .execute(params![done_at_ms, id])?
    {
        0 => Err(Error::not_found("task", id)),
        _ => Ok(()),
    }
}

/// A step as another computer knows it: added when it is not here, and done once it is done on one of the two.
pub fn bring(tx: &Transaction<'_>, task: &Task) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO task (id, ticket_id, place, text, done_at_ms) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET done_at_ms = ifnull(done_at_ms, excluded.done_at_ms)",
    )?
    .execute(params![
        task.id,
        task.ticket_id,
        task.place,
        task.text,
        task.done_at_ms
    ])?;
    Ok(())
}
