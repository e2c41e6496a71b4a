//! The open dossiers that another pack would send elsewhere.
//!
//! Invariant: both packs are asked with the dossier's own answers and with what the register knows today; an answer
//! that a pack does not know is left aside, as it would be if the form were opened again. Nothing is written: a
//! dossier stays where it went.

use convention::{Answers, Channel, Party, Route, RouteRequest, Step};
use store::{Connection, ticket::Ticket};

use crate::{
    App, Error, guide,
    labels::NNBSP,
    pack::{self, Convention},
    tickets,
    wire::TicketMoved,
};

/// Where a dossier goes under a pack.
pub(crate) enum Way {
    To(Box<Route>),
    /// The form would ask again.
    Asks(String),
    /// The pack has nothing for it.
    Nowhere,
}

pub(super) fn moved(
    app: &App,
    conn: &Connection,
    before: &Convention,
    after: &Convention,
) -> Result<Vec<TicketMoved>, Error> {
    let open = store::ticket::TicketQuery {
        state: "ouverts".into(),
        limit: u32::MAX.into(),
        ..Default::default()
    };
    let mut moved = Vec::new();
    for ticket in store::ticket::page(conn, &open)?.rows {
        let (then, now) = (
            way(app, conn, before, &ticket)?,
            way(app, conn, after, &ticket)?,
        );
        let Some((from, to, why)) = turned(&ticket, then, now) else {
            continue;
        };
        moved.push(TicketMoved {
            before: from.into(),
            after: to.map(Into::into),
            why,
            ticket: tickets::row(conn, &ticket, app.now_ms())?,
        });
    }
    Ok(moved)
}

/// From whom, to whom and why, when that changes.
fn turned(ticket: &Ticket, then: Way, now: Way) -> Option<(Party, Option<Party>, String)> {
    let asked = !matches!(then, Way::To(..));
    let (from, by) = match then {
        Way::To(route) => (route.party, route.channel),
        // The pack it is compared with does not end the form either: what the dossier says itself holds.
        Way::Asks(_) | Way::Nowhere => (
            ticket.party.parse().unwrap_or(Party::Inconnu),
            ticket.channel.parse().unwrap_or(Channel::Platform),
        ),
    };
    match now {
        Way::To(to) if to.party != from => Some((from, Some(to.party), to.explanation)),
        Way::To(to) if to.channel != by => Some((
            from,
            Some(to.party),
            format!(
                "Même responsable, par une autre voie{NNBSP}: {}.",
                to.channel.label()
            ),
        )),
        Way::Asks(title) if !asked => Some((
            from,
            None,
            format!("La question «{NNBSP}{title}{NNBSP}» serait à poser de nouveau."),
        )),
        Way::Nowhere if !asked => Some((
            from,
            None,
            "Ce pack ne prévoit plus rien pour cette demande.".to_owned(),
        )),
        Way::To(..) | Way::Asks(_) | Way::Nowhere => None,
    }
}

pub(crate) fn way(
    app: &App,
    conn: &Connection,
    convention: &Convention,
    ticket: &Ticket,
) -> Result<Way, Error> {
    let saved: Answers = serde_json::from_str(&ticket.answers).unwrap_or_default();
    if saved.answers.is_empty() {
        return by_the_matrix(conn, convention, ticket);
    }
    let answers = pack::fitted(&convention.pack, &saved);
    Ok(match guide::step(conn, app, convention, &answers) {
        Ok((_, Step::Ready { summary, .. })) => Way::To(Box::new(summary.route)),
        Ok((_, Step::Ask { question, .. })) => Way::Asks(question.title),
        Err(Error::Guide(_)) => Way::Nowhere,
        Err(error) => return Err(error),
    })
}

/// A dossier that no form was answered for knows its line of the matrix all the same.
fn by_the_matrix(
    conn: &Connection,
    convention: &Convention,
    ticket: &Ticket,
) -> Result<Way, Error> {
    let Ok(activity) = ticket.activity.parse() else {
        return Ok(Way::Nowhere);
    };
    let profile = store::profile::get(conn)?.unwrap_or_default();
    let request = RouteRequest {
        perimeter: ticket
            .perimeter
            .as_deref()
            .and_then(|word| word.parse().ok()),
        cite_scolaire: profile.cite_scolaire,
        region_maintains: profile.region_maintains,
        ..RouteRequest::new(ticket.service.as_str(), activity)
    };
    let route = convention::route(&convention.pack, &convention.overlay, &request);
    Ok(route.map_or(Way::Nowhere, |route| Way::To(Box::new(route))))
}
