//! The documents of the register: the loan form, the report of a stock check, the request for a purchase.
//!
//! Invariant: every string given is printed as it is given, whole; a heading whose text is empty is printed with « — »,
//! never left out, so that two forms always look alike. Numbers and dates are written the French way here, so that
//! `app` hands over plain values.

use chrono::NaiveDate;
use serde::Serialize;

use crate::Error;
use crate::typeset::{Template, pdf};

/// What stands at the head and the foot of each page.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Paper<'a> {
    pub college: &'a str,
    pub commune: &'a str,
    /// The day printed, as a parameter: nothing here knows what day it is.
    pub date: NaiveDate,
    pub author: &'a str,
}

/// A form signed when a machine is lent and again when it comes back.
#[derive(Debug, Clone, Serialize)]
pub struct LoanForm {
    pub borrower: String,
    /// What the borrower is: « Professeure de mathématiques ».
    pub quality: String,
    /// « Portable HP ProBook 450 ».
    pub machine: String,
    pub serial: String,
    pub inventory: String,
    /// The Département's, the State's or the collège's own: « Département ».
    pub owner: String,
    pub accessories: Vec<String>,
    pub from: NaiveDate,
    /// The day it is due back; none for a loan without a term.
    pub until: Option<NaiveDate>,
    pub state_out: String,
    /// Why it is lent, or what to know.
    pub note: String,
    /// A returned loan's form can be printed again, with what was noted.
    pub returned: Option<Returned>,
}

/// The end of a loan.
#[derive(Debug, Clone, Serialize)]
pub struct Returned {
    pub date: NaiveDate,
    pub state: String,
}

/// A stock check, room by room.
#[derive(Debug, Clone, Serialize)]
pub struct StockCheckReport {
    /// « Récolement de novembre 2026 ».
    pub title: String,
    pub began: NaiveDate,
    /// None while it is interrupted.
    pub ended: Option<NaiveDate>,
    pub rooms: Vec<RoomCheck>,
}

/// What was found in one room.
#[derive(Debug, Clone, Serialize)]
pub struct RoomCheck {
    /// « B204 – Salle informatique ».
    pub room: String,
    /// Expected here and seen here.
    pub present: Vec<CheckRow>,
    /// Found here, registered elsewhere; `note` says where.
    pub moved: Vec<CheckRow>,
    /// Expected here and seen in no room of this check.
    pub missing: Vec<CheckRow>,
    /// Expected here and known to be elsewhere: seen in another room, lent, gone to be repaired; `note` says where.
    pub away: Vec<CheckRow>,
    /// Scanned here, in no register; `machine` may be empty.
    pub unknown: Vec<CheckRow>,
}

/// One machine in a stock check.
#[derive(Debug, Clone, Serialize)]
pub struct CheckRow {
    pub machine: String,
    pub serial: String,
    pub inventory: String,
    pub note: String,
}

/// A project on own funds, joined to the request for validation.
#[derive(Debug, Clone, Serialize)]
pub struct PurchaseRequest {
    /// « Dix tablettes pour le CDI ».
    pub title: String,
    /// What it is for, in the collège's words.
    pub purpose: String,
    pub room: String,
    /// « Pédagogique » or « Administratif ».
    pub users: String,
    /// « Fonds propres », « Subvention de la commune ».
    pub funding: String,
    pub lines: Vec<PurchaseLine>,
    pub supplier: String,
    pub quote: String,
    pub wanted_by: Option<NaiveDate>,
    /// What the collège already has that this completes or replaces.
    pub context: String,
    /// The article that asks for the validation, as the pack words it.
    pub basis: String,
    pub facts: Vec<Fact>,
}

/// Equipment to buy.
#[derive(Debug, Clone, Serialize)]
pub struct PurchaseLine {
    pub designation: String,
    pub quantity: u32,
    /// Without a price yet, the total says so.
    pub unit_price_cents: Option<i64>,
}

/// A further heading with its text.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    pub heading: String,
    pub text: String,
}

/// What a template reads.
#[derive(Serialize)]
pub(crate) struct Data<'a, T> {
    pub(crate) paper: &'a Paper<'a>,
    pub(crate) document: &'a T,
}

/// The form of a loan: what is lent, to whom, on what terms, and where both sign at both ends.
pub fn loan_form(paper: &Paper<'_>, document: &LoanForm) -> Result<Vec<u8>, Error> {
    pdf(Template::Loan, &Data { paper, document })
}

/// The report of a stock check, ended or not: figures, then each room.
pub fn stock_check(paper: &Paper<'_>, document: &StockCheckReport) -> Result<Vec<u8>, Error> {
    pdf(Template::StockCheck, &Data { paper, document })
}

/// The project to join to a request for prior validation.
pub fn purchase_request(paper: &Paper<'_>, document: &PurchaseRequest) -> Result<Vec<u8>, Error> {
    pdf(Template::Purchase, &Data { paper, document })
}

#[cfg(test)]
#[path = "paper/tests.rs"]
mod tests;
