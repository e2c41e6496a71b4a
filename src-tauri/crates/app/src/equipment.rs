//! The register: list with facets, one record with who maintains it and why, and its form.
//!
//! Invariant: who maintains a machine is never stored; it is asked of the convention each
//! time, so that a change of user, funding or pack changes the answer at once.

use chrono::{Days, NaiveDate};
use convention::{EquipmentFacts, RouteRequest};
use serde_json::{Map, Value};
use store::{Connection, equipment::Equipment};

use crate::{
    App, Error,
    convention_view::{day, routed},
    labels, pack, tickets,
    tickets::word,
    wire::{
        ById, EquipmentFamily, EquipmentForm, EquipmentPage, EquipmentPick, EquipmentQuery,
        EquipmentRow, EquipmentState, EquipmentView, Facet, FacetValue, Funding, HistoryLine,
        Nothing, Perimeter, PickQuery, Picks, Route, Saved, WarrantyState,
    },
};

/// A warranty that ends within this many days is worth a word.
const SOON_DAYS: u64 = 60;

/// « Imprimante noir et blanc HP LaserJet Pro M404, CDI »
pub(crate) fn label(equipment: &Equipment) -> String {
    let model = model(equipment);
    if model.is_empty() {
        short_kind(&equipment.kind).to_owned()
    } else {
        format!("{} {model}", short_kind(&equipment.kind))
    }
}

/// The types of annexe 3 carry their composition in parentheses; a name does not need it.
fn short_kind(kind: &str) -> &str {
    kind.split(" (").next().unwrap_or(kind)
}

fn model(equipment: &Equipment) -> String {
    format!("{} {}", equipment.brand, equipment.model)
        .trim()
        .to_owned()
}

fn perimeter(equipment: &Equipment) -> Result<Perimeter, Error> {
    Ok(pack::built_in()?
        .perimeter_of(&equipment.user_line)
        .map_or(Perimeter::Pedagogique, Perimeter::from))
}

fn parsed(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
}

fn non_empty(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn route_request(
    equipment: &Equipment,
    profile: &store::profile::Profile,
    today: NaiveDate,
) -> Result<RouteRequest, Error> {
    Ok(RouteRequest {
        service: "equipement-bureautique".to_owned(),
        activity: convention::Activity::Maintenance,
        perimeter: Some(perimeter(equipment)?.into()),
        funding: Funding::from_id(&equipment.funding).map(Into::into),
        bought_on: parsed(equipment.bought_on.as_deref()),
        validated: equipment.validated,
        cite_scolaire: profile.cite_scolaire,
        region_maintains: profile.region_maintains,
        out_of_warranty: parsed(equipment.warranty_on.as_deref()).is_some_and(|end| end < today),
        case: None,
    })
}

/// The line of the matrix a machine belongs to, by family.
fn service_of(family: EquipmentFamily) -> &'static str {
    match family {
        EquipmentFamily::Network => "infrastructure-reseau",
        EquipmentFamily::Server => "hebergement-dans-eple",
        _ => "equipement-bureautique",
    }
}

fn route(
    equipment: &Equipment,
    profile: &store::profile::Profile,
    today: NaiveDate,
) -> Result<Route, Error> {
    let mut request = route_request(equipment, profile, today)?;
    request.service = service_of(word(EquipmentFamily::from_id, &equipment.family)?).to_owned();
    routed(&request)
}

/// What the guide knows of a machine without asking.
pub(crate) fn facts(conn: &Connection, equipment: &Equipment) -> Result<EquipmentFacts, Error> {
    let room = match &equipment.room_id {
        Some(id) => store::room::get(conn, id)?.map(|room| room.code),
        None => None,
    };
    Ok(EquipmentFacts {
        id: equipment.id.clone(),
        label: label(equipment),
        kind: equipment.kind.clone(),
        family: equipment
            .family
            .parse()
            .map_err(|_| Error::Internal(format!("unknown family « {} »", equipment.family)))?,
        room,
        user_line: non_empty(&equipment.user_line),
        perimeter: Some(perimeter(equipment)?.into()),
        funding: Funding::from_id(&equipment.funding).map(Into::into),
        bought_on: parsed(equipment.bought_on.as_deref()),
        validated: equipment.validated,
        warranty_end: parsed(equipment.warranty_on.as_deref()),
        serial: non_empty(&equipment.serial),
        inventory_number: non_empty(&equipment.inventory_number),
    })
}

fn not_validated(equipment: &Equipment) -> bool {
    // The convention's date, as a request on this machine would read it.
    equipment.funding == Funding::FondsPropres.id()
        && !equipment.validated
        && equipment
            .bought_on
            .as_deref()
            .is_none_or(|day| day > "2015-09-01")
}

fn row(conn: &Connection, equipment: &Equipment, today: NaiveDate) -> Result<EquipmentRow, Error> {
    let end = parsed(equipment.warranty_on.as_deref());
    let soon = today
        .checked_add_days(Days::new(SOON_DAYS))
        .unwrap_or(today);
    let room = match &equipment.room_id {
        Some(id) => store::room::get(conn, id)?.map(|room| room.code),
        None => None,
    };
    Ok(EquipmentRow {
        id: equipment.id.clone(),
        kind: short_kind(&equipment.kind).to_owned(),
        family: word(EquipmentFamily::from_id, &equipment.family)?,
        model: model(equipment),
        serial: equipment.serial.clone(),
        inventory_number: equipment.inventory_number.clone(),
        room,
        user_line: non_empty(&equipment.user_line),
        perimeter: perimeter(equipment)?,
        funding: word(Funding::from_id, &equipment.funding)?,
        state: word(EquipmentState::from_id, &equipment.state)?,
        warranty_on: equipment.warranty_on.clone(),
        warranty: match end {
            None => WarrantyState::None,
            Some(end) if end < today => WarrantyState::Ended,
            Some(end) if end <= soon => WarrantyState::EndingSoon,
            Some(_) => WarrantyState::Running,
        },
        not_validated: not_validated(equipment),
    })
}

fn wanted(
    query: &EquipmentQuery,
    today: NaiveDate,
) -> Result<store::equipment::EquipmentQuery, Error> {
    let kept = |facet: &str| query.facets.get(facet).cloned().unwrap_or_default();
    let mut user_lines = Vec::new();
    for id in kept("reseau") {
        let perimeter = Perimeter::from_id(&id)
            .ok_or_else(|| Error::BadRequest(format!("unknown network « {id} »")))?;
        user_lines.extend(
            pack::built_in()?
                .users
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
        "etat" => {
            let text = EquipmentState::from_id(value).map_or_else(
                || value.to_owned(),
                |state| labels::equipment_state(state).to_owned(),
            );
            let mut letters = text.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        }
        "surveillance" => match value {
            "en-panne" => "En panne",
            "achat-non-valide" => "Achat non validé",
            "garantie-3-mois" => "Garantie de moins de 3 mois",
            "garantie-finie" => "Garantie finie",
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

pub(crate) fn list(app: &App, query: EquipmentQuery) -> Result<EquipmentPage, Error> {
    let desk = app.desk()?;
    let today = app.today();
    let wanted = wanted(&query, today)?;
    let pack = pack::built_in()?;
    desk.store.read(|conn| {
        let page = store::equipment::page(conn, &wanted)?;
        let counted = store::equipment::facets(conn, &wanted)?;
        let mut facets = Vec::new();
        for (name, label) in FACETS {
            let values = if name == "reseau" {
                [Perimeter::Pedagogique, Perimeter::Administratif]
                    .into_iter()
                    .map(|perimeter| FacetValue {
                        value: perimeter.id().to_owned(),
                        label: if perimeter == Perimeter::Pedagogique {
                            "Pédagogique"
                        } else {
                            "Administratif"
                        }
                        .to_owned(),
                        count: counted
                            .iter()
                            .filter(|count| count.facet == "utilisateur")
                            .filter(|count| {
                                pack.perimeter_of(&count.value)
                                    .map_or(Perimeter::Pedagogique, Perimeter::from)
                                    == perimeter
                            })
                            .map(|count| tickets::narrow(count.count))
                            .sum(),
                    })
                    .collect()
            } else {
                let mut values = Vec::new();
                for count in counted.iter().filter(|count| count.facet == name) {
                    let label = if name == "salle" {
                        store::room::get(conn, &count.value)?
                            .map_or_else(|| "Sans salle".to_owned(), |room| room.code)
                    } else {
                        facet_label(name, &count.value)
                    };
                    values.push(FacetValue {
                        value: count.value.clone(),
                        label,
                        count: tickets::narrow(count.count),
                    });
                }
                values
            };
            facets.push(Facet {
                name: name.to_owned(),
                label: label.to_owned(),
                values,
            });
        }
        Ok(EquipmentPage {
            total: tickets::narrow(page.total),
            all: total(conn)?,
            rows: page
                .rows
                .iter()
                .map(|equipment| row(conn, equipment, today))
                .collect::<Result<_, Error>>()?,
            facets,
        })
    })
}

pub(crate) fn find(conn: &Connection, id: &str) -> Result<Equipment, Error> {
    store::equipment::get(conn, id)?.ok_or(Error::NotFound("Cet équipement"))
}

pub(crate) fn show(app: &App, request: ById) -> Result<EquipmentView, Error> {
    let desk = app.desk()?;
    let today = app.today();
    let now = app.now_ms();
    desk.store.read(|conn| {
        let equipment = find(conn, &request.id)?;
        let profile = store::profile::get(conn)?.unwrap_or_default();
        let tickets = store::ticket::by_equipment(conn, &equipment.id, 50)?;
        let history = history(conn, &equipment)?;
        Ok(EquipmentView {
            row: row(conn, &equipment, today)?,
            route: route(&equipment, &profile, today)?,
            can_delete: tickets.is_empty(),
            tickets: tickets
                .iter()
                .map(|ticket| tickets::row(conn, ticket, now))
                .collect::<Result<_, Error>>()?,
            history,
            created_at_ms: equipment.created_at_ms,
            updated_at_ms: equipment.updated_at_ms,
            form: form(equipment)?,
        })
    })
}

/// The words of the record's fields, for its history.
fn field_label(field: &str) -> Option<&'static str> {
    Some(match field {
        "kind" => "type",
        "brand" => "marque",
        "model" => "modèle",
        "serial" => "série",
        "inventory_number" => "numéro d’inventaire",
        "host_name" => "nom sur le réseau",
        "ip" => "adresse IP",
        "mac" => "adresse MAC",
        "room_id" => "salle",
        "user_line" => "utilisateur",
        "funding" => "financement",
        "bought_on" => "date d’achat",
        "price_cents" => "prix",
        "order_ref" => "commande",
        "invoice_ref" => "facture",
        "warranty_on" => "fin de garantie",
        "warranty_kind" => "genre de garantie",
        "validated" => "validation",
        "state" => "état",
        "notes" => "notes",
        _ => return None,
    })
}

/// What changed, newest first: each entry holds the row as it was, so two neighbours tell.
fn history(conn: &Connection, equipment: &Equipment) -> Result<Vec<HistoryLine>, Error> {
    let mut after = store::journal::current(conn, "equipment", &equipment.id)?;
    let mut lines = Vec::new();
    for entry in store::journal::list(conn, "equipment", &equipment.id)? {
        let before: Map<String, Value> = serde_json::from_str(&entry.old).unwrap_or_default();
        let changed: Vec<&str> = before
            .iter()
            .filter(|(field, value)| after.get(field.as_str()) != Some(*value))
            .filter_map(|(field, _)| field_label(field))
            .collect();
        lines.push(HistoryLine {
            at_ms: entry.at_ms,
            text: history_text(&entry.act, &changed),
        });
        after = before;
    }
    Ok(lines)
}

fn history_text(act: &str, changed: &[&str]) -> String {
    match act {
        "modification" if !changed.is_empty() => {
            format!("Modifié{}: {}", labels::NNBSP, changed.join(", "))
        }
        "modification" => "Modifié".to_owned(),
        "suppression" => "Supprimé".to_owned(),
        other => other.to_owned(),
    }
}

fn form(equipment: Equipment) -> Result<EquipmentForm, Error> {
    Ok(EquipmentForm {
        family: word(EquipmentFamily::from_id, &equipment.family)?,
        funding: word(Funding::from_id, &equipment.funding)?,
        state: word(EquipmentState::from_id, &equipment.state)?,
        id: Some(equipment.id),
        kind: equipment.kind,
        brand: equipment.brand,
        model: equipment.model,
        serial: equipment.serial,
        inventory_number: equipment.inventory_number,
        host_name: equipment.host_name,
        ip: equipment.ip,
        mac: equipment.mac,
        room_id: equipment.room_id,
        user_line: equipment.user_line,
        bought_on: equipment.bought_on,
        price_cents: equipment.price_cents,
        order_ref: equipment.order_ref,
        invoice_ref: equipment.invoice_ref,
        validated: equipment.validated,
        warranty_on: equipment.warranty_on,
        warranty_kind: equipment.warranty_kind,
        notes: equipment.notes,
    })
}

fn checked(form: EquipmentForm, now_ms: i64) -> Result<Equipment, Error> {
    let kind = form.kind.trim().to_owned();
    if kind.is_empty() {
        return Err(Error::refused(
            "kind",
            "Choisissez un type d’équipement, ou écrivez le vôtre.",
        ));
    }
    let user_line = form.user_line.trim().to_owned();
    let user_line = if user_line.is_empty() {
        user_line
    } else {
        pack::built_in()?
            .user_line(&user_line)
            .ok_or_else(|| {
                Error::refused(
                    "user_line",
                    "Choisissez une ligne de l’annexe 2 bis : elle décide du réseau.",
                )
            })?
            .label
            .clone()
    };
    let ip = form.ip.trim().to_owned();
    if !ip.is_empty() && ip.parse::<std::net::IpAddr>().is_err() {
        return Err(Error::refused(
            "ip",
            "Cette adresse IP est incomplète. Exemple : 172.16.4.21",
        ));
    }
    if form.price_cents.is_some_and(i64::is_negative) {
        return Err(Error::refused(
            "price_cents",
            "Un prix ne peut pas être négatif.",
        ));
    }
    Ok(Equipment {
        id: form
            .id
            .unwrap_or_else(|| store::new_id(now_ms, &mut rand::rng())),
        kind,
        family: form.family.id().to_owned(),
        brand: form.brand.trim().to_owned(),
        model: form.model.trim().to_owned(),
        serial: form.serial.trim().to_owned(),
        inventory_number: form.inventory_number.trim().to_owned(),
        host_name: form.host_name.trim().to_owned(),
        ip,
        mac: form.mac.trim().to_uppercase(),
        room_id: form.room_id.filter(|id| !id.is_empty()),
        user_line,
        funding: form.funding.id().to_owned(),
        bought_on: day("bought_on", form.bought_on.as_deref())?.map(|day| day.to_string()),
        price_cents: form.price_cents,
        order_ref: form.order_ref.trim().to_owned(),
        invoice_ref: form.invoice_ref.trim().to_owned(),
        warranty_on: day("warranty_on", form.warranty_on.as_deref())?.map(|day| day.to_string()),
        warranty_kind: form.warranty_kind.trim().to_owned(),
        validated: form.validated,
        state: form.state.id().to_owned(),
        notes: form.notes.trim().to_owned(),
        created_at_ms: now_ms,
        updated_at_ms: now_ms,
    })
}

pub(crate) fn save(app: &App, form: EquipmentForm) -> Result<Saved, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    let known = form.id.clone();
    let mut equipment = checked(form, now)?;
    desk.store.write(|tx| {
        if let Some(room) = &equipment.room_id
            && store::room::get(tx, room)?.is_none()
        {
            return Err(Error::refused(
                "room_id",
                "Cette salle n’existe plus : choisissez-en une autre.",
            ));
        }
        if let Some(other) = store::equipment::by_serial(tx, &equipment.serial)?
            && other.id != equipment.id
        {
            return Err(Error::refused(
                "serial",
                format!("Ce numéro de série est déjà celui de : {}.", label(&other)),
            ));
        }
        match known {
            Some(id) => {
                equipment.created_at_ms = find(tx, &id)?.created_at_ms;
                store::equipment::update(tx, &equipment, now)?;
            }
            None => store::equipment::insert(tx, &equipment)?,
        }
        Ok(Saved {
            id: equipment.id.clone(),
        })
    })
}

pub(crate) fn delete(app: &App, request: ById) -> Result<Nothing, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    desk.store.write(|tx| {
        find(tx, &request.id)?;
        if !store::ticket::by_equipment(tx, &request.id, 1)?.is_empty() {
            return Err(Error::Conflict(
                "Des dossiers parlent de cet équipement : passez-le plutôt à l’état « réformé »."
                    .into(),
            ));
        }
        store::equipment::delete(tx, &request.id, now)?;
        Ok(Nothing {})
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
        let mut picks = Vec::new();
        for equipment in store::equipment::page(conn, &wanted)?.rows {
            let row = row(conn, &equipment, today)?;
            let detail: Vec<String> = [
                row.room,
                row.user_line,
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
        today: today.to_string(),
        limit: 1,
        ..Default::default()
    };
    Ok(tickets::narrow(
        store::equipment::page(conn, &wanted)?.total,
    ))
}
