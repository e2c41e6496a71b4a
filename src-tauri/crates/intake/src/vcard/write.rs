//! Contacts out, as version 4.0 asks (RFC 6350).
//!
//! Invariant: no line is longer than 75 octets without its end, none is cut inside a letter, and each ends with a
//! carriage return and a line feed.

use super::Card;
use crate::text::clean;

const OCTETS: usize = 75;

/// The cards one after the other; texts lose only what `clean` takes off.
pub fn write(cards: &[Card]) -> String {
    let mut out = String::new();
    for card in cards {
        line(&mut out, "BEGIN:VCARD");
        line(&mut out, "VERSION:4.0");
        line(&mut out, &format!("FN:{}", escaped(&card.displayed())));
        let name = [&card.last_name, &card.first_name].map(|part| escaped(part));
        line(&mut out, &format!("N:{};;;", name.join(";")));
        let texts = [
            ("ORG", &card.organisation),
            ("TITLE", &card.title),
            ("NOTE", &card.note),
        ];
        let many = |name, list: &'_ [String]| -> Vec<(&str, String)> {
            list.iter().map(|text| (name, text.clone())).collect()
        };
        let texts = texts.map(|(name, text)| (name, text.clone()));
        for (name, text) in texts
            .into_iter()
            .chain(many("TEL", &card.phones))
            .chain(many("EMAIL", &card.emails))
        {
            if !text.is_empty() {
                line(&mut out, &format!("{name}:{}", escaped(&text)));
            }
        }
        if !card.categories.is_empty() {
            let categories: Vec<String> = card.categories.iter().map(|one| escaped(one)).collect();
            line(&mut out, &format!("CATEGORIES:{}", categories.join(",")));
        }
        line(&mut out, "END:VCARD");
    }
    out
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in clean(text).chars() {
        match letter {
            '\\' | ',' | ';' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A line, folded: what goes on begins with a blank, which counts.
fn line(out: &mut String, text: &str) {
    let mut octets = 0;
    for letter in text.chars() {
        if octets + letter.len_utf8() > OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(letter);
        octets += letter.len_utf8();
    }
    out.push_str("\r\n");
}
