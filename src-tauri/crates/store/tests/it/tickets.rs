//! Dossiers, their timeline, what is joined to them, and the drafts they come from.

use store::{
    Error,
    attachment::{self, Attachment},
    counterpart,
    destination::PRINCIPAL,
    draft::{self, Draft},
    equipment,
    event::{self, TicketEvent},
    search,
    ticket::{self, Counts, TicketQuery},
};

use crate::{Folder, printer, ticket};

fn note(id: &str, ticket_id: &str, text: &str, remote_id: Option<&str>) -> TicketEvent {
    TicketEvent {
        id: id.to_owned(),
        ticket_id: ticket_id.to_owned(),
        at_ms: 2_000,
        author: "plateforme".to_owned(),
        kind: "note".to_owned(),
        text: text.to_owned(),
        remote_id: remote_id.map(str::to_owned),
        ..TicketEvent::default()
    }
}

#[test]
fn a_dossier_gets_its_number_its_answer_and_its_end() {
    let folder = Folder::new();
    folder.write(|tx| ticket::insert(tx, &ticket("t1", "Bourrage au CDI", 1_000)));
    folder
        .write(|tx| counterpart::set_number(tx, "t1", PRINCIPAL, "INC000000481223", false, 2_000));
    let by_number = folder
        .read(|conn| ticket::by_number(conn, "INC000000481223"))
        .unwrap();
    assert_eq!(
        (by_number.id.as_str(), by_number.updated_at_ms),
        ("t1", 2_000),
        "found by its number"
    );
    folder.write(|tx| {
        ticket::set_state(tx, "t1", "resolu", Some("Resolved"), 3_000)?;
        ticket::set_waiting(tx, "t1", true, 3_000)
    });
    assert_eq!(
        folder.read(ticket::counts),
        Counts {
            open: 1,
            waiting: 1
        },
        "resolved still asks for an answer"
    );
    folder.write(|tx| ticket::set_state(tx, "t1", "ferme", Some("Closed"), 4_000));
    let closed = folder.read(|conn| ticket::get(conn, "t1")).unwrap();
    assert_eq!(closed.closed_at_ms, Some(4_000), "the end has a date");
    assert_eq!(
        folder.read(ticket::counts),
        Counts {
            open: 0,
            waiting: 0
        },
        "and it waits for nobody"
    );
    folder.write(|tx| ticket::set_state(tx, "t1", "ouvert", None, 3_500));
    let again = folder.read(|conn| ticket::get(conn, "t1")).unwrap();
    assert_eq!(
        (again.closed_at_ms, again.updated_at_ms),
        (None, 4_000),
        "opened again; a clock set back does not age it"
    );
    for (result, why) in [
        (
            folder
                .store
                .write(|tx| ticket::set_state(tx, "t1", "perdu", None, 1)),
            "an unknown state",
        ),
        (
            folder
                .store
                .write(|tx| ticket::set_state(tx, "t9", "ferme", None, 1)),
            "an unknown dossier",
        ),
    ] {
        assert!(
            matches!(result, Err(Error::Constraint(_) | Error::NotFound { .. })),
            "{why} is refused: {result:?}"
        );
    }
}

#[test]
fn the_timeline_only_grows_and_a_pull_repeats_nothing() {
    let folder = Folder::new();
    folder.write(|tx| {
        ticket::insert(tx, &ticket("t1", "Bourrage", 1_000))?;
        ticket::insert(tx, &ticket("t2", "Autre", 1_000))
    });
    let add = |event: TicketEvent| folder.write(|tx| event::add(tx, &event));
    assert!(
        add(note("e1", "t1", "Le rouleau est commandé", Some("42"))),
        "new"
    );
    assert!(
        !add(note("e2", "t1", "Le rouleau est commandé", Some("42"))),
        "pulled again"
    );
    assert!(
        add(note("e3", "t2", "Vu", Some("42"))),
        "remote ids are per dossier"
    );
    assert!(
        add(note("e4", "t1", "Appelé", None)),
        "local notes have none"
    );
    assert!(
        add(note("e5", "t1", "Appelé encore", None)),
        "and do not exclude each other"
    );
    let texts: Vec<String> = folder
        .read(|conn| event::list(conn, "t1"))
        .into_iter()
        .map(|event| event.text)
        .collect();
    assert_eq!(
        texts,
        ["Le rouleau est commandé", "Appelé", "Appelé encore"],
        "in order"
    );
    let hits = folder.read(|conn| search::search(conn, "rouleau", 5));
    assert_eq!(
        (hits[0].id.as_str(), hits[0].snippet.as_str()),
        ("t1", "Le rouleau est commandé"),
        "what was said is found"
    );
    for text in ["Rappelé", "Venu"] {
        assert!(
            add(note("", "t1", text, None)),
            "an event needs no id of its own"
        );
    }
    let last = folder.read(|conn| event::last(conn, "t1")).unwrap();
    assert_eq!(last.text, "Venu", "the latest word");
    for sql in ["DELETE FROM event", "UPDATE event SET text = ''"] {
        let result: Result<usize, Error> = folder.store.write(|tx| Ok(tx.execute(sql, [])?));
        assert!(
            matches!(result, Err(Error::Constraint(_))),
            "{sql}: the past stays"
        );
    }
}

#[test]
fn the_lists_answer_the_questions_of_the_home_page() {
    let folder = Folder::new();
    folder.write(|tx| {
        equipment::insert(tx, &printer("eq-1", "A1"))?;
        for (number, (state, party, waiting)) in [
            ("ouvert", "departement", false),
            ("ouvert", "academie", true),
            ("resolu", "departement", true),
            ("ferme", "departement", false),
            ("annule", "editeur", true),
            ("ouvert", "departement", false),
        ]
        .into_iter()
        .enumerate()
        {
            let mut one = ticket(&format!("t{number}"), "Bourrage", 1_000 + number as i64);
            one.state = state.to_owned();
            one.party = party.to_owned();
            one.waiting_on_me = waiting;
            one.equipment_id = (number % 2 == 1).then(|| "eq-1".to_owned());
            ticket::insert(tx, &one)?;
        }
        Ok(())
    });
    let ids =
        |tickets: Vec<ticket::Ticket>| tickets.into_iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(
        ids(folder.read(|conn| ticket::open_waiting_on_me(conn, 9))),
        ["t1", "t2"],
        "waiting for me, the longest first"
    );
    assert_eq!(
        ids(folder.read(|conn| ticket::open_with_others(conn, 9))),
        ["t5", "t0"],
        "with others, what moved last first"
    );
    assert_eq!(
        ids(folder.read(|conn| ticket::by_equipment(conn, "eq-1", 9))),
        ["t5", "t1", "t3"],
        "a machine's dossiers, open ones first"
    );
    assert_eq!(
        ids(folder.read(|conn| ticket::similar_open(conn, None, Some("eq-1"), "x"))),
        ["t5", "t1"],
        "perhaps the same thing"
    );
    let page = |query: TicketQuery| {
        let page = folder.read(|conn| {
            ticket::page(
                conn,
                &TicketQuery {
                    limit: 10,
                    ..query.clone()
                },
            )
        });
        (page.total, ids(page.rows))
    };
    let query = TicketQuery::default();
    assert_eq!(
        page(TicketQuery {
            state: "ouverts".into(),
            ..query.clone()
        }),
        (4, vec!["t5".into(), "t2".into(), "t1".into(), "t0".into()]),
        "open"
    );
    assert_eq!(
        page(TicketQuery {
            state: "fermes".into(),
            ..query.clone()
        })
        .0,
        2,
        "closed and cancelled"
    );
    assert_eq!(
        page(TicketQuery {
            late_before_ms: Some(1_003),
            ..query.clone()
        })
        .1,
        ["t2", "t1", "t0"],
        "late: open for long"
    );
    assert_eq!(
        page(TicketQuery {
            parties: vec!["academie".into()],
            ..query.clone()
        })
        .1,
        ["t1"],
        "by party"
    );
    assert_eq!(
        page(TicketQuery {
            equipment_id: Some("eq-1".into()),
            waiting_on_me: Some(true),
            ..query.clone()
        })
        .1,
        ["t1"],
        "filters add up"
    );
    let parties = folder.read(|conn| {
        ticket::parties(
            conn,
            &TicketQuery {
                state: "ouverts".into(),
                parties: vec!["academie".into()],
                ..query
            },
        )
    });
    assert_eq!(
        parties,
        [("academie".to_owned(), 1), ("departement".to_owned(), 3)],
        "a facet ignores its own choice"
    );
}

#[test]
fn what_is_joined_follows_the_draft_into_the_dossier() {
    let folder = Folder::new();
    let draft = Draft {
        id: "d1".to_owned(),
        title: "Imprimante du CDI".to_owned(),
        answers: "{\"answers\":{\"symptome\":\"bourrage\"}}".to_owned(),
        ..Draft::default()
    };
    let photo = Attachment {
        id: "a1".to_owned(),
        draft_id: Some("d1".to_owned()),
        name: "photo.jpg".to_owned(),
        ..Attachment::default()
    };
    let added = folder.write(|tx| {
        draft::upsert(tx, &draft)?;
        attachment::add(tx, &photo, b"abc")
    });
    assert_eq!(
        (added.size, added.sha256.as_str()),
        (
            3,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        ),
        "size and hash are computed, as published for « abc »"
    );
    let removed = folder.store.write(|tx| draft::remove(tx, "d1"));
    assert!(
        matches!(removed, Err(Error::Constraint(_))),
        "a draft does not take what is joined to it along: {removed:?}"
    );
    folder.write(|tx| {
        ticket::insert(tx, &ticket("t1", "Imprimante du CDI", 5))?;
        attachment::move_to_ticket(tx, "d1", "t1")?;
        draft::discard(tx, "d1", 5)
    });
    assert_eq!(
        folder.read(|conn| attachment::of_ticket(conn, "t1")),
        [Attachment {
            ticket_id: Some("t1".to_owned()),
            draft_id: None,
            ..added
        }],
        "it belongs to the dossier"
    );
    assert!(
        folder
            .read(|conn| attachment::of_draft(conn, "d1"))
            .is_empty(),
        "and no longer to the draft"
    );
    let thrown = Draft {
        id: "d2".to_owned(),
        answers: "{}".to_owned(),
        ..Draft::default()
    };
    let other = Attachment {
        id: "a2".to_owned(),
        draft_id: Some("d2".to_owned()),
        ..Attachment::default()
    };
    folder.write(|tx| {
        draft::upsert(tx, &thrown)?;
        attachment::add(tx, &other, b"def")?;
        draft::discard(tx, "d2", 5)?;
        draft::purge_discarded(tx, 10)
    });
    assert_eq!(
        folder.read(|conn| attachment::content(conn, "a2")),
        None,
        "what was joined to a thrown draft goes with it"
    );
    assert_eq!(
        folder
            .read(|conn| attachment::content(conn, "a1"))
            .as_deref(),
        Some(&b"abc"[..]),
        "purging the draft does not take it"
    );
}

#[test]
fn a_discarded_draft_comes_back_until_it_is_purged() {
    let folder = Folder::new();
    let mut draft = Draft {
        id: "d1".to_owned(),
        title: "Imprimante".to_owned(),
        answers: "{\"answers\":{\"detail\":\"tambour rayé\"}}".to_owned(),
        ..Draft::default()
    };
    folder.write(|tx| draft::upsert(tx, &draft));
    draft.updated_at_ms = 7;
    folder.write(|tx| draft::upsert(tx, &draft));
    assert_eq!(
        folder.read(draft::list),
        [draft.clone()],
        "saved again is the same draft"
    );
    let found = |text: &str| folder.read(|conn| search::search(conn, text, 5)).len();
    assert_eq!(found("raye"), 1, "found by an answer");
    folder.write(|tx| draft::discard(tx, "d1", 100));
    assert_eq!(
        (folder.read(draft::list).len(), found("raye")),
        (0, 0),
        "out of sight"
    );
    assert_eq!(
        folder.write(|tx| draft::purge_discarded(tx, 100)),
        0,
        "not old enough"
    );
    folder.write(|tx| draft::restore(tx, "d1"));
    assert_eq!(
        (folder.read(draft::list).len(), found("raye")),
        (1, 1),
        "« Annuler » brings it back whole"
    );
    folder.write(|tx| draft::discard(tx, "d1", 100));
    assert_eq!(
        folder.write(|tx| draft::purge_discarded(tx, 101)),
        1,
        "later it goes"
    );
    assert_eq!(folder.read(|conn| draft::get(conn, "d1")), None, "for good");
}
