//! What the ways of a guide came by, and what none of them did.
//!
//! Invariant: a sentence names what was never reached as its author wrote it.

use std::collections::BTreeSet;

use crate::{
    guide::{script::Kind, state::State},
    pack::Pack,
    route::Route,
    words::{Channel, Nature, Party},
};

#[derive(Default)]
pub(super) struct Reached {
    pub services: BTreeSet<String>,
    pub cases: BTreeSet<String>,
    pub questions: BTreeSet<String>,
    /// Question and answer.
    pub offers: BTreeSet<(String, String)>,
    pub natures: BTreeSet<Nature>,
    pub parties: BTreeSet<Party>,
    pub channels: BTreeSet<Channel>,
}

impl Reached {
    pub fn route(&mut self, state: &State<'_>, route: &Route, nature: Nature) {
        self.natures.insert(nature);
        self.parties.insert(route.party);
        self.channels.insert(route.channel);
        self.services.extend(state.effects.service.clone());
        self.cases.extend(state.effects.case.clone());
    }

    pub fn never(&self, pack: &Pack) -> Vec<String> {
        let services = pack.services.iter().map(|service| &service.id);
        let services = services
            .filter(|id| !self.services.contains(*id))
            .map(|id| format!("Aucune suite de réponses ne mène au service « {id} »."));
        let cases = pack.rules.cases.iter().map(|case| &case.id);
        let cases = cases
            .filter(|id| !self.cases.contains(*id))
            .map(|id| format!("Aucune suite de réponses ne mène au cas « {id} »."));
        let mut never: Vec<String> = services.chain(cases).collect();
        for item in &pack.guide.items {
            if item.kind == Kind::Deduction {
                continue;
            }
            if !self.questions.contains(&item.id) {
                never.push(format!("La question « {} » n’est jamais posée.", item.id));
                continue;
            }
            for option in &item.options {
                let offer = (item.id.clone(), option.id.clone());
                if !self.offers.contains(&offer) {
                    never.push(format!(
                        "À la question « {} », la réponse « {} » n’est jamais proposée.",
                        item.id, option.id
                    ));
                }
            }
        }
        never
    }
}
