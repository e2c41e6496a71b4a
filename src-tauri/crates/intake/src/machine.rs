//! One machine as an inventory agent saw it, brought to the columns of a register.
//!
//! Invariant: professional data only. Agents write who opened the session, and from where: no login, no user and no
//! place leaves this module. What a maker left in place of a serial number is no serial number.

mod values;

use crate::{Reason, Refusal, Row, Sheet, text::clean};
use values::{either, ip, known, mac};

/// The headings of every inventory, in the order of `Machine::cells`.
pub(crate) const HEADINGS: [&str; 9] = [
    "Nom",
    "Marque",
    "Modèle",
    "Numéro de série",
    "Type",
    "Adresse IP",
    "Adresse MAC",
    "Système",
    "Numéro d’inventaire",
];

/// A field is the first value met; an empty one counts for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Machine {
    pub name: String,
    pub brand: String,
    pub model: String,
    pub serial: String,
    pub inventory: String,
    /// The shape of the case, as the machine says.
    pub chassis: String,
    /// What the device says it is: `NETWORKING`, `Printer`…
    pub kind: String,
    /// What the agent looked at: `Computer`, `NetworkEquipment`, `Phone`…
    pub itemtype: String,
    /// The fullest name of the system, then those that serve where it is missing.
    pub system: String,
    pub osname: String,
    pub osfamily: String,
    /// Of the board, for a case that says nothing.
    pub board_brand: String,
    pub board_model: String,
    /// Of a device met over the network, whatever its interfaces.
    pub mac: String,
    pub networks: Vec<Network>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Network {
    pub ip: String,
    pub mac: String,
    pub kind: String,
    pub status: String,
    /// `1` or `true`, in the agents' own word.
    pub virtualdev: String,
    pub gateway: String,
}

impl Machine {
    /// The row of a register; `None` when nothing says which machine it is.
    pub fn cells(&self) -> Option<Vec<String>> {
        let (ip, mac) = self.address();
        let cells = [
            clean(&self.name),
            either(known(&self.brand), known(&self.board_brand)),
            either(known(&self.model), known(&self.board_model)),
            known(&self.serial),
            self.family().to_owned(),
            ip,
            mac,
            clean(self.system()),
            known(&self.inventory),
        ];
        let [name, _, _, serial, _, ip, mac, _, inventory] = &cells;
        let named = [name, serial, ip, mac, inventory]
            .iter()
            .any(|cell| !cell.is_empty());
        named.then(|| cells.to_vec())
    }

    /// The address by which the machine is met: that of the interface most likely to be the collège's network, a real
    /// one, plugged in, with a gateway.
    fn address(&self) -> (String, String) {
        let weight = |network: &Network| {
            (
                !ip(&network.ip).is_empty(),
                !network.is_virtual(),
                network.status.eq_ignore_ascii_case("up"),
                !network.gateway.trim().is_empty(),
                !mac(&network.mac).is_empty(),
            )
        };
        let mut best: Option<&Network> = None;
        for network in &self.networks {
            let addressed = !ip(&network.ip).is_empty() || !mac(&network.mac).is_empty();
            if addressed && best.is_none_or(|best| weight(network) > weight(best)) {
                best = Some(network);
            }
        }
        let (ip, own) = best
            .map(|network| (ip(&network.ip), mac(&network.mac)))
            .unwrap_or_default();
        (ip, either(mac(&self.mac), own))
    }

    fn system(&self) -> &str {
        [&self.system, &self.osname, &self.osfamily]
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or("", String::as_str)
    }

    /// The family of annexe 3, when the machine says enough.
    fn family(&self) -> &'static str {
        let system = self.system().to_lowercase();
        let chassis = self.chassis.to_lowercase();
        let model = self.model.to_lowercase();
        let any = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        for kind in [&self.kind, &self.itemtype] {
            match kind.to_lowercase().as_str() {
                "printer" => return "Imprimante",
                "networkequipment" | "networking" => return "Équipement réseau",
                "phone" => return "Téléphone",
                _ => {}
            }
        }
        if any(&system, &["windows server"])
            || any(&chassis, &["rack", "server", "blade", "multi-system"])
        {
            "Serveur"
        } else if any(&chassis, &["tablet"]) {
            "Tablette"
        } else if any(
            &chassis,
            &[
                "laptop",
                "notebook",
                "portable",
                "netbook",
                "convertible",
                "detachable",
            ],
        ) || any(&model, &["macbook"])
        {
            "Portable"
        } else if any(
            &chassis,
            &[
                "desktop",
                "tower",
                "mini pc",
                "all in one",
                "pizza",
                "space-saving",
                "stick pc",
                "lunch",
            ],
        ) || any(&model, &["imac", "macmini", "mac mini", "macpro"])
        {
            "Poste fixe"
        } else {
            ""
        }
    }
}

impl Network {
    /// Loopback, bridges, tunnels: nothing that a person could plug a cable into.
    fn is_virtual(&self) -> bool {
        matches!(self.virtualdev.trim(), "1" | "true")
            || ["loopback", "bridge", "alias", "dialup"]
                .iter()
                .any(|kind| self.kind.eq_ignore_ascii_case(kind))
    }
}

/// Sets a field that has no value yet.
pub(crate) fn first(field: &mut String, value: &str) {
    if field.is_empty() {
        value.trim().clone_into(field);
    }
}

/// Machines gathered one after the other, from a file or from many.
#[derive(Default)]
pub(crate) struct Machines {
    pub rows: Vec<Row>,
    pub refused: Vec<Refusal>,
}

impl Machines {
    /// Adds the machine of this rank; one that nothing names is refused.
    pub fn add(&mut self, rank: u64, machine: &Machine) {
        match machine.cells() {
            Some(cells) => self.rows.push(Row {
                line: rank,
                cells,
                origin: None,
            }),
            None => self.refuse(rank, Reason::Unnamed),
        }
    }

    pub fn refuse(&mut self, rank: u64, reason: Reason) {
        self.refused.push(Refusal {
            line: rank,
            column: None,
            reason,
            origin: None,
            cells: Vec::new(),
        });
    }

    pub fn len(&self) -> usize {
        self.rows.len() + self.refused.len()
    }

    pub fn table(rows: Vec<Row>) -> Sheet {
        Sheet {
            headings: HEADINGS.map(str::to_owned).to_vec(),
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_that_of_the_plugged_interface() {
        let network = |ip: &str, mac: &str, virtualdev: &str, gateway: &str| Network {
            ip: ip.to_owned(),
            mac: mac.to_owned(),
            virtualdev: virtualdev.to_owned(),
            status: "Up".to_owned(),
            gateway: gateway.to_owned(),
            ..Network::default()
        };
        let machine = Machine {
            networks: vec![
                network("127.0.0.1", "00:00:00:00:00:00", "1", ""),
                network("192.168.56.1", "0a-00-27-00-00-01", "1", ""),
                network("", "B8:6B:23:E0:5C:90", "0", ""),
                network("10.77.1.20", "b86b.23e0.5c91", "0", "10.77.1.1"),
                network("10.77.9.9", "b8:6b:23:e0:5c:92", "0", ""),
            ],
            ..Machine::default()
        };
        assert_eq!(
            machine.address(),
            ("10.77.1.20".to_owned(), "B8:6B:23:E0:5C:91".to_owned()),
            "not the loopback, not a virtual network, and the one with a way out"
        );
    }

    #[test]
    fn the_case_gives_the_family() {
        let family = |chassis: &str, kind: &str, system: &str, model: &str| {
            let machine = Machine {
                chassis: chassis.to_owned(),
                kind: kind.to_owned(),
                system: system.to_owned(),
                model: model.to_owned(),
                ..Machine::default()
            };
            machine.family()
        };
        assert_eq!(family("Notebook", "Computer", "", ""), "Portable");
        assert_eq!(family("Mini Tower", "", "", ""), "Poste fixe");
        assert_eq!(family("All in One", "", "", ""), "Poste fixe");
        assert_eq!(family("Rack Mount Chassis", "", "", ""), "Serveur");
        assert_eq!(
            family("Desktop", "", "Microsoft Windows Server 2022", ""),
            "Serveur",
            "a server in a plain case is a server"
        );
        assert_eq!(family("", "", "macOS", "iMac15,1"), "Poste fixe");
        assert_eq!(family("", "PRINTER", "", ""), "Imprimante");
        assert_eq!(family("", "NETWORKING", "", ""), "Équipement réseau");
        assert_eq!(family("", "Phone", "Android", ""), "Téléphone");
        assert_eq!(family("Other", "Computer", "", ""), "", "not a guess");
    }

    #[test]
    fn a_machine_that_nothing_names_is_refused() {
        let mut machines = Machines::default();
        machines.add(
            1,
            &Machine {
                brand: "Dell".to_owned(),
                serial: "None".to_owned(),
                ..Machine::default()
            },
        );
        assert!(machines.rows.is_empty(), "a brand alone names nothing");
        assert_eq!(
            machines.refused[0].reason,
            Reason::Unnamed,
            "and it is said"
        );
    }
}
