//! Packs: the convention in force, those kept, and a file that brings another version.

use super::{Activity, Party, Perimeter, TicketRow, wire, words};

words! {
    /// What a pack's file proves about its author.
    pub enum Signature { Trusted = "reconnue", Unknown = "inconnue", Missing = "absente" }
    /// How far a person trusts a file: its key from now on, or this file alone.
    pub enum Trust { No = "non", Key = "cle", Once = "une-fois" }
    pub enum ChangeKind { Added = "ajoute", Removed = "retire", Changed = "change" }
}

wire! {
    /// A pack that can be put in force.
    pub struct PackInfo {
        /// Empty for the one built into the program.
        pub id: String,
        pub name: String,
        pub departement: String,
        pub version: String,
        pub built_in: bool,
        pub in_force: bool,
        /// Who signed it, as the person named the key.
        pub signer: Option<String>,
        pub installed_at_ms: Option<i64>,
    }

    pub struct TrustedKey { pub id: String, pub label: String, pub trusted_at_ms: i64 }

    pub struct Packs { pub packs: Vec<PackInfo>, pub keys: Vec<TrustedKey> }

    /// A mistake in a pack, where it can be mended.
    pub struct PackMistake { pub file: String, pub line: u32, pub column: u32, pub message: String }

    /// One cell that would say something else; no party: it was or will not be there.
    pub struct CellChange {
        pub service_label: String,
        pub activity: Activity,
        pub perimeter: Option<Perimeter>,
        pub before: Option<Party>,
        pub after: Option<Party>,
        /// What someone completed from the signed copy and the new pack now says itself.
        pub completed: bool,
    }

    /// A service, a question or a rule that comes, goes or changes.
    pub struct TextChange { pub kind: ChangeKind, pub label: String, pub detail: String }

    /// An open dossier that would go elsewhere.
    pub struct TicketMoved { pub ticket: TicketRow, pub before: Party, pub after: Option<Party>, /** « La question … serait à poser de nouveau. » */ pub why: String }

    pub struct PackDiff {
        pub cells: Vec<CellChange>,
        pub services: Vec<TextChange>,
        pub questions: Vec<TextChange>,
        pub rules: Vec<TextChange>,
        pub tickets: Vec<TicketMoved>,
    }

    /// What a file of packs holds, before it is put in force.
    pub struct PackInspection {
        pub file_id: String,
        pub name: String,
        pub departement: String,
        pub version: String,
        pub signature: Signature,
        /// The key's short identifier, and what the signer wrote beside it.
        pub key_id: Option<String>,
        pub comment: Option<String>,
        /// It cannot be put in force while there is one.
        pub mistakes: Vec<PackMistake>,
        /// Compared with the pack in force.
        pub diff: Option<PackDiff>,
    }

    pub struct PackFile { pub file_id: String }

    pub struct PackInstall { pub file_id: String, pub trust: Trust, /** How the person names the key, when he trusts it. */ pub key_label: String }

    /// Folders or files given on the command line, read there.
    pub struct PackFolder { pub files: std::collections::BTreeMap<String, String> }

    pub struct PackPair { pub before: PackFolder, pub after: PackFolder }

    /// The guide of a pack, walked whole.
    pub struct PackSurvey {
        pub services: u32,
        pub cells: u32,
        pub questions: u32,
        /// Ways through the guide; too many to write out, so a text.
        pub ways: String,
        pub longest: u32,
        pub median: u32,
        /// Answers after which there is no issue, in the words of the form.
        pub dead_ends: Vec<String>,
        /// Services no way leads to, answers never offered.
        pub never: Vec<String>,
    }

    pub struct PackReport { pub mistakes: Vec<PackMistake>, pub survey: Option<PackSurvey> }
}
