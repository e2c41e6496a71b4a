//! GLPI's search engine, as far as a ticket's plain columns go.
//!
//! Invariants: a criterion is checked before anything is read; `AND` binds before `OR`, because the criteria become one SQL condition;
//! texts are compared as the database keeps them, without regard to case.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::http::{Refusal, Render, range, total_range};
use super::records::Ticket;
use super::{Generation, Settings};

/// The number of the external identifier's option is ours: clients read it from `listSearchOptions`.
const EXTERNAL: u32 = 401;

struct Column {
    option: u32,
    field: &'static str,
    name: &'static str,
}

const COLUMNS: [Column; 8] = [
    column(1, "name", "Titre"),
    column(2, "id", "ID"),
    column(4, "users_id", "Demandeur"),
    column(12, "status", "Statut"),
    column(15, "date", "Date d’ouverture"),
    column(19, "date_mod", "Dernière modification"),
    column(21, "content", "Description"),
    column(EXTERNAL, "externalid", "Identifiant externe"),
];

const fn column(option: u32, field: &'static str, name: &'static str) -> Column {
    Column {
        option,
        field,
        name,
    }
}

fn columns(settings: &Settings) -> impl Iterator<Item = &'static Column> {
    let external = settings.generation == Generation::Eleven;
    COLUMNS
        .iter()
        .filter(move |column| external || column.option != EXTERNAL)
}

/// `listSearchOptions`, with one of the headings that stand among the options.
pub(super) fn options(settings: &Settings) -> Value {
    let mut all = Map::new();
    all.insert("common".into(), json!({ "name": "Caractéristiques" }));
    for column in columns(settings) {
        // Who asks is a row of another table.
        let (table, field, uid) = match column.field {
            "users_id" => (
                "glpi_users",
                "name",
                "Ticket.Ticket_User.User.name".to_owned(),
            ),
            field => ("glpi_tickets", field, format!("Ticket.{field}")),
        };
        all.insert(
            column.option.to_string(),
            json!({ "name": column.name, "table": table, "field": field, "nosearch": false, "nodisplay": false, "uid": uid }),
        );
    }
    Value::Object(all)
}

struct Criterion {
    or: bool,
    option: u32,
    how: String,
    value: String,
}

fn criteria(settings: &Settings, params: &[(String, String)]) -> Result<Vec<Criterion>, Refusal> {
    let mut all = Vec::new();
    for n in 0.. {
        let part = |name: &str| {
            let key = format!("criteria[{n}][{name}]");
            let found = params.iter().find(|(param, _)| *param == key);
            found.map(|(_, value)| value.clone())
        };
        let (field, how, value) = match (part("field"), part("searchtype"), part("value")) {
            (None, None, None) => break,
            (Some(field), Some(how), Some(value)) => (field, how, value),
            _ => return Err(Refusal::bad("Malformed search criteria")),
        };
        let option = field
            .parse()
            .ok()
            .filter(|option| columns(settings).any(|column| column.option == *option))
            .ok_or_else(|| Refusal::bad("Bad field ID in search criteria"))?;
        all.push(Criterion {
            or: part("link").is_some_and(|link| link == "OR"),
            option,
            how,
            value,
        });
    }
    Ok(all)
}

/// A column of a ticket as text.
fn cell(render: &Render, ticket: &Ticket, option: u32) -> String {
    match option {
        1 => render.stored(&ticket.name),
        2 => ticket.id.to_string(),
        4 => ticket.requester.to_string(),
        12 => ticket.status.to_string(),
        15 => render.date(ticket.date),
        19 => render.date(ticket.date_mod),
        21 => render.stored(&ticket.content),
        EXTERNAL => ticket.external_id.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

fn holds(render: &Render, ticket: &Ticket, criterion: &Criterion) -> bool {
    let cell = cell(render, ticket, criterion.option);
    match criterion.how.as_str() {
        "contains" => {
            let wanted = render.stored(&criterion.value).to_lowercase();
            cell.to_lowercase().contains(&wanted)
        }
        "equals" => cell == criterion.value,
        "notequals" => cell != criterion.value,
        // The spelling of dates sorts as they run.
        "morethan" => cell > criterion.value,
        "lessthan" => cell < criterion.value,
        _ => false,
    }
}

fn matches(render: &Render, ticket: &Ticket, criteria: &[Criterion]) -> bool {
    let mut one = false;
    let mut all = true;
    for (n, criterion) in criteria.iter().enumerate() {
        if n > 0 && criterion.or {
            one |= all;
            all = true;
        }
        all &= holds(render, ticket, criterion);
    }
    one | all
}

/// The answer, its code and its `Content-Range`.
pub(super) fn page(
    settings: &Settings,
    render: &Render,
    params: &[(String, String)],
    tickets: Vec<&Ticket>,
) -> Result<(Value, u16, Option<String>), Refusal> {
    let criteria = criteria(settings, params)?;
    let of = |name: &str| {
        params
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, v)| v.as_str())
    };
    let sort: u32 = of("sort").and_then(|sort| sort.parse().ok()).unwrap_or(1);
    let mut found: Vec<&Ticket> = tickets
        .into_iter()
        .filter(|ticket| matches(render, ticket, &criteria))
        .collect();
    found.sort_by(|one, next| compare(render, one, next, sort));
    if of("order") == Some("DESC") {
        found.reverse();
    }
    let (from, to) = range(of("range"))?;
    let total = found.len();
    if from > total {
        return Err(Refusal::beyond(total));
    }
    let mut shown: Vec<u32> = vec![1, 80];
    shown.extend(criteria.iter().map(|criterion| criterion.option));
    shown.extend(
        params
            .iter()
            .filter(|(name, _)| name.starts_with("forcedisplay["))
            .filter_map(|(_, option)| option.parse::<u32>().ok()),
    );
    let rows: Vec<Value> = found
        .iter()
        .skip(from)
        .take((to + 1).saturating_sub(from))
        .map(|ticket| row(render, ticket, &shown))
        .collect();
    let count = rows.len();
    let mut reply =
        json!({ "totalcount": total, "count": count, "sort": [sort], "order": ["ASC"] });
    if let (Some(fields), false) = (reply.as_object_mut(), rows.is_empty()) {
        fields.insert("data".into(), Value::Array(rows));
    }
    let code = if count >= total { 200 } else { 206 };
    Ok((reply, code, total_range(from, to, total)))
}

fn compare(render: &Render, one: &Ticket, next: &Ticket, sort: u32) -> Ordering {
    if sort == 2 {
        return one.id.cmp(&next.id);
    }
    // Rows that are equal come in no particular order: the newest first is as good as any, and no client may rely on another.
    let (first, second) = (cell(render, one, sort), cell(render, next, sort));
    first.cmp(&second).then(next.id.cmp(&one.id))
}

fn row(render: &Render, ticket: &Ticket, shown: &[u32]) -> Value {
    let mut cells = Map::new();
    for option in shown {
        let value = match option {
            2 => render.number(ticket.id),
            4 => render.number(ticket.requester),
            12 => render.number(ticket.status),
            80 => json!("Entité racine"),
            option => json!(cell(render, ticket, *option)),
        };
        cells.insert(option.to_string(), value);
    }
    Value::Object(cells)
}
