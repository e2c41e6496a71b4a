//! A training, a project, a change of tools, someone to find (II art. 2): what the Académie makes available.

use convention::*;

use crate::story::*;

fn needs(help: &str) -> Told {
    walk(
        &college(),
        [
            ("situation", "formation"),
            ("accompagnement", help),
            ("besoin", "Avant la rentrée."),
        ],
    )
}

fn needs_about(help: &str, subject: &str) -> Told {
    walk(
        &college(),
        [
            ("situation", "formation"),
            ("accompagnement", help),
            ("sujet", subject),
            ("besoin", "Huit personnes, le mercredi."),
        ],
    )
}

#[test]
fn a_training_is_given_by_the_academie() {
    for subject in [
        "gestion-eleves",
        "logiciels-catalogue",
        "equipement-bureautique",
    ] {
        let told = needs_about("former", subject);
        told.goes(Party::Academie, Basis::Deduit, "II.2-A8", Channel::Platform)
            .explains(
                "formation",
                "II art. 2: « accompagnement au changement : […] formation »",
            )
            .describes(&[
                "Besoin : Former une ou plusieurs personnes",
                "Besoin décrit : Huit personnes, le mercredi.",
            ]);
        assert_eq!(
            told.summary.urgency,
            Urgency::PeutAttendre,
            "nobody is asked whom it hinders"
        );
    }
}

#[test]
fn a_training_on_software_outside_the_catalogue_is_the_colleges_own() {
    needs_about("former", "logiciels-hors-catalogue").goes(
        Party::Etablissement,
        Basis::Ecrit,
        "A2",
        Channel::Internal,
    );
}

#[test]
fn a_digital_project_is_accompanied_by_the_academie_with_the_departement() {
    needs("projet")
        .goes(Party::Academie, Basis::Deduit, "II.2-A8", Channel::Platform)
        .warns(
            "l'Académie y associe d'abord le Département",
            "II art. 1: « en s'associant préalablement au Département »",
        );
}

#[test]
fn a_change_of_tools_is_accompanied_by_the_academie_with_the_departement() {
    needs_about("transition", "stockage-pedagogique")
        .goes(Party::Academie, Basis::Deduit, "II.2-A8", Channel::Platform)
        .warns("l'Académie y associe d'abord le Département", "II art. 1");
}

#[test]
fn a_missing_gestionnaire_or_correspondant_is_named_by_the_head_with_means_of_the_academie() {
    needs("moyens")
        .goes(Party::Academie, Basis::Deduit, "II.2", Channel::Platform)
        .first(
            "Le chef d'établissement désigne la personne",
            "I art. 2, annexes 4 and 5",
        )
        .first("un enseignant comme gestionnaire réseau", "annexe 5")
        .first("présent à plein temps", "annexe 4")
        .warns("En octobre", "II art. 2: the lists of each collège")
        .passes(
            &[
                "Chef d'établissement",
                "Plateforme d'assistance",
                "Académie",
            ],
            "in this order",
        );
}
