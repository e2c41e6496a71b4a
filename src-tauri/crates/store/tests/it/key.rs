//! Keys and the file that says where they come from.

use secrecy::{ExposeSecret, SecretString};
use store::{Key, KeyFile, OpenError, Store};

use crate::rng;

#[test]
fn the_keyring_gives_back_the_key_it_was_given() {
    let key = Key::random(&mut rng());
    let kept = key.to_hex();
    assert_eq!(kept.expose_secret().len(), 64, "32 bytes in hexadecimal");
    let back = Key::from_hex(&kept).expect("what was kept is a key");
    assert!(
        KeyFile::for_key("trousseau", &key).accepts(&back),
        "it is the same key"
    );
    let printed = format!("{key:?}");
    assert!(
        !printed.contains(&kept.expose_secret()[..8]),
        "a printed key shows nothing of itself"
    );
    for wrong in ["", "abc", &"g".repeat(64), &"0".repeat(66)] {
        assert!(
            Key::from_hex(&SecretString::from(wrong.to_owned())).is_none(),
            "{wrong:?} is no key"
        );
    }
}

#[test]
fn a_passphrase_opens_its_database_and_no_other_does() {
    let dir = tempfile::tempdir().unwrap();
    let right = SecretString::from("trois gommes et un crayon".to_owned());
    let wrong = SecretString::from("trois gommes et deux crayons".to_owned());
    let (file, key) = KeyFile::for_passphrase(&right, &mut rng()).unwrap();
    file.write(dir.path()).unwrap();
    drop(Store::open(dir.path(), &key).unwrap());

    let read = KeyFile::read(dir.path())
        .unwrap()
        .expect("the file was written");
    assert_eq!(read, file, "it reads as it was written");
    assert!(
        matches!(read.key_from_passphrase(&wrong), Err(OpenError::WrongKey)),
        "another passphrase is refused before the database is touched"
    );
    let again = read.key_from_passphrase(&right).unwrap();
    Store::open(dir.path(), &again).expect("the passphrase opens its database");
    let text = std::fs::read_to_string(dir.path().join("relais.key.json")).unwrap();
    assert!(
        !text.contains(key.to_hex().expose_secret()),
        "the key itself is nowhere in the file"
    );
}

#[test]
fn the_key_file_is_never_lost_to_another_key() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::from_bytes([1; 32]);
    let other = KeyFile::for_key("trousseau", &Key::from_bytes([2; 32]));
    assert!(
        KeyFile::read(dir.path()).unwrap().is_none(),
        "a new folder has no key file"
    );
    other
        .write(dir.path())
        .expect("nothing is there to lose yet");
    KeyFile::for_key("trousseau", &key)
        .write(dir.path())
        .expect("still no database");
    let aside = std::fs::read_to_string(dir.path().join("relais.key-1.json")).unwrap();
    assert_eq!(
        serde_json::from_str::<KeyFile>(&aside).unwrap(),
        other,
        "the former file is renamed: a copy of its database may come back"
    );
    drop(Store::open(dir.path(), &key).unwrap());
    assert!(
        matches!(other.write(dir.path()), Err(OpenError::WrongKey)),
        "beside a database only its own key file may be written"
    );
    assert!(
        KeyFile::read(dir.path()).unwrap().unwrap().accepts(&key),
        "and it is still there"
    );
}

#[test]
fn a_broken_or_newer_key_file_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let write = |text: &[u8]| std::fs::write(dir.path().join("relais.key.json"), text).unwrap();
    for broken in [&b"{\"version\":1"[..], b"", b"\xff\xfe", b"{\"version\":1}"] {
        write(broken);
        let error = KeyFile::read(dir.path()).unwrap_err();
        assert!(
            matches!(error, OpenError::Damaged { .. }),
            "{broken:?} is damage: {error}"
        );
    }
    write(b"{\"version\":9,\"shape\":\"unknown\"}");
    assert!(
        matches!(
            KeyFile::read(dir.path()),
            Err(OpenError::TooNew { found: 9, known: 1 })
        ),
        "a newer file is not called damaged"
    );
    // A tampered cost must not freeze the machine for an hour.
    write(b"{\"version\":1,\"kind\":\"phrase\",\"salt\":\"00112233445566778899aabbccddeeff\",\"argon2\":{\"memory_kib\":4000000000,\"passes\":3,\"lanes\":1},\"check\":\"\"}");
    let file = KeyFile::read(dir.path()).unwrap().unwrap();
    assert!(
        matches!(
            file.key_from_passphrase(&SecretString::from("x".to_owned())),
            Err(OpenError::Damaged { .. })
        ),
        "an unreasonable cost is refused"
    );
}
