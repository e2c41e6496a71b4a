//! What a person may do with an item, and when it is too late.

use store::{
    attachment::{self, Attachment},
    pack::{self, Pack},
};

use super::*;

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
            reopen(&desk.store, first, &Work::Creation(stranger), START),
            Err(Error::OtherIdentity)
        ),
        "a correction keeps the identity"
    );
    let corrected = Creation {
        site: Some("Billom".into()),
        ..creation(1)
    };
    reopen(
        &desk.store,
        first,
        &Work::Creation(corrected),
        desk.now_ms(),
    )
    .unwrap();
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
            reopen(&desk.store, id, &Work::Creation(creation(1)), START),
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
fn what_is_taken_back_keeps_its_files_and_its_pack() {
    let desk = Desk::new();
    let photo = Attachment {
        id: "photo".into(),
        ticket_id: Some("ticket-3".into()),
        ..Attachment::default()
    };
    let (item, pack) = desk
        .store
        .write(|tx| {
            let kept = Pack {
                pack_id: "essai".into(),
                ..Pack::default()
            };
            let files = [("pack.toml".to_owned(), String::new())].into();
            let pack = pack::keep(tx, &kept, &files)?;
            let dossier = Ticket {
                id: "ticket-3".into(),
                state: "ouvert".into(),
                pack: Some(pack.clone()),
                answers: "{}".into(),
                summary: "{}".into(),
                ..Ticket::default()
            };
            store::ticket::insert(tx, &dossier)?;
            attachment::add(tx, &photo, b"abc")?;
            Ok::<_, Error>((enqueue(tx, "ticket-3", PLACE, &creation(3), START)?, pack))
        })
        .unwrap();
    let id = resume_as_draft(&desk.store, item, START).unwrap();
    let (draft, joined, left) = desk
        .store
        .read(|conn| {
            Ok::<_, store::Error>((
                store::draft::get(conn, &id)?.unwrap(),
                attachment::of_draft(conn, &id)?,
                attachment::of_ticket(conn, "ticket-3")?,
            ))
        })
        .unwrap();
    assert_eq!(
        draft.pack,
        Some(pack),
        "the questions stay those that were answered"
    );
    assert_eq!(
        (joined.len(), left.len()),
        (1, 0),
        "the photo is sent with what is asked in the end"
    );
}
