//! What has changed in GLPI: the person's tickets by date of change, then those followed by their number, a page at a time.
//!
//! Invariants: pages go on from a date, never from an offset, because a ticket that changes while one reads would shift what follows
//! it. Only inside one second, where dates cannot tell rows apart, there is an offset, and it begins again when the second loses or
//! gains a row. Dates are GLPI's own local time, compared by GLPI: the mark is in its spelling. The last two minutes are read again
//! by the next pull, because a long request of GLPI's bears the date of its beginning.
//!
//! Left out on purpose: tickets of others that the person may see (by number only), and tasks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::{BEYOND_THE_END, OUT_OF_SIGHT, refused_with};
use super::follow::FOLLOW_UP;
use super::look::{Listed, Search, option};
use super::record::{self, People};
use super::{Glpi, rejected, unread};
use crate::reply::Reply;
use crate::{Change, EntryKind, Page, PullFrom};

/// No request of GLPI's lasts longer.
const OVERLAP_MS: i64 = 120_000;
const SECOND_MS: i64 = 1_000;
/// Tickets are read one by one: a page of them is some hundreds of calls.
const LARGEST_PAGE: usize = 200;
/// The part of the numbers followed by hand that comes next: all of them.
const FROM_THE_FIRST: &str = "";

/// Where to go on, as the mark keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// From this date on, in GLPI's local time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    since: Option<String>,
    /// Inside the second of `since`, which more tickets share than a page holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    within: Option<Within>,
    /// The person's own tickets are done; of those followed by number, what comes after this one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    followed: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Within {
    read: usize,
    total: usize,
}

/// A stretch of the list.
struct Stretch {
    ids: Vec<i64>,
    server_time_ms: Option<i64>,
    next: Next,
}

enum Next {
    Page(Mark),
    /// The last date of the list, if it has one.
    End(Option<String>),
}

impl Glpi {
    pub(super) async fn pull_page(&self, from: &PullFrom) -> Reply<Page> {
        let _turn = self.turn.lock().await;
        let mut mark: Mark = match &from.mark {
            // A mark that cannot be read is none: all is read again, and merged once.
            Some(mark) => serde_json::from_str(mark).unwrap_or_default(),
            None => Mark::default(),
        };
        let limit = usize::try_from(from.limit)
            .unwrap_or(LARGEST_PAGE)
            .clamp(2, LARGEST_PAGE);
        match self.page(&mut mark, &from.numbers, limit).await {
            Ok(page) => Reply::Sent(page),
            Err(failure) => failure,
        }
    }

    async fn page(
        &self,
        mark: &mut Mark,
        numbers: &[String],
        limit: usize,
    ) -> Result<Page, Reply<Page>> {
        let Some(me) = self.me().await.success()? else {
            return Err(rejected("GLPI does not say who is logged in"));
        };
        let mut page = Page::default();
        let mut seen = BTreeSet::new();
        if mark.followed.is_none() {
            let stretch = self.stretch(mark, me, limit).await?;
            page.server_time_ms = stretch.server_time_ms;
            for id in stretch.ids {
                seen.insert(id);
                page.changes.extend(self.change(id, None, me).await?);
            }
            match stretch.next {
                Next::Page(next) => {
                    page.mark = spelt(&next)?;
                    page.more = true;
                    return Ok(page);
                }
                Next::End(last) => {
                    mark.since = self.settled(mark.since.take(), last, page.server_time_ms);
                    mark.within = None;
                    mark.followed = Some(FROM_THE_FIRST.to_owned());
                }
            }
        }
        let done = mark.followed.clone().unwrap_or_default();
        let left: BTreeSet<&str> = numbers
            .iter()
            .map(String::as_str)
            .filter(|number| *number > done.as_str())
            .collect();
        let room = limit.saturating_sub(page.changes.len());
        for number in left.iter().take(room) {
            // What is no number of GLPI's is nobody's ticket there.
            if let Some(id) = record::ticket_id(number).filter(|id| !seen.contains(id)) {
                page.changes
                    .extend(self.change(id, Some(number), me).await?);
            }
        }
        page.more = left.len() > room;
        mark.followed = match left.iter().take(room).next_back() {
            Some(last) if page.more => Some((*last).to_owned()),
            _ if page.more => Some(done),
            _ => None,
        };
        page.mark = spelt(mark)?;
        Ok(page)
    }

    /// The next rows of the person's tickets, by date of change.
    async fn stretch(&self, mark: &Mark, me: i64, limit: usize) -> Result<Stretch, Reply<Page>> {
        let mut search = Search::default();
        search.and(option::REQUESTER, "equals", &me.to_string());
        let since_ms = mark.since.as_deref().and_then(record::local_ms);
        if let Some(before) = since_ms.and_then(|ms| record::spelt(ms - SECOND_MS)) {
            search.and(option::MODIFIED, "morethan", &before);
        }
        if let (Some(within), Some(since_ms)) = (&mark.within, since_ms) {
            let after = record::spelt(since_ms + SECOND_MS)
                .ok_or_else(|| unread("the mark's date is beyond time"))?;
            search.and(option::MODIFIED, "lessthan", &after);
            let reply = self.search(&search, option::ID, within.read, limit).await;
            if refused_with(&reply, &BEYOND_THE_END) {
                return Ok(again(mark, 0));
            }
            return Ok(inside(mark, within, after, reply.success()?));
        }
        let listed = self
            .search(&search, option::MODIFIED, 0, limit)
            .await
            .success()?;
        if !listed.rows.is_sorted_by(|(_, one), (_, next)| one <= next) {
            // An order that is not kept would make the mark skip.
            return Err(unread("the list is not in the order that was asked"));
        }
        Ok(outside(listed, limit))
    }

    /// From where the next pull has to read: all that is older cannot change its date any more.
    fn settled(
        &self,
        since: Option<String>,
        last: Option<String>,
        server_time_ms: Option<i64>,
    ) -> Option<String> {
        let zone_ms = *self.zone();
        let Some(last_ms) = last.as_deref().and_then(record::local_ms) else {
            return since;
        };
        let now_ms = server_time_ms.zip(zone_ms).map(|(utc, zone)| utc + zone);
        let settled = match now_ms {
            Some(now_ms) => (last_ms + SECOND_MS).min(now_ms - OVERLAP_MS),
            None => last_ms - OVERLAP_MS,
        };
        // Never backwards: the spelling sorts as time runs.
        record::spelt(settled).max(since)
    }

    /// A ticket with what was said in it; nothing when the person does not see it any more.
    async fn change(
        &self,
        id: i64,
        asked: Option<&str>,
        me: i64,
    ) -> Result<Option<Change>, Reply<Page>> {
        let reply = self.ticket(id).await;
        if refused_with(&reply, &OUT_OF_SIGHT) {
            return Ok(None);
        }
        let ticket = reply.success()?;
        let zone_ms = self.zone_of(&ticket);
        let mut people = People::new(Some(me));
        let mut lists = Vec::new();
        for (itemtype, kind) in [
            (FOLLOW_UP, EntryKind::Note),
            ("ITILSolution", EntryKind::Resolution),
        ] {
            let reply = self.list(id, itemtype).await;
            // A profile may show tickets without what is said in them.
            if refused_with(&reply, &OUT_OF_SIGHT) {
                continue;
            }
            let rows = reply.success()?;
            people.meet(&rows);
            lists.push((kind, rows));
        }
        let mut entries = Vec::new();
        for (kind, rows) in &lists {
            entries.extend(
                rows.iter()
                    .filter_map(|row| record::said(*kind, row, &people, zone_ms)),
            );
        }
        let documents = ticket.documents().unwrap_or_default().iter();
        entries.extend(documents.filter_map(|row| record::joined(row, &people, zone_ms)));
        entries
            .sort_by(|one, next| (one.at_ms, &one.remote_id).cmp(&(next.at_ms, &next.remote_id)));
        let status = ticket.status();
        Ok(Some(Change {
            // As the person typed it, so that it is recognised.
            number: Some(asked.map_or_else(|| id.to_string(), str::to_owned)),
            remote_id: None,
            reference: ticket.reference(),
            thread: Vec::new(),
            subject_tag: None,
            title: ticket.title(),
            description: ticket.content(),
            status: status.map(record::status_word),
            state: status.and_then(|status| record::state(status, self.settings.pending_is_ours)),
            created_ms: ticket.created_ms(zone_ms),
            modified_ms: ticket.modified_ms(zone_ms),
            entries,
        }))
    }
}

/// Rows that dates tell apart.
fn outside(listed: Listed, limit: usize) -> Stretch {
    let server_time_ms = listed.server_time_ms;
    let full = listed.total > listed.rows.len() && listed.rows.len() >= limit;
    let last = listed.rows.last().map(|(_, date)| date.clone());
    let ids = |rows: &[(i64, String)]| rows.iter().map(|(id, _)| *id).collect();
    let (Some(date), true) = (&last, full) else {
        return Stretch {
            ids: ids(&listed.rows),
            server_time_ms,
            next: Next::End(last),
        };
    };
    // The last second may go on in the next page: it is left to it whole.
    let whole: Vec<(i64, String)> = listed
        .rows
        .iter()
        .filter(|(_, one)| one != date)
        .cloned()
        .collect();
    let within = whole.is_empty().then_some(Within { read: 0, total: 0 });
    Stretch {
        ids: ids(&whole),
        server_time_ms,
        next: Next::Page(Mark {
            since: Some(date.clone()),
            within,
            followed: None,
        }),
    }
}

/// Rows of one second, by number.
fn inside(mark: &Mark, within: &Within, after: String, listed: Listed) -> Stretch {
    if within.read > 0 && listed.total != within.total {
        return again(mark, listed.total);
    }
    let read = within.read + listed.rows.len();
    let next = if listed.rows.is_empty() || read >= listed.total {
        Mark {
            since: Some(after),
            ..Mark::default()
        }
    } else {
        Mark {
            within: Some(Within {
                read,
                total: listed.total,
            }),
            ..mark.clone()
        }
    };
    Stretch {
        ids: listed.rows.into_iter().map(|(id, _)| id).collect(),
        server_time_ms: listed.server_time_ms,
        next: Next::Page(next),
    }
}

/// The second changed while it was read: from its beginning.
fn again(mark: &Mark, total: usize) -> Stretch {
    Stretch {
        ids: Vec::new(),
        server_time_ms: None,
        next: Next::Page(Mark {
            within: Some(Within { read: 0, total }),
            ..mark.clone()
        }),
    }
}

fn spelt(mark: &Mark) -> Result<String, Reply<Page>> {
    serde_json::to_string(mark).map_err(|_| unread("the mark cannot be written"))
}
