//! What the guide takes and gives: facts from the register, the next question, or the summary.
//!
//! Invariant: plain values, made for a screen to show as they are. The script they come from, with its
//! conditions and effects, is not shown.

use chrono::NaiveDate;

use crate::{
    route::Route,
    words::{Activity, EquipmentFamily, Funding, Impact, Nature, Perimeter, Urgency},
};

/// The answer to a question of kind equipment or room when the register does not hold it.
pub const NONE_OF_THEM: &str = "aucun";

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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub equipment: Option<EquipmentFacts>,
    /// The name of the room chosen.
    pub room: Option<String>,
    pub cite_scolaire: bool,
    pub region_maintains: Option<bool>,
    pub today: NaiveDate,
}

impl Facts {
    pub fn on(today: NaiveDate) -> Self {
        Facts {
            equipment: None,
            room: None,
            cite_scolaire: false,
            region_maintains: None,
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
    Equipment,
    /// Picked from the register; the answer is its identifier, or « aucun ».
    Room,
    Date,
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
        activity: Option<Activity>,
        /// What Relais joins by itself, so far.
        attached_facts: Vec<String>,
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
    #[error("Les réponses ne se lisent pas : {0}")]
    Unreadable(String),
    #[error("Le guide de ce pack ne mène à aucun service pour ces réponses.")]
    DeadEnd,
    #[error(transparent)]
    Route(#[from] crate::route::RouteError),
}
