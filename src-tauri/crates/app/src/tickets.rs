//! Dossiers as the window shows them: rows, pages, one dossier with its story.

mod acts;
pub(crate) mod attachments;
mod view;

pub(crate) use acts::{call, checked_number, close, event, note, reopen, set_number, tick};
pub(crate) use attachments::{attach, attachment_copy, attachment_picture};
use view::view;
pub(crate) use view::{Frozen, creation};

use store::{
    Connection,
    outbox::{OutboxFilter, OutboxItem},
    ticket::Ticket,
};

use crate::{
    App, Error, labels,
    opening::day_of,
    wire::{
        ById, Channel, Party, PartyCount, SendState, TicketFilter, TicketPage, TicketQuery,
        TicketRow, TicketState, TicketView,
    },
};

/// A dossier open for longer than this is late.
const LATE_DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;

/// A count of the store on the wire. Four thousand million rows are not a collège's.
pub(crate) fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The envois of a dossier, oldest first.
fn sends_of(conn: &Connection, id: &str) -> Result<Vec<OutboxItem>, Error> {
    Ok(store::outbox::list(
        conn,
        &OutboxFilter::Ticket(id.to_owned()),
    )?)
}

/// Reads a word of a closed list out of the store, where it was checked on its way in.
pub(crate) fn word<T>(from_id: impl Fn(&str) -> Option<T>, id: &str) -> Result<T, Error> {
    from_id(id).ok_or_else(|| Error::Internal(format!("unknown word « {id} » in the store")))
}

pub(crate) fn row(conn: &Connection, ticket: &Ticket, now_ms: i64) -> Result<TicketRow, Error> {
    let send = sends_of(conn, &ticket.id)?.pop();
    let room = match &ticket.room_id {
        Some(id) => store::room::get(conn, id)?.map(|room| room.code),
        None => None,
    };
    let equipment = match &ticket.equipment_id {
        Some(id) => {
            store::equipment::get(conn, id)?.map(|equipment| crate::equipment::label(&equipment))
        }
        None => None,
    };
    let state = word(TicketState::from_id, &ticket.state)?;
    // « Résolu » still asks for an answer.
    let open = open(state);
    let sending = send
        .as_ref()
        .and_then(|item| SendState::from_id(&item.state));
    let hint = match sending {
        Some(SendState::Ready) => "prêt à envoyer".to_owned(),
        Some(SendState::Sending) => "envoi en cours".to_owned(),
        Some(SendState::Uncertain) => "envoi incertain, à vérifier".to_owned(),
        Some(SendState::Refused) => "refusé par la plateforme, à corriger".to_owned(),
        _ => store::event::last(conn, &ticket.id)?
            .map(|event| first_line(&event.text))
            .unwrap_or_default(),
    };
    let age = day_of(now_ms)
        .signed_duration_since(day_of(ticket.created_at_ms))
        .num_days();
    Ok(TicketRow {
        id: ticket.id.clone(),
        title: ticket.title.clone(),
        reference: ticket.reference.clone(),
        number: ticket.number.clone(),
        party: word(Party::from_id, &ticket.party)?,
        channel: word(Channel::from_id, &ticket.channel)?,
        state,
        platform_status: ticket
            .platform_status
            .as_deref()
            .map(labels::platform_status),
        room,
        equipment,
        created_at_ms: ticket.created_at_ms,
        updated_at_ms: ticket.updated_at_ms,
        age_days: u32::try_from(age).unwrap_or_default(),
        late: open && age > LATE_DAYS,
        waiting_on_me: open && ticket.waiting_on_me,
        sending,
        hint,
    })
}

fn open(state: TicketState) -> bool {
    matches!(state, TicketState::Open | TicketState::Resolved)
}

pub(crate) fn is_open(ticket: &Ticket) -> Result<bool, Error> {
    Ok(open(word(TicketState::from_id, &ticket.state)?))
}

fn first_line(text: &str) -> String {
    const ROOM: usize = 90;
    let line = text.lines().next().unwrap_or_default().trim();
    if line.chars().count() <= ROOM {
        return line.to_owned();
    }
    let cut: String = line.chars().take(ROOM).collect();
    format!("{}…", cut.trim_end())
}

pub(crate) fn list(app: &App, query: TicketQuery) -> Result<TicketPage, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    let wanted = store::ticket::TicketQuery {
        text: query.text,
        state: match query.filter {
            TicketFilter::Open | TicketFilter::Waiting | TicketFilter::Late => "ouverts",
            TicketFilter::Closed => "fermes",
            TicketFilter::All => "tous",
        }
        .to_owned(),
        parties: query
            .party
            .map(|party| party.id().to_owned())
            .into_iter()
            .collect(),
        room_id: query.room_id,
        equipment_id: query.equipment_id,
        late_before_ms: (query.filter == TicketFilter::Late).then_some(now - LATE_DAYS * DAY_MS),
        waiting_on_me: (query.filter == TicketFilter::Waiting).then_some(true),
        offset: query.offset.into(),
        limit: query.limit.clamp(1, 500).into(),
    };
    desk.store.read(|conn| {
        let page = store::ticket::page(conn, &wanted)?;
        let mut parties = Vec::new();
        for (party, count) in store::ticket::parties(conn, &wanted)? {
            parties.push(PartyCount {
                party: word(Party::from_id, &party)?,
                count: narrow(count),
            });
        }
        Ok(TicketPage {
            total: narrow(page.total),
            rows: page
                .rows
                .iter()
                .map(|ticket| row(conn, ticket, now))
                .collect::<Result<_, Error>>()?,
            parties,
        })
    })
}

pub(crate) fn find(conn: &Connection, id: &str) -> Result<Ticket, Error> {
    store::ticket::get(conn, id)?.ok_or(Error::NotFound("Ce dossier"))
}

/// A dossier by whatever a person calls it: its id, its REL- reference or the platform's number.
fn named(conn: &Connection, name: &str) -> Result<Ticket, Error> {
    if let Some(ticket) = store::ticket::get(conn, name)? {
        return Ok(ticket);
    }
    let upper = name.to_uppercase();
    if let Some(ticket) = store::ticket::by_reference(conn, &upper)? {
        return Ok(ticket);
    }
    match store::ticket::by_number(conn, name)? {
        Some(ticket) => Ok(ticket),
        None => store::ticket::by_number(conn, &upper)?.ok_or(Error::NotFound("Ce dossier")),
    }
}

pub(crate) fn show(app: &App, request: ById) -> Result<TicketView, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    desk.store
        .read(|conn| view(app, conn, &desk, request.id.trim(), now))
}
