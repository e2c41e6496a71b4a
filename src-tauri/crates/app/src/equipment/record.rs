//! One record: who maintains it and why, its dossiers, its history, and its form.

use chrono::{Months, NaiveDate};
use convention::Pack;
use serde_json::{Map, Value};
use store::{
    Connection,
    equipment::{Equipment, Removal},
    room::Room,
    ticket::Ticket,
};

use super::{find, label, route, row};
use crate::{
    App, Error,
    convention_view::day,
    documents, labels, loans,
    opening::day_of,
    purchases, tickets,
    tickets::word,
    wire::{
        ById, EquipmentFamily, EquipmentForm, EquipmentState, EquipmentView, Funding, HistoryLine,
        Nature, Nothing, Saved, TicketState,
    },
};

/// As many breakdowns in a year are worth a word to whoever pays for the machine.
const REPEATED: usize = 3;

pub(crate) fn show(app: &App, request: ById) -> Result<EquipmentView, Error> {
    let desk = app.desk()?;
    let today = app.today();
    let now = app.now_ms();
    desk.store.read(|conn| {
        let equipment = find(conn, &request.id)?;
        let convention = app.convention(conn)?;
        let profile = store::profile::get(conn)?.unwrap_or_default();
        let tickets = store::ticket::by_equipment(conn, &equipment.id, 50)?;
        let history = history(conn, &equipment)?;
        let documents = store::document::of_equipment(conn, &equipment.id)?;
        let loans = loans::of_equipment(conn, &equipment.id, today)?;
        let purchase = match &equipment.purchase_id {
            Some(id) => Some(purchases::row(conn, &purchases::find(conn, id)?)?),
            None => None,
        };
        Ok(EquipmentView {
            row: row(conn, &convention.pack, &equipment, today)?,
            route: route(&convention, &equipment, &profile, today)?,
            can_delete: tickets.is_empty() && loans.is_empty() && documents.is_empty(),
            repeated: repeated(&equipment, &tickets, today),
            tickets: tickets
                .iter()
                .map(|ticket| tickets::row(conn, ticket, now))
                .collect::<Result<_, Error>>()?,
            history,
            documents: documents::wires(documents)?,
            loans,
            purchase,
            created_at_ms: equipment.created_at_ms,
            updated_at_ms: equipment.updated_at_ms,
            form: form(equipment)?,
        })
    })
}

/// What the dossiers of the last twelve months say of a machine that fails again and again. Nothing is promised: the
/// convention names no number of breakdowns that gives right to a replacement.
fn repeated(equipment: &Equipment, tickets: &[Ticket], today: NaiveDate) -> Option<String> {
    let since = today.checked_sub_months(Months::new(12))?;
    let failures = tickets
        .iter()
        .filter(|ticket| ticket.nature == Nature::Panne.id())
        .filter(|ticket| ticket.state != TicketState::Cancelled.id())
        .filter(|ticket| day_of(ticket.created_at_ms) > since)
        .count();
    if failures < REPEATED {
        return None;
    }
    let advice = if equipment.funding == Funding::Departement.id() {
        "parlez-en au Département, le remplacement peut être demandé."
    } else {
        "dites-le dans le prochain dossier."
    };
    Some(format!("{failures} pannes en 12 mois : {advice}"))
}

/// The words of the record's fields, for its history.
fn field_label(field: &str) -> Option<&'static str> {
    Some(match field {
        "kind" => "type",
        "family" => "famille",
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
        "purchase_id" => "achat d’origine",
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
        let batch = match &entry.batch_id {
            Some(id) => store::batch::get(conn, id)?.map(|batch| batch.label),
            None => None,
        };
        lines.push(HistoryLine {
            at_ms: entry.at_ms,
            text: history_text(&entry.act, batch.as_deref(), &changed),
        });
        after = before;
    }
    Ok(lines)
}

/// What was done in a few words, then the fields it changed.
fn history_text(act: &str, batch: Option<&str>, changed: &[&str]) -> String {
    let done = match (act, batch) {
        ("modification", None) => "Modifié".to_owned(),
        ("modification-en-nombre", _) => "Modifié avec d’autres".to_owned(),
        ("suppression", _) => "Supprimé".to_owned(),
        ("creation", Some(batch)) => return format!("Entré au registre ({batch})"),
        ("annulation", Some(batch)) => return format!("Remis comme avant ({batch})"),
        (_, Some(batch)) => batch.to_owned(),
        (other, None) => labels::capital(other),
    };
    if changed.is_empty() {
        done
    } else {
        format!("{done} : {}", changed.join(", "))
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

/// A type of annexe 3 or one's own, as the register writes it.
pub(crate) fn kind(text: &str) -> Result<String, Error> {
    match text.trim() {
        "" => Err(Error::refused(
            "kind",
            "Choisissez un type d’équipement, ou écrivez le vôtre.",
        )),
        kind => Ok(kind.to_owned()),
    }
}

/// A line of annexe 2 bis as the pack writes it; empty when nobody in particular uses the machine.
pub(crate) fn user_line(pack: &Pack, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    pack.user_line(text)
        .map(|line| line.label.clone())
        .ok_or_else(|| {
            Error::refused(
                "user_line",
                "Choisissez un utilisateur dans la liste : il décide du réseau.",
            )
        })
}

/// The room chosen, which another window may have taken away.
pub(crate) fn room(conn: &Connection, id: &str) -> Result<Room, Error> {
    store::room::get(conn, id)?.ok_or_else(|| {
        Error::refused(
            "room_id",
            "Cette salle n’existe plus : choisissez-en une autre.",
        )
    })
}

/// Refused when another machine already bears this serial number.
pub(crate) fn own_serial(conn: &Connection, serial: &str, id: &str) -> Result<(), Error> {
    match store::equipment::by_serial(conn, serial)? {
        Some(other) if other.id != id => Err(Error::refused(
            "serial",
            format!(
                "Le numéro de série {serial} est déjà celui d’un autre équipement : {}.",
                label(&other)
            ),
        )),
        _ => Ok(()),
    }
}

fn checked(pack: &Pack, form: EquipmentForm, now_ms: i64) -> Result<Equipment, Error> {
    let kind = kind(&form.kind)?;
    let user_line = user_line(pack, &form.user_line)?;
    let ip = form.ip.trim().to_owned();
    if !ip.is_empty() && ip.parse::<std::net::IpAddr>().is_err() {
        return Err(Error::refused(
            "ip",
            "Cette adresse IP est incomplète. Exemple : 172.16.4.21",
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
        purchase_id: None,
        created_at_ms: now_ms,
        updated_at_ms: now_ms,
    })
}

pub(crate) fn save(app: &App, form: EquipmentForm) -> Result<Saved, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    let known = form.id.clone();
    let mut equipment = checked(&*app.pack()?, form, now)?;
    desk.store.write(|tx| {
        if let Some(id) = &equipment.room_id {
            room(tx, id)?;
        }
        own_serial(tx, &equipment.serial, &equipment.id)?;
        match known {
            Some(id) => {
                let found = find(tx, &id)?;
                equipment.created_at_ms = found.created_at_ms;
                equipment.purchase_id = found.purchase_id;
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
        match store::equipment::delete(tx, &request.id, now)? {
            Removal::Deleted => Ok(Nothing {}),
            // Nothing is written off in the person's place: the whole act is refused.
            Removal::WrittenOff => Err(Error::Conflict(
                "Des dossiers, des prêts, des documents ou un récolement parlent de cet équipement : passez-le plutôt à l’état « réformé »."
                    .into(),
            )),
        }
    })
}
