//! The TOML files of the guide and of the platform as they are written, each checked name with its place.
//!
//! Invariant: nothing is interpreted here; an unknown key is refused by the reader.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::{
    pack::{CategoryField, PlatformValue, Stops},
    words::{FieldKind, Impact, Nature, Urgency},
};

pub(super) type Word = Spanned<String>;
pub(super) type RawCondition = BTreeMap<Word, Vec<Word>>;
pub(super) type RawEffects = BTreeMap<Word, Word>;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub essai: Option<RawCheck>,
    #[serde(default)]
    pub question: Vec<RawItem>,
    #[serde(default)]
    pub consequence: Vec<RawConsequence>,
    #[serde(default)]
    pub liste: Vec<RawList>,
    #[serde(default)]
    pub reflexe: Vec<RawReflex>,
}

/// The wording all questions about first trials share.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCheck {
    pub titre: String,
    pub court: String,
    pub pourquoi: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawItem {
    #[schemars(with = "String")]
    pub id: Word,
    #[schemars(with = "String")]
    pub genre: Word,
    pub titre: Option<String>,
    pub court: Option<String>,
    pub aide: Option<String>,
    pub pourquoi: Option<String>,
    pub exemple: Option<String>,
    #[serde(default)]
    pub facultatif: bool,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub si: RawCondition,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub demande: RawCondition,
    #[schemars(with = "Option<String>")]
    pub tranche: Option<Word>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub depuis: Vec<Word>,
    #[schemars(with = "Option<String>")]
    pub probable: Option<Word>,
    #[serde(default)]
    pub rassemble: bool,
    #[schemars(with = "Option<String>")]
    pub choix_de: Option<Word>,
    /// The hint of the starred types of annexe 3.
    pub etoile: Option<String>,
    #[serde(default)]
    pub choix: Vec<RawChoice>,
    /// The lines of a form, for the kind « fiche ».
    #[serde(default)]
    pub champ: Vec<RawField>,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub donne: RawEffects,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    #[schemars(with = "String")]
    pub id: Word,
    #[schemars(with = "String")]
    pub libelle: Word,
    pub precision: Option<String>,
    #[schemars(with = "FieldKind")]
    pub genre: Word,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub si: RawCondition,
    /// The name under which the line may be known already.
    #[schemars(with = "Option<String>")]
    pub reprend: Option<Word>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChoice {
    #[schemars(with = "String")]
    pub id: Word,
    pub libelle: String,
    pub precision: Option<String>,
    pub groupe: Option<String>,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub si: RawCondition,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub donne: RawEffects,
    #[schemars(with = "Option<String>")]
    pub titre: Option<Word>,
    pub utile: Option<String>,
    pub consequence: Option<String>,
    #[serde(default)]
    pub mots: Vec<String>,
    /// What to try first, one thing each; they make a question of their own.
    #[schemars(with = "Option<Vec<String>>")]
    pub essais: Option<Spanned<Vec<Word>>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConsequence {
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub si: RawCondition,
    pub texte: String,
}

/// What the person does himself, step by step.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawList {
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub si: RawCondition,
    #[schemars(with = "Vec<String>")]
    pub points: Spanned<Vec<String>>,
}

/// What to do at once, what never to touch, whom to warn.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReflex {
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub si: RawCondition,
    #[schemars(with = "String")]
    pub titre: Word,
    #[serde(default)]
    pub maintenant: Vec<String>,
    #[serde(default)]
    pub jamais: Vec<String>,
    #[serde(default)]
    pub prevenir: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlatform {
    pub impact: BTreeMap<Impact, PlatformValue>,
    pub urgence: BTreeMap<Urgency, PlatformValue>,
    pub nature: BTreeMap<Nature, PlatformValue>,
    pub chemin: Stops,
    #[serde(default)]
    pub classement: RawClassification,
}

/// How the platform classes a request.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClassification {
    #[serde(default)]
    pub champs: Vec<CategoryField>,
    #[serde(default)]
    pub regle: Vec<RawClassRule>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClassRule {
    /// Without a condition the rule is the default.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub si: RawCondition,
    #[schemars(with = "BTreeMap<String, PlatformValue>")]
    pub valeurs: BTreeMap<Word, PlatformValue>,
}
