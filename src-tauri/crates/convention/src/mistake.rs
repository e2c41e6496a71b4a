//! A fault in a pack, with the place where a person can mend it.
//!
//! Invariant: line and column point at the exact field or key, counted from 1, columns in characters
//! as an editor shows them.

use std::fmt;

use crate::text::typeset;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    pub file: String,
    pub line: u64,
    pub column: u64,
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{} : {}",
            self.file, self.line, self.column, self.message
        )
    }
}

impl std::error::Error for Mistake {}

/// The mistakes of one file while it is read; turns byte offsets into lines and columns.
pub(crate) struct Page<'a> {
    pub file: &'a str,
    pub text: String,
    pub mistakes: Vec<Mistake>,
}

impl<'a> Page<'a> {
    /// The text is typeset on the way in; letters are replaced one for one, so places hold.
    pub fn new(file: &'a str, text: &str) -> Self {
        Page {
            file,
            text: typeset(text),
            mistakes: Vec::new(),
        }
    }

    /// Notes a mistake at a byte offset; an offset outside the text counts as its end.
    pub fn at(&mut self, byte: usize, message: impl Into<String>) {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line = before.matches('\n').count() as u64 + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() as u64 + 1;
        self.mistakes.push(Mistake {
            file: self.file.to_owned(),
            line,
            column,
            message: message.into(),
        });
    }

    /// Notes a mistake at the first place where a value stands between quotes.
    pub fn quoted(&mut self, value: &str, message: impl Into<String>) {
        let byte = self.text.find(&format!("\"{value}\"")).unwrap_or(0);
        self.at(byte, message);
    }
}
