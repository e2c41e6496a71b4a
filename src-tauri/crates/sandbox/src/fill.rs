//! Putting what a client sent into a row.
//!
//! Invariant: a value enters a row only through `fill`, which knows the form's fields, their types and who may
//! set them; an attachment enters with its name and its bytes, or not at all.

use serde_json::{Map, Value, json};

use crate::ArError;
use crate::form::{Field, Form, Kind, find};
use crate::records::{Act, File, Files, Row};
use crate::settings::Settings;
use crate::value::accept;

/// Puts the values sent into the row. An attachment is a field value (its name) and a part (its bytes): one
/// without the other is refused, and so is any field the form does not have.
pub(crate) fn fill(
    act: Act<'_>,
    form: Form,
    fields: &[Field],
    row: &mut Row,
    values: &Map<String, Value>,
    mut files: Files,
) -> Result<(), ArError> {
    let settings = act.settings;
    for (name, value) in values {
        let field = find(fields, name)
            .ok_or_else(|| settings.error(314, format!("{} : <{name}>", form.name())))?;
        if form.is_read_only(&field.name) {
            return Err(settings.error(326, field.name.clone()));
        }
        let value = accept(settings, field, value)?;
        if field.kind == Kind::Attachment {
            attach(
                settings,
                row,
                &field.name,
                &value,
                files.remove(&field.name),
            )?;
        } else {
            row.set(&field.name, value);
        }
    }
    match files.into_keys().next() {
        None => Ok(()),
        Some(name) => Err(ArError::malformed(format!(
            "part attach-{name} without its field in entry"
        ))),
    }
}

fn attach(
    settings: &Settings,
    row: &mut Row,
    field: &str,
    name: &Value,
    bytes: Option<Vec<u8>>,
) -> Result<(), ArError> {
    match (name.as_str(), bytes) {
        (None, None) => {
            row.files.remove(field);
        }
        (Some(_), Some(bytes)) if bytes.len() > settings.assumed.attachment_max => {
            return Err(settings.error(306, field.to_owned()));
        }
        (Some(name), Some(bytes)) => {
            row.files.insert(
                field.to_owned(),
                File {
                    name: name.to_owned(),
                    bytes,
                },
            );
        }
        (Some(_), None) => {
            return Err(ArError::malformed(format!(
                "field {field} without its part attach-{field}"
            )));
        }
        (None, Some(_)) => {
            return Err(ArError::malformed(format!(
                "part attach-{field} without a file name in entry"
            )));
        }
    }
    Ok(())
}

/// Refuses a row where a required field of `fields` is empty.
pub(crate) fn require<'a>(
    settings: &Settings,
    fields: impl IntoIterator<Item = &'a Field>,
    row: &Row,
) -> Result<(), ArError> {
    let missing: Vec<&str> = fields
        .into_iter()
        .filter(|f| f.required && !row.values.contains_key(&f.name))
        .map(|f| f.name.as_str())
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(settings.error(307, missing.join(", ")))
    }
}

pub(crate) fn stamp_creation(act: Act<'_>, row: &mut Row, created: &str, modified: &str) {
    row.set("Submitter", act.login);
    row.set("Last Modified By", act.login);
    row.set(created, act.now_s);
    row.set(modified, act.now_s);
}

pub(crate) fn count_files(row: &mut Row) {
    for (at, field) in ["z2AF Work Log01", "z2AF Work Log02", "z2AF Work Log03"]
        .into_iter()
        .enumerate()
    {
        let name = row
            .files
            .get(field)
            .map_or(Value::Null, |file| json!(file.name));
        row.set(&format!("FileNameAttachment{}", at + 1), name);
    }
    row.set("Number of Attachments", row.files.len());
}
