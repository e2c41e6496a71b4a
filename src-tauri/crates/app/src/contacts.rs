//! Contacts by role: whom to call for what.

mod cards;

pub(crate) use cards::cards;

use std::collections::BTreeMap;

use crate::{
    App, Error,
    convention_view::day,
    labels,
    tickets::word,
    wire::{Contact, ContactForm, ContactGroup, ContactQuery, ContactRole, Contacts, Saved},
};

pub(crate) fn wire(row: store::contact::Contact) -> Result<Contact, Error> {
    Ok(Contact {
        id: row.id,
        first_name: row.first_name,
        last_name: row.last_name,
        role: word(ContactRole::from_id, &row.role)?,
        organisation: row.organisation,
        title: row.title,
        phone: row.phone,
        email: row.email,
        hours: row.hours,
        call_for: row.call_for,
        contract: row.contract,
        services: row.services.split_whitespace().map(str::to_owned).collect(),
        arrived_on: row.arrived_on,
        left_on: row.left_on,
    })
}

pub(crate) fn list(app: &App, query: ContactQuery) -> Result<Contacts, Error> {
    let desk = app.desk()?;
    let rows = desk
        .store
        .read(|conn| store::contact::list(conn, &query.text, query.with_departed))?;
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut by_role: BTreeMap<ContactRole, Vec<Contact>> = BTreeMap::new();
    for row in rows {
        let contact = wire(row)?;
        by_role.entry(contact.role).or_default().push(contact);
    }
    Ok(Contacts {
        total,
        groups: by_role
            .into_iter()
            .map(|(role, contacts)| ContactGroup {
                role,
                label: labels::contact_role(role).to_owned(),
                contacts,
            })
            .collect(),
    })
}

pub(crate) fn save(app: &App, form: ContactForm) -> Result<Saved, Error> {
    let last_name = form.last_name.trim().to_owned();
    if last_name.is_empty() && form.organisation.trim().is_empty() {
        return Err(Error::refused(
            "last_name",
            "Donnez au moins un nom, ou l’organisme à appeler.",
        ));
    }
    let email = form.email.trim().to_owned();
    if !email.is_empty() && !plausible_email(&email) {
        return Err(Error::refused(
            "email",
            "Cette adresse de messagerie est incomplète. Exemple : prenom.nom@exemple.fr",
        ));
    }
    let pack = app.pack()?;
    if let Some(unknown) = form.services.iter().find(|id| pack.service(id).is_none()) {
        return Err(Error::refused(
            "services",
            format!("« {unknown} » n’est pas un service de la matrice."),
        ));
    }
    let arrived_on = day("arrived_on", form.arrived_on.as_deref())?;
    let left_on = day("left_on", form.left_on.as_deref())?;
    if let (Some(arrived), Some(left)) = (arrived_on, left_on)
        && left < arrived
    {
        return Err(Error::refused(
            "left_on",
            "Le départ est avant l’arrivée : vérifiez les deux dates.",
        ));
    }
    let desk = app.desk()?;
    let now = app.now_ms();
    desk.store.write(|tx| {
        let known = match &form.id {
            Some(id) => Some(store::contact::get(tx, id)?.ok_or(Error::NotFound("Ce contact"))?),
            None => None,
        };
        let contact = store::contact::Contact {
            id: known.as_ref().map_or_else(
                || store::new_id(now, &mut rand::rng()),
                |contact| contact.id.clone(),
            ),
            first_name: form.first_name.trim().to_owned(),
            last_name,
            role: form.role.id().to_owned(),
            organisation: form.organisation.trim().to_owned(),
            title: form.title.trim().to_owned(),
            phone: form.phone.trim().to_owned(),
            email,
            hours: form.hours.trim().to_owned(),
            call_for: form.call_for.trim().to_owned(),
            contract: form.contract.trim().to_owned(),
            services: form.services.join(" "),
            arrived_on: arrived_on.map(|day| day.to_string()),
            left_on: left_on.map(|day| day.to_string()),
            created_at_ms: known.as_ref().map_or(now, |contact| contact.created_at_ms),
            updated_at_ms: now,
        };
        if known.is_some() {
            store::contact::update(tx, &contact, now)?;
        } else {
            store::contact::insert(tx, &contact)?;
        }
        Ok(Saved { id: contact.id })
    })
}

/// Enough to catch a slip of the finger; only sending would prove more.
pub(crate) fn plausible_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !text.chars().any(char::is_whitespace)
    })
}
