//! What changes from one pack to another: cells, services, questions, rules, each in words.
//!
//! Invariant: a pack compared with itself gives nothing, and what one comparison adds the reverse one removes. Left out
//! on purpose: what it means for the dossiers of a collège, which only their answers can say.

mod questions;
#[cfg(test)]
mod tests;

use std::fmt::Debug;

use crate::{
    pack::{Cell, Pack},
    text::typeset,
    words::{Activity, Basis, Party, Perimeter},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    pub cells: Vec<CellChange>,
    pub services: Vec<Change>,
    pub questions: Vec<Change>,
    pub rules: Vec<Change>,
}

/// A cell of a service that both packs have and that says something else; none: it was not or will not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    pub service: String,
    pub label: String,
    pub perimeter: Option<Perimeter>,
    pub activity: Activity,
    pub before: Option<(Party, Basis)>,
    pub after: Option<(Party, Basis)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Added,
    Removed,
    Changed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub turn: Turn,
    pub label: String,
    /// What comes, goes, or changes in it; one sentence.
    pub detail: String,
}

impl Change {
    fn new(turn: Turn, label: impl Into<String>, detail: impl AsRef<str>) -> Self {
        Change {
            turn,
            label: label.into(),
            detail: typeset(detail.as_ref()),
        }
    }
}

pub fn compare(before: &Pack, after: &Pack) -> Comparison {
    Comparison {
        cells: cells(before, after),
        services: services(before, after),
        questions: questions::changes(&before.guide, &after.guide),
        rules: rules(before, after),
    }
}

/// Things by their key, those of the new pack in its order, then those that go.
fn paired<'a, T, K: PartialEq + ?Sized>(
    before: &'a [T],
    after: &'a [T],
    key: impl Fn(&T) -> &K,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let has = |list: &'a [T], one: &T| list.iter().find(|other| key(other) == key(one));
    let kept = after.iter().map(|one| (has(before, one), Some(one)));
    let gone = before
        .iter()
        .filter(|one| has(after, one).is_none())
        .map(|one| (Some(one), None));
    kept.chain(gone).collect()
}

fn same<T: Debug + ?Sized>(before: &T, after: &T) -> bool {
    format!("{before:?}") == format!("{after:?}")
}

fn quoted(text: &str) -> String {
    format!("« {text} »")
}

/// « Libellé : « avant » devient « après » », when it does.
fn became(what: &str, before: &str, after: &str) -> Option<String> {
    (before != after).then(|| format!("{what} : {} devient {}", quoted(before), quoted(after)))
}

fn cells(before: &Pack, after: &Pack) -> Vec<CellChange> {
    let mut changes = Vec::new();
    for service in &after.services {
        if before.service(&service.id).is_none() {
            continue;
        }
        for perimeter in [
            None,
            Some(Perimeter::Administratif),
            Some(Perimeter::Pedagogique),
        ] {
            for activity in Activity::ALL {
                let said = |pack: &Pack| {
                    pack.cell(&service.id, perimeter, activity)
                        .map(|cell: &Cell| (cell.party, cell.basis))
                };
                let (before, after) = (said(before), said(after));
                if before != after {
                    changes.push(CellChange {
                        service: service.id.clone(),
                        label: service.label.clone(),
                        perimeter,
                        activity,
                        before,
                        after,
                    });
                }
            }
        }
    }
    changes
}

fn services(before: &Pack, after: &Pack) -> Vec<Change> {
    let family = |pack: &Pack, id: &str| {
        pack.family(id)
            .map_or_else(String::new, |family| family.label.clone())
    };
    paired(&before.services, &after.services, |service| &service.id)
        .into_iter()
        .filter_map(|pair| match pair {
            (None, Some(new)) => Some(Change::new(
                Turn::Added,
                &new.label,
                family(after, &new.family),
            )),
            (Some(old), None) => Some(Change::new(
                Turn::Removed,
                &old.label,
                family(before, &old.family),
            )),
            (Some(old), Some(new)) => {
                let families = (family(before, &old.family), family(after, &new.family));
                let parts = [
                    became("nom", &old.label, &new.label),
                    became("famille", &families.0, &families.1),
                    (old.explanation != new.explanation).then(|| "explication récrite".to_owned()),
                ];
                changed(&new.label, parts)
            }
            (None, None) => None,
        })
        .collect()
}

/// A change when any of its parts is one.
fn changed(label: &str, parts: impl IntoIterator<Item = Option<String>>) -> Option<Change> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| Change::new(Turn::Changed, label, parts.join(" ; ")))
}

/// Comes, goes, or changes as `detail` says.
fn turned<T>(
    pair: (Option<&T>, Option<&T>),
    label: impl Fn(&T) -> String,
    text: impl Fn(&T) -> String,
    detail: impl Fn(&T, &T) -> Vec<Option<String>>,
) -> Option<Change> {
    match pair {
        (None, Some(new)) => Some(Change::new(Turn::Added, label(new), text(new))),
        (Some(old), None) => Some(Change::new(Turn::Removed, label(old), text(old))),
        (Some(old), Some(new)) => changed(&label(new), detail(old, new)),
        (None, None) => None,
    }
}

fn rewritten(differs: bool, what: &str) -> Option<String> {
    differs.then(|| what.to_owned())
}

fn rules(before: &Pack, after: &Pack) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old, new) = (&before.rules, &after.rules);
    for pair in paired(&old.list, &new.list, |rule| &rule.id) {
        changes.extend(turned(
            pair,
            |rule| rule.title.clone(),
            |rule| rule.text.clone(),
            |old, new| {
                vec![
                    became("titre", &old.title, &new.title),
                    rewritten(old.text != new.text, "texte récrit"),
                    became("source", &old.source.code, &new.source.code),
                ]
            },
        ));
    }
    for pair in paired(&old.notes, &new.notes, |note| &note.number) {
        changes.extend(turned(
            pair,
            |note| format!("Note {} de la matrice", note.number),
            |note| note.text.clone(),
            |old, new| vec![rewritten(!same(old, new), "texte récrit")],
        ));
    }
    for pair in paired(&old.cases, &new.cases, |case| &case.id) {
        changes.extend(turned(
            pair,
            |case| format!("Cas « {} »", case.id),
            |case| case.advice.explanation.clone(),
            |old, new| {
                vec![
                    became("responsable", old.party.label(), new.party.label()),
                    became("voie", old.channel.label(), new.channel.label()),
                    became("base", old.basis.label(), new.basis.label()),
                    rewritten(
                        !same(&(&old.advice, &old.source), &(&new.advice, &new.source)),
                        "conseil récrit",
                    ),
                ]
            },
        ));
    }
    for pair in paired(&before.users, &after.users, |user| &user.id) {
        changes.extend(turned(
            pair,
            |user| format!("Utilisateurs : {}", user.label),
            |user| user.perimeter.label().to_owned(),
            |old, new| {
                vec![became(
                    "réseau",
                    old.perimeter.label(),
                    new.perimeter.label(),
                )]
            },
        ));
    }
    let (old, new) = (&old.applied, &new.applied);
    let after_day = |day: chrono::NaiveDate| day.format("%d/%m/%Y").to_string();
    let (then, now) = (
        after_day(old.own_funds.after),
        after_day(new.own_funds.after),
    );
    changes.extend(changed(
        "Achats sur fonds propres",
        [
            became("achats validés avant commande depuis le", &then, &now),
            rewritten(
                then == now && !same(&old.own_funds, &new.own_funds),
                "règle récrite",
            ),
        ],
    ));
    let whole = [
        (
            "Logiciels hors catalogue",
            same(&old.off_catalogue, &new.off_catalogue),
            "règle récrite",
        ),
        (
            "Pièces de remplacement",
            same(&old.spare_parts, &new.spare_parts),
            "règle récrite",
        ),
        (
            "Cités scolaires",
            same(&old.shared_site, &new.shared_site),
            "règle récrite",
        ),
        (
            "Collèges",
            same(&before.colleges, &after.colleges),
            "liste changée",
        ),
        (
            "Matériel pris en charge",
            same(&before.equipment_types, &after.equipment_types),
            "liste changée",
        ),
        (
            "Missions",
            same(&before.missions, &after.missions),
            "texte récrit",
        ),
        (
            "Charte",
            same(&before.charter, &after.charter),
            "texte récrit",
        ),
        (
            "Glossaire",
            same(&before.glossary, &after.glossary),
            "liste changée",
        ),
        (
            "Mots envoyés à la plateforme",
            same(&before.platform, &after.platform),
            "valeurs changées",
        ),
    ];
    for (label, unchanged, detail) in whole {
        changes.extend(changed(label, [rewritten(!unchanged, detail)]));
    }
    changes
}
