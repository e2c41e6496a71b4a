//! From the elements of an agent's file to machines. Both formats of agents name the same things alike: JSON's
//! `content.hardware.name` is XML's `CONTENT/HARDWARE/NAME`, so that one table of names serves both.
//!
//! Invariant: only the fields that make a row are held; the rest of a file, however large, is walked past. A
//! document without content is refused with its rank and never skipped.

use crate::{
    Measure, Reason, Unreadable, limits,
    machine::{Machine, Machines, Network, first},
};

/// The root of one document.
pub(crate) const DOCUMENT: &str = "REQUEST";

/// More interfaces than any machine has.
const INTERFACES: usize = 1024;

#[derive(Default)]
pub(crate) struct Inventory {
    pub machines: Machines,
    path: Vec<String>,
    text: String,
    rank: u64,
    machine: Machine,
    has_content: bool,
    /// Machines met over the network, several in one document.
    devices: u64,
}

impl Inventory {
    pub fn open(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.path.len() >= limits::DEPTH {
            return Err(Unreadable::TooLarge {
                what: Measure::Depth,
                most: limits::DEPTH as u64,
            });
        }
        self.path.push(name.to_ascii_uppercase());
        self.text.clear();
        match self.place().as_slice() {
            [] => {
                self.machine = Machine::default();
                self.has_content = false;
                self.devices = 0;
            }
            ["CONTENT"] => self.has_content = true,
            ["CONTENT", "DEVICE"] => self.machine = Machine::default(),
            ["CONTENT", "NETWORKS"] if self.machine.networks.len() < INTERFACES => {
                self.machine.networks.push(Network::default());
            }
            _ => {}
        }
        Ok(())
    }

    pub fn text(&mut self, more: &str) {
        // No name or number is that long; a hostile one is not worth holding.
        if self.text.len() + more.len() <= limits::CELL_BYTES {
            self.text.push_str(more);
        }
    }

    pub fn close(&mut self) -> Result<(), Unreadable> {
        let value = std::mem::take(&mut self.text);
        let path = std::mem::take(&mut self.path);
        let place = below_document(&path);
        let in_document = path.iter().any(|name| name == DOCUMENT);
        match place.as_slice() {
            [] if in_document => self.end_document()?,
            ["CONTENT", "DEVICE"] => {
                self.devices += 1;
                self.add()?;
            }
            place => self.field(place, value.trim()),
        }
        self.path = path;
        self.path.pop();
        Ok(())
    }

    fn place(&self) -> Vec<&str> {
        match self.path.iter().any(|name| name == DOCUMENT) {
            true => below_document(&self.path),
            false => vec![""],
        }
    }

    fn end_document(&mut self) -> Result<(), Unreadable> {
        match (self.has_content, self.devices) {
            (false, _) => {
                self.rank += 1;
                self.machines.refuse(self.rank, Reason::NotAnInventory);
                self.check()
            }
            (true, 0) => self.add(),
            (true, _) => Ok(()),
        }
    }

    fn add(&mut self) -> Result<(), Unreadable> {
        self.rank += 1;
        self.machines.add(self.rank, &self.machine);
        self.check()
    }

    fn check(&self) -> Result<(), Unreadable> {
        if self.machines.len() > limits::ROWS {
            return Err(Unreadable::TooManyRows {
                most: limits::ROWS as u64,
            });
        }
        Ok(())
    }

    fn field(&mut self, place: &[&str], value: &str) {
        if value.is_empty() {
            return;
        }
        let machine = &mut self.machine;
        let field = match place {
            ["ITEMTYPE"] => &mut machine.itemtype,
            ["CONTENT", "HARDWARE", "NAME"] => &mut machine.name,
            ["CONTENT", "HARDWARE", "CHASSIS_TYPE"] => &mut machine.chassis,
            ["CONTENT", "HARDWARE", "OSNAME"] => &mut machine.osname,
            ["CONTENT", "OPERATINGSYSTEM", "FULL_NAME"] => &mut machine.system,
            ["CONTENT", "OPERATINGSYSTEM", "NAME"] => &mut machine.osfamily,
            ["CONTENT", "BIOS", "SMANUFACTURER"] => &mut machine.brand,
            ["CONTENT", "BIOS", "MMANUFACTURER"] => &mut machine.board_brand,
            ["CONTENT", "BIOS", "SMODEL"] => &mut machine.model,
            ["CONTENT", "BIOS", "MMODEL"] => &mut machine.board_model,
            ["CONTENT", "BIOS", "SSN"] => &mut machine.serial,
            ["CONTENT", "BIOS", "ASSETTAG"] => &mut machine.inventory,
            ["CONTENT", "NETWORKS", name] => match machine.networks.last_mut() {
                Some(network) => match *name {
                    "IPADDRESS" => &mut network.ip,
                    "MAC" | "MACADDR" => &mut network.mac,
                    "TYPE" => &mut network.kind,
                    "STATUS" => &mut network.status,
                    "VIRTUALDEV" => &mut network.virtualdev,
                    "IPGATEWAY" => &mut network.gateway,
                    _ => return,
                },
                None => return,
            },
            // A device met over the network: JSON's own element, XML's inventory, XML's discovery.
            ["CONTENT", "NETWORK_DEVICE", "IPS"]
            | ["CONTENT", "DEVICE", "INFO", "IPS", "IP"]
            | ["CONTENT", "DEVICE", "IP"] => {
                if machine.networks.len() < INTERFACES {
                    machine.networks.push(Network {
                        ip: value.to_owned(),
                        ..Network::default()
                    });
                }
                return;
            }
            ["CONTENT", "NETWORK_DEVICE", name]
            | ["CONTENT", "DEVICE", "INFO", name]
            | ["CONTENT", "DEVICE", name] => match *name {
                "NAME" | "SNMPHOSTNAME" | "DNSHOSTNAME" | "NETBIOSNAME" => &mut machine.name,
                "MANUFACTURER" => &mut machine.brand,
                "MODEL" => &mut machine.model,
                "SERIAL" => &mut machine.serial,
                "TYPE" => &mut machine.kind,
                "MAC" => &mut machine.mac,
                _ => return,
            },
            _ => return,
        };
        first(field, value);
    }
}

/// The names below the root of the document, which some tools wrap in one more element.
fn below_document(path: &[String]) -> Vec<&str> {
    path.iter()
        .map(String::as_str)
        .skip_while(|name| *name != DOCUMENT)
        .skip(1)
        .collect()
}
