//! Which row of the file is which row of here: by id for what has one origin, else by what names it.
//!
//! Invariant: no row is two others, and two rows that bear the same name by mistake are left apart: they are added,
//! and a person decides. A weaker mark does not bind machines that a stronger one tells apart.

use std::collections::{BTreeMap, BTreeSet};

use store::{
    completion::Completion, contact::Contact, equipment::Equipment, loan::Loan, purchase::Purchase,
    room::Room, search::fold, ticket::Ticket,
};

/// From an id of the file to the id of here.
pub(super) type Ids = BTreeMap<String, String>;

/// What is the same on both sides. An id that is not there is its own.
#[derive(Default)]
pub(super) struct Same {
    pub rooms: Ids,
    pub purchases: Ids,
    pub equipment: Ids,
    pub contacts: Ids,
    pub tickets: Ids,
    pub loans: Ids,
    pub completions: Ids,
}

impl Same {
    pub(super) fn here(ids: &Ids, id: &mut Option<String>) {
        if let Some(id) = id
            && let Some(here) = ids.get(id)
        {
            id.clone_from(here);
        }
    }
}

/// One way to know a row: what it is called, and whether two rows so called can be one.
type Key<R> = (fn(&R) -> Option<String>, fn(&R, &R) -> bool);

/// The rows with the same id, then those that one key binds one to one.
fn pairs<R>(here: &[R], file: &[R], id: fn(&R) -> &String, keys: &[Key<R>]) -> Ids {
    let known: BTreeSet<&String> = here.iter().map(id).collect();
    let mut same: Ids = file
        .iter()
        .map(id)
        .filter(|id| known.contains(id))
        .map(|id| (id.clone(), id.clone()))
        .collect();
    for (key, compatible) in keys {
        bind(here, file, id, *key, *compatible, &mut same);
    }
    same
}

fn bind<R>(
    here: &[R],
    file: &[R],
    id: fn(&R) -> &String,
    key: fn(&R) -> Option<String>,
    compatible: fn(&R, &R) -> bool,
    same: &mut Ids,
) {
    let taken: BTreeSet<&String> = same.values().collect();
    let mut called: BTreeMap<String, (Vec<&R>, Vec<&R>)> = BTreeMap::new();
    for row in here.iter().filter(|row| !taken.contains(id(row))) {
        if let Some(name) = key(row) {
            called.entry(name).or_default().0.push(row);
        }
    }
    for row in file.iter().filter(|row| !same.contains_key(id(row))) {
        if let Some(name) = key(row) {
            called.entry(name).or_default().1.push(row);
        }
    }
    let bound: Vec<(String, String)> = called
        .into_values()
        .filter_map(|(here, file)| match (here.as_slice(), file.as_slice()) {
            ([here], [file]) if compatible(here, file) => {
                Some((id(file).clone(), id(here).clone()))
            }
            _ => None,
        })
        .collect();
    same.extend(bound);
}

/// As SQLite compares marks and codes; an empty one names nothing.
fn mark(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_ascii_lowercase())
}

fn agree(one: &str, other: &str) -> bool {
    one.is_empty() || other.is_empty() || one.eq_ignore_ascii_case(other)
}

/// By code, which is unique on each side, and only then by id: a room renamed here, whose old code was given again
/// there, is not that new room.
pub(super) fn rooms(here: &[Room], file: &[Room]) -> Ids {
    let mut same = Ids::new();
    bind(
        here,
        file,
        |room| &room.id,
        |room| mark(&room.code),
        |_, _| true,
        &mut same,
    );
    let taken: BTreeSet<String> = same.values().cloned().collect();
    let known: BTreeSet<&String> = here.iter().map(|room| &room.id).collect();
    for room in file {
        if !same.contains_key(&room.id) && known.contains(&room.id) && !taken.contains(&room.id) {
            same.insert(room.id.clone(), room.id.clone());
        }
    }
    same
}

pub(super) fn equipment(here: &[Equipment], file: &[Equipment]) -> Ids {
    pairs(
        here,
        file,
        |machine| &machine.id,
        &[
            (|machine| mark(&machine.serial), |_, _| true),
            (
                |machine| mark(&machine.inventory_number),
                |one, other| agree(&one.serial, &other.serial),
            ),
            (
                |machine| mark(&machine.host_name),
                |one, other| {
                    agree(&one.serial, &other.serial)
                        && agree(&one.inventory_number, &other.inventory_number)
                },
            ),
        ],
    )
}

/// A desk without a person is known by its organisation.
fn called(contact: &Contact) -> Option<String> {
    let name = fold(&format!("{} {}", contact.first_name, contact.last_name));
    let name = match name.trim() {
        "" => fold(&format!("{} {}", contact.organisation, contact.title)),
        _ => name,
    };
    mark(name.trim())
}

/// Several people may share the address of a desk.
pub(super) fn contacts(here: &[Contact], file: &[Contact]) -> Ids {
    pairs(
        here,
        file,
        |contact| &contact.id,
        &[
            (
                |contact| mark(&contact.email),
                |one, other| match (called(one), called(other)) {
                    (Some(one), Some(other)) => one == other,
                    _ => true,
                },
            ),
            (called, |_, _| true),
        ],
    )
}

pub(super) fn tickets(here: &[Ticket], file: &[Ticket]) -> Ids {
    pairs(
        here,
        file,
        |ticket| &ticket.id,
        &[
            (
                |ticket| ticket.reference.as_deref().and_then(mark),
                |_, _| true,
            ),
            (
                |ticket| ticket.number.as_deref().and_then(mark),
                |_, _| true,
            ),
        ],
    )
}

/// A project noted by each of the two is for them to bring together: nothing names it but its words.
pub(super) fn purchases(here: &[Purchase], file: &[Purchase]) -> Ids {
    pairs(here, file, |purchase| &purchase.id, &[])
}

/// A cell says one thing.
pub(super) fn completions(here: &[Completion], file: &[Completion]) -> Ids {
    let mut same = Ids::new();
    bind(
        here,
        file,
        |cell| &cell.id,
        |cell| {
            let side = cell.perimeter.as_deref().unwrap_or_default();
            Some(format!("{} {} {side}", cell.service, cell.activity))
        },
        |_, _| true,
        &mut same,
    );
    same
}

/// A machine is in one pair of hands at a time: two open loans of it are one loan, noted on both sides.
pub(super) fn loans(here: &[Loan], file: &[Loan]) -> Ids {
    pairs(
        here,
        file,
        |loan| &loan.id,
        &[
            (
                |loan| {
                    let borrower = fold(&loan.borrower);
                    Some(format!("{} {} {borrower}", loan.equipment_id, loan.from_on))
                },
                |_, _| true,
            ),
            (
                |loan| {
                    loan.returned_on
                        .is_none()
                        .then(|| loan.equipment_id.clone())
                },
                |_, _| true,
            ),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(id: &str, serial: &str, inventory: &str, host: &str) -> Equipment {
        Equipment {
            id: id.into(),
            serial: serial.into(),
            inventory_number: inventory.into(),
            host_name: host.into(),
            ..Equipment::default()
        }
    }

    #[test]
    fn a_machine_is_known_by_its_strongest_mark() {
        let here = [
            machine("old", "S1", "", "CDI-01"),
            machine("bare", "", "65-1", ""),
            machine("twin-a", "DUP", "", ""),
            machine("twin-b", "DUP", "", ""),
        ];
        let file = [
            machine("new", "S2", "", "CDI-01"),
            machine("other", "S3", "65-1", ""),
            machine("twin", "dup", "", ""),
            machine("same", "s1", "65-9", ""),
        ];
        let same = equipment(&here, &file);
        assert_eq!(
            same.get("same").map(String::as_str),
            Some("old"),
            "a serial, whatever its case"
        );
        assert_eq!(
            same.get("other").map(String::as_str),
            Some("bare"),
            "the inventory number of one without serial"
        );
        assert_eq!(
            same.get("new"),
            None,
            "a host name given to another machine binds nothing"
        );
        assert_eq!(
            same.get("twin"),
            None,
            "of two twins nobody but a person can say which"
        );
    }

    #[test]
    fn people_who_share_an_address_stay_apart() {
        let person = |id: &str, name: &str, email: &str| Contact {
            id: id.into(),
            last_name: name.into(),
            email: email.into(),
            ..Contact::default()
        };
        let here = [person("a", "Durand", "ce.065@exemple.fr")];
        let file = [
            person("b", "Petit", "ce.065@exemple.fr"),
            person("c", "DURAND", ""),
        ];
        let same = contacts(&here, &file);
        assert_eq!(same.get("b"), None, "the desk's address is not a person");
        assert_eq!(
            same.get("c").map(String::as_str),
            Some("a"),
            "a name is, whatever its case"
        );
    }

    #[test]
    fn a_code_given_again_is_the_room_it_names_now() {
        let room = |id: &str, code: &str| Room {
            id: id.into(),
            code: code.into(),
            ..Room::default()
        };
        let same = rooms(&[room("r1", "Y")], &[room("r1", "X"), room("r9", "y")]);
        assert_eq!(same.get("r9").map(String::as_str), Some("r1"), "Y is Y");
        assert_eq!(
            same.get("r1"),
            None,
            "X is a room that is not here any more"
        );
    }
}
