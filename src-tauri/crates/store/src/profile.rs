//! The one profile: which collège, and who sits in front. How platforms are reached is [`crate::destination`]'s.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{Error, record::record};

record! {
    pub struct Profile in "profile" key singleton {
        pub college: String,
        pub commune: String,
        pub cite_scolaire: bool,
        /// `None`: not settled yet.
        pub region_maintains: Option<bool>,
        /// "correspondant" or "gestionnaire".
        pub role: String,
        pub first_name: String,
        pub last_name: String,
        pub phone: String,
        pub email: String,
        pub created_at_ms: i64,
    }
}

/// `None` before the first start is finished.
pub fn get(conn: &Connection) -> Result<Option<Profile>, Error> {
    let sql = format!("{} WHERE singleton = 1", Profile::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([], Profile::from_row)
        .optional()?)
}

/// Replaces the profile. An empty role takes its usual value.
pub fn set(tx: &Transaction<'_>, profile: &Profile) -> Result<(), Error> {
    let mut profile = profile.clone();
    if profile.role.is_empty() {
        "correspondant".clone_into(&mut profile.role);
    }
    tx.execute("DELETE FROM profile", [])?;
    profile.insert_row(tx)?;
    Ok(())
}
