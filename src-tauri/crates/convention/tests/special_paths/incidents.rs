//! A security incident (III): what to do at once, what never to touch, whom to warn, from the very first answer.

use convention::*;

use crate::story::*;

const KINDS: [&str; 7] = [
    "message-piege",
    "virus",
    "compte-pirate",
    "donnees-personnelles",
    "materiel-vole",
    "intrusion",
    "contenu",
];

/// Only where a machine may be touched is it asked whether it is cut off.
fn happens(kind: &str) -> Told {
    if ["virus", "message-piege", "intrusion"].contains(&kind) {
        return walk(
            &college(),
            [
                ("situation", "incident-securite"),
                ("incident", kind),
                ("isolement", "non"),
                ("gene", "salle-bloquant"),
                ("constat", "Vu à 8 h 10 au secrétariat."),
                (
                    "fiche-demande",
                    "quand = ce matin, 8 h 10 ; prevenus = la principale",
                ),
            ],
        );
    }
    walk(
        &college(),
        [
            ("situation", "incident-securite"),
            ("incident", kind),
            ("gene", "personne-genant"),
            ("constat", "Vu à 8 h 10 au secrétariat."),
            (
                "fiche-demande",
                "quand = ce matin, 8 h 10 ; prevenus = la principale",
            ),
        ],
    )
}

#[test]
fn every_incident_goes_to_the_rssi_and_destroys_nothing() {
    for kind in KINDS {
        let told = happens(kind);
        told.goes(Party::Academie, Basis::Deduit, "III", Channel::Security)
            .explains("(RSSI)", "III: the RSSI advises the AQSSI, the Recteur")
            .first(
                "chef d'établissement",
                "III: he answers for the security measures taken",
            )
            .warns(
                "N'effacez rien et ne réinstallez rien",
                "traces serve to understand",
            )
            .line("Qui a déjà été prévenu", None)
            .line("Téléphone où vous joindre", Some("05 62 00 00 00"))
            .describes(&[
                "Constat : Vu à 8 h 10 au secrétariat.",
                "Qui a déjà été prévenu : la principale",
            ]);
        let warned = &told.reflexes().warn;
        assert!(
            warned[0].contains("chef d’établissement"),
            "the head first of {kind}: {warned:?}"
        );
        assert!(
            warned.iter().any(|person| person.contains("RSSI")),
            "the RSSI of {kind}: {warned:?}"
        );
    }
}

#[test]
fn what_to_do_at_once_stands_there_from_the_very_first_answer() {
    for kind in KINDS {
        let told = happens(kind);
        assert!(
            told.reflexes[0].is_none(),
            "nothing is known before the first answer"
        );
        let general = told.reflexes[1].as_ref().unwrap();
        assert!(
            general.now[0].contains("Arrêtez de vous servir"),
            "before the kind is known: {general:?}"
        );
        let own = told.reflexes[2].as_ref().unwrap();
        assert_ne!(
            own, general,
            "« {kind} » has its own, as soon as it is said"
        );
        assert_eq!(own, told.reflexes(), "and they stand to the end");
    }
}

#[test]
fn what_is_never_done_reads_well_under_surtout_pas() {
    for kind in KINDS {
        let told = happens(kind);
        for reflexes in told.reflexes.iter().flatten() {
            for line in &reflexes.never {
                let words: Vec<&str> = line.split([' ', ',']).collect();
                assert!(
                    words[0].ends_with("er") || words[0].ends_with("re"),
                    "« Surtout pas : {line} » starts with an infinitive"
                );
                let negated = ["ne", "n’", "Ne", "N’", "aucun", "rien"];
                assert!(
                    !words.iter().any(|word| negated
                        .iter()
                        .any(|no| word == no || word.starts_with("N’") || word.starts_with("n’"))),
                    "« Surtout pas : {line} » denies nothing twice"
                );
            }
        }
    }
}

#[test]
fn a_ransom_is_cut_off_and_left_on() {
    let told = happens("virus");
    told.at_once(
        "Débranchez le câble réseau",
        "Éteindre ou redémarrer",
        &["chef d'établissement", "plateforme d'assistance", "RSSI"],
    );
    told.warns(
        "Débranchez le câble réseau du poste sans attendre",
        "he said it is not cut off yet",
    )
    .line("Combien de postes sont touchés", None);
    assert!(
        told.reflexes()
            .now
            .iter()
            .any(|line| line.contains("allumé")),
        "traces live in its memory"
    );
}

#[test]
fn where_no_personal_data_is_concerned_the_dpo_is_not_called() {
    for kind in ["message-piege", "contenu"] {
        let told = happens(kind);
        assert!(
            told.reflexes()
                .warn
                .iter()
                .all(|person| !person.contains("DPO")),
            "« {kind} » : {:?}",
            told.reflexes().warn
        );
        told.silent("72 heures", "the delay is for a violation of personal data");
    }
}

#[test]
fn where_personal_data_is_concerned_the_head_calls_the_dpo() {
    let told = happens("donnees-personnelles");
    told.at_once(
        "72 heures",
        "Recopier les données",
        &[
            "chef d'établissement",
            "(DPO)",
            "plateforme d'assistance",
            "RSSI",
        ],
    );
    told.warns("72 heures", "RGPD art. 33: the hour it was found counts")
        .does(
            &[
                "chef d'établissement",
                "heure",
                "Faire cesser la fuite",
                "(DPO)",
                "CNIL",
                "trace",
            ],
            "his steps",
        )
        .line("Combien de personnes", None);
}

#[test]
fn where_personal_data_may_be_concerned_the_dpo_is_named_with_an_if() {
    for kind in ["virus", "compte-pirate", "materiel-vole", "intrusion"] {
        let told = happens(kind);
        assert!(
            told.reflexes()
                .warn
                .iter()
                .any(|person| person.contains("(DPO), si")),
            "« {kind} » : {:?}",
            told.reflexes().warn
        );
    }
}

#[test]
fn a_stolen_machine_is_reported_with_its_numbers() {
    let told = happens("materiel-vole");
    told.at_once(
        "numéro de série et le numéro d'inventaire",
        "pièce forcée",
        &["dépose plainte", "RSSI"],
    );
    told.warns("dépose plainte", "the head does, and keeps the receipt")
        .does(
            &[
                "chef d'établissement",
                "numéro de série",
                "mots de passe",
                "récépissé",
                "inventaire du Département",
            ],
            "steps",
        )
        .line("Numéro d'inventaire ou de série", None);
}
