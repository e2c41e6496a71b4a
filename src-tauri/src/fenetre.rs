//! `relais-fenetre`: the window. A person opens it with `relais`, which passes its arguments on.
//!
//! Invariant: with `window` and `rpc`, the only code that names `tauri`. Left out on purpose: commands (`relais`).

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod rpc;
mod window;

use std::process::ExitCode;

use shell::{Start, warn};

fn main() -> ExitCode {
    match Start::from_arguments() {
        Ok(start) if start.is_command() => {
            warn("La fenêtre ne connaît pas de commande : relais --help les montre.");
            ExitCode::from(2)
        }
        Ok(start) => start.window(window::run),
        Err(ended) => ended,
    }
}
