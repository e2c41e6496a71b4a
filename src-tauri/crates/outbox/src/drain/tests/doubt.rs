//! After an attempt whose end is unknown: evidence first.

use super::*;

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
async fn a_computer_that_slept_during_the_call_does_not_believe_the_first_look() {
    let mut desk = Desk::new();
    let id = desk.queue(1);
    // The lid closed after the request left: the call ends eight hours later.
    desk.store
        .write(|tx| {
            outbox::begin_attempt(tx, id, START)?;
            outbox::uncertain(tx, id, "sans-reponse", "timeout", None, START + 28_800_000)
        })
        .unwrap();
    desk.wait(28_805_000);
    desk.find_says(Reply::Sent(vec![]));
    let pass = desk.pass().await;
    assert_eq!(
        pass.next_due_ms,
        Some(START + 28_800_000 + SETTLE_MS),
        "what left on waking may still arrive: nothing is sent again yet"
    );
    assert_eq!(desk.heard(), ["find REL-000001"], "it was only looked up");
}
