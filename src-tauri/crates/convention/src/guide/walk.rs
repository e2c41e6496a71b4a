//! One walk through the script: from the first question to the first that is not answered.
//!
//! Invariant: the walk is a function of pack, overlay, answers and facts, and goes through the script once,
//! so it ends. An answer counts only where its question applies; elsewhere it is passed over, untouched.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::NaiveDate;

use super::script::{Answerable, Condition, Effects, Item, Kind, Subject, Topic, UNSET};
use crate::{
    answers::{Answer, Answers},
    overlay::Overlay,
    pack::Pack,
    route::{Route, RouteRequest, route},
    step::{Answered, EquipmentFacts, Facts, NONE_OF_THEM},
    words::{Activity, Funding, Perimeter},
};

#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub pack: &'a Pack,
    pub overlay: &'a Overlay,
    pub facts: &'a Facts,
}

/// What has been settled so far.
#[derive(Clone, Default)]
pub(crate) struct State<'a> {
    pub effects: Effects,
    pub equipment: Option<Picked<'a>>,
    /// The name of the room answered.
    pub room: Option<String>,
    pub given: BTreeMap<&'a str, Cow<'a, [String]>>,
    pub answered: Vec<Answered>,
    pub title: Option<&'a str>,
    pub useful: Vec<&'a str>,
    pub consequences: Vec<&'a str>,
}

#[derive(Clone)]
pub(crate) enum Picked<'a> {
    Known(&'a EquipmentFacts),
    /// Not in the register, told in a few words in the answer itself.
    Described,
    NotInRegister,
}

pub(crate) struct Walk<'a> {
    pub state: State<'a>,
    /// The question to ask, with its place in the script.
    pub pending: Option<(usize, &'a Item)>,
}

pub(crate) fn walk<'a>(ground: Ground<'a>, answers: &'a Answers) -> Walk<'a> {
    let mut state = State::default();
    for (place, item) in ground.pack.guide.items.iter().enumerate() {
        if state.effects.settled || !state.holds(&item.when) {
            continue;
        }
        if item.kind == Kind::Deduction {
            state.settle(&item.effects);
        } else if let Some(answer) = answers
            .get(&item.id)
            .and_then(|answer| state.accept(item, answer))
        {
            state.take(ground, item, answer);
        } else if state.asks(ground, item) {
            return Walk {
                state,
                pending: Some((place, item)),
            };
        }
    }
    Walk {
        state,
        pending: None,
    }
}

/// How many questions are left on the likeliest way, the pending one included.
pub(crate) fn left<'a>(ground: Ground<'a>, mut state: State<'a>, from: usize) -> usize {
    let mut count = 0;
    for item in ground.pack.guide.items.iter().skip(from) {
        if state.effects.settled || !state.holds(&item.when) {
            continue;
        }
        if item.kind == Kind::Deduction {
            state.settle(&item.effects);
        } else if state.asks(ground, item) {
            count += 1;
            state.suppose(item);
        }
    }
    count
}

impl<'a> State<'a> {
    pub fn holds(&self, condition: &Condition) -> bool {
        condition.iter().all(|clause| {
            let found = match &clause.subject {
                Subject::Topic(topic) => {
                    let current = self.topic(*topic);
                    clause.values.iter().any(|value| *value == current)
                }
                Subject::Question(id) => match self.given.get(id.as_str()) {
                    Some(given) => clause.values.iter().any(|value| given.contains(value)),
                    None => clause.values.iter().any(|value| value == UNSET),
                },
            };
            found != clause.negated
        })
    }

    fn topic(&self, topic: Topic) -> Cow<'_, str> {
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
                Picked::Described => "decrit",
                Picked::NotInRegister => NONE_OF_THEM,
            }),
        };
        Cow::Borrowed(word.unwrap_or(UNSET))
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

    /// The answer as values, if it can count here and now; otherwise it is set aside.
    fn accept(&self, item: &Item, answer: &'a Answer) -> Option<Cow<'a, [String]>> {
        let values = match answer {
            Answer::One(value) => std::slice::from_ref(value),
            Answer::Several(values) => values.as_slice(),
        };
        let empty = values.iter().all(|value| value.trim().is_empty());
        let fits = match item.kind {
            Kind::Choice | Kind::Several => values
                .iter()
                .all(|value| self.options(item).any(|option| option.id == *value)),
            _ => true,
        };
        let accepted = if empty { item.optional } else { fits };
        accepted.then_some(Cow::Borrowed(values))
    }

    fn asks(&self, ground: Ground<'_>, item: &Item) -> bool {
        self.holds(&item.asked_when)
            && item
                .decides
                .is_none_or(|topic| self.changes_route(ground, topic))
    }

    /// Whether knowing this topic would change who takes care of the request, or how.
    fn changes_route(&self, ground: Ground<'_>, topic: Topic) -> bool {
        let Some(request) = self.request(ground) else {
            return true;
        };
        let end = |request: RouteRequest| {
            route(ground.pack, ground.overlay, &request)
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
    pub fn request(&self, ground: Ground<'_>) -> Option<RouteRequest> {
        let known = &self.effects;
        let equipment = self.known_equipment();
        Some(RouteRequest {
            service: known.service.clone()?,
            activity: known.activity?,
            perimeter: known.perimeter,
            funding: known.funding,
            bought_on: equipment.and_then(|equipment| equipment.bought_on),
            validated: known.validated.unwrap_or(false),
            cite_scolaire: ground.facts.cite_scolaire,
            region_maintains: ground.facts.region_maintains,
            out_of_warranty: equipment
                .and_then(|equipment| equipment.warranty_end)
                .is_some_and(|end| end < ground.facts.today),
            case: known.case.clone(),
        })
    }

    pub fn route(&self, ground: Ground<'_>) -> Option<Route> {
        route(ground.pack, ground.overlay, &self.request(ground)?).ok()
    }

    /// What is asked of the service, once an answer says it.
    pub fn activity(&self) -> Option<Activity> {
        self.effects.activity
    }

    pub fn known_equipment(&self) -> Option<&'a EquipmentFacts> {
        match self.equipment {
            Some(Picked::Known(equipment)) => Some(equipment),
            _ => None,
        }
    }

    fn take(&mut self, ground: Ground<'a>, item: &'a Item, values: Cow<'a, [String]>) {
        let value = values.join(", ");
        let text = match item.kind {
            Kind::Choice | Kind::Several => {
                let chosen: Vec<&Answerable> = item
                    .options
                    .iter()
                    .filter(|option| values.contains(&option.id))
                    .collect();
                chosen.iter().for_each(|option| self.choose(option));
                chosen
                    .iter()
                    .map(|option| option.label.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            Kind::Equipment => self.pick(ground, &value),
            Kind::Room if value == NONE_OF_THEM => "Lieu absent du registre".to_owned(),
            Kind::Room => {
                let room = ground.facts.room.clone().unwrap_or_else(|| value.clone());
                self.room = Some(room.clone());
                room
            }
            Kind::Date => value
                .parse::<NaiveDate>()
                .map_or_else(|_| value.clone(), |day| day.format("%d/%m/%Y").to_string()),
            Kind::Text | Kind::LongText | Kind::Deduction => value.trim().to_owned(),
        };
        self.settle(&item.effects);
        self.given.insert(&item.id, values);
        self.answered.push(Answered {
            question: item.id.clone(),
            label: item.short.clone(),
            value,
            text,
        });
    }

    fn choose(&mut self, option: &'a Answerable) {
        self.settle(&option.effects);
        self.title = option.title.as_deref().or(self.title);
        self.useful.extend(option.useful.as_deref());
        self.consequences.extend(option.consequence.as_deref());
    }

    /// The register's facts count only for the equipment that was answered.
    fn pick(&mut self, ground: Ground<'a>, id: &str) -> String {
        let Some(equipment) = ground
            .facts
            .equipment
            .as_ref()
            .filter(|equipment| equipment.id == id)
        else {
            let told = id != NONE_OF_THEM;
            self.equipment = Some(if told {
                Picked::Described
            } else {
                Picked::NotInRegister
            });
            return if told {
                format!("{id} (absent du registre)")
            } else {
                "Appareil absent du registre".to_owned()
            };
        };
        self.equipment = Some(Picked::Known(equipment));
        let known = &mut self.effects;
        let side = || {
            equipment
                .user_line
                .as_deref()
                .and_then(|line| ground.pack.perimeter_of(line))
        };
        known.family = Some(equipment.family);
        known.perimeter = equipment.perimeter.or_else(side).or(known.perimeter);
        known.funding = equipment.funding.or(known.funding);
        if equipment.funding.is_some() {
            known.validated = Some(equipment.validated);
        }
        [Some(&equipment.label), equipment.room.as_ref()]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn settle(&mut self, new: &Effects) {
        let known = &mut self.effects;
        known.nature = new.nature.or(known.nature);
        known.service = new.service.clone().or(known.service.take());
        known.activity = new.activity.or(known.activity);
        known.perimeter = new.perimeter.or(known.perimeter);
        known.funding = new.funding.or(known.funding);
        known.validated = new.validated.or(known.validated);
        known.family = new.family.or(known.family);
        known.impact = new.impact.or(known.impact);
        known.urgency = new.urgency.or(known.urgency);
        known.case = new.case.clone().or(known.case.take());
        known.settled |= new.settled;
    }

    /// Goes on as the likeliest person would, to count what is left.
    fn suppose(&mut self, item: &'a Item) {
        self.settle(&item.effects);
        let likely = item.likely.as_deref();
        let offered: Vec<&Answerable> = item
            .options
            .iter()
            .filter(|option| self.holds(&option.when))
            .collect();
        let chosen = offered
            .iter()
            .find(|option| likely == Some(option.id.as_str()))
            .or_else(|| offered.first());
        if let Some(option) = chosen {
            self.choose(option);
            self.given
                .insert(&item.id, Cow::Owned(vec![option.id.clone()]));
        }
        if item.kind == Kind::Equipment {
            // Most equipment stands in the register with its user; only the count of questions is at stake.
            self.effects.perimeter = self.effects.perimeter.or(Some(Perimeter::Pedagogique));
        }
    }
}
