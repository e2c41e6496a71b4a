//! What comes back: everything that changed, in pages of any size, with our own words recognised.

use platform::{Act, Counterpart, FollowUp, Page, PullFrom, RemoteState, Reply};
use tests::creation;

use crate::{Stage, There};

async fn pulled(stage: &Stage, from: &PullFrom) -> Page {
    match stage.platform.pull(from).await {
        Reply::Sent(page) => page,
        other => panic!("a pull on a good day answers: {other:?}"),
    }
}

/// Every page until there is no more; the last mark.
async fn all(stage: &Stage, mut from: PullFrom) -> (Vec<platform::Change>, PullFrom) {
    let mut changes = Vec::new();
    for _ in 0..100 {
        let page = pulled(stage, &from).await;
        changes.extend(page.changes);
        from.mark = Some(page.mark);
        if !page.more {
            return (changes, from);
        }
    }
    panic!("a pull ends");
}

fn from(limit: u32) -> PullFrom {
    PullFrom {
        limit,
        ..PullFrom::default()
    }
}

async fn dossiers(stage: &Stage, count: u32) -> Vec<Counterpart> {
    let mut made = Vec::new();
    for n in 0..count {
        let reference = format!("REL-{n:06}");
        let Reply::Sent(accepted) = stage
            .platform
            .create(&creation(&reference, &reference))
            .await
        else {
            panic!("a good dossier is accepted");
        };
        made.push(Counterpart {
            reference,
            number: accepted.number,
            ..Counterpart::default()
        });
    }
    made
}

pub async fn every_dossier_comes_in_pages_of_any_size_and_then_only_news(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().pulls) else {
        return;
    };
    // All in one second of the platform's clock: a page ends in the middle of it.
    let made = dossiers(&stage, 7).await;
    for limit in [1, 3, 7, 50] {
        let (changes, _) = all(&stage, from(limit)).await;
        let numbers: Vec<_> = changes.iter().map(|one| one.number.clone()).collect();
        assert_eq!(numbers.len(), 7, "each once, by pages of {limit}");
        assert!(
            made.iter().all(|one| numbers.contains(&one.number)),
            "and all of them, by pages of {limit}"
        );
    }
    let (changes, mark) = all(&stage, from(3)).await;
    assert_eq!(
        changes[0].reference.as_deref(),
        Some("REL-000000"),
        "our reference comes back"
    );
    stage.clock.advance(10 * 60_000);
    news(there, &made[4], "Le technicien passe jeudi.");
    let (changes, mark) = all(&stage, mark).await;
    assert!(
        changes.iter().any(|one| one.number == made[4].number),
        "ten minutes later, what changed is there, beside the overlap"
    );
    stage.clock.advance(10 * 60_000);
    let (changes, _) = all(&stage, mark).await;
    assert_eq!(changes.len(), 1, "and then the overlap holds nothing else");
    assert_eq!(
        changes[0]
            .entries
            .iter()
            .map(|entry| entry.text.as_str())
            .collect::<Vec<_>>(),
        ["Le technicien passe jeudi."],
        "with what was said"
    );
}

fn news(there: &There, dossier: &Counterpart, text: &str) {
    let number = dossier.number.clone().unwrap_or_default();
    there
        .sandbox
        .add_worklog(&number, "résumé", text)
        .expect("the desk notes it");
    there
        .sandbox
        .set_status(&number, "Assigned")
        .expect("and moves it");
}

pub async fn our_own_note_comes_back_under_its_identity(stage: Stage) {
    let Some(_) = stage
        .connected()
        .await
        .filter(|_| stage.can().pulls && stage.can().notes)
    else {
        return;
    };
    let dossier = dossiers(&stage, 1).await.remove(0);
    let told = FollowUp {
        identity: "01890000-0000-7000-9000-000000000001".into(),
        reference: dossier.reference.clone(),
        act: Act::Note {
            text: "C’est le bac 2.".into(),
        },
    };
    assert!(
        matches!(
            stage.platform.follow(&dossier, &told, None).await,
            Reply::Sent(_)
        ),
        "the note is accepted"
    );
    let (changes, _) = all(&stage, from(10)).await;
    let entry = &changes[0].entries[0];
    assert_eq!(
        entry.identity.as_deref(),
        Some(told.identity.as_str()),
        "it is ours"
    );
    assert_eq!(entry.text, "C’est le bac 2.", "without its mark");
}

pub async fn a_number_typed_by_hand_is_followed_whoever_opened_it(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().pulls) else {
        return;
    };
    let dossier = dossiers(&stage, 1).await.remove(0);
    let number = dossier.number.clone().unwrap_or_default();
    let mut other = there.sandbox.snapshot().to_string();
    // The same dossier, as if a colleague had opened it by telephone.
    other = other.replace(
        &format!("\"Submitter\":\"{}\"", tests::LOGIN),
        "\"Submitter\":\"collegue\"",
    );
    there
        .sandbox
        .restore(&serde_json::from_str(&other).expect("it is JSON still"))
        .expect("the platform takes it back");
    assert_eq!(
        stage.log_in("essai").await,
        Reply::Sent(()),
        "the session opens again"
    );
    let (mine, _) = all(&stage, from(10)).await;
    assert!(mine.is_empty(), "it is not the person's: {mine:?}");
    let (followed, _) = all(
        &stage,
        PullFrom {
            numbers: vec![number.clone()],
            ..from(10)
        },
    )
    .await;
    assert_eq!(followed.len(), 1, "its number is enough");
    assert_eq!(followed[0].number, Some(number), "and it comes under it");
}

pub async fn a_resolution_and_whose_turn_it_is_are_told(stage: Stage) {
    let Some(there) = stage.connected().await.filter(|_| stage.can().pulls) else {
        return;
    };
    let dossier = dossiers(&stage, 1).await.remove(0);
    let number = dossier.number.clone().unwrap_or_default();
    let act = |values: serde_json::Value| {
        there
            .sandbox
            .act(&number, values.as_object().expect("an object"))
            .expect("the desk may");
    };
    act(serde_json::json!({
        "Assigned Group": "Assistance", "Assignee": "Support", "Status": "Pending", "Status_Reason": "Client Action Required",
    }));
    let (changes, _) = all(&stage, from(10)).await;
    assert_eq!(
        changes[0].state,
        Some(RemoteState::WaitingForUs),
        "it waits for the person"
    );
    act(serde_json::json!({
        "Status": "Resolved", "Status_Reason": "No Further Action Required", "Resolution": "Cordon remplacé",
    }));
    let (changes, _) = all(&stage, from(10)).await;
    assert_eq!(
        changes[0].state,
        Some(RemoteState::Resolved),
        "it is said to be solved"
    );
    assert!(
        changes[0]
            .entries
            .iter()
            .any(|entry| entry.text == "Cordon remplacé"),
        "in the desk's words"
    );
}
