//! The acts of a day, drawn at random: on the register, on dossiers, loans and purchases.

use proptest::prelude::*;
use store::{
    Transaction,
    contact::{self, Contact},
    counterpart,
    destination::PRINCIPAL,
    equipment::{self, Equipment},
    event::{self, TicketEvent},
    loan::{self, Loan},
    outbox::{self, OutboxItem},
    pack::{self, Pack},
    purchase::{self, Purchase, PurchaseStep},
    room::{self, Room},
    task,
    ticket::{self, Ticket},
};

use super::{
    college::{all_loans, machines, people, tickets},
    elsewhere,
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
    /// One dossier for all the machines, with two things to do, asked under a pack of its own.
    Whole {
        pack: usize,
    },
    Tick {
        ticket: usize,
        task: usize,
    },
    Note {
        ticket: usize,
    },
    Queue {
        ticket: usize,
    },
    /// The platform says no, or does not answer, to what is queued.
    Refuse,
    Doubt,
    /// The second platform has the dossier, under a number of its own, and answered by mail.
    Elsewhere {
        ticket: usize,
    },
    /// To be made on the second platform too, and told a note on the first.
    QueueElsewhere {
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
        1 => few.clone().prop_map(|pack| Op::Whole { pack }),
        1 => (few.clone(), few.clone()).prop_map(|(ticket, task)| Op::Tick { ticket, task }),
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

pub fn act(tx: &Transaction<'_>, op: &Op, id: &str, now: i64) -> Result<(), store::Error> {
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
        Op::Whole { pack } => {
            let kept = Pack {
                pack_id: "essai".into(),
                version: format!("{pack}.0"),
                ..Pack::default()
            };
            let files = [("pack.toml".to_owned(), kept.version.clone())].into();
            let whole = Ticket {
                reference: Some(format!("REL-{}", &id[id.len() - 12..])),
                title: format!("demande pour tous de {}", now % 10_000_000),
                state: "ouvert".into(),
                pack: Some(pack::keep(tx, &kept, &files)?),
                answers: "{}".into(),
                summary: "{}".into(),
                created_at_ms: now,
                updated_at_ms: now,
                id: id.clone(),
                ..Ticket::default()
            };
            ticket::insert(tx, &whole)?;
            let all: Vec<String> = machines.iter().map(|machine| machine.id.clone()).collect();
            ticket::add_machines(tx, &id, &all)?;
            for (place, text) in (1..).zip(["Créer le groupe", "Prévenir le professeur"]) {
                let task = task::Task {
                    id: format!("{id}-{place}"),
                    ticket_id: id.clone(),
                    place,
                    text: text.into(),
                    done_at_ms: None,
                };
                task::bring(tx, &task)?;
            }
        }
        Op::Tick { ticket, task } => {
            if let Some(known) = pick(&tickets(tx)?, ticket)
                && let Some(task) = pick(&task::of_ticket(tx, &known.id)?, task)
            {
                task::set_done(tx, &task.id, Some(now))?;
            }
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
                        destination_id: PRINCIPAL.into(),
                        operation: "creation".into(),
                        identity: id,
                        payload: "{}".into(),
                        ..OutboxItem::default()
                    },
                )?;
            }
        }
        Op::Refuse | Op::Doubt => {
            for item in outbox::due(tx, PRINCIPAL, now)? {
                outbox::begin_attempt(tx, item.id, now)?;
                match op {
                    Op::Refuse => outbox::refused(tx, item.id, "307", "champ absent", now)?,
                    _ => outbox::uncertain(tx, item.id, "delai", "pas de réponse", None, now)?,
                };
            }
        }
        Op::Elsewhere { ticket } => {
            if let Some(known) = pick(&tickets(tx)?, ticket) {
                elsewhere::answered(tx, &known.id, &id, now)?;
            }
        }
        Op::QueueElsewhere { ticket } => {
            if let Some(known) = pick(&tickets(tx)?, ticket) {
                elsewhere::queued(tx, &known.id, &id)?;
            }
        }
        Op::Number { ticket } => {
            if let Some(known) = pick(&tickets(tx)?, ticket)
                && known.number.is_none()
            {
                let number = format!("INC{now}");
                counterpart::set_number(tx, &known.id, PRINCIPAL, &number, true, now)?;
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
