//! Relais, the shell: the window and the command line over the same commands.
//!
//! Invariant: the only crate that names `tauri`. Without a subcommand the window opens;
//! with one, nothing graphical is touched. Left out on purpose: every rule and every word
//! that a person reads, but for the command line's own.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod cli;
mod file;
mod log;
mod print;
mod rpc;
mod usage;
mod window;

use std::{process::ExitCode, sync::Arc};

use app::{App, Options};
use print::warn;

/// The time of the running program. The only clock in Relais.
fn now_ms() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

fn main() -> ExitCode {
    let arguments = match usage::parse() {
        Ok(arguments) => arguments,
        Err(ended) => return ended,
    };
    let Some(folder) = arguments.folder() else {
        warn("Relais ne trouve pas où garder ses données. Indiquez un dossier avec --data.");
        return ExitCode::from(cli::REFUSED);
    };
    if folder.exists() && !folder.is_dir() {
        warn(&format!(
            "{} n’est pas un dossier. Indiquez le dossier de données avec --data.",
            folder.display()
        ));
        return ExitCode::from(cli::REFUSED);
    }
    let passphrase = match arguments.passphrase() {
        Ok(passphrase) => passphrase,
        Err(sentence) => {
            warn(&sentence);
            return ExitCode::from(cli::REFUSED);
        }
    };
    // A question asked of the convention leaves no folder behind.
    let _log = (arguments.command.is_none() || folder.exists()).then(|| log::start(&folder));
    // The window writes where a browser would; a command writes where it was called.
    let downloads = match arguments.command {
        Some(_) => arguments.out(),
        None => dirs::download_dir()
            .or_else(dirs::home_dir)
            .unwrap_or_else(|| folder.clone()),
    };
    let open = move || {
        App::open(Options {
            folder,
            passphrase,
            downloads,
            clock: Arc::new(now_ms),
        })
    };
    match arguments.command {
        Some(command) => cli::run(&open(), &command, arguments.json),
        None => window::run(open),
    }
}
