//! What the register, the profile and the contacts know, so that nobody is asked for it.
//!
//! Invariant: the facts follow from the answers and from the store alone. Some need the guide first: the machines of a
//! whole room need the family the situation settled, the contract number needs the service. So the guide is walked,
//! the facts it called for are added, and it is walked again.

use convention::{
    Answer, Answers, EquipmentFamily, Facts, GroupFacts, Pack, QuestionKind, Step, WHOLE_ROOM,
};
use store::{Connection, equipment::EquipmentQuery, room::Room};

use super::callers;
use crate::{
    App, Error, equipment,
    labels::NNBSP,
    pack::Convention,
    wire::{Choice, EquipmentState},
};

/// Fewer are named one by one.
const GROUP: usize = 2;
/// No room holds more machines of one family.
const ROOM_MOST: u64 = 500;

/// The answer to the first question of a kind that picks from the register.
pub(crate) fn picked<'a>(pack: &Pack, answers: &'a Answers, kind: QuestionKind) -> Option<&'a str> {
    pack.questions_of_kind(kind)
        .find_map(|id| match answers.get(id) {
            Some(Answer::One(value)) if value != convention::NONE_OF_THEM => Some(value.as_str()),
            _ => None,
        })
}

/// The machine chosen, when the register has it: a person may also describe one in words.
pub(crate) fn machine(
    conn: &Connection,
    pack: &Pack,
    answers: &Answers,
) -> Result<Option<store::equipment::Equipment>, Error> {
    Ok(match picked(pack, answers, QuestionKind::Equipment) {
        Some(id) => store::equipment::get(conn, id)?,
        None => None,
    })
}

/// The room whose machines are all concerned.
fn whole_room(conn: &Connection, pack: &Pack, answers: &Answers) -> Result<Option<Room>, Error> {
    let said = picked(pack, answers, QuestionKind::Equipment)
        .and_then(|value| value.strip_prefix(WHOLE_ROOM));
    Ok(match said {
        Some(id) => store::room::get(conn, id)?,
        None => None,
    })
}

/// The room answered, by its id or its code, when the register has it.
fn answered_room(conn: &Connection, pack: &Pack, answers: &Answers) -> Result<Option<Room>, Error> {
    let Some(said) = picked(pack, answers, QuestionKind::Room) else {
        return Ok(None);
    };
    Ok(match store::room::get(conn, said)? {
        Some(room) => Some(room),
        None => store::room::by_code(conn, said)?,
    })
}

/// Where it is: the room whose machines are all concerned, or the one answered.
pub(crate) fn room(
    conn: &Connection,
    pack: &Pack,
    answers: &Answers,
) -> Result<Option<Room>, Error> {
    Ok(match whole_room(conn, pack, answers)? {
        Some(room) => Some(room),
        None => answered_room(conn, pack, answers)?,
    })
}

/// The same, or else where the machine stands.
pub(crate) fn place(
    conn: &Connection,
    pack: &Pack,
    answers: &Answers,
) -> Result<Option<String>, Error> {
    Ok(match room(conn, pack, answers)? {
        Some(room) => Some(room.id),
        None => machine(conn, pack, answers)?.and_then(|machine| machine.room_id),
    })
}

/// The machines of a family that people work with, in one room or in all of them.
fn at_work(family: EquipmentFamily, room: Option<&str>) -> EquipmentQuery {
    EquipmentQuery {
        families: vec![family.id().to_owned()],
        rooms: room.map(str::to_owned).into_iter().collect(),
        states: [EquipmentState::InService, EquipmentState::Broken]
            .map(|state| state.id().to_owned())
            .to_vec(),
        sort: "nom-reseau".to_owned(),
        limit: ROOM_MOST,
        ..Default::default()
    }
}

fn group(
    conn: &Connection,
    pack: &Pack,
    room: &Room,
    family: EquipmentFamily,
) -> Result<Option<GroupFacts>, Error> {
    let rows = store::equipment::page(conn, &at_work(family, Some(&room.id)))?.rows;
    if rows.len() < GROUP {
        return Ok(None);
    }
    Ok(Some(GroupFacts {
        room_id: room.id.clone(),
        room: room.code.clone(),
        machines: rows
            .iter()
            .map(|machine| equipment::facts(conn, pack, machine))
            .collect::<Result<_, _>>()?,
    }))
}

/// « de B204 »; a room that is not a code stands in parentheses, for want of its article.
fn inside(room: &str) -> String {
    match room.contains(|c: char| c.is_ascii_digit()) && !room.contains(' ') {
        true => format!("de {room}"),
        false => format!("({room})"),
    }
}

/// The rooms that can be meant whole, by code: « les 12 postes de B204 ».
pub(super) fn whole_rooms(
    conn: &Connection,
    family: EquipmentFamily,
) -> Result<Vec<Choice>, Error> {
    let mut rooms = Vec::new();
    for found in store::equipment::facets(conn, &at_work(family, None))? {
        let several = found.facet == "salle" && found.count >= GROUP as u64;
        if let Some(room) = several
            .then(|| store::room::get(conn, &found.value))
            .transpose()?
            .flatten()
        {
            rooms.push((room, found.count));
        }
    }
    rooms.sort_by(|(one, _), (other, _)| one.code.cmp(&other.code));
    let about = |room: &Room| {
        let words: Vec<&str> = [room.name.as_str(), room.building.as_str()]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        Some(words.join(" · ")).filter(|text| !text.is_empty())
    };
    Ok(rooms
        .into_iter()
        .map(|(room, count)| Choice {
            id: format!("{WHOLE_ROOM}{}", room.id),
            label: format!(
                "Toute la salle{NNBSP}: les {count} {} {}",
                family.plural(),
                inside(&room.code)
            ),
            hint: about(&room),
            group: None,
        })
        .collect())
}

/// What the register and the profile know before the guide is walked.
fn first_facts(
    conn: &Connection,
    app: &App,
    pack: &Pack,
    answers: &Answers,
) -> Result<Facts, Error> {
    let profile = store::profile::get(conn)?.unwrap_or_default();
    let mut facts = Facts::on(app.today());
    facts.cite_scolaire = profile.cite_scolaire;
    facts.region_maintains = profile.region_maintains;
    if !profile.phone.is_empty() {
        facts.known.insert("telephone".to_owned(), profile.phone);
    }
    if let Some(machine) = machine(conn, pack, answers)? {
        facts.equipment = Some(equipment::facts(conn, pack, &machine)?);
    }
    facts.room = match room(conn, pack, answers)? {
        Some(room) => Some(room.code),
        // A room that was answered and that the register does not know is not the machine's.
        None if picked(pack, answers, QuestionKind::Room).is_some() => None,
        None => facts
            .equipment
            .as_ref()
            .and_then(|machine| machine.room.clone()),
    };
    Ok(facts)
}

/// The next question, or the summary, with all that is known; and the facts it rests on.
pub(crate) fn step(
    conn: &Connection,
    app: &App,
    convention: &Convention,
    answers: &Answers,
) -> Result<(Facts, Step), Error> {
    let pack = &convention.pack;
    let mut facts = first_facts(conn, app, pack, answers)?;
    let mut step = convention.next(answers, &facts)?;
    if let Step::Ask {
        family: Some(family),
        ..
    } = &step
        && let Some(room) = whole_room(conn, pack, answers)?
    {
        facts.group = group(conn, pack, &room, *family)?;
        if facts.group.is_some() {
            step = convention.next(answers, &facts)?;
        }
    }
    if let Step::Ask {
        question,
        service: Some(service),
        ..
    } = &step
        && question.kind == QuestionKind::Fields
        && let Some(contract) = callers::contract(conn, service)?
    {
        facts.known.insert("contrat".to_owned(), contract);
        step = convention.next(answers, &facts)?;
    }
    Ok((facts, step))
}
