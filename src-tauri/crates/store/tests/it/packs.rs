//! Packs are kept whole, once, for the drafts and dossiers that began with them; and the keys a person trusts.

use std::collections::BTreeMap;

use store::{
    Error,
    draft::{self, Draft},
    pack::{self, Pack},
    pack_key::{self, PackKey},
    ticket,
};

use crate::{Folder, ticket};

fn files(matrix: &str) -> BTreeMap<String, String> {
    [
        ("pack.toml".to_owned(), "id = \"essai\"".to_owned()),
        ("matrice.csv".to_owned(), matrix.to_owned()),
    ]
    .into()
}

pub fn pack(version: &str, installed_at_ms: i64) -> Pack {
    Pack {
        pack_id: "essai".to_owned(),
        version: version.to_owned(),
        name: "Convention d’essai".to_owned(),
        departement: "Essai".to_owned(),
        installed_at_ms,
        ..Pack::default()
    }
}

#[test]
fn the_same_content_is_the_same_pack() {
    let folder = Folder::new();
    let first = folder.write(|tx| pack::keep(tx, &pack("1.0", 1_000), &files("a;b")));
    let again = folder.write(|tx| {
        let signed = Pack {
            signer: Some("Département".to_owned()),
            ..pack("1.0", 2_000)
        };
        pack::keep(tx, &signed, &files("a;b"))
    });
    let other = folder.write(|tx| pack::keep(tx, &pack("1.0", 3_000), &files("a;c")));
    assert_eq!(first, again, "kept twice, it is there once");
    assert_ne!(first, other, "one letter more and it is another pack");
    assert_eq!(
        first,
        pack::digest(&files("a;b")),
        "the id is known before it is kept"
    );
    assert_eq!(
        folder.read(pack::list),
        [
            Pack {
                id: other,
                ..pack("1.0", 3_000)
            },
            Pack {
                id: first.clone(),
                signer: Some("Département".to_owned()),
                ..pack("1.0", 1_000)
            },
        ],
        "the last to come first; the first kept its day and learnt who signed it"
    );
    folder.write(|tx| pack::keep(tx, &pack("1.0", 4_000), &files("a;b")));
    let kept = folder.read(|conn| pack::get(conn, &first)).unwrap();
    assert_eq!(
        kept.signer.as_deref(),
        Some("Département"),
        "a copy without signature does not take the signature away"
    );
    assert_eq!(
        folder.read(|conn| pack::files(conn, &first)),
        Some(files("a;b")),
        "every file is there, as it came"
    );
    assert_eq!(
        folder.read(|conn| pack::files(conn, "none")),
        None,
        "no pack, no files"
    );
    let changed = folder
        .store
        .write(|tx| Ok::<_, Error>(tx.execute("UPDATE pack SET files = '{}'", [])?));
    assert!(
        matches!(changed, Err(Error::Constraint(_))),
        "a pack that is kept does not change: {changed:?}"
    );
}

#[test]
fn names_and_texts_do_not_run_into_each_other() {
    let one = [("ab".to_owned(), "c".to_owned())].into();
    let other = [("a".to_owned(), "bc".to_owned())].into();
    assert_ne!(
        pack::digest(&one),
        pack::digest(&other),
        "the same letters under another name are another pack"
    );
}

#[test]
fn a_draft_and_its_dossier_keep_the_pack_they_began_with() {
    let folder = Folder::new();
    let id = folder.write(|tx| pack::keep(tx, &pack("1.0", 1_000), &files("a;b")));
    let draft = |name: &str| Draft {
        id: name.to_owned(),
        pack_version: "1.0".to_owned(),
        pack: Some(id.clone()),
        answers: "{}".to_owned(),
        ..Draft::default()
    };
    folder.write(|tx| {
        draft::upsert(tx, &draft("d1"))?;
        draft::upsert(tx, &draft("d2"))?;
        draft::discard(tx, "d2", 2_000)?;
        let mut about = ticket("t1", "Imprimante du CDI", 2_000);
        about.pack = Some(id.clone());
        ticket::insert(tx, &about)
    });
    assert_eq!(
        folder.read(|conn| pack::used_by_drafts(conn, &id)),
        1,
        "one draft goes on with it; the discarded one is not counted"
    );
    assert_eq!(
        folder.read(|conn| draft::get(conn, "d1")),
        Some(draft("d1")),
        "the draft says which"
    );
    assert_eq!(
        folder.read(|conn| ticket::get(conn, "t1")).unwrap().pack,
        Some(id.clone()),
        "so does the dossier"
    );
    let dropped = folder
        .store
        .write(|tx| Ok::<_, Error>(tx.execute("DELETE FROM pack", [])?));
    assert!(
        matches!(dropped, Err(Error::Constraint(_))),
        "nothing takes it from under them: {dropped:?}"
    );
}

#[test]
fn a_key_is_trusted_once_under_its_latest_name() {
    let folder = Folder::new();
    let key = |id: &str, public_key: &str, label: &str, at: i64| PackKey {
        id: id.to_owned(),
        public_key: public_key.to_owned(),
        label: label.to_owned(),
        trusted_at_ms: at,
    };
    folder.write(|tx| {
        pack_key::trust(tx, &key("k1", "RWQ-un", "Département", 1_000))?;
        pack_key::trust(tx, &key("k2", "RWQ-deux", "Académie", 2_000))?;
        pack_key::trust(tx, &key("k3", "RWQ-un", "DSI du Département", 3_000))
    });
    assert_eq!(
        folder.read(pack_key::list),
        [
            key("k1", "RWQ-un", "DSI du Département", 1_000),
            key("k2", "RWQ-deux", "Académie", 2_000)
        ],
        "the same key again is the same trust, better named"
    );
    folder.write(|tx| pack_key::forget(tx, "k1"));
    assert_eq!(
        folder.read(pack_key::list),
        [key("k2", "RWQ-deux", "Académie", 2_000)],
        "trusted no more"
    );
    let twice = folder.store.write(|tx| pack_key::forget(tx, "k1"));
    assert!(
        matches!(twice, Err(Error::NotFound { .. })),
        "a key nobody trusts cannot be forgotten: {twice:?}"
    );
}
