//! Columns on show and saved views of the register's list.
//!
//! Invariant: what was saved is read with indulgence: a column or an order that this version does not know is left
//! out, and the rest of the view is kept. A name belongs to one view, whatever its case and accents.

use convention::text::fold;
use serde_json::{Value, json};
use store::{Connection, Transaction, saved_view};

use crate::{
    App, Error, labels,
    wire::{
        ById, Columns, EquipmentColumn, EquipmentQuery, EquipmentSort, ListLayout, NamedValue,
        Nothing, SavedView, ViewForm,
    },
};

const PLACE: &str = "equipements";
const COLUMNS: &str = "colonnes-equipements";
const USUAL: [EquipmentColumn; 7] = [
    EquipmentColumn::Kind,
    EquipmentColumn::Serial,
    EquipmentColumn::Room,
    EquipmentColumn::User,
    EquipmentColumn::Funding,
    EquipmentColumn::State,
    EquipmentColumn::Warranty,
];
/// The rows a view asks for first; the screen then asks for its own window.
const WINDOW: u32 = 200;
const NAME_MOST: usize = 60;

pub(crate) fn layout(app: &App, _: Nothing) -> Result<ListLayout, Error> {
    app.desk()?.store.read(read)
}

fn read(conn: &Connection) -> Result<ListLayout, Error> {
    let kept = store::setting::get(conn, COLUMNS)?
        .and_then(|text| serde_json::from_str(&text).ok())
        .map(|columns: Value| known(&columns))
        .unwrap_or_default();
    Ok(ListLayout {
        views: saved_view::list(conn, PLACE)?
            .into_iter()
            .map(view)
            .collect(),
        columns: or_usual(kept),
        all_columns: EquipmentColumn::ALL
            .iter()
            .map(|column| NamedValue {
                value: column.id().to_owned(),
                label: labels::equipment_column(*column).to_owned(),
            })
            .collect(),
    })
}

/// The columns of this list that this version knows, each once.
fn known(columns: &Value) -> Vec<EquipmentColumn> {
    let words = columns.as_array().map(Vec::as_slice).unwrap_or_default();
    distinct(
        words
            .iter()
            .filter_map(|word| EquipmentColumn::from_id(word.as_str()?)),
    )
}

fn distinct(columns: impl IntoIterator<Item = EquipmentColumn>) -> Vec<EquipmentColumn> {
    let mut kept = Vec::new();
    for column in columns {
        if !kept.contains(&column) {
            kept.push(column);
        }
    }
    kept
}

fn or_usual(columns: Vec<EquipmentColumn>) -> Vec<EquipmentColumn> {
    if columns.is_empty() {
        USUAL.to_vec()
    } else {
        columns
    }
}

fn view(row: saved_view::SavedView) -> SavedView {
    let saved: Value = serde_json::from_str(&row.query).unwrap_or_default();
    let part = |name: &str| saved.get(name).cloned().unwrap_or_default();
    let query = part("query");
    let of = |name: &str| query.get(name).cloned().unwrap_or_default();
    SavedView {
        id: row.id,
        name: row.name,
        query: EquipmentQuery {
            text: of("text").as_str().unwrap_or_default().to_owned(),
            facets: serde_json::from_value(of("facets")).unwrap_or_default(),
            sort: of("sort")
                .as_str()
                .and_then(EquipmentSort::from_id)
                .unwrap_or(EquipmentSort::Kind),
            descending: of("descending").as_bool().unwrap_or_default(),
            offset: 0,
            limit: WINDOW,
        },
        columns: or_usual(known(&part("columns"))),
    }
}

fn chosen(columns: Vec<EquipmentColumn>) -> Result<Vec<EquipmentColumn>, Error> {
    let columns = distinct(columns);
    if columns.is_empty() {
        return Err(Error::refused("columns", "Gardez au moins une colonne."));
    }
    Ok(columns)
}

fn ids(columns: &[EquipmentColumn]) -> Vec<&'static str> {
    columns.iter().map(|column| column.id()).collect()
}

pub(crate) fn save_columns(app: &App, request: Columns) -> Result<ListLayout, Error> {
    let columns = chosen(request.columns)?;
    app.desk()?.store.write(|tx| {
        store::setting::set(tx, COLUMNS, &json!(ids(&columns)).to_string())?;
        read(tx)
    })
}

pub(crate) fn save(app: &App, form: ViewForm) -> Result<ListLayout, Error> {
    let name = form.name.trim().to_owned();
    if name.is_empty() {
        return Err(Error::refused("name", "Donnez un nom à cette vue."));
    }
    if name.chars().count() > NAME_MOST {
        return Err(Error::refused(
            "name",
            "Ce nom est trop long pour un menu : gardez 60 caractères au plus.",
        ));
    }
    let columns = chosen(form.columns)?;
    let query = json!({
        "query": {
            "text": form.query.text,
            "facets": form.query.facets,
            "sort": form.query.sort,
            "descending": form.query.descending,
        },
        "columns": ids(&columns),
    });
    let now = app.now_ms();
    app.desk()?.store.write(|tx| {
        let known = distinct_name(tx, form.id.as_deref(), &name)?;
        let (id, created_at_ms) = match known {
            Some(view) => (view.id, view.created_at_ms),
            None => (store::new_id(now, &mut rand::rng()), now),
        };
        saved_view::upsert(
            tx,
            &saved_view::SavedView {
                id,
                place: PLACE.to_owned(),
                name,
                query: query.to_string(),
                created_at_ms,
            },
        )?;
        read(tx)
    })
}

/// The view to change, when there is one; refused when another bears the name.
fn distinct_name(
    tx: &Transaction,
    id: Option<&str>,
    name: &str,
) -> Result<Option<saved_view::SavedView>, Error> {
    let mut changed = None;
    for view in saved_view::list(tx, PLACE)? {
        if id == Some(view.id.as_str()) {
            changed = Some(view);
        } else if fold(&view.name) == fold(name) {
            return Err(Error::refused(
                "name",
                format!("Une autre vue s’appelle déjà « {} ».", view.name),
            ));
        }
    }
    if id.is_some() && changed.is_none() {
        return Err(Error::NotFound("Cette vue"));
    }
    Ok(changed)
}

pub(crate) fn remove(app: &App, request: ById) -> Result<ListLayout, Error> {
    app.desk()?.store.write(|tx| {
        saved_view::remove(tx, &request.id)?;
        read(tx)
    })
}
