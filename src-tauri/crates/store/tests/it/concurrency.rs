//! The command line beside the window: two programs on one folder, and the threads of one program.

use std::sync::{
    Arc, Barrier,
    atomic::{AtomicUsize, Ordering},
};

use store::{Error, Store, setting};

use crate::{Folder, printer};

#[test]
fn two_programs_write_in_turn_and_see_each_other() {
    let window = Folder::new();
    let command_line = Store::open(window.dir.path(), &window.key).unwrap();
    let add = |store: &Store, who: &str| {
        for number in 0..50 {
            store
                .write(|tx| {
                    // A read, then a write that depends on it: lost if the two could cross.
                    let count: i64 =
                        setting::get(tx, "count")?.map_or(0, |text| text.parse().unwrap());
                    setting::set(tx, "count", &(count + 1).to_string())?;
                    store::equipment::insert(tx, &printer(&format!("{who}-{number}"), ""))
                })
                .unwrap_or_else(|error| {
                    panic!("{who} waits for its turn instead of failing: {error}")
                });
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| add(&window.store, "window"));
        scope.spawn(|| add(&command_line, "command-line"));
    });
    let count = window.read(|conn| setting::get(conn, "count"));
    assert_eq!(count.as_deref(), Some("100"), "no increment was lost");
    let seen = command_line
        .read(|conn| store::equipment::page(conn, &Default::default()))
        .unwrap();
    assert_eq!(seen.total, 100, "each sees what the other wrote");
}

#[test]
fn a_first_start_in_two_places_at_once_makes_one_database() {
    for _ in 0..8 {
        let dir = tempfile::tempdir().unwrap();
        let key = store::Key::from_bytes([3; 32]);
        let start = Barrier::new(4);
        std::thread::scope(|scope| {
            let (dir, key, start) = (dir.path(), &key, &start);
            for name in ["a", "b", "c", "d"] {
                scope.spawn(move || {
                    start.wait();
                    let store =
                        Store::open(dir, key).unwrap_or_else(|error| panic!("{name}: {error}"));
                    store.write(|tx| setting::set(tx, name, "ici")).unwrap();
                });
            }
        });
        let store = Store::open(dir.path(), &key).unwrap();
        let all = store.read(setting::all).unwrap();
        assert_eq!(
            all.len(),
            4,
            "everyone wrote into the same database: {all:?}"
        );
    }
}

#[test]
fn a_read_sees_one_state_while_others_write() {
    let folder = Folder::new();
    folder.write(|tx| setting::set(tx, "page", "1"));
    folder.read(|conn| {
        let before = setting::get(conn, "page")?;
        folder.write(|tx| setting::set(tx, "page", "2"));
        assert_eq!(
            setting::get(conn, "page")?,
            before,
            "the read began before the write"
        );
        Ok(())
    });
    let after = folder.read(|conn| setting::get(conn, "page"));
    assert_eq!(after.as_deref(), Some("2"), "the next read sees it");
}

#[test]
fn a_reader_cannot_write() {
    let folder = Folder::new();
    let result: Result<usize, Error> = folder
        .store
        .read(|conn| Ok(conn.execute("DELETE FROM setting", [])?));
    assert!(
        matches!(result, Err(Error::ReadOnly)),
        "query_only refuses: {result:?}"
    );
}

#[test]
fn listeners_hear_of_commits_and_of_nothing_else() {
    let folder = Folder::new();
    let heard = Arc::new(AtomicUsize::new(0));
    let (count, store) = (Arc::clone(&heard), folder.store.clone());
    folder.store.on_change(move || {
        // A listener may use the store: no lock is held while it runs.
        let theme: Result<_, Error> = store.read(|conn| setting::get(conn, "theme"));
        assert_eq!(
            theme.unwrap().as_deref(),
            Some("sombre"),
            "it is called after the commit"
        );
        count.fetch_add(1, Ordering::SeqCst);
    });
    let refused: Result<(), Error> = folder.store.write(|tx| {
        setting::set(tx, "theme", "clair")?;
        Err(Error::Busy)
    });
    assert!(refused.is_err(), "the closure's own error comes back");
    assert_eq!(heard.load(Ordering::SeqCst), 0, "a rollback is no change");
    folder
        .store
        .clone()
        .write(|tx| setting::set(tx, "theme", "sombre"))
        .unwrap();
    assert_eq!(heard.load(Ordering::SeqCst), 1, "a clone's write is heard");
}
