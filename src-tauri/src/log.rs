//! The log: one file a day beside the data, kept twelve months. It carries no names.

use std::path::Path;

use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{RollingFileAppender, Rotation},
};
use tracing_subscriber::filter::LevelFilter;

/// Starts the log; it is written for as long as the guard lives. A folder that cannot be
/// written to has no log, and the faces say why on their own.
pub(crate) fn start(folder: &Path) -> Option<WorkerGuard> {
    let journal = folder.join("journal");
    std::fs::create_dir_all(&journal).ok()?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("relais")
        .filename_suffix("log")
        .max_log_files(366)
        .build(journal)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_max_level(LevelFilter::INFO)
        .try_init()
        .ok()?;
    Some(guard)
}
