//! Files made for the tests, and the real ones where they are at hand.

use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use intake::{Choices, Reading};
use zip::{
    CompressionMethod, ZipWriter, unstable::write::FileOptionsExt, write::SimpleFileOptions,
};

pub type Parts = Vec<(String, Vec<u8>)>;

pub fn parts(files: &[(&str, &str)]) -> Parts {
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect()
}

pub fn zipped(parts: &Parts) -> Vec<u8> {
    zipped_with(parts, SimpleFileOptions::default())
}

pub fn stored(parts: &Parts) -> Vec<u8> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zipped_with(parts, stored)
}

/// With the old cipher of ZIP, as « Envoyer vers un dossier protégé » tools still write.
pub fn locked(parts: &Parts) -> Vec<u8> {
    let locked = SimpleFileOptions::default().with_deprecated_encryption(b"secret");
    zipped_with(parts, locked.unwrap())
}

fn zipped_with(parts: &Parts, options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn read(bytes: &[u8]) -> Reading {
    intake::read("fichier", bytes, &Choices::default()).unwrap()
}

/// A minimal OpenDocument spreadsheet around these tables.
pub fn ods(styles: &str, tables: &str) -> Parts {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content>\
         <office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    parts(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

/// A minimal workbook of one sheet with these rows, strings and number formats.
pub fn xlsx(rows: &str, strings: &str, formats: &str) -> Parts {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let main = relation("rId1", "officeDocument", "xl/workbook.xml");
    let others = [
        relation("rId1", "worksheet", "worksheets/sheet1.xml"),
        relation("rId2", "sharedStrings", "sharedStrings.xml"),
        relation("rId3", "styles", "/xl/styles.xml"),
    ];
    parts(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            &format!("<Relationships>{main}</Relationships>"),
        ),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"Parc\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!("<Relationships>{}</Relationships>", others.concat()),
        ),
        (
            "xl/sharedStrings.xml",
            &format!("<sst uniqueCount=\"1\">{strings}</sst>"),
        ),
        (
            "xl/styles.xml",
            &format!("<styleSheet>{formats}</styleSheet>"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// The folder of real agents' files: named by `RELAIS_SAMPLES`, or beside the project. They are not part of it.
pub fn samples() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples");
    let named = std::env::var_os("RELAIS_SAMPLES").map(PathBuf::from);
    Some(named.unwrap_or(beside)).filter(|folder| folder.is_dir())
}

/// The real files and their names, in the order of their names.
pub fn real() -> Parts {
    let Some(folder) = samples() else {
        return Vec::new();
    };
    let mut files: Parts = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}
