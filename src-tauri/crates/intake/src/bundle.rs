//! A ZIP or a folder of inventories, as a share where agents leave their files gives; or one file that was zipped to be sent.
//!
//! Invariant: every file of the ZIP gives rows or a refusal under its own name; only folders and what systems leave
//! behind unasked are passed over. A ZIP inside a ZIP is not opened.

use crate::{
    Choices, Format, Measure, Reading, Reason, Unreadable, agent_json, agent_xml,
    archive::{Archive, Blocked},
    detect::{self, Kind},
    limits,
    machine::Machines,
    xml,
};

pub(crate) fn read(archive: &mut Archive<'_>, choices: &Choices) -> Result<Reading, Unreadable> {
    let files: Vec<(usize, String)> = archive
        .names()
        .into_iter()
        .filter(|(_, name)| !is_left_behind(name))
        .collect();
    let Some((first, _)) = files.first() else {
        return Err(Unreadable::Empty);
    };
    if files.len() == 1 {
        return alone(archive, *first, choices);
    }
    let all = gather(files.iter().map(|(index, name)| {
        let bytes = archive.unpack(*index);
        (name.as_str(), bytes)
    }))?;
    if all.rows.is_empty() {
        // No machine: a table with its notice or its licence beside it.
        let mut tables = files.iter().filter(|(_, name)| is_table(name));
        return match (tables.next(), tables.next()) {
            (Some((index, _)), None) => alone(archive, *index, choices),
            _ if all
                .refused
                .iter()
                .all(|one| one.reason == Reason::Encrypted) =>
            {
                Err(Unreadable::Encrypted)
            }
            _ => Err(Unreadable::NotATable),
        };
    }
    Ok(reading(all))
}

/// The inventories of a folder, file after file, as if they had come in a ZIP.
pub(crate) fn folder(files: &[(String, Vec<u8>)]) -> Result<Reading, Unreadable> {
    if files.len() > limits::ZIP_ENTRIES {
        return Err(Unreadable::TooLarge {
            what: Measure::Entries,
            most: limits::ZIP_ENTRIES as u64,
        });
    }
    let all = gather(
        files
            .iter()
            .filter(|(name, _)| !is_left_behind(name))
            .map(|(name, bytes)| (name.as_str(), Ok(bytes))),
    )?;
    match all.rows.is_empty() {
        true => Err(Unreadable::NotATable),
        false => Ok(reading(all)),
    }
}

/// The machines of each file, with the rank and the name of the file.
fn gather<'f, B: AsRef<[u8]>>(
    files: impl Iterator<Item = (&'f str, Result<B, Blocked>)>,
) -> Result<Machines, Unreadable> {
    let mut all = Machines::default();
    for (rank, (name, bytes)) in (1_u64..).zip(files) {
        let found = match bytes {
            Ok(bytes) => machines(bytes.as_ref()),
            Err(Blocked::Encrypted) => Err(Reason::Encrypted),
            Err(Blocked::Damaged) => Err(Reason::Malformed),
            Err(Blocked::Whole(fault)) => return Err(fault),
        };
        let mut found = found.unwrap_or_else(|reason| {
            let mut none = Machines::default();
            none.refuse(rank, reason);
            none
        });
        for row in &mut found.rows {
            row.line = rank;
            row.origin = Some(name.to_owned());
        }
        for refusal in &mut found.refused {
            refusal.line = rank;
            refusal.origin = Some(name.to_owned());
        }
        all.rows.append(&mut found.rows);
        all.refused.append(&mut found.refused);
        if all.len() > limits::ROWS {
            return Err(Unreadable::TooManyRows {
                most: limits::ROWS as u64,
            });
        }
    }
    Ok(all)
}

fn reading(all: Machines) -> Reading {
    Reading {
        format: Format::Zip,
        encoding: None,
        separator: None,
        sheets: Vec::new(),
        sheet: None,
        headings_line: 0,
        table: Machines::table(all.rows),
        refused: all.refused,
    }
}

/// The one file of a ZIP, read as if it had come without it.
fn alone(
    archive: &mut Archive<'_>,
    index: usize,
    choices: &Choices,
) -> Result<Reading, Unreadable> {
    let bytes = archive.unpack(index)?;
    crate::check_size(&bytes)?;
    match detect::kind(&bytes) {
        Kind::Zip => Err(Unreadable::NotATable),
        kind => crate::read_as(kind, &bytes, choices),
    }
}

fn machines(bytes: &[u8]) -> Result<Machines, Reason> {
    if bytes.len() as u64 > limits::FILE_BYTES {
        return Err(Reason::NotAnInventory);
    }
    let (text, _) = xml::decode(bytes).map_err(|_| Reason::Malformed)?;
    let found = match detect::kind(bytes) {
        Kind::Json => agent_json::read(&text),
        Kind::Xml => agent_xml::read(&text),
        _ => return Err(Reason::NotAnInventory),
    };
    match found {
        Ok(machines) if machines.len() == 0 => Err(Reason::NotAnInventory),
        Ok(machines) => Ok(machines),
        Err(_) => Err(Reason::Malformed),
    }
}

fn is_left_behind(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.is_empty()
        || last.starts_with("._")
        || name.starts_with("__MACOSX/")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&last)
}

fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".tsv", ".xlsx", ".ods", ".vcf"]
        .iter()
        .any(|end| name.ends_with(end))
}
