//! The stages of `test` and `check`, in order, each with its time.
//!
//! Invariant: the first failure ends everything with its name and a non-zero code. Cheap stages come first.
//! Every Rust stage asks for the whole workspace, so that Cargo settles one set of features and compiles each
//! dependency once; only the Rust tests add the store's faults, which recompiles our own crates and no other.

use std::time::{Duration, Instant};

use crate::{
    Part, boundaries, setup,
    shell::{Done, command, root, run},
    types, ui_imports,
};

#[derive(Clone, Copy)]
struct Stage {
    name: &'static str,
    run: fn() -> Done,
}

const SYSTEM: Stage = Stage {
    name: "set-up",
    run: setup::all,
};
const NPM: Stage = Stage {
    name: "npm packages",
    run: setup::npm,
};
const FORMAT: Stage = Stage {
    name: "formatting",
    run: || run(command("cargo", &["fmt", "--all", "--check"])),
};
const CRATES: Stage = Stage {
    name: "crate boundaries",
    run: boundaries::check,
};
const IMPORTS: Stage = Stage {
    name: "ui boundaries",
    run: ui_imports::check,
};
const UI_LINT: Stage = Stage {
    name: "Biome and tsc",
    run: || npm("check"),
};
const UI_TEST: Stage = Stage {
    name: "vitest",
    run: || npm("test"),
};
const UI_BUILD: Stage = Stage {
    name: "ui build",
    run: build_ui,
};
const TYPES: Stage = Stage {
    name: "generated types",
    run: types::check,
};
const CLIPPY: Stage = Stage {
    name: "clippy",
    run: || {
        let scope = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--features",
            "tests/bench,tests/desktop,tests/faults,relais/bench",
            "--",
            "-D",
            "warnings",
        ];
        run(command("cargo", &scope))
    },
};
// After the application: the command line's tests run the program.
const RUST: Stage = Stage {
    name: "Rust tests",
    run: || {
        run(command(
            "cargo",
            &["test", "--workspace", "--features", "tests/faults"],
        ))
    },
};
const APPLICATION: Stage = Stage {
    name: "application",
    run: build_application,
};
const DESKTOP: Stage = Stage {
    name: "the real window",
    // One window at a time: two WebKits on two cores make each other late.
    run: || {
        let scope = [
            "test",
            "--workspace",
            "--features",
            "tests/desktop",
            "--test",
            "desktop",
            "--",
            "--test-threads=1",
        ];
        run(command("cargo", &scope))
    },
};

const CHECK: &[Stage] = &[
    SYSTEM, FORMAT, CRATES, IMPORTS, UI_LINT, UI_BUILD, TYPES, CLIPPY,
];

/// Every check that runs no test.
pub fn check() -> Done {
    through(CHECK)
}

/// Every check and every test, or one part of the tests.
pub fn test(part: Option<Part>) -> Done {
    match part {
        None => through(&[CHECK, &[UI_TEST, APPLICATION, RUST, DESKTOP]].concat()),
        Some(Part::Ui) => through(&[NPM, IMPORTS, UI_LINT, UI_TEST]),
        Some(Part::Rust) => through(&[SYSTEM, UI_BUILD, APPLICATION, RUST]),
        Some(Part::Desktop) => through(&[SYSTEM, UI_BUILD, APPLICATION, DESKTOP]),
    }
}

/// What the window shows; the application holds it inside.
pub fn build_ui() -> Done {
    npm("build")
}

/// The program as people receive it, unoptimised.
pub fn build_application() -> Done {
    run(command(
        "cargo",
        &[
            "build",
            "--workspace",
            "--bin",
            "relais",
            "--bin",
            "relais-fenetre",
        ],
    ))
}

fn npm(script: &str) -> Done {
    let mut npm = command("npm", &["run", "--silent", script]);
    npm.current_dir(root().join("ui"));
    run(npm)
}

fn through(stages: &[Stage]) -> Done {
    let mut times = Vec::new();
    let began = Instant::now();
    for Stage { name, run } in stages {
        println!("\n── {name}");
        let began = Instant::now();
        if let Err(sentence) = run() {
            print_times(&times);
            return Err(format!(
                "« {name} » failed after {}\n  {sentence}",
                spell(began.elapsed())
            ));
        }
        times.push((*name, began.elapsed()));
    }
    times.push(("in all", began.elapsed()));
    print_times(&times);
    Ok(())
}

fn print_times(times: &[(&str, Duration)]) {
    println!();
    for (name, time) in times {
        println!("{name:<18} {:>12}", spell(*time));
    }
}

fn spell(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_ends_the_run_and_is_named() {
        const GOOD: Stage = Stage {
            name: "good",
            run: || Ok(()),
        };
        const BAD: Stage = Stage {
            name: "bad",
            run: || Err("no luck".into()),
        };
        const NEVER: Stage = Stage {
            name: "never",
            run: || Err("reached".into()),
        };
        assert!(
            through(&[GOOD, GOOD]).is_ok(),
            "stages that succeed let the next one start"
        );
        let sentence = through(&[GOOD, BAD, NEVER]).unwrap_err();
        assert!(
            sentence.contains("« bad »") && sentence.contains("no luck"),
            "it says which and why: {sentence}"
        );
    }

    #[test]
    fn times_are_read_at_a_glance() {
        assert_eq!(
            spell(Duration::from_millis(1_260)),
            "1.3 s",
            "seconds under a minute"
        );
        assert_eq!(
            spell(Duration::from_secs(725)),
            "12 min 05 s",
            "minutes above"
        );
    }
}
