//! Creation and look-up: what is sent is there, once, under the number that came back.

use platform::{Platform, Reply};
use sandbox::On;
use sandbox::glpi::Generation;

use super::{Desk, GENERATIONS, READ_FAULTS, WRITE_FAULTS, dossier, word};

#[tokio::test]
async fn a_dossier_is_created_with_its_reference_and_found_by_it() {
    for generation in GENERATIONS {
        let desk = Desk::open(generation).await;
        let Reply::Sent(accepted) = desk.adapter.create(&dossier("REL-000001")).await else {
            panic!("a good dossier on a good day is accepted by {generation:?}");
        };
        let tickets = desk.glpi.tickets();
        let [ticket] = tickets.as_slice() else {
            panic!("one ticket was made: {tickets:?}");
        };
        assert_eq!(
            accepted.number,
            Some(ticket.id.to_string()),
            "the number is the ticket's"
        );
        assert_eq!(
            (ticket.requester, ticket.impact, ticket.urgency, ticket.kind),
            (super::ME, 3, 3, 1),
            "the person asks; the levels are GLPI's"
        );
        assert!(ticket.name.contains("(REL-000001)"), "{}", ticket.name);
        assert_eq!(
            accepted.server_time_ms,
            Some(desk.clock.now_ms()),
            "by the platform's clock"
        );
        let Reply::Sent(found) = desk.adapter.find("REL-000001").await else {
            panic!("the look-up answers in {generation:?}");
        };
        assert_eq!(
            found.len(),
            1,
            "the reference finds its ticket in {generation:?}"
        );
        assert_eq!(found[0].number, accepted.number, "and the same number");
        assert_eq!(
            found[0].server_time_ms,
            Some(desk.clock.now_ms()),
            "a local date without a zone is understood in {generation:?}"
        );
        assert_eq!(
            found[0].status.as_deref(),
            Some("Processing (assigned)"),
            "the status is read, because a rule there assigned it"
        );
        assert_eq!(
            desk.adapter.find("REL-000002").await,
            Reply::Sent(vec![]),
            "another reference finds nothing, and that is an answer"
        );
    }
}

#[tokio::test]
async fn several_under_one_reference_come_oldest_first() {
    let desk = Desk::open(Generation::Eleven).await;
    for _ in 0..3 {
        desk.created("REL-000001").await;
        desk.clock.advance(60_000);
    }
    let made: Vec<String> = desk
        .glpi
        .tickets()
        .iter()
        .map(|t| t.id.to_string())
        .collect();
    let Reply::Sent(found) = desk.adapter.find("REL-000001").await else {
        panic!("the look-up answers");
    };
    let found: Vec<&str> = found.iter().map(|one| one.name()).collect();
    assert_eq!(found, made, "all of them, the first made first");
}

#[tokio::test]
async fn a_ticket_is_found_whatever_the_site_did_to_it() {
    for generation in GENERATIONS {
        let desk = Desk::open(generation).await;
        let there = desk.created("REL-000001").await;
        desk.glpi.change(super::number(&there), |ticket| {
            ticket.name = "Imprimante".into();
            ticket.external_id = Some("TCK-99".into());
        });
        let Reply::Sent(found) = desk.adapter.find("REL-000001").await else {
            panic!("the look-up answers");
        };
        assert_eq!(
            found.len(),
            1,
            "a rule that renames tickets and takes the identifier must not have it sent twice ({generation:?})"
        );
    }
}

#[tokio::test]
async fn who_quotes_a_reference_does_not_become_its_ticket() {
    let desk = Desk::open(Generation::Ten).await;
    desk.glpi.open_for(
        super::ME,
        "Comme REL-000001, le retour",
        "<p>Voir REL-000001.</p>",
    );
    assert_eq!(
        desk.adapter.find("REL-000001").await,
        Reply::Sent(vec![]),
        "a mention is another ticket"
    );
    for trick in ["", "%", "REL-", "X\" OR \"1\"=\"1", "&criteria[0][value]="] {
        assert!(
            !matches!(desk.adapter.find(trick).await, Reply::Sent(found) if !found.is_empty()),
            "{trick:?}: a reference is a value and cannot become a query"
        );
    }
}

#[tokio::test]
async fn a_refusal_says_why_and_makes_nothing() {
    let desk = Desk::open(Generation::Ten).await;
    desk.glpi
        .configure(|settings| settings.mandatory.push("locations_id".into()));
    let reply = desk.adapter.create(&dossier("REL-000001")).await;
    let Reply::Rejected {
        reason, certain, ..
    } = reply
    else {
        panic!("a missing field is a refusal: {reply:?}");
    };
    assert!(
        reason.starts_with("ERROR_GLPI_ADD: ") && reason.ends_with("locations_id"),
        "GLPI's word, then what it says to people: {reason}"
    );
    assert!(certain, "a 400 is a proof");
    assert!(desk.glpi.tickets().is_empty(), "nothing was made");
    let mut located = dossier("REL-000002");
    located.categories.insert("locations_id".into(), "4".into());
    assert_eq!(
        word(&desk.adapter.create(&located).await),
        "sent",
        "the site's own column can be given by the pack"
    );
}

#[tokio::test]
async fn each_fault_of_a_creation_proves_no_more_than_it_does() {
    let desk = Desk::open(Generation::Ten).await;
    for (n, (fault, expected)) in WRITE_FAULTS.into_iter().enumerate() {
        let reference = format!("REL-0000{n:02}");
        desk.glpi.inject_at(On::Create, fault);
        let reply = desk.adapter.create(&dossier(&reference)).await;
        assert_eq!(word(&reply), expected, "{fault:?} gave {reply:?}");
        let there = desk.glpi.tickets();
        let held = there
            .iter()
            .find(|ticket| ticket.external_id.as_deref() == Some(&reference));
        match &reply {
            Reply::Sent(accepted) => assert_eq!(
                accepted.number,
                held.map(|ticket| ticket.id.to_string()),
                "after {fault:?} the number is the right one"
            ),
            Reply::Uncertain { .. } => {}
            other => assert!(
                held.is_none(),
                "after {fault:?}, {other:?} says that nothing was made"
            ),
        }
        let found = desk.adapter.find(&reference).await;
        let Reply::Sent(found) = found else {
            panic!("after {fault:?} the look-up answers: {found:?}");
        };
        assert_eq!(
            found.len(),
            usize::from(held.is_some()),
            "after {fault:?} the look-up tells what is there"
        );
    }
}

#[tokio::test]
async fn each_fault_of_a_look_up_is_no_answer() {
    let desk = Desk::open(Generation::Eleven).await;
    desk.created("REL-000001").await;
    // The look-up is several calls: the options, the search, the ticket. Each may fail.
    for fault in READ_FAULTS {
        for before in 0..3 {
            assert_eq!(
                desk.log_in(tests::LOGIN).await,
                Reply::Sent(()),
                "a new session knows nothing yet"
            );
            for _ in 0..before {
                desk.glpi.inject_at(
                    On::Read,
                    sandbox::Fault::Slow {
                        ms: 0,
                        committed: true,
                    },
                );
            }
            desk.glpi.inject_at(On::Read, fault);
            let reply = desk.adapter.find("REL-000001").await;
            assert!(
                !matches!(reply, Reply::Sent(_)),
                "{fault:?} at call {before} must not be read as « nothing there »: {reply:?}"
            );
            desk.glpi.clear_faults();
        }
    }
    let Reply::Sent(found) = desk.adapter.find("REL-000001").await else {
        panic!("the look-up answers once the faults are over");
    };
    assert_eq!(found.len(), 1, "the ticket was there all the time");
}

#[tokio::test]
async fn a_cut_network_is_a_normal_state() {
    let desk = Desk::open(Generation::Ten).await;
    let Desk {
        adapter,
        glpi,
        clock,
        running,
    } = desk;
    running.stop().await;
    assert_eq!(
        word(&adapter.create(&dossier("REL-000001")).await),
        "offline",
        "surely not sent"
    );
    assert_eq!(
        word(&adapter.find("REL-000001").await),
        "offline",
        "nothing can be looked up"
    );
    assert!(
        adapter.has_session(clock.now_ms()),
        "the session is kept for when the network is back"
    );
    assert!(glpi.tickets().is_empty(), "nothing was made");
}
