use std::{
    collections::BTreeMap,
    io::{Cursor, Write},
};

use minisign::KeyPair;
use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

fn files() -> BTreeMap<String, String> {
    BTreeMap::from([
        ("manifest.toml".to_owned(), "id = \"lande\"\n".to_owned()),
        ("guide/panne.toml".to_owned(), "# à écrire\n".to_owned()),
    ])
}

/// An author whose key has no password: opening one is slow on purpose.
fn author() -> Signer {
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let file = pair.sk.to_box(None).unwrap().to_string();
    Signer::open(&file, None).unwrap()
}

fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The entries of a bundle, to be tampered with.
fn entries(bytes: &[u8]) -> BTreeMap<String, String> {
    unzipped(bytes).unwrap()
}

fn again(entries: &BTreeMap<String, String>) -> Vec<u8> {
    let entries: Vec<(&str, &str)> = entries
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    archive(&entries)
}

#[test]
fn an_author_packs_a_pack_and_a_reader_opens_the_very_same_files() {
    let bytes = make(&files(), None).unwrap();
    assert_eq!(
        make(&files(), None).unwrap(),
        bytes,
        "the same files always make the same bytes"
    );
    let bundle = open(&bytes, &[]).unwrap();
    assert_eq!(bundle.files, files(), "nothing is added and nothing lost");
    assert_eq!(bundle.signature, Signature::Missing, "nobody signed");
    assert_eq!(
        sums(&files()).lines().nth(1).unwrap(),
        format!("{}  manifest.toml", digest("id = \"lande\"\n")),
        "digests are written as sha256sum does, sorted by name"
    );
}

#[test]
fn a_signature_says_who_made_it_and_only_a_trusted_key_is_believed() {
    let author = author();
    let bytes = make(&files(), Some((&author, "Lande 2026.1\nle 24 novembre"))).unwrap();
    let Signature::Unknown {
        public_key: Some(key),
        comment,
        key_id,
    } = open(&bytes, &[]).unwrap().signature
    else {
        panic!("nobody trusts this key yet");
    };
    assert_eq!(key, author.public_key(), "the key travels with the file");
    assert_eq!(comment, "Lande 2026.1 le 24 novembre", "on one line");
    assert_eq!(key_id.len(), 16, "short enough to be read on the phone");
    let trusted = open(&bytes, std::slice::from_ref(&key)).unwrap().signature;
    assert_eq!(
        trusted,
        Signature::Trusted {
            public_key: key,
            comment
        },
        "once trusted, the same file is recognised"
    );
    let other = self::author().public_key();
    assert!(
        matches!(
            open(&bytes, &[other]).unwrap().signature,
            Signature::Unknown { .. }
        ),
        "another trusted key proves nothing about this one"
    );
    let mut alone = entries(&bytes);
    alone.remove(PUBLIC_KEY);
    assert!(
        matches!(
            open(&again(&alone), &[]).unwrap().signature,
            Signature::Unknown {
                public_key: None,
                ..
            }
        ),
        "minisign signs without joining the key: it is then only named"
    );
    assert!(
        matches!(
            open(&again(&alone), &[author.public_key()])
                .unwrap()
                .signature,
            Signature::Trusted { .. }
        ),
        "and recognised by whoever has it"
    );
}

#[test]
fn whatever_was_changed_on_the_way_is_refused_with_a_sentence() {
    let author = author();
    let bytes = make(&files(), Some((&author, "Lande"))).unwrap();
    let tampered = |change: &dyn Fn(&mut BTreeMap<String, String>)| {
        let mut entries = entries(&bytes);
        change(&mut entries);
        open(&again(&entries), &[author.public_key()]).unwrap_err()
    };
    let name = "guide/panne.toml".to_owned();
    assert_eq!(
        tampered(&|entries| entries
            .insert(name.clone(), "# autre".into())
            .map_or((), drop)),
        BundleError::Altered(name.clone()),
        "one character is enough"
    );
    assert_eq!(
        tampered(&|entries| entries.remove(&name).map_or((), drop)),
        BundleError::Absent(name.clone()),
        "a file taken away"
    );
    assert_eq!(
        tampered(&|entries| entries
            .insert("guide/x.toml".into(), String::new())
            .map_or((), drop)),
        BundleError::Added("guide/x.toml".into()),
        "a file slipped in"
    );
    let rewritten = tampered(&|entries| {
        entries.insert(name.clone(), "# autre".into());
        let pack: BTreeMap<String, String> = entries
            .iter()
            .filter(|(name, _)| !own(name))
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect();
        entries.insert(SUMS.into(), sums(&pack));
    });
    assert_eq!(
        rewritten,
        BundleError::BadSignature,
        "digests made again no longer match what was signed"
    );
    let commented = tampered(&|entries| {
        let text = entries.get(SIGNATURE).unwrap().replace("Lande", "Autre");
        entries.insert(SIGNATURE.into(), text);
    });
    assert_eq!(
        commented,
        BundleError::BadSignature,
        "what the signer wrote beside is signed too"
    );
    let cut = tampered(&|entries| {
        let text = entries.get(SIGNATURE).unwrap();
        let cut: Vec<&str> = text.lines().take(3).chain(["AAAA"]).collect();
        entries.insert(SIGNATURE.into(), cut.join("\n"));
    });
    assert_eq!(
        cut,
        BundleError::BadSignature,
        "a short signature is no signature"
    );
    assert!(
        rewritten.to_string().contains("prévenez son auteur"),
        "the sentence says what to do: {rewritten}"
    );
}

#[test]
fn what_is_no_bundle_or_too_much_is_refused() {
    let refused = |bytes: &[u8]| open(bytes, &[]).unwrap_err();
    assert_eq!(refused(b"bonjour"), BundleError::NotABundle, "a text");
    assert_eq!(
        refused(&archive(&[("manifest.toml", "")])),
        BundleError::NoSums,
        "a folder zipped by hand says nothing of what it held"
    );
    for name in [
        "../manifest.toml",
        "/etc/passwd",
        "a\\b.toml",
        "é.toml",
        ".cache",
    ] {
        assert_eq!(
            refused(&archive(&[(name, "")])),
            BundleError::BadName(name.to_owned()),
            "a name never leads out of the pack"
        );
    }
    assert_eq!(
        refused(&archive(&[("a.toml", ""), (SUMS, "0123  a.toml\n")])),
        BundleError::BadSums(1),
        "the line at fault is told"
    );
    let zeros = "0".repeat(usize::try_from(LARGEST_FILE).unwrap() + 1);
    assert_eq!(
        refused(&archive(&[("bombe.csv", &zeros)])),
        BundleError::TooLarge,
        "what a small file unpacks to is bounded"
    );
    let named = BTreeMap::from([(SUMS.to_owned(), String::new())]);
    assert_eq!(
        make(&named, None).unwrap_err(),
        BundleError::BadName(SUMS.to_owned()),
        "a pack cannot bring its own digests"
    );
}

#[test]
fn a_key_made_here_opens_with_its_password_alone() {
    let keys = new_keys("girafe parapluie").unwrap();
    let signer = Signer::open(&keys.secret_file, Some("girafe parapluie")).unwrap();
    assert_eq!(
        signer.public_key(),
        keys.public_key,
        "the two belong together"
    );
    assert!(
        keys.public_file.contains(&keys.public_key),
        "the file to publish holds the key"
    );
    let refused = |password| Signer::open(&keys.secret_file, password).err().unwrap();
    assert_eq!(
        refused(Some("girafe")),
        BundleError::WrongPassword,
        "another"
    );
    assert_eq!(
        refused(None),
        BundleError::PasswordNeeded,
        "none, and no prompt"
    );
    assert_eq!(
        Signer::open(&keys.public_file, None).err().unwrap(),
        BundleError::BadSecretKey,
        "a public key signs nothing"
    );
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = open(&bytes, &[]);
    }

    /// One byte changed anywhere: the files come out as they were, or nothing does.
    #[test]
    fn one_byte_changed_never_gives_other_files(place in 0_usize..4000, value in any::<u8>()) {
        let mut bytes = make(&files(), None).unwrap();
        let place = place % bytes.len();
        bytes[place] = value;
        if let Ok(bundle) = open(&bytes, &[]) {
            prop_assert_eq!(bundle.files, files(), "the digests hold the whole");
        }
    }

    #[test]
    fn any_signature_and_any_key_are_answered(signature in "(?s).{0,400}", key in "(?s).{0,120}") {
        let mut entries = entries(&make(&files(), Some((&author(), "Lande"))).unwrap());
        entries.insert(SIGNATURE.to_owned(), signature);
        prop_assert!(open(&again(&entries), std::slice::from_ref(&key)).is_err(), "a text is no signature");
        let mut entries = self::entries(&make(&files(), Some((&author(), "Lande"))).unwrap());
        entries.insert(PUBLIC_KEY.to_owned(), key.clone());
        prop_assert!(open(&again(&entries), &[key]).is_err(), "a text is no key");
    }

    /// The lines that the verification reads, forged: it refuses, and does not stumble on their length.
    #[test]
    fn a_forged_line_is_refused(line in 1_usize..4, forged in "[A-Za-z0-9+/]{0,120}={0,2}") {
        let author = author();
        let mut entries = entries(&make(&files(), Some((&author, "Lande"))).unwrap());
        let mut lines: Vec<String> = entries[SIGNATURE].lines().map(str::to_owned).collect();
        lines[line] = if line == 2 { format!("trusted comment: {forged}") } else { forged };
        entries.insert(SIGNATURE.to_owned(), lines.join("\n"));
        let opened = open(&again(&entries), &[author.public_key()]);
        prop_assert_eq!(opened.unwrap_err(), BundleError::BadSignature);
    }
}
