//! Rows as they come out of a file, before and after their headings are known.
//!
//! Invariant: what is held stays within `limits`, and `finish` gives rows of exactly as many cells as there are
//! headings. Rows whose cells are all empty are not rows. Titles above the headings are not data and are left out.

use std::collections::BTreeSet;

use crate::{Measure, Reason, Refusal, Row, Sheet, Unreadable, limits, text::clean};

/// One row, cell by cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    cells: Vec<String>,
    /// One more than the place of the last cell that is not empty, wherever it is.
    width: usize,
    too_long: Option<usize>,
}

impl Cells {
    pub fn is_empty(&self) -> bool {
        self.width == 0
    }

    /// Sets a cell; those before it that were not set are empty.
    pub fn set(&mut self, place: usize, text: &str) {
        let text = if text.len() > limits::CELL_BYTES {
            self.too_long.get_or_insert(place);
            "…".to_owned()
        } else {
            clean(text)
        };
        if text.is_empty() {
            return;
        }
        self.width = self.width.max(place.saturating_add(1));
        if place >= limits::COLUMNS {
            return;
        }
        if self.cells.len() <= place {
            self.cells.resize(place + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(place) {
            *cell = text;
        }
    }
}

struct Raw {
    line: u64,
    cells: Cells,
}

#[derive(Default)]
pub(crate) struct Grid {
    rows: Vec<Raw>,
    cells: usize,
    bytes: usize,
    /// Rows that could not even be cut into cells.
    broken: Vec<(u64, Reason, String)>,
}

impl Grid {
    pub fn push(&mut self, line: u64, cells: Cells) -> Result<(), Unreadable> {
        if cells.is_empty() {
            return Ok(());
        }
        self.room()?;
        self.cells += cells.cells.len();
        if self.cells > limits::CELLS {
            return Err(Unreadable::TooLarge {
                what: Measure::Cells,
                most: limits::CELLS as u64,
            });
        }
        self.bytes += cells.cells.iter().map(String::len).sum::<usize>();
        if self.bytes > limits::TABLE_BYTES {
            return Err(Unreadable::TooLarge {
                what: Measure::UnpackedBytes,
                most: limits::TABLE_BYTES as u64,
            });
        }
        self.rows.push(Raw { line, cells });
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.broken.is_empty()
    }

    /// A row that cannot be cut into cells; `text` is how it begins.
    pub fn refuse(&mut self, line: u64, reason: Reason, text: &str) -> Result<(), Unreadable> {
        self.room()?;
        self.broken.push((line, reason, clean(text)));
        Ok(())
    }

    fn room(&self) -> Result<(), Unreadable> {
        if self.rows.len() + self.broken.len() > limits::ROWS {
            return Err(Unreadable::TooManyRows {
                most: limits::ROWS as u64,
            });
        }
        Ok(())
    }

    /// The line of the headings, the table and the rows refused, in the order of the file.
    pub fn finish(mut self, chosen: Option<u64>) -> Result<(u64, Sheet, Vec<Refusal>), Unreadable> {
        let place = match chosen {
            Some(line) => self
                .rows
                .iter()
                .position(|row| row.line >= line)
                .ok_or(Unreadable::NoSuchLine(line))?,
            None => self
                .rows
                .iter()
                .position(|row| row.cells.cells.iter().filter(|cell| is_text(cell)).count() >= 2)
                .unwrap_or(0),
        };
        let mut rows = self.rows.drain(place.min(self.rows.len())..);
        let Some(head) = rows.next() else {
            return Err(match self.broken.is_empty() {
                true => Unreadable::Empty,
                false => Unreadable::NotATable,
            });
        };
        if head.cells.width > limits::COLUMNS {
            return Err(Unreadable::TooLarge {
                what: Measure::Columns,
                most: limits::COLUMNS as u64,
            });
        }
        if head.cells.too_long.is_some() {
            return Err(Unreadable::NotATable);
        }
        let headings = distinct(head.cells.cells);
        if headings.len().saturating_mul(rows.len()) > limits::CELLS {
            return Err(Unreadable::TooLarge {
                what: Measure::Cells,
                most: limits::CELLS as u64,
            });
        }
        let mut kept = Vec::with_capacity(rows.len());
        let mut refused: Vec<Refusal> = Vec::new();
        for Raw { line, cells } in rows {
            let fault = if cells.width > headings.len() {
                Some((
                    None,
                    Reason::TooManyCells {
                        found: cells.width,
                        headings: headings.len(),
                    },
                ))
            } else {
                cells
                    .too_long
                    .map(|place| (headings.get(place).cloned(), Reason::CellTooLong))
            };
            match fault {
                Some((column, reason)) => refused.push(Refusal {
                    line,
                    column,
                    reason,
                    origin: None,
                    cells: cells.cells,
                }),
                None => {
                    let mut cells = cells.cells;
                    cells.resize(headings.len(), String::new());
                    kept.push(Row {
                        line,
                        cells,
                        origin: None,
                    });
                }
            }
        }
        refused.extend(self.broken.into_iter().map(|(line, reason, text)| Refusal {
            line,
            column: None,
            reason,
            origin: None,
            cells: vec![text],
        }));
        refused.sort_by_key(|refusal| refusal.line);
        let sheet = Sheet {
            headings,
            rows: kept,
        };
        Ok((head.line, sheet, refused))
    }
}

/// Words, not a figure or a date: what a heading is made of.
fn is_text(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic)
}

/// One name for each column and never twice the same, on one line.
fn distinct(cells: Vec<String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut headings = Vec::with_capacity(cells.len());
    for (place, cell) in cells.iter().enumerate() {
        let mut name = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            name = format!("Colonne {}", place + 1);
        }
        let mut heading = name.clone();
        let mut copy = 2;
        while !taken.insert(heading.clone()) {
            heading = format!("{name} ({copy})");
            copy += 1;
        }
        headings.push(heading);
    }
    headings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Cells {
        let mut cells = Cells::default();
        for (place, text) in texts.iter().enumerate() {
            cells.set(place, text);
        }
        cells
    }

    fn grid(rows: &[(u64, &[&str])]) -> Grid {
        let mut grid = Grid::default();
        for (line, texts) in rows {
            grid.push(*line, cells(texts)).unwrap();
        }
        grid
    }

    #[test]
    fn a_title_above_the_headings_is_passed_over() {
        let rows: &[(u64, &[&str])] = &[
            (1, &["Inventaire au 01/09/2026"]),
            (2, &["", ""]),
            (3, &["Nom", "", "Nom", "N° de\nsérie", ""]),
            (4, &["PC-1", "x"]),
            (5, &["", " ", "\t"]),
            (6, &["PC-2", "", "", "S2", "", "", "trop"]),
        ];
        let (line, sheet, refused) = grid(rows).finish(None).unwrap();
        assert_eq!(line, 3, "the first row of two words or more");
        assert_eq!(
            sheet.headings,
            ["Nom", "Colonne 2", "Nom (2)", "N° de série"],
            "each column has a name of its own"
        );
        assert_eq!(sheet.rows.len(), 1, "an empty row is no row");
        assert_eq!(
            sheet.rows[0].cells,
            ["PC-1", "x", "", ""],
            "a short row is padded"
        );
        assert_eq!(
            refused,
            [Refusal {
                line: 6,
                column: None,
                reason: Reason::TooManyCells {
                    found: 7,
                    headings: 4
                },
                origin: None,
                cells: ["PC-2", "", "", "S2", "", "", "trop"]
                    .map(str::to_owned)
                    .to_vec(),
            }],
            "a row that is too long is refused, with its line and what to mend"
        );
    }

    #[test]
    fn the_person_may_say_where_the_headings_are() {
        let rows: &[(u64, &[&str])] = &[(1, &["Collège", "Cité"]), (4, &["1", "2"]), (5, &["a"])];
        let (line, sheet, _) = grid(rows).finish(Some(2)).unwrap();
        assert_eq!(line, 4, "the first row at or after the line chosen");
        assert_eq!(sheet.headings, ["1", "2"], "even when it is figures");
        assert_eq!(
            grid(rows).finish(Some(9)).err(),
            Some(Unreadable::NoSuchLine(9)),
            "past the end there is nothing"
        );
    }

    #[test]
    fn one_column_is_a_table_and_nothing_is_not() {
        let (_, sheet, _) = grid(&[(1, &["Série"]), (2, &["S1"])]).finish(None).unwrap();
        assert_eq!(sheet.rows.len(), 1, "a list of serial numbers is usual");
        assert_eq!(
            Grid::default().finish(None).err(),
            Some(Unreadable::Empty),
            "no row at all"
        );
    }

    #[test]
    fn a_cell_too_long_is_refused_with_its_heading() {
        let long = "x".repeat(limits::CELL_BYTES + 1);
        let (_, sheet, refused) = grid(&[(1, &["Nom", "Note"]), (2, &["PC", &long])])
            .finish(None)
            .unwrap();
        assert!(sheet.rows.is_empty(), "the row is not cut short in silence");
        assert_eq!(
            (refused[0].column.as_deref(), refused[0].reason),
            (Some("Note"), Reason::CellTooLong),
            "the column at fault is named"
        );
    }

    #[test]
    fn padding_stops_before_it_fills_the_memory() {
        let mut wide = Cells::default();
        for place in 0..limits::COLUMNS {
            wide.set(place, "x");
        }
        let mut grid = Grid::default();
        grid.push(1, wide).unwrap();
        for line in 0..20_000 {
            grid.push(line + 2, cells(&["y"])).unwrap();
        }
        assert_eq!(
            grid.finish(Some(1)).err(),
            Some(Unreadable::TooLarge {
                what: Measure::Cells,
                most: limits::CELLS as u64
            }),
            "small on disk, ten million cells in memory"
        );
    }
}
