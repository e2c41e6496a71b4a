//! The GLPI adapter against the small GLPI of the sandbox, in its three generations.
//!
//! Invariant: what the adapter says of a fault is compared with what the platform really holds. Creation and look-up are in
//! `dossier.rs`, sessions in `session.rs`, what is told later in `follow.rs`, what comes back in `pull.rs`, all of it with
//! the real outbox in `queue.rs`.

mod dossier;
mod follow;
mod pull;
mod queue;
mod session;

use std::sync::Arc;
use std::time::Duration;

use platform::{
    Act, Counterpart, Creation, FollowUp, Glpi, GlpiSettings, OfflineKind, Platform, Reply,
};
use sandbox::glpi::{self, Account, Generation};
use sandbox::{Fault, Running};
use secrecy::SecretString;
use tests::{Clock, LOGIN, creation};

/// GLPI's number for the person.
pub const ME: i64 = 7;
/// Somebody else, who sees every ticket.
pub const TECHNICIAN: &str = "d.petit";

pub struct Desk {
    pub adapter: Glpi,
    pub glpi: glpi::Glpi,
    pub clock: Clock,
    pub running: Running,
}

fn accounts() -> Vec<Account> {
    let account = |id: i64, login: &str, technician: bool| Account {
        id,
        login: login.into(),
        password: "essai".into(),
        user_token: format!("cle-de-{login}"),
        name: format!("Personne {id}"),
        technician,
    };
    vec![
        account(ME, LOGIN, false),
        account(glpi::TECHNICIAN, TECHNICIAN, true),
    ]
}

impl Desk {
    /// A served GLPI, nobody logged in.
    pub async fn closed(generation: Generation) -> Desk {
        Desk::with(generation, |_| {}).await
    }

    pub async fn with(generation: Generation, adapt: impl FnOnce(&mut GlpiSettings)) -> Desk {
        let clock = Clock::new();
        let hand = clock.clone();
        let settings = glpi::Settings {
            generation,
            accounts: accounts(),
            ..glpi::Settings::default()
        };
        let glpi = glpi::Glpi::new(settings, Arc::new(move || hand.now_ms()));
        let running = glpi.serve(0).await.expect("loopback can be served");
        let mut settings = GlpiSettings {
            timeout: Duration::from_secs(20),
            ..GlpiSettings::new(&running.url())
        };
        adapt(&mut settings);
        Desk {
            adapter: Glpi::new(settings).expect("a loopback address is a platform address"),
            glpi,
            clock,
            running,
        }
    }

    /// The person is logged in.
    pub async fn open(generation: Generation) -> Desk {
        let desk = Desk::closed(generation).await;
        assert_eq!(
            desk.log_in(LOGIN).await,
            Reply::Sent(()),
            "the session opens"
        );
        desk
    }

    pub async fn log_in(&self, user: &str) -> Reply<()> {
        let password = SecretString::from("essai");
        self.adapter
            .login(user, &password, self.clock.now_ms())
            .await
    }

    /// A ticket of the person's, opened by the adapter.
    pub async fn created(&self, reference: &str) -> Counterpart {
        let dossier = creation(reference, reference);
        let Reply::Sent(accepted) = self.adapter.create(&dossier).await else {
            panic!("a good dossier on a good day is accepted");
        };
        Counterpart {
            reference: reference.into(),
            title: dossier.summary,
            number: accepted.number,
            ..Counterpart::default()
        }
    }

    /// The references that GLPI holds, in the order of creation.
    pub fn held(&self) -> Vec<String> {
        let tickets = self.glpi.tickets().into_iter();
        tickets.filter_map(|ticket| ticket.external_id).collect()
    }
}

pub fn dossier(reference: &str) -> Creation {
    creation(reference, reference)
}

pub fn follow_up(n: u32, act: Act) -> FollowUp {
    FollowUp {
        identity: format!("01890000-0000-7000-8000-{n:012}"),
        reference: "REL-000001".into(),
        act,
    }
}

pub fn note(n: u32, text: &str) -> FollowUp {
    follow_up(n, Act::Note { text: text.into() })
}

pub fn number(counterpart: &Counterpart) -> i64 {
    let number = counterpart.number.as_deref().unwrap_or_default();
    number.parse().expect("GLPI's numbers are numbers")
}

pub fn word<T>(reply: &Reply<T>) -> &'static str {
    match reply {
        Reply::Sent(_) => "sent",
        Reply::Offline {
            kind: OfflineKind::Portal,
            ..
        } => "portal",
        Reply::Offline { .. } => "offline",
        Reply::Transient { .. } => "transient",
        Reply::NeedsLogin { .. } => "login",
        Reply::Rejected { .. } => "rejected",
        Reply::Uncertain { .. } => "uncertain",
    }
}

/// What each fault of a write proves. GLPI opens a session again by itself, so a session that dies is no fault any more.
pub const WRITE_FAULTS: [(Fault, &str); 14] = [
    (Fault::CommitThenDrop, "uncertain"),
    (Fault::DropBefore, "uncertain"),
    (Fault::Reset, "uncertain"),
    (Fault::Arerr92 { committed: true }, "uncertain"),
    (Fault::Arerr92 { committed: false }, "uncertain"),
    (Fault::BadGateway, "uncertain"),
    (Fault::BadGatewayAfterCommit, "uncertain"),
    (Fault::TooMany { retry_after_s: 7 }, "transient"),
    (Fault::Unavailable { retry_after_s: 7 }, "uncertain"),
    (Fault::TruncatedJson, "sent"),
    (Fault::EmptyCreated, "sent"),
    (Fault::CaptivePortal, "portal"),
    (Fault::RedirectElsewhere, "portal"),
    (Fault::ExpireToken, "sent"),
];

/// Faults after which a read gave no answer.
pub const READ_FAULTS: [Fault; 9] = [
    Fault::DropBefore,
    Fault::Reset,
    Fault::Arerr93,
    Fault::BadGateway,
    Fault::TooMany { retry_after_s: 7 },
    Fault::Unavailable { retry_after_s: 7 },
    Fault::TruncatedJson,
    Fault::CaptivePortal,
    Fault::RedirectElsewhere,
];

pub const GENERATIONS: [Generation; 3] = [Generation::Nine, Generation::Ten, Generation::Eleven];
