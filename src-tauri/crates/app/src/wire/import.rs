//! Import: what the file holds, what it would change, what was done, and how it is undone.

use super::{ContactRole, EquipmentPick, wire, words};

words! {
    pub enum ImportKind { Equipment = "equipements", Contacts = "contacts" }
    pub enum FileFormat { Delimited = "csv", Xlsx = "xlsx", Ods = "ods", AgentJson = "glpi-json", AgentXml = "ocs-xml", Zip = "zip", VCard = "vcard" }
    pub enum Encoding { Utf8 = "utf-8", Utf8Bom = "utf-8-bom", Utf16Le = "utf-16-le", Utf16Be = "utf-16-be", Windows1252 = "windows-1252" }
    pub enum Separator { Semicolon = "point-virgule", Comma = "virgule", Tab = "tabulation", Pipe = "barre" }
    /// What tells that a row speaks of something already known; for contacts, `courriel` and `nom`.
    pub enum MatchKey { Serial = "serie", Inventory = "inventaire", Host = "nom-reseau", Email = "courriel", Name = "nom" }
    pub enum ChangeAct { Created = "cree", Updated = "modifie" }
}

wire! {
    /// What the person changed of what was proposed; absent means as proposed.
    pub struct ImportChoices {
        pub encoding: Option<Encoding>,
        pub separator: Option<Separator>,
        pub sheet: Option<String>,
        pub headings_line: Option<u32>,
        /// For each heading, the id of the field it feeds, or nothing.
        pub mapping: Option<Vec<Option<String>>>,
        /// In order: the first that finds something decides.
        pub keys: Option<Vec<MatchKey>>,
        /// An empty cell empties the field, instead of leaving it as it is.
        pub empty_clears: bool,
        /// The role of every new contact of a file that has no column for it, and where its cell is empty.
        pub default_role: Option<ContactRole>,
    }

    pub struct ImportRequest {
        pub file_id: String,
        pub kind: ImportKind,
        pub choices: ImportChoices,
        /// The `plan` of the simulation that was seen: another one is not applied.
        pub expected: Option<String>,
    }

    pub struct ImportHeading {
        pub text: String,
        /// The field it feeds, as proposed, remembered or chosen.
        pub field: Option<String>,
        /// The first values that are not empty.
        pub samples: Vec<String>,
    }

    pub struct ImportField { pub id: String, pub label: String }

    /// One value of a closed list and its words.
    pub struct NamedValue { pub value: String, pub label: String }

    /// How the file is read.
    pub struct ImportPreview {
        pub name: String,
        pub format: FileFormat,
        pub format_label: String,
        pub encoding: Option<Encoding>,
        pub encodings: Vec<NamedValue>,
        pub separator: Option<Separator>,
        pub separators: Vec<NamedValue>,
        pub sheet: Option<String>,
        pub sheets: Vec<String>,
        pub headings_line: u32,
        pub headings: Vec<ImportHeading>,
        /// The first rows, as they are read.
        pub sample: Vec<Vec<String>>,
        pub fields: Vec<ImportField>,
        pub keys: Vec<MatchKey>,
        pub all_keys: Vec<NamedValue>,
        /// The columns were chosen at an earlier import of such a file.
        pub remembered: bool,
        pub read: u32,
        /// No column says the role of the contacts: `default_role` is asked for.
        pub asks_role: bool,
        /// Contacts alone.
        pub roles: Vec<NamedValue>,
    }

    pub struct ImportRefusal {
        /// As the spreadsheet or the editor counts.
        pub line: u32,
        /// The file inside a ZIP.
        pub origin: Option<String>,
        pub column: Option<String>,
        pub reason: String,
        /// What is already known and could be meant, when more than one is.
        pub candidates: Vec<EquipmentPick>,
    }

    pub struct FieldChange { pub field: String, pub label: String, pub before: String, pub after: String }

    pub struct ImportChange { pub line: u32, pub act: ChangeAct, pub label: String, pub fields: Vec<FieldChange> }

    /// read = created + updated + unchanged + refused.
    pub struct ImportFigures {
        pub read: u32,
        pub created: u32,
        pub updated: u32,
        pub unchanged: u32,
        pub refused: Vec<ImportRefusal>,
        pub encoding: Option<Encoding>,
        pub separator: Option<Separator>,
    }

    pub struct ImportSimulation {
        pub figures: ImportFigures,
        /// The first ones; the figures count all.
        pub changes: Vec<ImportChange>,
        pub changes_total: u32,
        /// Codes of rooms that would be made.
        pub new_rooms: Vec<String>,
        /// What tells this plan from any other.
        pub plan: String,
    }

    pub struct ImportDone { pub figures: ImportFigures, /** Absent when nothing had to change. */ pub batch_id: Option<String> }

    /// An act on many rows, which can be undone in one go.
    pub struct Batch { pub id: String, pub label: String, pub at_ms: i64, pub undone_at_ms: Option<i64>, /** « 12 fiches », « 1 case ». */ pub size: String }

    pub struct Batches { pub batches: Vec<Batch> }

    pub struct BatchDone { /** Absent when nothing had to change. */ pub batch_id: Option<String>, pub changed: u32, /** « 12 équipements modifiés ». */ pub sentence: String }

    pub struct BatchUndone { pub restored: u32, pub removed: u32, /** One sentence for each row left as it is, with why. */ pub kept: Vec<String>, pub sentence: String }
}
