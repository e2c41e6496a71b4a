//! Envois: every operation for the platform with its state, proof or reason, and what can be done.

use secrecy::SecretString;

use super::{Network, SendState, secret, wire};

wire! {
    pub struct OutboxRow {
        pub id: i64,
        pub ticket_id: String,
        pub title: String,
        /// « Nouveau dossier »
        pub operation: String,
        pub reference: String,
        pub state: SendState,
        /// The state in one sentence.
        pub sentence: String,
        /// Proof (number, time) or reason, and what happens next.
        pub detail: String,
        pub number: Option<String>,
        pub attempts: u32,
        pub updated_at_ms: i64,
        pub next_try_ms: Option<i64>,
        pub can_retry: bool,
        /// Look the reference up now.
        pub can_check: bool,
        /// Never tried: it can become a draft again.
        pub can_resume: bool,
        pub can_correct: bool,
        pub can_withdraw: bool,
        pub can_set_number: bool,
    }

    pub struct OutboxView {
        /// Refused, uncertain, or to be carried by hand.
        pub to_watch: Vec<OutboxRow>,
        pub ready: Vec<OutboxRow>,
        /// The latest first.
        pub arrived: Vec<OutboxRow>,
        pub network: Network,
        /// The way to the platform asks for a login and a one-time password.
        pub asks_password: bool,
        pub login: String,
    }

    pub struct OutboxId { pub id: i64 }

    /// What a person knows that the machine does not: the number is on the platform.
    pub struct OutboxNumber { pub id: i64, pub number: String }

    /// A refused operation, mended.
    pub struct OutboxCorrection { pub id: i64, pub summary: String, pub description: String, pub site: String }

    /// What a refused operation holds, to be mended.
    pub struct OutboxDraft { pub id: i64, pub summary: String, pub description: String, pub site: String, pub reason: String, pub field: Option<String> }

    pub struct SyncReport {
        pub accepted: u32,
        pub refused: u32,
        pub uncertain: u32,
        pub waiting: u32,
        /// What happened, in one sentence.
        pub sentence: String,
        pub login_needed: bool,
        pub offline: bool,
    }

    pub struct Resumed { pub draft_id: String }
}

secret! {
    /// Login for the platform. The password is one-time: used at once, never stored.
    pub struct SyncRequest { pub username: Option<String>, #[ts(type = "string | null")] pub password: Option<SecretString> }
}
