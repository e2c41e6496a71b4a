//! The sample collège: rooms, equipment, contacts and dossiers that look real, all invented; and what is under way
//! there (`acts`).
//!
//! Days are written relative to today, so that the sample never ages.

mod acts;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use convention::text::fold;
use include_dir::{Dir, include_dir};
use serde::{Deserialize, de::DeserializeOwned};
use store::Transaction;

use crate::{
    Error, convention_view,
    opening::day_of,
    pack::Convention,
    principal::Way,
    wire::{Activity, Basis, PlatformKind, Role},
};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/samples");

pub(crate) const COLLEGE: &str = "Collège Desaix";
pub(crate) const FIRST_NAME: &str = "Claire";
pub(crate) const LAST_NAME: &str = "Martin";
/// Above every number that the sample dossiers bear.
pub(crate) const FIRST_INCIDENT: u64 = 482_001;

fn rows<T: DeserializeOwned>(name: &str) -> Result<Vec<T>, Error> {
    let wrong = |cause: String| Error::Internal(format!("assets/samples/{name}: {cause}"));
    let text = FILES
        .get_file(name)
        .and_then(|file| file.contents_utf8())
        .ok_or_else(|| wrong("missing".into()))?;
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| wrong(error.to_string()))
}

#[derive(Deserialize)]
struct RoomLine {
    code: String,
    nom: String,
    batiment: String,
    etage: String,
    usage: String,
}

#[derive(Deserialize)]
struct EquipmentLine {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    famille: String,
    marque: String,
    modele: String,
    serie: String,
    inventaire: String,
    hote: String,
    ip: String,
    mac: String,
    salle: String,
    utilisateur: String,
    financement: String,
    achat_jours: Option<i64>,
    prix_eur: Option<f64>,
    commande: String,
    facture: String,
    garantie_jours: Option<i64>,
    garantie_genre: String,
    valide: String,
    etat: String,
    notes: String,
}

#[derive(Deserialize)]
struct ContactLine {
    id: String,
    prenom: String,
    nom: String,
    role: String,
    organisation: String,
    fonction: String,
    telephone: String,
    mail: String,
    horaires: String,
    appeler_pour: String,
    contrat: String,
    services: String,
    arrivee_jours: Option<i64>,
    depart_jours: Option<i64>,
}

#[derive(Deserialize)]
struct TicketLine {
    id: String,
    reference: String,
    numero: String,
    titre: String,
    description: String,
    service: String,
    activite: String,
    nature: String,
    perimetre: String,
    responsable: String,
    canal: String,
    impact: String,
    urgence: String,
    equipement: String,
    salle: String,
    etat: String,
    statut_plateforme: String,
    attend_de_moi: String,
    cree_jours: i64,
    cree_heure: String,
    maj_jours: i64,
    ferme_jours: Option<i64>,
}

#[derive(Deserialize)]
struct EventLine {
    dossier: String,
    jours: i64,
    heure: String,
    auteur: String,
    genre: String,
    texte: String,
}

/// The calendar of the sample: days relative to the day it is made.
struct Calendar(NaiveDate);

impl Calendar {
    fn day(&self, days: i64) -> NaiveDate {
        let shift = Days::new(days.unsigned_abs());
        if days < 0 {
            self.0.checked_sub_days(shift)
        } else {
            self.0.checked_add_days(shift)
        }
        .unwrap_or(self.0)
    }

    fn on(&self, days: Option<i64>) -> Option<String> {
        days.map(|days| self.day(days).to_string())
    }

    fn at(&self, days: i64, time: &str) -> i64 {
        let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap_or_default();
        let local = self.day(days).and_time(time);
        chrono::Local
            .from_local_datetime(&local)
            .earliest()
            .map_or_else(
                || local.and_utc().timestamp_millis(),
                |at| at.timestamp_millis(),
            )
    }
}

fn option(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "prices of the sample are a few thousand euros"
)]
fn cents(euros: f64) -> i64 {
    (euros * 100.0).round() as i64
}

/// Fills an empty store with the sample collège.
pub(crate) fn fill(tx: &Transaction, now_ms: i64) -> Result<(), Error> {
    let calendar = Calendar(day_of(now_ms));
    store::profile::set(tx, &profile(now_ms))?;
    Way {
        platform: PlatformKind::Remedy,
        login: super::training::LOGIN.into(),
        ..Way::by_hand()
    }
    .put(tx)?;
    let mut rng = rand::rng();
    let mut rooms = BTreeMap::new();
    for line in rows::<RoomLine>("salles.csv")? {
        let id = format!("salle-{}", fold(&line.code));
        rooms.insert(line.code.clone(), id.clone());
        store::room::upsert(
            tx,
            &store::room::Room {
                id,
                code: line.code,
                name: line.nom,
                building: line.batiment,
                floor: line.etage,
                usage: line.usage,
            },
        )?;
    }
    let convention = Convention::in_force(tx)?;
    let mut came = acts::purchases(tx, &calendar)?;
    for line in rows::<EquipmentLine>("equipements.csv")? {
        let mut machine = equipment(&convention.pack, line, &rooms, &calendar, now_ms)?;
        machine.purchase_id = came.remove(&machine.id);
        store::equipment::insert(tx, &machine)?;
    }
    for line in rows::<ContactLine>("contacts.csv")? {
        store::contact::insert(tx, &contact(line, &calendar, now_ms))?;
    }
    for line in rows::<TicketLine>("dossiers.csv")? {
        store::ticket::insert(tx, &ticket(&convention, line, &rooms, &calendar)?)?;
    }
    for line in rows::<EventLine>("echanges.csv")? {
        store::event::add(
            tx,
            &store::event::TicketEvent {
                id: store::new_id(now_ms, &mut rng),
                ticket_id: line.dossier,
                at_ms: calendar.at(line.jours, &line.heure),
                author: line.auteur,
                kind: line.genre,
                text: line.texte,
                ..Default::default()
            },
        )?;
    }
    acts::steps(tx, &calendar)?;
    acts::loans(tx, &calendar)?;
    acts::stock_checks(tx, &rooms, &calendar)
}

fn profile(now_ms: i64) -> store::profile::Profile {
    store::profile::Profile {
        college: COLLEGE.into(),
        commune: "Tarbes".into(),
        cite_scolaire: false,
        region_maintains: None,
        role: Role::Correspondant.id().into(),
        first_name: FIRST_NAME.into(),
        last_name: LAST_NAME.into(),
        phone: "05 36 49 10 20".into(),
        email: "claire.martin@college-desaix.example".into(),
        created_at_ms: now_ms,
    }
}

fn equipment(
    pack: &convention::Pack,
    line: EquipmentLine,
    rooms: &BTreeMap<String, String>,
    calendar: &Calendar,
    now_ms: i64,
) -> Result<store::equipment::Equipment, Error> {
    // The register writes users as the pack does, whatever apostrophe the file used.
    let user_line = pack
        .user_line(&line.utilisateur)
        .map(|user| user.label.clone())
        .unwrap_or_default();
    Ok(store::equipment::Equipment {
        id: line.id,
        kind: line.kind,
        family: line.famille,
        brand: line.marque,
        model: line.modele,
        serial: line.serie,
        inventory_number: line.inventaire,
        host_name: line.hote,
        ip: line.ip,
        mac: line.mac,
        room_id: rooms.get(&line.salle).cloned(),
        user_line,
        funding: line.financement,
        bought_on: calendar.on(line.achat_jours),
        price_cents: line.prix_eur.map(cents),
        order_ref: line.commande,
        invoice_ref: line.facture,
        warranty_on: calendar.on(line.garantie_jours),
        warranty_kind: line.garantie_genre,
        validated: line.valide == "oui",
        state: line.etat,
        notes: line.notes,
        purchase_id: None,
        created_at_ms: line
            .achat_jours
            .map_or(now_ms, |days| calendar.at(days, "10:00")),
        updated_at_ms: now_ms,
    })
}

fn contact(line: ContactLine, calendar: &Calendar, now_ms: i64) -> store::contact::Contact {
    store::contact::Contact {
        id: line.id,
        first_name: line.prenom,
        last_name: line.nom,
        role: line.role,
        organisation: line.organisation,
        title: line.fonction,
        phone: line.telephone,
        email: line.mail,
        hours: line.horaires,
        call_for: line.appeler_pour,
        contract: line.contrat,
        services: line.services,
        arrived_on: calendar.on(line.arrivee_jours),
        left_on: calendar.on(line.depart_jours),
        created_at_ms: now_ms,
        updated_at_ms: now_ms,
    }
}

fn ticket(
    convention: &Convention,
    line: TicketLine,
    rooms: &BTreeMap<String, String>,
    calendar: &Calendar,
) -> Result<store::ticket::Ticket, Error> {
    let request = convention::RouteRequest {
        service: line.service.clone(),
        activity: Activity::from_id(&line.activite)
            .ok_or_else(|| Error::Internal(format!("unknown activity « {} »", line.activite)))?
            .into(),
        perimeter: line.perimetre.parse().ok(),
        funding: None,
        bought_on: None,
        validated: false,
        cite_scolaire: false,
        region_maintains: None,
        out_of_warranty: false,
        case: None,
    };
    let route = convention_view::routed(convention, &request)?;
    // The frozen route is kept only where it says what the dossier says.
    let agrees = route.party.id() == line.responsable;
    Ok(store::ticket::Ticket {
        reference: option(&line.reference),
        number: option(&line.numero),
        title: line.titre,
        description: line.description,
        basis: if agrees { route.basis } else { Basis::Inconnu }
            .id()
            .to_owned(),
        source: route
            .source
            .as_ref()
            .filter(|_| agrees)
            .map(|source| source.code.clone()),
        summary: if agrees {
            serde_json::to_string(&route).map_err(|error| Error::Internal(error.to_string()))?
        } else {
            String::new()
        },
        service: line.service,
        activity: line.activite,
        nature: line.nature,
        perimeter: option(&line.perimetre),
        party: line.responsable,
        channel: line.canal,
        impact: line.impact,
        urgency: line.urgence,
        equipment_id: option(&line.equipement),
        room_id: rooms.get(&line.salle).cloned(),
        state: line.etat,
        platform_status: option(&line.statut_plateforme),
        waiting_on_me: line.attend_de_moi == "oui",
        pack_version: convention.pack.manifest.version.clone(),
        // Invented dossiers were asked under no pack.
        pack: None,
        answers: "{}".into(),
        created_at_ms: calendar.at(line.cree_jours, &line.cree_heure),
        updated_at_ms: calendar.at(line.maj_jours, "17:30"),
        closed_at_ms: line.ferme_jours.map(|days| calendar.at(days, "17:30")),
        origin: String::new(),
        id: line.id,
    })
}
