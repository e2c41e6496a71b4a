//! What a draft rests on: the convention it began with, and what is in force by now.
//!
//! Invariant: a draft is always walked with the pack it keeps, so a new version never breaks one. A pack that this
//! program can no longer read gives way to the one in force, and the view says that another is in force. An answer that
//! the pack does not know is passed over, never thrown away.

use std::sync::Arc;

use convention::{Answers, Pack};
use store::{Connection, Transaction, draft::Draft};

use crate::{
    App, Error,
    pack::{self, Convention},
};

pub(crate) struct Ground {
    pub(crate) convention: Convention,
    /// The row of its pack, where the store keeps it.
    pub(crate) row: Option<String>,
    /// The version in force, when it is another.
    pub(crate) newer: Option<String>,
}

impl Ground {
    /// The convention in force, kept now: what a draft or a dossier begins with.
    pub(crate) fn kept_in_force(tx: &Transaction, app: &App) -> Result<Self, Error> {
        Ok(Self {
            row: Some(pack::keep_in_force(tx, app.now_ms())?),
            ..Self::in_force(tx)?
        })
    }

    pub(super) fn in_force(conn: &Connection) -> Result<Self, Error> {
        Ok(Self {
            convention: Convention::in_force(conn)?,
            row: None,
            newer: None,
        })
    }

    /// The pack built in, where no store is open.
    pub(super) fn bare(app: &App) -> Result<Self, Error> {
        Ok(Self {
            convention: Convention::bare(app.pack()?),
            row: None,
            newer: None,
        })
    }

    pub(super) fn of(conn: &Connection, draft: &Draft) -> Result<Self, Error> {
        let now = pack::in_force(conn)?;
        let (convention, gave_way) = pack::began_with(conn, draft.pack.as_deref())?;
        let other = gave_way || !Arc::ptr_eq(&convention.pack, &now);
        Ok(Self {
            row: match gave_way {
                true => pack::in_force_id(conn)?,
                false => draft.pack.clone(),
            },
            newer: other.then(|| now.manifest.version.clone()),
            convention,
        })
    }

    pub(crate) fn pack(&self) -> &Pack {
        &self.convention.pack
    }

    /// The answers that this pack knows. The others wait in the draft.
    pub(super) fn known(&self, answers: &Answers) -> Answers {
        pack::fitted(self.pack(), answers)
    }
}
