//! Start, status and the first screen.

use super::{DraftRow, OutboxRow, Profile, TicketRow, wire, words};

words! {
    /// Which screen the application can show.
    pub enum Stage { FirstStart = "premier-demarrage", Locked = "verrouille", Unreadable = "illisible", Ready = "pret" }
    /// Real data, or the sample collège.
    pub enum Mode { Real = "reel", Training = "essai" }
    /// What is known of the way to the platform.
    pub enum Link { Unknown = "inconnu", Online = "en-ligne", Offline = "hors-ligne", Portal = "portail", LoginNeeded = "connexion-demandee", ByHand = "a-la-main" }
}

wire! {
    /// The network chip: a state said in a sentence, never a dialog.
    pub struct Network {
        pub link: Link,
        /// Short words for the chip: « Hors ligne ».
        pub title: String,
        pub sentence: String,
        pub since_ms: Option<i64>,
        /// Operations waiting to leave.
        pub waiting: u32,
        pub last_exchange_ms: Option<i64>,
        pub next_try_ms: Option<i64>,
        pub exchanging: bool,
    }

    pub struct Counts { pub open: u32, pub waiting_on_me: u32, pub equipment: u32, pub to_send: u32 }

    /// Why the data folder could not be opened, and what to do.
    pub struct Problem { pub code: super::Code, pub sentence: String, pub action: String, pub folder: String }

    pub struct Status {
        pub stage: Stage,
        pub mode: Mode,
        pub profile: Option<Profile>,
        pub counts: Counts,
        pub network: Network,
        /// Training mode: the network is cut by the switch.
        pub training_network_cut: bool,
        pub problem: Option<Problem>,
        pub version: String,
    }

    /// What falls due.
    pub struct Season {
        pub warranties_ending: u32,
        /// `YYYY-MM-DD`: the end of the window looked at.
        pub warranties_until: String,
        pub not_validated: u32,
        pub broken: u32,
        /// October: the list of correspondants and gestionnaires is renewed.
        pub october: bool,
    }

    pub struct Home {
        pub today: String,
        pub open: u32,
        pub waiting_on_me: Vec<TicketRow>,
        pub with_others: Vec<TicketRow>,
        pub with_others_total: u32,
        pub to_send: Vec<OutboxRow>,
        pub drafts: Vec<DraftRow>,
        /// Lent and due back before today.
        pub loans_overdue: Vec<super::LoanRow>,
        /// Récolements begun and not applied.
        pub stock_checks: Vec<super::StockCheckRow>,
        /// Own-funds purchases that wait for an act.
        pub purchases: Vec<super::PurchaseRow>,
        pub season: Season,
    }

    pub struct SearchQuery { pub text: String, pub limit: u32 }

    /// `kind`: `equipement`, `contact`, `dossier`, `brouillon` or `service`.
    pub struct SearchHit { pub kind: String, pub id: String, pub title: String, pub subtitle: String }

    pub struct SearchHits { pub hits: Vec<SearchHit> }
}
