//! A row of a file as a piece of equipment: its columns, its marks, and what follows from its type.
//!
//! Invariant: what is imported keeps the rules of the record's form. A type unknown to annexe 3 stays as it is
//! written; the family follows from the type when the row does not say it; a room is known by its code and made when
//! it is missing.

use std::collections::BTreeMap;

use convention::text::{fold, slug};
use store::{Connection, Transaction, equipment::Equipment, room::Room};

use super::{
    cells::{self, Read, one_line, quoted},
    plan::{Fault, Field, Plan, Subject, Verdict},
};
use crate::{
    Error, equipment,
    labels::{self, NNBSP},
    pack,
    wire::{EquipmentFamily, EquipmentState, Funding, ImportChoices, MatchKey},
};

/// A record with the code of its room.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) row: Equipment,
    pub(super) room: String,
}

/// What cells are compared with: types and rooms as the register spells them.
pub(super) struct Words {
    pack: &'static convention::Pack,
    /// Each type in use, with the family its machines have.
    kinds: BTreeMap<String, String>,
    spelling: BTreeMap<String, String>,
    /// By code, whatever its case.
    rooms: BTreeMap<String, Room>,
    /// Codes by name, and by themselves without accents.
    named: BTreeMap<String, String>,
    pub(super) made: Vec<Room>,
    new_id: Box<dyn FnMut() -> String>,
    /// What a machine is called whose file never says its type.
    untyped: Option<&'static str>,
}

type MachineField = Field<Machine>;

/// One line of the table of fields: identifier, label, other headings, and the record's column as plain text.
macro_rules! text {
    ($id:literal, $label:literal, $column:ident, [$($name:literal),* $(,)?]) => {
        MachineField {
            id: $id, label: $label, names: &[$($name),*], clears: true,
            read: |_, cell| line(cell),
            get: |machine| one_line(&machine.row.$column),
            set: |machine, value| machine.row.$column = value,
            show: str::to_owned,
        }
    };
}

macro_rules! day {
    ($id:literal, $label:literal, $column:ident, [$($name:literal),* $(,)?]) => {
        MachineField {
            id: $id, label: $label, names: &[$($name),*], clears: true,
            read: |_, cell| cells::date(cell),
            get: |machine| machine.row.$column.clone().unwrap_or_default(),
            set: |machine, value| machine.row.$column = Some(value).filter(|day| !day.is_empty()),
            show: labels::short_day,
        }
    };
}

const FIELDS: &[MachineField] = &[
    MachineField {
        id: "type",
        label: "Type",
        names: &[
            "typologie",
            "type d'équipement",
            "type de matériel",
            "type de machine",
            "nature",
            "désignation",
            "désignation du bien",
            "matériel",
            "équipement",
            "catégorie",
            "kind",
            "category",
            "device type",
            "asset type",
            "computer type",
            "chassis",
        ],
        clears: false,
        read: Words::kind,
        get: |machine| one_line(&machine.row.kind),
        set: |machine, value| machine.row.kind = value,
        show: str::to_owned,
    },
    MachineField {
        id: "famille",
        label: "Famille",
        names: &["family"],
        clears: false,
        read: |_, cell| family(cell),
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
        [
            "fabricant",
            "constructeur",
            "manufacturer",
            "brand",
            "vendor",
            "make",
            "smanufacturer",
            "bios manufacturer"
        ]
    ),
    text!(
        "modele",
        "Modèle",
        model,
        [
            "modèle de l'ordinateur",
            "model",
            "model name",
            "référence modèle",
            "produit",
            "product",
            "smodel",
            "system model"
        ]
    ),
    MachineField {
        id: "serie",
        label: "Numéro de série",
        names: &[
            "série",
            "n° de série",
            "no de série",
            "n° série",
            "num série",
            "numéro série",
            "numéro de serie constructeur",
            "service tag",
            "serial",
            "serial number",
            "serialnumber",
            "s/n",
            "sn",
            "ssn",
            "serial no",
            "bios serial number",
        ],
        clears: true,
        read: |_, cell| mark(cell),
        get: |machine| one_line(&machine.row.serial),
        set: |machine, value| machine.row.serial = value,
        show: str::to_owned,
    },
    MachineField {
        id: "inventaire",
        label: "Numéro d’inventaire",
        names: &[
            "inventaire",
            "n° d'inventaire",
            "no inventaire",
            "n° inventaire",
            "numéro inventaire",
            "num inventaire",
            "code inventaire",
            "numéro d'inventaire du Département",
            "étiquette",
            "code-barres",
            "immobilisation",
            "inventory number",
            "inventory",
            "asset tag",
            "asset number",
            "otherserial",
            "tag",
            "assettag",
        ],
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
        [
            "nom",
            "nom réseau",
            "nom de la machine",
            "nom machine",
            "nom du poste",
            "nom de l'ordinateur",
            "nom d'hôte",
            "hôte",
            "poste",
            "host name",
            "hostname",
            "host",
            "computer name",
            "machine name",
            "netbios name",
            "name",
            "device name",
        ]
    ),
    MachineField {
        id: "adresse-ip",
        label: "Adresse IP",
        names: &[
            "ip",
            "adresses ip",
            "ip address",
            "ipaddress",
            "ipaddr",
            "réseau ip",
            "adresse réseau",
        ],
        clears: true,
        read: |_, cell| cells::ip(cell),
        get: |machine| machine.row.ip.clone(),
        set: |machine, value| machine.row.ip = value,
        show: str::to_owned,
    },
    MachineField {
        id: "adresse-mac",
        label: "Adresse MAC",
        names: &[
            "mac",
            "adresses mac",
            "mac address",
            "macaddr",
            "adresse physique",
            "adresse ethernet",
        ],
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
        names: &[
            "local",
            "lieu",
            "lieux",
            "emplacement",
            "localisation",
            "bureau",
            "pièce",
            "code salle",
            "room",
            "location",
            "place",
            "where",
        ],
        clears: true,
        read: Words::room,
        get: |machine| machine.room.clone(),
        set: |machine, value| machine.room = value,
        show: str::to_owned,
    },
    MachineField {
        id: "utilisateur",
        label: "Utilisateur",
        names: &[
            "ligne de l'annexe 2 bis",
            "annexe 2 bis",
            "usage",
            "affectation",
            "utilisateurs",
            "user line",
            "public",
            "service utilisateur",
        ],
        clears: true,
        read: Words::user,
        get: |machine| machine.row.user_line.clone(),
        set: |machine, value| machine.row.user_line = value,
        show: str::to_owned,
    },
    MachineField {
        id: "financement",
        label: "Financement",
        names: &[
            "financeur",
            "financé par",
            "origine",
            "origine du financement",
            "source de financement",
            "propriétaire",
            "funding",
            "owner",
            "budget",
            "funded by",
        ],
        clears: false,
        read: |_, cell| funding(cell),
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
        [
            "achat",
            "date achat",
            "acheté le",
            "date d'acquisition",
            "acquisition",
            "date de commande",
            "date de livraison",
            "date de mise en service",
            "mise en service",
            "purchase date",
            "buy date",
            "bought on",
            "order date",
            "date of purchase",
        ]
    ),
    MachineField {
        id: "prix",
        label: "Prix",
        names: &[
            "prix d'achat",
            "prix ttc",
            "montant",
            "coût",
            "valeur",
            "valeur d'achat",
            "price",
            "cost",
            "value",
            "purchase price",
            "purchase cost",
        ],
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
        [
            "bon de commande",
            "n° de commande",
            "numéro de commande",
            "no de commande",
            "référence de commande",
            "order",
            "order number",
            "purchase order",
        ]
    ),
    text!(
        "facture",
        "Facture",
        invoice_ref,
        [
            "n° de facture",
            "numéro de facture",
            "no de facture",
            "référence de facture",
            "invoice",
            "invoice number",
            "bill"
        ]
    ),
    day!(
        "garantie",
        "Fin de garantie",
        warranty_on,
        [
            "date de fin de garantie",
            "garantie",
            "garantie jusqu'au",
            "date d'expiration de la garantie",
            "expiration de la garantie",
            "warranty end",
            "warranty expires",
            "warranty",
            "warranty expiration date",
            "end of warranty",
            "warranty until",
        ]
    ),
    text!(
        "genre-garantie",
        "Genre de garantie",
        warranty_kind,
        [
            "type de garantie",
            "nature de la garantie",
            "informations de garantie",
            "warranty type",
            "warranty info"
        ]
    ),
    MachineField {
        id: "validation",
        label: "Achat validé",
        names: &[
            "validé",
            "validé par le Département",
            "validation du Département",
            "validation",
            "validated",
            "approved",
        ],
        clears: false,
        read: |_, cell| cells::yes_no(cell),
        get: |machine| if machine.row.validated { "oui" } else { "non" }.to_owned(),
        set: |machine, value| machine.row.validated = value == "oui",
        show: str::to_owned,
    },
    MachineField {
        id: "etat",
        label: "État",
        names: &[
            "statut",
            "état du matériel",
            "situation",
            "condition",
            "state",
            "status",
        ],
        clears: false,
        read: |_, cell| state(cell),
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
        names: &[
            "note",
            "commentaire",
            "commentaires",
            "remarque",
            "remarques",
            "observation",
            "observations",
            "comment",
            "comments",
            "description",
        ],
        clears: true,
        read: |_, cell| Ok(cell.replace("\r\n", "\n")),
        get: |machine| machine.row.notes.replace("\r\n", "\n"),
        set: |machine, value| machine.row.notes = value,
        show: str::to_owned,
    },
];

/// A text that stands on one line of the record.
fn line(cell: &str) -> Read {
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

fn family(cell: &str) -> Read {
    let known = EquipmentFamily::ALL
        .iter()
        .map(|family| (family.id(), labels::equipment_family(*family)));
    cells::closed(cell, known, FAMILIES, "une famille d’équipements")
}

fn funding(cell: &str) -> Read {
    const WORDS: &[(&str, &str)] = &[
        ("conseil-departemental", "departement"),
        ("conseil-general", "departement"),
        ("cd", "departement"),
        ("cd65", "departement"),
        ("collectivite", "departement"),
        ("dotation", "departement"),
        ("dotation-departementale", "departement"),
        ("academie", "etat"),
        ("rectorat", "etat"),
        ("education-nationale", "etat"),
        ("fonds-propre", "fonds-propres"),
        ("college", "fonds-propres"),
        ("etablissement", "fonds-propres"),
        ("eple", "fonds-propres"),
    ];
    let known = Funding::ALL
        .iter()
        .map(|funding| (funding.id(), labels::funding(*funding)));
    cells::closed(cell, known, WORDS, "un financement connu")
}

fn state(cell: &str) -> Read {
    const WORDS: &[(&str, &str)] = &[
        ("ok", "en-service"),
        ("bon", "en-service"),
        ("bon-etat", "en-service"),
        ("service", "en-service"),
        ("en-production", "en-service"),
        ("production", "en-service"),
        ("fonctionnel", "en-service"),
        ("fonctionne", "en-service"),
        ("actif", "en-service"),
        ("en-usage", "en-service"),
        ("in-use", "en-service"),
        ("deployed", "en-service"),
        ("hs", "en-panne"),
        ("h-s", "en-panne"),
        ("hors-service", "en-panne"),
        ("panne", "en-panne"),
        ("defectueux", "en-panne"),
        ("casse", "en-panne"),
        ("broken", "en-panne"),
        ("reserve", "en-reserve"),
        ("stock", "en-reserve"),
        ("en-stock", "en-reserve"),
        ("disponible", "en-reserve"),
        ("spare", "en-reserve"),
        ("pret", "prete"),
        ("pretee", "prete"),
        ("en-pret", "prete"),
        ("on-loan", "prete"),
        ("reparation", "en-reparation"),
        ("parti-en-reparation", "en-reparation"),
        ("sav", "en-reparation"),
        ("en-sav", "en-reparation"),
        ("under-repair", "en-reparation"),
        ("reformee", "reforme"),
        ("rebut", "reforme"),
        ("au-rebut", "reforme"),
        ("mis-au-rebut", "reforme"),
        ("a-reformer", "reforme"),
        ("detruit", "reforme"),
        ("retired", "reforme"),
        ("disposed", "reforme"),
    ];
    let known = EquipmentState::ALL
        .iter()
        .map(|state| (state.id(), labels::equipment_state(*state)));
    cells::closed(cell, known, WORDS, "un état connu")
}

/// Words of a type that say its family, the first met; also words for the family itself.
const FAMILIES: &[(&str, &str)] = &[
    ("portable", "portable"),
    ("laptop", "portable"),
    ("notebook", "portable"),
    ("chromebook", "portable"),
    ("tablette", "portable"),
    ("tablet", "portable"),
    ("ipad", "portable"),
    ("copieur", "imprimante"),
    ("photocopieur", "imprimante"),
    ("imprimante", "imprimante"),
    ("imprimantes", "imprimante"),
    ("printer", "imprimante"),
    ("multifonction", "imprimante"),
    ("traceur", "imprimante"),
    ("videoprojecteur", "videoprojecteur"),
    ("videoprojecteurs", "videoprojecteur"),
    ("projecteur", "videoprojecteur"),
    ("projector", "videoprojecteur"),
    ("tbi", "videoprojecteur"),
    ("tni", "videoprojecteur"),
    ("vpi", "videoprojecteur"),
    ("tableau", "videoprojecteur"),
    ("serveur", "serveur"),
    ("server", "serveur"),
    ("onduleur", "serveur"),
    ("ups", "serveur"),
    ("nas", "serveur"),
    ("switch", "reseau"),
    ("commutateur", "reseau"),
    ("routeur", "reseau"),
    ("router", "reseau"),
    ("borne", "reseau"),
    ("wi-fi", "reseau"),
    ("wifi", "reseau"),
    ("pare-feu", "reseau"),
    ("firewall", "reseau"),
    ("reseau", "reseau"),
    ("networkequipment", "reseau"),
    ("poste", "poste"),
    ("postes", "poste"),
    ("pack", "poste"),
    ("ordinateur", "poste"),
    ("desktop", "poste"),
    ("tower", "poste"),
    ("uc", "poste"),
    ("pc", "poste"),
    ("computer", "poste"),
    ("moniteur", "poste"),
    ("ecran", "poste"),
    ("clavier", "poste"),
    ("souris", "poste"),
];

/// Usual words for a type of annexe 3, when they can only mean one.
const KINDS: &[(&str, &str)] = &[
    ("portable", "ordinateur-portable"),
    ("pc-portable", "ordinateur-portable"),
    ("laptop", "ordinateur-portable"),
    ("notebook", "ordinateur-portable"),
    ("server", "serveur"),
    ("commutateur", "switch"),
    ("ups", "onduleur"),
    ("imprimante-nb", "imprimante-noir-et-blanc"),
    ("imprimante-n-b", "imprimante-noir-et-blanc"),
    ("imprimante-monochrome", "imprimante-noir-et-blanc"),
];

/// The family a type belongs to, by its own words. A portable projector is a projector: the last kind of words wins.
fn family_of(kind: &str) -> Option<&'static str> {
    let folded = fold(kind);
    let said = |family: &str| {
        folded
            .split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .any(|word| FAMILIES.contains(&(word, family)))
    };
    [
        "videoprojecteur",
        "imprimante",
        "serveur",
        "reseau",
        "portable",
        "poste",
    ]
    .into_iter()
    .find(|family| said(family))
}

impl Words {
    fn kind(&self, cell: &str) -> Read {
        let kind = line(cell)?;
        if self.kinds.contains_key(&kind) {
            return Ok(kind);
        }
        let word = slug(&kind);
        let of_annexe = |id: &str| {
            let mut found = self
                .pack
                .equipment_types
                .iter()
                .filter(|known| known.id == id || slug(short(&known.label)) == id);
            let first = found.next()?;
            found.next().is_none().then(|| first.label.clone())
        };
        Ok(of_annexe(&word)
            .or_else(|| self.spelling.get(&fold(&kind)).cloned())
            .or_else(|| {
                let (_, id) = KINDS.iter().find(|(synonym, _)| *synonym == word)?;
                of_annexe(id)
            })
            .unwrap_or(kind))
    }

    /// The code of a room: by its code or its name, « Salle B204 » too; of GLPI's path, the last step.
    fn room(&self, cell: &str) -> Read {
        let known = |text: &str| {
            let by_code = self.rooms.get(&text.to_lowercase());
            let code = by_code.map(|room| room.code.clone());
            code.or_else(|| self.named.get(&fold(text)).cloned())
        };
        let whole = one_line(cell);
        let step = whole.rsplit(" > ").next().unwrap_or(&whole).to_owned();
        let bare = match fold(&step).strip_prefix("salle ") {
            Some(_) => step.split_once(' ').map_or("", |(_, rest)| rest).to_owned(),
            None => step.clone(),
        };
        let code = known(&whole)
            .or_else(|| known(&step))
            .or_else(|| known(&bare))
            .unwrap_or(if bare.bytes().any(|byte| byte.is_ascii_digit()) {
                bare
            } else {
                step
            });
        const ROOM: usize = 40;
        if code.chars().count() > ROOM {
            return Err(format!(
                "{} est trop long pour le code d’une salle. Écrivez-le court, par exemple B204.",
                quoted(&code)
            ));
        }
        Ok(code)
    }

    fn user(&self, cell: &str) -> Read {
        if let Some(line) = self.pack.user_line(cell) {
            return Ok(line.label.clone());
        }
        let labels = self.pack.users.iter().map(|line| line.label.as_str());
        let close = cells::closest(cell, labels).map_or("", |(label, _)| label);
        Err(format!(
            "{} n’est pas une ligne de l’annexe 2 bis. La plus proche{NNBSP}: {}.",
            quoted(cell),
            quoted(close)
        ))
    }
}

/// Whether a column could hold lines of annexe 2 bis: inventories have « Utilisateur » columns full of people.
pub(super) fn could_be_users(samples: &[&str]) -> bool {
    const CLOSE: f64 = 0.85;
    let Ok(pack) = pack::built_in() else {
        return false;
    };
    samples.is_empty()
        || samples.iter().any(|sample| {
            let labels = pack.users.iter().map(|line| line.label.as_str());
            cells::closest(sample, labels).is_some_and(|(_, likeness)| likeness >= CLOSE)
        })
}

fn short(label: &str) -> &str {
    label.split(" (").next().unwrap_or(label)
}

impl Subject for Machine {
    type Words = Words;
    const FIELDS: &'static [MachineField] = FIELDS;
    const KEYS: &'static [MatchKey] = &[MatchKey::Serial, MatchKey::Inventory, MatchKey::Host];
    const FIRM: bool = true;
    const THIS: &'static str = "cet équipement";

    fn load(
        conn: &Connection,
        _: &ImportChoices,
        format: intake::Format,
        new_id: Box<dyn FnMut() -> String>,
    ) -> Result<(Vec<Machine>, Words), Error> {
        let rooms: Vec<Room> = store::room::list(conn)?
            .into_iter()
            .map(|(room, _)| room)
            .collect();
        let codes: BTreeMap<&str, &str> = rooms
            .iter()
            .map(|room| (room.id.as_str(), room.code.as_str()))
            .collect();
        let everything = store::equipment::EquipmentQuery {
            limit: u32::MAX.into(),
            ..Default::default()
        };
        let known: Vec<Machine> = store::equipment::page(conn, &everything)?
            .rows
            .into_iter()
            .map(|row| Machine {
                room: row
                    .room_id
                    .as_deref()
                    .and_then(|id| codes.get(id))
                    .map(|code| (*code).to_owned())
                    .unwrap_or_default(),
                row,
            })
            .collect();
        let kinds: BTreeMap<String, String> = known
            .iter()
            .map(|machine| (machine.row.kind.clone(), machine.row.family.clone()))
            .collect();
        let words = Words {
            pack: pack::built_in()?,
            spelling: kinds
                .keys()
                .map(|kind| (fold(kind), kind.clone()))
                .collect(),
            kinds,
            named: rooms
                .iter()
                .map(|room| (fold(&room.name), room.code.clone()))
                .filter(|(name, _)| !name.is_empty())
                .chain(
                    rooms
                        .iter()
                        .map(|room| (fold(&room.code), room.code.clone())),
                )
                .collect(),
            rooms: rooms
                .into_iter()
                .map(|room| (room.code.to_lowercase(), room))
                .collect(),
            made: Vec::new(),
            new_id,
            untyped: matches!(
                format,
                intake::Format::AgentJson | intake::Format::AgentXml | intake::Format::Zip
            )
            .then_some("Ordinateur"),
        };
        Ok((known, words))
    }

    fn fresh() -> Machine {
        Machine {
            row: Equipment {
                funding: Funding::Departement.id().to_owned(),
                state: EquipmentState::InService.id().to_owned(),
                ..Equipment::default()
            },
            room: String::new(),
        }
    }

    fn written(&self, key: MatchKey) -> String {
        one_line(match key {
            MatchKey::Serial => &self.row.serial,
            MatchKey::Inventory => &self.row.inventory_number,
            MatchKey::Host => &self.row.host_name,
            MatchKey::Email | MatchKey::Name => "",
        })
    }

    fn could_be(&self, _: &Machine) -> bool {
        true
    }

    fn own(&self) -> Option<(&'static str, String)> {
        Some(fold(&one_line(&self.row.serial)))
            .filter(|serial| !serial.is_empty())
            .map(|serial| ("serie", serial))
    }

    fn name(&self) -> String {
        equipment::label(&self.row)
    }

    fn detail(&self) -> String {
        let marks = [
            (self.row.serial.as_str(), "série "),
            (self.row.inventory_number.as_str(), "inventaire "),
            (self.row.host_name.as_str(), ""),
            (self.room.as_str(), ""),
        ];
        let said: Vec<String> = marks
            .iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, before)| format!("{before}{text}"))
            .collect();
        said.join(" · ")
    }

    fn id(&self) -> &str {
        &self.row.id
    }

    fn settle(
        &mut self,
        before: Option<&Machine>,
        given: &dyn Fn(&str) -> bool,
        words: &mut Words,
    ) -> Result<(), Fault> {
        if self.row.kind.is_empty() {
            self.row.kind = words
                .untyped
                .ok_or_else(|| {
                    Fault::of(
                        "type",
                        format!(
                            "Le type manque. Écrivez-le, par exemple {}.",
                            quoted("Ordinateur portable")
                        ),
                    )
                })?
                .to_owned();
        }
        let new_kind = before.is_none_or(|before| before.row.kind != self.row.kind);
        if new_kind && !given("famille") {
            let known = words.kinds.get(&self.row.kind).map(String::as_str);
            if let Some(family) = known.or_else(|| family_of(&self.row.kind)) {
                self.row.family = family.to_owned();
            }
        }
        if self.row.family.is_empty() {
            self.row.family = EquipmentFamily::Other.id().to_owned();
        }
        self.row.room_id = match self.room.as_str() {
            "" => None,
            code => {
                let room = words.rooms.entry(code.to_lowercase()).or_insert_with(|| {
                    let room = Room {
                        id: (words.new_id)(),
                        code: code.to_owned(),
                        ..Room::default()
                    };
                    words.made.push(room.clone());
                    room
                });
                self.room = room.code.clone();
                Some(room.id.clone())
            }
        };
        Ok(())
    }

    fn keep(
        plan: &mut Plan<Machine>,
        words: &mut Words,
        tx: &Transaction<'_>,
        batch: &str,
        now_ms: i64,
    ) -> Result<(), Error> {
        for room in &words.made {
            store::room::insert_in(tx, room, batch)?;
        }
        for planned in &mut plan.rows {
            match &mut planned.verdict {
                Verdict::Created(machine) => {
                    machine.row.id = (words.new_id)();
                    machine.row.created_at_ms = now_ms;
                    machine.row.updated_at_ms = now_ms;
                    store::equipment::insert_in(tx, &machine.row, batch)?;
                }
                Verdict::Updated { after, .. } => {
                    store::equipment::update_in(tx, &after.row, now_ms, "import", batch)?;
                }
                Verdict::Unchanged | Verdict::Refused(_) => {}
            }
        }
        Ok(())
    }

    fn new_rooms(words: &Words) -> Vec<String> {
        words.made.iter().map(|room| room.code.clone()).collect()
    }
}
