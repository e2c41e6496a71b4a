//! What is told later: there once, found by its identity, and never taken for done when nobody knows.

use platform::{Act, Counterpart, FollowUp, Reply};
use sandbox::{Fault, On};
use tests::creation;

use crate::{Stage, There};

fn told(n: u32, act: Act) -> FollowUp {
    FollowUp {
        identity: format!("01890000-0000-7000-9000-{n:012}"),
        reference: "REL-000001".into(),
        act,
    }
}

fn note(n: u32, text: &str) -> FollowUp {
    told(n, Act::Note { text: text.into() })
}

/// A dossier on the platform, as a follow-up knows it.
async fn created(stage: &Stage) -> Counterpart {
    let Reply::Sent(accepted) = stage
        .platform
        .create(&creation("identity-1", "REL-000001"))
        .await
    else {
        panic!("a good dossier on a good day is accepted");
    };
    Counterpart {
        reference: "REL-000001".into(),
        number: accepted.number,
        remote_id: accepted.remote_id,
        ..Counterpart::default()
    }
}

fn notes(there: &There, dossier: &Counterpart) -> Vec<String> {
    there
        .sandbox
        .worklogs(dossier.number.as_deref().unwrap_or_default())
        .into_iter()
        .map(|(_, text)| text)
        .collect()
}

pub async fn a_note_arrives_once_and_is_found_by_its_identity(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().notes) else {
        return;
    };
    let dossier = created(&stage).await;
    let told = note(1, "Toujours <en panne> & « bloqué ».\nSalle B1.12");
    assert_eq!(
        stage.platform.find_follow_up(&dossier, &told).await,
        Reply::Sent(vec![]),
        "not there yet, and that is an answer"
    );
    let Reply::Sent(accepted) = stage.platform.follow(&dossier, &told, None).await else {
        panic!("a note on a good day is accepted");
    };
    let there = notes(there, &dossier);
    assert_eq!(there.len(), 1, "one note");
    assert!(
        there[0].starts_with("Toujours <en panne> & « bloqué ».\nSalle B1.12"),
        "as it was written: {}",
        there[0]
    );
    let Reply::Sent(found) = stage.platform.find_follow_up(&dossier, &told).await else {
        panic!("the look-up answers");
    };
    assert_eq!(found.len(), 1, "it is found");
    assert_eq!(
        found[0].remote_id, accepted.remote_id,
        "under the proof that was given"
    );
    let other = note(2, "Toujours <en panne> & « bloqué ».\nSalle B1.12");
    assert_eq!(
        stage.platform.find_follow_up(&dossier, &other).await,
        Reply::Sent(vec![]),
        "the same words under another identity are another note"
    );
}

pub async fn a_file_arrives_byte_for_byte(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().attachments) else {
        return;
    };
    let dossier = created(&stage).await;
    let bytes: Vec<u8> = (0..70_000_u32).map(|at| (at * 7 % 256) as u8).collect();
    let photo = told(
        1,
        Act::Attachment {
            id: "piece-1".into(),
            name: "Baie à l’étage \"1\".jpg".into(),
            media_type: "image/jpeg".into(),
            size: bytes.len() as u64,
            sha256: String::new(),
        },
    );
    let reply = stage
        .platform
        .follow(&dossier, &photo, Some(bytes.clone()))
        .await;
    assert!(
        matches!(reply, Reply::Sent(_)),
        "the file is accepted: {reply:?}"
    );
    let text = notes(there, &dossier).remove(0);
    assert!(
        text.contains("Baie à l’étage \"1\".jpg"),
        "people read its real name: {text}"
    );
    let kept = there.sandbox.snapshot().to_string();
    assert!(
        kept.contains("Baie a l_etage _1_.jpg"),
        "the platform has a name that any server takes"
    );
    let Reply::Sent(found) = stage.platform.find_follow_up(&dossier, &photo).await else {
        panic!("the look-up answers");
    };
    assert_eq!(found.len(), 1, "it is found by its identity");
}

pub async fn each_fault_of_a_note_proves_no_more_than_it_does(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().notes) else {
        return;
    };
    let dossier = created(&stage).await;
    let faults = [
        Fault::CommitThenDrop,
        Fault::DropBefore,
        Fault::Reset,
        Fault::Arerr92 { committed: true },
        Fault::Arerr92 { committed: false },
        Fault::Arerr93,
        Fault::Arerr9093,
        Fault::BadGateway,
        Fault::BadGatewayAfterCommit,
        Fault::TooMany { retry_after_s: 7 },
        Fault::CaptivePortal,
        Fault::RedirectElsewhere,
    ];
    for (n, fault) in faults.into_iter().enumerate() {
        let told = note(10 + n as u32, &format!("essai {n}"));
        there.sandbox.inject_at(On::Create, fault);
        let reply = stage.platform.follow(&dossier, &told, None).await;
        there.sandbox.clear_faults();
        let exists = notes(there, &dossier)
            .iter()
            .any(|text| text.starts_with(&format!("essai {n}\n")));
        let Reply::Sent(found) = stage.platform.find_follow_up(&dossier, &told).await else {
            panic!("after {fault:?} the look-up answers");
        };
        assert_eq!(
            !found.is_empty(),
            exists,
            "after {fault:?} the look-up tells the truth"
        );
        match reply {
            Reply::Sent(_) => assert!(exists, "{fault:?}: said to be there"),
            Reply::Uncertain { .. } => {}
            Reply::Offline {
                kind: platform::OfflineKind::Portal,
                ..
            } => {}
            other => assert!(
                !exists,
                "{fault:?} gave {other:?} although the note is there"
            ),
        }
    }
}

pub async fn a_resolution_is_refused_then_accepted_and_nothing_else_changes(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().resolution) else {
        return;
    };
    let dossier = created(&stage).await;
    let number = dossier.number.clone().unwrap_or_default();
    let resolved = || {
        let values = serde_json::json!({
            "Assigned Group": "Assistance", "Assignee": "Support", "Status": "Resolved",
            "Status_Reason": "No Further Action Required", "Resolution": "Cordon remplacé",
        });
        there
            .sandbox
            .act(&number, values.as_object().expect("an object"))
            .expect("the desk resolves it");
    };
    let status = || {
        let incident = there.sandbox.incidents().remove(0);
        incident.values["Status"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    resolved();
    let refusal = told(1, Act::RefuseResolution);
    assert!(
        matches!(
            stage.platform.follow(&dossier, &refusal, None).await,
            Reply::Sent(_)
        ),
        "a refusal is heard"
    );
    assert_eq!(status(), "Assigned", "the dossier is open again");
    resolved();
    let acceptance = told(2, Act::AcceptResolution);
    for _ in 0..2 {
        assert!(
            matches!(
                stage.platform.follow(&dossier, &acceptance, None).await,
                Reply::Sent(_)
            ),
            "an acceptance is heard, and hearing it twice changes nothing"
        );
        assert_eq!(status(), "Closed", "the dossier is closed");
    }
    let incident = there.sandbox.incidents().remove(0);
    assert_eq!(
        incident.values["Resolution"].as_str(),
        Some("Cordon remplacé"),
        "what the desk wrote is untouched"
    );
    let Reply::Sent(found) = stage.platform.find_follow_up(&dossier, &acceptance).await else {
        panic!("the look-up answers");
    };
    assert_eq!(found.len(), 1, "a change of state is found by the state");
}

pub async fn a_request_is_cancelled(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().cancel) else {
        return;
    };
    let dossier = created(&stage).await;
    let reply = stage
        .platform
        .follow(&dossier, &told(1, Act::Cancel), None)
        .await;
    assert!(matches!(reply, Reply::Sent(_)), "it is heard: {reply:?}");
    let incident = there.sandbox.incidents().remove(0);
    assert_eq!(
        incident.values["Status"].as_str(),
        Some("Cancelled"),
        "and done"
    );
}

pub async fn a_form_says_its_lengths(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().notes) else {
        return;
    };
    there
        .sandbox
        .configure(|settings| settings.description_max = 80);
    let Reply::Sent(form) = stage.platform.form().await else {
        panic!("the form is read");
    };
    assert_eq!(form.summary_max, Some(80), "as this site has set it");
    assert!(
        form.impact.contains(&"3-Moderate/Limited".to_owned()),
        "with the server's own values: {:?}",
        form.impact
    );
}
