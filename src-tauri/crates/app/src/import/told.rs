//! What an import tells a person: why a file or a row could not be read, the figures, the changes.
//!
//! Invariant: each refusal has its line, its column when one cell is at fault, and a sentence that says how to mend
//! it. Figures are counted from the plan and from nothing else, and so is the digest that tells one plan from another.

use intake::{Measure, Reason, Unreadable};
use sha2::{Digest, Sha256};

use super::{
    cells::quoted,
    plan::{Fault, Field, Order, Plan, Subject, Verdict, differences},
};
use crate::{
    Error,
    labels::{NNBSP, count},
    tickets::narrow,
    wire::{
        ChangeAct, Encoding, EquipmentPick, FieldChange, ImportChange, ImportFigures,
        ImportRefusal, Separator,
    },
};

/// The changes shown one by one; the figures count all.
const SHOWN: usize = 500;

/// A file refused whole, tied to the choice that can mend it.
pub(super) fn unreadable(why: &Unreadable, name: &str) -> Error {
    let n = NNBSP;
    let sentence = match why {
        Unreadable::Empty => "Ce fichier est vide.".to_owned(),
        Unreadable::TooLarge { what, most } => too_large(*what, *most),
        Unreadable::TooManyRows { most } => format!(
            "Ce fichier a plus de {}. Partagez-le en plusieurs fichiers.",
            count(narrow(*most), "ligne", "lignes")
        ),
        Unreadable::Encrypted => format!(
            "{} est protégé par un mot de passe. Ouvrez-le dans votre tableur, enregistrez-en une copie sans mot de passe, puis importez la copie.",
            quoted(name)
        ),
        Unreadable::Truncated => format!(
            "{} est incomplet ou abîmé. Copiez-le ou exportez-le à nouveau.",
            quoted(name)
        ),
        Unreadable::NotATable => format!(
            "Aucun tableau, aucun inventaire et aucun contact n’a été trouvé dans {}. La première ligne doit porter les titres des colonnes.",
            quoted(name)
        ),
        Unreadable::OldWorkbook => format!(
            "{} est un classeur Excel d’avant 2007. Enregistrez-le au format «{n}Classeur Excel (.xlsx){n}», puis importez-le.",
            quoted(name)
        ),
        Unreadable::UnknownFormat => format!(
            "Relais ne sait pas lire {}. Il lit les fichiers CSV, XLSX, ODS, vCard, les inventaires GLPI et OCS, et leurs archives ZIP.",
            quoted(name)
        ),
        Unreadable::BadEncoding { chosen } => {
            return Error::refused(
                "encoding",
                format!(
                    "Ce fichier n’est pas écrit en {}. Choisissez un autre encodage.",
                    encoding_label(encoding(*chosen))
                ),
            );
        }
        Unreadable::NoSuchSheet(sheet) => {
            return Error::refused(
                "sheet",
                format!("Ce classeur n’a pas de feuille {}.", quoted(sheet)),
            );
        }
        Unreadable::NoSuchLine(line) => {
            return Error::refused(
                "headings_line",
                format!("Il n’y a rien à partir de la ligne {line}. Indiquez la ligne des titres."),
            );
        }
        Unreadable::Malformed { line, column } => format!(
            "{} est mal formé à la ligne {line}, colonne {column}. Exportez-le à nouveau.",
            quoted(name)
        ),
    };
    Error::refused("file", sentence)
}

fn too_large(what: Measure, most: u64) -> String {
    let mo = most >> 20;
    match what {
        Measure::FileBytes => format!(
            "Ce fichier dépasse {mo} Mo{NNBSP}: Relais ne l’ouvre pas. Exportez-le en plusieurs parties."
        ),
        Measure::UnpackedBytes => format!(
            "Ce que contient ce fichier dépasse {mo} Mo une fois décompressé{NNBSP}: Relais ne l’ouvre pas."
        ),
        Measure::Entries => {
            format!("Cette archive a plus de {most} fichiers. Partagez-la en plusieurs archives.")
        }
        Measure::Columns => {
            format!("Ce tableau a plus de {most} colonnes. Gardez celles qui servent.")
        }
        Measure::Sheets => {
            format!("Ce classeur a plus de {most} feuilles. Gardez celle qui sert.")
        }
        Measure::Cells => {
            "Ce tableau a trop de cellules. Partagez-le en plusieurs fichiers.".to_owned()
        }
        Measure::Depth => {
            format!("Ce fichier n’est pas un inventaire ordinaire{NNBSP}: Relais ne l’ouvre pas.")
        }
    }
}

/// A row, or a file of a ZIP, that could not be read at all.
pub(super) fn unread(refusal: &intake::Refusal) -> Fault {
    let reason = match refusal.reason {
        Reason::TooManyCells { found, headings } => format!(
            "Cette ligne a {found} cellules pour {headings} titres. Un séparateur est peut-être écrit dans un texte{NNBSP}: mettez ce texte entre guillemets."
        ),
        Reason::UnclosedQuote => {
            "Un guillemet ouvert sur cette ligne n’est jamais fermé. Fermez-le, ou ôtez-le."
                .to_owned()
        }
        Reason::CellTooLong => {
            "Cette cellule est trop longue pour être lue. Raccourcissez-la.".to_owned()
        }
        Reason::NotAnInventory => {
            "Ce fichier de l’archive n’est pas l’inventaire d’une machine.".to_owned()
        }
        Reason::Malformed => {
            "Cet élément est incomplet ou mal formé. Exportez-le à nouveau.".to_owned()
        }
        Reason::Encrypted => {
            "Ce fichier de l’archive est protégé par un mot de passe. Ôtez le mot de passe."
                .to_owned()
        }
        Reason::Unnamed => format!(
            "Cet inventaire n’a ni nom, ni numéro, ni adresse{NNBSP}: rien ne dit de quelle machine il s’agit."
        ),
    };
    Fault {
        column: refusal.column.clone(),
        reason,
        candidates: Vec::new(),
    }
}

pub(super) fn encoding(encoding: intake::Encoding) -> Encoding {
    match encoding {
        intake::Encoding::Utf8 => Encoding::Utf8,
        intake::Encoding::Utf8Bom => Encoding::Utf8Bom,
        intake::Encoding::Utf16Le => Encoding::Utf16Le,
        intake::Encoding::Utf16Be => Encoding::Utf16Be,
        intake::Encoding::Windows1252 => Encoding::Windows1252,
    }
}

pub(super) fn separator(separator: intake::Separator) -> Separator {
    match separator {
        intake::Separator::Semicolon => Separator::Semicolon,
        intake::Separator::Comma => Separator::Comma,
        intake::Separator::Tab => Separator::Tab,
        intake::Separator::Pipe => Separator::Pipe,
    }
}

pub(super) fn encoding_label(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf8Bom => "UTF-8 avec marque (BOM)",
        Encoding::Utf16Le => "UTF-16",
        Encoding::Utf16Be => "UTF-16 gros-boutiste",
        Encoding::Windows1252 => "Windows-1252 (Excel ancien)",
    }
}

pub(super) fn separator_label(separator: Separator) -> &'static str {
    match separator {
        Separator::Semicolon => "Point-virgule",
        Separator::Comma => "Virgule",
        Separator::Tab => "Tabulation",
        Separator::Pipe => "Barre verticale",
    }
}

/// read = created + updated + unchanged + refused.
pub(super) fn figures<T: Subject>(
    plan: &Plan<T>,
    reading: &intake::Reading,
    order: &Order<T>,
) -> ImportFigures {
    let of = |wanted: fn(&Verdict<T>) -> bool| {
        let found = plan.rows.iter().filter(|row| wanted(&row.verdict)).count();
        narrow(found as u64)
    };
    ImportFigures {
        read: narrow(plan.rows.len() as u64),
        created: of(|verdict| matches!(verdict, Verdict::Created(_))),
        updated: of(|verdict| matches!(verdict, Verdict::Updated { .. })),
        unchanged: of(|verdict| matches!(verdict, Verdict::Unchanged)),
        refused: plan
            .rows
            .iter()
            .filter_map(|row| match &row.verdict {
                Verdict::Refused(fault) => Some(ImportRefusal {
                    line: narrow(row.line),
                    origin: row.origin.clone(),
                    column: column(fault, reading, order),
                    reason: fault.reason.clone(),
                    candidates: candidates(plan, fault),
                }),
                _ => None,
            })
            .collect(),
        encoding: reading.encoding.map(encoding),
        separator: reading.separator.map(separator),
    }
}

/// The heading at fault as the file writes it; the field's own name when no column feeds it.
fn column<T: Subject>(
    fault: &Fault,
    reading: &intake::Reading,
    order: &Order<T>,
) -> Option<String> {
    let id = fault.column.as_deref()?;
    let Some(field) = T::FIELDS.iter().find(|field| field.id == id) else {
        return Some(id.to_owned());
    };
    let heading = order
        .columns
        .iter()
        .zip(&reading.table.headings)
        .find(|(column, _)| column.is_some_and(|column| column.id == id));
    Some(heading.map_or_else(|| field.label.to_owned(), |(_, heading)| heading.clone()))
}

fn candidates<T: Subject>(plan: &Plan<T>, fault: &Fault) -> Vec<EquipmentPick> {
    const MOST: usize = 10;
    fault
        .candidates
        .iter()
        .filter_map(|place| plan.known.get(*place))
        .take(MOST)
        .map(|subject| EquipmentPick {
            id: subject.id().to_owned(),
            label: subject.name(),
            detail: subject.detail(),
        })
        .collect()
}

/// What tells one plan from another: each change, with what it is made from, and the rooms it makes. Identifiers yet
/// to be given say nothing.
pub(super) fn digest<T: Subject>(plan: &Plan<T>, new_rooms: &[String]) -> String {
    const BYTES: usize = 8;
    let mut digest = Sha256::new();
    // Each text with its length: no two lists of texts are written alike.
    let mut add = |text: &str| {
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text);
    };
    let fresh = T::fresh();
    for row in &plan.rows {
        let (act, before, after) = match &row.verdict {
            Verdict::Created(after) => (ChangeAct::Created, Some(&fresh), after),
            Verdict::Updated { known, after } => {
                (ChangeAct::Updated, plan.known.get(*known), after)
            }
            Verdict::Unchanged | Verdict::Refused(_) => continue,
        };
        let before = before.unwrap_or(&fresh);
        add(act.id());
        add(&row.line.to_string());
        add(before.id());
        for field in differences(before, after) {
            add(field.id);
            add(&(field.get)(before));
            add(&(field.get)(after));
        }
    }
    add("");
    new_rooms.iter().for_each(|code| add(code));
    let bytes = digest.finalize();
    let short = bytes.iter().take(BYTES);
    short.map(|byte| format!("{byte:02x}")).collect()
}

/// The first changes, field by field.
pub(super) fn changes<T: Subject>(plan: &Plan<T>, words: &T::Words) -> Vec<ImportChange> {
    let fresh = T::fresh();
    plan.rows
        .iter()
        .filter_map(|row| {
            let (act, before, after) = match &row.verdict {
                Verdict::Created(after) => (ChangeAct::Created, &fresh, after),
                Verdict::Updated { known, after } => {
                    (ChangeAct::Updated, plan.known.get(*known)?, after)
                }
                _ => return None,
            };
            let value = |subject: &T, field: &Field<T>| {
                Some((field.get)(subject))
                    .filter(|held| !held.is_empty())
                    .map(|held| T::shown(field, words, &held))
                    .unwrap_or_default()
            };
            Some(ImportChange {
                line: narrow(row.line),
                act,
                label: after.name(),
                fields: differences(before, after)
                    .map(|field| FieldChange {
                        field: field.id.to_owned(),
                        label: field.label.to_owned(),
                        before: if act == ChangeAct::Created {
                            String::new()
                        } else {
                            value(before, field)
                        },
                        after: value(after, field),
                    })
                    .collect(),
            })
        })
        .take(SHOWN)
        .collect()
}
