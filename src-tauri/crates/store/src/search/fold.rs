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

/// A run of letters and digits, with the signs that join its parts.
#[derive(Clone, Copy)]
struct Word<'a>(&'a str);

impl<'a> Word<'a> {
    fn whole(self) -> &'a str {
        first(self.0, 2 * LONGEST)
    }

    fn parts(self) -> impl Iterator<Item = &'a str> {
        let parts = self.0.split(JOINERS).filter(|part| !part.is_empty());
        parts.map(|part| first(part, LONGEST))
    }

    fn is_joined(self) -> bool {
        self.parts().nth(1).is_some()
    }

    fn is_code(self) -> bool {
        self.is_joined() && self.whole().chars().any(|c| c.is_ascii_digit())
    }

    fn together(self) -> String {
        self.parts().collect()
    }
}

fn first(text: &str, letters: usize) -> &str {
    match text.char_indices().nth(letters) {
        // Most words are short: the letters are not even counted.
        _ if text.len() <= letters => text,
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

/// The words to index, separated by spaces.
pub fn fold(text: &str) -> String {
    fold_all(&[text])
}

/// The same for several texts, where no word runs from one into the next.
pub(crate) fn fold_all(texts: &[&str]) -> String {
    let mut folded = String::with_capacity(texts.iter().map(|text| 2 * text.len()).sum());
    for text in texts {
        let plain = plain(text);
        for word in words(&plain) {
            add(&mut folded, word);
        }
    }
    folded
}

/// A part that begins a word already added is not added again, for two letters and more are looked for as a
/// beginning: the fewer words, the quicker a register of thousands comes in. A single letter is looked for alone.
fn add(folded: &mut String, word: Word<'_>) {
    let space = |folded: &mut String| {
        if !folded.is_empty() {
            folded.push(' ');
        }
    };
    let mut begun = 0;
    if word.is_code() {
        let mut rest = word.whole();
        while begun < MOST_PARTS {
            space(folded);
            folded.push_str(rest);
            begun += 1;
            match rest.split_once(JOINERS) {
                Some((_, after)) if after.contains(JOINERS) => {
                    rest = after.trim_start_matches(JOINERS);
                }
                _ => break,
            }
        }
    }
    if word.is_joined() {
        space(folded);
        word.parts().for_each(|part| folded.push_str(part));
        begun = begun.max(1);
    }
    for (rank, part) in word.parts().enumerate() {
        if rank >= begun || part.chars().nth(1).is_none() {
            space(folded);
            folded.push_str(part);
        }
    }
}

/// The FTS5 expression that finds rows holding every word typed, each being the beginning of a word; `None`
/// when no word was typed. A single letter stands for itself alone; the last one, while no space follows it, is
/// a word just begun and says nothing yet: without that, a list would empty and fill again at each word.
pub fn expression(text: &str) -> Option<String> {
    let plain = plain(text);
    let mut typed: Vec<Word> = words(&plain).collect();
    if is_begun(text) {
        typed.pop();
    }
    let terms: Vec<String> = typed
        .iter()
        .map(|word| {
            if !word.is_joined() {
                word.parts().map(term).collect()
            } else if word.is_code() {
                term(word.whole())
            } else {
                let apart: Vec<String> = word.parts().map(term).collect();
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
    let plain = plain(text);
    let parts = words(&plain).flat_map(Word::parts);
    parts.map(str::to_owned).collect()
}

/// Without accents, case or ligatures. Most of a register is plain already, and is only made small.
fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    plain
        .to_lowercase()
        .replace('œ', "oe")
        .replace('æ', "ae")
        .replace('’', "'")
}

fn words(plain: &str) -> impl Iterator<Item = Word<'_>> {
    plain
        .split(|c: char| !c.is_alphanumeric() && !JOINERS.contains(&c) && c != '\'')
        .flat_map(|run| run.split_inclusive('\''))
        .filter_map(|piece| match piece.strip_suffix('\'') {
            // « l’ », « d’ », « qu’ »: an article said in passing.
            Some(article) if article.chars().count() <= 2 => None,
            Some(before) => word(before),
            None => word(piece),
        })
}

fn word(run: &str) -> Option<Word<'_>> {
    let whole = run.trim_matches(JOINERS);
    (!whole.is_empty()).then_some(Word(whole))
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
                "salle b1.12 b112 12",
                "a code stays whole, and the full stop is not part of it",
            ),
            (
                "CD65-2021-00431",
                "cd65-2021-00431 2021-00431 cd65202100431 00431",
                "a code is found from any of its parts on",
            ),
            (
                "vidéo-projecteur",
                "videoprojecteur projecteur",
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
