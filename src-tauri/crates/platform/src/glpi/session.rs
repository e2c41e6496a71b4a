//! The session with GLPI: opened with the person's secret, opened again when GLPI has forgotten it, closed.
//!
//! Invariant: a call is repeated once, and only after GLPI refused the session itself, which proves that it did nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, LOCATION, RETRY_AFTER};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::answer::{Verb, Verdict, judge};
use super::{Glpi, SignIn, json, needs_login, record, unread};
use crate::classify::{Answer, Operation};
use crate::network::{self, Received};
use crate::reply::{LoginReason, OfflineKind, Reply};

pub(super) struct Session {
    token: SecretString,
    /// The whole `Authorization` header, to open the next session with.
    credentials: SecretString,
    /// GLPI's number for the person, once it was asked.
    me: Option<i64>,
    /// Where references can be searched, once it was asked.
    places: Option<Vec<u32>>,
}

impl Glpi {
    /// One call within the session. If GLPI has forgotten it, another one is opened and the call made again.
    pub(super) async fn call(
        &self,
        verb: Verb,
        request: impl Fn() -> RequestBuilder,
    ) -> Reply<Received> {
        for last in [false, true] {
            let token = self
                .session()
                .as_ref()
                .and_then(|session| sensitive(session.token.expose_secret()));
            let Some(token) = token else {
                return needs_login(LoginReason::Missing);
            };
            match exchange(verb, request().header("Session-Token", token)).await {
                Ok(received) => return Reply::Sent(received),
                Err(Verdict::Failed(failure)) => {
                    return failure.and_then(|()| unread("an answer that was none"));
                }
                Err(_) if last => break,
                Err(_) => {}
            }
            if let Err(failure) = self.open_again().await.success() {
                return failure;
            }
        }
        *self.session() = None;
        needs_login(LoginReason::Expired)
    }

    pub(super) async fn open_session(&self, user: &str, secret: &SecretString) -> Reply<()> {
        let _turn = self.turn.lock().await;
        let secret = secret.expose_secret();
        let header = match self.settings.sign_in {
            SignIn::Password => format!("Basic {}", STANDARD.encode(format!("{user}:{secret}"))),
            SignIn::UserToken => format!("user_token {}", secret.trim()),
        };
        self.open(header.into()).await
    }

    async fn open(&self, credentials: SecretString) -> Reply<()> {
        // What cannot be a header cannot be a key of GLPI.
        let Some(authorization) = sensitive(credentials.expose_secret()) else {
            return needs_login(LoginReason::Refused);
        };
        let request = self
            .get(&["initSession"])
            .header(AUTHORIZATION, authorization);
        let received = match exchange(Verb::Login, request).await {
            Ok(received) => received,
            Err(Verdict::Failed(failure)) => return failure,
            Err(_) => return needs_login(LoginReason::Refused),
        };
        let token = json(&received)
            .and_then(|reply| reply.get("session_token")?.as_str().map(str::to_owned))
            .filter(|token| !token.is_empty());
        let Some(token) = token else {
            return Reply::Offline {
                kind: OfflineKind::Portal,
                detail: "an unexpected HTTP 200 without a session".into(),
            };
        };
        *self.session() = Some(Session {
            token: token.into(),
            credentials,
            me: None,
            places: None,
        });
        Reply::Sent(())
    }

    /// Nobody is asked: the secret is still good, or else the session is over.
    async fn open_again(&self) -> Reply<()> {
        let Some(credentials) = self.session().as_ref().map(|s| s.credentials.clone()) else {
            return needs_login(LoginReason::Missing);
        };
        let reply = self.open(credentials).await;
        if !matches!(reply, Reply::NeedsLogin { .. }) {
            return reply;
        }
        *self.session() = None;
        needs_login(LoginReason::Expired)
    }

    /// GLPI's number for the person. `None`: it does not say.
    pub(super) async fn me(&self) -> Reply<Option<i64>> {
        if let Some(me) = self.session().as_ref().and_then(|session| session.me) {
            return Reply::Sent(Some(me));
        }
        let reply = self
            .call(Verb::Read, || self.get(&["getFullSession"]))
            .await;
        reply.and_then(|received| {
            let Some(reply) = json(&received) else {
                return unread("the session could not be read");
            };
            let me = reply.pointer("/session/glpiID").and_then(record::whole);
            if let Some(session) = self.session().as_mut() {
                session.me = me;
            }
            Reply::Sent(me)
        })
    }

    /// The search options, beside the title's, of the fields where a reference stands: the text, and from version 11 on the
    /// external identifier. One that is not there would refuse the whole search.
    pub(super) async fn places_of_references(&self) -> Reply<Vec<u32>> {
        if let Some(known) = self.session().as_ref().and_then(|s| s.places.clone()) {
            return Reply::Sent(known);
        }
        let reply = self
            .call(Verb::Read, || self.get(&["listSearchOptions", "Ticket"]))
            .await;
        reply.and_then(|received| {
            let Some(Value::Object(options)) = json(&received) else {
                return unread("the search options could not be read");
            };
            let places: Vec<u32> = options
                .iter()
                .filter(|(_, option)| {
                    let field = |name: &str| option.get(name).and_then(Value::as_str);
                    field("table") == Some("glpi_tickets")
                        && matches!(field("field"), Some("content" | "externalid"))
                        && option.get("nosearch").and_then(Value::as_bool) != Some(true)
                })
                .filter_map(|(id, _)| id.parse().ok())
                .collect();
            if let Some(session) = self.session().as_mut() {
                session.places = Some(places.clone());
            }
            Reply::Sent(places)
        })
    }

    pub(super) async fn close_session(&self) {
        let _turn = self.turn.lock().await;
        let Some(session) = self.session().take() else {
            return;
        };
        if let Some(token) = sensitive(session.token.expose_secret()) {
            // It dies by itself with PHP's idle time if GLPI cannot be reached now.
            let _ = self
                .get(&["killSession"])
                .header("Session-Token", token)
                .send()
                .await;
        }
    }
}

/// One call, and what its answer proves.
async fn exchange(verb: Verb, request: RequestBuilder) -> Result<Received, Verdict> {
    let operation = match verb {
        Verb::Login => Operation::Login,
        Verb::Write => Operation::Create,
        Verb::Read => Operation::Find,
    };
    let received = network::receive(operation, request)
        .await
        .success()
        .map_err(Verdict::Failed)?;
    let verdict = judge(
        verb,
        &Answer {
            status: received.status,
            content_type: received.header(CONTENT_TYPE).as_deref().unwrap_or_default(),
            location: received.header(LOCATION).as_deref(),
            date: received.header(DATE).as_deref(),
            retry_after: received.header(RETRY_AFTER).as_deref(),
            ar_messages: None,
            body: received.body.as_deref(),
        },
    );
    // No body and no address: a log carries no names.
    tracing::debug!(
        ?verb,
        status = received.status,
        answered = verdict == Verdict::Answered,
        "GLPI answered"
    );
    match verdict {
        Verdict::Answered => Ok(received),
        verdict => Err(verdict),
    }
}

pub(super) fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
