//! The convention's pack, built into the program and read once, when first asked for.

use std::{collections::BTreeMap, sync::OnceLock};

use convention::Pack;
use include_dir::{Dir, DirEntry, include_dir};

use crate::Error;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/convention");

fn collect(folder: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) => {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    files.insert(path.replace('\\', "/"), text.to_owned());
                }
            }
        }
    }
}

/// The pack of this version of Relais.
pub(crate) fn built_in() -> Result<&'static Pack, Error> {
    static PACK: OnceLock<Result<Pack, String>> = OnceLock::new();
    PACK.get_or_init(|| {
        let mut files = BTreeMap::new();
        collect(&FILES, &mut files);
        Pack::load(&files).map_err(|mistakes| {
            mistakes
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; ")
        })
    })
    .as_ref()
    .map_err(|mistakes| Error::Internal(format!("the built-in pack is wrong: {mistakes}")))
}
