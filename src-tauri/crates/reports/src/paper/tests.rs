//! The forms are filled with what a register holds, and read again as the person who signs reads them.

use proptest::prelude::*;

use super::*;
use crate::testing::texts;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn paper() -> Paper<'static> {
    Paper {
        college: "Collège Desaix",
        commune: "Saint-Amand-Montrond",
        date: day("2026-11-24"),
        author: "Mme Noëlle Œuvrard",
    }
}

fn loan() -> LoanForm {
    LoanForm {
        borrower: "M. Łukasz Şahin".to_owned(),
        quality: "Professeur de technologie".to_owned(),
        machine: "Portable HP ProBook 450 G10".to_owned(),
        serial: "5CD1234ABC".to_owned(),
        inventory: "INV-2026-0042".to_owned(),
        owner: "Département".to_owned(),
        accessories: vec!["chargeur".to_owned(), "sacoche".to_owned()],
        from: day("2026-12-01"),
        until: Some(day("2027-07-03")),
        state_out: "Bon état, une rayure sur le capot".to_owned(),
        note: String::new(),
        returned: None,
    }
}

fn row(serial: &str, note: &str) -> CheckRow {
    CheckRow {
        machine: "Poste fixe Dell OptiPlex 7010".to_owned(),
        serial: serial.to_owned(),
        inventory: format!("INV-{serial}"),
        note: note.to_owned(),
    }
}

fn check() -> StockCheckReport {
    StockCheckReport {
        title: "Récolement de novembre 2026".to_owned(),
        began: day("2026-11-02"),
        ended: Some(day("2026-11-20")),
        rooms: vec![
            RoomCheck {
                room: "B204 – Salle informatique".to_owned(),
                present: (1..=120).map(|n| row(&format!("S{n:03}"), "")).collect(),
                moved: vec![row("S200", "inscrit en A101")],
                missing: vec![row("S300", "")],
                away: vec![row("S400", "vu en CDI")],
                unknown: vec![CheckRow {
                    machine: String::new(),
                    serial: "ZZ-1".to_owned(),
                    inventory: String::new(),
                    note: "code lu".to_owned(),
                }],
            },
            RoomCheck {
                room: "CDI".to_owned(),
                present: vec![],
                moved: vec![],
                missing: vec![],
                away: vec![],
                unknown: vec![],
            },
        ],
    }
}

fn purchase() -> PurchaseRequest {
    PurchaseRequest {
        title: "Dix tablettes pour le CDI".to_owned(),
        purpose: "Recherche documentaire en demi-classe".to_owned(),
        room: "CDI".to_owned(),
        users: "Pédagogique".to_owned(),
        funding: "Fonds propres".to_owned(),
        lines: vec![
            PurchaseLine {
                designation: "Tablette 10 pouces".to_owned(),
                quantity: 10,
                unit_price_cents: Some(129_950),
            },
            PurchaseLine {
                designation: "Armoire de charge".to_owned(),
                quantity: 1,
                unit_price_cents: Some(5),
            },
        ],
        supplier: "Bureau & Cie".to_owned(),
        quote: "D-2026-118".to_owned(),
        wanted_by: Some(day("2027-02-01")),
        context: "Aucune tablette à ce jour".to_owned(),
        basis: "II art. 2 : achats sur fonds propres après le 1er septembre 2015".to_owned(),
        facts: vec![Fact {
            heading: "Garantie".to_owned(),
            text: "Trois ans sur site".to_owned(),
        }],
    }
}

fn read<T: Serialize>(template: Template, document: &T) -> Vec<String> {
    let paper = paper();
    texts(
        template,
        &Data {
            paper: &paper,
            document,
        },
    )
}

#[test]
fn a_loan_is_one_page_that_says_what_when_and_to_whom() {
    let pages = read(Template::Loan, &loan());
    assert_eq!(pages.len(), 1, "a form to sign is one page");
    for said in [
        "Collège Desaix – Saint-Amand-Montrond",
        "M. Łukasz Şahin",
        "5CD1234ABC",
        "INV-2026-0042",
        "chargeur, sacoche",
        "décembre",
        "3 juillet 2027",
        "Bon état, une rayure sur le capot",
        "l’emprunteur\u{202f}; il ne se prête pas",
        "Remise",
        "Retour",
    ] {
        assert!(
            pages[0].contains(said),
            "« {said} » is missing: {}",
            pages[0]
        );
    }
    let returned = LoanForm {
        returned: Some(Returned {
            date: day("2027-06-30"),
            state: "Écran fendu".to_owned(),
        }),
        until: None,
        ..loan()
    };
    let pages = read(Template::Loan, &returned);
    assert!(
        pages[0].contains("30 juin 2027") && pages[0].contains("Écran fendu"),
        "a returned loan shows its end"
    );
    assert!(
        pages[0].contains("sans date de retour fixée"),
        "a loan without a term says so"
    );
}

#[test]
fn a_serial_that_looks_like_markup_stays_text() {
    let hostile = "#panic() ]\" *a* _b_ $x$ \\n @ref <l> `c` // = - /* \u{1f4a5}";
    let form = LoanForm {
        serial: hostile.to_owned(),
        borrower: "#{".to_owned(),
        accessories: vec!["[".to_owned(), "\"".to_owned()],
        ..loan()
    };
    let pages = read(Template::Loan, &form);
    let printed: String = pages[0].split_whitespace().collect();
    let expected: String = hostile
        .replace('\u{1f4a5}', "\u{fffd}")
        .split_whitespace()
        .collect();
    assert!(
        printed.contains(&expected),
        "the serial is printed character for character: {printed}"
    );
}

#[test]
fn a_check_gives_its_figures_then_each_room_on_as_many_pages_as_needed() {
    let pages = read(Template::StockCheck, &check());
    assert!(
        pages.len() >= 3,
        "a hundred and twenty machines take more than a page"
    );
    let first: String = pages[0].split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "122 équipements attendus",
        "2 salles",
        "120 sont présents",
        "1 manque",
        "1 est ailleurs",
        "1 équipement est inscrit",
        "1 code lu n’est",
    ] {
        let said = said.replace(' ', "");
        let first: String = first.chars().filter(|char| !char.is_whitespace()).collect();
        assert!(first.contains(&said), "« {said} » is missing: {first}");
    }
    for (index, page) in pages.iter().enumerate() {
        assert!(
            page.contains(&format!("{} sur {}", index + 1, pages.len())),
            "page {} is numbered",
            index + 1
        );
        if (1..pages.len() - 1).contains(&index) {
            assert!(
                page.contains("Constat"),
                "headings are repeated on page {}",
                index + 1
            );
        }
    }
    let all = pages.join(" ");
    for n in 1..=120 {
        assert!(all.contains(&format!("S{n:03}")), "machine {n} is listed");
    }
    assert!(
        all.contains("Rien n’était attendu dans cette salle"),
        "an empty room is told from a forgotten one"
    );
}

#[test]
fn the_workbook_of_a_check_has_the_same_figures_and_the_same_machines() {
    let sheets = crate::stock_check_tables(&check());
    let figures: Vec<&crate::Cell> = sheets[0].rows[0].iter().skip(1).collect();
    let expected = [120.0, 1.0, 1.0, 1.0, 1.0].map(crate::Cell::Number);
    assert_eq!(
        figures,
        expected.iter().collect::<Vec<_>>(),
        "a room's figures"
    );
    assert_eq!(
        sheets[1].rows.len(),
        124,
        "every machine of every room is listed"
    );
    let missing = crate::Cell::Text("Manquant".to_owned());
    let of_missing: Vec<_> = sheets[1]
        .rows
        .iter()
        .filter(|row| row[1] == missing)
        .collect();
    assert_eq!(
        of_missing[0][4],
        crate::Cell::Text("S300".to_owned()),
        "the missing machine can be filtered and found by its serial"
    );
    assert!(
        crate::tables(&sheets, crate::TableFormat::Xlsx).is_ok(),
        "both sheets go into one workbook"
    );
}

#[test]
fn an_interrupted_check_says_that_it_is_not_ended() {
    let open = StockCheckReport {
        ended: None,
        ..check()
    };
    let first = read(Template::StockCheck, &open).remove(0);
    assert!(
        first.contains("Récolement en cours"),
        "its figures are not final: {first}"
    );
}

#[test]
fn a_purchase_adds_up_and_says_what_has_no_price_yet() {
    let page = read(Template::Purchase, &purchase()).join(" ");
    assert!(
        page.contains("12\u{202f}995,00\u{202f}€"),
        "ten times 1 299,50 €: {page}"
    );
    assert!(
        page.contains("0,05\u{202f}€"),
        "five cents are not fifty: {page}"
    );
    assert!(
        page.contains("12\u{202f}995,05\u{202f}€"),
        "the total is exact: {page}"
    );
    assert!(
        page.contains("Trois ans sur site"),
        "further facts are printed"
    );

    let mut unpriced = purchase();
    unpriced.lines[1].unit_price_cents = None;
    let page = read(Template::Purchase, &unpriced).join(" ");
    assert!(
        page.contains("à chiffrer") && page.contains("Total des lignes chiffrées"),
        "a total without all prices is not shown as the whole: {page}"
    );
}

#[test]
fn every_document_is_an_accessible_pdf_and_the_same_each_time() {
    let make: [&dyn Fn() -> Result<Vec<u8>, Error>; 3] = [
        &|| loan_form(&paper(), &loan()),
        &|| stock_check(&paper(), &check()),
        &|| purchase_request(&paper(), &purchase()),
    ];
    for (index, document) in make.iter().enumerate() {
        let bytes = document().expect("the document satisfies PDF/UA-1");
        assert!(bytes.starts_with(b"%PDF-"), "document {index} is a PDF");
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            text.contains("pdfuaid:part"),
            "document {index} declares PDF/UA"
        );
        assert_eq!(
            bytes,
            document().unwrap(),
            "document {index} is the same each time"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_text_anywhere_still_makes_a_document(text in any::<String>(), long in "[A-Za-z0-9#]{0,300}") {
        let name = text.as_str();
        let paper = Paper { college: name, commune: &long, date: day("2026-11-24"), author: name };
        let row = CheckRow {
            machine: text.clone(),
            serial: long.clone(),
            inventory: text.clone(),
            note: long.clone(),
        };
        let report = StockCheckReport {
            title: text.clone(),
            rooms: vec![RoomCheck {
                room: text.clone(),
                present: vec![row.clone()],
                moved: vec![],
                missing: vec![row.clone()],
                away: vec![row.clone()],
                unknown: vec![row],
            }],
            ..check()
        };
        stock_check(&paper, &report).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let form = LoanForm {
            borrower: text.clone(),
            machine: long.clone(),
            accessories: vec![text.clone(), long.clone()],
            state_out: text.clone(),
            ..loan()
        };
        loan_form(&paper, &form).map_err(|error| TestCaseError::fail(error.to_string()))?;
    }
}
