//! Purchases on the collège's own funds (II, article 2): what is bought, and how far its validation has come.
//!
//! A purchase stands where its last step put it; the steps are its history, each with its day and its proof. Which
//! step may follow which is the application's to say: people write down what happened, in the order they learn it.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::{
    Error,
    equipment::{self, Equipment},
    journal,
    record::record,
};

record! {
    pub struct Purchase in "purchase" key id {
        pub id: String,
        pub title: String,
        pub kind: String,
        pub quantity: i64,
        pub supplier: String,
        pub amount_cents: Option<i64>,
        /// Why the catalogue does not serve.
        pub reason: String,
        /// A line of annexe 2 bis.
        pub user_line: String,
        /// "projet", "validation-demandee", "validee", "refusee", "commandee", "recue", "enregistree", "maintenue"
        /// or "abandonnee".
        pub state: String,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
    }
}

record! {
    pub struct PurchaseStep in "purchase_step" key id {
        pub id: String,
        pub purchase_id: String,
        /// A state of the purchase.
        pub state: String,
        /// YYYY-MM-DD, as the person says it happened.
        pub on_date: String,
        pub note: String,
        /// The dossier that asked for it.
        pub ticket_id: Option<String>,
        /// The paper that proves it.
        pub document_id: Option<String>,
        pub created_at_ms: i64,
    }
}

/// Where a purchase without any step stands.
const FIRST: &str = "projet";

/// What moved last first; `open_only` leaves out those maintained, refused or given up.
pub fn list(conn: &Connection, open_only: bool) -> Result<Vec<Purchase>, Error> {
    let condition = if open_only { " WHERE live = 1" } else { "" };
    let sql = format!(
        "{}{condition} ORDER BY updated_at_ms DESC, seq DESC",
        Purchase::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([], Purchase::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Purchase>, Error> {
    let sql = format!("{} WHERE id = ?", Purchase::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Purchase::from_row)
        .optional()?)
}

pub fn insert(tx: &Transaction<'_>, purchase: &Purchase) -> Result<(), Error> {
    purchase.insert_row(tx)?;
    Ok(())
}

/// Changes what is said of the purchase. Its dates and its state are the store's: only a step changes the state.
/// Says whether anything changed.
pub fn update(tx: &Transaction<'_>, purchase: &Purchase, now_ms: i64) -> Result<bool, Error> {
    let old = get(tx, &purchase.id)?.ok_or_else(|| Error::not_found("purchase", &purchase.id))?;
    let same = Purchase {
        state: old.state.clone(),
        created_at_ms: old.created_at_ms,
        updated_at_ms: old.updated_at_ms,
        ..purchase.clone()
    };
    if same == old {
        return Ok(false);
    }
    journal::keep(tx, now_ms, "purchase", &old.id, "modification", None)?;
    let new = Purchase {
        updated_at_ms: now_ms,
        ..same
    };
    new.change_row(&old, &old.id, tx)?;
    Ok(true)
}

/// In the order they were written down.
pub fn steps(conn: &Connection, purchase_id: &str) -> Result<Vec<PurchaseStep>, Error> {
    let sql = format!(
        "{} WHERE purchase_id = ? ORDER BY seq",
        PurchaseStep::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([purchase_id], PurchaseStep::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Writes the step down, and the purchase stands there.
pub fn add_step(tx: &Transaction<'_>, step: &PurchaseStep) -> Result<(), Error> {
    stand(tx, &step.purchase_id, &step.state, step.created_at_ms)?;
    step.insert_row(tx)?;
    Ok(())
}

/// Takes back the last step, written by a slip, and gives it; the purchase stands where it stood before. A dossier
/// it sent and its document stay. Nothing when there is no step.
pub fn remove_last_step(
    tx: &Transaction<'_>,
    purchase_id: &str,
    now_ms: i64,
) -> Result<Option<PurchaseStep>, Error> {
    let mut steps = steps(tx, purchase_id)?;
    let Some(last) = steps.pop() else {
        return Ok(None);
    };
    tx.prepare_cached("DELETE FROM purchase_step WHERE id = ?")?
        .execute([&last.id])?;
    let state = steps.last().map_or(FIRST, |step| &step.state);
    stand(tx, purchase_id, state, now_ms)?;
    Ok(Some(last))
}

/// What came with it, in the order it was registered.
pub fn equipment_of(conn: &Connection, purchase_id: &str) -> Result<Vec<Equipment>, Error> {
    equipment::of_purchase(conn, purchase_id)
}

fn stand(tx: &Transaction<'_>, id: &str, state: &str, now_ms: i64) -> Result<(), Error> {
    match tx
        .prepare_cached(
            "UPDATE purchase SET state = ?, updated_at_ms = max(updated_at_ms, ?) WHERE id = ?",
        )?
        .execute(params![state, now_ms, id])?
    {
        0 => Err(Error::not_found("purchase", id)),
        _ => Ok(()),
    }
}
