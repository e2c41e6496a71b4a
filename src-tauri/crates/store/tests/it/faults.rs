//! The crash points themselves: what the fault simulation relies on.

use store::{Error, Store, setting};

use crate::Folder;

#[test]
fn a_crash_keeps_what_was_committed_and_only_that() {
    for (before_commit, kept) in [(true, None), (false, Some("2"))] {
        let folder = Folder::new();
        folder.store.crash_after(2, before_commit);
        folder.write(|tx| setting::set(tx, "a", "1"));
        let second = folder.store.write(|tx| setting::set(tx, "b", "2"));
        assert!(
            matches!(second, Err(Error::Crashed)),
            "the second write dies: {second:?}"
        );
        let later = folder.store.read(|conn| setting::get(conn, "a"));
        assert!(
            matches!(later, Err(Error::Crashed)),
            "a dead program reads nothing"
        );
        let later = folder.store.write(|tx| setting::set(tx, "c", "3"));
        assert!(matches!(later, Err(Error::Crashed)), "and writes nothing");
        let (dir, key) = folder.close();
        let again = Store::open(dir.path(), &key).unwrap();
        let read = |name| again.read(|conn| setting::get(conn, name)).unwrap();
        assert_eq!(read("a").as_deref(), Some("1"), "the first write is there");
        assert_eq!(
            read("b").as_deref(),
            kept,
            "before_commit = {before_commit}"
        );
        assert_eq!(read("c"), None, "nothing came after the crash");
    }
}
