//! The addresses below `apirest.php`, and what surrounds every request: history, faults, the Date header.
//!
//! Invariant: the application's key is checked before the session, the session before everything else; what a person may not see
//! is refused as GLPI refuses it, 404 for what is not there and 403 for what is not his.

use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json, Router};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::DateTime;
use serde_json::{Value, json};

use super::records::{Line as Said, of};
use super::upload::Body;
use super::visit::Visit;
use super::{Generation, Glpi, ROOT, Settings, search};
use crate::fault::through;
use crate::serve::Line;

pub(super) type Answer = Result<Response, Refusal>;
pub(super) type Params = Vec<(String, String)>;

/// `["ERROR_…", "text"]`
#[derive(Debug)]
pub(super) struct Refusal {
    code: u16,
    word: &'static str,
    pub text: String,
}

impl Refusal {
    pub fn new(code: u16, word: &'static str, text: &str) -> Refusal {
        Refusal {
            code,
            word,
            text: text.to_owned(),
        }
    }

    pub fn bad(text: &str) -> Refusal {
        Refusal::new(400, "ERROR", text)
    }

    pub fn beyond(total: usize) -> Refusal {
        let text = format!("Provided range exceed total count of data: {total}");
        Refusal::new(400, "ERROR_RANGE_EXCEED_TOTAL", &text)
    }

    pub fn sql() -> Refusal {
        Refusal::new(500, "ERROR_SQL", "Unexpected SQL Error")
    }

    pub fn not_found() -> Refusal {
        Refusal::new(404, "ERROR_ITEM_NOT_FOUND", "Élément introuvable")
    }

    pub fn no_right() -> Refusal {
        let text = "Vous n’avez pas les droits requis pour réaliser cette action.";
        Refusal::new(403, "ERROR_RIGHT_MISSING", text)
    }

    pub fn not_added(text: &str) -> Refusal {
        Refusal::new(400, "ERROR_GLPI_ADD", text)
    }

    pub fn payload() -> Refusal {
        Refusal::new(
            400,
            "ERROR_JSON_PAYLOAD_INVALID",
            "JSON payload seems not valid",
        )
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Response {
        let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Json(json!([refusal.word, refusal.text]))).into_response()
    }
}

/// How this generation writes what it gives.
pub(super) struct Render {
    pub generation: Generation,
    /// The client asked for texts as they are.
    pub raw: bool,
}

impl Render {
    /// A text as the database keeps it.
    pub fn stored(&self, text: &str) -> String {
        match self.generation {
            Generation::Nine => text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;"),
            Generation::Ten => text
                .replace('&', "&#38;")
                .replace('<', "&#60;")
                .replace('>', "&#62;"),
            Generation::Eleven => text.to_owned(),
        }
    }

    pub fn text(&self, text: &str) -> String {
        if self.generation == Generation::Ten && self.raw {
            return text.to_owned();
        }
        self.stored(text)
    }

    pub fn number(&self, number: i64) -> Value {
        match self.generation {
            Generation::Nine => json!(number.to_string()),
            Generation::Ten | Generation::Eleven => json!(number),
        }
    }

    pub fn date(&self, local_s: i64) -> String {
        DateTime::from_timestamp(local_s, 0)
            .map(|date| date.format("%Y-%m-%d %H:%M:%S").to_string())
            .unwrap_or_default()
    }
}

/// `a-b`, both ends in it.
pub(super) fn range(asked: Option<&str>) -> Result<(usize, usize), Refusal> {
    let Some(asked) = asked else {
        return Ok((0, 49));
    };
    asked
        .split_once('-')
        .and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)))
        .ok_or_else(|| Refusal::bad("range must be in format : [start-end] with integers"))
}

pub(super) fn total_range(from: usize, to: usize, total: usize) -> Option<String> {
    let last = to.min(total.checked_sub(1)?);
    Some(format!("{from}-{last}/{total}"))
}

pub(super) fn router(glpi: Glpi) -> Router {
    Router::new()
        .fallback(called)
        // PHP has its own limit, which answers in GLPI's words.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(glpi.clone(), surround))
        .with_state(glpi)
}

async fn surround(
    State(glpi): State<Glpi>,
    Extension(line): Extension<Line>,
    request: Request,
    next: Next,
) -> Response {
    let seen = glpi.note(request.method(), request.uri());
    let mut response = through(&glpi, &line, request, next).await;
    glpi.note_status(seen, response.status().as_u16());
    if let Some(date) = http_date(glpi.now_s()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

pub(super) fn http_date(utc_s: i64) -> Option<HeaderValue> {
    let date = DateTime::from_timestamp(utc_s, 0)?;
    HeaderValue::from_str(&date.format("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok()
}

async fn called(State(glpi): State<Glpi>, request: Request) -> Response {
    answered(&glpi, request)
        .await
        .unwrap_or_else(Response::from)
}

async fn answered(glpi: &Glpi, request: Request) -> Answer {
    let settings = glpi.settings();
    let headers = request.headers().clone();
    let method = request.method().clone();
    let Some(path) = request.uri().path().strip_prefix(ROOT).map(str::to_owned) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let Query(params) = Query::<Params>::try_from_uri(request.uri()).unwrap_or_default();
    let of = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(key) = &settings.app_token {
        match of("app-token") {
            Some(given) if given == key => {}
            Some(_) => {
                return Err(Refusal::new(
                    400,
                    "ERROR_WRONG_APP_TOKEN_PARAMETER",
                    "parameter app_token seems wrong",
                ));
            }
            None => {
                return Err(Refusal::new(
                    400,
                    "ERROR_APP_TOKEN_PARAMETERS_MISSING",
                    "missing parameter app_token",
                ));
            }
        }
    }
    let upload = of("content-type").is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let body = Body::read(request, upload).await?;
    if method == Method::GET && !body.is_empty() {
        return Err(Refusal::new(
            400,
            "ERROR_JSON_PAYLOAD_FORBIDDEN",
            "GET Request should not have json payload (http body)",
        ));
    }
    if segments == ["initSession"] {
        return log_in(glpi, &settings, &headers);
    }
    let token = of("session-token").unwrap_or_default();
    if token.is_empty() {
        return Err(Refusal::new(
            400,
            "ERROR_SESSION_TOKEN_MISSING",
            "parameter session_token is missing or empty",
        ));
    }
    let Some(account) = glpi.visit(token) else {
        return Err(Refusal::new(
            401,
            "ERROR_SESSION_TOKEN_INVALID",
            "session_token semble incorrect",
        ));
    };
    if segments == ["killSession"] {
        glpi.lock().sessions.remove(token);
        return Ok(Json(json!(true)).into_response());
    }
    let visit = Visit {
        glpi,
        account,
        settings: &settings,
        render: Render {
            generation: settings.generation,
            raw: of("x-glpi-sanitized-content") == Some("false"),
        },
        params,
        base: format!("http://{}{ROOT}", of("host").unwrap_or("127.0.0.1")),
    };
    match (&method, segments.as_slice()) {
        (&Method::GET, ["getFullSession"]) => Ok(visit.session()),
        (&Method::GET, ["listSearchOptions", "Ticket"]) => {
            Ok(Json(search::options(&settings)).into_response())
        }
        (&Method::GET, ["search", "Ticket"]) => visit.search(),
        (&Method::GET, ["Ticket", id]) => visit.ticket(id),
        (&Method::GET, ["Ticket", id, "ITILFollowup"]) => {
            visit.list(id, |glpi, ticket| of_ticket(glpi, ticket, false))
        }
        (&Method::GET, ["Ticket", id, "ITILSolution"]) => {
            visit.list(id, |glpi, ticket| of_ticket(glpi, ticket, true))
        }
        (&Method::POST, ["Ticket"]) => visit.add("Ticket", &body, Visit::create),
        (&Method::POST, ["ITILFollowup"]) => visit.add("ITILFollowup", &body, Visit::follow),
        (&Method::POST, ["Document"]) => visit.attach(&body),
        _ => Err(Refusal::new(
            400,
            "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM",
            "resource not found or not an instance of CommonDBTM",
        )),
    }
}

fn of_ticket(glpi: &Glpi, ticket: i64, solutions: bool) -> Vec<Said> {
    let inner = glpi.lock();
    let lines = if solutions {
        &inner.records.solutions
    } else {
        &inner.records.follow_ups
    };
    of(lines, ticket)
}

fn log_in(glpi: &Glpi, settings: &Settings, headers: &HeaderMap) -> Answer {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let account = if let Some(token) = given.strip_prefix("user_token ") {
        let known = settings.accounts.iter().find(|one| one.user_token == token);
        known.ok_or_else(|| {
            Refusal::new(
                401,
                "ERROR_GLPI_LOGIN_USER_TOKEN",
                "parameter user_token seems invalid",
            )
        })?
    } else {
        let missing = || {
            Refusal::new(
                400,
                "ERROR_LOGIN_PARAMETERS_MISSING",
                "parameter(s) login, password or user_token are missing",
            )
        };
        let pair = given
            .strip_prefix("Basic ")
            .and_then(|pair| STANDARD.decode(pair).ok())
            .and_then(|pair| String::from_utf8(pair).ok())
            .ok_or_else(missing)?;
        let (login, password) = pair
            .split_once(':')
            .filter(|(login, password)| !login.is_empty() && !password.is_empty())
            .ok_or_else(missing)?;
        if !settings.passwords {
            return Err(Refusal::new(
                400,
                "ERROR_LOGIN_WITH_CREDENTIALS_DISABLED",
                "usage of initSession resource with credentials is disabled",
            ));
        }
        let known = settings
            .accounts
            .iter()
            .find(|one| one.login == login && one.password == password);
        known.ok_or_else(|| {
            Refusal::new(
                401,
                "ERROR_GLPI_LOGIN",
                "Identifiant ou mot de passe incorrect",
            )
        })?
    };
    let token = glpi.open_session(account.clone());
    Ok(Json(json!({ "session_token": token })).into_response())
}
