//! People and desks to call: who, for what, when. Professional data only; a departed person stays listed apart.

use rusqlite::{Connection, OptionalExtension, Transaction, params_from_iter};

use crate::{Error, filter::Filter, journal, record::record, search};

record! {
    pub struct Contact in "contact" key id {
        pub id: String,
        pub first_name: String,
        pub last_name: String,
        pub role: String,
        pub organisation: String,
        pub title: String,
        pub phone: String,
        pub email: String,
        pub hours: String,
        pub call_for: String,
        /// Number of the contract or of the customer, asked for when one calls.
        pub contract: String,
        /// Service ids, separated by spaces.
        pub services: String,
        pub arrived_on: Option<String>,
        pub left_on: Option<String>,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
    }
}

/// By name; those who left only when asked for.
pub fn list(conn: &Connection, text: &str, include_departed: bool) -> Result<Vec<Contact>, Error> {
    let mut filter = Filter::default();
    filter.matching("contact", text);
    if !include_departed {
        filter.and("left_on IS NULL", []);
    }
    let sql = format!(
        "{}{} ORDER BY last_name, first_name, seq",
        Contact::select(),
        filter.sql()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map(params_from_iter(filter.arguments()), Contact::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Contact>, Error> {
    let sql = format!("{} WHERE id = ?", Contact::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Contact::from_row)
        .optional()?)
}

pub fn insert(tx: &Transaction<'_>, contact: &Contact) -> Result<(), Error> {
    contact.insert_row(tx)?;
    index(tx, contact)
}

/// Adds the row under a batch, whose undo takes it away.
pub fn insert_in(tx: &Transaction<'_>, contact: &Contact, batch: &str) -> Result<(), Error> {
    contact.insert_row_in(tx, batch)?;
    index(tx, contact)
}

/// Changes every field but the dates of creation and change, which are the store's. Says whether anything changed.
pub fn update(tx: &Transaction<'_>, contact: &Contact, now_ms: i64) -> Result<bool, Error> {
    change(tx, contact, now_ms, "modification", None)
}

/// The same, under a batch and with the word the history shows.
pub fn update_in(
    tx: &Transaction<'_>,
    contact: &Contact,
    now_ms: i64,
    act: &str,
    batch: &str,
) -> Result<bool, Error> {
    change(tx, contact, now_ms, act, Some(batch))
}

fn change(
    tx: &Transaction<'_>,
    contact: &Contact,
    now_ms: i64,
    act: &str,
    batch: Option<&str>,
) -> Result<bool, Error> {
    let old = get(tx, &contact.id)?.ok_or_else(|| Error::not_found("contact", &contact.id))?;
    let same = Contact {
        created_at_ms: old.created_at_ms,
        updated_at_ms: old.updated_at_ms,
        ..contact.clone()
    };
    if same == old {
        return Ok(false);
    }
    journal::keep(tx, now_ms, "contact", &old.id, act, batch)?;
    let new = Contact {
        updated_at_ms: now_ms,
        ..same
    };
    new.change_row(&old, &old.id, tx)?;
    index(tx, &new)?;
    Ok(true)
}

/// Deletes the row, keeping it in the journal. What was lent to this person still bears the name.
pub fn delete(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Result<(), Error> {
    get(tx, id)?.ok_or_else(|| Error::not_found("contact", id))?;
    journal::keep(tx, now_ms, "contact", id, "suppression", None)?;
    search::forget(tx, "contact", id)?;
    tx.prepare_cached("DELETE FROM contact WHERE id = ?")?
        .execute([id])?;
    Ok(())
}

/// Every row, once their words are forgotten.
pub(crate) fn index_all(tx: &Transaction<'_>) -> Result<(), Error> {
    let mut query = tx.prepare(&Contact::select())?;
    let rows = query.query_map([], Contact::from_row)?;
    for row in rows {
        index(tx, &row?)?;
    }
    Ok(())
}

pub(crate) fn index_id(tx: &Transaction<'_>, id: &str) -> Result<(), Error> {
    get(tx, id)?.map_or(Ok(()), |contact| index(tx, &contact))
}

fn index(tx: &Transaction<'_>, contact: &Contact) -> Result<(), Error> {
    search::index(
        tx,
        "contact",
        &contact.id,
        &[
            &contact.first_name,
            &contact.last_name,
            &contact.role,
            &contact.organisation,
            &contact.title,
            &contact.phone,
            // Numbers are written with or without spaces.
            &contact.phone.replace([' ', '.', '\u{a0}', '\u{202f}'], ""),
            &contact.email,
            &contact.call_for,
            &contact.contract,
            &contact.services,
        ],
    )
}
