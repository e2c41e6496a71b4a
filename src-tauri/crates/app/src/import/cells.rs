//! What one cell says: dates, prices, addresses and words of closed lists, as the register writes them.
//!
//! Invariant: a reader gives the one text the register keeps for what was written, or the French sentence that says
//! why not and how to write it. Reading again what a reader gave gives the same. Nothing is guessed: a month without
//! a day is no date, « 1,234 » is no price.

use std::net::IpAddr;

use chrono::{Datelike, NaiveDate};
use convention::text::{fold, slug};

use crate::labels::NNBSP;

/// The text the register keeps, or why there is none.
pub(super) type Read = Result<String, String>;

/// A cell quoted in a sentence; a long one is cut.
pub(super) fn quoted(text: &str) -> String {
    const ROOM: usize = 60;
    let mut shown: String = text.chars().take(ROOM).collect();
    if text.chars().nth(ROOM).is_some() {
        shown.push('…');
    }
    format!("«{NNBSP}{}{NNBSP}»", one_line(&shown))
}

/// Blanks of any kind become one space.
pub(super) fn one_line(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    line
}

/// The guard of delimited files against formulas (`'=…`, `'-…`), taken off again: exactly what a table's CSV puts on.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest)
            if rest
                .trim_start_matches('\'')
                .starts_with(['=', '+', '-', '@', '\t']) =>
        {
            rest
        }
        _ => cell,
    }
}

/// What machines answer when nobody ever wrote their number.
pub(super) fn placeholder(text: &str) -> bool {
    const NONE: [&str; 18] = [
        "to-be-filled-by-o-e-m",
        "to-be-filled-by-oem",
        "default-string",
        "system-serial-number",
        "serial-number",
        "chassis-serial-number",
        "base-board-serial-number",
        "not-specified",
        "not-applicable",
        "not-available",
        "none",
        "n-a",
        "na",
        "unknown",
        "inconnu",
        "neant",
        "aucun",
        "sans",
    ];
    let word = slug(text);
    word.chars().all(|c| c == '0' || c == '-')
        || NONE.contains(&word.as_str())
        || (word.len() > 3 && word.chars().all(|c| c == 'x'))
}

const MONTHS: [(&str, u32); 23] = [
    ("janvier", 1),
    ("janv", 1),
    ("fevrier", 2),
    ("fevr", 2),
    ("fev", 2),
    ("mars", 3),
    ("avril", 4),
    ("avr", 4),
    ("mai", 5),
    ("juin", 6),
    ("juillet", 7),
    ("juil", 7),
    ("aout", 8),
    ("septembre", 9),
    ("sept", 9),
    ("sep", 9),
    ("octobre", 10),
    ("oct", 10),
    ("novembre", 11),
    ("nov", 11),
    ("decembre", 12),
    ("dec", 12),
    ("jan", 1),
];
const WEEKDAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// 31/12/2020, 2020-12-31, « 31 décembre 2020 », with or without an hour, as `2020-12-31`.
pub(super) fn date(text: &str) -> Read {
    let folded = fold(text);
    // The hour that spreadsheets and GLPI add says nothing of the day.
    let day = match folded.split_once('t') {
        Some((day, hour)) if day.len() == 10 && hour.contains(':') => day,
        _ => folded.as_str(),
    };
    let parts: Vec<&str> = day
        .split_whitespace()
        .filter(|word| !word.contains(':') && !WEEKDAYS.contains(word))
        .flat_map(|word| word.split(['/', '-', '.', ',']))
        .filter(|part| !part.is_empty())
        .collect();
    let wrong = || {
        format!(
            "{} n’est pas une date. Écrivez-la ainsi{NNBSP}: 31/12/2020.",
            quoted(text)
        )
    };
    let (year, month, day) = match parts.as_slice() {
        ["0000", "00", "00"] => return Ok(String::new()),
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [day, month, year] if year.len() == 4 => (*year, *month, *day),
        [_, _, year] if year.len() == 2 => {
            return Err(format!(
                "{} n’a que deux chiffres pour l’année. Écrivez la date ainsi{NNBSP}: 31/12/2020.",
                quoted(text)
            ));
        }
        _ => return Err(wrong()),
    };
    let month = MONTHS
        .iter()
        .find(|(name, _)| *name == month)
        .map(|(_, number)| *number)
        .or_else(|| digits(month));
    let day = digits(day.strip_suffix("er").unwrap_or(day));
    let date = digits(year)
        .and_then(|year| i32::try_from(year).ok())
        .zip(month)
        .zip(day)
        .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or_else(wrong)?;
    if !(1970..=2100).contains(&date.year()) {
        return Err(format!(
            "L’année {} n’est pas vraisemblable. Vérifiez la date {}.",
            date.year(),
            quoted(text)
        ));
    }
    Ok(date.to_string())
}

fn digits(text: &str) -> Option<u32> {
    Some(text)
        .filter(|text| text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok())
}

/// `1 234,56 €` as cents.
pub(super) fn price(text: &str) -> Read {
    let mut bare: String = fold(text)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '€')
        .collect();
    for word in ["ttc", "euros", "euro", "eur"] {
        if let Some(rest) = bare.strip_suffix(word) {
            bare.truncate(rest.len());
        }
    }
    cents(&bare).map(|cents| cents.to_string()).ok_or_else(|| {
        format!(
            "{} n’est pas un prix. Écrivez-le ainsi{NNBSP}: 1234,56.",
            quoted(text)
        )
    })
}

fn cents(text: &str) -> Option<i64> {
    let number = |digits: &str| {
        Some(digits)
            .filter(|digits| (1..=12).contains(&digits.len()))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse::<i64>().ok())
    };
    // Groups of three that one sign separates, as « 1.234.567 ».
    let grouped = |text: &str, sign: char| {
        let mut groups = text.split(sign);
        let first = groups.next()?;
        let whole = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
        whole.then(|| number(&text.replace(sign, ""))).flatten()
    };
    let Some((head, tail)) = text.rsplit_once([',', '.']) else {
        return number(text)?.checked_mul(100);
    };
    let sign = text.chars().rev().find(|c| matches!(c, ',' | '.'))?;
    let other = if sign == ',' { '.' } else { ',' };
    if head.contains(sign) {
        return grouped(text, sign)?.checked_mul(100);
    }
    // Three figures could be thousands or decimals; more than two are accepted when they are noughts.
    let decimals = match tail.len() {
        1 => number(tail)?.checked_mul(10)?,
        2 => number(tail)?,
        3 => return None,
        _ => {
            let (cents, rest) = tail.split_at_checked(2)?;
            if rest.bytes().any(|byte| byte != b'0') {
                return None;
            }
            number(cents)?
        }
    };
    let whole = if head.contains(other) {
        grouped(head, other)?
    } else {
        number(head)?
    };
    whole.checked_mul(100)?.checked_add(decimals)
}

/// The first IPv4 address of those a machine has, else its first.
pub(super) fn ip(text: &str) -> Read {
    let known = addresses(text, |part| {
        part.parse::<IpAddr>().ok().map(|ip| (part.to_owned(), ip))
    });
    known
        .and_then(|all| {
            let v4 = all.iter().position(|(_, ip)| ip.is_ipv4()).unwrap_or(0);
            all.into_iter().nth(v4).map(|(text, _)| text)
        })
        .ok_or_else(|| {
            format!(
                "{} n’est pas une adresse IP. Écrivez-la ainsi{NNBSP}: 172.16.4.21.",
                quoted(text)
            )
        })
}

/// The first MAC address, as `8C:16:45:D0:46:F7`.
pub(super) fn mac(text: &str) -> Read {
    addresses(text, |part| {
        let hex: Vec<char> = part
            .chars()
            .filter(|c| !matches!(c, ':' | '-' | '.'))
            .collect();
        let whole = hex.len() == 12 && hex.iter().all(char::is_ascii_hexdigit);
        whole.then(|| {
            let pairs: Vec<String> = hex
                .chunks(2)
                .map(|pair| pair.iter().collect::<String>().to_uppercase())
                .collect();
            pairs.join(":")
        })
    })
    .and_then(|all| all.into_iter().next())
    .ok_or_else(|| {
        format!(
            "{} n’est pas une adresse MAC. Écrivez-la ainsi{NNBSP}: 8C:16:45:D0:46:F7.",
            quoted(text)
        )
    })
}

/// The addresses of a cell, when each of them is one.
fn addresses<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'))
        .filter(|part| !part.is_empty())
        .map(read)
        .collect()
}

pub(super) fn yes_no(text: &str) -> Read {
    match slug(text).as_str() {
        "oui" | "o" | "yes" | "y" | "vrai" | "true" | "1" | "x" | "valide" | "validee" => {
            Ok("oui".to_owned())
        }
        "non" | "n" | "no" | "faux" | "false" | "0" | "non-valide" | "non-validee" => {
            Ok("non".to_owned())
        }
        _ => Err(format!(
            "{} n’est ni oui ni non. Écrivez «{NNBSP}oui{NNBSP}» ou «{NNBSP}non{NNBSP}».",
            quoted(text)
        )),
    }
}

/// A word of a closed list, by its identifier, its label or a usual synonym, accents and case ignored.
pub(super) fn closed(
    text: &str,
    known: impl Iterator<Item = (&'static str, &'static str)>,
    synonyms: &[(&str, &'static str)],
    what: &str,
) -> Read {
    let word = slug(text);
    let known: Vec<(&str, &str)> = known.collect();
    known
        .iter()
        .find(|(id, label)| *id == word || slug(label) == word)
        .map(|(id, _)| *id)
        .or_else(|| {
            let found = synonyms.iter().find(|(synonym, _)| *synonym == word);
            found.map(|(_, id)| *id)
        })
        .map(str::to_owned)
        .ok_or_else(|| {
            let labels: Vec<&str> = known.iter().map(|(_, label)| *label).collect();
            format!(
                "{} n’est pas {what}. Écrivez l’un de ces mots{NNBSP}: {}.",
                quoted(text),
                labels.join(", ")
            )
        })
}

/// What of a list is written most like this, to be proposed in a sentence.
pub(super) fn closest<'a>(
    text: &str,
    among: impl Iterator<Item = &'a str>,
) -> Option<(&'a str, f64)> {
    let wanted = fold(text);
    among
        .map(|label| (label, strsim::jaro_winkler(&wanted, &fold(label))))
        .max_by(|(_, one), (_, other)| one.total_cmp(other))
}

#[cfg(test)]
mod tests;
