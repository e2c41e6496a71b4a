//! What the answers have settled so far, and what follows from it: conditions, offers, the route.
//!
//! Invariant: reading never changes it. What follows from it (the way of the request, the warranty) is
//! computed from what is settled alone, never from a condition, so that no condition depends on itself.

use std::{cell::OnceCell, collections::BTreeMap};

use super::{
    script::{
        Answerable, Clause, Condition, Effects, FieldLine, Item, Kind, Subject, Topic, UNSET,
    },
    walk::Ground,
};
use crate::{
    answers::Answer,
    route::{Route, RouteRequest, route},
    step::{Answered, EquipmentFacts, GroupFacts, NONE_OF_THEM, WHOLE_ROOM},
    words::{Activity, Basis, Channel, Funding, Outcome, Perimeter},
};

#[derive(Clone)]
pub(crate) struct State<'a> {
    pub ground: Ground<'a>,
    pub effects: Effects,
    pub equipment: Option<Picked<'a>>,
    /// The name of the room answered.
    pub room: Option<String>,
    pub given: BTreeMap<&'a str, Vec<String>>,
    pub answered: Vec<Answered>,
    /// The same, line by line for the desk: a form has a line for each field.
    pub told: Vec<(String, String)>,
    pub title: Option<&'a str>,
    pub useful: Vec<&'a str>,
    pub consequences: Vec<&'a str>,
    /// The way of the request as it stands, once a condition asked for it.
    pub way: OnceCell<Option<(Channel, Basis)>>,
}

#[derive(Clone, Copy)]
pub(crate) enum Picked<'a> {
    Known(&'a EquipmentFacts),
    /// All the machines of a room.
    Group(&'a GroupFacts),
    /// Not in the register, told in a few words in the answer itself.
    Described,
    NotInRegister,
}

impl<'a> Picked<'a> {
    pub fn machines(self) -> &'a [EquipmentFacts] {
        match self {
            Picked::Known(equipment) => std::slice::from_ref(equipment),
            Picked::Group(group) => &group.machines,
            Picked::Described | Picked::NotInRegister => &[],
        }
    }
}

/// What is the same for all the machines; nothing as soon as one differs or is unknown.
pub(super) fn agreed<T: PartialEq>(
    machines: &[EquipmentFacts],
    fact: impl Fn(&EquipmentFacts) -> Option<T>,
) -> Option<T> {
    let (first, others) = machines.split_first()?;
    let common = fact(first)?;
    others
        .iter()
        .all(|other| fact(other).as_ref() == Some(&common))
        .then_some(common)
}

impl<'a> State<'a> {
    pub fn new(ground: Ground<'a>) -> Self {
        State {
            ground,
            effects: Effects::default(),
            equipment: None,
            room: None,
            given: BTreeMap::new(),
            answered: Vec::new(),
            told: Vec::new(),
            title: None,
            useful: Vec::new(),
            consequences: Vec::new(),
            way: OnceCell::new(),
        }
    }

    pub fn holds(&self, condition: &Condition) -> bool {
        condition.iter().all(|clause| self.allows(clause))
    }

    pub fn allows(&self, clause: &Clause) -> bool {
        self.finds(clause) != clause.negated
    }

    fn finds(&self, clause: &Clause) -> bool {
        match &clause.subject {
            Subject::Topic(topic) => {
                let current = self.topic(*topic);
                clause.values.iter().any(|value| *value == current)
            }
            Subject::Question(id) => match self.given.get(id.as_str()) {
                Some(given) => clause.values.iter().any(|value| given.contains(value)),
                None => clause.values.iter().any(|value| value == UNSET),
            },
        }
    }

    /// The word a condition reads for this topic now.
    pub fn topic(&self, topic: Topic) -> &str {
        let known = &self.effects;
        let yes = |flag: bool| if flag { "oui" } else { "non" };
        let word: Option<&str> = match topic {
            Topic::Nature => known.nature.map(|word| word.id()),
            Topic::Service => known.service.as_deref(),
            Topic::Activity => known.activity.map(|word| word.id()),
            Topic::Perimeter => known.perimeter.map(|word| word.id()),
            Topic::Funding => known.funding.map(|word| word.id()),
            Topic::Validated => known.validated.map(yes),
            Topic::Family => known.family.map(|word| word.id()),
            Topic::Impact => known.impact.map(|word| word.id()),
            Topic::Urgency => known.urgency.map(|word| word.id()),
            Topic::Case => known.case.as_deref(),
            Topic::Settled => Some(yes(known.settled)),
            Topic::Equipment => self.equipment.as_ref().map(|picked| match picked {
                Picked::Known(_) => "connu",
                Picked::Group(_) => "groupe",
                Picked::Described => "decrit",
                Picked::NotInRegister => NONE_OF_THEM,
            }),
            Topic::Warranty => {
                let word = |over| if over { "finie" } else { "en-cours" };
                self.warranty_over().map(word)
            }
            Topic::Channel => self.way().map(|(channel, _)| channel.id()),
            Topic::Basis => self.way().map(|(_, basis)| basis.id()),
        };
        word.unwrap_or(UNSET)
    }

    fn way(&self) -> Option<(Channel, Basis)> {
        *self
            .way
            .get_or_init(|| self.route().map(|route| (route.channel, route.basis)))
    }

    /// The options this question offers now.
    pub fn options<'i>(&self, item: &'i Item) -> impl Iterator<Item = &'i Answerable> {
        let offered: Vec<&Answerable> = item
            .options
            .iter()
            .filter(|option| self.holds(&option.when))
            .collect();
        offered.into_iter()
    }

    /// The lines of a form that make sense now.
    pub fn fields<'i>(&self, item: &'i Item) -> impl Iterator<Item = &'i FieldLine> {
        let shown: Vec<&FieldLine> = item
            .fields
            .iter()
            .filter(|field| self.holds(&field.when))
            .collect();
        shown.into_iter()
    }

    /// Whether the answer counts here and now; otherwise it is set aside.
    pub fn accepts(&self, item: &Item, answer: &Answer) -> bool {
        let values = match (item.kind, answer) {
            (Kind::Trials, Answer::Fields(pieces)) => {
                let came = |id: &String| pieces.get(id)?.parse::<Outcome>().ok();
                let outcomes = || item.trials.iter().map(|trial| came(&trial.id));
                return outcomes().any(|outcome| outcome == Some(Outcome::Settled))
                    || outcomes().all(|outcome| outcome.is_some());
            }
            (Kind::Fields, Answer::Fields(_)) => return self.fields(item).next().is_some(),
            (Kind::Trials | Kind::Fields, _) | (_, Answer::Fields(_)) => return false,
            (_, Answer::One(value)) => std::slice::from_ref(value),
            (_, Answer::Several(values)) => values.as_slice(),
        };
        if values.iter().all(|value| value.trim().is_empty()) {
            return item.optional;
        }
        match item.kind {
            Kind::Choice | Kind::Several => values
                .iter()
                .all(|value| self.options(item).any(|option| option.id == *value)),
            Kind::Equipment => values
                .iter()
                .all(|value| !value.starts_with(WHOLE_ROOM) || self.group(value).is_some()),
            _ => true,
        }
    }

    /// The room's machines, when this answer means them; one machine is not a group.
    pub fn group(&self, answer: &str) -> Option<&'a GroupFacts> {
        let room = answer.strip_prefix(WHOLE_ROOM)?;
        let group = self.ground.facts.group.as_ref()?;
        (group.room_id == room && group.machines.len() > 1).then_some(group)
    }

    pub fn asks(&self, item: &Item) -> bool {
        self.holds(&item.asked_when)
            && (item.kind != Kind::Fields || self.fields(item).next().is_some())
            && item.decides.is_none_or(|topic| self.changes_route(topic))
    }

    /// Whether knowing this topic would change who takes care of the request, or how.
    fn changes_route(&self, topic: Topic) -> bool {
        let Some(request) = self.request() else {
            return true;
        };
        let end = |request: RouteRequest| {
            route(self.ground.pack, self.ground.overlay, &request)
                .ok()
                .map(|route| (route.party, route.channel))
        };
        let ends: Vec<_> = match topic {
            Topic::Perimeter => Perimeter::ALL
                .map(|side| {
                    end(RouteRequest {
                        perimeter: Some(side),
                        ..request.clone()
                    })
                })
                .to_vec(),
            Topic::Funding => Funding::ALL
                .map(|payer| {
                    end(RouteRequest {
                        funding: Some(payer),
                        ..request.clone()
                    })
                })
                .to_vec(),
            Topic::Validated => [true, false]
                .map(|validated| {
                    end(RouteRequest {
                        validated,
                        ..request.clone()
                    })
                })
                .to_vec(),
            _ => return true,
        };
        ends.iter().any(|other| Some(other) != ends.first())
    }

    /// The route's question, as soon as service and activity are known.
    pub fn request(&self) -> Option<RouteRequest> {
        let known = &self.effects;
        let facts = self.ground.facts;
        Some(RouteRequest {
            service: known.service.clone()?,
            activity: known.activity?,
            perimeter: known.perimeter,
            funding: known.funding,
            bought_on: agreed(self.machines(), |machine| machine.bought_on),
            validated: known.validated.unwrap_or(false),
            cite_scolaire: facts.cite_scolaire,
            region_maintains: facts.region_maintains,
            out_of_warranty: self.warranty_over().unwrap_or(false),
            case: known.case.clone(),
        })
    }

    pub fn route(&self) -> Option<Route> {
        route(self.ground.pack, self.ground.overlay, &self.request()?).ok()
    }

    /// What is asked of the service, once an answer says it.
    pub fn activity(&self) -> Option<Activity> {
        self.effects.activity
    }

    /// The machine or machines the register speaks for.
    pub fn machines(&self) -> &'a [EquipmentFacts] {
        self.equipment.map_or(&[], Picked::machines)
    }

    /// Nothing when no end is known, or when some machines of a room are still covered and others not.
    fn warranty_over(&self) -> Option<bool> {
        let today = self.ground.facts.today;
        agreed(self.machines(), |machine| {
            machine.warranty_end.map(|end| end < today)
        })
    }
}
