//! From bytes to letters: the encoding, and what a cell keeps of them.
//!
//! Invariant: an encoding is proposed among the five that a French school meets, never by the look of the words; what
//! is not one of the first four is Windows-1252, which reads every byte. An encoding that the person chose is held
//! to: bytes that do not fit it are an error, not question marks.

use std::{borrow::Cow, str};

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::{Encoding, Unreadable};

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// How many bytes are looked at to tell UTF-16 or a picture from text.
const SAMPLE: usize = 64 << 10;

/// The text, without its byte order mark.
pub(crate) fn decode(
    bytes: &[u8],
    chosen: Option<Encoding>,
) -> Result<(Cow<'_, str>, Encoding), Unreadable> {
    let encoding = chosen.unwrap_or_else(|| propose(bytes));
    let (text, faulty) = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => {
            let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
            let faulty = str::from_utf8(bytes).is_err();
            (String::from_utf8_lossy(bytes), faulty)
        }
        Encoding::Utf16Le => UTF_16LE.decode_with_bom_removal(bytes),
        Encoding::Utf16Be => UTF_16BE.decode_with_bom_removal(bytes),
        Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(bytes),
    };
    match chosen {
        Some(chosen) if faulty => Err(Unreadable::BadEncoding { chosen }),
        _ => Ok((text, encoding)),
    }
}

fn propose(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(b"\xFF\xFE") {
        return Encoding::Utf16Le;
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Encoding::Utf16Be;
    }
    if let Some(rest) = bytes.strip_prefix(BOM)
        && is_utf8(rest)
    {
        return Encoding::Utf8Bom;
    }
    match zeros(bytes) {
        (even, odd) if odd > 10 * even && odd * 5 > pairs(bytes) * 2 => Encoding::Utf16Le,
        (even, odd) if even > 10 * odd && even * 5 > pairs(bytes) * 2 => Encoding::Utf16Be,
        _ if is_utf8(bytes) => Encoding::Utf8,
        _ => Encoding::Windows1252,
    }
}

/// A file cut in the middle of a letter is UTF-8 all the same.
fn is_utf8(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).map_or_else(|fault| fault.error_len().is_none(), |_| true)
}

fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE).unwrap_or(bytes)
}

fn pairs(bytes: &[u8]) -> usize {
    sample(bytes).len() / 2
}

/// Zero bytes at even and at odd places: in UTF-16 nearly every Latin letter has one.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let mut zeros = (0, 0);
    for (place, _) in sample(bytes)
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == 0)
    {
        match place % 2 {
            0 => zeros.0 += 1,
            _ => zeros.1 += 1,
        }
    }
    zeros
}

/// A picture, a program or a compressed file: more than one control character in two hundred.
pub(crate) fn is_binary(text: &str) -> bool {
    let mut letters = 0_usize;
    let mut controls = 0_usize;
    for letter in text.chars().take(SAMPLE) {
        letters += 1;
        if letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') {
            controls += 1;
        }
    }
    controls * 200 > letters
}

/// What a cell keeps: one kind of line end, no control character, no blank around.
pub(crate) fn clean(text: &str) -> String {
    let blank =
        |letter: char| letter.is_whitespace() || letter.is_control() || letter == '\u{feff}';
    let text = text.trim_matches(blank);
    if !text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                kept.push('\n');
            }
            '\n' | '\t' => kept.push(letter),
            letter if letter.is_control() => {}
            letter => kept.push(letter),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guess(bytes: &[u8]) -> (String, Encoding) {
        let (text, encoding) = decode(bytes, None).unwrap();
        (text.into_owned(), encoding)
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn each_encoding_of_a_french_school_is_recognised() {
        let text = "N° de série;Modèle\nÉ1;Écran 24″\n";
        let le = utf_16(text, u16::to_le_bytes);
        let be = utf_16(text, u16::to_be_bytes);
        let bom = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        let cases = [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (bom(BOM, text.as_bytes()), Encoding::Utf8Bom),
            (le.clone(), Encoding::Utf16Le),
            (bom(b"\xFF\xFE", &le), Encoding::Utf16Le),
            (be.clone(), Encoding::Utf16Be),
            (bom(b"\xFE\xFF", &be), Encoding::Utf16Be),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(
                guess(&bytes),
                (text.to_owned(), encoding),
                "{} is read without a question",
                encoding.id()
            );
        }
    }

    #[test]
    fn accents_of_an_old_excel_are_not_cyrillic() {
        let (bytes, _, unmappable) = WINDOWS_1252.encode("Éléments;Prix €\nL’écran;12\n");
        assert!(!unmappable, "the test's own text is Windows-1252");
        assert_eq!(
            guess(&bytes),
            (
                "Éléments;Prix €\nL’écran;12\n".to_owned(),
                Encoding::Windows1252
            ),
            "what is not Unicode is Windows-1252"
        );
    }

    #[test]
    fn a_choice_is_held_to() {
        let (bytes, _, _) = WINDOWS_1252.encode("é");
        assert_eq!(
            decode(&bytes, Some(Encoding::Utf8)),
            Err(Unreadable::BadEncoding {
                chosen: Encoding::Utf8
            }),
            "bytes that are not UTF-8 are not read as such"
        );
        assert_eq!(
            decode("é".as_bytes(), Some(Encoding::Windows1252))
                .unwrap()
                .0,
            "Ã©",
            "the person sees what the choice gives"
        );
    }

    #[test]
    fn a_file_cut_inside_a_letter_keeps_its_encoding() {
        let bytes = "Modèle;é".as_bytes();
        let (text, encoding) = guess(&bytes[..bytes.len() - 1]);
        assert_eq!(encoding, Encoding::Utf8, "only the last letter is cut");
        assert_eq!(text, "Modèle;\u{fffd}", "and its place is seen");
    }

    proptest! {
        #[test]
        fn cleaning_is_idempotent(text in any::<String>()) {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone(), "nothing is left to clean");
        }

        #[test]
        fn any_text_in_utf_8_comes_back_whole(text in "[^\0\u{feff}]*") {
            // A text of two letters may look like UTF-16; none of them is a zero byte here.
            prop_assert_eq!(guess(text.as_bytes()).0, text, "no letter is lost");
        }
    }
}
