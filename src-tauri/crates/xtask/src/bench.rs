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
    /// An import of 20,000 rows beside a bare prepared statement
    Import,
    /// The first page of a filtered, sorted list
    List,
    /// From a key in the list's filter to painted rows, in the real window
    Filter,
    /// `relais route` and `relais guide` as processes, and the pure functions
    Guide,
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
            "relais-fenetre",
            "--bin",
            "blank",
            "--bin",
            "bench",
        ],
    ))?;
    let program = target().join("release/bench");
    let measured = |what: What| {
        let name = what
            .to_possible_value()
            .map(|value| value.get_name().to_owned());
        run(command(
            &program.to_string_lossy(),
            &[name.unwrap_or_default().as_str()],
        ))
    };
    match what {
        Some(what) => measured(what),
        // All are measured, whichever is over.
        None => What::value_variants()
            .iter()
            .map(|what| measured(*what))
            .fold(Ok(()), Result::and),
    }
}
