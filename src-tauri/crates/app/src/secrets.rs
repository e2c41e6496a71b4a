//! The computer's keyring, and nothing else that is secret.
//!
//! Invariant: the store's key is the only secret kept, under the random id written in the
//! key file; it crosses this module wrapped in a type that cannot be printed. One-time
//! passwords and session tokens never come here: they live in memory alone.

use secrecy::{ExposeSecret, SecretString};

use crate::Error;

const SERVICE: &str = "relais";

/// Whether this computer keeps keys: a key is written, read back and removed.
pub(crate) fn keyring_answers() -> bool {
    let probe = || -> Result<bool, keyring::Error> {
        let entry = keyring::Entry::new(SERVICE, "essai-du-trousseau")?;
        entry.set_password("essai")?;
        let same = entry.get_password()? == "essai";
        entry.delete_credential()?;
        Ok(same)
    };
    match probe() {
        Ok(answer) => answer,
        Err(cause) => {
            tracing::info!(%cause, "this computer has no usable keyring");
            false
        }
    }
}

pub(crate) fn keep_key(id: &str, key: &SecretString) -> Result<(), Error> {
    keyring::Entry::new(SERVICE, id)?.set_password(key.expose_secret())?;
    Ok(())
}

pub(crate) fn key(id: &str) -> Result<SecretString, Error> {
    Ok(SecretString::from(
        keyring::Entry::new(SERVICE, id)?.get_password()?,
    ))
}
