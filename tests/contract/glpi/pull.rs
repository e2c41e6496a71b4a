//! What comes back: every change is read, whatever happens while one reads, and nothing is read for ever.

use std::collections::BTreeMap;

use platform::{Act, Change, EntryKind, Page, Platform, PullFrom, RemoteState, Reply};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sandbox::glpi::Generation;
use sandbox::{Fault, On};

use super::{Desk, GENERATIONS, ME, READ_FAULTS, TECHNICIAN, follow_up, note, number, word};

const MINUTE_MS: i64 = 60_000;

async fn page(desk: &Desk, mark: &Option<String>, limit: u32, numbers: &[&str]) -> Page {
    let from = PullFrom {
        mark: mark.clone(),
        numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
        limit,
    };
    match desk.adapter.pull(&from).await {
        Reply::Sent(page) => page,
        other => panic!("the pull answers: {other:?}"),
    }
}

/// Every page until there is none; the mark moves.
async fn whole(
    desk: &Desk,
    mark: &mut Option<String>,
    limit: u32,
    numbers: &[&str],
) -> Vec<Change> {
    let mut changes = Vec::new();
    for _ in 0..200 {
        let page = page(desk, mark, limit, numbers).await;
        assert!(
            page.changes.len() <= limit as usize,
            "a page is no larger than it was asked to be"
        );
        assert!(
            !page.more || mark.as_ref() != Some(&page.mark),
            "a page leads somewhere"
        );
        *mark = Some(page.mark);
        changes.extend(page.changes);
        if !page.more {
            return changes;
        }
    }
    panic!("a pull ends");
}

fn numbers(changes: &[Change]) -> Vec<&str> {
    let mut all: Vec<&str> = changes
        .iter()
        .filter_map(|change| change.number.as_deref())
        .collect();
    all.sort_unstable();
    all
}

#[tokio::test]
async fn a_ticket_comes_back_with_what_was_said_in_it() {
    for generation in GENERATIONS {
        let desk = Desk::open(generation).await;
        let there = desk.created("REL-000001").await;
        let ticket = number(&there);
        desk.clock.advance(MINUTE_MS);
        assert_eq!(
            word(
                &desk
                    .adapter
                    .follow(&there, &note(1, "Toujours en panne."), None)
                    .await
            ),
            "sent"
        );
        desk.clock.advance(MINUTE_MS);
        desk.glpi.answer(
            ticket,
            "<p>Quel message <b>exact</b> ?</p>\n<blockquote>Toujours en panne.</blockquote>",
        );
        let act = Act::Attachment {
            id: "piece".into(),
            name: "écran.jpg".into(),
            media_type: "image/jpeg".into(),
            size: 3,
            sha256: String::new(),
        };
        desk.clock.advance(MINUTE_MS);
        assert_eq!(
            word(
                &desk
                    .adapter
                    .follow(&there, &follow_up(2, act), Some(vec![1, 2, 3]))
                    .await
            ),
            "sent"
        );
        desk.clock.advance(MINUTE_MS);
        desk.glpi.solve(ticket, "<p>Cordon remplacé.</p>");

        let mut mark = None;
        let changes = whole(&desk, &mut mark, 100, &[]).await;
        let [change] = changes.as_slice() else {
            panic!("one ticket changed: {changes:?}");
        };
        assert_eq!(change.number, there.number, "by its number");
        assert_eq!(
            change.reference.as_deref(),
            Some("REL-000001"),
            "and our reference"
        );
        assert_eq!(
            (change.status.as_deref(), change.state),
            (Some("Solved"), Some(RemoteState::Resolved)),
            "GLPI's word, and what it means here"
        );
        assert_eq!(
            change.modified_ms,
            Some(desk.clock.now_ms()),
            "in UTC ({generation:?})"
        );
        assert!(
            change
                .description
                .starts_with("Le bac 2 bourre à chaque page"),
            "{}",
            change.description
        );
        let said: Vec<(EntryKind, &str, Option<&str>)> = change
            .entries
            .iter()
            .map(|entry| (entry.kind, entry.text.as_str(), entry.identity.as_deref()))
            .collect();
        assert_eq!(
            said,
            [
                (
                    EntryKind::Note,
                    "Toujours en panne.",
                    Some("01890000-0000-7000-8000-000000000001")
                ),
                (
                    EntryKind::Note,
                    "Quel message exact ?\nToujours en panne.",
                    None
                ),
                (
                    EntryKind::Note,
                    "",
                    Some("01890000-0000-7000-8000-000000000002")
                ),
                (EntryKind::Resolution, "Cordon remplacé.", None),
            ],
            "in order; ours are recognised, the technician's are words without tags ({generation:?})"
        );
        assert_eq!(
            change.entries[2].files[0].name, "écran.jpg",
            "a file has its name"
        );
        if generation != Generation::Nine {
            assert_eq!(
                change.entries[1].author, "Petit Dominique",
                "who spoke is said"
            );
        }
    }
}

#[tokio::test]
async fn each_status_has_its_meaning() {
    let desk = Desk::open(Generation::Ten).await;
    let there = desk.created("REL-000001").await;
    for (status, state) in [
        (1, RemoteState::Open),
        (3, RemoteState::Open),
        (4, RemoteState::WaitingForUs),
        (5, RemoteState::Resolved),
        (6, RemoteState::Closed),
        (10, RemoteState::Open),
    ] {
        desk.glpi
            .change(number(&there), |ticket| ticket.status = status);
        let changes = whole(&desk, &mut None, 10, &[]).await;
        assert_eq!(changes[0].state, Some(state), "status {status}");
    }
    let patient = Desk::with(Generation::Ten, |settings| settings.pending_is_ours = false).await;
    assert_eq!(patient.log_in(tests::LOGIN).await, Reply::Sent(()));
    let there = patient.created("REL-000001").await;
    patient
        .glpi
        .change(number(&there), |ticket| ticket.status = 4);
    let changes = whole(&patient, &mut None, 10, &[]).await;
    assert_eq!(
        changes[0].state,
        Some(RemoteState::Open),
        "a site where « en attente » waits for a supplier"
    );
}

#[tokio::test]
async fn what_was_read_and_has_settled_is_not_read_again() {
    let desk = Desk::open(Generation::Ten).await;
    for n in 0..5 {
        desk.created(&format!("REL-00000{n}")).await;
        desk.clock.advance(MINUTE_MS);
    }
    let mut mark = None;
    assert_eq!(
        whole(&desk, &mut mark, 100, &[]).await.len(),
        5,
        "all the first time"
    );
    desk.clock.advance(10 * MINUTE_MS);
    whole(&desk, &mut mark, 100, &[]).await;
    let asked = desk.glpi.history().len();
    assert_eq!(
        whole(&desk, &mut mark, 100, &[]).await,
        [],
        "nothing once the last two minutes are past"
    );
    assert_eq!(desk.glpi.history().len() - asked, 1, "which costs one call");
    desk.glpi.answer(16, "<p>Vu.</p>");
    let changes = whole(&desk, &mut mark, 100, &[]).await;
    assert_eq!(numbers(&changes), ["16"], "then what has changed, alone");
}

#[tokio::test]
async fn a_long_request_that_ends_late_is_not_missed() {
    let desk = Desk::open(Generation::Ten).await;
    desk.created("REL-000001").await;
    desk.created("REL-000002").await;
    let mut mark = None;
    whole(&desk, &mut mark, 100, &[]).await;
    // Begun before the pull, it bears the date of its beginning.
    let begun = desk.glpi.tickets()[0].date_mod - 60;
    desk.glpi.change(15, |ticket| ticket.status = 3);
    desk.clock.advance(30_000);
    let late = desk.glpi.clone();
    assert!(late.backdate(15, begun), "the ticket is there");
    let changes = whole(&desk, &mut mark, 100, &[]).await;
    assert!(
        numbers(&changes).contains(&"15"),
        "the overlap brings it: {:?}",
        numbers(&changes)
    );
}

#[tokio::test]
async fn many_tickets_of_one_second_are_all_read() {
    let desk = Desk::open(Generation::Ten).await;
    // As when a nightly task closes them together.
    let made: Vec<String> = (0..17)
        .map(|n| {
            desk.glpi
                .open_for(ME, &format!("Affaire {n}"), "<p>x</p>")
                .to_string()
        })
        .collect();
    for limit in [2, 5, 16, 17, 18] {
        let mut mark = None;
        let changes = whole(&desk, &mut mark, limit, &[]).await;
        assert_eq!(numbers(&changes), made, "each once, {limit} at a time");
    }
    // One of them changes while that second is being read: what follows it moves up one place.
    let mut mark = None;
    let mut seen = Vec::new();
    for _ in 0..3 {
        let page = page(&desk, &mark, 5, &[]).await;
        mark = Some(page.mark);
        seen.extend(page.changes);
    }
    desk.clock.advance(1_000);
    desk.glpi.answer(15, "<p>Vu.</p>");
    seen.extend(whole(&desk, &mut mark, 5, &[]).await);
    let mut all = numbers(&seen);
    all.dedup();
    assert_eq!(all, made, "none is skipped");
    let last = seen
        .iter()
        .rev()
        .find(|change| change.number.as_deref() == Some("15"));
    assert_eq!(
        last.map(|change| change.entries.len()),
        Some(1),
        "and the change came too"
    );
}

#[tokio::test]
async fn whatever_changes_while_one_reads_the_end_is_the_platforms() {
    for seed in 0..40 {
        let mut rng = StdRng::seed_from_u64(seed);
        let desk = Desk::open(Generation::Eleven).await;
        let mut known: BTreeMap<String, (Option<i64>, usize, Option<String>)> = BTreeMap::new();
        let mut mark = None;
        for _ in 0..rng.random_range(1..12) {
            desk.glpi.open_for(ME, "Affaire", "<p>x</p>");
            desk.clock.advance(rng.random_range(0..3) * 500);
        }
        for round in 0..30 {
            // Between two pages people go on working, in the same second or later.
            for _ in 0..rng.random_range(0..3) {
                let tickets = desk.glpi.tickets();
                let ticket = tickets[rng.random_range(0..tickets.len())].id;
                match rng.random_range(0..3) {
                    0 => drop(desk.glpi.answer(ticket, "<p>Vu.</p>")),
                    1 => drop(desk.glpi.open_for(ME, "Affaire", "<p>x</p>")),
                    _ => drop(
                        desk.glpi
                            .change(ticket, |one| one.status = 1 + one.status % 6),
                    ),
                }
                desk.clock.advance(rng.random_range(0..4) * 500);
            }
            if rng.random_range(0..4) == 0 {
                desk.glpi.inject_at(
                    On::Read,
                    READ_FAULTS[rng.random_range(0..READ_FAULTS.len())],
                );
            }
            // A cut page is asked again from its mark.
            let from = PullFrom {
                mark: mark.clone(),
                numbers: vec![],
                limit: rng.random_range(2..6),
            };
            if let Reply::Sent(page) = desk.adapter.pull(&from).await {
                take(&mut known, &page.changes);
                mark = Some(page.mark);
            }
            if round % 7 == 6 {
                desk.clock.advance(5 * MINUTE_MS);
            }
        }
        desk.glpi.clear_faults();
        let rest = whole(&desk, &mut mark, 4, &[]).await;
        take(&mut known, &rest);
        let theirs: BTreeMap<_, _> = desk
            .glpi
            .tickets()
            .into_iter()
            .map(|ticket| {
                let status = [
                    None,
                    Some("New"),
                    Some("Processing (assigned)"),
                    Some("Processing (planned)"),
                    Some("Pending"),
                    Some("Solved"),
                    Some("Closed"),
                ][usize::try_from(ticket.status).unwrap_or(0)];
                let modified = (ticket.date_mod - 7_200) * 1000;
                (
                    ticket.id.to_string(),
                    (
                        Some(modified),
                        desk.glpi.follow_ups(ticket.id).len(),
                        status.map(str::to_owned),
                    ),
                )
            })
            .collect();
        assert_eq!(
            known, theirs,
            "seed {seed}: what is known here is what is there"
        );
    }
}

fn take(known: &mut BTreeMap<String, (Option<i64>, usize, Option<String>)>, changes: &[Change]) {
    for change in changes {
        let number = change.number.clone().unwrap_or_default();
        known.insert(
            number,
            (
                change.modified_ms,
                change.entries.len(),
                change.status.clone(),
            ),
        );
    }
}

#[tokio::test]
async fn tickets_followed_by_number_come_too_and_under_the_number_that_was_typed() {
    let desk = Desk::closed(Generation::Ten).await;
    assert_eq!(
        desk.log_in(TECHNICIAN).await,
        Reply::Sent(()),
        "somebody who sees every ticket"
    );
    let others: Vec<i64> = (0..7)
        .map(|n| desk.glpi.open_for(99, &format!("Affaire {n}"), "<p>x</p>"))
        .collect();
    let mine = desk
        .glpi
        .open_for(sandbox::glpi::TECHNICIAN, "La mienne", "<p>x</p>");
    let mut mark = None;
    let changes = whole(&desk, &mut mark, 100, &[]).await;
    assert_eq!(
        numbers(&changes),
        [mine.to_string()],
        "other people's tickets are not taken in"
    );
    let typed = format!("#{:07}", others[0]);
    let mut asked: Vec<String> = others[1..].iter().map(i64::to_string).collect();
    asked.extend([
        typed.clone(),
        "INC000000000430".into(),
        "9999".into(),
        mine.to_string(),
    ]);
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    for limit in [2, 3, 100] {
        let changes = whole(&desk, &mut None, limit, &asked).await;
        let mut expected: Vec<String> = others[1..].iter().map(i64::to_string).collect();
        expected.extend([typed.clone(), mine.to_string()]);
        expected.sort_unstable();
        let mut got = numbers(&changes);
        // Between two pages nothing tells that it came already; merging it twice changes nothing.
        got.dedup();
        assert_eq!(
            got, expected,
            "each under the number that was typed; what is no ticket is passed over ({limit} at a time)"
        );
    }

    let person = Desk::open(Generation::Ten).await;
    let hidden = person
        .glpi
        .open_for(99, "Affaire d’une autre personne", "<p>x</p>")
        .to_string();
    let changes = whole(&person, &mut None, 10, &[&hidden]).await;
    assert_eq!(
        changes,
        [],
        "a ticket that the person may not see stops nothing"
    );
}

#[tokio::test]
async fn each_fault_of_a_pull_is_no_page() {
    let desk = Desk::open(Generation::Ten).await;
    desk.created("REL-000001").await;
    // The search, the ticket, its follow-ups, its solutions.
    for fault in READ_FAULTS {
        for before in 0..4 {
            for _ in 0..before {
                desk.glpi.inject_at(
                    On::Read,
                    Fault::Slow {
                        ms: 0,
                        committed: true,
                    },
                );
            }
            desk.glpi.inject_at(On::Read, fault);
            let reply = desk
                .adapter
                .pull(&PullFrom {
                    limit: 10,
                    ..PullFrom::default()
                })
                .await;
            assert!(
                !matches!(reply, Reply::Sent(_)),
                "{fault:?} at call {before} must not lose a ticket: {reply:?}"
            );
            desk.glpi.clear_faults();
        }
    }
    desk.glpi.expire_sessions();
    assert_eq!(
        whole(&desk, &mut None, 10, &[]).await.len(),
        1,
        "a session that died on the way opens again"
    );
}

#[tokio::test]
async fn dates_are_understood_without_last_modified_once_they_were_with_it() {
    let desk = Desk::open(Generation::Ten).await;
    desk.created("REL-000001").await;
    whole(&desk, &mut None, 10, &[]).await;
    desk.glpi
        .configure(|settings| settings.last_modified = false);
    let changes = whole(&desk, &mut None, 10, &[]).await;
    assert_eq!(
        changes[0].modified_ms,
        Some(desk.clock.now_ms()),
        "the zone is remembered"
    );
}

#[tokio::test]
async fn a_mark_that_cannot_be_read_is_none() {
    let desk = Desk::open(Generation::Ten).await;
    desk.created("REL-000001").await;
    for odd in [
        "",
        "{",
        "[]",
        "{\"since\":\"hier\"}",
        "{\"since\":\"2026-01-01 00:00:00\",\"within\":{\"read\":9,\"total\":9}}",
    ] {
        let changes = whole(&desk, &mut Some(odd.to_owned()), 10, &[]).await;
        assert_eq!(changes.len(), 1, "{odd:?}: read again rather than missed");
    }
}
