//! What the assistance platform wants to read, and how the ways of a request are named.
//!
//! Invariant: every word of a closed vocabulary has its value; a class only gives fields that are declared.
//! What `to_confirm` names is a proposal: it is shown and never sent as a fact.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    guide::script::Condition,
    words::{Channel, Impact, Nature, Party, Urgency},
};

#[derive(Clone, Debug)]
pub struct PlatformWords {
    pub impact: BTreeMap<Impact, PlatformValue>,
    pub urgency: BTreeMap<Urgency, PlatformValue>,
    pub nature: BTreeMap<Nature, PlatformValue>,
    pub stops: Stops,
    pub classification: Classification,
}

/// How the platform classes a request, in fields of its own naming.
#[derive(Clone, Debug, Default)]
pub struct Classification {
    pub fields: Vec<CategoryField>,
    /// The first that gives a field wins, field by field.
    pub rules: Vec<ClassRule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryField {
    #[serde(rename = "champ")]
    pub field: String,
    #[serde(rename = "libelle")]
    pub label: String,
}

#[derive(Clone, Debug)]
pub struct ClassRule {
    pub when: Condition,
    /// By field.
    pub values: BTreeMap<String, PlatformValue>,
}

/// A value sent to the platform; `to_confirm` says who still has to confirm it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlatformValue {
    #[serde(rename = "valeur")]
    pub value: String,
    #[serde(rename = "a-fixer")]
    pub to_confirm: Option<String>,
}

/// The stops of a request on its way, by name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stops {
    #[serde(rename = "guichet")]
    pub desk: String,
    #[serde(rename = "voie")]
    pub channels: BTreeMap<Channel, Vec<String>>,
    #[serde(rename = "responsable")]
    pub parties: BTreeMap<Party, String>,
}
