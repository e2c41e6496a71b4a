//! A pack in one file, `.relaispack`: its files, the digests of all of them, and who signed the digests.
//!
//! Invariant: what is opened is exactly what was made: every file has its digest and every digest its file, and a
//! signature that is there is right or the whole is refused. Opening is total on any bytes, within bounds. The public
//! key that travels with the file proves nothing by itself: whether it is trusted is the caller's to say. The same
//! files without a signature always make the same bytes. Left out on purpose: reading the pack (`Pack::load`).

mod keys;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

pub use keys::{Keys, Signer, new_keys};

/// The digests of the files, as `sha256sum` writes them, sorted by name.
pub const SUMS: &str = "empreintes.txt";
/// The signature of the digests, as `minisign` writes it.
pub const SIGNATURE: &str = "empreintes.txt.minisig";
/// The public key of whoever signed, so that a person who knows it can trust it.
pub const PUBLIC_KEY: &str = "signataire.pub";

/// In bytes, once unpacked. The pack of the house is a twentieth of it.
const LARGEST_FILE: u64 = 2 << 20;
const LARGEST: u64 = 8 << 20;
const MOST_FILES: usize = 200;

/// An opened bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The pack's files, without those of the bundle itself.
    pub files: BTreeMap<String, String>,
    pub signature: Signature,
}

/// What a bundle proves about its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    Missing,
    /// Signed by a key that nobody here trusts yet.
    Unknown {
        /// Its short identifier, which several keys may share.
        key_id: String,
        /// The key that came with the file and made the signature; without it, nothing can be proved.
        public_key: Option<String>,
        comment: String,
    },
    Trusted {
        public_key: String,
        comment: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    #[error("Ce n’est pas un fichier .relaispack, ou il est arrivé abîmé. Demandez-le de nouveau.")]
    NotABundle,
    #[error(
        "Ce fichier dépasse ce qu’un pack peut contenir ({MOST_FILES} fichiers, 8 Mo une fois ouvert). Relais ne l’ouvre pas."
    )]
    TooLarge,
    #[error(
        "« {0} » n’est pas un nom de fichier permis dans un pack : lettres sans accent, chiffres, tirets, points et dossiers seulement."
    )]
    BadName(String),
    #[error("« {0} » n’est pas un texte en UTF-8. Enregistrez-le en UTF-8, puis refaites le pack.")]
    NotText(String),
    #[error(
        "« {SUMS} » manque : ce fichier n’a pas été fait par « relais pack build ». Demandez un fichier .relaispack à son auteur."
    )]
    NoSums,
    #[error("« {SUMS} », ligne {0} : il faut une empreinte SHA-256, deux espaces et un nom.")]
    BadSums(usize),
    #[error(
        "« {0} » a changé depuis que le pack a été fait : son empreinte n’est plus la bonne. Demandez le fichier de nouveau à son auteur."
    )]
    Altered(String),
    #[error(
        "« {0} » est annoncé dans « {SUMS} » mais manque au fichier. Demandez-le de nouveau à son auteur."
    )]
    Absent(String),
    #[error(
        "« {0} » n’est pas annoncé dans « {SUMS} » : ce fichier a été ajouté après coup. Demandez le pack de nouveau à son auteur."
    )]
    Added(String),
    #[error(
        "La signature de ce pack n’est pas la bonne : il a été changé, ou signé autrement qu’avec minisign. Ne l’installez pas et prévenez son auteur."
    )]
    BadSignature,
    #[error("« {PUBLIC_KEY} » n’est pas une clé publique de minisign.")]
    BadPublicKey,
    #[error("Ce fichier n’est pas une clé secrète de minisign.")]
    BadSecretKey,
    #[error("Cette clé est protégée par une phrase secrète : donnez-la avec --password-file.")]
    PasswordNeeded,
    #[error("Ce n’est pas la phrase secrète de cette clé.")]
    WrongPassword,
    #[error("Le fichier n’a pas pu être fait : {0}")]
    NotMade(String),
}

/// The digests of a pack's files, one line each.
pub fn sums(files: &BTreeMap<String, String>) -> String {
    files
        .iter()
        .map(|(name, text)| format!("{}  {name}\n", digest(text)))
        .collect()
}

fn digest(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A name that means one place inside the pack, on every system.
fn allowed(name: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    name.len() <= 100 && name.split('/').all(part)
}

fn own(name: &str) -> bool {
    [SUMS, SIGNATURE, PUBLIC_KEY].contains(&name)
}

/// Packs the files, and signs them when there is someone to: a name for the trusted comment goes with the signer.
pub fn make(
    files: &BTreeMap<String, String>,
    signer: Option<(&Signer, &str)>,
) -> Result<Vec<u8>, BundleError> {
    if files.len() > MOST_FILES
        || files.values().map(|text| text.len() as u64).sum::<u64>() > LARGEST
    {
        return Err(BundleError::TooLarge);
    }
    if let Some(name) = files.keys().find(|name| own(name) || !allowed(name)) {
        return Err(BundleError::BadName(name.clone()));
    }
    let sums = sums(files);
    let mut whole: Vec<(&str, String)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.clone()))
        .collect();
    if let Some((signer, comment)) = signer {
        whole.push((SIGNATURE, signer.sign(&sums, comment)?));
        whole.push((PUBLIC_KEY, signer.public_key_file()?));
    }
    whole.push((SUMS, sums));
    zipped(&whole).map_err(|error| BundleError::NotMade(error.to_string()))
}

fn zipped(files: &[(&str, String)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, text) in files {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Opens a bundle. `trusted` holds public keys as their owners publish them.
pub fn open(bytes: &[u8], trusted: &[String]) -> Result<Bundle, BundleError> {
    let mut files = unzipped(bytes)?;
    let sums = files.remove(SUMS).ok_or(BundleError::NoSums)?;
    let signature = files.remove(SIGNATURE);
    let public_key = files.remove(PUBLIC_KEY);
    check(&files, &sums)?;
    let signature = match signature {
        None => Signature::Missing,
        Some(text) => keys::verified(&sums, &text, public_key.as_deref(), trusted)?,
    };
    Ok(Bundle { files, signature })
}

fn unzipped(bytes: &[u8]) -> Result<BTreeMap<String, String>, BundleError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BundleError::NotABundle)?;
    if zip.len() > MOST_FILES {
        return Err(BundleError::TooLarge);
    }
    let mut files = BTreeMap::new();
    let mut left = LARGEST;
    for index in 0..zip.len() {
        let entry = zip.by_index(index).map_err(|_| BundleError::NotABundle)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry
            .name()
            .map_err(|_| BundleError::NotABundle)?
            .into_owned();
        if !allowed(&name) {
            return Err(BundleError::BadName(name));
        }
        // What an entry says of its size is not believed.
        let most = LARGEST_FILE.min(left);
        let mut text = Vec::new();
        entry
            .take(most + 1)
            .read_to_end(&mut text)
            .map_err(|_| BundleError::NotABundle)?;
        let size = text.len() as u64;
        if size > most {
            return Err(BundleError::TooLarge);
        }
        left -= size;
        let text = String::from_utf8(text).map_err(|_| BundleError::NotText(name.clone()))?;
        files.insert(name, text);
    }
    Ok(files)
}

/// Every file has its digest, and every digest its file.
fn check(files: &BTreeMap<String, String>, sums: &str) -> Result<(), BundleError> {
    let mut told = BTreeMap::new();
    for (place, line) in sums.lines().enumerate() {
        // `sha256sum` writes a star before the name of a file that it read as bytes.
        let (sum, name) = line
            .split_once("  ")
            .or_else(|| line.split_once(" *"))
            .filter(|(sum, name)| sum.len() == 64 && !name.is_empty())
            .ok_or(BundleError::BadSums(place + 1))?;
        told.insert(name, sum);
    }
    if let Some(name) = told.keys().find(|name| !files.contains_key(**name)) {
        return Err(BundleError::Absent((*name).to_owned()));
    }
    for (name, text) in files {
        let sum = told
            .get(name.as_str())
            .ok_or_else(|| BundleError::Added(name.clone()))?;
        if !sum.eq_ignore_ascii_case(&digest(text)) {
            return Err(BundleError::Altered(name.clone()));
        }
    }
    Ok(())
}
