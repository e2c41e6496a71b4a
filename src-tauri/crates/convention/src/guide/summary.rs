//! What is read before the request is queued: title, description for the desk, facts joined, warnings.
//!
//! Invariant: nothing is cut. The title only takes in the equipment and the room as long as they fit in
//! what the platform accepts; all of it stands in the description anyway.

use super::{
    state::{Picked, State, agreed},
    take::named,
};
use crate::{
    answers::Answers,
    route::route,
    step::{Category, EquipmentFacts, GuideError, Reflexes, Summary},
    text::capital,
    words::{Impact, Urgency},
};

/// The platform's usual limit for a title.
const TITLE_MOST: usize = 100;
/// Machines of a room named one by one.
const MACHINES_MOST: usize = 40;

pub(crate) fn summary(answers: &Answers, state: &State<'_>) -> Result<Summary, GuideError> {
    let ground = state.ground;
    let known = &state.effects;
    let request = state.request().ok_or(GuideError::DeadEnd)?;
    let nature = known.nature.ok_or(GuideError::DeadEnd)?;
    let route = route(ground.pack, ground.overlay, &request)?;
    let attached_facts = attached(state);
    let mut consequences: Vec<String> = state
        .consequences
        .iter()
        .map(|text| (*text).to_owned())
        .collect();
    let general = ground
        .pack
        .guide
        .consequences
        .iter()
        .filter(|consequence| state.holds(&consequence.when));
    consequences.extend(general.map(|consequence| consequence.text.clone()));
    Ok(Summary {
        title: title(state),
        service: request.service,
        activity: request.activity,
        nature,
        perimeter: request.perimeter,
        route,
        impact: known.impact.unwrap_or(Impact::Personne),
        urgency: known.urgency.unwrap_or(Urgency::PeutAttendre),
        description: description(answers, state, &attached_facts),
        attached_facts,
        consequences,
        checklist: checklist(state),
        reflexes: reflexes(state),
        categories: categories(state),
        machines: match state.equipment {
            Some(Picked::Group(group)) => {
                let machines = group.machines.iter();
                machines.map(|machine| machine.id.clone()).collect()
            }
            _ => Vec::new(),
        },
        settled: known.settled,
    })
}

/// What has to be done at once, in this situation.
pub(super) fn reflexes(state: &State<'_>) -> Option<Reflexes> {
    let reflexes = &state.ground.pack.guide.reflexes;
    let first = reflexes.iter().find(|reflex| state.holds(&reflex.when));
    first.map(|reflex| reflex.says.clone())
}

/// What the person does himself; nothing once a trial settled the matter.
fn checklist(state: &State<'_>) -> Vec<String> {
    if state.effects.settled {
        return Vec::new();
    }
    let lists = state.ground.pack.guide.lists.iter();
    lists
        .filter(|list| state.holds(&list.when))
        .flat_map(|list| list.points.iter().cloned())
        .collect()
}

/// Field by field, the first rule that holds and gives it.
fn categories(state: &State<'_>) -> Vec<Category> {
    let classes = &state.ground.pack.platform.classification;
    let rules = classes.rules.iter();
    let holding: Vec<_> = rules.filter(|rule| state.holds(&rule.when)).collect();
    let category = |known: &crate::pack::CategoryField| {
        let value = holding
            .iter()
            .find_map(|rule| rule.values.get(&known.field))?;
        Some(Category {
            field: known.field.clone(),
            label: known.label.clone(),
            value: value.value.clone(),
            to_confirm: value.to_confirm.clone(),
        })
    };
    classes.fields.iter().filter_map(category).collect()
}

fn title(state: &State<'_>) -> String {
    let service = || {
        let id = state.effects.service.as_deref();
        id.and_then(|id| state.ground.pack.service(id))
    };
    let head = state
        .title
        .map(str::to_owned)
        .or_else(|| service().map(|service| service.label.clone()));
    let details = match state.equipment {
        Some(Picked::Known(equipment)) => {
            let room = equipment.room.clone().or_else(|| state.room.clone());
            [Some(equipment.label.clone()), room]
        }
        Some(Picked::Group(group)) => [Some(named(group, state.effects.family)), None],
        _ => [None, state.room.clone()],
    };
    let mut title = capital(&head.unwrap_or_default());
    for detail in details.into_iter().flatten() {
        let fits = title.chars().count() + detail.chars().count() + 3 <= TITLE_MOST;
        if !detail.is_empty() && !title.contains(&detail) && fits {
            title = format!("{title} – {detail}");
        }
    }
    title
}

fn description(answers: &Answers, state: &State<'_>, attached: &[String]) -> String {
    let started = answers.started.trim();
    let mut lines = Vec::new();
    if !started.is_empty() {
        lines.push(line("Demande", &format!("« {started} »")));
    }
    let told = state.told.iter().filter(|(_, text)| !text.is_empty());
    lines.extend(told.map(|(label, text)| line(label, text)));
    lines.extend(attached.iter().cloned());
    lines.join("\n")
}

/// What the register knows and the person need not type.
pub(super) fn attached(state: &State<'_>) -> Vec<String> {
    let day = |day: chrono::NaiveDate| day.format("%d/%m/%Y").to_string();
    let machines = state.machines();
    let group = match state.equipment {
        Some(Picked::Group(group)) => Some(group),
        _ => None,
    };
    let mut lines = group
        .map(|group| one_by_one(state, &group.machines))
        .unwrap_or_default();
    // Of a whole room, only what all its machines have in common; what tells them apart stands above.
    let own = |fact: fn(&EquipmentFacts) -> Option<String>| {
        let single = group.is_none();
        single.then(|| agreed(machines, fact)).flatten()
    };
    let user = agreed(machines, |machine| machine.user_line.clone());
    let facts = [
        (
            "Type",
            agreed(machines, |machine| Some(machine.kind.clone())),
        ),
        ("Série", own(|machine| machine.serial.clone())),
        (
            "Inventaire",
            own(|machine| machine.inventory_number.clone()),
        ),
        ("Salle", agreed(machines, |machine| machine.room.clone())),
        (
            "Utilisé par",
            user.map(|user| match state.effects.perimeter {
                Some(side) => format!("{user} ({})", side.label()),
                None => user,
            }),
        ),
        (
            "Financement",
            agreed(machines, |machine| machine.funding).map(|funding| capital(funding.label())),
        ),
        (
            "Acheté le",
            agreed(machines, |machine| machine.bought_on).map(day),
        ),
        (
            "Fin de garantie",
            agreed(machines, |machine| machine.warranty_end).map(day),
        ),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(label, value)| Some((label, value.filter(|value| !value.is_empty())?)));
    lines.extend(known.map(|(label, value)| line(label, &value)));
    lines
}

/// The machines of a room with what a technician needs to find each of them.
fn one_by_one(state: &State<'_>, machines: &[EquipmentFacts]) -> Vec<String> {
    let family = state.effects.family;
    let head = family.map_or("Appareils concernés", |family| family.concerned());
    let mut lines = vec![line(head, &machines.len().to_string())];
    for machine in machines.iter().take(MACHINES_MOST) {
        let marks = [
            ("série", &machine.serial),
            ("inventaire", &machine.inventory_number),
        ];
        let marks = marks.into_iter().filter_map(|(label, mark)| {
            let mark = mark.as_deref().filter(|mark| !mark.is_empty())?;
            Some(format!("{label} {mark}"))
        });
        let marks = marks.collect::<Vec<_>>().join(", ");
        lines.push(if marks.is_empty() {
            machine.label.clone()
        } else {
            line(&machine.label, &marks)
        });
    }
    match machines.len().saturating_sub(MACHINES_MOST) {
        0 => {}
        1 => lines.push("et 1 autre".to_owned()),
        more => lines.push(format!("et {more} autres")),
    }
    lines
}

fn line(label: &str, value: &str) -> String {
    format!("{label} : {value}")
}
