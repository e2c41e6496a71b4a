//! The convention on paper, and what a collège read on the signed copy, to propose to the Département.
//!
//! Invariant: a cell is told by its word; the colour only helps the eye. A part without content is not printed, heading
//! included. Left out on purpose: what the words are and which parts are wanted, which `app` hands over.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    Error,
    paper::{Data, Paper},
    typeset::{Template, pdf},
};

/// The parts of the convention that are wanted; an empty one is left out.
#[derive(Debug, Clone, Serialize)]
pub struct ConventionDocument {
    pub name: String,
    pub version: String,
    pub signed_on: NaiveDate,
    pub matrix: Option<Matrix>,
    /// What the body says that no cell holds.
    pub rules: Vec<Passage>,
    pub annexes: Vec<Annexe>,
    pub missions: Vec<Leaflet>,
    pub charter: Option<Leaflet>,
    pub glossary: Vec<Acronym>,
}

/// Who is responsible, service by service.
#[derive(Debug, Clone, Serialize)]
pub struct Matrix {
    /// The heads of the columns.
    pub activities: Vec<String>,
    pub families: Vec<MatrixFamily>,
    /// The words a cell can hold, each with what it means.
    pub legend: Vec<Legend>,
    pub notes: Vec<Note>,
    /// The passages that the cells rest on.
    pub sources: Vec<Passage>,
    /// Among the cells of the matrix, those written or deduced, and those read on the signed copy.
    pub total: u32,
    pub known: u32,
    pub completed: u32,
}

#[derive(Debug, Clone, Serialize)]
pub struct MatrixFamily {
    pub label: String,
    pub services: Vec<MatrixLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MatrixLine {
    pub label: String,
    /// As many as activities; several in one place when it depends on who asks.
    pub cells: Vec<Vec<MatrixCell>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MatrixCell {
    /// « réseau administratif »; empty for everyone.
    pub side: String,
    /// The identifier of the party, for its colour.
    pub party: String,
    pub word: String,
    /// What it rests on: « II.2-D1 », « lu sur l’exemplaire signé, page 12 »; may be empty.
    pub mark: String,
    pub note: Option<u8>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Legend {
    pub party: String,
    pub word: String,
    pub meaning: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Note {
    pub number: u8,
    pub text: String,
}

/// A heading or a code, its text, and the passage behind it when there is another.
#[derive(Debug, Clone, Serialize)]
pub struct Passage {
    pub heading: String,
    pub text: String,
    pub source: String,
}

/// A list of the annexes: lines of one or two texts.
#[derive(Debug, Clone, Serialize)]
pub struct Annexe {
    pub title: String,
    pub headings: [String; 2],
    pub rows: Vec<[String; 2]>,
}

/// A mission sheet or the charter.
#[derive(Debug, Clone, Serialize)]
pub struct Leaflet {
    /// « Annexe 4 »
    pub annexe: String,
    pub title: String,
    pub sections: Vec<LeafletSection>,
}

#[derive(Debug, Clone, Serialize)]
pub struct LeafletSection {
    pub title: String,
    pub text: Vec<String>,
    pub points: Vec<String>,
    pub after: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Acronym {
    pub acronym: String,
    pub meaning: String,
    pub remark: String,
}

/// Cells read on the signed copy, for the Département to check and to write in the pack.
#[derive(Debug, Clone, Serialize)]
pub struct CompletionProposal {
    pub convention: String,
    pub version: String,
    pub signed_on: NaiveDate,
    pub departement: String,
    /// What the author is: « Correspondant maintenance informatique ».
    pub quality: String,
    pub phone: String,
    pub email: String,
    pub cells: Vec<CompletedCell>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CompletedCell {
    pub service: String,
    pub activity: String,
    /// « Tous », « Réseau administratif ».
    pub side: String,
    /// What the pack says today.
    pub today: String,
    pub party: String,
    pub page: String,
    pub by: String,
    pub on: NaiveDate,
}

/// The chosen parts of the convention; nothing chosen is no document.
pub fn convention(paper: &Paper<'_>, document: &ConventionDocument) -> Result<Vec<u8>, Error> {
    let ConventionDocument {
        matrix,
        rules,
        annexes,
        missions,
        charter,
        glossary,
        ..
    } = document;
    let nothing = matrix.is_none()
        && rules.is_empty()
        && annexes.is_empty()
        && missions.is_empty()
        && charter.is_none()
        && glossary.is_empty();
    if nothing {
        return Err(Error::Nothing);
    }
    pdf(Template::Convention, &Data { paper, document })
}

/// The paper that proposes completed cells; without a cell there is nothing to propose.
pub fn completion_proposal(
    paper: &Paper<'_>,
    document: &CompletionProposal,
) -> Result<Vec<u8>, Error> {
    if document.cells.is_empty() {
        return Err(Error::Nothing);
    }
    pdf(Template::Completions, &Data { paper, document })
}

#[cfg(test)]
#[path = "convention/tests.rs"]
mod tests;
