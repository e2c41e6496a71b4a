//! One seed's world: a folder, an application that can die, a platform that can misbehave, a clock that can be set wrong, a person.
//!
//! Invariant: what happens depends on the seed alone. The storm ends by itself; the calm that follows must bring every dossier home.

mod checks;
mod person;
mod surroundings;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use outbox::SETTLE_MS;
use platform::{Creation, Platform, Reply};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sandbox::{Person, Profile, Running, Sandbox, Settings};
use secrecy::SecretString;
use store::destination::PRINCIPAL;
use store::outbox::{OutboxFilter, OutboxItem, list};
use store::ticket::Ticket;
use store::{Key, Store};
use tests::{Clock, LOGIN, creation, remedy, sandbox, settings};
use tokio_util::sync::CancellationToken;

use crate::faults::{Met, Queue, draw};
use crate::mutants::{self, Sender};
use crate::watch::{Last, Watch};

/// Long enough for loopback, short enough for a slow platform to be met often.
const TIMEOUT: Duration = Duration::from_millis(800);
const MINUTE_MS: i64 = 60_000;

pub struct Dossier {
    pub creation: Creation,
    pub queued: bool,
}

pub struct World {
    pub seed: u64,
    pub dossiers: Vec<Dossier>,
    pub passes: u64,
    pub met: Met,
    sender: Sender,
    rng: StdRng,
    folder: tempfile::TempDir,
    store: Option<Store>,
    /// The platform's clock, always right.
    clock: Clock,
    /// How wrong the application's clock is.
    skew_ms: Arc<AtomicI64>,
    sandbox: Sandbox,
    running: Option<Running>,
    port: u16,
    watch: Arc<Watch>,
    queue: Queue,
    wrong: Vec<String>,
}

impl World {
    pub async fn new(seed: u64, sender: Sender) -> World {
        let mut rng = StdRng::seed_from_u64(seed);
        let clock = Clock::new();
        let settings = Settings {
            profile: if rng.random() {
                Profile::Ar9
            } else {
                Profile::Ar20
            },
            // A password of its own: should a cut network's port be taken by another seed's platform, it is refused there.
            users: settings()
                .users
                .into_iter()
                .map(|person| Person {
                    passwords: vec![password(seed)],
                    ..person
                })
                .collect(),
            ..settings()
        };
        let sandbox = sandbox(settings, &clock);
        let running = sandbox.serve(0).await.expect("loopback can be served");
        let platform_clock = clock.clone();
        let watch = Watch::new(remedy(&running.url(), TIMEOUT), move || {
            platform_clock.now_ms()
        });
        let mut world = World {
            seed,
            dossiers: (1..=rng.random_range(3..=5))
                .map(|n| Dossier {
                    creation: creation(
                        &format!("01890000-0000-7000-8000-{seed:08}{n:04}"),
                        &format!("REL-{n:06}"),
                    ),
                    queued: false,
                })
                .collect(),
            passes: 0,
            met: Met::new(),
            sender,
            rng,
            folder: tempfile::tempdir_in(memory()).expect("a folder can be made"),
            store: None,
            clock,
            skew_ms: Arc::default(),
            sandbox,
            port: running.address.port(),
            running: Some(running),
            watch: Arc::new(watch),
            queue: Queue::default(),
            wrong: Vec::new(),
        };
        world.start_up(false);
        world
    }

    /// Some thirty things happen, in an order that only the seed knows.
    pub async fn storm(&mut self) {
        for _ in 0..self.rng.random_range(24..40) {
            match self.rng.random_range(0..100) {
                0..=14 => self.submit(),
                15..=54 => self.troubled_pass().await,
                55..=58 => self.plan_crash(),
                59..=63 => self.cut_or_mend().await,
                64..=80 => {
                    let ms = self.rng.random_range(1_000..8 * MINUTE_MS);
                    self.advance(ms).await;
                }
                81..=84 => self.jump().await,
                85..=87 => self.require_site(),
                _ => self.act(),
            }
            self.check_never_twice();
        }
    }

    /// A person presses « Envoyer », and something is about to go wrong on the wire, in the application, or nowhere.
    async fn troubled_pass(&mut self) {
        for _ in 0..self.rng.random_range(0..3) {
            let planned = draw(&mut self.rng);
            // A slow answer costs real time: one in a few is enough.
            if !planned.kind.contains("slow") || self.rng.random_range(0..3) == 0 {
                self.sandbox.inject_at(planned.on, planned.fault);
                self.queue.push(planned);
            }
        }
        match self.rng.random_range(0..12) {
            0 | 1 => self.plan_crash(),
            // As late as the platform may still be at work, never later.
            2 => {
                let ms = self.rng.random_range(1_000..120_000);
                self.watch.linger(Some(ms));
            }
            _ => {}
        }
        if self.rng.random_range(0..10) > 0 {
            self.log_in().await;
        }
        self.pass().await;
    }

    /// Everything works again. A person logs in when asked and sends again what was refused.
    pub async fn calm(&mut self) {
        self.sandbox.clear_faults();
        self.queue.clear();
        self.watch.linger(None);
        self.sandbox.configure(|settings| settings.required.clear());
        if self.running.is_none() {
            self.mend().await;
        }
        // The start-up that follows the last trouble, whatever it was.
        self.start_up(false);
        for _ in 0..self.dossiers.len() {
            self.submit();
        }
        for _ in 0..40 {
            self.log_in().await;
            self.pass().await;
            let live = self.items(&OutboxFilter::Live);
            if live.is_empty() {
                break;
            }
            for item in live.iter().filter(|item| item.state == "refuse") {
                self.reopen(item);
            }
            self.advance(SETTLE_MS).await;
        }
        let arrival = self.watch.arrives_at().unwrap_or_default();
        self.advance((arrival - self.clock.now_ms()).max(0)).await;
        // One pass more must find nothing to send.
        self.pass().await;
        self.check_the_end();
    }

    fn now_ms(&self) -> i64 {
        self.clock.now_ms() + self.skew_ms.load(Ordering::SeqCst)
    }

    fn met(&mut self, kind: &'static str) {
        *self.met.entry(kind).or_default() += 1;
    }

    fn store(&self) -> Store {
        self.store.clone().expect("the application runs")
    }

    fn items(&self, filter: &OutboxFilter) -> Vec<OutboxItem> {
        self.store()
            .read(|conn| list(conn, filter))
            .expect("the store can be read")
    }

    /// The application starts, and may die while it starts.
    fn start_up(&mut self, may_crash: bool) {
        self.watch.look_into(None);
        self.store = None;
        let mut may_crash = may_crash;
        loop {
            let store = Store::open(self.folder.path(), &Key::from_bytes([7; 32]))
                .expect("the folder opens after a crash");
            if may_crash && self.rng.random_range(0..4) == 0 {
                store.crash_after(1, self.rng.random());
            }
            may_crash = false;
            match outbox::recover(&store, self.now_ms()) {
                Ok(_) => {
                    self.watch.look_into(Some(store.clone()));
                    self.store = Some(store);
                    return;
                }
                Err(outbox::Error::Store(store::Error::Crashed)) => self.met("crash: starting up"),
                Err(error) => panic!("seed {}: start-up failed: {error}", self.seed),
            }
        }
    }

    fn plan_crash(&mut self) {
        let (writes, before) = (self.rng.random_range(1..=4), self.rng.random());
        self.store().crash_after(writes, before);
    }

    /// What a person did either ended, or the program died under it.
    fn survive<T>(&mut self, ended: Result<T, outbox::Error>, kind: &'static str) -> Option<T> {
        match ended {
            Ok(value) => Some(value),
            Err(outbox::Error::Store(store::Error::Crashed)) => {
                self.met(kind);
                self.start_up(true);
                None
            }
            Err(error) => {
                self.wrong.push(format!("{kind} failed: {error}"));
                None
            }
        }
    }

    async fn pass(&mut self) {
        self.passes += 1;
        self.watch.forget_last();
        let (store, watch, cancel) = (self.store(), self.watch.clone(), CancellationToken::new());
        let cancel_at = if self.rng.random_range(0..8) == 0 {
            self.rng.random_range(0..3)
        } else {
            usize::MAX
        };
        let (clock, skew) = (self.clock.clone(), self.skew_ms.clone());
        let ended = if self.sender == Sender::Relais {
            outbox::drain(
                &store,
                PRINCIPAL,
                watch.as_ref(),
                &move || clock.now_ms() + skew.load(Ordering::SeqCst),
                &mut self.rng,
                &cancel,
                &|progress| {
                    if progress.done == cancel_at {
                        cancel.cancel();
                    }
                },
            )
            .await
            .map(|_| ())
        } else {
            mutants::pass(self.sender, &store, watch.as_ref(), self.now_ms())
                .await
                .map_err(outbox::Error::Store)
        };
        drop(store);
        let died_at = match self.watch.last() {
            Last::Nothing => "crash: before a call",
            Last::Creation => "crash: after a creation",
            Last::LookUp => "crash: after a look-up",
        };
        self.survive(ended, died_at);
        for _ in 0..self.watch.take_offline() {
            self.met("network cut");
        }
        self.queue.count(&self.sandbox.history(), &mut self.met);
        if !self.sandbox.settings().required.is_empty()
            && !self.items(&OutboxFilter::State("refuse".into())).is_empty()
        {
            self.met("create: refused");
        }
    }
}

fn password(seed: u64) -> String {
    format!("essai-{seed}")
}

/// A disk in memory where there is one: the crashes are simulated, so nothing has to survive a power cut.
fn memory() -> PathBuf {
    let shared = PathBuf::from("/dev/shm");
    if shared.is_dir() {
        shared
    } else {
        std::env::temp_dir()
    }
}
