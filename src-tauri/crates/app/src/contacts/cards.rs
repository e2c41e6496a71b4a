//! Contacts as vCards, for a telephone or a mailer.
//!
//! Invariant: professional data only, and what Relais knows: name, role, organisation, telephone, mail, what to call
//! for. A card that goes out comes in again unchanged. Left out on purpose: the hours and the number of the contract, for
//! which a card has no place; in its note they would come back as what to call for.

use intake::vcard::Card;

use crate::{
    App, Error, labels,
    tickets::word,
    wire::{ContactRole, Ids, SavedFile},
};

pub(crate) fn cards(app: &App, request: Ids) -> Result<SavedFile, Error> {
    let desk = app.desk()?;
    let contacts = desk.store.read(|conn| {
        if request.ids.is_empty() {
            return Ok(store::contact::list(conn, "", false)?);
        }
        request
            .ids
            .iter()
            .map(|id| store::contact::get(conn, id)?.ok_or(Error::NotFound("Ce contact")))
            .collect::<Result<Vec<_>, Error>>()
    })?;
    if contacts.is_empty() {
        return Err(Error::Conflict("Il n’y a aucun contact à donner.".into()));
    }
    let name = match contacts.as_slice() {
        [one] => {
            let name = format!("{} {}", one.first_name, one.last_name);
            let name = convention::text::slug(if name.trim().is_empty() {
                &one.organisation
            } else {
                &name
            });
            format!("{name}.vcf")
        }
        _ => format!("contacts-{}.vcf", app.today()),
    };
    let cards = contacts
        .into_iter()
        .map(card)
        .collect::<Result<Vec<_>, Error>>()?;
    app.save_file(&name, intake::vcard::write(&cards).as_bytes())
}

fn card(contact: store::contact::Contact) -> Result<Card, Error> {
    let role = word(ContactRole::from_id, &contact.role)?;
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok(Card {
        first_name: contact.first_name,
        last_name: contact.last_name,
        organisation: contact.organisation,
        title: contact.title,
        phones: given(contact.phone).into_iter().collect(),
        emails: given(contact.email).into_iter().collect(),
        note: contact.call_for,
        categories: vec![labels::contact_role(role).to_owned()],
    })
}
