//! Purchases on own funds, step by step, with their papers and what came of them.

use store::{
    Error,
    document::{self, Document},
    equipment::{self, Equipment},
    journal,
    purchase::{self, Purchase, PurchaseStep},
    ticket,
};

use crate::{Folder, printer, ticket};

fn projector() -> Purchase {
    Purchase {
        id: "p1".into(),
        title: "Vidéoprojecteur du CDI".into(),
        quantity: 1,
        amount_cents: Some(64_900),
        state: "projet".into(),
        created_at_ms: 1_000,
        updated_at_ms: 1_000,
        ..Purchase::default()
    }
}

fn step(id: &str, state: &str, day: &str, at_ms: i64) -> PurchaseStep {
    PurchaseStep {
        id: id.into(),
        purchase_id: "p1".into(),
        state: state.into(),
        on_date: day.into(),
        created_at_ms: at_ms,
        ..PurchaseStep::default()
    }
}

fn stands(folder: &Folder) -> (String, i64) {
    let purchase = folder.read(|conn| purchase::get(conn, "p1")).unwrap();
    (purchase.state, purchase.updated_at_ms)
}

#[test]
fn a_purchase_goes_from_a_project_to_a_maintained_machine() {
    let folder = Folder::new();
    folder.write(|tx| {
        purchase::insert(tx, &projector())?;
        ticket::insert(tx, &ticket("t1", "Demande de validation", 2_000))?;
        let quote = Document {
            id: "d1".into(),
            purchase_id: Some("p1".into()),
            kind: "devis".into(),
            name: "devis.pdf".into(),
            ..Document::default()
        };
        document::add(tx, &quote, b"six cent quarante-neuf euros")?;
        let asked = PurchaseStep {
            ticket_id: Some("t1".into()),
            document_id: Some("d1".into()),
            ..step("s1", "validation-demandee", "2026-09-14", 2_000)
        };
        purchase::add_step(tx, &asked)?;
        purchase::add_step(tx, &step("s2", "validee", "2026-09-30", 3_000))
    });
    assert_eq!(
        stands(&folder),
        ("validee".into(), 3_000),
        "it stands where its last step put it"
    );
    folder.write(|tx| purchase::add_step(tx, &step("s3", "refusee", "2026-10-01", 4_000)));
    assert!(
        folder.read(|conn| purchase::list(conn, true)).is_empty(),
        "a refused purchase is no longer open"
    );
    let slip = folder.write(|tx| purchase::remove_last_step(tx, "p1", 5_000));
    assert_eq!(
        (slip.unwrap().id, stands(&folder)),
        ("s3".into(), ("validee".into(), 5_000)),
        "a slip is mended: it stands where it stood"
    );
    let renamed = Purchase {
        title: "Vidéoprojecteur du CDI (support compris)".into(),
        state: "maintenue".into(),
        ..projector()
    };
    assert!(
        folder.write(|tx| purchase::update(tx, &renamed, 6_000)),
        "its title changes"
    );
    assert_eq!(
        stands(&folder),
        ("validee".into(), 6_000),
        "its state does not: a step says that"
    );
    assert_eq!(
        folder
            .read(|conn| journal::list(conn, "purchase", "p1"))
            .len(),
        1,
        "the change is in the journal"
    );
    folder.write(|tx| {
        equipment::insert(
            tx,
            &Equipment {
                purchase_id: Some("p1".into()),
                ..printer("eq-1", "EPS-1")
            },
        )
    });
    assert_eq!(
        folder.read(|conn| purchase::equipment_of(conn, "p1"))[0].serial,
        "EPS-1",
        "what came of it"
    );
    let unknown = folder
        .store
        .write(|tx| purchase::add_step(tx, &step("s4", "livree", "2026-10-02", 7_000)));
    assert!(
        matches!(unknown, Err(Error::Constraint(_))),
        "there is no such state"
    );
    folder.write(|tx| document::remove(tx, "d1"));
    let steps = folder.read(|conn| purchase::steps(conn, "p1"));
    assert_eq!(
        (steps.len(), steps[0].document_id.clone()),
        (2, None),
        "a paper taken away leaves its step"
    );
}

#[test]
fn a_first_step_taken_back_leaves_a_project() {
    let folder = Folder::new();
    folder.write(|tx| {
        purchase::insert(tx, &projector())?;
        purchase::add_step(tx, &step("s1", "abandonnee", "2026-09-14", 2_000))
    });
    folder.write(|tx| purchase::remove_last_step(tx, "p1", 3_000));
    assert_eq!(stands(&folder).0, "projet", "as at the beginning");
    assert_eq!(
        folder.write(|tx| purchase::remove_last_step(tx, "p1", 4_000)),
        None,
        "there is nothing more to take back"
    );
    let orphan = PurchaseStep {
        purchase_id: "p9".into(),
        ..step("s2", "validee", "2026-09-14", 5_000)
    };
    let refused = folder.store.write(|tx| purchase::add_step(tx, &orphan));
    assert!(
        matches!(
            refused,
            Err(Error::NotFound {
                table: "purchase",
                ..
            })
        ),
        "a step belongs to a purchase"
    );
}

#[test]
fn a_document_has_one_owner_and_its_hash() {
    let folder = Folder::new();
    folder.write(|tx| {
        purchase::insert(tx, &projector())?;
        equipment::insert(tx, &printer("eq-1", "A1"))
    });
    let photo = Document {
        id: "d1".into(),
        equipment_id: Some("eq-1".into()),
        kind: "photo".into(),
        name: "étiquette.jpg".into(),
        media_type: "image/jpeg".into(),
        ..Document::default()
    };
    let kept = folder.write(|tx| document::add(tx, &photo, b"abc"));
    assert_eq!(
        (kept.size, kept.sha256.as_str()),
        (
            3,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        ),
        "the store measures it"
    );
    assert_eq!(
        folder.read(|conn| document::of_equipment(conn, "eq-1")),
        [kept],
        "it is listed with the machine"
    );
    assert_eq!(
        folder.read(|conn| document::content(conn, "d1")).unwrap(),
        b"abc",
        "and opened whole"
    );
    for (why, owners) in [
        ("nobody's", (None, None)),
        ("two owners'", (Some("eq-1"), Some("p1"))),
    ] {
        let wrong = Document {
            id: "d2".into(),
            equipment_id: owners.0.map(str::to_owned),
            purchase_id: owners.1.map(str::to_owned),
            ..Document::default()
        };
        let refused = folder.store.write(|tx| document::add(tx, &wrong, b""));
        assert!(
            matches!(refused, Err(Error::Constraint(_))),
            "{why} document is refused"
        );
    }
    folder.write(|tx| document::remove(tx, "d1"));
    assert_eq!(
        folder.read(|conn| document::get(conn, "d1")),
        None,
        "gone for good"
    );
}
