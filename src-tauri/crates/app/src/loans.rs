//! Loans: what is lent, to whom, until when, and in which state it left and came back.
//!
//! Invariant: a machine is lent to one person at a time; lending it sets it « prêté », and its return gives it back the
//! state it had, unless somebody changed that state meanwhile. Late is said of a day that has passed, never of today.
//! Left out on purpose: reminders. Relais writes to nobody.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use reports::{LoanForm as Form, Returned};
use store::{Connection, Transaction, equipment::Equipment, loan::Loan};

use crate::{
    App, Error,
    convention_view::day,
    documents, equipment, labels, papers,
    tickets::{narrow, word},
    wire::{
        ById, EquipmentState, Funding, Ids, LoanForm, LoanPage, LoanQuery, LoanReturn, LoanRow,
        LoanView, SavedFile,
    },
};

/// A trolley of tablets is the most that one person signs for at once.
const MOST: usize = 200;

pub(crate) fn find(conn: &Connection, id: &str) -> Result<Loan, Error> {
    store::loan::get(conn, id)?.ok_or(Error::NotFound("Ce prêt"))
}

/// A day that the store keeps, which was checked on its way in.
fn kept_day(text: &str) -> Result<NaiveDate, Error> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| Error::Internal(format!("the store keeps « {text} » for a day")))
}

fn days_late(loan: &Loan, today: NaiveDate) -> Result<u32, Error> {
    let Some(due) = loan
        .due_on
        .as_deref()
        .filter(|_| loan.returned_on.is_none())
    else {
        return Ok(0);
    };
    let days = today.signed_duration_since(kept_day(due)?).num_days();
    Ok(u32::try_from(days).unwrap_or_default())
}

fn sentence(loan: &Loan, today: NaiveDate) -> Result<String, Error> {
    if let Some(returned) = &loan.returned_on {
        return Ok(format!("Rendu le {}", labels::day(kept_day(returned)?)));
    }
    let Some(due) = &loan.due_on else {
        return Ok("Sans date de retour".to_owned());
    };
    let due = kept_day(due)?;
    Ok(match due.signed_duration_since(today).num_days() {
        0 => "À rendre aujourd’hui".to_owned(),
        1 => "À rendre demain".to_owned(),
        days if days > 0 => format!("À rendre {}", labels::near_day(due, today)),
        _ => format!(
            "En retard de {}",
            labels::count(days_late(loan, today)?, "jour", "jours")
        ),
    })
}

fn row(conn: &Connection, loan: Loan, today: NaiveDate) -> Result<LoanRow, Error> {
    let machine = equipment::find(conn, &loan.equipment_id)?;
    Ok(LoanRow {
        equipment: equipment::label(&machine),
        mark: equipment::mark(&machine),
        overdue_days: days_late(&loan, today)?,
        sentence: sentence(&loan, today)?,
        id: loan.id,
        equipment_id: loan.equipment_id,
        contact_id: loan.contact_id,
        borrower: loan.borrower,
        from_on: loan.from_on,
        due_on: loan.due_on,
        returned_on: loan.returned_on,
    })
}

fn rows(conn: &Connection, loans: Vec<Loan>, today: NaiveDate) -> Result<Vec<LoanRow>, Error> {
    loans
        .into_iter()
        .map(|loan| row(conn, loan, today))
        .collect()
}

fn all(conn: &Connection, query: store::loan::LoanQuery) -> Result<Vec<Loan>, Error> {
    Ok(store::loan::list(
        conn,
        &store::loan::LoanQuery {
            limit: u64::MAX,
            ..query
        },
    )?
    .rows)
}

/// The loans of a machine, the newest first.
pub(crate) fn of_equipment(
    conn: &Connection,
    id: &str,
    today: NaiveDate,
) -> Result<Vec<LoanRow>, Error> {
    let query = store::loan::LoanQuery {
        equipment_id: Some(id.to_owned()),
        ..Default::default()
    };
    rows(conn, all(conn, query)?, today)
}

/// Every machine that is out, with who has it.
pub(crate) fn running(conn: &Connection) -> Result<Vec<Loan>, Error> {
    all(
        conn,
        store::loan::LoanQuery {
            open_only: true,
            ..Default::default()
        },
    )
}

/// Due back before today, the longest overdue first.
pub(crate) fn overdue(conn: &Connection, today: NaiveDate) -> Result<Vec<LoanRow>, Error> {
    rows(conn, store::loan::overdue(conn, &today.to_string())?, today)
}

/// What is late comes first, then what is due soonest, then what is out without a term, then what came back.
pub(crate) fn list(app: &App, query: LoanQuery) -> Result<LoanPage, Error> {
    let desk = app.desk()?;
    let today = app.today();
    desk.store.read(|conn| {
        let mut found = all(
            conn,
            store::loan::LoanQuery {
                open_only: query.open_only,
                text: query.text,
                ..Default::default()
            },
        )?;
        let order = |loan: &Loan| {
            let out = loan.returned_on.is_none();
            (
                !out,
                out && loan.due_on.is_none(),
                loan.due_on.clone().filter(|_| out),
            )
        };
        found.sort_by_key(order);
        let total = narrow(found.len() as u64);
        let shown = found
            .into_iter()
            .skip(query.offset as usize)
            .take(query.limit.clamp(1, 500) as usize)
            .collect();
        Ok(LoanPage {
            total,
            open: narrow(running(conn)?.len() as u64),
            overdue: narrow(store::loan::overdue(conn, &today.to_string())?.len() as u64),
            rows: rows(conn, shown, today)?,
        })
    })
}

pub(crate) fn show(app: &App, request: ById) -> Result<LoanView, Error> {
    let today = app.today();
    app.desk()?
        .store
        .read(|conn| view(conn, find(conn, &request.id)?, today))
}

fn view(conn: &Connection, loan: Loan, today: NaiveDate) -> Result<LoanView, Error> {
    Ok(LoanView {
        state_out: loan.state_out.clone(),
        state_in: loan.state_in.clone(),
        accessories: loan.accessories.clone(),
        notes: loan.notes.clone(),
        documents: documents::wires(store::document::of_loan(conn, &loan.id)?)?,
        row: row(conn, loan, today)?,
    })
}

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
                "{} est déjà prêté à {} depuis le {} : notez d’abord son retour.",
                named(machine),
                loan.borrower,
                labels::short_day(&loan.from_on)
            ),
        ));
    }
    if machine.state == EquipmentState::Retired.id() {
        return Err(Error::refused(
            "equipment_ids",
            format!("{} est réformé : il ne se prête plus.", named(machine)),
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

/// The form to sign, with what was noted of the return when there is one.
pub(crate) fn form(app: &App, request: ById) -> Result<SavedFile, Error> {
    let (pdf, borrower) = app.desk()?.store.read(|conn| -> Result<_, Error> {
        let loan = find(conn, &request.id)?;
        let machine = equipment::find(conn, &loan.equipment_id)?;
        let quality = match &loan.contact_id {
            Some(id) => {
                store::contact::get(conn, id)?.map_or_else(String::new, |contact| contact.title)
            }
            None => String::new(),
        };
        let form = Form {
            borrower: loan.borrower.clone(),
            quality,
            machine: equipment::label(&machine),
            serial: machine.serial,
            inventory: machine.inventory_number,
            owner: labels::funding(word(Funding::from_id, &machine.funding)?).to_owned(),
            accessories: loan
                .accessories
                .split([',', ';', '\n'])
                .map(|one| one.trim().to_owned())
                .filter(|one| !one.is_empty())
                .collect(),
            from: kept_day(&loan.from_on)?,
            until: loan.due_on.as_deref().map(kept_day).transpose()?,
            state_out: loan.state_out,
            note: loan.notes,
            returned: match &loan.returned_on {
                Some(on) => Some(Returned {
                    date: kept_day(on)?,
                    state: loan.state_in,
                }),
                None => None,
            },
        };
        let head = papers::Head::read(app, conn)?;
        let pdf = reports::loan_form(&head.paper(), &form).map_err(papers::wording)?;
        Ok((pdf, loan.borrower))
    })?;
    papers::save(app, "pret", &borrower, "pdf", &pdf)
}
