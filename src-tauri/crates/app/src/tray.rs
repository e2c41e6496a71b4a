//! The tray: files that the window hands over, and documents written for the person.
//!
//! Invariant: the window never names a path. What comes in is bytes under an id, as many as its kind may have and for
//! this run only; what goes out is written beside what is there, never over it, and opened by its id.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use zip::{CompressionMethod, write::SimpleFileOptions};

use crate::{
    App, Error,
    labels::NNBSP,
    wire::{ById, Nothing, SavedFile, TakenFile, WireError},
};

/// In bytes. Beyond, a register is not a register any more.
const LARGEST: u64 = 64 << 20;
/// A handover holds every document of ten years.
const LARGEST_HANDOVER: u64 = 512 << 20;
/// The files that wait at once; the oldest makes room.
const WAITING: usize = 8;

/// A file as it came.
#[derive(Clone)]
pub(crate) struct Taken {
    pub(crate) name: String,
    pub(crate) bytes: Arc<[u8]>,
}

#[derive(Default)]
pub(crate) struct Tray(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// By id, which sorts by time.
    taken: BTreeMap<String, Taken>,
    saved: BTreeMap<String, PathBuf>,
}

impl Tray {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// How many bytes a file of this name may have.
    #[must_use]
    pub fn largest_file(name: &str) -> u64 {
        if name.to_lowercase().ends_with(".relais") {
            LARGEST_HANDOVER
        } else {
            LARGEST
        }
    }

    /// Keeps several files as one archive: a folder of inventories.
    ///
    /// # Errors
    /// As [`App::take_file`].
    pub fn take_files(
        &self,
        name: &str,
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<TakenFile, WireError> {
        let name = format!("{name}.zip");
        archive(files)
            .and_then(|bytes| self.take(&name, bytes))
            .map_err(|error| error.to_wire("file_take"))
    }

    /// Keeps a file for the commands that follow. Only the name's last part is kept.
    ///
    /// # Errors
    /// When it is empty or larger than [`App::largest_file`].
    pub fn take_file(&self, name: &str, bytes: Vec<u8>) -> Result<TakenFile, WireError> {
        self.take(name, bytes)
            .map_err(|error| error.to_wire("file_take"))
    }

    fn take(&self, name: &str, bytes: Vec<u8>) -> Result<TakenFile, Error> {
        let name = name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned();
        if bytes.is_empty() {
            return Err(Error::refused("file", "Ce fichier est vide."));
        }
        let most = Self::largest_file(&name);
        if bytes.len() as u64 > most {
            let advice = if most == LARGEST {
                " Exportez-le en plusieurs parties."
            } else {
                ""
            };
            return Err(Error::refused(
                "file",
                format!(
                    "Ce fichier dépasse {} Mo{NNBSP}: Relais ne l’ouvre pas.{advice}",
                    most >> 20
                ),
            ));
        }
        let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let id = store::new_id(self.now_ms(), &mut rand::rng());
        let mut held = self.tray().held();
        while held.taken.len() >= WAITING {
            held.taken.pop_first();
        }
        held.taken.insert(
            id.clone(),
            Taken {
                name: name.clone(),
                bytes: bytes.into(),
            },
        );
        Ok(TakenFile { id, name, size })
    }

    /// A file on the tray.
    pub(crate) fn taken(&self, id: &str) -> Result<Taken, Error> {
        self.tray()
            .held()
            .taken
            .get(id)
            .cloned()
            .ok_or(Error::NotFound("Ce fichier"))
    }

    /// Writes a document in the person's folder of downloads, under a name that nothing has yet.
    pub(crate) fn save_file(&self, name: &str, bytes: &[u8]) -> Result<SavedFile, Error> {
        let folder = self.downloads();
        fs::create_dir_all(folder)?;
        let mut whole = tempfile::NamedTempFile::new_in(folder)?;
        whole.write_all(bytes)?;
        whole.as_file().sync_all()?;
        let mut path = folder.join(name);
        let mut copy = 2;
        loop {
            match whole.persist_noclobber(&path) {
                Ok(_) => break,
                Err(refused) if refused.error.kind() == std::io::ErrorKind::AlreadyExists => {
                    whole = refused.file;
                    path = folder.join(numbered(name, copy));
                    copy += 1;
                }
                Err(refused) => return Err(refused.error.into()),
            }
        }
        Ok(self.note_saved(&path))
    }

    /// A document that another hand wrote in the folder of downloads.
    pub(crate) fn note_saved(&self, path: &Path) -> SavedFile {
        let id = store::new_id(self.now_ms(), &mut rand::rng());
        self.tray().held().saved.insert(id.clone(), path.to_owned());
        SavedFile {
            id,
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            folder: path.parent().unwrap_or(path).to_string_lossy().into_owned(),
        }
    }

    /// Where a document written in this run is. Nothing else can be opened by the window.
    #[must_use]
    pub fn saved_path(&self, id: &str) -> Option<PathBuf> {
        self.tray().held().saved.get(id).cloned()
    }
}

/// Files side by side in a ZIP, as they are.
fn archive(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Error> {
    if files.is_empty() {
        return Err(Error::refused("file", "Ce dossier est vide."));
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(name, stored).map_err(std::io::Error::from)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish().map_err(std::io::Error::from)?.into_inner())
}

/// `inventaire.csv` → `inventaire (2).csv`
fn numbered(name: &str, copy: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem} ({copy}).{extension}"),
        None => format!("{name} ({copy})"),
    }
}

pub(crate) fn drop_file(app: &App, request: ById) -> Result<Nothing, Error> {
    app.tray().held().taken.remove(&request.id);
    Ok(Nothing {})
}
