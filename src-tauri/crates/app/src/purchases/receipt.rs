//! A delivery: the step and the machines that came, in one transaction.
//!
//! Invariant: each machine bears its purchase, the day of its order and the validation it has; their entry in the
//! register is one batch, which can be undone. Nothing enters when one serial number is already known.

use std::collections::BTreeSet;

use store::{Transaction, equipment::Equipment, purchase::Purchase};

use super::{
    find,
    steps::{Taken, past_day, write},
    view,
    ways::Story,
};
use crate::{
    App, Error,
    convention_view::day,
    equipment,
    wire::{EquipmentState, Funding, PurchaseReceipt, PurchaseState, PurchaseView},
};

/// Enough for a whole collège; beyond, it is a slip of the finger.
const MOST: u32 = 500;

/// The serial numbers as read, without blanks; refused when one comes twice.
fn serials(given: &[String]) -> Result<Vec<String>, Error> {
    let mut known = BTreeSet::new();
    let mut serials = Vec::new();
    for serial in given.iter().map(|serial| serial.trim()) {
        if serial.is_empty() {
            continue;
        }
        if !known.insert(serial.to_lowercase()) {
            return Err(Error::refused(
                "serials",
                format!("Le numéro de série {serial} est écrit deux fois."),
            ));
        }
        serials.push(serial.to_owned());
    }
    Ok(serials)
}

/// One serial number for each machine, or none for any of them.
fn came(receipt: &PurchaseReceipt) -> Result<Vec<String>, Error> {
    let serials = serials(&receipt.serials)?;
    let count = if serials.is_empty() {
        receipt.quantity as usize
    } else {
        serials.len()
    };
    if count == 0 || count > MOST as usize {
        return Err(Error::refused(
            if serials.is_empty() {
                "quantity"
            } else {
                "serials"
            },
            "Une livraison compte de 1 à 500 appareils.",
        ));
    }
    Ok(if serials.is_empty() {
        vec![String::new(); count]
    } else {
        serials
    })
}

pub(crate) fn receive(app: &App, receipt: PurchaseReceipt) -> Result<PurchaseView, Error> {
    let on = past_day(app, &receipt.on_date)?;
    let serials = came(&receipt)?;
    app.desk()?.store.write(|tx| {
        let purchase = find(tx, &receipt.purchase_id)?;
        let story = Story::read(tx, &purchase)?;
        let way = story.way(PurchaseState::Received)?;
        let model = model(tx, app, &receipt, &purchase, &story)?;
        let entered = equipment::machines(serials.len());
        let label = format!("Livraison « {} » : {entered}", purchase.title);
        let act = equipment::Act {
            kind: "reception",
            word: "creation",
            label: &label,
        };
        let batch = equipment::begin(tx, app, &act)?;
        for serial in &serials {
            let machine = Equipment {
                id: store::new_id(app.now_ms(), &mut rand::rng()),
                serial: serial.clone(),
                ..model.clone()
            };
            if let Err(Error::Refused { sentence, .. }) =
                equipment::own_serial(tx, serial, &machine.id)
            {
                return Err(Error::refused("serials", sentence));
            }
            store::equipment::insert_in(tx, &machine, &batch)?;
        }
        let taken = Taken {
            on,
            note: &format!("{entered} au registre"),
            file_id: receipt.file_id.as_deref(),
            ticket_id: None,
        };
        write(tx, app, &purchase, way, taken)?;
        view(tx, app, &purchase.id)
    })
}

/// What all the machines of a delivery have in common.
fn model(
    tx: &Transaction,
    app: &App,
    receipt: &PurchaseReceipt,
    purchase: &Purchase,
    story: &Story,
) -> Result<Equipment, Error> {
    let room = match receipt.room_id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => Some(equipment::room(tx, id)?.id),
        None => None,
    };
    let state = if room.is_some() {
        EquipmentState::InService
    } else {
        EquipmentState::Spare
    };
    let now = app.now_ms();
    Ok(Equipment {
        kind: equipment::kind(&receipt.kind)?,
        family: receipt.family.id().to_owned(),
        brand: receipt.brand.trim().to_owned(),
        model: receipt.model.trim().to_owned(),
        room_id: room,
        user_line: purchase.user_line.clone(),
        funding: Funding::FondsPropres.id().to_owned(),
        bought_on: story.ordered_on.map(|day| day.to_string()),
        price_cents: purchase
            .amount_cents
            .map(|amount| amount / purchase.quantity.max(1)),
        invoice_ref: receipt.invoice_ref.trim().to_owned(),
        warranty_on: day("warranty_on", receipt.warranty_on.as_deref())?.map(|day| day.to_string()),
        validated: story.validated,
        state: state.id().to_owned(),
        purchase_id: Some(purchase.id.clone()),
        created_at_ms: now,
        updated_at_ms: now,
        ..Default::default()
    })
}
