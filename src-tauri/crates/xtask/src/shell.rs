//! Running other programs from the root of the repository.
//!
//! Invariant: a failed program is an error that quotes the command, ready to be typed again. Loopback never
//! goes through a proxy: the tests, WebDriver and the sandbox all live there, often behind a school's proxy.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What went wrong, in one sentence for a developer.
pub type Done<T = ()> = Result<T, String>;

/// The root of the repository.
pub fn root() -> &'static Path {
    // src-tauri/crates/xtask → the root is three folders up.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .unwrap_or(Path::new("."))
}

/// The folder of everything that is built.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program with its arguments, started at the root.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    // Cargo by the path that runs us, so that a toolchain chosen with `cargo +x` is kept.
    let program = if program == "cargo" {
        env!("CARGO")
    } else {
        program
    };
    let mut command = Command::new(program);
    let bypass = match std::env::var("NO_PROXY").or_else(|_| std::env::var("no_proxy")) {
        Ok(others) if !others.is_empty() => format!("{others},127.0.0.1,localhost"),
        _ => "127.0.0.1,localhost".into(),
    };
    command
        .args(arguments)
        .current_dir(root())
        .env("NO_PROXY", &bypass)
        .env("no_proxy", &bypass);
    command
}

/// Runs to the end, with the terminal as its output.
pub fn run(mut command: Command) -> Done {
    let line = spell(&command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status})")),
        Err(cause) => Err(format!("`{line}` could not start: {cause}")),
    }
}

/// Runs to the end and gives what it printed.
pub fn output(mut command: Command) -> Done<String> {
    let line = spell(&command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|cause| format!("`{line}` could not start: {cause}"))?;
    if !output.status.success() {
        return Err(format!("`{line}` failed ({})", output.status));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| format!("`{line}` printed something that is not text"))
}

/// Succeeds when a check found no fault, and otherwise gives them all.
pub fn none(faults: Vec<String>) -> Done {
    if faults.is_empty() {
        return Ok(());
    }
    Err(faults.join("\n  "))
}

/// The command as a person would type it.
fn spell(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![
        program
            .file_name()
            .unwrap_or(command.get_program())
            .to_string_lossy()
            .into_owned(),
    ];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
