//! A broken machine that the collège bought itself: before, on and after 1 September 2015, validated or not.

use convention::*;

use crate::story::*;

fn breaks(machine: EquipmentFacts) -> Told {
    walk(
        &with(machine),
        [
            ("situation", "panne-poste"),
            ("equipement", "eq-0001"),
            ("poste", "ecran-noir"),
            ("essai-poste-ecran-noir", "pas-regle"),
            ("gene", "personne-genant"),
            ("fiche", "depuis = ce matin"),
        ],
    )
}

fn own(bought_on: Option<&str>, validated: bool) -> EquipmentFacts {
    EquipmentFacts {
        funding: Some(Funding::FondsPropres),
        bought_on: bought_on.map(day),
        validated,
        warranty_end: None,
        ..computer()
    }
}

#[test]
fn bought_until_1_september_2015_it_is_maintained_as_any_other() {
    for bought in ["2014-06-30", "2015-08-31", "2015-09-01"] {
        breaks(own(Some(bought), false))
            .goes(
                Party::Departement,
                Basis::Deduit,
                "II.2-D4",
                Channel::Platform,
            )
            .silent(
                "validation",
                "II art. 2: the rule is for purchases after 1 September 2015",
            );
    }
}

#[test]
fn bought_the_day_after_without_validation_it_is_not_maintained() {
    let told = breaks(own(Some("2015-09-02"), false));
    told.goes(
        Party::Etablissement,
        Basis::Deduit,
        "II.2-D6",
        Channel::PriorValidation,
    )
    .first(
        "s'il accepte de valider cet achat",
        "the only way in is the Département's agreement",
    )
    .first("garantie du vendeur", "what can be done meanwhile")
    .warns(
        "Tant que le matériel n'est pas dans la base inventaire",
        "why nobody would come",
    )
    .does(
        &[
            "facture",
            "appeler le vendeur",
            "Demander au Département",
            "S'il refuse",
        ],
        "both issues are said",
    )
    .describes(&[
        "Financement : Fonds propres du collège",
        "Acheté le : 02/09/2015",
    ]);
    assert!(
        told.leaves(),
        "the question goes to the Département by the platform"
    );
}

#[test]
fn bought_after_and_validated_the_departement_maintains_it() {
    breaks(own(Some("2024-01-15"), true))
        .goes(
            Party::Departement,
            Basis::Deduit,
            "II.2-D4",
            Channel::Platform,
        )
        .silent("sans validation", "it was validated");
}

#[test]
fn of_an_unknown_day_the_rule_is_said_with_its_limit() {
    breaks(own(None, false))
        .goes(
            Party::Etablissement,
            Basis::Deduit,
            "II.2-D6",
            Channel::PriorValidation,
        )
        .warns(
            "jusqu'au 1er septembre 2015 inclus",
            "bought until then it would be maintained",
        )
        .warns("Date d'achat inconnue", "the register is to be completed");
}

#[test]
fn on_the_administrative_side_the_academie_still_keeps_it_working() {
    let office = EquipmentFacts {
        user_line: Some("Équipe de gestion".to_owned()),
        ..own(Some("2024-01-15"), false)
    };
    breaks(office)
        .goes(Party::Academie, Basis::Deduit, "II.2-A2", Channel::Platform)
        .warns(
            "l'Académie reste chargée",
            "the rule opens the Département's services, not the Académie's",
        );
}
