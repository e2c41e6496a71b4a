//! What a pack's author may write beside plain questions, each told as a short use of a small guide.

use std::collections::BTreeMap;

use crate::{testing::*, *};

/// A guide of one symptom, one machine and one form.
const GUIDE: &str = r#"
[essai]
titre = "Est-ce que ça règle le problème ?"
court = "Essayé"
pourquoi = "Une panne réglée sur place ne part pas."

[[question]]
id = "situation"
genre = "choix"
titre = "Que se passe-t-il ?"
court = "Objet"

[[question.choix]]
id = "panne"
libelle = "Un ordinateur"
titre = "Ordinateur en panne"
donne = { nature = "panne", activite = "mco", service = "equipement-bureautique", famille = "poste" }

[[question.choix]]
id = "virus"
libelle = "Un virus"
titre = "Virus"
donne = { nature = "securite", activite = "mco", service = "equipement-bureautique", cas = "incident-securite" }

[[question]]
id = "appareil-choisi"
genre = "equipement"
titre = "Quel appareil ?"
court = "Appareil"
si = { situation = ["panne"] }

[[question]]
id = "salle-entiere"
genre = "deduction"
si = { appareil = ["groupe"] }
donne = { impact = "salle" }

[[question]]
id = "symptome"
genre = "choix"
titre = "Que fait-il ?"
court = "Symptôme"
si = { situation = ["panne"] }

[[question.choix]]
id = "lent"
libelle = "Il est lent"
essais = ["Redémarrer le poste.", "Essayer un autre compte"]

[[question.choix]]
id = "muet"
libelle = "Il ne s'allume pas"

[[question]]
id = "fiche"
genre = "fiche"
titre = "Ce qu'il faut savoir"
court = "Précisions"
si = { nature = ["panne"] }
champ = [
    { id = "message", libelle = "Message affiché", precision = "Mot pour mot", genre = "ligne", si = { symptome = ["lent"] } },
    { id = "depuis", libelle = "Depuis le", genre = "date" },
    { id = "combien", libelle = "Postes touchés", genre = "nombre", si = { pas-appareil = ["groupe"] } },
    { id = "telephone", libelle = "Téléphone", genre = "telephone", reprend = "telephone" },
]

[[consequence]]
si = { voie = ["plateforme"], base = ["deduit"], garantie = ["finie"] }
texte = "Hors garantie : la plateforme le verra."

[[liste]]
si = { symptome = ["muet"] }
points = ["Noter le voyant", "Prévenir le chef d'établissement"]

[[liste]]
si = { nature = ["panne"] }
points = ["Coller une affichette"]

[[reflexe]]
si = { situation = ["virus"] }
titre = "Couper le réseau, laisser allumé"
maintenant = ["Débranchez le câble réseau."]
jamais = ["N'éteignez pas le poste."]
prevenir = ["Le chef d'établissement"]
"#;

const CLASSES: &str = r#"
[classement]
champs = [
    { champ = "Tier 1", libelle = "Catégorie" },
    { champ = "Tier 2", libelle = "Détail" },
    { champ = "Group", libelle = "Groupe" },
]

[[classement.regle]]
si = { symptome = ["lent"] }
valeurs = { "Tier 2" = { valeur = "Lenteur" } }

[[classement.regle]]
si = { nature = ["panne"] }
valeurs = { "Tier 1" = { valeur = "Matériel", a-fixer = "à fixer par l'Académie" }, "Tier 2" = { valeur = "Autre" } }
"#;

fn small() -> BTreeMap<String, String> {
    let mut files = with_guide(GUIDE);
    files.get_mut("plateforme.toml").unwrap().push_str(CLASSES);
    files
}

fn machine(number: usize) -> EquipmentFacts {
    EquipmentFacts {
        id: format!("eq-{number:04}"),
        label: format!("B204-{number:02}"),
        kind: "Ordinateur fixe".to_owned(),
        family: EquipmentFamily::Poste,
        room: Some("B204".to_owned()),
        user_line: Some("Élèves".to_owned()),
        serial: Some(format!("S4YH{number:04}")),
        inventory_number: (number == 1).then(|| "CD65-00001".to_owned()),
        warranty_end: Some(day("2020-01-01")),
        ..printer()
    }
}

fn room(machines: usize) -> Facts {
    Facts {
        group: Some(GroupFacts {
            room_id: "room-204".to_owned(),
            room: "B204".to_owned(),
            machines: (1..=machines).map(machine).collect(),
        }),
        ..facts()
    }
}

fn answers(given: &[(&str, Answer)]) -> Answers {
    let mut answers = Answers::default();
    for (question, answer) in given {
        answers.set(*question, answer.clone());
    }
    answers
}

fn ready(pack: &Pack, answers: &Answers, facts: &Facts) -> Summary {
    match next(pack, &Overlay::default(), answers, facts).unwrap() {
        Step::Ready { summary, .. } => summary,
        Step::Ask { question, .. } => panic!("the summary was expected, not « {} »", question.id),
    }
}

fn asked(pack: &Pack, answers: &Answers, facts: &Facts) -> Question {
    match next(pack, &Overlay::default(), answers, facts).unwrap() {
        Step::Ask { question, .. } => question,
        Step::Ready { summary, .. } => panic!("a question was expected, not {}", summary.title),
    }
}

fn slow() -> Vec<(&'static str, Answer)> {
    vec![
        ("situation", "panne".into()),
        ("appareil-choisi", NONE_OF_THEM.into()),
        ("symptome", "lent".into()),
    ]
}

#[test]
fn what_to_try_is_answered_trial_by_trial_and_told_to_the_desk() {
    let pack = loaded(&small());
    let mut given = answers(&slow());
    let question = asked(&pack, &given, &facts());
    assert_eq!(
        (question.kind, question.id.as_str()),
        (QuestionKind::Trials, "essai-symptome-lent"),
        "the trials stand right after the symptom"
    );
    assert_eq!(
        (
            question.trials[1].id.as_str(),
            question.trials[1].text.as_str()
        ),
        ("2", "Essayer un autre compte"),
        "numbered, one gesture each"
    );

    given.set("essai-symptome-lent", pieces([("1", "pas-regle")]));
    assert_eq!(
        asked(&pack, &given, &facts()).id,
        "essai-symptome-lent",
        "a trial without an outcome is asked again"
    );

    given.set(
        "essai-symptome-lent",
        pieces([("1", "pas-regle"), ("2", "pas-pu")]),
    );
    given.set("fiche", pieces([]));
    let told = ready(&pack, &given, &facts()).description;
    assert!(
        told.contains("Essayé\u{202f}: Redémarrer le poste\u{202f}: pas réglé\u{202f}; Essayer un autre compte\u{202f}: pas pu essayer"),
        "each trial with what came of it, so that the desk does not ask back:\n{told}"
    );

    given.set("essai-symptome-lent", pieces([("1", "regle")]));
    let settled = ready(&pack, &given, &facts());
    assert!(
        settled.settled,
        "one that settles is enough, the rest need no answer"
    );
    assert!(settled.checklist.is_empty(), "and nothing is left to do");

    given.set("essai-symptome-lent", pieces([("3", "regle")]));
    let refused = next(&pack, &Overlay::default(), &given, &facts())
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("Réponses possibles\u{202f}: 1, 2"),
        "an unknown trial is refused: {refused}"
    );
    given.set("essai-symptome-lent", "oui");
    let refused = next(&pack, &Overlay::default(), &given, &facts())
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("une valeur par ligne"),
        "a plain word is no answer to it: {refused}"
    );
    assert!(
        given.known_to(&pack).get("essai-symptome-lent").is_none()
            && given.known_to(&pack).get("symptome").is_some(),
        "a draft of an older version keeps what this one still understands"
    );
}

#[test]
fn a_form_shows_the_lines_that_make_sense_and_leaves_the_empty_ones_out() {
    let pack = loaded(&small());
    let mut given = answers(&slow());
    given.set("symptome", "muet");
    let known = BTreeMap::from([("telephone".to_owned(), "05 62 00 00 00".to_owned())]);
    let facts = Facts { known, ..facts() };
    let question = asked(&pack, &given, &facts);
    let shown: Vec<&str> = question
        .fields
        .iter()
        .map(|field| field.id.as_str())
        .collect();
    assert_eq!(
        shown,
        ["depuis", "combien", "telephone"],
        "no message is asked of a machine that is off"
    );
    assert_eq!(
        question.fields[2].known.as_deref(),
        Some("05 62 00 00 00"),
        "what the profile knows is taken over, to be read and changed"
    );
    assert!(question.optional, "none of the lines is required");

    given.set(
        "fiche",
        pieces([
            ("depuis", "2026-11-20"),
            ("combien", " "),
            ("message", "0x0042"),
        ]),
    );
    let summary = ready(&pack, &given, &facts);
    assert!(
        summary
            .description
            .contains("\nDepuis le\u{202f}: 20/11/2026"),
        "a filled line is a line for the desk:\n{}",
        summary.description
    );
    assert!(
        !summary.description.contains("Postes touchés") && !summary.description.contains("0x0042"),
        "an empty line and one that is not shown are left out:\n{}",
        summary.description
    );

    for (id, typed, said) in [
        ("depuis", "hier", "n’est pas une date"),
        ("combien", "douze", "n’est pas un nombre entier"),
        ("couleur", "bleu", "Réponses possibles"),
    ] {
        given.set("fiche", pieces([(id, typed)]));
        let refused = next(&pack, &Overlay::default(), &given, &facts)
            .unwrap_err()
            .to_string();
        assert!(refused.contains(said), "« {typed} » for {id}: {refused}");
    }
}

#[test]
fn a_whole_room_is_one_dossier() {
    let pack = loaded(&small());
    let mut given = answers(&slow());
    given.set("appareil-choisi", "salle:room-204");
    given.set("symptome", "muet");
    given.set("fiche", pieces([]));
    let summary = ready(&pack, &given, &room(12));
    assert_eq!(
        summary.title, "Ordinateur en panne – les 12 postes de B204",
        "the title says how many and where"
    );
    assert_eq!(summary.machines.len(), 12, "all of them are concerned");
    assert_eq!(
        (summary.impact, summary.perimeter, summary.route.party),
        (
            Impact::Salle,
            Some(Perimeter::Pedagogique),
            Party::Departement
        ),
        "they agree on who uses them, and a room is stopped"
    );
    assert!(
        summary.description.contains("Postes concernés\u{202f}: 12\nB204-01\u{202f}: série S4YH0001, inventaire CD65-00001\nB204-02\u{202f}: série S4YH0002"),
        "the technician finds each of them:\n{}",
        summary.description
    );
    assert!(
        summary
            .consequences
            .iter()
            .any(|text| text.starts_with("Hors garantie")),
        "none is under warranty, so it is said: {:?}",
        summary.consequences
    );

    let many = ready(&pack, &given, &room(43));
    assert!(
        many.description.contains("B204-40")
            && !many.description.contains("B204-41")
            && many.description.contains("et 3 autres"),
        "a long list stays readable:\n{}",
        many.description
    );

    let mut mixed = room(3);
    let group = mixed.group.as_mut().unwrap();
    group.machines[0].user_line = Some("Vie scolaire".to_owned());
    group.machines[0].warranty_end = Some(day("2030-01-01"));
    let summary = ready(&pack, &given, &mixed);
    assert_eq!(
        summary.perimeter, None,
        "they do not agree on who uses them"
    );
    assert!(summary.consequences.is_empty(), "nor on the warranty");

    assert_eq!(
        asked(&pack, &given, &facts()).id,
        "appareil-choisi",
        "a room the register does not know is asked again, never taken for a description"
    );
    assert_eq!(
        asked(&pack, &given, &room(1)).id,
        "appareil-choisi",
        "one machine is not a room of them"
    );
}

#[test]
fn what_to_do_at_once_and_step_by_step_comes_with_the_situation() {
    let pack = loaded(&small());
    let Step::Ready { summary, .. } = next(
        &pack,
        &Overlay::default(),
        &answers(&[("situation", "virus".into())]),
        &facts(),
    )
    .unwrap() else {
        panic!("this guide has nothing more to ask about a virus")
    };
    let reflexes = summary.reflexes.expect("an incident does not wait");
    assert_eq!(
        reflexes.never,
        ["N’éteignez pas le poste."],
        "what not to touch is said"
    );

    let mut given = answers(&slow());
    given.set("symptome", "muet");
    let Step::Ask { reflexes, .. } = next(&pack, &Overlay::default(), &given, &facts()).unwrap()
    else {
        panic!("the form comes next")
    };
    assert_eq!(reflexes, None, "a breakdown has no reflexes");
    given.set("fiche", pieces([]));
    assert_eq!(
        ready(&pack, &given, &facts()).checklist,
        [
            "Noter le voyant",
            "Prévenir le chef d’établissement",
            "Coller une affichette"
        ],
        "all the lists that apply, in their order"
    );
}

#[test]
fn the_platform_gets_a_class_field_by_field() {
    let pack = loaded(&small());
    let mut given = answers(&slow());
    given.set(
        "essai-symptome-lent",
        pieces([("1", "pas-pu"), ("2", "pas-pu")]),
    );
    given.set("fiche", pieces([]));
    let categories = ready(&pack, &given, &facts()).categories;
    let said: Vec<(&str, &str, bool)> = categories
        .iter()
        .map(|class| {
            (
                class.field.as_str(),
                class.value.as_str(),
                class.to_confirm.is_some(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [("Tier 1", "Matériel", true), ("Tier 2", "Lenteur", false)],
        "the first rule that gives a field wins, and a field nobody gives is left out"
    );
}
