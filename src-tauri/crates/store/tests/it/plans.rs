//! How SQLite means to answer: the home page, the lists, the outbox and the search read indexes, not tables.
//!
//! The statements are those the public functions really run, caught by SQLite's trace with their values.

use std::sync::{Arc, Mutex};

use rusqlite::trace::{TraceEvent, TraceEventCodes};
use store::{
    Connection, Error, batch, completion, counterpart,
    destination::PRINCIPAL,
    document,
    equipment::{self, EquipmentQuery, Mark},
    event, journal,
    loan::{self, LoanQuery},
    mail, mission_tick, outbox, pack, pack_key, purchase, room, saved_view, search, stock_check,
    task,
    ticket::{self, TicketQuery},
};

use crate::{Folder, item, printer, ticket};

/// The plans of every statement `f` runs on the folder's database.
fn plans(folder: &Folder, f: impl FnOnce(&Connection) -> Result<(), Error>) -> Vec<String> {
    let mut conn = Connection::open(folder.dir.path().join("relais.db")).unwrap();
    let key = format!("x'{}'", "07".repeat(32));
    conn.pragma_update(None, "key", &key).unwrap();
    let caught = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&caught);
    conn.trace_v2(
        TraceEventCodes::SQLITE_TRACE_STMT,
        Some(move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(statement, _) = event {
                list.lock().unwrap().extend(statement.expanded_sql());
            }
        }),
    )
    .unwrap();
    f(&conn).unwrap();
    let statements: Vec<String> = caught.lock().unwrap().clone();
    assert!(!statements.is_empty(), "the trace caught what was run");
    let mut plans = Vec::new();
    for sql in statements {
        // The full-text module's own look-ups in its shadow tables.
        if sql.contains("_search_") || sql.starts_with("--") {
            continue;
        }
        let mut query = conn
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
        let details: Vec<String> = query
            .query_map([], |row| row.get("detail"))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        plans.push(format!("{sql}\n  {}", details.join("\n  ")));
    }
    plans
}

/// No table of many rows is read from end to end, unless through an index.
fn assert_indexed(plans: &[String]) {
    for plan in plans {
        for line in plan.lines().skip(1) {
            let scans = [
                "equipment",
                "ticket",
                "outbox",
                "event",
                "draft",
                "contact",
                "journal",
                "loan",
                "document",
                "sighting",
                "completion",
                "task",
                "ticket_machine",
                "counterpart",
                "mail",
            ]
            .iter()
            .any(|table| line.trim().starts_with(&format!("SCAN {table}")));
            let through_index = line.contains("INDEX") || line.contains("VIRTUAL TABLE");
            assert!(!scans || through_index, "a whole table is read:\n{plan}");
        }
    }
}

fn assert_sorted_by_index(plans: &[String]) {
    assert_indexed(plans);
    for plan in plans {
        assert!(
            !plan.contains("TEMP B-TREE"),
            "every row is read to sort them:\n{plan}"
        );
    }
}

fn furnished() -> Folder {
    let folder = Folder::new();
    folder.write(|tx| {
        for number in 0..200 {
            equipment::insert(
                tx,
                &printer(&format!("eq-{number}"), &format!("SN{number}")),
            )?;
            let mut one = ticket(&format!("t{number}"), "Bourrage", number);
            one.equipment_id = Some(format!("eq-{number}"));
            one.state = if number % 10 == 0 { "ouvert" } else { "ferme" }.to_owned();
            ticket::insert(tx, &one)?;
            outbox::insert(tx, &item(&one.id, &format!("i{number}")))?;
        }
        Ok(())
    });
    folder
}

#[test]
fn the_home_page_reads_indexes() {
    let folder = furnished();
    assert_sorted_by_index(&plans(&folder, |conn| {
        ticket::counts(conn)?;
        ticket::open_waiting_on_me(conn, 5)?;
        ticket::open_with_others(conn, 5)?;
        equipment::warranties_ending(conn, "2026-11-23", "2026-12-31")?;
        equipment::by_state(conn)?;
        ticket::by_reference(conn, "REL-1")?;
        ticket::by_number(conn, "INC1")?;
        outbox::counts(conn, None)?;
        room::list(conn)?;
        Ok(())
    }));
}

#[test]
fn the_lists_read_indexes_in_their_usual_order() {
    let folder = furnished();
    assert_sorted_by_index(&plans(&folder, |conn| {
        let page = TicketQuery {
            limit: 50,
            ..Default::default()
        };
        ticket::page(conn, &page)?;
        ticket::page(
            conn,
            &TicketQuery {
                state: "ouverts".into(),
                ..page.clone()
            },
        )?;
        ticket::page(
            conn,
            &TicketQuery {
                late_before_ms: Some(9),
                ..page.clone()
            },
        )?;
        ticket::page(
            conn,
            &TicketQuery {
                state: "ouverts".into(),
                parties: vec!["departement".into()],
                ..page.clone()
            },
        )?;
        let page = EquipmentQuery {
            limit: 50,
            today: "2026-11-23".into(),
            ..Default::default()
        };
        equipment::page(conn, &page)?;
        for sort in [
            "famille",
            "serie",
            "financement",
            "etat",
            "achat",
            "garantie",
            "modification",
            "marque",
            "modele",
            "nom-reseau",
            "prix",
            "salle",
        ] {
            equipment::page(
                conn,
                &EquipmentQuery {
                    sort: sort.into(),
                    ..page.clone()
                },
            )?;
            equipment::page(
                conn,
                &EquipmentQuery {
                    sort: sort.into(),
                    descending: true,
                    ..page.clone()
                },
            )?;
        }
        equipment::page(
            conn,
            &EquipmentQuery {
                families: vec!["poste".into()],
                sort: "famille".into(),
                ..page
            },
        )?;
        Ok(())
    }));
    assert_indexed(&plans(&folder, |conn| {
        equipment::by_mark(conn, "SN7")?;
        ticket::page(
            conn,
            &TicketQuery {
                text: "bourrage".into(),
                limit: 9,
                ..Default::default()
            },
        )?;
        ticket::similar_open(conn, Some("r1"), Some("eq-1"), "equipement-bureautique")?;
        equipment::facets(
            conn,
            &EquipmentQuery {
                today: "2026-11-23".into(),
                ..Default::default()
            },
        )?;
        equipment::page(
            conn,
            &EquipmentQuery {
                text: "laserjet".into(),
                limit: 9,
                ..Default::default()
            },
        )?;
        Ok(())
    }));
}

#[test]
fn loans_documents_and_batches_read_indexes() {
    let folder = furnished();
    assert_sorted_by_index(&plans(&folder, |conn| {
        loan::overdue(conn, "2026-11-23")?;
        loan::open_of(conn, "eq-1")?;
        for query in [
            LoanQuery::default(),
            LoanQuery {
                open_only: true,
                ..LoanQuery::default()
            },
            LoanQuery {
                equipment_id: Some("eq-1".into()),
                ..LoanQuery::default()
            },
        ] {
            loan::list(conn, &query)?;
        }
        document::of_equipment(conn, "eq-1")?;
        document::of_purchase(conn, "p1")?;
        document::of_loan(conn, "l1")?;
        purchase::list(conn, false)?;
        purchase::list(conn, true)?;
        purchase::steps(conn, "p1")?;
        purchase::equipment_of(conn, "p1")?;
        stock_check::list(conn)?;
        stock_check::sightings(conn, "k1")?;
        saved_view::list(conn, "equipements")?;
        batch::latest(conn, 5)?;
        for mark in [Mark::Serial, Mark::Inventory, Mark::Host] {
            equipment::with_mark(conn, mark, "SN7")?;
        }
        Ok(())
    }));
    assert_indexed(&plans(&folder, |conn| {
        equipment::ids(
            conn,
            &EquipmentQuery {
                states: vec!["en-panne".into()],
                ..Default::default()
            },
        )?;
        journal::list(conn, "equipment", "eq-1")?;
        Ok(())
    }));
}

/// A machine's dossiers are few: they are fetched by its indexes and sorted, and nothing else is read.
#[test]
fn the_dossiers_of_a_machine_are_fetched_by_it() {
    let folder = furnished();
    let queries = ["", "ouverts", "fermes"].map(|state| TicketQuery {
        state: state.into(),
        parties: vec!["departement".into()],
        room_id: Some("r1".into()),
        late_before_ms: Some(9),
        waiting_on_me: Some(true),
        equipment_id: Some("eq-1".into()),
        limit: 50,
        ..Default::default()
    });
    let plans = plans(&folder, |conn| {
        for query in &queries {
            ticket::page(conn, query)?;
            ticket::parties(conn, query)?;
        }
        ticket::by_equipment(conn, "eq-1", 5)?;
        ticket::similar_open(conn, Some("r1"), Some("eq-1"), "equipement-bureautique")?;
        Ok(())
    });
    assert_indexed(&plans);
    for plan in &plans {
        for index in [
            "ticket_live",
            "ticket_updated",
            "ticket_waiting",
            "ticket_party",
        ] {
            assert!(
                !plan.contains(&format!("INDEX {index} ")),
                "every dossier is walked for those of one machine:\n{plan}"
            );
        }
        assert!(
            plan.contains("INDEX ticket_machine_equipment"),
            "those of several machines are looked for too:\n{plan}"
        );
    }
}

#[test]
fn packs_completions_and_tasks_read_indexes() {
    let folder = furnished();
    assert_sorted_by_index(&plans(&folder, |conn| {
        completion::list(conn, "essai")?;
        completion::get(conn, "c1")?;
        completion::of_cell(conn, "essai", "wifi", None, "mco")?;
        pack::list(conn)?;
        pack::get(conn, "p1")?;
        pack::files(conn, "p1")?;
        pack::used_by_drafts(conn, "p1")?;
        pack_key::list(conn)?;
        task::of_ticket(conn, "t1")?;
        mission_tick::of_year(conn, "2026-2027")?;
        Ok(())
    }));
    assert_indexed(&plans(&folder, |conn| {
        ticket::machines(conn, "t1")?;
        Ok(())
    }));
}

/// A pull looks up each change of a page: by thread, by number, by identity.
#[test]
fn what_a_pull_asks_reads_indexes() {
    let folder = furnished();
    let looked_up = plans(&folder, |conn| {
        counterpart::by_number(conn, PRINCIPAL, "INC1")?;
        counterpart::by_remote(conn, PRINCIPAL, "7")?;
        counterpart::get(conn, "t1", PRINCIPAL)?;
        counterpart::followed(conn, PRINCIPAL)?;
        mail::by_message(conn, PRINCIPAL, "entrant", "<a@b>")?;
        mail::ticket_of(conn, PRINCIPAL, &["<a@b>".to_owned()])?;
        mail::thread(conn, "t1", PRINCIPAL)?;
        mail::unfiled(conn)?;
        outbox::by_identity(conn, "i1")?;
        outbox::of_event(conn, "e1")?;
        outbox::counts(conn, Some(PRINCIPAL))?;
        event::get(conn, "e1")?;
        Ok(())
    });
    assert_sorted_by_index(&looked_up);
    for (asked, index) in [
        (
            "number = 'INC1'",
            "counterpart_number (destination_id=? AND number=?)",
        ),
        (
            "remote_id = '7'",
            "counterpart_remote (destination_id=? AND remote_id=?)",
        ),
        ("by_hand = 1", "counterpart_followed (destination_id=?"),
        (
            "message_id = '<a@b>'",
            "(destination_id=? AND direction=? AND message_id=?)",
        ),
    ] {
        let plan = looked_up.iter().find(|plan| plan.contains(asked));
        assert!(
            plan.is_some_and(|plan| plan.contains(index)),
            "« {asked} » is found at once: {plan:?}"
        );
    }
    assert_indexed(&plans(&folder, |conn| {
        counterpart::of_ticket(conn, "t1")?;
        Ok(())
    }));
}

#[test]
fn the_outbox_and_the_search_read_indexes() {
    let folder = furnished();
    assert_indexed(&plans(&folder, |conn| {
        outbox::due(conn, PRINCIPAL, 5_000)?;
        outbox::next_due_at_ms(conn, PRINCIPAL)?;
        outbox::list(conn, &outbox::OutboxFilter::Live)?;
        outbox::list(conn, &outbox::OutboxFilter::Destination(PRINCIPAL.into()))?;
        Ok(())
    }));
    let searched = plans(&folder, |conn| {
        assert_eq!(
            search::search(conn, "bourrage", 10)?.len(),
            10,
            "the search ran"
        );
        Ok(())
    });
    assert_sorted_by_index(&searched);
}
