//! The lines of a vCard: unfolded, cut into name, parameters and value, and their escapes undone.
//!
//! Invariant: a line number is that of the physical line where the property begins. Any text gives properties, if
//! only useless ones: a line without a colon is passed over.

use std::iter::Peekable;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::text::clean;

#[derive(Debug)]
pub(super) struct Property {
    /// In capitals, without its group.
    pub name: String,
    /// In capitals: `TYPE=WORK`, or `WORK` alone as version 2.1 writes.
    parameters: Vec<String>,
    /// As it stands, escapes and all; what was quoted-printable is decoded.
    pub value: String,
}

pub(super) fn properties(text: &str) -> impl Iterator<Item = (u64, Property)> {
    let mut lines = (1_u64..).zip(text.split(['\n'])).peekable();
    std::iter::from_fn(move || {
        loop {
            let (line, first) = lines.next()?;
            let whole = unfold(without_return(first), &mut lines);
            if let Some(property) = Property::parse(&whole) {
                return Some((line, property));
            }
        }
    })
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

/// A line and those that go on from it: after a blank, or after a soft end of quoted-printable.
fn unfold<'t>(first: &str, lines: &mut Peekable<impl Iterator<Item = (u64, &'t str)>>) -> String {
    let mut whole = first.to_owned();
    let printable = first
        .split(':')
        .next()
        .is_some_and(|head| head.to_ascii_uppercase().contains("QUOTED-PRINTABLE"));
    loop {
        if printable && whole.ends_with('=') {
            whole.pop();
            match lines.next() {
                Some((_, next)) => whole.push_str(without_return(next)),
                None => return whole,
            }
            continue;
        }
        match lines.next_if(|(_, next)| next.starts_with([' ', '\t'])) {
            Some((_, next)) => whole.extend(without_return(next).chars().skip(1)),
            None => return whole,
        }
    }
}

impl Property {
    fn parse(line: &str) -> Option<Self> {
        let (head, value) = split_head(line)?;
        let mut parts = head.split(';');
        let name = parts.next()?.trim().to_ascii_uppercase();
        let name = name.rsplit('.').next().unwrap_or_default().to_owned();
        let parameters: Vec<String> = parts.map(str::to_ascii_uppercase).collect();
        let value = match parameters
            .iter()
            .any(|one| one.ends_with("QUOTED-PRINTABLE"))
        {
            true => printable(value, &parameters),
            false => value.to_owned(),
        };
        Some(Property {
            name,
            parameters,
            value,
        })
    }

    pub fn text(&self) -> String {
        clean(&self.parts('\0').concat())
    }

    /// The pieces of a value that holds several, each with its escapes undone.
    pub fn parts(&self, separator: char) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut letters = self.value.chars();
        while let Some(letter) = letters.next() {
            let mut add = |letter| {
                parts
                    .last_mut()
                    .into_iter()
                    .for_each(|part| part.push(letter))
            };
            match letter {
                '\\' => match letters.next() {
                    Some('n' | 'N') => add('\n'),
                    Some(other) => add(other),
                    None => add('\\'),
                },
                letter if letter == separator => parts.push(String::new()),
                letter => add(letter),
            }
        }
        parts.iter().map(|part| clean(part)).collect()
    }

    /// A number or an address, written as text or as a link.
    pub fn address(&self, scheme: &str) -> String {
        let text = self.text();
        let linked = self.parameters.iter().any(|one| one == "VALUE=URI");
        match text.get(..scheme.len()) {
            Some(head) if linked && head.eq_ignore_ascii_case(scheme) => {
                clean(text.get(scheme.len()..).unwrap_or_default())
            }
            _ => text,
        }
    }
}

/// Cuts at the first colon that is not inside quotes.
fn split_head(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (place, letter) in line.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ':' if !quoted => return line.get(..place).zip(line.get(place + 1..)),
            _ => {}
        }
    }
    None
}

/// Quoted-printable, in the character set that the property names.
fn printable(value: &str, parameters: &[String]) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte == b'='
            && let Some((pair, after)) = after.split_first_chunk::<2>()
            && let Ok(pair) = str::from_utf8(pair)
            && let Ok(code) = u8::from_str_radix(pair, 16)
        {
            bytes.push(code);
            rest = after;
        } else {
            bytes.push(*byte);
        }
    }
    let named = parameters
        .iter()
        .find_map(|one| one.strip_prefix("CHARSET="))
        .and_then(|name| Encoding::for_label(name.as_bytes()));
    match (named, String::from_utf8(bytes)) {
        (None, Ok(text)) => text,
        (None, Err(fault)) => WINDOWS_1252.decode(fault.as_bytes()).0.into_owned(),
        (Some(set), Ok(text)) => set.decode(text.as_bytes()).0.into_owned(),
        (Some(set), Err(fault)) => set.decode(fault.as_bytes()).0.into_owned(),
    }
}
