//! What a scanner reads, drawn as vectors: QR and Code 128.
//!
//! Invariant: a drawing holds its quiet zone and no module is finer than a hand scanner reads; what does not fit is an
//! error that names the label, never a smaller code. The text is encoded as it is given: nothing is added, so the
//! scanner types what the register holds.
//!
//! Left out on purpose: GS1 and other data structures in the code; a collège's numbers are plain.

use std::fmt::Write;

use barcoders::sym::code128::Code128;
use qrcode::{Color, EcLevel, QrCode};

/// What a scanner reads on a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    Qr,
    Code128,
}

/// The finest module of a QR code, in millimetres: what a 300 dpi printer and a cheap reader both manage.
const QR_FINEST: f64 = 0.33;
/// White on each side of a QR code, in modules (ISO/IEC 18004).
const QR_QUIET: usize = 4;
/// From here on, a module is comfortable and the room serves a stronger correction.
const QR_COMFORT: f64 = 0.5;

/// The finest bar, 7.5 mil, and the widest worth printing.
const BAR_FINEST: f64 = 0.19;
const BAR_WIDEST: f64 = 0.5;
/// White on each side of a Code 128, in modules (ISO/IEC 15417).
const BAR_QUIET: usize = 10;

/// A code drawn in SVG, quiet zone included, with its size in millimetres.
#[derive(Debug)]
pub(crate) struct Drawing {
    pub svg: String,
    pub width: f64,
    pub height: f64,
}

/// Why a code cannot be drawn in the room there is.
#[derive(Debug)]
pub(crate) enum Unfit {
    TooLong,
    Content(&'static str),
}

impl Code {
    pub const ALL: [Code; 2] = [Code::Qr, Code::Code128];

    pub fn id(self) -> &'static str {
        match self {
            Code::Qr => "qr",
            Code::Code128 => "code128",
        }
    }

    pub fn from_id(id: &str) -> Option<Code> {
        Code::ALL.into_iter().find(|code| code.id() == id)
    }

    /// The name shown to a person who chooses.
    pub fn name(self) -> &'static str {
        match self {
            Code::Qr => "Code QR",
            Code::Code128 => "Code-barres (Code 128)",
        }
    }

    /// Draws `text` in a room of that many millimetres.
    pub(crate) fn draw(self, text: &str, width: f64, height: f64) -> Result<Drawing, Unfit> {
        if text.is_empty() {
            return Err(Unfit::Content("it is empty"));
        }
        match self {
            Code::Qr => qr(text, width.min(height)),
            Code::Code128 => code128(text, width, height),
        }
    }
}

fn qr(text: &str, side: f64) -> Result<Drawing, Unfit> {
    if text.chars().any(char::is_control) {
        return Err(Unfit::Content("a control character would be typed"));
    }
    let level = |level| {
        QrCode::with_error_correction_level(text, level)
            .ok()
            .map(|code| (side / (code.width() + 2 * QR_QUIET) as f64, code))
    };
    let medium = level(EcLevel::M).ok_or(Unfit::TooLong)?;
    // A quarter of the code may be scratched rather than a seventh, when that costs nothing or there is room.
    let (module, code) = match level(EcLevel::Q) {
        Some(strong) if strong.0 >= medium.0 || strong.0 >= QR_COMFORT => strong,
        _ => medium,
    };
    if module < QR_FINEST {
        return Err(Unfit::TooLong);
    }
    let width = code.width();
    let colors = code.into_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        runs(
            row.iter().map(|color| *color == Color::Dark),
            |x, length| {
                bar(&mut path, x + QR_QUIET, y + QR_QUIET, length, 1.0);
            },
        );
    }
    let modules = (width + 2 * QR_QUIET) as f64;
    Ok(Drawing {
        svg: svg(modules, modules, &path),
        width: side,
        height: side,
    })
}

fn code128(text: &str, width: f64, height: f64) -> Result<Drawing, Unfit> {
    if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(Unfit::Content(
            "a bar code holds unaccented letters, digits and signs only",
        ));
    }
    let code = Code128::new(with_sets(text)).map_err(|_| Unfit::TooLong)?;
    let modules = code.encode();
    let whole = (modules.len() + 2 * BAR_QUIET) as f64;
    let module = (width / whole).min(BAR_WIDEST);
    if module < BAR_FINEST {
        return Err(Unfit::TooLong);
    }
    let mut path = String::new();
    runs(modules.iter().map(|module| *module == 1), |x, length| {
        bar(&mut path, x + BAR_QUIET, 0, length, height / module);
    });
    Ok(Drawing {
        svg: svg(whole, height / module, &path),
        width: module * whole,
        height,
    })
}

/// Chooses between set B, a symbol a character, and set C, a symbol for two digits, where C makes the code shorter:
/// four digits at an end, six in the middle, since changing set costs a symbol each time.
fn with_sets(text: &str) -> String {
    const TO_B: char = '\u{181}';
    const TO_C: char = '\u{106}';
    let mut out = String::with_capacity(text.len() + 4);
    let mut rest = text;
    let mut in_c = None;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let at_end = out.is_empty() || digits == rest.len();
        // An odd digit is left to set B, before the pairs unless the code begins with them.
        let odd_first = digits % 2 == 1 && !out.is_empty();
        let worth = digits >= if at_end { 4 } else { 6 };
        let (set_c, taken) = match (worth, odd_first) {
            (true, false) => (true, digits - digits % 2),
            (true, true) => (false, 1),
            (false, _) => (false, digits.max(first.len_utf8())),
        };
        if in_c != Some(set_c) {
            out.push(if set_c { TO_C } else { TO_B });
            in_c = Some(set_c);
        }
        let (head, tail) = rest.split_at(taken);
        out.push_str(head);
        rest = tail;
    }
    out
}

/// Calls `draw` with the start and the length of each run of dark modules.
fn runs(modules: impl Iterator<Item = bool>, mut draw: impl FnMut(usize, usize)) {
    let mut start = None;
    let mut end = 0;
    for (at, dark) in modules.enumerate() {
        match (dark, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                draw(from, at - from);
                start = None;
            }
            _ => {}
        }
        end = at + 1;
    }
    if let Some(from) = start {
        draw(from, end - from);
    }
}

fn bar(path: &mut String, x: usize, y: usize, width: usize, height: f64) {
    // Writing into a String cannot fail.
    let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
}

fn svg(width: f64, height: f64, path: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><path shape-rendering="crispEdges" d="{path}"/></svg>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_paired_where_that_is_shorter() {
        for (text, sets) in [
            ("12345678", "\u{106}12345678"),
            ("123456789", "\u{106}12345678\u{181}9"),
            ("INV-0042", "\u{181}INV-\u{106}0042"),
            ("INV-10042", "\u{181}INV-1\u{106}0042"),
            ("A12B", "\u{181}A12B"),
            ("A123456B", "\u{181}A\u{106}123456\u{181}B"),
            ("12", "\u{181}12"),
        ] {
            assert_eq!(with_sets(text), sets, "the sets chosen for {text}");
        }
    }

    #[test]
    fn a_code_is_refused_rather_than_drawn_too_fine() {
        let long = "X".repeat(60);
        assert!(
            matches!(Code::Qr.draw(&long, 10.0, 10.0), Err(Unfit::TooLong)),
            "sixty letters do not fit in a square centimetre"
        );
        assert!(
            matches!(Code::Code128.draw(&long, 60.0, 15.0), Err(Unfit::TooLong)),
            "sixty letters are longer than a label, even in the finest bars"
        );
        assert!(
            matches!(
                Code::Code128.draw("Élan", 60.0, 15.0),
                Err(Unfit::Content(_))
            ),
            "an accent is not in Code 128"
        );
        assert!(
            matches!(Code::Qr.draw("A\nB", 60.0, 60.0), Err(Unfit::Content(_))),
            "a line feed would press Enter in the middle of a code"
        );
        assert!(
            matches!(Code::Qr.draw("", 60.0, 60.0), Err(Unfit::Content(_))),
            "an empty code leads to no record"
        );
    }
}
