//! A database made by an earlier version opens in this one, with everything it held.

use rusqlite::{Connection, params};
use store::{
    Key, KeyFile, Store, attachment, batch, contact, counterpart,
    destination::{self, PRINCIPAL},
    document, draft, equipment, event, journal, loan, mapping, outbox, pack, profile, purchase,
    room, saved_view, schema, search, setting, stock_check, ticket,
};

const V1: &str = include_str!("../../src/schema/v1.sql");
const V2: &str = include_str!("../../src/schema/v2.sql");
const V3: &str = include_str!("../../src/schema/v3.sql");

/// What the fourth version moved from the profile to the first destination.
const MOVED: [&str; 4] = [
    "platform_kind",
    "platform_url",
    "platform_login",
    "reference_field",
];

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
    names
        .map(Result::unwrap)
        .filter(|name: &String| !MOVED.contains(&name.as_str()))
        .collect()
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

/// As the third version wrote it: dossiers with and without a number, envois in every state, and one that was deleted
/// after it had ended.
fn written_by_v3(dir: &std::path::Path) {
    let conn = empty(dir);
    for sql in [V1, V2, V3] {
        conn.execute_batch(sql).unwrap();
    }
    conn.execute_batch(
        "INSERT INTO profile (singleton, college, platform_kind, platform_url, platform_login, reference_field)
         VALUES (1, 'Collège Desaix', 'remedy', 'https://assistance.exemple.fr', 'c.martin', 'Champ \"libre\"');
         INSERT INTO ticket (id, reference, number, title, platform_status, state) VALUES
         ('t1', 'REL-7K2M9Q', 'INC000000481223', 'Bourrage', 'Assigned', 'ouvert'),
         ('t2', 'REL-AAAAAA', NULL, 'Wifi', NULL, 'ouvert'),
         ('t3', 'REL-BBBBBB', 'INC000000481224', 'Écran', 'Closed', 'ferme');
         INSERT INTO event (id, ticket_id, at_ms, author, kind, text, remote_id) VALUES
         ('e1', 't1', 5, 'plateforme', 'note', 'Un technicien passe jeudi', 'WLG1'),
         ('e2', 't2', 6, 'moi', 'note', 'Depuis lundi', NULL);
         INSERT INTO outbox (id, ticket_id, operation, identity, reference, payload, state, attempts, maybe_sent,
             uncertain_since_ms, last_attempt_at_ms, next_try_at_ms, proof_number, proof_at_ms, reason_code, reason)
         VALUES
         (3, 't1', 'creation', 'i1', 'REL-7K2M9Q', '{\"n\":1}', 'accepte', 2, 0, NULL, 7, NULL, 'INC000000481223', 8, NULL, NULL),
         (4, 't2', 'creation', 'i2', 'REL-AAAAAA', '{\"n\":2}', 'incertain', 1, 1, 9, 9, 12, NULL, NULL, 'delai', 'muet'),
         (5, 't3', 'creation', 'i3', 'REL-BBBBBB', '{\"n\":3}', 'refuse', 1, 0, NULL, 9, NULL, NULL, NULL, '307', 'Site'),
         (6, 't3', 'creation', 'i4', 'REL-BBBBBB', '{\"n\":4}', 'pret', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
         (7, 't3', 'creation', 'i5', 'REL-BBBBBB', '{\"n\":5}', 'envoi', 1, 0, NULL, 10, NULL, NULL, NULL, NULL, NULL),
         (9, 't3', 'creation', 'i6', 'REL-BBBBBB', '{\"n\":6}', 'retire', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
         DELETE FROM outbox WHERE id = 9;
         PRAGMA user_version = 3;",
    )
    .unwrap();
}

#[test]
fn a_third_version_opens_with_its_platform_its_numbers_and_what_it_had_to_send() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::from_bytes([7; 32]);
    KeyFile::for_key("trousseau", &key)
        .write(dir.path())
        .unwrap();
    written_by_v3(dir.path());
    let before: Vec<(String, Vec<String>, Vec<String>)> = {
        let conn = empty(dir.path());
        let told = tables(&conn).into_iter().map(|table| {
            let columns = columns(&conn, &table);
            let rows = contents(&conn, &table, &columns);
            (table, columns, rows)
        });
        told.collect()
    };
    let store = Store::open(dir.path(), &key).unwrap();
    let read = store.read(|conn| {
        for (table, columns, rows) in &before {
            assert_eq!(
                &contents(conn, table, columns),
                rows,
                "every row of {table} as it was, byte for byte"
            );
        }
        let platforms = destination::all(conn)?;
        let settings: serde_json::Value = serde_json::from_str(&platforms[0].settings).unwrap();
        assert_eq!(
            (
                platforms.len(),
                platforms[0].id.as_str(),
                platforms[0].kind.as_str(),
                settings
            ),
            (
                1,
                PRINCIPAL,
                "remedy",
                serde_json::json!({
                    "url": "https://assistance.exemple.fr", "login": "c.martin", "reference_field": "Champ \"libre\"",
                })
            ),
            "the way to the platform is the first destination's now"
        );
        assert_eq!(
            profile::get(conn)?.unwrap().college,
            "Collège Desaix",
            "the profile is the collège's and the person's"
        );
        let there = counterpart::by_number(conn, PRINCIPAL, "INC000000481223")?.unwrap();
        assert_eq!(
            (
                there.ticket_id.as_str(),
                there.status.as_deref(),
                there.by_hand
            ),
            ("t1", Some("Assigned"), false),
            "a dossier that had a number is known there"
        );
        assert_eq!(
            (
                counterpart::of_ticket(conn, "t2")?,
                counterpart::of_ticket(conn, "t3")?.len()
            ),
            (vec![], 1),
            "one that had none is not"
        );
        let items = outbox::list(conn, &outbox::OutboxFilter::All)?;
        assert!(
            items.len() == 5
                && items
                    .iter()
                    .all(|item| item.destination_id == PRINCIPAL && item.event_id.is_none()),
            "every envoi is the first destination's: {items:?}"
        );
        assert_eq!(
            event::list(conn, "t1")?[0].destination_id,
            None,
            "a line of the timeline is never touched"
        );
        assert_eq!(
            ticket::get(conn, "t1")?.unwrap().origin,
            "relais",
            "a dossier of before began here"
        );
        for typed in ["INC000000481223", "jeudi", "lundi"] {
            assert!(
                !search::search(conn, typed, 5)?.is_empty(),
                "« {typed} » is found"
            );
        }
        Ok::<_, store::Error>(())
    });
    read.unwrap();
    let next = store.write(|tx| {
        let note = outbox::OutboxItem {
            ticket_id: "t1".into(),
            destination_id: PRINCIPAL.into(),
            operation: "note".into(),
            identity: "i7".into(),
            payload: "{}".into(),
            event_id: Some("e1".into()),
            ..Default::default()
        };
        outbox::insert(tx, &note)
    });
    assert_eq!(
        next.unwrap(),
        10,
        "an id that was given, even to a row that is gone, is not given again"
    );
    for (sql, why) in [
        ("DELETE FROM outbox WHERE id = 4", "an unsent item stays"),
        (
            "UPDATE outbox SET payload = '{}' WHERE id = 4",
            "a payload is frozen",
        ),
    ] {
        let refused: Result<usize, store::Error> = store.write(|tx| Ok(tx.execute(sql, [])?));
        assert!(
            matches!(refused, Err(store::Error::Constraint(_))),
            "the guards came along: {why}: {refused:?}"
        );
    }
    assert_eq!(
        store.integrity().unwrap(),
        Vec::<String>::new(),
        "the file is sound"
    );
}

#[test]
fn a_third_version_without_profile_has_a_destination_by_hand() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::from_bytes([7; 32]);
    KeyFile::for_key("trousseau", &key)
        .write(dir.path())
        .unwrap();
    {
        let conn = empty(dir.path());
        for sql in [V1, V2, V3, "PRAGMA user_version = 3"] {
            conn.execute_batch(sql).unwrap();
        }
    }
    let store = Store::open(dir.path(), &key).unwrap();
    let made = store.read(destination::all).unwrap();
    assert_eq!(
        (made.len(), made[0].id.as_str(), made[0].kind.as_str()),
        (1, PRINCIPAL, "manuel"),
        "an interrupted first start is finished over it"
    );
}
