//! The registers a guide is walked with: a machine of each sort, alone or with a whole room of its like.
//!
//! Invariant: of two machines that settle the same for the guide and the route, one is enough. The first
//! collège is an ordinary one, whose register says who uses each machine and who paid: its ways are counted.
//! The others are walked for their issue alone.

use chrono::{Days, NaiveDate};

use super::future::named;
use crate::{
    guide::script::Topic,
    pack::Pack,
    step::{EquipmentFacts, Facts, GroupFacts},
    words::{EquipmentFamily, Funding, Perimeter},
};

/// A collège: nothing in its register, then one thing at a time.
pub(super) struct Site {
    pub empty: Facts,
    pub registers: Vec<Facts>,
}

/// An ordinary collège, one with every sort of machine, then cités scolaires that said who maintains them or not.
pub(super) fn sites(pack: &Pack) -> Vec<Site> {
    let today = pack.manifest.signed_on;
    let whole = machines(pack, today, named(pack, Topic::Warranty));
    let ordinary: Vec<EquipmentFacts> = whole
        .iter()
        .filter(|machine| {
            machine.perimeter.is_some()
                && machine.funding == Some(Funding::Departement)
                && machine.warranty_end.is_none()
        })
        .cloned()
        .collect();
    // Who paid is the same question in a cité scolaire: its rule only looks at who maintains.
    let plain: Vec<EquipmentFacts> = whole
        .iter()
        .filter(|machine| machine.funding.is_none() && machine.warranty_end.is_none())
        .cloned()
        .collect();
    let site = |cite_scolaire, region_maintains, machines: &[EquipmentFacts]| {
        let empty = Facts {
            cite_scolaire,
            region_maintains,
            ..Facts::on(today)
        };
        let alone = machines.iter().map(|machine| Facts {
            equipment: Some(machine.clone()),
            ..empty.clone()
        });
        let rooms = machines.iter().map(|machine| Facts {
            group: Some(GroupFacts {
                room_id: "salle".to_owned(),
                room: "B204".to_owned(),
                machines: vec![machine.clone(), machine.clone()],
            }),
            ..empty.clone()
        });
        let registers = alone.chain(rooms).collect();
        Site { empty, registers }
    };
    vec![
        site(false, None, &ordinary),
        site(false, None, &whole),
        site(true, None, &plain),
        site(true, Some(true), &plain),
        site(true, Some(false), &plain),
    ]
}

fn machines(pack: &Pack, today: NaiveDate, warranty: bool) -> Vec<EquipmentFacts> {
    let after = pack.rules.applied.own_funds.after;
    let own = Some(Funding::FondsPropres);
    let payers = [
        (None, false, None),
        (Some(Funding::Departement), false, None),
        (Some(Funding::Etat), false, None),
        (own, true, None),
        (own, false, None),
        (own, false, Some(after)),
        (own, false, after.checked_add_days(Days::new(1))),
    ];
    let over = today.checked_sub_days(Days::new(1));
    let warranties: &[Option<NaiveDate>] = if warranty {
        &[None, over, Some(today)]
    } else {
        &[None]
    };
    let mut machines = Vec::new();
    for family in EquipmentFamily::ALL {
        for perimeter in [
            None,
            Some(Perimeter::Administratif),
            Some(Perimeter::Pedagogique),
        ] {
            for (funding, validated, bought_on) in payers {
                for warranty_end in warranties {
                    machines.push(EquipmentFacts {
                        id: "appareil".to_owned(),
                        label: "Appareil du registre".to_owned(),
                        kind: family.label().to_owned(),
                        family,
                        room: Some("B204".to_owned()),
                        user_line: None,
                        perimeter,
                        funding,
                        bought_on,
                        validated,
                        warranty_end: *warranty_end,
                        serial: None,
                        inventory_number: None,
                    });
                }
            }
        }
    }
    machines
}
