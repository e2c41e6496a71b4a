//! Taking an answer in: what it settles, what it tells the desk.
//!
//! Invariant: the register's facts count only for the machines that were answered, and of a whole room only
//! what all its machines agree on.

use chrono::NaiveDate;

use super::{
    script::{Answerable, Effects, Item, Kind},
    state::{Picked, State, agreed},
};
use crate::{
    answers::Answer,
    step::{Answered, EquipmentFacts, GroupFacts, NONE_OF_THEM},
    text::capital,
    words::{EquipmentFamily, FieldKind, Outcome, Perimeter},
};

/// « les 12 postes de B204 »; a room that is not a code stands in parentheses, for want of its article.
pub(super) fn named(group: &GroupFacts, family: Option<EquipmentFamily>) -> String {
    let family = family.unwrap_or(EquipmentFamily::Autre);
    let code = group.room.contains(|c: char| c.is_ascii_digit()) && !group.room.contains(' ');
    let (count, many, room) = (group.machines.len(), family.plural(), &group.room);
    if code {
        format!("les {count} {many} de {room}")
    } else {
        format!("les {count} {many} ({room})")
    }
}

fn french(day: &str) -> String {
    day.trim().parse::<NaiveDate>().map_or_else(
        |_| day.trim().to_owned(),
        |day| day.format("%d/%m/%Y").to_string(),
    )
}

impl<'a> State<'a> {
    /// Takes an answer in that was accepted.
    pub fn take(&mut self, item: &'a Item, answer: &Answer) {
        let values = match answer {
            Answer::One(value) => vec![value.clone()],
            Answer::Several(values) => values.clone(),
            // What a condition may look at: what came of the trials, not what was typed in a form.
            Answer::Fields(pieces) if item.kind == Kind::Trials => {
                pieces.values().cloned().collect()
            }
            Answer::Fields(_) => Vec::new(),
        };
        let value = values.join(", ");
        let text = match (item.kind, answer) {
            (Kind::Trials, Answer::Fields(pieces)) => {
                let tried = item.trials.iter().filter_map(|trial| {
                    let outcome: Outcome = pieces.get(&trial.id)?.parse().ok()?;
                    self.effects.settled |= outcome == Outcome::Settled;
                    let what = trial.text.trim_end().trim_end_matches('.');
                    Some(format!("{what} : {}", outcome.label().to_lowercase()))
                });
                tried.collect::<Vec<_>>().join(" ; ")
            }
            (Kind::Fields, Answer::Fields(pieces)) => {
                let filled = self.fields(item).filter_map(|field| {
                    let typed = pieces.get(&field.id)?.trim();
                    let typed = match field.kind {
                        FieldKind::Day => french(typed),
                        _ => typed.to_owned(),
                    };
                    (!typed.is_empty()).then(|| (field.label.clone(), typed))
                });
                let filled: Vec<(String, String)> = filled.collect();
                let lines = filled
                    .iter()
                    .map(|(label, typed)| format!("{label} : {typed}"));
                let text = lines.collect::<Vec<_>>().join(" ; ");
                self.told.extend(filled);
                text
            }
            (Kind::Choice | Kind::Several, _) => {
                let options = item.options.iter();
                let chosen: Vec<&Answerable> = options
                    .filter(|option| values.contains(&option.id))
                    .collect();
                chosen.iter().for_each(|option| self.choose(option));
                let labels = chosen.iter().map(|option| option.label.as_str());
                labels.collect::<Vec<_>>().join(", ")
            }
            (Kind::Equipment, _) => self.pick(&value),
            (Kind::Room, _) if value == NONE_OF_THEM => "Lieu absent du registre".to_owned(),
            (Kind::Room, _) => {
                let room = self
                    .ground
                    .facts
                    .room
                    .clone()
                    .unwrap_or_else(|| value.clone());
                self.room = Some(room.clone());
                room
            }
            (Kind::Date, _) => french(&value),
            _ => value.trim().to_owned(),
        };
        self.settle(&item.effects);
        self.given.insert(&item.id, values);
        if item.kind != Kind::Fields {
            self.told.push((item.short.clone(), text.clone()));
        }
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
    fn pick(&mut self, answer: &str) -> String {
        let facts = self.ground.facts;
        if let Some(group) = self.group(answer) {
            self.speak_for(Picked::Group(group));
            self.room = Some(group.room.clone());
            return capital(&named(group, self.effects.family));
        }
        let known = facts.equipment.as_ref();
        let Some(equipment) = known.filter(|equipment| equipment.id == answer) else {
            self.way.take();
            if answer == NONE_OF_THEM {
                self.equipment = Some(Picked::NotInRegister);
                return "Appareil absent du registre".to_owned();
            }
            self.equipment = Some(Picked::Described);
            return format!("{answer} (absent du registre)");
        };
        self.speak_for(Picked::Known(equipment));
        [Some(&equipment.label), equipment.room.as_ref()]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn speak_for(&mut self, picked: Picked<'a>) {
        self.way.take();
        self.equipment = Some(picked);
        let machines = picked.machines();
        let pack = self.ground.pack;
        let side = |machine: &EquipmentFacts| {
            let line = machine.user_line.as_deref();
            machine
                .perimeter
                .or_else(|| line.and_then(|line| pack.perimeter_of(line)))
        };
        let funding = agreed(machines, |machine| machine.funding);
        let known = &mut self.effects;
        known.family = agreed(machines, |machine| Some(machine.family)).or(known.family);
        known.perimeter = agreed(machines, side).or(known.perimeter);
        known.funding = funding.or(known.funding);
        if funding.is_some() {
            let validated = agreed(machines, |machine| Some(machine.validated));
            known.validated = validated.or(known.validated);
        }
    }

    pub fn settle(&mut self, new: &Effects) {
        if *new == Effects::default() {
            return;
        }
        self.way.take();
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
    pub fn suppose(&mut self, item: &'a Item) {
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
            self.given.insert(&item.id, vec![option.id.clone()]);
        }
        if item.kind == Kind::Trials {
            let outcome = Outcome::Persists.id().to_owned();
            self.given.insert(&item.id, vec![outcome]);
        }
        if item.kind == Kind::Equipment {
            // Most equipment stands in the register with its user; only the count of questions is at stake.
            self.effects.perimeter = self.effects.perimeter.or(Some(Perimeter::Pedagogique));
            self.way.take();
        }
    }
}
