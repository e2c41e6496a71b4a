//! A window with nothing behind it: what Tauri and WebKit cost by themselves, for `cargo xtask bench start`.
//!
//! Invariant: same window size and same profile as Relais, no plugin, no command. Never shipped.

use std::process::ExitCode;

fn main() -> ExitCode {
    match tauri::Builder::default().run(tauri::generate_context!("blank/tauri.conf.json")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the blank window could not open: {error}");
            ExitCode::FAILURE
        }
    }
}
