//! The register's list: filters, order, one window of rows; its facets are counted apart.

mod facets;
mod watch;

use rusqlite::{Connection, Row, params_from_iter};

use super::Equipment;
use crate::{
    Error, Page,
    filter::{Filter, window},
    search::{self, Found},
};
pub use facets::{FacetCount, facets};

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
    /// "type" (usual), "famille", "marque", "modele", "serie", "inventaire", "nom-reseau", "salle",
    /// "utilisateur", "financement", "etat", "achat", "prix", "garantie", "modification".
    pub sort: String,
    pub descending: bool,
    pub offset: u64,
    pub limit: u64,
}

pub fn page(conn: &Connection, query: &EquipmentQuery) -> Result<Page<Equipment>, Error> {
    let select = Equipment::FIELDS.join(", ");
    match search::found(conn, "equipment", &query.text)? {
        Found::All => {
            let total = count(conn, &filter(query, Way::Filters), "")?;
            let way = Way::to(conn, total, query.limit)?;
            let rows = windowed(conn, query, &filter(query, way), &select)?;
            Ok(Page { total, rows })
        }
        // The rows are walked in their order, and those found are picked: a common word would have the database
        // sort half the register, twice.
        found => {
            let seqs = ordered(
                conn,
                query,
                "seq",
                |row| row.get::<_, i64>(0),
                |seq| found.holds(*seq),
            )?;
            let sql = format!("{} WHERE seq = ?", Equipment::select());
            let mut one = conn.prepare_cached(&sql)?;
            let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
            let rows = seqs
                .iter()
                .skip(place(query.offset))
                .take(place(query.limit))
                .map(|seq| one.query_row([seq], Equipment::from_row))
                .collect::<Result<_, _>>()?;
            let total = seqs.len().try_into().unwrap_or(u64::MAX);
            Ok(Page { total, rows })
        }
    }
}

/// The whole list in its order, whatever its window: what a bulk edit or an export works on.
pub fn ids(conn: &Connection, query: &EquipmentQuery) -> Result<Vec<String>, Error> {
    let found = search::found(conn, "equipment", &query.text)?;
    let rows = ordered(
        conn,
        query,
        "seq, id",
        |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)),
        |(seq, _)| found.holds(*seq),
    )?;
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

/// How the rows of one window are come by.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// What the filters keep, then sorted.
    Filters,
    /// In the order asked, each row being tested, until the window is full.
    Order,
}

impl Way {
    /// Sorting looks at every row kept; walking looks at as many rows as it takes to meet a window's worth of them.
    fn to(conn: &Connection, kept: u64, window: u64) -> Result<Way, Error> {
        let all: u64 = conn
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM equipment")?
            .query_row([], |row| row.get(0))?;
        let walked = all.saturating_mul(window);
        Ok(match kept.saturating_mul(kept) > walked {
            true => Way::Order,
            false => Way::Filters,
        })
    }

    /// The `+` keeps SQLite from finding rows through an index of the column.
    fn column(self, name: &str) -> String {
        match self {
            Way::Filters => name.to_owned(),
            Way::Order => format!("+{name}"),
        }
    }
}

fn ordered<T>(
    conn: &Connection,
    query: &EquipmentQuery,
    select: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    keep: impl Fn(&T) -> bool,
) -> Result<Vec<T>, Error> {
    let filter = filter(query, Way::Filters);
    let mut kept = Vec::new();
    for part in parts(query) {
        let sql = part.sql(select, &filter);
        let mut statement = conn.prepare_cached(&sql)?;
        for row in statement.query_map(params_from_iter(filter.arguments()), &read)? {
            let row = row?;
            if keep(&row) {
                kept.push(row);
            }
        }
    }
    Ok(kept)
}

fn windowed(
    conn: &Connection,
    query: &EquipmentQuery,
    filter: &Filter,
    select: &str,
) -> Result<Vec<Equipment>, Error> {
    let mut rows: Vec<Equipment> = Vec::new();
    let mut before = query.offset;
    let parts = parts(query);
    for (rank, part) in parts.iter().enumerate() {
        let left = query.limit.saturating_sub(rows.len() as u64);
        let sql = format!("{} {}", part.sql(select, filter), window(left, before));
        let found: Vec<Equipment> = conn
            .prepare_cached(&sql)?
            .query_map(params_from_iter(filter.arguments()), Equipment::from_row)?
            .collect::<Result<_, _>>()?;
        let full = found.len() as u64 == left;
        let none = found.is_empty();
        rows.extend(found);
        if full || rank + 1 == parts.len() {
            break;
        }
        before = match none {
            true => before.saturating_sub(count(conn, filter, part.condition)?),
            false => 0,
        };
    }
    Ok(rows)
}

fn count(conn: &Connection, filter: &Filter, condition: &str) -> Result<u64, Error> {
    let sql = format!(
        "SELECT count(*) FROM equipment{}",
        filter.sql_with(condition)
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(filter.arguments()), |row| row.get(0))?)
}

/// The conditions of the query, but the text.
fn filter(query: &EquipmentQuery, way: Way) -> Filter {
    let mut filter = Filter::default();
    filter.one_of(&way.column("family"), &query.families);
    filter.one_of(&way.column("kind"), &query.kinds);
    rooms(&mut filter, &query.rooms, &way.column("room_id"));
    filter.one_of(&way.column("funding"), &query.funding);
    filter.one_of(&way.column("state"), &query.states);
    filter.one_of(&way.column("user_line"), &query.user_lines);
    for one in &query.watch {
        watch::narrow(&mut filter, one, query);
    }
    filter
}

fn rooms(filter: &mut Filter, rooms: &[String], column: &str) {
    let named: Vec<String> = rooms.iter().filter(|id| !id.is_empty()).cloned().collect();
    if named.len() == rooms.len() {
        filter.one_of(column, rooms);
        return;
    }
    let marks = vec!["?"; named.len()].join(", ");
    filter.and(&format!("({column} IS NULL OR {column} IN ({marks}))"), []);
    filter.bind(named);
}

/// A piece of the list that one index gives in order; the list is its parts one after the other.
struct Part {
    from: &'static str,
    condition: &'static str,
    order: String,
}

impl Part {
    fn sql(&self, select: &str, filter: &Filter) -> String {
        format!(
            "SELECT {select} FROM {}{} ORDER BY {}",
            self.from,
            filter.sql_with(self.condition),
            self.order
        )
    }
}

fn parts(query: &EquipmentQuery) -> Vec<Part> {
    let columns: &[&str] = match query.sort.as_str() {
        // Room by room in the order of their codes; what stands nowhere comes last, in both directions.
        "salle" => {
            return vec![
                Part {
                    from: "(SELECT id AS place, code AS place_code FROM room) CROSS JOIN equipment ON room_id = place",
                    condition: "room_id IS NOT NULL",
                    order: order(query, &["place_code", "kind"]),
                },
                Part {
                    from: "equipment",
                    condition: "room_id IS NULL",
                    order: order(query, &["kind"]),
                },
            ];
        }
        "famille" => &["family", "kind", "brand", "model"],
        "marque" => &["brand", "model"],
        "modele" => &["model"],
        "serie" => &["serial"],
        "inventaire" => &["inventory_number"],
        "nom-reseau" => &["host_name"],
        "utilisateur" => &["user_line"],
        "financement" => &["funding", "validated"],
        "etat" => &["state"],
        "achat" => &["bought_on"],
        "prix" => &["price_cents"],
        "garantie" => &["warranty_on", "state"],
        "modification" => &["updated_at_ms"],
        _ => &["kind", "brand", "model"],
    };
    vec![Part {
        from: "equipment",
        condition: "",
        order: order(query, columns),
    }]
}

/// Always ends with the rowid, so that two pages never show the same row.
fn order(query: &EquipmentQuery, columns: &[&str]) -> String {
    let direction = if query.descending { " DESC" } else { "" };
    let order: Vec<String> = columns
        .iter()
        .chain(&["seq"])
        .map(|column| format!("{column}{direction}"))
        .collect();
    order.join(", ")
}
