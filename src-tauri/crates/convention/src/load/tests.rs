//! A pack written by hand: what is wrong is said all at once, each at its exact place.

mod grammar;

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::{testing::*, *};

fn mistakes(file: &str, change: impl Fn(&str) -> String) -> Vec<String> {
    let mut files = files();
    let text = change(&files[file]);
    files.insert(file.to_owned(), text);
    let refused = Pack::load(&files).expect_err("a broken pack must be refused");
    refused.iter().map(ToString::to_string).collect()
}

/// The line and column where a text last stands, as an editor counts them.
fn place(text: &str, needle: &str) -> (usize, usize) {
    let found = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains(needle))
        .last();
    let (line, found) = found.unwrap();
    let before = &found[..found.find(needle).unwrap()];
    (line + 1, before.chars().count() + 1)
}

#[test]
fn the_pack_of_the_house_is_whole() {
    assert_eq!(PACK.services.len(), 38, "annexe 2 has 38 services");
    assert_eq!(PACK.cells.len(), 230, "and 230 cells");
    assert_eq!(
        PACK.cells
            .iter()
            .filter(|cell| cell.basis == Basis::Inconnu)
            .count(),
        145,
        "145 of them lost their colour"
    );
    assert_eq!(PACK.families.len(), 8, "in eight families");
    assert_eq!(
        PACK.colleges
            .iter()
            .filter(|college| college.cite_scolaire)
            .count(),
        3,
        "three cités scolaires"
    );
    assert_eq!(
        (
            PACK.colleges.len(),
            PACK.users.len(),
            PACK.equipment_types.len()
        ),
        (20, 15, 17),
        "annexes 1, 2 bis and 3"
    );
    assert_eq!(
        (
            PACK.rules.list.len(),
            PACK.rules.notes.len(),
            PACK.missions.len()
        ),
        (11, 4, 2),
        "rules, notes, missions"
    );
    assert!(PACK.charter.sections.len() >= 12, "annexe 6 is there");
    assert_eq!(
        PACK.manifest.signed_on,
        day("2015-06-05"),
        "the day it was signed"
    );
    assert_eq!(
        PACK.perimeter_of("vie scolaire"),
        Some(Perimeter::Administratif),
        "annexe 2 bis, however typed"
    );
    assert_eq!(
        PACK.perimeter_of("Élèves"),
        Some(Perimeter::Pedagogique),
        "« autre » is the pedagogical side"
    );
    assert!(
        PACK.college("paul eluard").is_some(),
        "a collège is found without its accents"
    );
}

#[test]
fn the_screen_sees_french_typography() {
    let service = PACK.service("authentification").unwrap();
    assert_eq!(
        service.label, "Service d’authentification",
        "apostrophes are set when the pack is read"
    );
    let shown = PACK.guide.items.iter().flat_map(|item| {
        let options = item.options.iter().map(|option| option.label.clone());
        options.chain([item.title.clone()]).chain(item.help.clone())
    });
    for text in shown {
        assert!(
            ![
                "\u{20}?", "\u{20}!", "\u{20}:", "\u{20};", "«\u{20}", "\u{20}»", "'"
            ]
            .iter()
            .any(|plain| text.contains(plain)),
            "typeset: {text}"
        );
    }
}

#[test]
fn each_mistake_of_a_table_has_the_place_of_its_field() {
    let (line, _) = place(&files()["matrice.csv"], "annuaire,tous,mco,academie");
    let found = mistakes("matrice.csv", |text| {
        text.replace(
            "annuaire,tous,mco,academie,,deduit,II.2-A5",
            "annuaire,tous,mco,rectorat,,deduit,II.9",
        )
        .replace("antivirus,tous,mco,inconnu", "antivirus,tout,mco,inconnu")
    });
    assert!(
        found
            .iter()
            .any(|said| said.starts_with(&format!("matrice.csv:{line}:19 : « rectorat »"))),
        "the party, at its column: {found:?}"
    );
    assert!(
        found
            .iter()
            .any(|said| said.starts_with(&format!("matrice.csv:{line}:36 : la source"))),
        "the source, on the same line: {found:?}"
    );
    assert!(
        found
            .iter()
            .any(|said| said.contains("« tout » n’est pas un périmètre")),
        "and the next one too: {found:?}"
    );
}

#[test]
fn quotes_and_line_breaks_do_not_move_the_place() {
    let found = mistakes("colleges.csv", |text| {
        format!(
            "{}\"Nou,\nveau\",\"Tar\"\"bes\",peut-être,\n",
            text.trim_end().to_owned() + "\n"
        )
    });
    assert_eq!(found.len(), 1, "one mistake: {found:?}");
    assert!(
        found[0].starts_with("colleges.csv:23:18 : « peut-être »"),
        "after the line break and the quotes: {found:?}"
    );
}

#[test]
fn the_matrix_refuses_what_contradicts_itself() {
    let named = mistakes("matrice.csv", |text| {
        text.replace(
            "antivirus,tous,mco,inconnu,,inconnu,",
            "antivirus,tous,mco,academie,,inconnu,",
        )
    });
    assert!(
        named[0].contains("ne peut pas être de base"),
        "a party without a basis is a guess: {named:?}"
    );
    let twice = mistakes("matrice.csv", |text| {
        format!(
            "{}\nantivirus,tous,mco,inconnu,,inconnu,\n",
            text.trim_end()
        )
    });
    assert!(
        twice[0].contains("déjà écrite"),
        "a cell stands once: {twice:?}"
    );
    let missing = mistakes("matrice.csv", |text| {
        text.replace("antivirus,tous,mco,inconnu,,inconnu,\n", "")
    });
    assert!(
        missing[0].contains("il manque la case"),
        "every service has every activity: {missing:?}"
    );
    let note = mistakes("matrice.csv", |text| {
        text.replace("mco,sans-objet,,ecrit", "mco,sans-objet,9,ecrit")
    });
    assert!(
        note[0].contains("la note"),
        "a note must be written among the rules: {note:?}"
    );
}

#[test]
fn the_guide_refuses_names_nobody_knows() {
    for (file, known, wrong, said) in [
        (
            "guide/sujet.toml",
            "service = \"antivirus\"",
            "service = \"antiviral\"",
            "« antiviral » n’est pas une valeur possible de « service »",
        ),
        (
            "guide/fin.toml",
            "urgence = [\"inconnu\"]",
            "meteo = [\"inconnu\"]",
            "« meteo » n’est ni un sujet connu ni une question",
        ),
        (
            "guide/fin.toml",
            "reseau = [\"poste-seul\"",
            "reseau = [\"poste-unique\"",
            "« poste-unique » n’est pas une valeur possible de « reseau »",
        ),
        (
            "guide/materiel.toml",
            "genre = \"equipement\"",
            "genre = \"engin\"",
            "« engin » n’est pas un genre",
        ),
        (
            "guide/compte.toml",
            "id = \"compte-action\"",
            "id = \"acces\"",
            "« acces » est déjà pris",
        ),
        (
            "guide/logiciel.toml",
            "tranche = \"valide\"",
            "tranche = \"nature\"",
            "une question tranche",
        ),
        (
            "guide/panne-poste.toml",
            "depuis = [\"panne-poste\"]",
            "depuis = [\"panne-lampe\"]",
            "« panne-lampe » n’est pas une réponse",
        ),
    ] {
        let text = files()[file].replacen(known, wrong, 1);
        let name = wrong
            .rsplit('=')
            .next()
            .unwrap()
            .trim()
            .trim_start_matches('[');
        let name = if said.contains("meteo") {
            "meteo"
        } else {
            name.trim_end_matches(']')
        };
        let (line, column) = place(&text, name);
        let found = mistakes(file, |_| text.clone());
        let here = format!("{file}:{line}:{column} : ");
        assert!(
            found
                .iter()
                .any(|mistake| mistake.starts_with(&here) && mistake.contains(said)),
            "« {said} » at {here} among {found:#?}"
        );
    }
}

#[test]
fn a_line_of_a_mission_sheet_is_read_or_ticked_under_one_name() {
    let lines = |of: &str| -> Vec<(bool, String)> {
        let sheet = PACK.missions.iter().find(|sheet| sheet.id == of).unwrap();
        let lines = sheet.sections.iter().flat_map(Section::lines);
        lines
            .map(|line| (line.task().is_some(), line.text().to_owned()))
            .collect()
    };
    let sheet = lines("correspondant-maintenance");
    assert_eq!(
        sheet.iter().filter(|(task, _)| *task).count(),
        3,
        "annexe 4 asks three things of the correspondant: {sheet:?}"
    );
    assert!(
        sheet
            .iter()
            .any(|(task, text)| !task && text.starts_with("Gestionnaire réseau")),
        "whom he puts in touch is no task"
    );
    for (known, wrong, said) in [
        (
            "tache = \"comptes\"",
            "tache = \"espaces\"",
            "« espaces » nomme déjà une tâche de cette fiche",
        ),
        (
            "tache = \"comptes\"",
            "tache = \"\"",
            "une tâche a un nom court",
        ),
        (
            "tache = \"comptes\"",
            "cocher = \"comptes\"",
            "une phrase, ou { tache",
        ),
        (
            "id = \"gestionnaire-reseau\"",
            "id = \"correspondant-maintenance\"",
            "est défini deux fois",
        ),
    ] {
        let found = mistakes("missions.toml", |text| text.replacen(known, wrong, 1));
        assert!(
            found.len() == 1 && found[0].contains(said),
            "« {said} » and nothing else: {found:?}"
        );
    }
}

#[test]
fn mistakes_of_several_files_come_together() {
    let mut files = files();
    files.remove("glossaire.csv");
    let rules = files["regles.toml"].replace("[regle]]", "[regle]");
    files.insert("regles.toml".to_owned(), rules);
    let refused = Pack::load(&files).unwrap_err();
    let names: Vec<&str> = refused
        .iter()
        .map(|mistake| mistake.file.as_str())
        .collect();
    assert!(
        names.contains(&"glossaire.csv") && names.contains(&"regles.toml"),
        "both files are named: {refused:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_panics_whatever_the_bytes(which in 0usize..32, at in 0usize..4000, cut in 0usize..40, bytes in prop::collection::vec(any::<u8>(), 0..24)) {
        let mut files = files();
        let names: Vec<String> = files.keys().cloned().collect();
        let name = &names[which % names.len()];
        let mut raw = files[name].clone().into_bytes();
        let from = at % raw.len();
        raw.splice(from..(from + cut).min(raw.len()), bytes);
        files.insert(name.clone(), String::from_utf8_lossy(&raw).into_owned());
        if let Err(mistakes) = Pack::load(&files) {
            prop_assert!(!mistakes.is_empty(), "a refusal says why");
            prop_assert!(mistakes.iter().all(|mistake| mistake.line >= 1 && mistake.column >= 1), "each mistake has a place");
        }
    }

    #[test]
    fn a_pack_of_noise_is_refused(texts in prop::collection::vec(".{0,80}", 4)) {
        let names = ["manifest.toml", "matrice.csv", "regles.toml", "guide/situation.toml"];
        let files: BTreeMap<String, String> = names.iter().map(|name| (*name).to_owned()).zip(texts).collect();
        prop_assert!(Pack::load(&files).is_err(), "noise is no pack");
    }
}
