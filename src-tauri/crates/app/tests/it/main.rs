//! The commands as the window calls them, on real folders, without a window.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod bulk;
mod contracts;
mod convention;
mod dossiers;
mod given;
mod guide;
mod handover;
mod hands;
mod import;
mod loans;
mod merge;
mod packs;
mod purchases;
mod stock_checks;
mod stories;

use std::{path::Path, sync::Arc, time::Instant};

use app::{App, Options, commands};
use serde_json::Value;

/// Monday 23 November 2026, 9:00 UTC: any day would do, but the same in every run.
const NOW_MS: i64 = 1_795_424_400_000;
const PHRASE: &str = "girafe parapluie lundi confiture";

/// A clock that walks from the same hour in every run.
fn clock() -> Arc<dyn Fn() -> i64 + Send + Sync> {
    let start = Instant::now();
    Arc::new(move || NOW_MS + i64::try_from(start.elapsed().as_millis()).unwrap())
}

fn open(folder: &Path, passphrase: Option<&str>) -> App {
    App::open(Options {
        folder: folder.to_owned(),
        passphrase: passphrase.map(|phrase| phrase.to_owned().into()),
        downloads: folder.join("telechargements"),
        clock: clock(),
    })
}

async fn call(app: &App, name: &str, body: Value) -> Value {
    match commands::dispatch(app, name, body).await {
        Ok(answer) => answer,
        Err(error) => panic!("{name} refused: {error:?}"),
    }
}

async fn refused(app: &App, name: &str, body: Value) -> Value {
    match commands::dispatch(app, name, body).await {
        Ok(answer) => panic!("{name} accepted: {answer}"),
        Err(error) => serde_json::to_value(error).unwrap(),
    }
}
