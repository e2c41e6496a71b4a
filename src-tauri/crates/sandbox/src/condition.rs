//! Whether a row answers a qualification.
//!
//! Invariant: a comparison with an absent value is unknown, as in SQL, and a row of which nothing is known is not
//! returned. Letter case counts here; left out on purpose: the folding that some sites' databases do.

use crate::form::{Field, Kind};
use crate::records::Row;
use crate::value::selection_id;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    All,
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    Compare(Operand, Comparison, Operand),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Field(Field),
    Text(String),
    Number(i64),
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Different,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Like,
}

#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Cell {
    Number(i64),
    Text(String),
}

impl Condition {
    pub fn holds(&self, row: &Row) -> bool {
        self.truth(row) == Some(true)
    }

    fn truth(&self, row: &Row) -> Option<bool> {
        match self {
            Condition::All => Some(true),
            Condition::Not(inner) => inner.truth(row).map(|t| !t),
            Condition::And(a, b) => match (a.truth(row), b.truth(row)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Condition::Or(a, b) => match (a.truth(row), b.truth(row)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Condition::Compare(left, comparison, Operand::Null) => {
                is_null(*comparison, left.cell(row, false))
            }
            Condition::Compare(Operand::Null, comparison, right) => {
                is_null(*comparison, right.cell(row, false))
            }
            Condition::Compare(left, Comparison::Like, right) => {
                let (Cell::Text(text), Cell::Text(pattern)) =
                    (left.cell(row, true)?, right.cell(row, true)?)
                else {
                    return Some(false);
                };
                Some(like(
                    &text.chars().collect::<Vec<_>>(),
                    &pattern.chars().collect::<Vec<_>>(),
                ))
            }
            Condition::Compare(left, comparison, right) => {
                let (left, right) = match (left.cell(row, false)?, right.cell(row, false)?) {
                    (Cell::Number(a), Cell::Text(b)) => (Cell::Text(a.to_string()), Cell::Text(b)),
                    (Cell::Text(a), Cell::Number(b)) => (Cell::Text(a), Cell::Text(b.to_string())),
                    same => same,
                };
                Some(match comparison {
                    Comparison::Equal => left == right,
                    Comparison::Different => left != right,
                    Comparison::Less => left < right,
                    Comparison::LessOrEqual => left <= right,
                    Comparison::More => left > right,
                    Comparison::MoreOrEqual => left >= right,
                    Comparison::Like => false,
                })
            }
        }
    }
}

fn is_null(comparison: Comparison, cell: Option<Cell>) -> Option<bool> {
    match comparison {
        Comparison::Equal => Some(cell.is_none()),
        Comparison::Different => Some(cell.is_some()),
        _ => None,
    }
}

impl Operand {
    /// The operand's value for this row; a selection is its number, or its base string when `as_text`.
    fn cell(&self, row: &Row, as_text: bool) -> Option<Cell> {
        match self {
            Operand::Null => None,
            Operand::Text(text) => Some(Cell::Text(text.clone())),
            Operand::Number(number) => Some(Cell::Number(*number)),
            Operand::Field(field) => {
                if let Some(file) = row.files.get(&field.name) {
                    return Some(Cell::Text(file.name.clone()));
                }
                let value = row.values.get(&field.name)?;
                match &field.kind {
                    Kind::Enum(selection) if !as_text => {
                        selection_id(selection, value.as_str()?).map(Cell::Number)
                    }
                    _ => value
                        .as_i64()
                        .map(Cell::Number)
                        .or_else(|| value.as_str().map(|t| Cell::Text(t.to_owned()))),
                }
            }
        }
    }
}

/// `%` is any run of characters, `_` any one.
fn like(text: &[char], pattern: &[char]) -> bool {
    // Walks once, remembering the last `%`: no pattern costs more than its length times the text's.
    let (mut at, mut in_pattern, mut retry) = (0, 0, None);
    while at < text.len() {
        match (pattern.get(in_pattern), text.get(at)) {
            (Some('%'), _) => {
                retry = Some((in_pattern, at));
                in_pattern += 1;
            }
            (Some(p), Some(c)) if *p == '_' || p == c => {
                at += 1;
                in_pattern += 1;
            }
            _ => match retry {
                Some((percent, from)) => {
                    retry = Some((percent, from + 1));
                    in_pattern = percent + 1;
                    at = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(in_pattern).all(|p| *p == '%')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition of LIKE, too slow to serve.
    fn like_by_definition(text: &[char], pattern: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('%', rest)) => {
                (0..=text.len()).any(|skip| like_by_definition(&text[skip..], rest))
            }
            Some((p, rest)) => text
                .split_first()
                .is_some_and(|(c, after)| (*p == '_' || p == c) && like_by_definition(after, rest)),
        }
    }

    proptest! {
        #[test]
        fn like_is_its_definition(text in "[ab%_]{0,8}", pattern in "[ab%_]{0,6}") {
            let (t, p): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
            prop_assert_eq!(like(&t, &p), like_by_definition(&t, &p), "{} LIKE {}", text, pattern);
        }
    }
}
