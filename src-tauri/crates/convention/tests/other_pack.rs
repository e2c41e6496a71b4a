//! Another Département, invented: what it wrote loads, leads somewhere whatever is answered, and decides everything.
//!
//! It shares no service, question or source with the pack of the house, and splits the work otherwise.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use convention::*;

static HOUSE: LazyLock<Pack> = LazyLock::new(|| read("assets/convention"));
static LANDE: LazyLock<Pack> = LazyLock::new(|| read("tests/fixtures/pack-lande"));

fn read(folder: &str) -> Pack {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../..")
        .join(folder);
    let mut files = BTreeMap::new();
    for inner in ["", "guide/"] {
        for entry in fs::read_dir(root.join(inner)).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                let name = format!("{inner}{}", entry.file_name().into_string().unwrap());
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    Pack::load(&files).unwrap_or_else(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        panic!("{folder} must load:\n{}", lines.join("\n"))
    })
}

fn facts() -> Facts {
    Facts::on("2026-11-23".parse().unwrap())
}

fn tablet() -> EquipmentFacts {
    EquipmentFacts {
        id: "m-7".to_owned(),
        label: "Tablette Nova 10".to_owned(),
        kind: "Tablette".to_owned(),
        family: EquipmentFamily::Portable,
        room: Some("Atelier bois".to_owned()),
        user_line: Some("Atelier".to_owned()),
        perimeter: Some(Perimeter::Pedagogique),
        funding: Some(Funding::Departement),
        bought_on: None,
        validated: false,
        warranty_end: Some("2025-06-30".parse().unwrap()),
        serial: Some("NV10-88".to_owned()),
        inventory_number: None,
    }
}

/// Answers in the order in which the guide asks, then the summary.
fn walk<const N: usize>(facts: &Facts, given: [(&str, Answer); N]) -> Summary {
    let mut answers = Answers::default();
    for (question, answer) in given {
        match next(&LANDE, &Overlay::default(), &answers, facts).unwrap() {
            Step::Ask {
                question: asked, ..
            } => assert_eq!(asked.id, question, "asked in this order"),
            Step::Ready { .. } => panic!("« {question} » was not asked any more"),
        }
        answers.set(question, answer);
    }
    match next(&LANDE, &Overlay::default(), &answers, facts).unwrap() {
        Step::Ready { summary, .. } => summary,
        Step::Ask { question, .. } => panic!("« {} » is still asked", question.id),
    }
}

fn nothing() -> Answer {
    Answer::Fields(BTreeMap::new())
}

#[test]
fn it_has_nothing_of_the_house() {
    let ids = |pack: &Pack| -> BTreeSet<String> {
        let services = pack.services.iter().map(|service| service.id.clone());
        let families = pack.families.iter().map(|family| family.id.clone());
        let sources = pack.sources.iter().map(|source| source.code.clone());
        let cases = pack.rules.cases.iter().map(|case| case.id.clone());
        services
            .chain(families)
            .chain(sources)
            .chain(cases)
            .collect()
    };
    let shared: Vec<String> = ids(&HOUSE).intersection(&ids(&LANDE)).cloned().collect();
    assert!(
        shared.is_empty(),
        "services, families, sources and cases are its own: {shared:?}"
    );
    assert_eq!(
        (LANDE.services.len(), LANDE.colleges.len()),
        (10, 1),
        "ten services, one collège"
    );
}

#[test]
fn every_way_through_its_guide_has_an_issue() {
    let survey = survey(&LANDE);
    let dead: Vec<String> = survey.dead_ends.iter().map(ToString::to_string).collect();
    assert!(dead.is_empty(), "no dead end:\n{}", dead.join("\n"));
    assert!(
        survey.never.is_empty(),
        "each service, case, question and answer is reached:\n{}",
        survey.never.join("\n")
    );
    assert_eq!(
        survey.natures,
        BTreeSet::from(Nature::ALL),
        "it leads to each nature"
    );
    assert_eq!(
        survey.channels,
        BTreeSet::from(Channel::ALL),
        "and to each channel"
    );
    assert!(
        !survey.parties.contains(&Party::Region) && survey.parties.contains(&Party::Editeur),
        "to its own parties only: {:?}",
        survey.parties
    );
    assert!(
        survey.longest <= 9,
        "no way is a wall of questions: {:?}",
        survey.by_length
    );
}

#[test]
fn the_same_breakdown_goes_elsewhere() {
    let repaired = |pack: &Pack, family: EquipmentFamily, side: Perimeter| {
        let service = pack.guide.repaired_under(family).unwrap();
        let request = RouteRequest {
            perimeter: Some(side),
            ..RouteRequest::new(service, Activity::Maintenance)
        };
        route(pack, &Overlay::default(), &request).unwrap()
    };
    let office = |pack: &Pack| repaired(pack, EquipmentFamily::Poste, Perimeter::Administratif);
    assert_eq!(
        office(&HOUSE).party,
        Party::Academie,
        "there the Académie repairs the offices"
    );
    assert_eq!(
        office(&LANDE).party,
        Party::Departement,
        "here the Département repairs them too"
    );
    assert_eq!(
        office(&LANDE).path,
        ["Guichet Passerelle", "Techniciens de la DNum"],
        "by its own stops"
    );
    let printer = repaired(&LANDE, EquipmentFamily::Imprimante, Perimeter::Pedagogique);
    assert_eq!(
        (printer.party, printer.channel),
        (Party::Etablissement, Channel::Internal),
        "a copier is the collège's own business"
    );
}

#[test]
fn a_screen_bought_by_the_college_is_visited_first() {
    let bought = |visit: &str| {
        walk(
            &facts(),
            [
                ("motif", "nouvel-achat".into()),
                ("quoi-acheter", "ecran-tactile".into()),
                ("payeur", "college-paie".into()),
                ("visite", visit.into()),
                ("recit", "Un écran pour la salle de musique".into()),
            ],
        )
    };
    let before = bought("pas-encore");
    assert_eq!(
        (before.route.party, before.route.channel),
        (Party::Departement, Channel::PriorValidation),
        "the visit comes first"
    );
    assert_eq!(
        before.route.source.unwrap().code,
        "ART8",
        "its own article says so"
    );
    assert_eq!(
        before.route.before,
        ["Demandez la visite du technicien."],
        "in its own words"
    );
    let after = bought("faite");
    assert_eq!(
        (after.route.party, after.route.channel),
        (Party::Etablissement, Channel::Internal),
        "once visited, the collège orders"
    );
}

#[test]
fn a_tablet_out_of_warranty_is_repaired_with_a_part_of_the_college() {
    let facts = Facts {
        equipment: Some(tablet()),
        ..facts()
    };
    let tried = BTreeMap::from([("1".to_owned(), Outcome::Persists.id().to_owned())]);
    let summary = walk(
        &facts,
        [
            ("motif", "machine-arretee".into()),
            ("engin", "m-7".into()),
            ("micro-signe", "tortue".into()),
            ("essai-micro-signe-tortue", Answer::Fields(tried)),
            ("mesure", "un-seul".into()),
            ("feuille", nothing()),
        ],
    );
    assert_eq!(
        summary.route.party,
        Party::Departement,
        "the Département repairs"
    );
    assert_eq!(
        summary.route.path,
        [
            "Guichet Passerelle",
            "Techniciens de la DNum",
            "Collège (pièces de remplacement)"
        ],
        "and the collège gives the part: the other way round in the house"
    );
    let told: Vec<(&str, &str, bool)> = summary
        .categories
        .iter()
        .map(|it| {
            (
                it.field.as_str(),
                it.value.as_str(),
                it.to_confirm.is_some(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("Rubrique", "Parc", false), ("Équipe", "Accueil", true)],
        "classed in its own fields, the default still to be confirmed"
    );
}

#[test]
fn a_copier_is_the_hirer_s_to_mend() {
    let summary = walk(
        &facts(),
        [
            ("motif", "copie-arretee".into()),
            ("engin", "aucun".into()),
            ("copie-signe", "copie-pale".into()),
            ("mesure", "une-classe".into()),
            ("feuille", nothing()),
        ],
    );
    assert_eq!(
        summary.route.channel,
        Channel::Internal,
        "nothing leaves for the desk"
    );
    assert_eq!(
        summary.checklist.len(),
        3,
        "what the collège does: {:?}",
        summary.checklist
    );
}

#[test]
fn an_alert_says_at_once_what_to_do() {
    let mut answers = Answers::default();
    answers.set("motif", "alerte");
    let Step::Ask { reflexes, .. } = next(&LANDE, &Overlay::default(), &answers, &facts()).unwrap()
    else {
        panic!("the constat is asked next");
    };
    assert_eq!(
        reflexes.unwrap().title,
        "Appeler le veilleur",
        "before anything else is asked"
    );
    let summary = walk(
        &facts(),
        [
            ("motif", "alerte".into()),
            ("constat", "rancon".into()),
            ("recit", "Un message demande de payer".into()),
        ],
    );
    assert_eq!(
        (summary.route.party, summary.route.channel),
        (Party::Departement, Channel::Security),
        "the Département's watch, where the house has the Académie's"
    );
}

#[test]
fn its_typed_line_speaks_its_own_words() {
    let first = |text: &str| {
        let found = start(&LANDE, &[], text).into_iter().next();
        let found = found.unwrap_or_else(|| panic!("« {text} » must be understood"));
        (
            found.nature,
            found.service,
            found.symptom.unwrap_or_default(),
        )
    };
    for (line, nature, service, symptom) in [
        ("tablette tres lente", Nature::Panne, "micros", "tortue"),
        (
            "copieur papier coincé",
            Nature::Panne,
            "copie",
            "feuille-prise",
        ),
        (
            "le tactile du tableau ne repond plus",
            Nature::Panne,
            "ecrans-de-classe",
            "toucher-perdu",
        ),
        (
            "plus internet dans tout le collège",
            Nature::Panne,
            "cablage",
            "partout",
        ),
        (
            "mot de passe oublié pour ma session",
            Nature::Compte,
            "identites",
            "sesame",
        ),
        (
            "acheter un carnet de notes",
            Nature::Achat,
            "carnet",
            "achat-carnet",
        ),
        ("demande de rançon", Nature::Securite, "micros", "rancon"),
        ("emprunter le chariot", Nature::Conseil, "micros", "pret"),
    ] {
        assert_eq!(
            first(line),
            (nature, service.to_owned(), symptom.to_owned()),
            "« {line} »"
        );
    }
}
