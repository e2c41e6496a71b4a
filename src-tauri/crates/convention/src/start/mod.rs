//! One typed line, « imprimante cdi bourrage », proposes where to begin in the guide.
//!
//! Invariant: total on any text, at most five proposals, best first, and each proposal's answers are ones
//! the guide accepts. It proposes, it never decides: what it fills in stays to be read and changed.

mod understood;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use self::understood::{Found, credits};
use crate::{
    answers::Answers,
    guide::{
        script::{Answerable, Item, Kind, Topic},
        walk::{Ground, State, walk},
    },
    overlay::Overlay,
    pack::Pack,
    step::{Facts, NONE_OF_THEM},
    text::words,
    words::{EquipmentFamily, Nature},
};

/// A piece of equipment as the register lends it to the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterEntry {
    pub id: String,
    pub label: String,
    /// Type, brand, model, serial number, room, host name, inventory number.
    pub words: String,
    pub family: EquipmentFamily,
    pub room: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Empty while the guide has still to ask which one.
    pub service: String,
    pub nature: Nature,
    pub equipment: Option<String>,
    pub room: Option<String>,
    pub symptom: Option<String>,
    /// The sentence shown.
    pub title: String,
    /// What choosing it fills in.
    pub answers: Answers,
    pub score: f64,
}

const MOST: usize = 5;
/// Below this share of the words understood, a proposal would be noise.
const LEAST: f64 = 0.3;
/// A word understood by the situation weighs a little less than one understood by the symptom.
const CONTEXT: f64 = 0.9;
/// What a word gains when situation and symptom both know it: « virus » is first a security incident.
const AGREED: f64 = 0.1;
/// « imprimante » alone is a breakdown; buying, installing and asking are said with a verb.
const VERBLESS: f64 = 0.6;
/// A proposal worth less than this share of the best one would only be noise.
const NEAR: f64 = 0.6;
/// Machines that fit equally well and are still offered one by one.
const FEW: usize = 3;
/// A line longer than this is a text, not a search.
const LINE_MOST: usize = 16;

pub fn start(pack: &Pack, register: &[RegisterEntry], text: &str) -> Vec<Proposal> {
    let mut tokens = words(text);
    tokens.truncate(LINE_MOST);
    let Some(first) = pack.guide.items.first().filter(|_| !tokens.is_empty()) else {
        return Vec::new();
    };
    let found = Found::in_register(register, &tokens);
    let mut proposals = Vec::new();
    for situation in &first.options {
        let context = credits(&tokens, &vocabulary(situation));
        let mut specific = Vec::new();
        for item in pack
            .guide
            .items
            .iter()
            .filter(|item| item.from.contains(&situation.id))
        {
            for option in &item.options {
                let own = credits(&tokens, &vocabulary(option));
                if own.iter().any(|credit| *credit > 0.0) {
                    specific.extend(propose(
                        pack,
                        &found,
                        text,
                        (first, situation, &context),
                        Some((item, option, &own)),
                    ));
                }
            }
        }
        let general = propose(pack, &found, text, (first, situation, &context), None);
        let best = specific
            .iter()
            .map(|proposal| proposal.score)
            .fold(0.0, f64::max);
        proposals.extend(specific);
        proposals.extend(general.into_iter().filter(|general| general.score > best));
    }
    proposals.retain(|proposal| proposal.score >= LEAST);
    let best = proposals
        .iter()
        .map(|proposal| proposal.score)
        .fold(0.0, f64::max);
    proposals.retain(|proposal| proposal.score >= NEAR * best);
    // A stable sort keeps the order of the pack between equals: what is broken comes first.
    proposals.sort_by(|one, other| other.score.total_cmp(&one.score));
    proposals.truncate(MOST);
    proposals
}

type Context<'a> = (&'a Item, &'a Answerable, &'a [f64]);
type Precise<'a> = (&'a Item, &'a Answerable, &'a [f64]);

fn propose(
    pack: &Pack,
    found: &Found<'_>,
    text: &str,
    (first, situation, context): Context<'_>,
    precise: Option<Precise<'_>>,
) -> Vec<Proposal> {
    let mut answers = Answers {
        started: text.trim().to_owned(),
        ..Answers::default()
    };
    answers.set(first.id.as_str(), situation.id.as_str());
    if let Some((item, option, _)) = precise {
        answers.set(item.id.as_str(), option.id.as_str());
    }
    let overlay = Overlay::default();
    let facts = Facts::on(NaiveDate::default());
    let ground = Ground {
        pack,
        overlay: &overlay,
        facts: &facts,
    };
    let Some(settled) = settled(ground, &answers, situation, precise) else {
        return Vec::new();
    };
    let credit = |place: usize| {
        let own = precise
            .and_then(|(_, _, own)| own.get(place))
            .copied()
            .unwrap_or(0.0);
        let around = context.get(place).copied().unwrap_or(0.0);
        let both = if own > 0.0 && around > 0.0 {
            AGREED
        } else {
            0.0
        };
        own.max(CONTEXT * around) * (1.0 - AGREED) + both
    };
    let mut credits: Vec<f64> = (0..found.tokens).map(credit).collect();
    let understood = credits.iter().any(|credit| *credit > 0.0);
    let device = settled
        .asks_equipment
        .then(|| found.best(settled.family, &credits))
        .flatten();
    if let Some(device) = &device {
        for (credit, more) in credits.iter_mut().zip(&device.credits) {
            *credit = credit.max(CONTEXT * more);
        }
    }
    // A few machines that fit equally well are offered one by one; among many, the guide asks which.
    let named: Vec<&RegisterEntry> = device
        .map(|device| device.entries)
        .filter(|entries| entries.len() <= FEW)
        .unwrap_or_default();
    // Equipment alone is enough to propose its breakdown: « VNC3R04512 ».
    if !understood && named.len() != 1 {
        return Vec::new();
    }
    let label = precise.map(|(_, option, _)| option);
    let verbless = matches!(
        settled.nature,
        Nature::Achat | Nature::Installation | Nature::Conseil
    ) && context.iter().all(|credit| *credit == 0.0);
    let whole: f64 = credits.iter().sum::<f64>() * if verbless { VERBLESS } else { 1.0 };
    let score = whole / found.tokens as f64;
    let proposal = |entry: Option<&RegisterEntry>| {
        let room = entry
            .and_then(|entry| entry.room.clone())
            .or_else(|| found.room.clone());
        let mut answers = answers.clone();
        if let Some((question, entry)) = settled.equipment_question.zip(entry) {
            answers.set(question, entry.id.as_str());
        }
        Proposal {
            service: settled.service.clone(),
            nature: settled.nature,
            equipment: entry.map(|entry| entry.id.clone()),
            title: sentence(situation, label, entry, room.as_deref()),
            room,
            symptom: label.map(|option| option.id.clone()),
            answers,
            score,
        }
    };
    if named.is_empty() {
        return vec![proposal(None)];
    }
    named
        .into_iter()
        .map(|entry| proposal(Some(entry)))
        .collect()
}

struct Settled<'a> {
    nature: Nature,
    service: String,
    family: Option<EquipmentFamily>,
    asks_equipment: bool,
    equipment_question: Option<&'a str>,
}

/// What these answers settle in the guide itself; nothing when the guide would set the precise one aside.
fn settled<'a>(
    ground: Ground<'a>,
    answers: &Answers,
    situation: &Answerable,
    precise: Option<Precise<'_>>,
) -> Option<Settled<'a>> {
    let items = &ground.pack.guide.items;
    let equipment = items.iter().find(|item| item.kind == Kind::Equipment);
    let asks_equipment = walk(ground, answers)
        .pending
        .is_some_and(|(_, item)| item.kind == Kind::Equipment);
    let mut without = answers.clone();
    if let Some(item) = equipment {
        without.set(item.id.as_str(), NONE_OF_THEM);
    }
    let effects = walk(ground, &without).state.effects;
    // The precise answer may stand behind « who uses it »: any line will do to see whether it is offered.
    let mut beyond = without.clone();
    let line = ground.pack.users.first();
    for (item, user) in items
        .iter()
        .filter(|item| item.decides == Some(Topic::Perimeter))
        .zip(line)
    {
        beyond
            .answers
            .entry(item.id.clone())
            .or_insert_with(|| user.id.as_str().into());
    }
    let offered = offers(&walk(ground, &beyond).state, precise);
    let nature = effects.nature.or(situation.effects.nature)?;
    offered.then(|| Settled {
        nature,
        service: effects.service.unwrap_or_default(),
        family: effects.family,
        asks_equipment,
        equipment_question: equipment.map(|item| item.id.as_str()),
    })
}

fn offers(state: &State<'_>, precise: Option<Precise<'_>>) -> bool {
    precise.is_none_or(|(item, option, _)| {
        state
            .given
            .get(item.id.as_str())
            .is_some_and(|given| given.contains(&option.id))
    })
}

fn sentence(
    situation: &Answerable,
    precise: Option<&Answerable>,
    entry: Option<&RegisterEntry>,
    room: Option<&str>,
) -> String {
    let mut sentence = situation
        .title
        .clone()
        .unwrap_or_else(|| situation.label.clone());
    if let Some(option) = precise {
        sentence = format!("{sentence} · {}", option.label);
    }
    let place = room.filter(|room| entry.is_none_or(|entry| !entry.label.contains(*room)));
    for detail in [entry.map(|entry| entry.label.as_str()), place]
        .into_iter()
        .flatten()
    {
        sentence = format!("{sentence} · {detail}");
    }
    sentence
}

fn vocabulary(option: &Answerable) -> Vec<String> {
    option.words.iter().flat_map(|word| words(word)).collect()
}
