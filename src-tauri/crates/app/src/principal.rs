//! How the first destination is reached: the four fields of the profile's screen, kept with the destination.
//!
//! Invariant: a way that did not change writes nothing, so that what was read there stays read; settings that this
//! screen does not show stay as they are. Left out on purpose: the other destinations, and every secret.

use serde_json::{Map, Value};
use store::{
    Connection, Transaction,
    destination::{self, Destination, PRINCIPAL},
};

use crate::{
    Error,
    wire::{PlatformKind, Profile},
};

/// The field of a standard Remedy that nobody else fills.
pub(crate) const REFERENCE_FIELD: &str = "Vendor Ticket Number";

const URL: &str = "url";
const LOGIN: &str = "login";
const FIELD: &str = "reference_field";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    pub platform: PlatformKind,
    pub url: String,
    pub login: String,
    /// The platform's field that carries our reference.
    pub reference_field: String,
}

impl Way {
    /// By hand, until something else is said.
    pub(crate) fn by_hand() -> Self {
        Self {
            platform: PlatformKind::Manual,
            url: String::new(),
            login: String::new(),
            reference_field: REFERENCE_FIELD.to_owned(),
        }
    }

    /// As the person typed it. An empty field of the reference takes its usual value.
    pub(crate) fn asked(profile: &Profile) -> Self {
        let kept = |text: &str| text.trim().to_owned();
        let mut way = Self {
            platform: profile.platform,
            url: kept(&profile.platform_url).trim_end_matches('/').to_owned(),
            login: kept(&profile.platform_login),
            reference_field: kept(&profile.reference_field),
        };
        if way.reference_field.is_empty() {
            REFERENCE_FIELD.clone_into(&mut way.reference_field);
        }
        way
    }

    pub(crate) fn of(conn: &Connection) -> Result<Self, Error> {
        let principal = principal(conn)?;
        let settings = settings(&principal)?;
        let text = |key| match settings.get(key) {
            Some(Value::String(text)) => text.clone(),
            _ => String::new(),
        };
        Ok(Self {
            platform: PlatformKind::from_id(&principal.kind).unwrap_or(PlatformKind::Manual),
            url: text(URL),
            login: text(LOGIN),
            reference_field: text(FIELD),
        })
    }

    pub(crate) fn put(&self, tx: &Transaction<'_>) -> Result<(), Error> {
        if Self::of(tx)? == *self {
            return Ok(());
        }
        let principal = principal(tx)?;
        let mut settings = settings(&principal)?;
        for (key, text) in [
            (URL, &self.url),
            (LOGIN, &self.login),
            (FIELD, &self.reference_field),
        ] {
            settings.insert(key.to_owned(), Value::String(text.clone()));
        }
        let changed = Destination {
            kind: self.platform.id().to_owned(),
            settings: Value::Object(settings).to_string(),
            ..principal
        };
        Ok(destination::put(tx, &changed)?)
    }

    /// Whether the other leads to the same platform: whose login it is does not matter.
    pub(crate) fn leads_where(&self, other: &Self) -> bool {
        (self.platform, &self.url, &self.reference_field)
            == (other.platform, &other.url, &other.reference_field)
    }
}

fn principal(conn: &Connection) -> Result<Destination, Error> {
    destination::get(conn, PRINCIPAL)?
        .ok_or_else(|| Error::Internal("the first destination is missing".into()))
}

fn settings(destination: &Destination) -> Result<Map<String, Value>, Error> {
    serde_json::from_str(&destination.settings)
        .map_err(|error| Error::Internal(format!("settings of a destination: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::{Key, Store};

    #[test]
    fn what_the_screen_does_not_show_stays_and_what_did_not_change_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &Key::from_bytes([7; 32])).unwrap();
        assert_eq!(
            store.read(Way::of).unwrap().platform,
            PlatformKind::Manual,
            "by hand until something else is said"
        );
        let way = Way {
            platform: PlatformKind::Remedy,
            url: "https://assistance.exemple.fr".into(),
            login: "c.martin".into(),
            ..Way::by_hand()
        };
        let read = store.write(|tx| -> Result<_, Error> {
            let other = Destination {
                settings: r#"{"site":"Tarbes"}"#.into(),
                ..principal(tx)?
            };
            destination::put(tx, &other)?;
            way.put(tx)?;
            destination::set_mark(tx, PRINCIPAL, "1700000000:0", 1_000)?;
            way.put(tx)?;
            Ok((Way::of(tx)?, principal(tx)?))
        });
        let (known, kept) = read.unwrap();
        assert_eq!(known, way, "the four fields come back as they were typed");
        assert!(
            kept.settings.contains(r#""site":"Tarbes""#),
            "beside a setting of another screen: {}",
            kept.settings
        );
        assert_eq!(
            kept.pull_mark.as_deref(),
            Some("1700000000:0"),
            "saved unchanged, the platform is not read from the beginning"
        );
        let by_mail = store.write(|tx| -> Result<_, Error> {
            let mail = Destination {
                kind: "mail".into(),
                ..principal(tx)?
            };
            destination::put(tx, &mail)?;
            Way::of(tx)?.put(tx)?;
            principal(tx)
        });
        assert_eq!(
            by_mail.unwrap().kind,
            "mail",
            "a way that this screen cannot say is not written over by its silence"
        );
    }
}
