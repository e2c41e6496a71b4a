//! Handover to a successor, and merging the file of the collège's other user.

use secrecy::SecretString;

use super::{secret, wire, words};

words! {
    pub enum MergeSide { Here = "ici", File = "fichier" }
    /// `suivi`: lines of the timeline of dossiers; `etapes`: steps of purchases; `documents`: those and the files joined to dossiers; `cases`: cells of the matrix read on the signed copy.
    pub enum MergeWhat { Equipment = "equipements", Contacts = "contacts", Rooms = "salles", Tickets = "dossiers", Loans = "prets", Purchases = "achats", Events = "suivi", Steps = "etapes", Documents = "documents", Completions = "cases" }
}

secret! {
    pub struct HandoverExport { #[ts(type = "string")] pub passphrase: SecretString }

    /// At first start: everything comes from the predecessor's file. The new store is kept by the keyring, or by `own_passphrase` where there is none.
    pub struct HandoverAdopt { pub file_id: String, #[ts(type = "string")] pub passphrase: SecretString, #[ts(type = "string | null")] pub own_passphrase: Option<SecretString> }

    pub struct MergeRequest { pub file_id: String, #[ts(type = "string")] pub passphrase: SecretString }

    pub struct MergeApply { pub file_id: String, #[ts(type = "string")] pub passphrase: SecretString, pub choices: Vec<MergeChoice> }
}

wire! {
    /// A document written in the person's folder of downloads, as [`super::SavedFile`], and what is to be known of it.
    pub struct HandoverFile {
        pub id: String,
        pub name: String,
        pub folder: String,
        /// Operations that the platform has not answered yet: they go along, and are looked up there before anything is sent.
        pub unsent: u32,
        /// The same, in a sentence, when there are some.
        pub notice: Option<String>,
    }

    /// Whose value is kept, for one field of one row. What is not chosen stays as it is here.
    pub struct MergeChoice {
        pub what: MergeWhat,
        pub id: String,
        pub field: String,
        pub side: MergeSide,
        /// As [`MergeField::here`] showed it: the merge is refused when it is another by then.
        pub here: String,
    }

    pub struct MergeField {
        pub field: String,
        pub label: String,
        pub here: String,
        pub file: String,
        /// The file's when it is empty here, or unchanged here since it was changed there.
        pub proposed: MergeSide,
        /// Both sides changed it: a person decides.
        pub conflict: bool,
    }

    pub struct MergeRow { pub what: MergeWhat, pub id: String, pub label: String, pub fields: Vec<MergeField> }

    pub struct MergeAdded { pub what: MergeWhat, pub label: String, pub count: u32, pub examples: Vec<String> }

    pub struct MergeSimulation {
        /// « Collège Desaix, Tarbes, exporté par … »
        pub origin: String,
        pub added: Vec<MergeAdded>,
        pub changed: Vec<MergeRow>,
        pub same: u32,
        /// A sentence when the file is of another collège.
        pub warning: Option<String>,
        /// What the merge leaves out or cannot take back, one sentence each.
        pub notices: Vec<String>,
    }
}
