//! The shape of the database and the way from one version to the next.
//!
//! Each step and its version number commit together. A step may add and convert; it never drops what has not
//! been sent. A database from a newer program is refused before anything is written to it.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Error, OpenError, search};

type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// In order, without holes: the version is what the database has once the step is done.
const MIGRATIONS: &[(i64, Step)] = &[
    (1, |tx| tx.execute_batch(include_str!("schema/v1.sql"))),
    (2, |tx| tx.execute_batch(include_str!("schema/v2.sql"))),
    (3, |tx| tx.execute_batch(include_str!("schema/v3.sql"))),
    (4, |tx| tx.execute_batch(include_str!("schema/v4.sql"))),
];

/// The version this program reads and writes.
pub const VERSION: i64 = match MIGRATIONS.last() {
    Some((version, _)) => *version,
    None => 0,
};

pub(crate) fn found(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings the database to [`VERSION`]. Two programs may start at once: the version is read again under the
/// write lock of each step.
pub(crate) fn migrate(conn: &mut Connection) -> Result<(), OpenError> {
    run(conn, MIGRATIONS, search::rebuild)
}

/// With the last step come the words, which a version may fold or keep otherwise than the one before.
fn run(
    conn: &mut Connection,
    steps: &[(i64, Step)],
    words: impl Fn(&Transaction<'_>) -> Result<(), Error>,
) -> Result<(), OpenError> {
    let known = steps.last().map_or(0, |(version, _)| *version);
    let newer = |found| OpenError::TooNew { found, known };
    let before = found(conn).map_err(Error::from)?;
    if before > known {
        return Err(newer(before));
    }
    for (version, step) in steps.iter().filter(|(version, _)| *version > before) {
        let tx = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let now = found(&tx).map_err(Error::from)?;
        if now > known {
            return Err(newer(now));
        }
        if now < *version {
            step(&tx).map_err(Error::from)?;
            if *version == known {
                words(&tx)?;
            }
            tx.pragma_update(None, "user_version", version)
                .map_err(Error::from)?;
        }
        tx.commit().map_err(Error::from)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it_whole() {
        let mut conn = Connection::open_in_memory().unwrap();
        let steps: &[(i64, Step)] = &[
            (1, |tx| {
                tx.execute_batch(
                    "CREATE TABLE kept (a TEXT) STRICT; INSERT INTO kept (a) VALUES ('unsent');",
                )
            }),
            (2, |tx| {
                tx.execute_batch("CREATE TABLE half (a TEXT) STRICT; DELETE FROM kept; NOT SQL;")
            }),
        ];
        assert!(
            run(&mut conn, steps, |_| Ok(())).is_err(),
            "the second step is not SQL"
        );
        assert_eq!(
            found(&conn).unwrap(),
            1,
            "the version follows the step that is done"
        );
        let kept: String = conn
            .query_row("SELECT a FROM kept", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, "unsent", "the half step took nothing away");
        let half: i64 = conn
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE name = 'half'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(half, 0, "and left nothing behind");
    }

    #[test]
    fn versions_follow_each_other_without_a_hole() {
        for (index, (version, _)) in MIGRATIONS.iter().enumerate() {
            assert_eq!(
                *version,
                index as i64 + 1,
                "a hole would skip a step on some machines"
            );
        }
    }
}
