//! A merge, written in the transaction that planned it.
//!
//! Invariant: a field is the file's only where a person chose it; rooms, equipment and contacts change under one batch,
//! whose undo gives them back. Dossiers, their timelines, loans, purchases and documents stay when it is undone: a
//! timeline is append-only, and what speaks of people and money is not taken back by a click.

use std::collections::BTreeMap;

use store::{
    Connection, Transaction, attachment,
    batch::{self, Batch},
    contact, document, equipment, event,
    loan::{self, Loan},
    outbox::{self, OutboxFilter},
    purchase, room,
    ticket::{self, Ticket},
};

use super::{
    fields::Row,
    history::MERGE,
    plan::{Change, Plan, Steps, Table},
    values::Names,
};
use crate::{
    Error,
    labels::NNBSP,
    tickets::narrow,
    wire::{MergeChoice, MergeSide, MergeWhat},
};

/// The fields whose value is to be the file's.
pub(super) struct Choices(BTreeMap<(MergeWhat, String, String), MergeSide>);

impl Choices {
    pub(super) fn new(choices: Vec<MergeChoice>) -> Self {
        Self(
            choices
                .into_iter()
                .map(|choice| ((choice.what, choice.id, choice.field), choice.side))
                .collect(),
        )
    }

    fn takes<R: Row>(&self, row: &R, field: &str) -> bool {
        let key = (R::WHAT, row.id().to_owned(), field.to_owned());
        self.0.get(&key) == Some(&MergeSide::File)
    }

    /// The rows of here with what was chosen of the file's.
    fn merged<'a, R: Row>(&self, table: &'a Table<R>) -> Vec<(R, &'a Change<R>)> {
        table
            .changes
            .iter()
            .filter_map(|change| {
                let mut row = change.here.clone();
                let mut changed = false;
                for offer in &change.offers {
                    if self.takes(&change.here, offer.field.name) {
                        (offer.field.set)(&mut row, &(offer.field.get)(&change.file));
                        changed = true;
                    }
                }
                changed.then_some((row, change))
            })
            .collect()
    }
}

#[derive(Debug)]
pub(super) struct Done {
    /// Absent when nothing of it can be undone.
    pub batch: Option<String>,
    pub changed: u32,
}

impl Plan {
    pub(super) fn apply(
        &self,
        choices: &Choices,
        tx: &Transaction<'_>,
        file: &Connection,
        label: &str,
        now_ms: i64,
    ) -> Result<Done, Error> {
        let rooms = choices.merged(&self.rooms);
        let machines = choices.merged(&self.equipment);
        let people = choices.merged(&self.contacts);
        let purchases = choices.merged(&self.purchases);
        let loans = choices.merged(&self.loans);
        let tickets = choices.merged(&self.tickets);
        let id = store::new_id(now_ms, &mut rand::rng());
        let undoable = rooms.len() + machines.len() + people.len() > 0
            || !self.rooms.added.is_empty()
            || !self.equipment.added.is_empty()
            || !self.contacts.added.is_empty();
        if undoable {
            batch::begin(
                tx,
                &Batch {
                    id: id.clone(),
                    kind: MERGE.to_owned(),
                    label: label.to_owned(),
                    at_ms: now_ms,
                    undone_at_ms: None,
                },
            )?;
        }
        // In the order in which rows name each other.
        for (room, _) in &rooms {
            room::update_in(tx, room, now_ms, label, &id)?;
        }
        for room in &self.rooms.added {
            room::insert_in(tx, room, &id)?;
        }
        for (purchase, _) in &purchases {
            purchase::update(tx, purchase, now_ms)?;
        }
        for purchase in &self.purchases.added {
            purchase::insert(tx, purchase)?;
        }
        for (machine, _) in &machines {
            equipment::update_in(tx, machine, now_ms, label, &id)?;
        }
        for machine in &self.equipment.added {
            equipment::insert_in(tx, machine, &id)?;
        }
        for (person, _) in &people {
            contact::update_in(tx, person, now_ms, label, &id)?;
        }
        for person in &self.contacts.added {
            contact::insert_in(tx, person, &id)?;
        }
        self.write_tickets(&tickets, tx, file, now_ms)?;
        self.write_loans(&loans, tx, now_ms)?;
        for document in &self.documents {
            let content = document::content(file, &document.id)?.unwrap_or_default();
            document::add(tx, document, &content)?;
        }
        for steps in &self.steps {
            write_steps(tx, steps)?;
        }
        let changed = rooms.len()
            + machines.len()
            + people.len()
            + purchases.len()
            + loans.len()
            + tickets.len();
        Ok(Done {
            batch: undoable.then_some(id),
            changed: narrow(changed.try_into().unwrap_or(u64::MAX)),
        })
    }

    fn write_tickets(
        &self,
        chosen: &[(Ticket, &Change<Ticket>)],
        tx: &Transaction<'_>,
        file: &Connection,
        now_ms: i64,
    ) -> Result<(), Error> {
        for (ticket, change) in chosen {
            write_ticket(tx, ticket, change, now_ms)?;
        }
        for ticket in &self.tickets.added {
            ticket::insert(tx, ticket)?;
        }
        for event in &self.events {
            event::add(tx, event)?;
        }
        for joined in &self.attachments {
            let content = attachment::content(file, &joined.id)?.unwrap_or_default();
            attachment::add(tx, joined, &content)?;
        }
        Ok(())
    }

    fn write_loans(
        &self,
        chosen: &[(Loan, &Change<Loan>)],
        tx: &Transaction<'_>,
        now_ms: i64,
    ) -> Result<(), Error> {
        // What came back first: a machine leaves again only once it is there.
        let (back, out): (Vec<_>, Vec<_>) = chosen
            .iter()
            .partition(|(loan, _)| loan.returned_on.is_some());
        for (loan, _) in back.into_iter().chain(out) {
            once(loan::update(tx, loan, now_ms), loan, &self.names)?;
        }
        for loan in &self.loans.added {
            once(loan::insert(tx, loan), loan, &self.names)?;
        }
        Ok(())
    }
}

/// A machine lent twice at a time is refused by the store, and told.
fn once<T>(written: Result<T, store::Error>, loan: &Loan, names: &Names) -> Result<(), Error> {
    match written {
        Ok(_) => Ok(()),
        Err(store::Error::Constraint(_)) => Err(Error::Conflict(format!(
            "{}{NNBSP}: ce matériel serait prêté à deux personnes à la fois. Gardez la date de retour du fichier, ou notez ici le retour, puis recommencez la fusion. Rien n’a été changé.",
            loan.label(names)
        ))),
        Err(error) => Err(error.into()),
    }
}

/// The dossier takes the date of what it takes, so that the two computers agree on who moved last.
fn write_ticket(
    tx: &Transaction<'_>,
    ticket: &Ticket,
    change: &Change<Ticket>,
    now_ms: i64,
) -> Result<(), Error> {
    let moved_ms = change.file.updated_at_ms;
    if ticket.number != change.here.number
        && let Some(number) = &ticket.number
    {
        ticket::set_number(tx, &ticket.id, number, moved_ms)?;
        // The platform has it: what is here still to send would make it a second time.
        for item in outbox::list(tx, &OutboxFilter::Ticket(ticket.id.clone()))? {
            if matches!(item.state.as_str(), "pret" | "envoi" | "incertain") {
                outbox::accepted(tx, item.id, number, now_ms)?;
            }
        }
    }
    let stands = (&ticket.state, &ticket.platform_status, ticket.waiting_on_me);
    let stood = &change.here;
    if stands != (&stood.state, &stood.platform_status, stood.waiting_on_me) {
        let closed_ms = change.file.closed_at_ms.unwrap_or(moved_ms);
        let status = ticket.platform_status.as_deref();
        ticket::set_state(tx, &ticket.id, &ticket.state, status, closed_ms)?;
        ticket::set_waiting(tx, &ticket.id, ticket.waiting_on_me, moved_ms)?;
    }
    Ok(())
}

/// The store adds a step at the end alone, and the purchase stands where its last step put it: the steps of both
/// sides are written down again, in order.
fn write_steps(tx: &Transaction<'_>, steps: &Steps) -> Result<(), Error> {
    let id = steps.purchase_id.as_str();
    let stood_ms = purchase::get(tx, id)?.map_or(0, |purchase| purchase.updated_at_ms);
    while purchase::remove_last_step(tx, id, stood_ms)?.is_some() {}
    for step in &steps.all {
        purchase::add_step(tx, step)?;
    }
    Ok(())
}
