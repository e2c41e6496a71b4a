//! The register: list with facets, one record with who maintains it and why, and its form.
//!
//! Invariant: who maintains a machine is never stored; it is asked of the convention each
//! time, so that a change of user, funding or pack changes the answer at once.

mod bulk;
mod list;
mod marks;
mod record;

pub(crate) use bulk::{Act, begin, bulk, ids, in_one_batch, machines};
pub(crate) use list::{broken_total, list, not_validated_total, pick, total};
pub(crate) use marks::{by_mark, code, marked};
pub(crate) use record::{delete, kind, own_serial, room, save, show, user_line};

use chrono::{Days, NaiveDate};
use convention::{EquipmentFacts, Pack, RouteRequest};
use store::{Connection, equipment::Equipment};

use crate::{
    Error,
    convention_view::routed,
    pack::Convention,
    tickets::word,
    wire::{
        EquipmentFamily, EquipmentRow, EquipmentState, Funding, Perimeter, Route, WarrantyState,
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

/// The network a user stands on; nobody in particular stands on the pedagogical one.
pub(crate) fn perimeter_of(pack: &Pack, user_line: &str) -> Perimeter {
    pack.perimeter_of(user_line)
        .map_or(Perimeter::Pedagogique, Perimeter::from)
}

fn parsed(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
}

fn non_empty(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Who maintains it today, asked of the convention under the line its family belongs to.
fn route(
    convention: &Convention,
    equipment: &Equipment,
    profile: &store::profile::Profile,
    today: NaiveDate,
) -> Result<Route, Error> {
    let family = convention_family(equipment)?;
    let pack = &convention.pack;
    let service = pack
        .guide
        .repaired_under(family)
        .ok_or_else(|| Error::Internal(format!("the pack repairs no « {family} »")))?;
    let request = RouteRequest {
        perimeter: Some(perimeter_of(pack, &equipment.user_line).into()),
        funding: Funding::from_id(&equipment.funding).map(Into::into),
        bought_on: parsed(equipment.bought_on.as_deref()),
        validated: equipment.validated,
        cite_scolaire: profile.cite_scolaire,
        region_maintains: profile.region_maintains,
        out_of_warranty: parsed(equipment.warranty_on.as_deref()).is_some_and(|end| end < today),
        ..RouteRequest::new(service, convention::Activity::Maintenance)
    };
    routed(convention, &request)
}

/// What a person reads on the machine: the maker's number, else the Département's.
pub(crate) fn mark(equipment: &Equipment) -> String {
    non_empty(&equipment.serial)
        .or_else(|| non_empty(&equipment.inventory_number))
        .unwrap_or_default()
}

fn convention_family(equipment: &Equipment) -> Result<convention::EquipmentFamily, Error> {
    word(|id| id.parse().ok(), &equipment.family)
}

/// What the guide knows of a machine without asking.
pub(crate) fn facts(
    conn: &Connection,
    pack: &Pack,
    equipment: &Equipment,
) -> Result<EquipmentFacts, Error> {
    let room = match &equipment.room_id {
        Some(id) => store::room::get(conn, id)?.map(|room| room.code),
        None => None,
    };
    Ok(EquipmentFacts {
        id: equipment.id.clone(),
        label: label(equipment),
        kind: equipment.kind.clone(),
        family: convention_family(equipment)?,
        room,
        user_line: non_empty(&equipment.user_line),
        perimeter: Some(perimeter_of(pack, &equipment.user_line).into()),
        funding: Funding::from_id(&equipment.funding).map(Into::into),
        bought_on: parsed(equipment.bought_on.as_deref()),
        validated: equipment.validated,
        warranty_end: parsed(equipment.warranty_on.as_deref()),
        serial: non_empty(&equipment.serial),
        inventory_number: non_empty(&equipment.inventory_number),
    })
}

/// The day after which the collège's own purchases need a validation, as the convention says it.
fn own_funds_after(pack: &Pack) -> String {
    pack.rules.applied.own_funds.after.to_string()
}

fn not_validated(pack: &Pack, equipment: &Equipment) -> bool {
    let after = own_funds_after(pack);
    equipment.funding == Funding::FondsPropres.id()
        && !equipment.validated
        && equipment.bought_on.as_ref().is_none_or(|day| *day > after)
}

pub(crate) fn row(
    conn: &Connection,
    pack: &Pack,
    equipment: &Equipment,
    today: NaiveDate,
) -> Result<EquipmentRow, Error> {
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
        perimeter: perimeter_of(pack, &equipment.user_line),
        funding: word(Funding::from_id, &equipment.funding)?,
        state: word(EquipmentState::from_id, &equipment.state)?,
        warranty_on: equipment.warranty_on.clone(),
        warranty: match end {
            None => WarrantyState::None,
            Some(end) if end < today => WarrantyState::Ended,
            Some(end) if end <= soon => WarrantyState::EndingSoon,
            Some(_) => WarrantyState::Running,
        },
        not_validated: not_validated(pack, equipment),
        host_name: equipment.host_name.clone(),
        ip: equipment.ip.clone(),
        mac: equipment.mac.clone(),
        bought_on: equipment.bought_on.clone(),
        price_cents: equipment.price_cents,
        order_ref: equipment.order_ref.clone(),
        invoice_ref: equipment.invoice_ref.clone(),
        warranty_kind: equipment.warranty_kind.clone(),
        notes: equipment.notes.clone(),
    })
}

pub(crate) fn find(conn: &Connection, id: &str) -> Result<Equipment, Error> {
    store::equipment::get(conn, id)?.ok_or(Error::NotFound("Cet équipement"))
}
