//! What the person has answered so far, as saved in a draft.
//!
//! Invariant: nothing answered is thrown away here. Whether an answer still applies is for the guide to
//! say on each walk; one that no longer applies stays and counts again when it applies again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One answer: a value, for a question of kind « several » a list, and for trials or fields a text by identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    One(String),
    Several(Vec<String>),
    Fields(BTreeMap<String, String>),
}

impl From<&str> for Answer {
    fn from(value: &str) -> Self {
        Answer::One(value.to_owned())
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The line typed to begin with, if any.
    #[serde(default)]
    pub started: String,
    /// Question → answer; the order of the questions is the pack's.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
}

impl Answers {
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.answers.get(question)
    }

    pub fn set(&mut self, question: impl Into<String>, answer: impl Into<Answer>) {
        self.answers.insert(question.into(), answer.into());
    }
}

impl From<String> for Answer {
    fn from(value: String) -> Self {
        Answer::One(value)
    }
}

impl From<BTreeMap<String, String>> for Answer {
    fn from(pieces: BTreeMap<String, String>) -> Self {
        Answer::Fields(pieces)
    }
}
