//! `relais`: the command line, and the door to the window.
//!
//! Invariant: with a command nothing graphical is loaded; without one, this process becomes the window's program, which stands beside
//! it. Left out on purpose: the window (`fenetre.rs`).

use std::process::{Command, ExitCode};

use shell::{Start, warn};

fn main() -> ExitCode {
    match Start::from_arguments() {
        Ok(start) => start.answer().unwrap_or_else(open_window),
        Err(ended) => ended,
    }
}

fn open_window() -> ExitCode {
    let beside = std::env::current_exe().map(|program| {
        program.with_file_name(format!("relais-fenetre{}", std::env::consts::EXE_SUFFIX))
    });
    let ended = beside.and_then(|program| become_program(Command::new(program)));
    match ended {
        Ok(code) => code,
        Err(error) => {
            warn(&format!(
                "La fenêtre de Relais ne s’ouvre pas : son programme, relais-fenetre, devrait se trouver à côté de relais ({error})."
            ));
            ExitCode::FAILURE
        }
    }
}

/// The window takes the place of this process, with its number, its arguments and its surroundings.
#[cfg(unix)]
fn become_program(mut program: Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(program.args(std::env::args_os().skip(1)).exec())
}

/// Where a process cannot become another, the window lives on its own.
#[cfg(not(unix))]
fn become_program(mut program: Command) -> std::io::Result<ExitCode> {
    program.args(std::env::args_os().skip(1)).spawn()?;
    Ok(ExitCode::SUCCESS)
}
