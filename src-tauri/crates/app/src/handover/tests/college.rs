//! A computer of a collège in a temporary folder, and what it holds, told without its ids.

use rand::{SeedableRng, rngs::StdRng};
use store::{
    Connection, Key, Store,
    batch::{self, Undone},
    contact::{self, Contact},
    counterpart,
    equipment::{self, Equipment, EquipmentQuery},
    event,
    loan::{self, Loan, LoanQuery},
    mail,
    outbox::{self, OutboxFilter},
    pack, purchase, room, task,
    ticket::{self, Ticket, TicketQuery},
};
use tempfile::TempDir;

use super::acts::{Op, act};
use crate::{
    Error,
    handover::{
        apply::{Choices, Done},
        plan::Plan,
    },
    wire::{MergeChoice, MergeField, MergeSide, MergeSimulation},
};

pub struct Computer {
    store: Store,
    now_ms: i64,
    /// Its own chance: two computers never make the same id.
    chance: StdRng,
    _folder: TempDir,
}

impl Computer {
    pub fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &Key::from_bytes([7; 32])).unwrap();
        Self {
            store,
            now_ms: 1_795_424_400_000,
            chance: StdRng::seed_from_u64(seed),
            _folder: folder,
        }
    }

    /// Clocks that agree: what is done next here comes after what was done there.
    pub fn wait(&mut self, other: &Computer) {
        self.now_ms = self.now_ms.max(other.now_ms);
    }

    pub fn live(&mut self, ops: &[Op]) {
        for op in ops {
            self.now_ms += 1000;
            let id = store::new_id(self.now_ms, &mut self.chance);
            let now = self.now_ms;
            self.store.write(|tx| act(tx, op, &id, now)).unwrap();
        }
    }

    pub fn simulate(&self, other: &Computer) -> MergeSimulation {
        let plan = other
            .store
            .read(|file| self.store.read(|here| Plan::of(here, file, self.now_ms)));
        plan.unwrap().simulation()
    }

    pub fn choices(
        &self,
        other: &Computer,
        choose: impl Fn(&MergeField) -> MergeSide,
    ) -> Vec<MergeChoice> {
        let mut choices = Vec::new();
        for row in self.simulate(other).changed {
            choices.extend(row.fields.iter().map(|field| MergeChoice {
                what: row.what,
                id: row.id.clone(),
                field: field.field.clone(),
                side: choose(field),
                here: field.here.clone(),
            }));
        }
        choices
    }

    pub fn apply(&mut self, other: &Computer, choices: Vec<MergeChoice>) -> Result<Done, Error> {
        self.now_ms += 1000;
        let choices = Choices::new(choices);
        other.store.read(|file| {
            self.store.write(|tx| {
                Plan::of(tx, file, self.now_ms)?.apply(&choices, tx, file, "Fusion", self.now_ms)
            })
        })
    }

    pub fn take(
        &mut self,
        other: &Computer,
        choose: impl Fn(&MergeField) -> MergeSide,
    ) -> Result<Done, Error> {
        let choices = self.choices(other, choose);
        self.apply(other, choices)
    }

    pub fn undo(&mut self, batch: &str) -> Undone {
        self.now_ms += 1000;
        self.store
            .write(|tx| batch::undo(tx, batch, self.now_ms))
            .unwrap()
    }

    pub fn batches(&self) -> usize {
        self.store
            .read(|conn| batch::latest(conn, 100))
            .unwrap()
            .len()
    }

    pub fn unsent(&self) -> usize {
        self.store
            .read(|conn| outbox::list(conn, &OutboxFilter::Live))
            .unwrap()
            .len()
    }

    /// Where each envoi stands.
    pub fn envois(&self) -> Vec<String> {
        self.store
            .read(|conn| outbox::list(conn, &OutboxFilter::All))
            .unwrap()
            .into_iter()
            .map(|item| item.state)
            .collect()
    }

    /// What the second platform knows and said.
    pub fn elsewhere(&self) -> Vec<String> {
        let told = self.store.read(|conn| -> Result<_, store::Error> {
            let mut told = Vec::new();
            for ticket in tickets(conn)? {
                for there in counterpart::of_ticket(conn, &ticket.id)? {
                    told.push(format!("{} {:?}", there.destination_id, there.number));
                }
                for line in event::list(conn, &ticket.id)? {
                    let read = line.mail_id.as_deref().unwrap_or_default();
                    if let Some(raw) = mail::raw(conn, read)? {
                        told.push(format!("{} {:?}", line.text, line.destination_id));
                        told.push(String::from_utf8(raw).unwrap());
                    }
                }
            }
            Ok(told)
        });
        told.unwrap()
    }

    /// Rooms, machines and people, in words.
    pub fn register(&self) -> Vec<String> {
        self.store.read(register).unwrap()
    }

    /// Everything that a merge brings together, in words.
    pub fn rows(&self) -> Vec<String> {
        self.store
            .read(|conn| -> Result<_, store::Error> {
                let mut rows = register(conn)?;
                rows.extend(dossiers(conn)?);
                rows.extend(loans(conn)?);
                rows.extend(purchases(conn)?);
                Ok(rows)
            })
            .unwrap()
    }
}

pub fn machines(conn: &Connection) -> Result<Vec<Equipment>, store::Error> {
    Ok(equipment::page(
        conn,
        &EquipmentQuery {
            limit: 1000,
            ..EquipmentQuery::default()
        },
    )?
    .rows)
}

pub fn people(conn: &Connection) -> Result<Vec<Contact>, store::Error> {
    contact::list(conn, "", true)
}

pub fn tickets(conn: &Connection) -> Result<Vec<Ticket>, store::Error> {
    Ok(ticket::page(
        conn,
        &TicketQuery {
            limit: 1000,
            ..TicketQuery::default()
        },
    )?
    .rows)
}

pub fn all_loans(conn: &Connection) -> Result<Vec<Loan>, store::Error> {
    Ok(loan::list(
        conn,
        &LoanQuery {
            limit: 1000,
            ..LoanQuery::default()
        },
    )?
    .rows)
}

fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort();
    rows
}

fn register(conn: &Connection) -> Result<Vec<String>, store::Error> {
    let mut rows: Vec<String> = room::list(conn)?
        .into_iter()
        .map(|(room, _)| format!("salle {} {}", room.code, room.name))
        .collect();
    for machine in machines(conn)? {
        rows.push(format!("machine {}", told(conn, &machine)?));
    }
    rows.extend(people(conn)?.into_iter().map(|person| {
        format!(
            "personne {} {} {} {}",
            person.last_name, person.email, person.phone, person.hours
        )
    }));
    Ok(sorted(rows))
}

fn told(conn: &Connection, machine: &Equipment) -> Result<String, store::Error> {
    let room = match &machine.room_id {
        Some(id) => room::get(conn, id)?.unwrap().code,
        None => String::new(),
    };
    Ok(format!(
        "{} {} {} {room} {} {:?} {} {}",
        machine.serial,
        machine.inventory_number,
        machine.host_name,
        machine.state,
        machine.price_cents,
        machine.validated,
        machine.notes
    ))
}

fn dossiers(conn: &Connection) -> Result<Vec<String>, store::Error> {
    let mut rows = Vec::new();
    for ticket in tickets(conn)? {
        let machine = match &ticket.equipment_id {
            Some(id) => told(conn, &equipment::get(conn, id)?.unwrap())?,
            None => String::new(),
        };
        let said: Vec<String> = event::list(conn, &ticket.id)?
            .into_iter()
            .map(|event| event.text)
            .collect();
        let mut concerned = Vec::new();
        for machine in ticket::machines(conn, &ticket.id)? {
            concerned.push(told(conn, &machine)?);
        }
        let to_do: Vec<String> = task::of_ticket(conn, &ticket.id)?
            .into_iter()
            .map(|task| format!("{} {}", task.text, task.done_at_ms.is_some()))
            .collect();
        let under = match &ticket.pack {
            Some(id) => pack::get(conn, id)?.unwrap().version,
            None => String::new(),
        };
        rows.push(format!(
            "dossier {:?} {} {:?} {} {:?} {machine} {} | {} | {} | {under}",
            ticket.reference,
            ticket.title,
            ticket.number,
            ticket.state,
            ticket.platform_status,
            said.join(", "),
            sorted(concerned).join(", "),
            to_do.join(", ")
        ));
    }
    Ok(sorted(rows))
}

fn loans(conn: &Connection) -> Result<Vec<String>, store::Error> {
    let mut rows = Vec::new();
    for loan in all_loans(conn)? {
        let machine = told(conn, &equipment::get(conn, &loan.equipment_id)?.unwrap())?;
        rows.push(format!(
            "prêt {machine} {} {} {:?}",
            loan.borrower, loan.from_on, loan.returned_on
        ));
    }
    Ok(sorted(rows))
}

fn purchases(conn: &Connection) -> Result<Vec<String>, store::Error> {
    let mut rows = Vec::new();
    for purchase in purchase::list(conn, false)? {
        let steps: Vec<String> = purchase::steps(conn, &purchase.id)?
            .into_iter()
            .map(|step| step.state)
            .collect();
        rows.push(format!(
            "achat {} {} {} {}",
            purchase.title,
            purchase.supplier,
            purchase.state,
            steps.join(",")
        ));
    }
    Ok(sorted(rows))
}
