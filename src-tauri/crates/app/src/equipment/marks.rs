//! A machine by what is written on it: read by a person, typed by a hand scanner, or printed by Relais.
//!
//! Invariant: what a label holds (`code`) always finds the machine it was printed for (`by_mark`), unless another
//! machine has been given the same number since. A scanner set to another keyboard than the computer's is understood,
//! but only when what it typed finds nothing as it stands.

use store::{Connection, equipment::Equipment};

use crate::{
    App, Error,
    wire::{MarkQuery, Marked},
};

/// What begins the code of a machine that bears no number of its own.
const OWN: &str = "REL-";
/// Enough of an identifier for one register: two machines in twenty thousand never share it in practice, and if they
/// did, the code would find neither.
const OWN_LENGTH: usize = 8;

/// What a label of this machine holds: the Département's number, else the maker's, else a code of Relais.
pub(crate) fn code(equipment: &Equipment) -> String {
    [&equipment.inventory_number, &equipment.serial]
        .into_iter()
        .map(|number| number.trim())
        .find(|number| !number.is_empty())
        .map_or_else(|| format!("{OWN}{}", short(&equipment.id)), str::to_owned)
}

/// The end of an identifier: its beginning is only the time.
fn short(id: &str) -> String {
    let letters: Vec<char> = id.chars().filter(char::is_ascii_alphanumeric).collect();
    letters
        .iter()
        .skip(letters.len().saturating_sub(OWN_LENGTH))
        .map(char::to_ascii_uppercase)
        .collect()
}

/// The machine that bears this mark, whatever its case.
pub(crate) fn by_mark(conn: &Connection, typed: &str) -> Result<Option<Equipment>, Error> {
    let typed = typed.trim();
    for mark in [typed.to_owned(), whole_keyboard(typed), digits_only(typed)] {
        if let Some(found) = by_exact(conn, &mark)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn by_exact(conn: &Connection, mark: &str) -> Result<Option<Equipment>, Error> {
    if let Some(found) = store::equipment::by_mark(conn, mark)? {
        return Ok(Some(found));
    }
    let upper = mark.to_uppercase();
    let Some(wanted) = upper
        .strip_prefix(OWN)
        .filter(|end| !end.is_empty() && end.len() <= OWN_LENGTH)
    else {
        return Ok(None);
    };
    let mut found = store::equipment::ids(conn, &Default::default())?
        .into_iter()
        .filter(|id| short(id) == wanted);
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(store::equipment::get(conn, &id)?),
        _ => Ok(None),
    }
}

/// What a scanner set to a QWERTY keyboard meant on an AZERTY computer.
fn whole_keyboard(typed: &str) -> String {
    typed
        .chars()
        .map(|c| match c {
            'a' => 'q',
            'q' => 'a',
            'z' => 'w',
            'w' => 'z',
            'A' => 'Q',
            'Q' => 'A',
            'Z' => 'W',
            'W' => 'Z',
            ',' => 'm',
            '?' => 'M',
            ')' => '-',
            '°' => '_',
            ':' => '.',
            ';' => ',',
            '!' => '/',
            'M' => ':',
            'm' => ';',
            other => digit(other),
        })
        .collect()
}

/// A scanner whose letters are right and that forgets the capital key for the digits; a hyphen then comes as it is
/// only between letters, and never in these numbers.
fn digits_only(typed: &str) -> String {
    typed.chars().map(digit).collect()
}

fn digit(c: char) -> char {
    match c {
        '&' => '1',
        'é' => '2',
        '"' => '3',
        '\'' | '’' => '4',
        '(' => '5',
        '-' => '6',
        'è' => '7',
        '_' => '8',
        'ç' => '9',
        'à' => '0',
        other => other,
    }
}

pub(crate) fn marked(app: &App, request: MarkQuery) -> Result<Marked, Error> {
    app.desk()?.store.read(|conn| {
        Ok(Marked {
            equipment_id: by_mark(conn, &request.mark)?.map(|found| found.id),
        })
    })
}
