//! One typed line, read against the register: what it could mean, the likeliest first.

use std::collections::BTreeMap;

use store::Connection;

use crate::{
    App, Error,
    tickets::narrow,
    wire::{Proposal, Proposals, ProposeQuery},
};

/// How many of the words of a machine name it.
const NAMED_BY: usize = 3;

fn register(conn: &Connection) -> Result<Vec<convention::RegisterEntry>, Error> {
    let rooms: BTreeMap<String, (String, String)> = store::room::list(conn)?
        .into_iter()
        .map(|(room, _)| (room.code, (room.id, room.name)))
        .collect();
    Ok(store::equipment::all_words(conn)?
        .into_iter()
        .filter_map(|entry| {
            let named: Vec<&str> = entry
                .words
                .iter()
                .take(NAMED_BY)
                .map(String::as_str)
                .collect();
            let room = entry.room.as_ref().and_then(|code| rooms.get(code));
            Some(convention::RegisterEntry {
                label: named.join(" "),
                words: entry.words.join(" "),
                family: entry.family.parse().ok()?,
                room_id: room.map(|(id, _)| id.clone()),
                room_name: room.map(|(_, name)| name.clone()).unwrap_or_default(),
                room: entry.room,
                id: entry.id,
            })
        })
        .collect())
}

pub(crate) fn propose(app: &App, query: ProposeQuery) -> Result<Proposals, Error> {
    let pack = app.pack()?;
    // Without an open store the line is read all the same, against an empty register.
    let entries = match app.desk() {
        Ok(desk) => desk.store.read(register)?,
        Err(_) => Vec::new(),
    };
    let label_of = |id: &str| {
        entries
            .iter()
            .find(|entry| entry.id == id)
            .map(|entry| entry.label.clone())
    };
    Ok(Proposals {
        proposals: convention::start(&pack, &entries, &query.text)
            .into_iter()
            .map(|proposal| Proposal {
                service_label: pack
                    .service(&proposal.service)
                    .map_or_else(String::new, |service| service.short().to_owned()),
                nature: proposal.nature.into(),
                equipment_label: proposal.equipment.as_deref().and_then(label_of),
                room: proposal.room,
                machines: proposal
                    .machines
                    .map(|count| narrow(u64::try_from(count).unwrap_or(u64::MAX))),
                answers: proposal
                    .answers
                    .answers
                    .into_iter()
                    .map(|(question, answer)| (question, answer.into()))
                    .collect(),
                title: proposal.title,
            })
            .collect(),
    })
}
