//! What is read before the request is queued: title, description for the desk, facts joined, warnings.
//!
//! Invariant: nothing is cut. The title only takes in the equipment and the room as long as they fit in
//! what the platform accepts; all of it stands in the description anyway.

use super::walk::{Ground, State};
use crate::{
    answers::Answers,
    route::route,
    step::{GuideError, Summary},
    text::capital,
    words::{Impact, Urgency},
};

/// The platform's usual limit for a title.
const TITLE_MOST: usize = 100;

pub(super) fn summary(
    ground: Ground<'_>,
    answers: &Answers,
    state: &State<'_>,
) -> Result<Summary, GuideError> {
    let known = &state.effects;
    let request = state.request(ground).ok_or(GuideError::DeadEnd)?;
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
        title: title(ground, state),
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
        settled: known.settled,
    })
}

fn title(ground: Ground<'_>, state: &State<'_>) -> String {
    let service = || {
        state
            .effects
            .service
            .as_deref()
            .and_then(|id| ground.pack.service(id))
    };
    let head = state
        .title
        .map(str::to_owned)
        .or_else(|| service().map(|service| service.label.clone()));
    let equipment = state.known_equipment();
    let room = equipment
        .and_then(|equipment| equipment.room.as_deref())
        .or(state.room.as_deref());
    let details = [equipment.map(|equipment| equipment.label.as_str()), room];
    let mut title = capital(&head.unwrap_or_default());
    for detail in details
        .into_iter()
        .flatten()
        .filter(|detail| !detail.is_empty())
    {
        if !title.contains(detail)
            && title.chars().count() + detail.chars().count() + 3 <= TITLE_MOST
        {
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
    let told = state
        .answered
        .iter()
        .filter(|answered| !answered.text.is_empty());
    lines.extend(told.map(|answered| line(&answered.label, &answered.text)));
    lines.extend(attached.iter().cloned());
    lines.join("\n")
}

/// What the register knows and the person need not type.
pub(super) fn attached(state: &State<'_>) -> Vec<String> {
    let Some(equipment) = state.known_equipment() else {
        return Vec::new();
    };
    let day = |day: chrono::NaiveDate| day.format("%d/%m/%Y").to_string();
    let user = equipment
        .user_line
        .clone()
        .map(|user| match state.effects.perimeter {
            Some(side) => format!("{user} ({})", side.label()),
            None => user,
        });
    let facts = [
        ("Type", Some(equipment.kind.clone())),
        ("Série", equipment.serial.clone()),
        ("Inventaire", equipment.inventory_number.clone()),
        ("Salle", equipment.room.clone()),
        ("Utilisé par", user),
        (
            "Financement",
            equipment.funding.map(|funding| capital(funding.label())),
        ),
        ("Acheté le", equipment.bought_on.map(day)),
        ("Fin de garantie", equipment.warranty_end.map(day)),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(label, value)| Some((label, value.filter(|value| !value.is_empty())?)));
    known.map(|(label, value)| line(label, &value)).collect()
}

fn line(label: &str, value: &str) -> String {
    format!("{label} : {value}")
}
