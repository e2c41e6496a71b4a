//! What is told about a dossier: after it, in order, once, and never to a platform that does not have it.

use platform::{Act, FollowUp};
use store::attachment::Attachment;

use super::*;
use crate::{enqueue_follow_up, resolve_as_absent, resolve_as_seen};

#[tokio::test]
async fn a_dossier_leaves_with_what_was_said_behind_it_in_one_pass() {
    let mut desk = Desk::new();
    desk.queue(1);
    desk.tell(1, "C’est le bac 2.");
    desk.create_says(Reply::Sent(accepted("INC1")));
    desk.create_says(Reply::Sent(added("WLG1")));
    let pass = desk.pass().await;
    assert_eq!(pass.accepted.len(), 2, "both arrived");
    assert_eq!(
        desk.heard(),
        [
            "create REL-000001 Imprimante 1",
            "note INC1 C’est le bac 2."
        ],
        "the note followed the dossier, to the number it had just been given"
    );
}

#[tokio::test]
async fn a_doubt_about_a_note_is_looked_up_and_never_said_twice() {
    let mut desk = sent_dossier().await;
    let note = desk.tell(1, "C’est le bac 2.");
    desk.create_says(no_answer());
    assert_eq!(desk.pass().await.uncertain, [note], "nobody knows");
    desk.wait(10_000);
    desk.find_says(Reply::Sent(vec![added("WLG1")]));
    assert_eq!(desk.pass().await.accepted.len(), 1, "the look finds it");
    assert_eq!(
        desk.item(note).proof_remote_id.as_deref(),
        Some("WLG1"),
        "the platform's own identity is the proof"
    );
    assert_eq!(
        desk.heard(),
        ["note INC1 C’est le bac 2.", "look into INC1"],
        "it was said once"
    );
}

#[tokio::test]
async fn a_wedged_dossier_holds_back_its_notes_and_no_other_lane() {
    let mut desk = Desk::new();
    let first = desk.queue(1);
    desk.tell(1, "C’est le bac 2.");
    desk.queue(2);
    desk.create_says(Reply::Rejected {
        code: Some(307),
        reason: "required".into(),
        field: Some("Site".into()),
        certain: true,
    });
    desk.create_says(Reply::Sent(accepted("INC2")));
    let pass = desk.pass().await;
    assert_eq!(pass.refused, [first], "the platform wants a site");
    assert_eq!(
        desk.heard(),
        [
            "create REL-000001 Imprimante 1",
            "create REL-000002 Imprimante 2"
        ],
        "the note waits behind its dossier, the other dossier left"
    );
}

#[tokio::test]
async fn a_note_for_a_platform_without_the_dossier_is_shown_and_not_sent() {
    let mut desk = Desk::new();
    let creation = desk.queue(1);
    withdraw(&desk.store, creation, START).unwrap();
    let note = desk.tell(1, "C’est le bac 2.");
    assert_eq!(desk.pass().await.refused, [note], "there is nobody to tell");
    assert_eq!(
        desk.item(note).reason_code.as_deref(),
        Some("sans-dossier"),
        "and the reason is said"
    );
    assert!(desk.heard().is_empty(), "nothing left");
}

#[tokio::test]
async fn a_file_leaves_only_as_it_was_joined() {
    let mut desk = sent_dossier().await;
    let (good, bad) = (
        join(&desk, "baie.jpg", None),
        join(&desk, "faux.jpg", Some("00")),
    );
    desk.create_says(Reply::Sent(added("WLG1")));
    let pass = desk.pass().await;
    assert_eq!(pass.accepted[0].item, good, "the photo left");
    assert_eq!(pass.refused, [bad], "the other is not what was joined");
    assert_eq!(
        desk.heard(),
        ["file INC1 baie.jpg 5"],
        "with its five bytes"
    );
    assert_eq!(
        desk.item(bad).reason_code.as_deref(),
        Some("fichier-change"),
        "and the reason is said"
    );
}

#[tokio::test]
async fn accepting_a_resolution_closes_the_dossier_when_the_platform_says_so() {
    let mut desk = sent_dossier().await;
    act(&desk, Act::AcceptResolution);
    assert_eq!(desk.ticket(1).state, "ouvert", "not before");
    desk.create_says(Reply::Sent(accepted_bare("INC1")));
    desk.pass().await;
    assert_eq!(desk.ticket(1).state, "ferme", "the platform has noted it");
    assert!(!desk.ticket(1).waiting_on_me, "nobody waits any more");
}

#[tokio::test]
async fn where_absence_proves_nothing_only_an_answer_or_a_person_ends_the_doubt() {
    let mut desk = Desk::new();
    desk.platform.look_up = LookUp::Presence;
    let id = desk.queue(1);
    desk.create_says(no_answer());
    desk.pass().await;
    for _ in 0..4 {
        desk.wait(3_600_000);
        desk.find_says(Reply::Sent(vec![]));
        desk.pass().await;
        assert_eq!(desk.item(id).state, "incertain", "hours change nothing");
    }
    resolve_as_absent(&desk.store, id, desk.now_ms()).unwrap();
    desk.create_says(no_answer());
    desk.pass().await;
    assert_eq!(
        desk.item(id).state,
        "incertain",
        "sent again, again no answer"
    );
    resolve_as_seen(&desk.store, id, desk.now_ms()).unwrap();
    assert_eq!(
        desk.item(id).state,
        "accepte",
        "the person has seen it there"
    );
    let sent = desk
        .heard()
        .iter()
        .filter(|said| said.starts_with("create"))
        .count();
    assert_eq!(sent, 2, "once by itself, once because a person said so");
}

#[tokio::test]
async fn a_lane_is_a_dossier_on_one_platform() {
    let mut desk = Desk::new();
    let here = desk.queue(1);
    let other = desk.second_place();
    let elsewhere = desk
        .store
        .write(|tx| {
            let creation = Creation {
                identity: "01890000-0000-7000-8000-0000000000ff".into(),
                ..creation(1)
            };
            enqueue(tx, "ticket-1", &other, &creation, START)
        })
        .unwrap();
    assert_ne!(here, elsewhere, "the same dossier, for two platforms");
    desk.create_says(no_answer());
    desk.pass().await;
    assert_eq!(
        desk.item(elsewhere).attempts,
        0,
        "the other platform was not asked"
    );
    desk.create_says(Reply::Sent(accepted("GLPI-12")));
    let pass = desk.pass_at(&other).await;
    assert_eq!(
        pass.accepted[0].item, elsewhere,
        "nor does it wait for the first"
    );
    assert_eq!(
        desk.ticket(1).number.as_deref(),
        Some("GLPI-12"),
        "the only number there is"
    );
    desk.wait(10_000);
    desk.find_says(Reply::Sent(vec![accepted("INC1")]));
    desk.pass().await;
    assert_eq!(
        desk.ticket(1).number.as_deref(),
        Some("INC1"),
        "the first platform's comes first"
    );
}

async fn sent_dossier() -> Desk {
    let mut desk = Desk::new();
    desk.queue(1);
    desk.create_says(Reply::Sent(accepted("INC1")));
    desk.pass().await;
    desk.heard();
    desk
}

fn added(id: &str) -> Accepted {
    Accepted {
        remote_id: Some(id.into()),
        ..Accepted::default()
    }
}

fn accepted_bare(number: &str) -> Accepted {
    Accepted {
        number: Some(number.into()),
        ..Accepted::default()
    }
}

fn act(desk: &Desk, act: Act) -> i64 {
    let told = FollowUp {
        act,
        ..follow_up(1, "acte")
    };
    desk.store
        .write(|tx| enqueue_follow_up(tx, "ticket-1", PLACE, &told, None, START))
        .unwrap()
}

/// A file of five bytes joined to the dossier and queued, under its hash or under a wrong one.
fn join(desk: &Desk, name: &str, wrong: Option<&str>) -> i64 {
    desk.store
        .write(|tx| {
            let meta = Attachment {
                id: format!("file-{name}"),
                ticket_id: Some("ticket-1".into()),
                name: name.into(),
                ..Attachment::default()
            };
            let kept = store::attachment::add(tx, &meta, b"photo")?;
            let told = FollowUp {
                act: Act::Attachment {
                    id: kept.id,
                    name: name.into(),
                    media_type: "image/jpeg".into(),
                    size: 5,
                    sha256: wrong.map_or(kept.sha256, str::to_owned),
                },
                ..follow_up(1, name)
            };
            // Two names of one length would be one identity.
            let told = FollowUp {
                identity: told
                    .identity
                    .replace("9000", if wrong.is_some() { "9001" } else { "9000" }),
                ..told
            };
            enqueue_follow_up(tx, "ticket-1", PLACE, &told, None, START)
        })
        .unwrap()
}
