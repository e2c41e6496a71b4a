//! Files that people bring, as neutral rows: bytes in, a table out.
//!
//! Invariant: `read` is a pure function that never panics, and that stays within `limits` whatever the bytes are;
//! every row of an answer has exactly as many cells as there are headings. A row that cannot be read is in
//! `refused` with its place and its reason: nothing is dropped without a word, save rows where every cell is
//! empty and what stands above the headings, which are no data.
//!
//! Left out on purpose: opening files, what a column means to the register, and French sentences for faults. A name
//! found inside a ZIP is shown to a person and is never a path.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod agent_json;
mod agent_xml;
mod archive;
mod bundle;
mod dates;
mod delimited;
mod detect;
mod grid;
mod inventory;
pub mod limits;
mod machine;
mod ods;
mod propose;
#[cfg(test)]
mod testing;
mod text;
mod types;
pub mod vcard;
mod xlsx;
mod xml;

pub use propose::{Field, propose};
pub use types::*;

use archive::{Archive, Holds};
use detect::Kind;
use machine::Machines;

/// Reads a file. `name` only settles what the content leaves open: a table may begin with a brace.
pub fn read(name: &str, bytes: &[u8], choices: &Choices) -> Result<Reading, Unreadable> {
    check_size(bytes)?;
    let mut kind = detect::kind(bytes);
    let name = name.to_lowercase();
    if kind == Kind::Json
        && [".csv", ".tsv", ".txt"]
            .iter()
            .any(|end| name.ends_with(end))
    {
        kind = Kind::Text;
    }
    read_as(kind, bytes, choices)
}

/// Reads a folder of agents' inventories: names, which are only shown, and contents.
pub fn read_folder(files: &[(String, Vec<u8>)]) -> Result<Reading, Unreadable> {
    bundle::folder(files)
}

fn check_size(bytes: &[u8]) -> Result<(), Unreadable> {
    match bytes.len() as u64 {
        0 => Err(Unreadable::Empty),
        limits::FILE_BYTES.. => Err(Unreadable::TooLarge {
            what: Measure::FileBytes,
            most: limits::FILE_BYTES,
        }),
        _ => Ok(()),
    }
}

fn read_as(kind: Kind, bytes: &[u8], choices: &Choices) -> Result<Reading, Unreadable> {
    match kind {
        Kind::Zip => zip(bytes, choices),
        Kind::Ole => Err(detect::ole(bytes)),
        Kind::Unknown => Err(Unreadable::UnknownFormat),
        Kind::Text => {
            let (text, encoding) = text::decode(bytes, choices.encoding)?;
            let read = delimited::read(&text, choices)?;
            Ok(Reading {
                format: Format::Delimited,
                encoding: Some(encoding),
                separator: Some(read.separator),
                sheets: Vec::new(),
                sheet: None,
                headings_line: read.headings_line,
                table: read.table,
                refused: read.refused,
            })
        }
        Kind::Json => {
            let (text, encoding) = text::decode(bytes, choices.encoding)?;
            machines(Format::AgentJson, encoding, agent_json::read(&text)?)
        }
        Kind::Xml => {
            let (text, encoding) = match choices.encoding {
                Some(_) => text::decode(bytes, choices.encoding)?,
                None => xml::decode(bytes)?,
            };
            machines(Format::AgentXml, encoding, agent_xml::read(&text)?)
        }
        Kind::VCard => {
            let (text, encoding) = text::decode(bytes, choices.encoding)?;
            let (table, refused) = vcard::table(&text)?;
            Ok(whole(Format::VCard, encoding, table, refused))
        }
    }
}

fn zip(bytes: &[u8], choices: &Choices) -> Result<Reading, Unreadable> {
    let mut archive = Archive::open(bytes)?;
    match archive.holds() {
        Holds::Xlsx => xlsx::read(&mut archive, choices),
        Holds::Ods => ods::read(&mut archive, choices),
        Holds::Files => bundle::read(&mut archive, choices),
        Holds::Other => Err(Unreadable::UnknownFormat),
    }
}

/// A file without headings of its own.
fn whole(format: Format, encoding: Encoding, table: Sheet, refused: Vec<Refusal>) -> Reading {
    Reading {
        format,
        encoding: Some(encoding),
        separator: None,
        sheets: Vec::new(),
        sheet: None,
        headings_line: 0,
        table,
        refused,
    }
}

fn machines(format: Format, encoding: Encoding, found: Machines) -> Result<Reading, Unreadable> {
    let inventory = |refusal: &Refusal| refusal.reason != Reason::NotAnInventory;
    if found.rows.is_empty() && !found.refused.iter().any(inventory) {
        return Err(Unreadable::NotATable);
    }
    let table = Machines::table(found.rows);
    Ok(whole(format, encoding, table, found.refused))
}
