//! Excel's workbooks (.xlsx), one sheet at a time.
//!
//! Invariant: cells are taken one by one into a `Grid`, so that neither a sheet that claims a billion cells nor a
//! count of strings that is a lie takes any memory. Values are those last computed; formulas, styles and pictures
//! are left out. The library at hand for this reserves what a file announces and aborts the program on a lie, which
//! is why the few elements that matter are read here.

mod cells;

use std::collections::BTreeMap;

use crate::{
    Choices, Format, Measure, Reading, Unreadable,
    archive::Archive,
    dates::{self, Shape},
    limits,
    xml::{self, Node, Walk},
};

use cells::{Tag, keep};

struct Workbook {
    /// Name and part, hidden sheets last.
    sheets: Vec<(String, String)>,
    strings: Vec<String>,
    shapes: Vec<Shape>,
    from_1904: bool,
}

/// Where the workbook begins.
fn main_part(archive: &mut Archive<'_>) -> Result<String, Unreadable> {
    for relation in relations(archive, "", "_rels/.rels")? {
        if relation.kind == "officeDocument" {
            return Ok(relation.part);
        }
    }
    Ok("xl/workbook.xml".to_owned())
}

pub(crate) fn read(archive: &mut Archive<'_>, choices: &Choices) -> Result<Reading, Unreadable> {
    let workbook = open(archive)?;
    let names: Vec<String> = workbook
        .sheets
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let wanted: Vec<&(String, String)> = match &choices.sheet {
        Some(chosen) => vec![
            workbook
                .sheets
                .iter()
                .find(|(name, _)| name == chosen)
                .ok_or_else(|| Unreadable::NoSuchSheet(chosen.clone()))?,
        ],
        None => workbook.sheets.iter().collect(),
    };
    for (name, part) in wanted {
        let bytes = archive.named(part)?.ok_or(Unreadable::Truncated)?;
        let (text, _) = xml::decode(&bytes)?;
        match cells::sheet(&text, &workbook)?.finish(choices.headings_line) {
            // An empty « Feuil1 » before the sheet that matters is usual.
            Err(Unreadable::Empty) => {}
            Err(fault) => return Err(fault),
            Ok((headings_line, table, refused)) => {
                return Ok(Reading {
                    format: Format::Xlsx,
                    encoding: None,
                    separator: None,
                    sheets: names,
                    sheet: Some(name.clone()),
                    headings_line,
                    table,
                    refused,
                });
            }
        }
    }
    Err(Unreadable::Empty)
}

struct Relation {
    id: String,
    /// The last word of the relation's address: `worksheet`, `styles`, `sharedStrings`.
    kind: String,
    part: String,
}

/// What a part refers to. `folder` is where its targets start from, with its last `/`.
fn relations(
    archive: &mut Archive<'_>,
    folder: &str,
    part: &str,
) -> Result<Vec<Relation>, Unreadable> {
    let Some(bytes) = archive.named(part)? else {
        return Ok(Vec::new());
    };
    let (text, _) = xml::decode(&bytes)?;
    let mut walk = Walk::new(&text);
    let mut relations = Vec::new();
    loop {
        match walk.next()? {
            Node::Open(element) if element.local_name().as_ref() == "Relationship" => {
                let word = |name| {
                    xml::attribute(&element, name)
                        .unwrap_or_default()
                        .into_owned()
                };
                let target = word("Target");
                relations.push(Relation {
                    id: word("Id"),
                    kind: word("Type")
                        .rsplit('/')
                        .next()
                        .unwrap_or_default()
                        .to_owned(),
                    part: match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("{folder}{target}"),
                    },
                });
            }
            Node::End => return Ok(relations),
            _ => {}
        }
    }
}

fn open(archive: &mut Archive<'_>) -> Result<Workbook, Unreadable> {
    let main = main_part(archive)?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let folder = match folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let related = relations(archive, &folder, &format!("{folder}_rels/{file}.rels"))?;
    let mut workbook = Workbook {
        sheets: Vec::new(),
        strings: Vec::new(),
        shapes: Vec::new(),
        from_1904: false,
    };
    let bytes = archive.named(&main)?.ok_or(Unreadable::UnknownFormat)?;
    let (text, _) = xml::decode(&bytes)?;
    sheets(&text, &related, &mut workbook)?;
    for Relation { kind, part, .. } in &related {
        let shared = kind == "sharedStrings";
        if shared || kind == "styles" {
            let Some(bytes) = archive.named(part)? else {
                continue;
            };
            let (text, _) = xml::decode(&bytes)?;
            match shared {
                true => workbook.strings = strings(&text)?,
                false => workbook.shapes = shapes(&text)?,
            }
        }
    }
    Ok(workbook)
}

fn sheets(text: &str, related: &[Relation], workbook: &mut Workbook) -> Result<(), Unreadable> {
    let parts: BTreeMap<&str, &str> = related
        .iter()
        .filter(|relation| relation.kind == "worksheet")
        .map(|relation| (relation.id.as_str(), relation.part.as_str()))
        .collect();
    let mut hidden = Vec::new();
    let mut walk = Walk::new(text);
    loop {
        match walk.next()? {
            Node::Open(element) => match element.local_name().as_ref() {
                "workbookPr" => {
                    let epoch = xml::attribute(&element, "date1904");
                    workbook.from_1904 = matches!(epoch.as_deref(), Some("1" | "true"));
                }
                "sheet" => {
                    let word = |name| xml::attribute(&element, name).unwrap_or_default();
                    // A chart or a macro sheet has no worksheet behind it.
                    if let Some(part) = parts.get(word("id").as_ref()) {
                        let sheet = (word("name").into_owned(), (*part).to_owned());
                        match word("state").as_ref() {
                            "hidden" | "veryHidden" => hidden.push(sheet),
                            _ => workbook.sheets.push(sheet),
                        }
                    }
                }
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    workbook.sheets.append(&mut hidden);
    if workbook.sheets.len() > limits::SHEETS {
        return Err(Unreadable::TooLarge {
            what: Measure::Sheets,
            most: limits::SHEETS as u64,
        });
    }
    Ok(())
}

/// The texts that cells refer to by their rank. Phonetic guides (`rPh`) are not of the text.
fn strings(text: &str) -> Result<Vec<String>, Unreadable> {
    let mut walk = Walk::new(text);
    let mut strings = Vec::new();
    let mut open: Vec<Tag> = Vec::new();
    let mut current = String::new();
    loop {
        match walk.next()? {
            Node::Open(element) => {
                if element.local_name().as_ref() == "si" {
                    current.clear();
                }
                open.push(Tag::of(element.local_name().as_ref()));
            }
            Node::Text(text)
                if open.last() == Some(&Tag::Text) && !open.contains(&Tag::Phonetic) =>
            {
                keep(&mut current, &text);
            }
            Node::Close => {
                if open.pop() == Some(Tag::Shared) {
                    if strings.len() >= limits::CELLS {
                        return Err(Unreadable::TooLarge {
                            what: Measure::Cells,
                            most: limits::CELLS as u64,
                        });
                    }
                    strings.push(std::mem::take(&mut current));
                }
            }
            Node::Text(_) => {}
            Node::End => return Ok(strings),
        }
    }
}

/// What the number formats of the cells' styles make of numbers, in the order of the styles.
fn shapes(text: &str) -> Result<Vec<Shape>, Unreadable> {
    let mut walk = Walk::new(text);
    let mut own: BTreeMap<u32, Shape> = BTreeMap::new();
    let mut shapes = Vec::new();
    let mut in_cells = false;
    loop {
        match walk.next()? {
            Node::Open(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = xml::attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                    let format = xml::attribute(&element, "formatCode");
                    if let (Some(id), Some(format)) = (id, format) {
                        own.insert(id, dates::shape(&format));
                    }
                }
                "cellXfs" => in_cells = true,
                "cellStyleXfs" | "cellStyles" | "dxfs" => in_cells = false,
                "xf" if in_cells => {
                    let id: u32 = xml::attribute(&element, "numFmtId")
                        .and_then(|id| id.parse().ok())
                        .unwrap_or(0);
                    let shape = own.get(&id).copied();
                    shapes.push(shape.unwrap_or_else(|| dates::builtin(id)));
                }
                _ => {}
            },
            Node::End => return Ok(shapes),
            _ => {}
        }
    }
}
