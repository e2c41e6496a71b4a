//! What is to be told to the platform, one row per operation, and the only transitions there are.
//!
//! ```text
//! pret ──begin──▶ envoi ──▶ accepte (with the platform's number)
//!  ▲  ◀─postponed──┤ ├────▶ refuse ──reopened──▶ pret, with a corrected payload
//!  │               │ └────▶ incertain ──begin──▶ envoi (the look-up comes before any repeat)
//!  └ withdrawn: retire, from pret and refuse, when no attempt can have reached the platform
//! ```
//! The attempt is committed before the call. Evidence that the platform has the dossier (`accepted`) may come
//! at any moment of a live item; no other step may be skipped. The lane is the ticket: its oldest live item
//! goes first, and holds back the others of its lane alone. Identity, reference and payload are frozen by
//! trigger, and an unsent row cannot be deleted.

use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, params};

use crate::{Error, record::record};

record! {
    pub struct OutboxItem in "outbox" key id {
        /// Given by the store, in the order of insertion.
        pub id: i64,
        pub ticket_id: String,
        /// "creation".
        pub operation: String,
        /// UUIDv7, the same on every try.
        pub identity: String,
        pub reference: String,
        /// JSON, frozen.
        pub payload: String,
        pub payload_version: i64,
        /// "pret", "envoi", "accepte", "refuse", "incertain" or "retire".
        pub state: String,
        pub attempts: i64,
        /// The end of an earlier attempt is unknown: look up before repeating.
        pub maybe_sent: bool,
        pub uncertain_since_ms: Option<i64>,
        /// The last moment known of the last attempt: its end, or its beginning while it lasts or when it was cut.
        pub last_attempt_at_ms: Option<i64>,
        pub next_try_at_ms: Option<i64>,
        pub proof_number: Option<String>,
        pub proof_at_ms: Option<i64>,
        pub reason_code: Option<String>,
        pub reason: Option<String>,
        pub created_at_ms: i64,
        pub updated_at_ms: i64,
    }
}

/// Which items to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OutboxFilter {
    #[default]
    All,
    /// Everything that has not ended: neither accepted nor withdrawn.
    Live,
    State(String),
    Ticket(String),
}

/// Adds an item at « prêt », whatever its state, attempts and id say, and gives its id.
pub fn insert(tx: &Transaction<'_>, item: &OutboxItem) -> Result<i64, Error> {
    tx.prepare_cached(
        "INSERT INTO outbox (ticket_id, operation, identity, reference, payload, payload_version, state, \
         next_try_at_ms, created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?, ?, ?, 'pret', ?, ?, ?)",
    )?
    .execute(params![
        item.ticket_id,
        item.operation,
        item.identity,
        item.reference,
        item.payload,
        item.payload_version,
        item.next_try_at_ms,
        item.created_at_ms,
        item.updated_at_ms,
    ])?;
    Ok(tx.last_insert_rowid())
}

pub fn get(conn: &Connection, id: i64) -> Result<Option<OutboxItem>, Error> {
    let sql = format!("{} WHERE id = ?", OutboxItem::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id], OutboxItem::from_row)
        .optional()?)
}

/// Oldest first.
pub fn list(conn: &Connection, filter: &OutboxFilter) -> Result<Vec<OutboxItem>, Error> {
    let (condition, argument): (&str, Option<&str>) = match filter {
        OutboxFilter::All => ("", None),
        OutboxFilter::Live => (
            " WHERE state IN ('pret', 'envoi', 'refuse', 'incertain')",
            None,
        ),
        OutboxFilter::State(state) => (" WHERE state = ?", Some(state)),
        OutboxFilter::Ticket(ticket) => (" WHERE ticket_id = ?", Some(ticket)),
    };
    let sql = format!("{}{condition} ORDER BY id", OutboxItem::select());
    let arguments: Vec<&dyn ToSql> = argument.iter().map(|text| text as &dyn ToSql).collect();
    let rows = conn
        .prepare_cached(&sql)?
        .query_map(arguments.as_slice(), OutboxItem::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The latest arrivals first.
pub fn arrived(conn: &Connection, limit: u64) -> Result<Vec<OutboxItem>, Error> {
    let sql = format!(
        "{} WHERE state = 'accepte' ORDER BY id DESC LIMIT ?",
        OutboxItem::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([limit], OutboxItem::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// No older item of the same ticket is still live.
const HEADS_ITS_LANE: &str = "NOT EXISTS (SELECT 1 FROM outbox older WHERE older.ticket_id = outbox.ticket_id \
     AND older.id < outbox.id AND older.state NOT IN ('accepte', 'retire'))";

/// What may be tried now: the oldest live item of each lane, ready or uncertain, whose time has come. Oldest first.
pub fn due(conn: &Connection, now_ms: i64) -> Result<Vec<OutboxItem>, Error> {
    let sql = format!(
        "{} WHERE state IN ('pret', 'incertain') AND ifnull(next_try_at_ms, ?1) <= ?1 \
         AND {HEADS_ITS_LANE} ORDER BY id",
        OutboxItem::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([now_ms], OutboxItem::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// When something will be due if nothing else happens: how long the worker may sleep. The past means now.
pub fn next_due_at_ms(conn: &Connection) -> Result<Option<i64>, Error> {
    let sql = format!(
        "SELECT min(ifnull(next_try_at_ms, 0)) FROM outbox \
         WHERE state IN ('pret', 'incertain') AND {HEADS_ITS_LANE}"
    );
    Ok(conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// How many items are in each state.
pub fn counts(conn: &Connection) -> Result<Vec<(String, u64)>, Error> {
    let rows = conn
        .prepare_cached("SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Records the attempt; commit it **before** the call. Only the head of its lane may be tried.
pub fn begin_attempt(tx: &Transaction<'_>, id: i64, now_ms: i64) -> Result<OutboxItem, Error> {
    let heads_its_lane: bool = tx
        .prepare_cached(&format!("SELECT {HEADS_ITS_LANE} FROM outbox WHERE id = ?"))?
        .query_row([id], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("outbox", id))?;
    let from: &[&str] = if heads_its_lane {
        &["pret", "incertain"]
    } else {
        &[]
    };
    step(tx, id, from, "envoi", now_ms, |item| {
        item.attempts += 1;
        item.last_attempt_at_ms = Some(now_ms);
        item.next_try_at_ms = None;
    })
}

/// The platform has it under this number: by its answer, by a look-up, or by the user's own reading.
pub fn accepted(
    tx: &Transaction<'_>,
    id: i64,
    number: &str,
    at_ms: i64,
) -> Result<OutboxItem, Error> {
    let from = &["pret", "envoi", "incertain"];
    step(tx, id, from, "accepte", at_ms, |item| {
        item.maybe_sent = false;
        item.uncertain_since_ms = None;
        item.proof_number = Some(number.to_owned());
        item.proof_at_ms = Some(at_ms);
    })
}

/// The platform said no: the lane is wedged until a person corrects or withdraws it.
pub fn refused(
    tx: &Transaction<'_>,
    id: i64,
    reason_code: &str,
    reason: &str,
    at_ms: i64,
) -> Result<OutboxItem, Error> {
    step(tx, id, &["envoi"], "refuse", at_ms, |item| {
        item.because(reason_code, reason);
    })
}

/// Sent, and no answer: it may be there. The first time is kept.
pub fn uncertain(
    tx: &Transaction<'_>,
    id: i64,
    reason_code: &str,
    reason: &str,
    next_try_at_ms: Option<i64>,
    at_ms: i64,
) -> Result<OutboxItem, Error> {
    step(tx, id, &["envoi"], "incertain", at_ms, |item| {
        item.doubt(true, at_ms);
        item.next_try_at_ms = next_try_at_ms;
        item.because(reason_code, reason);
    })
}

/// Not now (no network, a busy server, a login to give): back to « prêt » until then. `maybe_sent` says
/// whether an earlier attempt may still have reached the platform.
pub fn postponed(
    tx: &Transaction<'_>,
    id: i64,
    reason_code: &str,
    reason: &str,
    next_try_at_ms: Option<i64>,
    maybe_sent: bool,
    at_ms: i64,
) -> Result<OutboxItem, Error> {
    step(tx, id, &["envoi"], "pret", at_ms, |item| {
        item.doubt(maybe_sent, at_ms);
        item.next_try_at_ms = next_try_at_ms;
        item.because(reason_code, reason);
    })
}

/// Another time to look or to try, without an attempt: asked by the user, or after a look-up that settled
/// nothing. `from_now` makes the doubt's age count from now, for an attempt the clock puts in the future.
pub fn rescheduled(
    tx: &Transaction<'_>,
    id: i64,
    next_try_at_ms: Option<i64>,
    from_now: bool,
    at_ms: i64,
) -> Result<OutboxItem, Error> {
    let item = get(tx, id)?.ok_or_else(|| Error::not_found("outbox", id))?;
    let (from, to): (&[&str], _) = match item.state.as_str() {
        "incertain" => (&["incertain"], "incertain"),
        _ => (&["pret"], "pret"),
    };
    let (code, reason) = (item.reason_code, item.reason);
    step(tx, id, from, to, at_ms, |item| {
        item.next_try_at_ms = next_try_at_ms;
        item.reason_code = code;
        item.reason = reason;
        if from_now {
            item.last_attempt_at_ms = Some(at_ms);
        }
    })
}

/// The user gives it up: refused, or ready with no attempt that may have reached the platform. Otherwise the
/// platform is asked first.
pub fn withdrawn(tx: &Transaction<'_>, id: i64, at_ms: i64) -> Result<OutboxItem, Error> {
    let doubtful = get(tx, id)?.is_some_and(|item| item.maybe_sent);
    let from: &[&str] = if doubtful {
        &["refuse"]
    } else {
        &["pret", "refuse"]
    };
    step(tx, id, from, "retire", at_ms, |_| {})
}

/// A refused item goes again with a corrected payload, under the same identity.
pub fn reopened(
    tx: &Transaction<'_>,
    id: i64,
    payload: &str,
    payload_version: i64,
    at_ms: i64,
) -> Result<OutboxItem, Error> {
    step(tx, id, &["refuse"], "pret", at_ms, |item| {
        item.payload = payload.to_owned();
        item.payload_version = payload_version;
    })
}

impl OutboxItem {
    fn because(&mut self, code: &str, reason: &str) {
        self.reason_code = Some(code.to_owned());
        self.reason = Some(reason.to_owned());
    }

    /// The doubt ages from the end of the call: a computer that slept through it, or a clock set right
    /// meanwhile, would make its beginning look old.
    fn doubt(&mut self, maybe_sent: bool, at_ms: i64) {
        self.maybe_sent = maybe_sent;
        if maybe_sent {
            self.last_attempt_at_ms = Some(at_ms);
        }
        self.uncertain_since_ms = maybe_sent.then(|| self.uncertain_since_ms.unwrap_or(at_ms));
    }
}

/// One transition: from one of these states, or an error and no change. The reason and the time of the next
/// try belong to the state that ends, unless the change sets them again.
fn step(
    tx: &Transaction<'_>,
    id: i64,
    from: &[&str],
    to: &'static str,
    at_ms: i64,
    change: impl FnOnce(&mut OutboxItem),
) -> Result<OutboxItem, Error> {
    let mut item = get(tx, id)?.ok_or_else(|| Error::not_found("outbox", id))?;
    if !from.contains(&item.state.as_str()) {
        return Err(Error::Transition {
            id,
            from: item.state,
            to,
        });
    }
    item.state = to.to_owned();
    item.next_try_at_ms = None;
    item.reason_code = None;
    item.reason = None;
    change(&mut item);
    item.updated_at_ms = at_ms;
    item.upsert_row(tx)?;
    Ok(item)
}

/// At start-up: whatever was being sent when the program died may have arrived. Gives the number of items.
pub fn recover(tx: &Transaction<'_>, now_ms: i64) -> Result<usize, Error> {
    Ok(tx
        .prepare_cached(
            "UPDATE outbox SET state = 'incertain', maybe_sent = 1, \
             uncertain_since_ms = ifnull(uncertain_since_ms, ?1), next_try_at_ms = NULL, \
             reason_code = 'interrompu', reason = NULL, updated_at_ms = ?1 WHERE state = 'envoi'",
        )?
        .execute([now_ms])?)
}
