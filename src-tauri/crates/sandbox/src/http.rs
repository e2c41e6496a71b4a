//! The addresses of `/api`, and what surrounds every request: history, faults, the Date header.
//!
//! Invariant: every verb under `/api/arsys` goes through `enter`, so a dead token is 401 for all of them.
//! Left out on purpose: `/api/rx` and the simplified API, absent from 9.1-era servers; mergeEntry, menus and
//! webhooks, which the application has no use for.

use std::collections::BTreeMap;

use axum::extract::{DefaultBodyLimit, FromRequest, OriginalUri, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::body::body;
use crate::fault::through;
use crate::form::Form;
use crate::list::{self, Asked};
use crate::records::{Act, Files};
use crate::serve::Line;
use crate::session::{Identity, Session, identify};
use crate::{ArError, Sandbox};

type Answer = Result<Response, ArError>;
type Params = Query<Vec<(String, String)>>;

pub(crate) fn router(sandbox: Sandbox) -> Router {
    let arsys = Router::new()
        .route("/entry/{form}", get(entries).post(create).options(describe))
        .route(
            "/entry/{form}/",
            get(entries)
                .post(create)
                .options(describe)
                .put(no_id)
                .delete(no_id),
        )
        .route("/entry/{form}/{id}", get(entry).put(modify).delete(delete))
        .route("/entry/{form}/{id}/attach/{field}", get(attachment))
        .route("/fields/{form}", get(describe));
    Router::new()
        .route("/api/jwt/login", post(login))
        .route("/api/jwt/logout", post(logout))
        .nest("/api/arsys/v1", arsys.clone())
        .nest("/api/arsys/v1.0", arsys)
        // Attachments have their own limit, which answers as AR System does.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(sandbox.clone(), surround))
        .with_state(sandbox)
}

async fn surround(
    State(sandbox): State<Sandbox>,
    Extension(line): Extension<Line>,
    request: Request,
    next: Next,
) -> Response {
    let seen = sandbox.note(request.method(), request.uri());
    let mut response = if sandbox.settings().http_forbidden {
        let body = json!({ "message": "Access forbidden", "code": 403, "transient": false });
        (StatusCode::FORBIDDEN, Json(body)).into_response()
    } else {
        through(&sandbox, &line, request, next).await
    };
    sandbox.note_status(seen, response.status().as_u16());
    let date = DateTime::<Utc>::from_timestamp(sandbox.now_s(), 0)
        .map(|d| d.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    if let Some(date) = date.and_then(|d| HeaderValue::from_str(&d).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

async fn login(State(sandbox): State<Sandbox>, request: Request) -> Answer {
    let axum::Form(form): axum::Form<BTreeMap<String, String>> =
        axum::Form::from_request(request, &())
            .await
            .map_err(|e| ArError::malformed(e.body_text()))?;
    let of = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let username = of("username");
    let identity = sandbox
        .change(|settings, records| identify(settings, records, username, of("password")))?;
    let guest = matches!(identity, Identity::Guest);
    let token = sandbox.open_session(username, guest);
    let mut response =
        ([(header::CONTENT_TYPE, "text/plain;charset=UTF-8")], token).into_response();
    if guest {
        let warning = json!([{
            "messageType": "WARNING",
            "messageText": sandbox.settings().assumed.guest_text,
            "messageAppendedText": username,
            "messageNumber": 59,
        }]);
        // A header holds visible ASCII; a name outside it would lose the warning, so it is escaped.
        let ascii: String = warning
            .to_string()
            .chars()
            .map(|c| if c.is_ascii() { c } else { '?' })
            .collect();
        if let Ok(value) = HeaderValue::from_str(&ascii) {
            response.headers_mut().insert("x-ar-messages", value);
        }
    }
    Ok(response)
}

async fn logout(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    match sandbox.enter(&headers) {
        Ok(visit) => {
            sandbox.close_session(&visit.token);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(refusal) => sandbox.unauthenticated(refusal),
    }
}

/// An authenticated request under way; with `one_request_per_user` its user has no other until it is dropped.
pub(crate) struct Visit {
    pub sandbox: Sandbox,
    pub token: String,
    pub session: Session,
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.sandbox.leave(&self.session.login);
    }
}

/// Opens the door, then does the work: the one place where a dead token becomes 401.
fn with_session(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    work: impl FnOnce(&Visit) -> Answer,
) -> Response {
    match sandbox.enter(headers) {
        Ok(visit) => work(&visit).into_response(),
        Err(refusal) => sandbox.unauthenticated(refusal),
    }
}

async fn entries(
    State(sandbox): State<Sandbox>,
    Path(form): Path<String>,
    Query(params): Params,
    // The nested router only sees the end of the address, and links repeat the whole.
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    with_session(&sandbox, &headers, |visit| {
        sandbox.look(|settings, records, now_s| {
            let form = Form::named(&form, settings)?;
            let act = Act {
                settings,
                login: &visit.session.login,
                now_s,
            };
            let rows = records.rows(settings, form);
            let asked = Asked {
                act,
                form,
                params: &params,
                base: &base(&headers),
                uri: &uri.to_string(),
            };
            list::page(&asked, rows).map(|page| Json(page).into_response())
        })
    })
}

async fn entry(
    State(sandbox): State<Sandbox>,
    Path((form, id)): Path<(String, String)>,
    Query(params): Params,
    headers: HeaderMap,
) -> Response {
    with_session(&sandbox, &headers, |_| {
        sandbox.look(|settings, records, _| {
            let form = Form::named(&form, settings)?;
            let (id, row) = records.row(settings, form, &id)?;
            let selection = list::selection(settings, form, &params)?;
            Ok(Json(list::entry(
                settings,
                form,
                &id,
                &row,
                &selection,
                &base(&headers),
            ))
            .into_response())
        })
    })
}

async fn create(
    State(sandbox): State<Sandbox>,
    Path(form): Path<String>,
    Query(params): Params,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let visit = match sandbox.enter(&headers) {
        Ok(visit) => visit,
        Err(refusal) => return sandbox.unauthenticated(refusal),
    };
    match body(request).await {
        Ok((values, files)) => {
            created(&visit, &form, &params, &base(&headers), &values, files).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn created(
    visit: &Visit,
    form: &str,
    params: &[(String, String)],
    base: &str,
    values: &Map<String, Value>,
    files: Files,
) -> Answer {
    let sandbox = &visit.sandbox;
    let now_s = sandbox.now_s();
    sandbox.change(|settings, records| {
        let form = Form::named(form, settings)?;
        may_write(visit, settings)?;
        let act = Act {
            settings,
            login: &visit.session.login,
            now_s,
        };
        // A selection that names an unknown field refuses the request whole: nothing is stored.
        let selection = list::selection(settings, form, params)?;
        let id = match form {
            Form::Create => records.create_incident(act, values, files)?,
            Form::WorkLog => records.create_worklog(act, values, files)?,
            // A POST on a join only triggers workflow, of which there is none here.
            Form::Incident => return Ok(StatusCode::NO_CONTENT.into_response()),
            Form::HelpDesk | Form::People => {
                return Err(settings.error(353, form.name().to_owned()));
            }
        };
        let (_, row) = records.row(settings, form, &id)?;
        let location = [(header::LOCATION, list::address(base, form, &id))];
        if params.iter().any(|(name, _)| name == "fields") {
            let entry = list::entry(settings, form, &id, &row, &selection, base);
            Ok((StatusCode::CREATED, location, Json(entry)).into_response())
        } else {
            Ok((StatusCode::CREATED, location).into_response())
        }
    })
}

async fn modify(
    State(sandbox): State<Sandbox>,
    Path((form, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let visit = match sandbox.enter(request.headers()) {
        Ok(visit) => visit,
        Err(refusal) => return sandbox.unauthenticated(refusal),
    };
    let (values, files) = match body(request).await {
        Ok(read) => read,
        Err(refusal) => return refusal.into_response(),
    };
    let now_s = sandbox.now_s();
    let done = sandbox.change(|settings, records| {
        may_write(&visit, settings)?;
        let form = Form::named(&form, settings)?;
        records.modify(
            Act {
                settings,
                login: &visit.session.login,
                now_s,
            },
            form,
            &id,
            &values,
            files,
        )
    });
    done.map(|()| StatusCode::NO_CONTENT).into_response()
}

async fn delete(
    State(sandbox): State<Sandbox>,
    Path((form, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    with_session(&sandbox, &headers, |visit| {
        sandbox.change(|settings, records| {
            may_write(visit, settings)?;
            records.delete(settings, Form::named(&form, settings)?, &id)?;
            Ok(StatusCode::NO_CONTENT.into_response())
        })
    })
}

async fn no_id(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    with_session(&sandbox, &headers, |_| Err(sandbox.refusal(100)))
}

async fn attachment(
    State(sandbox): State<Sandbox>,
    Path((form, id, field)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    with_session(&sandbox, &headers, |_| {
        sandbox.look(|settings, records, _| {
            let (id, mut row) = records.row(settings, Form::named(&form, settings)?, &id)?;
            let file = row
                .files
                .remove(&field)
                .ok_or_else(|| settings.error(302, format!("{id} {field}")))?;
            Ok((
                [(header::CONTENT_TYPE, "application/octet-stream")],
                file.bytes,
            )
                .into_response())
        })
    })
}

/// OPTIONS and `/fields`. The body of OPTIONS was never recorded: this one is the list of `/fields`.
async fn describe(
    State(sandbox): State<Sandbox>,
    Path(form): Path<String>,
    headers: HeaderMap,
) -> Response {
    with_session(&sandbox, &headers, |_| {
        sandbox.look(|settings, _, _| {
            let fields: Vec<Value> = Form::named(&form, settings)?
                .fields(settings)
                .iter()
                .map(|f| f.describe())
                .collect();
            Ok(Json(fields).into_response())
        })
    })
}

fn may_write(visit: &Visit, settings: &crate::Settings) -> Result<(), ArError> {
    if visit.session.guest && !settings.assumed.guest_may_write {
        return Err(settings.error(353, visit.session.login.clone()));
    }
    Ok(())
}

/// The address clients use for us, for links.
fn base(headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|h| h.to_str().ok())
        .unwrap_or("127.0.0.1");
    format!("http://{host}")
}
