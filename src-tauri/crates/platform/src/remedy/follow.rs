//! What is told about an incident: a note, a file, a word on its resolution, its cancellation.
//!
//! Invariants: a note bears the identity of its operation on its last line, so that it can be recognised; a change of state names
//! the fields it changes and no other, and is not asked again where it is done. Left out on purpose: the interface form's own way of
//! adding notes, which gives no identity back.

use reqwest::header::LOCATION;
use reqwest::multipart;
use serde_json::{Value, json};

use super::record::{self, equals};
use super::{READ_FORM, Remedy, uncertain};
use crate::classify::Operation;
use crate::reply::Reply;
use crate::{Accepted, Act, Counterpart, FollowUp};

pub(super) const WORK_LOG: &str = "HPD:WorkLog";
/// The first of the three places that a work log has for files.
const FILE_FIELD: &str = "z2AF Work Log01";
/// Notes read at once when one of ours is looked for.
const NOTES: usize = 100;

impl Remedy {
    pub(super) async fn tell(
        &self,
        there: &Counterpart,
        follow_up: &FollowUp,
        content: Option<Vec<u8>>,
    ) -> Reply<Accepted> {
        let Some(number) = there.number.as_deref() else {
            return without_number();
        };
        let _turn = self.turn.lock().await;
        match &follow_up.act {
            Act::Note { text } => self.add_note(number, text, follow_up, None).await,
            Act::Attachment { name, .. } => {
                let file = (name.as_str(), content.unwrap_or_default());
                // The platform folds names; people read the real one in the text.
                let text = format!("Fichier joint : {name}");
                self.add_note(number, &text, follow_up, Some(file)).await
            }
            Act::AcceptResolution => self.move_to(number, "Closed").await,
            Act::RefuseResolution => self.move_to(number, &self.reopened_status).await,
            Act::Cancel => self.move_to(number, "Cancelled").await,
        }
    }

    async fn add_note(
        &self,
        number: &str,
        text: &str,
        follow_up: &FollowUp,
        file: Option<(&str, Vec<u8>)>,
    ) -> Reply<Accepted> {
        let mut values = json!({
            "Incident Number": number,
            "Work Log Type": "General Information",
            "View Access": "Internal",
            "Secure Work Log": "No",
            "Detailed Description": record::tagged(text, &follow_up.identity),
        });
        let request = self.client.post(self.entry(WORK_LOG, None));
        let request = match file {
            None => request.json(&json!({ "values": values })),
            Some((name, content)) => {
                let name = record::ascii_name(name);
                if let Some(values) = values.as_object_mut() {
                    values.insert(FILE_FIELD.to_owned(), json!(name));
                }
                match files(&values, name, content) {
                    Ok(form) => request.multipart(form),
                    Err(error) => return rejected(&error.to_string()),
                }
            }
        };
        match self.call(Operation::Change, request).await.success() {
            Ok(received) => match received
                .header(LOCATION)
                .as_deref()
                .and_then(record::last_segment)
            {
                Some(id) => Reply::Sent(Accepted {
                    number: Some(number.to_owned()),
                    remote_id: Some(id),
                    ..Accepted::default()
                }),
                None => uncertain("the note was taken without an identity"),
            },
            Err(failure) => failure,
        }
    }

    /// Only the status travels: every other field of the dossier stays as the platform has it.
    async fn move_to(&self, number: &str, status: &str) -> Reply<Accepted> {
        let current = match self.status_of(number).await.success() {
            Ok(current) => current,
            Err(failure) => return failure,
        };
        let Some((request_id, current)) = current else {
            return rejected("the platform does not show this dossier");
        };
        let done = Accepted {
            number: Some(number.to_owned()),
            remote_id: Some(request_id.clone()),
            status: Some(status.to_owned()),
            ..Accepted::default()
        };
        if current == status {
            return Reply::Sent(done);
        }
        let request = self
            .client
            .put(self.entry(READ_FORM, Some(&request_id)))
            .json(&json!({ "values": { "z1D Action": "MODIFY", "Status": status } }));
        self.call(Operation::Change, request).await.map(|_| done)
    }

    /// The interface's address of a dossier, and its status.
    async fn status_of(&self, number: &str) -> Reply<Option<(String, String)>> {
        let request = self.client.get(self.entry(READ_FORM, None)).query(&[
            ("q", equals("Incident Number", number).as_str()),
            ("fields", "values(Request ID,Status)"),
            ("limit", "1"),
        ]);
        self.call(Operation::Find, request)
            .await
            .and_then(|received| record::rows(received.body.as_deref().unwrap_or_default()))
            .map(|rows| {
                let row = rows.first()?;
                let text = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
                Some((text("Request ID")?, text("Status")?))
            })
    }

    pub(super) async fn look_for(
        &self,
        there: &Counterpart,
        follow_up: &FollowUp,
    ) -> Reply<Vec<Accepted>> {
        let Some(number) = there.number.as_deref() else {
            return without_number();
        };
        let _turn = self.turn.lock().await;
        let wanted = match &follow_up.act {
            Act::Note { .. } | Act::Attachment { .. } => {
                return self.noted(number, &follow_up.identity).await;
            }
            Act::AcceptResolution => "Closed",
            Act::RefuseResolution => self.reopened_status.as_str(),
            Act::Cancel => "Cancelled",
        };
        self.status_of(number).await.map(|found| {
            found
                .filter(|(_, status)| status == wanted)
                .map(|(id, status)| Accepted {
                    number: Some(number.to_owned()),
                    remote_id: Some(id),
                    status: Some(status),
                    ..Accepted::default()
                })
                .into_iter()
                .collect()
        })
    }

    /// Long texts cannot be searched there: the notes are read and compared here, the newest first.
    async fn noted(&self, number: &str, identity: &str) -> Reply<Vec<Accepted>> {
        let mut offset = 0_usize;
        loop {
            let request = self.client.get(self.entry(WORK_LOG, None)).query(&[
                ("q", equals("Incident Number", number).as_str()),
                ("fields", "values(Work Log ID,Detailed Description)"),
                ("sort", "Work Log Submit Date.desc"),
                ("limit", &NOTES.to_string()),
                ("offset", &offset.to_string()),
            ]);
            let rows = match self
                .call(Operation::Find, request)
                .await
                .and_then(|received| record::rows(received.body.as_deref().unwrap_or_default()))
                .success()
            {
                Ok(rows) => rows,
                Err(failure) => return failure,
            };
            let ours = rows.iter().find(|row| {
                row.get("Detailed Description")
                    .and_then(Value::as_str)
                    .is_some_and(|text| record::untagged(text).1.as_deref() == Some(identity))
            });
            if let Some(row) = ours {
                let id = row.get("Work Log ID").and_then(Value::as_str);
                return Reply::Sent(vec![Accepted {
                    number: Some(number.to_owned()),
                    remote_id: Some(id.unwrap_or(identity).to_owned()),
                    ..Accepted::default()
                }]);
            }
            if rows.len() < NOTES {
                return Reply::Sent(Vec::new());
            }
            offset += NOTES;
        }
    }
}

/// Part names travel as they are written: the server compares them with the names of its fields, spaces included.
fn files(values: &Value, name: String, content: Vec<u8>) -> reqwest::Result<multipart::Form> {
    let entry = json!({ "values": values }).to_string();
    Ok(multipart::Form::new()
        .percent_encode_noop()
        .part(
            "entry",
            multipart::Part::text(entry).mime_str("application/json; charset=UTF-8")?,
        )
        .part(
            format!("attach-{FILE_FIELD}"),
            multipart::Part::bytes(content)
                .file_name(name)
                .mime_str("application/octet-stream")?,
        ))
}

fn without_number<T>() -> Reply<T> {
    rejected("the dossier has no number on the platform yet")
}

fn rejected<T>(reason: &str) -> Reply<T> {
    Reply::Rejected {
        code: None,
        reason: reason.to_owned(),
        field: None,
        certain: true,
    }
}
