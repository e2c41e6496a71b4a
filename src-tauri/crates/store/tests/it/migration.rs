//! A database made by the first version opens in this one, with everything it held.

use rusqlite::{Connection, params};
use store::{
    Key, KeyFile, Store, contact, equipment, event, journal, outbox, room, schema, search, setting,
    ticket,
};

const V1: &str = include_str!("../../src/schema/v1.sql");

/// As the first version wrote it, with a dossier not sent yet.
fn written_by_v1(dir: &std::path::Path) {
    let conn = Connection::open(dir.join("relais.db")).unwrap();
    conn.pragma_update(None, "key", format!("x'{}'", "07".repeat(32)))
        .unwrap();
    conn.execute_batch(V1).unwrap();
    conn.execute_batch(
        "INSERT INTO room (seq, id, code, name) VALUES (4, 'r1', 'B1.12', 'Réserve');
         INSERT INTO equipment (seq, id, kind, brand, serial, room_id, price_cents, notes)
         VALUES (9, 'eq-1', 'Imprimante', 'HP', 'VNC3R-04512', 'r1', 39900, 'À côté de l’entrée');
         INSERT INTO contact (id, last_name, call_for) VALUES ('c1', 'Fontan', 'le réseau');
         INSERT INTO ticket (id, reference, title, equipment_id) VALUES ('t1', 'REL-7K2M9Q', 'Bourrage', 'eq-1');
         INSERT INTO event (id, ticket_id, kind, text) VALUES ('e1', 't1', 'note', 'Depuis lundi');
         INSERT INTO setting (key, value) VALUES ('theme', 'sombre');
         INSERT INTO journal (at_ms, table_name, row_id, act, old)
         VALUES (5, 'equipment', 'eq-1', 'modification', '{\"serial\":\"\"}');
         PRAGMA user_version = 1;",
    )
    .unwrap();
    conn.execute(
        "INSERT INTO outbox (ticket_id, operation, identity, reference, payload, attempts, maybe_sent) \
         VALUES ('t1', 'creation', 'i1', 'REL-7K2M9Q', ?, 2, 1)",
        params!["{\"title\":\"bourrage\"}"],
    )
    .unwrap();
}

#[test]
fn a_first_version_opens_with_everything_it_held() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::from_bytes([7; 32]);
    KeyFile::for_key("trousseau", &key)
        .write(dir.path())
        .unwrap();
    written_by_v1(dir.path());
    let store = Store::open(dir.path(), &key).unwrap();
    let read = store.read(|conn| {
        let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        assert_eq!(version, schema::VERSION, "it is of this version now");
        let machine = equipment::get(conn, "eq-1")?.unwrap();
        assert_eq!(
            (
                machine.serial.as_str(),
                machine.price_cents,
                machine.purchase_id
            ),
            ("VNC3R-04512", Some(39_900), None),
            "the machine as it was, and no purchase"
        );
        assert_eq!(
            room::get(conn, "r1")?.unwrap().name,
            "Réserve",
            "the room too"
        );
        assert_eq!(
            contact::get(conn, "c1")?.unwrap().last_name,
            "Fontan",
            "and the person"
        );
        assert_eq!(
            setting::get(conn, "theme")?.as_deref(),
            Some("sombre"),
            "and the setting"
        );
        assert_eq!(
            ticket::get(conn, "t1")?.unwrap().reference.as_deref(),
            Some("REL-7K2M9Q"),
            "and the dossier"
        );
        assert_eq!(
            event::list(conn, "t1")?[0].text,
            "Depuis lundi",
            "and what was said in it"
        );
        let history = journal::list(conn, "equipment", "eq-1")?;
        assert_eq!(
            (history[0].act.as_str(), history[0].batch_id.clone()),
            ("modification", None),
            "an old change is part of no batch"
        );
        let unsent = outbox::list(conn, &outbox::OutboxFilter::Live)?;
        assert_eq!(
            (
                unsent[0].state.as_str(),
                unsent[0].payload.as_str(),
                unsent[0].attempts,
                unsent[0].maybe_sent
            ),
            ("pret", "{\"title\":\"bourrage\"}", 2, true),
            "what was not sent waits as it waited"
        );
        for typed in ["vnc3r-045", "b112", "fontan", "lundi"] {
            assert_eq!(
                search::search(conn, typed, 5)?.len(),
                1,
                "« {typed} » is found by the words of this version"
            );
        }
        Ok::<_, store::Error>(())
    });
    read.unwrap();
    let again = store.write(|tx| {
        let machine = equipment::get(tx, "eq-1")?.unwrap();
        let repaired = equipment::Equipment {
            state: "en-reparation".into(),
            ..machine
        };
        equipment::update(tx, &repaired, 9)
    });
    assert!(again.unwrap(), "and life goes on");
    assert_eq!(
        store.integrity().unwrap(),
        Vec::<String>::new(),
        "the file is sound"
    );
}
