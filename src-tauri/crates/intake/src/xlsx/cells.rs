//! The cells of one sheet, taken as they come.
//!
//! Invariant: a cell without a place stands after the one before it, and a row without a number below the one before;
//! a place that is a lie costs no more than one cell.

use std::borrow::Cow;

use super::Workbook;
use crate::{
    Unreadable,
    dates::{self, Shape},
    grid::{Cells, Grid},
    limits,
    xml::{self, Node, Walk},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Shared,
    Row,
    Cell,
    Value,
    Inline,
    Text,
    Phonetic,
    Other,
}

impl Tag {
    pub fn of(name: &str) -> Self {
        match name {
            "si" => Tag::Shared,
            "row" => Tag::Row,
            "c" => Tag::Cell,
            "v" => Tag::Value,
            "is" => Tag::Inline,
            "t" => Tag::Text,
            "rPh" => Tag::Phonetic,
            _ => Tag::Other,
        }
    }
}

/// A cell under way.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: Option<usize>,
    text: String,
}

pub(super) fn sheet(text: &str, workbook: &Workbook) -> Result<Grid, Unreadable> {
    let mut grid = Grid::default();
    let mut walk = Walk::new(text);
    let mut open: Vec<Tag> = Vec::new();
    let mut line = 0_u64;
    let mut next_column = 0_usize;
    let mut cells = Cells::default();
    let mut cell = Cell::default();
    loop {
        match walk.next()? {
            Node::Open(element) => {
                let tag = Tag::of(element.local_name().as_ref());
                match tag {
                    Tag::Row => {
                        let given = xml::attribute(&element, "r").and_then(|r| r.parse().ok());
                        line = given.unwrap_or(line.saturating_add(1));
                        next_column = 0;
                        cells = Cells::default();
                    }
                    Tag::Cell => {
                        let place = xml::attribute(&element, "r").and_then(|r| column(&r));
                        cell = Cell {
                            column: place.unwrap_or(next_column),
                            kind: xml::attribute(&element, "t")
                                .unwrap_or_default()
                                .into_owned(),
                            style: xml::attribute(&element, "s").and_then(|s| s.parse().ok()),
                            text: String::new(),
                        };
                        next_column = cell.column.saturating_add(1);
                    }
                    _ => {}
                }
                open.push(tag);
            }
            Node::Text(text) => {
                let own = match open.last() {
                    Some(Tag::Value) => true,
                    Some(Tag::Text) => {
                        open.contains(&Tag::Inline) && !open.contains(&Tag::Phonetic)
                    }
                    _ => false,
                };
                if own {
                    keep(&mut cell.text, &text);
                }
            }
            Node::Close => match open.pop() {
                Some(Tag::Cell) => {
                    let shown = shown(&cell, workbook);
                    cells.set(cell.column, &shown);
                }
                Some(Tag::Row) => grid.push(line, std::mem::take(&mut cells))?,
                _ => {}
            },
            Node::End => return Ok(grid),
        }
    }
}

/// Adds to a text until it is longer than any cell may be; one byte more is enough for it to be refused.
pub(super) fn keep(text: &mut String, more: &str) {
    if text.len() <= limits::CELL_BYTES {
        text.push_str(more);
    }
}

fn shown<'c>(cell: &'c Cell, workbook: &'c Workbook) -> Cow<'c, str> {
    let raw = cell.text.as_str();
    match cell.kind.as_str() {
        "s" => {
            let rank: Option<usize> = raw.trim().parse().ok();
            let text = rank.and_then(|rank| workbook.strings.get(rank));
            text.map(String::as_str).unwrap_or_default().into()
        }
        "b" => match raw.trim() {
            "" => "".into(),
            "1" | "true" => "oui".into(),
            _ => "non".into(),
        },
        "d" => dates::iso(raw).into(),
        "" | "n" => {
            let Ok(value) = raw.trim().parse::<f64>() else {
                return raw.into();
            };
            let shape = cell
                .style
                .and_then(|style| workbook.shapes.get(style))
                .copied();
            shape
                .filter(|shape| *shape != Shape::Number)
                .and_then(|shape| dates::serial(value, shape, workbook.from_1904))
                .unwrap_or_else(|| dates::number(value))
                .into()
        }
        // Texts, results of formulas and errors (#N/A) as they are shown.
        _ => raw.into(),
    }
}

/// The column of a cell's name, from 0: `C12` is 2. `None` when it is no name.
fn column(name: &str) -> Option<usize> {
    let mut column = 0_usize;
    for letter in name.bytes().take_while(u8::is_ascii_alphabetic) {
        let rank = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(rank)?;
    }
    column.checked_sub(1)
}
