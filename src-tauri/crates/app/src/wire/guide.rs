//! The guided form as the window shows it: one question at a time, the answer beside it.

use std::collections::BTreeMap;

use super::{Activity, Impact, Nature, Perimeter, Route, TicketRow, Urgency, wire, words};

words! {
    /// How a question is answered. `equipement` and `salle` are picked from the register.
    pub enum QuestionKind { Choice = "choix", Several = "plusieurs", Text = "texte", LongText = "texte-long", Equipment = "equipement", Room = "salle", Date = "date" }
}

wire! {
    /// One answer offered.
    pub struct Choice { pub id: String, pub label: String, pub hint: Option<String>, pub group: Option<String> }

    /// A question of the guided form. One picked from the register offers a single choice: none of them.
    pub struct Question {
        pub id: String,
        pub title: String,
        /// What to try or where to look.
        pub help: Option<String>,
        /// Why it is asked.
        pub why: Option<String>,
        pub kind: QuestionKind,
        pub choices: Vec<Choice>,
        pub optional: bool,
        pub example: Option<String>,
        /// The answer given before, when the question is asked again.
        pub previous: Option<AnswerValue>,
    }

    /// An answer already given, folded above the question.
    pub struct Answered { pub question: String, pub label: String, pub text: String, pub can_change: bool }

    /// What leaves, to read before it does.
    pub struct Summary {
        pub title: String,
        pub service: String,
        pub service_label: String,
        pub activity: Activity,
        pub nature: Nature,
        pub perimeter: Option<Perimeter>,
        pub route: Route,
        pub impact: Impact,
        pub urgency: Urgency,
        pub description: String,
        pub consequences: Vec<String>,
        /// A first check solved it: a trace is kept, nothing is sent.
        pub settled: bool,
    }

    /// The guided form at the point where the draft stands.
    pub struct GuideView {
        pub draft_id: String,
        pub title: String,
        pub started: String,
        pub saved_at_ms: i64,
        pub pack_version: String,
        pub answered: Vec<Answered>,
        /// Number of this question, and how many are expected in all.
        pub number: u32,
        pub expected: u32,
        /// Absent once the summary is ready.
        pub question: Option<Question>,
        pub summary: Option<Summary>,
        pub route: Option<Route>,
        /// The activity the route speaks of, in French.
        pub activity_label: Option<String>,
        /// As far as is known: it will go through the platform once queued.
        pub will_be_sent: bool,
        /// What Relais joins by itself.
        pub attached: Vec<String>,
        /// Open dossiers about the same machine or room.
        pub similar: Vec<TicketRow>,
    }

    /// What one typed line could mean.
    pub struct Proposal {
        pub title: String,
        pub service_label: String,
        pub nature: Nature,
        pub equipment_label: Option<String>,
        pub room: Option<String>,
        /// What choosing it fills in.
        pub answers: BTreeMap<String, AnswerValue>,
    }

    /// The likeliest first.
    pub struct Proposals { pub proposals: Vec<Proposal> }

    pub struct ProposeQuery { pub text: String }

    /// Begins a draft: from a typed line, a proposal, or a machine of the register.
    pub struct GuideStart { pub text: String, pub answers: BTreeMap<String, AnswerValue>, pub equipment_id: Option<String> }

    pub struct GuideAnswer { pub draft_id: String, pub question: String, pub value: AnswerValue }

    /// Asks a question again; its answer stands until another replaces it.
    pub struct GuideReopen { pub draft_id: String, pub question: String }

    pub struct GuideSubmitted { pub ticket_id: String, pub reference: String, pub queued: bool, pub sentence: String }

    pub struct DraftRow { pub id: String, pub title: String, pub updated_at_ms: i64 }

    /// The latest first.
    pub struct Drafts { pub drafts: Vec<DraftRow> }

    /// An answers file of the command line: `{"started": "…", "answers": {…}}`.
    pub struct AnswersFile {
        #[serde(default)]
        pub started: String,
        #[serde(default)]
        pub answers: BTreeMap<String, AnswerValue>,
        /// Id, serial, inventory number or host name of a machine of the register.
        #[serde(default)]
        pub equipment: Option<String>,
    }
}

/// One word, or several where the question allows it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(untagged)]
#[ts(export_to = "types.ts")]
pub enum AnswerValue {
    One(String),
    Several(Vec<String>),
}
