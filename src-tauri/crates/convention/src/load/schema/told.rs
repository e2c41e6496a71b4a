//! What each key of a pack's TOML files is for, in the words of whoever writes one.
//!
//! Invariant: a key told for one table alone stands with the name of that table, and a key that no line tells
//! fails the tests.

use crate::text::typeset;

/// How a question is answered, as `guide` files write it.
pub(super) const KINDS: [&str; 9] = [
    "choix",
    "plusieurs",
    "texte",
    "texte-long",
    "equipement",
    "salle",
    "date",
    "fiche",
    "deduction",
];

/// A key, or a table and its key.
const TOLD: &[(&str, &str)] = &[
    // manifest.toml
    (
        "Manifest.id",
        "Le nom court du pack, sans espace ni accent. Il ne change plus.",
    ),
    ("Manifest.nom", "Le nom entier de la convention."),
    ("departement", "Le nom du Département."),
    ("academie", "Le nom de l'Académie."),
    (
        "version",
        "Une version, un contenu : changez-la à chaque envoi.",
    ),
    (
        "signature",
        "Le jour où la convention a été signée (AAAA-MM-JJ).",
    ),
    (
        "fichiers",
        "Tous les fichiers du pack sauf celui-ci. Ceux de guide/ sont lus dans cet ordre.",
    ),
    // guide/*.toml
    (
        "essai",
        "Les mots que toutes les questions d'essai partagent.",
    ),
    (
        "RawFile.question",
        "Une question ; elle ne regarde que celles placées avant elle.",
    ),
    (
        "RawFile.consequence",
        "Un avertissement qui dépend de l'ensemble des réponses.",
    ),
    ("liste", "Ce que la personne fait elle-même, pas à pas."),
    (
        "reflexe",
        "Ce qui se fait sans attendre ; le premier dont la condition tient est montré.",
    ),
    (
        "id",
        "Un nom court, sans espace ni accent, qui ne sert qu'une fois.",
    ),
    (
        "RawItem.genre",
        "Comment on répond. « deduction » n'est jamais posée : elle donne dès que « si » tient.",
    ),
    ("RawField.genre", "Ce qui s'écrit sur la ligne."),
    ("RawItem.titre", "La question en entier."),
    (
        "RawItem.court",
        "Un ou deux mots, devant la réponse une fois donnée.",
    ),
    ("RawCheck.titre", "La question en entier."),
    (
        "RawCheck.court",
        "Un ou deux mots, devant la réponse une fois donnée.",
    ),
    ("aide", "Comment répondre."),
    ("pourquoi", "Pourquoi on le demande."),
    ("exemple", "Un exemple de réponse."),
    ("facultatif", "La question peut rester sans réponse."),
    (
        "si",
        "Ce qui doit tenir : sujet ou question, et ses valeurs. « pas- » devant nie ; « inconnu » veut dire sans réponse.",
    ),
    (
        "demande",
        "Comme « si », mais une réponse donnée d'avance compte quand même.",
    ),
    (
        "tranche",
        "Posée seulement si la réponse change la route : perimetre, financement ou valide.",
    ),
    (
        "depuis",
        "Les réponses à la première question qui mènent ici depuis une ligne tapée.",
    ),
    (
        "probable",
        "La réponse la plus courante ; elle sert à compter les questions à venir.",
    ),
    (
        "rassemble",
        "Reprend en aide ce que les réponses précédentes disent « utile ».",
    ),
    (
        "choix-de",
        "Les réponses d'une annexe : utilisateurs (perimetre.csv) ou types (referentiel.csv).",
    ),
    (
        "etoile",
        "La précision des types marqués « oui » dans referentiel.csv.",
    ),
    ("choix", "Une réponse possible."),
    (
        "RawItem.champ",
        "Une ligne d'une fiche ; aucune n'est obligatoire.",
    ),
    (
        "donne",
        "Ce que la réponse fixe : nature, service, activite, perimetre, famille, impact, urgence…",
    ),
    ("libelle", "Les mots que la personne lit."),
    ("precision", "Une précision, en petit."),
    ("reprend", "Ce que Relais sait déjà et propose."),
    ("groupe", "Le titre sous lequel la réponse est rangée."),
    ("RawChoice.titre", "Un morceau du titre du dossier."),
    ("utile", "Ce que le service voudra savoir ensuite."),
    ("RawChoice.consequence", "Ce que cette réponse entraîne."),
    ("mots", "Les mots qu'une personne taperait pour dire cela."),
    (
        "essais",
        "De un à quatre gestes à essayer d'abord, un par ligne.",
    ),
    ("points", "Une liste, un point par ligne."),
    ("maintenant", "Ce qui se fait tout de suite."),
    ("jamais", "Ce qu'il ne faut surtout pas faire."),
    ("prevenir", "Qui prévenir."),
    // plateforme.toml
    (
        "impact",
        "La valeur envoyée pour chacun : personne, salle, college.",
    ),
    (
        "urgence",
        "La valeur envoyée pour chacune : bloquant, genant, peut-attendre.",
    ),
    (
        "nature",
        "La valeur envoyée pour chacune : panne, installation, achat, compte, conseil, securite.",
    ),
    ("RawPlatform.chemin", "Le nom des étapes d'une demande."),
    ("guichet", "Le nom du guichet."),
    ("Stops.voie", "Les étapes de chaque voie."),
    ("Stops.responsable", "L'étape de chaque responsable."),
    ("classement", "Comment la plateforme classe une demande."),
    ("champs", "Les champs que la plateforme connaît."),
    (
        "RawClassification.regle",
        "La première règle qui donne un champ l'emporte, champ par champ.",
    ),
    ("valeurs", "La valeur de chaque champ."),
    ("CategoryField.champ", "Le nom du champ sur la plateforme."),
    ("valeur", "Ce qui est envoyé, tel quel."),
    (
        "a-fixer",
        "Qui doit encore confirmer la valeur : d'ici là, une catégorie est montrée sans être envoyée.",
    ),
    // regles.toml
    ("Rules.regle", "Une règle du corps de la convention."),
    ("Rules.note", "Une note au pied de la matrice."),
    ("application", "Les règles que Relais applique de lui-même."),
    (
        "cas",
        "Une situation que le corps règle à lui seul, quelle que soit la case.",
    ),
    ("titre", "Le titre."),
    ("texte", "Le texte, tel que la personne le lit."),
    ("source", "Où c'est écrit."),
    ("code", "Le nom court de la source."),
    ("passage", "L'article, puis ce qu'il dit."),
    ("numero", "Le numéro que portent les cases."),
    ("responsable", "Qui s'en charge."),
    ("fonds-propres", "Ce que le collège achète lui-même."),
    (
        "hors-catalogue",
        "Les logiciels qu'il faut d'abord faire valider.",
    ),
    (
        "pieces",
        "Les pièces qu'un autre fournit, une fois la garantie finie.",
    ),
    (
        "cite-scolaire",
        "La maintenance passée à un autre dans une cité scolaire.",
    ),
    (
        "services",
        "Les services à qui la règle s'applique ; aucun : elle ne s'applique pas.",
    ),
    ("activites", "Les activités à qui la règle s'applique."),
    (
        "apres",
        "La règle vaut pour un achat fait après ce jour (AAAA-MM-JJ).",
    ),
    ("valideur", "Qui valide l'achat."),
    ("achat", "Avant la commande, sans accord."),
    ("achat-valide", "Avant la commande, l'accord étant donné."),
    (
        "achat-autre",
        "Avant la commande de ce que la règle ne nomme pas.",
    ),
    ("entretien", "Pour réparer ce qui a été acheté sans accord."),
    (
        "date-inconnue",
        "Ce qui est dit quand la date d'achat manque.",
    ),
    (
        "autre-responsable",
        "Ce qui est dit quand un autre que le valideur s'en charge.",
    ),
    (
        "OwnFunds.demande",
        "La demande d'accord que Relais remplit pour un achat suivi.",
    ),
    (
        "enregistrement",
        "La demande d'enregistrement que Relais remplit à la livraison.",
    ),
    ("reponses", "La réponse à chaque question."),
    ("type", "La question sur le type d'appareil."),
    ("recit", "La question qui reçoit le récit."),
    ("question", "Le nom de la question."),
    (
        "sinon",
        "La réponse pour un type absent de referentiel.csv.",
    ),
    ("conseil", "Ce qui est dit à la personne."),
    (
        "toujours",
        "Les services qui sont de ce côté par eux-mêmes.",
    ),
    ("perimetre", "Le côté concerné."),
    ("fournisseur", "Qui fournit la pièce."),
    ("de", "Qui s'en chargeait."),
    ("vers", "Qui s'en charge."),
    (
        "a-preciser",
        "Ce qui est dit tant que le collège ne l'a pas précisé.",
    ),
    ("explication", "Pourquoi, en une phrase."),
    ("avant", "Ce qu'il faut faire d'abord."),
    ("attention", "Ce dont il faut se méfier."),
    (
        "chemin",
        "Les étapes de la demande, si la règle les connaît mieux que la voie.",
    ),
    ("voie", "Par où passe la demande."),
    ("base", "Comment on le sait : ecrit ou deduit."),
    // missions.toml et charte.toml
    ("mission", "Une fiche de mission."),
    ("annexe", "L'annexe d'où vient le texte."),
    ("section", "Un passage."),
    ("Section.texte", "Des paragraphes."),
    (
        "tache",
        "Le nom court de ce qui se coche : la coche reste si le texte change.",
    ),
    ("MissionTask.texte", "Le texte, tel que la personne le lit."),
    ("suite", "Des paragraphes après la liste."),
];

pub(super) fn told(table: &str, key: &str) -> Option<String> {
    let whole = format!("{table}.{key}");
    let line = |name: &str| TOLD.iter().find(|(known, _)| *known == name);
    let (_, text) = line(&whole).or_else(|| line(key))?;
    Some(typeset(text))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::schemas;

    #[test]
    fn each_key_of_a_pack_is_told_in_french_and_no_line_is_left_over() {
        let mut used = BTreeSet::new();
        for (name, schema) in schemas() {
            let definitions = schema["definitions"].as_object().cloned();
            let tables = definitions.unwrap_or_default().into_values();
            for table in tables.chain([schema]) {
                let Some(properties) = table["properties"].as_object() else {
                    continue;
                };
                for (key, property) in properties {
                    let text = property["description"].as_str();
                    let text = text.unwrap_or_else(|| panic!("{name}: « {key} » is told nowhere"));
                    used.insert(text.to_owned());
                }
            }
            assert!(
                !schema_holds_null(&Value::clone(&schemas()[name])),
                "{name}: TOML has no null to offer"
            );
        }
        for (key, text) in TOLD {
            assert!(used.contains(&typeset(text)), "« {key} » tells no key");
        }
    }

    fn schema_holds_null(value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::String(text) => text == "null",
            Value::Array(values) => values.iter().any(schema_holds_null),
            Value::Object(values) => values.values().any(schema_holds_null),
            _ => false,
        }
    }
}
