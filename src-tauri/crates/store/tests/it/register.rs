//! Profile, settings, rooms, equipment, contacts, and the journal of their changes.

use store::{
    Error,
    contact::{self, Contact},
    equipment::{self, Equipment, Mark, Removal},
    journal,
    profile::{self, Profile},
    room::{self, Room},
    setting, ticket,
};

use crate::{Folder, printer, ticket};

pub fn room(id: &str, code: &str) -> Room {
    Room {
        id: id.to_owned(),
        code: code.to_owned(),
        name: format!("Salle {code}"),
        ..Room::default()
    }
}

#[test]
fn a_first_start_writes_the_profile_once_and_can_change_it() {
    let folder = Folder::new();
    assert_eq!(
        folder.read(profile::get),
        None,
        "nobody has said who they are"
    );
    let mut desaix = Profile {
        college: "Desaix".to_owned(),
        commune: "Tarbes".to_owned(),
        created_at_ms: 5,
        ..Profile::default()
    };
    folder.write(|tx| profile::set(tx, &desaix));
    let read = folder.read(profile::get).unwrap();
    assert_eq!(
        read.role, "correspondant",
        "what was left empty has its usual value"
    );
    desaix.role = "gestionnaire".to_owned();
    desaix.region_maintains = Some(false);
    folder.write(|tx| profile::set(tx, &desaix));
    let read = folder.read(profile::get).unwrap();
    assert_eq!(
        (read.role.as_str(), read.region_maintains),
        ("gestionnaire", Some(false)),
        "there is one profile, changed"
    );
    desaix.role = "principal".to_owned();
    let refused = folder.store.write(|tx| profile::set(tx, &desaix));
    assert!(
        matches!(refused, Err(Error::Constraint(_))),
        "an unknown role is refused: {refused:?}"
    );
    assert_eq!(
        folder.read(profile::get).unwrap(),
        read,
        "and the profile is what it was"
    );
}

#[test]
fn settings_keep_the_last_word() {
    let folder = Folder::new();
    folder.write(|tx| {
        setting::set(tx, "theme", "clair")?;
        setting::set(tx, "theme", "sombre")
    });
    assert_eq!(
        folder.read(|conn| setting::get(conn, "theme")).as_deref(),
        Some("sombre"),
        "the last one"
    );
    assert_eq!(
        folder.read(|conn| setting::get(conn, "police")),
        None,
        "never set"
    );
    assert_eq!(folder.read(setting::all).len(), 1, "one key");
}

#[test]
fn a_machine_is_registered_moved_and_its_history_told() {
    let folder = Folder::new();
    let mut machine = printer("eq-1", "VNC3R-04512");
    folder.write(|tx| {
        room::upsert(tx, &room("r1", "CDI"))?;
        room::upsert(tx, &room("r2", "B1.12"))?;
        equipment::insert(tx, &machine)
    });
    machine.room_id = Some("r2".to_owned());
    machine.created_at_ms = 99;
    assert!(
        folder.write(|tx| equipment::update(tx, &machine, 2_000)),
        "the room changed"
    );
    assert!(
        !folder.write(|tx| equipment::update(tx, &machine, 3_000)),
        "nothing changed the second time"
    );
    let read = folder.read(|conn| equipment::get(conn, "eq-1")).unwrap();
    assert_eq!(
        (
            read.room_id.as_deref(),
            read.created_at_ms,
            read.updated_at_ms
        ),
        (Some("r2"), 1_000, 2_000),
        "the dates are the store's"
    );
    let history = folder.read(|conn| journal::list(conn, "equipment", "eq-1"));
    assert_eq!(history.len(), 1, "one change, one entry");
    let old: serde_json::Value = serde_json::from_str(&history[0].old).unwrap();
    assert_eq!(
        (old["room_id"].is_null(), old["serial"].as_str()),
        (true, Some("VNC3R-04512")),
        "the whole row as it was"
    );
    let marked = |mark: &str| folder.read(|conn| equipment::by_mark(conn, mark)).is_some();
    assert!(
        marked("vnc3r-04512") && marked("eq-1"),
        "found by what is written on it"
    );
    assert!(
        !marked("") && !marked("VNC3R"),
        "an empty mark or half of one is nobody's"
    );
    let rooms = folder.read(room::list);
    let pieces: Vec<(&str, u64)> = rooms
        .iter()
        .map(|(room, pieces)| (room.code.as_str(), *pieces))
        .collect();
    assert_eq!(
        pieces,
        [("B1.12", 1), ("CDI", 0)],
        "rooms by code, with what stands in them"
    );
    assert_eq!(
        folder
            .read(|conn| room::by_code(conn, "b1.12"))
            .map(|room| room.id)
            .as_deref(),
        Some("r2"),
        "a code has no case"
    );
    let twin = folder
        .store
        .write(|tx| room::upsert(tx, &room("r3", "cdi")));
    assert!(
        matches!(twin, Err(Error::Constraint(_))),
        "two rooms cannot have one code"
    );
}

#[test]
fn a_machine_with_a_dossier_is_written_off_instead_of_deleted() {
    let folder = Folder::new();
    folder.write(|tx| {
        equipment::insert(tx, &printer("eq-1", "A1"))?;
        equipment::insert(tx, &printer("eq-2", "A2"))?;
        let mut about = ticket("t1", "bourrage", 1);
        about.equipment_id = Some("eq-1".to_owned());
        ticket::insert(tx, &about)
    });
    let removed = folder.write(|tx| equipment::delete(tx, "eq-1", 5));
    assert_eq!(removed, Removal::WrittenOff, "its dossier outlives it");
    assert_eq!(
        folder
            .read(|conn| equipment::get(conn, "eq-1"))
            .unwrap()
            .state,
        "reforme",
        "marked"
    );
    let removed = folder.write(|tx| equipment::delete(tx, "eq-2", 5));
    assert_eq!(removed, Removal::Deleted, "nothing speaks of this one");
    assert_eq!(
        folder.read(|conn| equipment::get(conn, "eq-2")),
        None,
        "gone"
    );
    let kept = folder.read(|conn| journal::list(conn, "equipment", "eq-2"));
    assert!(
        kept[0].act == "suppression" && kept[0].old.contains("\"A2\""),
        "and kept in the journal for an undo"
    );
    let unknown = folder.store.write(|tx| equipment::delete(tx, "eq-3", 5));
    assert!(
        matches!(
            unknown,
            Err(Error::NotFound {
                table: "equipment",
                ..
            })
        ),
        "no such machine"
    );
}

#[test]
fn a_mark_names_every_machine_that_bears_it() {
    let folder = Folder::new();
    let marked = |id: &str, serial: &str, inventory: &str, host: &str| Equipment {
        inventory_number: inventory.to_owned(),
        host_name: host.to_owned(),
        ..printer(id, serial)
    };
    folder.write(|tx| {
        equipment::insert(tx, &marked("eq-1", "Abc-1", "CD65-1", "w65-01"))?;
        equipment::insert(tx, &marked("eq-2", "ABC-1", "CD65-2", ""))?;
        equipment::insert(tx, &marked("eq-3", "", "abc-1", "W65-01"))
    });
    let with = |mark, value: &str| -> Vec<String> {
        let rows = folder.read(|conn| equipment::with_mark(conn, mark, value));
        rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(
        with(Mark::Serial, "abc-1"),
        ["eq-1", "eq-2"],
        "two machines bear one serial, whatever its case"
    );
    assert_eq!(
        with(Mark::Inventory, "ABC-1"),
        ["eq-3"],
        "an inventory number is not a serial"
    );
    assert_eq!(
        with(Mark::Host, "w65-01"),
        ["eq-1", "eq-3"],
        "nor is a host name"
    );
    assert_eq!(
        with(Mark::Serial, ""),
        Vec::<String>::new(),
        "an empty mark is nobody's"
    );
}

#[test]
fn a_departed_person_is_listed_apart() {
    let folder = Folder::new();
    let mut someone = Contact {
        id: "c1".to_owned(),
        first_name: "Élodie".to_owned(),
        last_name: "Lacrampe".to_owned(),
        phone: "05 62 00 00 01".to_owned(),
        ..Contact::default()
    };
    folder.write(|tx| contact::insert(tx, &someone));
    let found = |text: &str, departed| {
        folder
            .read(|conn| contact::list(conn, text, departed))
            .len()
    };
    assert_eq!(
        (found("elodie", false), found("0562000001", false)),
        (1, 1),
        "by first name without accent, by number without spaces"
    );
    someone.left_on = Some("2026-08-31".to_owned());
    assert!(
        folder.write(|tx| contact::update(tx, &someone, 9)),
        "she left"
    );
    assert_eq!(
        (found("", false), found("", true)),
        (0, 1),
        "no longer called, still known"
    );
    assert_eq!(
        folder
            .read(|conn| journal::list(conn, "contact", "c1"))
            .len(),
        1,
        "the change is in the journal"
    );
}
