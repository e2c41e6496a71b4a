//! The life of a dossier in the queue, against a platform that answers what the test says.

mod acts;
mod doubt;
mod sending;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use platform::{Capabilities, LookUp, Pending};
use rand::SeedableRng;
use rand::rngs::StdRng;
use secrecy::SecretString;
use store::Key;
use store::ticket::Ticket;

use super::*;
use crate::{enqueue, recover, reopen, resolve_by_hand, resume_as_draft, retry_now, withdraw};

/// Answers in order; a call nobody planned is a failure of the test.
struct Scripted {
    creates: Mutex<VecDeque<Reply<Accepted>>>,
    finds: Mutex<VecDeque<Reply<Vec<Accepted>>>>,
    heard: Mutex<Vec<String>>,
    session: bool,
    sends: bool,
}

impl Platform for Scripted {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            login: LoginKind::OneTimePassword,
            sends: self.sends,
            look_up: LookUp::Both,
            notes: false,
            attachments: false,
            resolution: false,
            cancel: false,
            pulls: false,
            numbers_at_once: true,
        }
    }
    fn login<'a>(&'a self, _: &'a str, _: &'a SecretString, _: i64) -> Pending<'a, Reply<()>> {
        panic!("the outbox never logs in")
    }
    fn has_session(&self, _: i64) -> bool {
        self.session
    }
    fn create<'a>(&'a self, creation: &'a Creation) -> Pending<'a, Reply<Accepted>> {
        let said = format!("create {} {}", creation.reference, creation.summary);
        self.heard.lock().unwrap().push(said);
        let reply = self
            .creates
            .lock()
            .unwrap()
            .pop_front()
            .expect("an unplanned creation");
        Box::pin(async move { reply })
    }
    fn find<'a>(&'a self, reference: &'a str) -> Pending<'a, Reply<Vec<Accepted>>> {
        self.heard.lock().unwrap().push(format!("find {reference}"));
        let reply = self
            .finds
            .lock()
            .unwrap()
            .pop_front()
            .expect("an unplanned look-up");
        Box::pin(async move { reply })
    }
    fn logout(&self) -> Pending<'_, ()> {
        Box::pin(async {})
    }
}

/// One desk: a store, a clock, a platform.
struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
    now: AtomicI64,
    platform: Scripted,
    rng: StdRng,
    cancel: CancellationToken,
}

const START: i64 = 1_789_365_600_000;

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        Desk {
            store: Store::open(folder.path(), &Key::from_bytes([7; 32])).unwrap(),
            _folder: folder,
            now: AtomicI64::new(START),
            platform: Scripted {
                creates: Mutex::default(),
                finds: Mutex::default(),
                heard: Mutex::default(),
                session: true,
                sends: true,
            },
            rng: StdRng::seed_from_u64(7),
            cancel: CancellationToken::new(),
        }
    }

    fn queue(&self, n: u32) -> i64 {
        let creation = creation(n);
        self.store
            .write(|tx| {
                let ticket = Ticket {
                    id: format!("ticket-{n}"),
                    reference: Some(creation.reference.clone()),
                    title: creation.summary.clone(),
                    state: "ouvert".into(),
                    answers: r#"{"salle":"B1.12"}"#.into(),
                    summary: "{}".into(),
                    ..Ticket::default()
                };
                store::ticket::insert(tx, &ticket)?;
                enqueue(tx, &ticket.id, &creation, START)
            })
            .unwrap()
    }

    fn create_says(&self, reply: Reply<Accepted>) {
        self.platform.creates.lock().unwrap().push_back(reply);
    }

    fn find_says(&self, reply: Reply<Vec<Accepted>>) {
        self.platform.finds.lock().unwrap().push_back(reply);
    }

    fn wait(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    fn now_ms(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    async fn pass(&mut self) -> Pass {
        let now = &self.now;
        drain(
            &self.store,
            &self.platform,
            &|| now.load(Ordering::SeqCst),
            &mut self.rng,
            &self.cancel,
            &|_| {},
        )
        .await
        .unwrap()
    }

    fn item(&self, id: i64) -> OutboxItem {
        self.store
            .read(|conn| outbox::get(conn, id))
            .unwrap()
            .unwrap()
    }

    fn ticket(&self, n: u32) -> Ticket {
        self.store
            .read(|conn| store::ticket::get(conn, &format!("ticket-{n}")))
            .unwrap()
            .unwrap()
    }

    fn timeline(&self, n: u32) -> Vec<String> {
        let events = self
            .store
            .read(|conn| store::event::list(conn, &format!("ticket-{n}")))
            .unwrap();
        events.into_iter().map(|event| event.text).collect()
    }

    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *self.platform.heard.lock().unwrap())
    }
}

fn creation(n: u32) -> Creation {
    Creation {
        identity: format!("01890000-0000-7000-8000-00000000000{n}"),
        reference: format!("REL-00000{n}"),
        summary: format!("Imprimante {n}"),
        description: "Bourrage".into(),
        impact: "3-Moderate/Limited".into(),
        urgency: "3-Medium".into(),
        service_type: "User Service Restoration".into(),
        first_name: "Camille".into(),
        last_name: "Martin".into(),
        login: None,
        phone: String::new(),
        site: None,
        categories: BTreeMap::new(),
    }
}

fn accepted(number: &str) -> Accepted {
    Accepted {
        number: Some(number.into()),
        remote_id: None,
        server_time_ms: None,
        status: Some("Assigned".into()),
    }
}

fn no_answer<T>() -> Reply<T> {
    Reply::Uncertain {
        retry_after: None,
        reason: "connection reset".into(),
    }
}
