//! A mail as it came, read: whose it is, what it answers, its words, its files.
//!
//! Invariants: any bytes have a reading, in bounded time and memory; what the reading holds is plain text that can be shown as it is;
//! the mail itself is kept byte for byte by whoever asked. Nothing remote is fetched and nothing in it runs, because only words are
//! taken out of HTML. « Bulk » is no reason to ignore a mail: helpdesks answer so.
//!
//! Left out on purpose: signatures (S/MIME, DKIM), and any trust in the sender's name.

use std::borrow::Cow;
use std::collections::BTreeSet;

use mail_parser::{
    Charset, DecodeProblems, HeaderForm, Message, MessageParser, MessagePart, PartFlags, PartKind,
    html_to_text,
};

use super::compose::is_message_id;
use super::marks;
use super::words::{self, fold, line};

/// In characters: far more than a person writes or reads.
const LONGEST_TEXT: usize = 200_000;
const LONGEST_LINE: usize = 500;
const MOST_HEADERS: usize = 200;
const MOST_FILES: usize = 100;
const LONGEST_THREAD: usize = 50;

/// What kind of mail it is. None of them is ever answered by a machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailKind {
    #[default]
    Message,
    /// A machine says that it has what we sent.
    Acknowledgement,
    /// Another machine's mail: an absence, a report about delivery.
    Automatic,
    /// A mail of our own, come back.
    Loop,
}

/// What a person should know before believing what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// The mail is damaged: parts of it may be missing.
    Damaged,
    /// Parts inside parts beyond what anyone writes: not all of it was opened.
    TooDeep,
    /// The text is longer than what is shown.
    Cut,
    /// It is not in the character set that it says.
    Charset,
    /// Its HTML would have fetched something from elsewhere, which tells its sender who reads it.
    Remote,
    /// Its HTML would have run a program.
    Script,
    /// What we sent was not delivered, or not yet.
    Undelivered,
    /// Answers would go to another address than the sender's.
    ReplyElsewhere,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailFile {
    pub name: String,
    pub media_type: String,
    /// In bytes, once decoded.
    pub size: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// With its angle brackets, like the thread's.
    pub message_id: Option<String>,
    /// What it answers, the nearest first.
    pub thread: Vec<String>,
    /// Of our own operation, when it is a mail of ours.
    pub identity: Option<String>,
    pub kind: MailKind,
    pub subject: String,
    pub sender_name: String,
    pub sender_address: String,
    /// As its sender dates it.
    pub at_ms: Option<i64>,
    /// Our `REL-XXXXXX`.
    pub reference: Option<String>,
    /// What was written, the signature with it.
    pub text: String,
    /// The history it quotes.
    pub quoted: String,
    pub files: Vec<MailFile>,
    /// Decoded, in their order.
    pub headers: Vec<(String, String)>,
    pub warnings: BTreeSet<Warning>,
}

impl Reading {
    /// The sender, as a person is named: the address too, when the name is not enough.
    pub fn sender(&self) -> String {
        match (self.sender_name.as_str(), self.sender_address.as_str()) {
            ("", address) => address.to_owned(),
            (name, "") => name.to_owned(),
            (name, address) => format!("{name} <{address}>"),
        }
    }
}

fn parser() -> MessageParser {
    MessageParser::new()
        .max_depth(20)
        .max_parts(500)
        .max_encoded_nesting(1)
}

/// Reads any bytes.
pub fn read(raw: &[u8]) -> Reading {
    let parser = parser();
    let Some(message) = parser.parse(raw) else {
        let (text, cut) = words::shown(&String::from_utf8_lossy(raw), LONGEST_TEXT);
        let mut reading = Reading {
            text,
            ..Reading::default()
        };
        reading.warnings.insert(Warning::Damaged);
        if cut {
            reading.warnings.insert(Warning::Cut);
        }
        return reading;
    };
    let mut reading = Reading {
        message_id: message.message_id().and_then(bracketed),
        thread: thread(&message),
        subject: line(message.subject().unwrap_or_default(), LONGEST_LINE),
        at_ms: message
            .date()
            .filter(|date| date.is_valid())
            .map(|date| date.to_timestamp().saturating_mul(1000)),
        headers: headers(&message),
        files: files(&message).map(|part| file_of(&part)).collect(),
        ..Reading::default()
    };
    if let Some(from) = message.from().and_then(|from| from.first()) {
        reading.sender_name = line(from.name().unwrap_or_default(), LONGEST_LINE);
        reading.sender_address = line(from.address().unwrap_or_default(), LONGEST_LINE);
    }
    reading.identity = reading
        .message_id
        .as_deref()
        .and_then(marks::ours)
        .map(|(identity, _)| identity.to_owned());
    reading.warnings = warnings(&message);
    reading.kind = kind(&message, &mut reading);
    let text = text(&message, &mut reading.warnings);
    (reading.text, reading.quoted) = fold(&text);
    reading.reference = marks::reference(&reading.subject)
        .or_else(|| marks::reference(&reading.text))
        .or_else(|| marks::reference(&reading.quoted));
    reading
}

/// A file of a mail: its index in [`Reading::files`], its name and its bytes.
pub fn file(raw: &[u8], index: usize) -> Option<(MailFile, Vec<u8>)> {
    let parser = parser();
    let message = parser.parse(raw)?;
    let part = files(&message).nth(index)?;
    let bytes = match part.nested() {
        Some(nested) => nested.raw().to_vec(),
        None => part.decoded().into_owned(),
    };
    Some((file_of(&part), bytes))
}

fn bracketed(id: &str) -> Option<String> {
    let id = format!("<{}>", id.trim());
    is_message_id(&id).then_some(id)
}

/// In-Reply-To, then References from the last to the first.
fn thread(message: &Message<'_>) -> Vec<String> {
    let replied = message.in_reply_to();
    let referred = message.references();
    let all = replied
        .iter()
        .flat_map(|list| list.iter())
        .chain(referred.iter().flat_map(|list| list.iter().rev()))
        .filter_map(bracketed);
    let mut thread = Vec::new();
    for id in all.take(LONGEST_THREAD) {
        if !thread.contains(&id) {
            thread.push(id);
        }
    }
    thread
}

fn headers(message: &Message<'_>) -> Vec<(String, String)> {
    message
        .headers()
        .iter()
        .take(MOST_HEADERS)
        .map(|header| {
            let value = header.parse_as(HeaderForm::Text);
            let text = value.value().as_text().unwrap_or_default().to_owned();
            (line(header.raw_name(), 80), line(&text, 2000))
        })
        .collect()
}

/// A header's words, in lower case; empty when it is not there.
fn said(message: &Message<'_>, name: &str) -> String {
    let raw = message
        .headers()
        .get(name)
        .map(|header| String::from_utf8_lossy(header.raw_value()).into_owned());
    line(&raw.unwrap_or_default(), LONGEST_LINE).to_lowercase()
}

fn kind(message: &Message<'_>, reading: &mut Reading) -> MailKind {
    if reading.identity.is_some() {
        return MailKind::Loop;
    }
    let local = reading
        .sender_address
        .split('@')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let report = message.is_content_type("multipart", "report")
        && said(message, "content-type").contains("delivery-status");
    if report
        || matches!(local.as_str(), "mailer-daemon" | "postmaster")
        || !said(message, "x-failed-recipients").is_empty()
    {
        reading.warnings.insert(Warning::Undelivered);
        return MailKind::Automatic;
    }
    let automatic = said(message, "auto-submitted");
    let answers_ours = reading.thread.iter().any(|id| marks::ours(id).is_some());
    if automatic.starts_with("auto-replied") && answers_ours {
        MailKind::Acknowledgement
    } else if (!automatic.is_empty() && automatic != "no")
        || !said(message, "x-autoreply").is_empty()
    {
        MailKind::Automatic
    } else {
        MailKind::Message
    }
}

fn warnings(message: &Message<'_>) -> BTreeSet<Warning> {
    let mut found = BTreeSet::new();
    let limits = PartFlags::LIMIT_REACHED | PartFlags::NESTING_LIMIT;
    let damage = PartFlags::MISSING_DELIMITER | PartFlags::UNTERMINATED;
    for part in message.parts() {
        if part.flags().intersects(limits) {
            found.insert(Warning::TooDeep);
        }
        if part.flags().intersects(damage) {
            found.insert(Warning::Damaged);
        }
        if matches!(part.kind(), PartKind::Html) {
            let html = part
                .text_prefix(LONGEST_TEXT)
                .unwrap_or_default()
                .to_ascii_lowercase();
            if html.contains("<script") || html.contains("javascript:") {
                found.insert(Warning::Script);
            }
            let fetches = ["src=", "src =", "url(", "<link", "background="];
            if html.contains("http") && fetches.iter().any(|way| html.contains(way)) {
                found.insert(Warning::Remote);
            }
        }
    }
    let address = |list: Option<mail_parser::AddressList<'_>>| {
        let first = list.and_then(|list| list.first())?;
        Some(first.address()?.to_lowercase())
    };
    if let (Some(from), Some(reply)) = (address(message.from()), address(message.reply_to()))
        && from != reply
    {
        found.insert(Warning::ReplyElsewhere);
    }
    found
}

/// The plain text; the words of the HTML when there is none.
fn text(message: &Message<'_>, warnings: &mut BTreeSet<Warning>) -> String {
    let mut text = String::new();
    for part in message.text_body() {
        add(&mut text, &part, warnings);
    }
    if text.trim().is_empty() {
        text.clear();
        for part in message.html_body() {
            add(&mut text, &part, warnings);
        }
    }
    let (text, cut) = words::shown(&text, LONGEST_TEXT);
    if cut {
        warnings.insert(Warning::Cut);
    }
    text
}

fn add(text: &mut String, part: &MessagePart<'_>, warnings: &mut BTreeSet<Warning>) {
    // Four bytes at most make a character, and HTML is mostly tags.
    if text.len() > LONGEST_TEXT * 8 {
        return;
    }
    let Some(words) = decoded(part, warnings) else {
        return;
    };
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    match part.kind() {
        PartKind::Html => text.push_str(&html_to_text(&words)),
        _ => text.push_str(&words),
    }
}

/// The text in the character set that it is really in, as far as bytes can tell.
fn decoded<'m>(part: &MessagePart<'m>, warnings: &mut BTreeSet<Warning>) -> Option<Cow<'m, str>> {
    let (text, problems) = part.text_checked()?;
    let lied = DecodeProblems::UNKNOWN_CHARSET | DecodeProblems::MALFORMED_CHARSET;
    let bytes = part.decoded();
    let said = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"))
        .unwrap_or_default()
        .to_ascii_lowercase();
    // A single-byte character set accepts any bytes, but nobody writes UTF-8 by accident.
    if said.starts_with("iso-8859") || said.starts_with("windows-") {
        let told = std::str::from_utf8(&bytes).ok().filter(|text| !text.is_ascii());
        if let Some(text) = told {
            warnings.insert(Warning::Charset);
            return Some(Cow::Owned(text.to_owned()));
        }
    }
    if problems.intersects(lied) {
        warnings.insert(Warning::Charset);
        let western = Charset::from_label(b"windows-1252").unwrap_or_default();
        return Some(Cow::Owned(match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => western.decode(&bytes).into_owned(),
        }));
    }
    Some(text)
}

fn files<'m>(message: &'m Message<'_>) -> impl Iterator<Item = MessagePart<'m>> {
    message.attachments().take(MOST_FILES)
}

fn file_of(part: &MessagePart<'_>) -> MailFile {
    let nested = part.nested();
    let (kind, subject) = match (&nested, part.content_type()) {
        (Some(nested), _) => ("message/rfc822".to_owned(), nested.headers().subject()),
        (None, Some(kind)) => (
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("*")).to_ascii_lowercase(),
            None,
        ),
        (None, None) => ("application/octet-stream".to_owned(), None),
    };
    let size = match &nested {
        Some(nested) => nested.raw().len(),
        None => part.decoded_len(),
    };
    let named = part
        .attachment_name()
        .map(str::to_owned)
        .or_else(|| subject.map(|subject| format!("{subject}.eml")));
    MailFile {
        name: file_name(&named.unwrap_or_default()),
        media_type: line(&kind, 100),
        size: u64::try_from(size).unwrap_or(u64::MAX),
    }
}

/// The last part of a path, without anything that a file's name should not hold.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean = line(last, 120);
    let clean = clean.trim_start_matches('.').trim();
    if clean.is_empty() {
        "sans-nom".into()
    } else {
        clean.to_owned()
    }
}

#[cfg(test)]
mod tests;
