//! Loans: out, due, back; and never in two pairs of hands.

use store::{
    Error,
    contact::{self, Contact},
    document::{self, Document},
    equipment::{self, Removal},
    journal,
    loan::{self, Loan, LoanQuery},
};

use crate::{Folder, printer};

fn loan(id: &str, equipment: &str, borrower: &str, from: &str, due: Option<&str>) -> Loan {
    Loan {
        id: id.to_owned(),
        equipment_id: equipment.to_owned(),
        borrower: borrower.to_owned(),
        from_on: from.to_owned(),
        due_on: due.map(str::to_owned),
        state_before: "en-service".to_owned(),
        created_at_ms: 1_000,
        updated_at_ms: 1_000,
        ..Loan::default()
    }
}

fn furnished() -> Folder {
    let folder = Folder::new();
    folder.write(|tx| {
        contact::insert(
            tx,
            &Contact {
                id: "c1".into(),
                last_name: "Abadie".into(),
                ..Contact::default()
            },
        )?;
        for (id, serial) in [("eq-1", "PORT-1"), ("eq-2", "PORT-2"), ("eq-3", "PORT-3")] {
            equipment::insert(tx, &printer(id, serial))?;
        }
        let first = Loan {
            contact_id: Some("c1".into()),
            accessories: "chargeur, sacoche".into(),
            ..loan(
                "l1",
                "eq-1",
                "Élise Abadie",
                "2026-09-02",
                Some("2026-10-01"),
            )
        };
        loan::insert(tx, &first)?;
        loan::insert(
            tx,
            &loan(
                "l2",
                "eq-2",
                "Marc Duffau",
                "2026-09-05",
                Some("2026-12-18"),
            ),
        )?;
        loan::insert(tx, &loan("l3", "eq-3", "Vie scolaire", "2026-09-09", None))
    });
    folder
}

fn ids(folder: &Folder, query: &LoanQuery) -> Vec<String> {
    let page = folder.read(|conn| loan::list(conn, query));
    assert_eq!(
        page.total,
        page.rows.len() as u64,
        "the window shows them all here"
    );
    page.rows.into_iter().map(|loan| loan.id).collect()
}

#[test]
fn a_laptop_is_lent_once_at_a_time_and_comes_back() {
    let folder = furnished();
    let twice = folder
        .store
        .write(|tx| loan::insert(tx, &loan("l4", "eq-1", "Quelqu’un", "2026-09-10", None)));
    assert!(
        matches!(twice, Err(Error::Constraint(_))),
        "it is in other hands: {twice:?}"
    );
    let mut out = folder
        .read(|conn| loan::open_of(conn, "eq-1"))
        .expect("it is out");
    out.returned_on = Some("2026-10-03".into());
    out.state_in = "coque fendue".into();
    assert!(
        folder.write(|tx| loan::update(tx, &out, 2_000)),
        "it came back"
    );
    assert!(
        !folder.write(|tx| loan::update(tx, &out, 3_000)),
        "saying it twice changes nothing"
    );
    assert_eq!(
        folder.read(|conn| loan::open_of(conn, "eq-1")),
        None,
        "nobody has it"
    );
    folder.write(|tx| loan::insert(tx, &loan("l4", "eq-1", "Quelqu’un", "2026-10-10", None)));
    let of_machine = LoanQuery {
        equipment_id: Some("eq-1".into()),
        limit: 9,
        ..LoanQuery::default()
    };
    assert_eq!(
        ids(&folder, &of_machine),
        ["l4", "l1"],
        "its history, the last first"
    );
    assert_eq!(
        folder.read(|conn| journal::list(conn, "loan", "l1")).len(),
        1,
        "the return is in the journal"
    );
}

#[test]
fn what_is_overdue_is_told_the_longest_first() {
    let folder = furnished();
    let overdue = |today: &str| -> Vec<String> {
        let rows = folder.read(|conn| loan::overdue(conn, today));
        rows.into_iter().map(|loan| loan.id).collect()
    };
    assert_eq!(
        overdue("2026-10-01"),
        Vec::<String>::new(),
        "the day it is due is in time"
    );
    assert_eq!(overdue("2026-10-02"), ["l1"], "the day after is late");
    assert_eq!(
        overdue("2027-01-04"),
        ["l1", "l2"],
        "a loan without an end is never late"
    );
    let late = LoanQuery {
        overdue_on: Some("2026-10-02".into()),
        limit: 9,
        ..LoanQuery::default()
    };
    assert_eq!(ids(&folder, &late), ["l1"], "the list filters alike");
}

#[test]
fn a_loan_is_found_by_who_what_and_which() {
    let folder = furnished();
    let typed = |text: &str| {
        ids(
            &folder,
            &LoanQuery {
                text: text.into(),
                open_only: true,
                limit: 9,
                ..LoanQuery::default()
            },
        )
    };
    assert_eq!(typed("elise ab"), ["l1"], "by name, without accents");
    assert_eq!(typed("sacoche"), ["l1"], "by what went with it");
    assert_eq!(typed("port-2"), ["l2"], "by the machine");
    assert_eq!(typed(""), ["l3", "l2", "l1"], "the last to leave first");
    assert_eq!(typed("zzz"), Vec::<String>::new(), "nobody");
    let page = folder.read(|conn| {
        loan::list(
            conn,
            &LoanQuery {
                offset: 1,
                limit: 1,
                ..LoanQuery::default()
            },
        )
    });
    assert_eq!(
        (page.total, page.rows[0].id.as_str()),
        (3, "l2"),
        "one window of three"
    );
}

#[test]
fn the_name_outlives_the_person_and_the_loan_the_machine() {
    let folder = furnished();
    folder.write(|tx| contact::delete(tx, "c1", 9));
    let read = folder.read(|conn| loan::get(conn, "l1")).unwrap();
    assert_eq!(
        (read.borrower.as_str(), read.contact_id),
        ("Élise Abadie", None),
        "the name stays"
    );
    let gone = folder.read(|conn| journal::list(conn, "contact", "c1"));
    assert_eq!(gone[0].act, "suppression", "the person is in the journal");
    let form = Document {
        id: "d1".into(),
        loan_id: Some("l1".into()),
        kind: "formulaire-signe".into(),
        ..Document::default()
    };
    folder.write(|tx| document::add(tx, &form, b"%PDF"));
    assert_eq!(
        folder.read(|conn| document::of_loan(conn, "l1"))[0].size,
        4,
        "the signed form is kept with it"
    );
    assert_eq!(
        folder.write(|tx| equipment::delete(tx, "eq-1", 9)),
        Removal::WrittenOff,
        "a machine that was lent is written off, not deleted"
    );
}
