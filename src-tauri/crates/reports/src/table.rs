//! Tables for a spreadsheet: CSV as French Excel opens it, XLSX and ODS.
//!
//! Invariant: what is written can be read back: texts exactly, dates as days, amounts to the cent. A text is never
//! executed by the spreadsheet that opens it. Characters that XML cannot hold are dropped from every format alike, and
//! line ends become `\n`, so that one table gives the same cells three times.
//!
//! Left out on purpose: formulas, totals, colours. A table is what the screen showed, to be worked on further.

mod csv;
mod ods;
mod xlsx;

use chrono::NaiveDate;

use crate::Error;

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    /// What is no number (NaN, infinity) is written as an empty cell.
    Number(f64),
    /// An amount in euro cents.
    Cents(i64),
    Date(NaiveDate),
    Empty,
}

/// A sheet: headings, and rows of as many cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub name: String,
    pub headings: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// The files that a table can leave as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableFormat {
    Csv,
    Xlsx,
    Ods,
}

impl TableFormat {
    pub const ALL: [TableFormat; 3] = [TableFormat::Csv, TableFormat::Xlsx, TableFormat::Ods];

    /// Also the file's extension.
    pub fn id(self) -> &'static str {
        match self {
            TableFormat::Csv => "csv",
            TableFormat::Xlsx => "xlsx",
            TableFormat::Ods => "ods",
        }
    }

    pub fn from_id(id: &str) -> Option<TableFormat> {
        TableFormat::ALL
            .into_iter()
            .find(|format| format.id() == id)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            TableFormat::Csv => "text/csv",
            TableFormat::Xlsx => {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
            TableFormat::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }
}

/// The rows of a sheet in XLSX, headings included; ODS readers stop there too.
const MOST_ROWS: usize = 1_048_576;

/// One table as a file.
pub fn table(table: &Table, format: TableFormat) -> Result<Vec<u8>, Error> {
    tables(std::slice::from_ref(table), format)
}

/// Several tables as the sheets of one file; a CSV file holds one.
pub fn tables(tables: &[Table], format: TableFormat) -> Result<Vec<u8>, Error> {
    if tables.is_empty() {
        return Err(Error::Nothing);
    }
    if format != TableFormat::Csv
        && let Some(large) = tables.iter().find(|table| table.rows.len() >= MOST_ROWS)
    {
        return Err(Error::TooManyRows {
            rows: large.rows.len(),
        });
    }
    match (format, tables) {
        (TableFormat::Csv, [table]) => csv::write(table),
        (TableFormat::Csv, _) => Err(Error::Table("a CSV file holds one table".to_owned())),
        (TableFormat::Xlsx, _) => xlsx::write(tables),
        (TableFormat::Ods, _) => ods::write(tables),
    }
}

/// A text as every format can hold it.
fn held(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\t' => out.push(char),
            '\0'..=' ' if char != ' ' => {}
            '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(char),
        }
    }
    out
}

/// Names that spreadsheets accept for sheets, each different from the others: at most 31 characters, none of `[]:*?/\`,
/// no apostrophe at an end.
fn sheet_names(tables: &[Table]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(tables.len());
    for table in tables {
        let base: String = held(&table.name)
            .chars()
            .map(|char| match char {
                '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\n' | '\t' => ' ',
                _ => char,
            })
            .collect();
        let base = base.trim().trim_matches('\'').trim();
        let base = if base.is_empty() { "Feuille" } else { base };
        let mut name = shortened(base, 31);
        let mut rank = 2;
        while names
            .iter()
            .any(|taken| taken.to_lowercase() == name.to_lowercase())
        {
            let suffix = format!(" ({rank})");
            name = shortened(base, 31 - suffix.len()) + &suffix;
            rank += 1;
        }
        names.push(name);
    }
    names
}

/// The limit of sheet names is counted in UTF-16 units.
fn shortened(text: &str, most: usize) -> String {
    let mut units = 0;
    let kept: String = text
        .chars()
        .take_while(|char| {
            units += char.len_utf16();
            units <= most
        })
        .collect();
    kept.trim_end().trim_end_matches('\'').to_owned()
}

/// How many characters wide each column is best shown: enough for most cells, never so much that one long note hides
/// the other columns.
fn widths(table: &Table) -> Vec<usize> {
    const LEAST: usize = 8;
    const MOST: usize = 50;
    (0..columns(table))
        .map(|column| {
            let heading = table
                .headings
                .get(column)
                // Room for the filter's button.
                .map_or(0, |heading| heading.chars().count() + 3);
            let cells = table.rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| match cell {
                    Cell::Text(text) => text.lines().map(|line| line.chars().count()).max(),
                    Cell::Number(number) => Some(number.to_string().len()),
                    Cell::Cents(cents) => Some(cents.to_string().len() + 6),
                    Cell::Date(_) => Some(10),
                    Cell::Empty => None,
                })
                .map(Option::unwrap_or_default)
                .fold(heading, usize::max)
                .clamp(LEAST, MOST)
        })
        .collect()
}

/// Rows are meant to be as long as the headings; a longer one is written whole all the same.
fn columns(table: &Table) -> usize {
    table
        .rows
        .iter()
        .map(Vec::len)
        .fold(table.headings.len(), usize::max)
}

/// An amount without its unit: `-1234.05`, with the separator asked for.
fn decimal(cents: i64, separator: char) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}{separator}{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
#[path = "table/tests.rs"]
mod tests;
