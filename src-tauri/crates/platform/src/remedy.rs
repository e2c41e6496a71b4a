//! BMC Remedy ITSM over the AR System REST interface: log in, create, look up by reference, follow up, pull.
//!
//! Invariants: create, add and read; the one modification is of a status, which leaves every other field as it is. The token lives in memory, wrapped, and
//! goes to the configured address alone: a `Location` given by the server is used for its last segment, never as an address. One
//! call at a time, because the server answers 9093 to the second call of the same person.
//!
//! Left out on purpose: the numeric forms of enumerations (names travel in every locale), the priority (the server computes it),
//! and any retry (`outbox`).

mod follow;
mod form;
mod pull;
mod record;

pub(crate) use record::details;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue, LOCATION};
use reqwest::{Client, RequestBuilder, Url};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use crate::classify::Operation;
use crate::network::{self, Received};
use crate::reply::{LoginReason, Reply};
use crate::{
    Accepted, Capabilities, Counterpart, Creation, FollowUp, Form, LONGEST_CALL, LoginKind, LookUp,
    Page, Pending, Platform, PullFrom,
};

const CREATE_FORM: &str = "HPD:IncidentInterface_Create";
const READ_FORM: &str = "HPD:IncidentInterface";
/// A reference is on one dossier, or on a few after an accident; more than this would be a search, not a look-up.
const FIND_LIMIT: &str = "50";

#[derive(Clone, Debug)]
pub struct RemedySettings {
    /// `https://host:8443`, with the prefix of a gateway if there is one.
    pub base_url: String,
    /// The field agreed with the platform's administrators for the client's reference.
    pub reference_field: String,
    /// For a whole call, at most [`LONGEST_CALL`]. Connecting may take a third of it.
    pub timeout: Duration,
    /// Where a refused resolution sends the dossier back to: sites differ.
    pub reopened_status: String,
}

impl RemedySettings {
    pub fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            reference_field: "Vendor Ticket Number".into(),
            timeout: Duration::from_secs(45),
            reopened_status: "Assigned".into(),
        }
    }
}

#[derive(Debug, Error)]
pub enum SettingsError {
    #[error("the platform's address is not an http or https address: {0}")]
    Address(String),
    #[error("a password would travel in clear to {0}")]
    InClear(String),
    #[error("the reference field is empty or holds a quote: {0:?}")]
    ReferenceField(String),
    #[error("the HTTP client could not be made: {0}")]
    Client(#[from] reqwest::Error),
}

struct Session {
    token: SecretString,
    /// By the local clock, from the lifetime the token itself states.
    until_ms: Option<i64>,
}

/// The adapter. It belongs to one person at a time, the one who logged in.
pub struct Remedy {
    base: Url,
    reference_field: String,
    reopened_status: String,
    client: Client,
    session: Mutex<Option<Session>>,
    turn: tokio::sync::Mutex<()>,
}

impl Remedy {
    pub fn new(settings: RemedySettings) -> Result<Self, SettingsError> {
        let wrong = || SettingsError::Address(settings.base_url.clone());
        let mut base = Url::parse(settings.base_url.trim()).map_err(|_| wrong())?;
        if !matches!(base.scheme(), "http" | "https")
            || !base.has_host()
            || !base.username().is_empty()
            || base.password().is_some()
        {
            return Err(wrong());
        }
        base.set_query(None);
        base.set_fragment(None);
        let field = settings.reference_field.trim();
        if field.is_empty() || field.contains(['\'', '"']) {
            return Err(SettingsError::ReferenceField(settings.reference_field));
        }
        let loopback = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if base.scheme() == "http" && !loopback {
            return Err(SettingsError::InClear(settings.base_url));
        }
        Ok(Self {
            reference_field: field.to_owned(),
            reopened_status: settings.reopened_status,
            client: network::client(settings.timeout.min(LONGEST_CALL), loopback)?,
            base,
            session: Mutex::new(None),
            turn: tokio::sync::Mutex::new(()),
        })
    }

    /// The address of a path below the base, each segment encoded on its own (a form's name holds `:`, an id may hold `|`).
    fn address(&self, segments: &[&str]) -> Url {
        let mut url = self.base.clone();
        // Only an address that cannot have a path refuses, and http addresses can.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    fn entry(&self, form: &str, id: Option<&str>) -> Url {
        let mut segments = vec!["api", "arsys", "v1", "entry", form];
        segments.extend(id);
        self.address(&segments)
    }

    fn session(&self) -> std::sync::MutexGuard<'_, Option<Session>> {
        // The value is replaced whole, so a panic elsewhere cannot have left it half written.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn authorization(&self) -> Option<HeaderValue> {
        let session = self.session();
        let token = session.as_ref()?.token.expose_secret();
        let mut value = HeaderValue::from_str(&format!("AR-JWT {token}")).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// One authenticated call. A session that the platform refuses is dropped at once.
    async fn call(&self, operation: Operation, request: RequestBuilder) -> Reply<Received> {
        let Some(authorization) = self.authorization() else {
            return Reply::NeedsLogin {
                reason: LoginReason::Missing,
            };
        };
        let reply = network::call(operation, request.header(AUTHORIZATION, authorization)).await;
        if matches!(reply, Reply::NeedsLogin { .. }) {
            *self.session() = None;
        }
        reply
    }

    async fn open_session(&self, user: &str, password: &SecretString, now_ms: i64) -> Reply<()> {
        let _turn = self.turn.lock().await;
        let form = [("username", user), ("password", password.expose_secret())];
        let request = self
            .client
            .post(self.address(&["api", "jwt", "login"]))
            .form(&form);
        network::call(Operation::Login, request)
            .await
            .map(|received| {
                let token = received.body.unwrap_or_default().trim().to_owned();
                *self.session() = Some(Session {
                    until_ms: record::lifetime_ms(&token).map(|ms| now_ms.saturating_add(ms)),
                    token: token.into(),
                });
            })
    }

    async fn create_entry(&self, creation: &Creation) -> Reply<Accepted> {
        let _turn = self.turn.lock().await;
        let request = self
            .client
            .post(self.entry(CREATE_FORM, None))
            .query(&[("fields", record::CREATED_FIELDS)])
            .json(&record::to_create(creation, &self.reference_field));
        let received = match self.call(Operation::Create, request).await.success() {
            Ok(received) => received,
            Err(failure) => return failure,
        };
        let body = received.body.as_deref().unwrap_or_default();
        if let Some(accepted) = record::created(body) {
            return Reply::Sent(accepted);
        }
        // Some servers answer 201 with the address of the staging row and nothing else: the number is read there.
        match received
            .header(LOCATION)
            .as_deref()
            .and_then(record::last_segment)
        {
            Some(id) => self.read_staging(&id).await,
            None => uncertain("201 without a number or an address"),
        }
    }

    /// The dossier was created; whatever goes wrong while its number is read leaves a doubt about the number only.
    async fn read_staging(&self, id: &str) -> Reply<Accepted> {
        let request = self
            .client
            .get(self.entry(CREATE_FORM, Some(id)))
            .query(&[("fields", record::CREATED_FIELDS)]);
        match self.call(Operation::Find, request).await {
            Reply::Sent(received) => {
                match record::created(received.body.as_deref().unwrap_or_default()) {
                    Some(accepted) => Reply::Sent(accepted),
                    None => uncertain("created, but its record shows no number yet"),
                }
            }
            _ => uncertain("created, but its number could not be read"),
        }
    }

    async fn find_entries(&self, reference: &str) -> Reply<Vec<Accepted>> {
        let _turn = self.turn.lock().await;
        let qualification = record::equals(&self.reference_field, reference);
        let request = self.client.get(self.entry(READ_FORM, None)).query(&[
            ("q", qualification.as_str()),
            ("fields", record::FOUND_FIELDS),
            ("sort", "Submit Date.asc"),
            ("limit", FIND_LIMIT),
        ]);
        self.call(Operation::Find, request)
            .await
            .and_then(|received| record::found(received.body.as_deref().unwrap_or_default()))
    }

    async fn close_session(&self) {
        let _turn = self.turn.lock().await;
        let request = self.client.post(self.address(&["api", "jwt", "logout"]));
        if let Some(authorization) = self.authorization() {
            *self.session() = None;
            // The token dies by itself within the hour if the platform cannot be reached now.
            let _ = request.header(AUTHORIZATION, authorization).send().await;
        }
    }
}

fn uncertain<T>(reason: &str) -> Reply<T> {
    Reply::Uncertain {
        retry_after: None,
        reason: reason.to_owned(),
    }
}

impl Platform for Remedy {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            login: LoginKind::OneTimePassword,
            sends: true,
            look_up: LookUp::Both,
            notes: true,
            attachments: true,
            resolution: true,
            cancel: true,
            pulls: true,
            numbers_at_once: true,
        }
    }

    fn login<'a>(
        &'a self,
        user: &'a str,
        password: &'a SecretString,
        now_ms: i64,
    ) -> Pending<'a, Reply<()>> {
        Box::pin(self.open_session(user, password, now_ms))
    }

    fn has_session(&self, now_ms: i64) -> bool {
        self.session()
            .as_ref()
            .is_some_and(|session| session.until_ms.is_none_or(|until| now_ms < until))
    }

    fn create<'a>(&'a self, creation: &'a Creation) -> Pending<'a, Reply<Accepted>> {
        Box::pin(self.create_entry(creation))
    }

    fn find<'a>(&'a self, reference: &'a str) -> Pending<'a, Reply<Vec<Accepted>>> {
        Box::pin(self.find_entries(reference))
    }

    fn follow<'a>(
        &'a self,
        counterpart: &'a Counterpart,
        follow_up: &'a FollowUp,
        content: Option<Vec<u8>>,
    ) -> Pending<'a, Reply<Accepted>> {
        Box::pin(self.tell(counterpart, follow_up, content))
    }

    fn find_follow_up<'a>(
        &'a self,
        counterpart: &'a Counterpart,
        follow_up: &'a FollowUp,
    ) -> Pending<'a, Reply<Vec<Accepted>>> {
        Box::pin(self.look_for(counterpart, follow_up))
    }

    fn pull<'a>(&'a self, from: &'a PullFrom) -> Pending<'a, Reply<Page>> {
        Box::pin(self.changes(from))
    }

    fn form(&self) -> Pending<'_, Reply<Form>> {
        Box::pin(self.read_form())
    }

    fn logout(&self) -> Pending<'_, ()> {
        Box::pin(self.close_session())
    }
}

impl std::fmt::Debug for Remedy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Remedy")
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}
