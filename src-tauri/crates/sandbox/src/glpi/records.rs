//! Tickets and what hangs on them, with GLPI's own rules about their status.
//!
//! Invariant: every change moves the ticket's `date_mod`. Dates are seconds of GLPI's local time.

use std::collections::BTreeMap;

use super::{Account, TECHNICIAN};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub id: i64,
    pub name: String,
    /// HTML, as it was sent.
    pub content: String,
    /// 1 new, 2 assigned, 3 planned, 4 pending, 5 solved, 6 closed, 10 approval.
    pub status: i64,
    pub kind: i64,
    pub urgency: i64,
    pub impact: i64,
    pub external_id: Option<String>,
    pub requester: i64,
    pub writer: i64,
    pub assigned: bool,
    /// In the bin.
    pub deleted: bool,
    pub date: i64,
    pub date_mod: i64,
}

/// A follow-up or a solution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub ticket: i64,
    pub author: i64,
    pub content: String,
    pub date: i64,
    /// Of a solution: 2 proposed, 3 accepted, 4 refused.
    pub status: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: i64,
    pub ticket: i64,
    pub author: i64,
    pub name: String,
    pub file_name: String,
    pub comment: String,
    pub bytes: Vec<u8>,
    pub date: i64,
}

#[derive(Debug, Default)]
pub(super) struct Records {
    pub tickets: BTreeMap<i64, Ticket>,
    pub follow_ups: Vec<Line>,
    pub solutions: Vec<Line>,
    pub documents: Vec<Document>,
    next_ticket: i64,
}

pub(super) fn of(lines: &[Line], ticket: i64) -> Vec<Line> {
    let all = lines.iter().filter(|line| line.ticket == ticket);
    all.cloned().collect()
}

fn next(lines: usize) -> i64 {
    // The numbers of lines run through all tickets, and are not those of tickets.
    i64::try_from(lines).unwrap_or(0) + 101
}

impl Records {
    pub fn starting_at(first: i64) -> Records {
        Records {
            next_ticket: first,
            ..Records::default()
        }
    }

    pub fn insert(&mut self, mut ticket: Ticket) -> i64 {
        let id = self.next_ticket;
        self.next_ticket += 1;
        ticket.id = id;
        self.tickets.insert(id, ticket);
        id
    }

    pub fn open(&mut self, now: i64, requester: i64, name: &str, content: &str) -> i64 {
        self.insert(Ticket {
            id: 0,
            name: name.to_owned(),
            content: content.to_owned(),
            status: 2,
            kind: 1,
            urgency: 3,
            impact: 3,
            external_id: None,
            requester,
            writer: TECHNICIAN,
            assigned: true,
            deleted: false,
            date: now,
            date_mod: now,
        })
    }

    pub fn answer(&mut self, now: i64, ticket: i64, author: i64, html: &str) -> i64 {
        let id = next(self.follow_ups.len());
        self.follow_ups.push(Line {
            id,
            ticket,
            author,
            content: html.to_owned(),
            date: now,
            status: 0,
        });
        if let Some(ticket) = self.tickets.get_mut(&ticket) {
            ticket.date_mod = now;
        }
        id
    }

    pub fn solve(&mut self, now: i64, ticket: i64, author: i64, html: &str) -> i64 {
        let id = next(self.solutions.len());
        self.solutions.push(Line {
            id,
            ticket,
            author,
            content: html.to_owned(),
            date: now,
            status: 2,
        });
        if let Some(ticket) = self.tickets.get_mut(&ticket) {
            ticket.status = 5;
            ticket.date_mod = now;
        }
        id
    }

    pub fn attach(&mut self, mut document: Document) -> i64 {
        let id = next(self.documents.len());
        document.id = id;
        if let Some(ticket) = self.tickets.get_mut(&document.ticket) {
            ticket.date_mod = document.date;
        }
        self.documents.push(document);
        id
    }

    /// What a person's follow-up does to the status, as the sources have it: an approval closes what is solved, a refusal opens what is
    /// pending, solved or closed, and a mere word opens what is pending.
    pub fn follow(
        &mut self,
        now: i64,
        ticket: i64,
        author: &Account,
        html: &str,
        close: bool,
        reopen: bool,
    ) -> i64 {
        let id = self.answer(now, ticket, author.id, html);
        let Some(held) = self.tickets.get_mut(&ticket) else {
            return id;
        };
        let mut judged = None;
        if close && held.status == 5 {
            held.status = 6;
            judged = Some(3);
        } else if reopen && matches!(held.status, 4..=6) || !close && held.status == 4 {
            if reopen && held.status != 4 {
                judged = Some(4);
            }
            held.status = if held.assigned { 2 } else { 1 };
        }
        if let Some(verdict) = judged {
            let last = self
                .solutions
                .iter_mut()
                .rev()
                .find(|line| line.ticket == ticket && line.status == 2);
            if let Some(line) = last {
                line.status = verdict;
            }
        }
        id
    }
}
