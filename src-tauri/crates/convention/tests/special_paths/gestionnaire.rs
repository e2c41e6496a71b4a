//! What the gestionnaire réseau does himself on the pedagogical network (annexe 5): a checklist, nothing sent.

use convention::*;

use crate::story::*;

fn account(access: &str, action: &str) -> Told {
    let about = if access == "session-pedagogique" {
        "personne"
    } else {
        "besoin"
    };
    walk(
        &college(),
        [
            ("situation", "compte"),
            ("acces", access),
            ("compte-action", action),
            ("gene", "personne-genant"),
            (about, "Mme Dupuy, professeure de lettres"),
            ("fiche-demande", ""),
        ],
    )
}

fn himself(told: &Told, steps: &[&str]) {
    told.goes(Party::Etablissement, Basis::Deduit, "A5", Channel::Internal)
        .does(steps, "annexe 5: the gestionnaire réseau does it himself");
    assert!(
        (5..=8).contains(&told.summary.checklist.len()),
        "a list that can be followed: {:#?}",
        told.summary.checklist
    );
}

#[test]
fn he_creates_unblocks_changes_and_closes_accounts() {
    let actions: [(&str, &[&str]); 4] = [
        (
            "creer",
            &[
                "Créer le compte",
                "groupes",
                "provisoire",
                "en main propre",
                "date de départ",
            ],
        ),
        (
            "debloquer",
            &[
                "Reconnaître la personne",
                "fermé exprès",
                "provisoire",
                "changé",
            ],
        ),
        (
            "modifier",
            &["qui autorise", "groupes", "essayer", "rien de plus"],
        ),
        (
            "supprimer",
            &[
                "date de départ",
                "récupérer ses documents",
                "Désactiver",
                "Retirer",
                "signaler à l'Académie",
                "Supprimer",
            ],
        ),
    ];
    for (action, steps) in actions {
        let told = account("session-pedagogique", action);
        himself(&told, steps);
        told.warns(
            "Un mot de passe ne s'écrit ni ici",
            "whatever is done to the account",
        )
        .warns(
            "Ce qu'il ne peut pas traiter part à la plateforme",
            "annexe 5, and II art. 2 for the Académie",
        );
    }
}

#[test]
fn a_new_account_has_its_dates_and_its_authority() {
    account("session-pedagogique", "creer")
        .line("Date d'arrivée", None)
        .line("Date de départ", None)
        .line("Qui l'autorise", None);
}

#[test]
fn he_creates_changes_and_closes_shares_and_groups() {
    let tasks: [(&str, &str, &[&str]); 6] = [
        (
            "partage-pedagogique",
            "creer",
            &[
                "Créer ou changer le partage",
                "groupes, pas à des personnes",
                "élève",
            ],
        ),
        (
            "partage-pedagogique",
            "modifier",
            &["qui y écrit et qui y lit", "Essayer"],
        ),
        (
            "partage-pedagogique",
            "supprimer",
            &["accord", "Prévenir", "Copier", "Supprimer le partage"],
        ),
        (
            "groupe-pedagogique",
            "creer",
            &["liste des membres", "Créer ou changer le groupe", "Essayer"],
        ),
        (
            "groupe-pedagogique",
            "modifier",
            &["retirer ceux qui n'en sont plus", "partages"],
        ),
        (
            "groupe-pedagogique",
            "supprimer",
            &["plus personne", "Noter ses membres", "Supprimer le groupe"],
        ),
    ];
    for (access, action, steps) in tasks {
        himself(&account(access, action), steps);
    }
}

#[test]
fn he_applies_the_restrictions_set_up_beforehand() {
    let told = walk(
        &college(),
        [
            ("situation", "compte"),
            ("acces", "strategie"),
            ("gene", "salle-peut-attendre"),
            ("besoin", "Bloquer le panneau de configuration en B204."),
            ("fiche-demande", "postes-strategie = B204, comptes d'élèves"),
        ],
    );
    himself(
        &told,
        &[
            "préparamétrée",
            "respecte",
            "un seul poste",
            "autres postes",
            "revenir en arrière",
        ],
    );
}

#[test]
fn he_keeps_the_lists_of_sites_of_the_pedagogical_proxy() {
    let steps: &[&str] = &[
        "adresse exacte",
        "Regarder le site",
        "serveur mandataire",
        "poste d'élève",
        "pare-feu, tenu par l'Académie",
    ];
    let asked = walk(
        &college(),
        [
            ("situation", "compte"),
            ("acces", "liste-acces"),
            ("gene", "salle-genant"),
            ("besoin", "Autoriser le site du manuel."),
            ("fiche-demande", "site-liste = manuel.example"),
        ],
    );
    himself(&asked, steps);
    let found = walk(
        &college(),
        [
            ("situation", "panne-reseau"),
            ("reseau", "site-bloque-pedagogique"),
            ("essai-reseau-site-bloque-pedagogique", "pas-regle"),
            ("gene", "salle-genant"),
            ("fiche", "site = manuel.example ; usage = lecture en 6e"),
        ],
    );
    himself(&found, steps);
}

#[test]
fn a_blocked_site_of_the_administration_is_the_academies() {
    walk(
        &college(),
        [
            ("situation", "panne-reseau"),
            ("reseau", "site-bloque-administratif"),
            ("essai-reseau-site-bloque-administratif", "pas-regle"),
            ("gene", "personne-bloquant"),
            ("fiche", "site = banque.example ; usage = paie"),
        ],
    )
    .goes(Party::Academie, Basis::Deduit, "II.2-A2", Channel::Platform)
    .warns(
        "le pare-feu est tenu par l'Académie",
        "II art. 2: the administrative firewall",
    );
}

#[test]
fn he_installs_specific_peripherals() {
    let told = walk(
        &college(),
        [
            ("situation", "installer-materiel"),
            ("installation", "peripherique"),
            ("gene", "salle-peut-attendre"),
            ("besoin", "Six sondes ExAO en SVT."),
            ("fiche-demande", "modele = Jeulin VTT"),
        ],
    );
    himself(
        &told,
        &[
            "solution en place",
            "fonds propres",
            "un seul poste",
            "autres postes",
        ],
    );
    told.explains(
        "compatible avec la solution en place",
        "annexe 5: subject to compatibility",
    );
}

#[test]
fn he_sets_up_the_pedagogical_software_of_the_machines() {
    let told = walk(
        &college(),
        [
            ("situation", "installer-logiciel"),
            ("sujet", "parametrage-logiciel"),
            ("gene", "salle-peut-attendre"),
            ("besoin", "GeoGebra en grands caractères en B204."),
            ("fiche-demande", "combien-postes = les 12 postes de B204"),
        ],
    );
    himself(
        &told,
        &[
            "réglages actuels",
            "un seul poste",
            "compte d'élève",
            "autres postes",
        ],
    );
    told.warns(
        "Ce qu'il ne peut pas traiter part à la plateforme",
        "annexe 5: he reports what he cannot deal with",
    );
}

#[test]
fn accounts_and_shares_of_the_administration_are_not_his() {
    for (access, action, source) in [
        ("session-administrative", "creer", "II.2-A5"),
        ("partage-administratif", "modifier", "II.2-A2"),
    ] {
        let about = if access == "session-administrative" {
            "personne"
        } else {
            "besoin"
        };
        let told = walk(
            &college(),
            [
                ("situation", "compte"),
                ("acces", access),
                ("compte-action", action),
                ("gene", "personne-genant"),
                (about, "M. Abadie, secrétariat"),
                ("fiche-demande", ""),
            ],
        );
        told.goes(Party::Academie, Basis::Deduit, source, Channel::Platform);
        assert!(
            told.summary.checklist.is_empty(),
            "annexe 5 is about the pedagogical network"
        );
    }
}
