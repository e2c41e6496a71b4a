//! What the platform's form takes: lengths and values, as its administrators set them.
//!
//! Invariant: what it does not say stays unsaid; nothing here is guessed.

use serde_json::Value;

use super::follow::WORK_LOG;
use super::{CREATE_FORM, Remedy};
use crate::Form;
use crate::classify::Operation;
use crate::reply::Reply;

impl Remedy {
    pub(super) async fn read_form(&self) -> Reply<Form> {
        let _turn = self.turn.lock().await;
        let creation = match self.fields(CREATE_FORM).await.success() {
            Ok(fields) => fields,
            Err(failure) => return failure,
        };
        let notes = match self.fields(WORK_LOG).await.success() {
            Ok(fields) => fields,
            Err(failure) => return failure,
        };
        Reply::Sent(form(&creation, &notes))
    }

    async fn fields(&self, form: &str) -> Reply<Vec<Value>> {
        let address = self.address(&["api", "arsys", "v1", "fields", form]);
        let request = self.client.get(address).query(&[
            ("field_criteria", "NAME,DATATYPE,LIMIT,OPTIONS"),
            ("field_type", "DATA"),
        ]);
        self.call(Operation::Find, request)
            .await
            .and_then(|received| {
                let body = received.body.as_deref().unwrap_or_default();
                match serde_json::from_str::<Vec<Value>>(body) {
                    Ok(fields) => Reply::Sent(fields),
                    Err(error) => Reply::Transient {
                        retry_after: None,
                        reason: error.to_string(),
                    },
                }
            })
    }
}

fn named<'a>(fields: &'a [Value], name: &str) -> Option<&'a Value> {
    fields
        .iter()
        .find(|field| field.get("name").and_then(Value::as_str) == Some(name))
}

/// In characters; the server's 0 means « as long as one likes ».
fn length(fields: &[Value], name: &str) -> Option<u32> {
    let most = named(fields, name)?
        .pointer("/limit/max_length")?
        .as_u64()?;
    u32::try_from(most).ok().filter(|most| *most > 0)
}

fn values(fields: &[Value], name: &str) -> Vec<String> {
    named(fields, name)
        .and_then(|field| field.pointer("/limit/selection_values"))
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|value| value.get("name").and_then(Value::as_str))
        .map(str::to_owned)
        .collect()
}

fn form(creation: &[Value], notes: &[Value]) -> Form {
    Form {
        summary_max: length(creation, "Description"),
        description_max: length(creation, "Detailed_Decription"),
        note_max: length(notes, "Detailed Description"),
        attachment_max: None,
        impact: values(creation, "Impact"),
        urgency: values(creation, "Urgency"),
        service_type: values(creation, "Service_Type"),
        fields: creation
            .iter()
            .filter_map(|field| field.get("name").and_then(Value::as_str))
            .map(str::to_owned)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lengths_and_values_are_those_that_the_server_says() {
        let creation = [
            json!({"name": "Description", "datatype": "CHAR", "limit": {"max_length": 100}}),
            json!({"name": "Detailed_Decription", "datatype": "CHAR", "limit": {"max_length": 0}}),
            json!({"name": "Impact", "datatype": "ENUM", "limit": {"selection_values": [{"id": 1000, "name": "1-Extensive/Widespread"}]}}),
        ];
        let read = form(&creation, &[]);
        assert_eq!(read.summary_max, Some(100), "the title has a length");
        assert_eq!(read.description_max, None, "0 is no limit");
        assert_eq!(
            read.impact,
            ["1-Extensive/Widespread"],
            "values travel in the server's words"
        );
        assert_eq!(read.note_max, None, "what was not said is not guessed");
        assert_eq!(read.fields.len(), 3, "every field of the form is known");
    }
}
