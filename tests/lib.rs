//! What the suites share: a clock that a test moves, a « plateforme d’essai » to talk to, and a dossier to send.
//!
//! Invariant: no test of this package reads the time of day or sleeps to wait for something.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use platform::{Creation, Remedy, RemedySettings};
use sandbox::{Person, Sandbox, Settings};

/// The real window on a desk of its own. It alone waits on the machine's clock, with a deadline.
pub mod desktop {
    pub mod desk;
    pub mod journeys;
    pub mod screen;
    pub mod window;
}

pub const LOGIN: &str = "c.martin";

/// A clock in milliseconds, shared by the application and the platform, which only moves when it is told.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// A Monday of September, 8 o'clock.
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_789_365_600_000)))
    }

    pub fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

/// The settings of a sandbox which knows one person.
pub fn settings() -> Settings {
    Settings {
        users: vec![Person {
            login: LOGIN.into(),
            passwords: vec!["essai".into()],
            first_name: "Camille".into(),
            last_name: "Martin".into(),
            company: "Collège d’essai".into(),
        }],
        ..Settings::default()
    }
}

pub fn sandbox(settings: Settings, clock: &Clock) -> Sandbox {
    let clock = clock.clone();
    Sandbox::new(settings, Arc::new(move || clock.now_ms()))
}

pub fn remedy(url: &str, timeout: Duration) -> Remedy {
    let settings = RemedySettings {
        timeout,
        ..RemedySettings::new(url)
    };
    Remedy::new(settings).expect("a loopback address is a platform address")
}

/// A dossier of the one person the sandbox knows.
pub fn creation(identity: &str, reference: &str) -> Creation {
    Creation {
        identity: identity.into(),
        reference: reference.into(),
        summary: format!("Imprimante du CDI : bourrage ({reference})"),
        description: "Le bac 2 bourre à chaque page depuis lundi.".into(),
        impact: "3-Moderate/Limited".into(),
        urgency: "3-Medium".into(),
        service_type: "User Service Restoration".into(),
        first_name: "Camille".into(),
        last_name: "Martin".into(),
        login: Some(LOGIN.into()),
        phone: "04 73 00 00 00".into(),
        site: None,
        categories: BTreeMap::new(),
    }
}
