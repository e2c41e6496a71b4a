//! Private software (annexe 2, notes 3 and 4): the vendor first, with the contract number, then a trace.

use convention::*;

use crate::story::*;

/// The vendor's contact holds the number of the contract.
fn contract() -> Facts {
    let mut facts = college();
    facts
        .known
        .insert("contrat".to_owned(), "PRN-2291".to_owned());
    facts
}

fn breaks(payer: &str) -> Told {
    walk(
        &contract(),
        [
            ("situation", "panne-logiciel"),
            ("sujet", "vie-scolaire-prive"),
            ("logiciel", "erreur"),
            ("essai-logiciel-erreur", "pas-pu"),
            ("payeur", payer),
            ("gene", "college-bloquant"),
            (
                "fiche",
                "contrat = PRN-2291 ; version = 2026.1 ; telephone = 05 62 00 00 00",
            ),
        ],
    )
}

#[test]
fn the_college_that_bought_it_calls_the_vendor_and_keeps_a_trace() {
    let told = breaks("fonds-propres");
    told.goes(Party::Etablissement, Basis::Ecrit, "A2", Channel::Internal)
        .warns(
            "appelez d'abord l'éditeur",
            "who buys keeps it working (note 4), the vendor helps (note 3)",
        )
        .does(
            &[
                "numéro de contrat",
                "Appeler l'éditeur",
                "numéro de son dossier",
                "réponse",
            ],
            "the call, then its trace",
        )
        .line("Numéro de contrat", Some("PRN-2291"))
        .line("Version du logiciel", None)
        .line("Téléphone où vous joindre", Some("05 62 00 00 00"))
        .describes(&[
            "Numéro de contrat ou de client : PRN-2291",
            "Version du logiciel : 2026.1",
        ]);
    assert!(!told.leaves(), "the platform does nothing of it");
}

#[test]
fn bought_by_the_departement_it_is_the_departements_to_keep_working() {
    breaks("departement").goes(Party::Departement, Basis::Ecrit, "A2", Channel::Platform);
}

#[test]
fn of_an_unknown_buyer_the_platform_is_told_what_is_missing() {
    breaks("ne-sait-pas")
        .goes(
            Party::CollectiviteOuEtablissement,
            Basis::Ecrit,
            "A2",
            Channel::Platform,
        )
        .first("qui achète ou a acheté", "annexe 2: « CL ou Etab »");
}

#[test]
fn how_to_use_it_is_asked_of_the_vendor_alone() {
    for (service, kind) in [
        ("vie-scolaire-prive", "Pronote"),
        ("restauration-prive", "Turbo-self"),
    ] {
        let told = walk(
            &contract(),
            [
                ("situation", "panne-logiciel"),
                ("sujet", service),
                ("logiciel", "comment-faire"),
                ("essai-logiciel-comment-faire", "pas-regle"),
                ("gene", "personne-peut-attendre"),
                ("fiche", "operation = export des bulletins"),
            ],
        );
        told.goes(Party::Editeur, Basis::Ecrit, "A2", Channel::Vendor)
            .does(
                &["numéro de contrat", "Appeler l'éditeur", "Noter la date"],
                kind,
            )
            .line("Numéro de contrat", Some("PRN-2291"));
        assert!(
            told.summary
                .route
                .note
                .as_deref()
                .is_some_and(|note| note.contains("directement faite par l’éditeur")),
            "note 3 is quoted"
        );
    }
}

#[test]
fn an_access_to_it_is_asked_of_the_vendor_without_the_password() {
    for (access, line) in [
        ("logiciel-prive", "vie-scolaire-prive"),
        ("cantine-prive", "restauration-prive"),
    ] {
        let told = walk(
            &contract(),
            [
                ("situation", "compte"),
                ("acces", access),
                ("compte-action", "debloquer"),
                ("gene", "personne-bloquant"),
                (
                    "personne",
                    "Mme Dupuy, professeure de lettres, identifiant adupuy",
                ),
                ("fiche-demande", ""),
            ],
        );
        told.goes(Party::Editeur, Basis::Ecrit, "A2", Channel::Vendor)
            .warns(
                "Un mot de passe ne s'écrit ni ici",
                "a dossier is read by many",
            )
            .line("Numéro de contrat", Some("PRN-2291"));
        assert_eq!(
            told.summary.service, line,
            "each access has its line of the matrix"
        );
    }
}

#[test]
fn a_training_on_it_is_the_vendors_too() {
    walk(
        &contract(),
        [
            ("situation", "formation"),
            ("accompagnement", "former"),
            ("sujet", "vie-scolaire-prive"),
            ("besoin", "Deux nouveaux professeurs principaux."),
        ],
    )
    .goes(Party::Editeur, Basis::Ecrit, "A2", Channel::Vendor)
    .does(
        &[
            "numéro de contrat",
            "formation à distance",
            "Noter la date",
            "chef d'établissement",
        ],
        "then the quote",
    );
}

#[test]
fn who_buys_it_is_told_what_it_entails() {
    let buys = |validation| {
        walk(
            &contract(),
            [
                ("situation", "acheter-logiciel"),
                ("sujet", "vie-scolaire-prive"),
                ("payeur", "fonds-propres"),
                ("validation", validation),
                ("besoin", "Renouveler Pronote."),
                ("fiche-demande", "contrat-logiciel = PRN-2291"),
            ],
        )
    };
    buys("non")
        .goes(
            Party::Etablissement,
            Basis::Ecrit,
            "A2",
            Channel::PriorValidation,
        )
        .first(
            "le système d'information peut supporter",
            "I art. 3: the Département validates the technical capacity",
        )
        .warns(
            "droits d'usage engagent le chef d'établissement",
            "I art. 3",
        )
        .warns("assure l'installation et le maintien", "note 4");
    buys("oui")
        .goes(Party::Etablissement, Basis::Ecrit, "A2", Channel::Internal)
        .warns(
            "engagent le chef d'établissement",
            "I art. 3: whoever validated, the rights of use are his",
        )
        .warns("assure l'installation et le maintien", "note 4");
}
