//! OpenDocument spreadsheets (.ods), as LibreOffice writes them.
//!
//! Invariant: the document is walked once, whatever its sheets; a row or a cell that is repeated is written out only
//! while it stays within `limits`, and a million empty rows, which every such file ends with, cost nothing. Values
//! are those last computed; notes and drawings are left out.

use std::collections::BTreeSet;

use quick_xml::events::BytesStart;

use crate::{
    Choices, Format, Measure, Reading, Unreadable,
    archive::Archive,
    dates,
    grid::{Cells, Grid},
    limits,
    xml::{self, Node, Walk},
};

pub(crate) fn read(archive: &mut Archive<'_>, choices: &Choices) -> Result<Reading, Unreadable> {
    if let Some(manifest) = archive.named("META-INF/manifest.xml")? {
        let (manifest, _) = xml::decode(&manifest)?;
        if manifest.contains("encryption-data") {
            return Err(Unreadable::Encrypted);
        }
    }
    // A letter or a drawing has the same parts, and may have tables too.
    if let Some(kind) = archive.named("mimetype")?
        && !String::from_utf8_lossy(&kind).contains("spreadsheet")
    {
        return Err(Unreadable::UnknownFormat);
    }
    let bytes = archive.named("content.xml")?.ok_or(Unreadable::Truncated)?;
    let (text, _) = xml::decode(&bytes)?;
    let (sheets, found) = walk_sheets(&text, choices.sheet.as_deref())?;
    let (sheet, grid) = match (found, &choices.sheet) {
        (Some(found), _) => found,
        (None, Some(chosen)) => return Err(Unreadable::NoSuchSheet(chosen.clone())),
        (None, None) => return Err(Unreadable::Empty),
    };
    let (headings_line, table, refused) = grid.finish(choices.headings_line)?;
    Ok(Reading {
        format: Format::Ods,
        encoding: None,
        separator: None,
        sheets,
        sheet: Some(sheet),
        headings_line,
        table,
        refused,
    })
}

type Found = Option<(String, Grid)>;

/// The sheets' names, hidden ones last; and the sheet chosen, or the first that is not empty.
fn walk_sheets(text: &str, chosen: Option<&str>) -> Result<(Vec<String>, Found), Unreadable> {
    let mut walk = Walk::new(text);
    let mut hidden_styles = BTreeSet::new();
    let mut style = String::new();
    // Shown sheets first, then hidden ones.
    let mut names = [Vec::new(), Vec::new()];
    let mut found: [Found; 2] = [None, None];
    loop {
        let element = match walk.next()? {
            Node::Open(element) => element,
            Node::End => break,
            Node::Text(_) | Node::Close => continue,
        };
        let word = |name| xml::attribute(&element, name).unwrap_or_default();
        match element.name().as_ref() {
            "style:style" => style = word("name").into_owned(),
            "style:table-properties" if word("display") == "false" => {
                hidden_styles.insert(style.clone());
            }
            "table:table" => {
                let name = word("name").into_owned();
                let hidden = hidden_styles.contains(word("style-name").as_ref());
                let [shown_names, hidden_names] = &mut names;
                let [shown_found, hidden_found] = &mut found;
                let (names, found) = match hidden {
                    false => (shown_names, shown_found),
                    true => (hidden_names, hidden_found),
                };
                if names.len() >= limits::SHEETS {
                    return Err(Unreadable::TooLarge {
                        what: Measure::Sheets,
                        most: limits::SHEETS as u64,
                    });
                }
                let wanted = chosen.is_none_or(|chosen| chosen == name);
                if found.is_none() && wanted {
                    let grid = sheet(&mut walk)?;
                    if chosen.is_some() || !grid.is_empty() {
                        *found = Some((name.clone(), grid));
                    }
                } else {
                    skip(&mut walk)?;
                }
                names.push(name);
            }
            _ => {}
        }
    }
    let [mut shown, mut hidden] = names;
    shown.append(&mut hidden);
    let [first, second] = found;
    Ok((shown, first.or(second)))
}

/// Walks past the element just opened.
fn skip(walk: &mut Walk<'_>) -> Result<(), Unreadable> {
    let mut open = 1_usize;
    while open > 0 {
        match walk.next()? {
            Node::Open(_) => open += 1,
            Node::Close => open -= 1,
            Node::End => break,
            Node::Text(_) => {}
        }
    }
    Ok(())
}

/// The rows of the table just opened, whatever groups they stand in.
fn sheet(walk: &mut Walk<'_>) -> Result<Grid, Unreadable> {
    let mut grid = Grid::default();
    let mut open = 1_usize;
    let mut line = 1_u64;
    while open > 0 {
        match walk.next()? {
            Node::Open(element) => match element.name().as_ref() {
                "table:table-row" => {
                    let times = repeated(&element, "number-rows-repeated");
                    let cells = row(walk)?;
                    if cells.is_empty() {
                        line = line.saturating_add(times);
                        continue;
                    }
                    for _ in 0..times {
                        grid.push(line, cells.clone())?;
                        line = line.saturating_add(1);
                    }
                }
                // A table inside a cell or a chart's own data is no row of this sheet.
                "table:table" | "table:shapes" => skip(walk)?,
                _ => open += 1,
            },
            Node::Close => open -= 1,
            Node::End => break,
            Node::Text(_) => {}
        }
    }
    Ok(grid)
}

fn repeated(element: &BytesStart<'_>, name: &str) -> u64 {
    let times = xml::attribute(element, name).and_then(|times| times.trim().parse().ok());
    times.unwrap_or(1)
}

/// The cells of the row just opened.
fn row(walk: &mut Walk<'_>) -> Result<Cells, Unreadable> {
    let mut cells = Cells::default();
    let mut place = 0_usize;
    let mut open = 1_usize;
    while open > 0 {
        match walk.next()? {
            Node::Open(element) => match element.name().as_ref() {
                "table:table-cell" | "table:covered-table-cell" => {
                    let times = repeated(&element, "number-columns-repeated");
                    let times = usize::try_from(times).unwrap_or(usize::MAX);
                    let text = paragraphs(walk)?;
                    let shown = shown(&element, text);
                    let end = place.saturating_add(times);
                    if !shown.is_empty() {
                        // Past the columns that are held, only the last one counts: it makes the row too wide.
                        for column in place..end.min(limits::COLUMNS) {
                            cells.set(column, &shown);
                        }
                        if end > limits::COLUMNS {
                            cells.set(end - 1, &shown);
                        }
                    }
                    place = end;
                }
                _ => open += 1,
            },
            Node::Close => open -= 1,
            Node::End => break,
            Node::Text(_) => {}
        }
    }
    Ok(cells)
}

/// The text of the cell just opened, a line for each paragraph, without its notes and drawings.
fn paragraphs(walk: &mut Walk<'_>) -> Result<String, Unreadable> {
    let mut text = String::new();
    let mut open = 1_usize;
    let mut inside = 0_usize;
    while open > 0 {
        match walk.next()? {
            Node::Open(element) => {
                let name = element.name();
                let name: &str = name.as_ref();
                if name == "office:annotation" || name.starts_with("draw:") {
                    skip(walk)?;
                    continue;
                }
                open += 1;
                match name {
                    "text:p" => {
                        if inside == 0 && !text.is_empty() {
                            text.push('\n');
                        }
                        inside = inside.max(open);
                    }
                    "text:s" => {
                        let blanks = xml::attribute(&element, "c").and_then(|c| c.parse().ok());
                        let blanks: usize = blanks.unwrap_or(1);
                        text.extend(std::iter::repeat_n(' ', blanks.min(80)));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                }
            }
            Node::Close => {
                if open == inside {
                    inside = 0;
                }
                open -= 1;
            }
            // Blanks between paragraphs are the layout of the file, not of the cell.
            Node::Text(more) if inside > 0 => {
                if text.len() <= limits::CELL_BYTES {
                    text.push_str(&more);
                }
            }
            Node::Text(_) => {}
            Node::End => break,
        }
    }
    Ok(text)
}

fn shown(element: &BytesStart<'_>, text: String) -> String {
    let word = |name| xml::attribute(element, name);
    let number = |value: std::borrow::Cow<'_, str>| value.trim().parse::<f64>().ok();
    let shown = match word("value-type").as_deref() {
        Some("float" | "currency" | "percentage") => {
            word("value").and_then(number).map(dates::number)
        }
        Some("date") => word("date-value").map(|date| dates::iso(&date)),
        Some("boolean") => word("boolean-value").map(|value| match value.as_ref() {
            "true" => "oui".to_owned(),
            _ => "non".to_owned(),
        }),
        Some("string") => word("string-value").map(|value| value.into_owned()),
        _ => None,
    };
    shown.unwrap_or(text)
}
