//! What the first screen needs, and nothing more: start-up waits for it.

use chrono::{Datelike, Days};

use crate::{
    App, Error, equipment, guide, loans, outbox_view,
    principal::Way,
    purchases, settings, stock_checks, tickets,
    tickets::narrow,
    wire::{Counts, Home, Link, Mode, Network, Nothing, Season, Status},
};

/// How far ahead the end of a warranty is worth a line.
const WARRANTY_DAYS: u64 = 60;

pub(crate) fn status(app: &App, _: Nothing) -> Result<Status, Error> {
    let (stage, problem) = app.stage();
    let Ok(desk) = app.desk() else {
        return Ok(Status {
            stage,
            mode: Mode::Real,
            profile: None,
            counts: Counts {
                open: 0,
                waiting_on_me: 0,
                equipment: 0,
                to_send: 0,
            },
            network: Network {
                link: Link::Unknown,
                title: String::new(),
                sentence: String::new(),
                since_ms: None,
                waiting: 0,
                last_exchange_ms: None,
                next_try_ms: None,
                exchanging: false,
            },
            training_network_cut: false,
            problem,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        });
    };
    let (profile, way, counts, waiting) = desk.store.read(|conn| -> Result<_, Error> {
        let tickets = store::ticket::counts(conn)?;
        let sends = outbox_view::queue(conn)?;
        Ok((
            store::profile::get(conn)?,
            Way::of(conn)?,
            Counts {
                open: narrow(tickets.open),
                waiting_on_me: narrow(tickets.waiting),
                equipment: equipment::total(conn)?,
                to_send: sends.live(),
            },
            sends.waiting(),
        ))
    })?;
    Ok(Status {
        stage,
        mode: desk.mode,
        profile: profile
            .as_ref()
            .map(|profile| settings::profile_wire(profile, &way)),
        counts,
        network: desk.exchange.network(waiting),
        training_network_cut: desk
            .training
            .as_ref()
            .is_some_and(|training| training.is_cut()),
        problem,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

pub(crate) fn home(app: &App, _: Nothing) -> Result<Home, Error> {
    let desk = app.desk()?;
    let today = app.today();
    let until = today
        .checked_add_days(Days::new(WARRANTY_DAYS))
        .unwrap_or(today);
    let now = app.now_ms();
    desk.store.read(|conn| {
        let counts = store::ticket::counts(conn)?;
        let rows = |list: Vec<store::ticket::Ticket>| -> Result<Vec<_>, Error> {
            list.iter()
                .map(|ticket| tickets::row(conn, ticket, now))
                .collect()
        };
        Ok(Home {
            today: today.to_string(),
            open: narrow(counts.open),
            waiting_on_me: rows(store::ticket::open_waiting_on_me(conn, 5)?)?,
            with_others: rows(store::ticket::open_with_others(conn, 8)?)?,
            with_others_total: narrow(counts.open.saturating_sub(counts.waiting)),
            to_send: outbox_view::home_rows(conn, &desk)?,
            drafts: guide::rows(conn)?,
            loans_overdue: loans::overdue(conn, today)?,
            stock_checks: stock_checks::begun(conn)?,
            purchases: purchases::waiting(conn)?,
            season: Season {
                warranties_ending: narrow(store::equipment::warranties_ending(
                    conn,
                    &today.to_string(),
                    &until.to_string(),
                )?),
                warranties_until: until.to_string(),
                not_validated: equipment::not_validated_total(conn, today)?,
                broken: equipment::broken_total(conn)?,
                october: today.month() == 10,
            },
        })
    })
}
