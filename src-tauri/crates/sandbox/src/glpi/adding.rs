//! What a person adds: tickets, follow-ups, documents.
//!
//! Invariant: of a list each object is added or not by itself, and the answer says which: 201 for all, 207 for some, 400 for none.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::http::{Answer, Refusal};
use super::records::{Document, Ticket};
use super::upload::Body;
use super::visit::Visit;

/// The number of what was added, and GLPI's message about it.
type Added = Result<(i64, String), Refusal>;

impl Visit<'_> {
    pub fn add(
        &self,
        itemtype: &str,
        body: &Body,
        one: impl Fn(&Self, &Map<String, Value>) -> Added,
    ) -> Answer {
        let (inputs, list) = body.inputs()?;
        let added: Vec<Added> = inputs.iter().map(|input| one(self, input)).collect();
        if !list {
            let first = added.into_iter().next();
            let (id, message) = first.unwrap_or_else(|| Err(Refusal::payload()))?;
            return Ok(self.added(itemtype, id, json!({ "id": id, "message": message })));
        }
        let failed = added.iter().filter(|one| one.is_err()).count();
        let results: Vec<Value> = added
            .iter()
            .map(|one| match one {
                Ok((id, message)) => json!({ "id": id, "message": message }),
                Err(refusal) => json!({ "id": false, "message": refusal.text }),
            })
            .collect();
        let answer = |code: StatusCode, body: Value| Ok((code, Json(body)).into_response());
        if failed == 0 {
            answer(StatusCode::CREATED, json!(results))
        } else if failed < results.len() {
            let body = json!(["ERROR_GLPI_PARTIAL_ADD", results]);
            answer(StatusCode::MULTI_STATUS, body)
        } else {
            answer(StatusCode::BAD_REQUEST, json!(["ERROR_GLPI_ADD", results]))
        }
    }

    pub fn create(&self, input: &Map<String, Value>) -> Added {
        let text = |name: &str| input.get(name).and_then(Value::as_str).unwrap_or_default();
        let number = |name: &str| input.get(name).and_then(Value::as_i64);
        let missing: Vec<&str> = self
            .settings
            .mandatory
            .iter()
            .map(String::as_str)
            .filter(|name| text(name).is_empty() && number(name).is_none())
            .collect();
        if !missing.is_empty() {
            return Err(Refusal::not_added(&format!(
                "Les champs obligatoires ne sont pas remplis. Merci de corriger : {}",
                missing.join(", ")
            )));
        }
        let level = |name: &str| {
            number(name)
                .filter(|level| (1..=5).contains(level))
                .unwrap_or(3)
        };
        let now = self.glpi.now();
        let assigned = self.settings.assign_on_create;
        let id = self.glpi.lock().records.insert(Ticket {
            id: 0,
            name: text("name").trim_start().chars().take(255).collect(),
            content: text("content").trim_start().to_owned(),
            status: if assigned { 2 } else { 1 },
            kind: number("type").unwrap_or(1),
            urgency: level("urgency"),
            impact: level("impact"),
            external_id: Some(text("externalid").to_owned()).filter(|text| !text.is_empty()),
            requester: number("_users_id_requester").unwrap_or(self.account.id),
            writer: self.account.id,
            assigned,
            deleted: false,
            date: now,
            date_mod: now,
        });
        Ok((id, format!("Élément ajouté : {}", text("name"))))
    }

    pub fn follow(&self, input: &Map<String, Value>) -> Added {
        let ticket = self.parent(input)?;
        let set = |name: &str| input.get(name).is_some_and(|value| !value.is_null());
        let (close, reopen) = (set("add_close"), set("add_reopen"));
        let content = input
            .get("content")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if content.is_empty() && !close {
            return Err(Refusal::not_added(
                "Vous ne pouvez pas ajouter un suivi sans description",
            ));
        }
        if ticket.status == 6 && !reopen {
            return Err(Refusal::not_added(
                "Vous n’avez pas les droits requis pour réaliser cette action.",
            ));
        }
        let content = if content.is_empty() {
            "Solution approuvée"
        } else {
            content
        };
        let now = self.glpi.now();
        let id =
            self.glpi
                .lock()
                .records
                .follow(now, ticket.id, &self.account, content, close, reopen);
        Ok((id, String::new()))
    }

    pub fn attach(&self, body: &Body) -> Answer {
        let too_big = || {
            Refusal::new(
                400,
                "ERROR_UPLOAD_FILE_TOO_BIG_POST_MAX_SIZE",
                "The file seems too big",
            )
        };
        // PHP drops every part when the whole is too big, so GLPI sees an upload without files.
        let Body::Upload {
            file: Some((file_name, bytes)),
            ..
        } = body
        else {
            return Err(too_big());
        };
        if bytes.len() > self.settings.upload_max {
            return Err(too_big());
        }
        let (inputs, _) = body.inputs()?;
        let input = inputs.first().ok_or_else(Refusal::payload)?;
        // A document can stand alone.
        let ticket = match input.get("itemtype") {
            Some(_) => self.parent(input)?.id,
            None => 0,
        };
        let ending = file_name.rsplit('.').next().unwrap_or_default();
        let kinds = &self.settings.extensions;
        let known = kinds.iter().any(|kind| kind.eq_ignore_ascii_case(ending));
        if !known && input.contains_key("_only_if_upload_succeed") {
            return Err(Refusal::not_added("Type de fichier non autorisé"));
        }
        let text = |name: &str| input.get(name).and_then(Value::as_str).unwrap_or_default();
        let stored = if known { file_name.as_str() } else { "" };
        // Before the lock, which the clock's zone needs too.
        let now = self.glpi.now();
        let id = self.glpi.lock().records.attach(Document {
            id: 0,
            ticket,
            author: self.account.id,
            name: Some(text("name"))
                .filter(|name| !name.is_empty())
                .unwrap_or(stored)
                .to_owned(),
            file_name: stored.to_owned(),
            comment: text("comment").to_owned(),
            bytes: if known { bytes.to_vec() } else { Vec::new() },
            date: now,
        });
        let mut file = json!({ "name": file_name, "size": bytes.len() });
        if let (Some(fields), false) = (file.as_object_mut(), known) {
            fields.insert("error".into(), json!("Type de fichier non autorisé"));
        }
        let reply = json!({ "id": id, "message": "", "upload_result": { "filename": [file] } });
        Ok(self.added("Document", id, reply))
    }

    /// The ticket that `itemtype` and `items_id` name.
    fn parent(&self, input: &Map<String, Value>) -> Result<Ticket, Refusal> {
        let denied =
            || Refusal::not_added("Vous n’avez pas les droits requis pour réaliser cette action.");
        if input.get("itemtype").and_then(Value::as_str) != Some("Ticket") {
            return Err(denied());
        }
        let id = input.get("items_id").and_then(Value::as_i64).unwrap_or(0);
        self.reach(id).map_err(|_| denied())
    }

    fn added(&self, itemtype: &str, id: i64, reply: Value) -> Response {
        let location = format!("{}{itemtype}/{id}", self.base);
        (
            StatusCode::CREATED,
            [(header::LOCATION, location)],
            Json(reply),
        )
            .into_response()
    }
}
