//! The room that a line names, by its code or in the words of the house, and the whole of it at once.
//!
//! Invariant: a room is named by all that sets it apart: « technologie » alone is none of two, and a number is never another.

use std::collections::BTreeMap;

use super::{RegisterEntry, lexicon::Line, understood::likeness};
use crate::{
    text::{fold, words},
    words::EquipmentFamily,
};

/// Said of any room, so of none.
const ANY_ROOM: [&str; 6] = [
    "salle",
    "bureau",
    "local",
    "classe",
    "informatique",
    "dispositif",
];

/// A room and the places of the line's words that name it.
pub(super) struct Named {
    pub code: String,
    pub tokens: Vec<usize>,
}

/// The one room that the line names best; two that fit equally well are none.
pub(super) fn named(register: &[RegisterEntry], line: &Line) -> Option<Named> {
    let mut rooms: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in register {
        if let Some(code) = entry.room.as_deref() {
            rooms.insert(code, &entry.room_name);
        }
    }
    let mut best: Vec<(f64, Named)> = Vec::new();
    for (code, name) in rooms {
        let Some((sure, tokens)) = fits(code, name, line) else {
            continue;
        };
        let most = best.first().map_or(0.0, |(most, _)| *most);
        if sure > most {
            best.clear();
        }
        if sure >= most {
            best.push((
                sure,
                Named {
                    code: code.to_owned(),
                    tokens,
                },
            ));
        }
    }
    match best.len() {
        1 => best.pop().map(|(_, named)| named),
        _ => None,
    }
}

/// How surely the line names this room, and with which of its words.
fn fits(code: &str, name: &str, line: &Line) -> Option<(f64, Vec<usize>)> {
    // « techno » is short for « technologie »; « gestionnaire » is not « gestion ».
    let place_of = |wanted: &str, exact: bool| {
        line.tokens.iter().position(|token| {
            token == wanted
                || !exact && !token.starts_with(wanted) && likeness(token, wanted) >= 0.7
        })
    };
    let code = fold(code);
    let parts: Vec<&str> = code.split('-').collect();
    if let Some(place) = place_of(&code, true) {
        // The code is the surest name, and a longer one is surer than a shorter.
        return Some((10.0 + code.len() as f64 / 100.0, vec![place]));
    }
    // « labo 2 » for « LABO-2 », « techno 1 » for « TECH-1 ».
    if let [word, number] = parts.as_slice()
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        let word = line
            .tokens
            .iter()
            .position(|token| word.len() >= 3 && token.starts_with(word));
        if let (Some(word), Some(number)) = (word, place_of(number, true))
            && number == word + 1
        {
            return Some((5.0, vec![word, number]));
        }
    }
    let mut tokens = Vec::new();
    let mut sure = 0.0;
    let mut wanted = 0;
    for word in words(name) {
        if ANY_ROOM.contains(&word.as_str()) {
            continue;
        }
        let number = word.chars().count() <= 2;
        wanted += 1;
        match place_of(&word, number) {
            Some(place) => {
                tokens.push(place);
                sure += 1.0;
            }
            // What tells two rooms apart is often one sign: it must be there.
            None if number => return None,
            None => {}
        }
    }
    let enough = sure > 0.0 && sure * 2.0 >= f64::from(wanted);
    enough.then_some((sure / f64::from(wanted) + sure / 10.0, tokens))
}

/// All the machines of a room, meant at once.
pub(super) struct Whole {
    pub room_id: String,
    pub machines: usize,
    /// « 12 postes »
    pub named: String,
}

/// « les postes de B204 », « 12 pc », « toute la salle »: several machines of this family in the room that is named.
pub(super) fn several(
    line: &Line,
    found: &super::understood::Found<'_>,
    family: EquipmentFamily,
    nouns: &[(String, f64)],
) -> Option<Whole> {
    let room = found.room.as_deref()?;
    if !says_several(line, nouns) {
        return None;
    }
    let machines: Vec<&&RegisterEntry> = found
        .in_room
        .iter()
        .filter(|entry| entry.family == family && entry.room.as_deref() == Some(room))
        .collect();
    let room_id = machines.first()?.room_id.clone()?;
    let count = machines.len();
    (count > 1).then(|| Whole {
        room_id,
        machines: count,
        named: format!("{count} {}", family.plural()),
    })
}

/// A number or a plural article before one of the nouns of the family, or « toute la salle ».
fn says_several(line: &Line, nouns: &[(String, f64)]) -> bool {
    let noun = |word: &str| {
        words(word).first().is_some_and(|word| {
            nouns
                .iter()
                .any(|(known, sure)| *sure >= 1.0 && likeness(word, known) >= 0.85)
        })
    };
    let number = |word: &str| {
        word.parse::<u16>()
            .is_ok_and(|count| (2..=60).contains(&count))
    };
    let mut before = "";
    for word in line
        .typed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if matches!(word, "tous" | "toute" | "toutes" | "entiere") {
            return true;
        }
        let several =
            number(before) || matches!(before, "les" | "des" | "nos" | "ces" | "plusieurs");
        if several && word.len() > 1 && noun(word) {
            return true;
        }
        before = word;
    }
    false
}
