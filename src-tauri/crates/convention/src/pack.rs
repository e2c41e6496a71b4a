//! The pack: one convention and its annexes, as data another Département could write.
//!
//! Invariant: a `Pack` exists only if everything in it holds together; every reference between its
//! parts was checked by `Pack::load`. What was completed from the signed copy is not here (`Overlay`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::{
    guide::script::Script,
    text::{fold, slug},
    words::{Activity, Basis, Channel, Impact, Nature, Party, Perimeter, Urgency},
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub id: String,
    #[serde(rename = "nom")]
    pub name: String,
    pub departement: String,
    pub academie: String,
    pub version: String,
    #[serde(rename = "signature")]
    pub signed_on: NaiveDate,
    /// Every file of the pack besides this one; those under `guide/` are read in this order.
    #[serde(rename = "fichiers")]
    pub files: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    pub id: String,
    pub label: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub id: String,
    pub family: String,
    pub label: String,
    pub explanation: String,
}

impl Service {
    /// Its name without what the annex adds in parentheses.
    pub fn short(&self) -> &str {
        self.label.split(" (").next().unwrap_or(&self.label)
    }
}

/// One cell of the matrix; no perimeter means the line « tous ».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub service: String,
    pub perimeter: Option<Perimeter>,
    pub activity: Activity,
    pub party: Party,
    pub note: Option<u8>,
    pub basis: Basis,
    pub source: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct College {
    pub name: String,
    pub town: String,
    pub cite_scolaire: bool,
    pub remark: String,
}

/// A line of annexe 2 bis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserLine {
    pub id: String,
    pub label: String,
    pub perimeter: Perimeter,
}

/// A line of annexe 3; the starred ones have their specifications given on request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EquipmentType {
    pub id: String,
    pub label: String,
    pub on_request: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub acronym: String,
    pub meaning: String,
    pub remark: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub code: String,
    pub passage: String,
}

/// A rule of the body that no cell of the matrix holds.
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
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
}

/// Software outside the catalogue: validated first, installed by the établissement.
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpareParts {
    pub services: Vec<String>,
    #[serde(rename = "perimetre")]
    pub perimeter: Perimeter,
    #[serde(rename = "fournisseur")]
    pub giver: Party,
    #[serde(rename = "texte")]
    pub text: String,
}

/// Cités scolaires: maintenance may have passed from one party to another.
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
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

#[derive(Clone, Debug, Deserialize)]
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

/// A paragraph or list of a mission sheet or of the charter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    #[serde(rename = "titre")]
    pub title: String,
    #[serde(rename = "texte", default)]
    pub text: Vec<String>,
    #[serde(rename = "points", default)]
    pub points: Vec<String>,
    #[serde(rename = "suite", default)]
    pub after: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mission {
    pub id: String,
    pub annexe: String,
    #[serde(rename = "titre")]
    pub title: String,
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charter {
    pub annexe: String,
    #[serde(rename = "titre")]
    pub title: String,
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
}

/// What the assistance platform wants to read, and how the ways of a request are named.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformWords {
    pub impact: BTreeMap<Impact, PlatformValue>,
    #[serde(rename = "urgence")]
    pub urgency: BTreeMap<Urgency, PlatformValue>,
    pub nature: BTreeMap<Nature, PlatformValue>,
    #[serde(rename = "chemin")]
    pub stops: Stops,
}

/// A value sent to the platform; `to_confirm` says who still has to confirm it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformValue {
    #[serde(rename = "valeur")]
    pub value: String,
    #[serde(rename = "a-fixer")]
    pub to_confirm: Option<String>,
}

/// The stops of a request on its way, by name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stops {
    #[serde(rename = "guichet")]
    pub desk: String,
    #[serde(rename = "voie")]
    pub channels: BTreeMap<Channel, Vec<String>>,
    #[serde(rename = "responsable")]
    pub parties: BTreeMap<Party, String>,
}

#[derive(Clone, Debug)]
pub struct Pack {
    pub manifest: Manifest,
    pub families: Vec<Family>,
    pub services: Vec<Service>,
    pub cells: Vec<Cell>,
    pub sources: Vec<Source>,
    pub colleges: Vec<College>,
    pub users: Vec<UserLine>,
    pub equipment_types: Vec<EquipmentType>,
    pub glossary: Vec<Term>,
    pub rules: Rules,
    pub missions: Vec<Mission>,
    pub charter: Charter,
    pub guide: Script,
    pub platform: PlatformWords,
}

impl Pack {
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    pub fn family(&self, id: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.id == id)
    }

    /// The cells of one line of the matrix, in the order of the annex.
    pub fn cells_of(&self, service: &str) -> Vec<&Cell> {
        self.cells
            .iter()
            .filter(|cell| cell.service == service)
            .collect()
    }

    /// The cell written for exactly this perimeter (none: the line « tous »).
    pub fn cell(
        &self,
        service: &str,
        perimeter: Option<Perimeter>,
        activity: Activity,
    ) -> Option<&Cell> {
        self.cells.iter().find(|cell| {
            cell.service == service && cell.perimeter == perimeter && cell.activity == activity
        })
    }

    pub fn source(&self, code: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.code == code)
    }

    pub fn note(&self, number: u8) -> Option<&Note> {
        self.rules.notes.iter().find(|note| note.number == number)
    }

    pub fn case(&self, id: &str) -> Option<&Case> {
        self.rules.cases.iter().find(|case| case.id == id)
    }

    /// A line of annexe 2 bis, by its identifier or as a person would type it.
    pub fn user_line(&self, text: &str) -> Option<&UserLine> {
        let wanted = slug(text);
        self.users.iter().find(|user| user.id == wanted)
    }

    pub fn perimeter_of(&self, user_line: &str) -> Option<Perimeter> {
        self.user_line(user_line).map(|user| user.perimeter)
    }

    /// The college of annexe 1 by name, accents and case ignored.
    pub fn college(&self, name: &str) -> Option<&College> {
        let wanted = fold(name.trim());
        self.colleges
            .iter()
            .find(|college| fold(&college.name) == wanted)
    }

    /// The questions answered in one way, in the order of the form.
    pub fn questions_of_kind(&self, kind: crate::step::QuestionKind) -> impl Iterator<Item = &str> {
        self.guide
            .items
            .iter()
            .filter(move |item| item.kind.asked() == Some(kind))
            .map(|item| item.id.as_str())
    }

    pub fn equipment_type(&self, text: &str) -> Option<&EquipmentType> {
        let wanted = slug(text);
        self.equipment_types.iter().find(|kind| kind.id == wanted)
    }
}
