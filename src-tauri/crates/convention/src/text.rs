//! Comparing what people type: accents, case, plurals and apostrophes ignored.
//!
//! Invariant: folding is idempotent and total. Room codes such as `B1.12` stay one word.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without accents, every apostrophe alike.
pub fn fold(text: &str) -> String {
    // Most of a register is plain ASCII, and it is folded whole at each keystroke.
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace('`', "'");
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| {
            if matches!(c, '’' | '‘' | '`') {
                '\''
            } else {
                c
            }
        })
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .collect()
}

/// An identifier made of a label: `Équipe de direction` → `equipe-de-direction`.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for word in fold(text)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// The folded words of a text, elisions and small words dropped, plurals brought to the singular.
pub fn words(text: &str) -> Vec<String> {
    const SMALL: [&str; 42] = [
        "le", "la", "les", "un", "une", "des", "de", "du", "en", "et", "ou", "au", "aux", "a",
        "est", "sont", "dans", "sur", "pour", "par", "avec", "ce", "cet", "cette", "mon", "ma",
        "mes", "se", "sa", "son", "il", "elle", "on", "ne", "pas", "plus", "je", "nous", "vous",
        "que", "qui", "y",
    ];
    fold(text)
        .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-' || c == '_'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty() && !SMALL.contains(word))
        .filter(|word| word.chars().count() > 1 || word.chars().all(|c| c.is_ascii_digit()))
        .map(singular)
        .collect()
}

fn singular(word: &str) -> String {
    let long = word.chars().count() > 3 && word.chars().all(char::is_alphabetic);
    let stem = match word.strip_suffix("aux") {
        Some(stem) if long && !stem.ends_with('e') => return format!("{stem}al"),
        _ => word
            .strip_suffix('s')
            .or_else(|| word.strip_suffix('x'))
            .filter(|_| long),
    };
    stem.unwrap_or(word).to_owned()
}

/// French typography, one character for one: apostrophes between letters, narrow no-break spaces before
/// : ; ? ! » and after «. A pack may be typed on a plain keyboard.
pub fn typeset(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let around = |place: usize| {
        let before = place
            .checked_sub(1)
            .and_then(|place| letters.get(place))
            .copied()
            .unwrap_or(' ');
        (before, letters.get(place + 1).copied().unwrap_or(' '))
    };
    let set = |(place, letter): (usize, &char)| match (*letter, around(place)) {
        ('\'', (before, after)) if before.is_alphabetic() && after.is_alphanumeric() => '’',
        (' ' | '\u{a0}', (_, ':' | ';' | '?' | '!' | '»') | ('«', _)) => '\u{202f}',
        _ => *letter,
    };
    letters.iter().enumerate().map(set).collect()
}

/// French capital at the head of a sentence.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_meets_what_the_pack_says() {
        assert_eq!(fold("ÉLÈVES"), "eleves", "accents and case are ignored");
        assert_eq!(
            slug("ATTE (poste métier : accueil, maintenance)"),
            "atte-poste-metier-accueil-maintenance",
            "a label makes an identifier"
        );
        assert_eq!(
            words("L’imprimante du CDI, B1.12 !"),
            ["imprimante", "cdi", "b1.12"],
            "room codes stay whole"
        );
        assert_eq!(
            words("bourrages papiers"),
            ["bourrage", "papier"],
            "plurals meet singulars"
        );
        assert_eq!(
            typeset("l'école : « oui »"),
            "l’école\u{202f}: «\u{202f}oui\u{202f}»",
            "French typography"
        );
        assert_eq!(
            words("portaux réseaux"),
            ["portal", "reseau"],
            "plurals in -aux and -eaux"
        );
    }
}
