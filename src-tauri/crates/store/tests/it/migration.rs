//! A database made by an earlier version opens in this one, with everything it held.

use rusqlite::{Connection, params};
use store::{
    Key, KeyFile, Store, attachment, batch, contact, document, draft, equipment, event, journal,
    loan, mapping, outbox, pack, purchase, room, saved_view, schema, search, setting, stock_check,
    ticket,
};

const V1: &str = include_str!("../../src/schema/v1.sql");
const V2: &str = include_str!("../../src/schema/v2.sql");

fn empty(dir: &std::path::Path) -> Connection {
    let conn = Connection::open(dir.join("relais.db")).unwrap();
    conn.pragma_update(None, "key", format!("x'{}'", "07".repeat(32)))
        .unwrap();
    conn
}

/// As the first version wrote it, with a dossier not sent yet.
fn written_by_v1(dir: &std::path::Path) {
    let conn = empty(dir);
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

/// As the second version wrote it: a row in every table it had.
fn written_by_v2(dir: &std::path::Path) {
    let conn = empty(dir);
    conn.execute_batch(V1).unwrap();
    conn.execute_batch(V2).unwrap();
    conn.execute_batch(
        "INSERT INTO profile (singleton, college) VALUES (1, 'Collège Desaix');
         INSERT INTO setting (key, value) VALUES ('import.separateur', 'point-virgule');
         INSERT INTO batch (id, kind, label, at_ms) VALUES ('b1', 'import-equipements', 'Import', 5);
         INSERT INTO room (id, code, name) VALUES ('r1', 'B1.12', 'Réserve');
         INSERT INTO purchase (id, title) VALUES ('p1', 'Vidéoprojecteur du CDI');
         INSERT INTO equipment (id, kind, serial, room_id, purchase_id, batch_id)
         VALUES ('eq-1', 'Imprimante', 'VNC3R-04512', 'r1', 'p1', 'b1');
         INSERT INTO journal (at_ms, table_name, row_id, act, old, batch_id)
         VALUES (5, 'room', 'r1', 'import', '{\"name\":\"Ancienne\"}', 'b1');
         INSERT INTO contact (id, last_name, call_for) VALUES ('c1', 'Fontan', 'le réseau');
         INSERT INTO loan (id, equipment_id, contact_id, borrower, from_on)
         VALUES ('l1', 'eq-1', 'c1', 'Mme Fontan', '2026-11-02');
         INSERT INTO ticket (id, reference, title, equipment_id, pack_version, answers)
         VALUES ('t1', 'REL-7K2M9Q', 'Bourrage', 'eq-1', '2026.2', '{\"answers\":{}}');
         INSERT INTO event (id, ticket_id, kind, text) VALUES ('e1', 't1', 'note', 'Depuis lundi');
         INSERT INTO draft (id, pack_version, title, answers, room_id)
         VALUES ('d1', '2026.2', 'Wifi', '{\"answers\":{\"detail\":\"lenteur\"}}', 'r1');
         INSERT INTO attachment (id, draft_id, name, size, content) VALUES ('a1', 'd1', 'photo.jpg', 3, x'616263');
         INSERT INTO document (id, purchase_id, name, content) VALUES ('k1', 'p1', 'devis.pdf', x'25');
         INSERT INTO purchase_step (id, purchase_id, state, on_date, ticket_id, document_id)
         VALUES ('s1', 'p1', 'projet', '2026-11-02', 't1', 'k1');
         INSERT INTO stock_check (id, title) VALUES ('v1', 'Récolement 2026');
         INSERT INTO stock_check_room (check_id, room_id) VALUES ('v1', 'r1');
         INSERT INTO sighting (id, check_id, room_id, equipment_id) VALUES ('g1', 'v1', 'r1', 'eq-1');
         INSERT INTO saved_view (id, place, name) VALUES ('w1', 'equipements', 'En panne');
         INSERT INTO mapping (kind, signature) VALUES ('contacts', 'nom;prenom');
         INSERT INTO outbox (ticket_id, operation, identity, reference, payload, state)
         VALUES ('t1', 'creation', 'i1', 'REL-7K2M9Q', '{\"title\":\"bourrage\"}', 'incertain');
         PRAGMA user_version = 2;",
    )
    .unwrap();
    let empty: Vec<String> = tables(&conn)
        .into_iter()
        .filter(|table| rows(&conn, table) == 0)
        .collect();
    assert_eq!(
        empty,
        Vec::<String>::new(),
        "no table is left out of this test"
    );
}

/// The tables that hold rows of the user's.
fn tables(conn: &Connection) -> Vec<String> {
    let mut query = conn
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
             AND name NOT GLOB 'sqlite_*' ORDER BY name",
        )
        .unwrap();
    let names = query.query_map([], |row| row.get(0)).unwrap();
    names.collect::<Result<_, _>>().unwrap()
}

fn rows(conn: &Connection, table: &str) -> u64 {
    conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
        row.get(0)
    })
    .unwrap()
}

/// Every row as text, of these columns.
fn contents(conn: &Connection, table: &str, columns: &[String]) -> Vec<String> {
    let shown: Vec<String> = columns
        .iter()
        .map(|name| format!("quote({name})"))
        .collect();
    let sql = format!(
        "SELECT concat_ws('|', {}) FROM {table} ORDER BY 1",
        shown.join(", ")
    );
    let mut query = conn.prepare(&sql).unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn columns(conn: &Connection, table: &str) -> Vec<String> {
    let mut query = conn
        .prepare("SELECT name FROM pragma_table_info(?)")
        .unwrap();
    let names = query.query_map([table], |row| row.get(0)).unwrap();
    names.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_second_version_opens_with_every_row_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::from_bytes([7; 32]);
    KeyFile::for_key("trousseau", &key)
        .write(dir.path())
        .unwrap();
    written_by_v2(dir.path());
    let before: Vec<(String, Vec<String>, Vec<String>)> = {
        let conn = empty(dir.path());
        let tables = tables(&conn);
        let told = tables.into_iter().map(|table| {
            let columns = columns(&conn, &table);
            let rows = contents(&conn, &table, &columns);
            (table, columns, rows)
        });
        told.collect()
    };
    let store = Store::open(dir.path(), &key).unwrap();
    let read = store.read(|conn| {
        let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        assert_eq!(version, schema::VERSION, "it is of this version now");
        for (table, columns, rows) in &before {
            assert_eq!(
                &contents(conn, table, columns),
                rows,
                "every row of {table} as it was, byte for byte"
            );
        }
        assert_eq!(
            (
                draft::get(conn, "d1")?.unwrap().pack,
                ticket::get(conn, "t1")?.unwrap().pack
            ),
            (None, None),
            "what is older than packs that are kept names none"
        );
        assert_eq!(
            contact::get(conn, "c1")?.unwrap().contract,
            "",
            "no contract number was known"
        );
        assert_eq!(
            (
                loan::open_of(conn, "eq-1")?.unwrap().borrower.as_str(),
                purchase::steps(conn, "p1")?.len(),
                document::of_purchase(conn, "p1")?.len(),
                stock_check::sightings(conn, "v1")?.len(),
                saved_view::list(conn, "equipements")?.len(),
                mapping::get(conn, "contacts", "nom;prenom")?.is_some(),
                attachment::content(conn, "a1")?.as_deref(),
            ),
            ("Mme Fontan", 1, 1, 1, 1, true, Some(&b"abc"[..])),
            "and read by this version's own words"
        );
        for typed in ["vnc3r-045", "b112", "fontan", "lundi", "lenteur"] {
            assert!(
                !search::search(conn, typed, 5)?.is_empty(),
                "« {typed} » is found"
            );
        }
        Ok::<_, store::Error>(())
    });
    read.unwrap();
    let lived = store.write(|tx| {
        let kept = pack::Pack {
            pack_id: "essai".into(),
            ..Default::default()
        };
        let id = pack::keep(tx, &kept, &[("a".to_owned(), "b".to_owned())].into())?;
        let draft = draft::get(tx, "d1")?.unwrap();
        draft::upsert(
            tx,
            &draft::Draft {
                pack: Some(id),
                ..draft
            },
        )?;
        ticket::add_machines(tx, "t1", &["eq-1".to_owned()])?;
        batch::undo(tx, "b1", 9)
    });
    assert_eq!(
        lived.unwrap().kept.len(),
        1,
        "an old import is still undone, but for the machine that is spoken of"
    );
    assert_eq!(
        store.integrity().unwrap(),
        Vec::<String>::new(),
        "the file is sound"
    );
}
