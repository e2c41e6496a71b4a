//! The convention is read again as the person who printed it reads it, in black and white too.

use proptest::prelude::*;

use super::*;
use crate::{testing::texts, typeset::lay_out};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn paper() -> Paper<'static> {
    Paper {
        college: "Collège Desaix",
        commune: "Tarbes",
        date: day("2026-11-24"),
        author: "Camille Martin",
    }
}

fn cell(side: &str, party: &str, word: &str, mark: &str) -> MatrixCell {
    MatrixCell {
        side: side.to_owned(),
        party: party.to_owned(),
        word: word.to_owned(),
        mark: mark.to_owned(),
        note: None,
    }
}

fn matrix() -> Matrix {
    let service = |n: usize| MatrixLine {
        label: format!("Service {n} (câblage, actifs réseaux)"),
        cells: vec![
            vec![cell("", "inconnu", "à compléter", "")],
            vec![cell("", "departement", "Département", "II.2-D1")],
            vec![cell(
                "",
                "academie",
                "Académie",
                "lu sur l’exemplaire signé, page 12",
            )],
            vec![
                cell("Réseau administratif", "academie", "Académie", "II.2-A2"),
                cell(
                    "Réseau pédagogique",
                    "departement",
                    "Département",
                    "II.2-D4",
                ),
            ],
            vec![MatrixCell {
                note: Some(3),
                ..cell("", "sans-objet", "sans objet", "A2")
            }],
            vec![],
        ],
    };
    let legend = |party: &str, word: &str, meaning: &str| Legend {
        party: party.to_owned(),
        word: word.to_owned(),
        meaning: meaning.to_owned(),
    };
    Matrix {
        activities: [
            "Usage",
            "Achat",
            "Installation",
            "Entretien",
            "Aide",
            "Conseil",
        ]
        .map(str::to_owned)
        .to_vec(),
        families: vec![MatrixFamily {
            label: "Infrastructure matérielle et équipements".to_owned(),
            services: (1..=30).map(service).collect(),
        }],
        legend: vec![
            legend("departement", "Département", "Le Département s’en charge."),
            legend("inconnu", "à compléter", "La plateforme transmet."),
        ],
        notes: vec![Note {
            number: 3,
            text: "L'assistance est faite par l'éditeur.".to_owned(),
        }],
        sources: vec![Passage {
            heading: "II.2-D1".to_owned(),
            text: "II art. 2 : le Département assure".to_owned(),
            source: String::new(),
        }],
        total: 230,
        known: 85,
        completed: 1,
    }
}

fn leaflet(annexe: &str) -> Leaflet {
    Leaflet {
        annexe: annexe.to_owned(),
        title: "Fiche de mission".to_owned(),
        sections: vec![LeafletSection {
            title: "Missions".to_owned(),
            text: vec!["Ses missions :".to_owned()],
            points: vec!["Crée les comptes.".to_owned()],
            after: vec!["Précision : le poste est réinstallé.".to_owned()],
        }],
    }
}

fn whole() -> ConventionDocument {
    ConventionDocument {
        name: "Convention entre l'Académie et le Département".to_owned(),
        version: "2015.1".to_owned(),
        signed_on: day("2015-06-05"),
        matrix: Some(matrix()),
        rules: vec![Passage {
            heading: "Un seul guichet".to_owned(),
            text: "Toute demande part de la plateforme.".to_owned(),
            source: "I art. 4".to_owned(),
        }],
        annexes: vec![Annexe {
            title: "Utilisateurs".to_owned(),
            headings: ["Utilisateur".to_owned(), "Réseau".to_owned()],
            rows: vec![["Équipe de gestion".to_owned(), "Administratif".to_owned()]],
        }],
        missions: vec![leaflet("Annexe 4"), leaflet("Annexe 5")],
        charter: Some(leaflet("Annexe 6")),
        glossary: vec![Acronym {
            acronym: "RSSI".to_owned(),
            meaning: "Responsable de la sécurité".to_owned(),
            remark: String::new(),
        }],
    }
}

fn nothing() -> ConventionDocument {
    ConventionDocument {
        matrix: None,
        rules: vec![],
        annexes: vec![],
        missions: vec![],
        charter: None,
        glossary: vec![],
        ..whole()
    }
}

fn proposal() -> CompletionProposal {
    CompletionProposal {
        convention: "Convention entre l'Académie et le Département".to_owned(),
        version: "2015.1".to_owned(),
        signed_on: day("2015-06-05"),
        departement: "Hautes-Pyrénées".to_owned(),
        quality: "Correspondant maintenance informatique".to_owned(),
        phone: "05 36 49 00 00".to_owned(),
        email: String::new(),
        cells: vec![CompletedCell {
            service: "Infrastructure réseau".to_owned(),
            activity: "Préconisation d’usage".to_owned(),
            side: "Tous".to_owned(),
            today: "à compléter".to_owned(),
            party: "Région".to_owned(),
            page: "annexe 2, 3e feuille".to_owned(),
            by: "Camille Martin".to_owned(),
            on: day("2026-11-23"),
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

/// Lines break where they must: what is looked for is looked for without spaces.
fn packed(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

#[test]
fn every_chosen_part_is_printed_and_nothing_else() {
    let all = packed(&read(Template::Convention, &whole()).join(" "));
    for said in [
        "Qui fait quoi",
        "Comment lire la matrice",
        "Ce que dit le corps de la convention",
        "Annexe 4\u{202f}: Fiche de mission",
        "Annexe 6",
        "Précision\u{202f}: le poste est réinstallé.",
        "Équipe de gestion",
        "Responsable de la sécurité",
        "l’Académie",
    ] {
        assert!(
            all.contains(&packed(said)),
            "« {said} » is missing from the whole: {all}"
        );
    }
    assert!(
        !all.contains('\''),
        "apostrophes typed plainly are printed the French way"
    );
    let glossary = ConventionDocument {
        glossary: whole().glossary,
        ..nothing()
    };
    let alone = read(Template::Convention, &glossary).join(" ");
    assert!(alone.contains("RSSI"), "the chosen part is there: {alone}");
    for absent in ["Qui fait quoi", "Annexe 4", "Ce que dit le corps"] {
        assert!(
            !alone.contains(absent),
            "« {absent} » was not chosen: {alone}"
        );
    }
}

#[test]
fn a_cell_is_told_by_its_word_and_by_what_it_rests_on() {
    let document = ConventionDocument {
        matrix: Some(matrix()),
        ..nothing()
    };
    let pages = read(Template::Convention, &document);
    let all = packed(&pages.join(" "));
    for (said, why) in [
        ("lu sur l’exemplaire signé, page 12", "who read it where"),
        ("à compléter", "a cell that nobody knows says so"),
        ("sans objet", "and one that does not arise"),
        ("II.2-D1", "the code of the passage"),
        (
            "II art. 2\u{202f}: le Département assure",
            "and the passage itself",
        ),
        ("Réseau administratif\u{202f}: Académie", "one side"),
        ("Réseau pédagogique\u{202f}: Département", "and the other"),
        ("(3)", "the note's number"),
        ("L’assistance est faite par l’éditeur.", "and the note"),
        ("230 cases, 85 sont écrites", "what is known of the whole"),
        ("1 a été lue sur l’exemplaire signé", "what was read"),
        ("144 restent à compléter", "and what remains"),
    ] {
        assert!(all.contains(&packed(said)), "« {said} »: {why}: {all}");
    }
    for n in 1..=30 {
        assert!(
            all.contains(&packed(&format!("Service {n} (câblage"))),
            "service {n} has its line"
        );
    }
}

#[test]
fn the_matrix_lies_across_the_sheet_and_repeats_its_heads() {
    let paper = paper();
    let document = whole();
    let set = lay_out(
        Template::Convention,
        &Data {
            paper: &paper,
            document: &document,
        },
    )
    .unwrap();
    let across: Vec<bool> = set
        .pages()
        .iter()
        .map(|page| page.frame.width() > page.frame.height())
        .collect();
    assert!(
        across.iter().filter(|wide| **wide).count() >= 2,
        "thirty services take more than one sheet across: {across:?}"
    );
    assert!(
        across.first() == Some(&false) && across.last() == Some(&false),
        "the other parts stand upright: {across:?}"
    );
    let pages = read(Template::Convention, &document);
    let wide = pages.iter().zip(&across).filter(|(_, wide)| **wide);
    for (page, _) in
        wide.filter(|(page, _)| page.contains("Service 1") || page.contains("Service 2"))
    {
        assert!(
            page.contains("Entretien"),
            "a sheet of the matrix names its columns: {page}"
        );
    }
}

#[test]
fn a_proposal_says_who_read_what_where_and_what_the_pack_says() {
    let all = packed(&read(Template::Completions, &proposal()).join(" "));
    for said in [
        "À l’attention du Département (Hautes-Pyrénées)",
        "Collège Desaix – Tarbes",
        "Camille Martin, Correspondant maintenance informatique",
        "Infrastructure réseau",
        "Préconisation d’usage",
        "à compléter",
        "Région",
        "annexe 2, 3e feuille",
        "23 novembre 2026",
        "la case ci-dessous",
        "Réponse du Département",
    ] {
        assert!(all.contains(&packed(said)), "« {said} » is missing: {all}");
    }
}

#[test]
fn nothing_chosen_or_nothing_read_is_no_document() {
    assert!(
        matches!(convention(&paper(), &nothing()), Err(Error::Nothing)),
        "an empty convention is not printed"
    );
    let empty = CompletionProposal {
        cells: vec![],
        ..proposal()
    };
    assert!(
        matches!(completion_proposal(&paper(), &empty), Err(Error::Nothing)),
        "nothing is proposed without a cell"
    );
}

#[test]
fn both_are_accessible_and_the_same_each_time() {
    let make: [&dyn Fn() -> Result<Vec<u8>, Error>; 2] =
        [&|| convention(&paper(), &whole()), &|| {
            completion_proposal(&paper(), &proposal())
        }];
    for (index, document) in make.iter().enumerate() {
        let bytes = document().expect("the document satisfies PDF/UA-1");
        assert!(
            String::from_utf8_lossy(&bytes).contains("pdfuaid:part"),
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
    fn any_text_of_a_pack_still_makes_a_document(text in any::<String>(), long in "[A-Za-z0-9#]{0,300}") {
        let mut matrix = matrix();
        matrix.families[0].label.clone_from(&text);
        matrix.families[0].services = vec![MatrixLine {
            label: long.clone(),
            cells: vec![vec![cell(&text, &text, &long, &text)]; matrix.activities.len()],
        }];
        matrix.sources[0].heading.clone_from(&long);
        let sheet = Leaflet { annexe: text.clone(), title: long.clone(), ..leaflet("") };
        let document = ConventionDocument {
            matrix: Some(matrix),
            missions: vec![sheet],
            glossary: vec![Acronym { acronym: long.clone(), meaning: text.clone(), remark: text.clone() }],
            ..whole()
        };
        prop_assert!(convention(&paper(), &document).is_ok(), "a pack's words never stop the printing");
        let mut proposal = proposal();
        proposal.departement.clone_from(&text);
        proposal.cells[0].service = long;
        proposal.cells[0].page = text;
        prop_assert!(completion_proposal(&paper(), &proposal).is_ok(), "nor do a person's");
    }
}
