//! Asking for rows: qualification, order, pages.

use sandbox::Settings;
use serde_json::{Value, json};

use crate::desk::{Desk, JOIN, START_S, open_logged_in, printer_with, send};

/// Five incidents, one a minute, with growing urgency.
async fn five() -> Desk {
    let desk = open_logged_in(Settings::default()).await;
    for (at, urgency) in ["4-Low", "3-Medium", "2-High", "1-Critical", "1-Critical"]
        .iter()
        .enumerate()
    {
        let values = printer_with(json!({
            "Description": format!("Panne {at} dite \"B1.1{at}\""), "Urgency": urgency, "Vendor Ticket Number": format!("REL-00000{at}"),
        }));
        assert_eq!(
            desk.create(values).await.status,
            201,
            "incident {at} is created"
        );
        desk.advance_s(60);
    }
    desk
}

/// Which of the five a page holds, by the last character of their reference.
fn which(page: &Value) -> String {
    let entries = page["entries"]
        .as_array()
        .unwrap_or_else(|| panic!("a list has entries: {page}"));
    entries
        .iter()
        .map(|e| {
            e["values"]["Vendor Ticket Number"]
                .as_str()
                .unwrap()
                .chars()
                .last()
                .unwrap()
        })
        .collect()
}

#[tokio::test]
async fn a_qualification_finds_its_rows() {
    let desk = five().await;
    let later = START_S + 120;
    for (q, expected) in [
        ("'Vendor Ticket Number' = \"REL-000002\"", "2"),
        ("'1000000652' = \"REL-000002\"", "2"),
        ("'Vendor Ticket Number' = \"rel-000002\"", ""),
        ("'Description' = \"Panne 1 dite \"\"B1.11\"\"\"", "1"),
        ("'Description' LIKE \"%B1.1_\"\"\"", "01234"),
        ("'Description' LIKE \"%Panne%3%\"", "3"),
        ("'Description' LIKE \"B1%\"", ""),
        ("'Urgency' = \"1-Critical\"", "34"),
        ("'Urgency' = 2000", "2"),
        ("'Urgency' < \"3-Medium\"", "234"),
        (
            "'Status' < \"Resolved\" AND NOT 'Urgency' = \"1-Critical\"",
            "012",
        ),
        (
            "('Urgency' = 4000 OR 'Urgency' = 3000) AND 'Status' != \"Closed\"",
            "01",
        ),
        (
            "'Urgency' = 4000 OR 'Urgency' = 3000 AND 'Status' = \"Closed\"",
            "0",
        ),
        ("'Submitter' = $USER$", "01234"),
        ("'Submitter' != $USER$", ""),
        ("'Assignee' = $NULL$", "01234"),
        ("'Assignee' != $NULL$", ""),
        ("'Assignee' != \"D. Petit\"", ""),
        ("NOT 'Assignee' = \"D. Petit\"", ""),
        ("'Submit Date' < $TIMESTAMP$ - 200", "01"),
        (
            "'Last Modified Date' >= \"2026-09-01T08:02:00.000+0000\"",
            "234",
        ),
    ] {
        let reply = desk.list(JOIN, &[("q", q)]).await;
        assert_eq!(reply.status, 200, "{q}: {}", reply.text);
        assert_eq!(which(&reply.json()), expected, "{q}");
    }
    let since = desk
        .list(JOIN, &[("q", &format!("'Last Modified Date' > {later}"))])
        .await;
    assert_eq!(
        which(&since.json()),
        "34",
        "epoch seconds are the safe way to write a date"
    );
    let none = desk
        .list(JOIN, &[("q", "'Vendor Ticket Number' = \"REL-AUTRE0\"")])
        .await;
    assert_eq!(
        (none.status, &none.json()["entries"]),
        (200, &json!([])),
        "no match is an empty list, not an error"
    );
    assert!(none.json()["numMatches"].is_null(), "numMatches is null");
}

#[tokio::test]
async fn a_bad_qualification_is_an_error_not_an_empty_list() {
    let desk = five().await;
    for (q, number) in [
        ("'Detailed_Decription' = \"x\"", 314),
        ("'Incident Number = \"x\"", 1587),
        ("'Incident Number' = ", 1587),
        ("'Incident Number' \"x\"", 1587),
        ("('Incident Number' = \"x\"", 1587),
        ("'Incident Number' = \"x\" 'Status' = 1", 1587),
        ("'Status' = \"Ouvert\"", 1587),
        ("'Submit Date' > \"30/03/2022 08:51\"", 1587),
        ("'Incident Number' = $HIER$", 1587),
        ("99999999999999999999 = 1", 1587),
    ] {
        assert_eq!(desk.list(JOIN, &[("q", q)]).await.error().0, number, "{q}");
    }
    let deep = format!("{}'Status' = 1{}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(
        desk.list(JOIN, &[("q", &deep)]).await.error().0,
        1587,
        "a bottomless nest is refused, not followed"
    );
    assert_eq!(
        desk.list(JOIN, &[("limit", "beaucoup")]).await.status,
        400,
        "a limit is a number"
    );
    assert_eq!(
        desk.list(JOIN, &[("sort", "Numero.asc")]).await.error().0,
        314,
        "an unknown order is an error too"
    );
}

#[tokio::test]
async fn order_and_pages_are_followed_by_their_links() {
    let desk = five().await;
    for (sort, expected) in [
        ("Submit Date.desc", "43210"),
        ("Urgency.asc,Submit Date.DESC", "43210"),
        ("Urgency.desc, Submit Date", "01234"),
        ("Priority", "23410"),
    ] {
        assert_eq!(
            which(&desk.list(JOIN, &[("sort", sort)]).await.json()),
            expected,
            "{sort}"
        );
    }
    let params = [
        ("q", "'Submitter' = $USER$"),
        ("fields", "values(Vendor Ticket Number, Request ID)"),
        ("sort", "Submit Date.desc"),
        ("limit", "2"),
    ];
    let mut page = desk.list(JOIN, &params).await.json();
    let mut read = which(&page);
    while let Some(next) = page["_links"]["next"][0]["href"].as_str() {
        page = send(
            desk.client
                .get(next)
                .header("Authorization", format!("AR-JWT {}", desk.token)),
        )
        .await
        .json();
        read.push_str(&which(&page));
    }
    assert_eq!(
        read, "43210",
        "following next reads each row once, in order"
    );
    assert_eq!(
        page["entries"][0]["values"].as_object().unwrap().len(),
        2,
        "the selection of fields is kept along the pages"
    );
    let exact = desk.list(JOIN, &[("limit", "5")]).await.json();
    assert!(
        exact["_links"].get("next").is_none(),
        "no next when nothing more exists"
    );
    let own = exact["_links"]["self"][0]["href"].as_str().unwrap();
    let same = send(
        desk.client
            .get(own)
            .header("Authorization", format!("AR-JWT {}", desk.token)),
    )
    .await;
    assert_eq!(
        same.json(),
        exact,
        "self is the request, and answers the same"
    );
    assert_eq!(
        which(&desk.list(JOIN, &[("offset", "4")]).await.json()),
        "4",
        "offset counts from 0"
    );
    assert_eq!(
        which(
            &desk
                .list(JOIN, &[("offset", "9"), ("limit", "2")])
                .await
                .json()
        ),
        "",
        "past the end is empty"
    );
}

#[tokio::test]
async fn addresses_are_read_as_clients_write_them() {
    let desk = five().await;
    for address in [
        "?q=%27Vendor+Ticket+Number%27+%3D+%22REL-000003%22",
        "?q=%27Vendor%20Ticket%20Number%27%20%3D%20%22REL-000003%22",
        "?q='Vendor%20Ticket%20Number'=%22REL-000003%22",
        "/?q='Vendor+Ticket+Number'=%22REL-000003%22",
    ] {
        let reply = desk
            .get(&format!("/api/arsys/v1/entry/{JOIN}{address}"))
            .await;
        assert_eq!(reply.status, 200, "{address}: {}", reply.text);
        assert_eq!(which(&reply.json()), "3", "{address}");
    }
}
