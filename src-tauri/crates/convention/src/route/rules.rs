//! The rules of the body laid over what the matrix says: who bought, cité scolaire, own funds, off catalogue.
//!
//! Invariant: a rule only applies to the services the pack names for it, and says so in the pack's words.

use super::{Route, RouteRequest};
use crate::{
    pack::{Advice, Pack, Service, Source},
    words::{Activity, Basis, Channel, Funding, Party},
};

/// « CL ou Etab »: whichever of the two bought it.
pub(super) fn bought_by(route: &mut Route, request: &RouteRequest) {
    if route.party != Party::CollectiviteOuEtablissement {
        return;
    }
    let (party, channel, who) = match request.funding {
        Some(Funding::FondsPropres) => (Party::Etablissement, Channel::Internal, "le collège"),
        Some(Funding::Departement) => (Party::Departement, Channel::Platform, "le Département"),
        Some(Funding::Etat) | None => {
            route.before.push(
                "Précisez qui achète ou a acheté : la collectivité ou le collège.".to_owned(),
            );
            return;
        }
    };
    route.party = party;
    route.channel = channel;
    route.explanation = format!("{} Ici, {who} achète.", route.explanation);
}

pub(super) fn shared_site(
    pack: &Pack,
    route: &mut Route,
    service: &Service,
    request: &RouteRequest,
) {
    let rule = &pack.rules.applied.shared_site;
    let applies = request.cite_scolaire
        && concerns(&rule.services, service)
        && rule.activities.contains(&request.activity);
    if !applies
        || !matches!(route.party, party if party == rule.from || party == Party::SelonUtilisateur)
    {
        return;
    }
    match request.region_maintains {
        Some(true) if route.party == rule.from => {
            route.party = rule.to;
            route.basis = Basis::Deduit;
            route.source = Some(rule.source.clone());
            route.channel = Channel::Platform;
            route.explanation = rule.text.clone();
        }
        Some(true) => route.warnings.push(rule.text.clone()),
        Some(false) => {}
        None => route.warnings.push(rule.unsettled.clone()),
    }
}

pub(super) fn own_funds(pack: &Pack, route: &mut Route, service: &Service, request: &RouteRequest) {
    let rule = &pack.rules.applied.own_funds;
    if request.funding != Some(Funding::FondsPropres) || route.party == rule_out(pack) {
        return;
    }
    let hardware = concerns(&rule.services, service);
    match request.activity {
        Activity::Acquisition if hardware && request.validated => {
            prior(
                route,
                rule.source.clone(),
                Party::Etablissement,
                &rule.validated_order,
            );
            route.channel = Channel::Internal;
        }
        Activity::Acquisition if hardware => {
            prior(route, rule.source.clone(), rule.validator, &rule.order)
        }
        Activity::Acquisition if !request.validated && route.channel == Channel::Internal => {
            route.channel = Channel::PriorValidation;
            advise_more(route, &rule.other_order);
        }
        Activity::Installation | Activity::Maintenance if hardware && !request.validated => {
            if request.bought_on.is_some_and(|day| day <= rule.after) {
                return;
            }
            match route.party {
                party if party == rule.validator => prior(
                    route,
                    rule.source.clone(),
                    Party::Etablissement,
                    &rule.upkeep,
                ),
                // It may yet be the validator's to do.
                Party::SelonUtilisateur | Party::Inconnu => {
                    route.channel = Channel::PriorValidation;
                    advise_more(route, &rule.upkeep);
                    route.warnings.push(rule.other_party.clone());
                }
                // The rule opens the validator's own services; what another party does goes its way.
                _ => route.warnings.push(rule.other_party.clone()),
            }
            if request.bought_on.is_none() {
                route.warnings.push(rule.unknown_date.clone());
            }
        }
        _ => {}
    }
}

/// Where maintenance has passed to another collectivity, the Département's validation no longer opens it.
fn rule_out(pack: &Pack) -> Party {
    pack.rules.applied.shared_site.to
}

pub(super) fn off_catalogue(
    pack: &Pack,
    route: &mut Route,
    service: &Service,
    request: &RouteRequest,
) {
    let rule = &pack.rules.applied.off_catalogue;
    if concerns(&rule.services, service)
        && rule.activities.contains(&request.activity)
        && !request.validated
    {
        route.channel = Channel::PriorValidation;
        advise_more(route, &rule.advice);
    }
}

/// The body decides against the cell.
fn prior(route: &mut Route, source: Source, party: Party, advice: &Advice) {
    route.party = party;
    route.basis = Basis::Deduit;
    route.source = Some(source);
    route.channel = Channel::PriorValidation;
    advise(route, advice);
}

pub(super) fn advise(route: &mut Route, advice: &Advice) {
    route.explanation = advice.explanation.clone();
    route.before.extend(advice.before.iter().cloned());
    route.warnings.extend(advice.warnings.iter().cloned());
    if !advice.path.is_empty() {
        route.path = advice.path.clone();
    }
}

/// The body adds to what the cell says.
fn advise_more(route: &mut Route, advice: &Advice) {
    let said = std::mem::take(&mut route.explanation);
    advise(route, advice);
    route.explanation = format!("{said} {}", route.explanation);
}

pub(super) fn concerns(services: &[String], service: &Service) -> bool {
    services.contains(&service.id)
}
