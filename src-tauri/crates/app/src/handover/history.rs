//! What each side held, and since when: the proof that one side changed a field and the other did not.
//!
//! Invariant: a side is older when it still holds what the other once held at the same time, or what an earlier merge
//! took from the other. Everything else is a conflict: two clocks that differ never decide alone.

use serde_json::{Map, Value};
use store::Connection;

use super::fields::Row;
use crate::Error;

/// The kind of the batches a merge makes.
pub(super) const MERGE: &str = "fusion";

/// A row through its journal.
pub(super) struct History {
    born_ms: i64,
    /// Oldest first: when the row stopped being so, and how it was; nothing in it when it was not there.
    was: Vec<(i64, Map<String, Value>, bool)>,
}

/// A value, from when to when; the last one has no end.
#[derive(Clone, Debug)]
pub(super) struct Span {
    value: Value,
    from_ms: i64,
    until_ms: Option<i64>,
    /// It came with a merge.
    taken: bool,
}

impl History {
    pub(super) fn of<R: Row>(conn: &Connection, row: &R) -> Result<Self, Error> {
        let mut was = Vec::new();
        for entry in store::journal::list(conn, R::TABLE, row.id())? {
            let merged = match &entry.batch_id {
                Some(batch) if entry.act != "annulation" => {
                    store::batch::get(conn, batch)?.is_some_and(|batch| batch.kind == MERGE)
                }
                _ => false,
            };
            let old = serde_json::from_str(&entry.old).unwrap_or_default();
            was.push((entry.at_ms, old, merged));
        }
        was.reverse();
        Ok(Self {
            born_ms: row.born_ms(),
            was,
        })
    }

    /// One field, whose values are read as `seen`.
    pub(super) fn spans(
        &self,
        field: &str,
        now: Value,
        seen: impl Fn(&Value) -> Value,
    ) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let (mut from_ms, mut taken) = (self.born_ms, false);
        for (until_ms, row, merged) in &self.was {
            // A row that was not there, or a column that its version did not have, held nothing.
            if let Some(value) = row.get(field) {
                push(&mut spans, seen(value), from_ms, Some(*until_ms), taken);
            }
            (from_ms, taken) = (*until_ms, *merged);
        }
        push(&mut spans, now, from_ms, None, taken);
        spans
    }
}

/// A change of another field goes on with the same value.
fn push(spans: &mut Vec<Span>, value: Value, from_ms: i64, until_ms: Option<i64>, taken: bool) {
    match spans.last_mut() {
        Some(last) if last.value == value => last.until_ms = until_ms,
        _ => spans.push(Span {
            value,
            from_ms,
            until_ms,
            taken,
        }),
    }
}

/// Whether `one` still holds what `other` held beside it, and has left since.
pub(super) fn left_behind(one: &[Span], other: &[Span]) -> bool {
    let Some(now) = one.last() else {
        return false;
    };
    other.iter().any(|span| {
        span.value == now.value
            && span
                .until_ms
                .is_some_and(|until| now.taken || now.from_ms < until)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn history(born_ms: i64, was: &[(i64, Value, bool)]) -> History {
        let was = was
            .iter()
            .map(|(at, row, merged)| (*at, row.as_object().cloned().unwrap(), *merged))
            .collect();
        History { born_ms, was }
    }

    fn spans(history: &History, now: &str) -> Vec<Span> {
        history.spans("state", json!(now), Clone::clone)
    }

    #[test]
    fn the_side_that_moved_alone_is_newer() {
        let here = spans(&history(1, &[]), "en service");
        let there = spans(
            &history(1, &[(5, json!({ "state": "en service" }), false)]),
            "en panne",
        );
        assert!(left_behind(&here, &there), "there it broke down since");
        assert!(!left_behind(&there, &here), "and not the other way round");
    }

    #[test]
    fn two_changes_are_a_conflict() {
        let before = json!({ "state": "en service" });
        let here = spans(&history(1, &[(4, before.clone(), false)]), "en réserve");
        let there = spans(&history(1, &[(5, before, false)]), "en panne");
        assert!(
            !left_behind(&here, &there) && !left_behind(&there, &here),
            "a person decides"
        );
    }

    #[test]
    fn what_was_taken_from_the_other_is_left_behind_when_the_other_moves() {
        // There « en panne » stood from 3 to 4 only; the merge took it at 9, from a file made meanwhile.
        let here = spans(
            &history(1, &[(9, json!({ "state": "en service" }), true)]),
            "en panne",
        );
        let there = history(
            1,
            &[
                (3, json!({ "state": "en service" }), false),
                (4, json!({ "state": "en panne" }), false),
            ],
        );
        let there = spans(&there, "réparé");
        assert!(left_behind(&here, &there), "nobody here ever wrote it");
    }

    #[test]
    fn another_field_does_not_begin_a_value_anew() {
        let here = history(
            1,
            &[(8, json!({ "state": "en service", "notes": "" }), false)],
        );
        let there = spans(
            &history(1, &[(5, json!({ "state": "en service" }), false)]),
            "en panne",
        );
        assert!(
            left_behind(&spans(&here, "en service"), &there),
            "only a note was written at 8"
        );
    }
}
