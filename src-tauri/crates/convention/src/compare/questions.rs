//! What changes in the guided form, question by question, as its author would tell it.
//!
//! Invariant: every difference of the script is told, at least as « récrite »: nothing changes in silence.

use super::{Change, became, paired, quoted, rewritten, same, turned};
use crate::guide::script::{Answerable, Item, Kind, Script};

pub(super) fn changes(before: &Script, after: &Script) -> Vec<Change> {
    let mut changes: Vec<Change> = paired(&before.items, &after.items, |item| &item.id)
        .into_iter()
        .filter_map(|pair| turned(pair, label, answers, item))
        .collect();
    for pair in paired(&before.consequences, &after.consequences, |one| {
        one.text.as_str()
    }) {
        changes.extend(turned(
            pair,
            |_| "Avertissement".to_owned(),
            |one| one.text.clone(),
            |old, new| vec![rewritten(!same(old, new), &elsewhere(&new.text))],
        ));
    }
    for pair in paired(&before.lists, &after.lists, |list| list.points.as_slice()) {
        changes.extend(turned(
            pair,
            |_| "Liste à faire".to_owned(),
            |list| list.points.join(" ; "),
            |old, new| {
                vec![rewritten(
                    !same(old, new),
                    &elsewhere(&new.points.join(" ; ")),
                )]
            },
        ));
    }
    for pair in paired(&before.reflexes, &after.reflexes, |one| {
        one.says.title.as_str()
    }) {
        changes.extend(turned(
            pair,
            |one| format!("Réflexes : {}", one.says.title),
            |one| one.says.now.join(" ; "),
            |old, new| vec![rewritten(!same(old, new), "conseils récrits")],
        ));
    }
    changes
}

fn elsewhere(text: &str) -> String {
    format!("{} se dit dans d’autres cas", quoted(text))
}

fn label(item: &Item) -> String {
    match item.kind {
        Kind::Deduction => format!("Déduction « {} »", item.id),
        _ => item.title.clone(),
    }
}

fn answers(item: &Item) -> String {
    let labels: Vec<&str> = item
        .options
        .iter()
        .map(|option| option.label.as_str())
        .collect();
    labels.join(" ; ")
}

fn item(old: &Item, new: &Item) -> Vec<Option<String>> {
    let placed = |item: &Item| {
        (
            item.when.clone(),
            item.asked_when.clone(),
            item.decides,
            item.from.clone(),
        )
    };
    let told = |item: &Item| {
        [
            item.help.clone(),
            item.why.clone(),
            item.example.clone(),
            item.likely.clone(),
            Some(item.short.clone()),
            Some(item.gathers.to_string()),
        ]
    };
    let mut parts = vec![
        became("titre", &old.title, &new.title),
        rewritten(old.kind != new.kind, "se répond autrement"),
        rewritten(
            old.optional != new.optional,
            if new.optional {
                "devient facultative"
            } else {
                "devient obligatoire"
            },
        ),
        rewritten(placed(old) != placed(new), "posée dans d’autres cas"),
        rewritten(old.effects != new.effects, "mène ailleurs"),
        rewritten(told(old) != told(new), "aide récrite"),
        rewritten(!same(&old.trials, &new.trials), "essais changés"),
        rewritten(!same(&old.fields, &new.fields), "lignes changées"),
    ];
    for pair in paired(&old.options, &new.options, |option| &option.id) {
        parts.extend(match pair {
            (None, Some(new)) => vec![Some(format!("réponse ajoutée : {}", quoted(&new.label)))],
            (Some(old), None) => vec![Some(format!("réponse retirée : {}", quoted(&old.label)))],
            (Some(old), Some(new)) => option(old, new),
            (None, None) => Vec::new(),
        });
    }
    parts
}

fn option(old: &Answerable, new: &Answerable) -> Vec<Option<String>> {
    let leads = |option: &Answerable| (option.effects.clone(), option.when.clone());
    let moved = leads(old) != leads(new);
    let relabelled = old.label != new.label;
    let rest = !moved && !relabelled && !same(old, new);
    let of = |what: &str| format!("réponse {} {what}", quoted(&new.label));
    vec![
        became("réponse", &old.label, &new.label),
        rewritten(moved, &of("mène ailleurs")),
        rewritten(rest, &of("récrite")),
    ]
}
