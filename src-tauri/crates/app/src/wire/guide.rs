//! The guided form as the window shows it: one question at a time, the answer beside it.

use std::collections::BTreeMap;

use super::{Activity, Contact, Impact, Nature, Perimeter, Route, TicketRow, Urgency, wire, words};

words! {
    /// How a question is answered. `equipement` and `salle` are picked from the register; `essais` is answered trial by
    /// trial, `fiche` field by field.
    pub enum QuestionKind { Choice = "choix", Several = "plusieurs", Text = "texte", LongText = "texte-long", Equipment = "equipement", Room = "salle", Date = "date", Trials = "essais", Fields = "fiche" }
    pub enum FieldKind { Line = "ligne", Long = "texte", Number = "nombre", Phone = "telephone", Day = "date" }
    pub enum Outcome { Settled = "regle", Persists = "pas-regle", NotTried = "pas-pu" }
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
        /// What to try first, each with its outcome (kind `essais`: a value of `Outcome` by trial id).
        pub trials: Vec<Trial>,
        /// The lines to fill in, none of them required (kind `fiche`: a text by field id).
        pub fields: Vec<Field>,
        /// The answer given before, when the question is asked again; for a `fiche`, what is already known.
        pub previous: Option<AnswerValue>,
    }

    /// Something to try before anyone is called.
    pub struct Trial { pub id: String, pub text: String }

    /// A line of a `fiche`.
    pub struct Field { pub id: String, pub label: String, pub hint: Option<String>, pub kind: FieldKind }

    /// What to do at once, before any other question: a security incident does not wait.
    pub struct Reflexes { pub title: String, pub now: Vec<String>, pub never: Vec<String>, pub warn: Vec<String> }

    /// A value of the platform's own classification, and who still has to confirm it.
    pub struct Category { pub label: String, pub value: String, pub to_confirm: Option<String> }

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
        /// What the person does himself, step by step: it becomes the checklist of the dossier.
        pub checklist: Vec<String>,
        /// How the platform will class it. What is still to be confirmed stays out of what is sent.
        pub categories: Vec<Category>,
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
        /// What to do at once, as soon as the situation is known.
        pub reflexes: Option<Reflexes>,
        /// Whom to call when the vendor helps directly; for an incident, whom to warn.
        pub callers: Vec<Contact>,
        /// Photos and files joined to this draft.
        pub attachments: Vec<Attachment>,
        /// Set when the convention has changed since this draft began: the version in force now.
        pub newer_pack: Option<String>,
    }

    /// A photo or file joined to a draft or to a dossier.
    pub struct Attachment {
        pub id: String,
        pub name: String,
        pub media_type: String,
        /// In bytes.
        pub size: u32,
        /// The window can show it as a picture.
        pub picture: bool,
    }

    pub struct GuideAttach { pub draft_id: String, pub file_id: String }

    /// « C’est le même problème »: what was answered becomes a note of that dossier, and the draft goes.
    pub struct GuideJoin { pub draft_id: String, pub ticket_id: String }

    /// What one typed line could mean.
    pub struct Proposal {
        pub title: String,
        pub service_label: String,
        pub nature: Nature,
        pub equipment_label: Option<String>,
        pub room: Option<String>,
        /// The whole room is meant: how many machines.
        pub machines: Option<u32>,
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

/// One word, several where the question allows it, or a word by trial or by field.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(untagged)]
#[ts(export_to = "types.ts")]
pub enum AnswerValue {
    One(String),
    Several(Vec<String>),
    Fields(BTreeMap<String, String>),
}
