//! « Plateforme d’essai »: an AR System REST server to practise and to test against.
//!
//! It keeps the obligations of the platform notes (§7): raw-text tokens, three ids for one dossier (the staging
//! row, the incident number and the entry id all differ), partial PUT, arrays of errors, and so
//! on; `Settings` switches what differs from site to site, `Fault` what goes wrong. Invariants: loopback only;
//! time comes from the given clock; a change is kept whole (and on disk when there is a file) before its answer
//! leaves. What BMC does not have and is ours: `otp_mode`. What no source settles is in `Assumed`.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod body;
mod condition;
mod error;
mod fault;
mod fill;
mod form;
pub mod glpi;
mod http;
mod keep;
mod lifecycle;
mod list;
mod qualification;
mod records;
mod serve;
mod session;
mod settings;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

pub use error::ArError;
pub use fault::{Fault, On, UnknownFault};
pub use keep::KeepError;
pub use serve::Running;
pub use settings::{Assumed, Person, Profile, Settings};

use fault::Faults;
use form::Form;
use http::Visit;
use records::{Act, Files, Records};
use session::{Sessions, fingerprint};

/// The clock: milliseconds since 1970, UTC.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The login under which the platform's own people act.
pub const SUPPORT: &str = "assistance";

/// The server's memory and switches. Clones share them; it can be served, stopped and served again.
#[derive(Clone)]
pub struct Sandbox {
    clock: Clock,
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    settings: Arc<Settings>,
    records: Records,
    sessions: Sessions,
    faults: Faults,
    history: Vec<Seen>,
    busy: BTreeSet<String>,
    file: Option<PathBuf>,
}

/// An incident as the platform holds it, under the names of HPD:IncidentInterface.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    pub number: String,
    pub entry_id: String,
    /// `Vendor Ticket Number`: the client's reference.
    pub reference: Option<String>,
    pub summary: String,
    pub status: String,
    pub submitter: String,
    /// Dates are seconds, UTC.
    pub values: BTreeMap<String, Value>,
}

/// A request that reached the server. `status` is absent when no answer left, or has not left yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
    pub status: Option<u16>,
}

impl Sandbox {
    pub fn new(settings: Settings, clock: Clock) -> Sandbox {
        let inner = Inner {
            records: Records::starting_at(settings.first_number),
            settings: Arc::new(settings),
            sessions: Sessions::default(),
            faults: Faults::default(),
            history: Vec::new(),
            busy: BTreeSet::new(),
            file: None,
        };
        Sandbox {
            clock,
            inner: Arc::new(Mutex::new(inner)),
        }
    }

    /// A sandbox whose memory is `file`: read now if it exists, written after each change, before the answer.
    pub fn open(settings: Settings, clock: Clock, file: &Path) -> Result<Sandbox, KeepError> {
        let sandbox = Sandbox::new(settings, clock);
        let kept = keep::read(file)?;
        let mut inner = sandbox.lock();
        if let Some(records) = kept {
            inner.records = records;
        }
        inner.file = Some(file.to_owned());
        drop(inner);
        Ok(sandbox)
    }

    /// Answers on 127.0.0.1:`port` (0: any free one) until the `Running` is stopped or dropped.
    pub async fn serve(&self, port: u16) -> io::Result<Running> {
        serve::start(http::router(self.clone()), port).await
    }

    /// Queues a fault where it usually strikes: see `Fault::usual`.
    pub fn inject(&self, fault: Fault) {
        self.inject_at(fault.usual(), fault);
    }

    /// Queues a fault for the next request that matches.
    pub fn inject_at(&self, on: On, fault: Fault) {
        self.lock().faults.queued.push((on, fault));
    }

    /// A fault that strikes every matching request, until `clear_faults`.
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

    /// Every token dies now.
    pub fn expire_tokens(&self) {
        self.lock().sessions.close_all();
    }

    /// Hands a further password to `login`, as an OTP device would. Only its fingerprint is kept.
    pub fn grant_password(&self, login: &str, password: &str) -> Result<(), ArError> {
        self.change(|_, records| {
            records.granted.insert(fingerprint(login, password));
            Ok(())
        })
    }

    pub fn incidents(&self) -> Vec<Incident> {
        let inner = self.lock();
        let incidents = inner.records.incidents.iter();
        incidents
            .map(|(entry, row)| {
                let text = |field: &str| row.text(field).unwrap_or_default().to_owned();
                Incident {
                    number: text("Incident Number"),
                    entry_id: entry.clone(),
                    reference: row.text("Vendor Ticket Number").map(str::to_owned),
                    summary: text("Description"),
                    status: text("Status"),
                    submitter: text("Submitter"),
                    values: row.values.clone(),
                }
            })
            .collect()
    }

    /// The work log of an incident, oldest first: (id, text).
    pub fn worklogs(&self, number: &str) -> Vec<(String, String)> {
        let inner = self.lock();
        let lines = inner
            .records
            .worklogs
            .iter()
            .filter(|(_, row)| row.text("Incident Number") == Some(number));
        lines
            .map(|(id, row)| {
                (
                    id.clone(),
                    row.text("Detailed Description")
                        .unwrap_or_default()
                        .to_owned(),
                )
            })
            .collect()
    }

    /// What was asked, in order of arrival.
    pub fn history(&self) -> Vec<Seen> {
        self.lock().history.clone()
    }

    /// The platform's people move an incident; what the status demands is filled in when it is missing.
    pub fn set_status(&self, number: &str, status: &str) -> Result<(), ArError> {
        let mut values = Map::new();
        values.insert("Status".into(), json!(status));
        let mut defaults = vec![
            ("Assigned Group", lifecycle::FIRST_LEVEL),
            ("Assignee", "Dominique Petit"),
        ];
        match status {
            "Pending" => defaults.push(("Status_Reason", "Client Action Required")),
            "Resolved" => defaults.extend([
                ("Status_Reason", "No Further Action Required"),
                ("Resolution", "Intervention terminée."),
            ]),
            _ => {}
        }
        if let Some(incident) = self.incidents().into_iter().find(|i| i.number == number) {
            for (field, value) in defaults {
                if !incident.values.contains_key(field) || field == "Status_Reason" {
                    values.insert(field.into(), json!(value));
                }
            }
        }
        self.act(number, &values)
    }

    /// The platform's people change fields of an incident.
    pub fn act(&self, number: &str, values: &Map<String, Value>) -> Result<(), ArError> {
        let now_s = self.now_s();
        self.change(|settings, records| {
            let entry = records
                .entry_of(number)
                .ok_or_else(|| settings.error(302, number.to_owned()))?;
            let act = Act {
                settings,
                login: SUPPORT,
                now_s,
            };
            records.modify(
                act,
                Form::Incident,
                &format!("{entry}|{entry}"),
                values,
                Files::new(),
            )
        })
    }

    /// The platform's people add a public line to the work log; its id is returned.
    pub fn add_worklog(&self, number: &str, summary: &str, text: &str) -> Result<String, ArError> {
        let now_s = self.now_s();
        let values = json!({
            "Incident Number": number,
            "Description": summary,
            "Detailed Description": text,
            "Work Log Type": "Customer Communication",
            "View Access": "Public",
        });
        self.change(|settings, records| {
            records
                .entry_of(number)
                .ok_or_else(|| settings.error(302, number.to_owned()))?;
            let values = values.as_object().cloned().unwrap_or_default();
            records.create_worklog(
                Act {
                    settings,
                    login: SUPPORT,
                    now_s,
                },
                &values,
                Files::new(),
            )
        })
    }

    /// The platform's memory, without tokens, faults or history.
    pub fn snapshot(&self) -> Value {
        json!(self.lock().records)
    }

    pub fn restore(&self, snapshot: &Value) -> Result<(), KeepError> {
        let restored: Records = serde_json::from_value(snapshot.clone())?;
        let mut inner = self.lock();
        if let Some(file) = &inner.file {
            keep::write(file, &restored)?;
        }
        inner.records = restored;
        Ok(())
    }
}

/// What the handlers need.
impl Sandbox {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Every change is swapped in whole, so a panic elsewhere leaves nothing half-made behind the lock.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now_s(&self) -> i64 {
        (self.clock)().div_euclid(1000)
    }

    /// Changes the memory whole or not at all, and keeps it on disk before anyone is told.
    pub(crate) fn change<T>(
        &self,
        work: impl FnOnce(&Settings, &mut Records) -> Result<T, ArError>,
    ) -> Result<T, ArError> {
        let mut inner = self.lock();
        let mut draft = inner.records.clone();
        let settings = inner.settings.clone();
        let done = work(&settings, &mut draft)?;
        if let Some(file) = inner.file.as_deref().filter(|_| draft != inner.records) {
            keep::write(file, &draft).map_err(ArError::not_kept)?;
        }
        inner.records = draft;
        Ok(done)
    }

    pub(crate) fn look<T>(&self, work: impl FnOnce(&Settings, &Records, i64) -> T) -> T {
        let now_s = self.now_s();
        let inner = self.lock();
        work(&inner.settings, &inner.records, now_s)
    }

    pub(crate) fn refusal(&self, number: i64) -> ArError {
        self.settings().error(number, None)
    }

    pub(crate) fn next_fault(&self, method: &Method, path: &str) -> Option<Fault> {
        self.lock().faults.take(method, path)
    }

    pub(crate) fn note(&self, method: &Method, uri: &Uri) -> usize {
        let mut inner = self.lock();
        inner.history.push(Seen {
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            status: None,
        });
        inner.history.len() - 1
    }

    pub(crate) fn note_status(&self, at: usize, status: u16) {
        if let Some(seen) = self.lock().history.get_mut(at) {
            seen.status = Some(status);
        }
    }

    pub(crate) fn open_session(&self, login: &str, guest: bool) -> String {
        let now_s = self.now_s();
        let mut inner = self.lock();
        let life_s = inner.settings.token_life_s;
        inner.sessions.open(login, guest, now_s, life_s)
    }

    pub(crate) fn close_session(&self, token: &str) {
        self.lock().sessions.close(token);
    }

    pub(crate) fn enter(&self, headers: &HeaderMap) -> Result<Visit, ArError> {
        let now_s = self.now_s();
        let mut inner = self.lock();
        let header = headers
            .get(header::AUTHORIZATION)
            .and_then(|h| h.to_str().ok());
        let (token, session) = inner.sessions.find(&inner.settings, header, now_s)?;
        if inner.settings.assumed.one_request_per_user && !inner.busy.insert(session.login.clone())
        {
            return Err(inner.settings.error(9093, session.login));
        }
        Ok(Visit {
            sandbox: self.clone(),
            token,
            session,
        })
    }

    pub(crate) fn leave(&self, login: &str) {
        self.lock().busy.remove(login);
    }

    /// What a request that may not enter gets; the body of a 401 is a guess, hence a switch.
    pub(crate) fn unauthenticated(&self, refusal: ArError) -> Response {
        let mut response = refusal.into_response();
        if response.status() == 401 && !self.settings().assumed.dead_token_body {
            *response.body_mut() = axum::body::Body::empty();
            response.headers_mut().remove(header::CONTENT_TYPE);
        }
        response
    }
}
