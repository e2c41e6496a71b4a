//! CSV records with the place of each field.
//!
//! Invariant: reading is the csv crate's; only the places are found here, by scanning the same record.

use std::str::FromStr;

use super::Desk;
use crate::mistake::Page;

/// One record with the place of each field in the file.
pub(super) struct Row {
    fields: Vec<(usize, String)>,
    end: usize,
}

impl Row {
    fn text(&self, index: usize) -> &str {
        self.fields.get(index).map_or("", |(_, text)| text.as_str())
    }

    pub fn at(&self, index: usize) -> usize {
        self.fields.get(index).map_or(self.end, |(byte, _)| *byte)
    }

    pub fn texts<const N: usize>(&self) -> [String; N] {
        std::array::from_fn(|index| self.text(index).trim().to_owned())
    }

    /// Every field is there and says something.
    pub fn filled<const N: usize>(&self, page: &mut Page<'_>) -> Option<[String; N]> {
        let texts = self.texts();
        let mut whole = true;
        for (index, text) in texts.iter().enumerate() {
            whole &= self.present(page, index, text).is_some();
        }
        whole.then_some(texts)
    }

    pub fn present(&self, page: &mut Page<'_>, index: usize, text: &str) -> Option<()> {
        if text.is_empty() {
            page.at(self.at(index), "ce champ est vide");
            return None;
        }
        Some(())
    }

    pub fn word<T: FromStr<Err: ToString>>(&self, page: &mut Page<'_>, index: usize) -> Option<T> {
        self.text(index)
            .trim()
            .parse()
            .map_err(|error: T::Err| page.at(self.at(index), error.to_string()))
            .ok()
    }

    pub fn parsed<T: FromStr>(&self, page: &mut Page<'_>, index: usize, what: &str) -> Option<T> {
        let text = self.text(index).trim();
        text.parse()
            .map_err(|_| page.at(self.at(index), format!("« {text} » n’est pas {what}")))
            .ok()
    }

    pub fn yes(&self, page: &mut Page<'_>, index: usize) -> Option<bool> {
        match self.text(index).trim() {
            "oui" => Some(true),
            "non" => Some(false),
            other => {
                page.at(self.at(index), format!("« {other} » : écrivez oui ou non"));
                None
            }
        }
    }
}

pub(super) fn unique<'k>(
    page: &mut Page<'_>,
    row: &Row,
    mut known: impl Iterator<Item = &'k String>,
    id: &String,
) {
    if known.any(|other| other == id) {
        page.at(row.at(0), format!("« {id} » est défini deux fois"));
    }
}

/// Reads a table record by record; `each` returns nothing when it gave the record up.
pub(super) fn table<'a, const N: usize>(
    desk: &mut Desk<'a>,
    name: &'a str,
    header: [&str; N],
    mut each: impl FnMut(&mut Page<'_>, &Row) -> Option<()>,
) {
    let Some(mut page) = desk.page(name) else {
        return;
    };
    let mut records = rows(&page, N).into_iter();
    match records.next() {
        Some(first)
            if first
                .fields
                .iter()
                .map(|(_, text)| text.as_str())
                .eq(header) => {}
        _ => page.at(
            0,
            format!("la première ligne doit être « {} »", header.join(",")),
        ),
    }
    for row in records {
        if row.fields.len() == N {
            each(&mut page, &row);
        } else {
            page.at(
                row.at(0),
                format!("{} champs au lieu de {N}", row.fields.len()),
            );
        }
    }
    desk.close(page);
}

pub(super) fn rows(page: &Page<'_>, columns: usize) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(page.text.as_bytes());
    let mut rows = Vec::new();
    // The text is valid UTF-8 and held in memory, so a record can only fail to exist.
    for record in reader.records().map_while(Result::ok) {
        let start = record
            .position()
            .map_or(0, |position| position.byte() as usize);
        let (places, end) = places(&page.text, start, record.len().max(columns));
        rows.push(Row {
            fields: places
                .into_iter()
                .zip(record.iter().map(str::to_owned))
                .collect(),
            end,
        });
    }
    rows
}

/// Where each field of the record that begins at `start` begins itself, and where the record ends.
fn places(text: &str, start: usize, most: usize) -> (Vec<usize>, usize) {
    let mut starts = Vec::with_capacity(most);
    let mut quoted = false;
    let mut begun = false;
    for (offset, letter) in text.get(start..).unwrap_or_default().char_indices() {
        let byte = start + offset;
        if !begun {
            if matches!(letter, '\r' | '\n') {
                continue;
            }
            begun = true;
            starts.push(byte);
        }
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => starts.push(byte + 1),
            '\r' | '\n' if !quoted => return (starts, byte),
            _ => {}
        }
    }
    if !begun {
        starts.push(text.len());
    }
    (starts, text.len())
}
