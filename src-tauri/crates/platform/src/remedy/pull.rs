//! What has changed on the platform since a mark: the person's incidents, those followed by their number, and their notes.
//!
//! Invariants: the mark counts in the platform's own seconds, so a wrong clock here skips nothing; a page goes on from the last second
//! seen, by offset inside it, and each new run looks back [`OVERLAP_S`], because a modification is dated before it can be read.
//!
//! Left out on purpose: what a change means for a dossier here (`outbox::merge`), and the French of the statuses (the application).

use serde_json::Value;

use super::follow::WORK_LOG;
use super::record::{self, equals};
use super::{READ_FORM, Remedy};
use crate::classify::Operation;
use crate::reply::Reply;
use crate::{Change, Entry, EntryKind, Page, PullFrom, RemoteFile, RemoteState};

/// The platform works on a call for this long at most (`X-AR-Timeout`).
const OVERLAP_S: i64 = 120;
/// Numbers named in one question: an address has a length.
const NAMED: usize = 25;
const NOTES: usize = 200;
/// Reasons for which a pending dossier waits for the person who asked.
const OURS: [&str; 3] = [
    "Client Action Required",
    "Client Hold",
    "Customer Follow-Up Required",
];

/// Where a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Every change up to this second is here.
    Done(i64),
    /// A run that began after `start` has read up to `second`, and `offset` of that second.
    Running {
        start: i64,
        second: i64,
        offset: u32,
    },
}

impl Mark {
    pub fn read(text: Option<&str>) -> Mark {
        let parts: Vec<i64> = text
            .unwrap_or_default()
            .split([':', '+'])
            .filter_map(|part| part.parse().ok())
            .collect();
        match parts.as_slice() {
            [start, second, offset] => Mark::Running {
                start: *start,
                second: *second,
                offset: u32::try_from(*offset).unwrap_or_default(),
            },
            [second] => Mark::Done(*second),
            _ => Mark::Done(0),
        }
    }

    pub fn written(self) -> String {
        match self {
            Mark::Done(second) => second.to_string(),
            Mark::Running {
                start,
                second,
                offset,
            } => format!("{start}:{second}+{offset}"),
        }
    }

    /// After a page that held rows of these seconds, in their order.
    pub fn after(self, seconds: &[i64], full: bool) -> Mark {
        let (start, from, offset) = self.place();
        let last = seconds.last().copied().unwrap_or(from).max(from);
        if !full {
            // A quiet run does not look back further than the one before.
            return Mark::Done(last.max(start + OVERLAP_S));
        }
        let at_last = seconds.iter().filter(|second| **second == last).count();
        let at_last = u32::try_from(at_last).unwrap_or(u32::MAX);
        Mark::Running {
            start,
            second: last,
            offset: if last == from {
                offset.saturating_add(at_last)
            } else {
                at_last
            },
        }
    }

    /// The second the run looks back to, the second and the offset to go on from.
    fn place(self) -> (i64, i64, u32) {
        match self {
            Mark::Done(second) => {
                let start = (second - OVERLAP_S).max(0);
                (start, start, 0)
            }
            Mark::Running {
                start,
                second,
                offset,
            } => (start, second, offset),
        }
    }
}

impl Remedy {
    pub(super) async fn changes(&self, from: &PullFrom) -> Reply<Page> {
        let _turn = self.turn.lock().await;
        let mark = Mark::read(from.mark.as_deref());
        let begins = matches!(mark, Mark::Done(_));
        match self.page(mark, from, begins).await {
            Ok(page) => Reply::Sent(page),
            Err(failure) => failure,
        }
    }

    async fn page(&self, mark: Mark, from: &PullFrom, begins: bool) -> Result<Page, Reply<Page>> {
        let (start, second, offset) = mark.place();
        let mut changes = Vec::new();
        // Those followed by number are few: they come whole at the beginning of each run, whoever submitted them.
        if begins {
            for numbers in from.numbers.chunks(NAMED) {
                let (rows, _) = self
                    .incidents(&any_of(numbers), from.limit, 0)
                    .await
                    .map_err(Reply::map_failure)?;
                changes.extend(self.with_notes(&rows, 0).await?);
            }
        }
        let q = format!("'Submitter' = $USER$ AND 'Last Modified Date' >= {second}");
        let (rows, server_time_ms) = self
            .incidents(&q, from.limit, offset)
            .await
            .map_err(Reply::map_failure)?;
        let full = rows.len() >= from.limit as usize;
        let seconds: Vec<i64> = rows
            .iter()
            .filter_map(|row| time(row, "Last Modified Date"))
            .map(|ms| ms.div_euclid(1000))
            .collect();
        changes.extend(self.with_notes(&rows, start).await?);
        let next = mark.after(&seconds, full);
        Ok(Page {
            changes,
            mark: next.written(),
            more: full,
            server_time_ms,
        })
    }

    async fn incidents(
        &self,
        q: &str,
        limit: u32,
        offset: u32,
    ) -> Result<(Vec<Value>, Option<i64>), Reply<()>> {
        let fields = format!(
            "values(Incident Number,Request ID,Description,Detailed Decription,Status,Status_Reason,Resolution,Submit Date,\
             Last Modified Date,Last Resolved Date,{})",
            self.reference_field
        );
        let request = self.client.get(self.entry(READ_FORM, None)).query(&[
            ("q", q),
            ("fields", fields.as_str()),
            ("sort", "Last Modified Date.asc,Incident Number.asc"),
            ("limit", &limit.to_string()),
            ("offset", &offset.to_string()),
        ]);
        let received = self.call(Operation::Find, request).await.success()?;
        let date = received
            .header(reqwest::header::DATE)
            .and_then(|text| chrono::DateTime::parse_from_rfc2822(&text).ok())
            .map(|date| date.timestamp_millis());
        let rows = record::rows(received.body.as_deref().unwrap_or_default()).success()?;
        Ok((rows, date))
    }

    /// The incidents with what was noted in them since a second.
    async fn with_notes(&self, rows: &[Value], since: i64) -> Result<Vec<Change>, Reply<Page>> {
        let mut changes: Vec<Change> = rows
            .iter()
            .filter_map(|row| change(row, &self.reference_field))
            .collect();
        let numbers: Vec<String> = changes
            .iter()
            .filter_map(|one| one.number.clone())
            .collect();
        for numbers in numbers.chunks(NAMED) {
            let q = format!(
                "({}) AND 'Work Log Submit Date' >= {since}",
                any_of(numbers)
            );
            let mut offset = 0_usize;
            loop {
                let request = self.client.get(self.entry(WORK_LOG, None)).query(&[
                    ("q", q.as_str()),
                    ("fields", NOTE_FIELDS),
                    ("sort", "Work Log Submit Date.asc,Work Log ID.asc"),
                    ("limit", &NOTES.to_string()),
                    ("offset", &offset.to_string()),
                ]);
                let notes = self
                    .call(Operation::Find, request)
                    .await
                    .and_then(|received| record::rows(received.body.as_deref().unwrap_or_default()))
                    .success()?;
                for note in &notes {
                    let number = text(note, "Incident Number");
                    let of = changes.iter_mut().find(|one| one.number == number);
                    if let (Some(of), Some(entry)) = (of, entry(note)) {
                        of.entries.push(entry);
                    }
                }
                if notes.len() < NOTES {
                    break;
                }
                offset += NOTES;
            }
        }
        Ok(changes)
    }
}

const NOTE_FIELDS: &str = "values(Incident Number,Work Log ID,Work Log Submitter,Submitter,Work Log Submit Date,\
     Detailed Description,Description,z2AF Work Log01,z2AF Work Log02,z2AF Work Log03)";

fn any_of(numbers: &[String]) -> String {
    numbers
        .iter()
        .map(|number| equals("Incident Number", number))
        .collect::<Vec<_>>()
        .join(" OR ")
}

fn text(row: &Value, name: &str) -> Option<String> {
    row.get(name)
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn time(row: &Value, name: &str) -> Option<i64> {
    row.get(name)
        .and_then(Value::as_str)
        .and_then(record::time_ms)
}

pub(super) fn change(row: &Value, reference_field: &str) -> Option<Change> {
    let number = text(row, "Incident Number")?;
    let status = text(row, "Status");
    let modified_ms = time(row, "Last Modified Date");
    let resolved = matches!(status.as_deref(), Some("Resolved" | "Closed"));
    let entries = text(row, "Resolution")
        .filter(|_| resolved)
        .map(|words| {
            let at_ms = time(row, "Last Resolved Date")
                .or(modified_ms)
                .unwrap_or_default();
            Entry {
                remote_id: format!("{number}-resolution-{at_ms}"),
                at_ms,
                author: "plateforme".to_owned(),
                kind: EntryKind::Resolution,
                text: words,
                identity: None,
                files: Vec::new(),
                raw: None,
            }
        })
        .into_iter()
        .collect();
    Some(Change {
        remote_id: text(row, "Request ID"),
        reference: text(row, reference_field).filter(|text| text.starts_with("REL-")),
        title: text(row, "Description").unwrap_or_default(),
        description: text(row, "Detailed Decription").unwrap_or_default(),
        state: status
            .as_deref()
            .and_then(|status| state(status, text(row, "Status_Reason").as_deref())),
        status,
        created_ms: time(row, "Submit Date"),
        modified_ms,
        entries,
        number: Some(number),
        ..Change::default()
    })
}

fn state(status: &str, reason: Option<&str>) -> Option<RemoteState> {
    Some(match status {
        "Pending" if reason.is_some_and(|reason| OURS.contains(&reason)) => {
            RemoteState::WaitingForUs
        }
        "New" | "Assigned" | "In Progress" | "Pending" => RemoteState::Open,
        "Resolved" => RemoteState::Resolved,
        "Closed" => RemoteState::Closed,
        "Cancelled" => RemoteState::Cancelled,
        _ => return None,
    })
}

fn entry(row: &Value) -> Option<Entry> {
    let (words, identity) =
        record::untagged(&text(row, "Detailed Description").unwrap_or_default());
    let files = ["z2AF Work Log01", "z2AF Work Log02", "z2AF Work Log03"]
        .into_iter()
        .filter_map(|field| {
            let file = row.get(field)?;
            Some(RemoteFile {
                name: file.get("name")?.as_str()?.to_owned(),
                size: file.get("sizeBytes").and_then(Value::as_u64),
            })
        })
        .collect();
    Some(Entry {
        remote_id: text(row, "Work Log ID")?,
        at_ms: time(row, "Work Log Submit Date")?,
        author: text(row, "Work Log Submitter")
            .or_else(|| text(row, "Submitter"))
            .unwrap_or_else(|| "plateforme".to_owned()),
        kind: EntryKind::Note,
        text: words,
        identity,
        files,
        raw: None,
    })
}

#[cfg(test)]
mod tests;
