//! Which column of a file feeds which field: a proposal that a person looks at.
//!
//! Invariant: each field is proposed once at most, and the same headings give the same answer. What a field is called
//! in French, in English and in GLPI comes with the caller.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::Row;

/// A field that may be fed, with every name it goes by.
#[derive(Clone, Copy, Debug)]
pub struct Field<'f> {
    pub id: &'f str,
    pub names: &'f [&'f str],
}

/// Below this, two names look alike by chance: « prix » and « prise ».
const ALIKE: f64 = 0.9;

/// For each heading, the identifier of the field it feeds. The surest pairs are made first: the same name, then a
/// name whose words are all in the other, then a name typed with a slip. A column without a value in `rows` comes
/// after one that has some.
pub fn propose(headings: &[String], rows: &[Row], fields: &[Field<'_>]) -> Vec<Option<String>> {
    let filled: Vec<bool> = (0..headings.len())
        .map(|column| {
            let has = |row: &Row| row.cells.get(column).is_some_and(|cell| !cell.is_empty());
            rows.iter().any(has)
        })
        .collect();
    let folded: Vec<Vec<Vec<String>>> = fields
        .iter()
        .map(|field| field.names.iter().map(|name| words(name)).collect())
        .collect();
    let mut pairs = Vec::new();
    for (column, (heading, filled)) in headings.iter().zip(&filled).enumerate() {
        let heading = words(heading);
        for (field, names) in folded.iter().enumerate() {
            let score = names.iter().map(|name| likeness(&heading, name)).max();
            if let Some(score) = score.filter(|score| *score > 0) {
                pairs.push((score, *filled, column, field));
            }
        }
    }
    // The surest first, then those with values, then in the order of the file.
    pairs.sort_by_key(|(score, filled, column, field)| (-score, !filled, *column, *field));
    let mut proposed = vec![None; headings.len()];
    let mut used = BTreeSet::new();
    for (_, _, column, field) in pairs {
        if let Some(place) = proposed.get_mut(column)
            && place.is_none()
            && used.insert(field)
        {
            *place = fields.get(field).map(|field| field.id.to_owned());
        }
    }
    proposed
}

/// The words of a name, without accents, case or signs: « N° de série » is `n de serie`.
fn words(name: &str) -> Vec<String> {
    let folded: String = name
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect();
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// 0 when nothing is alike. Among names held in a heading, the one of most words is the surest.
fn likeness(heading: &[String], name: &[String]) -> i64 {
    if heading.is_empty() || name.is_empty() {
        return 0;
    }
    if heading.concat() == name.concat() {
        return 1_000_000;
    }
    if name.iter().all(|word| heading.contains(word)) {
        return 500_000 + 100 * name.len() as i64 - heading.len() as i64;
    }
    let typed = strsim::jaro_winkler(&heading.concat(), &name.concat());
    if typed >= ALIKE {
        (typed * 1000.0) as i64
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIELDS: &[Field<'_>] = &[
        Field {
            id: "serial",
            names: &["numéro de série", "série", "serial number", "s/n"],
        },
        Field {
            id: "inventory",
            names: &["numéro d’inventaire", "inventaire", "inventory number"],
        },
        Field {
            id: "name",
            names: &["nom", "name", "nom de la machine"],
        },
        Field {
            id: "room",
            names: &["salle", "lieu", "location"],
        },
    ];

    fn proposed(headings: &[&str], row: &[&str]) -> Vec<Option<String>> {
        let headings: Vec<String> = headings.iter().map(|one| (*one).to_owned()).collect();
        let row = Row {
            line: 2,
            cells: row.iter().map(|one| (*one).to_owned()).collect(),
            origin: None,
        };
        propose(&headings, &[row], FIELDS)
    }

    fn ids(proposed: &[Option<String>]) -> Vec<&str> {
        proposed
            .iter()
            .map(|one| one.as_deref().unwrap_or("-"))
            .collect()
    }

    #[test]
    fn headings_of_every_habit_find_their_field() {
        let found = proposed(
            &[
                "NOM",
                "Serial Number",
                "N° inventaire CD77",
                "Lieux",
                "Couleur",
            ],
            &["PC", "S1", "I1", "B12", "noir"],
        );
        assert_eq!(
            ids(&found),
            ["name", "serial", "inventory", "room", "-"],
            "by the same name, by a word in it, by a near spelling, or not at all"
        );
    }

    #[test]
    fn the_surest_column_has_the_field() {
        let found = proposed(&["Nom du modèle", "Nom"], &["x", "y"]);
        assert_eq!(
            ids(&found),
            ["-", "name"],
            "the same name comes before a word in it"
        );
        let found = proposed(&["Salle", "Lieu"], &["", "B12"]);
        assert_eq!(
            ids(&found),
            ["-", "room"],
            "a column with values comes before an empty one"
        );
    }

    proptest! {
        #[test]
        fn each_field_is_proposed_once_at_most(
            headings in prop::collection::vec("[a-zéè° /]{0,12}|nom|salle|série", 0..12),
        ) {
            let found = propose(&headings, &[], FIELDS);
            prop_assert_eq!(found.len(), headings.len(), "one answer for each heading");
            let used: Vec<_> = found.iter().flatten().collect();
            let distinct: BTreeSet<_> = used.iter().collect();
            prop_assert_eq!(used.len(), distinct.len(), "no field twice");
        }
    }
}
