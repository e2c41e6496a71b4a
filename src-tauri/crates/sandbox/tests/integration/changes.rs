//! What a site demands of an incident, and what becomes of it: required fields, limits, statuses, deletion.

use reqwest::Method;
use sandbox::{Assumed, Profile, Settings};
use serde_json::json;

use crate::desk::{CREATE, JOIN, open_logged_in, printer, printer_with, send};

#[tokio::test]
async fn a_put_changes_only_what_it_sends_and_answers_nothing() {
    let desk = open_logged_in(Settings::default()).await;
    let (_, join, _) = desk.incident().await;
    let before = desk.sandbox.incidents()[0].values.clone();
    desk.advance_s(60);
    let reply = desk
        .put(JOIN, &join, json!({ "Urgency": "1-Critical" }))
        .await;
    assert_eq!(
        (reply.status, reply.text.as_str()),
        (204, ""),
        "a modification answers nothing"
    );
    let after = desk.sandbox.incidents()[0].values.clone();
    let changed: Vec<_> = after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "Last Modified Date",
            "Priority",
            "Priority Weight",
            "Urgency"
        ],
        "and touches nothing it was not sent"
    );
    assert_eq!(before.len(), after.len(), "no omitted field was emptied");
    desk.put(JOIN, &join, json!({ "Detailed Decription": null }))
        .await;
    assert!(
        !desk.sandbox.incidents()[0]
            .values
            .contains_key("Detailed Decription"),
        "null empties the field it names"
    );
    assert_eq!(
        desk.put(JOIN, &join, json!({ "Description": "" }))
            .await
            .error(),
        (307, "Description".into()),
        "a required field cannot be emptied"
    );
}

#[tokio::test]
async fn the_status_read_may_differ_from_the_status_sent() {
    let desk = open_logged_in(Settings::default()).await;
    assert_eq!(
        desk.create(printer()).await.json()["values"]["Status"],
        "Assigned",
        "the assignment rule took a New incident"
    );
    desk.sandbox.configure(|s| s.assign_on_create = false);
    assert_eq!(
        desk.create(printer()).await.json()["values"]["Status"],
        "New",
        "without the rule it stays New"
    );
}

#[tokio::test]
async fn a_missing_field_is_307_with_its_name_and_the_profile_s_code() {
    for (profile, code) in [(Profile::Ar9, 500), (Profile::Ar20, 400)] {
        let desk = open_logged_in(Settings {
            profile,
            required: vec!["RNE_Etablissement".into(), "Site".into()],
            ..Settings::default()
        })
        .await;
        let complete = json!({ "RNE_Etablissement": "0650001A", "Site": "Collège" });
        let reply = desk.create(printer_with(complete.clone())).await;
        assert_eq!(
            reply.status, 201,
            "{profile:?}: with the site's own fields the create passes: {}",
            reply.text
        );
        for field in [
            "First_Name",
            "Last_Name",
            "Impact",
            "Urgency",
            "Reported Source",
            "Service_Type",
            "Status",
            "z1D_Action",
            "Description",
            "RNE_Etablissement",
            "Site",
        ] {
            let mut values = printer_with(complete.clone());
            values.as_object_mut().unwrap().remove(field);
            let reply = desk.create(values).await;
            assert_eq!(
                (reply.status, reply.error()),
                (code, (307, field.to_owned())),
                "{profile:?} without {field}"
            );
        }
        assert_eq!(
            desk.sandbox.incidents().len(),
            1,
            "{profile:?}: no refused create left anything"
        );
    }
}

#[tokio::test]
async fn a_summary_too_long_is_refused_never_cut() {
    let desk = open_logged_in(Settings {
        description_max: 12,
        ..Settings::default()
    })
    .await;
    assert_eq!(
        desk.create(printer_with(json!({ "Description": "é".repeat(12) })))
            .await
            .status,
        201,
        "the limit counts characters"
    );
    assert_eq!(
        desk.create(printer_with(json!({ "Description": "é".repeat(13) })))
            .await
            .error(),
        (306, "Description".into()),
        "one more is refused"
    );
    let fields = desk
        .get(&format!(
            "/api/arsys/v1/fields/{CREATE}?field_criteria=NAME,DATATYPE,OPTIONS&field_type=DATA"
        ))
        .await
        .json();
    let of = |name: &str| {
        fields
            .as_array()
            .unwrap()
            .iter()
            .find(|f| f["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(
        of("Description")["limit"]["max_length"],
        12,
        "/fields lets a client know beforehand"
    );
    assert_eq!(
        of("Description")["field_option"],
        "REQUIRED",
        "and what is required"
    );
    assert_eq!(
        of("Status")["limit"]["selection_values"][0],
        json!({ "id": 0, "name": "New" }),
        "and the selections"
    );
    let options =
        send(desk.request(Method::OPTIONS, &format!("/api/arsys/v1/entry/{CREATE}"))).await;
    assert_eq!(options.status, 200, "OPTIONS describes the form");
    assert!(
        options.json().is_array() || options.json().is_object(),
        "in JSON"
    );
}

#[tokio::test]
async fn a_status_has_its_conditions() {
    let desk = open_logged_in(Settings::default()).await;
    let (number, join, _) = desk.incident().await;
    assert_eq!(
        desk.put(JOIN, &join, json!({ "Status": "In Progress" }))
            .await
            .error()
            .0,
        1291053,
        "work needs an assignee"
    );
    assert_eq!(
        desk.put(
            JOIN,
            &join,
            json!({ "Status": "In Progress", "Assignee": "D. Petit" })
        )
        .await
        .status,
        204,
        "given with the status"
    );
    assert_eq!(
        desk.put(JOIN, &join, json!({ "Status": "Pending" }))
            .await
            .error(),
        (307, "Status_Reason".into()),
        "waiting needs a reason"
    );
    assert_eq!(
        desk.put(
            JOIN,
            &join,
            json!({ "Status": "Resolved", "Status_Reason": 17000 })
        )
        .await
        .error(),
        (307, "Resolution".into()),
        "resolving needs the resolution"
    );
    desk.sandbox.set_status(&number, "Resolved").unwrap();
    let row = &desk.sandbox.incidents()[0];
    assert_eq!(
        (row.status.as_str(), row.values["Last Modified By"].as_str()),
        ("Resolved", Some(sandbox::SUPPORT)),
        "the platform's people fill what is needed"
    );
    let history = row.values["Status-History"].as_object().unwrap();
    assert!(
        ["New", "Assigned", "In Progress", "Resolved"]
            .iter()
            .all(|s| history.contains_key(*s)),
        "the history tells the whole way: {history:?}"
    );
    assert!(
        desk.sandbox.set_status("INC999", "Closed").is_err(),
        "an unknown number is an error"
    );
    assert!(
        desk.sandbox.set_status(&number, "Fermé").is_err(),
        "and so is an unknown status"
    );
    assert_eq!(
        desk.put(JOIN, &join, json!({ "Incident Number": "INC1" }))
            .await
            .error()
            .0,
        326,
        "the number is the server's"
    );
    let unassigned = open_logged_in(Settings {
        assign_on_create: false,
        ..Settings::default()
    })
    .await;
    let (_, join, _) = unassigned.incident().await;
    assert_eq!(
        unassigned
            .put(
                JOIN,
                &join,
                json!({ "Status": "In Progress", "Assignee": "D. Petit" })
            )
            .await
            .error()
            .0,
        1291205,
        "work needs a group too"
    );
}

#[tokio::test]
async fn deleting_goes_by_the_help_desk_form() {
    let desk = open_logged_in(Settings::default()).await;
    let (_, join, entry) = desk.incident().await;
    let by_join = send(desk.request(
        Method::DELETE,
        &format!("/api/arsys/v1/entry/{JOIN}/{}", join.replace('|', "%7C")),
    ))
    .await;
    assert_eq!(
        (by_join.status, by_join.error().0),
        (Assumed::default().permission, 353),
        "the join deletes nothing"
    );
    let address = format!("/api/arsys/v1/entry/HPD:Help%20Desk/{entry}");
    assert_eq!(
        desk.get(&address).await.json()["values"]["Entry ID"],
        json!(entry),
        "HPD:Help Desk reads it by its entry id"
    );
    let gone = send(desk.request(Method::DELETE, &format!("{address}?options=FORCE"))).await;
    assert_eq!(
        (gone.status, gone.text.as_str()),
        (204, ""),
        "a deletion answers nothing"
    );
    assert_eq!(
        desk.list(JOIN, &[]).await.json()["entries"],
        json!([]),
        "the join no longer shows it"
    );
    assert_eq!(
        send(desk.request(Method::DELETE, &address)).await.error(),
        (302, entry),
        "deleted twice: there is no such entry"
    );
}

#[tokio::test]
async fn a_put_on_the_create_form_changes_its_staging_row_alone() {
    let desk = open_logged_in(Settings::default()).await;
    let created = desk.create(printer()).await.json();
    let staging = created["values"]["Request ID"].as_str().unwrap();
    let reply = desk
        .put(CREATE, staging, json!({ "Description": "Autre résumé" }))
        .await;
    assert_eq!(
        reply.status, 204,
        "it is an entry like another: {}",
        reply.text
    );
    assert_eq!(
        desk.sandbox.incidents()[0].summary,
        "Bourrage imprimante CDI",
        "the incident is changed through its own form"
    );
    let gone = send(desk.request(
        Method::DELETE,
        &format!("/api/arsys/v1/entry/{CREATE}/{staging}"),
    ))
    .await;
    assert_eq!(gone.status, 204, "and it can be deleted");
    assert_eq!(desk.sandbox.incidents().len(), 1, "the incident stays");
}

#[tokio::test]
async fn the_code_of_a_refusal_is_a_setting_where_no_source_says_it() {
    let desk = open_logged_in(Settings::default()).await;
    desk.sandbox.configure(|s| {
        s.assumed.refusal = Some(422);
        s.assumed.customer_number = 4242;
    });
    let outside = desk
        .create(printer_with(json!({ "Impact": "Modéré" })))
        .await;
    assert_eq!(
        (outside.status, outside.error().0),
        (422, 306),
        "306 follows it"
    );
    let nobody = desk
        .create(printer_with(json!({ "Last_Name": "Personne" })))
        .await;
    assert_eq!(
        (nobody.status, nobody.error().0),
        (422, 4242),
        "and the customer's refusal too"
    );
    let missing = desk.create(printer_with(json!({ "Impact": null }))).await;
    assert_eq!(
        (missing.status, missing.error().0),
        (400, 307),
        "307 is known and does not"
    );
}
