//! The one profile: which collège, who sits in front, how the platform is reached. No secret lives here.

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
        /// "remedy" or "manuel".
        pub platform_kind: String,
        pub platform_url: String,
        pub platform_login: String,
        /// The platform's field that carries our reference.
        pub reference_field: String,
        pub created_at_ms: i64,
    }
}

/// The field of a standard Remedy that nobody else fills.
pub const REFERENCE_FIELD: &str = "Vendor Ticket Number";

/// `None` before the first start is finished.
pub fn get(conn: &Connection) -> Result<Option<Profile>, Error> {
    let sql = format!("{} WHERE singleton = 1", Profile::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([], Profile::from_row)
        .optional()?)
}

/// Replaces the profile. An empty role, platform or reference field takes its usual value.
pub fn set(tx: &Transaction<'_>, profile: &Profile) -> Result<(), Error> {
    let usual = |value: &str, usual: &str| if value.is_empty() { usual } else { value }.to_owned();
    let profile = Profile {
        role: usual(&profile.role, "correspondant"),
        platform_kind: usual(&profile.platform_kind, "manuel"),
        reference_field: usual(&profile.reference_field, REFERENCE_FIELD),
        ..profile.clone()
    };
    tx.execute("DELETE FROM profile", [])?;
    profile.insert_row(tx)?;
    Ok(())
}
