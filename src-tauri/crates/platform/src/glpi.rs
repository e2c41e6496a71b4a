//! GLPI over its first REST API (`apirest.php`): log in, open a ticket, follow it, read it back.
//!
//! Invariants: tickets, follow-ups and documents are added, never modified. The secret and the session's token live in memory,
//! wrapped, and go to the configured address alone. A session that GLPI has forgotten is opened again and the call repeated, once:
//! GLPI's refusal of the old one is the proof that the call did nothing. A reference is written in the title, in the text and in
//! `externalid`, and looked for in all three, because GLPI may cut, rewrite or not index any of them.
//!
//! Left out on purpose: the second API of version 11 (it has no upload), cancelling (GLPI has no such state), and any retry (`outbox`).

mod answer;
mod follow;
mod html;
mod look;
mod record;
mod session;
mod timeline;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, DATE, HeaderValue, LOCATION};
use reqwest::{Client, Method, RequestBuilder, Url};
use secrecy::SecretString;
use serde_json::Value;
use thiserror::Error;

use crate::network::{self, Received};
use crate::reply::{LoginReason, Reply};
use crate::{
    Accepted, Capabilities, Counterpart, Creation, FollowUp, Form, LONGEST_CALL, LoginKind, LookUp,
    Page, Pending, Platform, PullFrom,
};
use answer::Verb;
use look::{Search, option};
use session::{Session, sensitive};

/// A reference is on one ticket, or on a few after an accident; more than this would be a search, not a look-up.
const FIND_LIMIT: usize = 50;

/// What opens a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    /// The account's own login and password. A site can forbid it.
    #[default]
    Password,
    /// The remote access key of the person's preferences, in the place of the password. The login is not used.
    UserToken,
}

#[derive(Clone, Debug)]
pub struct GlpiSettings {
    /// GLPI's own address, e.g. `https://assistance.exemple.fr/glpi`. `apirest.php` is added unless it is named.
    pub base_url: String,
    /// Where the site asks each application for its key.
    pub app_token: Option<String>,
    pub sign_in: SignIn,
    /// Certification authorities to trust besides the system's, each a PEM or DER file as it is.
    pub extra_roots: Vec<Vec<u8>>,
    /// GLPI's level, 1 to 5, of a value of the pack. A value that is not here and begins with a number `n` is `6 - n`.
    pub impact: BTreeMap<String, u8>,
    pub urgency: BTreeMap<String, u8>,
    /// The service types that are requests; the others are incidents.
    pub requests: BTreeSet<String>,
    /// « En attente » means that the person who asked has to answer. GLPI itself does not say whom a ticket waits for.
    pub pending_is_ours: bool,
    /// For a whole call, at most [`LONGEST_CALL`]. Connecting may take a third of it.
    pub timeout: Duration,
}

impl GlpiSettings {
    pub fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            app_token: None,
            sign_in: SignIn::default(),
            extra_roots: Vec::new(),
            impact: BTreeMap::new(),
            urgency: BTreeMap::new(),
            requests: BTreeSet::from(["User Service Request".to_owned()]),
            pending_is_ours: true,
            timeout: Duration::from_secs(45),
        }
    }
}

#[derive(Debug, Error)]
pub enum SettingsError {
    #[error("the platform's address is not an http or https address: {0}")]
    Address(String),
    #[error("a password would travel in clear to {0}")]
    InClear(String),
    #[error("the application's key holds a character that no key has")]
    AppToken,
    #[error("an additional certification authority cannot be read")]
    Authority,
    #[error("the HTTP client could not be made: {0}")]
    Client(#[from] reqwest::Error),
}

/// The adapter. It belongs to one person at a time, the one who logged in.
pub struct Glpi {
    base: Url,
    settings: GlpiSettings,
    app_token: Option<HeaderValue>,
    client: Client,
    session: Mutex<Option<Session>>,
    /// GLPI's local time minus UTC, as the last ticket showed it.
    zone_ms: Mutex<Option<i64>>,
    turn: tokio::sync::Mutex<()>,
}

impl Glpi {
    pub fn new(settings: GlpiSettings) -> Result<Self, SettingsError> {
        let (base, loopback) = api(&settings.base_url)?;
        let app_token = settings
            .app_token
            .as_deref()
            .map(str::trim)
            .filter(|token| !token.is_empty())
            .map(|token| sensitive(token).ok_or(SettingsError::AppToken))
            .transpose()?;
        let roots: Option<Vec<Vec<_>>> = settings
            .extra_roots
            .iter()
            .map(|file| network::certificates(file))
            .collect();
        let roots = roots.ok_or(SettingsError::Authority)?.concat();
        Ok(Self {
            base,
            app_token,
            client: network::client_trusting(settings.timeout.min(LONGEST_CALL), loopback, roots)?,
            settings,
            session: Mutex::new(None),
            zone_ms: Mutex::new(None),
            turn: tokio::sync::Mutex::new(()),
        })
    }

    /// One call to be, below the API's address.
    fn request(&self, method: Method, segments: &[&str]) -> RequestBuilder {
        let mut url = self.base.clone();
        // Only an address that cannot have a path refuses, and http addresses can.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        let mut request = self.client.request(method, url);
        if let Some(token) = &self.app_token {
            request = request.header("App-Token", token);
        }
        // Version 10 alone knows it: texts come without being encoded once more.
        request.header("X-GLPI-Sanitized-Content", "false")
    }

    fn get(&self, segments: &[&str]) -> RequestBuilder {
        self.request(Method::GET, segments)
            .header(CONTENT_TYPE, "application/json")
    }

    fn session(&self) -> MutexGuard<'_, Option<Session>> {
        // The value is replaced whole, so a panic elsewhere cannot have left it half written.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn zone(&self) -> MutexGuard<'_, Option<i64>> {
        self.zone_ms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn create_ticket(&self, creation: &Creation) -> Reply<Accepted> {
        let _turn = self.turn.lock().await;
        let me = match self.me().await.success() {
            Ok(me) => me,
            // GLPI then takes the person of the session as the one who asks, as it does by default.
            Err(Reply::Rejected { .. }) => None,
            Err(failure) => return failure,
        };
        let input = told::to_create(creation, &self.settings, me);
        let reply = self
            .call(Verb::Write, || {
                self.request(Method::POST, &["Ticket"]).json(&input)
            })
            .await;
        reply.and_then(|received| match added(&received) {
            Some(id) => Reply::Sent(Accepted {
                number: Some(id.to_string()),
                remote_id: None,
                server_time_ms: date(&received),
                status: None,
            }),
            None => uncertain("201 without a number or an address"),
        })
    }

    async fn find_tickets(&self, reference: &str) -> Reply<Vec<Accepted>> {
        let _turn = self.turn.lock().await;
        let others = match self.places_of_references().await.success() {
            Ok(others) => others,
            Err(failure) => return failure,
        };
        let mut search = Search::default();
        search.or(option::NAME, "contains", reference);
        for other in others {
            search.or(other, "contains", reference);
        }
        let listed = match self
            .search(&search, option::ID, 0, FIND_LIMIT)
            .await
            .success()
        {
            Ok(listed) => listed,
            Err(failure) => return failure,
        };
        if listed.rows.len() != listed.total {
            return unread("too many tickets quote this reference");
        }
        let mut found = Vec::new();
        for (id, _) in listed.rows {
            let ticket = match self.ticket(id).await.success() {
                Ok(ticket) => ticket,
                // The search has just shown it: what hides it now proves nothing.
                Err(Reply::Rejected { reason, .. }) => return unread(&reason),
                Err(failure) => return failure,
            };
            if ticket.bears(reference) {
                let zone_ms = self.zone_of(&ticket);
                found.push(Accepted {
                    number: Some(ticket.id.to_string()),
                    remote_id: None,
                    server_time_ms: ticket.created_ms(zone_ms),
                    status: ticket.status().map(record::status_word),
                });
            }
        }
        Reply::Sent(found)
    }
}

/// The address of the API, and whether it is on this very machine.
fn api(base_url: &str) -> Result<(Url, bool), SettingsError> {
    let wrong = || SettingsError::Address(base_url.to_owned());
    let mut base = Url::parse(base_url.trim()).map_err(|_| wrong())?;
    if !matches!(base.scheme(), "http" | "https")
        || !base.has_host()
        || !base.username().is_empty()
        || base.password().is_some()
    {
        return Err(wrong());
    }
    base.set_query(None);
    base.set_fragment(None);
    let loopback = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if base.scheme() == "http" && !loopback {
        return Err(SettingsError::InClear(base_url.to_owned()));
    }
    let named = base.path().contains("apirest.php") || base.path().contains("api.php/v1");
    if !named && let Ok(mut path) = base.path_segments_mut() {
        path.pop_if_empty().push("apirest.php");
    }
    Ok((base, loopback))
}

fn json(received: &Received) -> Option<Value> {
    serde_json::from_str(received.body.as_deref()?).ok()
}

/// The id of what was added: in the answer, or at the end of its address.
fn added(received: &Received) -> Option<i64> {
    record::added(received.body.as_deref().unwrap_or_default()).or_else(|| {
        let location = received.header(LOCATION)?;
        location
            .trim_end_matches('/')
            .rsplit('/')
            .next()?
            .parse()
            .ok()
    })
}

fn date(received: &Received) -> Option<i64> {
    record::header_ms(&received.header(DATE)?)
}

fn needs_login<T>(reason: LoginReason) -> Reply<T> {
    Reply::NeedsLogin { reason }
}

fn rejected<T>(reason: &str) -> Reply<T> {
    Reply::Rejected {
        code: None,
        reason: reason.to_owned(),
        field: None,
        certain: true,
    }
}

fn uncertain<T>(reason: &str) -> Reply<T> {
    Reply::Uncertain {
        retry_after: None,
        reason: reason.to_owned(),
    }
}

fn unread<T>(reason: &str) -> Reply<T> {
    Reply::Transient {
        retry_after: None,
        reason: reason.to_owned(),
    }
}

impl Platform for Glpi {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            login: LoginKind::Password,
            sends: true,
            look_up: LookUp::Both,
            notes: true,
            attachments: true,
            resolution: true,
            cancel: false,
            pulls: true,
            numbers_at_once: true,
        }
    }

    fn login<'a>(
        &'a self,
        user: &'a str,
        password: &'a SecretString,
        _now_ms: i64,
    ) -> Pending<'a, Reply<()>> {
        Box::pin(self.open_session(user, password))
    }

    /// As long as the secret is known: a session that has ended opens again by itself.
    fn has_session(&self, _now_ms: i64) -> bool {
        self.session().is_some()
    }

    fn create<'a>(&'a self, creation: &'a Creation) -> Pending<'a, Reply<Accepted>> {
        Box::pin(self.create_ticket(creation))
    }

    fn find<'a>(&'a self, reference: &'a str) -> Pending<'a, Reply<Vec<Accepted>>> {
        Box::pin(self.find_tickets(reference))
    }

    fn follow<'a>(
        &'a self,
        counterpart: &'a Counterpart,
        follow_up: &'a FollowUp,
        content: Option<Vec<u8>>,
    ) -> Pending<'a, Reply<Accepted>> {
        Box::pin(self.follow_ticket(counterpart, follow_up, content))
    }

    fn find_follow_up<'a>(
        &'a self,
        counterpart: &'a Counterpart,
        follow_up: &'a FollowUp,
    ) -> Pending<'a, Reply<Vec<Accepted>>> {
        Box::pin(self.find_followed(counterpart, follow_up))
    }

    fn pull<'a>(&'a self, from: &'a PullFrom) -> Pending<'a, Reply<Page>> {
        Box::pin(self.pull_page(from))
    }

    /// GLPI says no lengths and no values; that it cuts titles is in its sources.
    fn form(&self) -> Pending<'_, Reply<Form>> {
        Box::pin(async {
            Reply::Sent(Form {
                summary_max: u32::try_from(told::NAME_MAX - told::REFERENCE_ROOM).ok(),
                ..Form::default()
            })
        })
    }

    fn logout(&self) -> Pending<'_, ()> {
        Box::pin(self.close_session())
    }
}

impl std::fmt::Debug for Glpi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Glpi")
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}
