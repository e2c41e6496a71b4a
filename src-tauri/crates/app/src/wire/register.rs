//! Equipment, rooms and contacts.

use std::collections::BTreeMap;

use super::{Funding, Perimeter, Route, TicketRow, wire, words};

words! {
    pub enum EquipmentState { InService = "en-service", Broken = "en-panne", Spare = "en-reserve", Lent = "prete", InRepair = "en-reparation", Retired = "reforme" }
    pub enum EquipmentFamily { Desktop = "poste", Laptop = "portable", Printer = "imprimante", Projector = "videoprojecteur", Network = "reseau", Server = "serveur", Other = "autre" }
    pub enum EquipmentSort { Kind = "type", Model = "modele", Serial = "serie", Inventory = "inventaire", Host = "nom-reseau", Bought = "achat", Price = "prix", Room = "salle", User = "utilisateur", Funding = "financement", State = "etat", Warranty = "garantie", Updated = "modification" }
    pub enum ContactRole { Departement = "departement", Dsi = "dsi", Academie = "academie", Contractor = "prestataire", Supplier = "fournisseur", Vendor = "editeur", NetworkKeeper = "gestionnaire-reseau", Direction = "direction", Administration = "gestion", Teaching = "equipe-pedagogique", SchoolLife = "vie-scolaire" }
    /// How a warranty is to be read.
    pub enum WarrantyState { None = "sans", Running = "en-cours", EndingSoon = "finit-bientot", Ended = "expiree" }
}

wire! {
    pub struct EquipmentRow {
        pub id: String,
        /// « Imprimante noir et blanc »
        pub kind: String,
        pub family: EquipmentFamily,
        /// Brand and model.
        pub model: String,
        pub serial: String,
        pub inventory_number: String,
        pub host_name: String,
        pub ip: String,
        pub mac: String,
        pub room: Option<String>,
        pub user_line: Option<String>,
        pub perimeter: Perimeter,
        pub funding: Funding,
        pub state: EquipmentState,
        /// `YYYY-MM-DD`
        pub warranty_on: Option<String>,
        pub warranty: WarrantyState,
        /// Own funds after 1 September 2015 and not validated by the Département.
        pub not_validated: bool,
        /// `YYYY-MM-DD`
        pub bought_on: Option<String>,
        pub price_cents: Option<i64>,
        pub order_ref: String,
        pub invoice_ref: String,
        pub warranty_kind: String,
        pub notes: String,
    }

    pub struct EquipmentQuery {
        pub text: String,
        /// Facet name (`reseau`, `famille`, `financement`, `etat`, `salle`, `surveillance`) → values kept.
        pub facets: BTreeMap<String, Vec<String>>,
        pub sort: EquipmentSort,
        pub descending: bool,
        pub offset: u32,
        pub limit: u32,
    }

    pub struct FacetValue { pub value: String, pub label: String, pub count: u32 }

    pub struct Facet { pub name: String, pub label: String, pub values: Vec<FacetValue> }

    pub struct EquipmentPage { pub total: u32, pub all: u32, pub rows: Vec<EquipmentRow>, pub facets: Vec<Facet> }

    /// A record as it is edited. Empty text means not known.
    pub struct EquipmentForm {
        /// Absent for a new record.
        pub id: Option<String>,
        pub kind: String,
        pub family: EquipmentFamily,
        pub brand: String,
        pub model: String,
        pub serial: String,
        pub inventory_number: String,
        pub host_name: String,
        pub ip: String,
        pub mac: String,
        pub room_id: Option<String>,
        pub user_line: String,
        pub funding: Funding,
        pub bought_on: Option<String>,
        pub price_cents: Option<i64>,
        pub order_ref: String,
        pub invoice_ref: String,
        pub validated: bool,
        pub warranty_on: Option<String>,
        pub warranty_kind: String,
        pub state: EquipmentState,
        pub notes: String,
    }

    pub struct HistoryLine { pub at_ms: i64, pub text: String }

    pub struct EquipmentView {
        pub row: EquipmentRow,
        pub form: EquipmentForm,
        /// Who maintains it today, and why.
        pub route: Route,
        pub tickets: Vec<TicketRow>,
        pub history: Vec<HistoryLine>,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
        pub documents: Vec<super::Document>,
        /// Newest first; one without a day of return is running.
        pub loans: Vec<super::LoanRow>,
        pub purchase: Option<super::PurchaseRow>,
        /// « 3 pannes en 12 mois », when it fails again and again.
        pub repeated: Option<String>,
        /// No dossier speaks of it: it can be deleted rather than retired.
        pub can_delete: bool,
    }

    /// What the pickers of the form and of the guide offer.
    pub struct RegisterChoices {
        pub rooms: Vec<Room>,
        pub user_lines: Vec<super::UserLine>,
        pub kinds: Vec<String>,
    }

    pub struct EquipmentPick { pub id: String, pub label: String, pub detail: String }

    pub struct PickQuery { pub text: String }

    pub struct Picks { pub picks: Vec<EquipmentPick> }

    pub struct Room { pub id: String, pub code: String, pub name: String, pub building: String, pub floor: String, pub usage: String, pub equipment: u32 }

    pub struct RoomForm { pub id: Option<String>, pub code: String, pub name: String, pub building: String, pub floor: String, pub usage: String }

    pub struct Contact {
        pub id: String,
        pub first_name: String,
        pub last_name: String,
        pub role: ContactRole,
        pub organisation: String,
        pub title: String,
        pub phone: String,
        pub email: String,
        pub hours: String,
        pub call_for: String,
        /// Number of the contract or of the customer, asked for when one calls.
        pub contract: String,
        /// Ids of services of the matrix.
        pub services: Vec<String>,
        pub arrived_on: Option<String>,
        pub left_on: Option<String>,
    }

    pub struct ContactQuery { pub text: String, pub with_departed: bool }

    pub struct ContactGroup { pub role: ContactRole, pub label: String, pub contacts: Vec<Contact> }

    pub struct Contacts { pub total: u32, pub groups: Vec<ContactGroup> }

    pub struct ContactForm {
        pub id: Option<String>,
        pub first_name: String,
        pub last_name: String,
        pub role: ContactRole,
        pub organisation: String,
        pub title: String,
        pub phone: String,
        pub email: String,
        pub hours: String,
        pub call_for: String,
        pub contract: String,
        pub services: Vec<String>,
        pub arrived_on: Option<String>,
        pub left_on: Option<String>,
    }

    pub struct Saved { pub id: String }
}
