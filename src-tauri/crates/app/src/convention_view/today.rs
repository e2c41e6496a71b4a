//! Where an open dossier would go today.
//!
//! Invariant: the dossier's own answers decide, under the convention in force and what the register knows now; it is
//! told only where that differs from what was read when the dossier was made, and nothing is moved. Left out on
//! purpose: a dossier without answers is not guessed at, unless someone read its very cell on the signed copy.

use convention::{Answers, Basis};
use store::{Connection, ticket::Ticket};

use crate::{
    App, Error,
    packs::{Way, way},
    wire::{Route, TicketState},
};

pub(crate) fn today(
    app: &App,
    conn: &Connection,
    ticket: &Ticket,
    then: &Route,
) -> Result<Option<Route>, Error> {
    if TicketState::from_id(&ticket.state) != Some(TicketState::Open) {
        return Ok(None);
    }
    let Way::To(now) = way(app, conn, &app.convention(conn)?, ticket)? else {
        return Ok(None);
    };
    let answered = serde_json::from_str::<Answers>(&ticket.answers)
        .is_ok_and(|answers| !answers.answers.is_empty());
    let told = match now.basis {
        Basis::Inconnu => false,
        Basis::Complete => true,
        Basis::Ecrit | Basis::Deduit => answered,
    };
    let now = Route::from(*now);
    let same = (now.party, now.channel, now.basis) == (then.party, then.channel, then.basis);
    Ok((told && !same).then_some(now))
}
