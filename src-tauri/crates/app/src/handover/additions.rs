//! What a file may only add: lines of the timeline, mails, things to do and machines of dossiers, their numbers on other
//! platforms, steps of purchases, documents and files joined to dossiers.
//!
//! Invariant: a line is known by its id or by the platform's, a mail by its message, a file by its content on the same
//! owner; what both sides have is not doubled. A thing to do is done once it is done on one of the two. Left out on
//! purpose: platforms that are not set up here, with what only they know, and mails that nobody has filed.

use std::collections::BTreeSet;

use store::{
    attachment::{self, Attachment},
    counterpart::{self, Counterpart},
    destination::{self, PRINCIPAL},
    document::{self, Document},
    event::{self, TicketEvent},
    mail::{self, Mail},
    purchase::{self, Purchase},
    task::{self, Task},
    ticket::{self, Ticket},
};

use super::{
    matching::{Ids, Same},
    plan::{Rows, Sides, Steps, here},
};
use crate::Error;

impl Sides<'_> {
    /// The mails of the file's dossiers that are not here, under the dossier's id of here; the others are noted as the
    /// same.
    pub(super) fn mails(&mut self, tickets: &[Ticket]) -> Result<Vec<Mail>, Error> {
        let platforms = self.platforms()?;
        let mut added = Vec::new();
        for ticket in tickets {
            let id = here(&self.same.tickets, &ticket.id);
            for mail in mail::of_ticket(self.file, &ticket.id)? {
                if !platforms.contains(&mail.destination_id) {
                    continue;
                }
                let (platform, direction) = (&mail.destination_id, &mail.direction);
                match mail::by_message(self.here, platform, direction, &mail.message_id)? {
                    Some(known) => {
                        self.mails.insert(mail.id, known.id);
                    }
                    None => added.push(Mail {
                        ticket_id: Some(id.to_owned()),
                        ..mail
                    }),
                }
            }
        }
        Ok(added)
    }

    /// The file's dossiers as platforms know them, where here knows nothing. The first platform's number of a dossier
    /// that is here too is a field of the dossier, which a person may refuse.
    pub(super) fn counterparts(&self, tickets: &[Ticket]) -> Result<Vec<Counterpart>, Error> {
        let platforms = self.platforms()?;
        let mut added = Vec::new();
        for ticket in tickets {
            let id = here(&self.same.tickets, &ticket.id);
            let new = ticket::get(self.here, id)?.is_none();
            for there in counterpart::of_ticket(self.file, &ticket.id)? {
                let platform = there.destination_id.as_str();
                if platforms.contains(platform)
                    && (new || platform != PRINCIPAL)
                    && counterpart::get(self.here, id, platform)?.is_none()
                {
                    added.push(Counterpart {
                        ticket_id: id.to_owned(),
                        by_hand: true,
                        ..there
                    });
                }
            }
        }
        Ok(added)
    }

    fn platforms(&self) -> Result<BTreeSet<String>, Error> {
        let known = destination::all(self.here)?;
        Ok(known.into_iter().map(|platform| platform.id).collect())
    }

    /// The lines and the files that only the file's dossiers have.
    pub(super) fn timelines(
        &self,
        tickets: &[Ticket],
        mails: &[Mail],
    ) -> Result<(Vec<TicketEvent>, Vec<Attachment>), Error> {
        let platforms = self.platforms()?;
        let new: BTreeSet<&String> = mails.iter().map(|mail| &mail.id).collect();
        let (mut events, mut attachments) = (Vec::new(), Vec::new());
        for ticket in tickets {
            let id = here(&self.same.tickets, &ticket.id);
            let known = event::list(self.here, id)?;
            let ids: BTreeSet<&String> = known.iter().map(|event| &event.id).collect();
            let remote: BTreeSet<&String> = known
                .iter()
                .filter_map(|event| event.remote_id.as_ref())
                .collect();
            events.extend(
                event::list(self.file, &ticket.id)?
                    .into_iter()
                    .filter(|event| {
                        !ids.contains(&event.id)
                            && event
                                .remote_id
                                .as_ref()
                                .is_none_or(|id| !remote.contains(id))
                    })
                    .map(|event| TicketEvent {
                        ticket_id: id.to_owned(),
                        destination_id: event.destination_id.filter(|id| platforms.contains(id)),
                        mail_id: event.mail_id.and_then(|id| match self.mails.get(&id) {
                            Some(known) => Some(known.clone()),
                            None => Some(id).filter(|id| new.contains(id)),
                        }),
                        ..event
                    }),
            );
            let joined = attachment::of_ticket(self.here, id)?;
            attachments.extend(
                attachment::of_ticket(self.file, &ticket.id)?
                    .into_iter()
                    .filter(|file| joined.iter().all(|here| here.sha256 != file.sha256))
                    .map(|file| Attachment {
                        ticket_id: Some(id.to_owned()),
                        ..file
                    }),
            );
        }
        Ok((events, attachments))
    }

    /// What is to do in the file's dossiers that is not here, or not done here, under the dossier's id of here.
    pub(super) fn tasks(&self, tickets: &[Ticket]) -> Result<Vec<Task>, Error> {
        let mut brought = Vec::new();
        for ticket in tickets {
            let there = task::of_ticket(self.file, &ticket.id)?;
            if there.is_empty() {
                continue;
            }
            let id = here(&self.same.tickets, &ticket.id);
            let known = task::of_ticket(self.here, id)?;
            let news = |task: &Task| match known.iter().find(|known| known.id == task.id) {
                Some(known) => known.done_at_ms.is_none() && task.done_at_ms.is_some(),
                None => true,
            };
            brought.extend(there.into_iter().filter(news).map(|task| Task {
                ticket_id: id.to_owned(),
                ..task
            }));
        }
        Ok(brought)
    }

    /// The machines of the file's dossiers of several, both as they are called here.
    pub(super) fn machines(&self, tickets: &[Ticket]) -> Result<Vec<(String, Vec<String>)>, Error> {
        let mut concerned = Vec::new();
        for ticket in tickets {
            let machines: Vec<String> = ticket::machines(self.file, &ticket.id)?
                .iter()
                .map(|machine| here(&self.same.equipment, &machine.id).to_owned())
                .collect();
            if !machines.is_empty() {
                let id = here(&self.same.tickets, &ticket.id);
                concerned.push((id.to_owned(), machines));
            }
        }
        Ok(concerned)
    }

    /// The documents that their owner does not have here; the others are noted as the same.
    pub(super) fn documents(&mut self, theirs: &Rows) -> Result<Vec<Document>, Error> {
        let mut added = Vec::new();
        for machine in &theirs.equipment {
            let there = document::of_equipment(self.file, &machine.id)?;
            let id = here(&self.same.equipment, &machine.id);
            new_documents(
                there,
                &mut added,
                &mut self.documents,
                || document::of_equipment(self.here, id),
                |document| document.equipment_id = Some(id.to_owned()),
            )?;
        }
        for purchase in &theirs.purchases {
            let there = document::of_purchase(self.file, &purchase.id)?;
            new_documents(
                there,
                &mut added,
                &mut self.documents,
                || document::of_purchase(self.here, &purchase.id),
                |_| {},
            )?;
        }
        for loan in &theirs.loans {
            let there = document::of_loan(self.file, &loan.id)?;
            let id = here(&self.same.loans, &loan.id);
            new_documents(
                there,
                &mut added,
                &mut self.documents,
                || document::of_loan(self.here, id),
                |document| document.loan_id = Some(id.to_owned()),
            )?;
        }
        Ok(added)
    }

    pub(super) fn steps(&self, purchases: &[Purchase]) -> Result<Vec<Steps>, Error> {
        let mut found = Vec::new();
        for purchase in purchases {
            let mut all = purchase::steps(self.here, &purchase.id)?;
            let known: BTreeSet<String> = all.iter().map(|step| step.id.clone()).collect();
            for mut step in purchase::steps(self.file, &purchase.id)? {
                if !known.contains(&step.id) {
                    Same::here(&self.same.tickets, &mut step.ticket_id);
                    Same::here(&self.documents, &mut step.document_id);
                    all.push(step);
                }
            }
            let added = all.len() - known.len();
            if added > 0 {
                all.sort_by(|one, other| {
                    (one.created_at_ms, &one.id).cmp(&(other.created_at_ms, &other.id))
                });
                found.push(Steps {
                    purchase_id: purchase.id.clone(),
                    all,
                    added,
                });
            }
        }
        Ok(found)
    }
}

fn new_documents(
    there: Vec<Document>,
    added: &mut Vec<Document>,
    same: &mut Ids,
    here: impl FnOnce() -> Result<Vec<Document>, store::Error>,
    own: impl Fn(&mut Document),
) -> Result<(), Error> {
    if there.is_empty() {
        return Ok(());
    }
    let here = here()?;
    for mut document in there {
        match here.iter().find(|known| known.sha256 == document.sha256) {
            Some(known) => {
                same.insert(document.id, known.id.clone());
            }
            None => {
                own(&mut document);
                added.push(document);
            }
        }
    }
    Ok(())
}
