//! What was read on the signed copy: a cell says one thing, each change is an act that can be undone.

use std::collections::BTreeMap;

use proptest::prelude::*;
use store::{
    batch::{self, Kept, Undone, Why},
    completion::{self, Completion},
    journal,
};

use crate::{Folder, batches::batch};

const SERVICE: &str = "wifi";

/// `perimeter` is part of what names the cell; none is a cell of its own.
fn read(id: &str, perimeter: Option<&str>, party: &str, page: &str) -> Completion {
    Completion {
        id: id.to_owned(),
        pack_id: "essai".to_owned(),
        service: SERVICE.to_owned(),
        perimeter: perimeter.map(str::to_owned),
        activity: "mco".to_owned(),
        party: party.to_owned(),
        by_name: "Jeanne Lacrampe".to_owned(),
        on_date: "2026-11-24".to_owned(),
        page: page.to_owned(),
        created_at_ms: 1_000,
    }
}

fn set(folder: &Folder, batch_id: &str, at: i64, completion: &Completion) -> bool {
    folder.write(|tx| {
        batch::begin(tx, &batch(batch_id, at))?;
        completion::set(tx, completion, at, batch_id)
    })
}

fn clear(folder: &Folder, batch_id: &str, at: i64, id: &str) {
    folder.write(|tx| {
        batch::begin(tx, &batch(batch_id, at))?;
        completion::remove(tx, id, at, batch_id)
    });
}

fn undo(folder: &Folder, batch_id: &str, at: i64) -> Undone {
    folder.write(|tx| batch::undo(tx, batch_id, at))
}

fn all(folder: &Folder) -> Vec<Completion> {
    folder.read(|conn| completion::list(conn, "essai"))
}

#[test]
fn a_cell_says_one_thing_and_each_word_is_undone() {
    let folder = Folder::new();
    let first = read("c1", Some("pedagogique"), "departement", "12");
    assert!(set(&folder, "b1", 1_000, &first), "it was not known");
    let elsewhere = read("c2", None, "academie", "13");
    assert!(
        set(&folder, "b2", 2_000, &elsewhere),
        "without perimeter is a cell of its own"
    );
    let better = read("c3", Some("pedagogique"), "academie", "14");
    assert!(set(&folder, "b3", 3_000, &better), "read again, better");
    assert!(
        !set(&folder, "b4", 4_000, &better),
        "the same word again changes nothing"
    );
    let corrected = Completion {
        id: "c1".to_owned(),
        ..better
    };
    assert_eq!(
        all(&folder),
        [elsewhere.clone(), corrected.clone()],
        "the cell keeps its id and says the last word"
    );
    assert_eq!(
        folder.read(|conn| completion::of_cell(conn, "essai", SERVICE, Some("pedagogique"), "mco")),
        Some(corrected),
        "and is found by its place"
    );
    assert_eq!(
        folder.read(|conn| completion::list(conn, "autre")),
        [],
        "another pack's cells are not completed by it"
    );
    let sizes = folder.read(|conn| batch::sizes(conn, 10));
    assert_eq!(
        sizes,
        [("b1", 1), ("b2", 1), ("b3", 1)]
            .map(|(id, size)| (id.to_owned(), size))
            .into(),
        "an act that changed nothing touches nothing"
    );
    let undone = undo(&folder, "b3", 5_000);
    assert_eq!((undone.restored, undone.kept), (1, vec![]), "given back");
    assert_eq!(
        all(&folder),
        [elsewhere, first],
        "the cell says what it said before"
    );
    undo(&folder, "b1", 6_000);
    undo(&folder, "b2", 7_000);
    assert_eq!(all(&folder), [], "and then nothing");
    let history = folder.read(|conn| journal::list(conn, "completion", "c1"));
    assert_eq!(history.len(), 3, "its history outlives it");
}

#[test]
fn a_cell_that_was_cleared_comes_back_unless_it_was_filled_again() {
    let folder = Folder::new();
    let first = read("c1", Some("administratif"), "departement", "12");
    set(&folder, "b1", 1_000, &first);
    clear(&folder, "b2", 2_000, "c1");
    assert_eq!(all(&folder), [], "nothing is said of it any more");
    let undone = undo(&folder, "b2", 3_000);
    assert_eq!((undone.restored, undone.kept), (1, vec![]), "it is back");
    assert_eq!(
        all(&folder),
        std::slice::from_ref(&first),
        "as it was, to the page"
    );
    clear(&folder, "b3", 4_000, "c1");
    let other = read("c2", Some("administratif"), "academie", "15");
    set(&folder, "b4", 5_000, &other);
    let undone = undo(&folder, "b3", 6_000);
    assert_eq!(
        undone.kept,
        [Kept {
            table_name: "completion".to_owned(),
            row_id: "c1".to_owned(),
            why: Why::Used
        }],
        "someone has filled the cell since: that word stays"
    );
    assert_eq!(all(&folder), [other], "a cell never says two things");
    let undone = undo(&folder, "b1", 7_000);
    assert_eq!(
        undone.kept[0].why,
        Why::ChangedSince,
        "what was first read there was cleared since"
    );
}

#[test]
fn the_reading_that_was_cleared_and_brought_back_can_be_undone_too() {
    let folder = Folder::new();
    set(&folder, "b1", 1_000, &read("c1", None, "departement", "12"));
    clear(&folder, "b2", 2_000, "c1");
    undo(&folder, "b2", 3_000);
    let undone = undo(&folder, "b1", 4_000);
    assert_eq!(
        (undone.removed, undone.kept),
        (1, vec![]),
        "a clearing that was undone is no change since"
    );
    assert_eq!(all(&folder), [], "nothing is left of it");
}

#[derive(Clone, Debug)]
enum Act {
    Set {
        cell: usize,
        party: usize,
    },
    Clear {
        cell: usize,
    },
    /// The last act not undone yet.
    Undo,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Undone in the reverse order, each act gives back the matrix as it stood before it.
    #[test]
    fn acts_undone_from_the_last_give_back_each_matrix(acts in prop::collection::vec(prop_oneof![
        3 => (0..3_usize, 0..3_usize).prop_map(|(cell, party)| Act::Set { cell, party }),
        1 => (0..3_usize).prop_map(|cell| Act::Clear { cell }),
        2 => Just(Act::Undo),
    ], 1..16)) {
        let folder = Folder::new();
        let cells = [None, Some("administratif"), Some("pedagogique")];
        let parties = ["departement", "academie", "etablissement"];
        let matrix = || -> BTreeMap<Option<String>, String> {
            all(&folder).into_iter().map(|cell| (cell.perimeter, cell.party)).collect()
        };
        let mut done: Vec<(String, BTreeMap<Option<String>, String>)> = Vec::new();
        for (turn, act) in acts.iter().enumerate() {
            let at = 1_000 * (1 + i64::try_from(turn).unwrap());
            let id = format!("b{turn}");
            let before = matrix();
            match act {
                Act::Set { cell, party } => {
                    let word = read(&format!("c{turn}"), cells[*cell], parties[*party], "12");
                    let changed = set(&folder, &id, at, &word);
                    let mut expected = before.clone();
                    let old = expected.insert(word.perimeter.clone(), word.party.clone());
                    prop_assert_eq!(changed, old != Some(word.party), "it says whether the cell changed");
                    prop_assert_eq!(matrix(), expected, "that cell alone changed");
                    done.push((id, before));
                }
                Act::Clear { cell } => {
                    let known = folder.read(|conn| completion::of_cell(conn, "essai", SERVICE, cells[*cell], "mco"));
                    if let Some(known) = known {
                        clear(&folder, &id, at, &known.id);
                        done.push((id, before));
                    }
                }
                Act::Undo => if let Some((last, stood)) = done.pop() {
                    let undone = undo(&folder, &last, at);
                    prop_assert_eq!(undone.kept, vec![], "nothing stands in the way");
                    prop_assert_eq!(matrix(), stood, "the matrix as it stood before {}", last);
                },
            }
        }
    }
}
