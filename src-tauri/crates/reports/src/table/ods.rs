//! ODS (OpenDocument 1.3) for LibreOffice: the same sheets as in XLSX, with the parts a spreadsheet needs and no more.
//!
//! Written by hand over a ZIP and an XML writer: the crates that hold the whole format are far heavier than four files.

use std::io::{Cursor, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Cell, Table, TableFormat, columns, decimal, held, sheet_names, widths};
use crate::Error;

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

const NAMESPACES: [(&str, &str); 8] = [
    (
        "xmlns:office",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    ),
    (
        "xmlns:table",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    ),
    (
        "xmlns:text",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    ),
    (
        "xmlns:style",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    ),
    (
        "xmlns:number",
        "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    ),
    (
        "xmlns:config",
        "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    ),
    (
        "xmlns:fo",
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    ),
    ("office:version", "1.3"),
];

pub(super) fn write(tables: &[Table]) -> Result<Vec<u8>, Error> {
    let names = sheet_names(tables);
    let parts = || -> std::io::Result<[(&'static str, Vec<u8>); 3]> {
        Ok([
            ("content.xml", content(tables, &names)?),
            ("settings.xml", settings(&names)?),
            ("META-INF/manifest.xml", manifest()?),
        ])
    };
    let parts = parts().map_err(|error| Error::Table(error.to_string()))?;
    zipped(&parts).map_err(|error| Error::Table(error.to_string()))
}

/// The media type stands first and uncompressed, where a reader of the first bytes finds it.
fn zipped(parts: &[(&str, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    // Without a date of its own the library may write the hour it is.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(
        "mimetype",
        options.compression_method(CompressionMethod::Stored),
    )?;
    zip.write_all(TableFormat::Ods.media_type().as_bytes())?;
    for (name, bytes) in parts {
        zip.start_file(
            *name,
            options.compression_method(CompressionMethod::Deflated),
        )?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content(tables: &[Table], names: &[String]) -> std::io::Result<Vec<u8>> {
    let mut xml = document()?;
    within(&mut xml, "office:document-content", &NAMESPACES, |xml| {
        within(xml, "office:automatic-styles", &[], |xml| {
            styles(xml, tables)
        })?;
        within(xml, "office:body", &[], |xml| {
            within(xml, "office:spreadsheet", &[], |xml| {
                for (index, (table, name)) in tables.iter().zip(names).enumerate() {
                    sheet(xml, table, name, index)?;
                }
                within(xml, "table:database-ranges", &[], |xml| {
                    for (index, (table, name)) in tables.iter().zip(names).enumerate() {
                        filter(xml, table, name, index)?;
                    }
                    Ok(())
                })
            })
        })
    })?;
    Ok(xml.into_inner())
}

fn styles(xml: &mut Xml, tables: &[Table]) -> Written {
    let part = |xml: &mut Xml, style: &str| {
        empty(xml, &format!("number:{style}"), &[("number:style", "long")])
    };
    within(xml, "number:date-style", &[("style:name", "day")], |xml| {
        part(xml, "day")?;
        within(xml, "number:text", &[], |xml| text(xml, "/"))?;
        part(xml, "month")?;
        within(xml, "number:text", &[], |xml| text(xml, "/"))?;
        part(xml, "year")
    })?;
    within(
        xml,
        "number:currency-style",
        &[("style:name", "amount")],
        |xml| {
            empty(
                xml,
                "number:number",
                &[
                    ("number:decimal-places", "2"),
                    ("number:min-decimal-places", "2"),
                    ("number:min-integer-digits", "1"),
                    ("number:grouping", "true"),
                ],
            )?;
            within(xml, "number:text", &[], |xml| text(xml, "\u{a0}"))?;
            let french = [("number:language", "fr"), ("number:country", "FR")];
            within(xml, "number:currency-symbol", &french, |xml| text(xml, "€"))
        },
    )?;
    for (name, data) in [("Day", "day"), ("Amount", "amount")] {
        let attributes = [
            ("style:name", name),
            ("style:family", "table-cell"),
            ("style:data-style-name", data),
        ];
        empty(xml, "style:style", &attributes)?;
    }
    let heading = [("style:name", "Heading"), ("style:family", "table-cell")];
    within(xml, "style:style", &heading, |xml| {
        empty(xml, "style:text-properties", &[("fo:font-weight", "bold")])
    })?;
    for (sheet, table) in tables.iter().enumerate() {
        for (column, width) in widths(table).into_iter().enumerate() {
            let name = format!("c{sheet}-{column}");
            let attributes = [
                ("style:name", name.as_str()),
                ("style:family", "table-column"),
            ];
            // About 2.1 mm a character at the usual size.
            let width = format!("{:.1}mm", width as f64 * 2.1 + 3.0);
            within(xml, "style:style", &attributes, |xml| {
                empty(
                    xml,
                    "style:table-column-properties",
                    &[("style:column-width", width.as_str())],
                )
            })?;
        }
    }
    Ok(())
}

fn sheet(xml: &mut Xml, table: &Table, name: &str, index: usize) -> Written {
    within(xml, "table:table", &[("table:name", name)], |xml| {
        for column in 0..columns(table) {
            let style = format!("c{index}-{column}");
            empty(
                xml,
                "table:table-column",
                &[("table:style-name", style.as_str())],
            )?;
        }
        within(xml, "table:table-header-rows", &[], |xml| {
            within(xml, "table:table-row", &[], |xml| {
                // A row without a cell is not allowed.
                if columns(table) == 0 {
                    empty(xml, "table:table-cell", &[])?;
                }
                for heading in &table.headings {
                    text_cell(xml, heading, Some("Heading"))?;
                }
                Ok(())
            })
        })?;
        for row in &table.rows {
            within(xml, "table:table-row", &[], |xml| {
                if row.is_empty() {
                    empty(xml, "table:table-cell", &[])?;
                }
                row.iter().try_for_each(|value| cell(xml, value))
            })?;
        }
        Ok(())
    })
}

fn cell(xml: &mut Xml, cell: &Cell) -> Written {
    let typed = |xml: &mut Xml, attributes: &[(&str, &str)], shown: &str| {
        within(xml, "table:table-cell", attributes, |xml| {
            within(xml, "text:p", &[], |xml| text(xml, shown))
        })
    };
    match cell {
        Cell::Text(value) if held(value).is_empty() => empty(xml, "table:table-cell", &[]),
        Cell::Text(value) => text_cell(xml, value, None),
        Cell::Number(number) if number.is_finite() => {
            let number = number.to_string();
            let attributes = [("office:value-type", "float"), ("office:value", &number)];
            typed(xml, &attributes, &number.replace('.', ","))
        }
        Cell::Cents(cents) => {
            let value = decimal(*cents, '.');
            let attributes = [
                ("table:style-name", "Amount"),
                ("office:value-type", "currency"),
                ("office:currency", "EUR"),
                ("office:value", &value),
            ];
            typed(
                xml,
                &attributes,
                &format!("{}\u{a0}€", decimal(*cents, ',')),
            )
        }
        Cell::Date(day) => {
            let value = day.format("%Y-%m-%d").to_string();
            let attributes = [
                ("table:style-name", "Day"),
                ("office:value-type", "date"),
                ("office:date-value", &value),
            ];
            typed(xml, &attributes, &day.format("%d/%m/%Y").to_string())
        }
        Cell::Number(_) | Cell::Empty => empty(xml, "table:table-cell", &[]),
    }
}

/// A line is a paragraph; spaces that XML would fold are elements.
fn text_cell(xml: &mut Xml, value: &str, style: Option<&str>) -> Written {
    let mut attributes = vec![("office:value-type", "string")];
    attributes.extend(style.map(|style| ("table:style-name", style)));
    within(xml, "table:table-cell", &attributes, |xml| {
        for line in held(value).split('\n') {
            within(xml, "text:p", &[], |xml| spaced(xml, line))?;
        }
        Ok(())
    })
}

fn spaced(xml: &mut Xml, line: &str) -> Written {
    let mut plain = String::new();
    let flush = |xml: &mut Xml, plain: &mut String| {
        let done = text(xml, plain);
        plain.clear();
        done
    };
    let mut chars = line.chars().peekable();
    let mut after_space = true;
    while let Some(char) = chars.next() {
        match char {
            '\t' => {
                flush(xml, &mut plain)?;
                empty(xml, "text:tab", &[])?;
            }
            // One space between two other characters is itself; any other is named.
            ' ' if after_space || matches!(chars.peek(), None | Some(' ' | '\t')) => {
                flush(xml, &mut plain)?;
                empty(xml, "text:s", &[("text:c", "1")])?;
            }
            _ => plain.push(char),
        }
        after_space = matches!(char, ' ' | '\t');
    }
    flush(xml, &mut plain)
}

/// A filter's buttons on the headings.
fn filter(xml: &mut Xml, table: &Table, name: &str, index: usize) -> Written {
    let Some(last) = columns(table).checked_sub(1) else {
        return Ok(());
    };
    let quoted = name.replace('\'', "''");
    let address = format!(
        "'{quoted}'.A1:'{quoted}'.{}{}",
        letters(last),
        table.rows.len() + 1
    );
    empty(
        xml,
        "table:database-range",
        &[
            ("table:name", &format!("__Anonymous_Sheet_DB__{index}")),
            ("table:target-range-address", &address),
            ("table:display-filter-buttons", "true"),
        ],
    )
}

/// The letters of a column: A, Z, AA.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// LibreOffice keeps the frozen heading among the view's settings.
fn settings(names: &[String]) -> std::io::Result<Vec<u8>> {
    let item = |xml: &mut Xml, name: &str, kind: &str, value: &str| {
        let attributes = [("config:name", name), ("config:type", kind)];
        within(xml, "config:config-item", &attributes, |xml| {
            text(xml, value)
        })
    };
    let mut xml = document()?;
    within(&mut xml, "office:document-settings", &NAMESPACES, |xml| {
        within(xml, "office:settings", &[], |xml| {
            let set = [("config:name", "ooo:view-settings")];
            within(xml, "config:config-item-set", &set, |xml| {
                let views = [("config:name", "Views")];
                within(xml, "config:config-item-map-indexed", &views, |xml| {
                    within(xml, "config:config-item-map-entry", &[], |xml| {
                        item(xml, "ViewId", "string", "view1")?;
                        let sheets = [("config:name", "Tables")];
                        within(xml, "config:config-item-map-named", &sheets, |xml| {
                            for name in names {
                                let entry = [("config:name", name.as_str())];
                                within(xml, "config:config-item-map-entry", &entry, |xml| {
                                    item(xml, "VerticalSplitMode", "short", "2")?;
                                    item(xml, "VerticalSplitPosition", "int", "1")?;
                                    item(xml, "ActiveSplitRange", "short", "2")?;
                                    item(xml, "PositionBottom", "int", "1")
                                })?;
                            }
                            Ok(())
                        })
                    })
                })
            })
        })
    })?;
    Ok(xml.into_inner())
}

fn manifest() -> std::io::Result<Vec<u8>> {
    let mut xml = document()?;
    let attributes = [
        (
            "xmlns:manifest",
            "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
        ),
        ("manifest:version", "1.3"),
    ];
    within(&mut xml, "manifest:manifest", &attributes, |xml| {
        for (path, kind) in [
            ("/", TableFormat::Ods.media_type()),
            ("content.xml", "text/xml"),
            ("settings.xml", "text/xml"),
        ] {
            empty(
                xml,
                "manifest:file-entry",
                &[("manifest:full-path", path), ("manifest:media-type", kind)],
            )?;
        }
        Ok(())
    })?;
    Ok(xml.into_inner())
}

fn document() -> std::io::Result<Xml> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

fn within(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    inner: impl FnOnce(&mut Xml) -> Written,
) -> Written {
    xml.write_event(Event::Start(
        BytesStart::new(name).with_attributes(attributes.iter().copied()),
    ))?;
    inner(xml)?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}

fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> Written {
    xml.write_event(Event::Empty(
        BytesStart::new(name).with_attributes(attributes.iter().copied()),
    ))
}

fn text(xml: &mut Xml, text: &str) -> Written {
    xml.write_event(Event::Text(BytesText::new(text)))
}
