//! What can be merged field by field: the columns of each kind of row, and their French names.
//!
//! Invariant: a value is the one the journal keeps, so that a field can be followed through its history.
//! Left out on purpose: what a file may only add (timelines, steps, documents), and what follows
//! from the rest (the dates of the store, a purchase's state, the state a lent machine goes back to).

use serde_json::{Value, json};
use store::{
    completion::Completion, contact::Contact, equipment::Equipment, loan::Loan, purchase::Purchase,
    room::Room, ticket::Ticket,
};

use super::{
    matching::Same,
    values::{
        Kind, Names, cell_words, family, funding, machine_words, part, person_words, role,
        room_words, state,
    },
};
use crate::wire::MergeWhat;

/// A row of the register that the other file may know otherwise.
pub(super) trait Row: Clone + 'static {
    const WHAT: MergeWhat;
    /// Its name in the journal.
    const TABLE: &'static str;
    const FIELDS: &'static [Field<Self>];
    fn id(&self) -> &str;
    /// Since when its first values stand.
    fn born_ms(&self) -> i64;
    /// The ids it names, as they are here.
    fn translate(&mut self, same: &Same);
    fn label(&self, names: &Names) -> String;
}

pub(super) struct Field<R> {
    /// The column, and the field on the wire.
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    pub get: fn(&R) -> Value,
    pub set: fn(&mut R, &Value),
    /// For what has no journal: the side that moved last is right.
    pub moved_ms: Option<fn(&R) -> i64>,
}

/// A column of the store as the journal writes it, and back.
trait Column {
    fn value(&self) -> Value;
    fn read(value: &Value) -> Self;
}

impl Column for String {
    fn value(&self) -> Value {
        json!(self)
    }
    fn read(value: &Value) -> Self {
        value.as_str().unwrap_or_default().to_owned()
    }
}

impl Column for Option<String> {
    fn value(&self) -> Value {
        json!(self)
    }
    fn read(value: &Value) -> Self {
        value.as_str().map(str::to_owned)
    }
}

impl Column for i64 {
    fn value(&self) -> Value {
        json!(self)
    }
    fn read(value: &Value) -> Self {
        value.as_i64().unwrap_or_default()
    }
}

impl Column for Option<i64> {
    fn value(&self) -> Value {
        json!(self)
    }
    fn read(value: &Value) -> Self {
        value.as_i64()
    }
}

impl Column for bool {
    fn value(&self) -> Value {
        json!(i64::from(*self))
    }
    fn read(value: &Value) -> Self {
        value.as_i64() == Some(1)
    }
}

macro_rules! fields {
    ($($column:ident: $label:literal = $kind:expr;)*) => {
        &[$(Field {
            name: stringify!($column),
            label: $label,
            kind: $kind,
            get: |row| row.$column.value(),
            set: |row, value| row.$column = Column::read(value),
            moved_ms: None,
        }),*]
    };
}

impl Row for Room {
    const WHAT: MergeWhat = MergeWhat::Rooms;
    const TABLE: &'static str = "room";
    const FIELDS: &'static [Field<Self>] = fields! {
        code: "Code" = Kind::Text;
        name: "Nom" = Kind::Text;
        building: "Bâtiment" = Kind::Text;
        floor: "Étage" = Kind::Text;
        usage: "Usage" = Kind::Text;
    };
    fn id(&self) -> &str {
        &self.id
    }
    /// A room keeps no date; its id does, unless it was made otherwise.
    fn born_ms(&self) -> i64 {
        uuid::Uuid::parse_str(&self.id)
            .ok()
            .and_then(|id| id.get_timestamp())
            .and_then(|time| i64::try_from(time.to_unix().0).ok())
            .map_or(i64::MIN, |seconds| seconds.saturating_mul(1000))
    }
    fn translate(&mut self, _: &Same) {}
    fn label(&self, _: &Names) -> String {
        room_words(self)
    }
}

impl Row for Equipment {
    const WHAT: MergeWhat = MergeWhat::Equipment;
    const TABLE: &'static str = "equipment";
    const FIELDS: &'static [Field<Self>] = fields! {
        kind: "Type" = Kind::Text;
        family: "Famille" = Kind::Word(family);
        brand: "Marque" = Kind::Text;
        model: "Modèle" = Kind::Text;
        serial: "Numéro de série" = Kind::Text;
        inventory_number: "Numéro d’inventaire" = Kind::Text;
        host_name: "Nom sur le réseau" = Kind::Text;
        ip: "Adresse IP" = Kind::Text;
        mac: "Adresse MAC" = Kind::Text;
        room_id: "Salle" = Kind::Room;
        user_line: "Utilisateur" = Kind::Text;
        funding: "Financement" = Kind::Word(funding);
        bought_on: "Date d’achat" = Kind::Day;
        price_cents: "Prix" = Kind::Cents;
        order_ref: "Commande" = Kind::Text;
        invoice_ref: "Facture" = Kind::Text;
        warranty_on: "Fin de garantie" = Kind::Day;
        warranty_kind: "Genre de garantie" = Kind::Text;
        validated: "Achat validé" = Kind::YesNo;
        state: "État" = Kind::Word(state);
        notes: "Notes" = Kind::Text;
        purchase_id: "Achat sur fonds propres" = Kind::Purchase;
    };
    fn id(&self) -> &str {
        &self.id
    }
    fn born_ms(&self) -> i64 {
        self.created_at_ms
    }
    fn translate(&mut self, same: &Same) {
        Same::here(&same.rooms, &mut self.room_id);
        Same::here(&same.purchases, &mut self.purchase_id);
    }
    fn label(&self, _: &Names) -> String {
        machine_words(self)
    }
}

impl Row for Contact {
    const WHAT: MergeWhat = MergeWhat::Contacts;
    const TABLE: &'static str = "contact";
    const FIELDS: &'static [Field<Self>] = fields! {
        first_name: "Prénom" = Kind::Text;
        last_name: "Nom" = Kind::Text;
        role: "Rôle" = Kind::Word(role);
        organisation: "Organisme" = Kind::Text;
        title: "Fonction" = Kind::Text;
        phone: "Téléphone" = Kind::Text;
        email: "Courriel" = Kind::Text;
        hours: "Horaires" = Kind::Text;
        call_for: "À appeler pour" = Kind::Text;
        contract: "Numéro de contrat ou de client" = Kind::Text;
        services: "Services" = Kind::Services;
        arrived_on: "Arrivée" = Kind::Day;
        left_on: "Départ" = Kind::Day;
    };
    fn id(&self) -> &str {
        &self.id
    }
    fn born_ms(&self) -> i64 {
        self.created_at_ms
    }
    fn translate(&mut self, _: &Same) {}
    fn label(&self, _: &Names) -> String {
        person_words(self)
    }
}

impl Row for Completion {
    const WHAT: MergeWhat = MergeWhat::Completions;
    const TABLE: &'static str = "completion";
    /// What was read, where, by whom and when are one thing: half of each side would be nobody's reading.
    const FIELDS: &'static [Field<Self>] = &[Field {
        name: "party",
        label: "Responsable lu",
        kind: Kind::Reading,
        get: |row| json!([row.party, row.page, row.by_name, row.on_date]),
        set: |row, value| {
            row.party = Column::read(part(value, 0));
            row.page = Column::read(part(value, 1));
            row.by_name = Column::read(part(value, 2));
            row.on_date = Column::read(part(value, 3));
        },
        moved_ms: Some(|row| midnight_ms(&row.on_date)),
    }];
    fn id(&self) -> &str {
        &self.id
    }
    fn born_ms(&self) -> i64 {
        self.created_at_ms
    }
    fn translate(&mut self, _: &Same) {}
    fn label(&self, names: &Names) -> String {
        cell_words(self, names)
    }
}

fn midnight_ms(day: &str) -> i64 {
    day.parse::<chrono::NaiveDate>()
        .ok()
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map_or(i64::MIN, |at| at.and_utc().timestamp_millis())
}

impl Row for Purchase {
    const WHAT: MergeWhat = MergeWhat::Purchases;
    const TABLE: &'static str = "purchase";
    const FIELDS: &'static [Field<Self>] = fields! {
        title: "Objet" = Kind::Text;
        kind: "Type" = Kind::Text;
        quantity: "Quantité" = Kind::Text;
        supplier: "Fournisseur" = Kind::Text;
        amount_cents: "Montant" = Kind::Cents;
        reason: "Motif" = Kind::Text;
        user_line: "Utilisateur" = Kind::Text;
    };
    fn id(&self) -> &str {
        &self.id
    }
    fn born_ms(&self) -> i64 {
        self.created_at_ms
    }
    fn translate(&mut self, _: &Same) {}
    fn label(&self, _: &Names) -> String {
        self.title.clone()
    }
}

impl Row for Loan {
    const WHAT: MergeWhat = MergeWhat::Loans;
    const TABLE: &'static str = "loan";
    const FIELDS: &'static [Field<Self>] = fields! {
        equipment_id: "Équipement" = Kind::Machine;
        borrower: "Emprunteur" = Kind::Text;
        contact_id: "Fiche de l’emprunteur" = Kind::Person;
        from_on: "Prêté le" = Kind::Day;
        due_on: "À rendre le" = Kind::Day;
        returned_on: "Rendu le" = Kind::Day;
        state_out: "État au départ" = Kind::Text;
        state_in: "État au retour" = Kind::Text;
        accessories: "Accessoires" = Kind::Text;
        notes: "Notes" = Kind::Text;
    };
    fn id(&self) -> &str {
        &self.id
    }
    fn born_ms(&self) -> i64 {
        self.created_at_ms
    }
    fn translate(&mut self, same: &Same) {
        if let Some(here) = same.equipment.get(&self.equipment_id) {
            self.equipment_id.clone_from(here);
        }
        Same::here(&same.contacts, &mut self.contact_id);
    }
    fn label(&self, names: &Names) -> String {
        let machine = names.machines.get(&self.equipment_id);
        format!(
            "{}, prêté à {}",
            machine.map_or("Un équipement", String::as_str),
            self.borrower
        )
    }
}

impl Row for Ticket {
    const WHAT: MergeWhat = MergeWhat::Tickets;
    const TABLE: &'static str = "ticket";
    /// What was asked is written once; the number and where it stands come later.
    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "number",
            label: "Numéro",
            kind: Kind::Text,
            get: |ticket| ticket.number.value(),
            set: |ticket, value| ticket.number = Column::read(value),
            moved_ms: None,
        },
        Field {
            name: "state",
            label: "État",
            kind: Kind::Standing,
            get: |ticket| {
                json!([
                    ticket.state,
                    ticket.platform_status,
                    i64::from(ticket.waiting_on_me)
                ])
            },
            set: |ticket, value| {
                ticket.state = Column::read(part(value, 0));
                ticket.platform_status = Column::read(part(value, 1));
                ticket.waiting_on_me = Column::read(part(value, 2));
            },
            moved_ms: Some(|ticket| ticket.updated_at_ms),
        },
    ];
    fn id(&self) -> &str {
        &self.id
    }
    fn born_ms(&self) -> i64 {
        self.created_at_ms
    }
    fn translate(&mut self, same: &Same) {
        Same::here(&same.equipment, &mut self.equipment_id);
        Same::here(&same.rooms, &mut self.room_id);
    }
    fn label(&self, _: &Names) -> String {
        self.title.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_gives_back_what_it_took() {
        fn same<R: Row>(row: &R, empty: &R) {
            let mut copy = empty.clone();
            for field in R::FIELDS {
                (field.set)(&mut copy, &(field.get)(row));
                assert_eq!(
                    (field.get)(&copy),
                    (field.get)(row),
                    "{} of {}",
                    field.name,
                    R::TABLE
                );
            }
        }
        let ticket = Ticket {
            number: Some("INC000000481350".into()),
            state: "resolu".into(),
            platform_status: Some("Resolved".into()),
            waiting_on_me: true,
            ..Ticket::default()
        };
        same(&ticket, &Ticket::default());
        let machine = Equipment {
            serial: "5CD1".into(),
            price_cents: Some(124_900),
            validated: true,
            room_id: Some("r".into()),
            ..Equipment::default()
        };
        same(&machine, &Equipment::default());
    }
}
