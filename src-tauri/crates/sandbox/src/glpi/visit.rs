//! What a person with a session may read.
//!
//! Invariant: a ticket that is not there is 404, one that is not for this person 403.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::http::{Answer, Params, Refusal, Render, http_date, range, total_range};
use super::records::{Document, Line, Ticket};
use super::{Account, Generation, Glpi, Settings, TECHNICIAN, search};

/// A request with its session.
pub(super) struct Visit<'a> {
    pub glpi: &'a Glpi,
    pub account: Account,
    pub settings: &'a Settings,
    pub render: Render,
    pub params: Params,
    /// The API's address, as the client writes it.
    pub base: String,
}

impl Visit<'_> {
    pub fn session(&self) -> Response {
        let session = json!({
            "glpiID": self.render.number(self.account.id),
            "glpiname": self.account.login,
            "glpi_currenttime": self.render.date(self.glpi.now()),
        });
        Json(json!({ "session": session })).into_response()
    }

    fn sees(&self, ticket: &Ticket) -> bool {
        self.account.technician || ticket.requester == self.account.id
    }

    /// A ticket that is there and that this person may see.
    pub fn reach(&self, id: i64) -> Result<Ticket, Refusal> {
        let ticket = self.glpi.lock().records.tickets.get(&id).cloned();
        let ticket = ticket.ok_or_else(Refusal::not_found)?;
        if self.sees(&ticket) {
            Ok(ticket)
        } else {
            Err(Refusal::no_right())
        }
    }

    pub fn search(&self) -> Answer {
        let inner = self.glpi.lock();
        let all = inner.records.tickets.values();
        let tickets = all
            .filter(|ticket| !ticket.deleted && self.sees(ticket))
            .collect();
        let (reply, code, range) =
            search::page(self.settings, &self.render, &self.params, tickets)?;
        Ok(listed(reply, code, range))
    }

    pub fn ticket(&self, id: &str) -> Answer {
        let ticket = self.reach(id.parse().map_err(|_| Refusal::not_found())?)?;
        let render = &self.render;
        let mut fields = json!({
            "id": render.number(ticket.id),
            "name": render.text(&ticket.name),
            "content": render.text(&ticket.content),
            "status": render.number(ticket.status),
            "type": render.number(ticket.kind),
            "urgency": render.number(ticket.urgency),
            "impact": render.number(ticket.impact),
            "externalid": ticket.external_id,
            "users_id_recipient": render.number(ticket.writer),
            "is_deleted": render.number(i64::from(ticket.deleted)),
            "date": render.date(ticket.date),
            "date_creation": render.date(ticket.date),
            "date_mod": render.date(ticket.date_mod),
        });
        let asked = |name: &str| {
            self.params
                .iter()
                .any(|(key, value)| key == name && value == "true")
        };
        if let (Some(fields), true) = (fields.as_object_mut(), asked("with_documents")) {
            let documents: Vec<Value> = self
                .glpi
                .documents(ticket.id)
                .iter()
                .map(|document| self.document(document))
                .collect();
            fields.insert("_documents".into(), Value::Array(documents));
        }
        let mut response = Json(fields).into_response();
        let modified = http_date(ticket.date_mod - self.settings.zone_min * 60);
        if let (Some(date), true) = (modified, self.settings.last_modified) {
            response.headers_mut().insert(header::LAST_MODIFIED, date);
        }
        Ok(response)
    }

    fn document(&self, document: &Document) -> Value {
        let render = &self.render;
        json!({
            "assocID": render.number(document.id),
            "assocdate": render.date(document.date),
            "id": render.number(document.id),
            "name": render.text(&document.name),
            "filename": document.file_name,
            "comment": render.text(&document.comment),
            "users_id": render.number(document.author),
            "date_creation": render.date(document.date),
        })
    }

    fn name_of(&self, id: i64) -> String {
        if id == TECHNICIAN {
            return "Petit Dominique".into();
        }
        let known = self.settings.accounts.iter().find(|one| one.id == id);
        known.map(|one| one.name.clone()).unwrap_or_default()
    }

    pub fn list(&self, id: &str, lines: impl FnOnce(&Glpi, i64) -> Vec<Line>) -> Answer {
        let ticket = self.reach(id.parse().map_err(|_| Refusal::not_found())?)?;
        let lines = lines(self.glpi, ticket.id);
        let of = |name: &str| {
            self.params
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, v)| v.as_str())
        };
        let (from, to) = range(of("range"))?;
        if from > lines.len() {
            return Err(Refusal::beyond(lines.len()));
        }
        let named = of("add_keys_names[0]") == Some("users_id")
            && self.settings.generation != Generation::Nine;
        let rows: Vec<Value> = lines
            .iter()
            .skip(from)
            .take((to + 1).saturating_sub(from))
            .map(|line| {
                let render = &self.render;
                let mut row = json!({
                    "id": render.number(line.id),
                    "itemtype": "Ticket",
                    "items_id": render.number(line.ticket),
                    "users_id": render.number(line.author),
                    "content": render.text(&line.content),
                    "is_private": render.number(0),
                    "status": render.number(line.status),
                    "date": render.date(line.date),
                    "date_creation": render.date(line.date),
                });
                if let (Some(fields), true) = (row.as_object_mut(), named) {
                    fields.insert(
                        "_keys_names".into(),
                        json!({ "users_id": self.name_of(line.author) }),
                    );
                }
                row
            })
            .collect();
        let code = if rows.len() < lines.len() { 206 } else { 200 };
        Ok(listed(
            json!(rows),
            code,
            total_range(from, to, lines.len()),
        ))
    }
}

fn listed(reply: Value, code: u16, range: Option<String>) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::OK);
    let mut response = (status, Json(reply)).into_response();
    if let Some(range) = range.and_then(|range| HeaderValue::from_str(&range).ok()) {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    response
}
