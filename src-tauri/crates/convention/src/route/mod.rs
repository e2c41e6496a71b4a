//! The route of a request: who is responsible, how we know, by which way, and what comes first.
//!
//! Invariant: a route never guesses. A cell nobody wrote, deduced or completed gives the single desk and
//! says that the cell is to be completed. The rules of the body are applied from the pack's own texts;
//! nothing about one Département stands here.

mod rules;

#[cfg(test)]
mod situations;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use self::rules::{advise, bought_by, concerns, off_catalogue, own_funds, shared_site};
use crate::{
    overlay::Overlay,
    pack::{Cell, Pack, Service, Source},
    text::capital,
    words::{Activity, Basis, Channel, Funding, Party, Perimeter},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRequest {
    pub service: String,
    pub activity: Activity,
    pub perimeter: Option<Perimeter>,
    pub funding: Option<Funding>,
    pub bought_on: Option<NaiveDate>,
    pub validated: bool,
    pub cite_scolaire: bool,
    pub region_maintains: Option<bool>,
    pub out_of_warranty: bool,
    /// A situation of the body that settles the route by itself (`regles.toml`, « cas »).
    pub case: Option<String>,
}

impl RouteRequest {
    pub fn new(service: impl Into<String>, activity: Activity) -> Self {
        RouteRequest {
            service: service.into(),
            activity,
            perimeter: None,
            funding: None,
            bought_on: None,
            validated: false,
            cite_scolaire: false,
            region_maintains: None,
            out_of_warranty: false,
            case: None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub party: Party,
    pub basis: Basis,
    pub source: Option<Source>,
    /// The text of the matrix's note, when the cell bears one.
    pub note: Option<String>,
    pub channel: Channel,
    /// One plain sentence that says why.
    pub explanation: String,
    /// What must be done before anything else.
    pub before: Vec<String>,
    pub warnings: Vec<String>,
    /// The stops of the request, in order.
    pub path: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    #[error(
        "Le service « {0} » n’existe pas dans la matrice. Consultez la liste des services de la convention."
    )]
    UnknownService(String),
    #[error("Le cas « {0} » n’existe pas dans les règles de la convention.")]
    UnknownCase(String),
}

pub fn route(pack: &Pack, overlay: &Overlay, request: &RouteRequest) -> Result<Route, RouteError> {
    let service = pack
        .service(&request.service)
        .ok_or_else(|| RouteError::UnknownService(request.service.clone()))?;
    let mut route = match &request.case {
        Some(id) => {
            let case = pack
                .case(id)
                .ok_or_else(|| RouteError::UnknownCase(id.clone()))?;
            let mut route = bare(Verdict {
                party: case.party,
                basis: case.basis,
                source: Some(case.source.clone()),
                note: None,
            });
            route.channel = case.channel;
            advise(&mut route, &case.advice);
            route
        }
        None => by_the_matrix(pack, overlay, service, request),
    };
    let parts = &pack.rules.applied.spare_parts;
    let side = concerns(&parts.always, service)
        || request.perimeter == Some(parts.perimeter) && concerns(&parts.services, service);
    let spare = side && request.out_of_warranty && request.activity == Activity::Maintenance;
    if spare {
        route.warnings.push(parts.text.clone());
    }
    route.path = path(pack, &route, spare.then_some(parts.giver));
    Ok(route)
}

fn by_the_matrix(
    pack: &Pack,
    overlay: &Overlay,
    service: &Service,
    request: &RouteRequest,
) -> Route {
    let mut route = match request.perimeter {
        Some(perimeter) => known_side(pack, overlay, service, perimeter, request),
        None => either_side(pack, overlay, service, request),
    };
    bought_by(&mut route, request);
    shared_site(pack, &mut route, service, request);
    off_catalogue(pack, &mut route, service, request);
    own_funds(pack, &mut route, service, request);
    route
}

/// What a cell says, once the overlay is laid over the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Verdict {
    party: Party,
    basis: Basis,
    source: Option<Source>,
    note: Option<u8>,
}

impl Verdict {
    fn read(pack: &Pack, cell: &Cell) -> Self {
        Verdict {
            party: cell.party,
            basis: cell.basis,
            source: cell
                .source
                .as_deref()
                .and_then(|code| pack.source(code))
                .cloned(),
            note: cell.note,
        }
    }
}

/// A line with a perimeter beats the line « tous »; on the same line the signed copy beats the scan.
fn verdict(
    pack: &Pack,
    overlay: &Overlay,
    service: &Service,
    perimeter: Perimeter,
    activity: Activity,
) -> Verdict {
    for line in [Some(perimeter), None] {
        let cell = pack.cell(&service.id, line, activity);
        if let Some(completed) = overlay.get(&service.id, line, activity) {
            let passage = format!(
                "Exemplaire signé, page {} ; complété par {} le {}",
                completed.page,
                completed.by,
                completed.on.format("%d/%m/%Y")
            );
            let source = Some(Source {
                code: "exemplaire-signe".to_owned(),
                passage,
            });
            return Verdict {
                party: completed.party,
                basis: Basis::Complete,
                source,
                note: cell.and_then(|cell| cell.note),
            };
        }
        if let Some(cell) = cell {
            return Verdict::read(pack, cell);
        }
    }
    Verdict {
        party: Party::Inconnu,
        basis: Basis::Inconnu,
        source: None,
        note: None,
    }
}

fn bare(verdict: Verdict) -> Route {
    let channel = match verdict.party {
        Party::Etablissement => Channel::Internal,
        Party::Editeur => Channel::Vendor,
        _ => Channel::Platform,
    };
    Route {
        party: verdict.party,
        basis: verdict.basis,
        source: verdict.source,
        note: None,
        channel,
        explanation: String::new(),
        before: Vec::new(),
        warnings: Vec::new(),
        path: Vec::new(),
    }
}

fn known_side(
    pack: &Pack,
    overlay: &Overlay,
    service: &Service,
    perimeter: Perimeter,
    request: &RouteRequest,
) -> Route {
    let verdict = verdict(pack, overlay, service, perimeter, request.activity);
    explained(pack, service, request.activity, verdict, Some(perimeter))
}

fn either_side(pack: &Pack, overlay: &Overlay, service: &Service, request: &RouteRequest) -> Route {
    let [administrative, pedagogical] = Perimeter::ALL
        .map(|perimeter| verdict(pack, overlay, service, perimeter, request.activity));
    if administrative == pedagogical {
        return explained(pack, service, request.activity, administrative, None);
    }
    if administrative.party == pedagogical.party {
        // One party on both sides for different reasons: the party is sure, the weaker basis is said.
        let weaker = if administrative.basis > pedagogical.basis {
            administrative
        } else {
            pedagogical
        };
        return explained(pack, service, request.activity, weaker, None);
    }
    let explanation = format!(
        "{} ({}) : cela dépend de qui s’en sert. Côté administratif, {} ; côté pédagogique, {}.",
        said(service),
        lower(request.activity.label()),
        administrative.party.label(),
        pedagogical.party.label()
    );
    let basis = administrative.basis.max(pedagogical.basis);
    let mut route = bare(Verdict {
        party: Party::SelonUtilisateur,
        basis,
        source: None,
        note: None,
    });
    route.explanation = explanation;
    route
        .before
        .push("Précisez qui utilise l’équipement ou le service.".to_owned());
    route.warnings.push("Sans cette précision, la plateforme d’assistance devra poser la question avant de transmettre.".to_owned());
    route
}

/// The plain sentence for a verdict, with the matrix's note applied.
fn explained(
    pack: &Pack,
    service: &Service,
    activity: Activity,
    mut verdict: Verdict,
    side: Option<Perimeter>,
) -> Route {
    let note = verdict.note.and_then(|number| pack.note(number));
    if let Some(party) = note
        .and_then(|note| note.party)
        .filter(|_| verdict.party == Party::SansObjet)
    {
        verdict.party = party;
    }
    let mut route = bare(verdict);
    route.note = note.map(|note| note.text.clone());
    let side = side
        .map(|side| format!(", {}", side.label()))
        .unwrap_or_default();
    let name = said(service);
    let matter = format!("{name}{side} ({})", lower(activity.label()));
    route.explanation = match (route.party, &route.note) {
        (Party::Inconnu, _) => format!(
            "{matter} : la case de la matrice est à compléter. La plateforme d’assistance reçoit la demande et la transmet."
        ),
        (Party::SansObjet, Some(note)) => format!("{matter} : sans objet. {note}"),
        (Party::SansObjet, None) => format!(
            "{matter} : la matrice dit « sans objet ». Si une aide est tout de même nécessaire, la plateforme d’assistance oriente la demande."
        ),
        (Party::Editeur, Some(note)) => format!("{matter} : {}", lower(note)),
        (Party::CollectiviteOuEtablissement, _) => {
            format!("{matter} : celui qui achète, la collectivité ou le collège, s’en charge.")
        }
        (party, _) => {
            let who = party.label();
            format!("{name}{side} : c’est {who} qui {}.", activity.does())
        }
    };
    route
}

fn path(pack: &Pack, route: &Route, parts_giver: Option<Party>) -> Vec<String> {
    let stops = &pack.platform.stops;
    if !route.path.is_empty() {
        return route.path.iter().map(|stop| capital(stop)).collect();
    }
    let mut path = stops
        .channels
        .get(&route.channel)
        .cloned()
        .unwrap_or_default();
    if route.channel == Channel::Platform {
        path.insert(0, stops.desk.clone());
        path.extend(stops.parties.get(&route.party).cloned());
        path.extend(
            parts_giver
                .and_then(|party| stops.parties.get(&party))
                .map(|stop| format!("{stop} (pièces de remplacement)")),
        );
    }
    path.iter().map(|stop| capital(stop)).collect()
}

/// The service in a sentence: a name with a colon in it would make two.
fn said(service: &Service) -> String {
    service.short().replace(" : ", " – ")
}

/// Lower case at the head, unless the word is an acronym.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == '\'' || second == '’' => {
            first
                .to_lowercase()
                .chain(std::iter::once(second))
                .chain(letters)
                .collect()
        }
        _ => text.to_owned(),
    }
}
