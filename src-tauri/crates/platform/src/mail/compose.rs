//! The mails that leave: plain text, with what a person reads first and « Champ : valeur » lines for whoever reads by machine.
//!
//! Invariants: the same operation makes the same mail on every try, byte for byte as long as what is known of the dossier is the
//! same; its `Message-ID` is always the same. No password, no HTML, and no `Auto-Submitted`: a person's click sends it, and several
//! tools refuse mails that say they come from a machine.
//!
//! Left out on purpose: the commands of BMC's own mail engine, which want a password in the body.

use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::message::header::{ContentType, Date};
use lettre::message::{Attachment, Mailbox, MessageBuilder, MultiPart, SinglePart};

use super::MailSettings;
use super::marks::{self, Sort};
use crate::manual::Manual;
use crate::{Act, Counterpart, Creation, FollowUp};

/// A mail ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub message_id: String,
    pub bytes: Vec<u8>,
}

/// Who writes to whom: addresses that were checked when the settings were read.
#[derive(Clone, Debug)]
pub(super) struct Writers {
    pub from: Mailbox,
    pub to: Address,
}

impl Writers {
    fn host(&self) -> &str {
        self.from.email.domain()
    }
}

pub(super) fn creation(
    settings: &MailSettings,
    writers: &Writers,
    creation: &Creation,
    now_ms: i64,
) -> Option<Letter> {
    let reference = &creation.reference;
    let subject = settings.correspondent.subject(
        settings.tag.as_deref(),
        &creation.summary,
        reference,
        None,
        None,
    );
    let mut text = format!(
        "Bonjour,\n\n{} {} demande une intervention : {}\n\nRéférence : {reference}\n",
        creation.first_name,
        creation.last_name,
        one_line(&creation.summary),
    );
    for (label, value) in Manual::layout(creation) {
        if label != "Description" && label != "Référence" {
            text.push_str(&format!("{label} : {}\n", one_line(&value)));
        }
    }
    text.push_str(&format!(
        "Description :\n{}\n\n{}",
        creation.description.trim_end(),
        keep(reference)
    ));
    let part = SinglePart::plain(text);
    let head = head(writers, &creation.identity, now_ms, &[]);
    letter(writers, &creation.identity, Sort::Creation, |id| {
        head.subject(subject).message_id(Some(id)).singlepart(part)
    })
}

/// `None` for what cannot be told by a mail.
pub(super) fn follow_up(
    settings: &MailSettings,
    writers: &Writers,
    there: &Counterpart,
    follow_up: &FollowUp,
    content: Option<Vec<u8>>,
    now_ms: i64,
) -> Option<Letter> {
    let reference = &follow_up.reference;
    let subject = settings.correspondent.subject(
        settings.tag.as_deref(),
        &there.title,
        reference,
        there.number.as_deref(),
        there.subject_tag.as_deref(),
    );
    let mut marks = format!("Référence : {reference}\n");
    if let Some(number) = &there.number {
        marks.push_str(&format!("Numéro : {}\n", one_line(number)));
    }
    let head = head(writers, &follow_up.identity, now_ms, &thread(there)).subject(subject);
    match &follow_up.act {
        Act::Note { text } => {
            let text = format!("{}\n\n{marks}\n{}", text.trim_end(), keep(reference));
            letter(writers, &follow_up.identity, Sort::FollowUp, |id| {
                head.message_id(Some(id)).singlepart(SinglePart::plain(text))
            })
        }
        Act::Attachment { name, size, .. } => {
            let name = file_name(name);
            let text = format!(
                "Pièce jointe au dossier : {name} ({size} octets)\n\n{marks}\n{}",
                keep(reference)
            );
            // Text parts are re-encoded on the way by some tools; this type comes out byte for byte.
            let kind = ContentType::parse("application/octet-stream").ok()?;
            let parts = MultiPart::mixed()
                // Fixed, so that the mail is the same on every try; no content in base64 can hold it.
                .boundary(format!("relais-{}", follow_up.identity))
                .singlepart(SinglePart::plain(text))
                .singlepart(Attachment::new(name).body(content?, kind));
            letter(writers, &follow_up.identity, Sort::FollowUp, |id| {
                head.message_id(Some(id)).multipart(parts)
            })
        }
        // A mail cannot change a state, and one about a closed dossier opens it again in several tools.
        Act::AcceptResolution | Act::RefuseResolution | Act::Cancel => None,
    }
}

fn head(
    writers: &Writers,
    identity: &str,
    now_ms: i64,
    thread: &[String],
) -> MessageBuilder {
    let written_ms = written_ms(identity).unwrap_or(now_ms);
    let since = Duration::from_millis(u64::try_from(written_ms).unwrap_or_default());
    let mut head = lettre::Message::builder()
        .from(writers.from.clone())
        .reply_to(writers.from.clone())
        .to(Mailbox::new(None, writers.to.clone()))
        .header(Date::new(SystemTime::UNIX_EPOCH + since))
        .user_agent(format!("Relais/{}", env!("CARGO_PKG_VERSION")));
    if let Some(nearest) = thread.last() {
        head = head
            .in_reply_to(nearest.clone())
            .references(thread.join(" "));
    }
    head
}

fn letter(
    writers: &Writers,
    identity: &str,
    sort: Sort,
    build: impl FnOnce(String) -> Result<lettre::Message, lettre::error::Error>,
) -> Option<Letter> {
    let message_id = marks::message_id(identity, sort, writers.host());
    let message = build(message_id.clone()).ok()?;
    Some(Letter {
        message_id,
        bytes: message.formatted(),
    })
}

/// Our own first mail, then what was said since, oldest first: at most what fits in a header that every server takes.
fn thread(there: &Counterpart) -> Vec<String> {
    const LONGEST: usize = 20;
    let mut thread: Vec<String> = Vec::new();
    for id in there.remote_id.iter().chain(&there.thread) {
        if is_message_id(id) && !thread.contains(id) {
            thread.push(id.clone());
        }
    }
    // The first one and the nearest ones are those that a tool may know.
    if thread.len() > LONGEST {
        thread.drain(1..=thread.len() - LONGEST);
    }
    thread
}

/// Fit to be written in a header.
pub(super) fn is_message_id(id: &str) -> bool {
    id.len() <= 250
        && id.starts_with('<')
        && id.ends_with('>')
        && id.contains('@')
        && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A UUIDv7 begins with the milliseconds of its making: when the person asked for it.
fn written_ms(identity: &str) -> Option<i64> {
    let (high, low) = (identity.get(..8)?, identity.get(9..13)?);
    let is_v7 = identity.get(14..15)? == "7";
    is_v7
        .then(|| i64::from_str_radix(&format!("{high}{low}"), 16).ok())
        .flatten()
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if clean.trim().is_empty() {
        "piece-jointe".into()
    } else {
        clean
    }
}

fn keep(reference: &str) -> String {
    format!("Merci de garder ({reference}) dans l’objet de vos réponses.\n")
}

#[cfg(test)]
mod tests;
