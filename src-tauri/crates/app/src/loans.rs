//! Loans: what is lent, to whom, until when, and in which state it left and came back.
//!
//! Invariant: a machine is lent to one person at a time; lending it sets it « prêté », and its return gives it back the
//! state it had, unless somebody changed that state meanwhile. Late is said of a day that has passed, never of today.
//! Left out on purpose: reminders. Relais writes to nobody.

mod acts;

pub(crate) use acts::{give_back, save};

use chrono::NaiveDate;
use reports::{LoanForm as Form, Returned};
use store::{Connection, loan::Loan};

use crate::{
    App, Error, documents, equipment, labels, papers,
    tickets::{narrow, word},
    wire::{ById, Funding, LoanPage, LoanQuery, LoanRow, LoanView, SavedFile},
};

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
