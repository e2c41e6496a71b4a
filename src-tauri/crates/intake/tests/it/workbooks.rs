//! Workbooks, as Excel and LibreOffice write them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use intake::{Choices, Format, Measure, Reason, Unreadable, limits};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format as Look, Workbook};

use crate::files::{ods, parts, read, xlsx, zipped};

fn fault(bytes: &[u8]) -> Option<Unreadable> {
    intake::read("x", bytes, &Choices::default()).err()
}

#[test]
fn a_workbook_of_excel_is_read_as_a_person_sees_it() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Vide").unwrap();
    workbook
        .add_worksheet()
        .set_name("Listes")
        .unwrap()
        .set_hidden(true);
    let sheet = workbook.add_worksheet().set_name("Parc").unwrap();
    let day = Look::new().set_num_format("dd/mm/yyyy");
    sheet.write(0, 0, "Inventaire").unwrap();
    for (column, heading) in ["Nom", "Prix", "Achat", "Sous garantie", "Total"]
        .iter()
        .enumerate()
    {
        sheet.write(2, column as u16, *heading).unwrap();
    }
    sheet.write(3, 0, "PC & Co <1>").unwrap();
    sheet.write(3, 1, 450.0).unwrap();
    let bought = ExcelDateTime::from_ymd(2024, 9, 1).unwrap();
    sheet.write_with_format(3, 2, &bought, &day).unwrap();
    sheet.write(3, 3, true).unwrap();
    let total = rust_xlsxwriter::Formula::new("=B4*2").set_result("900.5");
    sheet.write(3, 4, total).unwrap();
    let reading = read(&workbook.save_to_buffer().unwrap());
    assert_eq!(reading.format, Format::Xlsx, "by its content");
    assert_eq!(
        reading.sheets,
        ["Vide", "Parc", "Listes"],
        "hidden sheets come last"
    );
    assert_eq!(
        reading.sheet.as_deref(),
        Some("Parc"),
        "the first that is not empty"
    );
    assert_eq!(reading.headings_line, 3, "below the title, as Excel counts");
    assert_eq!(
        reading.table.rows[0].cells,
        ["PC & Co <1>", "450", "2024-09-01", "oui", "900.5"],
        "a number without decimals, a date, a yes, the result of a formula"
    );
    assert_eq!(reading.table.rows[0].line, 4, "as Excel counts");
}

#[test]
fn a_sheet_may_be_chosen_and_must_exist() {
    let mut workbook = Workbook::new();
    for name in ["Écrans", "Postes"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "Nom").unwrap();
        sheet.write(1, 0, name).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let choose = |name: &str| {
        let choices = Choices {
            sheet: Some(name.to_owned()),
            ..Choices::default()
        };
        intake::read("parc.xlsx", &bytes, &choices)
    };
    assert_eq!(
        choose("Postes").unwrap().table.rows[0].cells,
        ["Postes"],
        "the sheet chosen"
    );
    assert_eq!(
        choose("Tablettes").err(),
        Some(Unreadable::NoSuchSheet("Tablettes".to_owned())),
        "a sheet that is not there"
    );
}

#[test]
fn a_workbook_written_by_hand_keeps_its_oddities_bounded() {
    let rows = "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><r><t>N° de </t></r><r><t>série</t></r></is></c></row>\
        <row r=\"9\"><c r=\"B9\" t=\"s\"><v>1</v></c><c r=\"A9\"><v>1.0</v></c></row>\
        <row r=\"12\"><c r=\"XFD12\"><v>3</v></c></row>\
        <row r=\"13\"><c r=\"A13\" s=\"1\"><v>45536</v></c><c r=\"B13\" t=\"s\"><v>99</v></c></row>";
    let strings = "<si><t>Nom</t><rPh><t>ノム</t></rPh></si><si/>";
    let formats = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yy\"/></numFmts>\
        <cellStyleXfs><xf numFmtId=\"164\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>";
    let reading = read(&zipped(&xlsx(rows, strings, formats)));
    assert_eq!(
        reading.table.headings,
        ["Nom", "N° de série"],
        "shared and inline texts, without phonetic guides"
    );
    let cells: Vec<&[String]> = reading
        .table
        .rows
        .iter()
        .map(|row| &row.cells[..])
        .collect();
    assert_eq!(
        cells,
        [["1", ""], ["2024-09-01", ""]],
        "cells by their place, dates by their style, and a text that is not there is empty"
    );
    assert_eq!(
        (reading.refused[0].line, reading.refused[0].reason),
        (
            12,
            Reason::TooManyCells {
                found: 16_384,
                headings: 2
            }
        ),
        "the last column of Excel costs one cell"
    );
}

#[test]
fn a_lie_about_strings_takes_no_memory() {
    let mut lying = xlsx("<row><c t=\"s\"><v>0</v></c></row>", "", "");
    for (name, bytes) in &mut lying {
        if name == "xl/sharedStrings.xml" {
            *bytes = b"<sst uniqueCount=\"99999999999999999\"><si><t>Nom</t></si></sst>".to_vec();
        }
    }
    assert_eq!(
        read(&zipped(&lying)).table.headings,
        ["Nom"],
        "what a file announces is not believed"
    );
}

#[test]
fn a_spreadsheet_of_libreoffice_is_read() {
    let styles = "<style:style style:name=\"ta2\" style:family=\"table\">\
        <style:table-properties table:display=\"false\"/></style:style>";
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let cells = [
        "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>note</text:p></office:annotation>\
         <text:p>PC<text:s text:c=\"2\"/>1</text:p><text:p>neuf</text:p></table:table-cell>",
        "<table:table-cell office:value-type=\"float\" office:value=\"12\"><text:p>12,00</text:p></table:table-cell>",
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2024-09-01\"><text:p>1/9</text:p></table:table-cell>",
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"false\"><text:p>FAUX</text:p></table:table-cell>",
        "<table:table-cell table:number-columns-repeated=\"16380\"/>",
    ];
    let headings: String = ["Nom", "Prix", "Achat", "Garantie"].map(text).concat();
    let tables = format!(
        "<table:table table:name=\"Caché\" table:style-name=\"ta2\">{}</table:table>\
         <table:table table:name=\"Parc\"><table:table-header-rows>{}</table:table-header-rows>\
         <table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>{}\
         <table:table-row table:number-rows-repeated=\"2\">{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row></table:table>",
        row(&text("Secret")),
        row(&headings),
        row(&cells.concat()),
        text("PC-2"),
    );
    let reading = read(&zipped(&ods(styles, &tables)));
    assert_eq!(reading.format, Format::Ods, "by its content");
    assert_eq!(reading.sheets, ["Parc", "Caché"], "hidden sheets come last");
    assert_eq!(
        reading.sheet.as_deref(),
        Some("Parc"),
        "the first that is shown"
    );
    let rows: Vec<(u64, &[String])> = reading
        .table
        .rows
        .iter()
        .map(|row| (row.line, &row.cells[..]))
        .collect();
    let strings = |cells: [&str; 4]| cells.map(str::to_owned);
    assert_eq!(
        rows,
        [
            (5, &strings(["PC  1\nneuf", "12", "2024-09-01", "non"])[..]),
            (6, &strings(["PC-2", "", "", ""])[..]),
            (7, &strings(["PC-2", "", "", ""])[..]),
        ],
        "values, a row that is repeated, and lines as LibreOffice counts them"
    );
}

#[test]
fn repetition_without_end_is_stopped() {
    let cell = "<table:table-cell table:number-columns-repeated=\"999999999\"><text:p>a</text:p></table:table-cell>";
    let bomb = format!(
        "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"999999999\">{cell}</table:table-row></table:table>"
    );
    assert_eq!(
        fault(&zipped(&ods("", &bomb))),
        Some(Unreadable::TooLarge {
            what: Measure::Cells,
            most: limits::CELLS as u64
        }),
        "a hundred bytes are not a thousand million cells"
    );
    let tall = "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"999999999\">\
        <table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>";
    assert_eq!(
        fault(&zipped(&ods("", tall))),
        Some(Unreadable::TooManyRows {
            most: limits::ROWS as u64
        }),
        "nor a thousand million rows"
    );
}

#[test]
fn one_text_shown_again_and_again_is_stopped() {
    let long = "é".repeat(limits::CELL_BYTES / 2);
    let row = format!(
        "<row>{}</row>",
        "<c t=\"s\"><v>0</v></c>".repeat(limits::COLUMNS)
    );
    let bytes = zipped(&xlsx(
        &row.repeat(20),
        &format!("<si><t>{long}</t></si>"),
        "",
    ));
    assert_eq!(
        fault(&bytes),
        Some(Unreadable::TooLarge {
            what: Measure::UnpackedBytes,
            most: limits::TABLE_BYTES as u64
        }),
        "small on disk, 640 MiB in memory"
    );
}

#[test]
fn what_is_protected_or_broken_says_so() {
    let protected = parts(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        ),
        ("content.xml", "\u{1}\u{2}"),
    ]);
    assert_eq!(
        fault(&zipped(&protected)),
        Some(Unreadable::Encrypted),
        "a password"
    );
    let letter = parts(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<m/>"),
        ("content.xml", "<a/>"),
    ]);
    assert_eq!(
        fault(&zipped(&letter)),
        Some(Unreadable::UnknownFormat),
        "a letter"
    );
    let word = parts(&[
        ("[Content_Types].xml", "<a/>"),
        ("word/document.xml", "<a/>"),
    ]);
    assert_eq!(
        fault(&zipped(&word)),
        Some(Unreadable::UnknownFormat),
        "a letter of Word"
    );
    let whole = zipped(&xlsx("<row><c><v>1</v></c></row>", "", ""));
    assert_eq!(
        fault(&whole[..whole.len() - 100]),
        Some(Unreadable::Truncated),
        "a download that broke off"
    );
    assert_eq!(
        fault(&zipped(&xlsx("<row><c><v>1</v>", "", ""))),
        Some(Unreadable::Malformed {
            line: 1,
            column: 39
        }),
        "a sheet that is not well formed"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The library that reads workbooks for most of the world is the second opinion.
    #[test]
    fn a_workbook_is_read_as_by_another_reader(
        cells in prop::collection::vec(prop::collection::vec(any_cell(), 1..5), 1..8),
    ) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "Un").unwrap();
        for (column, name) in ["Deux", "Trois", "Quatre"].iter().enumerate() {
            sheet.write(0, column as u16 + 1, *name).unwrap();
        }
        for (line, row) in cells.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let (line, column) = (line as u32 + 1, column as u16);
                match cell {
                    Cell::Text(text) => sheet.write(line, column, text.as_str()).unwrap(),
                    Cell::Number(number) => sheet.write(line, column, *number).unwrap(),
                    Cell::Truth(truth) => sheet.write(line, column, *truth).unwrap(),
                };
            }
        }
        let bytes = workbook.save_to_buffer().unwrap();
        let reading = read(&bytes);
        let mut other: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
        let range = other.worksheet_range("Sheet1").unwrap();
        for row in &reading.table.rows {
            for (column, cell) in row.cells.iter().enumerate() {
                let same = match range.get_value((row.line as u32 - 1, column as u32)) {
                    None | Some(Data::Empty) => cell.is_empty(),
                    Some(Data::String(text)) => cell == text.trim(),
                    Some(Data::Float(number)) => cell.parse() == Ok(*number),
                    Some(Data::Int(number)) => cell.parse() == Ok(*number),
                    Some(Data::Bool(truth)) => cell == if *truth { "oui" } else { "non" },
                    Some(other) => panic!("nothing of this kind was written: {other:?}"),
                };
                prop_assert!(same, "line {} column {column}: {cell:?}", row.line);
            }
        }
        let blank = |cell: &Cell| matches!(cell, Cell::Text(text) if text.trim().is_empty());
        let filled = cells.iter().filter(|row| !row.iter().all(blank)).count();
        prop_assert_eq!(reading.table.rows.len(), filled, "every row that is not empty");
    }
}

#[derive(Clone, Debug)]
enum Cell {
    Text(String),
    Number(f64),
    Truth(bool),
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        "[a-zA-Zéà &<>\"'_]{0,12}".prop_map(Cell::Text),
        (-1_000_000..1_000_000_i32).prop_map(|number| Cell::Number(f64::from(number) / 100.0)),
        any::<bool>().prop_map(Cell::Truth),
    ]
}
