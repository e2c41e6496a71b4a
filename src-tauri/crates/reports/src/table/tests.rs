//! A table is written three ways and read back by other programs' eyes: the csv crate and calamine.

use std::io::Cursor;

use calamine::{Data, DataType, Reader};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sample() -> Table {
    let text = |text: &str| Cell::Text(text.to_owned());
    Table {
        name: "Équipements".to_owned(),
        headings: ["Désignation", "N° de série", "Achat", "Prix", "Écrans"]
            .map(str::to_owned)
            .to_vec(),
        rows: vec![
            vec![
                text("Portable « HP » ; 15\""),
                text("=SOMME(A1)"),
                Cell::Date(day("2026-09-01")),
                Cell::Cents(123_456),
                Cell::Number(2.5),
            ],
            vec![
                text("deux\nlignes"),
                text("000123"),
                Cell::Empty,
                Cell::Cents(-5),
                Cell::Number(f64::NAN),
            ],
        ],
    }
}

/// What an importer does with a cell, as `table/csv.rs` words it.
fn unguarded(cell: &str) -> &str {
    let rest = cell.trim_start_matches('\'');
    match cell.strip_prefix('\'') {
        Some(inner) if rest.starts_with(['=', '+', '-', '@', '\t']) => inner,
        _ => cell,
    }
}

fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let text = text
        .strip_prefix('\u{feff}')
        .expect("French Excel needs the mark");
    ::csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// Every sheet of a workbook: its name and its cells.
fn read_book(bytes: Vec<u8>, format: TableFormat) -> Vec<(String, Vec<Vec<Data>>)> {
    match format {
        TableFormat::Xlsx => sheets(calamine::Xlsx::new(Cursor::new(bytes)).unwrap()),
        TableFormat::Ods => sheets(calamine::Ods::new(Cursor::new(bytes)).unwrap()),
        TableFormat::Csv => panic!("a CSV file is no workbook"),
    }
}

fn sheets<B: Reader<Cursor<Vec<u8>>, Error: std::fmt::Debug>>(
    mut book: B,
) -> Vec<(String, Vec<Vec<Data>>)> {
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            (name, range.rows().map(<[Data]>::to_vec).collect())
        })
        .collect()
}

fn string(data: &Data) -> String {
    match data {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("a text was read as {other:?}"),
    }
}

#[test]
fn french_excel_opens_the_csv_and_runs_nothing() {
    let bytes = table(&sample(), TableFormat::Csv).unwrap();
    let text = std::str::from_utf8(&bytes).unwrap();
    assert!(
        text.starts_with("\u{feff}Désignation;N° de série;Achat;Prix;Écrans\r\n"),
        "mark, semicolons and CRLF are what French Excel expects: {text:?}"
    );
    let rows = read_csv(&bytes);
    assert_eq!(
        rows[1],
        [
            "Portable « HP » ; 15\"",
            "'=SOMME(A1)",
            "2026-09-01",
            "1234,56",
            "2,5"
        ],
        "quotes and separators are kept, and a formula is only text"
    );
    assert_eq!(
        rows[2],
        ["deux\nlignes", "000123", "", "-0,05", ""],
        "an amount keeps its sign unguarded, and what is no number is empty"
    );
}

#[test]
fn both_workbooks_hold_days_and_amounts_as_such() {
    for format in [TableFormat::Xlsx, TableFormat::Ods] {
        let mut sheets = read_book(table(&sample(), format).unwrap(), format);
        let (name, rows) = sheets.remove(0);
        assert_eq!(name, "Équipements", "the sheet is named ({format:?})");
        let headings: Vec<String> = rows[0].iter().map(string).collect();
        assert_eq!(
            headings,
            sample().headings,
            "the headings come first ({format:?})"
        );
        assert_eq!(
            string(&rows[1][1]),
            "=SOMME(A1)",
            "a formula stays text ({format:?})"
        );
        assert_eq!(
            rows[1][2].as_date(),
            Some(day("2026-09-01")),
            "a day is a day, not a text ({format:?})"
        );
        assert_eq!(
            rows[1][3].as_f64(),
            Some(1234.56),
            "cents are kept ({format:?})"
        );
        assert_eq!(
            rows[1][4],
            Data::Float(2.5),
            "a number is a number ({format:?})"
        );
        assert_eq!(
            string(&rows[2][0]),
            "deux\nlignes",
            "a cell may hold two lines ({format:?})"
        );
        assert_eq!(
            string(&rows[2][1]),
            "000123",
            "a serial number keeps its zeros ({format:?})"
        );
        assert_eq!(
            rows[2][4],
            Data::Empty,
            "what is no number is empty ({format:?})"
        );
    }
}

#[test]
fn a_report_has_several_sheets_with_names_that_every_program_accepts() {
    let named = |name: &str| Table {
        name: name.to_owned(),
        ..sample()
    };
    let report = [
        named("Présents : B204/B205"),
        named("présents   B204 B205"),
        named("Un nom bien plus long que ce que les tableurs admettent"),
        named("Un nom bien plus long que ce que les tableurs ignorent"),
        named("'"),
    ];
    for format in [TableFormat::Xlsx, TableFormat::Ods] {
        let names: Vec<String> = read_book(tables(&report, format).unwrap(), format)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(
            names,
            [
                "Présents   B204 B205",
                "présents   B204 B205 (2)",
                "Un nom bien plus long que ce qu",
                "Un nom bien plus long que c (2)",
                "Feuille"
            ],
            "names are cleaned, cut and told apart ({format:?})"
        );
    }
    assert!(
        tables(&report, TableFormat::Csv).is_err(),
        "a CSV file would lose all sheets but one"
    );
}

#[test]
fn the_same_table_gives_the_same_bytes_with_no_date_of_today() {
    for format in TableFormat::ALL {
        assert_eq!(
            table(&sample(), format).unwrap(),
            table(&sample(), format).unwrap(),
            "a file is made of its table alone ({format:?})"
        );
    }
    let bytes = table(&sample(), TableFormat::Xlsx).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let core = std::io::read_to_string(zip.by_name("docProps/core.xml").unwrap()).unwrap();
    assert!(
        core.contains("2000-01-01T00:00:00Z"),
        "the clock is not read: {core}"
    );
}

#[test]
fn an_ods_file_tells_what_it_is_in_its_first_bytes() {
    let bytes = table(&sample(), TableFormat::Ods).unwrap();
    assert_eq!(
        &bytes[30..38],
        b"mimetype",
        "the media type is the first entry"
    );
    assert_eq!(
        &bytes[38..84],
        b"application/vnd.oasis.opendocument.spreadsheet",
        "it is stored as it is, so that `file` and the desktop recognise it"
    );
}

#[test]
fn columns_are_named_by_letters_beyond_z() {
    for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
        let wide = Table {
            name: "L".to_owned(),
            headings: vec!["x".to_owned(); column + 1],
            rows: vec![],
        };
        let bytes = table(&wide, TableFormat::Ods).unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let content = std::io::read_to_string(zip.by_name("content.xml").unwrap()).unwrap();
        assert!(
            content.contains(&format!("&apos;L&apos;.A1:&apos;L&apos;.{name}1\"")),
            "the filter covers the columns up to {name}"
        );
    }
}

/// Any text, and often the ones that spreadsheets and XML trip over.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ \t\n\r'=+@;\"&<>é\u{0}\u{1}-]{0,8}",
        "_x[0-9A-F]{4}_",
        "0[0-9]{1,6}",
        "http://[a-z]{3}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_back_as_it_was(rows in prop::collection::vec((texts(), texts()), 1..6)) {
        let written = Table {
            name: "T".to_owned(),
            headings: vec!["a".to_owned(), "b".to_owned(), "fin".to_owned()],
            rows: rows
                .iter()
                .map(|(a, b)| vec![
                    Cell::Text(a.clone()),
                    Cell::Text(b.clone()),
                    Cell::Text("|".to_owned()),
                ])
                .collect(),
        };
        let expected: Vec<Vec<String>> = rows
            .iter()
            .map(|(a, b)| vec![held(a), held(b), "|".to_owned()])
            .collect();

        let csv = read_csv(&table(&written, TableFormat::Csv).unwrap());
        let unguarded: Vec<Vec<String>> = csv[1..]
            .iter()
            .map(|row| row.iter().map(|cell| unguarded(cell).to_owned()).collect())
            .collect();
        prop_assert_eq!(&unguarded, &expected, "CSV, once its guards are taken off");
        for cell in csv.iter().flatten() {
            prop_assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "no cell begins like a formula: {:?}", cell
            );
        }
        for format in [TableFormat::Xlsx, TableFormat::Ods] {
            let sheets = read_book(table(&written, format).unwrap(), format);
            let read: Vec<Vec<String>> = sheets[0].1[1..]
                .iter()
                .map(|row| row.iter().map(string).collect())
                .collect();
            prop_assert_eq!(&read, &expected, "{:?}", format);
        }
    }

    #[test]
    fn amounts_and_days_are_read_back_exactly(cents in -1_000_000_000i64..1_000_000_000, days in 0i64..60_000) {
        let date = day("1910-01-01") + chrono::Duration::days(days);
        let written = Table {
            name: "T".to_owned(),
            headings: vec!["a".to_owned(), "b".to_owned()],
            rows: vec![vec![Cell::Cents(cents), Cell::Date(date)]],
        };
        for format in [TableFormat::Xlsx, TableFormat::Ods] {
            let rows = read_book(table(&written, format).unwrap(), format).remove(0).1;
            let read = (rows[1][0].as_f64().unwrap() * 100.0).round();
            prop_assert_eq!(read, cents as f64, "the amount in {:?}", format);
            prop_assert_eq!(rows[1][1].as_date(), Some(date), "the day in {:?}", format);
        }
        let csv = read_csv(&table(&written, TableFormat::Csv).unwrap());
        let amount: f64 = csv[1][0].replace(',', ".").parse().unwrap();
        prop_assert_eq!((amount * 100.0).round(), cents as f64, "the amount in CSV");
        prop_assert_eq!(&csv[1][1], &date.to_string(), "the day in CSV");
    }
}
