//! Days and numbers of a spreadsheet, as text that a register keeps.
//!
//! Invariant: a whole number has no decimal part, and a date is `AAAA-MM-JJ`, followed by the hour only where the
//! cell shows one and it is not midnight.

use chrono::{Days, NaiveDate};

/// What the number format of a cell makes of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Number,
    Date,
    DateTime,
    Time,
}

/// The formats that every workbook has without writing them, by their number.
pub(crate) fn builtin(id: u32) -> Shape {
    match id {
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shape::Date,
        22 => Shape::DateTime,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Shape::Time,
        _ => Shape::Number,
    }
}

/// Reads a number format such as `dd/mm/yyyy hh:mm` or `#,##0.00 "m"`.
pub(crate) fn shape(format: &str) -> Shape {
    // The one format that is a word.
    if format.eq_ignore_ascii_case("general") {
        return Shape::Number;
    }
    let mut day = false;
    let mut hour = false;
    let mut month_or_minute = false;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter.to_ascii_lowercase() {
            // Only the first section counts: the others are for negative numbers, zero and text.
            ';' => break,
            '"' => while letters.next().is_some_and(|letter| letter != '"') {},
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                // A colour, a language, or hours that go past a day.
                let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                hour |= ["h", "hh", "m", "mm", "s", "ss"]
                    .contains(&inside.to_ascii_lowercase().as_str());
            }
            'd' | 'y' => day = true,
            'h' | 's' => hour = true,
            'm' => month_or_minute = true,
            _ => {}
        }
    }
    match (day, hour, month_or_minute) {
        (true, true, _) => Shape::DateTime,
        (true, false, _) | (false, false, true) => Shape::Date,
        (false, true, _) => Shape::Time,
        (false, false, false) => Shape::Number,
    }
}

/// A number as a person would write it, fifteen digits as spreadsheets show.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == value.trunc() && value.abs() < 1e15 {
        return (value as i64).to_string();
    }
    let rounded = format!("{value:.14e}").parse().unwrap_or(value);
    // A number of a hundred digits is no measure of anything: it stays in powers of ten.
    if rounded.abs() >= 1e21 || rounded.abs() < 1e-9 {
        return format!("{rounded:e}");
    }
    format!("{rounded}")
}

/// A spreadsheet's count of days as a date; `None` when it is out of the calendar.
pub(crate) fn serial(value: f64, shape: Shape, from_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let minutes = (value.fract() * 1440.0).round();
    let whole = value.trunc() as u64 + u64::from(minutes >= 1440.0);
    let minutes = (minutes as u64) % 1440;
    let hour = format!("{:02}:{:02}", minutes / 60, minutes % 60);
    if shape == Shape::Time && whole == 0 {
        return Some(hour);
    }
    // Excel counts a 29 February 1900 that never was.
    let (year, month, day) = match (from_1904, whole) {
        (true, _) => (1904, 1, 1),
        (false, ..60) => (1899, 12, 31),
        (false, _) => (1899, 12, 30),
    };
    let date = NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(Days::new(whole))?;
    match shape {
        Shape::Number => None,
        Shape::Date => Some(date.to_string()),
        Shape::DateTime | Shape::Time if minutes == 0 => Some(date.to_string()),
        Shape::DateTime | Shape::Time => Some(format!("{date} {hour}")),
    }
}

/// An ISO date of a workbook: `2026-09-01`, `2026-09-01T08:30:00`.
pub(crate) fn iso(value: &str) -> String {
    let value = value.trim();
    match value.split_once('T') {
        Some((date, hour)) if hour.starts_with("00:00") => date.to_owned(),
        Some((date, hour)) => format!("{date} {}", hour.get(..5).unwrap_or(hour)),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_whether_a_number_is_a_day() {
        let cases = [
            ("General", Shape::Number),
            ("#,##0.00 \"ha\"", Shape::Number),
            ("0.00E+00", Shape::Number),
            ("[Red]-0", Shape::Number),
            ("#,##0\\ \"€\";[Red]\\-#,##0\\ \"€\"", Shape::Number),
            ("@", Shape::Number),
            ("dd/mm/yyyy", Shape::Date),
            ("[$-40C]d mmmm yyyy;@", Shape::Date),
            ("mmm", Shape::Date),
            ("yyyy-mm-dd hh:mm:ss", Shape::DateTime),
            ("[h]:mm", Shape::Time),
            ("mm:ss", Shape::Time),
        ];
        for (format, expected) in cases {
            assert_eq!(shape(format), expected, "{format}");
        }
        assert_eq!(builtin(14), Shape::Date, "the short date of every workbook");
        assert_eq!(builtin(2), Shape::Number, "two decimals");
    }

    #[test]
    fn days_are_those_of_excel() {
        let cases = [
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (61.0, false, "1900-03-01"),
            (45_536.0, false, "2024-09-01"),
            (44_074.0, true, "2024-09-01"),
        ];
        for (value, from_1904, expected) in cases {
            assert_eq!(
                serial(value, Shape::Date, from_1904).as_deref(),
                Some(expected),
                "{value}"
            );
        }
        assert_eq!(
            serial(45_536.5, Shape::DateTime, false).as_deref(),
            Some("2024-09-01 12:00"),
            "with its hour where the cell shows it"
        );
        assert_eq!(
            serial(0.999_99, Shape::DateTime, false).as_deref(),
            Some("1900-01-01"),
            "a minute rounded up is the next day"
        );
        assert_eq!(
            serial(0.75, Shape::Time, false).as_deref(),
            Some("18:00"),
            "an hour of no day"
        );
        assert_eq!(serial(1e9, Shape::Date, false), None, "out of the calendar");
        assert_eq!(serial(f64::NAN, Shape::Date, false), None, "not a number");
    }

    #[test]
    fn numbers_are_written_as_people_do() {
        let cases = [
            (12.0, "12"),
            (-3.0, "-3"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (1234.5, "1234.5"),
            (356_938_035_643_809.0, "356938035643809"),
            (1e300, "1e300"),
        ];
        for (value, expected) in cases {
            assert_eq!(number(value), expected, "{value:e}");
        }
        assert_eq!(
            iso("2026-09-01T00:00:00"),
            "2026-09-01",
            "midnight is no hour"
        );
        assert_eq!(
            iso("2026-09-01T08:30:00"),
            "2026-09-01 08:30",
            "an hour is kept"
        );
    }
}
