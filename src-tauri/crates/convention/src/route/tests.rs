//! The route over the whole matrix, then rule by rule.

use crate::{testing::*, *};

fn ask(service: &str, activity: Activity) -> RouteRequest {
    RouteRequest::new(service, activity)
}

fn found(request: &RouteRequest) -> Route {
    route(&PACK, &Overlay::default(), request).unwrap()
}

#[test]
fn every_combination_ends_in_a_route_with_a_basis() {
    let perimeters = [
        None,
        Some(Perimeter::Administratif),
        Some(Perimeter::Pedagogique),
    ];
    let fundings = [
        None,
        Some(Funding::Departement),
        Some(Funding::Etat),
        Some(Funding::FondsPropres),
    ];
    let dates = [None, Some(day("2015-09-01")), Some(day("2016-03-01"))];
    let sites = [
        (false, None),
        (true, None),
        (true, Some(false)),
        (true, Some(true)),
    ];
    let mut count = 0;
    for service in &PACK.services {
        for activity in Activity::ALL {
            for perimeter in perimeters {
                for funding in fundings {
                    for bought_on in dates {
                        for validated in [false, true] {
                            for (cite_scolaire, region_maintains) in sites {
                                let request = RouteRequest {
                                    perimeter,
                                    funding,
                                    bought_on,
                                    validated,
                                    cite_scolaire,
                                    region_maintains,
                                    ..ask(&service.id, activity)
                                };
                                check(&request, &found(&request));
                                count += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    println!("{count} combinations, each with a route and a basis");
    assert_eq!(
        count,
        38 * 6 * 3 * 4 * 3 * 2 * 4,
        "the whole of the matrix was asked"
    );
}

fn check(request: &RouteRequest, route: &Route) {
    assert!(
        !route.explanation.is_empty(),
        "a route says why: {request:?}"
    );
    assert!(
        !route.path.is_empty(),
        "a route says by which way: {request:?}"
    );
    let sourced = route.source.is_some()
        || route.basis == Basis::Inconnu
        || route.party == Party::SelonUtilisateur;
    assert!(
        sourced,
        "who is named is named by a passage: {request:?} {route:?}"
    );
    let unknown = route.party == Party::Inconnu;
    assert!(
        !unknown || route.basis == Basis::Inconnu,
        "an unknown party has no basis to boast of: {request:?}"
    );
    if unknown && request.funding != Some(Funding::FondsPropres) {
        assert_eq!(
            route.channel,
            Channel::Platform,
            "an unknown cell goes to the single desk: {request:?}"
        );
        assert!(
            route.explanation.contains("à compléter"),
            "and says that the cell is to be completed: {route:?}"
        );
    }
    // A route never names a party that neither the cell nor a rule of the body gives.
    let cell = [request.perimeter, None]
        .iter()
        .find_map(|side| PACK.cell(&request.service, *side, request.activity));
    if cell.is_some_and(|cell| cell.party == Party::Inconnu)
        && request.funding != Some(Funding::FondsPropres)
    {
        assert_eq!(
            route.party,
            Party::Inconnu,
            "an unknown cell is never guessed: {request:?}"
        );
    }
}

#[test]
fn who_uses_a_post_decides_who_repairs_it() {
    let asked = |perimeter| {
        found(&RouteRequest {
            perimeter,
            ..ask("equipement-bureautique", Activity::Maintenance)
        })
    };
    let office = asked(PACK.perimeter_of("Vie scolaire"));
    assert_eq!(
        (office.party, office.basis),
        (Party::Academie, Basis::Deduit),
        "administrative posts: the Académie"
    );
    assert_eq!(
        office.source.unwrap().code,
        "II.2-A2",
        "with the passage that says so"
    );
    let class = asked(PACK.perimeter_of("Professeurs"));
    assert_eq!(
        class.party,
        Party::Departement,
        "all others: the Département"
    );
    assert_eq!(
        class.path,
        [
            "Plateforme d’assistance, premier niveau",
            "DSI du Département"
        ],
        "through the single desk"
    );
    let nobody_said = asked(None);
    assert_eq!(
        nobody_said.party,
        Party::SelonUtilisateur,
        "without knowing who uses it, both are told"
    );
    assert!(
        nobody_said.explanation.contains("l’Académie")
            && nobody_said.explanation.contains("le Département"),
        "by name"
    );
    assert_eq!(
        nobody_said.channel,
        Channel::Platform,
        "and the desk can still take it"
    );
    assert!(!nobody_said.before.is_empty(), "but it asks first");
}

#[test]
fn own_funds_open_maintenance_only_once_validated() {
    let own = RouteRequest {
        perimeter: Some(Perimeter::Pedagogique),
        funding: Some(Funding::FondsPropres),
        bought_on: Some(day("2016-03-01")),
        ..ask("equipement-bureautique", Activity::Maintenance)
    };
    let refused = found(&own);
    assert_eq!(
        refused.channel,
        Channel::PriorValidation,
        "not validated: validation comes first"
    );
    assert!(
        refused
            .explanation
            .contains("non maintenu par le Département"),
        "and it is said plainly"
    );
    assert!(!refused.before.is_empty(), "with the way out");
    assert_eq!(
        found(&RouteRequest {
            validated: true,
            ..own.clone()
        })
        .party,
        Party::Departement,
        "validated and registered: maintained"
    );
    let eve = RouteRequest {
        bought_on: Some(day("2015-09-01")),
        ..own.clone()
    };
    assert_eq!(
        found(&eve).channel,
        Channel::Platform,
        "the rule begins after 1 September 2015"
    );
    let undated = found(&RouteRequest {
        bought_on: None,
        ..own.clone()
    });
    assert!(
        undated
            .warnings
            .iter()
            .any(|warning| warning.contains("Date d’achat inconnue")),
        "an unknown date is said"
    );
    let office = found(&RouteRequest {
        perimeter: Some(Perimeter::Administratif),
        ..own.clone()
    });
    assert_eq!(
        (office.party, office.channel),
        (Party::Academie, Channel::Platform),
        "the Académie repairs it: the rule opens the Département’s services alone"
    );
    assert!(
        office
            .warnings
            .iter()
            .any(|warning| warning.contains("fonds propres")),
        "and the rule is told all the same"
    );
    let order = found(&RouteRequest {
        activity: Activity::Acquisition,
        ..own.clone()
    });
    assert_eq!(
        (order.channel, order.party),
        (Channel::PriorValidation, Party::Departement),
        "the Département validates the order first"
    );
    let validated = found(&RouteRequest {
        activity: Activity::Acquisition,
        validated: true,
        ..own
    });
    assert_eq!(
        (validated.channel, validated.party),
        (Channel::Internal, Party::Etablissement),
        "then the collège buys"
    );
}

#[test]
fn the_notes_of_the_matrix_are_applied() {
    let help = found(&ask("vie-scolaire-prive", Activity::FunctionalSupport));
    assert_eq!(
        (help.party, help.channel, help.basis),
        (Party::Editeur, Channel::Vendor, Basis::Ecrit),
        "note 3: the vendor helps"
    );
    let buyer = |funding| {
        found(&RouteRequest {
            funding,
            ..ask("vie-scolaire-prive", Activity::Maintenance)
        })
    };
    assert_eq!(
        buyer(None).party,
        Party::CollectiviteOuEtablissement,
        "whoever bought it, not said yet"
    );
    assert_eq!(
        buyer(Some(Funding::FondsPropres)).party,
        Party::Etablissement,
        "the collège bought, the collège maintains"
    );
    assert_eq!(
        buyer(Some(Funding::Departement)).party,
        Party::Departement,
        "the Département bought"
    );
    let supplied = found(&ask("stockage-pedagogique", Activity::Acquisition));
    assert_eq!(supplied.party, Party::SansObjet, "nothing to buy");
    assert!(
        supplied.note.unwrap().contains("Magret"),
        "note 1 says where it comes from"
    );
}

#[test]
fn off_catalogue_software_is_validated_then_installed_by_the_college() {
    let install = ask("logiciels-hors-catalogue", Activity::Installation);
    let first = found(&install);
    assert_eq!(
        (first.party, first.basis, first.channel),
        (Party::Etablissement, Basis::Ecrit, Channel::PriorValidation),
        "validation first"
    );
    assert_eq!(
        found(&RouteRequest {
            validated: true,
            ..install
        })
        .channel,
        Channel::Internal,
        "then the collège installs it"
    );
}

#[test]
fn a_cite_scolaire_may_have_passed_to_the_region() {
    let site = |region_maintains| {
        let request = ask("infrastructure-reseau", Activity::Maintenance);
        found(&RouteRequest {
            cite_scolaire: true,
            region_maintains,
            ..request
        })
    };
    assert_eq!(
        site(Some(true)).party,
        Party::Region,
        "the profile says it passed"
    );
    assert_eq!(
        site(Some(false)).party,
        Party::Departement,
        "the profile says it stayed"
    );
    let unsettled = site(None);
    assert_eq!(
        unsettled.party,
        Party::Departement,
        "unsaid: the matrix as it stands"
    );
    assert!(
        unsettled
            .warnings
            .iter()
            .any(|warning| warning.contains("Région")),
        "with a warning"
    );
}

#[test]
fn the_body_decides_where_no_cell_does() {
    let case = |id: &str| {
        found(&RouteRequest {
            case: Some(id.to_owned()),
            ..ask("infrastructure-reseau", Activity::Expertise)
        })
    };
    assert_eq!(
        case("wifi").channel,
        Channel::Security,
        "Wi-Fi weakens security: rule 7"
    );
    assert_eq!(
        case("incident-securite").party,
        Party::Academie,
        "the RSSI is the Académie's"
    );
    assert_eq!(
        case("liste-acces-internet").channel,
        Channel::Internal,
        "the gestionnaire réseau does it himself: rule 9"
    );
    let old = RouteRequest {
        perimeter: Some(Perimeter::Administratif),
        out_of_warranty: true,
        ..ask("equipement-bureautique", Activity::Maintenance)
    };
    let spare = found(&old);
    assert_eq!(spare.party, Party::Academie, "the Académie repairs");
    assert!(
        spare
            .path
            .iter()
            .any(|stop| stop.contains("pièces de remplacement")),
        "with the Département's spare parts: rule 5"
    );
}

#[test]
fn a_cell_completed_from_the_signed_copy_is_used_and_says_so() {
    let request = ask("antivirus", Activity::Maintenance);
    assert_eq!(
        found(&request).basis,
        Basis::Inconnu,
        "the scan lost the colour"
    );
    let mut overlay = Overlay::default();
    let key = CellKey {
        service: "antivirus".to_owned(),
        perimeter: None,
        activity: Activity::Maintenance,
    };
    let by = "Mme Lacaze".to_owned();
    overlay.complete(
        key,
        Completed {
            party: Party::Academie,
            by,
            on: day("2026-10-02"),
            page: "12".to_owned(),
        },
    );
    let route = route(&PACK, &overlay, &request).unwrap();
    assert_eq!(
        (route.party, route.basis),
        (Party::Academie, Basis::Complete),
        "the signed copy is read"
    );
    assert!(
        route.source.unwrap().passage.contains("page 12"),
        "with its page"
    );
}

#[test]
fn an_unknown_service_is_refused_by_name() {
    let refusal = route(
        &PACK,
        &Overlay::default(),
        &ask("minitel", Activity::Maintenance),
    )
    .unwrap_err();
    assert!(
        refusal.to_string().contains("« minitel »"),
        "the sentence names it: {refusal}"
    );
}
