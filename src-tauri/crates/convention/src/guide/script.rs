//! The guided form as the pack writes it: questions, choices, trials, fields, consequences, lists, reflexes.
//!
//! Invariant: questions stand in one order and a condition looks only at what stands before it, so
//! every walk through the form ends. The words are data; only the grammar of conditions is here.

use std::collections::BTreeMap;

use crate::{
    step::{QuestionKind, Reflexes, Trial},
    words::{Activity, EquipmentFamily, FieldKind, Funding, Impact, Nature, Perimeter, Urgency},
};

/// What the answers settle, by name: the vocabulary of conditions and of effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    Nature,
    Service,
    Activity,
    Perimeter,
    Funding,
    Validated,
    Family,
    Impact,
    Urgency,
    Case,
    Settled,
    Equipment,
    /// Whether the machine is still under warranty.
    Warranty,
    /// The way of the route so far.
    Channel,
    /// How the route so far is known.
    Basis,
}

impl Topic {
    pub const ALL: [(&'static str, Topic); 15] = [
        ("nature", Topic::Nature),
        ("service", Topic::Service),
        ("activite", Topic::Activity),
        ("perimetre", Topic::Perimeter),
        ("financement", Topic::Funding),
        ("valide", Topic::Validated),
        ("famille", Topic::Family),
        ("impact", Topic::Impact),
        ("urgence", Topic::Urgency),
        ("cas", Topic::Case),
        ("regle", Topic::Settled),
        ("appareil", Topic::Equipment),
        ("garantie", Topic::Warranty),
        ("voie", Topic::Channel),
        ("base", Topic::Basis),
    ];

    pub fn named(name: &str) -> Option<Topic> {
        Topic::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, topic)| *topic)
    }

    /// Follows from what is known: conditions look at it, no answer gives it.
    pub fn follows(self) -> bool {
        matches!(
            self,
            Topic::Equipment | Topic::Warranty | Topic::Channel | Topic::Basis
        )
    }

    /// Known only once service and activity are.
    pub fn needs_route(self) -> bool {
        matches!(self, Topic::Channel | Topic::Basis)
    }
}

/// The word a condition uses for what nothing has settled yet.
pub const UNSET: &str = "inconnu";

/// One clause: the topic, or the answer to an earlier question, is among the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub subject: Subject,
    pub values: Vec<String>,
    pub negated: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Topic(Topic),
    Question(String),
}

/// All clauses hold; no clause at all always holds.
pub type Condition = Vec<Clause>;

/// What an answer settles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    pub nature: Option<Nature>,
    pub service: Option<String>,
    pub activity: Option<Activity>,
    pub perimeter: Option<Perimeter>,
    pub funding: Option<Funding>,
    pub validated: Option<bool>,
    pub family: Option<EquipmentFamily>,
    pub impact: Option<Impact>,
    pub urgency: Option<Urgency>,
    pub case: Option<String>,
    pub settled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Choice,
    Several,
    Text,
    LongText,
    Equipment,
    Room,
    Date,
    Trials,
    Fields,
    /// Never asked: draws its effects when its condition holds.
    Deduction,
}

impl Kind {
    /// How a person answers it; a deduction is never asked.
    pub fn asked(self) -> Option<QuestionKind> {
        Some(match self {
            Kind::Choice => QuestionKind::Choice,
            Kind::Several => QuestionKind::Several,
            Kind::Text => QuestionKind::Text,
            Kind::LongText => QuestionKind::LongText,
            Kind::Equipment => QuestionKind::Equipment,
            Kind::Room => QuestionKind::Room,
            Kind::Date => QuestionKind::Date,
            Kind::Trials => QuestionKind::Trials,
            Kind::Fields => QuestionKind::Fields,
            Kind::Deduction => return None,
        })
    }
}

/// One possible answer.
#[derive(Clone, Debug)]
pub struct Answerable {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub group: Option<String>,
    pub when: Condition,
    pub effects: Effects,
    /// A fragment for the title of the dossier.
    pub title: Option<String>,
    /// What the desk will want to know, shown at the last question.
    pub useful: Option<String>,
    pub consequence: Option<String>,
    /// Words by which a typed line finds this answer.
    pub words: Vec<String>,
}

/// One line of a form.
#[derive(Clone, Debug)]
pub struct FieldLine {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub kind: FieldKind,
    pub when: Condition,
    /// The name under which it may be known already.
    pub takes_over: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Item {
    pub id: String,
    pub kind: Kind,
    pub title: String,
    pub short: String,
    pub help: Option<String>,
    pub why: Option<String>,
    pub example: Option<String>,
    pub optional: bool,
    /// The item counts only when this holds.
    pub when: Condition,
    /// It is asked only when this holds too; an answer given beforehand counts all the same.
    pub asked_when: Condition,
    /// Asked only if its answer would change the route.
    pub decides: Option<Topic>,
    /// The answers before it that bring a typed line here.
    pub from: Vec<String>,
    /// The choice supposed when counting the questions to come.
    pub likely: Option<String>,
    /// Takes the « useful » words of the choices made before it into its help.
    pub gathers: bool,
    pub options: Vec<Answerable>,
    pub trials: Vec<Trial>,
    pub fields: Vec<FieldLine>,
    pub effects: Effects,
}

/// A warning that depends on the whole of the answers.
#[derive(Clone, Debug)]
pub struct Consequence {
    pub when: Condition,
    pub text: String,
}

/// What the person does himself when its condition holds.
#[derive(Clone, Debug)]
pub struct Checklist {
    pub when: Condition,
    pub points: Vec<String>,
}

/// What to do at once, from the moment its condition holds.
#[derive(Clone, Debug)]
pub struct Reflex {
    pub when: Condition,
    pub says: Reflexes,
}

#[derive(Clone, Debug, Default)]
pub struct Script {
    pub items: Vec<Item>,
    pub consequences: Vec<Consequence>,
    pub lists: Vec<Checklist>,
    pub reflexes: Vec<Reflex>,
    /// The place of each item by its identifier.
    pub places: BTreeMap<String, usize>,
}

impl Script {
    /// The line of the matrix under which a machine of this family is repaired, as the form deduces it.
    pub fn repaired_under(&self, family: EquipmentFamily) -> Option<&str> {
        let says = |item: &Item, topic: Topic, word: &str| {
            item.when.iter().any(|clause| {
                clause.subject == Subject::Topic(topic)
                    && !clause.negated
                    && clause.values.iter().any(|value| value == word)
            })
        };
        self.items
            .iter()
            .filter(|item| item.kind == Kind::Deduction)
            .filter(|item| {
                says(item, Topic::Nature, Nature::Panne.id())
                    && says(item, Topic::Family, family.id())
            })
            .find_map(|item| item.effects.service.as_deref())
    }

    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.get(*self.places.get(id)?)
    }
}
