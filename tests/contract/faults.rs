//! Faults: after each of them the reply may only say what is true on the platform.

use platform::{OfflineKind, Reply};
use sandbox::{Fault, On, Profile};
use tests::creation;

use crate::{Stage, held};

pub async fn a_refusal_names_its_field(stage: Stage) {
    let Some(there) = stage.connected().await else {
        return;
    };
    there
        .sandbox
        .configure(|settings| settings.required.push("Site".into()));
    let reply = stage
        .platform
        .create(&creation("identity-1", "REL-000001"))
        .await;
    let Reply::Rejected {
        code,
        field,
        certain,
        ..
    } = reply
    else {
        panic!("a missing field is a refusal: {reply:?}");
    };
    assert_eq!(
        (code, field.as_deref()),
        (Some(307), Some("Site")),
        "the ui can point at the field"
    );
    // The old profile says it with a server error, after which the outbox looks once.
    assert_eq!(
        certain,
        there.sandbox.settings().profile == Profile::Ar20,
        "a 4xx is a proof, a 500 nearly one"
    );
    assert!(held(there).is_empty(), "nothing was made");
}

fn word<T>(reply: &Reply<T>) -> &'static str {
    match reply {
        Reply::Sent(_) => "sent",
        Reply::Offline {
            kind: OfflineKind::Portal,
            ..
        } => "portal",
        Reply::Offline { .. } => "offline",
        Reply::Transient { .. } => "transient",
        Reply::NeedsLogin { .. } => "login",
        Reply::Rejected { .. } => "rejected",
        Reply::Uncertain { .. } => "uncertain",
    }
}

pub async fn each_fault_of_a_creation_proves_no_more_than_it_does(stage: Stage) {
    let Some(there) = stage.connected().await else {
        return;
    };
    let table = [
        (Fault::CommitThenDrop, "uncertain"),
        (Fault::DropBefore, "uncertain"),
        (Fault::Reset, "uncertain"),
        (Fault::Arerr92 { committed: true }, "uncertain"),
        (Fault::Arerr92 { committed: false }, "uncertain"),
        (Fault::Arerr93, "uncertain"),
        (Fault::Arerr9093, "transient"),
        (Fault::BadGateway, "uncertain"),
        (Fault::BadGatewayAfterCommit, "uncertain"),
        (Fault::TooMany { retry_after_s: 7 }, "transient"),
        (Fault::Unavailable { retry_after_s: 7 }, "uncertain"),
        (Fault::TruncatedJson, "sent"),
        (Fault::EmptyCreated, "sent"),
        (Fault::CaptivePortal, "portal"),
        (Fault::RedirectElsewhere, "portal"),
        (Fault::ExpireToken, "login"),
    ];
    for (n, (fault, expected)) in table.into_iter().enumerate() {
        let reference = format!("REL-0000{n:02}");
        there.sandbox.inject_at(On::Create, fault);
        let reply = stage
            .platform
            .create(&creation(&reference, &reference))
            .await;
        assert_eq!(word(&reply), expected, "{fault:?} gave {reply:?}");
        let exists = held(there).contains(&reference);
        match reply {
            Reply::Sent(accepted) => {
                let number = there
                    .sandbox
                    .incidents()
                    .into_iter()
                    .find(|incident| incident.reference.as_deref() == Some(&reference))
                    .map(|incident| incident.number);
                assert_eq!(
                    Some(accepted.name().to_owned()),
                    number,
                    "after {fault:?} the number is the right one"
                );
            }
            Reply::Uncertain { .. } => {}
            other => assert!(
                !exists,
                "after {fault:?}, {other:?} says that nothing was made"
            ),
        }
        let _ = stage.log_in("essai").await;
    }
}

pub async fn each_fault_of_a_look_up_is_no_answer(stage: Stage) {
    let Some(there) = stage.connected().await else {
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
    for fault in [
        Fault::DropBefore,
        Fault::Reset,
        Fault::Arerr92 { committed: false },
        Fault::Arerr93,
        Fault::Arerr9093,
        Fault::BadGateway,
        Fault::TooMany { retry_after_s: 7 },
        Fault::Unavailable { retry_after_s: 7 },
        Fault::TruncatedJson,
        Fault::CaptivePortal,
        Fault::RedirectElsewhere,
        Fault::ExpireToken,
    ] {
        there.sandbox.inject_at(On::Read, fault);
        let reply = stage.platform.find("REL-000001").await;
        assert!(
            !matches!(reply, Reply::Sent(_)),
            "{fault:?} must not be read as « nothing there »: {reply:?}"
        );
        let _ = stage.log_in("essai").await;
    }
    let Reply::Sent(found) = stage.platform.find("REL-000001").await else {
        panic!("the look-up answers once the faults are over");
    };
    assert_eq!(found.len(), 1, "the dossier was there all the time");
}

pub async fn a_portal_costs_neither_the_dossier_nor_the_session(stage: Stage) {
    let Some(there) = stage.connected().await else {
        return;
    };
    there.sandbox.inject_always(Fault::CaptivePortal);
    let dossier = creation("identity-1", "REL-000001");
    assert_eq!(
        word(&stage.platform.create(&dossier).await),
        "portal",
        "a page of HTML is nobody's yes"
    );
    assert_eq!(
        word(&stage.platform.find("REL-000001").await),
        "portal",
        "nor an empty list"
    );
    assert_eq!(word(&stage.log_in("essai").await), "portal", "nor a token");
    assert!(
        stage.platform.has_session(stage.clock.now_ms()),
        "the session outlives the portal: a one-time password is not to be spent for it"
    );
    there.sandbox.clear_faults();
    assert_eq!(
        word(&stage.platform.create(&dossier).await),
        "sent",
        "once past the portal it goes through"
    );
    assert_eq!(held(there), ["REL-000001"], "once");
}

pub async fn a_cut_network_is_a_normal_state(mut stage: Stage) {
    let Some(there) = stage.connected().await.map(|there| there.sandbox.clone()) else {
        return;
    };
    if let Some(there) = stage.there.take() {
        there.running.stop().await;
    }
    let dossier = creation("identity-1", "REL-000001");
    assert_eq!(
        word(&stage.platform.create(&dossier).await),
        "offline",
        "surely not sent"
    );
    assert_eq!(
        word(&stage.platform.find("REL-000001").await),
        "offline",
        "nothing can be looked up"
    );
    assert!(
        stage.platform.has_session(stage.clock.now_ms()),
        "the session is kept for when the network is back"
    );
    assert!(there.incidents().is_empty(), "nothing was made");
}
