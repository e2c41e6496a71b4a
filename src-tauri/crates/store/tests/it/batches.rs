//! Acts on many rows, undone in one go: every row as it was, or kept and told why.

use store::{
    Error,
    batch::{self, Batch, Kept, Why},
    contact::{self, Contact},
    draft::{self, Draft},
    equipment::{self, Equipment},
    journal,
    room::{self, Room},
    search, stock_check, ticket,
};

use crate::{Folder, printer, ticket};

pub fn batch(id: &str, at_ms: i64) -> Batch {
    Batch {
        id: id.to_owned(),
        kind: "import-equipements".to_owned(),
        label: "Import de inventaire.csv".to_owned(),
        at_ms,
        undone_at_ms: None,
    }
}

fn room(id: &str, code: &str) -> Room {
    Room {
        id: id.to_owned(),
        code: code.to_owned(),
        ..Room::default()
    }
}

pub fn get(folder: &Folder, id: &str) -> Option<Equipment> {
    folder.read(|conn| equipment::get(conn, id))
}

pub fn found(folder: &Folder, typed: &str) -> Vec<String> {
    let hits = folder.read(|conn| search::search(conn, typed, 50));
    hits.into_iter().map(|hit| hit.id).collect()
}

fn kept(table_name: &str, row_id: &str, why: Why) -> Kept {
    Kept {
        table_name: table_name.to_owned(),
        row_id: row_id.to_owned(),
        why,
    }
}

#[test]
fn an_import_is_undone_as_if_it_had_never_been() {
    let folder = Folder::new();
    let before = Equipment {
        notes: "sous le préau".into(),
        ..printer("eq-1", "ANCIEN-1")
    };
    folder.write(|tx| {
        room::insert(tx, &room("r1", "CDI"))?;
        equipment::insert(tx, &before)
    });
    folder.write(|tx| {
        batch::begin(tx, &batch("b1", 5_000))?;
        room::insert_in(tx, &room("r2", "B1.12"), "b1")?;
        room::update_in(tx, &room("r1", "CDI-2"), 5_000, "import", "b1")?;
        let moved = Equipment {
            serial: "NOUVEAU-1".into(),
            room_id: Some("r2".into()),
            ..before.clone()
        };
        assert!(
            equipment::update_in(tx, &moved, 5_000, "import", "b1")?,
            "it changed"
        );
        assert!(
            !equipment::update_in(tx, &moved, 5_001, "import", "b1")?,
            "the same row again changes nothing"
        );
        for number in 2..5 {
            let new = Equipment {
                room_id: Some("r2".into()),
                ..printer(&format!("eq-{number}"), &format!("NEUF-{number}"))
            };
            equipment::insert_in(tx, &new, "b1")?;
        }
        let someone = Contact {
            id: "c1".into(),
            last_name: "Lacrampe".into(),
            created_at_ms: 5_000,
            ..Contact::default()
        };
        contact::insert_in(tx, &someone, "b1")
    });
    assert_eq!(
        found(&folder, "neuf").len(),
        3,
        "what came in is found at once"
    );
    let entries = folder.read(|conn| batch::entries(conn, "b1"));
    let acts: Vec<(&str, &str)> = entries
        .iter()
        .map(|entry| (entry.table_name.as_str(), entry.act.as_str()))
        .collect();
    assert_eq!(
        acts,
        [
            ("equipment", "creation"),
            ("equipment", "creation"),
            ("equipment", "creation"),
            ("contact", "creation"),
            ("room", "creation"),
            ("room", "import"),
            ("equipment", "import"),
        ],
        "what the import did: five rows made, two changed"
    );
    assert_eq!(
        folder.read(|conn| batch::sizes(conn, 10)),
        [("b1".to_owned(), 7)].into(),
        "and as many rows are counted without reading them one by one"
    );
    assert!(
        entries
            .iter()
            .all(|entry| entry.at_ms == 5_000 && entry.batch_id.as_deref() == Some("b1")),
        "each at its time, under its batch"
    );
    let undone = folder.write(|tx| batch::undo(tx, "b1", 6_000));
    assert_eq!(
        (undone.restored, undone.removed, undone.kept),
        (2, 5, vec![]),
        "a machine and a room as before, three machines, a person and a room gone"
    );
    assert_eq!(
        get(&folder, "eq-1"),
        Some(before),
        "the row is the one before, dates included"
    );
    assert_eq!(
        folder.read(|conn| room::get(conn, "r1")).unwrap().code,
        "CDI",
        "the room too"
    );
    assert_eq!(
        folder.read(|conn| room::get(conn, "r2")),
        None,
        "the room that came with it is gone"
    );
    assert_eq!(
        (found(&folder, "ancien-1"), found(&folder, "nouveau")),
        (vec!["eq-1".to_owned()], vec![]),
        "it is found by its old words, and by them alone"
    );
    assert_eq!(
        (found(&folder, "neuf"), found(&folder, "lacrampe")),
        (vec![], vec![]),
        "what is gone is not found"
    );
    let last = folder.read(|conn| journal::list(conn, "equipment", "eq-2"));
    assert!(
        last[0].act == "annulation" && last[0].old.contains("NEUF-2"),
        "what was taken away is still in the journal"
    );
    let again = folder.store.write(|tx| batch::undo(tx, "b1", 7_000));
    assert!(
        matches!(again, Err(Error::AlreadyUndone { .. })),
        "one undo is enough: {again:?}"
    );
    let latest = folder.read(|conn| batch::latest(conn, 5));
    assert_eq!(
        latest[0].undone_at_ms,
        Some(6_000),
        "the list says it was undone"
    );
    let unknown = folder.store.write(|tx| batch::undo(tx, "b9", 7_000));
    assert!(
        matches!(unknown, Err(Error::NotFound { table: "batch", .. })),
        "no such batch"
    );
}

#[test]
fn what_someone_touched_since_is_kept_and_told() {
    let folder = Folder::new();
    folder.write(|tx| {
        for id in ["old-1", "old-2"] {
            equipment::insert(tx, &printer(id, id))?;
        }
        Ok(())
    });
    folder.write(|tx| {
        batch::begin(tx, &batch("b1", 5_000))?;
        for id in [
            "edited", "deleted", "ticketed", "drafted", "checked", "left",
        ] {
            equipment::insert_in(tx, &printer(id, id), "b1")?;
        }
        for id in ["old-1", "old-2"] {
            let moved = Equipment {
                state: "en-reserve".into(),
                ..printer(id, id)
            };
            equipment::update_in(tx, &moved, 5_000, "import", "b1")?;
        }
        room::insert_in(tx, &room("r1", "A1"), "b1")
    });
    folder.write(|tx| {
        for id in ["edited", "old-1"] {
            let edited = Equipment {
                notes: "vu".into(),
                ..equipment::get(tx, id)?.unwrap()
            };
            equipment::update(tx, &edited, 5_500)?;
        }
        equipment::delete(tx, "deleted", 5_500)?;
        let mut about = ticket("t1", "Bourrage", 5_500);
        about.equipment_id = Some("ticketed".into());
        ticket::insert(tx, &about)?;
        let begun = Draft {
            id: "d1".into(),
            answers: "{}".into(),
            equipment_id: Some("drafted".into()),
            ..Draft::default()
        };
        draft::upsert(tx, &begun)?;
        let check = stock_check::StockCheck {
            id: "k1".into(),
            state: "en-cours".into(),
            ..Default::default()
        };
        stock_check::insert(tx, &check, &["r1".into()])?;
        let seen = stock_check::Sighting {
            id: "s1".into(),
            check_id: "k1".into(),
            room_id: "r1".into(),
            equipment_id: Some("checked".into()),
            ..Default::default()
        };
        stock_check::see(tx, &seen)
    });
    let undone = folder.write(|tx| batch::undo(tx, "b1", 6_000));
    assert_eq!(
        (undone.restored, undone.removed),
        (1, 1),
        "only what nobody touched goes back"
    );
    let mut told = undone.kept;
    told.sort_by(|one, other| one.row_id.cmp(&other.row_id));
    assert_eq!(
        told,
        [
            kept("equipment", "checked", Why::Used),
            kept("equipment", "deleted", Why::ChangedSince),
            kept("equipment", "drafted", Why::Used),
            kept("equipment", "edited", Why::ChangedSince),
            kept("equipment", "old-1", Why::ChangedSince),
            kept("room", "r1", Why::Used),
            kept("equipment", "ticketed", Why::Used),
        ],
        "each with its reason"
    );
    assert_eq!(
        get(&folder, "old-1").unwrap().state,
        "en-reserve",
        "what was kept is whole"
    );
    assert_eq!(
        get(&folder, "old-2").unwrap().state,
        "en-service",
        "what was not is restored"
    );
    assert_eq!(get(&folder, "deleted"), None, "nothing comes back to life");
}

#[test]
fn two_acts_are_undone_from_the_last_to_the_first() {
    let folder = Folder::new();
    let first = printer("eq-1", "A1");
    folder.write(|tx| equipment::insert(tx, &first));
    let edit = |batch_id: &str, at_ms, state: &str| {
        folder.write(|tx| {
            batch::begin(tx, &batch(batch_id, at_ms))?;
            let machine = equipment::get(tx, "eq-1")?.unwrap();
            let edited = Equipment {
                state: state.into(),
                ..machine
            };
            equipment::update_in(tx, &edited, at_ms, "modification", batch_id)
        })
    };
    let under_none = folder
        .store
        .write(|tx| equipment::insert_in(tx, &printer("eq-2", "A2"), "b9"));
    assert!(
        matches!(under_none, Err(Error::Constraint(_))),
        "a row is made under a batch that was begun: {under_none:?}"
    );
    edit("b1", 2_000, "en-panne");
    edit("b2", 3_000, "en-reparation");
    let too_soon = folder.read(|conn| batch::latest(conn, 9));
    assert_eq!(
        (too_soon[0].id.as_str(), too_soon[1].id.as_str()),
        ("b2", "b1"),
        "the newest first"
    );
    folder.write(|tx| batch::undo(tx, "b2", 4_000));
    assert_eq!(
        get(&folder, "eq-1").unwrap().state,
        "en-panne",
        "the second is undone"
    );
    let undone = folder.write(|tx| batch::undo(tx, "b1", 5_000));
    assert_eq!(
        undone.kept,
        [],
        "a change that was undone is no change since"
    );
    assert_eq!(
        get(&folder, "eq-1"),
        Some(first),
        "and the machine is the first one"
    );
    edit("b3", 6_000, "en-panne");
    edit("b4", 7_000, "reforme");
    let undone = folder.write(|tx| batch::undo(tx, "b3", 8_000));
    assert_eq!(
        undone.kept,
        [kept("equipment", "eq-1", Why::ChangedSince)],
        "in the other order the later act stays"
    );
    folder.write(|tx| batch::undo(tx, "b4", 9_000));
    assert_eq!(
        get(&folder, "eq-1").unwrap().state,
        "en-panne",
        "undoing that one gives what stood before it"
    );
}

#[test]
fn a_room_takes_its_old_code_back_only_when_it_is_free() {
    let folder = Folder::new();
    folder.write(|tx| {
        room::insert(tx, &room("r1", "A1"))?;
        equipment::insert(
            tx,
            &Equipment {
                room_id: Some("r1".into()),
                ..printer("eq-1", "S1")
            },
        )?;
        batch::begin(tx, &batch("b1", 2_000))?;
        room::update_in(tx, &room("r1", "A1bis"), 2_000, "import", "b1")?;
        room::insert(tx, &room("r2", "A1"))
    });
    let undone = folder.write(|tx| batch::undo(tx, "b1", 3_000));
    assert_eq!(
        undone.kept,
        [kept("room", "r1", Why::Used)],
        "another room has the code now"
    );
    assert_eq!(
        found(&folder, "a1bis"),
        ["eq-1"],
        "and what stands in it is found there"
    );
    folder.write(|tx| room::update(tx, &room("r1", "B7"), 4_000));
    let history = folder.read(|conn| journal::list(conn, "room", "r1"));
    assert_eq!(history.len(), 2, "a room's changes are in the journal too");
}
