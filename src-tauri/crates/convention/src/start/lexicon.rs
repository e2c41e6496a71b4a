//! The words by which the pack's answers are found, and a typed line read with them.
//!
//! Invariant: a credit lies between 0 and 1, and a weight is above 0. A word that few answers know says more than one that many know,
//! and a word that nothing knows says little: people tell stories around what matters.

use std::collections::{BTreeMap, BTreeSet};

use super::{RegisterEntry, understood::likeness};
use crate::{guide::script::Answerable, pack::Pack, text::words};

/// Words of a label find an answer a little less surely than those chosen for that.
const LABEL: f64 = 0.75;
/// And those of its example still less.
const HINT: f64 = 0.5;
/// What a word that nothing knows weighs, beside one that a single answer knows.
const UNKNOWN: f64 = 0.12;
/// A bare number counts things, or names a room with the word beside it.
const NUMBER: f64 = 0.2;
/// How fast a word loses weight as more answers know it.
const COMMON: f64 = 0.6;
/// A line longer than this is a text, not a search.
const LINE_MOST: usize = 20;

/// The words of one answer: those of the pack's author first, then those of its label.
pub(super) type Known = Vec<(String, f64)>;

pub(super) struct Lexicon {
    by_answer: BTreeMap<(String, String), Known>,
    /// How many answers know each word.
    spread: BTreeMap<String, usize>,
}

impl Lexicon {
    pub fn of(pack: &Pack) -> Self {
        let mut by_answer = BTreeMap::new();
        let mut spread: BTreeMap<String, usize> = BTreeMap::new();
        for item in &pack.guide.items {
            for option in &item.options {
                let known = known(option);
                let distinct: BTreeSet<&String> = known.iter().map(|(word, _)| word).collect();
                for word in distinct {
                    *spread.entry(word.clone()).or_default() += 1;
                }
                by_answer.insert((item.id.clone(), option.id.clone()), known);
            }
        }
        Lexicon { by_answer, spread }
    }

    pub fn words(&self, item: &str, option: &str) -> &[(String, f64)] {
        self.by_answer
            .get(&(item.to_owned(), option.to_owned()))
            .map_or(&[], Vec::as_slice)
    }

    fn knows(&self, word: &str) -> bool {
        self.spread.contains_key(word)
    }

    /// How many answers know something like it.
    fn spread(&self, token: &str) -> usize {
        match self.spread.get(token) {
            Some(count) => *count,
            None => self
                .spread
                .iter()
                .filter(|(word, _)| likeness(token, word) > 0.0)
                .map(|(_, count)| *count)
                .max()
                .unwrap_or(0),
        }
    }
}

fn known(option: &Answerable) -> Known {
    let chosen = option.words.iter().flat_map(|word| words(word));
    let label = words(&option.label)
        .into_iter()
        .chain(option.title.iter().flat_map(|title| words(title)));
    let hint = option.hint.iter().flat_map(|hint| words(hint));
    chosen
        .map(|word| (word, 1.0))
        .chain(label.map(|word| (word, LABEL)))
        .chain(hint.map(|word| (word, HINT)))
        .collect()
}

/// A typed line, word by word.
pub(super) struct Line {
    pub tokens: Vec<String>,
    /// What each word weighs in the whole.
    pub weights: Vec<f64>,
    /// As it was typed, for what a singular hides.
    pub typed: String,
    /// It ends as a question.
    pub asks: bool,
}

impl Line {
    pub fn read(text: &str, lexicon: &Lexicon, register: &[RegisterEntry]) -> Line {
        let mut tokens = joined(apart(words(text)), lexicon);
        tokens.truncate(LINE_MOST);
        let weights = tokens
            .iter()
            .map(|token| weight(token, lexicon, register))
            .collect();
        Line {
            tokens,
            weights,
            typed: crate::text::fold(text),
            asks: text.trim_end().ends_with('?'),
        }
    }
}

/// « labo2 » is typed for « labo 2 »; the codes of rooms and machines stay whole.
fn apart(tokens: Vec<String>) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|token| {
            let letters = token.chars().take_while(|c| c.is_alphabetic()).count();
            let at = token
                .char_indices()
                .nth(letters)
                .map_or(token.len(), |(at, _)| at);
            let (head, tail) = token.split_at(at);
            if letters >= 4
                && (1..=2).contains(&tail.len())
                && tail.bytes().all(|b| b.is_ascii_digit())
            {
                vec![head.to_owned(), tail.to_owned()]
            } else {
                vec![token]
            }
        })
        .collect()
}

/// « video projecteur » and « wi fi » are one word to the pack.
fn joined(tokens: Vec<String>, lexicon: &Lexicon) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for token in tokens {
        let before = all.last().map(|before| {
            let plain = format!("{before}{token}");
            let dashed = format!("{before}-{token}");
            [plain, dashed]
                .into_iter()
                .find(|whole| lexicon.knows(whole))
        });
        match before.flatten() {
            Some(whole) => {
                all.pop();
                all.push(whole);
            }
            None => all.push(token),
        }
    }
    all
}

fn weight(token: &str, lexicon: &Lexicon, register: &[RegisterEntry]) -> f64 {
    if token.bytes().all(|b| b.is_ascii_digit()) {
        return NUMBER;
    }
    let coded = token.bytes().any(|b| b.is_ascii_digit() || b == b'-');
    match lexicon.spread(token) {
        0 if coded && register.iter().any(|entry| named_by(entry, token)) => 1.0,
        0 => UNKNOWN,
        count => 1.0 / (1.0 + COMMON * (count as f64).ln()),
    }
}

/// A code of the machine or of its room.
pub(super) fn named_by(entry: &RegisterEntry, token: &str) -> bool {
    entry.words.len() >= token.len()
        && entry
            .words
            .split_whitespace()
            .any(|word| word.len() == token.len() && word.eq_ignore_ascii_case(token))
}

/// How well each word of the line is understood, from 0 to 1.
pub(super) fn credits(line: &Line, known: &[(String, f64)]) -> Vec<f64> {
    let credit = |token: &String| {
        known
            .iter()
            .map(|(word, sure)| sure * likeness(token, word))
            .fold(0.0, f64::max)
    };
    line.tokens.iter().map(credit).collect()
}
