//! One typed line, « imprimante cdi bourrage », proposes where to begin in the guide.
//!
//! Invariant: total on any text, at most five proposals, best first, and each proposal's answers are ones
//! the guide accepts. It proposes, it never decides: what it fills in stays to be read and changed.

mod lexicon;
mod rooms;
mod understood;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use self::{
    lexicon::{Lexicon, Line, credits},
    rooms::several,
    understood::Found,
};
use crate::{
    answers::Answers,
    guide::{
        script::{Answerable, Item, Kind, Topic},
        walk::{Ground, State, walk},
    },
    overlay::Overlay,
    pack::Pack,
    step::{Facts, NONE_OF_THEM, WHOLE_ROOM},
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
    /// The room's code and its name.
    pub room: Option<String>,
    pub room_name: String,
    /// The room in the register: what a whole room is answered by.
    pub room_id: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Empty while the guide has still to ask which one.
    pub service: String,
    pub nature: Nature,
    pub equipment: Option<String>,
    pub room: Option<String>,
    /// The line means all the machines of this room: how many they are.
    pub machines: Option<usize>,
    pub symptom: Option<String>,
    /// The sentence shown.
    pub title: String,
    /// What choosing it fills in.
    pub answers: Answers,
    pub score: f64,
}

const MOST: usize = 5;
/// Below this share of what the words weigh, a proposal would be noise.
const LEAST: f64 = 0.2;
/// A word understood by the situation weighs a little less than one understood by the symptom.
const CONTEXT: f64 = 0.9;
/// What a word gains when situation and symptom both know it: « virus » is first a security incident.
const AGREED: f64 = 0.1;
/// « imprimante » alone is a breakdown; buying, installing and asking are said with a verb.
const VERBLESS: f64 = 0.6;
/// A verb says what is wanted: « installer », « commander », « comment ».
const SAID: f64 = 1.5;
/// What another nature than the one said is worth.
const UNSAID: f64 = 0.8;
/// Words that say that something does not work, where no other verb stands.
const BROKEN: [&str; 12] = [
    "pas",
    "plus",
    "impossible",
    "erreur",
    "bug",
    "bogue",
    "refuse",
    "rien",
    "plante",
    "defaut",
    "hs",
    "n",
];
/// A machine named by its own code is what the line is about.
const CODED: f64 = 1.5;
/// A symptom alone, where nothing says what it is about.
const ELSEWHERE: f64 = 0.75;
/// A word that so many situations know, « panne », places nothing.
const SPOKEN: f64 = 0.45;
/// Between two sides that the line does not tell apart, the one that most machines there are on.
const LIKELY: f64 = 0.03;
/// A proposal worth less than this share of the best one would only be noise.
const NEAR: f64 = 0.6;
/// What an answer must be worth to be given without being asked.
const PLAIN: f64 = 0.3;
/// How many further questions a line may answer.
const DEEPER: usize = 3;
/// Machines that fit equally well and are still offered one by one.
const FEW: usize = 3;
pub fn start(pack: &Pack, register: &[RegisterEntry], text: &str) -> Vec<Proposal> {
    let lexicon = Lexicon::of(pack);
    let line = Line::read(text, &lexicon, register);
    let Some(first) = pack.guide.items.first().filter(|_| !line.tokens.is_empty()) else {
        return Vec::new();
    };
    let found = Found::in_register(register, &line);
    let said = said(&line, &lexicon, &pack.guide.items, first);
    let side = found.side(pack, register);
    let mut proposals = Vec::new();
    for situation in &first.options {
        let context = credits(&line, lexicon.words(&first.id, &situation.id));
        let mut specific = Vec::new();
        for item in pack
            .guide
            .items
            .iter()
            .filter(|item| item.from.contains(&situation.id))
        {
            for option in &item.options {
                let own = credits(&line, lexicon.words(&item.id, &option.id));
                if own.iter().any(|credit| *credit > 0.0) {
                    let likely = side.is_some() && option.effects.perimeter == side;
                    let before = specific.len();
                    specific.extend(propose(
                        pack,
                        (&line, &lexicon, &found),
                        text,
                        (first, situation, &context),
                        Some((item, option, &own)),
                    ));
                    for proposal in specific.iter_mut().skip(before).filter(|_| likely) {
                        proposal.score += LIKELY;
                    }
                }
            }
        }
        let general = propose(
            pack,
            (&line, &lexicon, &found),
            text,
            (first, situation, &context),
            None,
        );
        let best = specific
            .iter()
            .map(|proposal| proposal.score)
            .fold(0.0, f64::max);
        proposals.extend(specific);
        proposals.extend(general.into_iter().filter(|general| general.score > best));
    }
    for proposal in &mut proposals {
        if let Some(nature) = said {
            proposal.score *= if nature == proposal.nature {
                SAID
            } else {
                UNSAID
            };
        }
        let coded = found.coded.map(|entry| entry.id.as_str());
        if coded.is_some() && proposal.equipment.as_deref() == coded {
            proposal.score *= CODED;
        }
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
    // What a verb or a code adds orders them; a score stays a share of the line.
    for proposal in &mut proposals {
        proposal.score = proposal.score.min(1.0);
    }
    proposals
}

/// What the first verb of the line asks for; a breakdown, when a negation says so.
fn said(line: &Line, lexicon: &Lexicon, items: &[Item], first: &Item) -> Option<Nature> {
    let nature_of = |token: &String| {
        let mut knowing = first
            .options
            .iter()
            .filter(|situation| {
                lexicon
                    .words(&first.id, &situation.id)
                    .iter()
                    .any(|(word, sure)| *sure >= 1.0 && understood::likeness(token, word) >= 0.85)
            })
            .filter_map(|situation| situation.effects.nature);
        let one = knowing.next()?;
        knowing.all(|other| other == one).then_some(one)
    };
    let verbs = |from: &[String]| {
        from.iter()
            .filter_map(nature_of)
            .find(|nature| *nature != Nature::Panne)
    };
    let named = |wanted: Nature| {
        line.tokens
            .iter()
            .filter_map(nature_of)
            .any(|nature| nature == wanted)
            .then_some(wanted)
    };
    // « installer … », « comment … »: the first word commands. « Virus » and « mot de passe » say what it is about wherever they
    // stand; otherwise a negation says more than a verb further on.
    let head = verbs(line.tokens.get(..1).unwrap_or_default());
    // What only an answer about security knows, « usurpé », says it as well as the situation's own words.
    let alarming = || {
        line.tokens
            .iter()
            .any(|token| only_security(token, lexicon, items, first))
            .then_some(Nature::Securite)
    };
    let about = || {
        named(Nature::Securite)
            .or_else(alarming)
            .or_else(|| named(Nature::Compte))
    };
    // « à brancher » asks for it; « impossible d’ouvrir » does not: whichever comes first says which.
    let told = || {
        line.typed
            .split(|c: char| !c.is_alphanumeric())
            .find_map(|word| {
                if BROKEN.contains(&word) {
                    return Some(Nature::Panne);
                }
                let infinitive = word.ends_with("er") || word.ends_with("ir");
                nature_of(&word.to_owned()).filter(|nature| infinitive && *nature != Nature::Panne)
            })
    };
    // A question is one, whatever it is about.
    let asks = || line.asks.then_some(Nature::Conseil);
    head.or_else(asks)
        .or_else(about)
        .or_else(told)
        .or_else(|| verbs(&line.tokens))
}

/// Whether every answer that knows this word stands under a situation of security.
fn only_security(token: &str, lexicon: &Lexicon, items: &[Item], first: &Item) -> bool {
    let secure = |id: &String| {
        first.options.iter().any(|situation| {
            situation.id == *id && situation.effects.nature == Some(Nature::Securite)
        })
    };
    let mut knowing = items
        .iter()
        .flat_map(|item| item.options.iter().map(move |option| (item, option)))
        .filter(|(item, option)| {
            lexicon
                .words(&item.id, &option.id)
                .iter()
                .any(|(word, sure)| *sure >= 1.0 && understood::likeness(token, word) >= 0.85)
        })
        .peekable();
    knowing.peek().is_some()
        && knowing.all(|(item, option)| {
            if item.id == first.id {
                secure(&option.id)
            } else {
                !item.from.is_empty() && item.from.iter().all(secure)
            }
        })
}

type Context<'a> = (&'a Item, &'a Answerable, &'a [f64]);
type Precise<'a> = (&'a Item, &'a Answerable, &'a [f64]);

fn propose(
    pack: &Pack,
    (line, lexicon, found): (&Line, &Lexicon, &Found<'_>),
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
    deeper(ground, &mut answers, (line, lexicon, found));
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
    let mut credits: Vec<f64> = (0..line.tokens.len()).map(credit).collect();
    let understood = credits.iter().any(|credit| *credit > 0.0);
    let device = settled
        .takes_equipment
        .then(|| found.best(settled.family, &credits))
        .flatten()
        // What is to be installed is not in the register yet, unless its code says so.
        .filter(|_| settled.nature != Nature::Installation || found.coded.is_some());
    if let Some(device) = &device {
        for (credit, more) in credits.iter_mut().zip(&device.credits) {
            *credit = credit.max(CONTEXT * more);
        }
    }
    // A room that is named is understood, whatever is said of it.
    for place in &found.room_tokens {
        if let Some(credit) = credits.get_mut(*place) {
            *credit = credit.max(CONTEXT);
        }
    }
    let whole = settled
        .family
        .filter(|_| settled.takes_equipment && settled.asks_equipment)
        .and_then(|family| several(line, found, family, lexicon.words(&first.id, &situation.id)));
    // A few machines that fit equally well are offered one by one; among many, the guide asks which.
    let named: Vec<&RegisterEntry> = device
        .as_ref()
        .map(|device| device.entries.clone())
        .filter(|entries| entries.len() <= FEW && whole.is_none())
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
    let weighed: f64 = credits
        .iter()
        .zip(&line.weights)
        .map(|(credit, weight)| credit * weight)
        .sum();
    // « lance » is said of programs and of printers: a symptom counts for less where nothing says what it is about.
    let placed = device.is_some()
        || precise.is_none()
        || situation.effects.family.is_none()
        || context
            .iter()
            .zip(&line.weights)
            .any(|(credit, weight)| *credit > 0.0 && *weight > SPOKEN);
    let weighed = if placed { weighed } else { weighed * ELSEWHERE };
    let score = weighed * if verbless { VERBLESS } else { 1.0 } / line.weights.iter().sum::<f64>();
    let proposal = |entry: Option<&RegisterEntry>| {
        let room = entry
            .and_then(|entry| entry.room.clone())
            .or_else(|| found.room.clone());
        let mut answers = answers.clone();
        if let Some((question, entry)) = settled.equipment_question.zip(entry) {
            answers.set(question, entry.id.as_str());
        }
        if let Some((question, whole)) = settled.equipment_question.zip(whole.as_ref()) {
            answers.set(question, format!("{WHOLE_ROOM}{}", whole.room_id).as_str());
        }
        Proposal {
            machines: whole.as_ref().map(|whole| whole.machines),
            service: settled.service.clone(),
            nature: settled.nature,
            equipment: entry.map(|entry| entry.id.clone()),
            title: sentence(
                situation,
                label,
                entry,
                whole.as_ref().map(|whole| whole.named.as_str()),
                room.as_deref(),
            ),
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

/// Answers what the line says plainly of the questions that follow, as long as no line of the matrix is known.
fn deeper(
    ground: Ground<'_>,
    answers: &mut Answers,
    (line, lexicon, found): (&Line, &Lexicon, &Found<'_>),
) {
    let equipment = ground
        .pack
        .guide
        .items
        .iter()
        .find(|item| item.kind == Kind::Equipment);
    for _ in 0..DEEPER {
        let mut beyond = answers.clone();
        if let Some(item) = equipment {
            beyond.set(item.id.as_str(), NONE_OF_THEM);
        }
        let walked = walk(ground, &beyond);
        if walked.state.effects.service.is_some() {
            return;
        }
        let Some(item) = walked.pending.map(|(_, item)| item) else {
            return;
        };
        if item.decides == Some(Topic::Perimeter) {
            match found.room_user(ground.pack) {
                Some(user) => answers.set(item.id.as_str(), user),
                None => return,
            }
            continue;
        }
        if item.kind != Kind::Choice {
            return;
        }
        let mut heard: Vec<(f64, &str)> = walked
            .state
            .options(item)
            .map(|option| {
                let credit: f64 = credits(line, lexicon.words(&item.id, &option.id))
                    .iter()
                    .zip(&line.weights)
                    .map(|(credit, weight)| credit * weight)
                    .sum();
                (credit, option.id.as_str())
            })
            .collect();
        heard.sort_by(|one, other| other.0.total_cmp(&one.0));
        match heard.as_slice() {
            [(best, id), rest @ ..]
                if *best >= PLAIN && rest.first().is_none_or(|(next, _)| best > next) =>
            {
                answers.set(item.id.as_str(), *id);
            }
            _ => return,
        }
    }
}

struct Settled<'a> {
    nature: Nature,
    service: String,
    family: Option<EquipmentFamily>,
    /// A machine named here is taken, whether or not it is asked for.
    takes_equipment: bool,
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
    let takes_equipment = equipment.is_some_and(|item| {
        walk(ground, &without)
            .state
            .given
            .contains_key(item.id.as_str())
    });
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
    let service = effects
        .service
        .clone()
        .or_else(|| whoever_uses_it(ground, &without));
    let offered = offers(&walk(ground, &beyond).state, precise);
    let nature = effects.nature.or(situation.effects.nature)?;
    offered.then(|| Settled {
        nature,
        service: service.unwrap_or_default(),
        family: effects.family,
        takes_equipment,
        asks_equipment,
        equipment_question: equipment.map(|item| item.id.as_str()),
    })
}

/// The line of the matrix, when it is the same whoever uses the machine.
fn whoever_uses_it(ground: Ground<'_>, answers: &Answers) -> Option<String> {
    let items = &ground.pack.guide.items;
    let asks = items
        .iter()
        .find(|item| item.decides == Some(Topic::Perimeter))?;
    let mut services = ground.pack.users.iter().map(|user| {
        let mut used = answers.clone();
        used.set(asks.id.as_str(), user.id.as_str());
        walk(ground, &used).state.effects.service
    });
    let one = services.next()??;
    services
        .all(|other| other.as_ref() == Some(&one))
        .then_some(one)
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
    several: Option<&str>,
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
    for detail in [entry.map(|entry| entry.label.as_str()), several, place]
        .into_iter()
        .flatten()
    {
        sentence = format!("{sentence} · {detail}");
    }
    sentence
}
