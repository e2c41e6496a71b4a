//! Whom to call: the vendor when it helps directly, those to warn when it is a security incident.
//!
//! Invariant: only people who are present, and few enough to choose from at a glance. Whom to warn is said by the pack;
//! an acronym it names (RSSI, DPO) is looked for in what a contact does. Left out on purpose: calling.

use convention::Reflexes;
use store::{Connection, contact::Contact};

use crate::{Error, contacts, wire};

/// More would be a directory.
const MOST: usize = 4;
/// Among those to warn, how many of the direction come before the others.
const DIRECTION: usize = 2;

const DIRECTION_ROLE: &str = wire::ContactRole::Direction.id();

fn present(conn: &Connection) -> Result<Vec<Contact>, Error> {
    Ok(store::contact::list(conn, "", false)?)
}

fn names(contact: &Contact, service: &str) -> bool {
    contact.services.split_whitespace().any(|id| id == service)
}

/// Those who sell or keep up come before those who know it too.
fn rank(contact: &Contact) -> usize {
    use wire::ContactRole::{Contractor, Supplier, Vendor};
    [Vendor, Contractor, Supplier]
        .iter()
        .position(|role| role.id() == contact.role)
        .unwrap_or(usize::MAX)
}

fn by_service(conn: &Connection, service: &str) -> Result<Vec<Contact>, Error> {
    let mut found = present(conn)?;
    found.retain(|contact| names(contact, service));
    found.sort_by_key(rank);
    Ok(found)
}

fn shown(contacts: Vec<Contact>) -> Result<Vec<wire::Contact>, Error> {
    contacts
        .into_iter()
        .take(MOST)
        .map(contacts::wire)
        .collect()
}

/// Whom to call about a service that its vendor keeps up.
pub(crate) fn vendor(conn: &Connection, service: &str) -> Result<Vec<wire::Contact>, Error> {
    shown(by_service(conn, service)?)
}

/// The number its vendor asks for.
pub(super) fn contract(conn: &Connection, service: &str) -> Result<Option<String>, Error> {
    Ok(by_service(conn, service)?
        .into_iter()
        .filter(|contact| rank(contact) != usize::MAX)
        .map(|contact| contact.contract)
        .find(|contract| !contract.is_empty()))
}

/// Whom to warn: the direction, those the pack names by an acronym, those of the service.
pub(super) fn to_warn(
    conn: &Connection,
    reflexes: &Reflexes,
    service: Option<&str>,
) -> Result<Vec<wire::Contact>, Error> {
    let acronyms: Vec<&str> = reflexes
        .warn
        .iter()
        .flat_map(|line| acronyms(line))
        .collect();
    let named = |contact: &Contact| {
        words(&contact.title)
            .chain(words(&contact.call_for))
            .any(|word| acronyms.contains(&word))
    };
    let (direction, mut others): (Vec<Contact>, Vec<Contact>) = present(conn)?
        .into_iter()
        .partition(|contact| contact.role == DIRECTION_ROLE);
    others
        .retain(|contact| named(contact) || service.is_some_and(|service| names(contact, service)));
    others.sort_by_key(|contact| !named(contact));
    let mut direction = direction.into_iter();
    let mut warned: Vec<Contact> = direction.by_ref().take(DIRECTION).collect();
    warned.extend(others);
    warned.extend(direction);
    shown(warned)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn acronyms(text: &str) -> impl Iterator<Item = &str> {
    words(text).filter(|word| word.len() > 2 && word.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_is_a_word_in_capitals() {
        let found: Vec<&str> =
            acronyms("Le RSSI de l’Académie (III), puis le DPO : À PRÉVENIR").collect();
        assert_eq!(
            found,
            ["RSSI", "III", "DPO", "PRÉVENIR"],
            "a short word in capitals is none, an accent is a letter"
        );
    }
}
