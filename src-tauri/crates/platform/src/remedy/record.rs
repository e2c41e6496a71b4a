//! What travels: a [`Creation`] as the create form wants it, and the records that come back.
//!
//! Invariant: pure text in, values out. Field names are spelt as each form spells them, faults included (`Detailed_Decription`).
//! A reply that cannot be read whole is never read in part: an unread dossier would be sent twice.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::reply::{OfflineKind, Reply};
use crate::{Accepted, Creation};

/// `Incident_Entry_ID` is asked for and never relied on: recorded replies leave it null.
pub(super) const CREATED_FIELDS: &str =
    "values(Incident_Entry_ID,Incident Number,Create Date,Status)";
pub(super) const FOUND_FIELDS: &str = "values(Incident Number,Request ID,Status,Submit Date)";

pub(super) fn to_create(creation: &Creation, reference_field: &str) -> Value {
    let mut values = Map::new();
    // Optional fields first, so that none of them can replace what follows.
    for (name, value) in &creation.categories {
        values.insert(name.clone(), json!(value));
    }
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            values.insert(name.to_owned(), json!(value));
        }
    };
    put("Phone_Number", &creation.phone);
    put("Login_ID", creation.login.as_deref().unwrap_or_default());
    put("Site", creation.site.as_deref().unwrap_or_default());
    put("First_Name", &creation.first_name);
    put("Last_Name", &creation.last_name);
    put("Description", &creation.summary);
    put("Detailed_Decription", &details(creation));
    put("Impact", &creation.impact);
    put("Urgency", &creation.urgency);
    put("Service_Type", &creation.service_type);
    put("Reported Source", "Direct Input");
    // An assignment rule of the server may change it at once; what was sent is never asserted later.
    put("Status", "New");
    put("z1D_Action", "CREATE");
    put(reference_field, &creation.reference);
    json!({ "values": values })
}

/// The reference is repeated as the last line, for the people who read the dossier. Plain spaces: the server's character set is unknown.
pub(crate) fn details(creation: &Creation) -> String {
    format!(
        "{}\n\nRéf. client : {}",
        creation.description.trim_end(),
        creation.reference
    )
}

/// `'field' = "text"`, quotes doubled.
pub(super) fn equals(field: &str, text: &str) -> String {
    format!("'{field}' = \"{}\"", text.replace('"', "\"\""))
}

/// A note's text with the identity of its operation on the last line.
pub(super) fn tagged(text: &str, identity: &str) -> String {
    format!("{}\n\n[#{identity}]", text.trim_end())
}

/// The words of a note, and the identity on its last line if it bears one.
pub(super) fn untagged(text: &str) -> (String, Option<String>) {
    let text = text.trim_end();
    let tag = text
        .rsplit_once("[#")
        .and_then(|(words, rest)| Some((words, rest.strip_suffix(']')?)))
        .filter(|(_, identity)| {
            identity.len() == 36 && identity.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
        });
    match tag {
        Some((words, identity)) => (words.trim_end().to_owned(), Some(identity.to_owned())),
        None => (text.to_owned(), None),
    }
}

/// A name that any server takes: accents folded, anything else replaced.
pub(super) fn ascii_name(name: &str) -> String {
    let folded: String = name
        .nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .map(|letter| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | ' ' => letter,
            _ => '_',
        })
        .collect();
    let short: String = folded.trim().chars().take(100).collect();
    if short.is_empty() {
        "fichier".to_owned()
    } else {
        short
    }
}

/// The values of every entry of a list: whole, or no list at all.
pub(super) fn rows(body: &str) -> Reply<Vec<Value>> {
    let Ok(mut reply) = serde_json::from_str::<Value>(body) else {
        return Reply::Transient {
            retry_after: None,
            reason: "the list could not be read".to_owned(),
        };
    };
    let Some(entries) = reply.get_mut("entries").and_then(Value::as_array_mut) else {
        return Reply::Offline {
            kind: OfflineKind::Portal,
            detail: "an unexpected HTTP 200 without a list".into(),
        };
    };
    let all: Option<Vec<Value>> = entries
        .iter_mut()
        .map(|entry| entry.get_mut("values").map(Value::take))
        .collect();
    match all {
        Some(rows) => Reply::Sent(rows),
        None => Reply::Transient {
            retry_after: None,
            reason: "an entry of the list has no values".to_owned(),
        },
    }
}

/// The created dossier, if this reply names it.
pub(super) fn created(body: &str) -> Option<Accepted> {
    let reply: Value = serde_json::from_str(body).ok()?;
    accepted(reply.get("values")?, "Create Date")
}

pub(super) fn found(body: &str) -> Reply<Vec<Accepted>> {
    let unread = |reason: &str| Reply::Transient {
        retry_after: None,
        reason: reason.to_owned(),
    };
    let Ok(reply) = serde_json::from_str::<Value>(body) else {
        return unread("the list could not be read");
    };
    let Some(entries) = reply.get("entries").and_then(Value::as_array) else {
        return Reply::Offline {
            kind: OfflineKind::Portal,
            detail: "an unexpected HTTP 200 without a list".into(),
        };
    };
    let all: Option<Vec<Accepted>> = entries
        .iter()
        .map(|entry| accepted(entry.get("values")?, "Submit Date"))
        .collect();
    let Some(mut all) = all else {
        return unread("a dossier of the list has no number yet");
    };
    // The server was asked to sort; an undated record cannot claim to be the first.
    all.sort_by_key(|one| one.server_time_ms.unwrap_or(i64::MAX));
    Reply::Sent(all)
}

fn accepted(values: &Value, date_field: &str) -> Option<Accepted> {
    let number = values.get("Incident Number")?.as_str()?.trim();
    if number.is_empty() {
        return None;
    }
    Some(Accepted {
        number: Some(number.to_owned()),
        remote_id: None,
        server_time_ms: values
            .get(date_field)
            .and_then(Value::as_str)
            .and_then(time_ms),
        status: values
            .get("Status")
            .and_then(Value::as_str)
            .map(str::to_owned),
    })
}

/// `2022-06-21T11:08:05.000+0000`: nearly RFC 3339, but without a colon in the offset. Both are read.
pub(super) fn time_ms(text: &str) -> Option<i64> {
    chrono::DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z")
        .ok()
        .map(|time| time.timestamp_millis())
}

/// The id at the end of an entry's address, decoded by nobody: staging ids are digits.
pub(super) fn last_segment(location: &str) -> Option<String> {
    let path = location.split(['?', '#']).next()?;
    let id = path.trim_end_matches('/').rsplit('/').next()?;
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| id.to_owned())
}

/// How long a token lives, from its own `iat` and `exp`: a duration holds even when the two clocks disagree.
pub(super) fn lifetime_ms(token: &str) -> Option<i64> {
    let claims = token.split('.').nth(1)?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    let lifetime = claims.get("exp")?.as_i64()? - claims.get("iat")?.as_i64()?;
    (lifetime > 0).then(|| lifetime.saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn creation() -> Creation {
        Creation {
            identity: "01890000-0000-7000-8000-000000000000".into(),
            reference: "REL-7K2M9Q".into(),
            summary: "Imprimante du CDI : bourrage".into(),
            description: "Bac 2, depuis lundi.\n".into(),
            impact: "3-Moderate/Limited".into(),
            urgency: "3-Medium".into(),
            service_type: "User Service Restoration".into(),
            first_name: "Camille".into(),
            last_name: "Vernet".into(),
            login: None,
            phone: String::new(),
            site: Some("Collège de Billom".into()),
            categories: BTreeMap::from([
                ("Categorization Tier 1".into(), "Poste de travail".into()),
                ("z1D_Action".into(), "MODIFY".into()),
            ]),
        }
    }

    #[test]
    fn the_create_form_gets_its_spellings_and_the_reference_twice() {
        let sent = to_create(&creation(), "Vendor Ticket Number");
        let value = |name: &str| sent["values"][name].as_str();
        assert_eq!(
            value("Vendor Ticket Number"),
            Some("REL-7K2M9Q"),
            "look-ups need the field"
        );
        assert_eq!(
            value("Detailed_Decription"),
            Some("Bac 2, depuis lundi.\n\nRéf. client : REL-7K2M9Q"),
            "people read the reference on the last line"
        );
        assert_eq!(
            value("z1D_Action"),
            Some("CREATE"),
            "a category cannot turn a creation into something else"
        );
        assert_eq!(
            value("Categorization Tier 1"),
            Some("Poste de travail"),
            "categories travel"
        );
        assert_eq!(
            value("Phone_Number"),
            None,
            "an empty field is left out, not nulled"
        );
    }

    #[test]
    fn a_created_record_is_read_only_when_it_names_its_number() {
        let full = r#"{"values":{"Incident Number":"INC000000000430","Create Date":"2022-03-30T08:51:45.000+0000"}}"#;
        assert_eq!(
            created(full),
            Some(Accepted {
                number: Some("INC000000000430".into()),
                remote_id: None,
                server_time_ms: Some(1_648_630_305_000),
                status: None,
            }),
            "the recorded reply is understood"
        );
        for unusable in [
            "",
            "{",
            r#"{"values":{}}"#,
            r#"{"values":{"Incident Number":null}}"#,
            r#"{"values":{"Incident Number":" "}}"#,
        ] {
            assert_eq!(created(unusable), None, "{unusable:?} names no number");
        }
    }

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        let two = r#"{"entries":[
            {"values":{"Incident Number":"INC2","Submit Date":"2022-06-21T11:08:05.000+0000"}},
            {"values":{"Incident Number":"INC1","Submit Date":"2022-06-21T11:08:04.000+00:00"}}],"numMatches":null}"#;
        let Reply::Sent(list) = found(two) else {
            panic!("a list is an answer")
        };
        let numbers: Vec<&str> = list.iter().map(|one| one.name()).collect();
        assert_eq!(
            numbers,
            ["INC1", "INC2"],
            "oldest first, whatever the server's order"
        );
        assert_eq!(
            found(r#"{"entries":[]}"#),
            Reply::Sent(vec![]),
            "nothing found is an answer"
        );
        assert!(
            matches!(
                found(r#"{"entries":[{"values":{"Incident Number":null}}]}"#),
                Reply::Transient { .. }
            ),
            "a dossier without number exists: saying « not found » would send it twice"
        );
        assert!(
            matches!(found(r#"{"entries":[{"val"#), Reply::Transient { .. }),
            "a cut list proves nothing"
        );
        assert!(
            matches!(found(r#"{"status":"ok"}"#), Reply::Offline { .. }),
            "an odd 200 is somebody else's"
        );
    }

    #[test]
    fn the_qualification_and_the_staging_id_cannot_be_escaped() {
        assert_eq!(
            equals("Vendor Ticket Number", "A\"B"),
            "'Vendor Ticket Number' = \"A\"\"B\"",
            "quotes are doubled"
        );
        assert_eq!(
            last_segment(
                "http://other:8008/api/arsys/v1/entry/HPD:IncidentInterface_Create/000000000000179"
            ),
            Some("000000000000179".into()),
            "only the id of a foreign address is used"
        );
        assert_eq!(
            last_segment("http://other/x/..%2F..?a"),
            None,
            "anything but an id is refused"
        );
    }

    #[test]
    fn the_lifetime_of_a_token_is_a_duration() {
        // {"sub":"c","iat":1000,"exp":4600}
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjIiwiaWF0IjoxMDAwLCJleHAiOjQ2MDB9.c2ln";
        assert_eq!(
            lifetime_ms(token),
            Some(3_600_000),
            "one hour, whatever the server's date"
        );
        assert_eq!(
            lifetime_ms("a.b.c"),
            None,
            "an opaque token lives until it is refused"
        );
    }
}
