//! Whatever is imported, edited, deleted, reported and undone, in whatever order: each row is what a model says.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use store::{
    batch,
    equipment::{self, Equipment},
    ticket,
};

use crate::{
    Folder,
    batches::{batch, found, get},
    printer, ticket,
};

#[derive(Clone, Debug)]
enum Act {
    Import {
        new: usize,
        changed: Vec<usize>,
    },
    Edit(usize, u8),
    Delete(usize),
    Report(usize),
    /// The n-th batch from the last.
    Undo(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0..4_usize, prop::collection::vec(0..12_usize, 0..4))
            .prop_map(|(new, changed)| Act::Import { new, changed }),
        2 => (0..12_usize, any::<u8>()).prop_map(|(row, word)| Act::Edit(row, word)),
        1 => (0..12_usize).prop_map(Act::Delete),
        1 => (0..12_usize).prop_map(Act::Report),
        3 => (0..4_usize).prop_map(Act::Undo),
    ];
    prop::collection::vec(act, 1..14)
}

/// A batch, its rows, and whether it was undone.
type Done = (String, Touched, bool);
/// What a row was before the batch, and right after it.
type Touched = BTreeMap<String, (Option<Equipment>, Equipment)>;

/// What the store should hold: the rows, and what each batch did.
#[derive(Default)]
struct Model {
    rows: BTreeMap<String, Equipment>,
    spoken_of: BTreeSet<String>,
    batches: Vec<Done>,
    made: usize,
}

fn serial(word: &str) -> String {
    format!("SERIE{word}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_undo_gives_back_what_nobody_touched(acts in acts()) {
        let folder = Folder::new();
        let mut model = Model::default();
        for (turn, act) in acts.into_iter().enumerate() {
            let now = 10_000 + i64::try_from(turn).unwrap() * 1_000;
            let at = |row: usize| model.rows.keys().nth(row % model.rows.len().max(1)).cloned();
            match act {
                Act::Import { new, changed } => {
                    let id = format!("b{turn}");
                    let mut touched = BTreeMap::new();
                    let changed: BTreeSet<String> = changed.into_iter().filter_map(at).collect();
                    folder.write(|tx| batch::begin(tx, &batch(&id, now)));
                    for row in changed {
                        let before = model.rows[&row].clone();
                        let after = Equipment { serial: serial(&format!("{turn}X{row}")), updated_at_ms: now, ..before.clone() };
                        folder.write(|tx| equipment::update_in(tx, &after, now, "import", &id));
                        model.rows.insert(row.clone(), after.clone());
                        touched.insert(row, (Some(before), after));
                    }
                    for _ in 0..new {
                        model.made += 1;
                        let row = format!("eq{:03}", model.made);
                        let machine = printer(&row, &serial(&format!("N{row}")));
                        folder.write(|tx| equipment::insert_in(tx, &machine, &id));
                        model.rows.insert(row.clone(), machine.clone());
                        touched.insert(row, (None, machine));
                    }
                    model.batches.push((id, touched, false));
                }
                Act::Edit(row, word) => if let Some(row) = at(row) {
                    let before = &model.rows[&row];
                    let mut after = Equipment { serial: serial(&format!("E{word}")), ..before.clone() };
                    if folder.write(|tx| equipment::update(tx, &after, now)) {
                        after.updated_at_ms = now;
                    }
                    model.rows.insert(row, after);
                },
                Act::Delete(row) => if let Some(row) = at(row).filter(|row| !model.spoken_of.contains(row)) {
                    folder.write(|tx| equipment::delete(tx, &row, now));
                    model.rows.remove(&row);
                },
                Act::Report(row) => if let Some(row) = at(row) {
                    let mut about = ticket(&format!("t{turn}"), "Bourrage", now);
                    about.equipment_id = Some(row.clone());
                    folder.write(|tx| ticket::insert(tx, &about));
                    model.spoken_of.insert(row);
                },
                Act::Undo(back) => {
                    let live: Vec<usize> = (0..model.batches.len()).rev().filter(|one| !model.batches[*one].2).collect();
                    let Some(which) = live.get(back % live.len().max(1)).copied() else { continue };
                    let (id, touched, _) = model.batches[which].clone();
                    model.batches[which].2 = true;
                    let undone = folder.write(|tx| batch::undo(tx, &id, now));
                    let mut expected = (0, 0, 0);
                    for (row, (before, after)) in touched {
                        // Untouched: the row is, to the last field, what the batch left.
                        let untouched = model.rows.get(&row) == Some(&after);
                        match before {
                            Some(before) if untouched => {
                                model.rows.insert(row, before);
                                expected.0 += 1;
                            }
                            None if untouched && !model.spoken_of.contains(&row) => {
                                model.rows.remove(&row);
                                expected.1 += 1;
                            }
                            _ => expected.2 += 1,
                        }
                    }
                    prop_assert_eq!(
                        (undone.restored, undone.removed, undone.kept.len()), expected,
                        "every row of the batch is restored, removed or told"
                    );
                }
            }
        }
        for number in 1..=model.made {
            let row = format!("eq{number:03}");
            prop_assert_eq!(&get(&folder, &row), &model.rows.get(&row).cloned(), "{} is what it should be", row);
        }
        for (row, machine) in &model.rows {
            prop_assert!(
                found(&folder, &machine.serial).contains(row),
                "{} is found by the words it has now, {}", row, machine.serial
            );
        }
        let searched: u64 = folder.read(|conn| Ok(conn.query_row(
            "SELECT count(*) FROM equipment_search WHERE equipment_search MATCH 'imprimante'", [], |row| row.get(0),
        )?));
        prop_assert_eq!(searched, model.rows.len() as u64, "nothing that is gone is left in the index");
    }
}
