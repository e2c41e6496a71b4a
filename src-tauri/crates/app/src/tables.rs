//! Lists as tables for a spreadsheet.
//!
//! Invariant: a table of equipment or contacts, imported again as it is, changes nothing: its headings are the
//! import's own labels and its values are those the import reads. A table of everything says everything.

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use chrono::NaiveDate;
use reports::{Cell, Table};
use store::{Connection, contact::Contact, equipment::Equipment, ticket::Ticket};

use crate::{
    App, Error, equipment,
    import::service_names,
    labels,
    opening::day_of,
    pack,
    wire::{
        ContactRole, EquipmentColumn, EquipmentFamily, EquipmentState, ExportWhat, Funding,
        SavedFile, TableExport, TicketState,
    },
};

pub(crate) fn export(app: &App, request: TableExport) -> Result<SavedFile, Error> {
    let desk = app.desk()?;
    let format = reports::TableFormat::from_id(request.format.id())
        .ok_or_else(|| Error::Internal("the reports know every format of the wire".into()))?;
    // What the list shows, in its order, and only what was chosen in it.
    let shown = match (&request.ids, &request.query) {
        (None, Some(query)) if request.what == ExportWhat::Equipment => {
            Some(equipment::ids(app, query.clone())?.ids)
        }
        (ids, _) => ids.clone(),
    };
    let table = desk.store.read(|conn| match request.what {
        ExportWhat::Equipment => equipment_table(conn, shown, &request.columns),
        ExportWhat::Contacts => contact_table(conn, shown),
        ExportWhat::Tickets => ticket_table(conn, shown),
    })?;
    let bytes =
        reports::table(&table, format).map_err(|cause| Error::Internal(cause.to_string()))?;
    app.save_file(
        &format!("{}-{}.{}", request.what.id(), app.today(), format.id()),
        &bytes,
    )
}

fn text(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

fn day(day: Option<&str>) -> Cell {
    let date = day.and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    date.map_or(Cell::Empty, Cell::Date)
}

/// The words of a closed list, or the word itself when this version has none for it.
fn label<T: Copy>(id: &str, from_id: fn(&str) -> Option<T>, label: fn(T) -> &'static str) -> Cell {
    text(from_id(id).map_or(id, label))
}

/// A word of the convention as its pack says it.
fn said<T: FromStr>(id: &str, label: fn(T) -> &'static str) -> Cell {
    text(id.parse().map_or(id, label))
}

fn ticket_state(state: TicketState) -> &'static str {
    match state {
        TicketState::Open => "Ouvert",
        TicketState::Resolved => "Résolu",
        TicketState::Closed => "Fermé",
        TicketState::Cancelled => "Annulé",
    }
}

/// One column of the register's table; the list's « Modèle » is two of them.
#[derive(Clone, Copy)]
enum Column {
    Shown(EquipmentColumn),
    Brand,
    Family,
    Validated,
}

fn equipment_table(
    conn: &Connection,
    ids: Option<Vec<String>>,
    columns: &[EquipmentColumn],
) -> Result<Table, Error> {
    let columns: Vec<Column> = if columns.is_empty() {
        EquipmentColumn::ALL
            .iter()
            .flat_map(|column| spread(*column))
            .chain([Column::Family, Column::Validated])
            .collect()
    } else {
        columns.iter().flat_map(|column| spread(*column)).collect()
    };
    let machines = match ids {
        Some(ids) => store::equipment::by_ids(conn, &ids)?,
        None => {
            let everything = store::equipment::EquipmentQuery {
                limit: u32::MAX.into(),
                ..Default::default()
            };
            store::equipment::page(conn, &everything)?.rows
        }
    };
    let rooms = room_codes(conn)?;
    Ok(Table {
        name: "Équipements".to_owned(),
        headings: columns
            .iter()
            .map(|column| heading(*column).to_owned())
            .collect(),
        rows: machines
            .iter()
            .map(|machine| {
                columns
                    .iter()
                    .map(|column| cell(machine, *column, &rooms))
                    .collect()
            })
            .collect(),
    })
}

fn spread(column: EquipmentColumn) -> Vec<Column> {
    match column {
        EquipmentColumn::Model => vec![Column::Brand, Column::Shown(EquipmentColumn::Model)],
        column => vec![Column::Shown(column)],
    }
}

/// The machines of a dossier: their names while one takes them in at a glance, else how many and where.
fn together(machines: &[Equipment], rooms: &BTreeMap<String, String>) -> String {
    const AT_A_GLANCE: usize = 3;
    if machines.len() <= AT_A_GLANCE {
        let names = machines.iter().map(|machine| {
            let label = equipment::label(machine);
            match machine.host_name.as_str() {
                host if machines.len() > 1 && !host.is_empty() => format!("{host} ({label})"),
                _ => label,
            }
        });
        return names.collect::<Vec<_>>().join(", ");
    }
    let mut families = machines.iter().map(|machine| machine.family.parse().ok());
    let first: Option<convention::EquipmentFamily> = families.next().flatten();
    let kind = first
        .filter(|_| families.all(|family| family == first))
        .unwrap_or(convention::EquipmentFamily::Autre);
    let ids: BTreeSet<&String> = machines
        .iter()
        .filter_map(|machine| machine.room_id.as_ref())
        .collect();
    let places = joined(
        ids.into_iter()
            .filter_map(|id| rooms.get(id))
            .map(String::as_str),
    );
    let place = if places.is_empty() {
        places
    } else {
        format!(" ({places})")
    };
    format!("{} {}{place}", machines.len(), kind.plural())
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The import's labels.
fn heading(column: Column) -> &'static str {
    match column {
        Column::Brand => "Marque",
        Column::Family => "Famille",
        Column::Validated => "Achat validé",
        Column::Shown(column) => match column {
            EquipmentColumn::Kind => "Type",
            EquipmentColumn::Model => "Modèle",
            EquipmentColumn::Serial => "Numéro de série",
            EquipmentColumn::Inventory => "Numéro d’inventaire",
            EquipmentColumn::Host => "Nom sur le réseau",
            EquipmentColumn::Ip => "Adresse IP",
            EquipmentColumn::Mac => "Adresse MAC",
            EquipmentColumn::Room => "Salle",
            EquipmentColumn::User => "Utilisateur",
            EquipmentColumn::Funding => "Financement",
            EquipmentColumn::State => "État",
            EquipmentColumn::Bought => "Date d’achat",
            EquipmentColumn::Price => "Prix",
            EquipmentColumn::Order => "Commande",
            EquipmentColumn::Invoice => "Facture",
            EquipmentColumn::Warranty => "Fin de garantie",
            EquipmentColumn::WarrantyKind => "Genre de garantie",
            EquipmentColumn::Notes => "Notes",
        },
    }
}

fn cell(machine: &Equipment, column: Column, rooms: &BTreeMap<String, String>) -> Cell {
    let column = match column {
        Column::Brand => return text(&machine.brand),
        Column::Family => {
            return label(
                &machine.family,
                EquipmentFamily::from_id,
                labels::equipment_family,
            );
        }
        Column::Validated => return text(if machine.validated { "oui" } else { "non" }),
        Column::Shown(column) => column,
    };
    match column {
        EquipmentColumn::Kind => text(&machine.kind),
        EquipmentColumn::Model => text(&machine.model),
        EquipmentColumn::Serial => text(&machine.serial),
        EquipmentColumn::Inventory => text(&machine.inventory_number),
        EquipmentColumn::Host => text(&machine.host_name),
        EquipmentColumn::Ip => text(&machine.ip),
        EquipmentColumn::Mac => text(&machine.mac),
        EquipmentColumn::Room => room(machine.room_id.as_ref(), rooms),
        EquipmentColumn::User => text(&machine.user_line),
        EquipmentColumn::Funding => label(&machine.funding, Funding::from_id, labels::funding),
        EquipmentColumn::State => label(
            &machine.state,
            EquipmentState::from_id,
            labels::equipment_state,
        ),
        EquipmentColumn::Bought => day(machine.bought_on.as_deref()),
        EquipmentColumn::Price => machine.price_cents.map_or(Cell::Empty, Cell::Cents),
        EquipmentColumn::Order => text(&machine.order_ref),
        EquipmentColumn::Invoice => text(&machine.invoice_ref),
        EquipmentColumn::Warranty => day(machine.warranty_on.as_deref()),
        EquipmentColumn::WarrantyKind => text(&machine.warranty_kind),
        EquipmentColumn::Notes => text(&machine.notes),
    }
}

fn room_codes(conn: &Connection) -> Result<BTreeMap<String, String>, Error> {
    Ok(store::room::list(conn)?
        .into_iter()
        .map(|(room, _)| (room.id, room.code))
        .collect())
}

fn room(id: Option<&String>, rooms: &BTreeMap<String, String>) -> Cell {
    id.and_then(|id| rooms.get(id))
        .map_or(Cell::Empty, |code| text(code))
}

fn contact_table(conn: &Connection, ids: Option<Vec<String>>) -> Result<Table, Error> {
    let mut contacts = store::contact::list(conn, "", true)?;
    if let Some(ids) = ids {
        contacts.retain(|contact| ids.contains(&contact.id));
    }
    let headings = [
        "Prénom",
        "Nom",
        "Rôle",
        "Organisme",
        "Fonction",
        "Téléphone",
        "Courriel",
        "Horaires",
        "Appeler pour",
        "Numéro de contrat ou de client",
        "Services",
        "Arrivée",
        "Départ",
    ];
    let pack = pack::in_force(conn)?;
    let row = |contact: &Contact| {
        vec![
            text(&contact.first_name),
            text(&contact.last_name),
            label(&contact.role, ContactRole::from_id, labels::contact_role),
            text(&contact.organisation),
            text(&contact.title),
            text(&contact.phone),
            text(&contact.email),
            text(&contact.hours),
            text(&contact.call_for),
            text(&contact.contract),
            text(&service_names(&pack, &contact.services)),
            day(contact.arrived_on.as_deref()),
            day(contact.left_on.as_deref()),
        ]
    };
    Ok(Table {
        name: "Contacts".to_owned(),
        headings: headings.map(str::to_owned).to_vec(),
        rows: contacts.iter().map(row).collect(),
    })
}

fn ticket_table(conn: &Connection, ids: Option<Vec<String>>) -> Result<Table, Error> {
    let everything = store::ticket::TicketQuery {
        state: "tous".into(),
        limit: u32::MAX.into(),
        ..Default::default()
    };
    let mut tickets = store::ticket::page(conn, &everything)?.rows;
    if let Some(ids) = ids {
        tickets.retain(|ticket| ids.contains(&ticket.id));
    }
    let rooms = room_codes(conn)?;
    let pack = pack::in_force(conn)?;
    let headings = [
        "Référence",
        "Numéro",
        "Titre",
        "Description",
        "Service",
        "Activité",
        "Nature",
        "Responsable",
        "État",
        "Suivi de la plateforme",
        "Salle",
        "Équipement",
        "Numéro de série",
        "Créé le",
        "Modifié le",
        "Fermé le",
    ];
    let mut rows = Vec::with_capacity(tickets.len());
    for ticket in &tickets {
        let machines = match &ticket.equipment_id {
            Some(id) => store::equipment::get(conn, id)?.into_iter().collect(),
            None => store::ticket::machines(conn, &ticket.id)?,
        };
        rows.push(ticket_row(&pack, ticket, &machines, &rooms));
    }
    Ok(Table {
        name: "Dossiers".to_owned(),
        headings: headings.map(str::to_owned).to_vec(),
        rows,
    })
}

fn ticket_row(
    pack: &convention::Pack,
    ticket: &Ticket,
    machines: &[Equipment],
    rooms: &BTreeMap<String, String>,
) -> Vec<Cell> {
    let on = |at_ms: i64| Cell::Date(day_of(at_ms));
    vec![
        text(ticket.reference.as_deref().unwrap_or_default()),
        text(ticket.number.as_deref().unwrap_or_default()),
        text(&ticket.title),
        text(&ticket.description),
        text(&service_names(pack, &ticket.service)),
        said(&ticket.activity, convention::Activity::label),
        said(&ticket.nature, convention::Nature::label),
        said(&ticket.party, convention::Party::label),
        label(&ticket.state, TicketState::from_id, ticket_state),
        text(
            &ticket
                .platform_status
                .as_deref()
                .map(labels::platform_status)
                .unwrap_or_default(),
        ),
        room(ticket.room_id.as_ref(), rooms),
        text(&together(machines, rooms)),
        text(&joined(
            machines.iter().map(|machine| machine.serial.as_str()),
        )),
        on(ticket.created_at_ms),
        on(ticket.updated_at_ms),
        ticket.closed_at_ms.map_or(Cell::Empty, on),
    ]
}
