//! The database key: 32 bytes that are wiped on drop, cannot be printed and cannot be serialised.
//!
//! The only way out is [`Key::to_hex`], a secret string for the keyring.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    pub fn random(rng: &mut (impl rand::Rng + ?Sized)) -> Key {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut());
        Key(bytes)
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Key {
        Key(Zeroizing::new(bytes))
    }

    /// 64 hexadecimal digits, for the keyring.
    pub fn to_hex(&self) -> SecretString {
        SecretString::from(hex(self.0.as_slice()))
    }

    /// The inverse of [`Key::to_hex`]; `None` when the text is anything else.
    pub fn from_hex(text: &SecretString) -> Option<Key> {
        let bytes = Zeroizing::new(unhex(text.expose_secret())?);
        Some(Key::from_bytes(bytes.as_slice().try_into().ok()?))
    }

    /// The value of `PRAGMA key`: a raw key, for which SQLCipher derives nothing.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "x'{}'",
            Zeroizing::new(hex(self.0.as_slice())).as_str()
        ))
    }

    /// A digest that recognises the key without giving it away: 256 random bits cannot be searched, and a
    /// passphrase has gone through Argon2 before it is a key.
    pub(crate) fn check(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(b"relais key check 1\0");
        digest.update(self.0.as_slice());
        hex(&digest.finalize())
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    // The capacity is exact so that a secret is never left behind by a reallocation.
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for pair in text.as_bytes().chunks(2) {
        bytes.push(u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?);
    }
    Some(bytes)
}
