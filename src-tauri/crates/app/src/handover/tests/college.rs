//! A computer of a collège in a temporary folder, the acts of a day, and what it holds told without its ids.

use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use store::{
    Connection, Key, Store, Transaction,
    batch::{self, Undone},
    contact::{self, Contact},
    equipment::{self, Equipment, EquipmentQuery},
    event::{self, TicketEvent},
    loan::{self, Loan, LoanQuery},
    outbox::{self, OutboxFilter, OutboxItem},
    purchase::{self, Purchase, PurchaseStep},
    room::{self, Room},
    ticket::{self, Ticket, TicketQuery},
};
use tempfile::TempDir;

use crate::{
    Error,
    handover::{
        apply::{Choices, Done},
        plan::Plan,
    },
    wire::{MergeChoice, MergeField, MergeSide, MergeSimulation},
};

const STATES: [&str; 3] = ["en-service", "en-panne", "en-reserve"];
const STEPS: [&str; 4] = ["validation-demandee", "validee", "commandee", "recue"];

/// Numbers are ranks, taken modulo what there is; zero is an empty mark.
#[derive(Clone, Debug)]
pub enum Op {
    Room(usize),
    Rename {
        room: usize,
        code: usize,
    },
    Machine {
        serial: usize,
        inventory: usize,
        host: usize,
        room: usize,
    },
    Edit {
        machine: usize,
        field: usize,
        value: usize,
    },
    Person {
        name: usize,
        mail: usize,
    },
    EditPerson {
        person: usize,
        field: usize,
        value: usize,
    },
    Ticket {
        machine: usize,
    },
    Note {
        ticket: usize,
    },
    Queue {
        ticket: usize,
    },
    Number {
        ticket: usize,
    },
    Close {
        ticket: usize,
    },
    Lend {
        machine: usize,
    },
    GiveBack {
        loan: usize,
    },
    Buy,
    EditPurchase {
        purchase: usize,
        value: usize,
    },
    Step {
        purchase: usize,
        state: usize,
    },
}

pub fn ops(most: usize) -> impl Strategy<Value = Vec<Op>> {
    let few = 0..5_usize;
    let op = prop_oneof![
        1 => few.clone().prop_map(Op::Room),
        1 => (few.clone(), few.clone()).prop_map(|(room, code)| Op::Rename { room, code }),
        3 => (few.clone(), few.clone(), few.clone(), few.clone())
            .prop_map(|(serial, inventory, host, room)| Op::Machine { serial, inventory, host, room }),
        5 => (few.clone(), 0..8_usize, few.clone())
            .prop_map(|(machine, field, value)| Op::Edit { machine, field, value }),
        1 => (few.clone(), few.clone()).prop_map(|(name, mail)| Op::Person { name, mail }),
        2 => (few.clone(), few.clone(), few.clone())
            .prop_map(|(person, field, value)| Op::EditPerson { person, field, value }),
        1 => few.clone().prop_map(|machine| Op::Ticket { machine }),
        1 => few.clone().prop_map(|ticket| Op::Note { ticket }),
        1 => few.clone().prop_map(|ticket| Op::Number { ticket }),
        1 => few.clone().prop_map(|ticket| Op::Close { ticket }),
        2 => few.clone().prop_map(|machine| Op::Lend { machine }),
        2 => few.clone().prop_map(|loan| Op::GiveBack { loan }),
        1 => Just(Op::Buy),
        1 => (few.clone(), few.clone())
            .prop_map(|(purchase, value)| Op::EditPurchase { purchase, value }),
        2 => (few.clone(), few).prop_map(|(purchase, state)| Op::Step { purchase, state }),
    ];
    prop::collection::vec(op, 0..most)
}

pub struct Computer {
    store: Store,
    now_ms: i64,
    /// Its own chance: two computers never make the same id.
    chance: StdRng,
    _folder: TempDir,
}

fn pick<T: Clone>(rows: &[T], rank: usize) -> Option<T> {
    rows.get(rank.checked_rem(rows.len())?).cloned()
}

fn mark(word: &str, number: usize) -> String {
    if number == 0 {
        String::new()
    } else {
        format!("{word}-{number}")
    }
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

fn act(tx: &Transaction<'_>, op: &Op, id: &str, now: i64) -> Result<(), store::Error> {
    let id = id.to_owned();
    let rooms: Vec<Room> = room::list(tx)?.into_iter().map(|(room, _)| room).collect();
    let machines = machines(tx)?;
    match op.clone() {
        Op::Room(code) => {
            let code = format!("B{code}");
            if room::by_code(tx, &code)?.is_none() {
                room::insert(
                    tx,
                    &Room {
                        id,
                        code,
                        ..Room::default()
                    },
                )?;
            }
        }
        Op::Rename { room, code } => {
            let code = format!("B{code}");
            if let Some(known) = pick(&rooms, room)
                && room::by_code(tx, &code)?.is_none()
            {
                room::update(tx, &Room { code, ..known }, now)?;
            }
        }
        Op::Machine {
            serial,
            inventory,
            host,
            room,
        } => {
            equipment::insert(
                tx,
                &Equipment {
                    id,
                    kind: "Poste fixe".into(),
                    serial: mark("S", serial),
                    inventory_number: mark("65", inventory),
                    host_name: mark("pc", host),
                    room_id: pick(&rooms, room).map(|room| room.id),
                    state: "en-service".into(),
                    created_at_ms: now,
                    updated_at_ms: now,
                    ..Equipment::default()
                },
            )?;
        }
        Op::Edit {
            machine,
            field,
            value,
        } => {
            if let Some(mut known) = pick(&machines, machine) {
                match field {
                    0 => known.notes = mark("note", value),
                    1 => known.price_cents = (value > 0).then_some(value as i64 * 100),
                    2 => known.state = STATES[value % STATES.len()].into(),
                    3 => known.room_id = pick(&rooms, value).map(|room| room.id),
                    4 => known.serial = mark("S", value),
                    5 => known.inventory_number = mark("65", value),
                    6 => known.host_name = mark("pc", value),
                    _ => known.validated = value % 2 == 1,
                }
                equipment::update(tx, &known, now)?;
            }
        }
        Op::Person { name, mail } => {
            contact::insert(
                tx,
                &Contact {
                    id,
                    last_name: mark("Nom", name),
                    email: mark("mail", mail),
                    role: "dsi".into(),
                    created_at_ms: now,
                    updated_at_ms: now,
                    ..Contact::default()
                },
            )?;
        }
        Op::EditPerson {
            person,
            field,
            value,
        } => {
            if let Some(mut known) = pick(&people(tx)?, person) {
                match field {
                    0 => known.phone = mark("05", value),
                    1 => known.last_name = mark("Nom", value),
                    2 => known.email = mark("mail", value),
                    _ => known.hours = mark("de 8 à", value),
                }
                contact::update(tx, &known, now)?;
            }
        }
        other => act_on_papers(tx, &other, id, now, &machines)?,
    }
    Ok(())
}

fn act_on_papers(
    tx: &Transaction<'_>,
    op: &Op,
    id: String,
    now: i64,
    machines: &[Equipment],
) -> Result<(), store::Error> {
    match *op {
        Op::Ticket { machine } => {
            ticket::insert(
                tx,
                &Ticket {
                    reference: Some(format!("REL-{}", &id[id.len() - 12..])),
                    title: format!("demande de {}", now % 10_000_000),
                    state: "ouvert".into(),
                    equipment_id: pick(machines, machine).map(|machine| machine.id),
                    answers: "{}".into(),
                    summary: "{}".into(),
                    created_at_ms: now,
                    updated_at_ms: now,
                    id,
                    ..Ticket::default()
                },
            )?;
        }
        Op::Note { ticket } => {
            if let Some(known) = pick(&tickets(tx)?, ticket) {
                event::add(
                    tx,
                    &TicketEvent {
                        text: format!("note de 1000 à {}", now % 10_000_000),
                        ticket_id: known.id,
                        at_ms: now,
                        author: "moi".into(),
                        kind: "note".into(),
                        id,
                        ..TicketEvent::default()
                    },
                )?;
            }
        }
        Op::Queue { ticket } => {
            if let Some(known) = pick(&tickets(tx)?, ticket) {
                outbox::insert(
                    tx,
                    &OutboxItem {
                        ticket_id: known.id,
                        operation: "creation".into(),
                        identity: id,
                        payload: "{}".into(),
                        ..OutboxItem::default()
                    },
                )?;
            }
        }
        Op::Number { ticket } => {
            if let Some(known) = pick(&tickets(tx)?, ticket)
                && known.number.is_none()
            {
                ticket::set_number(tx, &known.id, &format!("INC{now}"), now)?;
            }
        }
        Op::Close { ticket } => {
            if let Some(known) = pick(&tickets(tx)?, ticket) {
                ticket::set_state(tx, &known.id, "ferme", Some("Closed"), now)?;
            }
        }
        Op::Lend { machine } => {
            if let Some(machine) = pick(machines, machine)
                && loan::open_of(tx, &machine.id)?.is_none()
            {
                loan::insert(
                    tx,
                    &Loan {
                        equipment_id: machine.id,
                        borrower: format!("Professeur {}", now / 1000 % 3),
                        from_on: "2026-11-24".into(),
                        created_at_ms: now,
                        updated_at_ms: now,
                        id,
                        ..Loan::default()
                    },
                )?;
            }
        }
        Op::GiveBack { loan } => {
            if let Some(known) = pick(&all_loans(tx)?, loan)
                && known.returned_on.is_none()
            {
                let returned_on = Some(format!("2026-12-{:02}", 1 + now / 1000 % 28));
                loan::update(
                    tx,
                    &Loan {
                        returned_on,
                        ..known
                    },
                    now,
                )?;
            }
        }
        Op::Buy => purchase::insert(
            tx,
            &Purchase {
                title: format!("achat de {}", now % 10_000_000),
                state: "projet".into(),
                quantity: 1,
                created_at_ms: now,
                updated_at_ms: now,
                id,
                ..Purchase::default()
            },
        )?,
        Op::EditPurchase { purchase, value } => {
            if let Some(known) = pick(&purchase::list(tx, false)?, purchase) {
                purchase::update(
                    tx,
                    &Purchase {
                        supplier: mark("fournisseur", value),
                        ..known
                    },
                    now,
                )?;
            }
        }
        Op::Step { purchase, state } => {
            if let Some(known) = pick(&purchase::list(tx, false)?, purchase) {
                purchase::add_step(
                    tx,
                    &PurchaseStep {
                        id,
                        purchase_id: known.id,
                        state: STEPS[state % STEPS.len()].into(),
                        on_date: "2026-11-24".into(),
                        created_at_ms: now,
                        ..PurchaseStep::default()
                    },
                )?;
            }
        }
        _ => unreachable!("the register's acts are done before"),
    }
    Ok(())
}

fn machines(conn: &Connection) -> Result<Vec<Equipment>, store::Error> {
    Ok(equipment::page(
        conn,
        &EquipmentQuery {
            limit: 1000,
            ..EquipmentQuery::default()
        },
    )?
    .rows)
}

fn people(conn: &Connection) -> Result<Vec<Contact>, store::Error> {
    contact::list(conn, "", true)
}

fn tickets(conn: &Connection) -> Result<Vec<Ticket>, store::Error> {
    Ok(ticket::page(
        conn,
        &TicketQuery {
            limit: 1000,
            ..TicketQuery::default()
        },
    )?
    .rows)
}

fn all_loans(conn: &Connection) -> Result<Vec<Loan>, store::Error> {
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
        rows.push(format!(
            "dossier {:?} {} {:?} {} {:?} {machine} {}",
            ticket.reference,
            ticket.title,
            ticket.number,
            ticket.state,
            ticket.platform_status,
            said.join(", ")
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
