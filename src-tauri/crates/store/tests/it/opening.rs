//! Everything that can be wrong with the files: each has its own error, and the data is there afterwards.

use std::{fs, path::Path};

use store::{Error, Key, OpenError, Store, equipment, setting};

use crate::{Folder, printer};

const PAGE: usize = 4096;

/// A folder with something to lose: settings and two thousand pieces of equipment.
pub fn furnished() -> Folder {
    let folder = Folder::new();
    folder.write(|tx| {
        setting::set(tx, "theme", "sombre")?;
        for number in 0..2_000 {
            equipment::insert(
                tx,
                &printer(&format!("eq-{number:04}"), &format!("VNC3R{number:05}")),
            )?;
        }
        Ok(())
    });
    folder
}

pub fn assert_furnished(dir: &Path, key: &Key, why: &str) {
    let store = Store::open(dir, key).unwrap();
    let (theme, total) = store
        .read(|conn| {
            let query = equipment::EquipmentQuery::default();
            Ok::<_, Error>((
                setting::get(conn, "theme")?,
                equipment::page(conn, &query)?.total,
            ))
        })
        .unwrap();
    assert_eq!((theme.as_deref(), total), (Some("sombre"), 2_000), "{why}");
    assert_eq!(
        store.integrity().unwrap(),
        Vec::<String>::new(),
        "the file is sound"
    );
}

fn overwrite(path: &Path, offset: usize, bytes: &[u8]) -> Vec<u8> {
    let sound = fs::read(path).unwrap();
    let mut damaged = sound.clone();
    damaged[offset..offset + bytes.len()].copy_from_slice(bytes);
    fs::write(path, &damaged).unwrap();
    sound
}

#[test]
fn nothing_in_the_file_can_be_read_without_the_key() {
    let (dir, key) = furnished().close();
    let bytes = fs::read(dir.path().join("relais.db")).unwrap();
    assert!(
        !bytes.starts_with(b"SQLite"),
        "even the header is encrypted"
    );
    for secret in [&b"VNC3R00042"[..], b"LaserJet", b"CREATE TABLE"] {
        assert!(
            !bytes.windows(secret.len()).any(|window| window == secret),
            "no plain text inside"
        );
    }
    assert_furnished(dir.path(), &key, "with the key everything is there");
}

#[test]
fn a_wrong_key_is_called_a_wrong_key() {
    let (dir, key) = furnished().close();
    let wrong = Key::from_bytes([8; 32]);
    let before = fs::read(dir.path().join("relais.db")).unwrap();
    assert!(
        matches!(Store::open(dir.path(), &wrong), Err(OpenError::WrongKey)),
        "the key file knows"
    );
    fs::rename(
        dir.path().join("relais.key.json"),
        dir.path().join("elsewhere"),
    )
    .unwrap();
    assert!(
        matches!(Store::open(dir.path(), &wrong), Err(OpenError::WrongKey)),
        "and without a key file the harmless answer is given"
    );
    assert_eq!(
        fs::read(dir.path().join("relais.db")).unwrap(),
        before,
        "not a byte was changed"
    );
    assert_furnished(dir.path(), &key, "the right key still opens");
}

#[test]
fn a_damaged_header_is_called_damage_and_can_be_set_aside() {
    let (dir, key) = furnished().close();
    let database = dir.path().join("relais.db");
    let sound = overwrite(&database, 0, &[0x55; 64]);
    let damaged = fs::read(&database).unwrap();
    assert!(
        matches!(
            Store::open(dir.path(), &key),
            Err(OpenError::Damaged { .. })
        ),
        "the key is right, so the file is wrong"
    );
    assert_eq!(
        fs::read(&database).unwrap(),
        damaged,
        "opening did not make it worse"
    );

    let aside = Store::set_aside(dir.path(), "2026-11-23").unwrap();
    assert_eq!(
        fs::read(&aside).unwrap(),
        damaged,
        "it is renamed, not changed"
    );
    drop(Store::open(dir.path(), &key).expect("a new database can begin"));
    let second = Store::set_aside(dir.path(), "2026-11-23").unwrap();
    assert_ne!(
        aside, second,
        "a second one the same day takes another name"
    );
    assert!(
        Store::set_aside(dir.path(), "2026-11-23").is_err(),
        "nothing is left to set aside"
    );

    fs::write(&database, sound).unwrap();
    assert_furnished(dir.path(), &key, "a repaired copy put back opens");
}

#[test]
fn a_damaged_page_stops_what_needs_it_and_nothing_else() {
    let (dir, key) = furnished().close();
    let database = dir.path().join("relais.db");
    let pages = fs::metadata(&database).unwrap().len() as usize / PAGE;
    // One byte in each page of the second half: somewhere among the equipment and its words.
    let sound = fs::read(&database).unwrap();
    let mut damaged = sound.clone();
    for page in pages / 2..pages {
        damaged[page * PAGE + 100] ^= 0xff;
    }
    fs::write(&database, &damaged).unwrap();

    let store = Store::open(dir.path(), &key).expect("the schema is sound, so the folder opens");
    let theme: Option<String> = store.read(|conn| setting::get(conn, "theme")).unwrap();
    assert_eq!(
        theme.as_deref(),
        Some("sombre"),
        "what is on sound pages is read"
    );
    let query = equipment::EquipmentQuery {
        limit: 5_000,
        ..Default::default()
    };
    let all: Result<_, Error> = store.read(|conn| equipment::page(conn, &query));
    assert!(
        matches!(all, Err(Error::Damaged)),
        "what is on damaged pages is an error, not a short list: {all:?}"
    );
    let lost: Result<usize, Error> =
        store.write(|tx| Ok(tx.execute("UPDATE equipment SET notes = 'x'", [])?));
    assert!(
        matches!(lost, Err(Error::Damaged)),
        "nor can they be changed: {lost:?}"
    );
    store
        .write(|tx| setting::set(tx, "police", "grande"))
        .expect("what is sound can still be written");
    let police = store.read(|conn| setting::get(conn, "police")).unwrap();
    assert_eq!(
        police.as_deref(),
        Some("grande"),
        "and read, on the connections that met the damage"
    );
    assert!(
        store.integrity().unwrap().len() >= pages / 2,
        "every damaged page is named"
    );
    drop(store);
    fs::write(&database, sound).unwrap();
    assert_furnished(dir.path(), &key, "a sound copy put back opens");
}

#[test]
fn a_log_without_its_database_is_not_thrown_away() {
    let folder = furnished();
    // As after a crash: the log is still there. Then the database disappears (a bad copy, an antivirus).
    let copy = tempfile::tempdir().unwrap();
    for name in ["relais.key.json", "relais.db-wal"] {
        fs::copy(folder.dir.path().join(name), copy.path().join(name)).unwrap();
    }
    let log = copy.path().join("relais.db-wal");
    let before = fs::read(&log).unwrap();
    assert!(!before.is_empty(), "the log holds the last writes");
    assert!(
        matches!(
            Store::open(copy.path(), &folder.key),
            Err(OpenError::Missing(_))
        ),
        "not a new database"
    );
    fs::write(copy.path().join("relais.db"), b"").unwrap();
    assert!(
        matches!(
            Store::open(copy.path(), &folder.key),
            Err(OpenError::Damaged { .. })
        ),
        "an emptied database is damage"
    );
    assert_eq!(fs::read(&log).unwrap(), before, "the log is untouched");
    fs::copy(
        folder.dir.path().join("relais.db"),
        copy.path().join("relais.db"),
    )
    .unwrap();
    assert_furnished(
        copy.path(),
        &folder.key,
        "with its database back, the log is read",
    );
}

#[test]
fn what_was_committed_survives_a_crash() {
    let folder = furnished();
    // A copy taken while the store is open is what a power cut leaves: nothing was closed or checkpointed.
    let crashed = tempfile::tempdir().unwrap();
    for name in ["relais.key.json", "relais.db", "relais.db-wal"] {
        fs::copy(folder.dir.path().join(name), crashed.path().join(name)).unwrap();
    }
    assert_furnished(crashed.path(), &folder.key, "the log is replayed");
    // A torn last write: the log ends in the middle of a frame.
    let log = folder.dir.path().join("relais.db-wal");
    let torn = tempfile::tempdir().unwrap();
    fs::copy(
        folder.dir.path().join("relais.key.json"),
        torn.path().join("relais.key.json"),
    )
    .unwrap();
    fs::copy(
        folder.dir.path().join("relais.db"),
        torn.path().join("relais.db"),
    )
    .unwrap();
    folder.write(|tx| setting::set(tx, "theme", "clair"));
    let bytes = fs::read(log).unwrap();
    fs::write(
        torn.path().join("relais.db-wal"),
        &bytes[..bytes.len() - 100],
    )
    .unwrap();
    let store = Store::open(torn.path(), &folder.key).unwrap();
    let theme = store.read(|conn| setting::get(conn, "theme")).unwrap();
    assert!(
        theme.is_some(),
        "a torn frame loses at most its own transaction"
    );
    assert_eq!(
        store.integrity().unwrap(),
        Vec::<String>::new(),
        "and the file is sound"
    );
}

#[test]
fn a_newer_database_is_refused_untouched() {
    let folder = furnished();
    folder.write(|tx| Ok(tx.pragma_update(None, "user_version", store::schema::VERSION + 1)?));
    let (dir, key) = folder.close();
    let before = fs::read(dir.path().join("relais.db")).unwrap();
    match Store::open(dir.path(), &key) {
        Err(OpenError::TooNew { found, known }) => {
            assert_eq!(
                (found, known),
                (store::schema::VERSION + 1, store::schema::VERSION),
                "both versions are said"
            );
        }
        other => panic!("a newer database must be refused, not {:?}", other.err()),
    }
    assert_eq!(
        fs::read(dir.path().join("relais.db")).unwrap(),
        before,
        "not a byte was changed"
    );
}
