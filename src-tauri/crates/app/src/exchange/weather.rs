//! The way to the platform: the adapter in use, and what is known of the network.
//!
//! Invariant: the network is weather, told in words and never an error; nothing of it is kept
//! after the run.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use platform::{Manual, Platform, Remedy, RemedySettings, remedy::SettingsError};
use store::Store;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    Error,
    labels::count,
    principal::Way,
    wire::{Link, Network, PlatformKind},
};

/// What is known of the way to the platform, in memory only.
#[derive(Clone, Debug)]
pub(crate) struct Weather {
    pub(super) link: Link,
    pub(super) since_ms: Option<i64>,
    pub(super) last_exchange_ms: Option<i64>,
    pub(super) next_try_ms: Option<i64>,
    pub(super) failures: i64,
    pub(super) exchanging: bool,
}

pub(crate) struct Exchange {
    platform: RwLock<Arc<dyn Platform>>,
    weather: Mutex<Weather>,
    pub(super) wake: Notify,
    pub(super) cancel: Mutex<CancellationToken>,
}

impl Exchange {
    pub(crate) fn over(platform: Arc<dyn Platform>) -> Self {
        let exchange = Self {
            weather: Mutex::new(Weather {
                link: Link::Unknown,
                since_ms: None,
                last_exchange_ms: None,
                next_try_ms: None,
                failures: 0,
                exchanging: false,
            }),
            platform: RwLock::new(platform),
            wake: Notify::new(),
            cancel: Mutex::new(CancellationToken::new()),
        };
        exchange.settle_link();
        exchange
    }

    /// The adapter that the profile asks for.
    pub(crate) fn for_profile(store: &Store) -> Result<Self, Error> {
        Ok(Self::over(adapter(store)?))
    }

    pub(crate) fn platform(&self) -> Arc<dyn Platform> {
        Arc::clone(&self.platform.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Another way to the platform: the session of the former one is forgotten with it.
    pub(crate) fn replace(&self, platform: Arc<dyn Platform>) {
        *self
            .platform
            .write()
            .unwrap_or_else(PoisonError::into_inner) = platform;
        self.settle_link();
        self.wake();
    }

    fn settle_link(&self) {
        let link = if self.platform().capabilities().sends {
            Link::Unknown
        } else {
            Link::ByHand
        };
        let mut weather = self.weather();
        weather.link = link;
        weather.next_try_ms = None;
        weather.failures = 0;
    }

    pub(super) fn weather(&self) -> MutexGuard<'_, Weather> {
        self.weather.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something is ready to leave, or the network may be back: look now.
    pub(crate) fn wake(&self) {
        self.weather().next_try_ms = None;
        self.wake.notify_one();
    }

    /// Ends the pass under way after its current operation.
    pub(crate) fn stop(&self) {
        self.cancel
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .cancel();
    }

    pub(crate) fn set_link(&self, link: Link, now_ms: i64) {
        let mut weather = self.weather();
        if weather.link != link {
            weather.link = link;
            weather.since_ms = Some(now_ms);
        }
    }

    pub(crate) fn network(&self, waiting: u32) -> Network {
        let weather = self.weather().clone();
        let waits = count(waiting, "envoi attend", "envois attendent");
        let (title, sentence) = match weather.link {
            Link::Unknown if waiting == 0 => ("Prêt à échanger", "Rien n’attend.".to_owned()),
            Link::Unknown => ("Prêt à échanger", format!("{waits}.")),
            Link::Online if waiting == 0 => ("En ligne", "Tout est parti.".to_owned()),
            Link::Online => ("En ligne", format!("{waits}.")),
            Link::Offline if waiting == 0 => (
                "Hors ligne",
                "Tout ce que vous notez est gardé ici.".to_owned(),
            ),
            Link::Offline => ("Hors ligne", format!("{waits} le réseau.")),
            Link::Portal => (
                "Page de connexion",
                "Le réseau du collège demande de s’identifier, dans le navigateur.".to_owned(),
            ),
            Link::LoginNeeded if waiting == 0 => ("Session fermée", "Rien n’attend.".to_owned()),
            Link::LoginNeeded => (
                "Mot de passe demandé",
                format!("{waits} votre mot de passe à usage unique."),
            ),
            Link::ByHand if waiting == 0 => {
                ("À la main", "Rien à recopier dans le portail.".to_owned())
            }
            Link::ByHand => (
                "À la main",
                format!(
                    "{} à recopier dans le portail.",
                    count(waiting, "dossier", "dossiers")
                ),
            ),
        };
        Network {
            link: weather.link,
            title: title.to_owned(),
            sentence,
            since_ms: weather.since_ms,
            waiting,
            last_exchange_ms: weather.last_exchange_ms,
            next_try_ms: weather.next_try_ms,
            exchanging: weather.exchanging,
        }
    }
}

fn adapter(store: &Store) -> Result<Arc<dyn Platform>, Error> {
    let way = store.read(Way::of)?;
    if way.platform != PlatformKind::Remedy {
        return Ok(Arc::new(Manual));
    }
    // An address not given yet, or no longer acceptable, must not keep the collège's data
    // closed: dossiers are carried by hand until it is mended.
    Ok(
        remedy(&way.url, &way.reference_field).unwrap_or_else(|error| {
            tracing::warn!(%error, "the platform's address cannot be used");
            Arc::new(Manual)
        }),
    )
}

pub(crate) fn remedy(base_url: &str, reference_field: &str) -> Result<Arc<dyn Platform>, Error> {
    let settings = RemedySettings {
        reference_field: reference_field.to_owned(),
        ..RemedySettings::new(base_url)
    };
    let adapter = Remedy::new(settings).map_err(|error| match error {
        SettingsError::Address(_) => Error::refused("platform_url", "Cette adresse n’est pas une adresse web complète. Exemple : https://assistance.exemple.fr"),
        SettingsError::InClear(_) => Error::refused(
            "platform_url",
            "Cette adresse commence par http : le mot de passe y passerait en clair. Demandez l’adresse en https.",
        ),
        SettingsError::ReferenceField(_) => Error::refused("reference_field", "Le nom de ce champ ne peut ni être vide ni contenir de guillemet."),
        SettingsError::Client(cause) => Error::Internal(cause.to_string()),
    })?;
    Ok(Arc::new(adapter))
}
