//! Folders that cannot be opened: each says why, with the exit code for it, and nothing in them is touched.

use std::{fs, os::unix::fs::PermissionsExt};

use secrecy::SecretString;
use store::{KeyFile, Store};

use crate::{PHRASE, Person, ended, read, sentence};

const NOWHERE: &str = "http://127.0.0.1:9";

/// Reads and writes alike end here.
const COMMANDS: [&[&str]; 5] = [
    &["ticket", "list"],
    &["search", "imprimante"],
    &["outbox"],
    &["config", "get"],
    &["config", "set", "phone", "05 62 00 00 00"],
];

fn refuses(me: &Person, code: i32, what: &str) {
    let database = me.data().join("relais.db");
    let before = read(&database);
    for command in COMMANDS {
        let said = sentence(code, me.run(command));
        assert!(said.contains(what), "{command:?} says « {what} »: {said}");
    }
    assert_eq!(
        read(&database),
        before,
        "not a byte of the file has changed"
    );
}

fn overwrite(me: &Person, change: impl Fn(&mut [u8])) {
    let database = me.data().join("relais.db");
    let mut bytes = read(&database);
    change(&mut bytes);
    fs::write(&database, bytes).expect("the folder is ours");
}

#[test]
fn a_damaged_file_is_told_and_left_as_it_is() {
    let spoilt_header = Person::with_college(NOWHERE);
    overwrite(&spoilt_header, |bytes| bytes[..64].fill(0));
    refuses(&spoilt_header, 5, "abîmé");

    let spoilt = Person::with_college(NOWHERE);
    overwrite(&spoilt, |bytes| {
        for page in bytes.chunks_mut(4096).skip(1) {
            page[1000..1064].fill(0x5a);
        }
    });
    refuses(&spoilt, 5, "abîmé");

    let cut = Person::with_college(NOWHERE);
    overwrite(&cut, |bytes| bytes[4096..].fill(0));
    refuses(&cut, 5, "abîmé");
}

#[test]
fn one_spoilt_byte_is_found_by_the_doctor() {
    let me = Person::with_college(NOWHERE);
    assert_eq!(me.run(&["doctor"]).code, 0, "sound at first");
    overwrite(&me, |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    });
    let doctor = me.run(&["doctor"]);
    assert_eq!(doctor.code, 5, "damaged data: {}{}", doctor.out, doctor.err);
    assert!(doctor.out.contains("abîmé"), "in words: {}", doctor.out);
}

#[test]
fn a_missing_or_spoilt_key_file_is_no_first_start() {
    let me = Person::with_college(NOWHERE);
    let key_file = me.data().join("relais.key.json");
    let kept = read(&key_file);
    fs::write(&key_file, "{").expect("the folder is ours");
    refuses(&me, 5, "abîmé");
    fs::remove_file(&key_file).expect("the folder is ours");
    refuses(&me, 5, "abîmé");
    fs::write(&key_file, kept).expect("the folder is ours");
    me.says(&["config", "get"]);
}

#[test]
fn data_of_a_newer_relais_are_left_to_it() {
    let me = Person::with_college(NOWHERE);
    let key = KeyFile::read(&me.data())
        .expect("the key file reads")
        .expect("it is there")
        .key_from_passphrase(&SecretString::from(PHRASE))
        .expect("the phrase is right");
    let store = Store::open(&me.data(), &key).expect("the store opens");
    store
        .write(|tx| {
            tx.pragma_update(None, "user_version", 99)
                .map_err(store::Error::from)
        })
        .expect("the version can be raised");
    drop(store);
    refuses(&me, 5, "plus récente");
}

#[test]
fn a_data_folder_that_is_a_file_is_named() {
    let me = Person::new();
    let file = me.file("relais-donnees", "autre chose");
    for command in [
        &["ticket", "list"][..],
        &["config", "set", "college", "Desaix"],
    ] {
        let said = sentence(3, ended(me.bare(&[command, &["--data", &file]].concat())));
        assert!(said.contains("n’est pas un dossier"), "{said}");
    }
    assert_eq!(
        read(file.as_ref()),
        b"autre chose",
        "and the file is untouched"
    );
}

#[test]
fn a_folder_that_cannot_be_written_to_says_so() {
    let me = Person::new();
    let phrase = me.home.path().join("phrase").to_string_lossy().into_owned();
    // Nobody makes folders there, not even root.
    let forbidden = [
        "config",
        "set",
        "college",
        "Desaix",
        "--data",
        "/sys/kernel/relais",
        "--passphrase-file",
        &phrase,
    ];
    let said = sentence(1, ended(me.bare(&forbidden)));
    assert!(said.contains("pas le droit d’écrire"), "{said}");

    let me = Person::with_college(NOWHERE);
    let rights = |mode| {
        fs::set_permissions(me.data(), fs::Permissions::from_mode(mode))
            .expect("the folder is ours");
    };
    rights(0o555);
    if fs::write(me.data().join("essai"), "").is_ok() {
        // Root passes over the rights of a folder; the rest of this story is for people.
        println!("skipped: this account writes to a folder without the right to");
        rights(0o755);
        return;
    }
    let ended = me.run(&["config", "set", "phone", "05"]);
    rights(0o755);
    assert!(
        sentence(1, ended).contains("pas le droit d’écrire"),
        "a read-only folder"
    );
    assert_eq!(
        me.json(&["config", "get", "phone"])["phone"],
        "",
        "nothing was half written"
    );
}
