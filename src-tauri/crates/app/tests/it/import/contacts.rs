//! Contacts from tables and cards; files that cannot be read.

use serde_json::json;

use super::{college, downloaded, figures, reasons, total};
use crate::{call, refused};

#[tokio::test]
async fn contacts_come_from_a_table_or_from_cards() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let text = "Prénom,Nom,Rôle,Mail,Téléphone\n\
                Solène,Abadie,Département,solene.abadie@departement65.example,05 00 00 00 00\n\
                Jean,Neuf,Prestataire,jean.neuf@exemple.fr,\n\
                Luc,Perdu,magicien,luc@exemple.fr,\n\
                Eve,Perdue,Direction,eve@,\n";
    let request = super::request(&app, "carnet.csv", text.as_bytes(), "contacts", json!({}));
    let preview = call(&app, "import_read", request.clone()).await;
    assert_eq!(preview["asks_role"], false, "a column says the roles");
    let done = call(&app, "import_apply", request).await;
    assert_eq!(
        figures(&done["figures"]),
        [1, 1, 0, 2],
        "one new, one whose telephone changed, two refused"
    );
    let found = reasons(&done["figures"]);
    assert!(
        found[0].2.contains("magicien") && found[0].2.contains("Équipe pédagogique"),
        "a role is never guessed, and those that are roles are said: {}",
        found[0].2
    );
    assert_eq!(
        (found[1].0, found[1].1),
        (5, "Mail"),
        "a mail that is cut short: {found:?}"
    );

    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Durand;Marie;;;\r\nFN:Marie Durand\r\nORG:Imprim’Plus\r\nTEL:05 62 00 00 01\r\nEMAIL:marie@imprimplus.example\r\nEND:VCARD\r\n";
    let request = super::request(&app, "carnet.vcf", cards.as_bytes(), "contacts", json!({}));
    assert_eq!(
        call(&app, "import_read", request.clone()).await["asks_role"],
        true,
        "a card says no role"
    );
    let error = refused(&app, "import_simulate", request.clone()).await;
    assert_eq!(
        error["field"], "default_role",
        "the person is asked for it: {error}"
    );
    let mut request = request;
    request["choices"]["default_role"] = json!("prestataire");
    let done = call(&app, "import_apply", request.clone()).await;
    assert_eq!(
        figures(&done["figures"]),
        [1, 0, 0, 0],
        "the card is a contact"
    );
    assert_eq!(
        figures(&call(&app, "import_simulate", request).await["figures"]),
        [0, 0, 1, 0],
        "known again by its mail"
    );

    let list = call(
        &app,
        "contact_list",
        json!({ "text": "durand", "with_departed": false }),
    )
    .await;
    let marie = &list["groups"][0]["contacts"][0];
    assert_eq!(
        marie["role"], "prestataire",
        "with the role that was chosen"
    );
    let saved = call(&app, "contact_cards", json!({ "ids": [marie["id"]] })).await;
    assert_eq!(saved["name"], "marie-durand.vcf", "one card bears its name");
    let back = super::request(
        &app,
        "retour.vcf",
        &downloaded(folder.path(), &saved),
        "contacts",
        json!({ "default_role": "direction" }),
    );
    assert_eq!(
        figures(&call(&app, "import_simulate", back).await["figures"]),
        [0, 0, 1, 0],
        "the card that goes out is the one that came in"
    );
    let saved = call(&app, "contact_cards", json!({ "ids": [] })).await;
    let text = String::from_utf8(downloaded(folder.path(), &saved)).unwrap();
    let present = call(
        &app,
        "contact_list",
        json!({ "text": "", "with_departed": false }),
    )
    .await["total"]
        .as_u64()
        .unwrap();
    assert_eq!(
        text.matches("BEGIN:VCARD").count() as u64,
        present,
        "those who left are not given"
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let mut zip = vec![b'P', b'K', 3, 4];
    zip.extend([0; 60]);
    for (name, bytes, word) in [
        ("vide.csv", &b"   \n\n"[..], "vide"),
        ("coupé.xlsx", &zip[..], "abîmé"),
        (
            "photo.jpg",
            &b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"[..],
            "Relais",
        ),
        (
            "carnet.vcf",
            &b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:X;Y;;;\r\nFN:Y X\r\nEND:VCARD\r\n"[..],
            "Contacts",
        ),
    ] {
        let request = super::request(&app, name, bytes, "equipements", json!({}));
        let error = refused(&app, "import_apply", request).await;
        assert_eq!(
            error["field"], "file",
            "{name}: the file is at fault: {error}"
        );
        assert!(
            error["message"].as_str().unwrap().contains(word),
            "{name}: the sentence says « {word} »: {error}"
        );
    }
    let nothing = super::request(
        &app,
        "a.csv",
        b"Couleur;Poids\nbleu;3\n",
        "equipements",
        json!({}),
    );
    assert_eq!(
        refused(&app, "import_apply", nothing).await["field"],
        "mapping",
        "no column says anything"
    );
    let twice = super::request(
        &app,
        "a.csv",
        b"A;B\n1;2\n",
        "equipements",
        json!({ "mapping": ["serie", "serie"] }),
    );
    assert_eq!(
        refused(&app, "import_simulate", twice).await["field"],
        "mapping",
        "one field, one column"
    );
    let keyless = super::request(
        &app,
        "a.csv",
        b"Type;S\xc3\xa9rie\nTablette;2\n",
        "equipements",
        json!({ "keys": [] }),
    );
    assert_eq!(
        refused(&app, "import_simulate", keyless).await["field"],
        "keys",
        "something must tell machines apart"
    );
    assert_eq!(total(&app).await, 412, "nothing was applied in part");
}

#[tokio::test]
async fn nobody_becomes_somebody_else_by_sharing_an_address() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let contacts = |text: &str| {
        let role = json!({ "default_role": "direction" });
        super::request(&app, "carnet.csv", text.as_bytes(), "contacts", role)
    };
    let shared = contacts(
        "Prénom,Nom,Mail\n\
         Paul,Autre,solene.abadie@departement65.example\n\
         Anne,Une,ce.065@exemple.fr\n\
         Marc,Deux,CE.065@exemple.fr\n",
    );
    let done = call(&app, "import_apply", shared.clone()).await;
    assert_eq!(
        figures(&done["figures"]),
        [3, 0, 0, 0],
        "another name at a known address is somebody new, and so are two at one address in the file: {:?}",
        reasons(&done["figures"])
    );
    assert_eq!(
        figures(&call(&app, "import_simulate", shared).await["figures"]),
        [0, 0, 3, 0],
        "each is known again by address and name"
    );
    let desks = contacts(
        "Organisme,Fonction,Mail\nRectorat,Assistance,ce.065@exemple.fr\nRectorat,Réseau,ce.065@exemple.fr\n",
    );
    let done = call(&app, "import_apply", desks.clone()).await;
    assert_eq!(
        figures(&done["figures"]),
        [2, 0, 0, 0],
        "two desks of one house are neither each other nor the people who share their address"
    );
    assert_eq!(
        figures(&call(&app, "import_simulate", desks).await["figures"]),
        [0, 0, 2, 0],
        "and each is known again"
    );

    let whole =
        contacts("Nom complet,Mail,Tél\nSolène ABADIE,solene.abadie@departement65.example,0505\n");
    let simulation = call(&app, "import_simulate", whole.clone()).await;
    let fields = simulation["changes"][0]["fields"].as_array().unwrap();
    assert_eq!(
        (fields.len(), &fields[0]["field"]),
        (1, &json!("telephone")),
        "both names in one column leave those that are known apart: {simulation}"
    );
    call(&app, "import_apply", whole.clone()).await;
    assert_eq!(
        figures(&call(&app, "import_simulate", whole).await["figures"]),
        [0, 0, 1, 0],
        "and a second time changes nothing"
    );

    let twice = "Prénom,Nom,Organisme\nJean,Double,Un\nJean,Double,Deux\n";
    call(&app, "import_apply", contacts(twice)).await;
    let either = contacts("Prénom,Nom,Tél\nJean,Double,0506\n");
    let simulation = call(&app, "import_simulate", either).await;
    assert_eq!(
        simulation["figures"]["refused"][0]["candidates"]
            .as_array()
            .map(Vec::len),
        Some(2),
        "when two known people fit, both are proposed and neither is changed: {simulation}"
    );
}
