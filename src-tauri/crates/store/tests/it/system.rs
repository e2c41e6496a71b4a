//! What the system may refuse: room on the disk, the right to write, a folder. Nothing is lost by it.
//!
//! Two of these tests run themselves again in a child process, under a limit or as another user.

use std::{fs, path::Path};

use store::{Error, Key, OpenError, Store, setting, ticket};

use crate::{
    opening::{assert_furnished, furnished},
    ticket,
};

/// The child ran its one test, and the test held.
fn assert_passed(output: &std::process::Output, why: &str) {
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{why}: {said}"
    );
}

#[test]
fn a_full_disk_refuses_the_write_whole() {
    let folder = furnished();
    let full: Result<(), Error> = folder.store.write(|tx| {
        // SQLite answers exactly as it does when the file system has no room for one more page.
        let pages: i64 = tx.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        tx.pragma_update(None, "max_page_count", pages)?;
        setting::set(tx, "theme", "clair")?;
        for number in 0..2_000 {
            ticket::insert(tx, &ticket(&format!("t-{number}"), "bourrage", number))?;
        }
        Ok(())
    });
    assert!(
        matches!(full, Err(Error::DiskFull)),
        "its own error: {full:?}"
    );
    let (dir, key) = folder.close();
    assert_furnished(
        dir.path(),
        &key,
        "nothing of the write is kept, everything before it is",
    );
}

/// The system itself refuses to write, without privileges: the test runs itself again under a limit on the
/// size of files, which the log reaches in the middle of a commit.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_at_commit_loses_nothing() {
    const ASKED: &str = "RELAIS_TEST_FULL_FOLDER";
    if let Some(dir) = std::env::var_os(ASKED) {
        let store = Store::open(Path::new(&dir), &Key::from_bytes([7; 32])).unwrap();
        let full: Result<(), Error> = store.write(|tx| {
            setting::set(tx, "theme", "clair")?;
            (0..2_000).try_for_each(|number| {
                ticket::insert(tx, &ticket(&format!("t-{number}"), "bourrage", number))
            })
        });
        assert!(
            matches!(full, Err(Error::DiskFull)),
            "its own error: {full:?}"
        );
        let theme = store.read(|conn| setting::get(conn, "theme")).unwrap();
        assert_eq!(
            theme.as_deref(),
            Some("sombre"),
            "the store still answers, with what was committed"
        );
        return;
    }
    let (dir, key) = furnished().close();
    let output = std::process::Command::new("sh")
        // Without the trap the system would end the program instead of failing its write.
        .args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "system::a_disk_that_fills_up_at_commit_loses_nothing",
            "--nocapture",
        ])
        .env(ASKED, dir.path())
        .output()
        .unwrap();
    assert_passed(&output, "under the limit");
    assert_furnished(
        dir.path(),
        &key,
        "once there is room again everything is there",
    );
}

#[test]
fn a_file_where_the_folder_should_be_is_an_error_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("donnees");
    fs::write(&file, b"a letter").unwrap();
    let error = Store::open(&file, &Key::from_bytes([1; 32]))
        .err()
        .expect("a file is no folder");
    assert!(
        matches!(error, OpenError::Io(_)),
        "an input error with the system's words: {error}"
    );
    assert_eq!(
        fs::read(&file).unwrap(),
        b"a letter",
        "the letter is unharmed"
    );
}

/// Permissions mean nothing to root, so the test runs itself again as nobody when root runs it.
#[cfg(unix)]
#[test]
fn a_read_only_folder_is_called_read_only() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    const ASKED: &str = "RELAIS_TEST_READ_ONLY_FOLDER";
    let key = Key::from_bytes([7; 32]);
    if let Some(dir) = std::env::var_os(ASKED) {
        let found = Store::open(Path::new(&dir), &key).err();
        assert!(
            matches!(found, Some(OpenError::ReadOnly)),
            "its own error: {found:?}"
        );
        return;
    }
    let (dir, key) = furnished().close();
    let chmod =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let program = dir.path().join("this-test");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let root = fs::metadata(dir.path()).unwrap().uid() == 0;
    let before = fs::read(dir.path().join("relais.db")).unwrap();
    // The folder alone, then the file alone, then a folder with no database yet.
    let empty = dir.path().join("new");
    fs::create_dir(&empty).unwrap();
    for (folder, folder_mode, file_mode) in [
        (dir.path(), 0o555, 0o666),
        (dir.path(), 0o777, 0o444),
        (&*empty, 0o555, 0o444),
    ] {
        chmod(dir.path(), 0o777);
        for (name, mode) in [
            ("relais.db", file_mode),
            ("relais.db.lock", 0o666),
            ("relais.key.json", 0o444),
        ] {
            chmod(&dir.path().join(name), mode);
        }
        chmod(folder, folder_mode);
        let mut again = std::process::Command::new(&program);
        again
            .args([
                "--exact",
                "system::a_read_only_folder_is_called_read_only",
                "--nocapture",
            ])
            .env(ASKED, folder);
        if root {
            std::os::unix::process::CommandExt::uid(&mut again, 65_534);
        }
        let output = again.output().unwrap();
        assert_passed(
            &output,
            &format!("folder {folder_mode:o}, file {file_mode:o}"),
        );
    }
    chmod(dir.path(), 0o755);
    chmod(&dir.path().join("relais.db"), 0o644);
    assert_eq!(
        fs::read(dir.path().join("relais.db")).unwrap(),
        before,
        "not a byte was changed"
    );
    assert_furnished(dir.path(), &key, "once it may be written, it opens");
}
