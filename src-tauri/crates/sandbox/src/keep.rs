//! The state file.
//!
//! Invariant: the file is always one whole state: it is written beside, flushed to disk, then renamed over. An
//! unreadable file is refused and left as it is.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::records::Records;

#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    #[error("{}\u{202f}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("ce fichier n’est pas une mémoire de la plateforme d’essai\u{202f}: {0}")]
    Content(#[from] serde_json::Error),
}

pub(crate) fn read(path: &Path) -> Result<Option<Records>, KeepError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(KeepError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

pub(crate) fn write(path: &Path, records: &Records) -> Result<(), KeepError> {
    let bytes = serde_json::to_vec(records)?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let replace = || {
        let mut file = File::create(&beside)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    replace().map_err(|source| KeepError::File {
        path: path.to_owned(),
        source,
    })
}
