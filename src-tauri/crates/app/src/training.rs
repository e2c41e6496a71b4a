//! Training mode: the sample collège, and a platform of its own inside the application.
//!
//! Invariant: it lives in its own folder under a published key, because everything in it is
//! invented; nothing it does reaches the real platform, and nothing real is read.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use sandbox::{Person, Running, Sandbox};
use store::{Key, KeyFile, OpenError, Store};

use crate::{
    App, Error, desk, exchange,
    exchange::Exchange,
    home, opening,
    opening::Session,
    principal::Way,
    sample,
    wire::{KeyPlace, Mode, NetworkSwitch, Nothing, Status},
};

const FOLDER: &str = "essai";
/// The platform's own memory, so that closing the application does not make it forget.
const PLATFORM_STATE: &str = "plateforme.json";
/// Published: it protects nothing but invented data.
const KEY: [u8; 32] = *b"Relais, college d'exemple public";
pub(crate) const LOGIN: &str = "essai";
pub(crate) const PASSWORD: &str = "essai";

/// The platform inside the application, and the switch that cuts the network.
pub(crate) struct Training {
    sandbox: Sandbox,
    running: RwLock<Option<Running>>,
    /// The port of the first time, so that the platform comes back where it was.
    port: u16,
}

impl Training {
    async fn open(folder: &Path, clock: opening::Clock) -> Result<Self, Error> {
        let settings = sandbox::Settings {
            users: vec![Person {
                login: LOGIN.into(),
                passwords: vec![PASSWORD.into()],
                first_name: sample::FIRST_NAME.into(),
                last_name: sample::LAST_NAME.into(),
                company: sample::COLLEGE.into(),
            }],
            first_number: sample::FIRST_INCIDENT,
            ..Default::default()
        };
        let sandbox = Sandbox::open(settings, clock, &folder.join(PLATFORM_STATE))
            .map_err(|error| Error::Internal(error.to_string()))?;
        let running = sandbox.serve(0).await?;
        Ok(Self {
            port: running.address.port(),
            sandbox,
            running: RwLock::new(Some(running)),
        })
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.running
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .is_none()
    }

    async fn switch(&self, cut: bool) -> Result<(), Error> {
        if cut {
            let running = self
                .running
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            if let Some(running) = running {
                running.stop().await;
            }
        } else if self.is_cut() {
            let running = self.sandbox.serve(self.port).await?;
            *self.running.write().unwrap_or_else(PoisonError::into_inner) = Some(running);
        }
        Ok(())
    }
}

fn folder(app: &App) -> PathBuf {
    app.folder().join(FOLDER)
}

/// A damaged sample is renamed and made again: everything in it is invented.
fn open_store(folder: &Path, now_ms: i64) -> Result<Store, Error> {
    std::fs::create_dir_all(folder)?;
    let key = Key::from_bytes(KEY);
    let open = || {
        KeyFile::for_key(KeyPlace::Training.id(), &key).write(folder)?;
        Store::open(folder, &key)
    };
    match open() {
        Err(OpenError::Damaged { .. } | OpenError::Missing(_) | OpenError::WrongKey) => {
            Store::set_aside(folder, &opening::stamp(now_ms))?;
            Ok(open()?)
        }
        opened => Ok(opened?),
    }
}

pub(crate) async fn start(app: &App, _: Nothing) -> Result<Status, Error> {
    let folder = folder(app);
    let store = open_store(&folder, app.now_ms())?;
    store.write(|tx| match store::profile::get(tx)? {
        Some(_) => Ok(()),
        None => sample::fill(tx, app.now_ms()),
    })?;
    exchange::recover(&store, &folder, app.now_ms())?;
    let training = Training::open(&folder, app.clock()).await?;
    let way = store.read(Way::of)?;
    let exchange = Exchange::over(exchange::remedy(&training.url(), &way.reference_field)?);
    let listeners = app.listeners();
    store.on_change(move || listeners.announce());
    app.enter(Session::Ready(Arc::new(desk::Desk {
        store,
        mode: Mode::Training,
        key_place: KeyPlace::Training,
        folder,
        exchange,
        training: Some(training),
    })));
    home::status(app, Nothing {})
}

pub(crate) async fn leave(app: &App, _: Nothing) -> Result<Status, Error> {
    let desk = app.desk()?;
    let Some(training) = &desk.training else {
        return Err(Error::Conflict(
            "Vous n’êtes pas dans le collège d’exemple.".into(),
        ));
    };
    training.switch(true).await?;
    app.open_folder();
    home::status(app, Nothing {})
}

pub(crate) async fn switch_network(app: &App, request: NetworkSwitch) -> Result<Status, Error> {
    let desk = app.desk()?;
    let Some(training) = &desk.training else {
        return Err(Error::Conflict(
            "Seul le collège d’exemple a un interrupteur de réseau.".into(),
        ));
    };
    training.switch(request.cut).await?;
    if request.cut {
        desk.exchange
            .set_link(crate::wire::Link::Offline, app.now_ms());
    } else {
        desk.exchange
            .set_link(crate::wire::Link::Unknown, app.now_ms());
    }
    desk.exchange.wake();
    app.announce();
    home::status(app, Nothing {})
}
