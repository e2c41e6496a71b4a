//! A ZIP, opened with every limit on: workbooks and bundles of inventories alike.
//!
//! Invariant: bytes are counted as they are unpacked, whatever sizes the ZIP announces; no name inside is ever used
//! as a path. Only stored and deflated files are read, which is all that spreadsheets and agents write.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::{Measure, Unreadable, limits};

pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Xlsx,
    Ods,
    Files,
    /// Another document of an office suite.
    Other,
}

/// Why one file of a ZIP gives nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Blocked {
    Encrypted,
    Damaged,
    /// The ZIP as a whole asks for too much.
    Whole(Unreadable),
}

impl From<Blocked> for Unreadable {
    fn from(blocked: Blocked) -> Self {
        match blocked {
            Blocked::Encrypted => Unreadable::Encrypted,
            Blocked::Damaged => Unreadable::Truncated,
            Blocked::Whole(fault) => fault,
        }
    }
}

impl<'a> Archive<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        // Counted before the directory is read, since the reader holds all of it.
        let entries = bytes.windows(4).filter(|four| *four == b"PK\x01\x02");
        if entries.take(limits::ZIP_ENTRIES + 1).count() > limits::ZIP_ENTRIES {
            return Err(Unreadable::TooLarge {
                what: Measure::Entries,
                most: limits::ZIP_ENTRIES as u64,
            });
        }
        Ok(Archive {
            zip: ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Truncated)?,
            left: limits::UNPACKED_BYTES,
        })
    }

    /// A workbook by the parts it must have, or a bundle of files.
    pub fn holds(&self) -> Holds {
        let has = |name: &str| self.zip.index_for_name(name).is_some();
        let others = [
            "xl/workbook.bin",
            "word/document.xml",
            "ppt/presentation.xml",
        ];
        if has("content.xml") && has("META-INF/manifest.xml") {
            Holds::Ods
        } else if !has("[Content_Types].xml") {
            Holds::Files
        } else if others.into_iter().any(has) {
            Holds::Other
        } else {
            Holds::Xlsx
        }
    }

    /// Every file's index and name, in the order of the ZIP. A name that cannot be read is empty.
    pub fn names(&self) -> Vec<(usize, String)> {
        (0..self.zip.len())
            .map(|index| match self.zip.name_for_index(index) {
                Some(Ok(name)) => (index, name.into_owned()),
                _ => (index, String::new()),
            })
            .collect()
    }

    /// A file of the ZIP by its name; `None` when there is none.
    pub fn named(&mut self, name: &str) -> Result<Option<Vec<u8>>, Blocked> {
        match self.zip.index_for_name(name) {
            Some(index) => self.unpack(index).map(Some),
            None => Ok(None),
        }
    }

    pub fn unpack(&mut self, index: usize) -> Result<Vec<u8>, Blocked> {
        let raw = self.zip.by_index_raw(index).map_err(|_| Blocked::Damaged)?;
        if raw.encrypted() {
            return Err(Blocked::Encrypted);
        }
        let honest = raw
            .compressed_size()
            .saturating_mul(limits::RATIO)
            .max(limits::RATIO_FROM_BYTES);
        drop(raw);
        let most = honest.min(self.left);
        let file = self.zip.by_index(index).map_err(|_| Blocked::Damaged)?;
        let mut bytes = Vec::new();
        let end = file.take(most + 1).read_to_end(&mut bytes);
        let held = bytes.len() as u64;
        self.left = self.left.saturating_sub(held);
        if held > most {
            return Err(Blocked::Whole(Unreadable::TooLarge {
                what: Measure::UnpackedBytes,
                most,
            }));
        }
        end.map_err(|_| Blocked::Damaged)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::zipped;

    #[test]
    fn what_was_packed_is_unpacked_and_counted() {
        let bytes = zipped(&[("a.txt", b"bonjour"), ("d/b.txt", b"")]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(
            archive.names(),
            [(0, "a.txt".to_owned()), (1, "d/b.txt".to_owned())],
            "in the order of the ZIP"
        );
        assert_eq!(archive.unpack(0).unwrap(), b"bonjour", "whole");
        assert_eq!(
            archive.left,
            limits::UNPACKED_BYTES - 7,
            "what is unpacked is taken off what is left"
        );
        assert_eq!(
            archive.named("absent"),
            Ok(None),
            "an absent file is no fault"
        );
    }

    #[test]
    fn a_bomb_is_stopped_before_it_is_unpacked() {
        let zeros = vec![0; 64 << 20];
        let bytes = zipped(&[("bombe.csv", &zeros)]);
        assert!(bytes.len() < 1 << 20, "the bomb is small: {}", bytes.len());
        assert!(
            matches!(
                Archive::open(&bytes).unwrap().unpack(0),
                Err(Blocked::Whole(Unreadable::TooLarge {
                    what: Measure::UnpackedBytes,
                    ..
                }))
            ),
            "a thousand zeros in one byte are no table"
        );
    }

    #[test]
    fn a_damaged_zip_is_told_apart_from_a_damaged_file() {
        let mut bytes = zipped(&[("a.txt", b"bonjour bonjour bonjour")]);
        assert_eq!(
            Archive::open(&bytes[..bytes.len() / 2]).err(),
            Some(Unreadable::Truncated),
            "without its directory there is no ZIP"
        );
        bytes[36] ^= 0x55;
        assert_eq!(
            Archive::open(&bytes).unwrap().unpack(0),
            Err(Blocked::Damaged),
            "the checksum of one file does not hold"
        );
    }

    #[test]
    fn too_many_files_are_refused_before_they_are_listed() {
        let bytes = b"PK\x01\x02".repeat(limits::ZIP_ENTRIES + 1);
        assert_eq!(
            Archive::open(&bytes).err(),
            Some(Unreadable::TooLarge {
                what: Measure::Entries,
                most: limits::ZIP_ENTRIES as u64
            }),
            "the directory alone would fill the memory"
        );
    }
}
