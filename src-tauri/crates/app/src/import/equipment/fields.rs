//! The columns of a record that a file may fill: their names, how each is read, kept and shown.
//!
//! Invariant: what `get` gives, `read` reads again as the same, so that a table taken out comes back unchanged.

use super::{Machine, Words, words};
use crate::{
    import::{
        cells::{self, Read, one_line, quoted},
        plan::Field,
    },
    labels,
    wire::{EquipmentFamily, EquipmentState, Funding},
};

type MachineField = Field<Machine>;

/// One line of the table of fields: identifier, label, other headings, and the record's column as plain text.
macro_rules! text {
    ($id:literal, $label:literal, $column:ident, $names:literal $(,)?) => {
        MachineField {
            id: $id,
            label: $label,
            names: $names,
            clears: true,
            read: |_, cell| line(cell),
            get: |machine| one_line(&machine.row.$column),
            set: |machine, value| machine.row.$column = value,
            show: str::to_owned,
        }
    };
}

macro_rules! day {
    ($id:literal, $label:literal, $column:ident, $names:literal $(,)?) => {
        MachineField {
            id: $id,
            label: $label,
            names: $names,
            clears: true,
            read: |_, cell| cells::date(cell),
            get: |machine| machine.row.$column.clone().unwrap_or_default(),
            set: |machine, value| machine.row.$column = Some(value).filter(|day| !day.is_empty()),
            show: labels::short_day,
        }
    };
}

pub(super) const FIELDS: &[MachineField] = &[
    MachineField {
        id: "type",
        label: "Type",
        names: "typologie, type d'équipement, type de matériel, type de machine, nature, désignation, désignation du bien, matériel, équipement, catégorie, kind, category, device type, asset type, computer type, chassis",
        clears: false,
        read: Words::kind,
        get: |machine| one_line(&machine.row.kind),
        set: |machine, value| machine.row.kind = value,
        show: str::to_owned,
    },
    MachineField {
        id: "famille",
        label: "Famille",
        names: "family",
        clears: false,
        read: |_, cell| words::family(cell),
        get: |machine| machine.row.family.clone(),
        set: |machine, value| machine.row.family = value,
        show: |id| {
            EquipmentFamily::from_id(id).map_or_else(String::new, |family| {
                labels::equipment_family(family).to_owned()
            })
        },
    },
    text!(
        "marque",
        "Marque",
        brand,
        "fabricant, constructeur, manufacturer, brand, vendor, make"
    ),
    text!(
        "modele",
        "Modèle",
        model,
        "modèle de l'ordinateur, model, model name, référence modèle, produit, product"
    ),
    MachineField {
        id: "serie",
        label: "Numéro de série",
        names: "série, n° de série, no de série, n° série, num série, numéro série, numéro de serie constructeur, service tag, serial, serial number, serialnumber, s/n, sn, serial no",
        clears: true,
        read: |_, cell| mark(cell),
        get: |machine| one_line(&machine.row.serial),
        set: |machine, value| machine.row.serial = value,
        show: str::to_owned,
    },
    MachineField {
        id: "inventaire",
        label: "Numéro d’inventaire",
        names: "inventaire, n° d'inventaire, no inventaire, n° inventaire, numéro inventaire, num inventaire, code inventaire, numéro d'inventaire du Département, étiquette, code-barres, immobilisation, inventory number, inventory, asset tag, asset number, otherserial, tag, assettag",
        clears: true,
        read: |_, cell| mark(cell),
        get: |machine| one_line(&machine.row.inventory_number),
        set: |machine, value| machine.row.inventory_number = value,
        show: str::to_owned,
    },
    text!(
        "nom-reseau",
        "Nom sur le réseau",
        host_name,
        "nom, nom réseau, nom de la machine, nom machine, nom du poste, nom de l'ordinateur, nom d'hôte, hôte, poste, host name, hostname, host, computer, computer name, machine name, netbios name, name, device name"
    ),
    MachineField {
        id: "adresse-ip",
        label: "Adresse IP",
        names: "ip, adresses ip, ip address, ipaddress, ipaddr, réseau ip, adresse réseau",
        clears: true,
        read: |_, cell| cells::ip(cell),
        get: |machine| machine.row.ip.clone(),
        set: |machine, value| machine.row.ip = value,
        show: str::to_owned,
    },
    MachineField {
        id: "adresse-mac",
        label: "Adresse MAC",
        names: "mac, adresses mac, mac address, macaddr, adresse physique, adresse ethernet",
        clears: true,
        read: |_, cell| cells::mac(cell),
        // However it was typed in the record's form.
        get: |machine| cells::mac(&machine.row.mac).unwrap_or_else(|_| machine.row.mac.clone()),
        set: |machine, value| machine.row.mac = value,
        show: str::to_owned,
    },
    MachineField {
        id: "salle",
        label: "Salle",
        names: "local, lieu, lieux, emplacement, localisation, bureau, pièce, code salle, room, location, place, where",
        clears: true,
        read: Words::room,
        get: |machine| machine.room.clone(),
        set: |machine, value| machine.room = value,
        show: str::to_owned,
    },
    MachineField {
        id: "utilisateur",
        label: "Utilisateur",
        names: "ligne d'utilisateurs, usage, affectation, utilisateurs, user line, public, service utilisateur",
        clears: true,
        read: Words::user,
        get: |machine| machine.row.user_line.clone(),
        set: |machine, value| machine.row.user_line = value,
        show: str::to_owned,
    },
    MachineField {
        id: "financement",
        label: "Financement",
        names: "financeur, financé par, origine, origine du financement, source de financement, propriétaire, funding, owner, budget, funded by",
        clears: false,
        read: |_, cell| words::funding(cell),
        get: |machine| machine.row.funding.clone(),
        set: |machine, value| machine.row.funding = value,
        show: |id| {
            Funding::from_id(id)
                .map_or_else(String::new, |funding| labels::funding(funding).to_owned())
        },
    },
    day!(
        "achat",
        "Date d’achat",
        bought_on,
        "achat, date achat, acheté le, date d'acquisition, acquisition, date de commande, date de livraison, date de mise en service, mise en service, purchase date, buy date, bought on, order date, date of purchase"
    ),
    MachineField {
        id: "prix",
        label: "Prix",
        names: "prix d'achat, prix ttc, montant, coût, valeur, valeur d'achat, price, cost, value, purchase price, purchase cost",
        clears: true,
        read: |_, cell| cells::price(cell),
        get: |machine| {
            machine
                .row
                .price_cents
                .map(|cents| cents.to_string())
                .unwrap_or_default()
        },
        set: |machine, value| machine.row.price_cents = value.parse().ok(),
        show: |cents| {
            cents
                .parse()
                .map_or_else(|_| cents.to_owned(), labels::euros)
        },
    },
    text!(
        "commande",
        "Commande",
        order_ref,
        "bon de commande, n° de commande, numéro de commande, no de commande, référence de commande, order, order number, purchase order"
    ),
    text!(
        "facture",
        "Facture",
        invoice_ref,
        "n° de facture, numéro de facture, no de facture, référence de facture, invoice, invoice number, bill"
    ),
    day!(
        "garantie",
        "Fin de garantie",
        warranty_on,
        "date de fin de garantie, garantie, garantie jusqu'au, date d'expiration de la garantie, expiration de la garantie, warranty end, warranty expires, warranty, warranty expiration date, end of warranty, warranty until"
    ),
    text!(
        "genre-garantie",
        "Genre de garantie",
        warranty_kind,
        "type de garantie, nature de la garantie, informations de garantie, warranty type, warranty info"
    ),
    MachineField {
        id: "validation",
        label: "Achat validé",
        names: "validé, validé par le Département, validation du Département, validation, validated, approved",
        clears: false,
        read: |_, cell| cells::yes_no(cell),
        get: |machine| if machine.row.validated { "oui" } else { "non" }.to_owned(),
        set: |machine, value| machine.row.validated = value == "oui",
        show: str::to_owned,
    },
    MachineField {
        id: "etat",
        label: "État",
        names: "statut, état du matériel, situation, condition, state, status",
        clears: false,
        read: |_, cell| words::state(cell),
        get: |machine| machine.row.state.clone(),
        set: |machine, value| machine.row.state = value,
        show: |id| {
            EquipmentState::from_id(id).map_or_else(String::new, |state| {
                labels::equipment_state(state).to_owned()
            })
        },
    },
    MachineField {
        id: "notes",
        label: "Notes",
        names: "note, commentaire, commentaires, remarque, remarques, observation, observations, comment, comments, description",
        clears: true,
        read: |_, cell| Ok(cell.replace("\r\n", "\n")),
        get: |machine| machine.row.notes.replace("\r\n", "\n"),
        set: |machine, value| machine.row.notes = value,
        show: str::to_owned,
    },
];

/// A text that stands on one line of the record.
pub(super) fn line(cell: &str) -> Read {
    const ROOM: usize = 300;
    let line = one_line(cell);
    if line.chars().count() > ROOM {
        return Err(format!(
            "{} dépasse {ROOM} caractères. Mettez ce texte dans les notes.",
            quoted(&line)
        ));
    }
    Ok(line)
}

/// A number read on the machine; what makers leave in its place is no number.
fn mark(cell: &str) -> Read {
    if cells::placeholder(cell) {
        return Ok(String::new());
    }
    line(cell)
}
