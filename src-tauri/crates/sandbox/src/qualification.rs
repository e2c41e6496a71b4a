//! The `q` parameter: AR System's qualification language.
//!
//! Fields in single quotes by name or number, texts in double quotes (doubled inside), `= != < <= > >= LIKE`,
//! `AND OR NOT` and parentheses, `$USER$ $NULL$ $TIMESTAMP$`, `+` and `-` on numbers. Invariant: what cannot
//! be read, or names an unknown field or selection, is refused: it is never an empty list. Left out on purpose: dates written in the user's locale, sub-queries, functions.

use crate::ArError;
use crate::condition::{Comparison, Condition, Operand};
use crate::form::{Field, Form, Kind, find};
use crate::records::Act;
use crate::value::{date_in, selection_id};

/// Brackets and negations deeper than this are refused: a query must not exhaust the stack.
const DEEPEST: usize = 64;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Field(String),
    Text(String),
    Number(i64),
    Keyword(String),
    Compare(Comparison),
    And,
    Or,
    Not,
    Open,
    Close,
    Plus,
    Minus,
}

/// Reads a qualification for the rows of `form`.
pub(crate) fn parse(act: Act<'_>, form: Form, text: &str) -> Result<Condition, ArError> {
    let tokens = tokens(text).map_err(|why| act.settings.error(1587, why))?;
    if tokens.is_empty() {
        return Ok(Condition::All);
    }
    let fields = form.fields(act.settings);
    let mut parser = Parser {
        act,
        form,
        fields: &fields,
        tokens: &tokens,
        depth: 0,
    };
    let condition = parser.any()?;
    match parser.tokens.first() {
        None => Ok(condition),
        Some(rest) => Err(act.settings.error(1587, format!("unexpected {rest:?}"))),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '\'' | '"' => {
                let (inner, after) = quoted(rest, first)?;
                (
                    if first == '"' {
                        Token::Text(inner)
                    } else {
                        Token::Field(inner)
                    },
                    after,
                )
            }
            '$' => {
                let (name, after) = rest
                    .get(1..)
                    .and_then(|r| r.split_once('$'))
                    .ok_or("a keyword without its second $")?;
                (Token::Keyword(name.to_ascii_uppercase()), after)
            }
            '0'..='9' => {
                let end = rest
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len());
                let (digits, after) = rest.split_at(end);
                (
                    Token::Number(
                        digits
                            .parse()
                            .map_err(|_| format!("number too large: {digits}"))?,
                    ),
                    after,
                )
            }
            'A'..='Z' | 'a'..='z' => {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphabetic())
                    .unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                let token = match word.to_ascii_uppercase().as_str() {
                    "AND" => Token::And,
                    "OR" => Token::Or,
                    "NOT" => Token::Not,
                    "LIKE" => Token::Compare(Comparison::Like),
                    _ => return Err(format!("unknown word {word}")),
                };
                (token, after)
            }
            _ => {
                const SIGNS: [(&str, Token); 13] = [
                    ("!=", Token::Compare(Comparison::Different)),
                    ("<=", Token::Compare(Comparison::LessOrEqual)),
                    (">=", Token::Compare(Comparison::MoreOrEqual)),
                    ("&&", Token::And),
                    ("||", Token::Or),
                    ("=", Token::Compare(Comparison::Equal)),
                    ("<", Token::Compare(Comparison::Less)),
                    (">", Token::Compare(Comparison::More)),
                    ("(", Token::Open),
                    (")", Token::Close),
                    ("+", Token::Plus),
                    ("-", Token::Minus),
                    ("!", Token::Not),
                ];
                SIGNS
                    .into_iter()
                    .find_map(|(sign, token)| rest.strip_prefix(sign).map(|after| (token, after)))
                    .ok_or_else(|| format!("unexpected character {first}"))?
            }
        };
        found.push(token);
        rest = after.trim_start();
    }
    Ok(found)
}

/// The text between two `quote`s, a doubled one standing for itself, and what follows.
fn quoted(text: &str, quote: char) -> Result<(String, &str), String> {
    let mut inner = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != quote {
            inner.push(c);
        } else if chars.next_if(|(_, next)| *next == quote).is_some() {
            inner.push(quote);
        } else {
            return Ok((inner, text.get(at + quote.len_utf8()..).unwrap_or_default()));
        }
    }
    Err(format!("a quote {quote} is not closed"))
}

struct Parser<'a> {
    act: Act<'a>,
    form: Form,
    fields: &'a [Field],
    tokens: &'a [Token],
    depth: usize,
}

impl Parser<'_> {
    fn wrong(&self, why: impl Into<String>) -> ArError {
        self.act.settings.error(1587, why.into())
    }

    fn next(&mut self) -> Option<Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first.clone())
    }

    fn take(&mut self, token: &Token) -> bool {
        let here = self.tokens.first() == Some(token);
        if here {
            self.next();
        }
        here
    }

    fn any(&mut self) -> Result<Condition, ArError> {
        let mut left = self.all()?;
        while self.take(&Token::Or) {
            left = Condition::Or(Box::new(left), Box::new(self.all()?));
        }
        Ok(left)
    }

    fn all(&mut self) -> Result<Condition, ArError> {
        let mut left = self.one()?;
        while self.take(&Token::And) {
            left = Condition::And(Box::new(left), Box::new(self.one()?));
        }
        Ok(left)
    }

    fn one(&mut self) -> Result<Condition, ArError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("nested too deep"));
        }
        let condition = if self.take(&Token::Not) {
            Condition::Not(Box::new(self.one()?))
        } else if self.take(&Token::Open) {
            let inner = self.any()?;
            if !self.take(&Token::Close) {
                return Err(self.wrong("a parenthesis is not closed"));
            }
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn comparison(&mut self) -> Result<Condition, ArError> {
        let left = self.sum()?;
        let Some(Token::Compare(comparison)) = self.next() else {
            return Err(self.wrong("a comparison is missing"));
        };
        let right = self.sum()?;
        if comparison == Comparison::Like {
            return Ok(Condition::Compare(left, comparison, right));
        }
        let (left, right) = (self.typed(&left, right)?, left);
        let (left, right) = (self.typed(&left, right)?, left);
        Ok(Condition::Compare(left, comparison, right))
    }

    /// A text facing a selection or a date is read as one, so that both sides compare as numbers.
    fn typed(&self, facing: &Operand, operand: Operand) -> Result<Operand, ArError> {
        let (Operand::Field(field), Operand::Text(text)) = (facing, &operand) else {
            return Ok(operand);
        };
        match &field.kind {
            Kind::Enum(selection) => selection_id(selection, text)
                .map(Operand::Number)
                .ok_or_else(|| self.wrong(format!("{} is never {text}", field.name))),
            Kind::Date => date_in(text).map(Operand::Number).ok_or_else(|| {
                self.wrong(format!(
                    "the date {text} depends on a locale: give epoch seconds"
                ))
            }),
            Kind::Integer => text
                .parse()
                .map(Operand::Number)
                .map_err(|_| self.wrong(format!("{text} is no number"))),
            Kind::Char { .. } | Kind::Attachment | Kind::History => Ok(operand),
        }
    }

    fn sum(&mut self) -> Result<Operand, ArError> {
        let mut left = self.operand()?;
        loop {
            let sign = match self.tokens.first() {
                Some(Token::Plus) => 1,
                Some(Token::Minus) => -1,
                _ => return Ok(left),
            };
            self.next();
            left = match (left, self.operand()?) {
                (Operand::Number(a), Operand::Number(b)) => {
                    Operand::Number(a.saturating_add(b.saturating_mul(sign)))
                }
                _ => return Err(self.wrong("+ and - are for numbers")),
            };
        }
    }

    fn operand(&mut self) -> Result<Operand, ArError> {
        match self.next() {
            Some(Token::Field(name)) => match find(self.fields, &name) {
                Some(field) => Ok(Operand::Field(field.clone())),
                None => Err(self
                    .act
                    .settings
                    .error(314, format!("{} : <{name}>", self.form.name()))),
            },
            Some(Token::Text(text)) => Ok(Operand::Text(text)),
            Some(Token::Number(number)) => Ok(Operand::Number(number)),
            Some(Token::Minus) => match self.next() {
                Some(Token::Number(number)) => Ok(Operand::Number(-number)),
                _ => Err(self.wrong("a number is missing after -")),
            },
            Some(Token::Keyword(word)) => match word.as_str() {
                "USER" => Ok(Operand::Text(self.act.login.to_owned())),
                "NULL" => Ok(Operand::Null),
                "TIMESTAMP" => Ok(Operand::Number(self.act.now_s)),
                _ => Err(self.wrong(format!("unknown keyword ${word}$"))),
            },
            other => Err(self.wrong(format!("a value is missing before {other:?}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::records::Row;
    use crate::settings::Settings;

    fn check(q: &str, row: &Row) -> Result<bool, ArError> {
        let settings = Settings::default();
        parse(
            Act {
                settings: &settings,
                login: "c.martin",
                now_s: 0,
            },
            Form::Incident,
            q,
        )
        .map(|c| c.holds(row))
    }

    fn row(summary: &str) -> Row {
        let mut row = Row::default();
        row.set("Description", summary);
        row
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_parser(q in "\\PC{0,60}|['\"$()<>=!&|+ A-Z0-9-]{0,60}") {
            // Only that it returns: the property is the absence of a panic.
            let _ = check(&q, &row("x"));
        }

        #[test]
        fn a_quoted_value_is_found_whatever_it_holds(summary in "\\PC{1,40}") {
            let q = format!("'Description' = \"{}\"", summary.replace('"', "\"\""));
            prop_assert_eq!(check(&q, &row(&summary)), Ok(true), "{} must find its own row", q);
            prop_assert_eq!(check(&format!("NOT ({q})"), &row(&summary)), Ok(false), "and its negation must not");
        }
    }
}
