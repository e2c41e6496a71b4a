//! The convention to explore, and the question « who does this? ».

use chrono::NaiveDate;
use convention::{Overlay, Pack, RouteError, RouteRequest};

use crate::{
    App, Error, pack,
    wire::{
        Activity, Cell, ConventionView, EquipmentType, Family, Mission, Nothing, Perimeter, Route,
        RouteQuery, Rule, Section, Service, Source, Term, UserLine,
    },
};

impl From<convention::Route> for Route {
    fn from(route: convention::Route) -> Self {
        Self {
            party: route.party.into(),
            basis: route.basis.into(),
            source: route.source.map(|source| Source {
                code: source.code,
                passage: source.passage,
            }),
            note: route.note,
            channel: route.channel.into(),
            explanation: route.explanation,
            before: route.before,
            warnings: route.warnings,
            path: route.path,
        }
    }
}

/// A column of the matrix as the staff room says it.
pub(crate) fn activity_label(activity: Activity) -> String {
    convention::Activity::from(activity).label().to_owned()
}

pub(crate) fn service_label(pack: &Pack, id: &str) -> String {
    pack.service(id)
        .map_or_else(|| id.to_owned(), |service| service.label.clone())
}

/// The route, or a sentence about what was asked.
pub(crate) fn routed(request: &RouteRequest) -> Result<Route, Error> {
    let pack = pack::built_in()?;
    convention::route(pack, &Overlay::default(), request)
        .map(Route::from)
        .map_err(|error| match error {
            RouteError::UnknownService(service) => {
                let known: Vec<&str> = pack.services.iter().map(|line| line.id.as_str()).collect();
                Error::refused(
                    "service",
                    format!(
                        "Le service « {service} » n’existe pas dans la matrice. Services : {}.",
                        known.join(", ")
                    ),
                )
            }
            RouteError::UnknownCase(_) => Error::refused("case", error.to_string()),
        })
}

/// A day as the wire writes it.
pub(crate) fn day(field: &'static str, text: Option<&str>) -> Result<Option<NaiveDate>, Error> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
                Error::refused(
                    field,
                    format!("« {text} » n’est pas une date. Écrivez-la sous la forme 2026-03-14."),
                )
            })
        })
        .transpose()
}

pub(crate) fn route(app: &App, query: RouteQuery) -> Result<Route, Error> {
    let pack = pack::built_in()?;
    let perimeter = match (query.perimeter, query.user.as_deref()) {
        (Some(perimeter), _) => Some(perimeter),
        (None, Some(user)) => Some(Perimeter::from(pack.perimeter_of(user).ok_or_else(
            || {
                let lines: Vec<&str> = pack.users.iter().map(|line| line.label.as_str()).collect();
                Error::refused(
                    "user",
                    format!(
                        "« {user} » n’est pas une ligne de l’annexe 2 bis. Lignes possibles : {}.",
                        lines.join(", ")
                    ),
                )
            },
        )?)),
        (None, None) => None,
    };
    // The collège's own situation, when one is open; a bare question needs none.
    let profile = match app.desk() {
        Ok(desk) => desk.store.read(store::profile::get)?,
        Err(_) => None,
    };
    routed(&RouteRequest {
        service: query.service,
        activity: query.activity.into(),
        perimeter: perimeter.map(Into::into),
        funding: query.funding.map(Into::into),
        bought_on: day("bought_on", query.bought_on.as_deref())?,
        validated: query.validated,
        cite_scolaire: query.cite_scolaire.unwrap_or_else(|| {
            profile
                .as_ref()
                .is_some_and(|profile| profile.cite_scolaire)
        }),
        region_maintains: profile.and_then(|profile| profile.region_maintains),
        out_of_warranty: query.out_of_warranty,
        case: None,
    })
}

pub(crate) fn view(_: &App, _: Nothing) -> Result<ConventionView, Error> {
    let pack = pack::built_in()?;
    let known = pack
        .cells
        .iter()
        .filter(|cell| cell.basis != convention::Basis::Inconnu)
        .count();
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let cell = |cell: &convention::Cell| Cell {
        activity: cell.activity.into(),
        perimeter: cell.perimeter.map(Into::into),
        party: cell.party.into(),
        basis: cell.basis.into(),
        source: cell
            .source
            .as_deref()
            .and_then(|code| pack.source(code))
            .map(|source| Source {
                code: source.code.clone(),
                passage: source.passage.clone(),
            }),
        note: cell
            .note
            .and_then(|number| pack.note(number))
            .map(|note| note.text.clone()),
    };
    let section = |section: &convention::Section| Section {
        title: section.title.clone(),
        items: section
            .text
            .iter()
            .chain(&section.points)
            .chain(&section.after)
            .cloned()
            .collect(),
    };
    Ok(ConventionView {
        name: pack.manifest.name.clone(),
        version: pack.manifest.version.clone(),
        signed_on: pack.manifest.signed_on.to_string(),
        departement: pack.manifest.departement.clone(),
        academie: pack.manifest.academie.clone(),
        cells_total: size(pack.cells.len()),
        cells_known: size(known),
        families: pack
            .families
            .iter()
            .map(|family| Family {
                id: family.id.clone(),
                label: family.label.clone(),
                services: pack
                    .services
                    .iter()
                    .filter(|service| service.family == family.id)
                    .map(|service| Service {
                        id: service.id.clone(),
                        label: service.label.clone(),
                        explanation: Some(service.explanation.clone())
                            .filter(|text| !text.is_empty()),
                        cells: pack.cells_of(&service.id).into_iter().map(cell).collect(),
                    })
                    .collect(),
            })
            .collect(),
        users: pack
            .users
            .iter()
            .map(|user| UserLine {
                label: user.label.clone(),
                perimeter: user.perimeter.into(),
            })
            .collect(),
        equipment_types: pack
            .equipment_types
            .iter()
            .map(|kind| EquipmentType {
                label: kind.label.clone(),
                own_funds_on_request: kind.on_request,
            })
            .collect(),
        rules: pack
            .rules
            .list
            .iter()
            .map(|rule| Rule {
                id: rule.id.clone(),
                title: rule.title.clone(),
                text: rule.text.clone(),
                source: rule.source.passage.clone(),
            })
            .collect(),
        missions: pack
            .missions
            .iter()
            .map(|mission| Mission {
                id: mission.id.clone(),
                title: mission.title.clone(),
                annexe: mission.annexe.clone(),
                sections: mission.sections.iter().map(section).collect(),
            })
            .collect(),
        charter: pack.charter.sections.iter().map(section).collect(),
        glossary: pack
            .glossary
            .iter()
            .map(|term| Term {
                acronym: term.acronym.clone(),
                meaning: term.meaning.clone(),
                remark: Some(term.remark.clone()).filter(|text| !text.is_empty()),
            })
            .collect(),
    })
}
