//! What a file would bring: rows that are only there, and the fields that differ, each with the side proposed.
//!
//! Invariant: it only reads, and it is made again inside the transaction that applies it. The file's value is proposed
//! when the field is empty here or when here is proved older; otherwise here stays. Left out on purpose: drafts, envois,
//! stock checks, views, settings, trusted keys and the year's missions, which belong to the computer they were made on;
//! packs but those a dossier names; and deletions: what one side deleted and the other kept comes back.

use std::collections::{BTreeMap, BTreeSet};

use convention::Pack;
use store::{
    Connection,
    attachment::Attachment,
    completion::{self, Completion},
    contact::{self, Contact},
    counterpart::Counterpart,
    document::Document,
    equipment::{self, Equipment, EquipmentQuery},
    event::TicketEvent,
    loan::{self, Loan, LoanQuery},
    mail::Mail,
    outbox::{OutboxFilter, OutboxItem},
    profile::Profile,
    purchase::{self, Purchase, PurchaseStep},
    room::{self, Room},
    task::Task,
    ticket::{self, Ticket, TicketQuery},
};

use super::{
    fields::{Field, Row},
    matching::{self, Ids, Same},
    values::{Names, machine_words, person_words, room_words},
};
use crate::{Error, pack, wire::MergeSide};

/// One kind of row.
pub(super) struct Table<R: Row> {
    pub added: Vec<R>,
    pub changes: Vec<Change<R>>,
    pub same: usize,
}

/// A row known on both sides; the file's speaks the ids of here, but for its own.
pub(super) struct Change<R: Row> {
    pub here: R,
    pub file: R,
    pub offers: Vec<Offer<R>>,
}

/// A field that differs.
pub(super) struct Offer<R: 'static> {
    pub field: &'static Field<R>,
    pub proposed: MergeSide,
    pub conflict: bool,
}

/// What the file knows of a purchase beyond here.
pub(super) struct Steps {
    pub purchase_id: String,
    /// Those of both sides, in the order they were written down.
    pub all: Vec<PurchaseStep>,
    pub added: usize,
}

pub(super) struct Plan {
    pub rooms: Table<Room>,
    pub purchases: Table<Purchase>,
    pub equipment: Table<Equipment>,
    pub contacts: Table<Contact>,
    pub tickets: Table<Ticket>,
    pub loans: Table<Loan>,
    pub completions: Table<Completion>,
    pub counterparts: Vec<Counterpart>,
    pub mails: Vec<Mail>,
    pub events: Vec<TicketEvent>,
    pub tasks: Vec<Task>,
    /// The machines of dossiers of several, by dossier.
    pub machines: Vec<(String, Vec<String>)>,
    pub steps: Vec<Steps>,
    pub documents: Vec<Document>,
    pub attachments: Vec<Attachment>,
    pub names: Names,
    pub ours: Profile,
    pub theirs: Profile,
    /// Operations that the other computer alone has still to send.
    pub unsent: usize,
    /// Envois of here that have not ended, by dossier.
    pub live: BTreeMap<String, Vec<OutboxItem>>,
}

/// Both databases, and what is the same in them.
pub(super) struct Sides<'a> {
    pub here: &'a Connection,
    pub file: &'a Connection,
    pub same: Same,
    /// Documents of the file that are here under another id.
    pub documents: Ids,
    /// And mails.
    pub mails: Ids,
}

pub(super) struct Rows {
    pub rooms: Vec<Room>,
    pub purchases: Vec<Purchase>,
    pub equipment: Vec<Equipment>,
    pub contacts: Vec<Contact>,
    pub tickets: Vec<Ticket>,
    pub loans: Vec<Loan>,
    /// Of the convention in force here.
    pub completions: Vec<Completion>,
}

impl Rows {
    fn of(conn: &Connection, pack_id: &str) -> Result<Self, Error> {
        let mut rows = Self {
            rooms: room::list(conn)?
                .into_iter()
                .map(|(room, _)| room)
                .collect(),
            purchases: purchase::list(conn, false)?,
            equipment: equipment::page(
                conn,
                &EquipmentQuery {
                    limit: u64::MAX,
                    ..EquipmentQuery::default()
                },
            )?
            .rows,
            contacts: contact::list(conn, "", true)?,
            tickets: ticket::page(
                conn,
                &TicketQuery {
                    limit: u64::MAX,
                    ..TicketQuery::default()
                },
            )?
            .rows,
            loans: loan::list(
                conn,
                &LoanQuery {
                    limit: u64::MAX,
                    ..LoanQuery::default()
                },
            )?
            .rows,
            completions: completion::list(conn, pack_id)?,
        };
        // Added in this order: what is newest comes last, as it does there.
        oldest_first(&mut rows.purchases);
        oldest_first(&mut rows.equipment);
        oldest_first(&mut rows.contacts);
        oldest_first(&mut rows.tickets);
        oldest_first(&mut rows.loans);
        Ok(rows)
    }
}

fn oldest_first<R: Row>(rows: &mut [R]) {
    rows.sort_by(|one, other| (one.born_ms(), one.id()).cmp(&(other.born_ms(), other.id())));
}

impl Plan {
    pub(super) fn of(here: &Connection, file: &Connection, now_ms: i64) -> Result<Self, Error> {
        let pack = pack::in_force(here)?;
        let ours = Rows::of(here, &pack.manifest.id)?;
        let mut theirs = Rows::of(file, &pack.manifest.id)?;
        let same = matched(&ours, &mut theirs, now_ms);
        let names = names(&pack, &ours, &theirs, &same);
        let mut sides = Sides {
            here,
            file,
            same,
            documents: Ids::new(),
            mails: Ids::new(),
        };
        let documents = sides.documents(&theirs)?;
        let steps = sides.steps(&theirs.purchases)?;
        let mails = sides.mails(&theirs.tickets)?;
        let (events, attachments) = sides.timelines(&theirs.tickets, &mails)?;
        let counterparts = sides.counterparts(&theirs.tickets)?;
        let tasks = sides.tasks(&theirs.tickets)?;
        let machines = sides.machines(&theirs.tickets)?;
        Ok(Self {
            rooms: sides.table(ours.rooms, theirs.rooms, &sides.same.rooms)?,
            purchases: sides.table(ours.purchases, theirs.purchases, &sides.same.purchases)?,
            equipment: sides.table(ours.equipment, theirs.equipment, &sides.same.equipment)?,
            contacts: sides.table(ours.contacts, theirs.contacts, &sides.same.contacts)?,
            tickets: sides.table(ours.tickets, theirs.tickets, &sides.same.tickets)?,
            loans: sides.table(ours.loans, theirs.loans, &sides.same.loans)?,
            completions: sides.table(
                ours.completions,
                theirs.completions,
                &sides.same.completions,
            )?,
            counterparts,
            mails,
            events,
            tasks,
            machines,
            steps,
            documents,
            attachments,
            names,
            ours: store::profile::get(here)?.unwrap_or_default(),
            theirs: store::profile::get(file)?.unwrap_or_default(),
            unsent: unsent(here, file)?,
            live: live(here)?,
        })
    }

    pub(super) fn live(&self, ticket_id: &str) -> &[OutboxItem] {
        self.live.get(ticket_id).map_or(&[], Vec::as_slice)
    }

    /// Rows of the file that say nothing else than here.
    pub(super) fn same(&self) -> usize {
        self.rooms.same
            + self.purchases.same
            + self.equipment.same
            + self.contacts.same
            + self.tickets.same
            + self.loans.same
            + self.completions.same
    }
}

/// What the file has still to send, and here has not: since a handover both may have the same, under one identity.
fn unsent(here: &Connection, file: &Connection) -> Result<usize, Error> {
    let ours: BTreeSet<String> = store::outbox::list(here, &OutboxFilter::All)?
        .into_iter()
        .map(|item| item.identity)
        .collect();
    let theirs = store::outbox::list(file, &OutboxFilter::Live)?;
    Ok(theirs
        .iter()
        .filter(|item| !ours.contains(&item.identity))
        .count())
}

fn live(here: &Connection) -> Result<BTreeMap<String, Vec<OutboxItem>>, Error> {
    let mut live: BTreeMap<String, Vec<OutboxItem>> = BTreeMap::new();
    for item in store::outbox::list(here, &OutboxFilter::Live)? {
        live.entry(item.ticket_id.clone()).or_default().push(item);
    }
    Ok(live)
}

/// Finds what is the same, and makes the file's rows speak the ids of here.
fn matched(ours: &Rows, theirs: &mut Rows, now_ms: i64) -> Same {
    let mut same = Same {
        rooms: matching::rooms(&ours.rooms, &theirs.rooms),
        equipment: matching::equipment(&ours.equipment, &theirs.equipment),
        contacts: matching::contacts(&ours.contacts, &theirs.contacts),
        tickets: matching::tickets(&ours.tickets, &theirs.tickets),
        purchases: matching::purchases(&ours.purchases, &theirs.purchases),
        completions: matching::completions(&ours.completions, &theirs.completions),
        ..Same::default()
    };
    let taken: BTreeSet<&String> = ours.rooms.iter().map(|room| &room.id).collect();
    for room in &mut theirs.rooms {
        // Renamed here, and its old code stands for another room there: that one is a room of its own.
        if !same.rooms.contains_key(&room.id) && taken.contains(&room.id) {
            let id = store::new_id(now_ms, &mut rand::rng());
            same.rooms.insert(room.id.clone(), id.clone());
            room.id = id;
        }
    }
    translate(&mut theirs.equipment, &same);
    translate(&mut theirs.tickets, &same);
    translate(&mut theirs.loans, &same);
    same.loans = matching::loans(&ours.loans, &theirs.loans);
    same
}

fn translate<R: Row>(rows: &mut [R], same: &Same) {
    rows.iter_mut().for_each(|row| row.translate(same));
}

pub(super) fn here<'a>(ids: &'a Ids, id: &'a str) -> &'a str {
    ids.get(id).map_or(id, String::as_str)
}

fn names(pack: &Pack, ours: &Rows, theirs: &Rows, same: &Same) -> Names {
    /// Here has the last word on what its own rows are called.
    fn named<R: Row>(
        ours: &[R],
        theirs: &[R],
        ids: &Ids,
        words: fn(&R) -> String,
    ) -> BTreeMap<String, String> {
        theirs
            .iter()
            .map(|row| (here(ids, row.id()).to_owned(), words(row)))
            .chain(ours.iter().map(|row| (row.id().to_owned(), words(row))))
            .collect()
    }
    Names {
        rooms: named(&ours.rooms, &theirs.rooms, &same.rooms, room_words),
        machines: named(
            &ours.equipment,
            &theirs.equipment,
            &same.equipment,
            machine_words,
        ),
        people: named(
            &ours.contacts,
            &theirs.contacts,
            &same.contacts,
            person_words,
        ),
        purchases: named(
            &ours.purchases,
            &theirs.purchases,
            &same.purchases,
            |purchase| purchase.title.clone(),
        ),
        services: pack
            .services
            .iter()
            .map(|service| (service.id.clone(), service.label.clone()))
            .collect(),
    }
}
