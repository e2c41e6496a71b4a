//! The exchange with the platform: one pass at a time, its state told as weather.
//!
//! Invariant: one exchange per data folder at a time, across processes, held by a file
//! lock; a password goes from the face to the adapter and is dropped. Left out on purpose:
//! what to do with each reply, which is the outbox's.

mod weather;

pub(crate) use weather::{Exchange, remedy};

use std::{path::Path, sync::PoisonError, time::Duration};

use platform::{LoginKind, OfflineKind, Reply};
use rand::{SeedableRng, rngs::StdRng};
use secrecy::SecretString;
use store::{Store, destination::PRINCIPAL, outbox::OutboxFilter};
use tokio_util::sync::CancellationToken;

use crate::{
    App, Error,
    desk::Desk,
    folder::Alone,
    labels::count,
    outbox_view::queue,
    training,
    wire::{Link, Mode, Nothing, SendState, SyncReport, SyncRequest},
};

/// What a dead process left in flight becomes « incertain »; what a living one is sending is its own.
pub(crate) fn recover(store: &Store, folder: &Path, now_ms: i64) -> Result<usize, Error> {
    match Alone::take(folder) {
        Ok(_only) => Ok(outbox::recover(store, now_ms)?),
        Err(Error::ExchangeElsewhere) => Ok(0),
        Err(error) => Err(error),
    }
}

/// Nothing is put off for longer than this: a later time means that the clock was set back.
const LONGEST_REST_MS: i64 = 3_600_000;

/// How one pass ended, as far as the network is concerned.
fn observed(pass: &outbox::Pass) -> Link {
    match &pass.stopped {
        Some(outbox::Stop::NeedsLogin { .. }) => Link::LoginNeeded,
        Some(outbox::Stop::Offline {
            kind: OfflineKind::Portal,
        }) => Link::Portal,
        Some(outbox::Stop::Offline { .. }) => Link::Offline,
        None => Link::Online,
    }
}

/// One pass over what is due. A session is needed first where the platform asks for one.
///
/// A person who asks does not wait for the time that a machine would have chosen.
async fn pass(app: &App, desk: &Desk, asked: bool) -> Result<outbox::Pass, Error> {
    let _only = Alone::take(&desk.folder)?;
    outbox::recover(&desk.store, app.now_ms())?;
    if asked {
        for item in desk
            .store
            .read(|conn| store::outbox::list(conn, &OutboxFilter::Live))?
        {
            if item.next_try_at_ms.is_some() && item.state != SendState::Refused.id() {
                outbox::retry_now(&desk.store, item.id, app.now_ms())?;
            }
        }
    }
    let cancel = CancellationToken::new();
    *desk
        .exchange
        .cancel
        .lock()
        .unwrap_or_else(PoisonError::into_inner) = cancel.clone();
    desk.exchange.weather().exchanging = true;
    app.announce();
    let clock = app.clock();
    let mut rng = StdRng::from_rng(&mut rand::rng());
    let listeners = app.listeners();
    let ended = outbox::drain(
        &desk.store,
        PRINCIPAL,
        desk.exchange.platform().as_ref(),
        &*clock,
        &mut rng,
        &cancel,
        &|_progress| listeners.announce(),
    )
    .await;
    let now = app.now_ms();
    if ended.is_err()
        // What was in flight may have arrived. Where even this fails, the next pass begins with it.
        && let Err(error) = outbox::recover(&desk.store, now)
    {
        tracing::warn!(%error, "what was in flight could not be marked");
    }
    let mut weather = desk.exchange.weather();
    weather.exchanging = false;
    if let Ok(pass) = &ended {
        let link = observed(pass);
        if weather.link != link {
            weather.since_ms = Some(now);
        }
        weather.link = link;
        match link {
            Link::Offline | Link::Portal => {
                weather.failures += 1;
                weather.next_try_ms =
                    Some(now + outbox::backoff(weather.failures, &mut rand::rng()));
            }
            _ => {
                weather.failures = 0;
                weather.next_try_ms = if pass.cancelled {
                    // The person said stop: the machine does not start again at once.
                    Some(now + outbox::OFFLINE_MS)
                } else {
                    pass.next_due_ms
                };
                if link == Link::Online {
                    weather.last_exchange_ms = Some(now);
                }
            }
        }
    }
    drop(weather);
    app.announce();
    Ok(ended?)
}

/// Opens a session when the platform asks for one and none is open.
///
/// `Some` is the report that ends the exchange here.
async fn login(app: &App, desk: &Desk, request: SyncRequest, waiting: u32) -> Option<SyncReport> {
    let platform = desk.exchange.platform();
    if platform.capabilities().login == LoginKind::None || platform.has_session(app.now_ms()) {
        return None;
    }
    let credentials = match desk.mode {
        Mode::Training => Some((
            training::LOGIN.to_owned(),
            SecretString::from(training::PASSWORD),
        )),
        Mode::Real => request.username.zip(request.password),
    };
    let Some((user, password)) = credentials else {
        desk.exchange.set_link(Link::LoginNeeded, app.now_ms());
        app.announce();
        return Some(stopped(
            waiting,
            Link::LoginNeeded,
            "La plateforme demande votre identifiant et un mot de passe à usage unique.",
        ));
    };
    let (link, sentence) = match platform.login(&user, &password, app.now_ms()).await {
        Reply::Sent(()) => return None,
        Reply::NeedsLogin {
            reason: platform::LoginReason::Guest,
        } => (
            Link::LoginNeeded,
            "La plateforme vous a reçu comme simple invité : elle ne reconnaît pas cet identifiant. Rien n’a été envoyé.",
        ),
        Reply::NeedsLogin { .. } | Reply::Rejected { .. } => (
            Link::LoginNeeded,
            "La plateforme a refusé cet identifiant ou ce mot de passe. Un mot de passe à usage unique ne sert qu’une fois : demandez-en un autre à votre clé.",
        ),
        Reply::Offline {
            kind: OfflineKind::Portal,
            ..
        } => (
            Link::Portal,
            "Une page de connexion a répondu à la place de la plateforme : identifiez-vous d’abord sur le réseau du collège, dans le navigateur.",
        ),
        Reply::Offline {
            kind: OfflineKind::Tls,
            ..
        } => (
            Link::Offline,
            "La connexion sécurisée avec la plateforme n’a pas pu s’établir : son certificat n’est pas reconnu par cet ordinateur.",
        ),
        Reply::Offline {
            kind: OfflineKind::Proxy,
            ..
        } => (
            Link::Offline,
            "Le proxy du réseau refuse de joindre la plateforme.",
        ),
        Reply::Offline { .. } => (
            Link::Offline,
            "La plateforme n’est pas joignable. Tout reste en file d’envoi.",
        ),
        Reply::Transient { .. } => (
            Link::Offline,
            "La plateforme est occupée. Réessayez dans quelques minutes.",
        ),
        Reply::Uncertain { .. } => (
            Link::Offline,
            "La plateforme n’a pas répondu à la connexion. Réessayez.",
        ),
    };
    let mut weather = desk.exchange.weather();
    weather.failures += 1;
    weather.next_try_ms = (desk.mode == Mode::Training)
        .then(|| app.now_ms() + outbox::backoff(weather.failures, &mut rand::rng()));
    drop(weather);
    desk.exchange.set_link(link, app.now_ms());
    app.announce();
    Some(stopped(waiting, link, sentence))
}

fn stopped(waiting: u32, link: Link, sentence: &str) -> SyncReport {
    SyncReport {
        accepted: 0,
        refused: 0,
        uncertain: 0,
        waiting,
        sentence: sentence.to_owned(),
        login_needed: link == Link::LoginNeeded,
        offline: matches!(link, Link::Offline | Link::Portal),
    }
}

fn waiting(desk: &Desk) -> Result<u32, Error> {
    Ok(desk.store.read(queue)?.waiting())
}

pub(crate) async fn sync_now(app: &App, request: SyncRequest) -> Result<SyncReport, Error> {
    let desk = app.desk()?;
    let waits = waiting(&desk)?;
    if !desk.exchange.platform().capabilities().sends {
        return Ok(stopped(
            waits,
            Link::ByHand,
            "La plateforme se joint à la main : recopiez chaque dossier dans le portail, puis saisissez son numéro.",
        ));
    }
    if let Some(report) = login(app, &desk, request, waits).await {
        return Ok(report);
    }
    let pass = pass(app, &desk, true).await;
    // The worker may sleep for longer than what this pass left to do.
    desk.exchange.wake.notify_one();
    let pass = pass?;
    let waits = waiting(&desk)?;
    let (accepted, refused, uncertain) = (
        size(&pass.accepted),
        size(&pass.refused),
        size(&pass.uncertain),
    );
    let link = observed(&pass);
    let sentence = match link {
        Link::LoginNeeded => "La session s’est fermée : donnez un nouveau mot de passe à usage unique, l’envoi reprendra où il en était.".to_owned(),
        Link::Portal => "Une page de connexion a répondu à la place de la plateforme. Tout reste en file d’envoi.".to_owned(),
        Link::Offline => "La plateforme n’est pas joignable. Tout reste en file d’envoi.".to_owned(),
        _ if accepted + refused + uncertain == 0 && waits == 0 => "Rien n’attendait.".to_owned(),
        _ => {
            let mut parts = vec![count(accepted, "dossier accepté", "dossiers acceptés")];
            if refused > 0 {
                parts.push(count(refused, "refusé", "refusés"));
            }
            if uncertain > 0 {
                parts.push(count(uncertain, "incertain", "incertains"));
            }
            if waits > 0 {
                parts.push(format!("{} encore", count(waits, "attend", "attendent")));
            }
            format!("{}.", parts.join(", "))
        }
    };
    Ok(SyncReport {
        accepted,
        refused,
        uncertain,
        waiting: waits,
        sentence,
        login_needed: link == Link::LoginNeeded,
        offline: matches!(link, Link::Offline | Link::Portal),
    })
}

fn size<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

pub(crate) async fn cancel(app: &App, _: Nothing) -> Result<Nothing, Error> {
    app.desk()?.exchange.stop();
    Ok(Nothing {})
}

impl App {
    /// Exchanges whenever something is due, for as long as the window lives.
    ///
    /// Sleeps until woken or due; where the platform asks for a password and no session is
    /// open, it waits for the person.
    pub async fn work(&self) {
        loop {
            // Before the look, so that a folder changed during a long call is not missed.
            let changed = self.session_changed();
            let Ok(desk) = self.desk() else {
                changed.await;
                continue;
            };
            if let Err(error) = self.turn(&desk).await {
                tracing::warn!(%error, "the exchange stopped");
                desk.exchange.weather().next_try_ms =
                    Some(self.now_ms() + outbox::backoff(1, &mut rand::rng()));
            }
            let due = desk.exchange.weather().next_try_ms;
            let rest = due.map_or(LONGEST_REST_MS, |due| {
                (due - self.now_ms()).clamp(200, LONGEST_REST_MS)
            });
            tokio::select! {
                () = desk.exchange.wake.notified() => {}
                () = changed => {}
                () = tokio::time::sleep(Duration::from_millis(rest.unsigned_abs())) => {}
            }
        }
    }

    async fn turn(&self, desk: &Desk) -> Result<(), Error> {
        let platform = desk.exchange.platform();
        let counts = desk.store.read(queue)?;
        if !platform.capabilities().sends || counts.waiting() == 0 {
            desk.exchange.weather().next_try_ms = None;
            return Ok(());
        }
        let due = desk.exchange.weather().next_try_ms;
        if due.is_some_and(|due| (1..=LONGEST_REST_MS).contains(&(due - self.now_ms()))) {
            return Ok(());
        }
        if login(
            self,
            desk,
            SyncRequest {
                username: None,
                password: None,
            },
            counts.waiting(),
        )
        .await
        .is_some()
        {
            return Ok(());
        }
        pass(self, desk, false).await.map(drop)
    }
}
