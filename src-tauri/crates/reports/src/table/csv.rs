//! CSV for French Excel: UTF-8 with its mark, `;`, CRLF, a decimal comma.
//!
//! Days are written YYYY-MM-DD: Excel reads them as days whatever the machine's language, and so does the import.
//!
//! A text that a spreadsheet would take for a formula, because it begins with `=`, `+`, `-`, `@` or a tab,
//! gets an apostrophe before it. A text that already looks like one so guarded gets one more, so that reading is exact:
//! where a cell matches `^'+[=+\-@\t]`, its first apostrophe is taken off, and only there.

use super::{Cell, Table, columns, decimal, held};
use crate::Error;

pub(super) fn write(table: &Table) -> Result<Vec<u8>, Error> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(::csv::Terminator::CRLF)
        .from_writer(&mut out);
    let columns = columns(table);
    let headings = table.headings.iter().map(|heading| guarded(heading));
    let mut record = |cells: &mut dyn Iterator<Item = String>| {
        let padded = cells.chain(std::iter::repeat(String::new())).take(columns);
        writer
            .write_record(padded)
            .map_err(|error| Error::Table(error.to_string()))
    };
    record(&mut headings.into_iter())?;
    for row in &table.rows {
        record(&mut row.iter().map(written))?;
    }
    writer
        .flush()
        .map_err(|error| Error::Table(error.to_string()))?;
    drop(writer);
    Ok(out)
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text),
        Cell::Number(number) if number.is_finite() => number.to_string().replace('.', ","),
        Cell::Cents(cents) => decimal(*cents, ','),
        Cell::Date(day) => day.format("%Y-%m-%d").to_string(),
        Cell::Number(_) | Cell::Empty => String::new(),
    }
}

fn guarded(text: &str) -> String {
    let text = held(text);
    let active = text
        .trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t']);
    if active { format!("'{text}") } else { text }
}
