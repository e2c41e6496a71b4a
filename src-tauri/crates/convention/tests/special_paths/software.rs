//! Software of the catalogue, outside it, asked by a programme, of an experiment: who validates, who installs.

use convention::*;

use crate::story::*;

/// Outside the catalogue: to install or to buy.
fn outside(installs: bool, validation: &str) -> Told {
    let lines = "editeur = Tactileo 4 ; combien-postes = 12, salle B204 ; licence = achetée, 12 postes, un an";
    if installs {
        return walk(
            &college(),
            [
                ("situation", "installer-logiciel"),
                ("sujet", "logiciels-hors-catalogue"),
                ("validation", validation),
                ("gene", "salle-peut-attendre"),
                ("besoin", "Le professeur de SVT en a besoin pour les 4e."),
                ("fiche-demande", lines),
            ],
        );
    }
    walk(
        &college(),
        [
            ("situation", "acheter-logiciel"),
            ("sujet", "logiciels-hors-catalogue"),
            ("validation", validation),
            ("besoin", "Le professeur de SVT en a besoin pour les 4e."),
            ("fiche-demande", lines),
        ],
    )
}

#[test]
fn software_of_the_catalogue_is_installed_by_the_departement() {
    let told = walk(
        &college(),
        [
            ("situation", "installer-logiciel"),
            ("sujet", "logiciels-catalogue"),
            ("gene", "salle-genant"),
            ("besoin", "GeoGebra manque en B204."),
            ("fiche-demande", "combien-postes = les 12 postes de B204"),
        ],
    );
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D2",
        Channel::Platform,
    )
    .warns(
        "justifie ses droits d'usage",
        "I art. 3: made available subject to the rights of use, where needed",
    )
    .warns(
        "le matériel en place",
        "II art. 2: compatible with the equipment in place",
    )
    .line("Sur combien de postes", None)
    .line("Licence", None)
    .line("Téléphone où vous joindre", Some("05 62 00 00 00"))
    .silent(
        "Académie et par le Département",
        "the catalogue is validated already",
    );
}

#[test]
fn outside_the_catalogue_both_validate_before_anything() {
    for installs in [true, false] {
        for validation in ["non", "ne-sait-pas"] {
            let told = outside(installs, validation);
            told.goes(
                Party::Etablissement,
                Basis::Ecrit,
                "A2",
                Channel::PriorValidation,
            )
            .first(
                "par l'Académie et par le Département",
                "II art. 2: any other need is validated by both",
            )
            .first(
                "accord écrit du chef d'établissement",
                "I art. 3: he alone may validate its installation",
            )
            .warns(
                "installé et entretenu par le collège",
                "annexe 2: « Etab » in each cell",
            )
            .does(
                &[
                    "chef d'établissement",
                    "de l'Académie et du Département",
                    "Attendre les deux réponses",
                ],
                "in order",
            )
            .describes(&["Éditeur et version : Tactileo 4"]);
        }
    }
}

#[test]
fn validated_by_one_of_the_two_only_it_still_waits_for_the_other() {
    for installs in [true, false] {
        outside(installs, "un-seul")
            .goes(
                Party::Etablissement,
                Basis::Ecrit,
                "A2",
                Channel::PriorValidation,
            )
            .warns(
                "Un seul accord ne suffit pas",
                "II art. 2: « validé par l'Académie et le Département »",
            )
            .does(
                &["Attendre les deux réponses"],
                "the second answer is to come",
            );
    }
}

#[test]
fn validated_by_both_the_college_installs_it_under_its_head() {
    let told = outside(true, "oui");
    told.goes(Party::Etablissement, Basis::Ecrit, "A2", Channel::Internal)
        .warns(
            "chef d'établissement, seul habilité à valider l'installation",
            "I art. 3: rights of use",
        )
        .warns(
            "disparaît si le poste est réinstallé",
            "annexe 5: reinstalled on the base of the socle",
        )
        .does(
            &[
                "accords de l'Académie et du Département",
                "licence",
                "un seul poste",
                "autres postes",
            ],
            "its steps",
        )
        .silent("Attendre", "nothing is waited for");
    let asked = told.question("validation");
    let yes = asked
        .choices
        .iter()
        .find(|choice| choice.id == "oui")
        .unwrap();
    assert!(
        yes.hint
            .as_deref()
            .is_some_and(|hint| hint.contains("Académie")),
        "« oui » means both agreements: {yes:?}"
    );
    outside(false, "oui")
        .goes(Party::Etablissement, Basis::Ecrit, "A2", Channel::Internal)
        .warns(
            "droits d'usage engagent le chef d'établissement",
            "I art. 3: who buys is told too",
        );
}

#[test]
fn one_agreement_is_an_answer_only_where_two_are_needed() {
    let told = walk(
        &college(),
        [
            ("situation", "acheter-materiel"),
            ("type", "ordinateur-portable"),
            ("payeur", "fonds-propres"),
            ("validation", "non"),
            ("besoin", "Un portable."),
        ],
    );
    let offered = &told.question("validation").choices;
    assert!(
        offered.iter().all(|choice| choice.id != "un-seul"),
        "a machine is validated by the Département alone"
    );
}

#[test]
fn a_breakdown_of_software_outside_the_catalogue_stays_in_the_college() {
    walk(
        &college(),
        [
            ("situation", "panne-logiciel"),
            ("sujet", "logiciels-hors-catalogue"),
            ("logiciel", "erreur"),
            ("essai-logiciel-erreur", "pas-regle"),
            ("gene", "personne-genant"),
            ("fiche", "message-logiciel = Erreur 42"),
        ],
    )
    .goes(Party::Etablissement, Basis::Ecrit, "A2", Channel::Internal);
}

#[test]
fn software_that_a_programme_asks_for_is_installed_by_the_departement() {
    walk(
        &college(),
        [
            ("situation", "installer-logiciel"),
            ("sujet", "logiciel-de-programme"),
            ("gene", "salle-peut-attendre"),
            ("besoin", "SolidWorks en technologie, salle B104."),
            ("fiche-demande", "combien-postes = 15"),
        ],
    )
    .goes(Party::Departement, Basis::Deduit, "A5", Channel::Platform)
    .first(
        "référentiel de programme",
        "annexe 5: the list depends on the speciality of the collège",
    )
    .first(
        "droits d'usage",
        "I art. 3: software the Département does not supply",
    );
}

fn experiment(validation: &str) -> Told {
    walk(
        &college(),
        [
            ("situation", "installer-logiciel"),
            ("sujet", "logiciel-experimentation"),
            ("experimentation", validation),
            ("gene", "salle-peut-attendre"),
            ("besoin", "Deux classes de 5e, un an, lecture augmentée."),
            ("fiche-demande", ""),
        ],
    )
}

#[test]
fn an_experiment_nobody_validated_starts_with_the_academie() {
    experiment("aucune")
        .goes(
            Party::Academie,
            Basis::Deduit,
            "I.3",
            Channel::PriorValidation,
        )
        .first(
            "valider l'expérimentation par l'Académie",
            "II art. 2: experiments validated by the Académie",
        )
        .first(
            "les prérequis et la conformité technique",
            "I art. 3: validated beforehand by the Département",
        )
        .passes(
            &[
                "par l'Académie",
                "par le Département",
                "Dotation par l'Académie",
            ],
            "in this order",
        )
        .warns("N'installez rien", "nothing before both validations")
        .does(
            &[
                "chef d'établissement",
                "par l'Académie",
                "par le Département",
                "dotation",
            ],
            "in this order",
        );
}

#[test]
fn an_experiment_of_the_academie_still_waits_for_the_departement() {
    experiment("academie")
        .goes(
            Party::Academie,
            Basis::Deduit,
            "I.3",
            Channel::PriorValidation,
        )
        .first(
            "les prérequis et la conformité technique",
            "I art. 3: the Département's part is left",
        )
        .warns(
            "N'installez rien avant l'accord du Département",
            "what is missing is named",
        )
        .silent(
            "Faites valider l'expérimentation par l'Académie",
            "that is done",
        );
}

#[test]
fn an_experiment_validated_by_both_is_endowed_by_the_academie() {
    experiment("deux")
        .goes(Party::Academie, Basis::Deduit, "II.2", Channel::Platform)
        .explains(
            "l'Académie dote le collège",
            "II art. 2: the Académie endows the collèges",
        )
        .explains(
            "ne dit pas qui l'installe",
            "what the text leaves open is said so",
        )
        .first("deux accords écrits", "they will be asked for")
        .silent("N'installez rien", "both have validated");
}
