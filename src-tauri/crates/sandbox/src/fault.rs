//! Faults on demand: of the network, of a gateway in front, of the AR System server itself.
//!
//! Invariant: a queued fault hits exactly one request, the first it matches, and the queue keeps its order; a
//! lasting fault hits every request it matches while no queued one does. 429, 502 and 503 are a gateway's: no
//! source shows AR System answering them. What a fault calls « committed » was stored before the connection or
//! the answer was lost.

use std::str::FromStr;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::Sandbox;
use crate::glpi::ROOT as GLPI;
use crate::serve::{Ending, Line};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The create is stored, then the connection drops with no reply.
    CommitThenDrop,
    /// The connection drops, nothing is stored.
    DropBefore,
    /// Timeout during the update, which may have completed.
    Arerr92 {
        committed: bool,
    },
    /// Timeout during retrieval, busy server. Nothing is stored.
    Arerr93,
    /// The user is connected from elsewhere. Nothing is stored.
    Arerr9093,
    /// 502 and a page of HTML, nothing stored.
    BadGateway,
    BadGatewayAfterCommit,
    /// 429 with Retry-After.
    TooMany {
        retry_after_s: u64,
    },
    /// 503 with Retry-After.
    Unavailable {
        retry_after_s: u64,
    },
    /// The answer takes `ms`. Committed: stored at once. Otherwise stored only by a client that waits to the end.
    Slow {
        ms: u64,
        committed: bool,
    },
    /// Stored; the answer's JSON stops half-way.
    TruncatedJson,
    /// Stored; 201 and Location with an empty body in spite of `fields`.
    EmptyCreated,
    /// 200 and the HTML login page of some network.
    CaptivePortal,
    /// 302 to another host.
    RedirectElsewhere,
    /// Every token dies just before the request.
    ExpireToken,
    /// RST, nothing stored.
    Reset,
}

/// Which requests a fault may hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Any,
    Login,
    /// POST of an entry.
    Create,
    /// GET under /api/arsys, or of GLPI's records.
    Read,
    /// Anything under /api/arsys, or about GLPI's records.
    Arsys,
}

impl On {
    fn matches(self, method: &Method, path: &str) -> bool {
        let session = path.ends_with("/initSession") || path.ends_with("/killSession");
        let arsys = path.starts_with("/api/arsys/") || path.starts_with(GLPI) && !session;
        match self {
            On::Any => true,
            On::Login => path == "/api/jwt/login" || path.ends_with("/initSession"),
            On::Create => arsys && method == Method::POST,
            On::Read => arsys && method == Method::GET,
            On::Arsys => arsys,
        }
    }
}

impl Fault {
    /// Where the fault strikes when the test does not say.
    pub fn usual(self) -> On {
        match self {
            Fault::CommitThenDrop
            | Fault::DropBefore
            | Fault::Arerr92 { .. }
            | Fault::BadGateway
            | Fault::BadGatewayAfterCommit
            | Fault::Slow { .. }
            | Fault::TruncatedJson
            | Fault::EmptyCreated
            | Fault::Reset => On::Create,
            Fault::Arerr93 | Fault::Arerr9093 | Fault::ExpireToken => On::Arsys,
            Fault::TooMany { .. }
            | Fault::Unavailable { .. }
            | Fault::CaptivePortal
            | Fault::RedirectElsewhere => On::Any,
        }
    }
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("panne inconnue\u{202f}: {0} (voir --help)")]
pub struct UnknownFault(String);

impl FromStr for Fault {
    type Err = UnknownFault;

    /// The command line's names: `commit-then-drop`, `92-committed`, `429:30`, `slow:130000`…
    fn from_str(text: &str) -> Result<Fault, UnknownFault> {
        let unknown = || UnknownFault(text.to_owned());
        if let Some((name, number)) = text.split_once(':') {
            let number = number.parse().map_err(|_| unknown())?;
            return match name {
                "429" => Ok(Fault::TooMany {
                    retry_after_s: number,
                }),
                "503" => Ok(Fault::Unavailable {
                    retry_after_s: number,
                }),
                "slow" => Ok(Fault::Slow {
                    ms: number,
                    committed: false,
                }),
                "slow-committed" => Ok(Fault::Slow {
                    ms: number,
                    committed: true,
                }),
                _ => Err(unknown()),
            };
        }
        Ok(match text {
            "commit-then-drop" => Fault::CommitThenDrop,
            "drop-before" => Fault::DropBefore,
            "92" => Fault::Arerr92 { committed: false },
            "92-committed" => Fault::Arerr92 { committed: true },
            "93" => Fault::Arerr93,
            "9093" => Fault::Arerr9093,
            "502" => Fault::BadGateway,
            "502-committed" => Fault::BadGatewayAfterCommit,
            "truncated-json" => Fault::TruncatedJson,
            "empty-created" => Fault::EmptyCreated,
            "captive-portal" => Fault::CaptivePortal,
            "redirect-elsewhere" => Fault::RedirectElsewhere,
            "expire-token" => Fault::ExpireToken,
            "reset" => Fault::Reset,
            _ => return Err(unknown()),
        })
    }
}

/// The faults waiting, and those that last.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub queued: Vec<(On, Fault)>,
    pub lasting: Vec<(On, Fault)>,
}

impl Faults {
    pub fn take(&mut self, method: &Method, path: &str) -> Option<Fault> {
        if let Some(at) = self
            .queued
            .iter()
            .position(|(on, _)| on.matches(method, path))
        {
            return Some(self.queued.remove(at).1);
        }
        self.lasting
            .iter()
            .find(|(on, _)| on.matches(method, path))
            .map(|(_, fault)| *fault)
    }
}

/// A server that faults can strike.
pub(crate) trait Struck {
    fn next_fault(&self, method: &Method, path: &str) -> Option<Fault>;
    /// Every session dies.
    fn expire(&self);
    /// What it answers in the place of AR System's message of this number.
    fn refuses(&self, number: i64) -> Response;
}

impl Struck for Sandbox {
    fn next_fault(&self, method: &Method, path: &str) -> Option<Fault> {
        Sandbox::next_fault(self, method, path)
    }

    fn expire(&self) {
        self.expire_tokens();
    }

    fn refuses(&self, number: i64) -> Response {
        self.refusal(number).into_response()
    }
}

/// Runs a request through the fault that awaits it, if any.
pub(crate) async fn through(
    sandbox: &impl Struck,
    line: &Line,
    request: Request,
    next: Next,
) -> Response {
    let Some(fault) = sandbox.next_fault(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    match fault {
        Fault::CommitThenDrop => {
            next.run(request).await;
            line.end(Ending::Close).await
        }
        Fault::DropBefore => line.end(Ending::Close).await,
        Fault::Reset => line.end(Ending::Reset).await,
        Fault::Arerr92 { committed } => {
            if committed {
                next.run(request).await;
            }
            sandbox.refuses(92)
        }
        Fault::Arerr93 => sandbox.refuses(93),
        Fault::Arerr9093 => sandbox.refuses(9093),
        Fault::BadGateway => bad_gateway(),
        Fault::BadGatewayAfterCommit => {
            next.run(request).await;
            bad_gateway()
        }
        Fault::TooMany { retry_after_s } => retry_later(StatusCode::TOO_MANY_REQUESTS, retry_after_s),
        Fault::Unavailable { retry_after_s } => retry_later(StatusCode::SERVICE_UNAVAILABLE, retry_after_s),
        Fault::Slow { ms, committed } => {
            let wait = tokio::time::sleep(Duration::from_millis(ms));
            if committed {
                let response = next.run(request).await;
                wait.await;
                response
            } else {
                wait.await;
                next.run(request).await
            }
        }
        Fault::TruncatedJson => truncate(next.run(request).await).await,
        Fault::EmptyCreated => {
            let mut response = next.run(request).await;
            if response.status() == StatusCode::CREATED {
                *response.body_mut() = Body::empty();
                response.headers_mut().remove(header::CONTENT_TYPE);
                response.headers_mut().remove(header::CONTENT_LENGTH);
            }
            response
        }
        Fault::CaptivePortal => Html(
            "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Accès au réseau</title></head><body>\
             <h1>Accès au réseau</h1><form method=\"post\" action=\"/connexion\"><label>Identifiant <input name=\"identifiant\"></label>\
             <label>Mot de passe <input type=\"password\" name=\"mot-de-passe\"></label><button>Se connecter</button></form></body></html>",
        )
        .into_response(),
        Fault::RedirectElsewhere => {
            (StatusCode::FOUND, [(header::LOCATION, "http://portail-captif.invalid/connexion")]).into_response()
        }
        Fault::ExpireToken => {
            sandbox.expire();
            next.run(request).await
        }
    }
}

fn bad_gateway() -> Response {
    let page = Html(
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
    );
    (StatusCode::BAD_GATEWAY, page).into_response()
}

fn retry_later(status: StatusCode, seconds: u64) -> Response {
    (status, [(header::RETRY_AFTER, HeaderValue::from(seconds))]).into_response()
}

async fn truncate(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = if whole.is_empty() {
        "{\"values\":{".into()
    } else {
        whole.slice(..whole.len() / 2)
    };
    Response::from_parts(parts, Body::from(half))
}
