//! Text → words to index, and typed text → what to look for. Both go through the same folding.
//!
//! A word is a run of letters and digits, folded: no accent, no case, `œ` as `oe`. An elided article
//! (« l’ », « d’ », « qu’ ») is no word. Runs joined by `.` `-` `_` `/` `:` are also indexed written together
//! (`vidéo-projecteur` → `videoprojecteur`), and as they stand when they hold a digit: `B1.12`,
//! `CD65-2021-00431` and `10.65.4.12` are codes, found whole, by their beginning, from any of their parts on,
//! or written together.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The same as the `tokenchars` of the full-text tables.
const JOINERS: [char; 5] = ['.', '-', '_', '/', ':'];

/// Longer runs are not words a person looks for (a pasted key, a base64 line).
const LONGEST: usize = 64;

/// No code of ours has more; a pasted path would be indexed once for each of its folders.
const MOST_PARTS: usize = 8;

struct Word {
    whole: String,
    parts: Vec<String>,
}

impl Word {
    fn together(&self) -> String {
        self.parts.concat()
    }

    fn is_code(&self) -> bool {
        self.parts.len() > 1 && self.whole.chars().any(|c| c.is_ascii_digit())
    }
}

/// The words to index, separated by spaces.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut push = |word: &str| {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    };
    for word in words(text) {
        if word.is_code() {
            let mut rest = word.whole.as_str();
            for _ in 0..MOST_PARTS {
                push(rest);
                match rest.split_once(JOINERS) {
                    Some((_, after)) if after.contains(JOINERS) => {
                        rest = after.trim_start_matches(JOINERS);
                    }
                    _ => break,
                }
            }
        }
        if word.parts.len() > 1 {
            push(&word.together());
        }
        for part in &word.parts {
            push(part);
        }
    }
    folded
}

/// The FTS5 expression that finds rows holding every word typed, each being the beginning of a word; `None`
/// when no word was typed. A single letter stands for itself alone; the last one, while no space follows it, is
/// a word just begun and says nothing yet: without that, a list would empty and fill again at each word.
pub fn expression(text: &str) -> Option<String> {
    let mut typed: Vec<Word> = words(text).collect();
    if is_begun(text) {
        typed.pop();
    }
    let terms: Vec<String> = typed
        .iter()
        .map(|word| match word.parts.as_slice() {
            [single] => term(single),
            _ if word.is_code() => term(&word.whole),
            parts => {
                let apart: Vec<String> = parts.iter().map(|part| term(part)).collect();
                format!("({} OR ({}))", term(&word.together()), apart.join(" AND "))
            }
        })
        .collect();
    if terms.is_empty() {
        None
    } else {
        Some(terms.join(" AND "))
    }
}

/// Whether the last word is a single letter that may go on.
pub fn is_begun(text: &str) -> bool {
    let mut last = text.rsplit(|c: char| c.is_whitespace() || c == '\'' || c == '’');
    let mut letters = last.next().unwrap_or_default().chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Quoted, so that AND, OR, NEAR and signs mean nothing; the words hold no quotation mark.
fn term(word: &str) -> String {
    if word.chars().count() == 1 {
        format!("\"{word}\"")
    } else {
        format!("\"{word}\"*")
    }
}

/// The folded words typed, for finding them again in a text to show.
pub fn typed(text: &str) -> Vec<String> {
    words(text).flat_map(|word| word.parts).collect()
}

fn words(text: &str) -> impl Iterator<Item = Word> {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let plain = plain
        .to_lowercase()
        .replace('œ', "oe")
        .replace('æ', "ae")
        .replace('’', "'");
    let runs: Vec<Word> = plain
        .split(|c: char| !c.is_alphanumeric() && !JOINERS.contains(&c) && c != '\'')
        .flat_map(|run| {
            let mut pieces: Vec<&str> = run.split('\'').collect();
            let last = pieces.pop();
            pieces
                .into_iter()
                // « l’ », « d’ », « qu’ »: an article said in passing.
                .filter(|piece| piece.chars().count() > 2)
                .chain(last)
                .filter_map(word)
                .collect::<Vec<_>>()
        })
        .collect();
    runs.into_iter()
}

fn word(run: &str) -> Option<Word> {
    let whole = run.trim_matches(JOINERS);
    let parts: Vec<String> = whole
        .split(JOINERS)
        .filter(|part| !part.is_empty())
        .map(|part| part.chars().take(LONGEST).collect())
        .collect();
    if parts.is_empty() {
        return None;
    }
    Some(Word {
        whole: whole.chars().take(2 * LONGEST).collect(),
        parts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_secretary_writes_becomes_words() {
        for (written, folded, why) in [
            (
                "L’imprimante du CDI",
                "imprimante du cdi",
                "the article is no word, case is ignored",
            ),
            ("n'imprime", "imprime", "a straight apostrophe is one too"),
            (
                "Élève, cœur : « déjà »",
                "eleve coeur deja",
                "accents and ligatures are ignored",
            ),
            (
                "aujourd’hui",
                "aujourd hui",
                "only short words before an apostrophe are articles",
            ),
            (
                "salle B1.12.",
                "salle b1.12 b112 b1 12",
                "a code stays whole, and the full stop is not part of it",
            ),
            (
                "CD65-2021-00431",
                "cd65-2021-00431 2021-00431 cd65202100431 cd65 2021 00431",
                "a code is found from any of its parts on",
            ),
            (
                "vidéo-projecteur",
                "videoprojecteur video projecteur",
                "a compound is no code",
            ),
            ("1\u{202f}234", "1 234", "a narrow space separates"),
            ("— … -", "", "signs alone are nothing"),
        ] {
            assert_eq!(fold(written), folded, "{written}: {why}");
        }
    }

    #[test]
    fn what_is_typed_becomes_an_expression_without_syntax() {
        assert_eq!(
            expression("Impr CDI").as_deref(),
            Some("\"impr\"* AND \"cdi\"*"),
            "every word counts"
        );
        assert_eq!(
            expression("B1."),
            Some("\"b1\"*".to_owned()),
            "a code being typed"
        );
        assert_eq!(
            expression("\" OR NEAR(*"),
            Some("\"or\"* AND \"near\"*".to_owned()),
            "signs mean nothing"
        );
        assert_eq!(expression(" « » "), None, "nothing was typed");
        for (typed, expected, why) in [
            (
                "impr c",
                Some("\"impr\"*"),
                "a word just begun waits for its second letter",
            ),
            (
                "impr c ",
                Some("\"impr\"* AND \"c\""),
                "a space makes it a word",
            ),
            (
                "salle 3",
                Some("\"salle\"* AND \"3\""),
                "a figure is whole at once",
            ),
            ("B1.a", Some("\"b1.a\"*"), "inside a code it is no word"),
            ("n", None, "alone, it says nothing"),
        ] {
            assert_eq!(expression(typed).as_deref(), expected, "{typed}: {why}");
        }
    }
}
