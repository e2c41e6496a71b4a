//! `cargo xtask …`: everything a developer asks of this repository, in one place.
//!
//! Invariant: each task prepares what it needs, says what it does, and stops at the first failure with the
//! command that repeats it. Left out on purpose: packaging, and anything that `cargo` or `npm` alone says as
//! well.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod bench;
mod boundaries;
mod setup;
mod shell;
mod stages;
mod types;
mod ui_imports;
mod window;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

#[derive(Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    about = "Build, open, check and test Relais",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, and open the application (without a display: a filmed tour in target/tour/)
    Run {
        /// Arguments for the application: `--data DIR`, or a headless command
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Install what is missing and run every test, or one part of them
    Test { part: Option<Part> },
    /// Formatting, boundaries between crates and folders, generated types, lints
    Check,
    /// Write what is generated from Rust types: ui/src/wire/ and assets/pack/schemas/
    Types,
    /// Measure in release: search over 100,000 dossiers, start-up beside a blank window, or both
    Bench { what: Option<bench::What> },
    /// Photograph each screen of the real window into target/screens/
    Screens,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Every Rust test but the window's
    Rust,
    /// TypeScript: Biome, tsc, vitest
    Ui,
    /// The real window under Xvfb
    Desktop,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Run { arguments } => window::run_or_film(&arguments),
        Task::Test { part } => stages::test(part),
        Task::Check => stages::check(),
        Task::Types => types::write(),
        Task::Bench { what } => bench::measure(what),
        Task::Screens => window::screens(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\ncargo xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
