//! Entries as clients read them: selection of fields, order, pages, links.
//!
//! Invariant: an entry is `{"values", "_links": {"self": [{"href"}]}}`; all fields are there, null when empty,
//! unless `fields` names some; `next` stands only when more rows exist; `numMatches` is null. Associations
//! (`assoc(…)`, `expand`) are accepted and left out.

use std::cmp::Ordering;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::ArError;
use crate::form::{Field, Form, Kind, find};
use crate::qualification;
use crate::records::{Act, Row};
use crate::settings::Settings;
use crate::value::{render, selection_id};

/// AR System leaves `:` as it is in addresses.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b':')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.');

/// What a list request wants.
pub(crate) struct Asked<'a> {
    pub act: Act<'a>,
    pub form: Form,
    pub params: &'a [(String, String)],
    pub base: &'a str,
    pub uri: &'a str,
}

impl Asked<'_> {
    fn of(&self, name: &str) -> Option<&str> {
        of(self.params, name)
    }

    fn count(&self, name: &str) -> Result<Option<usize>, ArError> {
        self.of(name)
            .filter(|v| !v.is_empty())
            .map(|v| {
                v.parse()
                    .map_err(|_| ArError::malformed(format!("{name}={v}")))
            })
            .transpose()
    }
}

fn of<'a>(params: &'a [(String, String)], name: &str) -> Option<&'a str> {
    params
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

pub(crate) fn address(base: &str, form: Form, id: &str) -> String {
    format!(
        "{base}/api/arsys/v1/entry/{}/{}",
        encoded(form.name()),
        encoded(id)
    )
}

/// The fields to show: those of `values(…)`, or all.
pub(crate) fn selection(
    settings: &Settings,
    form: Form,
    params: &[(String, String)],
) -> Result<Vec<Field>, ArError> {
    let fields = form.fields(settings);
    let named = of(params, "fields")
        .and_then(|text| text.split_once("values("))
        .and_then(|(_, rest)| rest.split_once(')'));
    let Some((names, _)) = named.filter(|(names, _)| !names.trim().is_empty()) else {
        return Ok(fields);
    };
    names
        .split(',')
        .map(str::trim)
        .map(|name| {
            find(&fields, name)
                .cloned()
                .ok_or_else(|| settings.error(314, format!("{} : <{name}>", form.name())))
        })
        .collect()
}

pub(crate) fn entry(
    settings: &Settings,
    form: Form,
    id: &str,
    row: &Row,
    selection: &[Field],
    base: &str,
) -> Value {
    let at = address(base, form, id);
    let values: Map<String, Value> = selection
        .iter()
        .map(|field| {
            let shown = match row.files.get(&field.name) {
                Some(file) => json!({ "name": file.name, "sizeBytes": file.bytes.len(), "href": format!("{at}/attach/{}", encoded(&field.name)) }),
                None => render(field, row.values.get(&field.name)),
            };
            (field.name.clone(), shown)
        })
        .collect();
    let link = match (settings.bare_links, form, id.split_once('|')) {
        (true, Form::Create, _) => format!("{base}/api/arsys/v1/entry/{}", encoded(form.name())),
        (true, Form::Incident, Some((half, _))) => address(base, form, half),
        _ => at,
    };
    json!({ "values": values, "_links": { "self": [{ "href": link }] } })
}

pub(crate) fn page(asked: &Asked<'_>, mut rows: Vec<(String, Row)>) -> Result<Value, ArError> {
    let Asked {
        act, form, base, ..
    } = *asked;
    let condition = qualification::parse(act, form, asked.of("q").unwrap_or_default())?;
    let selection = selection(act.settings, form, asked.params)?;
    let order = order(act.settings, form, asked.of("sort").unwrap_or_default())?;
    let offset = asked.count("offset")?.unwrap_or(0);
    let limit = asked.count("limit")?.filter(|limit| *limit > 0);

    rows.retain(|(_, row)| condition.holds(row));
    rows.sort_by(|(_, a), (_, b)| {
        order
            .iter()
            .fold(Ordering::Equal, |so_far, (field, descending)| {
                so_far.then_with(|| {
                    let way = rank(field, a).cmp(&rank(field, b));
                    if *descending { way.reverse() } else { way }
                })
            })
    });
    let total = rows.len();
    let end = limit.map_or(total, |limit| offset.saturating_add(limit).min(total));
    let entries: Vec<Value> = rows
        .iter()
        .take(end)
        .skip(offset)
        .map(|(id, row)| entry(act.settings, form, id, row, &selection, base))
        .collect();
    let mut links = json!({ "self": [{ "href": format!("{base}{}", asked.uri) }] });
    if let (Some(limit), true, Some(links)) = (limit, end < total, links.as_object_mut()) {
        let kept = asked
            .params
            .iter()
            .filter(|(name, _)| name != "offset" && name != "limit");
        let query: String = kept
            .map(|(name, value)| format!("{}={}&", encoded(name), encoded(value)))
            .collect();
        let path = asked.uri.split('?').next().unwrap_or_default();
        links.insert(
            "next".into(),
            json!([{ "href": format!("{base}{path}?{query}offset={end}&limit={limit}") }]),
        );
    }
    Ok(json!({ "entries": entries, "numMatches": null, "_links": links }))
}

/// `sort=Submit Date.desc,Priority.asc`
fn order(settings: &Settings, form: Form, sort: &str) -> Result<Vec<(Field, bool)>, ArError> {
    let fields = form.fields(settings);
    sort.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, descending) = match part.rsplit_once('.') {
                Some((name, way)) if way.eq_ignore_ascii_case("desc") => (name, true),
                Some((name, way)) if way.eq_ignore_ascii_case("asc") => (name, false),
                _ => (part, false),
            };
            let field = find(&fields, name)
                .cloned()
                .ok_or_else(|| settings.error(314, format!("{} : <{name}>", form.name())))?;
            Ok((field, descending))
        })
        .collect()
}

/// Nothing first, then numbers (dates, selections), then texts.
fn rank<'a>(field: &Field, row: &'a Row) -> (Option<i64>, Option<&'a str>) {
    let value = row.values.get(&field.name);
    let text = value.and_then(Value::as_str);
    match &field.kind {
        Kind::Enum(selection) => (text.and_then(|t| selection_id(selection, t)), None),
        _ => (value.and_then(Value::as_i64), text),
    }
}
