//! An open store and what goes with it while it is open.

use std::path::PathBuf;

use platform::LoginKind;
use store::Store;

use crate::{
    exchange::Exchange,
    training::Training,
    wire::{KeyPlace, Mode},
};

/// One per open data folder; dropped when another is entered.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) mode: Mode,
    pub(crate) key_place: KeyPlace,
    pub(crate) folder: PathBuf,
    pub(crate) exchange: Exchange,
    /// The platform inside the application, when this is the sample collège.
    pub(crate) training: Option<Training>,
}

impl Desk {
    /// The way to the platform needs a person with a one-time password first.
    pub(crate) fn asks_password(&self, now_ms: i64) -> bool {
        let platform = self.exchange.platform();
        self.mode == Mode::Real
            && platform.capabilities().login == LoginKind::OneTimePassword
            && !platform.has_session(now_ms)
    }
}
