//! A data folder: its key file, its database, and the lock that lets one process at a time begin or send.
//!
//! Invariant: nothing is ever written over. The key is kept before the key file names it, and the key file
//! stands before the database: whatever step a power cut falls on, the next start goes on from there.

use std::{fs::File, path::Path};

use secrecy::{ExposeSecret, SecretString};
use store::{Key, KeyFile, OpenError, Store, profile::Profile};

use crate::{Error, opening::stamp, principal::Way, secrets, wire::KeyPlace};

/// The lock file that keeps two processes of Relais from sending, or from making the store, at once.
const LOCK: &str = "relais.envoi.lock";

/// Held while sending; released when dropped, or by the system when the process dies.
pub(crate) struct Alone(
    #[expect(dead_code, reason = "the lock lives as long as the open file")] File,
);

impl Alone {
    pub(crate) fn take(folder: &Path) -> Result<Self, Error> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(std::fs::TryLockError::WouldBlock) => Err(Error::ExchangeElsewhere),
            Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// The store with its first profile: whatever step a power cut falls on, the next start goes on from there.
///
/// One at a time: the window and the command line may both begin.
pub(crate) fn create(
    folder: &Path,
    passphrase: Option<&SecretString>,
    profile: &Profile,
    way: &Way,
) -> Result<(Store, KeyPlace), Error> {
    std::fs::create_dir_all(folder)?;
    let _alone = Alone::take(folder)?;
    let (store, place) = if has_database(folder) {
        open(folder, passphrase)?.ok_or(Error::NotReady)?
    } else {
        let (key, place) = new_key(folder, passphrase)?;
        (Store::open(folder, &key)?, place)
    };
    store.write(|tx| {
        if store::profile::get(tx)?.is_some() {
            return Err(installed());
        }
        store::profile::set(tx, profile)?;
        way.put(tx)
    })?;
    Ok((store, place))
}

/// The store of a predecessor's file, in the same order as [`create`]; its database appears whole, with its profile.
///
/// An empty database that a first start left without its profile is set aside, never written over.
pub(crate) fn adopt(
    folder: &Path,
    passphrase: Option<&SecretString>,
    (file, its_passphrase): (&Path, &SecretString),
    now_ms: i64,
) -> Result<(Store, KeyPlace), Error> {
    std::fs::create_dir_all(folder)?;
    let _alone = Alone::take(folder)?;
    if has_database(folder) {
        let (store, _) = open(folder, passphrase)?.ok_or(Error::NotReady)?;
        if store.read(store::profile::get)?.is_some() {
            return Err(installed());
        }
        drop(store);
        Store::set_aside(folder, &stamp(now_ms))?;
    }
    let (key, place) = new_key(folder, passphrase)?;
    store::handover::adopt(file, its_passphrase, folder, &key, now_ms)?;
    Ok((Store::open(folder, &key)?, place))
}

fn installed() -> Error {
    Error::Conflict("Relais est déjà installé pour un collège sur cet ordinateur.".into())
}

/// What a passphrase that protects everything must be.
pub(crate) fn strong(field: &'static str, passphrase: &SecretString) -> Result<(), Error> {
    if passphrase.expose_secret().chars().count() < 12 {
        return Err(Error::refused(
            field,
            "Choisissez une phrase d’au moins 12 caractères : quatre mots sans lien font une bonne phrase.",
        ));
    }
    Ok(())
}

/// Keeps the key first, then says so in the key file: nothing exists that could not be opened again.
fn new_key(folder: &Path, passphrase: Option<&SecretString>) -> Result<(Key, KeyPlace), Error> {
    let mut rng = rand::rng();
    if let Some(passphrase) = passphrase {
        if passphrase.expose_secret().chars().count() < 12 {
            return Err(Error::refused(
                "passphrase",
                "Choisissez une phrase d’au moins 12 caractères : quatre mots sans lien font une bonne phrase.",
            ));
        }
        let (key_file, key) = KeyFile::for_passphrase(passphrase, &mut rng)?;
        key_file.write(folder)?;
        return Ok((key, KeyPlace::Passphrase));
    }
    let key = Key::random(&mut rng);
    let key_file = KeyFile::for_key(KeyPlace::Keyring.id(), &key);
    secrets::keep_key(key_file.id(), &key.to_hex())?;
    key_file.write(folder)?;
    Ok((key, KeyPlace::Keyring))
}

/// A database, or the log of one that is missing.
pub(crate) fn has_database(folder: &Path) -> bool {
    ["", "-wal"]
        .iter()
        .any(|end| folder.join(format!("{}{end}", store::DATABASE)).exists())
}

/// The database with the key that its key file names. `None` when it asks for a passphrase that nobody gave.
pub(crate) fn open(
    folder: &Path,
    passphrase: Option<&SecretString>,
) -> Result<Option<(Store, KeyPlace)>, Error> {
    let damaged = |detail: String| Error::Open(OpenError::Damaged { detail });
    let key_file =
        KeyFile::read(folder)?.ok_or_else(|| damaged("the key file is missing".into()))?;
    let (key, place) = match (KeyPlace::from_id(&key_file.kind), passphrase) {
        (Some(KeyPlace::Keyring), _) => (
            Key::from_hex(&secrets::key(key_file.id())?).ok_or(OpenError::WrongKey)?,
            KeyPlace::Keyring,
        ),
        (Some(KeyPlace::Passphrase), Some(passphrase)) => (
            key_file.key_from_passphrase(passphrase)?,
            KeyPlace::Passphrase,
        ),
        (Some(KeyPlace::Passphrase), None) => return Ok(None),
        _ => {
            return Err(damaged(format!(
                "unknown kind of key « {} »",
                key_file.kind
            )));
        }
    };
    if !key_file.accepts(&key) {
        return Err(Error::Open(OpenError::WrongKey));
    }
    Ok(Some((Store::open(folder, &key)?, place)))
}
