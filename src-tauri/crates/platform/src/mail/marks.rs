//! What ties a mail to a dossier: the `Message-ID`s we make, our reference, and how each correspondent marks a subject.
//!
//! Invariants: we never write `#` and digits inside brackets of our own, because several tools would take it for a number of theirs;
//! a tag goes back only if it has the form of the tool it is sent to. Two different numbers in one subject are none.

use serde::{Deserialize, Serialize};

/// What answers over there: it decides how subjects are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Correspondent {
    Remedy,
    Glpi,
    #[serde(rename = "rt")]
    RequestTracker,
    Zammad,
    Otrs,
    EasyVista,
    #[serde(rename = "autre")]
    Other,
}

/// A number of the correspondent's, read in a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub number: String,
    /// The whole mark, when it has to travel back: `[rt.exemple.fr #12]`.
    pub tag: Option<String>,
}

impl Correspondent {
    /// `pattern` is the site's own tag, with `%` in the place of the number; it is tried first.
    pub fn marked(self, pattern: Option<&str>, subject: &str) -> Option<Marked> {
        let own = pattern.and_then(|pattern| patterned(pattern, subject));
        own.or_else(|| match self {
            Correspondent::Remedy | Correspondent::EasyVista | Correspondent::Other => {
                let number = incident(subject)?;
                Some(Marked { number, tag: None })
            }
            _ => self.bracketed(subject),
        })
    }

    fn bracketed(self, subject: &str) -> Option<Marked> {
        let mut found: Vec<Marked> = Vec::new();
        for inside in brackets(subject) {
            let Some((name, digits)) = inside.rsplit_once('#') else {
                continue;
            };
            let digits = digits.trim();
            let numbered = !digits.is_empty()
                && digits.len() <= 18
                && digits.bytes().all(|byte| byte.is_ascii_digit());
            let named = match self {
                Correspondent::Glpi => name.ends_with(' ') && !name.trim().is_empty(),
                Correspondent::RequestTracker => {
                    let label = name.trim();
                    name.ends_with(char::is_whitespace)
                        && !label.is_empty()
                        && !label.contains(char::is_whitespace)
                }
                Correspondent::Zammad | Correspondent::Otrs => name == "Ticket",
                Correspondent::Remedy | Correspondent::EasyVista | Correspondent::Other => false,
            };
            if numbered && named {
                let number = match self {
                    Correspondent::Glpi => unpadded(digits),
                    _ => digits,
                };
                found.push(Marked {
                    number: number.to_owned(),
                    tag: Some(format!("[{inside}]")),
                });
            }
        }
        only(found, |one| one.number.clone())
    }

    /// The tag that this correspondent gives to a dossier of this number, where it is the same at every site.
    fn usual_tag(self, number: &str) -> Option<String> {
        let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Correspondent::Glpi if plain => Some(format!("[GLPI #{number:0>7}]")),
            Correspondent::Zammad | Correspondent::Otrs if plain => {
                Some(format!("[Ticket#{number}]"))
            }
            _ => None,
        }
    }

    /// A subject for this correspondent. Our reference is always in it; then one number, as its own tag or in parentheses.
    pub(super) fn subject(
        self,
        pattern: Option<&str>,
        title: &str,
        reference: &str,
        number: Option<&str>,
        tag: Option<&str>,
    ) -> String {
        let mut subject = defused(title);
        if !subject.contains(reference) {
            subject = format!("{subject} ({reference})");
        }
        let tag = tag
            .filter(|tag| {
                let marked = self.marked(pattern, tag);
                marked.is_some_and(|marked| marked.tag.as_deref() == Some(*tag))
            })
            .map(str::to_owned)
            .or_else(|| self.usual_tag(number?));
        match (tag, number) {
            (Some(tag), _) if self == Correspondent::Zammad => format!("{subject} {tag}"),
            (Some(tag), _) => format!("{tag} {subject}"),
            (None, Some(number)) => format!("{subject} ({})", defused_brackets(number)),
            (None, None) => subject,
        }
    }
}

/// A title of ours in which no tool reads a number of its own.
fn defused(title: &str) -> String {
    let line: Vec<&str> = title.split_whitespace().collect();
    let line = defused_brackets(&line.join(" "));
    let mut out = String::new();
    let mut rest = line.as_str();
    while let Some(at) = rest.find("INC") {
        let (before, from) = rest.split_at(at + 3);
        out.push_str(before);
        // A rule engine adds to the incident of the number it reads: a word about another dossier must not go there.
        let numbered = from
            .chars()
            .take_while(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || *c == '_')
            .any(|c| c.is_ascii_digit());
        if numbered {
            out.push(' ');
        }
        rest = from;
    }
    out.push_str(rest);
    out.chars().take(180).collect()
}

fn defused_brackets(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '[' => '(',
            ']' => ')',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

fn unpadded(digits: &str) -> &str {
    let short = digits.trim_start_matches('0');
    if short.is_empty() { digits } else { short }
}

/// What is between brackets, none inside another.
fn brackets(subject: &str) -> impl Iterator<Item = &str> {
    subject
        .split('[')
        .skip(1)
        .filter_map(|after| Some(after.split_once(']')?.0))
}

/// The one value, or nothing when there are several.
fn only<T>(found: Vec<T>, key: impl Fn(&T) -> String) -> Option<T> {
    let mut all = found.into_iter();
    let first = all.next()?;
    all.all(|other| key(&other) == key(&first)).then_some(first)
}

fn patterned(pattern: &str, subject: &str) -> Option<Marked> {
    let (before, after) = pattern.split_once('%')?;
    let mut found = Vec::new();
    for (at, _) in subject.match_indices(before) {
        let rest = subject.get(at + before.len()..)?;
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
            .unwrap_or(rest.len());
        let number = rest.get(..end)?.trim_end_matches(['-', '_', '.']);
        let follows = rest.get(number.len()..)?.starts_with(after);
        if follows && number.len() <= 40 && number.contains(|c: char| c.is_ascii_digit()) {
            found.push(Marked {
                number: number.to_owned(),
                tag: Some(format!("{before}{number}{after}")),
            });
        }
    }
    only(found, |one| one.number.clone())
}

/// A number of Remedy's: `INC000000000430`, `INC_CAL_1000024`.
pub(super) fn incident(text: &str) -> Option<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("INC") {
        let starts = text
            .get(..at)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|c| !c.is_alphanumeric());
        let rest = text.get(at + 3..).unwrap_or_default();
        let run = rest
            .find(|c: char| !(c.is_ascii_digit() || c.is_ascii_uppercase() || c == '_'))
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(run);
        let ends = after
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric());
        let digits = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        if starts && ends && !digits.is_empty() && digits.len() <= 40 {
            found.push(format!("INC{digits}"));
        }
    }
    only(found, String::clone)
}

/// Our reference. Several different ones are none: a mail that lists dossiers is about no single one.
pub(super) fn reference(text: &str) -> Option<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("REL-") {
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-');
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let Some(symbols) = text.get(at + 4..at + 10) else {
            continue;
        };
        let after = text.get(at + 10..).and_then(|after| after.chars().next());
        let ours = symbols
            .bytes()
            .all(|b| b.is_ascii_digit() || (b.is_ascii_uppercase() && !b"ILOU".contains(&b)));
        if ours && apart(before) && apart(after) {
            found.push(format!("REL-{symbols}"));
        }
    }
    only(found, String::clone)
}

/// What a mail of ours is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Creation,
    FollowUp,
}

/// The same on every try. The last figure tells a creation from what follows it.
pub(super) fn message_id(identity: &str, sort: Sort, host: &str) -> String {
    let n = match sort {
        Sort::Creation => 0,
        Sort::FollowUp => 1,
    };
    format!("<incident.{identity}.{n}@{host}>")
}

/// The identity in a `Message-ID` of our making.
pub(super) fn ours(message_id: &str) -> Option<(&str, Sort)> {
    let inside = message_id.strip_prefix('<')?.strip_suffix('>')?;
    let (local, host) = inside.split_once('@')?;
    let (identity, n) = local.strip_prefix("incident.")?.split_once('.')?;
    let sort = match n {
        "0" => Sort::Creation,
        "1" => Sort::FollowUp,
        _ => return None,
    };
    let shaped = identity.len() == 36
        && identity.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    (shaped && !host.is_empty()).then_some((identity, sort))
}

#[cfg(test)]
mod tests;
