//! The guide's TOML files as they are written, each checked name with its place.
//!
//! Invariant: nothing is interpreted here; an unknown key is refused by the reader.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub(super) type Word = Spanned<String>;
pub(super) type RawCondition = BTreeMap<Word, Vec<Word>>;
pub(super) type RawEffects = BTreeMap<Word, Word>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub essai: Option<RawCheck>,
    #[serde(default)]
    pub question: Vec<RawItem>,
    #[serde(default)]
    pub consequence: Vec<RawConsequence>,
}

/// The wording all first checks share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCheck {
    pub titre: String,
    pub court: String,
    pub pourquoi: String,
    pub choix: Vec<RawChoice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawItem {
    pub id: Word,
    pub genre: Word,
    pub titre: Option<String>,
    pub court: Option<String>,
    pub aide: Option<String>,
    pub pourquoi: Option<String>,
    pub exemple: Option<String>,
    #[serde(default)]
    pub facultatif: bool,
    #[serde(default)]
    pub si: RawCondition,
    #[serde(default)]
    pub demande: RawCondition,
    pub tranche: Option<Word>,
    #[serde(default)]
    pub depuis: Vec<Word>,
    pub probable: Option<Word>,
    #[serde(default)]
    pub rassemble: bool,
    pub choix_de: Option<Word>,
    /// The hint of the starred types of annexe 3.
    pub etoile: Option<String>,
    #[serde(default)]
    pub choix: Vec<RawChoice>,
    #[serde(default)]
    pub donne: RawEffects,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChoice {
    pub id: Word,
    pub libelle: String,
    pub precision: Option<String>,
    pub groupe: Option<String>,
    #[serde(default)]
    pub si: RawCondition,
    #[serde(default)]
    pub donne: RawEffects,
    pub titre: Option<Word>,
    pub utile: Option<String>,
    pub consequence: Option<String>,
    #[serde(default)]
    pub mots: Vec<String>,
    /// What to try first; makes a question of its own.
    pub essai: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConsequence {
    pub si: RawCondition,
    pub texte: String,
}
