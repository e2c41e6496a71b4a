//! Récolement: what is really there, room by room.

use super::{ReportFormat, wire, words};

words! {
    pub enum CheckState { Running = "en-cours", Applied = "applique", Dropped = "abandonne" }
    /// `attendu` while the récolement runs, `manquant` once it is applied; `sorti`: lent, or gone to be repaired.
    pub enum Verdict { Present = "present", Moved = "deplace", Missing = "manquant", Unknown = "inconnu", Elsewhere = "vu-ailleurs", Awaited = "attendu", Out = "sorti" }
    /// What becomes of what was not found.
    pub enum MissingAct { Keep = "garder", NoRoom = "sans-salle" }
}

wire! {
    /// How many lines have each verdict.
    pub struct CheckFigures { pub awaited: u32, pub present: u32, pub moved: u32, pub missing: u32, pub unknown: u32 }

    pub struct StockCheckRow { pub id: String, pub title: String, pub state: CheckState, pub created_at_ms: i64, pub applied_at_ms: Option<i64>, pub rooms: u32, pub figures: CheckFigures }

    pub struct StockChecks { pub rows: Vec<StockCheckRow> }

    pub struct StockCheckForm { pub title: String, pub room_ids: Vec<String> }

    pub struct CheckLine {
        pub equipment_id: Option<String>,
        pub label: String,
        /// Serial, inventory number, or the mark as it was scanned.
        pub mark: String,
        pub verdict: Verdict,
        /// « Enregistré en B204 », « Vu en CDI »
        pub detail: String,
        pub sighting_id: Option<String>,
    }

    pub struct CheckRoom { pub room_id: String, pub code: String, pub name: String, pub figures: CheckFigures, pub lines: Vec<CheckLine> }

    pub struct StockCheckView { pub row: StockCheckRow, pub rooms: Vec<CheckRoom>, pub batch_id: Option<String> }

    /// Scanned (`mark`) or ticked (`equipment_id`).
    pub struct SightingForm { pub check_id: String, pub room_id: String, pub mark: Option<String>, pub equipment_id: Option<String> }

    pub struct Seen { pub verdict: Verdict, /** « Présent : Poste fixe HP 400 G7 » */ pub sentence: String, pub view: StockCheckView }

    pub struct CheckApply { pub id: String, pub missing: MissingAct }

    pub struct CheckReport { pub id: String, pub format: ReportFormat }
}
