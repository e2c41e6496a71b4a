//! One dossier with its story, its steps, its files, and whom to call.
//!
//! Invariant: the reason shown is the one it was made for, also when the convention has changed since; what it says now
//! stands beside it.

use std::{collections::BTreeMap, str::FromStr, sync::Arc};

use convention::{Pack, PlatformValue, PlatformWords};
use platform::{Creation, Manual};
use serde::{Deserialize, Serialize};
use store::{Connection, outbox::OutboxItem, ticket::Ticket};

use super::{attachments, named, open, row, sends_of, word};
use crate::{
    App, Error,
    convention_view::{self, activity_label, service_label},
    desk::Desk,
    equipment, guide, labels, outbox_view, pack,
    wire::{
        Activity, Basis, Category, Channel, Contact, EventKind, Impact, LabelledText, Nature,
        Party, Perimeter, Route, SendState, Source, Task, TicketEvent, TicketMachine, TicketView,
        Urgency,
    },
};

/// What the person read before sending, as it was then.
#[derive(Serialize, Deserialize)]
pub(crate) struct Frozen {
    pub(crate) route: Route,
    pub(crate) categories: Vec<Category>,
}

pub(super) fn view(
    app: &App,
    conn: &Connection,
    desk: &Desk,
    id: &str,
    now_ms: i64,
) -> Result<TicketView, Error> {
    let ticket = named(conn, id)?;
    let id = ticket.id.as_str();
    let pack = pack_of(conn, &ticket)?;
    let Frozen { route, categories } = frozen(&pack, &ticket)?;
    let row = row(conn, &ticket, now_ms)?;
    let activity = word(Activity::from_id, &ticket.activity)?;
    let by_hand = !desk.exchange.platform().capabilities().sends;
    let sends = sends_of(conn, id)?;
    let live = sends.iter().find(|item| {
        item.state == SendState::Ready.id() || item.state == SendState::Uncertain.id()
    });
    let to_copy = match live {
        Some(item) if by_hand => laid_out(
            creation(&item.payload)?,
            categories,
            &pack.platform,
            &ticket,
        ),
        _ => Vec::new(),
    };
    // Also while it is being sent: nobody knows yet whether the platform has it.
    let leaving = |item: &OutboxItem| item.state == SendState::Sending.id();
    let kept_elsewhere = ticket.number.is_some() || live.is_some() || sends.iter().any(leaving);
    let events = store::event::list(conn, id)?
        .into_iter()
        .map(|event| {
            Ok(TicketEvent {
                id: event.id,
                at_ms: event.at_ms,
                author_label: labels::author(&event.author),
                author: event.author,
                kind: word(EventKind::from_id, &event.kind)?,
                text: event.text,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(TicketView {
        description: ticket.description.clone(),
        service_label: service_label(&pack, &ticket.service),
        activity,
        activity_label: activity_label(activity),
        nature: word(Nature::from_id, &ticket.nature)?,
        perimeter: ticket.perimeter.as_deref().and_then(Perimeter::from_id),
        impact: word(Impact::from_id, &ticket.impact)?,
        urgency: word(Urgency::from_id, &ticket.urgency)?,
        equipment_id: ticket.equipment_id.clone(),
        events,
        sends: sends
            .iter()
            .map(|item| outbox_view::row(conn, desk, item))
            .collect::<Result<_, Error>>()?,
        can_close: open(row.state) && !kept_elsewhere,
        can_reopen: !open(row.state) && !kept_elsewhere,
        can_set_number: live.is_some(),
        to_copy,
        tasks: tasks(conn, id)?,
        attachments: attachments::of_ticket(conn, id)?,
        machines: machines(conn, id)?,
        callers: callers(conn, &ticket, &route)?,
        today: convention_view::today(app, conn, &ticket, &route)?,
        route: Some(route),
        row,
    })
}

/// The pack the dossier was asked under, while this program reads it.
fn pack_of(conn: &Connection, ticket: &Ticket) -> Result<Arc<Pack>, Error> {
    match ticket.pack.as_deref().map(|id| pack::kept(conn, id)) {
        Some(Ok(pack)) => Ok(pack),
        _ => pack::in_force(conn),
    }
}

fn tasks(conn: &Connection, id: &str) -> Result<Vec<Task>, Error> {
    Ok(store::task::of_ticket(conn, id)?
        .into_iter()
        .map(|task| Task {
            id: task.id,
            text: task.text,
            done_at_ms: task.done_at_ms,
        })
        .collect())
}

fn machines(conn: &Connection, id: &str) -> Result<Vec<TicketMachine>, Error> {
    Ok(store::ticket::machines(conn, id)?
        .into_iter()
        .map(|machine| {
            let label = equipment::label(&machine);
            TicketMachine {
                label: match machine.host_name.as_str() {
                    "" => label,
                    host => format!("{host} · {label}"),
                },
                id: machine.id,
                serial: machine.serial,
            }
        })
        .collect())
}

fn callers(conn: &Connection, ticket: &Ticket, route: &Route) -> Result<Vec<Contact>, Error> {
    match route.channel {
        Channel::Vendor => guide::vendor(conn, &ticket.service),
        _ => Ok(Vec::new()),
    }
}

/// What was read when the dossier was made. Before the platform's own classes were known, it was the route alone; a
/// dossier that came without one has what its columns say.
fn frozen(pack: &Pack, ticket: &Ticket) -> Result<Frozen, Error> {
    if let Ok(frozen) = serde_json::from_str(&ticket.summary) {
        return Ok(frozen);
    }
    let route = match serde_json::from_str(&ticket.summary) {
        Ok(route) => route,
        Err(_) => Route {
            party: word(Party::from_id, &ticket.party)?,
            basis: word(Basis::from_id, &ticket.basis)?,
            source: ticket
                .source
                .as_deref()
                .and_then(|code| pack.source(code))
                .map(|source| Source {
                    code: source.code.clone(),
                    passage: source.passage.clone(),
                }),
            note: None,
            channel: word(Channel::from_id, &ticket.channel)?,
            explanation: String::new(),
            before: Vec::new(),
            warnings: Vec::new(),
            path: Vec::new(),
        },
    };
    Ok(Frozen {
        route,
        categories: Vec::new(),
    })
}

pub(crate) fn creation(payload: &str) -> Result<Creation, Error> {
    serde_json::from_str(payload)
        .map_err(|error| Error::Internal(format!("a frozen payload does not parse: {error}")))
}

/// The portal's fields in its order, each class under the pack's name for it. A class that is still to be confirmed
/// stands after them: it is no part of what is sent. Whoever copies sees by whom a default must be confirmed.
fn laid_out(
    mut creation: Creation,
    categories: Vec<Category>,
    words: &PlatformWords,
    ticket: &Ticket,
) -> Vec<LabelledText> {
    let mut sent = Vec::new();
    for known in &words.classification.fields {
        if let Some(text) = creation.categories.remove(&known.field) {
            sent.push((known.label.clone(), text, None));
        }
    }
    let fields = Manual::layout(&creation).into_iter().map(|(label, text)| {
        let by = default_of(&label, words, ticket);
        (label, text, by)
    });
    let open = categories.into_iter().filter_map(|category| {
        let by = category.to_confirm?;
        Some((category.label, category.value, Some(by)))
    });
    fields
        .chain(sent)
        .chain(open)
        .map(|(label, text, by)| LabelledText {
            label: by.map_or_else(|| label.clone(), |by| format!("{label} ({by})")),
            text,
        })
        .collect()
}

/// Who still has to confirm what the pack proposes for this field of the portal.
fn default_of(label: &str, words: &PlatformWords, ticket: &Ticket) -> Option<String> {
    fn value<'w, K: Ord + FromStr>(
        values: &'w BTreeMap<K, PlatformValue>,
        id: &str,
    ) -> Option<&'w PlatformValue> {
        values.get(&id.parse().ok()?)
    }
    let value = match label {
        "Type de service" => value(&words.nature, &ticket.nature),
        "Impact" => value(&words.impact, &ticket.impact),
        "Urgence" => value(&words.urgency, &ticket.urgency),
        _ => None,
    };
    value?.to_confirm.clone()
}
