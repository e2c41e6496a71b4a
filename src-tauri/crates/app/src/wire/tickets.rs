//! Dossiers: rows, one dossier with its timeline, and what a person can do to it.

use super::{
    Activity, Attachment, Channel, Contact, Impact, Nature, OutboxRow, Party, Perimeter, Route,
    Urgency, wire, words,
};

words! {
    pub enum TicketState { Open = "ouvert", Resolved = "resolu", Closed = "ferme", Cancelled = "annule" }
    pub enum TicketFilter { Open = "ouverts", Waiting = "attend-de-moi", Late = "en-retard", Closed = "fermes", All = "tous" }
    /// Where an operation for the platform stands.
    pub enum SendState { Ready = "pret", Sending = "envoi", Accepted = "accepte", Refused = "refuse", Uncertain = "incertain", Withdrawn = "retire" }
    pub enum EventKind { Creation = "creation", Note = "note", Status = "statut", Resolution = "resolution", Exchange = "envoi", Call = "appel" }
}

wire! {
    pub struct TicketRow {
        pub id: String,
        pub title: String,
        pub reference: Option<String>,
        pub number: Option<String>,
        pub party: Party,
        pub channel: Channel,
        pub state: TicketState,
        /// The platform's status in French, when it is known.
        pub platform_status: Option<String>,
        pub room: Option<String>,
        pub equipment: Option<String>,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
        pub age_days: u32,
        /// Open for more than thirty days.
        pub late: bool,
        pub waiting_on_me: bool,
        pub sending: Option<SendState>,
        /// One short line under the title: last word of the timeline, or the state of the envoi.
        pub hint: String,
    }

    pub struct TicketQuery {
        pub text: String,
        pub filter: TicketFilter,
        pub party: Option<Party>,
        pub room_id: Option<String>,
        pub equipment_id: Option<String>,
        pub offset: u32,
        pub limit: u32,
    }

    pub struct PartyCount { pub party: Party, pub count: u32 }

    pub struct TicketPage { pub total: u32, pub rows: Vec<TicketRow>, pub parties: Vec<PartyCount> }

    pub struct TicketEvent { pub id: String, pub at_ms: i64, pub author: String, pub author_label: String, pub kind: EventKind, pub text: String }

    pub struct TicketView {
        pub row: TicketRow,
        pub description: String,
        pub service_label: String,
        pub activity: Activity,
        pub activity_label: String,
        pub nature: Nature,
        pub perimeter: Option<Perimeter>,
        pub impact: Impact,
        pub urgency: Urgency,
        pub equipment_id: Option<String>,
        /// Where it went and why, as it was read then.
        pub route: Option<Route>,
        /// Where the convention in force would send it now, while it is open and when that is elsewhere or on another basis.
        pub today: Option<Route>,
        pub events: Vec<TicketEvent>,
        pub sends: Vec<OutboxRow>,
        /// It can be closed here, because nobody else keeps its state.
        pub can_close: bool,
        pub can_reopen: bool,
        /// The user types the number that the portal gave.
        pub can_set_number: bool,
        /// For a portal reached by hand: what to copy, in the portal's order.
        pub to_copy: Vec<LabelledText>,
        /// What the person does himself, in order.
        pub tasks: Vec<Task>,
        pub attachments: Vec<Attachment>,
        /// The machines concerned, when there are several.
        pub machines: Vec<TicketMachine>,
        /// Whom to call when the vendor helps directly.
        pub callers: Vec<Contact>,
    }

    pub struct TicketMachine { pub id: String, pub label: String, pub serial: String }

    /// One line of the checklist of a dossier.
    pub struct Task { pub id: String, pub text: String, pub done_at_ms: Option<i64> }

    pub struct TaskTick { pub ticket_id: String, pub task_id: String, pub done: bool }

    /// A call that was made: it stays in the timeline.
    pub struct TicketCall { pub id: String, pub whom: String, pub text: String }

    pub struct TicketAttach { pub id: String, pub file_id: String }

    pub struct LabelledText { pub label: String, pub text: String }

    pub struct TicketNote { pub id: String, pub text: String }

    pub struct TicketNumber { pub id: String, pub number: String }

    pub struct TicketClose { pub id: String, pub state: TicketState, pub text: String }
}
