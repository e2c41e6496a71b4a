//! Loans: what is lent, to whom, until when, in which state.

use super::{Document, wire};

wire! {
    pub struct LoanRow {
        pub id: String,
        pub equipment_id: String,
        /// « Portable HP ProBook 450 »
        pub equipment: String,
        /// Serial or inventory number.
        pub mark: String,
        pub contact_id: Option<String>,
        pub borrower: String,
        pub from_on: String,
        pub due_on: Option<String>,
        pub returned_on: Option<String>,
        pub overdue_days: u32,
        /// « En retard de 3 jours », « À rendre vendredi 27 novembre »
        pub sentence: String,
    }

    pub struct LoanQuery { pub text: String, pub open_only: bool, pub offset: u32, pub limit: u32 }

    pub struct LoanPage { pub total: u32, pub open: u32, pub overdue: u32, pub rows: Vec<LoanRow> }

    pub struct LoanView { pub row: LoanRow, pub state_out: String, pub state_in: String, pub accessories: String, pub notes: String, pub documents: Vec<Document> }

    /// A new loan lends several machines to one person at once; a change concerns one loan.
    pub struct LoanForm {
        pub id: Option<String>,
        pub equipment_ids: Vec<String>,
        pub contact_id: Option<String>,
        pub borrower: String,
        pub from_on: String,
        pub due_on: Option<String>,
        pub state_out: String,
        pub accessories: String,
        pub notes: String,
    }

    pub struct LoanReturn { pub id: String, pub on_date: String, pub state_in: String, /** It came back broken. */ pub broken: bool }
}
