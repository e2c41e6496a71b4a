//! The states of an outbox item: lanes, recovery, and that nothing illegal can happen.

use proptest::prelude::*;
use store::{
    Error, Transaction,
    destination::{self, PRINCIPAL},
    outbox::{self, OutboxFilter, OutboxItem, Proof},
    ticket,
};

use crate::{Folder, destinations::other, item, ticket};

fn queue(folder: &Folder, tickets: &[&str]) -> Vec<i64> {
    folder.write(|tx| {
        let mut ids = Vec::new();
        for (number, id) in tickets.iter().enumerate() {
            if ticket::get(tx, id)?.is_none() {
                ticket::insert(tx, &ticket(id, "bourrage", 1_000))?;
            }
            ids.push(outbox::insert(
                tx,
                &item(id, &format!("identity-{number}")),
            )?);
        }
        Ok(ids)
    })
}

fn due(folder: &Folder, now_ms: i64) -> Vec<i64> {
    folder.read(|conn| {
        Ok(outbox::due(conn, PRINCIPAL, now_ms)?
            .iter()
            .map(|item| item.id)
            .collect())
    })
}

#[test]
fn a_dossier_leaves_and_its_number_is_the_proof() {
    let folder = Folder::new();
    let ids = queue(&folder, &["t1"]);
    assert_eq!(due(&folder, 5_000), ids, "ready means now");
    let sending = folder.write(|tx| outbox::begin_attempt(tx, ids[0], 5_000));
    assert_eq!(
        (
            sending.state.as_str(),
            sending.attempts,
            sending.last_attempt_at_ms
        ),
        ("envoi", 1, Some(5_000)),
        "the attempt is recorded before the call"
    );
    assert_eq!(
        due(&folder, 5_000),
        [0; 0],
        "what is being sent is not sent twice"
    );
    let done =
        folder.write(|tx| outbox::accepted(tx, ids[0], Proof::number("INC000000481223"), 6_000));
    assert_eq!(
        done.proof_number.as_deref(),
        Some("INC000000481223"),
        "accepted carries the number"
    );
    assert_eq!(
        folder.read(|conn| outbox::arrived(conn, 9)),
        [done],
        "it is among the arrivals"
    );
    let live = folder.read(|conn| outbox::list(conn, &OutboxFilter::Live));
    assert!(live.is_empty(), "nothing is left to do");
}

#[test]
fn after_a_crash_the_end_of_an_attempt_is_unknown() {
    let folder = Folder::new();
    let ids = queue(&folder, &["t1", "t2"]);
    folder.write(|tx| outbox::begin_attempt(tx, ids[0], 5_000));
    let recovered = folder.write(|tx| outbox::recover(tx, 9_000));
    assert_eq!(recovered, 1, "only the item that was being sent");
    let found = folder.read(|conn| outbox::get(conn, ids[0])).unwrap();
    assert_eq!(
        (
            found.state.as_str(),
            found.maybe_sent,
            found.uncertain_since_ms
        ),
        ("incertain", true, Some(9_000)),
        "it may be there"
    );
    assert_eq!(
        due(&folder, 9_000),
        ids,
        "it is due for a look-up, and the other lane is free"
    );
    let again = folder.write(|tx| outbox::begin_attempt(tx, ids[0], 9_500));
    assert!(
        again.maybe_sent,
        "the next attempt knows it must look first"
    );
    assert_eq!(again.attempts, 2, "and counts");
}

#[test]
fn a_wedged_lane_blocks_no_other() {
    let folder = Folder::new();
    let ids = queue(&folder, &["t1", "t1", "t2", "t3"]);
    assert_eq!(
        due(&folder, 5_000),
        [ids[0], ids[2], ids[3]],
        "one head per lane, oldest first"
    );
    folder.write(|tx| {
        outbox::begin_attempt(tx, ids[0], 5_000)?;
        outbox::refused(
            tx,
            ids[0],
            "champ-obligatoire",
            "Service_Type is required",
            5_100,
        )?;
        outbox::begin_attempt(tx, ids[2], 5_000)?;
        outbox::uncertain(tx, ids[2], "sans-reponse", "time-out", Some(8_000), 5_100)
    });
    assert_eq!(
        due(&folder, 6_000),
        [ids[3]],
        "refused and not-yet-due uncertain heads hold their lanes alone"
    );
    let second = folder
        .store
        .write(|tx| outbox::begin_attempt(tx, ids[1], 6_000));
    assert!(
        matches!(second, Err(Error::Transition { .. })),
        "nobody overtakes in a lane: {second:?}"
    );
    assert_eq!(
        due(&folder, 8_000),
        [ids[2], ids[3]],
        "the uncertain one comes back in its time"
    );

    folder.write(|tx| outbox::reopened(tx, ids[0], "{\"title\":\"corrigé\"}", 1, 8_100));
    let corrected = folder.read(|conn| outbox::get(conn, ids[0])).unwrap();
    assert_eq!(
        (corrected.state.as_str(), corrected.identity.as_str()),
        ("pret", "identity-0"),
        "corrected under the same identity"
    );
    folder.write(|tx| outbox::withdrawn(tx, ids[0], 8_200));
    assert_eq!(
        due(&folder, 8_200),
        [ids[1], ids[2], ids[3]],
        "withdrawing frees the lane"
    );
}

#[test]
fn the_worker_knows_how_long_it_may_sleep() {
    let folder = Folder::new();
    let next = || folder.read(|conn| outbox::next_due_at_ms(conn, PRINCIPAL));
    assert_eq!(next(), None, "nothing to wait for");
    let ids = queue(&folder, &["t1", "t2"]);
    assert_eq!(next(), Some(0), "something is ready now");
    for (id, at_ms) in [(ids[0], 9_000), (ids[1], 7_000)] {
        folder.write(|tx| {
            outbox::begin_attempt(tx, id, 5_000)?;
            outbox::postponed(tx, id, "hors-ligne", "no route", Some(at_ms), false, 5_000)
        });
    }
    assert_eq!(next(), Some(7_000), "the soonest");
    assert_eq!(due(&folder, 7_000), [ids[1]], "and then it is due");
}

#[test]
fn the_database_itself_guards_what_is_frozen_and_unsent() {
    let folder = Folder::new();
    let ids = queue(&folder, &["t1"]);
    for (sql, why) in [
        ("DELETE FROM outbox", "an unsent item is never dropped"),
        ("UPDATE outbox SET payload = '{}'", "a payload is frozen"),
        (
            "UPDATE outbox SET identity = 'other'",
            "an identity is frozen",
        ),
        (
            "UPDATE outbox SET state = 'accepte'",
            "accepted needs a number",
        ),
    ] {
        let result: Result<usize, Error> = folder.store.write(|tx| Ok(tx.execute(sql, [])?));
        assert!(
            matches!(result, Err(Error::Constraint(_))),
            "{why}: {result:?}"
        );
    }
    folder.write(|tx| {
        outbox::begin_attempt(tx, ids[0], 1)?;
        outbox::postponed(tx, ids[0], "sans-reponse", "", None, true, 1)
    });
    let given_up = folder.store.write(|tx| outbox::withdrawn(tx, ids[0], 2));
    assert!(
        matches!(given_up, Err(Error::Transition { .. })),
        "what may be there is looked up before it is given up"
    );
}

#[derive(Clone, Debug)]
enum Act {
    Begin(usize),
    Accept(usize),
    Refuse(usize),
    Doubt(usize, Option<i64>),
    Postpone(usize, Option<i64>, bool),
    Reschedule(usize, Option<i64>, bool),
    Withdraw(usize),
    Reopen(usize),
    Absent(usize),
    Recover,
    Wait(i64),
}

fn act() -> impl Strategy<Value = Act> {
    let which = 0..6usize;
    let later = prop::option::of(0..2_000i64);
    prop_oneof![
        3 => which.clone().prop_map(Act::Begin),
        1 => which.clone().prop_map(Act::Accept),
        1 => which.clone().prop_map(Act::Refuse),
        1 => (which.clone(), later.clone()).prop_map(|(id, at)| Act::Doubt(id, at)),
        1 => (which.clone(), later, any::<bool>()).prop_map(|(id, at, sent)| Act::Postpone(id, at, sent)),
        1 => (which.clone(), prop::option::of(0..2_000i64), any::<bool>()).prop_map(|(id, at, anew)| Act::Reschedule(id, at, anew)),
        1 => which.clone().prop_map(Act::Withdraw),
        1 => which.clone().prop_map(Act::Reopen),
        1 => which.prop_map(Act::Absent),
        1 => Just(Act::Recover),
        1 => (0..500i64).prop_map(Act::Wait),
    ]
}

/// What each act may start from, in words independent of the code under test.
fn allowed(act: &Act, item: &OutboxItem, heads: bool) -> bool {
    let state = item.state.as_str();
    match act {
        Act::Begin(_) => heads && matches!(state, "pret" | "incertain"),
        Act::Accept(_) => matches!(state, "pret" | "envoi" | "incertain"),
        Act::Reschedule(..) => matches!(state, "pret" | "incertain"),
        Act::Refuse(_) | Act::Doubt(..) | Act::Postpone(..) => state == "envoi",
        Act::Withdraw(_) => state == "refuse" || (state == "pret" && !item.maybe_sent),
        Act::Reopen(_) => state == "refuse",
        Act::Absent(_) => state == "incertain",
        Act::Recover | Act::Wait(_) => true,
    }
}

fn run(tx: &Transaction<'_>, act: &Act, ids: &[i64], now_ms: i64) -> Result<(), Error> {
    match *act {
        Act::Begin(at) => outbox::begin_attempt(tx, ids[at], now_ms).map(|_| ()),
        Act::Accept(at) => outbox::accepted(tx, ids[at], Proof::number("INC1"), now_ms).map(|_| ()),
        Act::Refuse(at) => outbox::refused(tx, ids[at], "non", "no", now_ms).map(|_| ()),
        Act::Doubt(at, next) => {
            outbox::uncertain(tx, ids[at], "muet", "", next, now_ms).map(|_| ())
        }
        Act::Postpone(at, next, sent) => {
            outbox::postponed(tx, ids[at], "plus-tard", "", next, sent, now_ms).map(|_| ())
        }
        Act::Reschedule(at, next, anew) => {
            outbox::rescheduled(tx, ids[at], next, anew, now_ms).map(|_| ())
        }
        Act::Withdraw(at) => outbox::withdrawn(tx, ids[at], now_ms).map(|_| ()),
        Act::Reopen(at) => outbox::reopened(tx, ids[at], "{\"v\":2}", 1, now_ms).map(|_| ()),
        Act::Absent(at) => outbox::absent(tx, ids[at], now_ms).map(|_| ()),
        Act::Recover => outbox::recover(tx, now_ms).map(|_| ()),
        Act::Wait(_) => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_outbox_stays_lawful(acts in prop::collection::vec(act(), 1..40)) {
        let folder = Folder::new();
        // Three lanes of two: two dossiers on one destination, and one of them on another.
        let mut ids = queue(&folder, &["t1", "t1", "t2", "t2"]);
        ids.extend(folder.write(|tx| {
            destination::put(tx, &other())?;
            ["i5", "i6"].map(|identity| {
                let there = OutboxItem { destination_id: other().id, ..item("t1", identity) };
                outbox::insert(tx, &there)
            }).into_iter().collect::<Result<Vec<_>, _>>()
        }));
        let all = || folder.read(|conn| outbox::list(conn, &OutboxFilter::All));
        let live = |item: &OutboxItem| !matches!(item.state.as_str(), "accepte" | "retire");
        let mut now_ms = 1_000;
        for act in acts {
            if let Act::Wait(more) = act { now_ms += more; }
            let before = all();
            let at = match act {
                Act::Begin(at) | Act::Accept(at) | Act::Refuse(at) | Act::Doubt(at, _)
                | Act::Postpone(at, ..) | Act::Reschedule(at, ..) | Act::Withdraw(at) | Act::Reopen(at)
                | Act::Absent(at) => at,
                Act::Recover | Act::Wait(_) => 0,
            };
            let lane = |one: &OutboxItem| (one.ticket_id.clone(), one.destination_id.clone());
            let heads = !before.iter().any(|other| {
                lane(other) == lane(&before[at]) && other.id < before[at].id && live(other)
            });
            let lawful = allowed(&act, &before[at], heads);
            let result = folder.store.write(|tx| run(tx, &act, &ids, now_ms));
            prop_assert_eq!(result.is_ok(), lawful, "{:?} on {:?}: {:?}", act, before[at], result);
            let after = all();
            if !lawful {
                prop_assert_eq!(&after, &before, "an illegal act changes nothing");
            }
            for (old, new) in before.iter().zip(&after) {
                prop_assert_eq!((&old.identity, lane(old), old.id), (&new.identity, lane(new), new.id), "identity is frozen");
                prop_assert!(new.attempts >= old.attempts, "attempts are never forgotten");
                prop_assert!(live(old) || old == new, "what has ended does not move");
                prop_assert!(new.state != "accepte" || new.proof_number.is_some(), "accepted means a number");
                prop_assert!(new.state != "incertain" || (new.maybe_sent && new.uncertain_since_ms.is_some()), "uncertain means maybe sent, since when");
                prop_assert!(new.payload == old.payload || old.state == "refuse", "a payload changes after a refusal only");
            }
            for destination in [PRINCIPAL, "collectivite"] {
                let due: Vec<i64> = folder.read(|conn| outbox::due(conn, destination, now_ms)).iter().map(|item| item.id).collect();
                let expected: Vec<i64> = after.iter().filter(|item| {
                    let head = after.iter().find(|other| lane(other) == lane(item) && live(other));
                    item.destination_id == destination
                        && head.is_some_and(|head| head.id == item.id)
                        && matches!(item.state.as_str(), "pret" | "incertain")
                        && item.next_try_at_ms.is_none_or(|at| at <= now_ms)
                }).map(|item| item.id).collect();
                prop_assert_eq!(due, expected, "due is the ready head of each lane of {}", destination);
            }
        }
    }
}
