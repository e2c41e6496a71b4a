//! One typed line, « imprimante cdi bourrage », proposes where to begin in the guide.
//!
//! Invariant: total on any text, at most five proposals, best first, and each proposal's answers are ones
//! the guide accepts. It proposes, it never decides: what it fills in stays to be read and changed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    answers::Answers,
    guide::{
        script::{Answerable, Item, Kind, Topic},
        walk::{Ground, State, walk},
    },
    overlay::Overlay,
    pack::Pack,
    step::{Facts, NONE_OF_THEM},
    text::{fold, words},
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
/// « imprimante » alone is a breakdown; buying, installing and asking are said with a verb.
const VERBLESS: f64 = 0.6;
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
        proposals.extend(general.filter(|general| general.score > best));
    }
    proposals.retain(|proposal| proposal.score >= LEAST);
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
) -> Option<Proposal> {
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
    let settled = settled(ground, &answers, situation, precise)?;
    let credit = |place: usize| {
        let own = precise
            .and_then(|(_, _, own)| own.get(place))
            .copied()
            .unwrap_or(0.0);
        own.max(CONTEXT * context.get(place).copied().unwrap_or(0.0))
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
    // Equipment alone is enough to propose its breakdown: « VNC3R04512 ».
    if !understood && device.as_ref().is_none_or(|device| device.entry.is_none()) {
        return None;
    }
    let entry = device.as_ref().and_then(|device| device.entry);
    let room = entry
        .and_then(|entry| entry.room.clone())
        .or_else(|| found.room.clone());
    if let Some(entry) = entry {
        answers.set(settled.equipment_question?, entry.id.as_str());
    }
    let label = precise.map(|(_, option, _)| option);
    let title = sentence(situation, label, entry, room.as_deref());
    let verbless = matches!(
        settled.nature,
        Nature::Achat | Nature::Installation | Nature::Conseil
    ) && context.iter().all(|credit| *credit == 0.0);
    let whole: f64 = credits.iter().sum::<f64>() * if verbless { VERBLESS } else { 1.0 };
    Some(Proposal {
        service: settled.service,
        nature: settled.nature,
        equipment: entry.map(|entry| entry.id.clone()),
        room,
        symptom: label.map(|option| option.id.clone()),
        title,
        answers,
        score: whole / found.tokens as f64,
    })
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
        sentence = format!("{sentence} : {}", option.label);
    }
    let place = room.filter(|room| entry.is_none_or(|entry| !entry.label.contains(*room)));
    for detail in [entry.map(|entry| entry.label.as_str()), place]
        .into_iter()
        .flatten()
    {
        sentence = format!("{sentence} – {detail}");
    }
    sentence
}

fn vocabulary(option: &Answerable) -> Vec<String> {
    option.words.iter().flat_map(|word| words(word)).collect()
}

/// How well each token is understood by a vocabulary, from 0 to 1.
fn credits(tokens: &[String], vocabulary: &[String]) -> Vec<f64> {
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
    let (short, long) = if token.len() < word.len() {
        (token, word)
    } else {
        (word, token)
    };
    let letters = short.chars().count();
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
    let mistyped =
        plain && allowed > 0 && long.chars().count() - letters <= allowed && far() <= allowed;
    if mistyped { 0.7 } else { 0.0 }
}

/// What the register understood of the line.
struct Found<'a> {
    tokens: usize,
    /// The entries that understand something, by family, the best first.
    by_family: BTreeMap<EquipmentFamily, Vec<(Vec<f64>, &'a RegisterEntry)>>,
    /// The room named, if exactly one is.
    room: Option<String>,
}

struct Device<'a> {
    credits: Vec<f64>,
    /// None when several answer equally well: the guide will ask which.
    entry: Option<&'a RegisterEntry>,
}

impl<'a> Found<'a> {
    fn in_register(register: &'a [RegisterEntry], tokens: &[String]) -> Self {
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

    /// The entry that adds most to what is already understood, if it stands alone.
    fn best(&self, family: Option<EquipmentFamily>, known: &[f64]) -> Option<Device<'a>> {
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
                Some((most, device)) if gain == *most => device.entry = None,
                Some((most, _)) if gain < *most => {}
                _ if gain > 0.0 => {
                    best = Some((
                        gain,
                        Device {
                            credits: credits.clone(),
                            entry: Some(entry),
                        },
                    ))
                }
                _ => {}
            }
        }
        best.map(|(_, device)| device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Overlay, guide::next, step::Step, testing::*};

    fn entry(
        id: &str,
        label: &str,
        words: &str,
        family: EquipmentFamily,
        room: &str,
    ) -> RegisterEntry {
        RegisterEntry {
            id: id.into(),
            label: label.into(),
            words: words.into(),
            family,
            room: Some(room.into()),
        }
    }

    fn register() -> Vec<RegisterEntry> {
        use EquipmentFamily::{Imprimante, Poste, Videoprojecteur};
        let mut register = vec![
            entry(
                "eq-1",
                "Imprimante couleur HP M454",
                "HP M454 VNC3R04512 imp-cdi",
                Imprimante,
                "CDI",
            ),
            entry(
                "eq-2",
                "Copieur Ricoh",
                "Ricoh IM C3000 salle des profs",
                Imprimante,
                "Salle des professeurs",
            ),
            entry(
                "eq-3",
                "Vidéoprojecteur Epson EB-685",
                "Epson EB-685",
                Videoprojecteur,
                "B204",
            ),
        ];
        register.extend((1..=16).map(|n| {
            entry(
                &format!("po-{n}"),
                &format!("Poste B204-{n:02}"),
                "Dell OptiPlex",
                Poste,
                "B204",
            )
        }));
        register
    }

    fn best(text: &str) -> Proposal {
        start(&PACK, &register(), text)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("« {text} » must propose something"))
    }

    #[test]
    fn a_few_words_say_what_is_broken_and_which_one() {
        let proposal = best("imprimante cdi bourrage");
        assert_eq!(
            proposal.equipment.as_deref(),
            Some("eq-1"),
            "the printer of the CDI: {proposal:?}"
        );
        assert_eq!(
            proposal.symptom.as_deref(),
            Some("bourrage"),
            "and what it does: {proposal:?}"
        );
        assert_eq!(
            proposal.service, "equipement-bureautique",
            "on the line of the matrix"
        );
        assert_eq!(
            proposal.title,
            "Imprimante en panne : Le papier bourre – Imprimante couleur HP M454 – CDI",
            "in a sentence"
        );
    }

    #[test]
    fn what_people_really_type_is_understood() {
        let cases = [
            (
                "imprimantes bourage papier",
                Nature::Panne,
                "situation",
                "panne-impression",
            ),
            ("VNC3R04512", Nature::Panne, "situation", "panne-impression"),
            (
                "videoprojecteur B204 pas d'image",
                Nature::Panne,
                "projection",
                "pas-d-image",
            ),
            ("internet coupé", Nature::Panne, "reseau", "internet-coupe"),
            (
                "onduleur qui bipe",
                Nature::Panne,
                "serveur",
                "onduleur-bip",
            ),
            (
                "pronote ne marche plus",
                Nature::Panne,
                "sujet",
                "vie-scolaire-prive",
            ),
            (
                "mot de passe siecle oublié",
                Nature::Compte,
                "acces",
                "applications",
            ),
            (
                "installer geogebra",
                Nature::Installation,
                "sujet",
                "logiciels-catalogue",
            ),
            ("imprimante", Nature::Panne, "situation", "panne-impression"),
            (
                "acheter trois portables",
                Nature::Achat,
                "type",
                "ordinateur-portable",
            ),
            (
                "installer une imprimante",
                Nature::Installation,
                "situation",
                "installer-materiel",
            ),
            (
                "mail suspect hameçonnage",
                Nature::Securite,
                "incident",
                "message-piege",
            ),
            (
                "ouvrir un port pare-feu administratif",
                Nature::Securite,
                "ouverture",
                "port-administratif",
            ),
        ];
        for (text, nature, question, value) in cases {
            let proposal = best(text);
            assert_eq!(
                proposal.nature, nature,
                "the nature of « {text} »: {proposal:#?}"
            );
            assert_eq!(
                proposal.answers.get(question),
                Some(&value.into()),
                "the answer found in « {text} »: {proposal:#?}"
            );
        }
    }

    #[test]
    fn sixteen_identical_posts_are_a_room_not_a_guess() {
        let proposal = best("poste b204 lent");
        assert_eq!(
            proposal.equipment, None,
            "nothing says which of the sixteen"
        );
        assert_eq!(
            proposal.room.as_deref(),
            Some("B204"),
            "but the room is named"
        );
    }

    #[test]
    fn nothing_understood_proposes_nothing() {
        for text in ["", "   ", "zzzz qqqq", "!?", "\u{0301}\u{0301}"] {
            assert_eq!(
                start(&PACK, &register(), text),
                [],
                "« {text} » means nothing here"
            );
        }
    }

    #[test]
    fn every_proposal_is_accepted_by_the_guide() {
        let mut seen = 0;
        let options = PACK.guide.items.iter().flat_map(|item| &item.options);
        for word in options.flat_map(|option| &option.words) {
            let proposals = start(&PACK, &register(), word);
            assert!(proposals.len() <= 5, "at most five for « {word} »");
            assert!(
                proposals.is_sorted_by(|one, other| one.score >= other.score),
                "best first for « {word} »"
            );
            for proposal in proposals {
                let step = next(&PACK, &Overlay::default(), &proposal.answers, &facts());
                assert!(
                    matches!(step, Ok(Step::Ask { .. })),
                    "the guide goes on from {proposal:?}: {step:?}"
                );
                seen += 1;
            }
        }
        assert!(seen > 300, "the words of the pack were tried: {seen}");
    }
}
