//! What the sample collège has begun: loans, purchases on own funds, a récolement to go on with.

use std::collections::BTreeMap;

use serde::Deserialize;
use store::{
    Transaction,
    loan::Loan,
    purchase::{Purchase, PurchaseStep},
    stock_check::{Sighting, StockCheck},
};

use super::{Calendar, cents, option, rows};
use crate::{
    Error, pack,
    wire::{CheckState, EquipmentState, PurchaseState},
};

#[derive(Deserialize)]
struct LoanLine {
    id: String,
    equipement: String,
    contact: String,
    emprunteur: String,
    depart_jours: i64,
    retour_jours: Option<i64>,
    rendu_jours: Option<i64>,
    etat_depart: String,
    etat_retour: String,
    accessoires: String,
    notes: String,
}

#[derive(Deserialize)]
struct PurchaseLine {
    id: String,
    titre: String,
    #[serde(rename = "type")]
    kind: String,
    quantite: i64,
    fournisseur: String,
    montant_eur: Option<f64>,
    motif: String,
    utilisateur: String,
    equipements: String,
}

#[derive(Deserialize)]
struct StepLine {
    achat: String,
    etat: String,
    jours: i64,
    dossier: String,
    note: String,
}

#[derive(Deserialize)]
struct CheckLine {
    id: String,
    titre: String,
    cree_jours: i64,
    cree_heure: String,
    salles: String,
}

#[derive(Deserialize)]
struct SightingLine {
    recolement: String,
    salle: String,
    equipement: String,
    marque: String,
    jours: i64,
    heure: String,
}

/// The purchases, before the machines that came with them. Gives the purchase of each of these.
pub(super) fn purchases(
    tx: &Transaction,
    calendar: &Calendar,
) -> Result<BTreeMap<String, String>, Error> {
    let mut came = BTreeMap::new();
    let steps = rows::<StepLine>("etapes.csv")?;
    for line in rows::<PurchaseLine>("achats.csv")? {
        for machine in line.equipements.split_whitespace() {
            came.insert(machine.to_owned(), line.id.clone());
        }
        let begun = steps
            .iter()
            .filter(|step| step.achat == line.id)
            .map(|step| step.jours)
            .min()
            .unwrap_or_default();
        let at = calendar.at(begun, "10:00");
        store::purchase::insert(
            tx,
            &Purchase {
                id: line.id,
                title: line.titre,
                kind: line.kind,
                quantity: line.quantite,
                supplier: line.fournisseur,
                amount_cents: line.montant_eur.map(cents),
                reason: line.motif,
                user_line: pack::in_force(tx)?
                    .user_line(&line.utilisateur)
                    .map(|user| user.label.clone())
                    .unwrap_or_default(),
                state: PurchaseState::Project.id().to_owned(),
                created_at_ms: at,
                updated_at_ms: at,
            },
        )?;
    }
    Ok(came)
}

/// The steps of the purchases, after the dossiers they left as.
pub(super) fn steps(tx: &Transaction, calendar: &Calendar) -> Result<(), Error> {
    for (number, line) in rows::<StepLine>("etapes.csv")?.into_iter().enumerate() {
        store::purchase::add_step(
            tx,
            &PurchaseStep {
                id: format!("et-{number:02}"),
                purchase_id: line.achat,
                state: line.etat,
                on_date: calendar.day(line.jours).to_string(),
                note: line.note,
                ticket_id: option(&line.dossier),
                document_id: None,
                created_at_ms: calendar.at(line.jours, "10:00"),
            },
        )?;
    }
    Ok(())
}

/// The machines that are out are « prêté » in the register already.
pub(super) fn loans(tx: &Transaction, calendar: &Calendar) -> Result<(), Error> {
    for line in rows::<LoanLine>("prets.csv")? {
        store::loan::insert(
            tx,
            &Loan {
                id: line.id,
                equipment_id: line.equipement,
                contact_id: option(&line.contact),
                borrower: line.emprunteur,
                from_on: calendar.day(line.depart_jours).to_string(),
                due_on: calendar.on(line.retour_jours),
                returned_on: calendar.on(line.rendu_jours),
                state_out: line.etat_depart,
                state_in: line.etat_retour,
                accessories: line.accessoires,
                notes: line.notes,
                state_before: EquipmentState::InService.id().to_owned(),
                created_at_ms: calendar.at(line.depart_jours, "08:30"),
                updated_at_ms: calendar.at(line.rendu_jours.unwrap_or(line.depart_jours), "08:30"),
            },
        )?;
    }
    Ok(())
}

pub(super) fn stock_checks(
    tx: &Transaction,
    room_ids: &BTreeMap<String, String>,
    calendar: &Calendar,
) -> Result<(), Error> {
    for line in rows::<CheckLine>("recolements.csv")? {
        let at = calendar.at(line.cree_jours, &line.cree_heure);
        let rooms: Vec<String> = line
            .salles
            .split_whitespace()
            .filter_map(|code| room_ids.get(code).cloned())
            .collect();
        store::stock_check::insert(
            tx,
            &StockCheck {
                id: line.id,
                title: line.titre,
                state: CheckState::Running.id().to_owned(),
                created_at_ms: at,
                updated_at_ms: at,
                ..Default::default()
            },
            &rooms,
        )?;
    }
    for (number, line) in rows::<SightingLine>("releves.csv")?.into_iter().enumerate() {
        let room = room_ids
            .get(&line.salle)
            .ok_or_else(|| Error::Internal(format!("no room « {} »", line.salle)))?;
        store::stock_check::see(
            tx,
            &Sighting {
                id: format!("re-{number:02}"),
                check_id: line.recolement,
                room_id: room.clone(),
                equipment_id: option(&line.equipement),
                mark: line.marque,
                at_ms: calendar.at(line.jours, &line.heure),
            },
        )?;
    }
    Ok(())
}
