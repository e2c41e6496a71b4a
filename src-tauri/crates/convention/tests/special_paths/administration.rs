//! Machines of the administration (II art. 2): the Académie repairs; out of warranty the Département supplies the part.

use convention::*;

use crate::story::*;

/// The secretary's printer.
fn office(warranty_end: Option<&str>) -> Facts {
    with(EquipmentFacts {
        label: "Imprimante HP M404".to_owned(),
        kind: "Imprimante noir et blanc".to_owned(),
        family: EquipmentFamily::Imprimante,
        room: Some("Secrétariat".to_owned()),
        user_line: Some("Équipe de gestion".to_owned()),
        warranty_end: warranty_end.map(day),
        ..computer()
    })
}

fn printer_breaks(facts: &Facts) -> Told {
    walk(
        facts,
        [
            ("situation", "panne-impression"),
            ("equipement", "eq-0001"),
            ("imprimante", "message-erreur"),
            ("essai-imprimante-message-erreur", "pas-regle"),
            ("gene", "personne-genant"),
            (
                "fiche",
                "message-imprimante = 59.F0 ; depuis = hier ; telephone = 05 62 00 00 00",
            ),
        ],
    )
}

#[test]
fn of_the_administration_and_out_of_warranty_the_academie_repairs_with_a_part_of_the_departement() {
    let told = printer_breaks(&office(Some("2026-11-23")));
    told.goes(Party::Academie, Basis::Deduit, "II.2-A2", Channel::Platform)
        .titled("Imprimante en erreur – Imprimante HP M404 – Secrétariat")
        .warns(
            "les pièces de remplacement",
            "II art. 2: the Département makes the parts available to the Académie",
        )
        .warns("solution d'attente", "the repair waits for the part")
        .passes(
            &["Académie", "pièces de remplacement"],
            "the path says who gives the part",
        )
        .describes(&[
            "Message ou code affiché : 59.F0",
            "Série : S4YH1190",
            "Fin de garantie : 23/11/2026",
        ])
        .line("Téléphone où vous joindre", Some("05 62 00 00 00"));
}

#[test]
fn the_administrative_server_out_of_warranty_has_its_parts_from_the_departement_too() {
    let server = EquipmentFacts {
        kind: "Serveur".to_owned(),
        family: EquipmentFamily::Serveur,
        user_line: Some("Équipe de gestion".to_owned()),
        warranty_end: Some(day("2024-01-01")),
        ..computer()
    };
    walk(
        &with(server),
        [
            ("situation", "panne-serveur"),
            ("equipement", "eq-0001"),
            ("serveur", "disque"),
            ("gene", "college-bloquant"),
            ("fiche", "emplacement = disque 2"),
        ],
    )
    .goes(Party::Academie, Basis::Deduit, "II.2-A2", Channel::Platform)
    .warns(
        "les pièces de remplacement",
        "II art. 2: « le matériel hors garantie du réseau administratif »",
    )
    .warns("ne retirez rien", "a second disk lost is everything lost");
}

#[test]
fn of_the_administration_and_under_warranty_nobody_waits_for_a_part() {
    for end in ["2026-11-24", "2028-01-01"] {
        printer_breaks(&office(Some(end)))
            .goes(Party::Academie, Basis::Deduit, "II.2-A2", Channel::Platform)
            .silent("pièce", "under warranty, its last day included");
    }
}

#[test]
fn of_the_administration_with_an_unknown_warranty_both_cases_are_said() {
    printer_breaks(&office(None))
        .goes(Party::Academie, Basis::Deduit, "II.2-A2", Channel::Platform)
        .warns(
            "La fin de garantie n'est pas dans le registre",
            "the register is to be completed",
        )
        .warns(
            "l'Académie répare et le Département met la pièce à sa disposition",
            "II art. 2, if it is over",
        );
}

#[test]
fn a_printer_of_the_administration_the_register_does_not_know_is_told_the_same() {
    walk(
        &college(),
        [
            ("situation", "panne-impression"),
            ("equipement", "Brother du bureau de la CPE"),
            ("utilisateur", "vie-scolaire"),
            ("imprimante", "message-erreur"),
            ("essai-imprimante-message-erreur", "pas-pu"),
            ("gene", "personne-genant"),
            ("fiche-decrit", ""),
        ],
    )
    .goes(Party::Academie, Basis::Deduit, "II.2-A2", Channel::Platform)
    .warns(
        "le Département met la pièce à sa disposition",
        "II art. 2, if the warranty is over",
    );
}
