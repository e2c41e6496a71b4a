//! Several platforms: how each is reached, and what each knows of a dossier.

use store::{
    Error,
    counterpart::{self, Counterpart},
    destination::{self, Destination, PRINCIPAL},
    outbox::{self, OutboxItem, Proof},
    search,
    ticket::{self, Ticket},
};

use crate::{Folder, item, ticket};

pub fn other() -> Destination {
    Destination {
        id: "collectivite".into(),
        position: 1,
        name: "Collectivité".into(),
        kind: "glpi".into(),
        settings: r#"{"url":"https://support.exemple.fr"}"#.into(),
        ..Destination::default()
    }
}

/// A dossier, and two destinations.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write(|tx| {
        destination::put(tx, &other())?;
        ticket::insert(tx, &ticket("t1", "Bourrage", 1_000))
    });
    folder
}

fn numbered(ticket_id: &str, destination_id: &str, number: &str) -> Counterpart {
    Counterpart {
        ticket_id: ticket_id.into(),
        destination_id: destination_id.into(),
        number: Some(number.into()),
        ..Counterpart::default()
    }
}

#[test]
fn a_new_folder_has_one_destination_and_takes_more() {
    let folder = folder();
    let names: Vec<(String, String)> = folder
        .read(destination::all)
        .into_iter()
        .map(|one| (one.id, one.kind))
        .collect();
    assert_eq!(
        names,
        [
            (PRINCIPAL.to_owned(), "manuel".to_owned()),
            ("collectivite".to_owned(), "glpi".to_owned())
        ],
        "a person carries dossiers over until more is said; then in the order of their places"
    );
    let unknown = Destination {
        kind: "fax".into(),
        ..other()
    };
    let refused = folder.store.write(|tx| destination::put(tx, &unknown));
    assert!(
        matches!(refused, Err(Error::Constraint(_))),
        "no adapter speaks that: {refused:?}"
    );
}

#[test]
fn a_mark_holds_as_long_as_the_way_does() {
    let folder = folder();
    let read = || {
        folder
            .read(|conn| destination::get(conn, "collectivite"))
            .unwrap()
    };
    folder.write(|tx| {
        destination::set_mark(tx, "collectivite", "42", 2_000)?;
        destination::set_form(tx, "collectivite", r#"{"summary_max":100}"#)
    });
    let renamed = Destination {
        name: "Région".into(),
        ..other()
    };
    folder.write(|tx| destination::put(tx, &renamed));
    assert_eq!(
        (
            read().name.as_str(),
            read().pull_mark.as_deref(),
            read().pulled_at_ms,
            read().form.is_some()
        ),
        ("Région", Some("42"), Some(2_000), true),
        "another name is the same platform"
    );
    let moved = Destination {
        settings: r#"{"url":"https://ailleurs.exemple.fr"}"#.into(),
        ..renamed
    };
    folder.write(|tx| destination::put(tx, &moved));
    assert_eq!(
        (read().pull_mark, read().pulled_at_ms, read().form),
        (None, None, None),
        "another address is read from the beginning"
    );
    let nowhere = folder
        .store
        .write(|tx| destination::set_mark(tx, "inconnue", "1", 1));
    assert!(
        matches!(nowhere, Err(Error::NotFound { .. })),
        "a mark is somewhere's: {nowhere:?}"
    );
}

#[test]
fn a_destination_goes_once_nothing_waits_there_and_keeps_its_name() {
    let folder = folder();
    let id = folder.write(|tx| {
        outbox::insert(
            tx,
            &OutboxItem {
                destination_id: "collectivite".into(),
                ..item("t1", "i1")
            },
        )
    });
    let remove = |which: &str| folder.write(|tx| destination::remove(tx, which, 5_000));
    assert!(
        !remove("collectivite"),
        "something unsent is never left behind"
    );
    folder.write(|tx| outbox::withdrawn(tx, id, 2_000));
    assert!(remove("collectivite"), "nothing waits any more");
    assert!(!remove(PRINCIPAL), "there is always a first one");
    assert_eq!(
        folder.read(destination::all).len(),
        1,
        "it is offered no more"
    );
    assert_eq!(
        folder
            .read(|conn| destination::get(conn, "collectivite"))
            .unwrap()
            .name,
        "Collectivité",
        "old exchanges still say whose they are"
    );
    folder.write(|tx| destination::put(tx, &other()));
    assert_eq!(
        folder.read(destination::all).len(),
        2,
        "and it can be taken up again"
    );
}

#[test]
fn a_dossier_bears_the_first_destinations_number_and_is_found_by_both() {
    let folder = folder();
    let shown = || folder.read(|conn| ticket::get(conn, "t1")).unwrap().number;
    let hits = |typed: &str| folder.read(|conn| search::search(conn, typed, 5));
    folder.write(|tx| counterpart::set_number(tx, "t1", "collectivite", "4711", false, 2_000));
    assert_eq!(shown().as_deref(), Some("4711"), "the only number there is");
    folder.write(|tx| counterpart::set_number(tx, "t1", PRINCIPAL, "INC000000481223", true, 3_000));
    assert_eq!(
        shown().as_deref(),
        Some("INC000000481223"),
        "the first destination's is shown first, whenever it came"
    );
    assert_eq!(
        hits("4711")[0].subtitle,
        "INC000000481223 · 4711",
        "found by the other one, which is shown too"
    );
    assert_eq!(hits("INC000000481223").len(), 1, "and by the one shown");
    for number in ["INC000000481223", "4711"] {
        let named = folder.read(|conn| ticket::by_number(conn, number));
        assert_eq!(
            named.map(|ticket| ticket.id).as_deref(),
            Some("t1"),
            "{number} names it, whichever platform gave it"
        );
    }
    folder.write(|tx| {
        counterpart::put(
            tx,
            &Counterpart {
                number: None,
                ..numbered("t1", PRINCIPAL, "")
            },
        )
    });
    assert_eq!(
        (shown().as_deref(), hits("INC000000481223").len()),
        (Some("4711"), 0),
        "a number that is taken back is neither shown nor found"
    );
    let whole = Ticket {
        number: Some("INC9".into()),
        platform_status: Some("Assigned".into()),
        ..ticket("t2", "Wifi", 1_000)
    };
    folder.write(|tx| ticket::insert(tx, &whole));
    let there = folder
        .read(|conn| counterpart::get(conn, "t2", PRINCIPAL))
        .unwrap();
    assert_eq!(
        (there.number.as_deref(), there.status.as_deref()),
        (Some("INC9"), Some("Assigned")),
        "a dossier that comes with a number has it from the first destination"
    );
}

#[test]
fn what_comes_back_is_matched_by_number_or_by_identity_of_its_own_destination() {
    let folder = folder();
    folder.write(|tx| {
        ticket::insert(tx, &ticket("t2", "Wifi", 1_000))?;
        counterpart::put(tx, &numbered("t1", PRINCIPAL, "1001"))?;
        counterpart::put(
            tx,
            &Counterpart {
                remote_id: Some("ticket-7".into()),
                ..numbered("t2", "collectivite", "1001")
            },
        )?;
        Ok(())
    });
    let whose = |destination: &str| {
        folder
            .read(|conn| counterpart::by_number(conn, destination, "1001"))
            .map(|found| found.ticket_id)
    };
    assert_eq!(
        (
            whose(PRINCIPAL).as_deref(),
            whose("collectivite").as_deref()
        ),
        (Some("t1"), Some("t2")),
        "two platforms may give the same number to different dossiers"
    );
    let by_remote = |destination: &str| {
        folder
            .read(|conn| counterpart::by_remote(conn, destination, "ticket-7"))
            .is_some()
    };
    assert_eq!(
        (by_remote("collectivite"), by_remote(PRINCIPAL)),
        (true, false),
        "and so for identities"
    );
    let same = folder
        .read(|conn| counterpart::get(conn, "t2", "collectivite"))
        .unwrap();
    assert!(
        !folder.write(|tx| counterpart::put(tx, &same)),
        "the same page merged twice changes nothing"
    );
}

#[test]
fn a_number_typed_by_hand_is_followed_until_it_is_closed() {
    let folder = folder();
    let followed = || folder.read(|conn| counterpart::followed(conn, PRINCIPAL));
    folder.write(|tx| {
        ticket::insert(tx, &ticket("t2", "Wifi", 1_000))?;
        counterpart::set_number(tx, "t1", PRINCIPAL, "INC1", true, 2_000)?;
        counterpart::set_number(tx, "t2", PRINCIPAL, "INC2", false, 2_000)
    });
    assert_eq!(
        followed(),
        ["INC1"],
        "the platform tells of the others by itself"
    );
    folder.write(|tx| ticket::set_state(tx, "t1", "ferme", None, 3_000));
    assert_eq!(
        followed(),
        Vec::<String>::new(),
        "closed here, and nothing is known of there"
    );
    let known = Counterpart {
        state: Some("attend".into()),
        by_hand: true,
        ..numbered("t1", PRINCIPAL, "INC1")
    };
    folder.write(|tx| counterpart::put(tx, &known));
    assert_eq!(
        followed(),
        ["INC1"],
        "there it waits: the platform is right"
    );
    let closed = Counterpart {
        state: Some("ferme".into()),
        remote_id: Some("entry-1".into()),
        ..known
    };
    folder.write(|tx| counterpart::put(tx, &closed));
    assert_eq!(followed(), Vec::<String>::new(), "its story is over");
    folder.write(|tx| counterpart::set_number(tx, "t1", PRINCIPAL, "INC3", true, 4_000));
    let corrected = folder
        .read(|conn| counterpart::get(conn, "t1", PRINCIPAL))
        .unwrap();
    assert_eq!(
        (corrected.state, corrected.remote_id),
        (None, None),
        "another number is another dossier there"
    );
}

#[test]
fn two_destinations_are_two_lanes_of_one_dossier() {
    let folder = folder();
    let ids = folder.write(|tx| {
        let mut ids = Vec::new();
        for (destination, operation, identity) in [
            (PRINCIPAL, "creation", "i1"),
            ("collectivite", "creation", "i2"),
            (PRINCIPAL, "note", "i3"),
            ("collectivite", "piece-jointe", "i4"),
        ] {
            let one = OutboxItem {
                destination_id: destination.into(),
                operation: operation.into(),
                ..item("t1", identity)
            };
            ids.push(outbox::insert(tx, &one)?);
        }
        Ok(ids)
    });
    let due = |destination: &str| {
        let items = folder.read(|conn| outbox::due(conn, destination, 5_000));
        items.iter().map(|item| item.id).collect::<Vec<_>>()
    };
    assert_eq!(
        (due(PRINCIPAL), due("collectivite")),
        (vec![ids[0]], vec![ids[1]]),
        "the oldest of each goes first"
    );
    folder.write(|tx| {
        outbox::begin_attempt(tx, ids[0], 5_000)?;
        outbox::refused(tx, ids[0], "307", "Site", 5_100)
    });
    let sent = Proof {
        number: None,
        remote_id: Some("<i2@exemple.fr>"),
    };
    let accepted = folder.write(|tx| outbox::accepted(tx, ids[1], sent, 5_200));
    assert_eq!(
        (accepted.proof_number, accepted.proof_remote_id.as_deref()),
        (None, Some("<i2@exemple.fr>")),
        "a platform may give its number later: its identity of it is a proof"
    );
    assert_eq!(
        (due(PRINCIPAL), due("collectivite")),
        (vec![], vec![ids[3]]),
        "a refusal on one holds back nothing on the other"
    );
    assert_eq!(
        (
            folder.read(|conn| outbox::next_due_at_ms(conn, PRINCIPAL)),
            folder.read(|conn| outbox::next_due_at_ms(conn, "collectivite")),
            folder.read(|conn| outbox::counts(conn, Some("collectivite"))),
        ),
        (
            None,
            Some(0),
            vec![("accepte".to_owned(), 1), ("pret".to_owned(), 1)]
        ),
        "each worker sleeps, and each screen counts, for its own"
    );
}

#[test]
fn the_database_guards_where_an_item_goes_and_what_proves_it() {
    let folder = folder();
    folder.write(|tx| outbox::insert(tx, &item("t1", "i1")));
    for (sql, why) in [
        (
            "UPDATE outbox SET destination_id = 'collectivite'",
            "a destination is frozen",
        ),
        ("UPDATE outbox SET event_id = 'e9'", "and what it tells"),
        ("UPDATE outbox SET operation = 'note'", "and what it does"),
        (
            "UPDATE outbox SET state = 'accepte', proof_at_ms = 1",
            "accepted needs a number or an identity",
        ),
        (
            "UPDATE outbox SET state = 'accepte', proof_remote_id = 'x'",
            "and its moment",
        ),
        (
            "INSERT INTO outbox (ticket_id, destination_id, operation, identity, payload) \
             VALUES ('t1', 'principale', 'effacer', 'i2', '{}')",
            "there are six operations",
        ),
        (
            "INSERT INTO outbox (ticket_id, destination_id, operation, identity, payload) \
             VALUES ('t1', 'inconnue', 'note', 'i2', '{}')",
            "and it goes somewhere",
        ),
        ("DELETE FROM outbox", "an unsent item is never dropped"),
        (
            "DELETE FROM destination WHERE id = 'principale'",
            "nor the place it goes to",
        ),
        (
            "INSERT INTO counterpart (ticket_id, destination_id, number) VALUES ('t1', 'principale', '')",
            "an empty number is none",
        ),
        (
            "INSERT INTO counterpart (ticket_id, destination_id, state) VALUES ('t1', 'principale', 'perdu')",
            "a state is one of five",
        ),
    ] {
        let result: Result<usize, Error> = folder.store.write(|tx| Ok(tx.execute(sql, [])?));
        assert!(
            matches!(result, Err(Error::Constraint(_))),
            "{why}: {result:?}"
        );
    }
    let unproved = folder
        .store
        .write(|tx| outbox::accepted(tx, 1, Proof::default(), 5_000));
    assert!(
        matches!(unproved, Err(Error::Constraint(_))),
        "nothing proves nothing: {unproved:?}"
    );
}
