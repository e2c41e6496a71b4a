use super::*;
use serde_json::json;

fn ticket(fields: Value, last_modified: Option<&str>) -> Ticket {
    Ticket::read(&fields.to_string(), last_modified).unwrap()
}

#[test]
fn a_ticket_is_read_in_the_spelling_of_each_version() {
    let eleven = json!({ "id": 15, "name": "R&D <3 (REL-7K2M9Q)", "content": "<p>a &lt; b<br>Réf. client : REL-7K2M9Q</p>",
        "status": 5, "externalid": "REL-7K2M9Q", "date_creation": "2026-09-14 10:00:00", "date_mod": "2026-09-14 10:20:30" });
    let nine = json!({ "id": "15", "name": "R&#38;D &#60;3 (REL-7K2M9Q)",
        "content": "&#60;p&#62;a &#38;lt; b&#60;br&#62;Réf. client : REL-7K2M9Q&#60;/p&#62;",
        "status": "5", "externalid": null, "date_creation": "2026-09-14 10:00:00", "date_mod": "2026-09-14 10:20:30" });
    for fields in [eleven, nine] {
        let read = ticket(fields.clone(), Some("Mon, 14 Sep 2026 08:20:30 GMT"));
        assert_eq!((read.id, read.status()), (15, Some(5)), "{fields}");
        assert_eq!(
            read.title(),
            "R&D <3",
            "the title as its author wrote it: {fields}"
        );
        assert_eq!(
            read.content(),
            "a < b\nRéf. client : REL-7K2M9Q",
            "{fields}"
        );
        assert_eq!(read.reference().as_deref(), Some("REL-7K2M9Q"), "{fields}");
        assert!(
            read.bears("REL-7K2M9Q") && !read.bears("REL-7K2M9R"),
            "{fields}"
        );
        let zone_ms = read.offset_ms.unwrap();
        assert_eq!(zone_ms, 7_200_000, "summer in France: {fields}");
        assert_eq!(
            read.modified_ms(zone_ms),
            Some(1_789_374_030_000),
            "an instant, not a wall clock's time: {fields}"
        );
    }
}

#[test]
fn a_reference_is_found_where_it_was_left() {
    let with = |name: &str, content: &str, external: Value| {
        ticket(
            json!({ "id": 1, "name": name, "content": content, "externalid": external }),
            None,
        )
    };
    assert_eq!(
        with("Panne", "<p>x</p>", json!("TCK-1")).reference(),
        None,
        "another system's identifier is none of ours"
    );
    assert_eq!(
        with("Panne (B1.12) (REL-000001)", "", json!(null))
            .reference()
            .as_deref(),
        Some("REL-000001"),
        "among other parentheses"
    );
    assert!(
        with("Panne (REL-000001)", "<p>vidé</p>", json!("")).bears("REL-000001"),
        "its title alone is enough"
    );
    let renamed = with(
        "Panne, à voir",
        "<p>x<br>Réf. client : REL-000001</p>",
        json!(""),
    );
    assert_eq!(
        renamed.reference().as_deref(),
        Some("REL-000001"),
        "a rule changed the title"
    );
    assert!(
        renamed.bears("REL-000001"),
        "and the look-up still finds it"
    );
    let quoted = with("Autre", "<p>comme REL-000001</p>", json!(null));
    assert!(
        !quoted.bears("REL-000001"),
        "a mere mention is another ticket"
    );
}

#[test]
fn a_zone_that_cannot_be_is_none() {
    let fields = json!({ "id": 1, "date_mod": "2026-09-14 10:20:30" });
    for odd in [
        "Mon, 14 Sep 2026 08:20:31 GMT",
        "Sun, 13 Sep 2026 08:20:30 GMT",
        "hier",
    ] {
        assert_eq!(
            ticket(fields.clone(), Some(odd)).offset_ms,
            None,
            "{odd} is not the same instant"
        );
    }
    assert_eq!(ticket(fields, None).offset_ms, None, "nor is nothing");
}

#[test]
fn our_own_words_are_recognised_and_nobody_elses() {
    let mut people = People::new(Some(7));
    let row = |id: i64, by: i64, content: &str| {
        json!({ "id": id, "users_id": by, "content": content,
        "date": "2026-09-14 10:00:00", "_keys_names": { "users_id": format!("Personne {by}") } })
    };
    let rows = [
        row(1, 7, "<p>Toujours en panne.<br>[#identity-1]</p>"),
        row(
            2,
            9,
            "<p>Vous disiez : Toujours en panne.<br>[#identity-1]</p>",
        ),
        row(3, 7, "<p>Dit sur le portail.</p>"),
    ];
    people.meet(&rows);
    let read: Vec<Entry> = rows
        .iter()
        .map(|row| said(EntryKind::Note, row, &people, 7_200_000).unwrap())
        .collect();
    assert_eq!(
        (read[0].identity.as_deref(), read[0].text.as_str()),
        (Some("identity-1"), "Toujours en panne."),
        "ours, without its tag"
    );
    assert_eq!(
        read[1].identity, None,
        "somebody who quotes us says something new"
    );
    assert_eq!(read[1].author, "Personne 9", "and has a name");
    assert_eq!(
        read[2].identity, None,
        "what the person typed on the portal is new here"
    );
    assert_eq!(read[0].at_ms, 1_789_372_800_000, "in UTC");
    let document = json!({ "id": 4, "users_id": 7, "name": "baie.jpg", "filename": "baie.jpg",
        "comment": "Réf. client : REL-7K2M9Q [#identity-2]", "assocdate": "2026-09-14 10:00:00" });
    let entry = joined(&document, &people, 0).unwrap();
    assert_eq!(
        (entry.identity.as_deref(), entry.files[0].name.as_str()),
        (Some("identity-2"), "baie.jpg"),
        "our file, by its comment"
    );
    assert!(
        is_document_of(&document, "identity-2"),
        "the look-up finds it"
    );
    let empty = json!({ "id": 4, "filename": "", "comment": "[#identity-2]" });
    assert!(
        !is_document_of(&empty, "identity-2"),
        "a document without its file has not arrived"
    );
}

#[test]
fn numbers_are_read_as_people_type_them() {
    for typed in ["15", " 15 ", "#0000015"] {
        assert_eq!(ticket_id(typed), Some(15), "{typed:?}");
    }
    for other in ["", "INC15", "0", "-3", "15a"] {
        assert_eq!(ticket_id(other), None, "{other:?} is no number of GLPI");
    }
    assert_eq!(added(r#"{"id":15,"message":""}"#), Some(15));
    for nothing in ["", "{", r#"{"id":false}"#, r#"{"id":0}"#, "[15]"] {
        assert_eq!(added(nothing), None, "{nothing} names nothing");
    }
    let failed = r#"{"id":9,"upload_result":[{"filename":[{"name":"x","error":"Type de fichier non autorisé"}]}]}"#;
    assert_eq!(
        upload_error(failed).as_deref(),
        Some("Type de fichier non autorisé"),
        "a file can fail inside a success"
    );
    assert_eq!(
        upload_error(r#"{"id":9,"upload_result":[{"filename":[{"name":"x","error":null}]}]}"#),
        None
    );
}
