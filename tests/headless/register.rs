//! Lists in and out of the register from the terminal: figures that add up, files that cannot be read, and the way back.

use std::{fs::File, io::Write};

use serde_json::{Value, json};

use crate::{Person, ended, read, sentence};

const NOWHERE: &str = "http://127.0.0.1:9";

/// As French Excel saves a list.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '€' => 0x80,
            '’' => 0x92,
            c => u8::try_from(u32::from(c)).expect("the text is Western"),
        })
        .collect()
}

fn inventory() -> Vec<u8> {
    windows_1252(
        "Désignation;N° de série;Salle;Date d’achat;Prix\r\n\
         Ordinateur portable;5CG0001;B204;12/09/2024;1 234,56 €\r\n\
         Tablette;T-2;Préau;32/13/2020;\r\n\
         Tablette;T-3;Préau;;199\r\n",
    )
}

/// The serial numbers of the register, through the table that a spreadsheet would open.
fn serials(me: &Person) -> Vec<String> {
    let text = String::from_utf8(exported(me, "csv")).expect("UTF-8 with its mark");
    text.lines()
        .skip(1)
        .map(|line| line.split(';').nth(3).unwrap_or_default().to_owned())
        .collect()
}

fn exported(me: &Person, format: &str) -> Vec<u8> {
    let written = me.json(&["export", "equipment", "--format", format]);
    let path = me
        .home
        .path()
        .join(written["file"].as_str().unwrap_or_default());
    let bytes = read(&path);
    std::fs::remove_file(path).expect("it is ours");
    bytes
}

#[test]
fn a_list_of_french_excel_is_simulated_imported_mended_and_undone() {
    let me = Person::with_college(NOWHERE);
    let list = me.file("inventaire.csv", inventory());
    let simulated = me.json(&["import", "equipment", &list, "--dry-run"]);
    assert_eq!(
        simulated,
        json!({
            "read": 3, "created": 2, "updated": 0, "unchanged": 0,
            "refused": [{ "line": 3, "column": "Date d’achat", "reason": simulated["refused"][0]["reason"] }],
            "encoding": "windows-1252", "separator": "point-virgule",
        }),
        "exactly these words, whatever the window is told besides"
    );
    let reason = simulated["refused"][0]["reason"]
        .as_str()
        .unwrap_or_default();
    assert!(
        reason.contains("32/13/2020") && reason.contains("31/12/2020"),
        "the value, and how to write it: {reason}"
    );
    assert_eq!(
        serials(&me),
        Vec::<String>::new(),
        "a simulation writes nothing"
    );

    let said = me.says(&["import", "equipment", &list, "--refused"]);
    for words in [
        "3 lignes lues\u{202f}: 2 créées",
        "1 refusée",
        "Ligne 3, colonne Date d’achat",
        "relais undo",
    ] {
        assert!(said.contains(words), "a person reads « {words} »: {said}");
    }
    assert_eq!(serials(&me), ["5CG0001", "T-3"], "the right rows are there");
    let mended = me.home.path().join("inventaire - lignes refusées.csv");
    let text = String::from_utf8(read(&mended)).expect("UTF-8");
    let mended = me.file("corrigé.csv", text.replacen("32/13/2020", "31/12/2020", 1));
    let again = me.json(&["import", "equipment", &mended]);
    assert_eq!(
        (&again["read"], &again["created"]),
        (&json!(1), &json!(1)),
        "the mended file is imported as it is: {again}"
    );
    let undone = me.says(&["undo"]);
    assert!(
        undone.contains("1 fiche retirée"),
        "the last act is undone first: {undone}"
    );
    me.says(&["undo"]);
    assert_eq!(
        serials(&me),
        Vec::<String>::new(),
        "everything is as before"
    );
    let nothing = me.refused(3, &["undo"]);
    assert!(nothing.contains("rien à annuler"), "{nothing}");
}

#[test]
fn columns_and_keys_can_be_said() {
    let me = Person::with_college(NOWHERE);
    let list = me.file("liste.csv", "A;B;C\nTablette;S-1;h-1\n");
    let columns = me.file(
        "colonnes.json",
        r#"{"A": "type", "B": "serie", "C": "nom-reseau"}"#,
    );
    let done = me.json(&["import", "equipment", &list, "--mapping", &columns]);
    assert_eq!(
        done["created"], 1,
        "the mapping says what headings do not: {done}"
    );
    let renamed = me.file("liste.csv", "A;B;C\nTablette;S-2;h-1\n");
    let by_serial = me.json(&["import", "equipment", &renamed]);
    assert_eq!(
        by_serial["refused"][0]["column"], "C",
        "a host name that went to another serial is a doubt, and the columns are remembered: {by_serial}"
    );
    let by_host = me.json(&["import", "equipment", &renamed, "--keys", "nom-reseau"]);
    assert_eq!(
        by_host["updated"], 1,
        "unless the host name alone decides: {by_host}"
    );
    for (file, words) in [
        (
            r#"{"Z": "serie"}"#,
            &["« Z »".replace(' ', "\u{202f}"), "A, B, C".to_owned()],
        ),
        (
            r#"{"A": "couleur"}"#,
            &["couleur".to_owned(), "serie".to_owned()],
        ),
    ] {
        let columns = me.file("colonnes.json", file);
        let said = me.refused(3, &["import", "equipment", &list, "--mapping", &columns]);
        for word in words {
            assert!(said.contains(word.as_str()), "it names {word}: {said}");
        }
    }
}

#[test]
fn files_that_cannot_be_read_end_with_3_and_change_nothing() {
    let me = Person::with_college(NOWHERE);
    let huge = me.home.path().join("énorme.csv");
    File::create(&huge)
        .and_then(|file| file.set_len(200 << 20))
        .expect("a sparse file costs nothing");
    let huge = huge.to_string_lossy().into_owned();
    // An Excel workbook behind a password is an OLE container with these two streams.
    let locked = me.file("protégé.xlsx", locked_workbook());
    let list = me.file("liste.csv", "Type;Série\nTablette;X-1\n");
    me.says(&["import", "equipment", &list]);
    let whole = exported(&me, "xlsx");
    let cut = me.file("coupé.xlsx", &whole[..whole.len() / 2]);
    let before = serials(&me);
    for (file, word) in [
        (huge.as_str(), "64 Mo"),
        (&locked, "mot de passe"),
        (&cut, "abîmé"),
        (&me.file("vide.csv", ""), "vide"),
        (
            &me.file("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            "Relais",
        ),
        ("absent.csv", "n’existe pas"),
    ] {
        let said = me.refused(3, &["import", "equipment", file, "--json"]);
        assert!(said.contains(word), "{file}: « {word} »: {said}");
    }
    assert_eq!(serials(&me), before, "nothing was applied in part");
    let bad = sentence(2, ended(me.command(&["import", "tickets", &cut])));
    assert!(
        bad.contains("equipment") && bad.contains("contacts"),
        "what can be imported: {bad}"
    );
}

/// The shortest compound file whose directory holds « EncryptedPackage » and « EncryptionInfo ».
fn locked_workbook() -> Vec<u8> {
    let mut file = Vec::new();
    file.extend([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    file.extend([0; 16]);
    file.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    file.extend([0; 6]);
    for number in [0_u32, 1, 1, 0, 4096, u32::MAX - 1, 0, u32::MAX - 1, 0, 0] {
        file.extend(number.to_le_bytes());
    }
    file.resize(512, 0xff);
    // The table of sectors: itself, then the directory.
    file.extend([0xfd, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff]);
    file.resize(1024, 0xff);
    for (name, kind) in [
        ("Root Entry", 5_u8),
        ("EncryptionInfo", 2),
        ("EncryptedPackage", 2),
        ("", 0),
    ] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = if name.is_empty() {
            0
        } else {
            entry.len() as u16 + 2
        };
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([0xff; 12]);
        entry.resize(128, 0);
        file.write_all(&entry).expect("memory takes it");
    }
    file
}

#[test]
fn contacts_cards_and_folders_of_inventories() {
    let me = Person::with_college(NOWHERE);
    let card = me.file(
        "carnet.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Durand;Marie;;;\r\nFN:Marie Durand\r\nEMAIL:marie@exemple.fr\r\nEND:VCARD\r\n",
    );
    let asked = me.refused(3, &["import", "contacts", &card]);
    assert!(
        asked.contains("rôle"),
        "a card says no role, and none is guessed: {asked}"
    );
    let done = me.json(&["import", "contacts", &card, "--role", "prestataire"]);
    assert_eq!(done["created"], 1, "{done}");
    let out = me.json(&["export", "contacts", "--format", "csv", "--out", "sortie"]);
    let path = me
        .home
        .path()
        .join(out["file"].as_str().unwrap_or_default());
    let text = String::from_utf8(read(&path)).expect("UTF-8");
    assert!(
        path.starts_with(me.home.path().join("sortie"))
            && text.contains("Marie;Durand;Prestataires"),
        "the table stands where it was asked: {text}"
    );
    let back = me.json(&["import", "contacts", &path.to_string_lossy()]);
    assert_eq!(
        (&back["unchanged"], &back["read"]),
        (&json!(1), &json!(1)),
        "and comes back unchanged"
    );

    let folder = me.home.path().join("inventaires");
    std::fs::create_dir(&folder).expect("the folder is ours");
    for (name, serial) in [
        ("un.json", "AG-1"),
        ("deux.json", "AG-2"),
        ("lisez-moi.txt", ""),
    ] {
        let content = match serial {
            "" => "Inventaires du lundi".to_owned(),
            serial => json!({
                "action": "inventory", "deviceid": format!("poste-{serial}-2026-01-01-00-00-00"), "itemtype": "Computer",
                "content": {
                    "versionclient": "GLPI-Agent_v1.5",
                    "hardware": { "name": format!("POSTE-{serial}"), "chassis_type": "Laptop" },
                    "bios": { "ssn": serial, "smanufacturer": "HP", "smodel": "ProBook" },
                },
            })
            .to_string(),
        };
        std::fs::write(folder.join(name), content).expect("the folder is ours");
    }
    let done = me.json(&["import", "equipment", &folder.to_string_lossy()]);
    let read: Vec<&Value> = ["read", "created"]
        .iter()
        .map(|name| &done[*name])
        .collect();
    assert_eq!(
        read,
        [&json!(3), &json!(2)],
        "every file of the folder is counted: {done}"
    );
    assert_eq!(
        done["refused"].as_array().map(Vec::len),
        Some(1),
        "what is no inventory is told, not passed over: {done}"
    );

    let labels = me.json(&[
        "labels",
        "--stock",
        "l7160",
        "--code",
        "qr",
        "--ids",
        "AG-1,ag-2",
    ]);
    let path = me
        .home
        .path()
        .join(labels["file"].as_str().unwrap_or_default());
    assert!(crate::read(&path).starts_with(b"%PDF-"), "labels are a PDF");
    let unknown = me.refused(3, &["labels", "--ids", "AG-9"]);
    assert!(
        unknown.contains("AG-9"),
        "what nobody bears is said: {unknown}"
    );
    let nowhere = me.refused(3, &["labels", "--room", "Z99"]);
    assert!(
        nowhere.contains("Z99"),
        "a room that is not there is said: {nowhere}"
    );
}

#[test]
fn a_college_is_handed_over_and_merged_from_the_terminal() {
    let me = Person::with_college(NOWHERE);
    let list = me.file("liste.csv", "Type;Série;Notes\nTablette;H-1;du CDI\n");
    me.says(&["import", "equipment", &list]);
    let phrase = me.file("passation", "tournesol wagon mardi compote");
    let made = me.json(&["handover", "export", "--handover-passphrase-file", &phrase]);
    let file = me
        .home
        .path()
        .join(made["file"].as_str().unwrap_or_default());
    let file = file.to_string_lossy().into_owned();

    let successor = Person::new();
    let wrong = successor.file("fausse", "tournesol wagon lundi compote");
    let said = successor.refused(
        3,
        &[
            "handover",
            "open",
            &file,
            "--handover-passphrase-file",
            &wrong,
        ],
    );
    assert!(
        said.contains("phrase secrète"),
        "a wrong passphrase opens nothing: {said}"
    );
    assert!(
        !successor.data().join("relais.db").exists(),
        "and leaves no folder half made"
    );
    successor.says(&[
        "handover",
        "open",
        &file,
        "--handover-passphrase-file",
        &phrase,
    ]);
    assert_eq!(
        serials(&successor),
        ["H-1"],
        "the successor has the register"
    );
    assert_eq!(
        successor.json(&["config", "get", "college"]),
        json!({ "college": "Desaix" }),
        "and the collège"
    );

    let more = successor.file("suite.csv", "Type;Série;Notes\nTablette;H-2;neuve\n");
    successor.says(&["import", "equipment", &more]);
    let made = successor.json(&["handover", "export", "--handover-passphrase-file", &phrase]);
    let file = successor
        .home
        .path()
        .join(made["file"].as_str().unwrap_or_default());
    let file = file.to_string_lossy().into_owned();
    let merge = [
        "handover",
        "merge",
        &file,
        "--handover-passphrase-file",
        &phrase,
    ];
    let told = me.says(&[&merge[..], &["--dry-run"]].concat());
    assert!(
        told.contains("À ajouter"),
        "what the file would bring: {told}"
    );
    assert_eq!(serials(&me), ["H-1"], "a simulation writes nothing");
    me.says(&merge);
    assert_eq!(serials(&me), ["H-1", "H-2"], "both have everything");
    me.says(&["undo"]);
    assert_eq!(
        serials(&me),
        ["H-1"],
        "a merge is undone like any act on many rows"
    );
}
