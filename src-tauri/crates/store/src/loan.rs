//! Loans: which machine is in whose hands, from when to when, in what state it left and came back.
//!
//! A machine has one open loan at most, by index. The borrower is written out: the name outlives the contact.
//! The machine's own state is changed by the application, which keeps here what it was before.

use rusqlite::{Connection, OptionalExtension, Transaction, params_from_iter};

use crate::{
    Error, Page,
    filter::{Filter, text},
    journal,
    record::record,
    search,
};

record! {
    pub struct Loan in "loan" key id {
        pub id: String,
        pub equipment_id: String,
        pub contact_id: Option<String>,
        /// The name as written, always there.
        pub borrower: String,
        /// Days are YYYY-MM-DD.
        pub from_on: String,
        pub due_on: Option<String>,
        pub returned_on: Option<String>,
        /// In words.
        pub state_out: String,
        pub state_in: String,
        pub accessories: String,
        pub notes: String,
        /// The machine's state to give back.
        pub state_before: String,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
    }
}

/// Empty texts filter nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoanQuery {
    pub open_only: bool,
    /// Beginnings of words of the borrower, the accessories or the notes; or what the register finds by them.
    pub text: String,
    pub equipment_id: Option<String>,
    /// Open and due before this day.
    pub overdue_on: Option<String>,
    pub offset: u64,
    pub limit: u64,
}

/// The last to leave first. A collège has some hundreds of loans: the text is looked for in what the other filters leave.
pub fn list(conn: &Connection, query: &LoanQuery) -> Result<Page<Loan>, Error> {
    let mut filter = Filter::default();
    if query.open_only {
        filter.and("returned_on IS NULL", []);
    }
    if let Some(equipment) = &query.equipment_id {
        filter.and("equipment_id = ?", [text(equipment)]);
    }
    if let Some(day) = &query.overdue_on {
        filter.and("returned_on IS NULL AND due_on < ?", [text(day)]);
    }
    let sql = format!(
        "{}{} ORDER BY from_on DESC, seq DESC",
        Loan::select(),
        filter.sql()
    );
    let mut rows: Vec<Loan> = conn
        .prepare_cached(&sql)?
        .query_map(params_from_iter(filter.arguments()), Loan::from_row)?
        .collect::<Result<_, _>>()?;
    if !query.text.trim().is_empty() {
        let machines = search::equipment_ids(conn, &query.text)?;
        let typed = search::typed(&query.text);
        rows.retain(|loan| machines.contains(&loan.equipment_id) || loan.says(&typed));
    }
    let total = rows.len().try_into().unwrap_or(u64::MAX);
    let window = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let rows = rows
        .into_iter()
        .skip(window(query.offset))
        .take(window(query.limit))
        .collect();
    Ok(Page { total, rows })
}

impl Loan {
    /// Every word typed begins a word of the loan.
    fn says(&self, typed: &[String]) -> bool {
        let said = search::fold(&format!(
            "{} {} {}",
            self.borrower, self.accessories, self.notes
        ));
        !typed.is_empty()
            && typed
                .iter()
                .all(|typed| said.split(' ').any(|word| word.starts_with(typed)))
    }
}

pub fn get(conn: &Connection, id: &str) -> Result<Option<Loan>, Error> {
    let sql = format!("{} WHERE id = ?", Loan::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], Loan::from_row)
        .optional()?)
}

/// Refused while the machine is lent already.
pub fn insert(tx: &Transaction<'_>, loan: &Loan) -> Result<(), Error> {
    loan.insert_row(tx)?;
    Ok(())
}

/// Changes every field but the dates of creation and change, which are the store's. Says whether anything changed.
pub fn update(tx: &Transaction<'_>, loan: &Loan, now_ms: i64) -> Result<bool, Error> {
    let old = get(tx, &loan.id)?.ok_or_else(|| Error::not_found("loan", &loan.id))?;
    let same = Loan {
        created_at_ms: old.created_at_ms,
        updated_at_ms: old.updated_at_ms,
        ..loan.clone()
    };
    if same == old {
        return Ok(false);
    }
    journal::keep(tx, now_ms, "loan", &old.id, "modification", None)?;
    let new = Loan {
        updated_at_ms: now_ms,
        ..same
    };
    new.change_row(&old, &old.id, tx)?;
    Ok(true)
}

/// In whose hands the machine is now.
pub fn open_of(conn: &Connection, equipment_id: &str) -> Result<Option<Loan>, Error> {
    let sql = format!(
        "{} WHERE equipment_id = ? AND returned_on IS NULL",
        Loan::select()
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([equipment_id], Loan::from_row)
        .optional()?)
}

/// Out, and due before today; the longest overdue first.
pub fn overdue(conn: &Connection, today: &str) -> Result<Vec<Loan>, Error> {
    let sql = format!(
        "{} WHERE returned_on IS NULL AND due_on < ? ORDER BY due_on, seq",
        Loan::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([today], Loan::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}
