//! Every way through the guide of the house, counted: each ends in a summary whose route has a basis.

use std::collections::BTreeSet;

use crate::{testing::*, *};

fn told(list: &[impl ToString]) -> String {
    let lines: Vec<String> = list.iter().take(20).map(ToString::to_string).collect();
    lines.join("\n")
}

#[test]
fn every_way_through_the_guide_ends_in_a_route_with_a_basis() {
    let survey = survey(&PACK);
    println!(
        "{} ways over {} states, longest {}, median {}, by length {:?}",
        survey.ways, survey.states, survey.longest, survey.median, survey.by_length
    );
    assert!(
        survey.dead_ends.is_empty(),
        "{} dead ends, first:\n{}",
        survey.dead_ends.len(),
        told(&survey.dead_ends)
    );
    assert!(
        survey.never.is_empty(),
        "each service, case, question and answer is reached:\n{}",
        told(&survey.never)
    );
    assert_eq!(
        survey.natures,
        BTreeSet::from(Nature::ALL),
        "the guide leads to each nature"
    );
    assert_eq!(
        survey.channels,
        BTreeSet::from(Channel::ALL),
        "and to each channel"
    );
    assert!(
        survey.parties.contains(&Party::Region),
        "a cité scolaire maintained by the Région is told so"
    );
    assert!(
        survey.median <= 6,
        "half of the ways ask six questions or fewer: {:?}",
        survey.by_length
    );
    assert!(survey.longest <= 9, "no way is a wall of questions");
}

/// A guide that leads nowhere for one answer, and never offers another.
const BROKEN: &str = r#"
[[question]]
id = "situation"
genre = "choix"
titre = "Que se passe-t-il ?"
court = "Objet"

[[question.choix]]
id = "panne"
libelle = "Une panne"
titre = "Panne"
donne = { nature = "panne", activite = "mco", service = "infrastructure-reseau" }

[[question.choix]]
id = "rien"
libelle = "Autre chose"

[[question.choix]]
id = "nuit"
libelle = "La nuit"
si = { nature = ["panne"] }

[[question]]
id = "usage"
genre = "texte"
titre = "Pour quoi ?"
court = "Usage"
si = { nature = ["achat"] }
"#;

#[test]
fn a_way_without_an_issue_is_told_in_the_words_of_the_form() {
    let survey = survey(&loaded(&with_guide(BROKEN)));
    assert_eq!(
        told(&survey.dead_ends),
        "Objet\u{202f}: Autre chose → Le guide de ce pack ne mène à aucun service pour ces réponses.",
        "the one answer that leads nowhere"
    );
    assert_eq!(
        (survey.ways, survey.longest, survey.median),
        (2, 1, 1),
        "two answers, one question each"
    );
    for never in [
        "la réponse «\u{202f}nuit\u{202f}» n’est jamais proposée",
        "La question «\u{202f}usage\u{202f}» n’est jamais posée",
        "Aucune suite de réponses ne mène au service «\u{202f}annuaire\u{202f}»",
        "Aucune suite de réponses ne mène au cas «\u{202f}wifi\u{202f}»",
    ] {
        assert!(
            survey.never.iter().any(|said| said.contains(never)),
            "« {never} » among {:#?}",
            survey.never
        );
    }
}
