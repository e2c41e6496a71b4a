//! Documents out of data: label sheets, forms to sign, reports, the convention itself, and tables for a spreadsheet.
//!
//! Invariant: pure. The same data gives the same bytes: dates are parameters, templates and fonts are built in, no file
//! and no other crate of the project is read. Data reaches a template as values, never as source, so whatever a serial
//! number holds is printed as text. Choosing what goes into a document is `app`'s work.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod check_tables;
mod code;
mod convention;
mod label;
mod paper;
mod stock;
mod table;
mod typeset;

#[cfg(test)]
mod testing;

pub use check_tables::stock_check_tables;
pub use code::Code;
pub use convention::{
    Acronym, Annexe, CompletedCell, CompletionProposal, ConventionDocument, Leaflet,
    LeafletSection, Legend, Matrix, MatrixCell, MatrixFamily, MatrixLine, Note, Passage,
    completion_proposal, convention,
};
pub use label::{Label, labels};
pub use paper::{
    CheckRow, Fact, LoanForm, Paper, PurchaseLine, PurchaseRequest, Returned, RoomCheck,
    StockCheckReport, loan_form, purchase_request, stock_check,
};
pub use stock::{Sheet, Stock};
pub use table::{Cell, Table, TableFormat, table, tables};

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The code would have to be drawn finer than a hand scanner reads.
    #[error("the code {code:?} is too long for {stock}")]
    CodeTooLong { code: String, stock: &'static str },
    /// Code 128 writes ASCII; an empty code writes nothing.
    #[error("the code {code:?} cannot be drawn: {why}")]
    CodeUnfit { code: String, why: &'static str },
    #[error("there is nothing to print")]
    Nothing,
    #[error("the first free place is {first}, but a sheet has {places}")]
    NoSuchPlace { first: u32, places: u32 },
    #[error("the document could not be set: {0}")]
    Typeset(String),
    #[error("the table could not be written: {0}")]
    Table(String),
    #[error("{rows} rows are more than a sheet holds")]
    TooManyRows { rows: usize },
}
