//! What a file is, by what is in it.
//!
//! Invariant: the content decides; a name lies as soon as someone renames a file. Nothing here walks further than
//! it must, and nothing is believed: a reader that finds otherwise says so.

use crate::{Unreadable, text};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A workbook, or a bundle of files.
    Zip,
    /// What Office made before 2007, and still makes around a workbook with a password.
    Ole,
    Json,
    Xml,
    VCard,
    Text,
    Unknown,
}

/// How far a file is looked at.
const HEAD: usize = 64 << 10;

pub(crate) fn kind(bytes: &[u8]) -> Kind {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if bytes.starts_with(OLE) {
        return Kind::Ole;
    }
    const OTHERS: [&[u8]; 6] = [
        b"%PDF",
        b"{\\rtf",
        b"\x1F\x8B",
        b"7z\xBC\xAF",
        b"Rar!",
        b"\x89PNG",
    ];
    if OTHERS.iter().any(|magic| bytes.starts_with(magic)) {
        return Kind::Unknown;
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let Ok((text, _)) = text::decode(head, None) else {
        return Kind::Unknown;
    };
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let begins = |word: &str| {
        let head = start.get(..word.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(word))
    };
    if text::is_binary(&text) || begins("<!doctype html") || begins("<html") {
        Kind::Unknown
    } else if begins("BEGIN:VCARD") {
        Kind::VCard
    } else if start.starts_with('<') {
        Kind::Xml
    } else if start.starts_with(['{', '[']) {
        Kind::Json
    } else {
        Kind::Text
    }
}

/// Why an old compound file is not read.
pub(crate) fn ole(bytes: &[u8]) -> Unreadable {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        Unreadable::Encrypted
    } else if has("Workbook") || has("Book") {
        Unreadable::OldWorkbook
    } else {
        Unreadable::UnknownFormat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides() {
        let cases: [(&[u8], Kind); 9] = [
            (b"Nom;Salle\nA;1\n", Kind::Text),
            (b"\xEF\xBB\xBF  {\"content\": {}}", Kind::Json),
            (b"\r\n<?xml version=\"1.0\"?><REQUEST/>", Kind::Xml),
            (b"begin:vcard\r\n", Kind::VCard),
            (b"PK\x03\x04", Kind::Zip),
            (b"%PDF-1.7 Nom;Salle", Kind::Unknown),
            (b"<!DOCTYPE html><title>Connexion</title>", Kind::Unknown),
            (b"\x7FELF\x02\x01\x01\0\0\0\0\x03\x00\x3e", Kind::Unknown),
            (b"", Kind::Text),
        ];
        for (bytes, expected) in cases {
            assert_eq!(kind(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_protected_workbook_is_told_from_an_old_one() {
        let stream = |name: &str| -> Vec<u8> {
            let name = name.encode_utf16().flat_map(u16::to_le_bytes);
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
                .iter()
                .copied()
                .chain(name)
                .collect()
        };
        assert_eq!(
            ole(&stream("EncryptedPackage")),
            Unreadable::Encrypted,
            "a password"
        );
        assert_eq!(ole(&stream("Workbook")), Unreadable::OldWorkbook, "an .xls");
        assert_eq!(
            ole(&stream("WordDocument")),
            Unreadable::UnknownFormat,
            "a letter"
        );
    }
}
