//! A handover: one file, one passphrase, everything in it; and what a successor's machine does with what was not sent.

use std::{fs, path::PathBuf};

use secrecy::SecretString;
use store::{
    Error, Key, OpenError, Store,
    attachment::{self, Attachment},
    batch,
    completion::{self, Completion},
    counterpart,
    destination::{self, Destination, PRINCIPAL},
    draft::{self, Draft},
    equipment,
    handover::{self, Handover},
    mail, mission_tick, outbox, pack, search, setting, task, ticket,
};

use crate::{Folder, batches::batch, item, mails::mail, packs::pack, printer, rng, ticket};

fn passphrase(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

/// A folder with a dossier in every state of the outbox, and its handover beside it.
fn handed_over() -> (Folder, PathBuf) {
    let folder = Folder::new();
    folder.write(|tx| {
        for number in 0..300 {
            equipment::insert(
                tx,
                &printer(&format!("eq-{number}"), &format!("VNC3R{number:04}")),
            )?;
        }
        destination::put(
            tx,
            &Destination {
                kind: "remedy".into(),
                ..destination::get(tx, PRINCIPAL)?.unwrap()
            },
        )?;
        destination::set_mark(tx, PRINCIPAL, "1700000000:0", 1_000)?;
        setting::set(tx, "theme", "sombre")?;
        setting::set(tx, "machine.fenetre", "1024")?;
        setting::set(tx, "import.separateur", "point-virgule")?;
        for name in ["pret", "envoi", "refuse", "incertain", "accepte", "retire"] {
            ticket::insert(tx, &ticket(name, "Bourrage", 1_000))?;
            let id = outbox::insert(tx, &item(name, name))?;
            match name {
                "pret" => continue,
                "retire" => drop(outbox::withdrawn(tx, id, 1_500)?),
                _ => drop(outbox::begin_attempt(tx, id, 1_500)?),
            }
            match name {
                "refuse" => drop(outbox::refused(
                    tx,
                    id,
                    "champ",
                    "Il manque la salle",
                    1_600,
                )?),
                "incertain" => drop(outbox::uncertain(tx, id, "delai", "", None, 1_600)?),
                "accepte" => drop(outbox::accepted(
                    tx,
                    id,
                    outbox::Proof::number("INC1"),
                    1_600,
                )?),
                _ => {}
            }
        }
        // The platform does not say it closed; the collège closed it.
        counterpart::set_number(tx, "accepte", PRINCIPAL, "INC1", false, 1_600)?;
        counterpart::set_number(tx, "retire", PRINCIPAL, "INC2", false, 1_600)?;
        ticket::set_state(tx, "retire", "ferme", None, 1_600)?;
        mail::add(
            tx,
            &mail("m1", Some("accepte"), "entrant", 1_700),
            b"Bonjour",
        )?;
        let photo = Attachment {
            id: "a1".into(),
            ticket_id: Some("pret".into()),
            name: "photo.jpg".into(),
            ..Attachment::default()
        };
        attachment::add(tx, &photo, &[7; 9_000])?;
        let files = [("pack.toml".to_owned(), "id = \"essai\"".to_owned())].into();
        let pack = pack::keep(tx, &pack("1.0", 1_000), &files)?;
        let draft = Draft {
            id: "d1".into(),
            pack: Some(pack),
            answers: "{}".into(),
            ..Draft::default()
        };
        draft::upsert(tx, &draft)?;
        let both = ["eq-1", "eq-2"].map(str::to_owned);
        ticket::add_machines(tx, "pret", &both)?;
        let step = ["Appeler l’éditeur".to_owned()];
        task::add(tx, "pret", &step, 1_000, &mut rng())?;
        mission_tick::set(tx, "correspondant/1/1", "2026-2027", Some("2026-11-24"))?;
        batch::begin(tx, &batch("b1", 1_000))?;
        let word = Completion {
            id: "c1".into(),
            pack_id: "essai".into(),
            service: "wifi".into(),
            activity: "mco".into(),
            party: "academie".into(),
            on_date: "2026-11-24".into(),
            page: "12".into(),
            ..Completion::default()
        };
        completion::set(tx, &word, 1_000, "b1")?;
        Ok(())
    });
    let file = folder.dir.path().join("Passation Desaix.relais");
    handover::export(
        &folder.store,
        &file,
        &passphrase("cerise noire"),
        &mut rng(),
    )
    .unwrap();
    (folder, file)
}

/// The names in a folder that begin or end as a file in the making does.
fn leftovers(dir: &std::path::Path) -> Vec<String> {
    fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".tmp"))
        .collect()
}

#[test]
fn a_successor_opens_the_file_with_the_passphrase_alone() {
    let (folder, file) = handed_over();
    let bytes = fs::read(&file).unwrap();
    for secret in [&b"VNC3R0042"[..], b"Bourrage", b"SQLite"] {
        assert!(
            !bytes.windows(secret.len()).any(|window| window == secret),
            "nothing in it is read without the passphrase"
        );
    }
    let workspace = tempfile::tempdir().unwrap();
    let handover = Handover::open(&file, &passphrase("cerise noire"), workspace.path()).unwrap();
    let (machines, found, photo, settings) = handover
        .read(|conn| {
            let query = equipment::EquipmentQuery::default();
            Ok::<_, Error>((
                equipment::page(conn, &query)?.total,
                search::search(conn, "vnc3r0042", 5)?,
                attachment::content(conn, "a1")?,
                setting::all(conn)?,
            ))
        })
        .unwrap();
    assert_eq!(machines, 300, "the register is there");
    assert_eq!(found[0].id, "eq-42", "and is searched");
    assert_eq!(photo.unwrap().len(), 9_000, "files too");
    assert_eq!(
        settings.into_keys().collect::<Vec<_>>(),
        ["import.separateur"],
        "what belongs to the old machine stayed there"
    );
    let written = handover.read(|conn| Ok::<_, Error>(conn.execute("DELETE FROM equipment", [])?));
    assert!(
        matches!(written, Err(Error::ReadOnly)),
        "a handover is only read: {written:?}"
    );
    drop(handover);
    assert_eq!(
        (leftovers(workspace.path()), leftovers(folder.dir.path())),
        (vec![], vec![]),
        "nothing is left behind"
    );
    assert_eq!(
        fs::read(&file).unwrap(),
        bytes,
        "and the file is what it was"
    );
    let again = handover::export(&folder.store, &file, &passphrase("autre"), &mut rng());
    assert!(
        matches!(again, Err(OpenError::Exists(_))),
        "a file is never written over: {again:?}"
    );
    assert_eq!(fs::read(&file).unwrap(), bytes, "not even a byte of it");
}

#[test]
fn an_adopted_store_sends_nothing_before_it_has_looked() {
    let (_folder, file) = handed_over();
    let dir = tempfile::tempdir().unwrap();
    let key = Key::from_bytes([9; 32]);
    handover::adopt(&file, &passphrase("cerise noire"), dir.path(), &key, 9_000).unwrap();
    let store = Store::open(dir.path(), &key).unwrap();
    let items = store
        .read(|conn| outbox::list(conn, &outbox::OutboxFilter::All))
        .unwrap();
    let told: Vec<(&str, &str, bool)> = items
        .iter()
        .map(|item| (item.identity.as_str(), item.state.as_str(), item.maybe_sent))
        .collect();
    assert_eq!(
        told,
        [
            ("pret", "incertain", true),
            ("envoi", "incertain", true),
            ("refuse", "refuse", true),
            ("incertain", "incertain", true),
            ("accepte", "accepte", false),
            ("retire", "retire", false),
        ],
        "the old machine may have sent it meanwhile; what has ended has ended"
    );
    assert_eq!(
        (items[0].last_attempt_at_ms, items[0].uncertain_since_ms),
        (Some(9_000), Some(9_000)),
        "the doubt begins now, and settles"
    );
    assert_eq!(
        (items[3].uncertain_since_ms, items[2].reason.as_deref()),
        (Some(1_600), Some("Il manque la salle")),
        "an older doubt keeps its age, a refusal its reason"
    );
    let due = store
        .read(|conn| outbox::due(conn, PRINCIPAL, 9_000))
        .unwrap();
    assert_eq!(due.len(), 3, "the three in doubt are looked up at once");
    let draft = store.read(|conn| draft::get(conn, "d1")).unwrap().unwrap();
    let exchange = store.read(|conn| {
        Ok::<_, Error>((
            destination::get(conn, PRINCIPAL)?.map(|there| (there.kind, there.pull_mark)),
            counterpart::followed(conn, PRINCIPAL)?,
            mail::raw(conn, "m1")?,
        ))
    });
    assert_eq!(
        exchange.unwrap(),
        (
            Some(("remedy".to_owned(), None)),
            vec!["INC1".to_owned()],
            Some(b"Bonjour".to_vec())
        ),
        "the way to the platform and the mails came along; it is read anew, and open dossiers by their numbers, \
         because there they are the predecessor's"
    );
    let carried = store.read(|conn| {
        Ok::<_, Error>((
            pack::files(conn, draft.pack.as_deref().unwrap_or_default())?.map(|files| files.len()),
            ticket::machines(conn, "pret")?.len(),
            task::of_ticket(conn, "pret")?.len(),
            mission_tick::of_year(conn, "2026-2027")?.len(),
            completion::list(conn, "essai")?.len(),
        ))
    });
    assert_eq!(
        carried.unwrap(),
        (Some(1), 2, 1, 1, 1),
        "the pack of a draft, the machines and steps of a dossier, the year's missions and the matrix came along"
    );
    let undone = store.write(|tx| batch::undo(tx, "b1", 10_000)).unwrap();
    assert_eq!(
        undone.removed, 1,
        "and what the predecessor did is still undone"
    );
    assert_eq!(
        store.integrity().unwrap(),
        Vec::<String>::new(),
        "the file is sound"
    );
    drop(store);
    assert_eq!(
        leftovers(dir.path()),
        Vec::<String>::new(),
        "nothing is left"
    );
    let twice = handover::adopt(&file, &passphrase("cerise noire"), dir.path(), &key, 9_000);
    assert!(
        matches!(twice, Err(OpenError::Exists(_))),
        "a folder that has a database keeps it: {twice:?}"
    );
}

#[test]
fn the_machine_that_handed_over_looks_before_it_sends_too() {
    let (folder, _file) = handed_over();
    let items = folder.read(|conn| outbox::list(conn, &outbox::OutboxFilter::All));
    let told: Vec<(&str, bool)> = items
        .iter()
        .map(|item| (item.state.as_str(), item.maybe_sent))
        .collect();
    assert_eq!(
        told,
        [
            ("pret", true),
            ("envoi", false),
            ("refuse", true),
            ("incertain", true),
            ("accepte", false),
            ("retire", false),
        ],
        "the successor may send what waits here: sent without a look, it would be there twice"
    );
    assert!(
        items[0].last_attempt_at_ms.is_some(),
        "the doubt has an age, or it would never settle and the dossier never leave"
    );
}

#[test]
fn each_thing_that_can_be_wrong_with_the_file_has_its_name() {
    let (folder, file) = handed_over();
    let workspace = tempfile::tempdir().unwrap();
    let open = |bytes: &[u8], phrase: &str| {
        let path = workspace.path().join("reçu.relais");
        fs::write(&path, bytes).unwrap();
        Handover::open(&path, &passphrase(phrase), workspace.path())
            .map(drop)
            .expect_err("it does not open")
    };
    let sound = fs::read(&file).unwrap();
    let wrong = open(&sound, "cerise blanche");
    assert!(
        matches!(wrong, OpenError::WrongKey),
        "a wrong passphrase is called so: {wrong:?}"
    );
    for size in [sound.len() - 4_096, sound.len() - 1, 8_192, 100] {
        let truncated = open(&sound[..size], "cerise noire");
        assert!(
            matches!(truncated, OpenError::Damaged { .. }),
            "cut at {size}: {truncated:?}"
        );
    }
    let mut scratched = sound.clone();
    let middle = sound.len() / 2;
    scratched[middle..middle + 16].fill(0);
    let damaged = open(&scratched, "cerise noire");
    assert!(
        matches!(damaged, OpenError::Damaged { .. }),
        "one bad sector is seen before anything is read: {damaged:?}"
    );
    let database = fs::read(folder.dir.path().join("relais.db")).unwrap();
    for (what, other) in [
        ("nothing", &b""[..]),
        ("a letter", b"Madame, Monsieur, veuillez trouver ci-joint"),
        ("another encrypted database", &database),
    ] {
        let refused = open(other, "cerise noire");
        assert!(
            matches!(refused, OpenError::NotHandover),
            "{what} is no handover: {refused:?}"
        );
    }
    let missing = Handover::open(
        &workspace.path().join("absent"),
        &passphrase("cerise noire"),
        workspace.path(),
    );
    assert!(
        matches!(missing.map(drop), Err(OpenError::Io(_))),
        "no file"
    );
    assert_eq!(
        leftovers(workspace.path()),
        Vec::<String>::new(),
        "a refusal leaves nothing behind"
    );
    let nowhere = tempfile::tempdir().unwrap();
    let refused = handover::adopt(
        &file,
        &passphrase("cerise blanche"),
        nowhere.path(),
        &Key::from_bytes([9; 32]),
        9_000,
    );
    assert!(
        matches!(refused, Err(OpenError::WrongKey)) && !nowhere.path().join("relais.db").exists(),
        "a wrong passphrase makes no database"
    );
}
