//! The whole convention, to explore on the screen.
//!
//! Invariant: the matrix stands as the pack has it, with what was read on the signed copy in the cells it does not
//! know. Left out on purpose: searching and filtering, which the screen does on what it was given.

use convention::{Basis, Pack};

use super::missions::{Ticks, missions, school_year};
use crate::{
    App, Error, completions,
    pack::Convention,
    wire::{
        Cell, Completion, ConventionView, EquipmentType, Family, Glossary, Nothing, Rule, Section,
        Service, Source, Term, UserLine,
    },
};

/// Why nobody completes a matrix before a collège is open.
const NOT_OPEN: &str = "Terminez d’abord le premier démarrage.";

pub(crate) fn view(app: &App, _: Nothing) -> Result<ConventionView, Error> {
    let school_year = school_year(app.today());
    let (convention, ticks, may_not) = match app.desk() {
        Ok(desk) => desk.store.read(|conn| -> Result<_, Error> {
            Ok((
                app.convention(conn)?,
                store::mission_tick::of_year(conn, &school_year)?,
                completions::may_not(conn)?,
            ))
        })?,
        // The convention can be read before a collège is open, not written in.
        Err(_) => (
            Convention::bare(app.pack()?),
            Ticks::new(),
            Some(NOT_OPEN.to_owned()),
        ),
    };
    let pack = &convention.pack;
    let known = pack
        .cells
        .iter()
        .filter(|cell| cell.basis != Basis::Inconnu)
        .count();
    Ok(ConventionView {
        name: pack.manifest.name.clone(),
        version: pack.manifest.version.clone(),
        signed_on: pack.manifest.signed_on.to_string(),
        departement: pack.manifest.departement.clone(),
        academie: pack.manifest.academie.clone(),
        cells_total: narrow(pack.cells.len()),
        cells_known: narrow(known),
        cells_completed: narrow(completions::completed(&convention).len()),
        may_complete: may_not.is_none(),
        may_not,
        school_year,
        families: pack
            .families
            .iter()
            .map(|family| Family {
                id: family.id.clone(),
                label: family.label.clone(),
                services: pack
                    .services
                    .iter()
                    .filter(|service| service.family == family.id)
                    .map(|service| Service {
                        id: service.id.clone(),
                        label: service.label.clone(),
                        explanation: Some(service.explanation.clone())
                            .filter(|text| !text.is_empty()),
                        cells: cells(&convention, &service.id),
                    })
                    .collect(),
            })
            .collect(),
        users: pack
            .users
            .iter()
            .map(|user| UserLine {
                label: user.label.clone(),
                perimeter: user.perimeter.into(),
            })
            .collect(),
        equipment_types: pack
            .equipment_types
            .iter()
            .map(|kind| EquipmentType {
                label: kind.label.clone(),
                own_funds_on_request: kind.on_request,
            })
            .collect(),
        rules: pack
            .rules
            .list
            .iter()
            .map(|rule| Rule {
                id: rule.id.clone(),
                title: rule.title.clone(),
                text: rule.text.clone(),
                source: rule.source.passage.clone(),
            })
            .collect(),
        missions: missions(pack, &ticks),
        charter: pack.charter.sections.iter().map(section).collect(),
        glossary: terms(pack),
    })
}

pub(crate) fn glossary(app: &App, _: Nothing) -> Result<Glossary, Error> {
    Ok(Glossary {
        terms: terms(app.pack()?.as_ref()),
    })
}

/// The cells of a line, then those of the side that the matrix does not speak of, once they are completed.
pub(super) fn cells(convention: &Convention, service: &str) -> Vec<Cell> {
    let Convention { pack, overlay } = convention;
    let written = pack.cells_of(service).into_iter().map(|cell| {
        let completed = overlay.get(service, cell.perimeter, cell.activity);
        Cell {
            activity: cell.activity.into(),
            perimeter: cell.perimeter.map(Into::into),
            party: completed.map_or(cell.party, |known| known.party).into(),
            basis: completed.map_or(cell.basis, |_| Basis::Complete).into(),
            source: cell
                .source
                .as_deref()
                .and_then(|code| pack.source(code))
                .map(|source| Source {
                    code: source.code.clone(),
                    passage: source.passage.clone(),
                }),
            note: cell
                .note
                .and_then(|number| pack.note(number))
                .map(|note| note.text.clone()),
            completed: completed.map(completion),
        }
    });
    let beside = overlay.cells.iter().filter(|(key, _)| {
        key.service == service && pack.cell(service, key.perimeter, key.activity).is_none()
    });
    written
        .chain(beside.map(|(key, known)| Cell {
            activity: key.activity.into(),
            perimeter: key.perimeter.map(Into::into),
            party: known.party.into(),
            basis: Basis::Complete.into(),
            source: None,
            note: None,
            completed: Some(completion(known)),
        }))
        .collect()
}

fn completion(known: &convention::Completed) -> Completion {
    Completion {
        by: known.by.clone(),
        on: known.on.to_string(),
        page: known.page.clone(),
    }
}

pub(super) fn section(section: &convention::Section) -> Section {
    Section {
        title: section.title.clone(),
        items: section.lines().cloned().collect(),
    }
}

fn terms(pack: &Pack) -> Vec<Term> {
    pack.glossary
        .iter()
        .map(|term| Term {
            acronym: term.acronym.clone(),
            meaning: term.meaning.clone(),
            remark: Some(term.remark.clone()).filter(|text| !text.is_empty()),
        })
        .collect()
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
