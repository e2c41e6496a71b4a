//! The measures of `tests/bench`, built in release and run.
//!
//! Invariant: what is measured is the product as people receive it; the blank window and the measuring
//! program are built beside it in the same call, with the same settings.

use clap::ValueEnum;

use crate::{
    setup,
    shell::{Done, command, run, target},
    stages::build_ui,
};

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The store's search beside bare SQLite
    Search,
    /// From exec to a painted Accueil, beside a blank window
    Start,
}

/// Builds, then measures; over a limit is a failure.
pub fn measure(what: Option<What>) -> Done {
    setup::all()?;
    build_ui()?;
    run(command(
        "cargo",
        &[
            "build",
            "--release",
            "--workspace",
            "--features",
            "relais/bench,tests/bench",
            "--bin",
            "relais",
            "--bin",
            "blank",
            "--bin",
            "bench",
        ],
    ))?;
    let program = target().join("release/bench");
    let measured = |name| run(command(&program.to_string_lossy(), &[name]));
    match what {
        Some(What::Search) => measured("search"),
        Some(What::Start) => measured("start"),
        // Both are measured, whichever is over.
        None => {
            let search = measured("search");
            measured("start").and(search)
        }
    }
}
