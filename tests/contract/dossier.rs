//! Creation and look-up: what is sent is there, under the number that came back.

use platform::{LoginKind, LookUp, OfflineKind, Reply};
use tests::{LOGIN, creation};

use crate::Stage;

pub async fn what_it_claims_holds_together(stage: Stage) {
    let can = stage.can();
    if can.sends {
        assert!(
            can.look_up != LookUp::Nothing,
            "an adapter that sends must be able to resolve « incertain » by a look-up"
        );
    } else {
        assert_eq!(can.login, LoginKind::None, "nobody logs in to copy by hand");
        assert!(
            can.look_up == LookUp::Nothing
                && !(can.notes || can.attachments || can.resolution || can.cancel || can.pulls),
            "an adapter that does not send cannot do anything remotely"
        );
    }
    assert_eq!(
        stage.platform.has_session(stage.clock.now_ms()),
        can.login == LoginKind::None,
        "only an adapter without login is ready from the start"
    );
}

pub async fn a_dossier_is_created_with_its_reference_and_found_by_it(stage: Stage) {
    let dossier = creation("identity-1", "REL-000001");
    let Some(there) = stage.connected().await else {
        let reply = stage.platform.create(&dossier).await;
        assert!(
            matches!(
                reply,
                Reply::Offline {
                    kind: OfflineKind::ByHand,
                    ..
                }
            ),
            "an adapter that does not send never claims to have sent: {reply:?}"
        );
        let reply = stage.platform.find("REL-000001").await;
        assert!(
            matches!(
                reply,
                Reply::Offline {
                    kind: OfflineKind::ByHand,
                    ..
                }
            ),
            "nor does it claim that nothing is there: {reply:?}"
        );
        return;
    };
    let Reply::Sent(accepted) = stage.platform.create(&dossier).await else {
        panic!("a good dossier on a good day is accepted");
    };
    let incidents = there.sandbox.incidents();
    assert_eq!(incidents.len(), 1, "one dossier was made");
    let incident = &incidents[0];
    assert_eq!(
        incident.number,
        accepted.name(),
        "the number is the incident's, not the staging row's"
    );
    assert_ne!(incident.entry_id, accepted.name(), "nor the entry's");
    assert_eq!(
        incident.reference.as_deref(),
        Some("REL-000001"),
        "the reference can be looked up"
    );
    assert_eq!(
        incident.summary, dossier.summary,
        "the summary arrived whole, accents included"
    );
    assert_eq!(
        incident.submitter, LOGIN,
        "the person sent it, not a service account"
    );
    let details = incident
        .values
        .get("Detailed Decription")
        .and_then(|value| value.as_str());
    assert!(
        details.is_some_and(|text| text.ends_with("\nRéf. client : REL-000001")),
        "people read the reference on the last line: {details:?}"
    );
    assert_eq!(
        accepted.server_time_ms.map(|ms| ms / 1000),
        Some(stage.clock.now_ms() / 1000),
        "the platform's own time of creation is understood"
    );
    let Reply::Sent(found) = stage.platform.find("REL-000001").await else {
        panic!("the look-up answers");
    };
    assert_eq!(found.len(), 1, "the reference finds its dossier");
    assert_eq!(
        found[0].number, accepted.number,
        "and the look-up gives the same number as the creation"
    );
    assert_eq!(
        stage.platform.find("REL-000002").await,
        Reply::Sent(vec![]),
        "another reference finds nothing, and that is an answer"
    );
}

pub async fn several_under_one_reference_come_oldest_first(stage: Stage) {
    let Some(there) = stage.connected().await else {
        return;
    };
    let dossier = creation("identity-1", "REL-000001");
    for _ in 0..3 {
        assert!(
            matches!(stage.platform.create(&dossier).await, Reply::Sent(_)),
            "each is accepted"
        );
        stage.clock.advance(60_000);
    }
    let made: Vec<String> = there
        .sandbox
        .incidents()
        .into_iter()
        .map(|incident| incident.number)
        .collect();
    let Reply::Sent(found) = stage.platform.find("REL-000001").await else {
        panic!("the look-up answers");
    };
    let found: Vec<String> = found.into_iter().map(|one| one.name().to_owned()).collect();
    assert_eq!(found, made, "all of them, the first made first");
}

pub async fn a_quote_in_a_reference_finds_nothing_else(stage: Stage) {
    let Some(_) = stage.connected().await else {
        return;
    };
    let created = stage
        .platform
        .create(&creation("identity-1", "REL-000001"))
        .await;
    assert!(
        matches!(created, Reply::Sent(_)),
        "there is something to find: {created:?}"
    );
    let trick = "X\" OR 'Vendor Ticket Number' = \"REL-000001";
    assert_eq!(
        stage.platform.find(trick).await,
        Reply::Sent(vec![]),
        "a reference is a value and cannot become a query"
    );
}

pub async fn the_status_is_the_platforms_own(stage: Stage) {
    let Some(there) = stage.connected().await else {
        return;
    };
    for assign in [true, false] {
        there
            .sandbox
            .configure(|settings| settings.assign_on_create = assign);
        let reference = if assign { "REL-00000A" } else { "REL-00000B" };
        let created = stage.platform.create(&creation(reference, reference)).await;
        assert!(matches!(created, Reply::Sent(_)), "accepted: {created:?}");
        let Reply::Sent(found) = stage.platform.find(reference).await else {
            panic!("the look-up answers");
        };
        let status = found.first().and_then(|one| one.status.clone());
        let held = there
            .sandbox
            .incidents()
            .into_iter()
            .find(|i| i.reference.as_deref() == Some(reference));
        assert_eq!(
            status,
            held.map(|incident| incident.status),
            "the status is read, because a rule may have changed the one we sent"
        );
    }
}
