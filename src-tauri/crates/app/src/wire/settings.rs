//! Profile, first start, settings, diagnostics, and how errors cross.

use secrecy::SecretString;

use super::{College, Mode, secret, wire, words};

words! {
    pub enum Role { Correspondant = "correspondant", Gestionnaire = "gestionnaire" }
    /// How the platform is reached.
    pub enum PlatformKind { Remedy = "remedy", Manual = "manuel" }
    /// Where the key of the store is kept.
    pub enum KeyPlace { Keyring = "trousseau", Passphrase = "phrase", Training = "essai" }
    /// What the window must do about an error. A code exists only when something reads it.
    pub enum Code {
        BadRequest = "demande-incorrecte",
        NotFound = "introuvable",
        Conflict = "conflit",
        NotReady = "pas-pret",
        WrongKey = "mauvaise-cle",
        KeyringMissing = "trousseau-absent",
        Damaged = "donnees-abimees",
        TooNew = "version-plus-recente",
        DiskFull = "disque-plein",
        ReadOnly = "lecture-seule",
        Busy = "occupe",
        Offline = "hors-ligne",
        LoginNeeded = "connexion-demandee",
        Internal = "interne",
    }
}

wire! {
    /// How an error crosses: the sentence is for a person, the cause is in the log.
    pub struct WireError { pub code: Code, pub message: String, pub retryable: bool, /** The field at fault, when one is. */ pub field: Option<String> }

    pub struct Profile {
        pub college: String,
        pub commune: String,
        pub cite_scolaire: bool,
        /// Cité scolaire: the Région maintains; absent: not settled yet.
        pub region_maintains: Option<bool>,
        pub role: Role,
        pub first_name: String,
        pub last_name: String,
        pub phone: String,
        pub email: String,
        pub platform: PlatformKind,
        pub platform_url: String,
        pub platform_login: String,
        /// The field of the platform that carries our reference.
        pub reference_field: String,
    }

    pub struct FirstStartChoices { pub colleges: Vec<College>, pub keyring: bool, pub folder: String }

    pub struct NetworkSwitch { pub cut: bool }

    pub struct Settings {
        pub profile: Profile,
        pub mode: Mode,
        pub key_place: KeyPlace,
        pub folder: String,
        pub theme: Theme,
        pub pack_name: String,
        pub pack_version: String,
        pub version: String,
    }

    /// `platform-url` → `https://…`: the names of the profile's fields, with hyphens.
    pub struct Setting { pub key: String, pub value: String }

    pub struct ThemeChoice { pub theme: Theme }

    pub struct Check { pub name: String, pub ok: bool, pub sentence: String }

    pub struct Doctor { pub version: String, pub checks: Vec<Check> }
}

words! {
    pub enum Theme { System = "systeme", Light = "clair", Dark = "sombre" }
}

secret! {
    /// First start: the profile, and a passphrase where the computer keeps no keys.
    pub struct FirstStart { pub profile: Profile, #[ts(type = "string | null")] pub passphrase: Option<SecretString> }

    pub struct Unlock { #[ts(type = "string")] pub passphrase: SecretString }
}
