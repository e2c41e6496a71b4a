//! The words of a mail, safe to show: what was written, and apart from it the history that was quoted.
//!
//! Invariants: the result is plain text without control characters and without marks that turn the reading order, so that nothing
//! pretends to be what it is not; no word is lost, only put on one side or the other. The signature stays with the words.
//!
//! Left out on purpose: any rendering of HTML. Its words are kept, nothing in it is fetched or run.

/// Own words, then the quoted history.
pub(super) fn fold(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let (before, history) = lines.split_at(history_begins(&lines));
    let (mut own, mut quoted) = (Vec::new(), Vec::new());
    for (at, line) in before.iter().enumerate() {
        let introduces = attribution(before, at)
            && before
                .get(at + 1..)
                .is_some_and(|rest| rest.iter().find(|next| !next.is_empty()).is_some_and(|next| is_quoted(next)));
        if is_quoted(line) || introduces {
            quoted.push(*line);
        } else {
            own.push(*line);
        }
    }
    quoted.extend_from_slice(history);
    let (own, quoted) = (joined(&own), joined(&quoted));
    if own.is_empty() {
        // Everything was taken for history: better shown twice than hidden.
        return (quoted, String::new());
    }
    (own, quoted)
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// The first line of a history that bears no marks of quotation.
fn history_begins(lines: &[&str]) -> usize {
    let begins = |at: usize| {
        let line = lines.get(at).copied().unwrap_or_default().trim();
        separator(line) || block_of_headers(lines, at) || {
            // An attribution without « > » behind it comes from HTML: the rest is history.
            attribution(lines, at)
                && !lines
                    .get(at + 1..)
                    .unwrap_or_default()
                    .iter()
                    .any(|next| is_quoted(next))
        }
    };
    (0..lines.len())
        .find(|at| begins(*at))
        .unwrap_or(lines.len())
}

fn separator(line: &str) -> bool {
    let bare = line.trim_matches(['-', '_', ' ', '*']).to_lowercase();
    line.starts_with("--")
        && [
            "message d'origine",
            "message d’origine",
            "message original",
            "original message",
            "message transféré",
            "forwarded message",
        ]
        .contains(&bare.as_str())
}

/// « De : … », then « Envoyé : … » or « Objet : … » close behind.
fn block_of_headers(lines: &[&str], at: usize) -> bool {
    let begins = |line: &str, words: &[&str]| {
        let line = line.trim_start_matches(['*', ' ']).to_lowercase();
        words.iter().any(|word| {
            line.strip_prefix(word)
                .is_some_and(|rest| rest.trim_start_matches(['*', ' ', '\u{a0}', '\u{202f}']).starts_with(':'))
        })
    };
    let first = lines.get(at).copied().unwrap_or_default();
    begins(first, &["de", "from"])
        && lines
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .take(4)
            .filter(|next| begins(next, &["envoyé", "sent", "date", "objet", "subject", "à", "to"]))
            .count()
            >= 2
}

/// « Le … a écrit : », which some clients break over two lines.
fn attribution(lines: &[&str], at: usize) -> bool {
    let line = |at: usize| lines.get(at).copied().unwrap_or_default().trim();
    let ends = |line: &str| {
        let line = line.replace(['\u{a0}', '\u{202f}'], " ").to_lowercase();
        let line = line.trim_end_matches([':', ' ']);
        line.ends_with("a écrit") || line.ends_with("wrote")
    };
    let starts = |line: &str| {
        let line = line.to_lowercase();
        line.starts_with("le ") || line.starts_with("on ")
    };
    (starts(line(at)) && (ends(line(at)) || ends(line(at + 1)) || ends(line(at + 2))))
        || (ends(line(at)) && line(at).ends_with(':') && line(at).len() < 200)
}

/// No more than one empty line in a row, none at the ends.
fn joined(lines: &[&str]) -> String {
    let mut out: Vec<&str> = Vec::new();
    for line in lines {
        if !line.is_empty() || out.last().is_some_and(|last| !last.is_empty()) {
            out.push(line);
        }
    }
    out.join("\n").trim_end().to_owned()
}

/// As it may be shown on a screen: at most so many characters, and whether something was cut.
pub(super) fn shown(text: &str, longest: usize) -> (String, bool) {
    let mut out = String::new();
    let mut left = longest;
    for c in text.chars() {
        if left == 0 {
            return (out, true);
        }
        if !hidden(c) {
            out.push(c);
            left -= 1;
        }
    }
    (out, false)
}

/// The same, on one line.
pub(super) fn line(text: &str, longest: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    shown(&words.join(" "), longest).0
}

fn hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_history_is_folded_and_the_signature_stays() {
        for (mail, own) in [
            (
                "C’est réparé.\n\n-- \nCamille\n\nLe lun. 3 mars 2025 à 10:12, Collège <a@b.fr> a écrit :\n> Bonjour,\n> le bac 2\n",
                "C’est réparé.\n\n-- \nCamille",
            ),
            (
                "C’est réparé.\n\nLe lun. 3 mars 2025 à 10:12, Collège des Monts\n<a@b.fr> a écrit :\n\nBonjour,\nle bac 2\n",
                "C’est réparé.",
            ),
            (
                "C’est réparé.\n\nDe : Collège <a@b.fr>\nEnvoyé : lundi 3 mars\nÀ : Assistance\nObjet : Bac 2\n\nBonjour\n",
                "C’est réparé.",
            ),
            (
                "Fixed.\n\n-----Original Message-----\nFrom: a\n\nHello\n",
                "Fixed.",
            ),
            (
                "> Quel bac ?\nLe bac 2.\n> Depuis quand ?\nLundi.\n",
                "Le bac 2.\nLundi.",
            ),
            (
                "Le technicien passe demain.\nDe : la part du service, merci.\n",
                "Le technicien passe demain.\nDe : la part du service, merci.",
            ),
            ("> tout est cité\n", "> tout est cité"),
        ] {
            // rstrip like a reader would: « -- » keeps its place, not its space.
            let own: Vec<&str> = own.lines().map(str::trim_end).collect();
            assert_eq!(fold(mail).0, own.join("\n"), "own words of:\n{mail}");
        }
        let (own, quoted) = fold("Oui.\n\nLe 3 mars, A a écrit :\n> Bonjour\n");
        assert_eq!(own, "Oui.", "the words");
        assert_eq!(quoted, "Le 3 mars, A a écrit :\n> Bonjour", "the history is kept beside them");
    }

    #[test]
    fn nothing_hidden_is_shown() {
        assert_eq!(
            line("facture\u{202e}fdp.exe\u{0}\u{1b}[31m\r\nBcc: x", 60),
            "facturefdp.exe[31m Bcc: x",
            "no turned order, no escape, one line"
        );
        assert_eq!(shown("abcdef", 3), ("abc".into(), true), "cut, and said");
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(lines in proptest::collection::vec("(> ?)?[a-zé]{0,6}|Le 3 a écrit :|De : x|Objet : y|À : z|-----Message d’origine-----", 0..12)) {
            let text = lines.join("\n");
            let (own, quoted) = fold(&text);
            let count = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
            proptest::prop_assert_eq!(count(&own) + count(&quoted), count(&text), "every line is on one side");
        }
    }
}
