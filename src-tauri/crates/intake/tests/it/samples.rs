//! Files that agents made on real machines. Where the folder is absent, as on a machine that has the project alone,
//! there is nothing to test.

use intake::{Format, Reason, Unreadable};

use crate::files::{Parts, read, real, zipped};

const HEADINGS: [&str; 9] = [
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

/// What a person finds by opening each file and reading it.
const EXPECTED: [(&str, [&str; 9]); 10] = [
    (
        "agent_1.xml",
        [
            "LF014",
            "TOSHIBA",
            "PORTEGE Z30-A",
            "9E113232I",
            "Portable",
            "192.168.1.103",
            "B8:6B:23:E0:5C:91",
            "Fedora release 25 (Twenty Five)",
            "",
        ],
    ),
    (
        "agent_10.xml",
        [
            "swdc-07-01-dc1",
            "Cisco",
            "Cisco Nexus 5596",
            "",
            "Équipement réseau",
            "192.168.0.8",
            "00:23:04:EE:BE:02",
            "",
            "",
        ],
    ),
    (
        "agent_4.xml",
        [
            "iMac de Marie",
            "Apple Inc.",
            "iMac15,1",
            "C02NG5A5FY11",
            "Poste fixe",
            "172.28.212.66",
            "0C:4D:E9:CD:A4:C8",
            "macOS",
            "",
        ],
    ),
    (
        "agent_5.xml",
        [
            "WR21",
            "Digi",
            "WR11 XT",
            "486280",
            "Équipement réseau",
            "172.21.255.102",
            "00:04:2D:07:6B:AE",
            "",
            "",
        ],
    ),
    (
        "agent_9.xml",
        [
            "homeassistant",
            "",
            "",
            "",
            "",
            "172.210.10.133",
            "F3:6C:00:33:85:F2",
            "",
            "",
        ],
    ),
    (
        "computer_1.json",
        [
            "glpixps",
            "Dell Inc.",
            "XPS 13 9350",
            "640HP72",
            "Portable",
            "192.168.1.142",
            "00:E0:4C:68:01:DB",
            "Fedora 31 (Workstation Edition)",
            "",
        ],
    ),
    (
        "computer_2.json",
        [
            "COMP1",
            "Dell Inc.",
            "XPS 13 9350",
            "2FAGP34",
            "Portable",
            "",
            "",
            "",
            "COMP1",
        ],
    ),
    (
        "networkequipment_1.json",
        [
            "ucs6248up-cluster-pa3-B",
            "Cisco",
            "UCS 6248UP 48-Port",
            "SSI1912014B",
            "Équipement réseau",
            "10.2.5.10",
            "8C:60:4F:8D:AE:FC",
            "",
            "",
        ],
    ),
    (
        "phone_1.json",
        [
            "Mi9TPro-TéléphoneM",
            "Xiaomi",
            "Mi 9T Pro",
            "af8d8fcfa6fa4794",
            "Téléphone",
            "172.28.214.132",
            "E0:DC:FF:ED:09:59",
            "Q Android 10.0 api 29",
            "",
        ],
    ),
    (
        "printer_1.json",
        [
            "NPIF2BE10",
            "Hewlett-Packard",
            "HP LaserJet M507",
            "PHCVN191TG",
            "Imprimante",
            "10.59.29.175",
            "00:68:EB:F2:BE:10",
            "",
            "",
        ],
    ),
];

#[test]
fn each_real_file_gives_the_row_that_a_person_would_write() {
    for (name, bytes) in real() {
        let Some((_, cells)) = EXPECTED.iter().find(|(own, _)| *own == name) else {
            continue;
        };
        let reading = read(&bytes);
        let format = match name.ends_with(".json") {
            true => Format::AgentJson,
            false => Format::AgentXml,
        };
        assert_eq!(reading.format, format, "{name} by its content");
        assert_eq!(
            reading.table.headings, HEADINGS,
            "{name} has the fixed columns"
        );
        assert_eq!(reading.table.rows.len(), 1, "{name} holds one machine");
        assert_eq!(reading.table.rows[0].cells, cells, "{name} is read right");
        assert!(reading.refused.is_empty(), "{name} is read whole");
    }
}

#[test]
fn a_zip_of_real_files_gives_a_row_each_and_refuses_the_notice() {
    let files: Parts = real()
        .into_iter()
        .map(|(name, bytes)| (format!("inventaires/{name}"), bytes))
        .collect();
    if files.is_empty() {
        return;
    }
    let reading = read(&zipped(&files));
    assert_eq!(reading.format, Format::Zip, "a bundle");
    let origins: Vec<&str> = reading
        .table
        .rows
        .iter()
        .filter_map(|row| row.origin.as_deref())
        .collect();
    let machines: Vec<String> = EXPECTED
        .iter()
        .map(|(name, _)| format!("inventaires/{name}"))
        .collect();
    assert_eq!(origins, machines, "each under its own name");
    for row in &reading.table.rows {
        let (name, _) = &files[row.line as usize - 1];
        assert_eq!(row.origin.as_ref(), Some(name), "its rank in the ZIP");
    }
    let refused: Vec<_> = reading
        .refused
        .iter()
        .map(|refusal| (refusal.origin.as_deref(), refusal.reason))
        .collect();
    assert_eq!(
        refused,
        [(Some("inventaires/README.md"), Reason::NotAnInventory)],
        "what is no machine is told"
    );
}

#[test]
fn a_real_file_cut_anywhere_is_refused_whole() {
    for (name, bytes) in real() {
        if name.ends_with(".md") {
            continue;
        }
        // Not the very end, which may be the line end after a document that is whole.
        for cut in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 30] {
            let read = intake::read(&name, &bytes[..cut], &intake::Choices::default());
            assert_eq!(
                read.err(),
                Some(Unreadable::Truncated),
                "{name} cut after {cut} bytes says that it is not whole"
            );
        }
    }
}
