//! One record: who maintains it and why, its dossiers, its history, and its form.

use serde_json::{Map, Value};
use store::{Connection, equipment::Equipment};

use super::{find, label, route, row};
use crate::{
    App, Error,
    convention_view::day,
    labels, pack, tickets,
    tickets::word,
    wire::{
        ById, EquipmentFamily, EquipmentForm, EquipmentState, EquipmentView, Funding, HistoryLine,
        Nothing, Saved,
    },
};

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
                    "Choisissez une ligne de l’annexe 2 bis : elle décide du réseau.",
                )
            })?
            .label
            .clone()
    };
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
                "Cette salle n’existe plus : choisissez-en une autre.",
            ));
        }
        if let Some(other) = store::equipment::by_serial(tx, &equipment.serial)?
            && other.id != equipment.id
        {
            return Err(Error::refused(
                "serial",
                format!(
                    "Ce numéro de série est déjà celui d’un autre équipement : {}.",
                    label(&other)
                ),
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
                "Des dossiers parlent de cet équipement : passez-le plutôt à l’état « réformé »."
                    .into(),
            ));
        }
        store::equipment::delete(tx, &request.id, now)?;
        Ok(Nothing {})
    })
}
