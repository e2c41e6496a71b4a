//! A large collège out of a seed: 20,000 pieces of equipment, 100,000 dossiers with their timelines.
//!
//! Invariant: the same seed gives the same words. It is filled through the store's own functions, in a folder
//! that gets its name only once it is complete.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use store::{
    Error, Key, KeyFile, Store, Transaction,
    destination::{Destination, PRINCIPAL},
    equipment::Equipment,
    event::TicketEvent,
    profile::Profile,
    room::Room,
    ticket::Ticket,
};
use tests::desktop::desk::application;

pub const EQUIPMENT: usize = 20_000;
pub const TICKETS: usize = 100_000;
/// Far more than a collège has open, so that the first screen does not have it easy.
pub const OPEN: usize = 212;
/// To be raised when what is invented changes.
const EDITION: u32 = 1;
const ROOMS: usize = 60;
const LOT: usize = 5_000;
/// 23 November 2026, 8:00 UTC.
pub const NOW_MS: i64 = 1_795_420_800_000;
const DAY_MS: i64 = 86_400_000;

const MACHINES: [(&str, &str, &str, &str); 8] = [
    ("Poste fixe", "poste", "HP", "EliteDesk 800"),
    ("Poste fixe", "poste", "Lenovo", "ThinkCentre M70"),
    ("Portable", "portable", "Dell", "Latitude 3420"),
    ("Imprimante", "imprimante", "HP", "LaserJet M454"),
    ("Copieur", "imprimante", "Konica", "Bizhub C258"),
    ("Vidéoprojecteur", "videoprojecteur", "Epson", "EB-982W"),
    ("Borne Wi-Fi", "reseau", "Aruba", "AP-505"),
    ("Onduleur", "serveur", "Eaton", "5P 1550"),
];
const THINGS: [&str; 12] = [
    "Imprimante",
    "Vidéoprojecteur",
    "Poste élève",
    "Portable du professeur",
    "Copieur",
    "Borne Wi-Fi",
    "Onduleur",
    "Pronote",
    "SIECLE",
    "Messagerie académique",
    "Tableau interactif",
    "Serveur pédagogique",
];
const TROUBLES: [&str; 14] = [
    "bourrage papier",
    "ne démarre plus",
    "écran noir",
    "lampe en fin de vie",
    "session refusée",
    "mot de passe oublié",
    "réseau coupé",
    "très lent depuis la mise à jour",
    "toner épuisé",
    "export des notes impossible",
    "son grésille",
    "câble arraché",
    "message d’erreur au démarrage",
    "installation de GeoGebra",
];
const STORIES: [&str; 8] = [
    "Depuis lundi matin, la panne revient à chaque heure de cours.",
    "Le redémarrage n’y change rien ; le câble a été vérifié.",
    "Le professeur a dû continuer au tableau.",
    "L’élève délégué a prévenu la vie scolaire à la récréation.",
    "Le message affiché : « erreur 0x80070005, accès refusé ».",
    "La garantie du vendeur court encore jusqu’à l’été.",
    "À voir avant le conseil de classe de la semaine prochaine.",
    "Même symptôme que l’an passé dans la salle voisine.",
];
const WORDS_BACK: [&str; 6] = [
    "Pris en charge par la DSI, passage prévu jeudi.",
    "Pièce commandée chez le fournisseur.",
    "Technicien passé, lampe remplacée.",
    "Compte débloqué, mot de passe provisoire remis en main propre.",
    "Réinstallé sur la base du socle.",
    "Sans nouvelle, relancé par téléphone.",
];

pub fn key() -> Key {
    Key::from_bytes(*b"Un college invente pour mesurer.")
}

/// The folder of the collège, filled the first time it is asked for.
pub fn folder() -> PathBuf {
    let program = application();
    let build = program
        .parent()
        .and_then(Path::parent)
        .expect("it is under target");
    let folder = build.join(format!("bench/college-{EDITION}"));
    if folder.is_dir() {
        return folder;
    }
    let begun = folder.with_extension("begun");
    // An earlier filling that was interrupted.
    let _ = fs::remove_dir_all(&begun);
    println!(
        "Inventing {TICKETS} dossiers in {} (once)",
        folder.display()
    );
    fill(&begun);
    fs::rename(&begun, &folder).expect("the folder can take its name");
    folder
}

fn fill(folder: &Path) {
    let key = key();
    KeyFile::for_key("trousseau", &key)
        .write(folder)
        .expect("the key file can be written");
    let store = Store::open(folder, &key).expect("the store opens");
    let mut rng = StdRng::seed_from_u64(65);
    let keep = |what: &mut dyn FnMut(&Transaction<'_>) -> Result<(), Error>| {
        store
            .write(|tx| what(tx))
            .expect("the store can be written");
    };
    keep(&mut |tx| {
        store::profile::set(tx, &profile())?;
        store::destination::put(tx, &platform())?;
        fill_rooms(tx)
    });
    for lot in 0..EQUIPMENT / LOT {
        keep(&mut |tx| {
            (lot * LOT..(lot + 1) * LOT)
                .try_for_each(|number| store::equipment::insert(tx, &machine(number, &mut rng)))
        });
    }
    for lot in 0..TICKETS / LOT {
        keep(&mut |tx| {
            (lot * LOT..(lot + 1) * LOT).try_for_each(|number| dossier(tx, number, &mut rng))
        });
    }
}

fn platform() -> Destination {
    Destination {
        id: PRINCIPAL.into(),
        kind: "remedy".into(),
        settings: serde_json::json!({
            "url": "https://assistance.exemple.fr", "login": "c.martin", "reference_field": "Vendor Ticket Number",
        })
        .to_string(),
        ..Destination::default()
    }
}

fn profile() -> Profile {
    Profile {
        college: "Collège Desaix".into(),
        commune: "Tarbes".into(),
        role: "correspondant".into(),
        first_name: "Camille".into(),
        last_name: "Martin".into(),
        created_at_ms: NOW_MS,
        ..Profile::default()
    }
}

/// The same profile, as the first start asks for it.
pub fn profile_json() -> serde_json::Value {
    serde_json::json!({
        "college": "Desaix", "commune": "Tarbes", "cite_scolaire": false, "region_maintains": null,
        "role": "correspondant", "first_name": "Camille", "last_name": "Martin", "phone": "", "email": "",
        "platform": "manuel", "platform_url": "", "platform_login": "", "reference_field": "",
    })
}

fn room(number: usize) -> Room {
    let building = ["A", "B", "C"][number % 3];
    Room {
        id: format!("salle-{number}"),
        code: format!("{building}{}{:02}", number / 30, number % 30),
        name: format!("Salle {number}"),
        building: building.into(),
        ..Room::default()
    }
}

/// The machines as the collège has them, for measures that put them in themselves.
pub fn machines() -> Vec<Equipment> {
    let mut rng = StdRng::seed_from_u64(65);
    (0..EQUIPMENT)
        .map(|number| machine(number, &mut rng))
        .collect()
}

pub fn fill_rooms(tx: &Transaction<'_>) -> Result<(), Error> {
    (0..ROOMS).try_for_each(|number| store::room::upsert(tx, &room(number)))
}

/// Code and name of each room.
pub fn rooms() -> Vec<(String, String)> {
    (0..ROOMS)
        .map(room)
        .map(|room| (room.code, room.name))
        .collect()
}

pub fn room_code(id: &str) -> String {
    let number = id.trim_start_matches("salle-").parse();
    number.map_or_else(|_| String::new(), |number| room(number).code)
}

fn machine(number: usize, rng: &mut StdRng) -> Equipment {
    let (kind, family, brand, model) = MACHINES[rng.random_range(0..MACHINES.len())];
    Equipment {
        id: format!("piece-{number}"),
        kind: kind.into(),
        family: family.into(),
        brand: brand.into(),
        model: model.into(),
        serial: serial(number),
        inventory_number: format!("CD65-{}-{number:05}", rng.random_range(2012..2026)),
        host_name: format!("W65-{number:05}"),
        room_id: Some(format!("salle-{}", rng.random_range(0..ROOMS))),
        funding: "departement".into(),
        bought_on: Some(format!("20{:02}-09-01", rng.random_range(12..26))),
        state: "en-service".into(),
        created_at_ms: NOW_MS,
        updated_at_ms: NOW_MS,
        ..Equipment::default()
    }
}

/// Looks drawn at random; known again from the number.
pub fn serial(number: usize) -> String {
    format!("CZC{:07X}", number.wrapping_mul(2_654_435_761) & 0xfff_ffff)
}

pub fn incident(number: usize) -> String {
    format!("INC{:012}", 400_000 + number)
}

fn dossier(tx: &Transaction<'_>, number: usize, rng: &mut StdRng) -> Result<(), Error> {
    fn one<'a>(words: &[&'a str], rng: &mut StdRng) -> &'a str {
        words.choose(rng).copied().unwrap_or_default()
    }
    // The open ones are the latest.
    let open = number >= TICKETS - OPEN;
    let back = i64::try_from(TICKETS - number).unwrap_or_default();
    let at_ms = NOW_MS - back * DAY_MS / 24;
    let place = room(rng.random_range(0..ROOMS));
    let machine = rng.random_range(0..EQUIPMENT);
    let id = store::new_id(at_ms, rng);
    let ticket = Ticket {
        id: id.clone(),
        reference: Some(format!("REL-{number:06}")),
        number: Some(incident(number)),
        title: format!(
            "{} : {}, salle {}",
            one(&THINGS, rng),
            one(&TROUBLES, rng),
            place.code
        ),
        description: format!(
            "{} {} N° de série : {}",
            one(&STORIES, rng),
            one(&STORIES, rng),
            serial(machine)
        ),
        service: "equipement-bureautique".into(),
        activity: "mco".into(),
        nature: "panne".into(),
        perimeter: Some("pedagogique".into()),
        party: one(
            &["departement", "academie", "editeur", "etablissement"],
            rng,
        )
        .into(),
        basis: "deduit".into(),
        channel: "plateforme".into(),
        impact: "salle".into(),
        urgency: "genant".into(),
        equipment_id: Some(format!("piece-{machine}")),
        room_id: Some(place.id),
        state: if open { "ouvert" } else { "ferme" }.into(),
        platform_status: Some(if open { "Assigned" } else { "Closed" }.into()),
        waiting_on_me: open && number.is_multiple_of(50),
        pack_version: "2015.1".into(),
        answers: "{}".into(),
        summary: "{}".into(),
        created_at_ms: at_ms,
        updated_at_ms: at_ms,
        closed_at_ms: (!open).then_some(at_ms + DAY_MS),
        ..Ticket::default()
    };
    store::ticket::insert(tx, &ticket)?;
    for (author, kind, text) in [
        ("moi", "creation", "Dossier créé, mis en file d’envoi."),
        ("plateforme", "note", one(&WORDS_BACK, rng)),
    ] {
        let event = TicketEvent {
            ticket_id: id.clone(),
            at_ms,
            author: author.into(),
            kind: kind.into(),
            text: text.into(),
            ..TicketEvent::default()
        };
        store::event::add(tx, &event)?;
    }
    Ok(())
}
