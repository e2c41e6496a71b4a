//! What came back from a platform, written into the dossiers it is about.
//!
//! Invariants: merging a page twice is merging it once, because everything bears the platform's own identity; our own words that come
//! back are recognised and never told as news, so nothing can go round in a loop; the platform is right about its status, the person
//! about everything else. A change is matched by the thread it answers, then by our reference, then by the platform's number.
//!
//! Left out on purpose: answering, and passing a message on to another platform (a person's click).

use platform::{Accepted, Change, Entry, EntryKind, Page, RemoteState};
use store::event::TicketEvent;
use store::mail::Mail;
use store::outbox::OutboxItem;
use store::ticket::Ticket;
use store::{Transaction, counterpart, event, mail, outbox, ticket};

use crate::Error;
use crate::accept::{accept, known_or_new, leads};
use crate::work::CREATION;

/// What a page brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Dossiers in which something new was said or a status changed.
    pub changed: Vec<String>,
    /// Dossiers first seen on the platform.
    pub discovered: Vec<String>,
    /// Items whose doubt it ended.
    pub settled: Vec<i64>,
    /// Mails that match no dossier, kept to be sorted by a person.
    pub to_sort: usize,
}

/// Call it in the transaction that keeps the page's mark.
///
/// # Errors
/// Those of the store. Nothing of the page is kept then.
pub fn merge(
    tx: &Transaction<'_>,
    destination: &str,
    page: &Page,
    now_ms: i64,
) -> Result<Merged, Error> {
    let mut merged = Merged::default();
    for change in &page.changes {
        let mut merging = Merging {
            tx,
            destination,
            change,
            now_ms,
            merged: &mut merged,
        };
        merging.one()?;
    }
    Ok(merged)
}

struct Merging<'a> {
    tx: &'a Transaction<'a>,
    destination: &'a str,
    change: &'a Change,
    now_ms: i64,
    merged: &'a mut Merged,
}

impl Merging<'_> {
    fn one(&mut self) -> Result<(), Error> {
        let Some(ticket_id) = self.whose()? else {
            return if self.is_mail() {
                self.keep_to_sort()
            } else {
                self.discover()
            };
        };
        self.into(&ticket_id)
    }

    fn is_mail(&self) -> bool {
        self.change.entries.iter().any(|entry| entry.raw.is_some())
    }

    /// The thread first, because a reference or a number can be quoted in a message about something else.
    fn whose(&self) -> Result<Option<String>, Error> {
        for message_id in &self.change.thread {
            if let Some(item) = self.item_in(message_id)? {
                return Ok(Some(item.ticket_id));
            }
        }
        if let Some(ticket) = mail::ticket_of(self.tx, self.destination, &self.change.thread)? {
            return Ok(Some(ticket));
        }
        if let Some(reference) = &self.change.reference
            && let Some(held) = ticket::by_reference(self.tx, reference)?
        {
            return Ok(Some(held.id));
        }
        if let Some(number) = &self.change.number
            && let Some(there) = counterpart::by_number(self.tx, self.destination, number)?
        {
            return Ok(Some(there.ticket_id));
        }
        Ok(None)
    }

    /// The item whose identity a `Message-ID` of our own making holds.
    fn item_in(&self, message_id: &str) -> Result<Option<OutboxItem>, Error> {
        let identity = message_id
            .trim_matches(['<', '>'])
            .split(['.', '@'])
            .find(|part| {
                part.len() == 36 && part.bytes().filter(|byte| *byte == b'-').count() == 4
            });
        match identity {
            Some(identity) => {
                let item = outbox::by_identity(self.tx, identity)?;
                Ok(item.filter(|item| item.destination_id == self.destination))
            }
            None => Ok(None),
        }
    }

    fn into(&mut self, ticket_id: &str) -> Result<(), Error> {
        self.settle_creation(ticket_id)?;
        let mut news = self.state(ticket_id)?;
        for entry in &self.change.entries {
            news |= self.entry(ticket_id, entry)?;
        }
        if news && !self.merged.changed.iter().any(|known| known == ticket_id) {
            self.merged.changed.push(ticket_id.to_owned());
        }
        Ok(())
    }

    /// The platform shows a dossier whose creation is in doubt here: that is the proof it waited for.
    fn settle_creation(&mut self, ticket_id: &str) -> Result<(), Error> {
        let creation = outbox::list(self.tx, &outbox::OutboxFilter::Ticket(ticket_id.to_owned()))?
            .into_iter()
            .find(|item| {
                item.operation == CREATION
                    && item.destination_id == self.destination
                    && in_doubt(item)
            });
        match creation {
            Some(item) => self.settle(&item),
            None => Ok(()),
        }
    }

    fn settle(&mut self, item: &OutboxItem) -> Result<(), Error> {
        let proof = Accepted {
            number: self.change.number.clone(),
            remote_id: self
                .change
                .remote_id
                .clone()
                .or_else(|| self.change.entries.first().map(|one| one.remote_id.clone())),
            server_time_ms: self.change.created_ms,
            status: self.change.status.clone(),
        };
        if proof.number.is_none() && proof.remote_id.is_none() {
            return Ok(());
        }
        accept(self.tx, item, &proof, &[], self.now_ms)?;
        self.merged.settled.push(item.id);
        Ok(())
    }

    /// The platform's number, status and words for the dossier. Whether something a person should read changed.
    fn state(&mut self, ticket_id: &str) -> Result<bool, Error> {
        let known = counterpart::get(self.tx, ticket_id, self.destination)?;
        let former = known.clone().and_then(|there| there.status);
        if let Some(modified) = self.change.modified_ms
            && let Some(last) = known.as_ref().and_then(|there| there.modified_ms)
            && modified < last
        {
            // An older state that an overlap brings again.
            return Ok(false);
        }
        let mut there = known_or_new(self.tx, ticket_id, self.destination)?;
        let change = self.change;
        there.number = there.number.or_else(|| change.number.clone());
        there.remote_id = change.remote_id.clone().or(there.remote_id);
        there.status = change.status.clone().or(there.status);
        there.state = change.state.map(word).map(str::to_owned).or(there.state);
        there.subject_tag = change.subject_tag.clone().or(there.subject_tag);
        there.modified_ms = change.modified_ms.or(there.modified_ms);
        counterpart::put(self.tx, &there)?;
        self.lead(ticket_id)?;
        let Some(status) = change
            .status
            .as_ref()
            .filter(|now| Some(*now) != former.as_ref())
        else {
            return Ok(false);
        };
        let at_ms = change.modified_ms.unwrap_or(self.now_ms);
        self.say(
            ticket_id,
            "statut",
            status,
            &format!("statut-{at_ms}-{status}"),
            at_ms,
            None,
        )
    }

    /// The list shows the word of the platform that leads.
    fn lead(&self, ticket_id: &str) -> Result<(), Error> {
        let Some(state) = self.change.state else {
            return Ok(());
        };
        if !leads(self.tx, ticket_id, self.destination)? {
            return Ok(());
        }
        let Some(held) = ticket::get(self.tx, ticket_id)? else {
            return Ok(());
        };
        let shown = match state {
            RemoteState::Open | RemoteState::WaitingForUs => "ouvert",
            RemoteState::Resolved => "resolu",
            RemoteState::Closed => "ferme",
            RemoteState::Cancelled => "annule",
        };
        if held.state != shown || held.platform_status != self.change.status {
            ticket::set_state(
                self.tx,
                ticket_id,
                shown,
                self.change.status.as_deref(),
                self.now_ms,
            )?;
        }
        let waits = matches!(state, RemoteState::WaitingForUs | RemoteState::Resolved);
        if held.waiting_on_me != waits {
            ticket::set_waiting(self.tx, ticket_id, waits, self.now_ms)?;
        }
        Ok(())
    }

    /// Whether it is news.
    fn entry(&mut self, ticket_id: &str, entry: &Entry) -> Result<bool, Error> {
        let own = match &entry.identity {
            Some(identity) => outbox::by_identity(self.tx, identity)?,
            None => None,
        };
        if let Some(item) = own.filter(|item| item.destination_id == self.destination) {
            if in_doubt(&item) {
                let proof = Accepted {
                    number: None,
                    remote_id: Some(entry.remote_id.clone()),
                    server_time_ms: Some(entry.at_ms),
                    status: None,
                };
                accept(self.tx, &item, &proof, &[], self.now_ms)?;
                self.merged.settled.push(item.id);
            }
            return Ok(false);
        }
        let mail_id = match &entry.raw {
            Some(raw) => match self.keep(Some(ticket_id), entry, raw)? {
                Some(id) => Some(id),
                // It was here already.
                None => return Ok(false),
            },
            None => None,
        };
        let kind = match entry.kind {
            EntryKind::Note => "note",
            EntryKind::Resolution => "resolution",
            EntryKind::Acknowledgement => "envoi",
        };
        let mut text = entry.text.clone();
        for file in &entry.files {
            text.push_str("\n\u{1f4ce} ");
            text.push_str(&file.name);
        }
        let new = self.told(ticket_id, kind, &text, entry, mail_id)?;
        // A mail has no status that says whose turn it is: a person who writes expects an answer.
        if new && self.change.state.is_none() && entry.kind == EntryKind::Note {
            ticket::set_waiting(self.tx, ticket_id, true, self.now_ms)?;
        }
        Ok(new && entry.kind != EntryKind::Acknowledgement)
    }

    fn told(
        &self,
        ticket_id: &str,
        kind: &str,
        text: &str,
        entry: &Entry,
        mail_id: Option<String>,
    ) -> Result<bool, Error> {
        let remote_id = format!("{}/{}", self.destination, entry.remote_id);
        Ok(event::add(
            self.tx,
            &TicketEvent {
                id: String::new(),
                ticket_id: ticket_id.to_owned(),
                at_ms: entry.at_ms,
                author: entry.author.clone(),
                kind: kind.to_owned(),
                text: text.to_owned(),
                remote_id: Some(remote_id),
                destination_id: Some(self.destination.to_owned()),
                mail_id,
            },
        )?)
    }

    fn say(
        &self,
        ticket_id: &str,
        kind: &str,
        text: &str,
        remote_id: &str,
        at_ms: i64,
        mail_id: Option<String>,
    ) -> Result<bool, Error> {
        let entry = Entry {
            remote_id: remote_id.to_owned(),
            at_ms,
            author: "plateforme".to_owned(),
            kind: EntryKind::Note,
            text: String::new(),
            identity: None,
            files: Vec::new(),
            raw: None,
        };
        self.told(ticket_id, kind, text, &entry, mail_id)
    }

    /// The mail as it came. `None` when it is kept already.
    fn keep(
        &self,
        ticket_id: Option<&str>,
        entry: &Entry,
        raw: &[u8],
    ) -> Result<Option<String>, Error> {
        let kind = match entry.kind {
            EntryKind::Note | EntryKind::Resolution => "message",
            EntryKind::Acknowledgement => "accuse",
        };
        let id = format!("{}/{}", self.destination, entry.remote_id);
        let new = mail::add(
            self.tx,
            &Mail {
                id: id.clone(),
                destination_id: self.destination.to_owned(),
                ticket_id: ticket_id.map(str::to_owned),
                direction: "entrant".to_owned(),
                message_id: entry.remote_id.clone(),
                in_reply_to: self.change.thread.first().cloned(),
                subject: self.change.title.clone(),
                sender: entry.author.clone(),
                at_ms: entry.at_ms,
                kind: kind.to_owned(),
                handled_at_ms: None,
            },
            raw,
        )?;
        Ok(new.then_some(id))
    }

    fn keep_to_sort(&mut self) -> Result<(), Error> {
        for entry in &self.change.entries {
            if let Some(raw) = &entry.raw
                && self.keep(None, entry, raw)?.is_some()
            {
                self.merged.to_sort += 1;
            }
        }
        Ok(())
    }

    /// A dossier of the person's that was opened elsewhere: by telephone, on the portal, before Relais.
    fn discover(&mut self) -> Result<(), Error> {
        let change = self.change;
        let Some(name) = change.number.as_ref().or(change.remote_id.as_ref()) else {
            return Ok(());
        };
        let id = format!("{}/{name}", self.destination);
        let at_ms = change.created_ms.unwrap_or(self.now_ms);
        ticket::insert(
            self.tx,
            &Ticket {
                id: id.clone(),
                title: change.title.clone(),
                description: change.description.clone(),
                channel: "platform".to_owned(),
                origin: "plateforme".to_owned(),
                state: "ouvert".to_owned(),
                answers: "{}".to_owned(),
                summary: "{}".to_owned(),
                created_at_ms: at_ms,
                updated_at_ms: at_ms,
                ..Ticket::default()
            },
        )?;
        self.merged.discovered.push(id.clone());
        self.into(&id)
    }
}

/// It may be there, and nobody knows.
fn in_doubt(item: &OutboxItem) -> bool {
    item.state == "incertain" || (item.state == "pret" && item.maybe_sent)
}

fn word(state: RemoteState) -> &'static str {
    match state {
        RemoteState::Open => "ouvert",
        RemoteState::WaitingForUs => "attend",
        RemoteState::Resolved => "resolu",
        RemoteState::Closed => "ferme",
        RemoteState::Cancelled => "annule",
    }
}

#[cfg(test)]
mod tests;
