//! Mistakes, surveys and comparisons of packs as the wire carries them.
//!
//! Invariant: nothing is dropped on the way but what a person cannot act on; numbers too large for the wire are texts.

use convention::{Comparison, Mistake, Overlay, Pack, Survey, Turn};

use crate::{
    labels::{NNBSP, capital, grouped},
    pack::Files,
    tickets::narrow,
    wire::{CellChange, ChangeKind, PackDiff, PackMistake, PackSurvey, TextChange, TicketMoved},
};

const MANIFEST: &str = "manifest.toml";

pub(super) fn mistakes(mistakes: &[Mistake]) -> Vec<PackMistake> {
    mistakes
        .iter()
        .map(|mistake| PackMistake {
            file: mistake.file.clone(),
            line: narrow(mistake.line),
            column: narrow(mistake.column),
            message: mistake.message.clone(),
        })
        .collect()
}

/// « guide/panne.toml:12:4 : … »
pub(super) fn line(mistake: &PackMistake) -> String {
    format!(
        "{}:{}:{}{NNBSP}: {}",
        mistake.file, mistake.line, mistake.column, mistake.message
    )
}

/// Files that the manifest does not announce: they would travel without being read.
pub(super) fn unlisted(pack: &Pack, files: &Files) -> Vec<PackMistake> {
    let listed = &pack.manifest.files;
    files
        .keys()
        .filter(|name| *name != MANIFEST && !listed.contains(name))
        .map(|name| PackMistake {
            file: name.clone(),
            line: 1,
            column: 1,
            message: format!(
                "ce fichier n’est pas annoncé dans {MANIFEST}{NNBSP}: ajoutez-le à «{NNBSP}fichiers{NNBSP}», ou retirez-le"
            ),
        })
        .collect()
}

pub(super) fn survey(survey: &Survey) -> PackSurvey {
    let size = |number: usize| narrow(number as u64);
    PackSurvey {
        services: size(survey.services),
        cells: size(survey.cells),
        questions: size(survey.questions),
        ways: grouped(survey.ways),
        longest: size(survey.longest),
        median: size(survey.median),
        dead_ends: survey.dead_ends.iter().map(ToString::to_string).collect(),
        never: survey.never.clone(),
    }
}

fn kind(turn: Turn) -> ChangeKind {
    match turn {
        Turn::Added => ChangeKind::Added,
        Turn::Removed => ChangeKind::Removed,
        Turn::Changed => ChangeKind::Changed,
    }
}

fn changes(changes: &[convention::Change]) -> Vec<TextChange> {
    changes
        .iter()
        .map(|change| TextChange {
            kind: kind(change.turn),
            label: change.label.clone(),
            detail: change.detail.clone(),
        })
        .collect()
}

/// A cell whose word stays and whose proof changes is told with the services: the party would read twice the same.
fn proof(cell: &convention::CellChange) -> Option<TextChange> {
    let ((party, before), (same, after)) = (cell.before?, cell.after?);
    (party == same).then(|| TextChange {
        kind: ChangeKind::Changed,
        label: cell.label.clone(),
        detail: capital(&format!(
            "{}{}{NNBSP}: {party}, désormais {after} ({before} auparavant)",
            cell.activity.label(),
            cell.perimeter
                .map(|perimeter| format!(", {}", perimeter.label()))
                .unwrap_or_default(),
            party = party.label(),
            after = after.label(),
            before = before.label(),
        )),
    })
}

pub(super) fn diff(
    comparison: &Comparison,
    overlay: &Overlay,
    tickets: Vec<TicketMoved>,
) -> PackDiff {
    let mut services = changes(&comparison.services);
    services.extend(comparison.cells.iter().filter_map(proof));
    PackDiff {
        cells: comparison
            .cells
            .iter()
            .filter(|cell| proof(cell).is_none())
            .map(|cell| CellChange {
                service_label: cell.label.clone(),
                activity: cell.activity.into(),
                perimeter: cell.perimeter.map(Into::into),
                before: cell.before.map(|(party, _)| party.into()),
                after: cell.after.map(|(party, _)| party.into()),
                completed: cell
                    .after
                    .is_some_and(|(_, basis)| basis != convention::Basis::Inconnu)
                    && overlay
                        .get(&cell.service, cell.perimeter, cell.activity)
                        .is_some(),
            })
            .collect(),
        services,
        questions: changes(&comparison.questions),
        rules: changes(&comparison.rules),
        tickets,
    }
}
