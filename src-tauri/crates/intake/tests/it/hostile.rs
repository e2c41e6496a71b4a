//! Whatever the bytes, an answer within the limits: rows that fit their headings, or one clear fault.

use intake::{Choices, Encoding, Measure, Separator, Unreadable, limits};
use proptest::prelude::*;

use crate::holds::holds;

fn choices() -> impl Strategy<Value = Choices> {
    let encoding = prop::option::of(prop::sample::select(Encoding::ALL.to_vec()));
    let separator = prop::option::of(prop::sample::select(Separator::ALL.to_vec()));
    let line = prop::option::of(0..5_u64);
    (encoding, separator, line).prop_map(|(encoding, separator, headings_line)| Choices {
        encoding,
        separator,
        sheet: None,
        headings_line,
    })
}

proptest! {
    #[test]
    fn any_bytes_are_a_table_or_one_fault(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        choices in choices(),
    ) {
        if let Ok(reading) = intake::read("parc.csv", &bytes, &choices) {
            holds(&reading);
        }
    }

    #[test]
    fn any_table_like_text_is_a_table_or_one_fault(
        text in "([a-zé0-9;,\t|\"\r\n{}\\[\\]<>&]| ;|\n;){0,300}",
        choices in choices(),
    ) {
        if let Ok(reading) = intake::read("parc", text.as_bytes(), &choices) {
            holds(&reading);
        }
    }
}

#[test]
fn a_file_of_200_mb_is_refused_before_it_is_walked() {
    let bytes = vec![b';'; 200 << 20];
    assert_eq!(
        intake::read("parc.csv", &bytes, &Choices::default()).err(),
        Some(Unreadable::TooLarge {
            what: Measure::FileBytes,
            most: limits::FILE_BYTES
        }),
        "its size is enough"
    );
}

#[test]
fn nothing_and_nearly_nothing_are_empty() {
    for bytes in [
        &b""[..],
        b"\xEF\xBB\xBF",
        b" \r\n\t\r\n",
        b";;;\n;;;\n",
        b"\xFF\xFE",
    ] {
        assert_eq!(
            intake::read("parc.csv", bytes, &Choices::default()).err(),
            Some(Unreadable::Empty),
            "{bytes:?} holds no word"
        );
    }
}

#[test]
fn more_rows_than_a_departement_has_are_refused() {
    let text = "a;b\n".repeat(limits::ROWS + 2);
    assert_eq!(
        intake::read("parc.csv", text.as_bytes(), &Choices::default()).err(),
        Some(Unreadable::TooManyRows {
            most: limits::ROWS as u64
        }),
        "as soon as it is known"
    );
}
