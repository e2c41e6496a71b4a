//! Envois: every operation for the platform with its state, its proof or its reason.

use store::{
    Connection,
    outbox::{OutboxFilter, OutboxItem},
};

use crate::{
    App, Error,
    desk::Desk,
    labels,
    principal::Way,
    tickets,
    tickets::{checked_number, creation, narrow},
    wire::{
        Link, Nothing, OutboxCorrection, OutboxDraft, OutboxId, OutboxNumber, OutboxRow,
        OutboxView, Resumed, SendState,
    },
};

/// How many operations stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Queue {
    ready: u32,
    sending: u32,
    uncertain: u32,
    refused: u32,
}

impl Queue {
    /// What still has to leave or to be made certain.
    pub(crate) fn waiting(self) -> u32 {
        self.ready + self.sending + self.uncertain
    }

    /// What a person should look at.
    pub(crate) fn wedged(self) -> u32 {
        self.uncertain + self.refused
    }

    /// What the navigation counts.
    pub(crate) fn live(self) -> u32 {
        self.waiting() + self.refused
    }
}

pub(crate) fn queue(conn: &Connection) -> Result<Queue, Error> {
    let mut queue = Queue::default();
    for (state, count) in store::outbox::counts(conn, None)? {
        let count = narrow(count);
        match SendState::from_id(&state) {
            Some(SendState::Ready) => queue.ready = count,
            Some(SendState::Sending) => queue.sending = count,
            Some(SendState::Uncertain) => queue.uncertain = count,
            Some(SendState::Refused) => queue.refused = count,
            _ => {}
        }
    }
    Ok(queue)
}

/// How many arrivals the screen remembers.
const ARRIVED: u64 = 50;
/// How many envois the first screen shows.
const HOME: usize = 6;

pub(crate) fn row(conn: &Connection, desk: &Desk, item: &OutboxItem) -> Result<OutboxRow, Error> {
    let by_hand = !desk.exchange.platform().capabilities().sends;
    let online = desk.exchange.network(0).link == Link::Online;
    let (sentence, detail) = labels::sending(item, by_hand, online);
    let state = tickets::word(SendState::from_id, &item.state)?;
    let ticket = tickets::find(conn, &item.ticket_id)?;
    Ok(OutboxRow {
        id: item.id,
        ticket_id: item.ticket_id.clone(),
        title: ticket.title,
        operation: "Nouveau dossier".to_owned(),
        reference: item.reference.clone(),
        state,
        sentence,
        detail,
        number: item.proof_number.clone(),
        attempts: u32::try_from(item.attempts).unwrap_or_default(),
        updated_at_ms: item.updated_at_ms,
        next_try_ms: item.next_try_at_ms,
        can_retry: state == SendState::Ready && item.attempts > 0 && !by_hand,
        can_check: state == SendState::Uncertain && !by_hand,
        can_resume: state == SendState::Ready && item.attempts == 0 && !item.maybe_sent,
        can_correct: state == SendState::Refused,
        can_withdraw: state == SendState::Refused
            || (state == SendState::Ready && !item.maybe_sent && item.attempts > 0),
        can_set_number: state == SendState::Uncertain || (by_hand && state == SendState::Ready),
    })
}

fn rows(conn: &Connection, desk: &Desk, items: &[OutboxItem]) -> Result<Vec<OutboxRow>, Error> {
    items.iter().map(|item| row(conn, desk, item)).collect()
}

/// What the first screen shows of the queue.
pub(crate) fn home_rows(conn: &Connection, desk: &Desk) -> Result<Vec<OutboxRow>, Error> {
    rows(
        conn,
        desk,
        &store::outbox::list(conn, &OutboxFilter::Live)?
            .into_iter()
            .take(HOME)
            .collect::<Vec<_>>(),
    )
}

pub(crate) fn view(app: &App, _: Nothing) -> Result<OutboxView, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    let asks = desk.asks_password(now);
    desk.store.read(|conn| {
        let by_hand = !desk.exchange.platform().capabilities().sends;
        let (mut to_watch, mut ready) = (Vec::new(), Vec::new());
        for row in rows(
            conn,
            &desk,
            &store::outbox::list(conn, &OutboxFilter::Live)?,
        )? {
            if by_hand || matches!(row.state, SendState::Refused | SendState::Uncertain) {
                to_watch.push(row);
            } else {
                ready.push(row);
            }
        }
        Ok(OutboxView {
            to_watch,
            ready,
            arrived: rows(conn, &desk, &store::outbox::arrived(conn, ARRIVED)?)?,
            network: desk.exchange.network(queue(conn)?.waiting()),
            asks_password: asks,
            login: Way::of(conn)?.login,
        })
    })
}

pub(crate) fn retry(app: &App, request: OutboxId) -> Result<OutboxView, Error> {
    let desk = app.desk()?;
    outbox::retry_now(&desk.store, request.id, app.now_ms())?;
    desk.exchange.wake();
    view(app, Nothing {})
}

pub(crate) fn withdraw(app: &App, request: OutboxId) -> Result<OutboxView, Error> {
    let desk = app.desk()?;
    outbox::withdraw(&desk.store, request.id, app.now_ms())?;
    view(app, Nothing {})
}

pub(crate) fn resume(app: &App, request: OutboxId) -> Result<Resumed, Error> {
    let desk = app.desk()?;
    let draft = outbox::resume_as_draft(&desk.store, request.id, app.now_ms())?;
    Ok(Resumed { draft_id: draft })
}

fn item(app: &App, id: i64) -> Result<OutboxItem, Error> {
    app.desk()?
        .store
        .read(|conn| store::outbox::get(conn, id))?
        .ok_or(Error::NotFound("Cet envoi"))
}

pub(crate) fn draft(app: &App, request: OutboxId) -> Result<OutboxDraft, Error> {
    let item = item(app, request.id)?;
    let payload = creation(&item.payload)?;
    let missing = item.reason_code.as_deref() == Some("307");
    Ok(OutboxDraft {
        id: item.id,
        summary: payload.summary,
        description: payload.description,
        site: payload.site.unwrap_or_default(),
        reason: labels::refusal(&item),
        field: item.reason.filter(|_| missing),
    })
}

pub(crate) fn correct(app: &App, request: OutboxCorrection) -> Result<OutboxView, Error> {
    let item = item(app, request.id)?;
    let summary = request.summary.trim().to_owned();
    if summary.is_empty() {
        return Err(Error::refused("summary", "Le titre ne peut pas être vide."));
    }
    let mut payload = creation(&item.payload)?;
    payload.summary = summary;
    payload.description = request.description;
    payload.site = Some(request.site.trim().to_owned()).filter(|site| !site.is_empty());
    let desk = app.desk()?;
    outbox::reopen(
        &desk.store,
        request.id,
        &outbox::Work::Creation(payload),
        app.now_ms(),
    )?;
    desk.exchange.wake();
    view(app, Nothing {})
}

pub(crate) fn set_number(app: &App, request: OutboxNumber) -> Result<OutboxView, Error> {
    let number = checked_number(&request.number)?;
    outbox::resolve_by_hand(&app.desk()?.store, request.id, &number, app.now_ms())?;
    view(app, Nothing {})
}
