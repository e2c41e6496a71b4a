//! What the rest of a walk still looks at: two states that agree on it have the same ways to the end.
//!
//! Invariant: a question, a topic or the request is left out only when no question that may still come looks
//! at it. One that an answer already given rules out for good does not come.

use std::collections::BTreeSet;

use crate::{
    guide::{
        script::{Clause, Effects, Item, Kind, Subject, Topic},
        state::State,
    },
    pack::Pack,
};

pub(super) struct Future<'p> {
    pub topics: BTreeSet<Topic>,
    pub questions: BTreeSet<&'p str>,
    /// Some answer to come may change the route, or is asked only if it would.
    pub open: bool,
    /// The register will still be asked for.
    pub register: bool,
}

impl<'p> Future<'p> {
    pub fn of(pack: &'p Pack, place: usize, state: &State<'_>) -> Self {
        let mut future = Future {
            topics: BTreeSet::new(),
            questions: BTreeSet::new(),
            open: false,
            register: false,
        };
        let past = |clause: &&Clause| match &clause.subject {
            Subject::Question(id) => pack.guide.places.get(id).is_none_or(|at| *at < place),
            Subject::Topic(_) => false,
        };
        for item in pack.guide.items.iter().skip(place) {
            let mut fixed = item.when.iter().filter(past);
            if fixed.all(|clause| state.allows(clause)) {
                future.look(item);
            }
        }
        future
    }

    fn look(&mut self, item: &'p Item) {
        let options = item.options.iter().flat_map(|option| &option.when);
        let fields = item.fields.iter().flat_map(|field| &field.when);
        for clause in clauses(item).chain(options).chain(fields) {
            match &clause.subject {
                Subject::Topic(topic) => {
                    self.topics.insert(*topic);
                }
                Subject::Question(id) => {
                    self.questions.insert(id);
                }
            }
        }
        let effects = item.options.iter().map(|option| &option.effects);
        self.register |= item.kind == Kind::Equipment;
        self.open |= self.register
            || item.decides.is_some()
            || effects.chain([&item.effects]).any(changes_route);
    }
}

fn clauses(item: &Item) -> impl Iterator<Item = &Clause> {
    item.when.iter().chain(&item.asked_when)
}

/// Whether some condition of the guide's questions looks at this topic.
pub(super) fn named(pack: &Pack, topic: Topic) -> bool {
    let subject = Subject::Topic(topic);
    pack.guide.items.iter().any(|item| {
        let options = item.options.iter().flat_map(|option| &option.when);
        let fields = item.fields.iter().flat_map(|field| &field.when);
        clauses(item)
            .chain(options)
            .chain(fields)
            .any(|clause| clause.subject == subject)
    })
}

/// Whether the effects touch what the route or the nature of the request is made of.
fn changes_route(effects: &Effects) -> bool {
    let rest = Effects {
        family: effects.family,
        impact: effects.impact,
        urgency: effects.urgency,
        settled: effects.settled,
        ..Effects::default()
    };
    *effects != rest
}
