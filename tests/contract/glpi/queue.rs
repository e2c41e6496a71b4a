//! The real outbox and the real store between a person and GLPI: under any fault each thing is there once, and comes back once.

use std::collections::BTreeMap;

use outbox::SETTLE_MS;
use platform::{Act, FollowUp, Platform};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sandbox::On;
use store::attachment::Attachment;
use store::destination::PRINCIPAL;
use store::outbox::OutboxFilter;
use store::ticket::Ticket;
use store::{Key, Store};
use tests::LOGIN;
use tokio_util::sync::CancellationToken;

use super::{Desk, READ_FAULTS, WRITE_FAULTS, dossier};

const DOSSIERS: usize = 8;

/// A dossier, a note, a photo, another note.
fn queue(store: &Store, n: usize, now_ms: i64) {
    let reference = format!("REL-{n:06}");
    let id = format!("dossier-{n}");
    let ended: Result<(), outbox::Error> = store.write(|tx| {
        let creation = dossier(&reference);
        store::ticket::insert(
            tx,
            &Ticket {
                id: id.clone(),
                reference: Some(reference.clone()),
                title: creation.summary.clone(),
                channel: "platform".into(),
                origin: "relais".into(),
                state: "ouvert".into(),
                answers: "{}".into(),
                summary: "{}".into(),
                created_at_ms: now_ms,
                updated_at_ms: now_ms,
                ..Ticket::default()
            },
        )?;
        outbox::enqueue(tx, &id, PRINCIPAL, &creation, now_ms)?;
        let photo = Attachment {
            id: format!("photo-{n}"),
            ticket_id: Some(id.clone()),
            name: "écran.jpg".into(),
            media_type: "image/jpeg".into(),
            created_at_ms: now_ms,
            ..Attachment::default()
        };
        let photo = store::attachment::add(tx, &photo, &[n as u8; 3_000])?;
        let acts = [
            Act::Note {
                text: "Toujours en panne.".into(),
            },
            Act::Attachment {
                id: photo.id,
                name: photo.name,
                media_type: photo.media_type,
                size: 3_000,
                sha256: photo.sha256,
            },
            Act::Note {
                text: "Merci.".into(),
            },
        ];
        for (k, act) in acts.into_iter().enumerate() {
            let follow_up = FollowUp {
                identity: format!("01890000-0000-7000-8000-{n:06}{k:06}"),
                reference: reference.clone(),
                act,
            };
            outbox::enqueue_follow_up(tx, &id, PRINCIPAL, &follow_up, None, now_ms)?;
        }
        Ok(())
    });
    ended.expect("the store takes what is queued");
}

async fn pass(desk: &Desk, store: &Store, rng: &mut StdRng, pulls: bool) {
    // A session that died twice in a row is asked of the person.
    if !desk.adapter.has_session(desk.clock.now_ms()) {
        let _ = desk.log_in(LOGIN).await;
    }
    let clock = || desk.clock.now_ms();
    let cancel = CancellationToken::new();
    outbox::drain(
        store,
        PRINCIPAL,
        &desk.adapter,
        &clock,
        rng,
        &cancel,
        &|_| {},
    )
    .await
    .expect("the store works");
    if pulls {
        outbox::pull(store, PRINCIPAL, &desk.adapter, &clock, &cancel, &|_| {})
            .await
            .expect("the store works");
    }
}

#[tokio::test]
async fn everything_is_there_once_and_comes_back_once() {
    for seed in 0..30 {
        let mut rng = StdRng::seed_from_u64(seed);
        let generation = super::GENERATIONS[rng.random_range(0..3)];
        let desk = Desk::open(generation).await;
        let folder = tempfile::tempdir().expect("a folder can be made");
        let store = Store::open(folder.path(), &Key::from_bytes([7; 32])).expect("a store opens");
        let mut told = BTreeMap::new();
        for n in 0..DOSSIERS {
            queue(&store, n, desk.clock.now_ms());
            for _ in 0..rng.random_range(1..5) {
                if rng.random() {
                    let (fault, _) = WRITE_FAULTS[rng.random_range(0..WRITE_FAULTS.len())];
                    desk.glpi.inject_at(On::Create, fault);
                } else {
                    let fault = READ_FAULTS[rng.random_range(0..READ_FAULTS.len())];
                    desk.glpi.inject_at(On::Read, fault);
                }
            }
            // A doubt is ended by a look-up or by what comes back: in half of the worlds by the look-up alone.
            pass(&desk, &store, &mut rng, seed % 2 == 0).await;
            // The technician answers what he sees.
            if let Some(ticket) = desk.glpi.tickets().first() {
                let line = desk.glpi.answer(ticket.id, "<p>Vu.</p>");
                told.entry(ticket.id).or_insert_with(Vec::new).push(line);
            }
            desk.clock.advance(rng.random_range(1_000..SETTLE_MS));
        }
        desk.glpi.clear_faults();
        for _ in 0..12 {
            pass(&desk, &store, &mut rng, seed % 2 == 0).await;
            desk.clock.advance(SETTLE_MS);
        }
        pass(&desk, &store, &mut rng, true).await;
        let left = store
            .read(|conn| store::outbox::list(conn, &OutboxFilter::Live))
            .expect("the store can be read");
        let left: Vec<_> = left
            .iter()
            .map(|item| (&item.identity, &item.state, &item.reason))
            .collect();
        assert!(left.is_empty(), "seed {seed}: everything arrived: {left:?}");
        check(&desk, &store, &told, seed);
    }
}

fn check(desk: &Desk, store: &Store, told: &BTreeMap<i64, Vec<i64>>, seed: u64) {
    let mut held = desk.held();
    held.sort_unstable();
    assert_eq!(
        held,
        (0..DOSSIERS)
            .map(|n| format!("REL-{n:06}"))
            .collect::<Vec<_>>(),
        "seed {seed}: each dossier is there once, and no other"
    );
    for ticket in desk.glpi.tickets() {
        let reference = ticket.external_id.clone().unwrap_or_default();
        let technician = told.get(&ticket.id).map_or(0, Vec::len);
        let lines = desk.glpi.follow_ups(ticket.id);
        let ours: Vec<bool> = lines
            .iter()
            .filter(|line| line.author == super::ME)
            .map(|line| line.content.contains("Merci."))
            .collect();
        assert_eq!(
            ours,
            [false, true],
            "seed {seed}, {reference}: two notes, in order"
        );
        assert_eq!(
            desk.glpi.documents(ticket.id).len(),
            1,
            "seed {seed}, {reference}: one photo"
        );
        let n: usize = reference[4..].parse().expect("a reference of this test");
        let events = store
            .read(|conn| store::event::list(conn, &format!("dossier-{n}")))
            .expect("the store can be read");
        let answers = events.iter().filter(|event| event.kind == "note").count();
        assert_eq!(
            answers, technician,
            "seed {seed}, {reference}: every answer came back once, and none of our own words as news: {events:?}"
        );
    }
    let tickets = store.read(|conn| store::ticket::by_reference(conn, "REL-000000"));
    let number = tickets
        .expect("the store can be read")
        .and_then(|ticket| ticket.number);
    let there = desk.glpi.tickets().into_iter();
    let expected = there
        .filter(|ticket| ticket.external_id.as_deref() == Some("REL-000000"))
        .map(|ticket| ticket.id.to_string())
        .next();
    assert_eq!(
        number, expected,
        "seed {seed}: the dossier bears GLPI's number"
    );
}
