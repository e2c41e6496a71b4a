//! Buying a machine: on own funds the Département validates before the order (II art. 2), whatever the type.

use convention::*;

use crate::story::*;

fn buys(kind: &str, validation: &str) -> Told {
    walk(
        &college(),
        [
            ("situation", "acheter-materiel"),
            ("type", kind),
            ("payeur", "fonds-propres"),
            ("validation", validation),
            (
                "besoin",
                "Trois portables pour la salle des professeurs, devis joint.",
            ),
        ],
    )
}

#[test]
fn before_an_order_on_own_funds_the_departement_validates() {
    let told = buys("ordinateur-portable", "non");
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D6",
        Channel::PriorValidation,
    )
    .titled("Ordinateur portable")
    .first(
        "valider la commande par le Département avant",
        "the order waits for the validation",
    )
    .first(
        "spécificités techniques",
        "annexe 3: given on request for the starred types",
    )
    .first("base inventaire", "only what is registered is maintained")
    .passes(
        &[
            "Validation de la commande par le Département",
            "Commande du collège",
            "base inventaire",
        ],
        "validated, ordered, registered: in this order",
    )
    .does(
        &[
            "devis",
            "demande de validation",
            "ne rien commander avant",
            "Passer la commande",
            "base inventaire",
        ],
        "nothing is ordered before the written agreement",
    )
    .describes(&["Besoin décrit : Trois portables pour la salle des professeurs, devis joint."]);
    assert_eq!(
        (told.summary.nature, told.summary.urgency),
        (Nature::Achat, Urgency::PeutAttendre),
        "a purchase is not a breakdown: nobody is asked whom it hinders"
    );
}

#[test]
fn the_starred_types_of_annexe_3_and_only_they_have_their_specifications_on_request() {
    let told = buys("ordinateur-portable", "non");
    let types = &told.question("type").choices;
    let starred = |id: &str| {
        let choice = types.iter().find(|choice| choice.id == id).unwrap();
        choice
            .hint
            .as_deref()
            .is_some_and(|hint| hint.contains("sur demande"))
    };
    assert!(
        starred("ordinateur-portable"),
        "annexe 3: « Ordinateur portable * »"
    );
    assert!(
        starred("videoprojecteur-portable"),
        "annexe 3: « Vidéoprojecteur portable* »"
    );
    for plain in ["serveur", "onduleur", "switch"] {
        assert!(!starred(plain), "annexe 3 has no star at « {plain} »");
    }
}

#[test]
fn who_does_not_know_whether_it_was_validated_is_treated_as_not_validated() {
    buys("imprimante-couleur", "ne-sait-pas")
        .goes(
            Party::Departement,
            Basis::Deduit,
            "II.2-D6",
            Channel::PriorValidation,
        )
        .first(
            "valider la commande",
            "the doubt costs a question, an order without validation costs the upkeep",
        );
}

#[test]
fn once_validated_the_college_orders_and_has_it_registered() {
    let told = buys("ordinateur-portable", "oui");
    told.goes(
        Party::Etablissement,
        Basis::Deduit,
        "II.2-D6",
        Channel::Internal,
    )
    .first(
        "enregistrer le matériel dans la base inventaire",
        "validation alone does not open the upkeep",
    )
    .does(
        &[
            "accord écrit",
            "Passer la commande",
            "numéros de série",
            "base inventaire",
        ],
        "the steps left",
    )
    .silent("Attendre l'accord", "he has it");
    assert!(
        !told.leaves(),
        "nobody outside has anything to do with it yet"
    );
}

#[test]
fn a_switch_or_a_server_on_own_funds_is_validated_too() {
    for (kind, service) in [
        ("switch", "infrastructure-reseau"),
        ("serveur", "hebergement-dans-eple"),
    ] {
        let told = buys(kind, "non");
        told.goes(
            Party::Departement,
            Basis::Deduit,
            "II.2-D6",
            Channel::PriorValidation,
        );
        assert_eq!(
            told.summary.service, service,
            "the line of the matrix follows the type"
        );
    }
}

#[test]
fn what_annexe_3_does_not_list_is_said_before_it_is_bought() {
    buys("hors-referentiel", "non")
        .goes(
            Party::Departement,
            Basis::Deduit,
            "II.2-D6",
            Channel::PriorValidation,
        )
        .warns(
            "les types de l'annexe 3",
            "the Département takes in charge what annexe 3 lists",
        );
}

#[test]
fn what_the_departement_buys_needs_no_validation() {
    let told = walk(
        &college(),
        [
            ("situation", "acheter-materiel"),
            ("type", "videoprojecteur-portable"),
            ("payeur", "departement"),
            ("besoin", "Un vidéoprojecteur pour la salle B12."),
        ],
    );
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D3",
        Channel::Platform,
    )
    .silent(
        "devis",
        "the Département supplies what annexe 3 lists (II art. 2)",
    );
}

#[test]
fn a_validated_purchase_is_registered_then_maintained() {
    let told = walk(
        &college(),
        [
            ("situation", "installer-materiel"),
            ("installation", "enregistrer"),
            (
                "besoin",
                "Imprimante HP M454, série VNC3R04512, validée le 3 mars 2026.",
            ),
        ],
    );
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D6",
        Channel::Platform,
    )
    .titled("Enregistrement dans la base inventaire du Département")
    .first(
        "numéros de série et la date de la validation",
        "the inventory needs them",
    )
    .warns(
        "Sans validation préalable",
        "who has none is told what to ask first",
    );
}

#[test]
fn a_purchase_made_without_validation_asks_for_it_afterwards() {
    let told = walk(
        &college(),
        [
            ("situation", "installer-materiel"),
            ("installation", "regulariser"),
            ("besoin", "Portable acheté en janvier 2026 sans demander."),
        ],
    );
    told.goes(
        Party::Departement,
        Basis::Deduit,
        "II.2-D6",
        Channel::PriorValidation,
    )
    .explains(
        "ne dit rien d'un achat déjà fait",
        "the text only knows the validation before the order",
    )
    .first(
        "date d'achat",
        "bought until 1 September 2015 the rule does not hold",
    )
    .warns(
        "ses services n'interviennent pas",
        "meanwhile the vendor's warranty is all there is",
    )
    .does(
        &[
            "facture",
            "chef d'établissement",
            "Envoyer la demande",
            "S'il refuse",
        ],
        "both issues are said",
    );
}
