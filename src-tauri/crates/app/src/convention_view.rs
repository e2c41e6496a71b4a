//! The convention to explore, to print, and the question « who does this? ».
//!
//! Invariant: every route rests on the convention in force, with what was read on the signed copy over it.

mod missions;
mod paper;
mod today;
mod whole;

pub(crate) use missions::tick;
pub(crate) use paper::{paper, party_word};
pub(crate) use today::today;
pub(crate) use whole::{glossary, view};

use chrono::NaiveDate;
use convention::{Pack, RouteError, RouteRequest};

use crate::{
    App, Error,
    pack::Convention,
    wire::{Activity, Perimeter, Route, RouteQuery, Source},
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
pub(crate) fn routed(convention: &Convention, request: &RouteRequest) -> Result<Route, Error> {
    let Convention { pack, overlay } = convention;
    convention::route(pack, overlay, request)
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
    // The collège's own situation, when one is open; a bare question needs none.
    let (convention, profile) = match app.desk() {
        Ok(desk) => desk.store.read(|conn| -> Result<_, Error> {
            Ok((app.convention(conn)?, store::profile::get(conn)?))
        })?,
        Err(_) => (Convention::bare(app.pack()?), None),
    };
    let pack = &convention.pack;
    let perimeter = match (query.perimeter, query.user.as_deref()) {
        (Some(perimeter), _) => Some(perimeter),
        (None, Some(user)) => Some(Perimeter::from(pack.perimeter_of(user).ok_or_else(
            || {
                let lines: Vec<&str> = pack.users.iter().map(|line| line.label.as_str()).collect();
                Error::refused(
                    "user",
                    format!(
                        "« {user} » n’est pas un utilisateur que la convention nomme. Utilisateurs possibles : {}.",
                        lines.join(", ")
                    ),
                )
            },
        )?)),
        (None, None) => None,
    };
    routed(
        &convention,
        &RouteRequest {
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
        },
    )
}
