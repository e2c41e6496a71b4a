//! Mails of an exchange: kept once, threaded by their names, filed by a person when nothing else does.

use store::{
    Error,
    destination::{self, PRINCIPAL},
    event::{self, TicketEvent},
    mail::{self, Mail},
    outbox::{self, OutboxItem},
    ticket,
};

use crate::{Folder, destinations::other, item, ticket};

pub fn mail(id: &str, ticket_id: Option<&str>, direction: &str, at_ms: i64) -> Mail {
    Mail {
        id: id.into(),
        destination_id: PRINCIPAL.into(),
        ticket_id: ticket_id.map(str::to_owned),
        direction: direction.into(),
        message_id: format!("<{id}@exemple.fr>"),
        subject: "Bourrage (REL-7K2M9Q)".into(),
        sender: "assistance@exemple.fr".into(),
        at_ms,
        kind: "message".into(),
        ..Mail::default()
    }
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write(|tx| {
        destination::put(tx, &other())?;
        ticket::insert(tx, &ticket("t1", "Bourrage", 1_000))
    });
    folder
}

#[test]
fn a_mailbox_that_is_read_again_brings_nothing_twice() {
    let folder = folder();
    let answer = mail("m1", Some("t1"), "entrant", 3_000);
    assert!(
        folder.write(|tx| mail::add(tx, &answer, b"From: a\r\n\r\nBonjour")),
        "it came"
    );
    let again = Mail {
        id: "m2".into(),
        subject: "Autre".into(),
        ..answer.clone()
    };
    assert!(
        !folder.write(|tx| mail::add(tx, &again, b"")),
        "the same message under another number of the mailbox"
    );
    assert_eq!(
        (
            folder.read(|conn| mail::get(conn, "m1")),
            folder.read(|conn| mail::raw(conn, "m1")),
            folder.read(|conn| mail::get(conn, "m2"))
        ),
        (
            Some(answer.clone()),
            Some(b"From: a\r\n\r\nBonjour".to_vec()),
            None
        ),
        "it is as it came, byte for byte"
    );
    let elsewhere = Mail {
        id: "m3".into(),
        destination_id: "collectivite".into(),
        ..answer
    };
    assert!(
        folder.write(|tx| mail::add(tx, &elsewhere, b"")),
        "a copy sent to another mailbox is of another exchange"
    );
}

#[test]
fn an_answer_finds_its_dossier_by_what_it_answers() {
    let folder = folder();
    folder.write(|tx| {
        ticket::insert(tx, &ticket("t2", "Wifi", 1_000))?;
        mail::add(tx, &mail("sent", Some("t1"), "sortant", 2_000), b"")?;
        mail::add(tx, &mail("back", Some("t1"), "entrant", 1_500), b"")?;
        mail::add(tx, &mail("wifi", Some("t2"), "sortant", 2_000), b"")?;
        mail::add(tx, &mail("lost", None, "entrant", 2_500), b"")
    });
    let names = |ids: &[&str]| -> Vec<String> {
        ids.iter().map(|id| format!("<{id}@exemple.fr>")).collect()
    };
    let whose = |destination: &str, ids: &[&str]| {
        folder.read(|conn| mail::ticket_of(conn, destination, &names(ids)))
    };
    assert_eq!(
        (
            whose(PRINCIPAL, &["inconnu", "lost", "sent", "wifi"]).as_deref(),
            whose(PRINCIPAL, &["wifi", "sent"]).as_deref(),
            whose(PRINCIPAL, &["inconnu"]),
            whose("collectivite", &["sent"]),
        ),
        (Some("t1"), Some("t2"), None, None),
        "the nearest that is of a dossier, on its own destination"
    );
    assert_eq!(
        folder.read(|conn| mail::thread(conn, "t1", PRINCIPAL)),
        names(&["back", "sent"]),
        "the exchange so far, oldest first"
    );
    let copy = Mail {
        direction: "entrant".into(),
        id: "copy".into(),
        message_id: "<sent@exemple.fr>".into(),
        at_ms: 2_100,
        ..mail("sent", Some("t1"), "entrant", 2_100)
    };
    assert!(
        folder.write(|tx| mail::add(tx, &copy, b"")),
        "our own mail may come back by a list"
    );
    assert_eq!(
        folder.read(|conn| mail::thread(conn, "t1", PRINCIPAL)),
        names(&["back", "sent"]),
        "and is named once in what the next one answers"
    );
}

#[test]
fn what_matches_nothing_waits_for_a_person() {
    let folder = folder();
    folder.write(|tx| {
        mail::add(tx, &mail("second", None, "entrant", 3_000), b"")?;
        mail::add(tx, &mail("first", None, "entrant", 2_000), b"")?;
        mail::add(tx, &mail("known", Some("t1"), "entrant", 1_000), b"")
    });
    let waiting = || {
        let mails = folder.read(mail::unfiled);
        mails.into_iter().map(|mail| mail.id).collect::<Vec<_>>()
    };
    assert_eq!(waiting(), ["first", "second"], "oldest first");
    folder.write(|tx| mail::file(tx, "first", "t1"));
    folder.write(|tx| mail::handled(tx, "second", 9_000));
    assert_eq!(
        waiting(),
        Vec::<String>::new(),
        "filed, or said to be nothing"
    );
    assert_eq!(
        folder.read(|conn| mail::of_ticket(conn, "t1")).len(),
        2,
        "the dossier has the one that was filed"
    );
    let unknown = folder.store.write(|tx| mail::file(tx, "second", "t9"));
    assert!(
        matches!(unknown, Err(Error::Constraint(_))),
        "a mail is filed in a dossier that is there: {unknown:?}"
    );
}

#[test]
fn a_line_of_the_timeline_says_where_it_came_from_and_where_it_was_told() {
    let folder = folder();
    let line = |id: &str, remote: &str, destination: &str| TicketEvent {
        id: id.into(),
        ticket_id: "t1".into(),
        at_ms: 3_000,
        author: "plateforme".into(),
        kind: "note".into(),
        text: "Un technicien passe jeudi".into(),
        remote_id: Some(format!("{destination}/{remote}")),
        destination_id: Some(destination.into()),
        mail_id: None,
    };
    folder.write(|tx| {
        mail::add(tx, &mail("m1", Some("t1"), "entrant", 3_000), b"")?;
        let read = TicketEvent {
            mail_id: Some("m1".into()),
            ..line("e1", "7", PRINCIPAL)
        };
        assert!(event::add(tx, &read)?, "said there");
        assert!(
            event::add(tx, &line("e2", "7", "collectivite"))?,
            "another platform counts for itself"
        );
        assert!(
            !event::add(tx, &line("e3", "7", PRINCIPAL))?,
            "pulled twice, it is one line"
        );
        outbox::insert(
            tx,
            &OutboxItem {
                destination_id: "collectivite".into(),
                operation: "note".into(),
                event_id: Some("e1".into()),
                ..item("t1", "relay")
            },
        )
    });
    let told = folder.read(|conn| outbox::of_event(conn, "e1"));
    assert_eq!(
        (told.len(), told[0].destination_id.as_str()),
        (1, "collectivite"),
        "the line knows where a person had it relayed"
    );
    assert_eq!(
        folder.read(|conn| outbox::by_identity(conn, "relay")),
        Some(told[0].clone()),
        "and what comes back from there is known by its identity"
    );
    assert_eq!(
        folder
            .read(|conn| event::get(conn, "e1"))
            .unwrap()
            .mail_id
            .as_deref(),
        Some("m1"),
        "the mail it was read in is at hand"
    );
}
