//! What the guide takes and gives: facts from the register, the next question, or the summary.
//!
//! Invariant: plain values, made for a screen to show as they are. The script they come from, with its
//! conditions and effects, is not shown.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    route::Route,
    words::{Activity, EquipmentFamily, FieldKind, Funding, Impact, Nature, Perimeter, Urgency},
};

/// The answer to a question of kind equipment or room when the register does not hold it.
pub const NONE_OF_THEM: &str = "aucun";

/// What stands before a room's identifier when the answer to a question of kind equipment is the whole room.
pub const WHOLE_ROOM: &str = "salle:";

/// The names a line of a form may take over what is known under (`Facts::known`).
pub const KNOWN: [&str; 2] = ["telephone", "contrat"];

/// What the register knows of the equipment chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EquipmentFacts {
    pub id: String,
    pub label: String,
    /// A type of annexe 3, or a free one.
    pub kind: String,
    pub family: EquipmentFamily,
    pub room: Option<String>,
    pub user_line: Option<String>,
    pub perimeter: Option<Perimeter>,
    pub funding: Option<Funding>,
    pub bought_on: Option<NaiveDate>,
    pub validated: bool,
    pub warranty_end: Option<NaiveDate>,
    pub serial: Option<String>,
    pub inventory_number: Option<String>,
}

/// The machines of the situation's family in one room, when all of them are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupFacts {
    pub room_id: String,
    /// The name of the room.
    pub room: String,
    pub machines: Vec<EquipmentFacts>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub equipment: Option<EquipmentFacts>,
    pub group: Option<GroupFacts>,
    /// The name of the room chosen.
    pub room: Option<String>,
    pub cite_scolaire: bool,
    pub region_maintains: Option<bool>,
    /// What a line of a form may take over, by the names of `KNOWN`.
    pub known: BTreeMap<String, String>,
    pub today: NaiveDate,
}

impl Facts {
    pub fn on(today: NaiveDate) -> Self {
        Facts {
            equipment: None,
            group: None,
            room: None,
            cite_scolaire: false,
            region_maintains: None,
            known: BTreeMap::new(),
            today,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    Choice,
    Several,
    Text,
    LongText,
    /// Picked from the register; the answer is its identifier, a description in a few words when the
    /// register does not hold it, or « aucun » (the description is then asked later).
    /// « salle: » before a room's identifier means all the machines of that room.
    Equipment,
    /// Picked from the register; the answer is its identifier, or « aucun ».
    Room,
    Date,
    /// What to try first; the answer is an `Outcome` by trial. One that settled the matter is enough.
    Trials,
    /// Lines to fill in on one page, none of them required; the answer is a text by field.
    Fields,
}

/// One thing to try before anyone is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    pub id: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub kind: FieldKind,
    /// What is known already, to be read and kept or changed.
    pub known: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub group: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: String,
    pub title: String,
    /// What to try, or how to answer.
    pub help: Option<String>,
    pub why: Option<String>,
    pub kind: QuestionKind,
    pub choices: Vec<Choice>,
    pub optional: bool,
    pub example: Option<String>,
    /// For the kind `Trials` alone.
    pub trials: Vec<Trial>,
    /// For the kind `Fields` alone: those that make sense now.
    pub fields: Vec<Field>,
}

/// What to do at once, before any other question: a security incident does not wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reflexes {
    pub title: String,
    pub now: Vec<String>,
    pub never: Vec<String>,
    pub warn: Vec<String>,
}

/// A value of the platform's own classification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The platform's name for it.
    pub field: String,
    pub label: String,
    pub value: String,
    /// Who still has to confirm it: until then it is shown and not sent.
    pub to_confirm: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub question: String,
    /// Short, for the folded line: « Depuis quand ».
    pub label: String,
    pub value: String,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The number of this question.
    pub number: usize,
    /// How many there are on the likeliest way.
    pub expected: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Ask {
        question: Question,
        progress: Progress,
        answered: Vec<Answered>,
        /// As soon as it is known.
        route: Option<Route>,
        /// What the answers settle so far: it tells which facts to look for.
        service: Option<String>,
        family: Option<EquipmentFamily>,
        activity: Option<Activity>,
        /// What Relais joins by itself, so far.
        attached_facts: Vec<String>,
        /// From the moment the situation calls for them.
        reflexes: Option<Reflexes>,
    },
    Ready {
        summary: Summary,
        answered: Vec<Answered>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub title: String,
    pub service: String,
    pub activity: Activity,
    pub nature: Nature,
    pub perimeter: Option<Perimeter>,
    pub route: Route,
    pub impact: Impact,
    pub urgency: Urgency,
    /// Plain text for the desk: « Libellé : valeur » lines, answers then facts.
    pub description: String,
    /// What Relais joins by itself, also at the end of the description.
    pub attached_facts: Vec<String>,
    pub consequences: Vec<String>,
    /// What the person does himself, step by step.
    pub checklist: Vec<String>,
    pub reflexes: Option<Reflexes>,
    /// How the platform will class it.
    pub categories: Vec<Category>,
    /// The machines concerned when they are those of a whole room; empty otherwise.
    pub machines: Vec<String>,
    /// A first check solved it: keep a trace, send nothing.
    pub settled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuideError {
    #[error(
        "La question « {0} » n’existe pas dans ce guide. Retirez cette réponse ou corrigez son identifiant."
    )]
    UnknownQuestion(String),
    #[error(
        "« {value} » n’est pas une réponse possible à la question « {question} ». Réponses possibles : {allowed}."
    )]
    UnknownChoice {
        question: String,
        value: String,
        allowed: String,
    },
    #[error("La question « {0} » attend une seule réponse, pas une liste.")]
    OneExpected(String),
    #[error("La question « {0} » attend une liste de réponses.")]
    ListExpected(String),
    #[error(
        "« {value} » n’est pas une date pour la question « {question} ». Écrivez-la sous la forme 2026-03-14."
    )]
    BadDate { question: String, value: String },
    #[error("La question « {0} » attend une valeur par ligne.")]
    FieldsExpected(String),
    #[error("« {value} » n’est pas un nombre entier pour la question « {question} ».")]
    BadNumber { question: String, value: String },
    #[error("Les réponses ne se lisent pas : {0}")]
    Unreadable(String),
    #[error("Le guide de ce pack ne mène à aucun service pour ces réponses.")]
    DeadEnd,
    #[error(transparent)]
    Route(#[from] crate::route::RouteError),
}
