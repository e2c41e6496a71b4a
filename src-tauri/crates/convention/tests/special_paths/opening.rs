//! Wi-Fi, opened ports, personal devices (III): nothing without the Département's agreement.

use convention::*;

use crate::story::*;

fn opens(what: &str, lines: &str) -> Told {
    walk(
        &college(),
        [
            ("situation", "ouvrir-le-reseau"),
            ("ouverture", what),
            ("besoin", "Pour le projet radio des 3e."),
            ("fiche-demande", lines),
        ],
    )
}

fn agreement_first(told: &Told) {
    told.goes(Party::Departement, Basis::Deduit, "III", Channel::Security)
        .warns(
            "le Département n'en répond plus",
            "III: its liability is not engaged without its agreement",
        )
        .passes(
            &[
                "Chef d'établissement",
                "Plateforme d'assistance",
                "DSI du Département",
            ],
            "in this order",
        )
        .does(
            &[
                "Obtenir l'accord du chef d'établissement",
                "Attendre l'accord du Département : ne rien brancher",
                "date de fin",
            ],
            "agreement first, and closed again at its end",
        )
        .line("Accord du chef d'établissement", None)
        .line("Jusqu'à quelle date", None)
        .line("Téléphone où vous joindre", Some("05 62 00 00 00"));
    assert!(
        told.leaves(),
        "the request for the agreement goes by the platform"
    );
}

#[test]
fn wifi_waits_for_the_agreement() {
    let told = opens(
        "wifi",
        "ou-wifi = salle B12 ; appareils = 28 ; jusqu-au = 2027-06-30",
    );
    agreement_first(&told);
    told.first(
        "N'installez aucune borne ni partage de connexion",
        "III: « réseau wifi »",
    )
    .describes(&[
        "Où, et quelle surface : salle B12",
        "Combien d'appareils en même temps : 28",
        "Jusqu'à quelle date : 30/06/2027",
    ]);
}

#[test]
fn an_opened_port_waits_for_the_agreement_with_its_exact_list() {
    for (side, perimeter) in [
        ("port-pedagogique", Perimeter::Pedagogique),
        ("port-administratif", Perimeter::Administratif),
    ] {
        let told = opens(
            side,
            "ports = 443 vers 203.0.113.7 ; logiciel-port = télémaintenance de la chaufferie",
        );
        agreement_first(&told);
        told.first("la liste exacte des ports", "III: « ouverture de ports »");
        assert_eq!(
            told.summary.perimeter,
            Some(perimeter),
            "each side has its firewall"
        );
    }
}

#[test]
fn a_personal_device_waits_for_the_agreement() {
    let told = opens(
        "appareil-personnel",
        "appareil-perso = portable d'un professeur",
    );
    agreement_first(&told);
    told.first(
        "Ne connectez pas l'appareil avant cet accord",
        "III: « connexion de matériels personnels »",
    );
}
