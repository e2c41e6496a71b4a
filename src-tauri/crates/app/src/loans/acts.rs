//! Lending and giving back.
//!
//! Invariant: a loan and the state of its machine change in one transaction; several machines lent at once are all
//! lent, or none.

use std::collections::BTreeSet;

use store::{Connection, Transaction, equipment::Equipment, loan::Loan};

use super::{find, kept_day, view};
use crate::{
    App, Error,
    convention_view::day,
    equipment, labels,
    tickets::word,
    wire::{EquipmentState, Ids, LoanForm, LoanReturn, LoanView},
};

/// A trolley of tablets is the most that one person signs for at once.
const MOST: usize = 200;

/// What the form says of any loan, checked.
struct Terms {
    contact_id: Option<String>,
    borrower: String,
    from_on: String,
    due_on: Option<String>,
}

fn terms(conn: &Connection, form: &LoanForm) -> Result<Terms, Error> {
    let contact = match form.contact_id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => Some(store::contact::get(conn, id)?.ok_or(Error::NotFound("Ce contact"))?),
        None => None,
    };
    let written = form.borrower.trim();
    let borrower = match &contact {
        Some(contact) if written.is_empty() => [&contact.first_name, &contact.last_name]
            .map(|name| name.trim())
            .join(" ")
            .trim()
            .to_owned(),
        _ => written.to_owned(),
    };
    let borrower = match &contact {
        // A desk without a person's name lends under the name of the house.
        Some(contact) if borrower.is_empty() => contact.organisation.clone(),
        _ => borrower,
    };
    if borrower.is_empty() {
        return Err(Error::refused(
            "borrower",
            "Dites à qui c’est prêté : choisissez un contact, ou écrivez un nom.",
        ));
    }
    let from = day("from_on", Some(&form.from_on))?
        .ok_or_else(|| Error::refused("from_on", "Donnez le jour où le prêt commence."))?;
    let due = day("due_on", form.due_on.as_deref())?;
    if due.is_some_and(|due| due < from) {
        return Err(Error::refused(
            "due_on",
            "Le retour est avant le départ : vérifiez les deux dates.",
        ));
    }
    Ok(Terms {
        contact_id: contact.map(|contact| contact.id),
        borrower,
        from_on: from.to_string(),
        due_on: due.map(|due| due.to_string()),
    })
}

/// Refused with the reason when the machine cannot be handed over.
fn available(conn: &Connection, machine: &Equipment) -> Result<(), Error> {
    if let Some(loan) = store::loan::open_of(conn, &machine.id)? {
        return Err(Error::refused(
            "equipment_ids",
            format!(
                "{} : ce matériel est déjà prêté à {} depuis le {} : notez d’abord son retour.",
                named(machine),
                loan.borrower,
                labels::short_day(&loan.from_on)
            ),
        ));
    }
    if machine.state == EquipmentState::Retired.id() {
        return Err(Error::refused(
            "equipment_ids",
            format!(
                "{} : ce matériel est réformé : il ne se prête plus.",
                named(machine)
            ),
        ));
    }
    Ok(())
}

/// « Ordinateur portable HP ProBook 450 G8 (5CD2147GQ1) »
fn named(machine: &Equipment) -> String {
    match equipment::mark(machine).as_str() {
        "" => equipment::label(machine),
        mark => format!("{} ({mark})", equipment::label(machine)),
    }
}

pub(crate) fn save(app: &App, form: LoanForm) -> Result<Ids, Error> {
    app.desk()?.store.write(|tx| {
        let terms = terms(tx, &form)?;
        match &form.id {
            Some(id) => change(tx, app, id, &form, terms),
            None => lend(tx, app, &form, &terms),
        }
    })
}

/// Several machines leave with one person: one loan each, because they may come back apart.
fn lend(tx: &Transaction, app: &App, form: &LoanForm, terms: &Terms) -> Result<Ids, Error> {
    let wanted: BTreeSet<&String> = form.equipment_ids.iter().collect();
    if wanted.is_empty() {
        return Err(Error::refused(
            "equipment_ids",
            "Choisissez au moins un équipement à prêter.",
        ));
    }
    if wanted.len() > MOST {
        return Err(Error::refused(
            "equipment_ids",
            "Un prêt porte sur 200 équipements au plus.",
        ));
    }
    let now = app.now_ms();
    let mut ids = Vec::with_capacity(wanted.len());
    for id in wanted {
        let machine = equipment::find(tx, id)?;
        available(tx, &machine)?;
        let by_hand = machine.state == EquipmentState::Lent.id();
        let loan = Loan {
            id: store::new_id(now, &mut rand::rng()),
            equipment_id: machine.id.clone(),
            contact_id: terms.contact_id.clone(),
            borrower: terms.borrower.clone(),
            from_on: terms.from_on.clone(),
            due_on: terms.due_on.clone(),
            returned_on: None,
            state_out: form.state_out.trim().to_owned(),
            state_in: String::new(),
            accessories: form.accessories.trim().to_owned(),
            notes: form.notes.trim().to_owned(),
            // « Prêté », set by hand before there was a loan, is no state to come back to.
            state_before: if by_hand {
                EquipmentState::InService.id().to_owned()
            } else {
                machine.state.clone()
            },
            created_at_ms: now,
            updated_at_ms: now,
        };
        store::loan::insert(tx, &loan)?;
        if by_hand {
            // The record does not change: without a trace, undoing what set it would call a machine that is out
            // « en service ».
            let as_it_is = store::journal::current(tx, "equipment", &machine.id)?;
            let as_it_is = serde_json::Value::Object(as_it_is).to_string();
            store::journal::add(tx, now, "equipment", &machine.id, "prêt", &as_it_is)?;
        }
        set_state(tx, machine, EquipmentState::Lent.id(), now)?;
        ids.push(loan.id);
    }
    Ok(Ids { ids })
}

fn set_state(tx: &Transaction, machine: Equipment, state: &str, now_ms: i64) -> Result<(), Error> {
    let machine = Equipment {
        state: state.to_owned(),
        ..machine
    };
    store::equipment::update(tx, &machine, now_ms)?;
    Ok(())
}

fn change(
    tx: &Transaction,
    app: &App,
    id: &str,
    form: &LoanForm,
    terms: Terms,
) -> Result<Ids, Error> {
    let loan = find(tx, id)?;
    if let Some(returned) = &loan.returned_on
        && *returned < terms.from_on
    {
        return Err(Error::refused(
            "from_on",
            "Le retour noté est avant ce départ : vérifiez les deux dates.",
        ));
    }
    let changed = Loan {
        contact_id: terms.contact_id,
        borrower: terms.borrower,
        from_on: terms.from_on,
        due_on: terms.due_on,
        state_out: form.state_out.trim().to_owned(),
        accessories: form.accessories.trim().to_owned(),
        notes: form.notes.trim().to_owned(),
        ..loan
    };
    store::loan::update(tx, &changed, app.now_ms())?;
    Ok(Ids {
        ids: vec![changed.id],
    })
}

pub(crate) fn give_back(app: &App, request: LoanReturn) -> Result<LoanView, Error> {
    let today = app.today();
    let now = app.now_ms();
    let on = day("on_date", Some(&request.on_date))?
        .ok_or_else(|| Error::refused("on_date", "Donnez le jour du retour."))?;
    app.desk()?.store.write(|tx| {
        let loan = find(tx, &request.id)?;
        if let Some(returned) = &loan.returned_on {
            return Err(Error::Conflict(format!(
                "Ce prêt est déjà rendu depuis le {}.",
                labels::short_day(returned)
            )));
        }
        if on < kept_day(&loan.from_on)? {
            return Err(Error::refused(
                "on_date",
                "Le retour est avant le départ : vérifiez la date.",
            ));
        }
        if on > today {
            return Err(Error::refused(
                "on_date",
                "Ce jour n’est pas encore arrivé : le retour se note quand il a lieu.",
            ));
        }
        let machine = equipment::find(tx, &loan.equipment_id)?;
        let still_lent = machine.state == EquipmentState::Lent.id();
        let retired = machine.state == EquipmentState::Retired.id();
        let after = if request.broken && !retired {
            EquipmentState::Broken
        } else if still_lent {
            EquipmentState::from_id(&loan.state_before).unwrap_or(EquipmentState::InService)
        } else {
            word(EquipmentState::from_id, &machine.state)?
        };
        set_state(tx, machine, after.id(), now)?;
        let returned = Loan {
            returned_on: Some(on.to_string()),
            state_in: request.state_in.trim().to_owned(),
            ..loan
        };
        store::loan::update(tx, &returned, now)?;
        view(tx, find(tx, &returned.id)?, today)
    })
}
