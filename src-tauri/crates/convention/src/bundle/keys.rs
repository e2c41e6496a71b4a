//! Keys and signatures of packs, in the formats of `minisign`, so that an author may sign with either.
//!
//! Invariant: a signature is believed only once a whole public key verified it; an identifier of eight bytes, which
//! anybody can choose, decides nothing. Secret keys and their passwords pass through and are kept nowhere.

use std::io::Cursor;

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use super::{BundleError, Signature};

/// The length of the last line of a signature: 64 bytes in base64.
const GLOBAL: usize = 88;

/// A new pair, each as the text of its file.
pub struct Keys {
    /// As it is published, and shown to whoever has to trust it.
    pub public_key: String,
    pub public_file: String,
    pub secret_file: String,
}

/// Draws a pair from the system's randomness; the secret one is of use only with its password.
pub fn new_keys(password: &str) -> Result<Keys, BundleError> {
    let not_made = |error: minisign::PError| BundleError::NotMade(error.to_string());
    let pair = KeyPair::generate_encrypted_keypair(Some(password.to_owned())).map_err(not_made)?;
    Ok(Keys {
        public_key: pair.pk.to_base64(),
        public_file: pair.pk.to_box().map_err(not_made)?.to_string(),
        secret_file: pair
            .sk
            .to_box(Some("clé secrète d’un auteur de packs Relais"))
            .map_err(not_made)?
            .to_string(),
    })
}

/// Whoever signs, with the secret key opened.
pub struct Signer {
    secret: SecretKey,
    public: PublicKey,
}

impl Signer {
    /// From the text of a secret key's file; a key that is not protected needs no password.
    pub fn open(text: &str, password: Option<&str>) -> Result<Signer, BundleError> {
        let file = || SecretKeyBox::from(text.to_owned());
        let secret = match (SecretKey::from_unencrypted_box(file()), password) {
            (Ok(secret), _) => secret,
            (Err(_), Some(password)) => SecretKey::from_box(file(), Some(password.to_owned()))
                .map_err(|error| match error.kind() {
                    minisign::ErrorKind::Verify => BundleError::WrongPassword,
                    _ => BundleError::BadSecretKey,
                })?,
            // Without a password the crate would ask for it on the terminal.
            (Err(_), None) if looks_secret(text) => return Err(BundleError::PasswordNeeded),
            (Err(_), None) => return Err(BundleError::BadSecretKey),
        };
        let public = PublicKey::from_secret_key(&secret).map_err(|_| BundleError::BadSecretKey)?;
        Ok(Signer { secret, public })
    }

    pub fn public_key(&self) -> String {
        self.public.to_base64()
    }

    pub(super) fn public_key_file(&self) -> Result<String, BundleError> {
        let file = self.public.to_box();
        file.map(|file| file.to_string())
            .map_err(|error| BundleError::NotMade(error.to_string()))
    }

    pub(super) fn sign(&self, sums: &str, comment: &str) -> Result<String, BundleError> {
        let comment: String = comment.split_whitespace().collect::<Vec<_>>().join(" ");
        minisign::sign(
            Some(&self.public),
            &self.secret,
            sums.as_bytes(),
            Some(&comment),
            Some("signature d’un pack Relais"),
        )
        .map(|signature| signature.to_string())
        .map_err(|error| BundleError::NotMade(error.to_string()))
    }
}

fn looks_secret(text: &str) -> bool {
    text.lines()
        .nth(1)
        .is_some_and(|line| line.trim().len() > 200)
}

/// What a signature proves of these digests.
pub(super) fn verified(
    sums: &str,
    text: &str,
    public_key: Option<&str>,
    trusted: &[String],
) -> Result<Signature, BundleError> {
    // The crate that verifies reads 64 bytes there without looking.
    let whole = text
        .lines()
        .nth(3)
        .is_some_and(|line| line.trim().len() == GLOBAL);
    let signature = SignatureBox::from_string(text)
        .ok()
        .filter(|_| whole)
        .ok_or(BundleError::BadSignature)?;
    let comment = signature
        .trusted_comment()
        .map_err(|_| BundleError::BadSignature)?;
    let verifies = |key: &PublicKey| {
        minisign::verify(key, &signature, Cursor::new(sums), true, false, false).is_ok()
    };
    let known: Vec<PublicKey> = trusted
        .iter()
        .filter_map(|key| PublicKey::from_base64(key.trim()).ok())
        .collect();
    if let Some(key) = known.iter().find(|key| verifies(key)) {
        return Ok(Signature::Trusted {
            public_key: key.to_base64(),
            comment,
        });
    }
    let brought = public_key
        .map(|text| {
            PublicKey::from_box(PublicKeyBox::from(text.to_owned()))
                .map_err(|_| BundleError::BadPublicKey)
        })
        .transpose()?;
    match &brought {
        Some(key) if !verifies(key) => return Err(BundleError::BadSignature),
        // It says it is one of the trusted keys, and it is not.
        None if known.iter().any(|key| key.keynum() == signature.keynum()) => {
            return Err(BundleError::BadSignature);
        }
        _ => {}
    }
    Ok(Signature::Unknown {
        key_id: identifier(signature.keynum()),
        public_key: brought.map(|key| key.to_base64()),
        comment,
    })
}

/// As `minisign` writes it: eight bytes, the last one first.
fn identifier(bytes: &[u8]) -> String {
    bytes
        .iter()
        .rev()
        .map(|byte| format!("{byte:02X}"))
        .collect()
}
