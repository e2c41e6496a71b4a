//! A second platform: what it knows of a dossier comes with a merge, where it is set up on both computers.

use store::{
    Transaction, counterpart,
    destination::{self, Destination, PRINCIPAL},
    event::{self, TicketEvent},
    mail::{self, Mail},
    outbox::{self, OutboxItem},
};

use super::{acts::Op, here, machine, proposals, shared};
use crate::wire::MergeSide;

const SECOND: &str = "collectivite";

fn set_up(tx: &Transaction<'_>) -> Result<(), store::Error> {
    let platform = Destination {
        id: SECOND.into(),
        position: 1,
        kind: "mail".into(),
        settings: "{}".into(),
        ..Destination::default()
    };
    destination::put(tx, &platform)
}

/// It gave the dossier a number of its own, and said something by mail.
pub fn answered(
    tx: &Transaction<'_>,
    ticket_id: &str,
    id: &str,
    now_ms: i64,
) -> Result<(), store::Error> {
    set_up(tx)?;
    let number = format!("{}", now_ms / 1000 % 100_000);
    counterpart::set_number(tx, ticket_id, SECOND, &number, false, now_ms)?;
    let answer = Mail {
        id: id.into(),
        destination_id: SECOND.into(),
        ticket_id: Some(ticket_id.into()),
        direction: "entrant".into(),
        message_id: format!("<{id}@exemple.fr>"),
        kind: "message".into(),
        at_ms: now_ms,
        ..Mail::default()
    };
    mail::add(tx, &answer, b"Bonjour")?;
    let line = TicketEvent {
        id: format!("{id}-ligne"),
        ticket_id: ticket_id.into(),
        at_ms: now_ms,
        author: "plateforme".into(),
        kind: "note".into(),
        text: format!("réponse de {}", now_ms % 10_000_000),
        remote_id: Some(format!("{SECOND}/{id}")),
        destination_id: Some(SECOND.into()),
        mail_id: Some(id.into()),
    };
    event::add(tx, &line)?;
    Ok(())
}

/// To be made there too, and a note to be told on the first platform.
pub fn queued(tx: &Transaction<'_>, ticket_id: &str, id: &str) -> Result<(), store::Error> {
    set_up(tx)?;
    for (platform, operation) in [(SECOND, "creation"), (PRINCIPAL, "note")] {
        let item = OutboxItem {
            ticket_id: ticket_id.into(),
            destination_id: platform.into(),
            operation: operation.into(),
            identity: format!("{id}-{operation}"),
            payload: "{}".into(),
            ..OutboxItem::default()
        };
        outbox::insert(tx, &item)?;
    }
    Ok(())
}

#[test]
fn a_dossier_that_the_other_has_on_a_second_platform_comes_with_its_number_there_and_its_mails() {
    let elsewhere = [Op::QueueElsewhere { ticket: 0 }];
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Ticket { machine: 0 }]);
    one.live(&elsewhere);
    other.wait(&one);
    other.live(&[Op::Elsewhere { ticket: 0 }]);
    one.take(&other, here).unwrap();
    assert_eq!(
        one.envois(),
        ["accepte", "pret"],
        "the second platform has it; the note for the first still has to be told"
    );
    assert_eq!(
        one.elsewhere(),
        other.elsewhere(),
        "the number there, the mail and the line that was read in it came along"
    );
    assert_eq!(one.elsewhere().len(), 3, "all three");
    let before = (one.rows(), one.elsewhere());
    one.take(&other, here).unwrap();
    assert_eq!(
        (one.rows(), one.elsewhere()),
        before,
        "merged again, nothing comes twice"
    );
}

#[test]
fn what_only_an_unknown_platform_knows_stays_with_the_other() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Ticket { machine: 0 }]);
    other.wait(&one);
    other.live(&[Op::Elsewhere { ticket: 0 }, Op::Ticket { machine: 0 }]);
    let done = one.take(&other, proposals(MergeSide::Here));
    assert!(done.is_ok(), "the merge goes through: {done:?}");
    assert!(
        one.rows().iter().any(|row| row.contains("réponse de")),
        "what was said is there: {:?}",
        one.rows()
    );
    assert_eq!(
        one.elsewhere().len(),
        0,
        "without a platform that is not set up here"
    );
}

#[test]
fn what_is_told_of_a_dossier_goes_on_when_the_other_gives_its_number_or_closes_it() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Ticket { machine: 0 }]);
    one.live(&[Op::QueueElsewhere { ticket: 0 }]);
    other.wait(&one);
    other.live(&[Op::Number { ticket: 0 }, Op::Close { ticket: 0 }]);
    one.take(&other, proposals(MergeSide::Here)).unwrap();
    assert_eq!(
        one.envois(),
        ["retire", "pret"],
        "closed there, it is not made elsewhere any more; a note that nobody has told is not taken for told"
    );
}
