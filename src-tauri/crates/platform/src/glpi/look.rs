//! Reading GLPI: one ticket, a ticket's lists, a search.
//!
//! Invariant: a list is read whole or not at all, because what is not read would be taken for what is not there.

use reqwest::header::LAST_MODIFIED;
use serde_json::Value;

use super::answer::{self, Verb, refused_with};
use super::record::{self, Ticket};
use super::{Glpi, date, json, unread};
use crate::network::Received;
use crate::reply::Reply;

/// Rows of one list at a time.
const ROWS: usize = 50;
/// A ticket with more lines than this is no conversation any more.
const LONGEST_LIST: usize = 5_000;

/// Numbers of GLPI's search options, the same in every version.
pub(super) mod option {
    pub const NAME: u32 = 1;
    pub const ID: u32 = 2;
    pub const REQUESTER: u32 = 4;
    pub const MODIFIED: u32 = 19;
}

impl Glpi {
    /// A ticket as it is now, with its documents.
    pub(super) async fn ticket(&self, id: i64) -> Reply<Ticket> {
        let number = id.to_string();
        let reply = self
            .call(Verb::Read, || {
                self.get(&["Ticket", &number])
                    .query(&[("with_documents", "true"), ("get_hateoas", "false")])
            })
            .await;
        reply.and_then(|received| {
            let body = received.body.as_deref().unwrap_or_default();
            let last_modified = received.header(LAST_MODIFIED);
            match Ticket::read(body, last_modified.as_deref()).filter(|ticket| ticket.id == id) {
                Some(ticket) => Reply::Sent(ticket),
                None => unread("the ticket could not be read"),
            }
        })
    }

    /// The zone of its dates; the last one seen when this answer does not tell, and UTC when none ever did.
    pub(super) fn zone_of(&self, ticket: &Ticket) -> i64 {
        let mut zone = self.zone();
        *zone = ticket.offset_ms.or(*zone);
        zone.unwrap_or(0)
    }

    /// The rows of a ticket's list, whole, oldest first.
    pub(super) async fn list(&self, id: i64, itemtype: &str) -> Reply<Vec<Value>> {
        let number = id.to_string();
        let mut rows: Vec<Value> = Vec::new();
        loop {
            let range = format!("{}-{}", rows.len(), rows.len() + ROWS - 1);
            let request = || {
                self.get(&["Ticket", &number, itemtype]).query(&[
                    ("range", range.as_str()),
                    ("get_hateoas", "false"),
                    ("add_keys_names[0]", "users_id"),
                ])
            };
            let reply = self.call(Verb::Read, request).await;
            if refused_with(&reply, &answer::BEYOND_THE_END) {
                return Reply::Sent(rows);
            }
            let received = match reply.success() {
                Ok(received) => received,
                Err(failure) => return failure,
            };
            let Some(Value::Array(page)) = json(&received) else {
                return unread("the list could not be read");
            };
            let read = page.len();
            rows.extend(page);
            if rows.len() > LONGEST_LIST {
                return unread("the list has no end");
            }
            if read < ROWS {
                return Reply::Sent(rows);
            }
        }
    }

    /// Ids and dates of change of the tickets that match.
    pub(super) async fn search(
        &self,
        search: &Search,
        sort: u32,
        from: usize,
        rows: usize,
    ) -> Reply<Listed> {
        let mut query = search.0.clone();
        query.extend([
            ("sort".to_owned(), sort.to_string()),
            ("order".to_owned(), "ASC".to_owned()),
            ("range".to_owned(), format!("{from}-{}", from + rows - 1)),
            ("forcedisplay[0]".to_owned(), option::ID.to_string()),
            ("forcedisplay[1]".to_owned(), option::MODIFIED.to_string()),
        ]);
        let reply = self
            .call(Verb::Read, || self.get(&["search", "Ticket"]).query(&query))
            .await;
        reply.and_then(|received| match Listed::read(&received) {
            Some(listed) => Reply::Sent(listed),
            None => unread("the list could not be read"),
        })
    }
}

/// Criteria of GLPI's search engine.
#[derive(Default)]
pub(super) struct Search(Vec<(String, String)>);

impl Search {
    pub(super) fn or(&mut self, option: u32, how: &str, value: &str) {
        self.push("OR", option, how, value);
    }

    pub(super) fn and(&mut self, option: u32, how: &str, value: &str) {
        self.push("AND", option, how, value);
    }

    fn push(&mut self, link: &str, option: u32, how: &str, value: &str) {
        // Each criterion is four pairs.
        let n = self.0.len() / 4;
        let mut pair = |name: &str, value: &str| {
            self.0
                .push((format!("criteria[{n}][{name}]"), value.to_owned()));
        };
        pair("link", link);
        pair("field", &option.to_string());
        pair("searchtype", how);
        pair("value", value);
    }
}

pub(super) struct Listed {
    pub total: usize,
    /// Id and date of change, in GLPI's local time.
    pub rows: Vec<(i64, String)>,
    pub server_time_ms: Option<i64>,
}

impl Listed {
    /// Whole or not at all: a row that is not read would be a ticket that does not exist.
    fn read(received: &Received) -> Option<Listed> {
        let reply = json(received)?;
        let total = usize::try_from(record::whole(reply.get("totalcount")?)?).ok()?;
        let rows = match reply.get("data") {
            Some(Value::Array(rows)) => rows.iter().collect(),
            Some(Value::Object(rows)) => rows.values().collect(),
            Some(_) => return None,
            // An empty page has none, even of a list that is not empty.
            None if reply.get("count").and_then(record::whole) == Some(0) => Vec::new(),
            None => return None,
        };
        let rows: Option<Vec<(i64, String)>> = rows
            .into_iter()
            .map(|row| {
                let id = record::whole(row.get(option::ID.to_string())?)?;
                let modified = row.get(option::MODIFIED.to_string())?.as_str()?;
                record::local_ms(modified)?;
                Some((id, modified.trim().to_owned()))
            })
            .collect();
        Some(Listed {
            total,
            rows: rows?,
            server_time_ms: date(received),
        })
    }
}
