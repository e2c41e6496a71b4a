//! The open store: one writer behind a mutex, a small pool of `query_only` readers, and who to tell of a change.
//!
//! Callers get closures, never a connection. A read sees one state of the database from its first query to
//! its last. Listeners are called after the commit, outside every lock, on the writing thread.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Error, Key, OpenError, connect};

/// More readers than this at once are opened and closed again.
const READERS_KEPT: usize = 4;

type Listener = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    dir: PathBuf,
    key: Key,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    listeners: Mutex<Vec<Listener>>,
    #[cfg(feature = "faults")]
    fault: Mutex<Fault>,
}

impl Store {
    /// Opens `relais.db` in the folder, creating both when they are missing, and brings it to this version.
    pub fn open(dir: &Path, key: &Key) -> Result<Store, OpenError> {
        Ok(Store(Arc::new(Inner {
            dir: dir.to_owned(),
            key: key.clone(),
            writer: Mutex::new(connect::writer(dir, key)?),
            readers: Mutex::default(),
            listeners: Mutex::default(),
            #[cfg(feature = "faults")]
            fault: Mutex::default(),
        })))
    }

    /// Runs queries that see one state of the database.
    pub fn read<T, E: From<Error>>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        #[cfg(feature = "faults")]
        self.alive()?;
        let pooled = lock(&self.0.readers).pop();
        let conn = match pooled {
            Some(conn) => conn,
            None => connect::reader(&self.0.dir, &self.0.key)?,
        };
        let tx = Transaction::new_unchecked(&conn, TransactionBehavior::Deferred)
            .map_err(Error::from)?;
        let result = f(&tx);
        tx.finish().map_err(Error::from)?;
        let mut readers = lock(&self.0.readers);
        // SQLCipher refuses everything on a connection that has met a damaged page: it is not used again.
        if result.is_ok() && readers.len() < READERS_KEPT {
            readers.push(conn);
        }
        result
    }

    /// Runs changes that are kept together, or not at all when the closure fails.
    pub fn write<T, E: From<Error>>(
        &self,
        f: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let value = {
            let mut writer = lock(&self.0.writer);
            #[cfg(feature = "faults")]
            self.alive()?;
            let result = self.commit(&mut writer, f);
            // As for readers: the next write must not suffer from what this one met.
            if result.is_err()
                && let Ok(fresh) = connect::another(&self.0.dir, &self.0.key)
            {
                *writer = fresh;
            }
            result?
        };
        let listeners = lock(&self.0.listeners).clone();
        for listener in listeners {
            listener();
        }
        Ok(value)
    }

    fn commit<T, E: From<Error>>(
        &self,
        writer: &mut Connection,
        f: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let value = f(&tx)?;
        #[cfg(feature = "faults")]
        self.crash_point(true)?;
        tx.commit().map_err(Error::from)?;
        #[cfg(feature = "faults")]
        self.crash_point(false)?;
        Ok(value)
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.0.dir
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0.key
    }

    /// Calls `f` after every committed write of this store and its clones.
    pub fn on_change(&self, f: impl Fn() + Send + Sync + 'static) {
        lock(&self.0.listeners).push(Arc::new(f));
    }

    /// What SQLite and SQLCipher find wrong in the file, page by page; nothing when it is sound.
    pub fn integrity(&self) -> Result<Vec<String>, Error> {
        self.read(connect::integrity)
    }

    /// Renames a damaged database to `relais-<stamp>.db` (its log follows, its key file is copied), and gives
    /// the new path. Close the store first; nothing is deleted or written over.
    pub fn set_aside(dir: &Path, stamp: &str) -> io::Result<PathBuf> {
        connect::set_aside(dir, stamp)
    }
}

/// A panic while holding a lock leaves SQLite's own state sound (the transaction rolls back): go on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(feature = "faults")]
#[derive(Default)]
struct Fault {
    dead: bool,
    planned: Option<(u64, bool)>,
}

#[cfg(feature = "faults")]
impl Store {
    /// The n-th write from now (1 is the next) fails with [`Error::Crashed`]: before its commit nothing of it
    /// is kept, after it all of it is. Every later call fails too, until the folder is opened again.
    pub fn crash_after(&self, writes: u64, before_commit: bool) {
        lock(&self.0.fault).planned = Some((writes.max(1), before_commit));
    }

    fn alive(&self) -> Result<(), Error> {
        if lock(&self.0.fault).dead {
            Err(Error::Crashed)
        } else {
            Ok(())
        }
    }

    /// Passed twice by each write that reaches its commit; the write is counted at the second.
    fn crash_point(&self, before_commit: bool) -> Result<(), Error> {
        let mut fault = lock(&self.0.fault);
        let Some((left, before)) = fault.planned.as_mut() else {
            return Ok(());
        };
        if *left == 1 && *before == before_commit {
            fault.dead = true;
            return Err(Error::Crashed);
        }
        if !before_commit {
            *left -= 1;
        }
        Ok(())
    }
}
