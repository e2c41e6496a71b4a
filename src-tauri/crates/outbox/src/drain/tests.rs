//! The life of a dossier in the queue, against a platform that answers what the test says.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use platform::{Capabilities, Pending};
use rand::SeedableRng;
use rand::rngs::StdRng;
use secrecy::SecretString;
use store::Key;
use store::ticket::Ticket;

use super::*;
use crate::{
    backoff, enqueue, recover, reopen, resolve_by_hand, resume_as_draft, retry_now, withdraw,
};

/// Answers in order; a call nobody planned is a failure of the test.
struct Scripted {
    creates: Mutex<VecDeque<Reply<Accepted>>>,
    finds: Mutex<VecDeque<Reply<Vec<Accepted>>>>,
    heard: Mutex<Vec<String>>,
    session: bool,
    sends: bool,
}

impl Platform for Scripted {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            login: LoginKind::OneTimePassword,
            sends: self.sends,
            find_by_reference: true,
            notes: false,
            attachments: false,
            close: false,
        }
    }
    fn login<'a>(&'a self, _: &'a str, _: &'a SecretString, _: i64) -> Pending<'a, Reply<()>> {
        panic!("the outbox never logs in")
    }
    fn has_session(&self, _: i64) -> bool {
        self.session
    }
    fn create<'a>(&'a self, creation: &'a Creation) -> Pending<'a, Reply<Accepted>> {
        let said = format!("create {} {}", creation.reference, creation.summary);
        self.heard.lock().unwrap().push(said);
        let reply = self
            .creates
            .lock()
            .unwrap()
            .pop_front()
            .expect("an unplanned creation");
        Box::pin(async move { reply })
    }
    fn find<'a>(&'a self, reference: &'a str) -> Pending<'a, Reply<Vec<Accepted>>> {
        self.heard.lock().unwrap().push(format!("find {reference}"));
        let reply = self
            .finds
            .lock()
            .unwrap()
            .pop_front()
            .expect("an unplanned look-up");
        Box::pin(async move { reply })
    }
    fn logout(&self) -> Pending<'_, ()> {
        Box::pin(async {})
    }
}

/// One desk: a store, a clock, a platform.
struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
    now: AtomicI64,
    platform: Scripted,
    rng: StdRng,
    cancel: CancellationToken,
}

const START: i64 = 1_789_365_600_000;

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        Desk {
            store: Store::open(folder.path(), &Key::from_bytes([7; 32])).unwrap(),
            _folder: folder,
            now: AtomicI64::new(START),
            platform: Scripted {
                creates: Mutex::default(),
                finds: Mutex::default(),
                heard: Mutex::default(),
                session: true,
                sends: true,
            },
            rng: StdRng::seed_from_u64(7),
            cancel: CancellationToken::new(),
        }
    }

    fn queue(&self, n: u32) -> i64 {
        let creation = creation(n);
        self.store
            .write(|tx| {
                let ticket = Ticket {
                    id: format!("ticket-{n}"),
                    reference: Some(creation.reference.clone()),
                    title: creation.summary.clone(),
                    state: "ouvert".into(),
                    answers: r#"{"salle":"B1.12"}"#.into(),
                    summary: "{}".into(),
                    ..Ticket::default()
                };
                store::ticket::insert(tx, &ticket)?;
                enqueue(tx, &ticket.id, &creation, START)
            })
            .unwrap()
    }

    fn create_says(&self, reply: Reply<Accepted>) {
        self.platform.creates.lock().unwrap().push_back(reply);
    }

    fn find_says(&self, reply: Reply<Vec<Accepted>>) {
        self.platform.finds.lock().unwrap().push_back(reply);
    }

    fn wait(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    fn now_ms(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    async fn pass(&mut self) -> Pass {
        let now = &self.now;
        drain(
            &self.store,
            &self.platform,
            &|| now.load(Ordering::SeqCst),
            &mut self.rng,
            &self.cancel,
            &|_| {},
        )
        .await
        .unwrap()
    }

    fn item(&self, id: i64) -> OutboxItem {
        self.store
            .read(|conn| outbox::get(conn, id))
            .unwrap()
            .unwrap()
    }

    fn ticket(&self, n: u32) -> Ticket {
        self.store
            .read(|conn| store::ticket::get(conn, &format!("ticket-{n}")))
            .unwrap()
            .unwrap()
    }

    fn timeline(&self, n: u32) -> Vec<String> {
        let events = self
            .store
            .read(|conn| store::event::list(conn, &format!("ticket-{n}")))
            .unwrap();
        events.into_iter().map(|event| event.text).collect()
    }

    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *self.platform.heard.lock().unwrap())
    }
}

fn creation(n: u32) -> Creation {
    Creation {
        identity: format!("01890000-0000-7000-8000-00000000000{n}"),
        reference: format!("REL-00000{n}"),
        summary: format!("Imprimante {n}"),
        description: "Bourrage".into(),
        impact: "3-Moderate/Limited".into(),
        urgency: "3-Medium".into(),
        service_type: "User Service Restoration".into(),
        first_name: "Camille".into(),
        last_name: "Martin".into(),
        login: None,
        phone: String::new(),
        site: None,
        categories: BTreeMap::new(),
    }
}

fn accepted(number: &str) -> Accepted {
    Accepted {
        number: number.into(),
        server_time_ms: None,
        status: Some("Assigned".into()),
    }
}

fn no_answer<T>() -> Reply<T> {
    Reply::Uncertain {
        retry_after: None,
        reason: "connection reset".into(),
    }
}

#[tokio::test]
async fn a_dossier_is_sent_once_and_gets_its_number() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.create_says(Reply::Sent(accepted("INC1")));
    let pass = desk.pass().await;
    assert_eq!(pass.accepted.len(), 1, "one dossier arrived");
    assert_eq!(pass.next_due_ms, None, "nothing is left to do");
    let (item, ticket) = (desk.item(id), desk.ticket(1));
    assert_eq!(item.state, "accepte", "the queue knows");
    assert_eq!(item.proof_number.as_deref(), Some("INC1"), "with its proof");
    assert_eq!(
        ticket.number.as_deref(),
        Some("INC1"),
        "the dossier carries its number"
    );
    assert_eq!(
        ticket.platform_status.as_deref(),
        Some("Assigned"),
        "and the platform's status"
    );
    assert_eq!(
        desk.timeline(1),
        ["La plateforme a le dossier sous le numéro\u{a0}INC1."],
        "the timeline tells it once"
    );
    assert_eq!(
        desk.pass().await,
        Pass::default(),
        "a second pass has nothing to send"
    );
    assert_eq!(desk.heard().len(), 1, "and sent nothing");
}

#[tokio::test]
async fn a_second_click_is_the_same_dossier() {
    let desk = Desk::new();
    let id = desk.queue(1);
    let again = desk
        .store
        .write(|tx| enqueue(tx, "ticket-1", &creation(2), START))
        .unwrap();
    assert_eq!(again, id, "the ticket is queued already");
    let all = desk
        .store
        .read(|conn| outbox::list(conn, &outbox::OutboxFilter::All))
        .unwrap();
    assert_eq!(all.len(), 1, "no second row was made");
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_never_repeated_blindly() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.create_says(no_answer());
    let pass = desk.pass().await;
    assert_eq!(pass.uncertain, [id], "nobody knows how it ended");
    assert_eq!(desk.item(id).state, "incertain", "and the queue says so");
    let next = pass.next_due_ms.expect("a look-up is planned");
    assert!(
        next - desk.now_ms() <= 5_000,
        "soon, because the dossier is probably there"
    );
    desk.wait(5_000);

    desk.find_says(Reply::Sent(vec![]));
    let pass = desk.pass().await;
    assert_eq!(
        pass.next_due_ms,
        Some(START + SETTLE_MS),
        "not there yet: the platform may still be at work"
    );
    assert_eq!(desk.item(id).state, "incertain", "too soon to send again");
    assert_eq!(
        desk.pass().await.uncertain,
        Vec::<i64>::new(),
        "nothing is asked in between"
    );

    desk.wait(SETTLE_MS);
    desk.find_says(Reply::Sent(vec![]));
    desk.create_says(Reply::Sent(accepted("INC1")));
    assert_eq!(
        desk.pass().await.accepted.len(),
        1,
        "surely absent: sent again"
    );
    assert_eq!(
        desk.heard(),
        [
            "create REL-000001 Imprimante 1",
            "find REL-000001",
            "find REL-000001",
            "create REL-000001 Imprimante 1"
        ],
        "each repeat came after a look, with the same payload"
    );
    assert_eq!(desk.item(id).attempts, 2, "both attempts are on record");
}

#[tokio::test]
async fn a_dossier_found_twice_keeps_the_oldest_number_and_shows_the_other() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.create_says(no_answer());
    desk.pass().await;
    desk.wait(5_000);
    desk.find_says(Reply::Sent(vec![accepted("INC1"), accepted("INC2")]));
    let pass = desk.pass().await;
    assert_eq!(pass.accepted[0].number, "INC1", "the oldest");
    assert_eq!(pass.accepted[0].others, ["INC2"], "the other is reported");
    assert_eq!(desk.item(id).state, "accepte", "found means accepted");
    assert!(
        desk.timeline(1).iter().any(|line| line.contains("INC2")),
        "a person sees the double in the timeline: {:?}",
        desk.timeline(1)
    );
}

#[tokio::test]
async fn death_during_the_call_leaves_an_uncertain_item() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.store
        .write(|tx| outbox::begin_attempt(tx, id, START))
        .unwrap();
    assert_eq!(
        desk.pass().await,
        Pass::default(),
        "what is being sent is nobody else's to send"
    );
    assert_eq!(
        recover(&desk.store, START + 1_000).unwrap(),
        1,
        "at start-up it is seen"
    );
    assert_eq!(
        desk.item(id).state,
        "incertain",
        "as sent without an answer"
    );
    desk.find_says(Reply::Sent(vec![accepted("INC1")]));
    assert_eq!(desk.pass().await.accepted.len(), 1, "a look finds it");
    assert_eq!(desk.heard(), ["find REL-000001"], "nothing was sent");
}

#[tokio::test]
async fn a_refusal_wedges_its_own_lane_and_can_be_corrected_or_withdrawn() {
    let mut desk = Desk::new();
    let (first, second, third) = (desk.queue(1), desk.queue(2), desk.queue(3));
    for _ in 0..2 {
        desk.create_says(Reply::Rejected {
            code: Some(307),
            reason: "Required field (Site)".into(),
            field: Some("Site".into()),
            certain: true,
        });
    }
    desk.create_says(Reply::Sent(accepted("INC3")));
    let pass = desk.pass().await;
    assert_eq!(pass.refused, [first, second], "two are refused");
    assert_eq!(
        pass.accepted[0].item, third,
        "the third goes through all the same"
    );
    let item = desk.item(first);
    assert_eq!(
        (item.reason_code.as_deref(), item.reason.as_deref()),
        (Some("307"), Some("Site")),
        "the reason is kept for the person"
    );
    assert_eq!(
        pass.next_due_ms, None,
        "a refusal is not tried again by itself"
    );

    let stranger = Creation {
        reference: "REL-999999".into(),
        ..creation(1)
    };
    assert!(
        matches!(
            reopen(&desk.store, first, &stranger, START),
            Err(Error::OtherIdentity)
        ),
        "a correction keeps the identity"
    );
    let corrected = Creation {
        site: Some("Billom".into()),
        ..creation(1)
    };
    reopen(&desk.store, first, &corrected, desk.now_ms()).unwrap();
    withdraw(&desk.store, second, desk.now_ms()).unwrap();
    desk.create_says(Reply::Sent(accepted("INC1")));
    assert_eq!(
        desk.pass().await.accepted[0].item,
        first,
        "the corrected one goes"
    );
    assert_eq!(
        desk.item(second).state,
        "retire",
        "the withdrawn one stays on record"
    );
}

#[tokio::test]
async fn a_refusal_told_as_a_server_error_is_believed_after_one_look() {
    let refusal = || Reply::Rejected {
        code: Some(306),
        reason: "too long".into(),
        field: None,
        certain: false,
    };
    let mut desk = Desk::new();
    let (absent, there, unknown) = (desk.queue(1), desk.queue(2), desk.queue(3));
    desk.create_says(refusal());
    desk.find_says(Reply::Sent(vec![]));
    desk.create_says(refusal());
    desk.find_says(Reply::Sent(vec![accepted("INC2")]));
    desk.create_says(refusal());
    desk.find_says(Reply::Transient {
        retry_after: None,
        reason: "HTTP 503".into(),
    });
    let pass = desk.pass().await;
    assert_eq!(pass.refused, [absent], "not there: refused");
    assert_eq!(
        pass.accepted[0].item, there,
        "there: accepted, whatever the error said"
    );
    assert_eq!(
        pass.uncertain,
        [unknown],
        "nobody can tell: looked up later"
    );
}

#[tokio::test]
async fn a_missing_session_or_network_stops_every_lane_and_loses_nothing() {
    for (reply, stop) in [
        (
            Reply::NeedsLogin {
                reason: LoginReason::Expired,
            },
            Stop::NeedsLogin {
                reason: LoginReason::Expired,
            },
        ),
        (
            Reply::Offline {
                kind: OfflineKind::Refused,
                detail: "refused".into(),
            },
            Stop::Offline {
                kind: OfflineKind::Refused,
            },
        ),
    ] {
        let mut desk = Desk::new();
        let ids = [desk.queue(1), desk.queue(2), desk.queue(3)];
        desk.create_says(Reply::Sent(accepted("INC1")));
        desk.create_says(reply);
        let pass = desk.pass().await;
        assert_eq!(pass.stopped, Some(stop), "the pass stops there");
        assert_eq!(desk.heard().len(), 2, "the third lane was not tried");
        assert!(
            ids[1..]
                .iter()
                .all(|id| desk.item(*id).state == "pret" && !desk.item(*id).maybe_sent),
            "surely not sent: both wait as they were"
        );
        desk.create_says(Reply::Sent(accepted("INC2")));
        desk.create_says(Reply::Sent(accepted("INC3")));
        assert_eq!(
            desk.pass().await.accepted.len(),
            2,
            "and go on from there, without a look-up"
        );
    }
}

#[tokio::test]
async fn without_a_session_no_attempt_is_recorded() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.platform.session = false;
    let pass = desk.pass().await;
    assert_eq!(
        pass.stopped,
        Some(Stop::NeedsLogin {
            reason: LoginReason::Missing
        }),
        "a password first"
    );
    assert_eq!(desk.item(id).attempts, 0, "nothing was tried");
    assert_eq!(pass.next_due_ms, None, "only a person can change that");
}

#[tokio::test]
async fn behind_a_portal_the_item_is_looked_up_before_it_is_repeated() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.create_says(Reply::Offline {
        kind: OfflineKind::Portal,
        detail: "a page".into(),
    });
    let pass = desk.pass().await;
    assert_eq!(
        pass.stopped,
        Some(Stop::Offline {
            kind: OfflineKind::Portal
        }),
        "everything waits"
    );
    assert!(
        desk.item(id).maybe_sent,
        "a page is no proof that the request did not pass"
    );
    desk.wait(SETTLE_MS);
    desk.find_says(Reply::Sent(vec![]));
    desk.create_says(Reply::Offline {
        kind: OfflineKind::NoNetwork,
        detail: "unreachable".into(),
    });
    desk.pass().await;
    assert!(
        desk.item(id).maybe_sent,
        "a later proof about a later attempt does not settle the first"
    );
    desk.wait(SETTLE_MS);
    desk.find_says(Reply::Sent(vec![accepted("INC1")]));
    assert_eq!(desk.pass().await.accepted.len(), 1, "the look-up decides");
}

#[tokio::test]
async fn a_busy_platform_is_left_in_peace_as_long_as_it_asked() {
    let mut desk = Desk::new();
    let (first, _second) = (desk.queue(1), desk.queue(2));
    desk.create_says(Reply::Transient {
        retry_after: Some(Duration::from_secs(90)),
        reason: "HTTP 429".into(),
    });
    let pass = desk.pass().await;
    assert_eq!(
        desk.heard().len(),
        1,
        "the second lane does not knock either"
    );
    assert_eq!(pass.postponed, [first], "the first goes back to the queue");
    assert_eq!(
        pass.next_due_ms,
        Some(START + 90_000),
        "until the time the platform gave"
    );
}

#[tokio::test]
async fn a_pass_can_be_cancelled_between_two_operations() {
    let mut desk = Desk::new();
    desk.queue(1);
    let second = desk.queue(2);
    desk.create_says(Reply::Sent(accepted("INC1")));
    let (store, cancel, seen) = (
        desk.store.clone(),
        desk.cancel.clone(),
        Mutex::new(Vec::new()),
    );
    let pass = drain(
        &store,
        &desk.platform,
        &|| START,
        &mut desk.rng,
        &cancel,
        &|progress| {
            seen.lock().unwrap().push((progress.done, progress.total));
            if progress.done == 1 {
                cancel.cancel();
            }
        },
    )
    .await
    .unwrap();
    assert!(pass.cancelled, "the pass says that it was cut short");
    assert_eq!(pass.accepted.len(), 1, "the first was finished, not torn");
    assert_eq!(desk.item(second).state, "pret", "the second was not begun");
    assert_eq!(
        seen.lock().unwrap()[..2],
        [(0, 2), (1, 2)],
        "progress was shown"
    );
}

#[tokio::test]
async fn a_clock_set_back_neither_strands_an_item_nor_shortens_the_doubt() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.create_says(no_answer());
    desk.pass().await;
    // Ten years back: the flat battery of an old computer.
    desk.wait(-10 * 365 * 86_400_000);
    desk.find_says(Reply::Sent(vec![]));
    let pass = desk.pass().await;
    assert_eq!(
        pass.uncertain,
        [id],
        "it is looked up although its time is ten years away"
    );
    assert_eq!(
        pass.next_due_ms,
        Some(desk.now_ms() + SETTLE_MS),
        "the wait starts again: the attempt may be a second old"
    );
    desk.wait(SETTLE_MS);
    desk.find_says(Reply::Sent(vec![]));
    desk.create_says(Reply::Sent(accepted("INC1")));
    assert_eq!(
        desk.pass().await.accepted.len(),
        1,
        "and ends within that wait"
    );
}

#[tokio::test]
async fn a_manual_platform_is_never_sent_to_and_its_number_is_typed_back() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.platform.sends = false;
    assert_eq!(
        desk.pass().await,
        Pass::default(),
        "nothing is due for a machine"
    );
    assert!(
        matches!(
            resolve_by_hand(&desk.store, id, "  ", START),
            Err(Error::EmptyNumber)
        ),
        "a number is needed"
    );
    resolve_by_hand(&desk.store, id, " INC9 ", START).unwrap();
    assert_eq!(
        desk.ticket(1).number.as_deref(),
        Some("INC9"),
        "the person's reading is a proof"
    );
    assert!(
        matches!(
            resolve_by_hand(&desk.store, id, "INC8", START),
            Err(Error::Transition { .. })
        ),
        "an accepted dossier does not change its number"
    );
}

#[tokio::test]
async fn a_dossier_goes_back_to_a_draft_only_before_its_first_attempt() {
    let mut desk = Desk::new();
    let (taken_back, tried) = (desk.queue(1), desk.queue(2));
    let draft = resume_as_draft(&desk.store, taken_back, START).unwrap();
    let draft = desk
        .store
        .read(|conn| store::draft::get(conn, &draft))
        .unwrap()
        .unwrap();
    assert_eq!(
        draft.answers, r#"{"salle":"B1.12"}"#,
        "the answers are all there"
    );
    assert_eq!(
        desk.ticket(1).state,
        "annule",
        "the dossier is kept, cancelled"
    );
    desk.create_says(Reply::Offline {
        kind: OfflineKind::Refused,
        detail: "refused".into(),
    });
    desk.pass().await;
    assert_eq!(desk.heard().len(), 1, "what was taken back is not sent");
    assert!(
        matches!(
            resume_as_draft(&desk.store, tried, START),
            Err(Error::Transition { .. })
        ),
        "after an attempt it is too late for a draft"
    );
    withdraw(&desk.store, tried, START).unwrap();
    assert_eq!(
        desk.item(tried).state,
        "retire",
        "but it surely never arrived, so it can be withdrawn"
    );
}

#[tokio::test]
async fn what_may_be_there_is_not_withdrawn_and_can_be_asked_for_at_once() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.create_says(no_answer());
    desk.pass().await;
    assert!(
        matches!(
            withdraw(&desk.store, id, START),
            Err(Error::Transition { .. })
        ),
        "the platform may have it"
    );
    assert!(
        matches!(
            reopen(&desk.store, id, &creation(1), START),
            Err(Error::Transition { .. })
        ),
        "nor is it corrected"
    );
    retry_now(&desk.store, id, START).unwrap();
    desk.find_says(Reply::Sent(vec![accepted("INC1")]));
    assert_eq!(
        desk.pass().await.accepted.len(),
        1,
        "« now » means a look-up now"
    );
    assert!(
        matches!(
            retry_now(&desk.store, id, START),
            Err(Error::Transition { .. })
        ),
        "what is over is over"
    );
    assert!(
        matches!(retry_now(&desk.store, 999, START), Err(Error::Missing(999))),
        "an unknown item is said as such"
    );
}

#[tokio::test]
async fn a_payload_of_another_version_is_shown_and_not_sent() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    desk.store
        .write(|tx| outbox::begin_attempt(tx, id, START))
        .unwrap();
    desk.store
        .write(|tx| outbox::refused(tx, id, "307", "Site", START))
        .unwrap();
    desk.store
        .write(|tx| outbox::reopened(tx, id, "{}", 99, START))
        .unwrap();
    let pass = desk.pass().await;
    assert_eq!(pass.refused, [id], "wedged, for a person to see");
    assert_eq!(
        desk.item(id).reason_code.as_deref(),
        Some("illisible"),
        "with its reason"
    );
    assert!(desk.heard().is_empty(), "nothing half-read was sent");
}

#[test]
fn the_first_wait_is_short() {
    let mut rng = StdRng::seed_from_u64(1);
    assert!(
        backoff(1, &mut rng) <= 5_000,
        "a first failure is retried within seconds"
    );
}
