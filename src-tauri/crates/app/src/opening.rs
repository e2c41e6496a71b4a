//! Opening the data folder: first start, locked, damaged or ready; and the application itself.
//!
//! Invariant: opening never destroys anything. A folder that cannot be opened is a stage
//! the faces show, with what to do, not a crash; an operation left « en cours d’envoi » by
//! a killed process becomes « incertain » before anything else is answered.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, Local, NaiveDate};
use secrecy::SecretString;
use store::{OpenError, Store, profile::Profile};
use tokio::sync::{Notify, futures::Notified};

use crate::{
    Error,
    desk::Desk,
    error::code_sentence,
    exchange::{self, Exchange},
    folder, home,
    principal::Way,
    secrets, settings,
    tray::Tray,
    wire::{self, Code, KeyPlace, Mode, Nothing, Problem, Stage, Status},
};

/// The time of the application, UTC milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How a face opens the application.
pub struct Options {
    /// The data folder; created when missing.
    pub folder: PathBuf,
    /// For a store kept by a passphrase, when the face knows it already.
    pub passphrase: Option<SecretString>,
    /// Where documents made for the person are written; created when first needed.
    pub downloads: PathBuf,
    pub clock: Clock,
}

pub(crate) enum Session {
    FirstStart,
    Locked,
    Unreadable(Problem),
    Ready(Arc<Desk>),
}

type Listener = Box<dyn Fn() + Send + Sync>;

/// What the application and its stores tell when something changed.
#[derive(Default)]
pub(crate) struct Listeners(RwLock<Vec<Listener>>);

impl Listeners {
    pub(crate) fn announce(&self) {
        for listener in self.0.read().unwrap_or_else(PoisonError::into_inner).iter() {
            listener();
        }
    }
}

struct Inner {
    folder: PathBuf,
    /// Given by the face for this run only.
    passphrase: Option<SecretString>,
    downloads: PathBuf,
    tray: Tray,
    clock: Clock,
    session: RwLock<Session>,
    listeners: Arc<Listeners>,
    session_changed: Notify,
}

/// The application. Cheap to clone; every face holds one.
#[derive(Clone)]
pub struct App(Arc<Inner>);

impl App {
    /// Opens the folder as far as it can be opened: see [`Stage`].
    #[must_use]
    pub fn open(options: Options) -> Self {
        let app = Self(Arc::new(Inner {
            folder: options.folder,
            passphrase: options.passphrase,
            downloads: options.downloads,
            tray: Tray::default(),
            clock: options.clock,
            session: RwLock::new(Session::FirstStart),
            listeners: Arc::default(),
            session_changed: Notify::new(),
        }));
        app.open_folder();
        app
    }

    /// Calls `listener` after every change of what the faces show.
    pub fn on_change(&self, listener: impl Fn() + Send + Sync + 'static) {
        self.0
            .listeners
            .0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Box::new(listener));
    }

    /// Milliseconds UTC.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.0.clock)()
    }

    /// The civil day where the user is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        day_of(self.now_ms())
    }

    /// The real data folder, also while training.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub(crate) fn downloads(&self) -> &Path {
        &self.0.downloads
    }

    pub(crate) fn tray(&self) -> &Tray {
        &self.0.tray
    }

    pub(crate) fn clock(&self) -> Clock {
        Arc::clone(&self.0.clock)
    }

    pub(crate) fn listeners(&self) -> Arc<Listeners> {
        Arc::clone(&self.0.listeners)
    }

    pub(crate) fn announce(&self) {
        self.0.listeners.announce();
    }

    /// Resolves when another folder was opened or closed, counted from this call, not from its first wait.
    pub(crate) fn session_changed(&self) -> Notified<'_> {
        self.0.session_changed.notified()
    }

    /// Why no command can work here, when none can.
    #[must_use]
    pub fn refusal(&self) -> Option<wire::WireError> {
        match self.stage() {
            (Stage::Ready, _) => None,
            (Stage::Unreadable, Some(problem)) => Some(wire::WireError { code: problem.code, message: problem.sentence, retryable: true, field: None }),
            (Stage::Locked, _) => Some(wire::WireError {
                code: Code::NotReady,
                message: "Les données sont protégées par une phrase secrète : indiquez-la avec --passphrase-file.".to_owned(),
                retryable: true,
                field: None,
            }),
            _ => Some(wire::WireError {
                code: Code::NotReady,
                message: "Aucun collège n’est encore installé dans ce dossier. Ouvrez Relais une première fois, ou commencez par : relais config set college \"nom du collège\"".to_owned(),
                retryable: false,
                field: None,
            }),
        }
    }

    /// The open store and what goes with it.
    pub(crate) fn desk(&self) -> Result<Arc<Desk>, Error> {
        match &*self
            .0
            .session
            .read()
            .unwrap_or_else(PoisonError::into_inner)
        {
            Session::Ready(desk) => Ok(Arc::clone(desk)),
            _ => Err(Error::NotReady),
        }
    }

    pub(crate) fn stage(&self) -> (Stage, Option<Problem>) {
        match &*self
            .0
            .session
            .read()
            .unwrap_or_else(PoisonError::into_inner)
        {
            Session::FirstStart => (Stage::FirstStart, None),
            Session::Locked => (Stage::Locked, None),
            Session::Unreadable(problem) => (Stage::Unreadable, Some(problem.clone())),
            Session::Ready(_) => (Stage::Ready, None),
        }
    }

    pub(crate) fn enter(&self, session: Session) {
        let left = std::mem::replace(
            &mut *self
                .0
                .session
                .write()
                .unwrap_or_else(PoisonError::into_inner),
            session,
        );
        if let Session::Ready(desk) = left {
            // What is under way there ends; the rest waits until that folder is open again.
            desk.exchange.stop();
        }
        self.0.session_changed.notify_waiters();
        self.announce();
    }

    /// Opens the real folder again, from what lies on the disk.
    pub(crate) fn open_folder(&self) {
        let session = match self.try_open(self.0.passphrase.as_ref()) {
            Ok(session) => session,
            Err(error) => {
                tracing::error!(%error, "the data folder could not be opened");
                Session::Unreadable(self.problem(&error))
            }
        };
        self.enter(session);
    }

    fn try_open(&self, passphrase: Option<&SecretString>) -> Result<Session, Error> {
        let folder = self.folder();
        if !folder::has_database(folder) {
            // A first start that was interrupted may have left its key file: there is nothing to open with it.
            return Ok(Session::FirstStart);
        }
        let Some((store, place)) = folder::open(folder, passphrase)? else {
            return Ok(Session::Locked);
        };
        if store.read(store::profile::get)?.is_none() {
            // A first start that was interrupted before its profile: it is finished over this database.
            return Ok(Session::FirstStart);
        }
        Ok(Session::Ready(Arc::new(self.desk_over(store, place)?)))
    }

    fn enter_new(&self, (store, place): (Store, KeyPlace)) -> Result<(), Error> {
        let desk = self.desk_over(store, place)?;
        self.enter(Session::Ready(Arc::new(desk)));
        Ok(())
    }

    fn desk_over(&self, store: Store, key_place: KeyPlace) -> Result<Desk, Error> {
        let uncertain = exchange::recover(&store, self.folder(), self.now_ms())?;
        if uncertain > 0 {
            tracing::warn!(uncertain, "operations left in flight by an earlier run");
        }
        let listeners = self.listeners();
        store.on_change(move || listeners.announce());
        let exchange = Exchange::for_profile(&store)?;
        Ok(Desk {
            store,
            mode: Mode::Real,
            key_place,
            folder: self.folder().to_owned(),
            exchange,
            training: None,
        })
    }

    fn problem(&self, error: &Error) -> Problem {
        let code = error.code();
        Problem {
            code,
            sentence: code_sentence(code).to_owned(),
            action: match code {
                Code::Damaged => "Mettre de côté et repartir",
                _ => "Réessayer",
            }
            .to_owned(),
            folder: self.folder().display().to_string(),
        }
    }
}

/// The civil day of a time, where the user is.
pub(crate) fn day_of(at_ms: i64) -> NaiveDate {
    DateTime::from_timestamp_millis(at_ms)
        .unwrap_or_default()
        .with_timezone(&Local)
        .date_naive()
}

pub(crate) fn choices(app: &App, _: Nothing) -> Result<wire::FirstStartChoices, Error> {
    Ok(wire::FirstStartChoices {
        colleges: app
            .pack()?
            .colleges
            .iter()
            .map(|college| wire::College {
                name: college.name.clone(),
                commune: college.town.clone(),
                cite_scolaire: college.cite_scolaire,
            })
            .collect(),
        keyring: secrets::keyring_answers(),
        folder: app.folder().display().to_string(),
    })
}

/// Makes the store with an empty profile, for the command line to fill.
pub(crate) fn begin(app: &App) -> Result<(), Error> {
    let profile = Profile {
        created_at_ms: app.now_ms(),
        ..Default::default()
    };
    app.enter_new(folder::create(
        app.folder(),
        app.0.passphrase.as_ref(),
        &profile,
        &Way::by_hand(),
    )?)
}

pub(crate) fn first_start(app: &App, request: wire::FirstStart) -> Result<Status, Error> {
    let (profile, way) = settings::profile_row(&request.profile, app.now_ms())?;
    let passphrase = request.passphrase.as_ref();
    app.enter_new(folder::create(app.folder(), passphrase, &profile, &way)?)?;
    home::status(app, Nothing {})
}

/// First start from a predecessor's file. The folder's own key is the keyring's, or made by `own`.
pub(crate) fn adopt(
    app: &App,
    file: &Path,
    passphrase: &SecretString,
    own: Option<&SecretString>,
) -> Result<Status, Error> {
    let own = own.or(app.0.passphrase.as_ref());
    app.enter_new(folder::adopt(
        app.folder(),
        own,
        (file, passphrase),
        app.now_ms(),
    )?)?;
    home::status(app, Nothing {})
}

pub(crate) fn unlock(app: &App, request: wire::Unlock) -> Result<Status, Error> {
    match app.try_open(Some(&request.passphrase)) {
        Ok(session) => {
            app.enter(session);
            home::status(app, Nothing {})
        }
        Err(Error::Open(OpenError::WrongKey)) => Err(Error::Open(OpenError::WrongKey)),
        Err(error) => {
            app.enter(Session::Unreadable(app.problem(&error)));
            Err(error)
        }
    }
}

pub(crate) fn reopen(app: &App, _: Nothing) -> Result<Status, Error> {
    app.open_folder();
    home::status(app, Nothing {})
}

pub(crate) fn set_aside(app: &App, _: Nothing) -> Result<Status, Error> {
    let (
        Stage::Unreadable,
        Some(Problem {
            code: Code::Damaged,
            ..
        }),
    ) = app.stage()
    else {
        return Err(Error::Conflict(
            "Le fichier de données n’est pas abîmé : il reste à sa place.".into(),
        ));
    };
    Store::set_aside(app.folder(), &stamp(app.now_ms()))?;
    tracing::warn!("a damaged database was set aside");
    app.open_folder();
    home::status(app, Nothing {})
}

/// What the name of a file set aside ends with.
pub(crate) fn stamp(at_ms: i64) -> String {
    DateTime::from_timestamp_millis(at_ms)
        .unwrap_or_default()
        .format("%Y%m%d-%H%M%S")
        .to_string()
}
