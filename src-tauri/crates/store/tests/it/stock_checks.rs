//! A stock check over two days, and what a person keeps to work with: views, columns of a file.

use store::{
    Error,
    batch::{self, Batch},
    equipment,
    mapping::{self, Mapping},
    room::{self, Room},
    saved_view::{self, SavedView},
    stock_check::{self, Sighting, StockCheck},
};

use crate::{Folder, printer};

fn seen(id: &str, room: &str, equipment: Option<&str>, mark: &str, at_ms: i64) -> Sighting {
    Sighting {
        id: id.into(),
        check_id: "k1".into(),
        room_id: room.into(),
        equipment_id: equipment.map(str::to_owned),
        mark: mark.into(),
        at_ms,
    }
}

#[test]
fn a_check_is_interrupted_resumed_and_applied() {
    let folder = Folder::new();
    folder.write(|tx| {
        for code in ["CDI", "B1.12"] {
            room::insert(
                tx,
                &Room {
                    id: code.into(),
                    code: code.into(),
                    ..Room::default()
                },
            )?;
        }
        equipment::insert(tx, &printer("eq-1", "A1"))?;
        let check = StockCheck {
            id: "k1".into(),
            title: "Récolement de rentrée".into(),
            state: "en-cours".into(),
            created_at_ms: 1_000,
            updated_at_ms: 1_000,
            ..StockCheck::default()
        };
        stock_check::insert(tx, &check, &["CDI".into(), "B1.12".into(), "CDI".into()])?;
        stock_check::see(tx, &seen("s1", "CDI", Some("eq-1"), "A1", 2_000))?;
        stock_check::see(tx, &seen("s2", "CDI", None, "zz-9", 2_100))
    });
    let (dir, key) = folder.close();
    let store = store::Store::open(dir.path(), &key).unwrap();
    let folder = Folder { dir, key, store };
    assert_eq!(
        folder.read(|conn| stock_check::rooms(conn, "k1")),
        ["B1.12", "CDI"],
        "the next day the rooms are there, by code, each once"
    );
    folder.write(|tx| {
        stock_check::see(tx, &seen("s3", "B1.12", Some("eq-1"), "a1", 3_000))?;
        stock_check::see(tx, &seen("s4", "CDI", None, "ZZ-9", 3_100))?;
        stock_check::see(tx, &seen("s5", "B1.12", None, "zz-9", 3_200))
    });
    let sightings = folder.read(|conn| stock_check::sightings(conn, "k1"));
    let told: Vec<(&str, &str)> = sightings
        .iter()
        .map(|one| (one.id.as_str(), one.room_id.as_str()))
        .collect();
    assert_eq!(
        told,
        [("s3", "B1.12"), ("s4", "CDI"), ("s5", "B1.12")],
        "a machine stands where it was seen last; an unknown mark is noted once in each room"
    );
    folder.write(|tx| stock_check::unsee(tx, "s5"));
    let check = folder.read(|conn| stock_check::get(conn, "k1")).unwrap();
    assert_eq!(
        check.updated_at_ms, 3_200,
        "the last sighting dates the check"
    );
    folder.write(|tx| {
        let applied = Batch {
            id: "b1".into(),
            kind: "recolement".into(),
            at_ms: 4_000,
            ..Batch::default()
        };
        batch::begin(tx, &applied)?;
        stock_check::set_state(tx, "k1", "applique", Some("b1"), 4_000)
    });
    let listed = folder.read(stock_check::list);
    assert_eq!(
        (
            listed[0].state.as_str(),
            listed[0].batch_id.as_deref(),
            listed[0].applied_at_ms
        ),
        ("applique", Some("b1"), Some(4_000)),
        "applied by a batch that can be undone"
    );
    let wrong = folder
        .store
        .write(|tx| stock_check::set_state(tx, "k1", "oublie", None, 5_000));
    assert!(
        matches!(wrong, Err(Error::Constraint(_))),
        "there is no such state"
    );
    let nobody = folder.store.write(|tx| stock_check::unsee(tx, "s5"));
    assert!(
        matches!(nobody, Err(Error::NotFound { .. })),
        "it was taken back already"
    );
}

#[test]
fn views_have_one_name_and_a_file_is_recognised() {
    let folder = Folder::new();
    let view = |id: &str, name: &str, query: &str| SavedView {
        id: id.into(),
        place: "equipements".into(),
        name: name.into(),
        query: query.into(),
        created_at_ms: 1,
    };
    folder.write(|tx| {
        saved_view::upsert(tx, &view("v1", "Salle info", "{}"))?;
        saved_view::upsert(tx, &view("v2", "En panne", "{}"))?;
        saved_view::upsert(tx, &view("v1", "Salle info", "{\"tri\":\"serie\"}"))
    });
    let names: Vec<(String, String)> = folder
        .read(|conn| saved_view::list(conn, "equipements"))
        .into_iter()
        .map(|view| (view.name, view.query))
        .collect();
    assert_eq!(
        names,
        [
            ("En panne".to_owned(), "{}".to_owned()),
            ("Salle info".to_owned(), "{\"tri\":\"serie\"}".to_owned())
        ],
        "by name, as saved last"
    );
    for (why, wrong) in [
        (
            "a name taken in another case",
            view("v3", "SALLE INFO", "{}"),
        ),
        ("what is not JSON", view("v3", "Autre", "tri")),
        ("no name", view("v3", "", "{}")),
    ] {
        let refused = folder.store.write(|tx| saved_view::upsert(tx, &wrong));
        assert!(
            matches!(refused, Err(Error::Constraint(_))),
            "{why} is refused"
        );
    }
    folder.write(|tx| saved_view::remove(tx, "v2"));
    assert_eq!(
        folder
            .read(|conn| saved_view::list(conn, "equipements"))
            .len(),
        1,
        "one is left"
    );
    let columns = |kind: &str, mapping: &str, used_at_ms| Mapping {
        signature: "n° de série;marque".into(),
        kind: kind.into(),
        mapping: mapping.into(),
        used_at_ms,
    };
    folder.write(|tx| {
        mapping::keep(tx, &columns("equipements", "{\"serial\":0}", 1))?;
        mapping::keep(tx, &columns("contacts", "{}", 1))?;
        mapping::keep(tx, &columns("equipements", "{\"serial\":1}", 2))
    });
    let known = folder.read(|conn| mapping::get(conn, "equipements", "n° de série;marque"));
    assert_eq!(
        known,
        Some(columns("equipements", "{\"serial\":1}", 2)),
        "the last choice for these headings, whatever was chosen for contacts"
    );
    assert_eq!(
        folder.read(|conn| mapping::get(conn, "equipements", "autre")),
        None,
        "a file never seen"
    );
}
