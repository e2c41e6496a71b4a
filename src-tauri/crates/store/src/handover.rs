//! A handover (passation): one encrypted file with everything, opened by a passphrase alone.
//!
//! Its first 16 bytes, which SQLCipher keeps as its own salt, are the salt the passphrase goes through: nothing is
//! needed beside the file. They begin with a mark, so that a wrong passphrase is told from a file that is something
//! else. A file of a person's is never written over, and the handover itself is never written to: what reads it works
//! on a copy, brought to this version.
//!
//! Left out on purpose: what belongs to a machine ([`setting::is_local`]), and secrets, which no database holds.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, params};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::{
    Error, Key, KeyFile, OpenError, Store, connect,
    key::hex,
    key_file::{self, COST},
    schema, search, setting,
};

/// Ten bytes of the salt are left to chance, which is enough for no two files to share it.
const MARK: [u8; 6] = *b"RELAIS";
const CHANCE: usize = 10;
const SALT: usize = MARK.len() + CHANCE;
/// SQLCipher's, and so the size of every whole file is a multiple of it.
const PAGE: u64 = 4096;

/// Writes everything to a new file, which appears whole or not at all. What waits here to be sent is looked up first
/// from then on, because whoever opens the file may send it too.
pub fn export(
    store: &Store,
    file: &Path,
    passphrase: &SecretString,
    rng: &mut (impl rand::Rng + ?Sized),
) -> Result<(), OpenError> {
    let mut chance = [0; CHANCE];
    rng.fill_bytes(&mut chance);
    let key = sealed(passphrase, &[&MARK[..], &chance].concat())?;
    // The name is taken first: nothing that comes to bear it meanwhile is written over.
    let taken = fs::File::create_new(file).map_err(|error| exists(error, file))?;
    drop(taken);
    let built = Temporary::beside(file).and_then(|temporary| {
        store.write(look_first)?;
        let mut conn = fresh(&temporary.0, &key)?;
        copy(
            &mut conn,
            &store.dir().join(connect::DATABASE),
            &store.key().pragma(),
            |tx| {
                let keys: Vec<String> = setting::all(tx)?.into_keys().collect();
                for key in keys.iter().filter(|key| setting::is_local(key)) {
                    setting::remove(tx, key)?;
                }
                // How far a platform was read is of this person's session or mailbox; the successor reads it anew.
                tx.execute(
                    "UPDATE destination SET pull_mark = NULL, pulled_at_ms = NULL",
                    [],
                )?;
                Ok(())
            },
        )?;
        conn.close().map_err(|(_, error)| Error::from(error))?;
        fs::rename(&temporary.0, file).map_err(OpenError::from_io)?;
        connect::sync_folder(file).map_err(OpenError::from_io)
    });
    if built.is_err() {
        // The name was ours alone; what failed is told, not this.
        let _ = fs::remove_file(file);
    }
    built
}

/// A handover opened for reading, on a copy that goes away with it.
pub struct Handover {
    // Closed before the copy is removed: fields are dropped in this order.
    conn: Mutex<Connection>,
    copy: Temporary,
    key: Zeroizing<String>,
}

impl Handover {
    /// The copy is made in `workspace`, encrypted as the file is. A file that is no handover, a wrong passphrase and
    /// a truncated or damaged file are three errors; only a file damaged on its very first page passes for a wrong
    /// passphrase.
    pub fn open(
        file: &Path,
        passphrase: &SecretString,
        workspace: &Path,
    ) -> Result<Handover, OpenError> {
        let salt = salt(file)?;
        let key = sealed(passphrase, &salt)?;
        fs::create_dir_all(workspace).map_err(OpenError::from_io)?;
        let copy = Temporary::beside(&workspace.join("passation"))?;
        fs::copy(file, &copy.0).map_err(OpenError::from_io)?;
        let mut conn = connect::connection(&copy.0, &key, OpenFlags::empty())
            .and_then(|conn| schema::found(&conn).map(|_| conn))
            .map_err(|error| match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase) => OpenError::WrongKey,
                _ => Error::from(error).into(),
            })?;
        if let Some(detail) = connect::integrity(&conn)?.into_iter().next() {
            return Err(OpenError::Damaged { detail });
        }
        schema::migrate(&mut conn)?;
        conn.pragma_update(None, "query_only", true)
            .map_err(Error::from)?;
        Ok(Handover {
            conn: Mutex::new(conn),
            copy,
            key,
        })
    }

    pub fn read<T, E>(&self, f: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        f(&self.conn.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Makes the database of a new folder out of a handover, under the folder's own key. What the predecessor had not
/// sent may leave from his machine too: it is looked up by its reference before anything is sent.
pub fn adopt(
    file: &Path,
    passphrase: &SecretString,
    dir: &Path,
    key: &Key,
    now_ms: i64,
) -> Result<(), OpenError> {
    let database = dir.join(connect::DATABASE);
    fs::create_dir_all(dir).map_err(OpenError::from_io)?;
    let _turn = connect::turn(dir)?;
    if KeyFile::read(dir)?.is_some_and(|file| !file.accepts(key)) {
        return Err(OpenError::WrongKey);
    }
    connect::check_log(dir)?;
    if database.exists() {
        return Err(OpenError::Exists(database.display().to_string()));
    }
    let handover = Handover::open(file, passphrase, dir)?;
    let temporary = Temporary::beside(&database)?;
    let mut conn = fresh(&temporary.0, &key.pragma())?;
    copy(&mut conn, &handover.copy.0, &handover.key, |tx| {
        doubt(tx, now_ms)
    })?;
    conn.close().map_err(|(_, error)| Error::from(error))?;
    fs::rename(&temporary.0, &database).map_err(OpenError::from_io)?;
    connect::sync_folder(&database).map_err(OpenError::from_io)
}

/// What changes hands. A refusal keeps its reason and waits for a person, who may find the dossier sent meanwhile all
/// the same.
fn doubt(tx: &Transaction<'_>, now_ms: i64) -> Result<(), Error> {
    tx.execute(
        "UPDATE outbox SET maybe_sent = 1, uncertain_since_ms = ifnull(uncertain_since_ms, ?1), \
         last_attempt_at_ms = ?1, next_try_at_ms = NULL, updated_at_ms = ?1, \
         reason_code = CASE state WHEN 'refuse' THEN reason_code ELSE 'passation' END, \
         reason = CASE state WHEN 'refuse' THEN reason END, \
         state = CASE state WHEN 'refuse' THEN state ELSE 'incertain' END \
         WHERE state IN ('pret', 'envoi', 'refuse', 'incertain')",
        params![now_ms],
    )?;
    // There, open dossiers are the predecessor's own: the successor asks for them by their numbers.
    tx.execute(
        "UPDATE counterpart SET by_hand = 1 WHERE number IS NOT NULL \
         AND ticket_id IN (SELECT id FROM ticket WHERE live = 1)",
        [],
    )?;
    Ok(())
}

/// From now on the successor may send what waits here, under the same references: here too, the platform is asked
/// before anything leaves. A person who carries dossiers over by hand reads the portal anyway.
fn look_first(tx: &Transaction<'_>) -> Result<(), Error> {
    tx.execute(
        "UPDATE outbox SET maybe_sent = 1, last_attempt_at_ms = ifnull(last_attempt_at_ms, updated_at_ms) \
         WHERE state IN ('pret', 'refuse') AND maybe_sent = 0 \
         AND destination_id NOT IN (SELECT id FROM destination WHERE kind = 'manuel')",
        [],
    )?;
    Ok(())
}

/// An empty database of this version.
fn fresh(file: &Path, key: &str) -> Result<Connection, OpenError> {
    let mut conn = connect::connection(file, key, OpenFlags::empty()).map_err(Error::from)?;
    schema::migrate(&mut conn)?;
    Ok(conn)
}

/// Every row of another database of this version, as one transaction sees it, then its words; and what is to differ.
fn copy(
    conn: &mut Connection,
    source: &Path,
    key: &str,
    differing: impl FnOnce(&Transaction<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let source = source.to_string_lossy();
    conn.execute("ATTACH DATABASE ? AS source KEY ?", params![source, key])?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
    // Tables come in no order of reference; the commit checks them all.
    tx.pragma_update(None, "defer_foreign_keys", true)?;
    let tables: Vec<String> = tx
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
             AND name NOT GLOB 'sqlite_*' ORDER BY name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables {
        // Generated columns are not among them.
        let columns: String = tx.query_row(
            "SELECT group_concat(name, ', ') FROM pragma_table_info(?)",
            [&table],
            |row| row.get(0),
        )?;
        // What a new database holds by itself gives way.
        tx.execute_batch(&format!(
            "DELETE FROM main.{table}; INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table}"
        ))?;
    }
    differing(&tx)?;
    search::rebuild(&tx)?;
    tx.commit()?;
    conn.execute_batch("DETACH DATABASE source")?;
    Ok(())
}

/// The salt at the head of a file that can be a whole handover.
fn salt(file: &Path) -> Result<[u8; SALT], OpenError> {
    let mut opened = fs::File::open(file).map_err(OpenError::from_io)?;
    let mut salt = [0; SALT];
    match opened.read_exact(&mut salt) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(OpenError::NotHandover);
        }
        read => read.map_err(OpenError::from_io)?,
    }
    if !salt.starts_with(&MARK) {
        return Err(OpenError::NotHandover);
    }
    let size = opened.metadata().map_err(OpenError::from_io)?.len();
    if !size.is_multiple_of(PAGE) {
        return Err(OpenError::Damaged {
            detail: "the file is truncated".to_owned(),
        });
    }
    Ok(salt)
}

/// The value of `PRAGMA key` for a file with this salt: key and salt, so that SQLCipher derives nothing.
fn sealed(passphrase: &SecretString, salt: &[u8]) -> Result<Zeroizing<String>, OpenError> {
    let key = key_file::derive(passphrase, salt, COST)?;
    let key = key.pragma();
    Ok(Zeroizing::new(format!(
        "{}{}'",
        key.trim_end_matches('\''),
        hex(salt)
    )))
}

fn exists(error: io::Error, file: &Path) -> OpenError {
    match error.kind() {
        io::ErrorKind::AlreadyExists => OpenError::Exists(file.display().to_string()),
        _ => OpenError::from_io(error),
    }
}

/// A file of our own making, removed when it is let go of under this name.
struct Temporary(PathBuf);

impl Temporary {
    /// Empty, under the first free name that begins as this one.
    fn beside(file: &Path) -> Result<Temporary, OpenError> {
        for turn in 1_u32.. {
            let mut name = file.as_os_str().to_owned();
            name.push(format!("-{turn}.tmp"));
            match fs::File::create_new(&name) {
                Ok(_) => return Ok(Temporary(name.into())),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(OpenError::from_io(error)),
            }
        }
        Err(OpenError::Exists(file.display().to_string()))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Renamed by now, or of no more use; an encrypted file that stays behind harms nobody.
        let _ = fs::remove_file(&self.0);
    }
}
