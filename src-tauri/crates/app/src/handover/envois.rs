//! The envois of here, once a merge says what became of their dossiers on the other computer.
//!
//! Invariant: a dossier that the platform has, or that a person closed or cancelled there, does not leave from here.
//! Left out on purpose: what may already have reached the platform, which only the platform can tell; it is shown.

use store::{
    Transaction,
    counterpart::{self, Counterpart},
    destination::PRINCIPAL,
    event::{self, TicketEvent},
    outbox::{self, OutboxItem, Proof},
    ticket::{self, Ticket},
};

use super::{fields::Row, plan::Change};
use crate::{
    Error,
    labels::NNBSP,
    wire::{EventKind, TicketState},
};

/// What a merge does to the live envois of here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Envois {
    /// They will never leave.
    pub withdrawn: u32,
    /// They may have left before: a person has to see.
    pub doubtful: u32,
}

enum Fate {
    Accepted(String),
    /// Why, as the timeline tells it.
    Withdrawn(String),
    Doubtful,
}

/// What becomes of a live envoi when its dossier is to stand so, under this number on the platform it is for. What is
/// told of a dossier that is there goes on: only its creation would make it a second time.
fn fate(item: &OutboxItem, ticket: &Ticket, number: Option<&str>) -> Option<Fate> {
    if item.operation != "creation" {
        return None;
    }
    let refused = item.state == "refuse";
    if let Some(number) = number {
        // A refusal was answered: there is nothing left to accept, but a person could correct it and send it again.
        return Some(if refused {
            Fate::Withdrawn(format!(
                "la plateforme a déjà le dossier sous le numéro\u{a0}{number}."
            ))
        } else {
            Fate::Accepted(number.to_owned())
        });
    }
    let ended = match TicketState::from_id(&ticket.state) {
        Some(TicketState::Closed) => "fermé",
        Some(TicketState::Cancelled) => "annulé",
        _ => return None,
    };
    if refused || (item.state == "pret" && !item.maybe_sent) {
        Some(Fate::Withdrawn(format!(
            "le dossier a été {ended} sur l’autre ordinateur."
        )))
    } else {
        Some(Fate::Doubtful)
    }
}

impl Envois {
    /// What would be done if everything the file says of these dossiers were taken.
    pub(super) fn foreseen<'a>(
        changes: &[Change<Ticket>],
        live: impl Fn(&str) -> &'a [OutboxItem],
    ) -> Self {
        let mut envois = Self::default();
        for change in changes {
            let mut ticket = change.here.clone();
            for offer in &change.offers {
                (offer.field.set)(&mut ticket, &(offer.field.get)(&change.file));
            }
            for item in live(ticket.id()) {
                let number = ticket
                    .number
                    .as_deref()
                    .filter(|_| item.destination_id == PRINCIPAL);
                envois.note(fate(item, &ticket, number).as_ref());
            }
        }
        envois
    }

    /// The other computer's dossier is on a platform where the one of here has still to go.
    pub(super) fn arrived(
        &mut self,
        tx: &Transaction<'_>,
        items: &[OutboxItem],
        there: &Counterpart,
        now_ms: i64,
    ) -> Result<(), Error> {
        let here = ticket::get(tx, &there.ticket_id)?;
        let (Some(_), Some(ticket)) = (&there.number, here) else {
            return Ok(());
        };
        let reached: Vec<OutboxItem> = items
            .iter()
            .filter(|item| item.destination_id == there.destination_id)
            .cloned()
            .collect();
        self.settle(tx, &reached, &ticket, now_ms)
    }

    pub(super) fn settle(
        &mut self,
        tx: &Transaction<'_>,
        items: &[OutboxItem],
        ticket: &Ticket,
        now_ms: i64,
    ) -> Result<(), Error> {
        for item in items {
            // As it is by now: its platform may have settled it already.
            let item = outbox::get(tx, item.id)?
                .filter(|item| !matches!(item.state.as_str(), "accepte" | "retire"));
            let Some(item) = item else {
                continue;
            };
            let there = counterpart::get(tx, &ticket.id, &item.destination_id)?;
            let number = there.and_then(|there| there.number);
            let fate = fate(&item, ticket, number.as_deref());
            self.note(fate.as_ref());
            match fate {
                // The platform has it: what is here still to send would make it a second time.
                Some(Fate::Accepted(number)) => {
                    outbox::accepted(tx, item.id, Proof::number(&number), now_ms)?;
                }
                Some(Fate::Withdrawn(why)) => {
                    outbox::withdrawn(tx, item.id, now_ms)?;
                    // Not named after the item's identity: since a handover, the file may tell the same step of its own.
                    event::add(
                        tx,
                        &TicketEvent {
                            id: store::new_id(now_ms, &mut rand::rng()),
                            ticket_id: ticket.id.clone(),
                            at_ms: now_ms,
                            author: "moi".to_owned(),
                            kind: EventKind::Exchange.id().to_owned(),
                            text: format!("Envoi retiré de la file{NNBSP}: {why}"),
                            ..TicketEvent::default()
                        },
                    )?;
                }
                Some(Fate::Doubtful) | None => {}
            }
        }
        Ok(())
    }

    fn note(&mut self, fate: Option<&Fate>) {
        match fate {
            Some(Fate::Withdrawn(_)) => self.withdrawn += 1,
            Some(Fate::Doubtful) => self.doubtful += 1,
            Some(Fate::Accepted(_)) | None => {}
        }
    }

    /// Before the merge, one sentence each.
    pub(super) fn notices(self) -> Vec<String> {
        let mut notices = Vec::new();
        match self.withdrawn {
            0 => {}
            1 => notices.push(format!(
                "Un dossier encore à envoyer d’ici est déjà arrivé, fermé ou annulé d’après le fichier{NNBSP}: si vous suivez le fichier, son envoi sera retiré et ne partira pas."
            )),
            many => notices.push(format!(
                "{many} dossiers encore à envoyer d’ici sont déjà arrivés, fermés ou annulés d’après le fichier{NNBSP}: si vous suivez le fichier, leurs envois seront retirés et ne partiront pas."
            )),
        }
        match self.doubtful {
            0 => {}
            1 => notices.push(format!(
                "Un dossier fermé ou annulé d’après le fichier est peut-être déjà parti d’ici{NNBSP}: son envoi restera à vérifier."
            )),
            many => notices.push(format!(
                "{many} dossiers fermés ou annulés d’après le fichier sont peut-être déjà partis d’ici{NNBSP}: leurs envois resteront à vérifier."
            )),
        }
        notices
    }

    /// After the merge, beside what was added and changed.
    pub(super) fn sentence(self) -> String {
        let mut sentence = String::new();
        if self.withdrawn > 0 {
            sentence.push_str(&format!(
                " Envois retirés avant de partir{NNBSP}: {}.",
                self.withdrawn
            ));
        }
        if self.doubtful > 0 {
            sentence.push_str(&format!(
                " Envois à vérifier, peut-être déjà partis{NNBSP}: {}.",
                self.doubtful
            ));
        }
        sentence
    }
}
