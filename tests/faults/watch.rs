//! The remedy adapter under observation: what the outbox does is checked at the moment of the call.
//!
//! Invariant: the watch never changes a reply, with one exception, which is a fault of its own: a request that lingers on the way (in a
//! proxy, a gateway) is answered by silence and delivered later, at most as late as the platform and the adapter allow.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, RwLock};

use platform::{Accepted, Capabilities, Creation, Pending, Platform, Remedy, Reply};
use secrecy::SecretString;
use store::Store;
use store::outbox::{OutboxFilter, list};

/// What the last call of the adapter was, to tell where a crash struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    Nothing,
    Creation,
    LookUp,
}

#[derive(Default)]
struct Notes {
    violations: Vec<String>,
    /// Creations that left, by identity.
    sent: BTreeMap<String, i64>,
    /// The payload each dossier may be sent with.
    frozen: BTreeMap<String, Creation>,
    offline: u64,
    linger_ms: Option<i64>,
    on_the_way: Vec<(i64, Creation)>,
}

pub struct Watch {
    pub remedy: RwLock<Arc<Remedy>>,
    store: Mutex<Option<Store>>,
    notes: Mutex<Notes>,
    last: Mutex<Last>,
    now_ms: Box<dyn Fn() -> i64 + Send + Sync>,
}

impl Watch {
    pub fn new(remedy: Remedy, now_ms: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self {
            remedy: RwLock::new(Arc::new(remedy)),
            store: Mutex::new(None),
            notes: Mutex::default(),
            last: Mutex::new(Last::Nothing),
            now_ms: Box::new(now_ms),
        }
    }

    pub fn look_into(&self, store: Option<Store>) {
        *self.store.lock().expect("no panic holds it") = store;
    }

    pub fn freeze(&self, creation: &Creation) {
        self.notes()
            .frozen
            .insert(creation.identity.clone(), creation.clone());
    }

    /// The next creation stays on the way for this long.
    pub fn linger(&self, ms: Option<i64>) {
        self.notes().linger_ms = ms;
    }

    pub fn last(&self) -> Last {
        *self.last.lock().expect("no panic holds it")
    }

    pub fn forget_last(&self) {
        self.note_last(Last::Nothing);
    }

    pub fn violations(&self) -> Vec<String> {
        self.notes().violations.clone()
    }

    pub fn violation(&self, text: String) {
        self.notes().violations.push(text);
    }

    /// How many calls found no network since the last time this was asked.
    pub fn take_offline(&self) -> u64 {
        std::mem::take(&mut self.notes().offline)
    }

    /// Delivers what lingered long enough; gives how many arrived.
    pub async fn deliver(&self) -> u64 {
        let now_ms = (self.now_ms)();
        let arriving: Vec<Creation> = {
            let mut notes = self.notes();
            let (due, later) = std::mem::take(&mut notes.on_the_way)
                .into_iter()
                .partition(|(at, _)| *at <= now_ms);
            notes.on_the_way = later;
            due.into_iter()
                .map(|(_, creation): (i64, Creation)| creation)
                .collect()
        };
        let mut arrived = 0;
        for creation in arriving {
            if let Reply::Sent(_) = self.remedy().create(&creation).await {
                arrived += 1;
            }
        }
        arrived
    }

    /// When the last lingering request arrives.
    pub fn arrives_at(&self) -> Option<i64> {
        self.notes().on_the_way.iter().map(|(at, _)| *at).max()
    }

    fn remedy(&self) -> Arc<Remedy> {
        self.remedy.read().expect("no panic holds it").clone()
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().expect("no panic holds it")
    }

    fn note_last(&self, last: Last) {
        *self.last.lock().expect("no panic holds it") = last;
    }

    /// The attempt is on record, with the payload that was frozen.
    fn check(&self, creation: &Creation) {
        let sent = {
            let mut notes = self.notes();
            let sent = notes.sent.entry(creation.identity.clone()).or_default();
            *sent += 1;
            *sent
        };
        let store = self
            .store
            .lock()
            .expect("no panic holds it")
            .clone()
            .expect("a pass has a store");
        let items = store
            .read(|conn| list(conn, &OutboxFilter::All))
            .expect("the store can be read");
        let Some(item) = items
            .into_iter()
            .find(|item| item.identity == creation.identity)
        else {
            return self.violation(format!(
                "{} left without being in the outbox",
                creation.reference
            ));
        };
        if item.state != "envoi" || item.attempts < sent {
            self.violation(format!(
                "{} left for the {sent}. time, but the outbox says « {} » after {} attempts",
                creation.reference, item.state, item.attempts
            ));
        }
        if self.notes().frozen.get(&creation.identity) != Some(creation) {
            self.violation(format!(
                "{} left with another payload than the frozen one",
                creation.reference
            ));
        }
    }

    async fn create_watched(&self, creation: &Creation) -> Reply<Accepted> {
        self.check(creation);
        let linger_ms = self.notes().linger_ms.take();
        let reply = if let Some(ms) = linger_ms {
            let arrival = (self.now_ms)() + ms;
            self.notes().on_the_way.push((arrival, creation.clone()));
            Reply::Uncertain {
                retry_after: None,
                reason: "silence".into(),
            }
        } else {
            self.remedy().create(creation).await
        };
        self.note_last(Last::Creation);
        self.note_offline(&reply);
        reply
    }

    fn note_offline<T>(&self, reply: &Reply<T>) {
        if matches!(reply, Reply::Offline { kind, .. } if *kind != platform::OfflineKind::Portal) {
            self.notes().offline += 1;
        }
    }
}

impl Platform for Watch {
    fn capabilities(&self) -> Capabilities {
        self.remedy().capabilities()
    }

    fn login<'a>(
        &'a self,
        user: &'a str,
        password: &'a SecretString,
        now_ms: i64,
    ) -> Pending<'a, Reply<()>> {
        Box::pin(async move { self.remedy().login(user, password, now_ms).await })
    }

    fn has_session(&self, now_ms: i64) -> bool {
        self.remedy().has_session(now_ms)
    }

    fn create<'a>(&'a self, creation: &'a Creation) -> Pending<'a, Reply<Accepted>> {
        Box::pin(self.create_watched(creation))
    }

    fn find<'a>(&'a self, reference: &'a str) -> Pending<'a, Reply<Vec<Accepted>>> {
        Box::pin(async move {
            self.deliver().await;
            let reply = self.remedy().find(reference).await;
            self.note_last(Last::LookUp);
            self.note_offline(&reply);
            reply
        })
    }

    fn logout(&self) -> Pending<'_, ()> {
        Box::pin(async move { self.remedy().logout().await })
    }
}
