//! The register's list: filters, facets, order, one window of rows.
//!
//! Facets count what each value would give with the other filters as they are: choosing a value never leads
//! to a count other than the one shown.

use rusqlite::{Connection, params_from_iter};

use super::Equipment;
use crate::{
    Error, Page,
    filter::{Filter, text, window},
};

/// Empty lists and texts filter nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EquipmentQuery {
    pub text: String,
    pub families: Vec<String>,
    pub kinds: Vec<String>,
    /// Room ids; the empty text stands for « nowhere ».
    pub rooms: Vec<String>,
    pub funding: Vec<String>,
    pub states: Vec<String>,
    pub user_lines: Vec<String>,
    /// "en-panne", "achat-non-valide", "garantie-3-mois", "garantie-finie", "sans-salle", "sans-serie"; an
    /// unknown one finds nothing.
    pub watch: Vec<String>,
    /// YYYY-MM-DD, from the caller's clock.
    pub today: String,
    /// YYYY-MM-DD: own-funds purchases after this day need a validation; those without a date too.
    pub own_funds_after: String,
    /// "type" (usual), "famille", "serie", "inventaire", "salle", "utilisateur", "financement", "etat",
    /// "achat", "garantie", "modification".
    pub sort: String,
    pub descending: bool,
    pub offset: u64,
    pub limit: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacetCount {
    /// "famille", "type", "salle", "financement", "etat", "utilisateur" or "surveillance".
    pub facet: String,
    pub value: String,
    pub count: u64,
}

const WATCHES: [&str; 6] = [
    "en-panne",
    "achat-non-valide",
    "garantie-3-mois",
    "garantie-finie",
    "sans-salle",
    "sans-serie",
];

/// The facets that are columns, under their name in the query.
const COLUMNS: [(&str, &str); 6] = [
    ("famille", "family"),
    ("type", "kind"),
    ("salle", "room_id"),
    ("financement", "funding"),
    ("etat", "state"),
    ("utilisateur", "user_line"),
];

pub fn page(conn: &Connection, query: &EquipmentQuery) -> Result<Page<Equipment>, Error> {
    let filter = filter(query, "");
    let total = count(conn, &filter)?;
    let sql = format!(
        "{}{} ORDER BY {} {}",
        Equipment::select(),
        filter.sql(),
        order(query),
        window(query.limit, query.offset),
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map(params_from_iter(filter.arguments()), Equipment::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(Page { total, rows })
}

pub fn facets(conn: &Connection, query: &EquipmentQuery) -> Result<Vec<FacetCount>, Error> {
    let mut facets = Vec::new();
    for (facet, column) in COLUMNS {
        let filter = filter(query, facet);
        let sql = format!(
            "SELECT coalesce({column}, ''), count(*) FROM equipment{} GROUP BY {column} ORDER BY {column}",
            filter.sql()
        );
        let counted = conn
            .prepare_cached(&sql)?
            .query_map(params_from_iter(filter.arguments()), |row| {
                Ok(FacetCount {
                    facet: facet.to_owned(),
                    value: row.get(0)?,
                    count: row.get(1)?,
                })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        facets.extend(counted);
    }
    for watch in WATCHES {
        let mut filter = filter(query, "surveillance");
        watched(&mut filter, watch, query);
        facets.push(FacetCount {
            facet: "surveillance".to_owned(),
            value: watch.to_owned(),
            count: count(conn, &filter)?,
        });
    }
    Ok(facets)
}

fn count(conn: &Connection, filter: &Filter) -> Result<u64, Error> {
    let sql = format!("SELECT count(*) FROM equipment{}", filter.sql());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(filter.arguments()), |row| row.get(0))?)
}

/// The conditions of the query, those of one facet left out.
fn filter(query: &EquipmentQuery, but: &str) -> Filter {
    let mut filter = Filter::default();
    filter.matching("equipment", &query.text);
    for (facet, column) in COLUMNS {
        if facet == but {
            continue;
        }
        match facet {
            "famille" => filter.one_of(column, &query.families),
            "type" => filter.one_of(column, &query.kinds),
            "salle" => rooms(&mut filter, &query.rooms),
            "financement" => filter.one_of(column, &query.funding),
            "etat" => filter.one_of(column, &query.states),
            _ => filter.one_of(column, &query.user_lines),
        }
    }
    if but != "surveillance" {
        for watch in &query.watch {
            watched(&mut filter, watch, query);
        }
    }
    filter
}

fn rooms(filter: &mut Filter, rooms: &[String]) {
    let named: Vec<String> = rooms.iter().filter(|id| !id.is_empty()).cloned().collect();
    if named.len() == rooms.len() {
        filter.one_of("room_id", rooms);
        return;
    }
    let marks = vec!["?"; named.len()].join(", ");
    filter.and(&format!("(room_id IS NULL OR room_id IN ({marks}))"), []);
    filter.bind(named);
}

fn watched(filter: &mut Filter, watch: &str, query: &EquipmentQuery) {
    let today = query.today.as_str();
    match watch {
        "en-panne" => filter.and("state = 'en-panne'", []),
        "achat-non-valide" => filter.and(
            "funding = 'fonds-propres' AND validated = 0 AND state <> 'reforme' \
             AND (bought_on IS NULL OR bought_on > ?)",
            [text(&query.own_funds_after)],
        ),
        "garantie-3-mois" => filter.and(
            "warranty_on BETWEEN ? AND date(?, '+3 months') AND state <> 'reforme'",
            [text(today), text(today)],
        ),
        "garantie-finie" => filter.and("warranty_on < ? AND state <> 'reforme'", [text(today)]),
        "sans-salle" => filter.and("room_id IS NULL AND state <> 'reforme'", []),
        "sans-serie" => filter.and("serial = '' AND state <> 'reforme'", []),
        _ => filter.and("0", []),
    }
}

/// Always ends with the rowid, so that two pages never show the same row.
fn order(query: &EquipmentQuery) -> String {
    let columns: &[&str] = match query.sort.as_str() {
        "famille" => &["family", "kind", "brand", "model"],
        "serie" => &["serial"],
        "inventaire" => &["inventory_number"],
        "salle" => &["(SELECT code FROM room WHERE room.id = room_id)", "kind"],
        "utilisateur" => &["user_line"],
        "financement" => &["funding", "validated"],
        "etat" => &["state"],
        "achat" => &["bought_on"],
        "garantie" => &["warranty_on", "state"],
        "modification" => &["updated_at_ms"],
        _ => &["kind", "brand", "model"],
    };
    let direction = if query.descending { " DESC" } else { "" };
    let mut order: Vec<String> = columns
        .iter()
        .chain(&["seq"])
        .map(|column| format!("{column}{direction}"))
        .collect();
    // What stands nowhere comes last, in both directions.
    if !query.descending && query.sort == "salle" {
        order.insert(0, "room_id IS NULL".to_owned());
    }
    order.join(", ")
}
