//! Values on the wire and at rest.
//!
//! At rest a date is an integer of UTC seconds and a selection is its base string; on the wire a date reads
//! `2022-06-21T11:08:05.000+0000`. An empty string is NULL, as in AR System. A text in a date must be ISO 8601:
//! dates in the user's locale are left out on purpose, the same text would mean two days.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::ArError;
use crate::form::{Field, Kind, Selection};
use crate::settings::Settings;

pub(crate) fn date_out(seconds: i64) -> String {
    DateTime::<Utc>::from_timestamp(seconds, 0)
        .map(|d| d.format("%Y-%m-%dT%H:%M:%S.000+0000").to_string())
        .unwrap_or_default()
}

pub(crate) fn date_in(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .map(|d| d.timestamp())
        .ok()
}

/// The selection's number for a base string, a number, or a number written as text.
pub(crate) fn selection_id(selection: Selection, text: &str) -> Option<i64> {
    selection
        .iter()
        .find(|(name, _)| *name == text)
        .or_else(|| {
            text.parse::<i64>()
                .ok()
                .and_then(|id| selection.iter().find(|(_, i)| *i == id))
        })
        .map(|(_, id)| *id)
}

/// What is stored for `value` in `field`, or the refusal.
pub(crate) fn accept(settings: &Settings, field: &Field, value: &Value) -> Result<Value, ArError> {
    let text = match value {
        Value::Null => return Ok(Value::Null),
        Value::String(text) if text.is_empty() => return Ok(Value::Null),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            return Err(ArError::malformed(format!(
                "a value that is neither text nor number for {}",
                field.name
            )));
        }
    };
    let outside = || settings.error(306, field.name.clone());
    match &field.kind {
        Kind::Char { max } => {
            if max.is_some_and(|max| text.chars().count() > max) {
                Err(outside())
            } else {
                Ok(Value::String(text))
            }
        }
        Kind::Enum(selection) => {
            let id = selection_id(selection, &text).ok_or_else(outside)?;
            Ok(selection
                .iter()
                .find(|(_, i)| *i == id)
                .map_or(Value::Null, |(name, _)| json!(name)))
        }
        Kind::Date => value
            .as_i64()
            .or_else(|| date_in(&text))
            .map(|d| json!(d))
            .ok_or_else(outside),
        Kind::Integer => text.parse::<i64>().map(|n| json!(n)).map_err(|_| outside()),
        Kind::Attachment => Ok(Value::String(text)),
        Kind::History => Err(settings.error(326, field.name.clone())),
    }
}

/// What the client reads; attachments are rendered by the caller, who knows their address.
pub(crate) fn render(field: &Field, value: Option<&Value>) -> Value {
    match (&field.kind, value) {
        (_, None) => Value::Null,
        (Kind::Date, Some(value)) => value.as_i64().map_or(Value::Null, |s| json!(date_out(s))),
        (Kind::History, Some(Value::Object(steps))) => {
            let steps: Map<String, Value> = steps
                .iter()
                .map(|(status, step)| {
                    let at = step.get("timestamp").and_then(Value::as_i64).map(date_out);
                    (
                        status.clone(),
                        json!({ "user": step.get("user"), "timestamp": at }),
                    )
                })
                .collect();
            Value::Object(steps)
        }
        (_, Some(value)) => value.clone(),
    }
}
