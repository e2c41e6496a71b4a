//! Typst, with everything it may read built in.
//!
//! Invariant: a document sees two files, the shared template and `data.json`, three fonts, and no clock. Data is parsed
//! by the template, never made into source. Each document is exported as PDF/UA-1, so it has a title, a language and
//! tags, or is not made at all. A character that the fonts lack is printed as U+FFFD, drawn as a box: the rest stays
//! legible and the gap is seen.
//!
//! Left out on purpose: system fonts and packages. What is printed is the same on every machine.

use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::Error;

/// The documents that can be set.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Template {
    Labels,
    Loan,
    StockCheck,
    Purchase,
    Convention,
    Completions,
}

impl Template {
    fn source(self) -> &'static str {
        match self {
            Template::Labels => include_str!("../../../../assets/documents/labels.typ"),
            Template::Loan => include_str!("../../../../assets/documents/loan.typ"),
            Template::StockCheck => include_str!("../../../../assets/documents/stock_check.typ"),
            Template::Purchase => include_str!("../../../../assets/documents/purchase.typ"),
            Template::Convention => include_str!("../../../../assets/documents/convention.typ"),
            Template::Completions => include_str!("../../../../assets/documents/completions.typ"),
        }
    }
}

const COMMON: &str = include_str!("../../../../assets/documents/common.typ");

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [
        &include_bytes!("../../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf")[..],
        &include_bytes!("../../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf")[..],
        &include_bytes!("../../../../assets/fonts/AtkinsonHyperlegibleNext-Italic.ttf")[..],
    ]
    .into_iter()
    .filter_map(|font| Font::new(Bytes::new(font), 0))
    .collect()
});

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(Library::builder().build()));

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// One document being set.
struct Job {
    main: Source,
    common: Source,
    data: FileId,
    json: Bytes,
}

impl World for Job {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.common]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data {
            Ok(self.json.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a document and exports it.
pub(crate) fn pdf(template: Template, data: &impl Serialize) -> Result<Vec<u8>, Error> {
    let document = lay_out(template, data)?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Relais".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| Error::Typeset(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| said(&errors))
}

/// Sets a document, before any export.
pub(crate) fn lay_out(template: Template, data: &impl Serialize) -> Result<PagedDocument, Error> {
    let mut data = serde_json::to_value(data).map_err(|error| Error::Typeset(error.to_string()))?;
    legible(&mut data);
    let job = Job {
        main: Source::new(file("main.typ")?, template.source().to_owned()),
        common: Source::new(file("common.typ")?, COMMON.to_owned()),
        data: file("data.json")?,
        json: Bytes::from_string(data.to_string()),
    };
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&job);
    // What one document leaves behind serves no other one, and it holds names.
    typst::comemo::evict(0);
    let document = output.map_err(|errors| said(&errors))?;
    if warnings.is_empty() {
        Ok(document)
    } else {
        Err(said(&warnings))
    }
}

fn file(name: &str) -> Result<FileId, Error> {
    let path = VirtualPath::new(name).map_err(|error| Error::Typeset(error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn said(diagnostics: &[SourceDiagnostic]) -> Error {
    let said: Vec<&str> = diagnostics.iter().map(|one| one.message.as_str()).collect();
    Error::Typeset(said.join("; "))
}

/// Makes every string printable, in place.
fn legible(value: &mut Value) {
    match value {
        Value::String(text) => *text = printable(text),
        Value::Array(values) => values.iter_mut().for_each(legible),
        Value::Object(fields) => fields.values_mut().for_each(legible),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Accents composed, invisible characters gone, spaces made plain, and a box for what the fonts lack.
fn printable(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc()
        .filter_map(|char| match char {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => None,
            char if char.is_control() => None,
            char if drawn(char) => Some(char),
            char if char.is_whitespace() => Some(' '),
            _ => Some('\u{fffd}'),
        })
        .collect()
}

fn drawn(char: char) -> bool {
    FONTS
        .iter()
        .all(|font| font.info().coverage.contains(u32::from(char)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_fonts_are_read_and_hold_french() {
        assert_eq!(FONTS.len(), 3, "regular, bold and italic are built in");
        for char in "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸŒÆàâäçèéêëîïôöùûüÿœæ«»\u{202f}\u{a0}–—’€°→…·×²\u{fffd}".chars()
        {
            assert!(drawn(char), "{char:?} is needed in French documents");
        }
    }

    #[test]
    fn a_text_is_made_printable_without_losing_what_can_be_read() {
        assert_eq!(printable("Zoe\u{301}"), "Zoé", "accents are composed");
        assert_eq!(
            printable("A\u{200b}B\u{7}C"),
            "ABC",
            "invisible characters go"
        );
        assert_eq!(
            printable("a\tb\nc"),
            "a b\nc",
            "a tab is a space, a line stays a line"
        );
        assert_eq!(
            printable("N° 漢 €"),
            "N° \u{fffd} €",
            "what cannot be drawn is seen"
        );
    }
}
