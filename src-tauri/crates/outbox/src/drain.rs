//! One pass over what is due for one destination: oldest first, one call at a time, until the end, a cut, a missing session or a cancellation.
//!
//! Invariants: the attempt is committed before the call leaves; an item that may have been sent is looked up before it is sent again,
//! and « not found » counts only once the doubt has settled; each end is one transaction. If the program dies between two of them,
//! [`crate::recover`] makes the item « incertain ».
//!
//! Left out on purpose: waiting. The caller sleeps until [`Pass::next_due_ms`] or until something wakes it.

use std::collections::BTreeSet;
use std::time::Duration;

use platform::{Accepted, LoginKind, LoginReason, LookUp, OfflineKind, Platform, Reply};
use rand::Rng;
use store::outbox::{self, OutboxItem};
use store::{Store, Transaction};
use tokio_util::sync::CancellationToken;

use crate::accept::accept;
use crate::pass::{Arrival, Pass, Progress, Stop};
use crate::policy::{Doubt, OFFLINE_MS, SETTLE_MS, doubt, is_due, wait_ms};
use crate::send::{Call, call, look};
use crate::{Error, Work};

/// After an error, call [`crate::recover`] before the next pass: an item may have been left in « envoi ».
pub async fn drain<R: Rng + ?Sized>(
    store: &Store,
    destination: &str,
    platform: &dyn Platform,
    clock: &(dyn Fn() -> i64 + Send + Sync),
    rng: &mut R,
    cancel: &CancellationToken,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Pass, Error> {
    // A person carries these over: nothing is due for a machine.
    if !platform.capabilities().sends {
        return Ok(Pass::default());
    }
    let now_ms = clock();
    // The store gives the head of each lane; which of them are due is judged here, by a clock that may have jumped.
    let heads = heads(store, destination, now_ms)?;
    let mut worker = Worker {
        store,
        destination,
        platform,
        clock,
        rng,
        cancel,
        pass: Pass::default(),
        busy_until_ms: None,
    };
    let mut total = heads.len();
    let mut done = 0;
    let mut tried = BTreeSet::new();
    let mut wave = heads;
    // What follows in a lane becomes its head when the one before arrives: a dossier leaves with its files in one pass.
    while !wave.is_empty() {
        for item in wave {
            progress(Progress { done, total });
            if worker.cancelled() || worker.pass.stopped.is_some() || worker.busy_until_ms.is_some()
            {
                return worker.end();
            }
            tried.insert(item.id);
            worker.one(item.id).await?;
            done += 1;
        }
        wave = worker.next_wave(&tried)?;
        total += wave.len();
    }
    progress(Progress { done: total, total });
    worker.end()
}

fn heads(store: &Store, destination: &str, now_ms: i64) -> Result<Vec<OutboxItem>, Error> {
    // The time of an item may have been chosen by a clock that was wrong since: `is_due` decides, not the query.
    let mut heads = store.read(|conn| outbox::due(conn, destination, i64::MAX))?;
    heads.retain(|item| is_due(item, now_ms));
    Ok(heads)
}

struct Worker<'a, R: ?Sized> {
    store: &'a Store,
    destination: &'a str,
    platform: &'a dyn Platform,
    clock: &'a (dyn Fn() -> i64 + Send + Sync),
    rng: &'a mut R,
    cancel: &'a CancellationToken,
    pass: Pass,
    /// The platform asked for quiet: that holds for every lane.
    busy_until_ms: Option<i64>,
}

/// What a look-up leaves to do.
enum LookedUp {
    /// Surely not there: it can be sent.
    Absent,
    /// The item has its end, or its next time.
    Done,
}

impl<R: Rng + ?Sized> Worker<'_, R> {
    fn cancelled(&mut self) -> bool {
        self.pass.cancelled = self.cancel.is_cancelled();
        self.pass.cancelled
    }

    fn end(mut self) -> Result<Pass, Error> {
        let due = self
            .store
            .read(|conn| outbox::next_due_at_ms(conn, self.destination))?;
        self.pass.next_due_ms = match self.pass.stopped {
            Some(Stop::NeedsLogin { .. }) => None,
            Some(Stop::Offline { .. }) => due.map(|_| (self.clock)().saturating_add(OFFLINE_MS)),
            None => due.map(|at| at.max(self.busy_until_ms.unwrap_or(at))),
        };
        Ok(self.pass)
    }

    /// The heads that this pass has not tried yet: each item is tried once in a pass.
    fn next_wave(&self, tried: &BTreeSet<i64>) -> Result<Vec<OutboxItem>, Error> {
        let mut heads = heads(self.store, self.destination, (self.clock)())?;
        heads.retain(|item| !tried.contains(&item.id));
        Ok(heads)
    }

    async fn one(&mut self, id: i64) -> Result<(), Error> {
        // Read again: the person, or another pass, may have acted since the list was made.
        let item = self.store.read(|conn| outbox::get(conn, id))?;
        let Some(item) = item.filter(|item| matches!(item.state.as_str(), "pret" | "incertain"))
        else {
            return Ok(());
        };
        let needs_session = self.platform.capabilities().login != LoginKind::None;
        if needs_session && !self.platform.has_session((self.clock)()) {
            self.pass.stopped = Some(Stop::NeedsLogin {
                reason: LoginReason::Missing,
            });
            return Ok(());
        }
        let work = match Work::thawed(&item) {
            Ok(work) => work,
            Err(error) => return self.wedge(&item, "illisible", &error.to_string()),
        };
        let call = match self.store.read(|conn| call(conn, &item, work))? {
            Ok(call) => call,
            Err(wedged) => return self.wedge(&item, wedged.code(), wedged.reason()),
        };
        if item.maybe_sent || item.state == "incertain" {
            if let LookedUp::Done = self.look_up(&item, &call).await? {
                return Ok(());
            }
            if self.cancelled() {
                return Ok(());
            }
        }
        self.send(&item, &call).await
    }

    async fn look_up(&mut self, item: &OutboxItem, call: &Call) -> Result<LookedUp, Error> {
        let proves = self.platform.capabilities().look_up;
        if proves == LookUp::Nothing {
            // Only a person can tell: the number is typed back, or the item stays as it is.
            self.pass.uncertain.push(item.id);
            return Ok(LookedUp::Done);
        }
        let reply = look(self.platform, call).await;
        let now_ms = (self.clock)();
        let wait = match reply {
            Reply::Sent(found) => match found.as_slice() {
                [first, others @ ..] => {
                    self.arrived(item, first, others)?;
                    return Ok(LookedUp::Done);
                }
                // Nothing found proves nothing here: an answer comes, or a person decides.
                [] if proves == LookUp::Presence => wait_ms(None, i64::MAX, self.rng),
                [] => match doubt(item, now_ms) {
                    Doubt::Settled => return Ok(LookedUp::Absent),
                    Doubt::Until(at) => at - now_ms,
                    Doubt::Restart => {
                        self.later(item, SETTLE_MS, true)?;
                        return Ok(LookedUp::Done);
                    }
                },
            },
            Reply::Offline { kind, .. } => {
                self.pass.stopped = Some(Stop::Offline { kind });
                return Ok(LookedUp::Done);
            }
            Reply::NeedsLogin { reason } => {
                self.pass.stopped = Some(Stop::NeedsLogin { reason });
                return Ok(LookedUp::Done);
            }
            Reply::Transient { retry_after, .. } | Reply::Uncertain { retry_after, .. } => {
                self.busy(retry_after);
                wait_ms(retry_after, item.attempts, self.rng)
            }
            // The platform does not answer this question. Asking again is harmless and rare; a person can type the number.
            Reply::Rejected { code, .. } => {
                tracing::warn!(item = item.id, ?code, "the look-up was refused");
                wait_ms(None, i64::MAX, self.rng)
            }
        };
        self.later(item, wait, false)?;
        Ok(LookedUp::Done)
    }

    /// Looked up without an end: another look, or another try, in a while.
    fn later(&mut self, item: &OutboxItem, wait_ms: i64, from_now: bool) -> Result<(), Error> {
        let now_ms = (self.clock)();
        let next = Some(now_ms.saturating_add(wait_ms));
        self.finish(|tx| {
            outbox::rescheduled(tx, item.id, next, from_now, now_ms)?;
            Ok(())
        })?;
        self.pass.uncertain.push(item.id);
        Ok(())
    }

    async fn send(&mut self, item: &OutboxItem, call: &Call) -> Result<(), Error> {
        let begun_ms = (self.clock)();
        let begun = self
            .store
            .write(|tx| outbox::begin_attempt(tx, item.id, begun_ms));
        let item = match begun {
            Ok(item) => item,
            // Withdrawn, or taken by another process, in between.
            Err(store::Error::Transition { .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        tracing::info!(item = item.id, attempt = item.attempts, "sending");
        match crate::send::send(self.platform, call).await {
            Reply::Sent(accepted) => self.arrived(&item, &accepted, &[]),
            Reply::Offline { kind, detail } => {
                self.pass.stopped = Some(Stop::Offline { kind });
                // A portal's page is no proof that the request did not pass: look before repeating.
                let doubtful = kind == OfflineKind::Portal;
                let code = if doubtful { "portail" } else { "hors-ligne" };
                self.postpone(&item, code, &detail, 0, doubtful)
            }
            Reply::NeedsLogin { reason } => {
                self.pass.stopped = Some(Stop::NeedsLogin { reason });
                self.postpone(&item, "session", "a session is needed", 0, false)
            }
            Reply::Transient {
                retry_after,
                reason,
            } => {
                self.busy(retry_after);
                let wait = wait_ms(retry_after, item.attempts, self.rng);
                self.postpone(&item, "occupee", &reason, wait, false)
            }
            Reply::Uncertain {
                retry_after,
                reason,
            } => {
                self.busy(retry_after);
                self.doubtful(&item, "sans-reponse", &reason, retry_after)
            }
            Reply::Rejected {
                code,
                reason,
                field,
                certain,
            } => {
                let code = code.map_or_else(|| "http".to_owned(), |code| code.to_string());
                // Where a field is to blame, its name is all that the reason has to say.
                let reason = field.unwrap_or(reason);
                self.refused(&item, call, &code, &reason, certain).await
            }
        }
    }

    /// A refusal that came as a server error is believed after one look.
    async fn refused(
        &mut self,
        item: &OutboxItem,
        call: &Call,
        code: &str,
        reason: &str,
        certain: bool,
    ) -> Result<(), Error> {
        if !certain && self.platform.capabilities().look_up != LookUp::Nothing {
            match look(self.platform, call).await {
                Reply::Sent(found) => {
                    if let [first, others @ ..] = found.as_slice() {
                        return self.arrived(item, first, others);
                    }
                }
                _ => return self.doubtful(item, code, reason, None),
            }
        }
        self.wedged(item.id, code, reason)
    }

    /// An item that cannot be asked at all: shown to the person, never dropped.
    fn wedge(&mut self, item: &OutboxItem, code: &str, reason: &str) -> Result<(), Error> {
        let now_ms = (self.clock)();
        self.finish(|tx| {
            outbox::begin_attempt(tx, item.id, now_ms)?;
            Ok(())
        })?;
        self.wedged(item.id, code, reason)
    }

    fn wedged(&mut self, id: i64, code: &str, reason: &str) -> Result<(), Error> {
        let now_ms = (self.clock)();
        self.finish(|tx| {
            outbox::refused(tx, id, code, reason, now_ms)?;
            Ok(())
        })?;
        self.pass.refused.push(id);
        Ok(())
    }

    fn arrived(
        &mut self,
        item: &OutboxItem,
        accepted: &Accepted,
        others: &[Accepted],
    ) -> Result<(), Error> {
        let now_ms = (self.clock)();
        self.finish(|tx| accept(tx, item, accepted, others, now_ms))?;
        self.pass.accepted.push(Arrival {
            item: item.id,
            ticket_id: item.ticket_id.clone(),
            number: accepted.name().to_owned(),
            others: others.iter().map(|one| one.name().to_owned()).collect(),
        });
        Ok(())
    }

    /// Back to « prêt ». A doubt about an earlier attempt is never forgotten on the way.
    fn postpone(
        &mut self,
        item: &OutboxItem,
        code: &str,
        reason: &str,
        wait_ms: i64,
        doubtful: bool,
    ) -> Result<(), Error> {
        let now_ms = (self.clock)();
        let next = Some(now_ms.saturating_add(wait_ms));
        let maybe_sent = item.maybe_sent || doubtful;
        self.finish(|tx| {
            outbox::postponed(tx, item.id, code, reason, next, maybe_sent, now_ms)?;
            Ok(())
        })?;
        self.pass.postponed.push(item.id);
        Ok(())
    }

    /// « Incertain »: the first look-up comes soon, because most lost answers leave a dossier behind.
    fn doubtful(
        &mut self,
        item: &OutboxItem,
        code: &str,
        reason: &str,
        retry_after: Option<Duration>,
    ) -> Result<(), Error> {
        let now_ms = (self.clock)();
        let wait = wait_ms(retry_after, item.attempts, self.rng);
        let next = Some(now_ms.saturating_add(wait));
        self.finish(|tx| {
            outbox::uncertain(tx, item.id, code, reason, next, now_ms)?;
            Ok(())
        })?;
        self.pass.uncertain.push(item.id);
        Ok(())
    }

    fn busy(&mut self, retry_after: Option<Duration>) {
        if retry_after.is_some() {
            let wait = wait_ms(retry_after, 1, self.rng);
            self.busy_until_ms = Some((self.clock)().saturating_add(wait));
        }
    }

    /// Writes an end. If another process has meanwhile taken the item for interrupted, its look-up will find the truth.
    fn finish(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self.store.write(change) {
            Err(Error::Store(store::Error::Transition { id, from, to })) => {
                tracing::warn!(item = id, %from, to, "the item moved meanwhile");
                Ok(())
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
