//! A merge, written in the transaction that planned it.
//!
//! Invariant: a field is the file's only where a person chose it, having seen what is here; rooms, equipment, contacts
//! and completed cells change under one batch, whose undo gives them back. Dossiers, their timelines, loans, purchases
//! and documents stay when it is undone: a timeline is append-only, and what speaks of people and money is not taken
//! back by a click.

use std::collections::BTreeMap;

use store::{
    Connection, Transaction, attachment,
    batch::{self, Batch},
    completion, contact, counterpart,
    destination::{self, PRINCIPAL},
    document, equipment, event,
    loan::{self, Loan},
    mail, pack, purchase, room, task,
    ticket::{self, Ticket},
};

use super::{
    envois::Envois,
    fields::Row,
    history::MERGE,
    plan::{Change, Offer, Plan, Steps, Table},
    values::Names,
};
use crate::{
    Error,
    labels::NNBSP,
    tickets::narrow,
    wire::{MergeChoice, MergeSide, MergeWhat},
};

/// Whose value each field is to have, with the value that was shown here.
pub(super) struct Choices(BTreeMap<(MergeWhat, String, String), (MergeSide, String)>);

impl Choices {
    pub(super) fn new(choices: Vec<MergeChoice>) -> Self {
        Self(
            choices
                .into_iter()
                .map(|choice| {
                    (
                        (choice.what, choice.id, choice.field),
                        (choice.side, choice.here),
                    )
                })
                .collect(),
        )
    }

    /// What changed here after it was shown is nobody's to write over.
    fn takes<R: Row>(&self, row: &R, offer: &Offer<R>, names: &Names) -> Result<bool, Error> {
        let field = offer.field;
        let key = (R::WHAT, row.id().to_owned(), field.name.to_owned());
        match self.0.get(&key) {
            Some((MergeSide::File, shown)) => {
                if *shown == names.words(field.kind, &(field.get)(row)) {
                    Ok(true)
                } else {
                    Err(Error::Conflict(format!(
                        "Ce registre a changé depuis la simulation{NNBSP}: relancez-la."
                    )))
                }
            }
            _ => Ok(false),
        }
    }

    /// The rows of here with what was chosen of the file's.
    fn merged<'a, R: Row>(
        &self,
        table: &'a Table<R>,
        names: &Names,
    ) -> Result<Vec<(R, &'a Change<R>)>, Error> {
        let mut merged = Vec::new();
        for change in &table.changes {
            let mut row = change.here.clone();
            let mut changed = false;
            for offer in &change.offers {
                if self.takes(&change.here, offer, names)? {
                    (offer.field.set)(&mut row, &(offer.field.get)(&change.file));
                    changed = true;
                }
            }
            if changed {
                merged.push((row, change));
            }
        }
        Ok(merged)
    }
}

#[derive(Debug)]
pub(super) struct Done {
    /// Absent when nothing of it can be undone.
    pub batch: Option<String>,
    pub changed: u32,
    pub envois: Envois,
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
        let rooms = choices.merged(&self.rooms, &self.names)?;
        let machines = choices.merged(&self.equipment, &self.names)?;
        let people = choices.merged(&self.contacts, &self.names)?;
        let purchases = choices.merged(&self.purchases, &self.names)?;
        let loans = choices.merged(&self.loans, &self.names)?;
        let tickets = choices.merged(&self.tickets, &self.names)?;
        let cells = choices.merged(&self.completions, &self.names)?;
        let id = store::new_id(now_ms, &mut rand::rng());
        let undoable = rooms.len() + machines.len() + people.len() + cells.len() > 0
            || !self.rooms.added.is_empty()
            || !self.equipment.added.is_empty()
            || !self.contacts.added.is_empty()
            || !self.completions.added.is_empty();
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
        let read = cells.iter().map(|(cell, _)| cell);
        for cell in read.chain(&self.completions.added) {
            completion::set(tx, cell, now_ms, &id)?;
        }
        let envois = self.write_tickets(&tickets, tx, file, now_ms)?;
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
            + tickets.len()
            + cells.len();
        Ok(Done {
            batch: undoable.then_some(id),
            changed: narrow(changed.try_into().unwrap_or(u64::MAX)),
            envois,
        })
    }

    fn write_tickets(
        &self,
        chosen: &[(Ticket, &Change<Ticket>)],
        tx: &Transaction<'_>,
        file: &Connection,
        now_ms: i64,
    ) -> Result<Envois, Error> {
        let mut envois = Envois::default();
        for (ticket, change) in chosen {
            write_ticket(tx, file, ticket, change)?;
        }
        for ticket in &self.tickets.added {
            if let Some(id) = &ticket.pack {
                pack::bring(tx, file, id)?;
            }
            ticket::insert(tx, ticket)?;
        }
        for (id, machines) in &self.machines {
            ticket::add_machines(tx, id, machines)?;
        }
        for task in &self.tasks {
            task::bring(tx, task)?;
        }
        for counterpart in &self.counterparts {
            counterpart::put(tx, counterpart)?;
            envois.arrived(tx, self.live(&counterpart.ticket_id), counterpart, now_ms)?;
        }
        for (ticket, _) in chosen {
            envois.settle(tx, self.live(&ticket.id), ticket, now_ms)?;
        }
        for mail in &self.mails {
            mail::add(tx, mail, &mail::raw(file, &mail.id)?.unwrap_or_default())?;
        }
        for event in &self.events {
            event::add(tx, event)?;
        }
        for joined in &self.attachments {
            let content = attachment::content(file, &joined.id)?.unwrap_or_default();
            attachment::add(tx, joined, &content)?;
        }
        Ok(envois)
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
    file: &Connection,
    ticket: &Ticket,
    change: &Change<Ticket>,
) -> Result<(), Error> {
    let moved_ms = change.file.updated_at_ms;
    if ticket.number != change.here.number
        && let Some(number) = &ticket.number
    {
        let known = counterpart::of_ticket(file, &change.file.id)?;
        let there = known
            .iter()
            .find(|there| there.number.as_ref() == Some(number));
        let platform = there.map_or(PRINCIPAL, |there| there.destination_id.as_str());
        // The platform knows it as the other person's; one that is not set up here gives no number.
        if destination::get(tx, platform)?.is_some() {
            counterpart::set_number(tx, &ticket.id, platform, number, true, moved_ms)?;
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
