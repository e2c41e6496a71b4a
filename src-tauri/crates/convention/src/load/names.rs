//! Conditions and effects of the guide: every name and value looked up before it is believed.
//!
//! Invariant: what these functions return only names topics, earlier questions and values that exist.

use super::{
    raw::{RawCondition, RawEffects},
    script::Writer,
};
use crate::{
    guide::script::{Clause, Condition, Effects, Kind, Subject, Topic, UNSET},
    mistake::Page,
    words::{
        Activity, Basis, Channel, EquipmentFamily, Funding, Impact, Nature, Outcome, Perimeter,
        Urgency,
    },
};

impl Writer<'_> {
    pub fn condition(&self, page: &mut Page<'_>, raw: &RawCondition) -> Condition {
        let mut condition = Vec::new();
        for (key, values) in raw {
            let written = key.get_ref().as_str();
            let (negated, name) = written
                .strip_prefix("pas-")
                .map_or((false, written), |name| (true, name));
            let subject = match (Topic::named(name), self.script.item(name)) {
                (Some(topic), _) => Subject::Topic(topic),
                (None, Some(_)) => Subject::Question(name.to_owned()),
                (None, None) => {
                    page.at(
                        key.span().start,
                        format!("« {name} » n’est ni un sujet connu ni une question posée avant"),
                    );
                    continue;
                }
            };
            if let Subject::Topic(topic) = &subject
                && topic.needs_route()
                && !self.leads_to_a_route()
            {
                page.at(
                    key.span().start,
                    format!(
                        "« {name} » ne peut pas être connu ici : il faut qu’une question placée avant donne le service, et une l’activité"
                    ),
                );
            }
            for value in values {
                if !self.possible(&subject, value.get_ref()) {
                    page.at(
                        value.span().start,
                        format!(
                            "« {} » n’est pas une valeur possible de « {name} »",
                            value.get_ref()
                        ),
                    );
                }
            }
            condition.push(Clause {
                subject,
                values: values.iter().map(|value| value.get_ref().clone()).collect(),
                negated,
            });
        }
        condition
    }

    /// Some answer before this place settles the service, and some the activity.
    fn leads_to_a_route(&self) -> bool {
        let given = || {
            self.script.items.iter().flat_map(|item| {
                let options = item.options.iter().map(|option| &option.effects);
                options.chain([&item.effects])
            })
        };
        given().any(|effects| effects.service.is_some())
            && given().any(|effects| effects.activity.is_some())
    }

    fn possible(&self, subject: &Subject, value: &str) -> bool {
        value == UNSET
            || match subject {
                Subject::Topic(Topic::Equipment) => {
                    matches!(value, "connu" | "groupe" | "decrit" | "aucun")
                }
                Subject::Topic(Topic::Warranty) => matches!(value, "finie" | "en-cours"),
                Subject::Topic(Topic::Channel) => value.parse::<Channel>().is_ok(),
                Subject::Topic(Topic::Basis) => value.parse::<Basis>().is_ok(),
                Subject::Topic(Topic::Settled) => matches!(value, "oui" | "non"),
                Subject::Topic(topic) => self
                    .effect(*topic, value, &mut Effects::default())
                    .is_some(),
                Subject::Question(id) => self.script.item(id).is_some_and(|item| {
                    (item.kind == Kind::Trials && value.parse::<Outcome>().is_ok())
                        || item.options.iter().any(|option| option.id == value)
                }),
            }
    }

    pub fn effects(&self, page: &mut Page<'_>, raw: &RawEffects) -> Effects {
        let mut effects = Effects::default();
        for (key, value) in raw {
            let Some(topic) = Topic::named(key.get_ref()) else {
                page.at(
                    key.span().start,
                    format!("« {} » n’est pas un sujet connu", key.get_ref()),
                );
                continue;
            };
            if topic.follows() {
                page.at(
                    key.span().start,
                    format!(
                        "« {} » se déduit de ce que l’on sait : une réponse ne le donne pas",
                        key.get_ref()
                    ),
                );
                continue;
            }
            if self.effect(topic, value.get_ref(), &mut effects).is_none() {
                page.at(
                    value.span().start,
                    format!(
                        "« {} » n’est pas une valeur possible de « {} »",
                        value.get_ref(),
                        key.get_ref()
                    ),
                );
            }
        }
        effects
    }

    /// Writes one effect; nothing when the value does not exist.
    fn effect(&self, topic: Topic, value: &str, effects: &mut Effects) -> Option<()> {
        let yes = || match value {
            "oui" => Some(true),
            "non" => Some(false),
            _ => None,
        };
        match topic {
            Topic::Nature => effects.nature = Some(value.parse::<Nature>().ok()?),
            Topic::Service => {
                effects.service = Some(
                    self.tables
                        .services
                        .iter()
                        .find(|service| service.id == value)?
                        .id
                        .clone(),
                );
            }
            Topic::Activity => effects.activity = Some(value.parse::<Activity>().ok()?),
            Topic::Perimeter => effects.perimeter = Some(value.parse::<Perimeter>().ok()?),
            Topic::Funding => effects.funding = Some(value.parse::<Funding>().ok()?),
            Topic::Validated => effects.validated = Some(yes()?),
            Topic::Family => effects.family = Some(value.parse::<EquipmentFamily>().ok()?),
            Topic::Impact => effects.impact = Some(value.parse::<Impact>().ok()?),
            Topic::Urgency => effects.urgency = Some(value.parse::<Urgency>().ok()?),
            Topic::Case => {
                effects.case = Some(
                    self.rules
                        .cases
                        .iter()
                        .find(|case| case.id == value)?
                        .id
                        .clone(),
                )
            }
            Topic::Settled => effects.settled = yes()?,
            Topic::Equipment | Topic::Warranty | Topic::Channel | Topic::Basis => return None,
        }
        Some(())
    }
}
