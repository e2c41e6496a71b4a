//! Mistakes of the Département's inventory: what it does not hold, it does not maintain (II art. 2).

use convention::*;

use crate::story::*;

fn known(mistake: &str, about: &[&str], lines: &str) -> Told {
    let facts = with(computer());
    match about {
        [text] => walk(
            &facts,
            [
                ("situation", "inventaire"),
                ("equipement", "eq-0001"),
                ("inventaire-erreur", mistake),
                ("besoin", text),
                ("fiche-demande", lines),
            ],
        ),
        _ => walk(
            &facts,
            [
                ("situation", "inventaire"),
                ("equipement", "eq-0001"),
                ("inventaire-erreur", mistake),
                ("fiche-demande", lines),
            ],
        ),
    }
}

fn kept_by_the_departement(told: &Told) {
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D6",
        Channel::Platform,
    )
    .describes(&["Série : S4YH1190", "Inventaire : CD65-2025-00398"])
    .line("Téléphone où vous joindre", Some("05 62 00 00 00"));
    assert_eq!(
        told.summary.service, "inventaire",
        "the line « inventaire, gestion de parc » of annexe 2"
    );
}

#[test]
fn a_machine_that_is_missing_is_added() {
    let told = known("manque", &[], "");
    kept_by_the_departement(&told);
    told.titled("Appareil absent de l'inventaire – B204-01")
        .explains(
            "Le Département tient la base inventaire",
            "II art. 2: « sa base inventaire de gestion de parc »",
        )
        .warns("registre de Relais", "both say the same in the end");
}

#[test]
fn a_machine_that_is_wrong_is_corrected_with_what_should_stand() {
    let told = known("fausse", &["La salle est B204, pas B104."], "");
    kept_by_the_departement(&told);
    told.titled("Ligne d'inventaire fausse – B204-01")
        .describes(&["Besoin décrit : La salle est B204, pas B104."]);
}

#[test]
fn a_machine_that_is_no_more_is_kept_until_the_departement_answers() {
    let told = known("a-retirer", &[], "motif = carte mère morte depuis mars");
    kept_by_the_departement(&told);
    told.warns(
        "reste sa propriété",
        "II art. 2: « il en garde la pleine propriété »",
    )
    .describes(&["Pourquoi, et depuis quand : carte mère morte depuis mars"]);
}

#[test]
fn a_wrong_label_is_made_again() {
    let told = known("etiquette", &[], "");
    kept_by_the_departement(&told);
    told.titled("Étiquette d'inventaire à refaire – B204-01");
}

#[test]
fn a_purchase_of_the_college_is_added_only_once_validated() {
    let told = known("manque-fonds-propres", &[], "validation-le = 2026-03-03");
    kept_by_the_departement(&told);
    told.first(
        "la date de la validation",
        "II art. 2: validated, then registered",
    )
    .warns("Sans validation préalable", "else the way is another")
    .describes(&["Date de la validation par le Département : 03/03/2026"]);
}

#[test]
fn a_machine_the_register_does_not_know_either_is_asked_for_its_numbers() {
    let told = walk(
        &college(),
        [
            ("situation", "inventaire"),
            ("equipement", "aucun"),
            ("inventaire-erreur", "etiquette"),
            ("appareil-decrit", "Écran Dell du CDI, étiquette illisible"),
            ("fiche-demande", "numero-serie = CN0ABC"),
        ],
    );
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D6",
        Channel::Platform,
    )
    .line("Numéro lu sur l'étiquette", None)
    .describes(&["Numéro de série : CN0ABC"]);
}
