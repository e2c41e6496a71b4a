//! Single values of an inventory: what is really said, and in one spelling.
//!
//! Invariant: what a maker or a system leaves in place of a value is empty, so that two machines are never taken for
//! one because both are « To be filled by O.E.M. ».

use crate::text::clean;

pub(super) fn either(one: String, other: String) -> String {
    if one.is_empty() { other } else { one }
}

/// A value, unless it is one of those that makers leave in place of one.
pub(super) fn known(value: &str) -> String {
    const NOTHING: [&str; 24] = [
        "asset-1234567890",
        "asset tag",
        "chassis serial number",
        "default",
        "default string",
        "empty",
        "invalid",
        "n/a",
        "no asset information",
        "no asset tag",
        "none",
        "not applicable",
        "not available",
        "not specified",
        "null",
        "o.e.m.",
        "oem",
        "release-keys",
        "serial number",
        "system manufacturer",
        "system product name",
        "system serial number",
        "system version",
        "unknown",
    ];
    let value = clean(value);
    let folded = value.to_lowercase();
    let bare = folded.trim_matches(['[', ']', '<', '>', '(', ')']);
    // 0, 00000000, xxxxxxxx, ----: one sign again and again. 111 may be a number of the collège's own.
    let signs: Vec<char> = bare
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | ':' | '_' | '/'))
        .collect();
    let hollow = match signs.first() {
        None => true,
        Some('0') => signs.iter().all(|sign| *sign == '0'),
        Some(first @ ('x' | 'f' | '*' | '?')) => {
            signs.len() > 2 && signs.iter().all(|sign| sign == first)
        }
        Some(_) => false,
    };
    let counted = ["0123456789", "123456789", "1234567890", "12345678"].contains(&bare);
    if hollow || counted || NOTHING.contains(&bare) || folded.contains("to be filled") {
        return String::new();
    }
    value
}

/// An address of the collège's network: not that of the machine for itself.
pub(super) fn ip(value: &str) -> String {
    match value.trim().parse::<std::net::IpAddr>() {
        Ok(address) if address.is_loopback() || address.is_unspecified() => String::new(),
        Ok(address) => address.to_string(),
        Err(_) => String::new(),
    }
}

/// `B8:6B:23:E0:5C:91`, whatever signs stood between; empty when it is no address or the zero one.
pub(super) fn mac(value: &str) -> String {
    let signs: Vec<char> = value
        .trim()
        .chars()
        .filter(|c| !matches!(c, ':' | '-' | '.' | ' '))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let hexadecimal = signs.iter().all(char::is_ascii_hexdigit);
    if signs.len() != 12 || !hexadecimal || signs.iter().all(|c| *c == '0') {
        return String::new();
    }
    let pairs: Vec<String> = signs.chunks(2).map(String::from_iter).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makers_leave_in_place_of_a_number_is_nothing() {
        for placeholder in [
            "To be filled by O.E.M.",
            "Default string",
            "System Serial Number",
            "None",
            "0",
            "0000000000",
            "00-00-00",
            "xxxxxxx",
            "........",
            "[None]",
            " Not Specified ",
            "1234567890",
        ] {
            assert_eq!(known(placeholder), "", "{placeholder} names no machine");
        }
        for number in ["1", "111", "5CG1234X", "C02NG5A5FY11", "FFX", "0042"] {
            assert_eq!(known(number), number, "{number} may be a number");
        }
    }

    #[test]
    fn an_address_has_one_spelling() {
        assert_eq!(
            mac("b86b.23e0.5c91"),
            "B8:6B:23:E0:5C:91",
            "as Cisco writes"
        );
        assert_eq!(mac("00-00-00-00-00-00"), "", "nobody's");
        assert_eq!(mac("8933150319050352521"), "", "not an address");
        assert_eq!(ip(" 10.77.1.20 "), "10.77.1.20", "trimmed");
        assert_eq!(ip("127.0.0.1"), "", "the machine for itself");
        assert_eq!(ip("10.77.1"), "", "not an address");
    }
}
