use super::*;

#[test]
fn a_date_is_read_as_french_people_and_their_programs_write_it() {
    for text in [
        "31/12/2020",
        "2020-12-31",
        "31-12-2020",
        "31.12.2020",
        "31/12/2020 00:00:00",
        "2020-12-31 14:05",
        "2020-12-31T14:05:00Z",
        "31 décembre 2020",
        "jeudi 31 déc. 2020",
    ] {
        assert_eq!(date(text).as_deref(), Ok("2020-12-31"), "{text} is a day");
    }
    assert_eq!(
        date("1er septembre 2015").as_deref(),
        Ok("2015-09-01"),
        "the first of the month"
    );
    assert_eq!(date("0000-00-00").as_deref(), Ok(""), "GLPI's « no date »");
    for text in [
        "mars 2021",
        "2021",
        "32/13/2020",
        "12/31/2020",
        "31/12/20",
        "hier",
        "44197",
        "01/01/0001",
        "1/2/3/2020",
    ] {
        let reason = date(text).expect_err(text);
        assert!(
            reason.contains(text),
            "{text} is refused and quoted: {reason}"
        );
    }
}

#[test]
fn a_price_is_never_a_thousand_times_another() {
    for (text, cents) in [
        ("1 234,56 €", "123456"),
        ("1\u{202f}234,56\u{a0}€", "123456"),
        ("1234.5", "123450"),
        ("1.234,56", "123456"),
        ("1,234.56 EUR", "123456"),
        ("1.234.567", "123456700"),
        ("612.0000", "61200"),
        ("12 € TTC", "1200"),
        ("0", "0"),
    ] {
        assert_eq!(price(text).as_deref(), Ok(cents), "{text} is {cents} cents");
    }
    for text in ["1,234", "1.234", "-5", "gratuit", "1,2,3", "12,345678", "€"] {
        assert!(price(text).is_err(), "{text} says no price");
    }
}

#[test]
fn addresses_are_whole_or_refused() {
    assert_eq!(
        ip("fe80::1, 172.16.4.21").as_deref(),
        Ok("172.16.4.21"),
        "the collège's networks are IPv4"
    );
    for text in ["172.16.4", "172.16.4.999", "poste", "172.16.4.21 et demi"] {
        assert!(ip(text).is_err(), "{text} is no address");
    }
    for text in ["8c-16-45-d0-46-f7", "8C1645D046F7", "8c16.45d0.46f7"] {
        assert_eq!(
            mac(text).as_deref(),
            Ok("8C:16:45:D0:46:F7"),
            "{text} is written in one way"
        );
    }
    assert!(mac("8C:16:45").is_err(), "half an address is none");
}

#[test]
fn a_number_nobody_wrote_is_no_number() {
    for text in [
        "To be filled by O.E.M.",
        "Default string",
        "0",
        "0000-0000",
        "None",
        "N/A",
    ] {
        assert!(placeholder(text), "{text} names no machine");
    }
    for text in ["S4YH1190", "0A", "100"] {
        assert!(!placeholder(text), "{text} is a number");
    }
}

#[test]
fn the_guard_of_a_spreadsheet_is_taken_off() {
    assert_eq!(unguarded("'-12"), "-12", "as it was before the export");
    assert_eq!(
        unguarded("''=A1"),
        "'=A1",
        "a text that looked guarded got one apostrophe more, and loses one"
    );
    assert_eq!(unguarded("'ouest"), "'ouest", "an apostrophe is a letter");
}
