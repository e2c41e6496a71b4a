//! `relais.key.json`, beside the database: where its key comes from, never the key itself.
//!
//! Its digest tells a wrong key from a damaged file before the database is touched. It is written whole or
//! not at all, and never over the file of another key: the salt of a passphrase is as precious as the data it
//! opens.

use std::{fs, io::Write, path::Path};

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    OpenError,
    connect::{self, DATABASE},
    key::{Key, hex, unhex},
};

pub(crate) const NAME: &str = "relais.key.json";
const VERSION: i64 = 1;

/// About 0.2 s and 64 MiB on an office computer: slow enough to search a passphrase, quick enough to wait for.
pub(crate) const COST: Cost = Cost {
    memory_kib: 64 * 1024,
    passes: 3,
    lanes: 1,
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    version: i64,
    /// "trousseau" (the keyring holds the key), "phrase" (a passphrase makes it) or "essai" (training mode).
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    argon2: Option<Cost>,
    check: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KeyFile {
    /// `None` when the folder has no key file: nothing was ever created there.
    pub fn read(dir: &Path) -> Result<Option<KeyFile>, OpenError> {
        let text = match fs::read_to_string(dir.join(NAME)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Err(damaged(error));
            }
            Err(error) => return Err(OpenError::from_io(error)),
        };
        #[derive(Deserialize)]
        struct Versioned {
            version: i64,
        }
        // The version is read alone first: a newer file may have another shape.
        let Versioned { version } = serde_json::from_str(&text).map_err(damaged)?;
        if version > VERSION {
            return Err(OpenError::TooNew {
                found: version,
                known: VERSION,
            });
        }
        serde_json::from_str(&text).map(Some).map_err(damaged)
    }

    /// For a key that lives elsewhere: `kind` is "trousseau" or "essai".
    pub fn for_key(kind: &str, key: &Key) -> KeyFile {
        KeyFile {
            version: VERSION,
            kind: kind.to_owned(),
            salt: None,
            argon2: None,
            check: key.check(),
        }
    }

    /// Draws a salt and derives the key from the passphrase.
    pub fn for_passphrase(
        passphrase: &SecretString,
        rng: &mut (impl rand::Rng + ?Sized),
    ) -> Result<(KeyFile, Key), OpenError> {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        let key = derive(passphrase, &salt, COST)?;
        let file = KeyFile {
            version: VERSION,
            kind: "phrase".to_owned(),
            salt: Some(hex(&salt)),
            argon2: Some(COST),
            check: key.check(),
        };
        Ok((file, key))
    }

    /// The key, or [`OpenError::WrongKey`] when the passphrase is not the right one.
    pub fn key_from_passphrase(&self, passphrase: &SecretString) -> Result<Key, OpenError> {
        let salt = self.salt.as_deref().and_then(unhex);
        let (Some(salt), Some(cost)) = (salt, self.argon2) else {
            return Err(damaged("no salt for a passphrase"));
        };
        let key = derive(passphrase, &salt, cost)?;
        if self.accepts(&key) {
            Ok(key)
        } else {
            Err(OpenError::WrongKey)
        }
    }

    /// What the keyring files the key under: a digest of it, which is in the file anyway.
    pub fn id(&self) -> &str {
        &self.check
    }

    /// Whether this is the key the database was created with.
    pub fn accepts(&self, key: &Key) -> bool {
        self.check == key.check()
    }

    /// Writes the file whole, through a rename. Refuses with [`OpenError::WrongKey`] to replace the file of
    /// another key beside an existing database; without a database the other file is renamed, because a copy of
    /// its database may come back.
    pub fn write(&self, dir: &Path) -> Result<(), OpenError> {
        fs::create_dir_all(dir).map_err(OpenError::from_io)?;
        match KeyFile::read(dir) {
            Ok(None) => {}
            Ok(Some(present)) if present.check == self.check => {}
            present if dir.join(DATABASE).exists() => {
                return present.and(Err(OpenError::WrongKey));
            }
            _ => set_aside(dir).map_err(OpenError::from_io)?,
        }
        self.replace(dir).map_err(OpenError::from_io)
    }

    fn replace(&self, dir: &Path) -> std::io::Result<()> {
        let temporary = dir.join(format!("{NAME}.tmp"));
        let mut file = fs::File::create(&temporary)?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        drop(file);
        fs::rename(&temporary, dir.join(NAME))?;
        connect::sync_folder(&dir.join(NAME))
    }
}

/// Under the first free name.
fn set_aside(dir: &Path) -> std::io::Result<()> {
    let free = (1..)
        .map(|turn| dir.join(format!("relais.key-{turn}.json")))
        .find(|name| !name.exists());
    free.map_or(Ok(()), |name| fs::rename(dir.join(NAME), name))
}

pub(crate) fn derive(passphrase: &SecretString, salt: &[u8], cost: Cost) -> Result<Key, OpenError> {
    // A file that asks for more than this was not written by us and would freeze the machine.
    if cost.memory_kib > 1024 * 1024 || cost.passes > 64 || cost.lanes > 16 {
        return Err(damaged("unreasonable cost"));
    }
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(damaged)?;
    let mut bytes = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(
            passphrase.expose_secret().as_bytes(),
            salt,
            bytes.as_mut_slice(),
        )
        .map_err(damaged)?;
    Ok(Key::from_bytes(*bytes))
}

fn damaged(cause: impl std::fmt::Display) -> OpenError {
    OpenError::Damaged {
        detail: format!("{NAME}: {cause}"),
    }
}
