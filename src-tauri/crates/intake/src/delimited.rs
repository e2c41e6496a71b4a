//! Text with a separator, as spreadsheets, GLPI and people write it.
//!
//! Invariant: a line number is the physical line where the row begins, as an editor counts, whatever line ends and
//! quoted line breaks the file has. Work grows with the size of the file and not with how broken it is.
//!
//! A quote that is never closed swallows everything to the end of the file. That row is refused with its line, and
//! reading goes on at the line after the quote: the rest of a register is not lost for one stray inch mark.

use std::borrow::Cow;

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::{
    Choices, Reason, Refusal, Separator, Sheet, Unreadable,
    grid::{Cells, Grid},
    limits,
};

pub(crate) struct Delimited {
    pub separator: Separator,
    pub headings_line: u64,
    pub table: Sheet,
    pub refused: Vec<Refusal>,
}

/// How many records decide the separator, and how far they are looked for.
const SAMPLE_RECORDS: usize = 50;
const SAMPLE_BYTES: usize = 256 << 10;

pub(crate) fn read(text: &str, choices: &Choices) -> Result<Delimited, Unreadable> {
    let text = one_line_end(text);
    let separator = choices.separator.unwrap_or_else(|| propose(&text));
    let mut grid = Grid::default();
    let mut rest = &*text;
    let mut line = 1;
    while let Some(broken) = fill(&mut grid, rest, line, separator)? {
        grid.refuse(broken.line, Reason::UnclosedQuote, broken.first)?;
        rest = broken.rest;
        line = broken.rest_line;
    }
    let (headings_line, table, refused) = grid.finish(choices.headings_line)?;
    Ok(Delimited {
        separator,
        headings_line,
        table,
        refused,
    })
}

/// An old Macintosh ends its lines with a carriage return alone.
fn one_line_end(text: &str) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') {
        return Cow::Owned(text.replace('\r', "\n"));
    }
    Cow::Borrowed(text)
}

fn reader(text: &str, separator: Separator) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator.byte())
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The row that opens a quote for good, and what follows the line of that quote.
struct Broken<'t> {
    line: u64,
    first: &'t str,
    rest: &'t str,
    rest_line: u64,
}

fn fill<'t>(
    grid: &mut Grid,
    text: &'t str,
    first_line: u64,
    separator: Separator,
) -> Result<Option<Broken<'t>>, Unreadable> {
    let mut reader = reader(text, separator);
    let mut record = StringRecord::new();
    let mut line = first_line;
    let mut counted = 0;
    loop {
        // The reader steps over line ends when it looks for the next record: they are not of the record.
        let start = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let ends = text.as_bytes().get(start..).unwrap_or_default();
        let start = start
            + ends
                .iter()
                .take_while(|b| matches!(b, b'\r' | b'\n'))
                .count();
        line += newlines(text.get(counted..start).unwrap_or_default());
        counted = start;
        if !reader.read_record(&mut record).unwrap_or(false) {
            return Ok(None);
        }
        let at_end = reader.position().byte() >= text.len() as u64;
        let own = text.get(start..).unwrap_or_default();
        if at_end && is_unclosed(own, separator) {
            let (quoted, rest) = past_last_odd_quote(own);
            let first = own.lines().next().unwrap_or_default();
            return Ok(Some(Broken {
                line,
                // As for a cell: what is longer is nothing that a person would mend.
                first: match first.len() {
                    ..=limits::CELL_BYTES => first,
                    _ => "…",
                },
                rest,
                rest_line: line + newlines(quoted),
            }));
        }
        let mut cells = Cells::default();
        for (place, cell) in record.iter().enumerate() {
            cells.set(place, cell);
        }
        grid.push(line, cells)?;
    }
}

fn newlines(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// Whether a last record runs out of the file inside quotes: a line put after it would not be a record of its own.
fn is_unclosed(record: &str, separator: Separator) -> bool {
    if !record.contains('"') {
        return false;
    }
    let longer = format!("{record}\n|");
    let mut reader = reader(&longer, separator);
    let mut found = StringRecord::new();
    reader.read_record(&mut found).unwrap_or(false)
        && !reader.read_record(&mut found).unwrap_or(false)
}

/// Cuts a record that is never closed after the line of the quote that opened it. Inside a cell quotes go by pairs,
/// so that quote ends the last run of an odd number of them; and none of the pairs left can stay open in its turn, so
/// that the file is walked twice at most.
fn past_last_odd_quote(record: &str) -> (&str, &str) {
    let mut run = 0;
    let mut place = record.len();
    for (at, byte) in record.bytes().enumerate().rev() {
        if byte == b'"' {
            run += 1;
            continue;
        }
        if run % 2 == 1 {
            break;
        }
        run = 0;
        place = at;
    }
    let after = record.get(place..).unwrap_or_default();
    let end = after.find('\n').map_or(record.len(), |end| place + end + 1);
    record.split_at_checked(end).unwrap_or((record, ""))
}

/// The separator that cuts the first records into the most constant number of cells, two at least. Between equals,
/// the one that cuts finer.
fn propose(text: &str) -> Separator {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or(text);
    let mut best = (Separator::Semicolon, (0, 0));
    for separator in Separator::ALL {
        let score = constancy(sample, separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

/// In thousandths, how many records have the most usual number of cells; and that number.
fn constancy(sample: &str, separator: Separator) -> (usize, usize) {
    let mut widths: Vec<usize> = Vec::new();
    let mut records = 0;
    let mut record = StringRecord::new();
    let mut reader = reader(sample, separator);
    while records < SAMPLE_RECORDS && reader.read_record(&mut record).unwrap_or(false) {
        records += 1;
        if record.len() >= 2 {
            widths.push(record.len());
        }
    }
    widths.sort_unstable();
    widths
        .chunk_by(|one, other| one == other)
        .map(|alike| {
            (
                alike.len() * 1000 / records,
                alike.first().copied().unwrap_or(0),
            )
        })
        .max()
        .unwrap_or((0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(text: &str) -> Delimited {
        read(text, &Choices::default()).unwrap()
    }

    fn lines(read: &Delimited) -> Vec<u64> {
        read.table.rows.iter().map(|row| row.line).collect()
    }

    #[test]
    fn a_glpi_export_is_read_as_it_is() {
        let export = "\"Nom\";\"Statut\";\"Fabricant\";\"Numéro de série\";\"Commentaires\";\r\n\
            \"PC-CDI-01\";\"En service\";\"Dell\";\"5CG1234\";\"Écran 24\"\" rayé\r\nà changer\";\r\n\
            \"PC-CDI-02\";\"\";\"HP\";\"\";\"\";\r\n";
        let read = table(export);
        assert_eq!(read.separator, Separator::Semicolon, "GLPI's own");
        assert_eq!(
            read.table.headings,
            [
                "Nom",
                "Statut",
                "Fabricant",
                "Numéro de série",
                "Commentaires"
            ],
            "the separator at the end of a line makes no column"
        );
        assert_eq!(
            lines(&read),
            [2, 4],
            "a line break inside quotes is a line of the file"
        );
        assert_eq!(
            read.table.rows[0].cells[4], "Écran 24\" rayé\nà changer",
            "a doubled quote is one, a line break stays"
        );
        assert!(read.refused.is_empty(), "nothing is refused");
    }

    #[test]
    fn the_separator_is_the_one_that_cuts_evenly() {
        let cases = [
            ("Nom;Prix\nA;1,5\nB;2,5\n", Separator::Semicolon),
            ("Name,Price\n\"A, B\",2\nC,3\n", Separator::Comma),
            ("Nom\tSalle\nA;x\tB1\nC\tB2\n", Separator::Tab),
            ("Nom|Salle\nA|B1\n", Separator::Pipe),
            ("Série\nS1\nS2\n", Separator::Semicolon),
        ];
        for (text, separator) in cases {
            assert_eq!(propose(text), separator, "{text:?} is cut evenly by it");
        }
        let read = read(
            "Nom;Prix\nA;1,5\n",
            &Choices {
                separator: Some(Separator::Comma),
                ..Choices::default()
            },
        );
        assert_eq!(
            read.unwrap().separator,
            Separator::Comma,
            "the person has the last word"
        );
    }

    #[test]
    fn blank_lines_and_every_line_end_are_counted() {
        for (end, name) in [("\n", "Unix"), ("\r\n", "Windows"), ("\r", "old Mac")] {
            let text = ["Nom;Salle", "", "A;1", "", "", "B;2"].join(end);
            assert_eq!(
                lines(&table(&text)),
                [3, 6],
                "an editor counts these lines of a {name} file the same"
            );
        }
    }

    #[test]
    fn a_quote_never_closed_loses_its_row_alone() {
        let read =
            table("Nom;Note;Salle\nA;bien;1\nB;\"écran 24;2\nC;dit \"\"oui\"\";3\nD;\"\";4\n");
        assert_eq!(
            lines(&read),
            [2, 4, 5],
            "the rows before and after it are there"
        );
        assert_eq!(
            read.refused,
            [Refusal {
                line: 3,
                column: None,
                reason: Reason::UnclosedQuote,
                origin: None,
                cells: vec!["B;\"écran 24;2".to_owned()],
            }],
            "its row is refused with its line and as it stands"
        );
    }

    #[test]
    fn a_file_cut_inside_quotes_loses_its_last_row_alone() {
        let read = table("Nom;Note\nA;\"un\ndeux\"\nB;\"tro");
        assert_eq!(lines(&read), [2], "the rows before the cut are whole");
        assert_eq!(read.refused[0].line, 4, "the cut row is told");
    }

    #[test]
    fn quotes_broken_on_every_line_take_no_more_time() {
        // Read again from each line in turn, this would be 10^10 steps.
        let text = format!("Nom;Note\n{}", "\"x\";\"y\n".repeat(100_001));
        let read = table(&text);
        let lines: Vec<u64> = read.refused.iter().map(|refusal| refusal.line).collect();
        assert_eq!(
            lines,
            [2],
            "one row runs to the end of the file, and it is told"
        );
    }

    /// A cell as it may be written between quotes, without anything that cleaning would take off.
    fn cell() -> impl Strategy<Value = String> {
        "[a-zé;,\"\t|\n ]{0,8}".prop_map(|text| crate::text::clean(&text))
    }

    proptest! {
        #[test]
        fn a_quoted_table_comes_back_cell_by_cell(
            rows in prop::collection::vec(prop::collection::vec(cell(), 3), 1..12),
        ) {
            let mut text = "Nom;Salle;Note\n".to_owned();
            let mut expected = Vec::new();
            let mut line = 2;
            for row in &rows {
                let quoted: Vec<String> = row
                    .iter()
                    .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                    .collect();
                text.push_str(&quoted.join(";"));
                text.push('\n');
                if row.iter().any(|cell| !cell.is_empty()) {
                    expected.push((line, row.clone()));
                }
                line += 1 + newlines(&row.concat());
            }
            let choices = Choices { separator: Some(Separator::Semicolon), ..Choices::default() };
            let read = read(&text, &choices).unwrap();
            let found: Vec<(u64, Vec<String>)> = read
                .table
                .rows
                .into_iter()
                .map(|row| (row.line, row.cells))
                .collect();
            prop_assert_eq!(found, expected, "every cell and its line");
            prop_assert!(read.refused.is_empty(), "nothing is refused");
        }

        #[test]
        fn no_text_breaks_the_equation(text in "[a;\"\n\r]{0,60}") {
            if let Ok(read) = read(&text, &Choices::default()) {
                let width = read.table.headings.len();
                let last = newlines(&text.replace('\r', "\n")) + 1;
                for row in &read.table.rows {
                    prop_assert_eq!(row.cells.len(), width, "padded to the headings");
                    prop_assert!(row.line <= last, "a line of the file");
                }
            }
        }
    }
}
