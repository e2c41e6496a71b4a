//! The person: makes a dossier « prêt », logs in, and does with the queue what the screen allows.
//!
//! Invariant: a person does only what the application offers, and is told when it cannot be done.

use super::*;

impl World {
    /// The next dossier becomes « prêt ». After a crash the person presses the button again: it is the same dossier.
    pub(super) fn submit(&mut self) {
        let Some(at) = self.dossiers.iter().position(|dossier| !dossier.queued) else {
            return;
        };
        let (now_ms, creation) = (self.now_ms(), self.dossiers[at].creation.clone());
        self.watch.freeze(&creation);
        let id = format!("ticket-{at}");
        let ended = self.store().write(|tx| {
            if store::ticket::get(tx, &id)?.is_none() {
                let ticket = Ticket {
                    id: id.clone(),
                    reference: Some(creation.reference.clone()),
                    title: creation.summary.clone(),
                    state: "ouvert".into(),
                    answers: "{}".into(),
                    summary: "{}".into(),
                    created_at_ms: now_ms,
                    updated_at_ms: now_ms,
                    ..Ticket::default()
                };
                store::ticket::insert(tx, &ticket)?;
            }
            outbox::enqueue(tx, &id, PRINCIPAL, &creation, now_ms)
        });
        let survived = self.survive(ended, "crash: queueing").is_some();
        // After a crash the list of the outbox says whether it was kept.
        let identity = &self.dossiers[at].creation.identity;
        let kept = self
            .items(&OutboxFilter::All)
            .iter()
            .any(|item| item.identity == *identity);
        if survived && !kept {
            self.wrong.push(format!(
                "{} was queued and is not there",
                creation.reference
            ));
        }
        self.dossiers[at].queued = kept;
    }

    pub(super) async fn log_in(&mut self) {
        if self.watch.has_session(self.now_ms()) {
            return;
        }
        let (password, now_ms) = (SecretString::from(password(self.seed)), self.now_ms());
        let reply = self.watch.login(LOGIN, &password, now_ms).await;
        self.queue.count(&self.sandbox.history(), &mut self.met);
        if self.running.is_some() && matches!(reply, Reply::NeedsLogin { .. }) {
            self.wrong
                .push(format!("the right password was refused: {reply:?}"));
        }
    }

    pub(super) fn require_site(&mut self) {
        let demand = self.sandbox.settings().required.is_empty();
        self.sandbox.configure(|settings| {
            settings.required.clear();
            if demand {
                settings.required.push("Site".into());
            }
        });
    }

    /// The person does something to one of the items: tries now, withdraws it, or sends a refused one again.
    pub(super) fn act(&mut self) {
        let live = self.items(&OutboxFilter::Live);
        if live.is_empty() {
            return;
        }
        let item = &live[self.rng.random_range(0..live.len())];
        let (store, now_ms) = (self.store(), self.now_ms());
        let ended = match (item.state.as_str(), self.rng.random_range(0..3)) {
            ("refuse", _) => return self.reopen(item),
            (_, 0) => outbox::withdraw(&store, item.id, now_ms),
            _ => outbox::retry_now(&store, item.id, now_ms),
        };
        drop(store);
        match ended {
            // The person is told that this cannot be done now.
            Err(outbox::Error::Transition { .. }) => {}
            ended => {
                self.survive(ended, "crash: queueing");
            }
        }
    }

    pub(super) fn reopen(&mut self, item: &OutboxItem) {
        let Some(at) = self
            .dossiers
            .iter()
            .position(|dossier| dossier.creation.identity == item.identity)
        else {
            return;
        };
        let mut corrected = self.dossiers[at].creation.clone();
        corrected.description.push_str(" (complété)");
        let ended = outbox::reopen(
            &self.store(),
            item.id,
            &outbox::Work::Creation(corrected.clone()),
            self.now_ms(),
        );
        if self.survive(ended, "crash: queueing").is_none() {
            // It may or may not have been kept: the row says.
            let kept = self
                .items(&OutboxFilter::All)
                .into_iter()
                .find(|one| one.id == item.id);
            if kept.is_none_or(|kept| kept.state != "pret") {
                return;
            }
        }
        self.watch.freeze(&corrected);
        self.dossiers[at].creation = corrected;
    }
}
