//! Which step of a purchase may follow which, what it is called, and whether it leaves for the platform.
//!
//! Invariant: `WAYS` is the whole of it; what it offers depends on the steps taken so far and on nothing else.

use chrono::NaiveDate;
use store::{
    Connection,
    purchase::{Purchase, PurchaseStep},
};

use crate::{
    Error,
    tickets::word,
    wire::{DocumentKind, NextStep, PurchaseState, TicketState},
};
use PurchaseState::{
    Dropped, Maintained, Ordered, Project, Received, Refused, Registered, Requested, Validated,
};

/// A step that can be taken, from where, and when.
pub(super) struct Way {
    from: &'static [PurchaseState],
    pub(super) to: PurchaseState,
    /// A verb.
    label: &'static str,
    pub(super) leaves: bool,
    pub(super) document: Option<DocumentKind>,
    when: fn(&Story) -> bool,
}

const WAYS: &[Way] = &[
    Way {
        from: &[Project],
        to: Requested,
        label: "Demander la validation au Département",
        leaves: true,
        document: Some(DocumentKind::Quote),
        when: |_| true,
    },
    Way {
        from: &[Refused],
        to: Requested,
        label: "Demander de nouveau la validation",
        leaves: true,
        document: Some(DocumentKind::Quote),
        when: |_| true,
    },
    Way {
        from: &[Ordered, Received],
        to: Requested,
        label: "Demander au Département de valider après coup",
        leaves: true,
        document: Some(DocumentKind::Quote),
        when: |story| !story.validated,
    },
    Way {
        from: &[Requested],
        to: Validated,
        label: "Noter la validation",
        leaves: false,
        document: Some(DocumentKind::Validation),
        when: |_| true,
    },
    Way {
        from: &[Requested],
        to: Refused,
        label: "Noter le refus",
        leaves: false,
        document: Some(DocumentKind::Validation),
        when: |_| true,
    },
    Way {
        from: &[Validated],
        to: Ordered,
        label: "Noter la commande",
        leaves: false,
        document: Some(DocumentKind::Order),
        when: |story| story.ordered_on.is_none(),
    },
    Way {
        from: &[Project, Requested, Refused],
        to: Ordered,
        label: "Noter une commande passée sans validation",
        leaves: false,
        document: Some(DocumentKind::Order),
        when: |story| story.ordered_on.is_none(),
    },
    Way {
        from: &[Ordered, Requested, Validated, Refused],
        to: Received,
        label: "Noter la livraison",
        leaves: false,
        document: Some(DocumentKind::Delivery),
        when: |story| story.ordered_on.is_some() && !story.received,
    },
    Way {
        from: &[Received],
        to: Received,
        label: "Noter une autre livraison",
        leaves: false,
        document: Some(DocumentKind::Delivery),
        when: |story| story.awaited > 0,
    },
    Way {
        from: &[Received, Validated],
        to: Registered,
        label: "Demander l’enregistrement au Département",
        leaves: true,
        document: Some(DocumentKind::Invoice),
        when: |story| story.validated && story.received,
    },
    Way {
        from: &[Registered],
        to: Maintained,
        label: "Noter la prise en charge par le Département",
        leaves: false,
        document: None,
        when: |_| true,
    },
    Way {
        from: &[Project, Requested, Validated, Refused],
        to: Dropped,
        label: "Abandonner le projet",
        leaves: false,
        document: None,
        when: |story| story.ordered_on.is_none(),
    },
    Way {
        from: &[Ordered],
        to: Dropped,
        label: "Noter l’annulation de la commande",
        leaves: false,
        document: None,
        when: |story| !story.received,
    },
    Way {
        from: &[Dropped],
        to: Project,
        label: "Reprendre le projet",
        leaves: false,
        document: None,
        when: |_| true,
    },
];

/// What the steps taken so far say of a purchase.
pub(super) struct Story {
    pub(super) state: PurchaseState,
    pub(super) steps: Vec<PurchaseStep>,
    pub(super) validated: bool,
    pub(super) validated_on: Option<String>,
    pub(super) ordered_on: Option<NaiveDate>,
    pub(super) received: bool,
    /// Pieces that are still to come, as far as the register tells.
    awaited: i64,
    machines: usize,
}

impl Story {
    pub(super) fn read(conn: &Connection, purchase: &Purchase) -> Result<Self, Error> {
        let machines = store::purchase::equipment_of(conn, &purchase.id)?.len();
        let came = i64::try_from(machines).unwrap_or(i64::MAX);
        let mut story = Self {
            state: word(PurchaseState::from_id, &purchase.state)?,
            steps: store::purchase::steps(conn, &purchase.id)?,
            validated: false,
            validated_on: None,
            ordered_on: None,
            received: false,
            awaited: purchase.quantity.saturating_sub(came),
            machines,
        };
        for step in &story.steps {
            match word(PurchaseState::from_id, &step.state)? {
                Validated => {
                    story.validated = true;
                    story.validated_on = Some(step.on_date.clone());
                }
                Refused => {
                    story.validated = false;
                    story.validated_on = None;
                }
                Ordered => story.ordered_on = step.on_date.parse().ok(),
                Received => story.received = true,
                Dropped => story.ordered_on = None,
                Project | Requested | Registered | Maintained => {}
            }
        }
        Ok(story)
    }

    fn ways(&self) -> impl Iterator<Item = &'static Way> {
        WAYS.iter()
            .filter(|way| way.from.contains(&self.state) && (way.when)(self))
    }

    pub(super) fn way(&self, to: PurchaseState) -> Result<&'static Way, Error> {
        self.ways().find(|way| way.to == to).ok_or_else(|| {
            Error::Conflict(
                "Cette étape ne suit pas celle où en est l’achat : rouvrez-le pour voir les étapes possibles."
                    .into(),
            )
        })
    }

    pub(super) fn next_steps(&self) -> Vec<NextStep> {
        self.ways()
            .map(|way| NextStep {
                state: way.to,
                label: way.label.to_owned(),
                leaves: way.leaves,
                document: way.document,
            })
            .collect()
    }

    /// What is to be done next, in a sentence.
    pub(super) fn next(&self) -> &'static str {
        match self.state {
            Project => "Demander la validation au Département avant de commander.",
            Requested if self.ordered_on.is_some() => "Attendre la réponse du Département.",
            Requested => "Attendre la réponse du Département avant de commander.",
            Refused if self.ordered_on.is_some() => {
                "Compléter la demande et la présenter de nouveau : le matériel n’est pas maintenu."
            }
            Refused => "Revoir le projet et demander de nouveau la validation, ou abandonner.",
            Validated if self.received => {
                "Demander l’enregistrement dans la base inventaire du Département."
            }
            Validated if self.ordered_on.is_some() => "Noter la livraison quand elle arrive.",
            Validated => "Commander : le Département a validé l’achat.",
            Ordered if self.validated => "Noter la livraison quand elle arrive.",
            Ordered | Received if !self.validated => {
                "Demander au Département s’il accepte de valider cet achat après coup."
            }
            Ordered | Received => {
                "Demander l’enregistrement dans la base inventaire du Département."
            }
            Registered => "Noter la prise en charge quand le Département la confirme.",
            Maintained => "Rien à faire : le Département maintient ce matériel.",
            Dropped => "Rien à faire : le projet est abandonné.",
        }
    }

    /// Why the last step cannot be taken back, when it cannot.
    pub(super) fn undoable(&self, conn: &Connection) -> Result<Result<(), &'static str>, Error> {
        let Some(last) = self.steps.last().filter(|_| self.steps.len() > 1) else {
            return Ok(Err(
                "Un achat commence par son projet : abandonnez-le plutôt.",
            ));
        };
        if let Some(id) = &last.ticket_id
            && store::ticket::get(conn, id)?
                .is_some_and(|ticket| ticket.state != TicketState::Cancelled.id())
        {
            return Ok(Err(
                "Cette étape est partie en dossier : elle ne se reprend plus. Notez plutôt ce qui a suivi.",
            ));
        }
        if last.state == Received.id() && self.machines > 0 {
            return Ok(Err(
                "Des équipements sont entrés au registre avec cette livraison : annulez d’abord leur entrée.",
            ));
        }
        Ok(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn story(state: PurchaseState) -> Story {
        Story {
            state,
            steps: Vec::new(),
            validated: false,
            validated_on: None,
            ordered_on: None,
            received: false,
            awaited: 0,
            machines: 0,
        }
    }

    #[test]
    fn every_state_is_reached_and_only_the_end_stays() {
        let reached: BTreeSet<PurchaseState> = WAYS.iter().map(|way| way.to).collect();
        assert_eq!(
            reached,
            PurchaseState::ALL.iter().copied().collect(),
            "no state is out of reach"
        );
        for state in PurchaseState::ALL {
            let leaves = WAYS.iter().any(|way| way.from.contains(state));
            assert_eq!(
                leaves,
                *state != Maintained,
                "{state:?}: only a maintained purchase is at its end"
            );
        }
    }

    #[test]
    fn only_the_request_and_the_registration_leave() {
        for way in WAYS {
            assert_eq!(
                way.leaves,
                matches!(way.to, Requested | Registered),
                "{:?}: what the Département must do is asked of it",
                way.to
            );
        }
    }

    #[test]
    fn registration_is_never_offered_before_validation() {
        for validated in [true, false] {
            let story = Story {
                validated,
                received: true,
                ordered_on: NaiveDate::from_ymd_opt(2026, 1, 8),
                ..story(Received)
            };
            assert_eq!(
                story.way(Registered).is_ok(),
                validated,
                "II art. 2: validated first, registered afterwards"
            );
            assert_eq!(
                story.way(Requested).is_ok(),
                !validated,
                "and an order without validation has a way out"
            );
        }
    }
}
