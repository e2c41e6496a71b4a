//! How a typed word is understood: by the words of the pack, and by the register.
//!
//! Invariant: a credit lies between 0 and 1, and codes and numbers are never taken one for another.

use std::collections::BTreeMap;

use super::{
    CONTEXT, RegisterEntry,
    lexicon::{Line, named_by},
    rooms,
};
use crate::{
    pack::Pack,
    text::{fold, words},
    words::{EquipmentFamily, Perimeter},
};

/// Exact, then begun, then mistyped. Codes and numbers are never taken one for another.
pub(super) fn likeness(token: &str, word: &str) -> f64 {
    if token == word {
        return 1.0;
    }
    let length = |text: &str| text.chars().count();
    let (short, long) = if length(token) < length(word) {
        (token, word)
    } else {
        (word, token)
    };
    let letters = length(short);
    if letters >= 4 && long.starts_with(short)
        || letters == 3 && short == token && long.starts_with(short)
    {
        return 0.85;
    }
    let plain = token.chars().chain(word.chars()).all(char::is_alphabetic);
    let allowed = match letters {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    };
    let far = || strsim::osa_distance(token, word);
    let mistyped = plain && allowed > 0 && length(long) - letters <= allowed && far() <= allowed;
    if mistyped { 0.7 } else { 0.0 }
}

/// So many machines say on which side a collège mostly is.
const MANY: usize = 200;

/// What the register understood of the line.
pub(super) struct Found<'a> {
    /// The entries that understand something, by family, the best first.
    by_family: BTreeMap<EquipmentFamily, Vec<(Vec<f64>, &'a RegisterEntry)>>,
    /// The room named, if exactly one is, with its words in the line.
    pub room: Option<String>,
    pub room_tokens: Vec<usize>,
    /// Everything that stands in that room.
    pub in_room: Vec<&'a RegisterEntry>,
    /// The machine that a code of the line names, and no other.
    pub coded: Option<&'a RegisterEntry>,
}

pub(super) struct Device<'a> {
    pub credits: Vec<f64>,
    /// Those that answer equally well: one is meant, a few can be offered, many are asked for by the guide.
    pub entries: Vec<&'a RegisterEntry>,
}

impl<'a> Found<'a> {
    pub fn in_register(register: &'a [RegisterEntry], line: &Line) -> Self {
        let room = rooms::named(register, line);
        let mut by_family: BTreeMap<EquipmentFamily, Vec<(Vec<f64>, &RegisterEntry)>> =
            BTreeMap::new();
        let mut in_room = Vec::new();
        for entry in register {
            let here = room
                .as_ref()
                .is_some_and(|room| entry.room.as_deref() == Some(room.code.as_str()));
            if here {
                in_room.push(entry);
            }
            let text = fold(&format!("{} {}", entry.label, entry.words));
            // Most entries share no word with the line: look before reading them word by word.
            let shares = line
                .tokens
                .iter()
                .any(|token| text.contains(token.get(..3).unwrap_or(token)));
            if !here && !shares {
                continue;
            }
            let known = words(&text);
            let mut credits: Vec<f64> = line
                .tokens
                .iter()
                .map(|token| {
                    known
                        .iter()
                        .map(|word| likeness(token, word))
                        .fold(0.0, f64::max)
                })
                .collect();
            if let Some(room) = room.as_ref().filter(|_| here) {
                for place in &room.tokens {
                    if let Some(credit) = credits.get_mut(*place) {
                        *credit = 1.0;
                    }
                }
            }
            if credits.iter().any(|credit| *credit > 0.0) {
                by_family
                    .entry(entry.family)
                    .or_default()
                    .push((credits, entry));
            }
        }
        let coded = line
            .tokens
            .iter()
            .filter(|token| token.bytes().any(|b| b.is_ascii_digit() || b == b'-'))
            .find_map(|token| {
                let mut named = register.iter().filter(|entry| named_by(entry, token));
                let only = named.next()?;
                named.next().is_none().then_some(only)
            });
        let (room, room_tokens) =
            room.map_or((None, Vec::new()), |room| (Some(room.code), room.tokens));
        Found {
            by_family,
            room,
            room_tokens,
            in_room,
            coded,
        }
    }

    /// The side most machines are on: of the room that is named, or of the whole register.
    pub fn side(&self, pack: &Pack, register: &[RegisterEntry]) -> Option<Perimeter> {
        let users: Vec<(String, Perimeter)> = pack
            .users
            .iter()
            .map(|user| (fold(&user.label), user.perimeter))
            .collect();
        let mut counted: BTreeMap<Perimeter, usize> = BTreeMap::new();
        let mut count = |entry: &RegisterEntry| {
            let text = fold(&entry.words);
            for (_, side) in users.iter().filter(|(label, _)| text.contains(label)) {
                *counted.entry(*side).or_default() += 1;
            }
        };
        if self.in_room.is_empty() {
            register.iter().take(MANY).for_each(&mut count);
        } else {
            self.in_room.iter().for_each(|entry| count(entry));
        }
        counted
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(side, _)| side)
    }

    /// Who uses the machines of the room, when they are all on the same side.
    pub fn room_user<'p>(&self, pack: &'p Pack) -> Option<&'p str> {
        let mut counted: BTreeMap<&str, (usize, Perimeter)> = BTreeMap::new();
        for entry in &self.in_room {
            let text = fold(&entry.words);
            for user in &pack.users {
                if text.contains(&fold(&user.label)) {
                    let known = counted.entry(&user.id).or_insert((0, user.perimeter));
                    known.0 += 1;
                }
            }
        }
        let (user, (_, side)) = counted.iter().max_by_key(|(_, (count, _))| *count)?;
        counted
            .values()
            .all(|(_, other)| other == side)
            .then_some(*user)
    }

    /// The entries that add most to what is already understood.
    pub fn best(&self, family: Option<EquipmentFamily>, known: &[f64]) -> Option<Device<'a>> {
        use EquipmentFamily::{Autre, Portable, Poste, Videoprojecteur};
        let families = match family? {
            Poste | Portable => vec![Poste, Portable, Autre],
            Videoprojecteur => vec![Videoprojecteur, Autre],
            other => vec![other],
        };
        // What it adds first; between equals, what it answers to: « onduleur » tells it from the servers beside it.
        let gain = |credits: &[f64]| -> (f64, f64) {
            let added = credits
                .iter()
                .zip(known)
                .map(|(credit, known)| (CONTEXT * credit - known).max(0.0))
                .sum();
            (added, credits.iter().sum())
        };
        let mut best: Option<((f64, f64), Device<'a>)> = None;
        for (credits, entry) in families
            .iter()
            .filter_map(|family| self.by_family.get(family))
            .flatten()
        {
            let gain = gain(credits);
            match &mut best {
                Some((most, device)) if gain == *most => device.entries.push(entry),
                Some((most, _)) if gain < *most => {}
                _ if gain.0 > 0.0 => {
                    best = Some((
                        gain,
                        Device {
                            credits: credits.clone(),
                            entries: vec![entry],
                        },
                    ))
                }
                _ => {}
            }
        }
        best.map(|(_, device)| device)
    }
}
