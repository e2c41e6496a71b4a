//! What is to be told to the platform, one row per operation, and the only transitions there are.
//!
//! ```text
//! pret ──begin──▶ envoi ──▶ accepte (with the platform's number, or its identity of what was made)
//!  ▲  ◀─postponed──┤ ├────▶ refuse ──reopened──▶ pret, with a corrected payload
//!  │               │ └────▶ incertain ──begin──▶ envoi (the look-up comes before any repeat)
//!  ◀────────────────────absent── incertain (a person saw that nothing had come)
//!  └ withdrawn: retire, from pret and refuse, when no attempt can have reached the platform
//! ```
//! The attempt is committed before the call. Evidence that the platform has the dossier (`accepted`) may come
//! at any moment of a live item; no other step may be skipped. The lane is the ticket on one destination: its oldest
//! live item goes first, and holds back the others of its lane alone. Identity, reference, destination and payload are
//! frozen by trigger, and an unsent row cannot be deleted.

use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, params, params_from_iter};

use crate::{Error, record::record};

record! {
    pub struct OutboxItem in "outbox" key id {
        /// Given by the store, in the order of insertion.
        pub id: i64,
        pub ticket_id: String,
        pub destination_id: String,
        /// "creation", "note", "piece-jointe", "accepter", "refuser" or "annuler".
        pub operation: String,
        /// What it tells of the timeline, or relays from another destination.
        pub event_id: Option<String>,
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
        pub proof_remote_id: Option<String>,
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
    Destination(String),
}

/// By what the platform knows what it has accepted; one of the two at least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proof<'a> {
    pub number: Option<&'a str>,
    pub remote_id: Option<&'a str>,
}

impl<'a> Proof<'a> {
    pub fn number(number: &'a str) -> Proof<'a> {
        Proof {
            number: Some(number),
            remote_id: None,
        }
    }
}

/// Adds an item at « prêt », whatever its state, attempts and id say, and gives its id.
pub fn insert(tx: &Transaction<'_>, item: &OutboxItem) -> Result<i64, Error> {
    tx.prepare_cached(
        "INSERT INTO outbox (ticket_id, destination_id, operation, event_id, identity, reference, payload, \
         payload_version, state, next_try_at_ms, created_at_ms, updated_at_ms) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pret', ?, ?, ?)",
    )?
    .execute(params![
        item.ticket_id,
        item.destination_id,
        item.operation,
        item.event_id,
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
    one(conn, "id", id)
}

/// The operation that came back from a platform under its own identity.
pub fn by_identity(conn: &Connection, identity: &str) -> Result<Option<OutboxItem>, Error> {
    one(conn, "identity", identity)
}

fn one(conn: &Connection, column: &str, value: impl ToSql) -> Result<Option<OutboxItem>, Error> {
    let sql = format!("{} WHERE {column} = ?", OutboxItem::select());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([value], OutboxItem::from_row)
        .optional()?)
}

/// Where a line of the timeline was told, or relayed, in the order it was asked for.
pub fn of_event(conn: &Connection, event_id: &str) -> Result<Vec<OutboxItem>, Error> {
    let sql = format!("{} WHERE event_id = ? ORDER BY id", OutboxItem::select());
    let rows = conn
        .prepare_cached(&sql)?
        .query_map([event_id], OutboxItem::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
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
        OutboxFilter::Destination(destination) => (" WHERE destination_id = ?", Some(destination)),
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

/// No older item of the same ticket on the same destination is still live.
const HEADS_ITS_LANE: &str = "NOT EXISTS (SELECT 1 FROM outbox older WHERE older.ticket_id = outbox.ticket_id \
     AND older.destination_id = outbox.destination_id \
     AND older.id < outbox.id AND older.state NOT IN ('accepte', 'retire'))";

/// What may be tried now on a destination: the oldest live item of each lane, ready or uncertain, whose time has come.
/// Oldest first.
pub fn due(conn: &Connection, destination_id: &str, now_ms: i64) -> Result<Vec<OutboxItem>, Error> {
    let sql = format!(
        "{} WHERE destination_id = ?1 AND state IN ('pret', 'incertain') \
         AND ifnull(next_try_at_ms, ?2) <= ?2 AND {HEADS_ITS_LANE} ORDER BY id",
        OutboxItem::select()
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_map(params![destination_id, now_ms], OutboxItem::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// When something will be due on a destination if nothing else happens: how long the worker may sleep. The past means
/// now.
pub fn next_due_at_ms(conn: &Connection, destination_id: &str) -> Result<Option<i64>, Error> {
    let sql = format!(
        "SELECT min(ifnull(next_try_at_ms, 0)) FROM outbox \
         WHERE destination_id = ? AND state IN ('pret', 'incertain') AND {HEADS_ITS_LANE}"
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([destination_id], |row| row.get(0))?)
}

/// How many items are in each state, on one destination or on all.
pub fn counts(
    conn: &Connection,
    destination_id: Option<&str>,
) -> Result<Vec<(String, u64)>, Error> {
    let condition = match destination_id {
        Some(_) => "WHERE destination_id = ? ",
        None => "",
    };
    let sql =
        format!("SELECT state, count(*) FROM outbox {condition}GROUP BY state ORDER BY state");
    let rows = conn
        .prepare_cached(&sql)?
        .query_map(params_from_iter(destination_id), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
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

/// The platform has it and knows it by this: by its answer, by a look-up, or by the user's own reading.
pub fn accepted(
    tx: &Transaction<'_>,
    id: i64,
    proof: Proof<'_>,
    at_ms: i64,
) -> Result<OutboxItem, Error> {
    let from = &["pret", "envoi", "incertain"];
    step(tx, id, from, "accepte", at_ms, |item| {
        item.maybe_sent = false;
        item.uncertain_since_ms = None;
        item.proof_number = proof.number.map(str::to_owned);
        item.proof_remote_id = proof.remote_id.map(str::to_owned);
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

/// A person knows that it is not there: it is tried again without a look-up.
pub fn absent(tx: &Transaction<'_>, id: i64, at_ms: i64) -> Result<OutboxItem, Error> {
    step(tx, id, &["incertain"], "pret", at_ms, |item| {
        item.doubt(false, at_ms);
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
