//! Every way through the guide, counted: each ends in a summary whose route has a basis.
//!
//! There are too many ways to walk them one by one, so the proof is by induction over states. Two walks
//! that stand before the same question with the same settled effects, the same kind of equipment and the
//! same answers to the questions that later conditions name have the same future: conditions look at
//! nothing else, and neither does the route. So each state is walked once, from a real `next`, and its
//! ways are counted by length; equal states share the count. Once the equipment was passed over, the facts
//! about it no longer count either, and the different registers share their states too.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    script::{Item, Kind, Subject},
    walk::{Ground, Picked, State, walk},
};
use crate::{testing::*, *};

/// How many ways, by the number of questions they still ask.
type Ways = BTreeMap<usize, u128>;

struct Explorer<'a> {
    ground: Ground<'a>,
    /// For each place, the questions named by a condition at or after it.
    named_from: Vec<BTreeSet<String>>,
    seen: BTreeMap<String, Ways>,
    /// The register walked with, and the place after which it no longer counts.
    number: usize,
    equipment_at: usize,
    services: BTreeSet<String>,
    natures: BTreeSet<Nature>,
    cases: BTreeSet<String>,
    parties: BTreeSet<Party>,
    channels: BTreeSet<Channel>,
}

fn named_from(pack: &Pack) -> Vec<BTreeSet<String>> {
    let names = |item: &Item| {
        let options = item.options.iter().flat_map(|option| &option.when);
        let clauses = item.when.iter().chain(&item.asked_when).chain(options);
        let named = clauses.filter_map(|clause| match &clause.subject {
            Subject::Question(id) => Some(id.clone()),
            Subject::Topic(_) => None,
        });
        named.collect::<BTreeSet<String>>()
    };
    let mut rest = BTreeSet::new();
    let mut list: Vec<BTreeSet<String>> = Vec::new();
    for item in pack.guide.items.iter().rev() {
        rest.extend(names(item));
        list.push(rest.clone());
    }
    list.reverse();
    list
}

impl Explorer<'_> {
    fn signature(&self, place: usize, state: &State<'_>) -> String {
        let equipment = state.equipment.as_ref().map(|picked| match picked {
            Picked::Known(_) => "connu",
            Picked::Described => "decrit",
            Picked::NotInRegister => "aucun",
        });
        let named = &self.named_from[place];
        let given: Vec<_> = state
            .given
            .iter()
            .filter(|(id, _)| named.contains(**id))
            .collect();
        let facts = self.ground.facts;
        let shared = place > self.equipment_at && equipment != Some("connu");
        let register = if shared { None } else { Some(self.number) };
        let site = (facts.cite_scolaire, facts.region_maintains);
        format!(
            "{place} {register:?} {site:?} {equipment:?} {:?} {given:?}",
            state.effects
        )
    }

    fn explore(&mut self, answers: &Answers) -> Ways {
        let Ground {
            pack,
            overlay,
            facts,
        } = self.ground;
        let step = next(pack, overlay, answers, facts)
            .unwrap_or_else(|error| panic!("{error} after {answers:?}"));
        let state = walk(self.ground, answers);
        let question = match step {
            Step::Ready { summary, .. } => {
                self.end(answers, &summary);
                self.cases.extend(state.state.effects.case.clone());
                return Ways::from([(0, 1)]);
            }
            Step::Ask {
                question,
                progress,
                answered,
                ..
            } => {
                assert_eq!(
                    progress.number,
                    answered.len() + 1,
                    "questions are numbered in the order they are asked"
                );
                assert!(
                    progress.expected >= progress.number,
                    "the count never promises fewer than the one on screen"
                );
                question
            }
        };
        let (place, item) = state
            .pending
            .expect("a question asked is a question pending");
        assert_eq!(
            item.id, question.id,
            "the screen shows the pending question"
        );
        let signature = self.signature(place, &state.state);
        if let Some(ways) = self.seen.get(&signature) {
            return ways.clone();
        }
        let mut ways = Ways::new();
        for value in self.values(item, &question) {
            let mut answers = answers.clone();
            answers.set(question.id.clone(), value);
            for (length, count) in self.explore(&answers) {
                *ways.entry(length + 1).or_default() += count;
            }
        }
        assert!(
            !ways.is_empty(),
            "« {} » offers at least one answer after {answers:?}",
            question.id
        );
        self.seen.insert(signature, ways.clone());
        ways
    }

    fn values(&self, item: &Item, question: &Question) -> Vec<String> {
        match item.kind {
            Kind::Choice | Kind::Several => question
                .choices
                .iter()
                .map(|choice| choice.id.clone())
                .collect(),
            Kind::Equipment => {
                let known = self
                    .ground
                    .facts
                    .equipment
                    .iter()
                    .map(|equipment| equipment.id.clone());
                known
                    .chain([NONE_OF_THEM.to_owned(), "Epson bleue, B204".to_owned()])
                    .collect()
            }
            Kind::Room => vec!["B204".to_owned()],
            Kind::Date => vec!["2026-11-20".to_owned()],
            Kind::Text | Kind::LongText | Kind::Deduction => vec!["Depuis ce matin".to_owned()],
        }
    }

    fn end(&mut self, answers: &Answers, summary: &Summary) {
        let route = &summary.route;
        assert!(
            !route.explanation.is_empty() && !route.path.is_empty(),
            "a route says why and by which way: {answers:?}"
        );
        let known = route.basis != Basis::Inconnu;
        assert!(
            !known || route.source.is_some() || route.party == Party::SelonUtilisateur,
            "a route that claims a basis shows its source: {answers:?}"
        );
        assert_ne!(
            route.party,
            Party::SelonUtilisateur,
            "the guide asked who uses it before it concluded: {answers:?}"
        );
        assert!(
            !summary.title.is_empty() && summary.title.chars().count() <= 100,
            "the title fits: {}",
            summary.title
        );
        self.services.insert(summary.service.clone());
        self.natures.insert(summary.nature);
        self.parties.insert(route.party);
        self.channels.insert(route.channel);
    }
}

/// Nothing in the register, then one piece of equipment of each sort.
fn situations() -> Vec<Facts> {
    let mut all = vec![
        facts(),
        Facts {
            cite_scolaire: true,
            ..facts()
        },
        Facts {
            cite_scolaire: true,
            region_maintains: Some(true),
            ..facts()
        },
    ];
    for family in EquipmentFamily::ALL {
        for perimeter in [
            None,
            Some(Perimeter::Administratif),
            Some(Perimeter::Pedagogique),
        ] {
            let own = Some(Funding::FondsPropres);
            for (funding, validated) in [
                (None, false),
                (own, false),
                (own, true),
                (Some(Funding::Departement), false),
            ] {
                let equipment = EquipmentFacts {
                    family,
                    perimeter,
                    funding,
                    validated,
                    user_line: None,
                    ..printer()
                };
                all.push(Facts {
                    equipment: Some(equipment),
                    ..facts()
                });
            }
        }
    }
    all
}

fn middle(ways: &Ways) -> usize {
    let half = ways.values().sum::<u128>().div_ceil(2);
    let mut passed = 0;
    let reached = ways.iter().find(|(_, count)| {
        passed += **count;
        passed >= half
    });
    reached.map_or(0, |(length, _)| *length)
}

#[test]
fn every_way_through_the_guide_ends_in_a_route_with_a_basis() {
    let overlay = Overlay::default();
    let situations = situations();
    let equipment_at = PACK
        .guide
        .items
        .iter()
        .position(|item| item.kind == Kind::Equipment)
        .unwrap();
    let mut explorer = Explorer {
        ground: Ground {
            pack: &PACK,
            overlay: &overlay,
            facts: &situations[0],
        },
        named_from: named_from(&PACK),
        seen: BTreeMap::new(),
        number: 0,
        equipment_at,
        services: BTreeSet::new(),
        natures: BTreeSet::new(),
        cases: BTreeSet::new(),
        parties: BTreeSet::new(),
        channels: BTreeSet::new(),
    };
    let mut total = Ways::new();
    for (number, facts) in situations.iter().enumerate() {
        explorer.number = number;
        explorer.ground.facts = facts;
        let ways = explorer.explore(&Answers::default());
        if number == 0 {
            println!(
                "empty register: {} ways, by length {ways:?}, median {}",
                ways.values().sum::<u128>(),
                middle(&ways)
            );
        }
        for (length, count) in ways {
            *total.entry(length).or_default() += count;
        }
    }
    let states = explorer.seen.len();
    let Explorer {
        services,
        natures,
        cases,
        parties,
        channels,
        ..
    } = explorer;
    let longest = *total.keys().last().unwrap();
    println!(
        "all situations: {} ways over {states} states, by length {total:?}",
        total.values().sum::<u128>()
    );
    println!("median {}, longest {longest}", middle(&total));
    let all: BTreeSet<String> = PACK
        .services
        .iter()
        .map(|service| service.id.clone())
        .collect();
    assert_eq!(
        services, all,
        "the guide reaches each of the services of the matrix"
    );
    assert_eq!(natures, BTreeSet::from(Nature::ALL), "and each nature");
    let written: BTreeSet<String> = PACK
        .rules
        .cases
        .iter()
        .map(|case| case.id.clone())
        .collect();
    assert_eq!(cases, written, "and each particular case of the rules");
    assert_eq!(channels, BTreeSet::from(Channel::ALL), "and each channel");
    assert!(
        parties.contains(&Party::Region),
        "a cité scolaire maintained by the Région is told so"
    );
    assert!(
        middle(&total) <= 6,
        "half of the ways ask six questions or fewer"
    );
    assert!(longest <= 9, "no way is a wall of questions");
}
