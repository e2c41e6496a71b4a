//! Creating and reading incidents: ids, fields, selections, customer.

use reqwest::Method;
use sandbox::{Assumed, Settings};
use serde_json::json;

use crate::desk::{CREATE, JOIN, open_logged_in, printer, printer_with, send};

#[tokio::test]
async fn a_create_answers_location_and_nothing_else_unless_fields_are_asked() {
    let desk = open_logged_in(Settings::default()).await;
    let address = format!("/api/arsys/v1/entry/{CREATE}");
    let bare = send(
        desk.request(Method::POST, &address)
            .json(&json!({ "values": printer() })),
    )
    .await;
    assert_eq!(
        (bare.status, bare.text.as_str()),
        (201, ""),
        "without fields the body is empty"
    );
    let location = bare
        .header("location")
        .expect("a create says where its row is")
        .to_owned();
    let staging = location.rsplit('/').next().unwrap();
    assert!(
        staging.len() == 15 && staging.bytes().all(|b| b.is_ascii_digit()),
        "the id is the 15-digit staging id: {staging}"
    );
    let row = send(
        desk.client
            .get(&location)
            .header("Authorization", format!("AR-JWT {}", desk.token)),
    )
    .await
    .json();
    let number = row["values"]["Incident Number"]
        .as_str()
        .expect("the staging row knows the incident")
        .to_owned();
    assert_ne!(number, staging, "the staging id is not the incident");

    let all = send(
        desk.request(Method::POST, &format!("{address}?fields="))
            .json(&json!({ "values": printer() })),
    )
    .await
    .json();
    assert!(
        all["values"].as_object().unwrap().len() > 200,
        "an empty fields answers every value"
    );
    assert!(
        all["values"]["Assignee"].is_null() && all["values"]["Site"].is_null(),
        "empty fields are null"
    );
    assert_eq!(
        all["values"]["Incident_Entry_ID"],
        json!(null),
        "as in the recordings, the entry id is not to be had here"
    );
    assert_eq!(
        all["values"]["Create Date"], "2026-09-01T08:00:00.000+0000",
        "dates have no colon in their offset"
    );
    assert_eq!(
        all["values"]["Status History"]["New"]["user"], "c.martin",
        "the history says who reached each status"
    );

    let some = desk.create(printer()).await.json();
    let names: Vec<_> = some["values"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(
        names,
        ["Incident Number", "Request ID", "Status"],
        "values(…) answers these fields alone"
    );
    assert!(
        some["_links"]["self"][0]["href"]
            .as_str()
            .unwrap()
            .contains(CREATE),
        "_links is an object of arrays: {some}"
    );
}

#[tokio::test]
async fn number_entry_id_and_join_id_are_three_things() {
    let desk = open_logged_in(Settings::default()).await;
    for _ in 0..3 {
        desk.incident().await;
    }
    for incident in desk.sandbox.incidents() {
        assert_ne!(
            incident.number, incident.entry_id,
            "the two counters run apart"
        );
    }
    let (number, join, entry) = desk.incident().await;
    let rows = desk
        .list(JOIN, &[("q", &format!("'Incident Number' = \"{number}\""))])
        .await
        .json();
    assert_eq!(
        rows["entries"][0]["values"]["Request ID"],
        json!(join),
        "the join's id is INC…|INC…"
    );
    assert!(
        rows["entries"][0]["_links"]["self"][0]["href"]
            .as_str()
            .unwrap()
            .ends_with(&join.replace('|', "%7C")),
        "and its address encodes the bar"
    );
    for wrong in [&number, &entry] {
        let reply = desk.put(JOIN, wrong, json!({ "Description": "x" })).await;
        assert_eq!(
            (reply.status, reply.error().0),
            (404, 302),
            "{wrong} does not address the join's row"
        );
    }
    assert_eq!(
        desk.put(JOIN, &join, json!({ "Description": "Bac 2 changé" }))
            .await
            .status,
        204,
        "the join id does"
    );
    let version = desk
        .get(&format!(
            "/api/arsys/v1.0/entry/HPD%3AIncidentInterface/{}",
            join.replace('|', "%7C")
        ))
        .await;
    assert_eq!(
        version.json()["values"]["Description"],
        "Bac 2 changé",
        "v1.0 and an encoded colon are the same address"
    );
}

#[tokio::test]
async fn each_form_has_its_own_spelling_and_an_unknown_field_is_refused_whole() {
    let desk = open_logged_in(Settings::default()).await;
    let (_, join, _) = desk.incident().await;
    let wrong = desk
        .create(printer_with(
            json!({ "Detailed Decription": "orthographe de l’autre formulaire" }),
        ))
        .await;
    assert_eq!(
        wrong.error(),
        (
            314,
            "HPD:IncidentInterface_Create : <Detailed Decription>".into()
        ),
        "the join's spelling is unknown to the create form"
    );
    assert_eq!(
        desk.put(
            JOIN,
            &join,
            json!({ "Detailed_Decription": "x", "Urgency": "4-Low" })
        )
        .await
        .error()
        .0,
        314,
        "and the other way round"
    );
    let incidents = desk.sandbox.incidents();
    assert_eq!(incidents.len(), 1, "a refused create stores nothing");
    assert_eq!(
        incidents[0].values["Urgency"], "3-Medium",
        "a refused PUT changes nothing, not even its good fields"
    );
    assert_eq!(
        incidents[0].values["Detailed Decription"], "Le bac 2 bloque.",
        "the note travelled from one spelling to the other"
    );
    let asked = format!("/api/arsys/v1/entry/{CREATE}?fields=values(Numero)");
    let reply = send(
        desk.request(Method::POST, &asked)
            .json(&json!({ "values": printer() })),
    )
    .await;
    assert_eq!(
        (reply.error().0, desk.sandbox.incidents().len()),
        (314, 1),
        "an unknown field asked back refuses the create too"
    );
}

#[tokio::test]
async fn selections_come_in_as_text_or_number_and_go_out_as_the_base_text() {
    let desk = open_logged_in(Settings::default()).await;
    let sent = printer_with(
        json!({ "Impact": "3000", "Urgency": 2000, "Status": 0, "Reported Source": "Self Service" }),
    );
    assert_eq!(
        desk.create(sent).await.status,
        201,
        "numbers and numbers written as text are accepted"
    );
    let row = desk.list(JOIN, &[]).await.json()["entries"][0]["values"].clone();
    assert_eq!(
        (row["Impact"].as_str(), row["Urgency"].as_str()),
        (Some("3-Moderate/Limited"), Some("2-High")),
        "they read back as base texts"
    );
    for wrong in [json!("Modéré"), json!(7), json!("3")] {
        let reply = desk.create(printer_with(json!({ "Impact": wrong }))).await;
        assert_eq!(
            reply.error(),
            (306, "Impact".into()),
            "{wrong} is in no selection: labels never travel"
        );
    }
    let shaped = desk
        .create(printer_with(
            json!({ "Impact": ["1-Extensive/Widespread"] }),
        ))
        .await;
    assert_eq!(shaped.status, 400, "a value is a text or a number");
}

#[tokio::test]
async fn the_customer_must_be_one_person() {
    let mut settings = Settings::default();
    let mut twin = settings.users[0].clone();
    twin.login = "c.martin2".into();
    twin.company = "Collège voisin".into();
    settings.users.push(twin);
    let desk = open_logged_in(settings).await;
    let code = Assumed::default().customer_number;
    let refused = desk.create(printer()).await;
    assert_eq!(refused.error().0, code, "two people of that name: refused");
    assert!(
        refused
            .text
            .contains("2 records have been found for the Incident contact information"),
        "with the known text: {}",
        refused.text
    );
    assert_eq!(
        desk.create(printer_with(json!({ "Last_Name": "Personne" })))
            .await
            .error()
            .0,
        code,
        "nobody of that name: refused"
    );
    assert_eq!(
        desk.create(printer_with(json!({ "Contact_Company": "Collège voisin" })))
            .await
            .status,
        201,
        "the company settles it"
    );
    assert_eq!(
        desk.create(printer_with(json!({ "Login_ID": "c.martin" })))
            .await
            .status,
        201,
        "or the login"
    );
    let people = desk
        .list("CTM:People", &[("q", "'Remedy Login ID' = $USER$")])
        .await
        .json();
    assert_eq!(
        people["entries"].as_array().unwrap().len(),
        1,
        "CTM:People can be read: {people}"
    );
}

#[tokio::test]
async fn addresses_that_name_nothing_are_refused_in_an_array() {
    let desk = open_logged_in(Settings::default()).await;
    let form = desk.get("/api/arsys/v1/entry/HPD:Incident").await;
    assert_eq!(
        (form.status, form.error()),
        (404, (303, "HPD:Incident".into())),
        "an unknown form"
    );
    let entry = desk
        .get(&format!("/api/arsys/v1/entry/{CREATE}/000000000000099"))
        .await;
    assert_eq!(
        (entry.status, entry.error()),
        (404, (302, "000000000000099".into())),
        "an unknown entry"
    );
    assert_eq!(
        entry.json()[0]["messageType"],
        "ERROR",
        "each error has its type"
    );
    let long = desk
        .get(&format!("/api/arsys/v1/entry/{JOIN}/INC0000000000212"))
        .await;
    assert_eq!(
        long.error(),
        (101, "INC0000000000212".into()),
        "an id of 16 characters"
    );
    assert_eq!(
        desk.put(JOIN, "", json!({})).await.error().0,
        100,
        "no id at all"
    );
    let join = send(
        desk.request(Method::POST, &format!("/api/arsys/v1/entry/{JOIN}"))
            .json(&json!({ "values": {} })),
    )
    .await;
    assert_eq!(
        join.status, 204,
        "a POST on a join triggers workflow and creates nothing"
    );
    assert!(desk.sandbox.incidents().is_empty(), "indeed");
    for body in ["", "{", "[]", "{\"values\":3}"] {
        let reply = send(
            desk.request(Method::POST, &format!("/api/arsys/v1/entry/{CREATE}"))
                .body(body),
        )
        .await;
        assert_eq!(reply.status, 400, "{body:?} is not a request");
    }
}

#[tokio::test]
async fn links_may_be_as_poor_as_in_some_recordings() {
    let desk = open_logged_in(Settings {
        bare_links: true,
        ..Settings::default()
    })
    .await;
    let created = desk.create(printer()).await.json();
    let link = created["_links"]["self"][0]["href"].as_str().unwrap();
    assert!(
        link.ends_with(CREATE),
        "the create's link lacks its id: {link}"
    );
    let row = desk.list(JOIN, &[]).await.json()["entries"][0].clone();
    let link = row["_links"]["self"][0]["href"].as_str().unwrap();
    assert!(!link.contains("%7C"), "the join's holds one half: {link}");
    let id = row["values"]["Request ID"].as_str().unwrap();
    assert_eq!(
        desk.put(JOIN, id, json!({ "Urgency": "4-Low" }))
            .await
            .status,
        204,
        "Request ID is the address that always works"
    );
}
