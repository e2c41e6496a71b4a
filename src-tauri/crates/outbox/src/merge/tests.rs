//! A platform speaks, and the right dossier hears it, once.

use platform::{Change, Entry, EntryKind, Page, RemoteState, Reply};
use proptest::prelude::*;
use store::event::TicketEvent;

use super::*;
use crate::stage::*;
use crate::{enqueue_follow_up, resolve_by_hand};

fn page(changes: Vec<Change>) -> Page {
    Page {
        changes,
        mark: "m".into(),
        ..Page::default()
    }
}

fn note(id: &str, text: &str) -> Entry {
    Entry {
        remote_id: id.into(),
        at_ms: START + 1,
        author: "Assistance".into(),
        kind: EntryKind::Note,
        text: text.into(),
        identity: None,
        files: vec![],
        raw: None,
    }
}

fn change(number: &str) -> Change {
    Change {
        number: Some(number.into()),
        title: "Imprimante 1".into(),
        status: Some("Assigned".into()),
        state: Some(RemoteState::Open),
        modified_ms: Some(START + 1),
        ..Change::default()
    }
}

fn merged(desk: &Desk, page: &Page) -> Merged {
    desk.store
        .write(|tx| merge(tx, PLACE, page, desk.now_ms()))
        .unwrap()
}

fn events(desk: &Desk, ticket: &str) -> Vec<TicketEvent> {
    desk.store
        .read(|conn| store::event::list(conn, ticket))
        .unwrap()
}

async fn known() -> Desk {
    let mut desk = Desk::new();
    desk.queue(1);
    desk.create_says(Reply::Sent(accepted("INC1")));
    desk.pass().await;
    desk.heard();
    desk
}

#[tokio::test]
async fn what_the_platform_says_is_in_the_dossier_once_however_often_it_comes() {
    let desk = known().await;
    let page = page(vec![Change {
        status: Some("Pending".into()),
        state: Some(RemoteState::WaitingForUs),
        entries: vec![note("WLG1", "Quel est le numéro de série ?")],
        ..change("INC1")
    }]);
    assert_eq!(merged(&desk, &page).changed, ["ticket-1"], "there is news");
    let after = events(&desk, "ticket-1");
    assert_eq!(
        merged(&desk, &page),
        Merged::default(),
        "the same page again is no news"
    );
    assert_eq!(events(&desk, "ticket-1"), after, "and adds no line");
    let ticket = desk.ticket(1);
    assert_eq!(
        ticket.platform_status.as_deref(),
        Some("Pending"),
        "the platform is right about the status"
    );
    assert!(ticket.waiting_on_me, "it waits for the person");
}

#[tokio::test]
async fn an_older_state_does_not_undo_a_newer_one() {
    let desk = known().await;
    let newer = Change {
        status: Some("Resolved".into()),
        state: Some(RemoteState::Resolved),
        modified_ms: Some(START + 50),
        ..change("INC1")
    };
    merged(&desk, &page(vec![newer]));
    merged(&desk, &page(vec![change("INC1")]));
    assert_eq!(
        desk.ticket(1).platform_status.as_deref(),
        Some("Resolved"),
        "the overlap brings what was before"
    );
}

#[tokio::test]
async fn our_own_note_come_back_is_no_news_and_settles_its_doubt() {
    let mut desk = known().await;
    let item = desk.tell(1, "C’est le bac 2.");
    desk.create_says(no_answer());
    desk.pass().await;
    let own = Entry {
        identity: Some(follow_up(1, "C’est le bac 2.").identity),
        ..note("WLG7", "C’est le bac 2.")
    };
    let lines = events(&desk, "ticket-1").len();
    let ended = merged(
        &desk,
        &page(vec![Change {
            entries: vec![own],
            ..change("INC1")
        }]),
    );
    assert_eq!(ended.settled, [item], "its being there is the proof");
    assert!(ended.changed.is_empty(), "and no news");
    assert_eq!(desk.item(item).state, "accepte", "without another call");
    assert_eq!(
        events(&desk, "ticket-1").len(),
        lines,
        "it is not told as somebody else's words"
    );
}

#[tokio::test]
async fn a_creation_in_doubt_is_settled_by_the_list_that_shows_it() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.create_says(no_answer());
    desk.pass().await;
    let seen = Change {
        reference: Some("REL-000001".into()),
        ..change("INC9")
    };
    assert_eq!(
        merged(&desk, &page(vec![seen])).settled,
        [id],
        "its reference is there"
    );
    assert_eq!(
        desk.ticket(1).number.as_deref(),
        Some("INC9"),
        "with its number"
    );
    assert_eq!(desk.item(id).state, "accepte", "nothing is sent again");
}

#[tokio::test]
async fn a_dossier_opened_by_telephone_is_found_and_then_followed() {
    let desk = known().await;
    let elsewhere = Change {
        title: "Wi-Fi du CDI".into(),
        created_ms: Some(START - 5),
        ..change("INC77")
    };
    let found = merged(&desk, &page(vec![elsewhere.clone()])).discovered;
    assert_eq!(found.len(), 1, "it is the person's, and was not here");
    let held = desk
        .store
        .read(|conn| store::ticket::get(conn, &found[0]))
        .unwrap()
        .unwrap();
    assert_eq!(
        (held.title.as_str(), held.origin.as_str()),
        ("Wi-Fi du CDI", "plateforme"),
        "as the platform tells it"
    );
    assert_eq!(held.number.as_deref(), Some("INC77"), "under its number");
    let again = merged(
        &desk,
        &page(vec![Change {
            entries: vec![note("WLG2", "Vu")],
            ..elsewhere
        }]),
    );
    assert_eq!(again.changed, found, "the same one, not a second");
}

#[tokio::test]
async fn a_mail_finds_its_dossier_by_thread_then_reference_then_number() {
    let desk = known().await;
    desk.queue(2);
    let mail = |id: &str| Entry {
        raw: Some(b"From: x".to_vec()),
        ..note(id, "Bonjour")
    };
    let of_one = "<incident.01890000-0000-7000-8000-000000000001.0@college.exemple.fr>";
    let replies = [
        // It quotes the second dossier and answers the first: the thread decides.
        Change {
            thread: vec![of_one.into()],
            reference: Some("REL-000002".into()),
            entries: vec![mail("<a@x>")],
            ..Change::default()
        },
        // An answer to that answer, which only we and the sender know.
        Change {
            thread: vec!["<a@x>".into()],
            entries: vec![mail("<b@x>")],
            ..Change::default()
        },
        Change {
            reference: Some("REL-000001".into()),
            entries: vec![mail("<c@x>")],
            ..Change::default()
        },
        Change {
            number: Some("INC1".into()),
            entries: vec![mail("<d@x>")],
            ..Change::default()
        },
    ];
    for (at, reply) in replies.into_iter().enumerate() {
        assert_eq!(
            merged(&desk, &page(vec![reply])).changed,
            ["ticket-1"],
            "way {at}"
        );
    }
    let stranger = Change {
        title: "Publicité".into(),
        entries: vec![mail("<e@x>")],
        ..Change::default()
    };
    assert_eq!(
        merged(&desk, &page(vec![stranger.clone()])).to_sort,
        1,
        "nobody's: a person sorts it"
    );
    assert_eq!(
        merged(&desk, &page(vec![stranger])).to_sort,
        0,
        "and is asked once"
    );
    assert!(
        desk.ticket(1).waiting_on_me,
        "somebody wrote and expects an answer"
    );
}

#[tokio::test]
async fn an_acknowledgement_gives_the_number_and_asks_for_nothing() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.create_says(no_answer());
    desk.pass().await;
    let ack = Change {
        number: Some("INC5".into()),
        thread: vec!["<incident.01890000-0000-7000-8000-000000000001.0@college.exemple.fr>".into()],
        entries: vec![Entry {
            kind: EntryKind::Acknowledgement,
            raw: Some(b"x".to_vec()),
            ..note("<ack@x>", "Enregistré")
        }],
        ..Change::default()
    };
    let ended = merged(&desk, &page(vec![ack]));
    assert_eq!(ended.settled, [id], "it had arrived");
    assert_eq!(
        desk.ticket(1).number.as_deref(),
        Some("INC5"),
        "under this number"
    );
    assert!(
        !desk.ticket(1).waiting_on_me && ended.changed.is_empty(),
        "a machine expects no answer"
    );
}

#[tokio::test]
async fn a_message_passed_on_to_another_platform_does_not_come_back_as_news() {
    let desk = known().await;
    let other = desk.second_place();
    merged(
        &desk,
        &page(vec![Change {
            entries: vec![note("WLG1", "Le technicien passe jeudi.")],
            ..change("INC1")
        }]),
    );
    let said = events(&desk, "ticket-1")
        .into_iter()
        .find(|event| event.kind == "note")
        .unwrap();
    let relayed = follow_up(1, "passe");
    desk.store
        .write(|tx| enqueue_follow_up(tx, "ticket-1", &other, &relayed, Some(&said.id), START))
        .unwrap();
    let lines = events(&desk, "ticket-1").len();
    let back = Change {
        reference: Some("REL-000001".into()),
        entries: vec![Entry {
            identity: Some(relayed.identity),
            ..note("12", "Le technicien passe jeudi.")
        }],
        ..change("44")
    };
    desk.store
        .write(|tx| merge(tx, &other, &page(vec![back]), START))
        .unwrap();
    let now = events(&desk, "ticket-1");
    assert_eq!(
        now.iter().filter(|event| event.kind == "note").count(),
        1,
        "the words are there once: {now:?}"
    );
    assert_eq!(
        now.len(),
        lines + 1,
        "with the status of the other platform"
    );
    assert_eq!(
        desk.ticket(1).number.as_deref(),
        Some("INC1"),
        "the first platform leads the list"
    );
}

#[tokio::test]
async fn a_number_typed_by_a_person_is_the_one_that_is_followed() {
    let desk = Desk::new();
    let id = desk.queue(1);
    resolve_by_hand(&desk.store, id, "INC3", START).unwrap();
    let reply = Change {
        entries: vec![note("WLG1", "Vu")],
        ..change("INC3")
    };
    assert_eq!(
        merged(&desk, &page(vec![reply])).changed,
        ["ticket-1"],
        "the number leads to it"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn pages_in_any_cut_and_repeated_at_will_give_one_timeline(cuts in prop::collection::vec((0_usize..6, 1_usize..4), 1..12)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let all: Vec<Change> = (0..6_i64).map(|n| Change {
            status: Some(if n % 2 == 0 { "Assigned" } else { "In Progress" }.into()),
            modified_ms: Some(START + n),
            entries: vec![note(&format!("WLG{n}"), &format!("note {n}"))],
            ..change("INC1")
        }).collect();
        let lines = |desk: &Desk| {
            let mut lines: Vec<(i64, String, String)> = events(desk, "ticket-1").into_iter()
                .filter(|event| event.kind == "note")
                .map(|event| (event.at_ms, event.kind, event.text)).collect();
            lines.sort();
            lines
        };
        let whole = runtime.block_on(known());
        merged(&whole, &page(all.clone()));
        let cut = runtime.block_on(known());
        for (from, length) in cuts {
            merged(&cut, &page(all.iter().skip(from).take(length).cloned().collect()));
        }
        merged(&cut, &page(all));
        prop_assert_eq!(lines(&cut), lines(&whole), "the overlap of pulls adds and loses nothing");
        prop_assert_eq!(cut.ticket(1).platform_status, whole.ticket(1).platform_status, "the last status is the last");
    }
}
