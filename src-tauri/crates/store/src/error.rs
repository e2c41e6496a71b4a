//! The two families of errors: while opening the folder, and while using the open store.
//!
//! Each variant is a different act for the person in front (type the key again, restore, free space, update
//! the application…). SQLite's result codes are sorted here and nowhere else; nobody matches messages.

use rusqlite::{ErrorCode, ffi};

/// Why the folder cannot be opened. None of these changes or loses what is in it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the key does not open this database")]
    WrongKey,
    #[error("the database is damaged: {detail}")]
    Damaged { detail: String },
    #[error("the database has version {found}, this program knows up to {known}")]
    TooNew { found: i64, known: i64 },
    #[error("the disk is full")]
    DiskFull,
    #[error("the folder or the database is read-only")]
    ReadOnly,
    #[error("another program keeps the database busy")]
    Busy,
    /// Unsaved pages are there without their database: creating a new one would destroy them.
    #[error("the database is missing beside its write-ahead log {0}")]
    Missing(String),
    /// Nothing is written over: neither a database nor a file of the person's.
    #[error("there is already a file {0}")]
    Exists(String),
    #[error("this file is no handover")]
    NotHandover,
    #[error("input or output failed: {0}")]
    Io(#[from] std::io::Error),
    #[error("SQLite failed: {0}")]
    Sqlite(rusqlite::Error),
}

/// Why a read or a write failed. The transaction it happened in is rolled back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the disk is full")]
    DiskFull,
    #[error("the database is read-only")]
    ReadOnly,
    #[error("another program keeps the database busy")]
    Busy,
    #[error("the database is damaged")]
    Damaged,
    #[error("a constraint refused the change: {0}")]
    Constraint(String),
    #[error("no row {id} in {table}")]
    NotFound { table: &'static str, id: String },
    #[error("outbox item {id} cannot go from {from} to {to}")]
    Transition {
        id: i64,
        from: String,
        to: &'static str,
    },
    #[error("the batch {id} was undone already")]
    AlreadyUndone { id: String },
    /// Raised by the `faults` feature alone: the program is taken to have died here.
    #[error("simulated crash")]
    Crashed,
    #[error("SQLite failed: {0}")]
    Sqlite(rusqlite::Error),
}

impl Error {
    pub(crate) fn not_found(table: &'static str, id: impl ToString) -> Error {
        Error::NotFound {
            table,
            id: id.to_string(),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        let rusqlite::Error::SqliteFailure(code, message) = &error else {
            return Error::Sqlite(error);
        };
        match (code.code, code.extended_code) {
            // SQLite says « full » for one system error alone. A quota, a size limit, and a shared-memory file
            // that cannot grow arrive as failed writes; to the person they are the same: make room.
            (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE) => {
                Error::DiskFull
            }
            (ErrorCode::ReadOnly, _) => Error::ReadOnly,
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Error::Busy,
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => Error::Damaged,
            (ErrorCode::ConstraintViolation, _) => {
                Error::Constraint(message.clone().unwrap_or_else(|| code.to_string()))
            }
            _ => Error::Sqlite(error),
        }
    }
}

impl OpenError {
    /// An input or output error with the two causes a person can mend told apart.
    pub(crate) fn from_io(error: std::io::Error) -> OpenError {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => OpenError::DiskFull,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly,
            _ => OpenError::Io(error),
        }
    }
}
