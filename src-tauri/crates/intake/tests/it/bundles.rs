//! ZIPs of inventories, and files that were zipped to be sent.

use intake::{Choices, Format, Reason, Separator, Unreadable};

use crate::files::{locked, parts, read, zipped};

const JSON: &str = r#"{"content": {"hardware": {"name": "PC-1"}, "bios": {"ssn": "S1"}}}"#;
const XML: &str = "<REQUEST><CONTENT><HARDWARE><NAME>PC-2</NAME></HARDWARE></CONTENT></REQUEST>";

#[test]
fn a_mixture_of_agents_is_one_table() {
    let reading = read(&zipped(&parts(&[
        ("../../etc/pc1.json", JSON),
        ("salle B12/", ""),
        ("salle B12/pc2.ocs", XML),
        ("__MACOSX/._pc2.ocs", "\0\0"),
        ("salle B12/.DS_Store", "\0\0"),
        ("salle B12/pc3.json", "{\"content\": {"),
        ("notes.txt", "à voir avec M. le principal"),
    ])));
    let rows: Vec<(u64, &str, &str)> = reading
        .table
        .rows
        .iter()
        .map(|row| {
            (
                row.line,
                row.cells[0].as_str(),
                row.origin.as_deref().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (1, "PC-1", "../../etc/pc1.json"),
            (2, "PC-2", "salle B12/pc2.ocs")
        ],
        "by what they hold, whatever their names; and a name is only shown"
    );
    let refused: Vec<(u64, Reason)> = reading
        .refused
        .iter()
        .map(|refusal| (refusal.line, refusal.reason))
        .collect();
    assert_eq!(
        refused,
        [(3, Reason::Malformed), (4, Reason::NotAnInventory)],
        "what gives no row is told, folders and leavings apart"
    );
}

#[test]
fn a_folder_is_read_as_its_zip() {
    let files = parts(&[("pc1.json", JSON), ("pc2.xml", XML), ("notes.txt", "x")]);
    assert_eq!(
        intake::read_folder(&files),
        Ok(read(&zipped(&files))),
        "the same rows, ranks, names and refusals"
    );
    assert_eq!(
        intake::read_folder(&parts(&[("notes.txt", "x")])),
        Err(Unreadable::NotATable),
        "nothing to take"
    );
}

#[test]
fn a_table_that_was_zipped_is_that_table() {
    let csv = "Nom,Salle\nPC-1,B12\n";
    let alone = read(&zipped(&parts(&[("parc.csv", csv)])));
    assert_eq!(
        alone.format,
        Format::Delimited,
        "as if it had come without its ZIP"
    );
    assert_eq!(
        alone.separator,
        Some(Separator::Comma),
        "with its separator"
    );
    let beside = read(&zipped(&parts(&[
        ("LISEZMOI.txt", "Export du jour"),
        ("parc.csv", csv),
    ])));
    assert_eq!(
        beside.table, alone.table,
        "a notice beside it changes nothing"
    );
}

#[test]
fn a_zip_without_machine_or_table_says_why() {
    let fault = |bytes: &[u8]| intake::read("x.zip", bytes, &Choices::default()).err();
    assert_eq!(
        fault(&zipped(&parts(&[
            ("a.txt", "bonjour"),
            ("b.txt", "bonsoir")
        ]))),
        Some(Unreadable::NotATable),
        "nothing to take"
    );
    assert_eq!(
        fault(&zipped(&parts(&[
            ("a.csv", "a;b\n1;2"),
            ("b.csv", "a;b\n3;4")
        ]))),
        Some(Unreadable::NotATable),
        "which of two tables is not for us to guess"
    );
    assert_eq!(
        fault(&zipped(&parts(&[]))),
        Some(Unreadable::Empty),
        "nothing in it"
    );
    assert_eq!(
        fault(&locked(&parts(&[("pc1.json", JSON)]))),
        Some(Unreadable::Encrypted),
        "a password"
    );
    assert_eq!(
        fault(&locked(&parts(&[("pc1.json", JSON), ("pc2.xml", XML)]))),
        Some(Unreadable::Encrypted),
        "a password on each"
    );
    let inner = zipped(&parts(&[("pc1.json", JSON)]));
    let nested = vec![("interne.zip".to_owned(), inner)];
    assert_eq!(
        fault(&zipped(&nested)),
        Some(Unreadable::NotATable),
        "a ZIP inside a ZIP is not opened"
    );
}
