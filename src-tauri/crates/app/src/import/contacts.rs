//! A row of a file, or a card, as a contact: its columns, and what tells one person from another.
//!
//! Invariant: a role is never guessed. It is read from its column, or chosen once for a file that has none; a word
//! that is no role of annexes 4 and 5 is refused with those that are. Departed people are recognised too: an import
//! does not bring them back. Nobody becomes another person: an address may be shared, as a desk's is, and whoever has
//! the same address under another name is somebody else.

use std::sync::Arc;

use convention::text::{fold, slug};
use store::{Connection, Transaction, contact::Contact};

use super::{
    cells::{self, Read, one_line, quoted},
    plan::{Fault, Field, Plan, Subject, Verdict},
};
use crate::{
    Error,
    contacts::plausible_email,
    labels::{self, NNBSP},
    pack,
    wire::{ContactRole, ImportChoices, MatchKey},
};

#[derive(Clone, Debug, Default)]
pub(super) struct Person(pub(super) Contact);

pub(super) struct Words {
    pack: Arc<convention::Pack>,
    default_role: Option<ContactRole>,
    new_id: Box<dyn FnMut() -> String>,
}

type PersonField = Field<Person>;

macro_rules! text {
    ($id:literal, $label:literal, $column:ident, $names:literal $(,)?) => {
        PersonField {
            id: $id,
            label: $label,
            names: $names,
            clears: true,
            read: |_, cell| Ok(one_line(cell)),
            get: |person| one_line(&person.0.$column),
            set: |person, value| person.0.$column = value,
            show: str::to_owned,
        }
    };
}

macro_rules! day {
    ($id:literal, $label:literal, $column:ident, $names:literal $(,)?) => {
        PersonField {
            id: $id,
            label: $label,
            names: $names,
            clears: true,
            read: |_, cell| cells::date(cell),
            get: |person| person.0.$column.clone().unwrap_or_default(),
            set: |person, value| person.0.$column = Some(value).filter(|day| !day.is_empty()),
            show: labels::short_day,
        }
    };
}

const FIELDS: &[PersonField] = &[
    text!(
        "prenom",
        "Prénom",
        first_name,
        "first name, firstname, given name, forename"
    ),
    text!(
        "nom",
        "Nom",
        last_name,
        "nom de famille, nom complet, nom et prénom, nom prénom, contact, last name, lastname, surname, family name, full name, name"
    ),
    PersonField {
        id: "role",
        label: "Rôle",
        names: "rôle du contact, catégorie, type de contact, type, role, category",
        clears: false,
        read: |_, cell| role(cell),
        get: |person| person.0.role.clone(),
        set: |person, value| person.0.role = value,
        show: |id| {
            ContactRole::from_id(id)
                .map_or_else(String::new, |role| labels::contact_role(role).to_owned())
        },
    },
    text!(
        "organisme",
        "Organisme",
        organisation,
        "organisation, société, entreprise, établissement, structure, company, organization, org"
    ),
    text!(
        "fonction",
        "Fonction",
        title,
        "poste occupé, titre, qualité, emploi, job title, title, position"
    ),
    text!(
        "telephone",
        "Téléphone",
        phone,
        "tél, tel, numéro de téléphone, portable, mobile, phone, telephone, phone number"
    ),
    PersonField {
        id: "courriel",
        label: "Courriel",
        names: "mail, e-mail, email, mél, adresse mail, adresse électronique, adresse de messagerie, messagerie, email address",
        clears: true,
        read: |_, cell| email(cell),
        get: |person| one_line(&person.0.email),
        set: |person, value| person.0.email = value,
        show: str::to_owned,
    },
    text!(
        "horaires",
        "Horaires",
        hours,
        "heures, disponibilité, permanence, hours, opening hours, availability"
    ),
    PersonField {
        id: "motif",
        label: "Appeler pour",
        names: "à appeler pour, pour quoi, motif, note, notes, remarque, remarques, commentaire, comment, call for",
        clears: true,
        read: |_, cell| Ok(cell.replace("\r\n", "\n")),
        get: |person| person.0.call_for.replace("\r\n", "\n"),
        set: |person, value| person.0.call_for = value,
        show: str::to_owned,
    },
    text!(
        "contrat",
        "Numéro de contrat ou de client",
        contract,
        "n° de contrat, numéro de contrat, contrat, n° de client, numéro de client, code client, référence client, contract, contract number, customer number",
    ),
    PersonField {
        id: "services",
        label: "Services",
        names: "services de la matrice, service, lignes de la matrice",
        clears: true,
        read: Words::services,
        get: |person| person.0.services.clone(),
        set: |person, value| person.0.services = value,
        show: str::to_owned,
    },
    day!(
        "arrivee",
        "Arrivée",
        arrived_on,
        "date d'arrivée, arrivé le, arrival, start date"
    ),
    day!(
        "depart",
        "Départ",
        left_on,
        "date de départ, parti le, departure, end date"
    ),
];

/// The services of a contact as a table shows them.
pub(crate) fn service_names(pack: &convention::Pack, ids: &str) -> String {
    let names: Vec<&str> = ids
        .split_whitespace()
        .map(|id| {
            pack.service(id)
                .map_or(id, |service| service.label.as_str())
        })
        .collect();
    names.join(" | ")
}

fn role(cell: &str) -> Read {
    const WORDS: &[(&str, &str)] = &[
        ("conseil-departemental", "departement"),
        ("collectivite", "departement"),
        ("dsi-du-departement", "dsi"),
        ("services-academiques", "academie"),
        ("service-academique", "academie"),
        ("personnel-de-l-academie", "academie"),
        ("rectorat", "academie"),
        ("dsden", "academie"),
        ("prestataire", "prestataire"),
        ("fournisseur", "fournisseur"),
        ("vendeur", "fournisseur"),
        ("editeur", "editeur"),
        ("editeur-de-logiciel", "editeur"),
        ("gestionnaire-de-reseau", "gestionnaire-reseau"),
        ("gestionnaires-reseau", "gestionnaire-reseau"),
        ("reseau", "gestionnaire-reseau"),
        ("equipe-de-direction", "direction"),
        ("principal", "direction"),
        ("principale", "direction"),
        ("principal-adjoint", "direction"),
        ("principale-adjointe", "direction"),
        ("chef-d-etablissement", "direction"),
        ("gestionnaire", "gestion"),
        ("equipe-de-gestion", "gestion"),
        ("equipe-administrative", "gestion"),
        ("secretaire-general", "gestion"),
        ("secretaire-generale", "gestion"),
        ("intendance", "gestion"),
        ("agent-comptable", "gestion"),
        ("enseignant", "equipe-pedagogique"),
        ("enseignante", "equipe-pedagogique"),
        ("enseignants", "equipe-pedagogique"),
        ("professeur", "equipe-pedagogique"),
        ("professeure", "equipe-pedagogique"),
        ("professeurs", "equipe-pedagogique"),
        ("cpe", "vie-scolaire"),
        ("aed", "vie-scolaire"),
    ];
    let known = ContactRole::ALL
        .iter()
        .map(|role| (role.id(), labels::contact_role(*role)));
    cells::closed(cell, known, WORDS, "un rôle connu")
}

/// The first of the addresses of a card.
fn email(cell: &str) -> Read {
    let mut all = cell
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'))
        .filter(|part| !part.is_empty());
    let first = all.next().unwrap_or_default();
    if plausible_email(first) && all.all(plausible_email) {
        return Ok(first.to_owned());
    }
    Err(format!(
        "{} n’est pas une adresse de messagerie. Écrivez-la ainsi{NNBSP}: prenom.nom@exemple.fr.",
        quoted(cell)
    ))
}

impl Words {
    /// Services of the matrix, by their label or identifier, separated by « | » or line ends.
    fn services(&self, cell: &str) -> Read {
        let mut ids: Vec<&str> = Vec::new();
        for part in cell.split(['|', '\n']) {
            let name = one_line(part);
            if name.is_empty() {
                continue;
            }
            let word = slug(&name);
            let known = self.pack.services.iter().find(|service| {
                service.id == word || slug(&service.label) == word || slug(service.short()) == word
            });
            match known {
                Some(service) if ids.contains(&service.id.as_str()) => {}
                Some(service) => ids.push(&service.id),
                // Identifiers may also stand side by side, as the register keeps them.
                None if name.split(' ').all(|id| self.pack.service(id).is_some()) => {
                    ids.extend(part.split_whitespace());
                }
                None => {
                    let labels = self.pack.services.iter().map(|service| service.short());
                    let close = cells::closest(&name, labels).map_or("", |(label, _)| label);
                    return Err(format!(
                        "{} n’est pas un service de la matrice. Le plus proche{NNBSP}: {}.",
                        quoted(&name),
                        quoted(close)
                    ));
                }
            }
        }
        Ok(ids.join(" "))
    }
}

fn full_name(contact: &Contact) -> String {
    one_line(&format!("{} {}", contact.first_name, contact.last_name))
}

/// A desk without a person is known by what it belongs to.
fn called(contact: &Contact) -> String {
    Some(full_name(contact))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| one_line(&contact.organisation))
}

/// What is not said disagrees with nothing.
fn agree(one: &str, other: &str) -> bool {
    let (one, other) = (one_line(&fold(one)), one_line(&fold(other)));
    one.is_empty() || other.is_empty() || one == other
}

impl Subject for Person {
    type Words = Words;
    const FIELDS: &'static [PersonField] = FIELDS;
    const KEYS: &'static [MatchKey] = &[MatchKey::Email, MatchKey::Name];
    const FIRM: bool = false;
    const THIS: &'static str = "ce contact";

    fn load(
        conn: &Connection,
        choices: &ImportChoices,
        _: intake::Format,
        new_id: Box<dyn FnMut() -> String>,
    ) -> Result<(Vec<Person>, Words), Error> {
        let known = store::contact::list(conn, "", true)?;
        let words = Words {
            pack: pack::in_force(conn)?,
            default_role: choices.default_role,
            new_id,
        };
        Ok((known.into_iter().map(Person).collect(), words))
    }

    fn shown(field: &PersonField, words: &Words, held: &str) -> String {
        match field.id {
            "services" => service_names(&words.pack, held),
            _ => (field.show)(held),
        }
    }

    fn fresh() -> Person {
        Person::default()
    }

    fn written(&self, key: MatchKey) -> String {
        match key {
            MatchKey::Email => one_line(&self.0.email),
            MatchKey::Name => called(&self.0),
            MatchKey::Serial | MatchKey::Inventory | MatchKey::Host => String::new(),
        }
    }

    /// The same mail under two names is two people, and so is the same name in two organisations. The desks of an
    /// organisation are told apart by what they do.
    fn could_be(&self, other: &Person) -> bool {
        let (one, other) = (&self.0, &other.0);
        let desks = [one, other].map(full_name).iter().all(String::is_empty);
        agree(&called(one), &called(other))
            && agree(&one.organisation, &other.organisation)
            && (!desks || agree(&one.title, &other.title))
    }

    fn own(&self) -> Option<(&'static str, String)> {
        None
    }

    fn id(&self) -> &str {
        &self.0.id
    }

    fn name(&self) -> String {
        self.written(MatchKey::Name)
    }

    fn detail(&self) -> String {
        let said: Vec<&str> = [&self.0.title, &self.0.organisation, &self.0.email]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(String::as_str)
            .collect();
        said.join(" · ")
    }

    fn settle(
        &mut self,
        before: Option<&Person>,
        given: &dyn Fn(&str) -> bool,
        words: &mut Words,
    ) -> Result<(), Fault> {
        let contact = &mut self.0;
        // One column may hold both names of somebody whose names are known apart: they stay apart.
        if let Some(Person(before)) = before
            && given("nom")
            && !given("prenom")
            && fold(&contact.last_name) == fold(&full_name(before))
        {
            contact.last_name.clone_from(&before.last_name);
        }
        if contact.last_name.is_empty() && contact.organisation.is_empty() {
            return Err(Fault::of(
                "nom",
                "Le nom manque. Écrivez au moins un nom, ou l’organisme à appeler.",
            ));
        }
        if contact.role.is_empty() {
            let role = words.default_role.ok_or_else(|| {
                let roles: Vec<&str> = ContactRole::ALL
                    .iter()
                    .map(|role| labels::contact_role(*role))
                    .collect();
                Fault::of(
                    "role",
                    format!(
                        "Le rôle manque. Écrivez l’un de ces mots{NNBSP}: {}.",
                        roles.join(", ")
                    ),
                )
            })?;
            contact.role = role.id().to_owned();
        }
        if let (Some(arrived), Some(left)) = (&contact.arrived_on, &contact.left_on)
            && left < arrived
        {
            return Err(Fault::of(
                "depart",
                format!(
                    "Le départ ({}) est avant l’arrivée ({}). Vérifiez les deux dates.",
                    labels::short_day(left),
                    labels::short_day(arrived)
                ),
            ));
        }
        Ok(())
    }

    fn keep(
        plan: &mut Plan<Person>,
        words: &mut Words,
        tx: &Transaction<'_>,
        batch: &str,
        now_ms: i64,
    ) -> Result<(), Error> {
        for planned in &mut plan.rows {
            match &mut planned.verdict {
                Verdict::Created(Person(contact)) => {
                    contact.id = (words.new_id)();
                    contact.created_at_ms = now_ms;
                    contact.updated_at_ms = now_ms;
                    store::contact::insert_in(tx, contact, batch)?;
                }
                Verdict::Updated { after, .. } => {
                    store::contact::update_in(tx, &after.0, now_ms, "import", batch)?;
                }
                Verdict::Unchanged | Verdict::Refused(_) => {}
            }
        }
        Ok(())
    }

    fn new_rooms(_: &Words) -> Vec<String> {
        Vec::new()
    }
}
