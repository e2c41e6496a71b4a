//! « Guichet d’essai »: a small GLPI, its first API alone, to test the adapter against.
//!
//! It answers as GLPI's published sources and `apirest.md` do: errors are `["ERROR_…", "text"]`, a GET with a body is refused, dates
//! are local and without a zone beside a `Last-Modified` in UTC, a search is 200 or 206 with `Content-Range` and has no `data` when
//! it is empty, texts come encoded up to version 10. Invariants: loopback only; time comes from the given clock; a change is whole
//! before its answer leaves.
//!
//! Left out on purpose: PUT and DELETE, entities, rules and templates but for `mandatory`.

mod adding;
mod http;
mod records;
mod search;
mod upload;
mod visit;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{Method, Uri};
use axum::response::Response;

use crate::fault::{Fault, Faults, On, Struck};
use crate::serve::{self, Running};
use crate::{Clock, Seen};

use records::Records;
pub use records::{Document, Line, Ticket};

/// What stands before every address.
pub(crate) const ROOT: &str = "/apirest.php/";
/// GLPI's number for the technician who answers.
pub const TECHNICIAN: i64 = 2;

/// What differs from one generation to the next, as far as a client sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Numbers come as text; texts come encoded, whatever the client asks.
    Nine,
    /// Texts come encoded unless `X-GLPI-Sanitized-Content` is false.
    Ten,
    /// Texts come as they are; the external identifier can be searched.
    Eleven,
}

/// Someone who can log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: i64,
    pub login: String,
    pub password: String,
    pub user_token: String,
    pub name: String,
    /// Sees every ticket, and not only those where he is the one who asks.
    pub technician: bool,
}

#[derive(Debug, Clone)]
pub struct Settings {
    pub generation: Generation,
    pub accounts: Vec<Account>,
    /// The key that each application has to give.
    pub app_token: Option<String>,
    /// Logging in with a password is allowed. Otherwise with a user token alone.
    pub passwords: bool,
    /// GLPI's local time minus UTC, in minutes.
    pub zone_min: i64,
    /// PHP's idle time: an unused session dies after it.
    pub idle_s: i64,
    /// A new ticket is assigned at once.
    pub assign_on_create: bool,
    /// Columns of a ticket that the site's template demands.
    pub mandatory: Vec<String>,
    /// Largest upload, in bytes.
    pub upload_max: usize,
    /// Names of files that end otherwise are refused.
    pub extensions: Vec<String>,
    /// Some front server strips it.
    pub last_modified: bool,
    /// The first ticket's number: a GLPI that has lived gives large ones.
    pub first_ticket: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            generation: Generation::Ten,
            accounts: vec![Account {
                id: 7,
                login: "c.martin".into(),
                password: "essai".into(),
                user_token: "q56hqkniwot8wntb3z1qarka5atf365taaa2uyjrn".into(),
                name: "Martin Camille".into(),
                technician: false,
            }],
            app_token: None,
            passwords: true,
            zone_min: 120,
            idle_s: 1440,
            assign_on_create: true,
            mandatory: Vec::new(),
            upload_max: 8 * 1024 * 1024,
            extensions: ["jpg", "pdf", "png", "txt"].map(str::to_owned).to_vec(),
            last_modified: true,
            first_ticket: 15,
        }
    }
}

/// The server's memory and switches. Clones share them; it can be served, stopped and served again.
#[derive(Clone)]
pub struct Glpi {
    clock: Clock,
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    settings: Arc<Settings>,
    records: Records,
    sessions: BTreeMap<String, Session>,
    opened: u64,
    faults: Faults,
    history: Vec<Seen>,
}

#[derive(Debug, Clone)]
struct Session {
    account: Account,
    used_s: i64,
}

impl Glpi {
    pub fn new(settings: Settings, clock: Clock) -> Glpi {
        Glpi {
            clock,
            inner: Arc::new(Mutex::new(Inner {
                records: Records::starting_at(settings.first_ticket),
                settings: Arc::new(settings),
                sessions: BTreeMap::new(),
                opened: 0,
                faults: Faults::default(),
                history: Vec::new(),
            })),
        }
    }

    /// Answers on 127.0.0.1:`port` (0: any free one) until the `Running` is stopped or dropped.
    pub async fn serve(&self, port: u16) -> io::Result<Running> {
        serve::start(http::router(self.clone()), port).await
    }

    /// Queues a fault for the next request that matches.
    pub fn inject_at(&self, on: On, fault: Fault) {
        self.lock().faults.queued.push((on, fault));
    }

    /// A fault that strikes every request it usually strikes, until `clear_faults`.
    pub fn inject_always(&self, fault: Fault) {
        self.lock().faults.lasting.push((fault.usual(), fault));
    }

    pub fn clear_faults(&self) {
        self.lock().faults = Faults::default();
    }

    /// Flips switches while it runs.
    pub fn configure(&self, change: impl FnOnce(&mut Settings)) {
        let mut inner = self.lock();
        let mut settings = Settings::clone(&inner.settings);
        change(&mut settings);
        inner.settings = Arc::new(settings);
    }

    pub fn settings(&self) -> Arc<Settings> {
        self.lock().settings.clone()
    }

    /// Every session dies now.
    pub fn expire_sessions(&self) {
        self.lock().sessions.clear();
    }

    /// Sessions that are open.
    pub fn sessions(&self) -> usize {
        self.lock().sessions.len()
    }

    /// What was asked, in order of arrival.
    pub fn history(&self) -> Vec<Seen> {
        self.lock().history.clone()
    }

    /// In the order of their numbers, without those in the bin.
    pub fn tickets(&self) -> Vec<Ticket> {
        let inner = self.lock();
        let all = inner.records.tickets.values();
        all.filter(|ticket| !ticket.deleted).cloned().collect()
    }

    pub fn follow_ups(&self, ticket: i64) -> Vec<Line> {
        records::of(&self.lock().records.follow_ups, ticket)
    }

    pub fn solutions(&self, ticket: i64) -> Vec<Line> {
        records::of(&self.lock().records.solutions, ticket)
    }

    pub fn documents(&self, ticket: i64) -> Vec<Document> {
        let inner = self.lock();
        let all = inner.records.documents.iter();
        all.filter(|document| document.ticket == ticket)
            .cloned()
            .collect()
    }

    /// A ticket opened by telephone for a person. Its number.
    pub fn open_for(&self, requester: i64, name: &str, content: &str) -> i64 {
        let now = self.now();
        self.lock().records.open(now, requester, name, content)
    }

    /// The technician changes a ticket; `false` when there is none.
    pub fn change(&self, ticket: i64, change: impl FnOnce(&mut Ticket)) -> bool {
        let now = self.now();
        match self.lock().records.tickets.get_mut(&ticket) {
            Some(ticket) => {
                change(ticket);
                ticket.date_mod = now;
                true
            }
            None => false,
        }
    }

    /// A change whose request began earlier bears the date of its beginning, in GLPI's local time; `false` when there is no ticket.
    pub fn backdate(&self, ticket: i64, date_mod: i64) -> bool {
        let mut inner = self.lock();
        let held = inner.records.tickets.get_mut(&ticket);
        held.is_some_and(|ticket| {
            ticket.date_mod = date_mod;
            true
        })
    }

    /// The technician answers. The line's number.
    pub fn answer(&self, ticket: i64, html: &str) -> i64 {
        let now = self.now();
        self.lock().records.answer(now, ticket, TECHNICIAN, html)
    }

    /// The technician proposes a solution: the ticket is solved. The line's number.
    pub fn solve(&self, ticket: i64, html: &str) -> i64 {
        let now = self.now();
        self.lock().records.solve(now, ticket, TECHNICIAN, html)
    }
}

/// What the handlers need.
impl Glpi {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Every change is made whole under the lock, so a panic elsewhere leaves nothing half-made behind it.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_s(&self) -> i64 {
        (self.clock)().div_euclid(1000)
    }

    /// GLPI's local time, in seconds: what its dates are made of.
    fn now(&self) -> i64 {
        let zone_min = self.lock().settings.zone_min;
        self.now_s() + zone_min * 60
    }

    fn note(&self, method: &Method, uri: &Uri) -> usize {
        let mut inner = self.lock();
        inner.history.push(Seen {
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            status: None,
        });
        inner.history.len() - 1
    }

    fn note_status(&self, at: usize, status: u16) {
        if let Some(seen) = self.lock().history.get_mut(at) {
            seen.status = Some(status);
        }
    }

    fn open_session(&self, account: Account) -> String {
        let used_s = self.now_s();
        let mut inner = self.lock();
        inner.opened += 1;
        let token = format!("{:026x}", inner.opened);
        inner
            .sessions
            .insert(token.clone(), Session { account, used_s });
        token
    }

    /// The person behind a session that is still alive.
    fn visit(&self, token: &str) -> Option<Account> {
        let now_s = self.now_s();
        let mut inner = self.lock();
        let idle_s = inner.settings.idle_s;
        let session = inner.sessions.get_mut(token)?;
        if now_s - session.used_s > idle_s {
            inner.sessions.remove(token);
            return None;
        }
        session.used_s = now_s;
        Some(session.account.clone())
    }
}

impl Struck for Glpi {
    fn next_fault(&self, method: &Method, path: &str) -> Option<Fault> {
        self.lock().faults.take(method, path)
    }

    fn expire(&self) {
        self.expire_sessions();
    }

    /// GLPI has no such numbers: a database that fails says one word for all of them.
    fn refuses(&self, _number: i64) -> Response {
        http::Refusal::sql().into()
    }
}
