//! The register's list: filters, facets with their counts, figures, and the guide's picker.

use chrono::NaiveDate;
use convention::Pack;
use store::{Connection, equipment::FacetCount};

use super::{label, non_empty, own_funds_after, perimeter_of, row};
use crate::{
    App, Error, labels, pack, tickets,
    wire::{
        EquipmentFamily, EquipmentPage, EquipmentPick, EquipmentQuery, EquipmentState, Facet,
        FacetValue, Funding, Perimeter, PickQuery, Picks,
    },
};

pub(super) fn wanted(
    pack: &Pack,
    query: &EquipmentQuery,
    today: NaiveDate,
) -> Result<store::equipment::EquipmentQuery, Error> {
    let kept = |facet: &str| query.facets.get(facet).cloned().unwrap_or_default();
    let mut user_lines = Vec::new();
    for id in kept("reseau") {
        let perimeter = Perimeter::from_id(&id)
            .ok_or_else(|| Error::BadRequest(format!("unknown network « {id} »")))?;
        user_lines.extend(
            pack.users
                .iter()
                .filter(|line| Perimeter::from(line.perimeter) == perimeter)
                .map(|line| line.label.clone()),
        );
        if perimeter == Perimeter::Pedagogique {
            // Network gear has no user and stands on the pedagogical side.
            user_lines.push(String::new());
        }
    }
    Ok(store::equipment::EquipmentQuery {
        text: query.text.clone(),
        families: kept("famille"),
        kinds: kept("type"),
        rooms: kept("salle"),
        funding: kept("financement"),
        states: kept("etat"),
        user_lines,
        watch: kept("surveillance"),
        today: today.to_string(),
        own_funds_after: own_funds_after(pack),
        sort: query.sort.id().to_owned(),
        descending: query.descending,
        offset: query.offset.into(),
        limit: query.limit.clamp(1, 500).into(),
    })
}

fn facet_label(facet: &str, value: &str) -> String {
    match facet {
        "famille" => EquipmentFamily::from_id(value).map_or_else(
            || value.to_owned(),
            |family| labels::equipment_family(family).to_owned(),
        ),
        "financement" => Funding::from_id(value).map_or_else(
            || value.to_owned(),
            |funding| labels::funding(funding).to_owned(),
        ),
        "etat" => EquipmentState::from_id(value).map_or_else(
            || value.to_owned(),
            |state| labels::capital(labels::equipment_state(state)),
        ),
        "surveillance" => match value {
            "en-panne" => "En panne",
            "achat-non-valide" => "Achat non validé",
            "garantie-3-mois" => "Garantie de moins de 3 mois",
            "garantie-finie" => "Garantie expirée",
            "sans-salle" => "Sans salle",
            "sans-serie" => "Sans numéro de série",
            other => other,
        }
        .to_owned(),
        _ => value.to_owned(),
    }
}

const FACETS: [(&str, &str); 6] = [
    ("reseau", "Réseau"),
    ("famille", "Type"),
    ("financement", "Financement"),
    ("etat", "État"),
    ("surveillance", "À surveiller"),
    ("salle", "Salle"),
];

/// The two networks, counted through the users who stand on them.
fn networks(pack: &Pack, counted: &[FacetCount]) -> Vec<FacetValue> {
    let on = |perimeter: Perimeter, label: &str| FacetValue {
        value: perimeter.id().to_owned(),
        label: label.to_owned(),
        count: counted
            .iter()
            .filter(|count| count.facet == "utilisateur")
            .filter(|count| perimeter_of(pack, &count.value) == perimeter)
            .map(|count| tickets::narrow(count.count))
            .sum(),
    };
    vec![
        on(Perimeter::Pedagogique, "Pédagogique"),
        on(Perimeter::Administratif, "Administratif"),
    ]
}

fn values(
    conn: &Connection,
    counted: &[FacetCount],
    facet: &str,
) -> Result<Vec<FacetValue>, Error> {
    let mut values = Vec::new();
    for count in counted.iter().filter(|count| count.facet == facet) {
        let label = if facet == "salle" {
            store::room::get(conn, &count.value)?
                .map_or_else(|| "Sans salle".to_owned(), |room| room.code)
        } else {
            facet_label(facet, &count.value)
        };
        values.push(FacetValue {
            value: count.value.clone(),
            label,
            count: tickets::narrow(count.count),
        });
    }
    if facet == "salle" {
        values.sort_by(|one, other| one.label.cmp(&other.label));
    }
    Ok(values)
}

pub(crate) fn list(app: &App, query: EquipmentQuery) -> Result<EquipmentPage, Error> {
    let desk = app.desk()?;
    let today = app.today();
    desk.store.read(|conn| {
        let pack = pack::in_force(conn)?;
        let wanted = wanted(&pack, &query, today)?;
        let page = store::equipment::page(conn, &wanted)?;
        let counted = store::equipment::facets(conn, &wanted)?;
        let mut facets = Vec::new();
        for (name, label) in FACETS {
            facets.push(Facet {
                name: name.to_owned(),
                label: label.to_owned(),
                values: match name {
                    "reseau" => networks(&pack, &counted),
                    _ => values(conn, &counted, name)?,
                },
            });
        }
        Ok(EquipmentPage {
            total: tickets::narrow(page.total),
            all: total(conn)?,
            rows: page
                .rows
                .iter()
                .map(|equipment| row(conn, &pack, equipment, today))
                .collect::<Result<_, Error>>()?,
            facets,
        })
    })
}

pub(crate) fn pick(app: &App, query: PickQuery) -> Result<Picks, Error> {
    let desk = app.desk()?;
    let today = app.today();
    desk.store.read(|conn| {
        let wanted = store::equipment::EquipmentQuery {
            text: query.text,
            today: today.to_string(),
            limit: 20,
            ..Default::default()
        };
        let pack = pack::in_force(conn)?;
        let mut picks = Vec::new();
        for equipment in store::equipment::page(conn, &wanted)?.rows {
            let row = row(conn, &pack, &equipment, today)?;
            let user = row.user_line.filter(|user| row.room.as_ref() != Some(user));
            let detail: Vec<String> = [
                row.room,
                user,
                non_empty(&equipment.serial).map(|serial| format!("série {serial}")),
            ]
            .into_iter()
            .flatten()
            .collect();
            picks.push(EquipmentPick {
                id: equipment.id.clone(),
                label: label(&equipment),
                detail: detail.join(" · "),
            });
        }
        Ok(Picks { picks })
    })
}

/// Every piece of the register, whatever its state.
pub(crate) fn total(conn: &Connection) -> Result<u32, Error> {
    Ok(store::equipment::by_state(conn)?
        .into_iter()
        .map(|(_, count)| tickets::narrow(count))
        .sum())
}

pub(crate) fn broken_total(conn: &Connection) -> Result<u32, Error> {
    let broken = EquipmentState::Broken.id();
    Ok(store::equipment::by_state(conn)?
        .into_iter()
        .find(|(state, _)| state == broken)
        .map_or(0, |(_, count)| tickets::narrow(count)))
}

/// Own funds, bought after the convention's date, and not validated by the Département.
pub(crate) fn not_validated_total(conn: &Connection, today: NaiveDate) -> Result<u32, Error> {
    let wanted = store::equipment::EquipmentQuery {
        watch: vec!["achat-non-valide".into()],
        own_funds_after: own_funds_after(&*pack::in_force(conn)?),
        today: today.to_string(),
        limit: 1,
        ..Default::default()
    };
    Ok(tickets::narrow(
        store::equipment::page(conn, &wanted)?.total,
    ))
}
