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

/// Changes every field but the dates of creation and change, which are the store's. Says whether anything changed.
pub fn update(tx: &Transaction<'_>, contact: &Contact, now_ms: i64) -> Result<bool, Error> {
    let old = get(tx, &contact.id)?.ok_or_else(|| Error::not_found("contact", &contact.id))?;
    let same = Contact {
        created_at_ms: old.created_at_ms,
        updated_at_ms: old.updated_at_ms,
        ..contact.clone()
    };
    if same == old {
        return Ok(false);
    }
    journal::keep(tx, now_ms, "contact", &old.id, "modification")?;
    let new = Contact {
        updated_at_ms: now_ms,
        ..same
    };
    new.upsert_row(tx)?;
    index(tx, &new)?;
    Ok(true)
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
            &contact.services,
        ],
    )
}
