//! The pack: one convention and its annexes, as data another Département could write.
//!
//! Invariant: a `Pack` exists only if everything in it holds together; every reference between its
//! parts was checked by `Pack::load`. What was completed from the signed copy is not here (`Overlay`).

mod platform;
mod rules;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

pub use self::{platform::*, rules::*};
use crate::{
    guide::script::Script,
    text::{fold, slug},
    words::{Activity, Basis, Party, Perimeter},
};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
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

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub code: String,
    pub passage: String,
}

/// A paragraph or list of a mission sheet or of the charter.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Section")]
#[serde(deny_unknown_fields, bound(deserialize = "L: Deserialize<'de>"))]
pub struct Section<L = String> {
    #[serde(rename = "titre")]
    pub title: String,
    #[serde(rename = "texte", default)]
    pub text: Vec<L>,
    #[serde(rename = "points", default)]
    pub points: Vec<L>,
    #[serde(rename = "suite", default)]
    pub after: Vec<L>,
}

impl<L> Section<L> {
    /// In the order they are read.
    pub fn lines(&self) -> impl Iterator<Item = &L> {
        self.text.iter().chain(&self.points).chain(&self.after)
    }
}

/// What a mission sheet says: words to read, or a task to tick.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "une phrase, ou { tache = \"nom-court\", texte = \"…\" } pour ce qui se coche"
)]
pub enum MissionLine {
    Words(String),
    Task(MissionTask),
}

/// Its name is what a tick is kept under, so that the sheet can be worded again.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissionTask {
    #[serde(rename = "tache")]
    pub id: String,
    #[serde(rename = "texte")]
    pub text: String,
}

impl MissionLine {
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Task(MissionTask { text, .. }) => text,
        }
    }

    pub fn task(&self) -> Option<&str> {
        match self {
            Self::Words(_) => None,
            Self::Task(task) => Some(&task.id),
        }
    }
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mission {
    pub id: String,
    pub annexe: String,
    #[serde(rename = "titre")]
    pub title: String,
    #[serde(rename = "section")]
    pub sections: Vec<Section<MissionLine>>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Charter {
    pub annexe: String,
    #[serde(rename = "titre")]
    pub title: String,
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
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
