//! Search as typed: any beginning, no accents, codes whole or together, each kind with its share.

use proptest::prelude::*;
use store::{
    contact::{self, Contact},
    equipment, new_id,
    room::{self, Room},
    search::{self, Hit},
    ticket,
};

use crate::{Folder, printer, rng, ticket};

fn found(folder: &Folder, text: &str) -> Vec<Hit> {
    folder.read(|conn| search::search(conn, text, 20))
}

fn ids(folder: &Folder, text: &str) -> Vec<String> {
    found(folder, text).into_iter().map(|hit| hit.id).collect()
}

#[test]
fn the_printer_is_found_however_it_is_named() {
    let folder = Folder::new();
    let mut cdi = printer("eq-1", "VNC3R-04512");
    cdi.inventory_number = "CD65-2021-00431".to_owned();
    cdi.room_id = Some("r1".to_owned());
    cdi.notes = "À côté de l’entrée".to_owned();
    cdi.ip = "10.65.4.12".to_owned();
    folder.write(|tx| {
        room::upsert(
            tx,
            &Room {
                id: "r1".to_owned(),
                code: "B1.12".to_owned(),
                name: "Réserve".to_owned(),
                ..Room::default()
            },
        )?;
        equipment::insert(tx, &cdi)?;
        equipment::insert(tx, &printer("eq-2", "VNC3R-99999"))
    });
    for text in [
        "VNC3R-04512",
        "vnc3r-045",
        "VNC3R04512",
        "04512",
        "CD65-2021-00431",
        "cd65202100431",
        "2021-00431",
        "B1.12",
        "b112",
        "10.65.4.12",
        "reserve",
        "RÉSERVE imprimante",
        "l'entree",
        "impr b1.12",
        "laserjet 04512",
    ] {
        assert_eq!(
            ids(&folder, text),
            ["eq-1"],
            "« {text} » names this printer and no other"
        );
    }
    assert_eq!(
        ids(&folder, "imprimante"),
        ["eq-2", "eq-1"],
        "both, the newest first"
    );
    for text in ["", "  ", "\"", "B11.2", "zzz", "* OR NEAR/2 ("] {
        assert!(ids(&folder, text).is_empty(), "« {text} » names nothing");
    }
    folder.write(|tx| {
        room::upsert(
            tx,
            &Room {
                id: "r1".to_owned(),
                code: "C3.01".to_owned(),
                ..Room::default()
            },
        )
    });
    assert_eq!(
        ids(&folder, "C3.01"),
        ["eq-1"],
        "a room given a new code takes its equipment along"
    );
    assert!(
        ids(&folder, "B1.12").is_empty(),
        "and the old code is forgotten"
    );
    folder.write(|tx| equipment::delete(tx, "eq-1", 5));
    assert!(
        ids(&folder, "04512").is_empty(),
        "what is deleted is not found"
    );
}

#[test]
fn each_kind_has_its_share_and_says_what_it_is() {
    let folder = Folder::new();
    folder.write(|tx| {
        equipment::insert(tx, &printer("eq-1", "A1"))?;
        contact::insert(
            tx,
            &Contact {
                id: "c1".to_owned(),
                last_name: "Fontan".to_owned(),
                call_for: "les pannes d’imprimante".to_owned(),
                ..Contact::default()
            },
        )?;
        for number in 0..100 {
            ticket::insert(
                tx,
                &ticket(&format!("t{number:02}"), "Imprimante en panne", number),
            )?;
        }
        let mut silent = ticket("t-long", "Salle B204", 200);
        silent.description =
            "Depuis lundi la grande imprimante du fond fait un bruit de crécelle".to_owned();
        ticket::insert(tx, &silent)
    });
    let hits = found(&folder, "imprimante");
    assert_eq!(hits.len(), 20, "as many as asked");
    let kinds: Vec<&str> = hits.iter().map(|hit| hit.kind.as_str()).collect();
    assert_eq!(
        kinds[..3],
        ["equipement", "contact", "dossier"],
        "a hundred dossiers hide nobody"
    );
    assert_eq!(
        (hits[0].title.as_str(), hits[0].subtitle.as_str()),
        ("Imprimante HP LaserJet M454", "A1"),
        "enough to recognise it"
    );
    assert_eq!(
        hits[1].snippet, "les pannes d’imprimante",
        "why this person"
    );
    assert_eq!(hits[2].id, "t-long", "the newest dossier first");
    assert_eq!(
        hits[2].snippet, "Depuis lundi la grande imprimante du fond fait un bruit de crécelle",
        "the passage"
    );
    assert_eq!(hits[3].id, "t99", "then the one before");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_serial_is_found_by_any_beginning(
        serials in prop::collection::vec("[A-Z0-9]{2,6}([-./_:][A-Z0-9]{1,5}){0,3}", 1..12),
    ) {
        let folder = Folder::new();
        let mut rng = rng();
        let ids: Vec<String> = serials.iter().map(|_| new_id(1_000, &mut rng)).collect();
        folder.write(|tx| {
            serials.iter().zip(&ids).try_for_each(|(serial, id)| equipment::insert(tx, &printer(id, serial)))
        });
        for (serial, id) in serials.iter().zip(&ids) {
            for end in 2..=serial.len() {
                for typed in [serial[..end].to_owned(), serial[..end].to_lowercase()] {
                    let hits = found(&folder, &typed);
                    prop_assert!(hits.iter().any(|hit| hit.id == *id), "{typed} does not find {serial}");
                }
            }
            let together: String = serial.chars().filter(char::is_ascii_alphanumeric).collect();
            let hits = found(&folder, &together);
            prop_assert!(hits.iter().any(|hit| hit.id == *id), "{together} does not find {serial}");
        }
    }
}
