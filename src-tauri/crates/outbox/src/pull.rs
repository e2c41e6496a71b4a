//! What has changed on a platform, brought home page by page.
//!
//! Invariant: a page and the mark that follows it are one transaction, so that a pull cut anywhere goes on where it stopped and
//! never skips. Left out on purpose: when to pull (the app's worker), and what a page means ([`crate::merge`]).

use std::time::Duration;

use platform::{LoginKind, LoginReason, Platform, PullFrom, Reply};
use store::{Store, counterpart, destination};
use tokio_util::sync::CancellationToken;

use crate::merge::{Merged, merge};
use crate::{Error, Stop};

/// Dossiers in a page: what is held in memory at once.
const PAGE: u32 = 100;

/// How one pull ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pull {
    pub merged: Merged,
    /// Dossiers that came, changed or not.
    pub read: u64,
    pub stopped: Option<Stop>,
    /// The platform asked for quiet, or did not answer well: not before this long.
    pub wait: Option<Duration>,
    /// The platform refused to be read, in its own words.
    pub refused: Option<String>,
    pub cancelled: bool,
}

/// # Errors
/// Those of the store; the pages before are kept.
pub async fn pull(
    store: &Store,
    destination_id: &str,
    platform: &dyn Platform,
    clock: &(dyn Fn() -> i64 + Send + Sync),
    cancel: &CancellationToken,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<Pull, Error> {
    let mut ended = Pull::default();
    let can = platform.capabilities();
    if !can.pulls {
        return Ok(ended);
    }
    loop {
        if cancel.is_cancelled() {
            ended.cancelled = true;
            return Ok(ended);
        }
        if can.login != LoginKind::None && !platform.has_session(clock()) {
            ended.stopped = Some(Stop::NeedsLogin {
                reason: LoginReason::Missing,
            });
            return Ok(ended);
        }
        let from = store.read(|conn| -> Result<_, Error> {
            Ok(PullFrom {
                mark: destination::get(conn, destination_id)?.and_then(|row| row.pull_mark),
                numbers: counterpart::followed(conn, destination_id)?,
                limit: PAGE,
            })
        })?;
        let page = match platform.pull(&from).await {
            Reply::Sent(page) => page,
            Reply::Offline { kind, .. } => {
                ended.stopped = Some(Stop::Offline { kind });
                return Ok(ended);
            }
            Reply::NeedsLogin { reason } => {
                ended.stopped = Some(Stop::NeedsLogin { reason });
                return Ok(ended);
            }
            Reply::Transient { retry_after, .. } | Reply::Uncertain { retry_after, .. } => {
                ended.wait = Some(retry_after.unwrap_or(Duration::from_secs(60)));
                return Ok(ended);
            }
            Reply::Rejected { reason, .. } => {
                tracing::warn!(
                    destination = destination_id,
                    "the platform refuses to be read"
                );
                ended.refused = Some(reason);
                return Ok(ended);
            }
        };
        let now_ms = clock();
        let merged = store.write(|tx| -> Result<Merged, Error> {
            let merged = merge(tx, destination_id, &page, now_ms)?;
            destination::set_mark(tx, destination_id, &page.mark, now_ms)?;
            Ok(merged)
        })?;
        ended.read += page.changes.len() as u64;
        ended.merged.add(merged);
        progress(ended.read);
        // A page that leads nowhere would be asked for ever.
        if !page.more || from.mark.as_deref() == Some(page.mark.as_str()) {
            return Ok(ended);
        }
    }
}

impl Merged {
    fn add(&mut self, other: Merged) {
        for id in other.changed {
            if !self.changed.contains(&id) {
                self.changed.push(id);
            }
        }
        self.discovered.extend(other.discovered);
        self.settled.extend(other.settled);
        self.to_sort += other.to_sort;
    }
}

#[cfg(test)]
mod tests;
