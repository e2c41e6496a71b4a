//! Inventories in the format of OCS Inventory and FusionInventory (XML): computers, and network equipment and
//! printers under elements of their own.
//!
//! Invariant: as for any XML here, no entity is expanded and no document type accepted.

use crate::{
    Unreadable,
    inventory::Inventory,
    machine::Machines,
    xml::{Node, Walk},
};

pub(crate) fn read(text: &str) -> Result<Machines, Unreadable> {
    let mut inventory = Inventory::default();
    let mut walk = Walk::new(text);
    loop {
        match walk.next()? {
            Node::Open(element) => inventory.open(element.local_name().as_ref())?,
            Node::Text(text) => inventory.text(&text),
            Node::Close => inventory.close()?,
            Node::End => return Ok(inventory.machines),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::HEADINGS;

    fn cell<'m>(machines: &'m Machines, row: usize, heading: &str) -> &'m str {
        let place = HEADINGS.iter().position(|own| *own == heading).unwrap();
        &machines.rows[row].cells[place]
    }

    #[test]
    fn equipment_met_over_the_network_gives_a_row_each() {
        let text = "<REQUEST><CONTENT>\
            <DEVICE><INFO><NAME>SW-A</NAME><TYPE>NETWORKING</TYPE><SERIAL>S1</SERIAL>\
              <IPS><IP>127.0.0.1</IP><IP>10.0.0.2</IP></IPS><MAC>00:04:2d:07:6b:ae</MAC></INFO>\
              <PORTS><PORT><MAC>aa:aa:aa:aa:aa:aa</MAC></PORT></PORTS></DEVICE>\
            <DEVICE><DNSHOSTNAME>IMP-CDI</DNSHOSTNAME><IP>10.0.0.3</IP><TYPE>PRINTER</TYPE></DEVICE>\
            </CONTENT><QUERY>SNMPQUERY</QUERY></REQUEST>";
        let machines = read(text).unwrap();
        assert_eq!(
            machines.rows.len(),
            2,
            "two devices, two rows and no computer"
        );
        assert_eq!(cell(&machines, 0, "Nom"), "SW-A", "by its own name");
        assert_eq!(
            cell(&machines, 0, "Type"),
            "Équipement réseau",
            "in our words"
        );
        assert_eq!(
            cell(&machines, 0, "Adresse IP"),
            "10.0.0.2",
            "not the loopback"
        );
        assert_eq!(
            cell(&machines, 0, "Adresse MAC"),
            "00:04:2D:07:6B:AE",
            "its own and not that of a port"
        );
        assert_eq!(
            cell(&machines, 1, "Nom"),
            "IMP-CDI",
            "by its name on the network"
        );
        assert_eq!(cell(&machines, 1, "Type"), "Imprimante", "in our words");
        assert_eq!(machines.rows[1].line, 2, "its rank in the file");
    }

    #[test]
    fn no_login_and_no_user_leaves_the_file() {
        let text = "<REQUEST><CONTENT><HARDWARE><NAME>PC-1</NAME><USERID>mdupont</USERID>\
            <LASTLOGGEDUSER>mdupont</LASTLOGGEDUSER></HARDWARE><USERS><LOGIN>mdupont</LOGIN></USERS>\
            </CONTENT></REQUEST>";
        let machines = read(text).unwrap();
        assert!(
            machines.rows[0]
                .cells
                .iter()
                .all(|cell| !cell.contains("mdupont")),
            "who used the machine is nobody's business"
        );
    }

    #[test]
    fn the_case_is_named_before_the_board() {
        let text = "<REQUEST><CONTENT><BIOS><MMANUFACTURER>ASUS</MMANUFACTURER><MMODEL>P8</MMODEL>\
            <SMANUFACTURER>HP</SMANUFACTURER><SMODEL>To be filled by O.E.M.</SMODEL><SSN>S1</SSN></BIOS>\
            </CONTENT></REQUEST>";
        let machines = read(text).unwrap();
        assert_eq!(
            cell(&machines, 0, "Marque"),
            "HP",
            "the maker of the machine"
        );
        assert_eq!(
            cell(&machines, 0, "Modèle"),
            "P8",
            "the board where the case says nothing"
        );
    }
}
