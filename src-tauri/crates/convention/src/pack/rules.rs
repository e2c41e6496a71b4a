//! The rules of the body of the convention: their plain text, and those a machine can apply.
//!
//! Invariant: what a rule says to a person is the pack's own wording; `route` only decides when it is said.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Source;
use crate::words::{Activity, Basis, Channel, Party, Perimeter};

/// A rule of the body that no cell of the matrix holds.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    #[serde(rename = "titre")]
    pub title: String,
    #[serde(rename = "texte")]
    pub text: String,
    pub source: Source,
}

/// A note at the foot of the matrix.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    #[serde(rename = "numero")]
    pub number: u8,
    #[serde(rename = "texte")]
    pub text: String,
    /// The party the note names in place of the cell's word.
    #[serde(rename = "responsable")]
    pub party: Option<Party>,
}

/// Machines bought by the collège: validated before the order, or not maintained.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnFunds {
    pub services: Vec<String>,
    #[serde(rename = "apres")]
    pub after: NaiveDate,
    pub source: Source,
    #[serde(rename = "valideur")]
    pub validator: Party,
    #[serde(rename = "achat")]
    pub order: Advice,
    #[serde(rename = "achat-valide")]
    pub validated_order: Advice,
    #[serde(rename = "achat-autre")]
    pub other_order: Advice,
    #[serde(rename = "entretien")]
    pub upkeep: Advice,
    #[serde(rename = "date-inconnue")]
    pub unknown_date: String,
    #[serde(rename = "autre-responsable")]
    pub other_party: String,
    /// Asks for the validation of a purchase that the register follows; none: nothing leaves by itself.
    #[serde(rename = "demande")]
    pub request: Option<Filled>,
    /// Asks for the registration of what was delivered.
    #[serde(rename = "enregistrement")]
    pub registration: Option<Filled>,
}

/// A form that Relais fills in from what it knows, in the person's place.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filled {
    /// The choice that answers each question.
    #[serde(rename = "reponses")]
    pub answers: BTreeMap<String, String>,
    /// The question about the type of equipment.
    #[serde(rename = "type")]
    pub kind: Option<KindAsked>,
    /// The question that takes the account, in full.
    #[serde(rename = "recit")]
    pub story: String,
}

/// Answered by a type of annexe 3, whose identifier is a choice, or else by another choice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindAsked {
    pub question: String,
    #[serde(rename = "sinon")]
    pub otherwise: String,
}

/// Software outside the catalogue: validated first, installed by the établissement.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OffCatalogue {
    pub services: Vec<String>,
    #[serde(rename = "activites")]
    pub activities: Vec<Activity>,
    pub source: Source,
    #[serde(rename = "conseil")]
    pub advice: Advice,
}

/// Spare parts given by another party than the one that maintains.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpareParts {
    /// Where it depends on who uses the machine.
    pub services: Vec<String>,
    /// Those that stand on that side by themselves.
    #[serde(rename = "toujours", default)]
    pub always: Vec<String>,
    #[serde(rename = "perimetre")]
    pub perimeter: Perimeter,
    #[serde(rename = "fournisseur")]
    pub giver: Party,
    #[serde(rename = "texte")]
    pub text: String,
}

/// Cités scolaires: maintenance may have passed from one party to another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharedSite {
    pub services: Vec<String>,
    #[serde(rename = "activites")]
    pub activities: Vec<Activity>,
    #[serde(rename = "de")]
    pub from: Party,
    #[serde(rename = "vers")]
    pub to: Party,
    pub source: Source,
    #[serde(rename = "texte")]
    pub text: String,
    #[serde(rename = "a-preciser")]
    pub unsettled: String,
}

/// What to say: why, what must come first, what to beware of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    #[serde(rename = "explication")]
    pub explanation: String,
    #[serde(rename = "avant", default)]
    pub before: Vec<String>,
    #[serde(rename = "attention", default)]
    pub warnings: Vec<String>,
    /// The stops of the request, when the rule knows better than the channel.
    #[serde(rename = "chemin", default)]
    pub path: Vec<String>,
}

/// A situation the body settles by itself, whatever the cell says.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    #[serde(rename = "responsable")]
    pub party: Party,
    #[serde(rename = "voie")]
    pub channel: Channel,
    #[serde(rename = "base")]
    pub basis: Basis,
    pub source: Source,
    #[serde(rename = "conseil")]
    pub advice: Advice,
}

/// The rules a machine can apply, beside their plain text.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Applied {
    #[serde(rename = "fonds-propres")]
    pub own_funds: OwnFunds,
    #[serde(rename = "hors-catalogue")]
    pub off_catalogue: OffCatalogue,
    #[serde(rename = "pieces")]
    pub spare_parts: SpareParts,
    #[serde(rename = "cite-scolaire")]
    pub shared_site: SharedSite,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    #[serde(rename = "regle")]
    pub list: Vec<Rule>,
    #[serde(rename = "note")]
    pub notes: Vec<Note>,
    #[serde(rename = "application")]
    pub applied: Applied,
    #[serde(rename = "cas")]
    pub cases: Vec<Case>,
}
