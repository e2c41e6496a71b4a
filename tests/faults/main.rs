//! Deterministic simulation of the whole way of a dossier: real store, real outbox, real remedy adapter, « plateforme d’essai » on loopback.
//!
//! Each seed is a schedule of network faults, crashes at any write, clock jumps and human acts around a few dossiers, then a calm
//! in which everything must come right. Invariants: every dossier is on the platform exactly once, or never if it was withdrawn; none
//! is lost; « accepté » is said only with the number of a dossier that is there; each attempt is recorded before its call, with the
//! frozen payload. A person's machine is off while it restarts, so a crash is followed by the start-up that follows a crash.
//!
//! `RELAIS_FAULT_SEEDS=n` runs seeds 1 to n (1,000 by default); `RELAIS_FAULT_SEED=s` runs one again. A long run in which some kind of
//! fault never struck fails, and so does a deliberately wrong sender: see [`mutants`].
//!
//! The clock is the test's; the only real time is the adapter's own time-out, kept short.

mod faults;
mod mutants;
mod watch;
mod world;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use faults::{KINDS, Met};
use mutants::Sender;
use world::World;

/// What one seed came to.
struct Outcome {
    line: String,
    met: Met,
    violations: Vec<String>,
}

fn run(seed: u64, sender: Sender) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    runtime.block_on(async {
        let mut world = World::new(seed, sender).await;
        world.storm().await;
        world.calm().await;
        world.outcome()
    })
}

impl World {
    fn outcome(self) -> Outcome {
        let violations = self.violations();
        let met = self.met;
        let faults: Vec<String> = met
            .iter()
            .map(|(kind, times)| {
                if *times > 1 {
                    format!("{kind}×{times}")
                } else {
                    (*kind).to_owned()
                }
            })
            .collect();
        Outcome {
            line: format!(
                "seed {:>4}  {} dossiers, {:>2} passes  {}  [{}]",
                self.seed,
                self.dossiers.len(),
                self.passes,
                if violations.is_empty() { "ok" } else { "WRONG" },
                faults.join(" ")
            ),
            met,
            violations,
        }
    }
}

/// Runs the seeds on every core and gives their outcomes in order.
fn run_all(seeds: &[u64], sender: Sender, print: bool) -> BTreeMap<u64, Outcome> {
    let (next, outcomes) = (AtomicU64::new(0), Mutex::new(BTreeMap::new()));
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::SeqCst) as usize) {
                    let outcome = run(*seed, sender);
                    if print {
                        println!("{}", outcome.line);
                    }
                    outcomes
                        .lock()
                        .expect("no worker panics")
                        .insert(*seed, outcome);
                }
            });
        }
    });
    outcomes.into_inner().expect("no worker panics")
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable}={text} is not a number")),
    )
}

#[test]
fn every_dossier_arrives_exactly_once() {
    let one = number("RELAIS_FAULT_SEED");
    let seeds: Vec<u64> = match one {
        Some(seed) => vec![seed],
        None => (1..=number("RELAIS_FAULT_SEEDS").unwrap_or(1_000)).collect(),
    };
    let outcomes = run_all(&seeds, Sender::Relais, true);
    let mut totals: Met = KINDS.iter().map(|kind| (*kind, 0)).collect();
    let mut wrong = Vec::new();
    for (seed, outcome) in &outcomes {
        for (kind, times) in &outcome.met {
            *totals.entry(kind).or_default() += times;
        }
        for violation in &outcome.violations {
            wrong.push(format!(
                "seed {seed}: {violation}  (RELAIS_FAULT_SEED={seed} runs it again)"
            ));
        }
    }
    println!("{} seeds; faults met:", outcomes.len());
    for (kind, times) in &totals {
        println!("  {times:>6}  {kind}");
    }
    assert!(
        wrong.is_empty(),
        "{} invariants broken:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let never: Vec<&str> = totals
        .iter()
        .filter(|(_, times)| **times == 0)
        .map(|(kind, _)| *kind)
        .collect();
    // A short run cannot meet everything; a long one that does not is a simulation that stopped simulating.
    if seeds.len() >= 200 {
        assert!(
            never.is_empty(),
            "these faults never struck, so the run proves nothing about them: {never:?}"
        );
    }
}

#[test]
fn the_same_seed_meets_the_same_faults() {
    let (first, second) = (run(4, Sender::Relais), run(4, Sender::Relais));
    assert_eq!(
        first.line, second.line,
        "a failure can be replayed from its seed"
    );
}

#[test]
fn a_sender_that_repeats_blindly_is_caught() {
    assert_caught(Sender::Blind);
}

#[test]
fn a_sender_that_does_not_let_the_doubt_settle_is_caught() {
    assert_caught(Sender::Impatient);
}

#[test]
fn a_sender_that_believes_a_page_of_html_is_caught() {
    assert_caught(Sender::Credulous);
}

fn assert_caught(mutant: Sender) {
    let outcomes = run_all(&(1..=60).collect::<Vec<u64>>(), mutant, false);
    let caught = outcomes
        .values()
        .filter(|outcome| !outcome.violations.is_empty())
        .count();
    println!(
        "{mutant:?} is caught by {caught} seeds of {}",
        outcomes.len()
    );
    assert!(
        caught > 0,
        "60 seeds let {mutant:?} pass: the invariants would not notice a real mistake either"
    );
}
