//! Sending on good and on ordinary days: once, in order, and no further than the network and the session go.

use super::*;

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
        .write(|tx| enqueue(tx, "ticket-1", PLACE, &creation(2), START))
        .unwrap();
    assert_eq!(again, id, "the ticket is queued already");
    let all = desk
        .store
        .read(|conn| outbox::list(conn, &outbox::OutboxFilter::All))
        .unwrap();
    assert_eq!(all.len(), 1, "no second row was made");
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
        PLACE,
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
