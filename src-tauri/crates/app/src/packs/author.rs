//! What the author of a pack does on the command line: read a pack's file, make one, and make the keys that sign it.
//!
//! Invariant: only a pack without a mistake is packed, and nothing that is there is written over. The secret key and
//! its phrase are used and forgotten: Relais keeps neither, and asks for nothing on the terminal.

use convention::{
    Pack,
    bundle::{self, Signer},
};
use secrecy::{ExposeSecret, SecretString};

use super::sound;
use crate::{
    App, Error, folder,
    pack::Files,
    wire::{SavedFile, WireError},
};

/// A pair of keys just made, and where each was written.
pub struct NewKeys {
    /// To be published, and read out to whoever has to trust it.
    pub public_key: String,
    pub public_file: SavedFile,
    pub secret_file: SavedFile,
}

/// The secret key of an author: the text of its file and, where it is protected, its phrase.
pub struct AuthorKey<'a> {
    pub text: &'a str,
    pub password: Option<&'a SecretString>,
}

impl App {
    /// The files of a `.relaispack`, whoever signed it.
    ///
    /// # Errors
    /// When it is not one, or arrived changed.
    pub fn pack_files(bytes: &[u8]) -> Result<Files, WireError> {
        bundle::open(bytes, &[])
            .map(|bundle| bundle.files)
            .map_err(|error| Error::from(error).to_wire("pack_files"))
    }

    /// A folder's files as the bytes of an unsigned `.relaispack`, without a look at what they say.
    ///
    /// # Errors
    /// When a name is not allowed in a pack.
    pub fn pack_bytes(files: &Files) -> Result<Vec<u8>, WireError> {
        bundle::make(files, None).map_err(|error| Error::from(error).to_wire("pack_bytes"))
    }

    /// Makes the `.relaispack` of these files where documents are written.
    ///
    /// # Errors
    /// When the pack has mistakes, when the key does not open, or when the file cannot be written.
    pub fn build_pack(
        &self,
        files: &Files,
        key: Option<AuthorKey<'_>>,
    ) -> Result<SavedFile, WireError> {
        self.built(files, key)
            .map_err(|error| error.to_wire("pack_build"))
    }

    fn built(&self, files: &Files, key: Option<AuthorKey<'_>>) -> Result<SavedFile, Error> {
        let pack: Pack = sound(files)?;
        let manifest = &pack.manifest;
        let signer = key
            .map(|key| Signer::open(key.text, key.password.map(ExposeSecret::expose_secret)))
            .transpose()
            .map_err(|error| key_error(&error))?;
        let comment = format!("{}, version {}", manifest.name, manifest.version);
        let bytes = bundle::make(files, signer.as_ref().map(|signer| (signer, &*comment)))?;
        let name = convention::text::slug(&format!("{} {}", manifest.id, manifest.version));
        self.save_file(&format!("{name}.relaispack"), &bytes)
    }

    /// Makes a pair of keys where documents are written: `NAME.pub` to publish, `NAME.key` to keep.
    ///
    /// # Errors
    /// When the phrase is weak, or when a file cannot be written.
    pub fn make_pack_keys(
        &self,
        name: &str,
        password: &SecretString,
    ) -> Result<NewKeys, WireError> {
        self.keys(name, password)
            .map_err(|error| error.to_wire("pack_key"))
    }

    fn keys(&self, name: &str, password: &SecretString) -> Result<NewKeys, Error> {
        folder::strong("password", password)?;
        let name = convention::text::slug(name);
        if name.is_empty() {
            return Err(Error::refused(
                "name",
                "Donnez un nom à cette clé, par exemple dsi-departement.",
            ));
        }
        let keys = bundle::new_keys(password.expose_secret())?;
        Ok(NewKeys {
            public_key: keys.public_key,
            secret_file: self.save_file(&format!("{name}.key"), keys.secret_file.as_bytes())?,
            public_file: self.save_file(&format!("{name}.pub"), keys.public_file.as_bytes())?,
        })
    }
}

fn key_error(error: &bundle::BundleError) -> Error {
    Error::refused("key", convention::text::typeset(&error.to_string()))
}
