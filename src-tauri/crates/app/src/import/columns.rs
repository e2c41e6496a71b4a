//! Which column feeds which field, and what tells one thing from another.
//!
//! Invariant: a choice made by the person wins over what is remembered of such headings, which wins over what the
//! headings say. A field is fed by one column at most.

use std::collections::{BTreeMap, BTreeSet};

use intake::Reading;
use sha2::{Digest, Sha256};
use store::Connection;

use super::{
    cells, equipment,
    plan::{Field, Subject, key_label},
};
use crate::{
    Error,
    labels::NNBSP,
    pack,
    wire::{ImportChoices, ImportKind, MatchKey},
};

/// What the file of refused rows adds to the file it comes from; these columns feed nothing.
pub(super) const LINE: &str = "Ligne";
pub(super) const REASON: &str = "Motif";

/// How often a heading belied by its values may leave its field to another.
const TRIES: usize = 8;

/// For each heading, the field it feeds.
pub(super) type Columns<T> = Vec<Option<&'static Field<T>>>;

fn field<T: Subject>(id: &str) -> Option<&'static Field<T>> {
    T::FIELDS.iter().find(|field| field.id == id)
}

/// What recognises a file's headings. The two columns of refused rows are not the file's own.
pub(super) fn signature(reading: &Reading) -> String {
    let mut digest = Sha256::new();
    for heading in reading.table.headings.iter().filter(|text| !added(text)) {
        digest.update(convention::text::fold(heading));
        digest.update([0]);
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What each column is remembered under: its heading folded, as in the signature, with its rank where that repeats.
pub(super) fn names(headings: &[String]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    headings
        .iter()
        .map(|heading| {
            let name = convention::text::fold(heading);
            let rank = seen.entry(name.clone()).or_default();
            *rank += 1;
            format!("{rank} {name}")
        })
        .collect()
}

pub(super) fn added(heading: &str) -> bool {
    [LINE, REASON].contains(&heading)
}

/// Which column feeds which field: as chosen, as remembered, or as the headings say.
pub(super) fn columns<T: Subject>(
    conn: &Connection,
    kind: ImportKind,
    reading: &Reading,
    choices: &ImportChoices,
) -> Result<(Columns<T>, bool), Error> {
    let headings = &reading.table.headings;
    if let Some(chosen) = &choices.mapping {
        return Ok((chosen_columns(chosen, headings.len())?, false));
    }
    if let Some(kept) = store::mapping::get(conn, kind.id(), &signature(reading))? {
        let by_heading: BTreeMap<String, String> =
            serde_json::from_str(&kept.mapping).unwrap_or_default();
        let columns = names(headings)
            .into_iter()
            .map(|name| by_heading.get(&name).and_then(|id| field(id)))
            .collect();
        return Ok((columns, true));
    }
    let called: Vec<Vec<&str>> = T::FIELDS
        .iter()
        .map(|field| {
            std::iter::once(field.label)
                .chain(field.names.split(", "))
                .collect()
        })
        .collect();
    let fields: Vec<intake::Field<'_>> = T::FIELDS
        .iter()
        .zip(&called)
        .map(|(field, names)| intake::Field {
            id: field.id,
            names,
        })
        .collect();
    // A column whose values belie its heading leaves the field to the next best.
    let pack = pack::in_force(conn)?;
    let mut shown: Vec<String> = headings.iter().map(|text| own_text(text)).collect();
    let mut columns = Vec::new();
    for _ in 0..TRIES {
        let proposed = intake::propose(&shown, &reading.table.rows, &fields);
        let mut belied = false;
        columns = proposed
            .into_iter()
            .zip(&mut shown)
            .enumerate()
            .map(|(place, (id, heading))| {
                let field = field::<T>(&id?)?;
                if fits(&pack, field.id, &samples(reading, place, 50)) {
                    return Some(field);
                }
                belied = true;
                heading.clear();
                None
            })
            .collect();
        if !belied {
            break;
        }
    }
    Ok((columns, false))
}

/// A heading of the file itself; the two columns of refused rows say nothing.
fn own_text(heading: &str) -> String {
    if added(heading) { "" } else { heading }.to_owned()
}

/// Whether a column's values could be the field's at all: an inventory's « Utilisateur » holds people, and its « Last
/// inventory » days.
fn fits(pack: &convention::Pack, field: &str, samples: &[&str]) -> bool {
    match field {
        "utilisateur" => equipment::could_be_users(pack, samples),
        "serie" | "inventaire" | "nom-reseau" => {
            samples.is_empty() || !samples.iter().all(|cell| cells::date(cell).is_ok())
        }
        _ => true,
    }
}

fn chosen_columns<T: Subject>(
    chosen: &[Option<String>],
    headings: usize,
) -> Result<Columns<T>, Error> {
    if chosen.len() != headings {
        return Err(Error::refused(
            "mapping",
            "Les colonnes du fichier ont changé. Choisissez à nouveau ce que chacune contient.",
        ));
    }
    let mut seen = BTreeSet::new();
    chosen
        .iter()
        .map(|id| {
            let Some(id) = id else { return Ok(None) };
            let known = field::<T>(id).ok_or_else(|| {
                let fields: Vec<&str> = T::FIELDS.iter().map(|field| field.id).collect();
                Error::refused(
                    "mapping",
                    format!(
                        "{} n’est pas un champ. Champs possibles{NNBSP}: {}.",
                        cells::quoted(id),
                        fields.join(", ")
                    ),
                )
            })?;
            if !seen.insert(known.id) {
                return Err(Error::refused(
                    "mapping",
                    format!(
                        "Deux colonnes remplissent le champ {}. Gardez-en une.",
                        cells::quoted(known.label)
                    ),
                ));
            }
            Ok(Some(known))
        })
        .collect()
}

/// The first values of a column that are not empty.
pub(super) fn samples(reading: &Reading, column: usize, most: usize) -> Vec<&str> {
    reading
        .table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(column))
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .take(most)
        .collect()
}

pub(super) fn keys<T: Subject>(choices: &ImportChoices) -> Result<Vec<MatchKey>, Error> {
    let Some(chosen) = &choices.keys else {
        return Ok(T::KEYS.to_vec());
    };
    let mut keys = Vec::new();
    for key in chosen {
        if !T::KEYS.contains(key) {
            return Err(Error::refused(
                "keys",
                format!(
                    "Le {} ne permet pas de reconnaître {}.",
                    key_label(*key),
                    T::THIS
                ),
            ));
        }
        if !keys.contains(key) {
            keys.push(*key);
        }
    }
    if keys.is_empty() {
        return Err(Error::refused(
            "keys",
            "Choisissez au moins une façon de reconnaître ce que Relais connaît déjà.",
        ));
    }
    Ok(keys)
}
