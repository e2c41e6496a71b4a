//! Words of the register: types, families, states, fundings, rooms and users, as people write them.
//!
//! Invariant: a word becomes a word of the convention only when it can mean no other. A type or a room that nobody
//! knows is kept as it is written; a user, a funding or a state that nobody knows is refused with those that are.

use std::{collections::BTreeMap, sync::Arc};

use convention::text::{fold, slug};
use store::room::Room;

use super::fields::line;
use crate::{
    import::cells::{self, Read, one_line, quoted},
    labels::{self, NNBSP},
    wire::{EquipmentFamily, EquipmentState, Funding},
};

/// What cells are compared with: types and rooms as the register spells them.
pub(in crate::import) struct Words {
    pub(super) pack: Arc<convention::Pack>,
    /// Each type in use, with the family its machines have.
    pub(super) kinds: BTreeMap<String, String>,
    pub(super) spelling: BTreeMap<String, String>,
    /// By code, whatever its case.
    pub(super) rooms: BTreeMap<String, Room>,
    /// Codes by name, and by themselves without accents.
    pub(super) named: BTreeMap<String, String>,
    pub(super) made: Vec<Room>,
    pub(super) new_id: Box<dyn FnMut() -> String>,
    /// What a machine is called whose file never says its type.
    pub(super) untyped: Option<&'static str>,
}

pub(super) fn family(cell: &str) -> Read {
    let known = EquipmentFamily::ALL
        .iter()
        .map(|family| (family.id(), labels::equipment_family(*family)));
    cells::closed(cell, known, FAMILIES, "une famille d’équipements")
}

pub(super) fn funding(cell: &str) -> Read {
    // « CD65 »: a Conseil départemental is often written with its number.
    let cell = match slug(cell).strip_prefix("cd") {
        Some(number)
            if number
                .trim_start_matches('-')
                .bytes()
                .all(|b| b.is_ascii_digit()) =>
        {
            "cd"
        }
        _ => cell,
    };
    const WORDS: &[(&str, &str)] = &[
        ("conseil-departemental", "departement"),
        ("conseil-general", "departement"),
        ("cd", "departement"),
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

pub(super) fn state(cell: &str) -> Read {
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
pub(super) fn family_of(kind: &str) -> Option<&'static str> {
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
    pub(super) fn kind(&self, cell: &str) -> Read {
        let kind = line(cell)?;
        if self.kinds.contains_key(&kind) {
            return Ok(kind);
        }
        let word = slug(&kind);
        let of_pack = |id: &str| {
            let mut found = self
                .pack
                .equipment_types
                .iter()
                .filter(|known| known.id == id || slug(short(&known.label)) == id);
            let first = found.next()?;
            found.next().is_none().then(|| first.label.clone())
        };
        Ok(of_pack(&word)
            .or_else(|| self.spelling.get(&fold(&kind)).cloned())
            .or_else(|| {
                let (_, id) = KINDS.iter().find(|(synonym, _)| *synonym == word)?;
                of_pack(id)
            })
            .unwrap_or(kind))
    }

    /// The code of a room: by its code or its name, « Salle B204 » too; of GLPI's path, the last step.
    pub(super) fn room(&self, cell: &str) -> Read {
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

    pub(super) fn user(&self, cell: &str) -> Read {
        if let Some(line) = self.pack.user_line(cell) {
            return Ok(line.label.clone());
        }
        let labels = self.pack.users.iter().map(|line| line.label.as_str());
        let close = cells::closest(cell, labels).map_or("", |(label, _)| label);
        Err(format!(
            "{} n’est pas un utilisateur que la convention nomme. Le plus proche{NNBSP}: {}.",
            quoted(cell),
            quoted(close)
        ))
    }
}

/// Whether a column could hold lines of annexe 2 bis: inventories have « Utilisateur » columns full of people.
pub(in crate::import) fn could_be_users(pack: &convention::Pack, samples: &[&str]) -> bool {
    const CLOSE: f64 = 0.85;
    samples.is_empty()
        || samples.iter().any(|sample| {
            let labels = pack.users.iter().map(|line| line.label.as_str());
            cells::closest(sample, labels).is_some_and(|(_, likeness)| likeness >= CLOSE)
        })
}

fn short(label: &str) -> &str {
    label.split(" (").next().unwrap_or(label)
}
