//! The `WHERE` of a list: conditions and their arguments, kept together so that no value is ever pasted into SQL.

use rusqlite::{ToSql, types::Value};

/// One page of a list, and how many rows the list has in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page<T> {
    pub total: u64,
    pub rows: Vec<T>,
}

#[derive(Default)]
pub(crate) struct Filter {
    conditions: Vec<String>,
    arguments: Vec<Value>,
}

impl Filter {
    /// A condition with as many `?` as arguments.
    pub fn and<const N: usize>(&mut self, condition: &str, arguments: [Value; N]) {
        self.conditions.push(condition.to_owned());
        self.arguments.extend(arguments);
    }

    /// The column holds one of the values; no value means no condition.
    pub fn one_of(&mut self, column: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        let marks = vec!["?"; values.len()].join(", ");
        self.conditions.push(format!("{column} IN ({marks})"));
        self.arguments
            .extend(values.iter().map(|value| Value::Text(value.clone())));
    }

    /// More arguments, for the marks of a condition whose number is known only at run time.
    pub fn bind(&mut self, values: Vec<String>) {
        self.arguments.extend(values.into_iter().map(Value::Text));
    }

    /// The rows whose words hold what was typed. The `+` keeps SQLite walking the index that gives the list's
    /// order, testing each row, instead of fetching every match to sort it: a common word stays quick.
    pub fn matching(&mut self, table: &str, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        match crate::search::expression(text) {
            Some(expression) => self.and(
                &format!("+seq IN (SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?)"),
                [Value::Text(expression)],
            ),
            // The first letter of the first word: the list is not narrowed yet.
            None if crate::search::is_begun(text) => {}
            // Something was typed, and none of it can be looked for: honest lists are empty then.
            None => self.and("0", []),
        }
    }

    /// ` WHERE …`, or nothing.
    pub fn sql(&self) -> String {
        self.sql_with("")
    }

    /// The same with one more condition, unless it is empty.
    pub fn sql_with(&self, condition: &str) -> String {
        let conditions: Vec<&str> = self
            .conditions
            .iter()
            .map(String::as_str)
            .chain([condition])
            .filter(|condition| !condition.is_empty())
            .collect();
        if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        }
    }

    pub fn arguments(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.arguments.iter().map(|value| value as &dyn ToSql)
    }
}

pub(crate) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// `LIMIT … OFFSET …`; a window larger than SQLite's numbers is the whole list.
pub(crate) fn window(limit: u64, offset: u64) -> String {
    let most = i64::MAX.unsigned_abs();
    format!("LIMIT {} OFFSET {}", limit.min(most), offset.min(most))
}
