//! Measures, in release, beside something bare in the same run: `cargo xtask bench`.
//!
//! Invariant: a figure is never printed alone. The two things compared take turns in one run, so that a slow
//! minute of the machine falls on both; over the limit, the program ends with 1. Nothing in the product
//! exists for it. The collège measured is invented once from a seed and kept under `target/bench`.

mod college;
mod filter;
mod guide;
mod ink;
mod register;
mod search;
mod start;

use std::{process::ExitCode, time::Duration};

fn main() -> ExitCode {
    let within = match std::env::args().nth(1).as_deref() {
        Some("search") => search::measure(),
        Some("import") => register::import(),
        Some("list") => register::page(),
        Some("filter") => filter::measure(),
        Some("guide") => guide::measure(),
        Some("start") => start::measure(),
        _ => {
            eprintln!(
                "bench search | import | list | filter | guide | start, through `cargo xtask bench`"
            );
            return ExitCode::from(2);
        }
    };
    if within {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The value that as many are below as above.
fn median(values: &mut [f64]) -> f64 {
    quantile(values, 0.5)
}

fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values[(part * last as f64).round() as usize]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Says whether a figure keeps to its limit.
fn verdict(what: &str, found: f64, limit: f64, unit: &str) -> bool {
    let within = found <= limit;
    let word = if within { "within" } else { "OVER" };
    println!("{what:<34} {found:>9.2} {unit:<3} {word} the limit of {limit} {unit}");
    within
}
