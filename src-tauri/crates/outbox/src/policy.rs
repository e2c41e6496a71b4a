//! When to try, when to wait: pure arithmetic on an item's times.
//!
//! Invariant: times are compared with a clock that may be set wrong at any moment. A clock that went back never makes an item wait
//! longer than it was meant to, and never shortens the wait that protects against a double.

use std::time::Duration;

use rand::{Rng, RngExt};
use store::outbox::OutboxItem;

/// Counted from the last moment known of an attempt, at worst its start: the platform works on a call for 120 s at most (`X-AR-Timeout`), after a call of ours that
/// lasts [`platform::LONGEST_CALL`] at most. Later than this, « not found » means « not there ».
pub const SETTLE_MS: i64 = 120_000 + platform::LONGEST_CALL.as_millis() as i64;
/// Between two tries to reach a platform that cannot be reached.
pub const OFFLINE_MS: i64 = 60_000;
const FIRST_WAIT_MS: i64 = 5_000;
const LONGEST_WAIT_MS: i64 = 15 * 60_000;
/// A `Retry-After` beyond this is a mistake of the gateway's.
const LONGEST_RETRY_AFTER_MS: i64 = 60 * 60_000;

/// Doubles from five seconds to a quarter of an hour; the jitter keeps sixty collèges from coming back in the same second.
pub fn backoff(attempts: i64, rng: &mut (impl Rng + ?Sized)) -> i64 {
    let doublings = attempts.clamp(1, 16) - 1;
    let longest = (FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS);
    rng.random_range(longest / 2..=longest)
}

/// The platform's own wish when it has one, and never sooner than ours.
pub(crate) fn wait_ms(
    retry_after: Option<Duration>,
    attempts: i64,
    rng: &mut (impl Rng + ?Sized),
) -> i64 {
    let wished = retry_after
        .map_or(0, |wish| {
            i64::try_from(wish.as_millis()).unwrap_or(i64::MAX)
        })
        .min(LONGEST_RETRY_AFTER_MS);
    backoff(attempts, rng).max(wished)
}

/// An item is due at its time, and at once when the clock now stands before the moment its time was chosen.
pub(crate) fn is_due(item: &OutboxItem, now_ms: i64) -> bool {
    match item.next_try_at_ms {
        None => true,
        Some(at) => now_ms >= at || now_ms < item.updated_at_ms,
    }
}

/// How far the doubt about an earlier attempt has aged.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Nothing of that attempt can still arrive: « not found » means « not there ».
    Settled,
    Until(i64),
    /// The clock stands before the attempt: its age is unknown and is counted from now on.
    Restart,
}

pub(crate) fn doubt(item: &OutboxItem, now_ms: i64) -> Doubt {
    let since = item.last_attempt_at_ms.unwrap_or(now_ms);
    let age = now_ms.saturating_sub(since);
    if age < 0 {
        Doubt::Restart
    } else if age >= SETTLE_MS {
        Doubt::Settled
    } else {
        Doubt::Until(since.saturating_add(SETTLE_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    fn attempted(at: i64) -> OutboxItem {
        OutboxItem {
            last_attempt_at_ms: Some(at),
            ..OutboxItem::default()
        }
    }

    #[test]
    fn a_doubt_settles_after_its_time_and_restarts_when_the_clock_went_back() {
        let item = attempted(1_000_000);
        assert_eq!(
            doubt(&item, 1_000_000 + SETTLE_MS - 1),
            Doubt::Until(1_000_000 + SETTLE_MS),
            "the platform may still be at work"
        );
        assert_eq!(
            doubt(&item, 1_000_000 + SETTLE_MS),
            Doubt::Settled,
            "not any more"
        );
        assert_eq!(
            doubt(&item, 999_999),
            Doubt::Restart,
            "an attempt of the future has no age"
        );
    }

    #[test]
    fn the_first_wait_is_short() {
        let mut rng = StdRng::seed_from_u64(1);
        assert!(
            backoff(1, &mut rng) <= 5_000,
            "a first failure is retried within seconds"
        );
    }

    proptest! {
        #[test]
        fn the_wait_grows_is_capped_and_honours_the_platform(attempts in 0_i64..100, seed: u64, wish in 0_u64..10_000_000) {
            let mut rng = StdRng::seed_from_u64(seed);
            let wait = backoff(attempts, &mut rng);
            prop_assert!((FIRST_WAIT_MS / 2..=LONGEST_WAIT_MS).contains(&wait), "{} ms is neither a hammer nor a desertion", wait);
            let wished = wait_ms(Some(Duration::from_secs(wish)), attempts, &mut rng);
            let honoured = i64::try_from(wish * 1000).unwrap().min(LONGEST_RETRY_AFTER_MS);
            prop_assert!(wished >= honoured, "{} ms is sooner than the platform asked ({} ms)", wished, honoured);
        }

        #[test]
        fn no_clock_makes_an_item_wait_longer_than_it_was_meant_to(planned in 0_i64..4_000_000_000_000, wait in 0_i64..LONGEST_RETRY_AFTER_MS, jump in -4_000_000_000_000_i64..4_000_000_000_000) {
            let item = OutboxItem { updated_at_ms: planned, next_try_at_ms: Some(planned + wait), ..OutboxItem::default() };
            let now = planned + jump;
            // Whatever the clock says now, one full wait later the item is due.
            prop_assert!(is_due(&item, now) || is_due(&item, now + wait), "stuck at {} for a wait of {} ms", now, wait);
        }
    }
}
