//! How a typed word is understood: by the words of the pack, and by the register.
//!
//! Invariant: a credit lies between 0 and 1, and codes and numbers are never taken one for another.

use std::collections::BTreeMap;

use super::{CONTEXT, RegisterEntry};
use crate::{
    text::{fold, words},
    words::EquipmentFamily,
};

/// How well each token is understood by a vocabulary, from 0 to 1.
pub(super) fn credits(tokens: &[String], vocabulary: &[String]) -> Vec<f64> {
    let credit = |token: &String| {
        vocabulary
            .iter()
            .map(|word| likeness(token, word))
            .fold(0.0, f64::max)
    };
    tokens.iter().map(credit).collect()
}

/// Exact, then begun, then mistyped. Codes and numbers are never taken one for another.
fn likeness(token: &str, word: &str) -> f64 {
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

/// What the register understood of the line.
pub(super) struct Found<'a> {
    pub tokens: usize,
    /// The entries that understand something, by family, the best first.
    by_family: BTreeMap<EquipmentFamily, Vec<(Vec<f64>, &'a RegisterEntry)>>,
    /// The room named, if exactly one is.
    pub room: Option<String>,
}

pub(super) struct Device<'a> {
    pub credits: Vec<f64>,
    /// Those that answer equally well: one is meant, a few can be offered, many are asked for by the guide.
    pub entries: Vec<&'a RegisterEntry>,
}

impl<'a> Found<'a> {
    pub fn in_register(register: &'a [RegisterEntry], tokens: &[String]) -> Self {
        let mut by_family: BTreeMap<EquipmentFamily, Vec<(Vec<f64>, &RegisterEntry)>> =
            BTreeMap::new();
        let mut rooms: Vec<&str> = Vec::new();
        for entry in register {
            let text = fold(&format!(
                "{} {} {}",
                entry.label,
                entry.words,
                entry.room.as_deref().unwrap_or_default()
            ));
            // Most entries share no word with the line: look before reading them word by word.
            if !tokens
                .iter()
                .any(|token| text.contains(token.get(..3).unwrap_or(token)))
            {
                continue;
            }
            let credits = credits(tokens, &words(&text));
            if credits.iter().any(|credit| *credit > 0.0) {
                by_family
                    .entry(entry.family)
                    .or_default()
                    .push((credits, entry));
            }
            let room = entry
                .room
                .as_deref()
                .filter(|room| words(room).iter().any(|word| tokens.contains(word)));
            rooms.extend(room.filter(|room| !rooms.contains(room)));
        }
        let room = match rooms.as_slice() {
            [one] => Some((*one).to_owned()),
            _ => None,
        };
        Found {
            tokens: tokens.len(),
            by_family,
            room,
        }
    }

    /// The entries that add most to what is already understood.
    pub fn best(&self, family: Option<EquipmentFamily>, known: &[f64]) -> Option<Device<'a>> {
        use EquipmentFamily::{Autre, Portable, Poste};
        let families = match family? {
            Poste | Portable => vec![Poste, Portable, Autre],
            other => vec![other],
        };
        let gain = |credits: &[f64]| -> f64 {
            credits
                .iter()
                .zip(known)
                .map(|(credit, known)| (CONTEXT * credit - known).max(0.0))
                .sum()
        };
        let mut best: Option<(f64, Device<'a>)> = None;
        for (credits, entry) in families
            .iter()
            .filter_map(|family| self.by_family.get(family))
            .flatten()
        {
            let gain = gain(credits);
            match &mut best {
                Some((most, device)) if gain == *most => device.entries.push(entry),
                Some((most, _)) if gain < *most => {}
                _ if gain > 0.0 => {
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
