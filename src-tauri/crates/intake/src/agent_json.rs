//! Inventories in the GLPI Agent's own format (JSON): one machine, a list of them, or one after the other.
//!
//! Invariant: the document is walked and never held: a list is the same element again and again, and what is not
//! asked for is dropped as it passes.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::{
    Unreadable,
    inventory::{DOCUMENT, Inventory},
    machine::Machines,
};

pub(crate) fn read(text: &str) -> Result<Machines, Unreadable> {
    let mut inventory = Inventory::default();
    let mut fault = None;
    // The first pass finds where each document ends, and that all are well formed.
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    loop {
        let start = documents.byte_offset();
        match documents.next() {
            None => return Ok(inventory.machines),
            Some(Err(cause)) => return Err(unreadable(&cause)),
            Some(Ok(_)) => {
                let own = text.get(start..documents.byte_offset()).unwrap_or_default();
                let value = Value {
                    inventory: &mut inventory,
                    fault: &mut fault,
                    name: DOCUMENT,
                };
                let walked = value.deserialize(&mut serde_json::Deserializer::from_str(own));
                if let Err(cause) = walked {
                    return Err(fault.unwrap_or_else(|| unreadable(&cause)));
                }
            }
        }
    }
}

fn unreadable(cause: &serde_json::Error) -> Unreadable {
    if cause.is_eof() {
        return Unreadable::Truncated;
    }
    Unreadable::Malformed {
        line: cause.line() as u64,
        column: cause.column() as u64,
    }
}

/// What stands under a name.
struct Value<'i> {
    inventory: &'i mut Inventory,
    /// What the inventory refused; serde carries nothing but sentences.
    fault: &'i mut Option<Unreadable>,
    name: &'i str,
}

impl Value<'_> {
    fn told<E: Error>(&mut self, done: Result<(), Unreadable>) -> Result<(), E> {
        done.map_err(|fault| {
            let error = E::custom(&fault);
            *self.fault = Some(fault);
            error
        })
    }

    fn open<E: Error>(&mut self) -> Result<(), E> {
        let opened = self.inventory.open(self.name);
        self.told(opened)
    }

    fn close<E: Error>(&mut self) -> Result<(), E> {
        let closed = self.inventory.close();
        self.told(closed)
    }

    fn scalar<E: Error>(mut self, text: &str) -> Result<(), E> {
        self.open()?;
        self.inventory.text(text);
        self.close()
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an inventory")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        self.open()?;
        while let Some(name) = entries.next_key::<String>()? {
            entries.next_value_seed(Value {
                inventory: self.inventory,
                fault: self.fault,
                name: &name,
            })?;
        }
        self.close()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        loop {
            let item = items.next_element_seed(Value {
                inventory: self.inventory,
                fault: self.fault,
                name: self.name,
            })?;
            if item.is_none() {
                return Ok(());
            }
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.scalar(text)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(&value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(&value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(&value.to_string())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Measure, Reason, limits};

    fn machine(name: &str) -> String {
        format!(r#"{{"content": {{"hardware": {{"name": "{name}"}}}}}}"#)
    }

    fn names(text: &str) -> Vec<String> {
        let machines = read(text).unwrap();
        machines
            .rows
            .iter()
            .map(|row| row.cells[0].clone())
            .collect()
    }

    #[test]
    fn one_file_may_hold_many_machines() {
        assert_eq!(names(&machine("PC-1")), ["PC-1"], "one alone");
        let list = format!("[{}, {}]", machine("PC-1"), machine("PC-2"));
        assert_eq!(names(&list), ["PC-1", "PC-2"], "a list");
        let lines = format!("{}\n{}\n", machine("PC-1"), machine("PC-2"));
        assert_eq!(names(&lines), ["PC-1", "PC-2"], "one a line");
    }

    #[test]
    fn the_fields_of_one_machine_stay_out_of_the_next() {
        let text = r#"[{"itemtype": "Printer", "content": {"bios": {"ssn": "S1"}}},
                       {"content": {"hardware": {"name": "PC-2"}}}]"#;
        let machines = read(text).unwrap();
        assert_eq!(
            machines.rows[1].cells[3], "",
            "the second has no serial number"
        );
        assert_eq!(machines.rows[1].cells[4], "", "and is no printer");
    }

    #[test]
    fn what_is_no_inventory_is_refused_with_its_rank() {
        let text = format!("[{}, {{\"nom\": \"x\"}}, 12]", machine("PC-1"));
        let machines = read(&text).unwrap();
        let refused: Vec<(u64, Reason)> = machines
            .refused
            .iter()
            .map(|refusal| (refusal.line, refusal.reason))
            .collect();
        assert_eq!(machines.rows.len(), 1, "the machine is there");
        assert_eq!(
            refused,
            [(2, Reason::NotAnInventory), (3, Reason::NotAnInventory)],
            "the others are told"
        );
    }

    #[test]
    fn hostile_documents_are_refused_whole() {
        let fault = |text: &str| read(text).err();
        assert_eq!(
            fault(r#"{"content": {"hardware": {"na"#),
            Some(Unreadable::Truncated),
            "a file that breaks off"
        );
        assert_eq!(
            fault("{\n\"a\": x}"),
            Some(Unreadable::Malformed { line: 2, column: 6 }),
            "with its place"
        );
        let deep = format!("{}1{}", "{\"a\":".repeat(100), "}".repeat(100));
        assert_eq!(
            fault(&deep),
            Some(Unreadable::TooLarge {
                what: Measure::Depth,
                most: limits::DEPTH as u64
            }),
            "deeper than any inventory"
        );
        let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(fault(&nested).is_some(), "and it takes no stack");
        let many = format!("[0{}]", ",0".repeat(limits::ROWS + 1));
        assert_eq!(
            fault(&many),
            Some(Unreadable::TooManyRows {
                most: limits::ROWS as u64
            }),
            "a list without end"
        );
    }
}
