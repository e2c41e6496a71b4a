//! The grammar of trials, forms, lists, reflexes and classes: each mistake has its place.

use super::place;
use crate::{testing::*, *};

/// A guide that is right, in which one thing is then written wrong.
const GUIDE: &str = r#"
[essai]
titre = "Est-ce réglé ?"
court = "Essayé"
pourquoi = "Rien ne part pour rien."

[[question]]
id = "situation"
genre = "choix"
titre = "Que se passe-t-il ?"
court = "Objet"

[[question.choix]]
id = "panne"
libelle = "Une panne"
donne = { nature = "panne", activite = "mco", service = "equipement-bureautique" }
essais = ["Redémarrer", "Attendre"]

[[question]]
id = "fiche"
genre = "fiche"
titre = "Précisions"
court = "Précisions"
si = { voie = ["plateforme"], essai-situation-panne = ["pas-pu"] }
champ = [
    { id = "depuis", libelle = "Depuis quand", genre = "ligne" },
    { id = "telephone", libelle = "Téléphone", genre = "telephone", reprend = "telephone" },
]

[[liste]]
si = { garantie = ["finie"] }
points = ["Noter"]

[[reflexe]]
si = { situation = ["panne"] }
titre = "Calme"
maintenant = ["Attendre."]
"#;

#[test]
fn each_piece_of_the_grammar_is_checked_at_its_place() {
    loaded(&with_guide(GUIDE));
    for (right, wrong, at, said) in [
        (
            "\"Attendre\"]",
            "\"Attendre\", \"a\", \"b\", \"c\"]",
            "[\"Redémarrer\"",
            "de 1 à 4 essais",
        ),
        ("\"Attendre\"]", "\"\"]", "\"\"]", "cet essai est vide"),
        (
            "[essai]\ntitre = \"Est-ce réglé ?\"\ncourt = \"Essayé\"\npourquoi = \"Rien ne part pour rien.\"\n",
            "",
            "[\"Redémarrer\"",
            "des essais demandent que « [essai] » soit écrit",
        ),
        (
            "genre = \"ligne\"",
            "genre = \"lettre\"",
            "\"lettre\"",
            "« lettre » n’est pas un genre de ligne",
        ),
        (
            "reprend = \"telephone\"",
            "reprend = \"adresse\"",
            "\"adresse\"",
            "« adresse » ne se reprend pas",
        ),
        (
            "id = \"telephone\"",
            "id = \"depuis\"",
            "\"depuis\", libelle = \"Tél",
            "la ligne « depuis » est définie deux fois",
        ),
        (
            "essai-situation-panne = [\"pas-pu\"]",
            "essai-situation-panne = [\"oui\"]",
            "\"oui\"]",
            "« oui » n’est pas une valeur possible",
        ),
        (
            "voie = [\"plateforme\"]",
            "voie = [\"poste\"]",
            "\"poste\"]",
            "« poste » n’est pas une valeur possible de « voie »",
        ),
        (
            ", service = \"equipement-bureautique\"",
            "",
            "voie = ",
            "« voie » ne peut pas être connu ici",
        ),
        (
            "nature = \"panne\",",
            "nature = \"panne\", garantie = \"finie\",",
            "garantie = \"finie\"",
            "« garantie » se déduit",
        ),
        (
            "garantie = [\"finie\"]",
            "garantie = [\"presque\"]",
            "\"presque\"",
            "« presque » n’est pas une valeur possible",
        ),
        (
            "si = { garantie = [\"finie\"] }",
            "si = {}",
            "[\"Noter\"]",
            "une liste sans condition",
        ),
        (
            "maintenant = [\"Attendre.\"]",
            "",
            "\"Calme\"",
            "un réflexe doit dire",
        ),
        (
            "genre = \"fiche\"",
            "genre = \"texte\"",
            "\"fiche\"",
            "une fiche, et elle seule",
        ),
    ] {
        let text = GUIDE.replacen(right, wrong, 1);
        assert_ne!(text, GUIDE, "« {right} » stands in the guide");
        let (line, column) = place(&text, at);
        let refused = Pack::load(&with_guide(&text)).expect_err(said);
        let found: Vec<String> = refused.iter().map(ToString::to_string).collect();
        let said = text::typeset(said);
        let here = format!("guide/essai.toml:{line}:{column}\u{202f}: ");
        assert!(
            found
                .iter()
                .any(|mistake| mistake.starts_with(&here) && mistake.contains(&said)),
            "« {said} » at {here} among {found:#?}"
        );
    }
}

#[test]
fn a_class_only_gives_fields_that_are_declared() {
    let mut files = with_guide(GUIDE);
    let platform = files.get_mut("plateforme.toml").unwrap();
    platform.push_str("\n[classement]\nchamps = [{ champ = \"Tier 1\", libelle = \"Catégorie\" }]\n\n[[classement.regle]]\nsi = { nature = [\"pane\"] }\nvaleurs = { \"Tier 2\" = { valeur = \"x\" } }\n");
    let text = platform.clone();
    let found: Vec<String> = Pack::load(&files)
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect();
    for (at, said) in [
        ("\"pane\"", "n’est pas une valeur possible"),
        ("\"Tier 2\"", "n’est pas déclaré"),
    ] {
        let (line, column) = place(&text, at);
        assert!(
            found.iter().any(|mistake| mistake
                .starts_with(&format!("plateforme.toml:{line}:{column}\u{202f}: "))
                && mistake.contains(said)),
            "« {said} » among {found:#?}"
        );
    }
}
