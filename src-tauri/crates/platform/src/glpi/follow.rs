//! What is told about a ticket: notes, files, a resolution accepted or refused; and whether it is there already.
//!
//! Invariant: each bears the identity of its operation, in its text or in its document's comment, and is looked for by it.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::Value;

use super::answer::Verb;
use super::{Glpi, added, date, html, record, rejected, told, uncertain, unread};
use crate::reply::{self, Reply};
use crate::{Accepted, Act, Counterpart, FollowUp};

pub(super) const FOLLOW_UP: &str = "ITILFollowup";

impl Glpi {
    pub(super) async fn follow_ticket(
        &self,
        counterpart: &Counterpart,
        follow_up: &FollowUp,
        content: Option<Vec<u8>>,
    ) -> Reply<Accepted> {
        let _turn = self.turn.lock().await;
        let id = match ticket_id(counterpart) {
            Ok(id) => id,
            Err(failure) => return failure,
        };
        if matches!(follow_up.act, Act::AcceptResolution | Act::RefuseResolution)
            && let Err(failure) = self.solved(id, &follow_up.act).await
        {
            return failure;
        }
        let (itemtype, reply) = match (&follow_up.act, told::to_follow(id, follow_up)) {
            (_, Some(input)) => {
                let add = || self.request(Method::POST, &[FOLLOW_UP]).json(&input);
                (FOLLOW_UP, self.call(Verb::Write, add).await)
            }
            (Act::Attachment { name, .. }, None) => {
                let Some(content) = content else {
                    return rejected("the file's content is missing");
                };
                let manifest = told::to_attach(id, follow_up, name).to_string();
                let upload = || {
                    // No type: GLPI looks at the extension.
                    let file = Part::bytes(content.clone()).file_name(told::ascii(name));
                    let form = Form::new()
                        .percent_encode_noop()
                        .text("uploadManifest", manifest.clone())
                        .part("filename[0]", file);
                    self.request(Method::POST, &["Document"]).multipart(form)
                };
                ("Document", self.call(Verb::Write, upload).await)
            }
            (_, None) => return reply::unable(),
        };
        reply.and_then(|received| {
            if let Some(error) = record::upload_error(received.body.as_deref().unwrap_or_default())
            {
                return Reply::Rejected {
                    code: None,
                    reason: error,
                    field: None,
                    certain: false,
                };
            }
            match added(&received) {
                Some(id) => Reply::Sent(Accepted {
                    number: None,
                    remote_id: Some(format!("{itemtype}-{id}")),
                    server_time_ms: date(&received),
                    status: None,
                }),
                None => uncertain("201 without an id or an address"),
            }
        })
    }

    /// GLPI takes the acceptance of what is not solved as a mere comment: it would look accepted here, and not be.
    async fn solved(&self, id: i64, act: &Act) -> Result<(), Reply<Accepted>> {
        let ticket = self.ticket(id).await.success()?;
        match (act, ticket.status()) {
            (_, Some(5)) | (Act::RefuseResolution, Some(6)) => Ok(()),
            (_, status) => Err(rejected(&format!(
                "the ticket is not solved: {}",
                status.map_or_else(|| "no status".to_owned(), record::status_word)
            ))),
        }
    }

    pub(super) async fn find_followed(
        &self,
        counterpart: &Counterpart,
        follow_up: &FollowUp,
    ) -> Reply<Vec<Accepted>> {
        let _turn = self.turn.lock().await;
        let id = match ticket_id(counterpart) {
            Ok(id) => id,
            Err(failure) => return failure,
        };
        let ticket = match self.ticket(id).await.success() {
            Ok(ticket) => ticket,
            Err(failure) => return failure,
        };
        let zone_ms = self.zone_of(&ticket);
        // Any line with the tag proves that ours arrived, even one that quotes it: hence no question of whose it is.
        let found: Option<Vec<Accepted>> = if let Act::Attachment { .. } = &follow_up.act {
            let Some(documents) = ticket.documents() else {
                return rejected("GLPI does not show this person the documents of the ticket");
            };
            documents
                .iter()
                .filter(|row| record::is_document_of(row, &follow_up.identity))
                .map(|row| there("Document", row, zone_ms))
                .collect()
        } else {
            let rows = match self.list(id, FOLLOW_UP).await.success() {
                Ok(rows) => rows,
                Err(failure) => return failure,
            };
            let tag = told::tag(&follow_up.identity);
            rows.iter()
                .filter(|row| {
                    let content = row.get("content").and_then(Value::as_str);
                    content.is_some_and(|content| html::words(content).contains(&tag))
                })
                .map(|row| there(FOLLOW_UP, row, zone_ms))
                .collect()
        };
        found.map_or_else(|| unread("a line of the ticket has no id"), Reply::Sent)
    }
}

fn there(itemtype: &str, row: &Value, zone_ms: i64) -> Option<Accepted> {
    let id = record::whole(row.get("id")?)?;
    let created = row.get("date_creation").and_then(Value::as_str);
    Some(Accepted {
        number: None,
        remote_id: Some(format!("{itemtype}-{id}")),
        server_time_ms: created
            .and_then(record::local_ms)
            .map(|local| local - zone_ms),
        status: None,
    })
}

fn ticket_id<T>(counterpart: &Counterpart) -> Result<i64, Reply<T>> {
    counterpart
        .number
        .as_deref()
        .and_then(record::ticket_id)
        .ok_or_else(|| rejected("this is no number of GLPI"))
}
