//! Sheets are printed, cut and scanned: what the scanner types is the code, on every stock.

use proptest::prelude::*;
use rxing::BarcodeFormat;

use super::*;
use crate::testing::{Picture, pictures};
use crate::typeset::lay_out;

const COLLEGE: &str = "Collège Desaix";

fn label(code: &str) -> Label {
    Label {
        title: "Portable HP ProBook 450".to_owned(),
        number: code.to_owned(),
        code: code.to_owned(),
        line: "B204 · Collège Desaix".to_owned(),
    }
}

/// Everything that is long in a register, and a word that breaks nowhere.
fn wordy(code: &str) -> Label {
    Label {
        title:
            "Vidéoprojecteur interactif à ultra-courte focale Épson EB-1485Fi avec support mural \
                et enceintes amplifiées"
                .to_owned(),
        number: "INVENTAIREDEPARTEMENTAL-2026-000000000042".to_owned(),
        code: code.to_owned(),
        line: "Salle de technologie du bâtiment B, deuxième étage, porte de gauche".to_owned(),
    }
}

fn print(labels: &[Label], stock: Stock, code: Code, first: u32) -> Vec<Picture> {
    let job = job(labels, stock, code, first, COLLEGE).unwrap();
    pictures(&lay_out(Template::Labels, &job).unwrap(), 300.0)
}

fn scan(picture: &Picture, code: Code) -> Option<String> {
    let format = match code {
        Code::Qr => BarcodeFormat::QR_CODE,
        Code::Code128 => BarcodeFormat::CODE_128,
    };
    // A label is scanned on something: its white ends at its edge, like on a dark machine.
    let border = 40;
    let (width, height) = (picture.width + 2 * border, picture.height + 2 * border);
    let mut luma = vec![90; width * height];
    for (row, line) in picture.luma.chunks(picture.width).enumerate() {
        let start = (row + border) * width + border;
        luma[start..start + picture.width].copy_from_slice(line);
    }
    rxing::helpers::detect_in_luma(luma, width as u32, height as u32, Some(format))
        .ok()
        .map(|read| read.getText().to_owned())
}

/// Codes that the smallest labels hold, as registers have them.
const CODES: [&str; 4] = ["AM-0042", "12345678", "5CD1234", "B204-1"];

#[test]
fn a_scanner_types_the_code_of_every_label_on_every_stock() {
    for stock in Stock::ALL {
        let sheet = stock.sheet();
        for code in Code::ALL {
            let asked: Vec<Label> = CODES.map(label).to_vec();
            let pages = print(&asked, stock, code, 1);
            for (index, text) in CODES.iter().enumerate() {
                let (page, place) = (index as u32 / sheet.places(), index as u32 % sheet.places());
                let one = pages[page as usize].part(sheet.corner(place), sheet.label);
                assert_eq!(
                    scan(&one, code).as_deref(),
                    Some(*text),
                    "label {index} of {stock:?} in {code:?}"
                );
            }
        }
    }
}

#[test]
fn long_texts_leave_neither_their_label_nor_the_codes_room() {
    for stock in Stock::ALL {
        let sheet = stock.sheet();
        for code in Code::ALL {
            let last = sheet.places() - 1;
            let mut pages = print(&[wordy(CODES[0])], stock, code, last + 1);
            let one = pages[0].part(sheet.corner(last), sheet.label);
            assert_eq!(
                scan(&one, code).as_deref(),
                Some(CODES[0]),
                "no text runs into the code ({stock:?}, {code:?})"
            );
            pages[0].blank(sheet.corner(last), sheet.label);
            assert!(
                pages[0].is_white(),
                "nothing is printed outside of the label ({stock:?}, {code:?})"
            );
        }
    }
}

#[test]
fn a_begun_sheet_is_used_from_its_first_free_place_and_goes_on_to_the_next() {
    let sheet = Stock::AveryL7163.sheet();
    let three = [label("A-1"), label("A-2"), label("A-3")];
    let mut pages = print(&three, Stock::AveryL7163, Code::Qr, 13);
    assert_eq!(pages.len(), 2, "two places are left on a sheet of fourteen");
    for (page, place, text) in [(0, 12, "A-1"), (0, 13, "A-2"), (1, 0, "A-3")] {
        let one = pages[page].part(sheet.corner(place), sheet.label);
        assert_eq!(
            scan(&one, Code::Qr).as_deref(),
            Some(text),
            "place {place} of page {page}"
        );
        pages[page].blank(sheet.corner(place), sheet.label);
    }
    assert!(
        pages.iter().all(Picture::is_white),
        "the places already used stay untouched"
    );
}

#[test]
fn a_sheet_is_refused_with_the_label_that_does_not_fit() {
    let asked = [label("AM-1"), label(&"LONG".repeat(12))];
    let refused = labels(&asked, Stock::AveryL4731, Code::Qr, 1, COLLEGE);
    assert!(
        matches!(&refused, Err(Error::CodeTooLong { code, .. })
            if code.starts_with("LONG")),
        "the person must know which machine to relabel: {refused:?}"
    );
    assert!(
        labels(&asked, Stock::AveryL7163, Code::Qr, 1, COLLEGE).is_ok(),
        "a larger label holds it"
    );
    for (first, places) in [(0, 65), (66, 65)] {
        assert!(
            matches!(labels(&asked, Stock::AveryL7651, Code::Qr, first, COLLEGE),
                Err(Error::NoSuchPlace { places: known, .. }) if known == places),
            "there is no place {first} on a sheet of {places}"
        );
    }
    assert!(
        matches!(
            labels(&[], Stock::Roll62, Code::Qr, 1, COLLEGE),
            Err(Error::Nothing)
        ),
        "a sheet of nothing wastes a sheet"
    );
}

#[test]
fn sheets_stay_on_their_page_and_are_the_makers() {
    let counts = [189, 80, 65, 21, 14, 1, 1];
    for (stock, count) in Stock::ALL.into_iter().zip(counts) {
        let sheet = stock.sheet();
        assert_eq!(
            sheet.places(),
            count,
            "the maker counts so many on {stock:?}"
        );
        assert!(
            sheet.pitch.0 >= sheet.label.0 && sheet.pitch.1 >= sheet.label.1,
            "labels do not overlap on {stock:?}"
        );
        let (x, y) = sheet.corner(count - 1);
        let (right, bottom) = (
            sheet.page.0 - x - sheet.label.0,
            sheet.page.1 - y - sheet.label.1,
        );
        assert!(
            (right - sheet.left).abs() < 0.15 && (bottom - sheet.top).abs() < 0.15,
            "these sheets are symmetrical: {stock:?} leaves {right:.2} and {bottom:.2}"
        );
        assert_eq!(Stock::from_id(stock.id()), Some(stock), "an id leads back");
    }
}

#[test]
fn the_sheet_is_an_accessible_pdf_with_its_codes_as_text() {
    let bytes = labels(&[label("AM-0042")], Stock::AveryL7160, Code::Qr, 1, COLLEGE).unwrap();
    assert!(bytes.starts_with(b"%PDF-"), "it is a PDF");
    let again = labels(&[label("AM-0042")], Stock::AveryL7160, Code::Qr, 1, COLLEGE).unwrap();
    assert_eq!(bytes, again, "the same labels give the same bytes");
    let read = String::from_utf8_lossy(&bytes);
    assert!(read.contains("pdfuaid:part"), "it declares PDF/UA");
}

/// Inventory and serial numbers as the Département and the makers write them.
fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z]{2,3}-?[0-9]{4,6}",
        "[0-9]{4,13}",
        "[A-Z0-9]{7,12}",
        "[A-Z]{1,2}[0-9]{2}/[0-9]{3}-[a-z]",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_plausible_number_comes_back_from_the_scanner(
        number in numbers(),
        stock in prop::sample::select(vec![Stock::Roll62, Stock::Roll50]),
        code in prop::sample::select(Code::ALL.to_vec()),
    ) {
        let page = print(&[label(&number)], stock, code, 1).remove(0);
        let read = scan(&page, code);
        prop_assert_eq!(read.as_deref(), Some(number.as_str()), "{:?} on {:?}", code, stock);
    }
}
