//! Purchases on own funds: II art. 2, from the project to the maintenance by the Département.

use super::{Document, EquipmentFamily, EquipmentRow, wire, words};

words! {
    pub enum PurchaseState { Project = "projet", Requested = "validation-demandee", Validated = "validee", Refused = "refusee", Ordered = "commandee", Received = "recue", Registered = "enregistree", Maintained = "maintenue", Dropped = "abandonnee" }
}

wire! {
    pub struct PurchaseRow {
        pub id: String,
        pub title: String,
        pub kind: String,
        pub quantity: u32,
        pub state: PurchaseState,
        /// « Validation demandée »
        pub state_label: String,
        /// The day of the last step.
        pub since_on: Option<String>,
        pub amount_cents: Option<i64>,
        /// What is to be done next, in a sentence.
        pub next: String,
    }

    pub struct PurchaseQuery { pub open_only: bool }

    pub struct Purchases { pub rows: Vec<PurchaseRow>, pub total: u32 }

    pub struct PurchaseForm {
        pub id: Option<String>,
        pub title: String,
        pub kind: String,
        pub quantity: u32,
        pub supplier: String,
        pub amount_cents: Option<i64>,
        pub reason: String,
        pub user_line: String,
    }

    pub struct PurchaseStep {
        pub state: PurchaseState,
        pub label: String,
        pub on_date: String,
        pub note: String,
        pub ticket_id: Option<String>,
        pub document: Option<Document>,
    }

    /// A step that can be taken now.
    pub struct NextStep { pub state: PurchaseState, /** A verb: « Noter la validation ». */ pub label: String, /** It leaves as a dossier for the platform. */ pub leaves: bool, /** The document usually joined. */ pub document: Option<super::DocumentKind> }

    pub struct PurchaseView {
        pub row: PurchaseRow,
        pub form: PurchaseForm,
        pub steps: Vec<PurchaseStep>,
        pub next_steps: Vec<NextStep>,
        pub documents: Vec<Document>,
        pub equipment: Vec<EquipmentRow>,
        /// What the convention says of it now: « non maintenue par le Département », and the way out.
        pub warning: Option<String>,
        /// The passage that says so, and where.
        pub source: Option<String>,
        pub can_undo: bool,
    }

    /// One step taken, dated, with its document when there is one.
    pub struct PurchaseStepForm { pub purchase_id: String, pub state: PurchaseState, pub on_date: String, pub note: String, pub file_id: Option<String> }

    /// What came: one record for each serial number, or `quantity` records without.
    pub struct PurchaseReceipt {
        pub purchase_id: String,
        pub on_date: String,
        pub family: EquipmentFamily,
        pub kind: String,
        pub brand: String,
        pub model: String,
        pub serials: Vec<String>,
        pub quantity: u32,
        pub room_id: Option<String>,
        pub invoice_ref: String,
        pub warranty_on: Option<String>,
        pub file_id: Option<String>,
    }
}
