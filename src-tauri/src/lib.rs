//! The shell: what its two programs share, and the whole command line.
//!
//! `relais` answers commands and opens the window; `relais-fenetre` is the window. A command so does not load what draws a window,
//! which takes longer than most of its answers, and on Windows it has the console that a window has not. Invariant: nothing in this
//! library names `tauri`. Left out on purpose: every rule and every word that a person reads, but for the command line's own.

mod cli;
mod file;
mod log;
mod print;
mod usage;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use app::{App, Options};
pub use print::warn;
use secrecy::SecretString;

/// The time of the running program. The only clock in Relais.
fn now_ms() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

/// What the arguments ask for, checked as far as it can be before the folder is opened.
pub struct Start {
    command: Option<cli::Command>,
    json: bool,
    folder: PathBuf,
    passphrase: Option<SecretString>,
    downloads: PathBuf,
}

impl Start {
    /// Reads the arguments of the program.
    ///
    /// # Errors
    /// How the program ends instead: help was asked for, or a sentence has said what is wrong.
    pub fn from_arguments() -> Result<Start, ExitCode> {
        let arguments = usage::parse()?;
        let refused = |sentence: &str| {
            warn(sentence);
            ExitCode::from(cli::REFUSED)
        };
        let folder = arguments.folder().ok_or_else(|| {
            refused("Relais ne trouve pas où garder ses données. Indiquez un dossier avec --data.")
        })?;
        if folder.exists() && !folder.is_dir() {
            return Err(refused(&format!(
                "{} n’est pas un dossier. Indiquez le dossier de données avec --data.",
                folder.display()
            )));
        }
        let passphrase = arguments
            .passphrase()
            .map_err(|sentence| refused(&sentence))?;
        // The window writes where a browser would; a command writes where it was called.
        let downloads = match arguments.command {
            Some(_) => arguments.out(),
            None => dirs::download_dir()
                .or_else(dirs::home_dir)
                .unwrap_or_else(|| folder.clone()),
        };
        Ok(Start {
            command: arguments.command,
            json: arguments.json,
            folder,
            passphrase,
            downloads,
        })
    }

    pub fn is_command(&self) -> bool {
        self.command.is_some()
    }

    /// Runs the command, when there is one.
    pub fn answer(mut self) -> Option<ExitCode> {
        let command = self.command.take()?;
        // A question asked of the convention leaves no folder behind.
        let _log = self.folder.exists().then(|| log::start(&self.folder));
        let json = self.json;
        Some(cli::run(&self.open(), &command, json))
    }

    /// Runs the window, whose log is written for as long as it lasts.
    pub fn window(self, run: impl FnOnce(Box<dyn FnOnce() -> App + Send>) -> ExitCode) -> ExitCode {
        let _log = log::start(&self.folder);
        run(Box::new(move || self.open()))
    }

    fn open(self) -> App {
        App::open(Options {
            folder: self.folder,
            passphrase: self.passphrase,
            downloads: self.downloads,
            clock: Arc::new(now_ms),
        })
    }
}
