//! One desk for the tests of this crate: a store, a clock, and a platform that answers what the test says.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use platform::{
    Accepted, Act, Capabilities, Counterpart, Creation, FollowUp, LoginKind, LookUp, Page, Pending,
    Platform, PullFrom, Reply,
};
use rand::SeedableRng;
use rand::rngs::StdRng;
use secrecy::SecretString;
use store::destination::Destination;
use store::outbox::{self, OutboxItem};
use store::ticket::Ticket;
use store::{Key, Store};
use tokio_util::sync::CancellationToken;

use crate::{Pass, Pull, drain, enqueue, enqueue_follow_up, pull};

/// The destination that every store has.
pub const PLACE: &str = "principale";

/// Answers in order; a call nobody planned is a failure of the test.
pub struct Scripted {
    pub creates: Mutex<VecDeque<Reply<Accepted>>>,
    pub finds: Mutex<VecDeque<Reply<Vec<Accepted>>>>,
    pub pages: Mutex<VecDeque<Reply<Page>>>,
    pub heard: Mutex<Vec<String>>,
    pub session: bool,
    pub sends: bool,
    pub look_up: LookUp,
}

impl Platform for Scripted {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            login: LoginKind::OneTimePassword,
            sends: self.sends,
            look_up: self.look_up,
            notes: true,
            attachments: true,
            resolution: true,
            cancel: true,
            pulls: true,
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
    fn follow<'a>(
        &'a self,
        there: &'a Counterpart,
        follow_up: &'a FollowUp,
        content: Option<Vec<u8>>,
    ) -> Pending<'a, Reply<Accepted>> {
        let number = there.number.as_deref().unwrap_or("?");
        let said = match &follow_up.act {
            Act::Note { text } => format!("note {number} {text}"),
            Act::Attachment { name, .. } => {
                format!("file {number} {name} {}", content.unwrap_or_default().len())
            }
            act => format!("act {number} {act:?}"),
        };
        self.heard.lock().unwrap().push(said);
        let reply = self
            .creates
            .lock()
            .unwrap()
            .pop_front()
            .expect("an unplanned follow-up");
        Box::pin(async move { reply })
    }
    fn find_follow_up<'a>(
        &'a self,
        there: &'a Counterpart,
        _: &'a FollowUp,
    ) -> Pending<'a, Reply<Vec<Accepted>>> {
        let number = there.number.as_deref().unwrap_or("?");
        self.heard
            .lock()
            .unwrap()
            .push(format!("look into {number}"));
        let reply = self
            .finds
            .lock()
            .unwrap()
            .pop_front()
            .expect("an unplanned look-up");
        Box::pin(async move { reply })
    }
    fn pull<'a>(&'a self, from: &'a PullFrom) -> Pending<'a, Reply<Page>> {
        let mark = from.mark.as_deref().unwrap_or("the start");
        self.heard.lock().unwrap().push(format!("pull from {mark}"));
        let reply = self
            .pages
            .lock()
            .unwrap()
            .pop_front()
            .expect("an unplanned pull");
        Box::pin(async move { reply })
    }
    fn logout(&self) -> Pending<'_, ()> {
        Box::pin(async {})
    }
}

/// One desk: a store, a clock, a platform.
pub struct Desk {
    _folder: tempfile::TempDir,
    pub store: Store,
    pub now: AtomicI64,
    pub platform: Scripted,
    pub rng: StdRng,
    pub cancel: CancellationToken,
}

pub const START: i64 = 1_789_365_600_000;

impl Desk {
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        Desk {
            store: Store::open(folder.path(), &Key::from_bytes([7; 32])).unwrap(),
            _folder: folder,
            now: AtomicI64::new(START),
            platform: Scripted {
                creates: Mutex::default(),
                finds: Mutex::default(),
                pages: Mutex::default(),
                heard: Mutex::default(),
                session: true,
                sends: true,
                look_up: LookUp::Both,
            },
            rng: StdRng::seed_from_u64(7),
            cancel: CancellationToken::new(),
        }
    }

    pub fn queue(&self, n: u32) -> i64 {
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
                enqueue(tx, &ticket.id, PLACE, &creation, START)
            })
            .unwrap()
    }

    /// Another platform, after the first one.
    pub fn second_place(&self) -> String {
        let row = Destination {
            id: "collectivite".into(),
            position: 1,
            name: "Collectivité".into(),
            kind: "glpi".into(),
            settings: "{}".into(),
            ..Destination::default()
        };
        self.store
            .write(|tx| store::destination::put(tx, &row))
            .unwrap();
        row.id
    }

    /// A note written now, queued behind whatever the dossier has.
    pub fn tell(&self, n: u32, text: &str) -> i64 {
        let follow_up = follow_up(n, text);
        self.store
            .write(|tx| {
                enqueue_follow_up(tx, &format!("ticket-{n}"), PLACE, &follow_up, None, START)
            })
            .unwrap()
    }

    pub fn create_says(&self, reply: Reply<Accepted>) {
        self.platform.creates.lock().unwrap().push_back(reply);
    }

    pub fn find_says(&self, reply: Reply<Vec<Accepted>>) {
        self.platform.finds.lock().unwrap().push_back(reply);
    }

    pub fn wait(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub fn now_ms(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    pub async fn pass(&mut self) -> Pass {
        self.pass_at(PLACE).await
    }

    pub async fn pass_at(&mut self, destination: &str) -> Pass {
        let now = &self.now;
        drain(
            &self.store,
            destination,
            &self.platform,
            &|| now.load(Ordering::SeqCst),
            &mut self.rng,
            &self.cancel,
            &|_| {},
        )
        .await
        .unwrap()
    }

    pub async fn pull(&self) -> Pull {
        let now = &self.now;
        pull(
            &self.store,
            PLACE,
            &self.platform,
            &|| now.load(Ordering::SeqCst),
            &self.cancel,
            &|_| {},
        )
        .await
        .unwrap()
    }

    pub fn page_says(&self, reply: Reply<Page>) {
        self.platform.pages.lock().unwrap().push_back(reply);
    }

    pub fn item(&self, id: i64) -> OutboxItem {
        self.store
            .read(|conn| outbox::get(conn, id))
            .unwrap()
            .unwrap()
    }

    pub fn ticket(&self, n: u32) -> Ticket {
        self.store
            .read(|conn| store::ticket::get(conn, &format!("ticket-{n}")))
            .unwrap()
            .unwrap()
    }

    pub fn timeline(&self, n: u32) -> Vec<String> {
        let events = self
            .store
            .read(|conn| store::event::list(conn, &format!("ticket-{n}")))
            .unwrap();
        events.into_iter().map(|event| event.text).collect()
    }

    pub fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *self.platform.heard.lock().unwrap())
    }
}

/// The identity says the dossier and the text, so that saying it twice is saying it once.
pub fn follow_up(n: u32, text: &str) -> FollowUp {
    FollowUp {
        identity: format!("01890000-0000-7000-9000-{n:04}{:08}", text.len()),
        reference: format!("REL-00000{n}"),
        act: Act::Note { text: text.into() },
    }
}

pub fn creation(n: u32) -> Creation {
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

pub fn accepted(number: &str) -> Accepted {
    Accepted {
        number: Some(number.into()),
        remote_id: None,
        server_time_ms: None,
        status: Some("Assigned".into()),
    }
}

pub fn no_answer<T>() -> Reply<T> {
    Reply::Uncertain {
        retry_after: None,
        reason: "connection reset".into(),
    }
}
