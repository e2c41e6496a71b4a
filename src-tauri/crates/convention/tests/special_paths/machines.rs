//! Broken machines: in a cité scolaire, a whole room, settled by a trial, outside the register.

use convention::*;

use crate::story::*;

#[test]
fn out_of_warranty_on_the_pedagogical_side_the_departement_does_both() {
    let old = with(EquipmentFacts {
        warranty_end: Some(day("2020-01-01")),
        ..computer()
    });
    slow(&old)
        .goes(
            Party::Departement,
            Basis::Deduit,
            "II.2-D4",
            Channel::Platform,
        )
        .silent(
            "pièces de remplacement",
            "II art. 2: parts are for the administrative network",
        )
        .warns(
            "réinstallé sur la base du socle",
            "annexe 5: what is only on the machine would be lost",
        );
}

fn slow(facts: &Facts) -> Told {
    walk(
        facts,
        [
            ("situation", "panne-poste"),
            ("equipement", "eq-0001"),
            ("poste", "lent"),
            ("essai-poste-lent", "pas-regle"),
            ("gene", "personne-genant"),
            ("fiche", ""),
        ],
    )
}

#[test]
fn in_a_cite_scolaire_the_region_may_maintain_it() {
    let cite = |region_maintains| {
        slow(&Facts {
            cite_scolaire: true,
            region_maintains,
            ..with(computer())
        })
    };
    cite(Some(true))
        .goes(Party::Region, Basis::Deduit, "I.2", Channel::Platform)
        .explains("transférée à la Région", "I art. 2");
    cite(Some(false))
        .goes(
            Party::Departement,
            Basis::Deduit,
            "II.2-D4",
            Channel::Platform,
        )
        .silent("Région", "the profile says that nothing was transferred");
    cite(None)
        .goes(
            Party::Departement,
            Basis::Deduit,
            "II.2-D4",
            Channel::Platform,
        )
        .warns(
            "a pu être transférée à la Région",
            "I art. 2: « pourra justifier le transfert »",
        )
        .warns("profil du collège", "said once, asked never again");
}

#[test]
fn an_ordinary_college_hears_nothing_of_the_region() {
    slow(&with(computer())).silent("Région", "annexe 1: three cités scolaires only");
}

#[test]
fn in_a_transferred_cite_own_funds_are_no_matter_of_the_departement() {
    let own = EquipmentFacts {
        funding: Some(Funding::FondsPropres),
        bought_on: Some(day("2024-01-15")),
        ..computer()
    };
    slow(&Facts {
        cite_scolaire: true,
        region_maintains: Some(true),
        ..with(own)
    })
    .goes(Party::Region, Basis::Deduit, "I.2", Channel::Platform)
    .silent(
        "base inventaire du Département",
        "its validation opens its own services only",
    );
}

fn room_of(machines: usize) -> Facts {
    let machine = |number| EquipmentFacts {
        id: format!("eq-{number:04}"),
        label: format!("B204-{number:02}"),
        serial: Some(format!("S4YH{:04}", 1189 + number)),
        inventory_number: Some(format!("CD65-2025-{:05}", 397 + number)),
        ..computer()
    };
    let group = GroupFacts {
        room_id: "b204".to_owned(),
        room: "B204".to_owned(),
        machines: (1..=machines).map(machine).collect(),
    };
    Facts {
        group: Some(group),
        ..college()
    }
}

#[test]
fn a_whole_room_of_twelve_is_one_dossier() {
    let told = walk(
        &room_of(12),
        [
            ("situation", "panne-poste"),
            ("equipement", "salle:b204"),
            ("poste", "session"),
            ("essai-poste-session", "pas-regle"),
            ("gene", "salle-bloquant"),
            ("fiche", "message = Domaine indisponible"),
        ],
    );
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D4",
        Channel::Platform,
    )
    .titled("Ouverture de session impossible – les 12 postes de B204")
    .warns(
        "Un seul dossier suffit",
        "each machine stands in it with its numbers",
    )
    .warns(
        "prévenez les professeurs",
        "annexe 5: they may be reinstalled together",
    )
    .describes(&[
        "Postes concernés : 12",
        "B204-01 : série S4YH1190, inventaire CD65-2025-00398",
        "B204-12 : série S4YH1201, inventaire CD65-2025-00409",
        "Utilisé par : Élèves (réseau pédagogique)",
    ]);
    assert_eq!(
        told.summary.machines.len(),
        12,
        "the dossier is joined to each of them"
    );
    assert_eq!(
        told.summary.impact,
        Impact::Salle,
        "more than one person is hindered"
    );
    let offered = &told.question("gene").choices;
    assert!(
        offered
            .iter()
            .all(|choice| !choice.id.starts_with("personne")),
        "one person is not offered: {offered:?}"
    );
}

#[test]
fn a_room_that_mixes_who_paid_is_warned_of_those_nobody_validated() {
    let mut facts = room_of(12);
    let own = facts.group.as_mut().unwrap();
    own.machines[11].funding = Some(Funding::FondsPropres);
    walk(
        &facts,
        [
            ("situation", "panne-poste"),
            ("equipement", "salle:b204"),
            ("poste", "session"),
            ("essai-poste-session", "pas-regle"),
            ("gene", "salle-bloquant"),
            ("fiche", ""),
        ],
    )
    .goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D4",
        Channel::Platform,
    )
    .warns(
        "n'ont pas tous le même financement",
        "II art. 2: one of the twelve may not be maintained",
    );
}

#[test]
fn a_machine_nobody_knows_the_payer_of_is_warned_of() {
    slow(&with(EquipmentFacts {
        funding: None,
        ..computer()
    }))
    .goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D4",
        Channel::Platform,
    )
    .warns(
        "ne dit pas qui a payé",
        "II art. 2: it may be the collège's own",
    );
    slow(&with(computer())).silent("fonds propres", "the Département gave this one");
}

#[test]
fn a_trial_that_settles_it_leaves_a_trace_and_sends_nothing() {
    let told = walk(
        &with(computer()),
        [
            ("situation", "panne-poste"),
            ("equipement", "eq-0001"),
            ("poste", "ne-demarre-pas"),
            ("essai-poste-ne-demarre-pas", "regle"),
        ],
    );
    assert!(
        told.summary.settled && !told.leaves(),
        "nothing is sent, nothing more is asked"
    );
    assert!(
        told.summary.checklist.is_empty(),
        "and nothing is left to do"
    );
    told.titled("Ne s'allume pas – B204-01")
        .describes(&["Essais : Allumer l'interrupteur de la multiprise, s'il y en a une : réglé"]);
}

#[test]
fn every_trial_and_its_outcome_is_told_to_the_desk() {
    let told = slow(&with(computer()));
    let trials = &told.question("essai-poste-lent").trials;
    let description = plain(&told.summary.description);
    for trial in trials {
        let said = format!("{} : pas réglé", plain(&trial.text));
        assert!(description.contains(&said), "« {said} » in:\n{description}");
    }
}

#[test]
fn a_machine_told_in_a_few_words_is_asked_where_it_is_and_whom_to_call() {
    let told = walk(
        &college(),
        [
            ("situation", "panne-poste"),
            ("equipement", "Vieux portable Asus du labo"),
            ("utilisateur", "professeurs"),
            ("poste", "ecran-noir"),
            ("essai-poste-ecran-noir", "pas-regle"),
            ("gene", "personne-genant"),
            (
                "fiche-decrit",
                "endroit-decrit = Labo de SVT, étiquette 2019-0031 ; telephone-decrit = 05 62 00 00 00",
            ),
        ],
    );
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D4",
        Channel::Platform,
    )
    .line("Où il est, et le numéro collé dessus", None)
    .line("Depuis quand", None)
    .line("Téléphone où vous joindre", Some("05 62 00 00 00"))
    .warns(
        "sur ses fonds propres après le 1er septembre 2015",
        "II art. 2: nobody knows who bought it",
    )
    .describes(&[
        "Appareil : Vieux portable Asus du labo (absent du registre)",
        "Où il est, et le numéro collé dessus : Labo de SVT, étiquette 2019-0031",
    ]);
}

#[test]
fn what_can_wait_is_not_asked_more_than_the_machine_and_its_symptom() {
    let told = walk(
        &college(),
        [
            ("situation", "panne-poste"),
            ("equipement", "Vieux portable Asus du labo"),
            ("utilisateur", "professeurs"),
            ("poste", "ecran-noir"),
            ("essai-poste-ecran-noir", "pas-regle"),
            ("gene", "personne-peut-attendre"),
        ],
    );
    let help = told
        .question("equipement")
        .help
        .as_deref()
        .map(plain)
        .unwrap();
    assert!(
        help.contains("sa marque, sa salle et le numéro collé dessus"),
        "where it is was asked for with the machine: {help}"
    );
}

#[test]
fn a_machine_nobody_described_is_described_once_on_one_page() {
    walk(
        &college(),
        [
            ("situation", "panne-poste"),
            ("equipement", "aucun"),
            ("utilisateur", "eleves"),
            ("poste", "ecran-noir"),
            ("essai-poste-ecran-noir", "pas-regle"),
            ("gene", "personne-genant"),
            (
                "appareil-decrit",
                "Portable Asus, labo de SVT, depuis lundi",
            ),
        ],
    )
    .goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D4",
        Channel::Platform,
    )
    .describes(&["Appareil décrit : Portable Asus, labo de SVT, depuis lundi"])
    .warns(
        "n'est pas dans le registre",
        "II art. 2: an own purchase may not be maintained",
    );
}
