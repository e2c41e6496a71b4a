//! What is told later: each note, file and judgement is there once, found by its identity.

use platform::{Act, Counterpart, Platform, Reply};
use sandbox::glpi::Generation;
use sandbox::{Fault, On};

use super::{Desk, GENERATIONS, READ_FAULTS, WRITE_FAULTS, follow_up, note, number, word};

fn photo(n: u32, size: usize) -> (platform::FollowUp, Vec<u8>) {
    let bytes: Vec<u8> = (0..size).map(|at| (at * 7 % 256) as u8).collect();
    let act = Act::Attachment {
        id: format!("piece-{n}"),
        name: "Baie à l’étage \"1\".jpg".into(),
        media_type: "image/jpeg".into(),
        size: size as u64,
        sha256: String::new(),
    };
    (follow_up(n, act), bytes)
}

#[tokio::test]
async fn a_note_arrives_as_it_was_written_and_is_found() {
    for generation in GENERATIONS {
        let desk = Desk::open(generation).await;
        let there = desk.created("REL-000001").await;
        let text = "Toujours <en panne> & « bloqué ».\nSalle B1.12";
        let told = note(1, text);
        assert_eq!(
            desk.adapter.find_follow_up(&there, &told).await,
            Reply::Sent(vec![]),
            "not there yet, and that is an answer"
        );
        let Reply::Sent(accepted) = desk.adapter.follow(&there, &told, None).await else {
            panic!("a note on a good day is accepted by {generation:?}");
        };
        let lines = desk.glpi.follow_ups(number(&there));
        assert_eq!(lines.len(), 1, "one line");
        assert_eq!(
            accepted.remote_id,
            Some(format!("ITILFollowup-{}", lines[0].id)),
            "its proof is the line's own number"
        );
        assert!(
            lines[0]
                .content
                .contains("Toujours &lt;en panne&gt; &amp; « bloqué ».<br>Salle B1.12"),
            "a text stays a text: {}",
            lines[0].content
        );
        let Reply::Sent(found) = desk.adapter.find_follow_up(&there, &told).await else {
            panic!("the look-up answers");
        };
        assert_eq!(found.len(), 1, "found by its identity in {generation:?}");
        assert_eq!(found[0].remote_id, accepted.remote_id, "the same line");
        assert_eq!(
            desk.adapter.find_follow_up(&there, &note(2, text)).await,
            Reply::Sent(vec![]),
            "the same words under another identity are another note"
        );
    }
}

#[tokio::test]
async fn a_file_arrives_byte_for_byte_and_is_found() {
    let desk = Desk::open(Generation::Ten).await;
    let there = desk.created("REL-000001").await;
    let (joined, bytes) = photo(1, 100_000);
    let Reply::Sent(accepted) = desk
        .adapter
        .follow(&there, &joined, Some(bytes.clone()))
        .await
    else {
        panic!("a file on a good day is accepted");
    };
    let documents = desk.glpi.documents(number(&there));
    assert_eq!(documents.len(), 1, "one document");
    assert!(documents[0].bytes == bytes, "byte for byte");
    assert_eq!(
        documents[0].name, "Baie à l’étage \"1\".jpg",
        "under the name it has here"
    );
    assert_eq!(
        documents[0].file_name, "Baie a l_etage _1_.jpg",
        "the file itself under one that PHP reads"
    );
    let Reply::Sent(found) = desk.adapter.find_follow_up(&there, &joined).await else {
        panic!("the look-up answers");
    };
    assert_eq!(
        found[0].remote_id, accepted.remote_id,
        "found by its identity"
    );

    desk.glpi.configure(|settings| settings.upload_max = 1_000);
    let (big, bytes) = photo(2, 2_000);
    let reply = desk.adapter.follow(&there, &big, Some(bytes)).await;
    assert!(
        matches!(&reply, Reply::Rejected { reason, certain: true, .. } if reason.starts_with("ERROR_UPLOAD_FILE_TOO_BIG")),
        "too big is a refusal, in GLPI's word: {reply:?}"
    );
    assert_eq!(
        desk.glpi.documents(number(&there)).len(),
        1,
        "and nothing was added"
    );
    desk.glpi.configure(|settings| settings.extensions.clear());
    let (odd, bytes) = photo(3, 10);
    let reply = desk.adapter.follow(&there, &odd, Some(bytes)).await;
    assert!(
        matches!(&reply, Reply::Rejected { certain: true, .. }),
        "a kind of file that the site refuses too: {reply:?}"
    );
    assert_eq!(
        desk.glpi.documents(number(&there)).len(),
        1,
        "no document without its file stays behind"
    );
}

#[tokio::test]
async fn each_fault_of_a_note_or_a_file_proves_no_more_than_it_does() {
    for files in [false, true] {
        let desk = Desk::open(Generation::Ten).await;
        let there = desk.created("REL-000001").await;
        for (n, (fault, expected)) in (1..).zip(WRITE_FAULTS) {
            let (told, content) = if files {
                let (told, bytes) = photo(n, 5_000);
                (told, Some(bytes))
            } else {
                (note(n, "Toujours en panne."), None)
            };
            let count = || {
                let ticket = number(&there);
                desk.glpi.follow_ups(ticket).len() + desk.glpi.documents(ticket).len()
            };
            let before = count();
            desk.glpi.inject_at(On::Create, fault);
            let reply = desk.adapter.follow(&there, &told, content).await;
            assert_eq!(word(&reply), expected, "{fault:?} gave {reply:?}");
            let added = count() - before;
            match &reply {
                Reply::Sent(_) => assert_eq!(added, 1, "after {fault:?} it is there"),
                Reply::Uncertain { .. } => {}
                other => assert_eq!(
                    added, 0,
                    "after {fault:?}, {other:?} says that nothing was added"
                ),
            }
            let found = desk.adapter.find_follow_up(&there, &told).await;
            let Reply::Sent(found) = found else {
                panic!("after {fault:?} the look-up answers: {found:?}");
            };
            assert_eq!(
                found.len(),
                added,
                "after {fault:?} the look-up tells what is there"
            );
        }
    }
}

#[tokio::test]
async fn each_fault_of_a_look_up_is_no_answer() {
    let desk = Desk::open(Generation::Ten).await;
    let there = desk.created("REL-000001").await;
    let (joined, bytes) = photo(2, 10);
    let told = note(1, "Toujours en panne.");
    assert_eq!(
        word(&desk.adapter.follow(&there, &told, None).await),
        "sent"
    );
    assert_eq!(
        word(&desk.adapter.follow(&there, &joined, Some(bytes)).await),
        "sent"
    );
    for fault in READ_FAULTS {
        // A note's look-up is two calls, a file's one.
        for (follow_up, before) in [(&told, 0), (&told, 1), (&joined, 0)] {
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
            let reply = desk.adapter.find_follow_up(&there, follow_up).await;
            assert!(
                !matches!(reply, Reply::Sent(_)),
                "{fault:?} must not be read as « nothing there »: {reply:?}"
            );
            desk.glpi.clear_faults();
        }
    }
}

#[tokio::test]
async fn a_long_conversation_is_read_to_its_end() {
    let desk = Desk::open(Generation::Ten).await;
    let there = desk.created("REL-000001").await;
    for n in 0..100 {
        desk.glpi
            .answer(number(&there), &format!("<p>Étape {n}</p>"));
    }
    let told = note(1, "Merci.");
    assert_eq!(
        desk.adapter.find_follow_up(&there, &told).await,
        Reply::Sent(vec![]),
        "a list whose last page is full ends all the same"
    );
    assert_eq!(
        word(&desk.adapter.follow(&there, &told, None).await),
        "sent"
    );
    let Reply::Sent(found) = desk.adapter.find_follow_up(&there, &told).await else {
        panic!("the look-up answers");
    };
    assert_eq!(found.len(), 1, "behind two pages of others");
}

#[tokio::test]
async fn a_resolution_is_accepted_or_refused() {
    let desk = Desk::open(Generation::Ten).await;
    for (n, (act, status, verdict)) in
        (1..).zip([(Act::AcceptResolution, 6, 3), (Act::RefuseResolution, 2, 4)])
    {
        let there = desk.created(&format!("REL-00000{n}")).await;
        let ticket = number(&there);
        let judged = follow_up(n, act.clone());
        let early = desk.adapter.follow(&there, &judged, None).await;
        assert!(
            matches!(early, Reply::Rejected { certain: true, .. }),
            "{act:?}: GLPI would take it for a comment: {early:?}"
        );
        assert!(
            desk.glpi.follow_ups(ticket).is_empty(),
            "so it does not leave"
        );
        desk.glpi.solve(ticket, "<p>Cordon remplacé.</p>");
        assert_eq!(
            word(&desk.adapter.follow(&there, &judged, None).await),
            "sent",
            "{act:?}"
        );
        let held = desk
            .glpi
            .tickets()
            .into_iter()
            .find(|one| one.id == ticket)
            .expect("it is there");
        assert_eq!(held.status, status, "{act:?} has its effect there");
        assert_eq!(
            desk.glpi.solutions(ticket)[0].status,
            verdict,
            "{act:?}: the solution bears the judgement"
        );
        let found = desk.adapter.find_follow_up(&there, &judged).await;
        assert!(
            matches!(&found, Reply::Sent(found) if found.len() == 1),
            "{act:?} is found by its identity: {found:?}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_not_sent() {
    let desk = Desk::open(Generation::Ten).await;
    let there = desk.created("REL-000001").await;
    let asked = desk.glpi.history().len();
    let no =
        |reply: &Reply<platform::Accepted>| matches!(reply, Reply::Rejected { certain: true, .. });
    let cancel = desk
        .adapter
        .follow(&there, &follow_up(1, Act::Cancel), None)
        .await;
    assert!(
        no(&cancel) && !desk.adapter.capabilities().cancel,
        "GLPI cancels nothing: {cancel:?}"
    );
    let (joined, _) = photo(2, 10);
    let empty = desk.adapter.follow(&there, &joined, None).await;
    assert!(no(&empty), "a file without content is no file: {empty:?}");
    let foreign = Counterpart {
        number: Some("INC000000000430".into()),
        ..there.clone()
    };
    let lost = desk.adapter.follow(&foreign, &note(3, "x"), None).await;
    assert!(
        no(&lost),
        "another platform's number is no ticket here: {lost:?}"
    );
    assert_eq!(
        desk.glpi.history().len(),
        asked,
        "nothing was asked of the platform"
    );
    let elsewhere = desk
        .glpi
        .open_for(99, "Affaire d’une autre personne", "<p>x</p>");
    let other = Counterpart {
        number: Some(elsewhere.to_string()),
        ..there
    };
    let denied = desk.adapter.follow(&other, &note(4, "x"), None).await;
    assert!(no(&denied), "GLPI's own no is one: {denied:?}");
    assert!(
        desk.glpi.follow_ups(elsewhere).is_empty(),
        "nothing was added"
    );
}
