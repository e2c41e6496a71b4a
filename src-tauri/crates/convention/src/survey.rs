//! The guide of a pack walked whole: how many ways, how long, and where one has no issue.
//!
//! Invariant: there are too many ways to walk them one by one, so they are counted by induction over states.
//! Two walks that stand before the same question with the same future (`Future`) have the same ways. So each
//! state is walked once, its ways are counted by length, and equal states share the count.
//!
//! Left out on purpose: other answers given beforehand to a question that would not be asked.

mod future;
mod reached;
mod registers;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use self::{future::Future, reached::Reached, registers::sites};
use crate::{
    answers::{Answer, Answers},
    guide::{
        script::{Item, Kind, Topic},
        state::State,
        summary::summary,
        walk::{Ground, Walk, resume},
    },
    overlay::Overlay,
    pack::Pack,
    step::{Facts, GroupFacts, NONE_OF_THEM, WHOLE_ROOM},
    words::{Basis, Channel, Nature, Outcome, Party},
};

/// How many ways, by the number of questions they ask.
type Ways = BTreeMap<usize, u128>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    pub services: usize,
    pub cells: usize,
    pub questions: usize,
    /// The different situations met, each walked once.
    pub states: usize,
    /// In an ordinary collège, whose register says who uses each machine and who paid.
    pub ways: u128,
    pub longest: usize,
    pub median: usize,
    /// How many ways ask that many questions.
    pub by_length: BTreeMap<usize, u128>,
    pub dead_ends: Vec<DeadEnd>,
    /// Services and cases no way leads to, questions never asked, answers never offered: a sentence each.
    pub never: Vec<String>,
    pub natures: BTreeSet<Nature>,
    pub parties: BTreeSet<Party>,
    pub channels: BTreeSet<Channel>,
}

/// Answers after which there is no issue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeadEnd {
    /// In the words of the form.
    pub answers: Vec<String>,
    pub why: String,
}

impl std::fmt::Display for DeadEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} → {}", self.answers.join(" ; "), self.why)
    }
}

/// Walks every way through the guide of this pack.
pub fn survey(pack: &Pack) -> Survey {
    let overlay = Overlay::default();
    let sites = sites(pack);
    let mut explorer = Explorer {
        pack,
        registers: (0, &[]),
        seen: BTreeMap::new(),
        beforehand: Answers::default(),
        reached: Reached::default(),
        dead_ends: BTreeSet::new(),
    };
    let mut ways = Ways::new();
    for (number, site) in sites.iter().enumerate() {
        explorer.registers = (number, &site.registers);
        let ground = Ground {
            pack,
            overlay: &overlay,
            facts: &site.empty,
        };
        let found = explorer.explore(resume(State::new(ground), 0, &Answers::default()));
        if number == 0 {
            ways = found;
        }
    }
    // A machine may be chosen before the form begins, from its sheet: it counts though it would not be asked.
    let chosen = sites.iter().take(1).flat_map(|site| &site.registers);
    for (number, facts) in chosen.enumerate() {
        explorer.registers = (sites.len() + number, &[]);
        explorer.beforehand = chosen_in(pack, facts);
        let ground = Ground {
            pack,
            overlay: &overlay,
            facts,
        };
        let walk = resume(State::new(ground), 0, &explorer.beforehand);
        explorer.explore(walk);
    }
    let states = explorer.seen.len();
    let dead_ends = explorer.dead_ends.into_iter().collect();
    let never = explorer.reached.never(pack);
    let Reached {
        natures,
        parties,
        channels,
        ..
    } = explorer.reached;
    Survey {
        services: pack.services.len(),
        cells: pack.cells.len(),
        questions: pack
            .guide
            .items
            .iter()
            .filter(|item| item.kind.asked().is_some())
            .count(),
        states,
        ways: ways.values().sum(),
        longest: ways.keys().last().copied().unwrap_or(0),
        median: median(&ways),
        by_length: ways,
        dead_ends,
        never,
        natures,
        parties,
        channels,
    }
}

/// The answer that means what this register holds.
fn means(facts: &Facts) -> Option<String> {
    let room = |group: &GroupFacts| format!("{WHOLE_ROOM}{}", group.room_id);
    let machine = facts.equipment.as_ref().map(|machine| machine.id.clone());
    machine.or_else(|| facts.group.as_ref().map(room))
}

fn chosen_in(pack: &Pack, facts: &Facts) -> Answers {
    let mut answers = Answers::default();
    let items = pack.guide.items.iter();
    for item in items.filter(|item| item.kind == Kind::Equipment) {
        answers.set(item.id.as_str(), means(facts).unwrap_or_default());
    }
    answers
}

fn median(ways: &Ways) -> usize {
    let half = ways.values().sum::<u128>().div_ceil(2);
    let mut passed = 0;
    let reached = ways.iter().find(|(_, count)| {
        passed += **count;
        passed >= half
    });
    reached.map_or(0, |(length, _)| *length)
}

struct Explorer<'a> {
    pack: &'a Pack,
    /// What the register may hold, when a question asks for the equipment.
    registers: (usize, &'a [Facts]),
    seen: BTreeMap<String, Ways>,
    /// What was answered before the form began.
    beforehand: Answers,
    reached: Reached,
    dead_ends: BTreeSet<DeadEnd>,
}

impl<'a> Explorer<'a> {
    fn explore(&mut self, walk: Walk<'a>) -> Ways {
        let Walk { state, pending } = walk;
        let place = pending.map_or(self.pack.guide.items.len(), |(place, _)| place);
        let signature = self.signature(place, &state);
        if let Some(ways) = self.seen.get(&signature) {
            return ways.clone();
        }
        let ways = match pending {
            None => {
                self.end(&state);
                Ways::from([(0, 1)])
            }
            Some((_, item)) => self.ask(place, item, &state),
        };
        self.seen.insert(signature, ways.clone());
        ways
    }

    fn ask(&mut self, place: usize, item: &'a Item, state: &State<'a>) -> Ways {
        self.reached.questions.insert(item.id.clone());
        for option in state.options(item) {
            let offer = (item.id.clone(), option.id.clone());
            self.reached.offers.insert(offer);
        }
        let mut ways = Ways::new();
        for (facts, answer) in self.answers(item, state) {
            let mut state = state.clone();
            if let Some(facts) = facts {
                state.ground.facts = facts;
            }
            state.take(item, &answer);
            for (length, count) in self.explore(resume(state, place + 1, &self.beforehand.clone()))
            {
                *ways.entry(length + 1).or_default() += count;
            }
        }
        if ways.is_empty() {
            let why = format!("La question « {} » n’offre aucune réponse.", item.title);
            self.dead_end(state, why);
        }
        ways
    }

    fn signature(&mut self, place: usize, state: &State<'_>) -> String {
        let future = Future::of(self.pack, place, state);
        let topics: Vec<&str> = future
            .topics
            .iter()
            .map(|topic| state.topic(*topic))
            .collect();
        let questions = future.questions.iter();
        let given: Vec<Option<&Vec<String>>> = questions.map(|id| state.given.get(id)).collect();
        let register = future.register.then_some(self.registers.0);
        let title = state.title.is_some();
        let settled = state.effects.settled;
        let facts = state.ground.facts;
        let site = (facts.cite_scolaire, facts.region_maintains);
        let head = format!("{place} {register:?} {site:?} {title} {settled} {topics:?} {given:?}");
        if !future.open
            && let (Some(route), Some(nature)) = (state.route(), state.effects.nature)
        {
            self.reached.route(state, &route, nature);
            let why = (route.explanation.is_empty(), route.path.is_empty());
            let known = (
                route.party,
                route.basis,
                route.channel,
                route.source.is_some(),
            );
            return format!("{head} {known:?} {why:?}");
        }
        // While service or activity is missing there is no request yet, but its other parts are settled.
        let machine = state.machines().first();
        format!(
            "{head} {:?} {:?} {}",
            state.effects,
            machine.map(|machine| machine.bought_on),
            state.topic(Topic::Warranty)
        )
    }

    /// The answers a person may give here, each with what the register then holds.
    fn answers(&self, item: &Item, state: &State<'_>) -> Vec<(Option<&'a Facts>, Answer)> {
        let plain = |value: &str| vec![(None, Answer::One(value.to_owned()))];
        match item.kind {
            Kind::Choice => {
                let offered = state.options(item).map(|option| option.id.as_str());
                offered.map(|id| (None, id.into())).collect()
            }
            Kind::Several => {
                let offered: Vec<String> = state
                    .options(item)
                    .map(|option| option.id.clone())
                    .collect();
                let each = offered
                    .iter()
                    .map(|id| (None, Answer::Several(vec![id.clone()])));
                let all = (offered.len() > 1).then(|| (None, Answer::Several(offered.clone())));
                each.chain(all).collect()
            }
            Kind::Trials => {
                let all = |outcome: Outcome| {
                    item.trials
                        .iter()
                        .map(move |trial| (trial.id.clone(), outcome.id().to_owned()))
                };
                let mut ways: Vec<(Option<&Facts>, Answer)> = Outcome::ALL
                    .map(|outcome| (None, Answer::Fields(all(outcome).collect())))
                    .to_vec();
                if item.trials.len() > 1 {
                    let mixed = all(Outcome::NotTried)
                        .take(1)
                        .chain(all(Outcome::Persists).skip(1));
                    ways.push((None, Answer::Fields(mixed.collect())));
                }
                ways
            }
            Kind::Fields => vec![(None, Answer::Fields(BTreeMap::new()))],
            Kind::Equipment => {
                let described = [NONE_OF_THEM, "Imprimante bleue, salle B204"];
                let described = described.into_iter().map(|words| (None, words.into()));
                let family = state.effects.family;
                let known = self.registers.1.iter().filter_map(|facts| {
                    // A whole room is one of the family in question.
                    let others = facts.group.as_ref().is_some_and(|group| {
                        let kind = group.machines.first().map(|machine| machine.family);
                        family.is_some() && family != kind
                    });
                    let answer = means(facts).filter(|_| !others)?;
                    Some((Some(facts), answer.into()))
                });
                described.chain(known).collect()
            }
            Kind::Room => plain("B204"),
            Kind::Date => plain("2026-11-20"),
            Kind::Text | Kind::LongText | Kind::Deduction => plain("Depuis ce matin"),
        }
    }

    /// A way that ends must say who, why and by which way.
    fn end(&mut self, state: &State<'_>) {
        let summary = match summary(&self.beforehand, state) {
            Ok(summary) => summary,
            Err(error) => return self.dead_end(state, error.to_string()),
        };
        let route = &summary.route;
        let why = if route.party == Party::SelonUtilisateur {
            Some("Le responsable dépend de qui s’en sert, et aucune question ne le demande.")
        } else if route.explanation.is_empty() || route.path.is_empty() {
            Some("La route ne dit ni pourquoi, ni par où passe la demande.")
        } else if route.basis != Basis::Inconnu && route.source.is_none() {
            Some("La route nomme un responsable sans citer de source.")
        } else if summary.title.is_empty() {
            Some("Le dossier n’a pas de titre.")
        } else {
            None
        };
        if let Some(why) = why {
            self.dead_end(state, why.to_owned());
        }
        self.reached.route(state, route, summary.nature);
    }

    fn dead_end(&mut self, state: &State<'_>, why: String) {
        let answers = state.answered.iter();
        let answers = answers.map(|answered| format!("{} : {}", answered.label, answered.text));
        self.dead_ends.insert(DeadEnd {
            answers: answers.collect(),
            why,
        });
    }
}
