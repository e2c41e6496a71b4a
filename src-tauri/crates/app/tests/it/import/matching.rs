//! What tells one machine from another, and the words that are understood or refused.

use serde_json::json;

use super::{college, equipment, figures, form, listed, reasons, simulated};
use crate::call;

#[tokio::test]
async fn a_row_that_could_be_two_machines_is_refused_with_both() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Type;Série;Inventaire;Nom réseau\n\
                Tablette;A-1;INV-1;H-1\n\
                Tablette;A-2;INV-2;H-2\n\
                Tablette;;;H-3\n";
    call(&app, "import_apply", equipment(&app, text)).await;
    let conflicts = "Type;Série;Inventaire;Nom réseau\n\
                     Tablette;A-1;INV-2;\n\
                     Tablette;A-9;;H-1\n\
                     Tablette;A-5;;\n\
                     Tablette;a-5;;\n\
                     Tablette;;INV-1;\n\
                     Tablette;A-1;;\n\
                     Tablette;A-7;;H-3\n";
    let simulation = simulated(&app, &equipment(&app, conflicts)).await;
    let found = reasons(&simulation["figures"]);
    assert_eq!(
        found
            .iter()
            .map(|(line, column, _)| (*line, *column))
            .collect::<Vec<_>>(),
        [
            (2, "Inventaire"),
            (3, "Nom réseau"),
            (5, "Série"),
            (7, "Série")
        ],
        "two machines, a host name gone to a new machine, twice the same new one, twice the same known one: {found:?}"
    );
    let refused = simulation["figures"]["refused"].as_array().unwrap();
    assert_eq!(
        refused[0]["candidates"].as_array().unwrap().len(),
        2,
        "both are proposed"
    );
    assert!(
        found[1].2.contains("A-1"),
        "the other serial is said: {}",
        found[1].2
    );
    assert!(
        found[2].2.contains("ligne 4"),
        "the first line is named: {}",
        found[2].2
    );
    assert!(
        found[3].2.contains("ligne 6"),
        "the first line is named: {}",
        found[3].2
    );
    assert_eq!(
        figures(&simulation["figures"]),
        [1, 1, 1, 4],
        "a new one, the nameless one that gets its serial, one that is known already"
    );

    let by_host = super::request(
        &app,
        "inventaire.csv",
        b"Type;S\xc3\xa9rie;Nom r\xc3\xa9seau\nTablette;A-9;H-1\nTablette;A-2;H-1\n",
        "equipements",
        json!({ "keys": ["nom-reseau"] }),
    );
    let simulation = simulated(&app, &by_host).await;
    assert_eq!(
        figures(&simulation["figures"]),
        [0, 1, 0, 1],
        "by the host name alone the serial is changed"
    );
    let (_, _, reason) = reasons(&simulation["figures"])[0];
    assert!(
        reason.contains("ligne 2"),
        "one line for one machine: {reason}"
    );
    let stolen = super::request(
        &app,
        "inventaire.csv",
        b"Type;S\xc3\xa9rie;Nom r\xc3\xa9seau\nTablette;A-2;H-1\n",
        "equipements",
        json!({ "keys": ["nom-reseau"] }),
    );
    let simulation = simulated(&app, &stolen).await;
    let (_, column, reason) = reasons(&simulation["figures"])[0];
    assert_eq!(
        column, "Série",
        "a serial that is another machine's is refused: {reason}"
    );
}

#[tokio::test]
async fn words_are_understood_or_refused_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Type;Série;État;Financement;Utilisateur;Adresse IP;Adresse MAC;Achat validé\n\
                portable;W-1;HS;Conseil départemental;vie scolaire;172.16.4.21;8c-16-45-d0-46-f7;oui\n\
                Robot;To be filled by O.E.M.;en service;Fonds propres;;;;non\n\
                Tablette;W-3;bizarre;mécénat;Vie scolair;172.16.4;zz;peut-être\n";
    let request = equipment(&app, text);
    let done = call(&app, "import_apply", request).await;
    assert_eq!(
        figures(&done["figures"]),
        [2, 0, 0, 1],
        "two are understood"
    );
    let made = form(&app, "W-1").await;
    assert_eq!(
        (
            &made["kind"],
            &made["state"],
            &made["funding"],
            &made["user_line"],
            &made["mac"]
        ),
        (
            &json!("Ordinateur portable"),
            &json!("en-panne"),
            &json!("departement"),
            &json!("Vie scolaire"),
            &json!("8C:16:45:D0:46:F7")
        ),
        "usual words become the convention's"
    );
    let robots = listed(&app, "Robot").await;
    let robot = &robots["rows"][0];
    assert_eq!(
        (
            &robot["kind"],
            &robot["serial"],
            &robot["family"],
            &robot["not_validated"]
        ),
        (&json!("Robot"), &json!(""), &json!("autre"), &json!(true)),
        "a free type is kept, a maker's placeholder is no number"
    );
    let (_, _, reason) = reasons(&done["figures"])[0];
    for word in [
        "bizarre",
        "en service",
        "mécénat",
        "Vie scolaire",
        "172.16.4",
        "zz",
        "peut-être",
    ] {
        assert!(
            reason.contains(word),
            "every mistake of the row is said at once, {word} too: {reason}"
        );
    }
}

#[tokio::test]
async fn exports_of_other_programs_find_their_fields() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    for (text, fields) in [
        (
            "\"Nom\";\"Statut\";\"Fabricant\";\"Numéro de série\";\"Type\";\"Modèle\";\"Système d'exploitation - Nom\";\"Lieu\";\"Dernière modification\";\"Utilisateur\";\n\
             \"PC-1\";\"En service\";\"HP\";\"GL-1\";\"Laptop\";\"ProBook\";\"Windows 11\";\"Collège > Bâtiment B > B204\";\"2026-01-05 08:12\";\"cmartin\";\n",
            vec![
                "nom-reseau",
                "etat",
                "marque",
                "serie",
                "type",
                "modele",
                "-",
                "salle",
                "-",
                "-",
            ],
        ),
        (
            "Account info: TAG,Last inventory,Computer,User,Operating system,Serial number\n\
             65-001,2026-01-05 08:12:00,PC-1,cmartin,Windows 11,GL-1\n",
            vec!["inventaire", "-", "nom-reseau", "-", "-", "serie"],
        ),
        (
            "Last inventory,Computer,Serial number\n2026-01-05 08:12:00,PC-1,GL-1\n",
            vec!["-", "nom-reseau", "serie"],
        ),
    ] {
        let preview = call(&app, "import_read", equipment(&app, text)).await;
        let found: Vec<&str> = preview["headings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|heading| heading["field"].as_str().unwrap_or("-"))
            .take(fields.len())
            .collect();
        assert_eq!(
            found, fields,
            "neither people nor days are taken for what they are not"
        );
    }
}
