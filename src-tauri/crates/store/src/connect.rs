//! Opening one connection: the key, the pragmas, and what a failure really means.
//!
//! The key file is asked first, so that "not a database" under the right key can only mean damage. Nothing is
//! written before the version is known. Without a key file the two cannot be told apart, and the answer is
//! the harmless one: wrong key.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Once,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use crate::{Error, Key, KeyFile, OpenError, key_file, schema};

/// The encrypted file's name in the data folder.
pub const DATABASE: &str = "relais.db";
/// Held while opening; empty, and left where it is.
const LOCK: &str = "relais.db.lock";

/// How long a program waits for the other one (the command line beside the window) to finish its write.
const PATIENCE: Duration = Duration::from_secs(5);

impl From<Error> for OpenError {
    fn from(error: Error) -> OpenError {
        match error {
            Error::DiskFull => OpenError::DiskFull,
            Error::ReadOnly => OpenError::ReadOnly,
            Error::Busy => OpenError::Busy,
            Error::Damaged => OpenError::Damaged {
                detail: "a page cannot be read".to_owned(),
            },
            Error::Sqlite(error) => OpenError::Sqlite(error),
            other => OpenError::Damaged {
                detail: other.to_string(),
            },
        }
    }
}

/// The writer: creates and migrates the database as needed.
pub(crate) fn writer(dir: &Path, key: &Key) -> Result<Connection, OpenError> {
    fs::create_dir_all(dir).map_err(OpenError::from_io)?;
    let file = KeyFile::read(dir)?;
    if file.as_ref().is_some_and(|file| !file.accepts(key)) {
        return Err(OpenError::WrongKey);
    }
    check_log(dir)?;
    let _turn = turn(dir)?;
    prepare(dir, key).map_err(|error| match explain(dir, error) {
        OpenError::Damaged { .. } if file.is_none() => OpenError::WrongKey,
        error => error,
    })
}

/// Two first starts at once take turns, until the file is dropped: SQLite's own patience does not cover the passage
/// to WAL. Where the file system has no locks, only that turn-taking is missing.
pub(crate) fn turn(dir: &Path) -> Result<fs::File, OpenError> {
    let turn = fs::File::create(dir.join(LOCK)).map_err(OpenError::from_io)?;
    let _ = turn.lock();
    Ok(turn)
}

fn prepare(dir: &Path, key: &Key) -> Result<Connection, OpenError> {
    let database = dir.join(DATABASE);
    let mut conn =
        connection(&database, &key.pragma(), OpenFlags::SQLITE_OPEN_CREATE).map_err(Error::from)?;
    // The first read: it decrypts page 1 and so tells whether the key and the file go together.
    let found = schema::found(&conn).map_err(Error::from)?;
    if found > schema::VERSION {
        return Err(OpenError::TooNew {
            found,
            known: schema::VERSION,
        });
    }
    if conn.is_readonly("main").map_err(Error::from)? {
        return Err(OpenError::ReadOnly);
    }
    conn.pragma_update(None, "journal_mode", "WAL")
        .map_err(Error::from)?;
    schema::migrate(&mut conn)?;
    Ok(conn)
}

/// Another writer on a database that is open already.
pub(crate) fn another(dir: &Path, key: &Key) -> Result<Connection, Error> {
    let database = dir.join(DATABASE);
    Ok(connection(&database, &key.pragma(), OpenFlags::empty())?)
}

/// A reader: it cannot write, whatever it is asked.
pub(crate) fn reader(dir: &Path, key: &Key) -> Result<Connection, Error> {
    let conn = another(dir, key)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// SQLite counts as initialised before SQLCipher's own initialisation has ended: a thread that comes in
/// between is refused its key. So the first connection of the process is made alone.
fn initialised() {
    static FIRST: Once = Once::new();
    FIRST.call_once(|| {
        if let Err(error) = Connection::open_in_memory() {
            tracing::error!(%error, "SQLite could not be initialised");
        }
    });
}

/// A connection to a file that is there, unless the flags say more, under the value of its `PRAGMA key`.
pub(crate) fn connection(file: &Path, key: &str, more: OpenFlags) -> rusqlite::Result<Connection> {
    initialised();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let conn = Connection::open_with_flags(file, flags)?;
    // Before the key, or SQLCipher would write its own lines to the standard error.
    conn.pragma_update(None, "cipher_log_level", "NONE")?;
    conn.pragma_update(None, "key", key)?;
    conn.busy_timeout(PATIENCE)?;
    // An answer « prêt » must survive a power cut.
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    // 16 MiB: every decrypted page kept is one not decrypted again.
    conn.pragma_update(None, "cache_size", -16_384)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// What SQLite and SQLCipher find wrong in the file, page by page; nothing when it is sound.
pub(crate) fn integrity(conn: &Connection) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA quick_check"] {
        let lines: Result<Vec<String>, _> = conn
            .prepare(pragma)
            .and_then(|mut query| query.query_map([], |row| row.get(0))?.collect());
        match lines.map_err(Error::from) {
            Ok(lines) => found.extend(lines.into_iter().filter(|line| line != "ok")),
            // The check itself stumbled on the damage: that is its answer.
            Err(Error::Damaged) => found.push(format!("{pragma}: {}", Error::Damaged)),
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// A rename must survive a power cut; Windows keeps its folders in order by itself.
pub(crate) fn sync_folder(file: &Path) -> io::Result<()> {
    match file.parent() {
        Some(dir) if cfg!(unix) && dir != Path::new("") => fs::File::open(dir)?.sync_all(),
        _ => Ok(()),
    }
}

/// SQLite deletes a log whose database is missing or empty, and creates a new one over it: unsaved work would be lost.
pub(crate) fn check_log(dir: &Path) -> Result<(), OpenError> {
    let log = dir.join(format!("{DATABASE}-wal"));
    if fs::metadata(&log).map_or(0, |meta| meta.len()) == 0 {
        return Ok(());
    }
    match fs::metadata(dir.join(DATABASE)) {
        Ok(meta) if meta.len() == 0 => Err(OpenError::Damaged {
            detail: "the database is empty beside its write-ahead log".to_owned(),
        }),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(OpenError::Missing(log.display().to_string()))
        }
        Err(error) => Err(OpenError::from_io(error)),
    }
}

/// « Unable to open » has many causes; writing a small file in the folder tells which.
fn explain(dir: &Path, error: OpenError) -> OpenError {
    match &error {
        OpenError::Sqlite(rusqlite::Error::SqliteFailure(code, _))
            if matches!(
                code.code,
                rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::SystemIoFailure
            ) => {}
        _ => return error,
    }
    let probe = dir.join("relais.probe.tmp");
    let written = fs::write(&probe, [0; 4096]);
    // A probe that stays behind is harmless and is written over next time.
    let _ = fs::remove_file(&probe);
    match written.map_err(OpenError::from_io) {
        Err(OpenError::Io(_)) | Ok(()) => error,
        Err(cause) => cause,
    }
}

/// Renames the database, its log and a copy of its key file out of the way, and never over anything.
pub(crate) fn set_aside(dir: &Path, stamp: &str) -> io::Result<PathBuf> {
    let name = |turn: u32| match turn {
        1 => format!("relais-{stamp}.db"),
        _ => format!("relais-{stamp}-{turn}.db"),
    };
    let beside = |path: &Path, suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let mut target = dir.join(name(1));
    for turn in 2.. {
        let free = ["", "-wal", "-shm", ".key.json"]
            .iter()
            .all(|suffix| !beside(&target, suffix).exists());
        if free {
            break;
        }
        target = dir.join(name(turn));
    }
    let source = dir.join(DATABASE);
    let key_file = dir.join(key_file::NAME);
    if key_file.exists() {
        fs::copy(key_file, beside(&target, ".key.json"))?;
    }
    // The database goes first: a log left alone is noticed at the next opening, a database without its log is not.
    let mut moved = false;
    for suffix in ["", "-wal", "-shm"] {
        match fs::rename(beside(&source, suffix), beside(&target, suffix)) {
            Ok(()) => moved = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    if moved {
        Ok(target)
    } else {
        Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!("no {DATABASE} to set aside"),
        ))
    }
}
