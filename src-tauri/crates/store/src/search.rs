//! Full-text search over equipment, contacts, tickets and drafts.
//!
//! Each table module calls [`index`] in the transaction that changes its row, so a row and its words cannot
//! differ. The index keeps words and rowids only; titles and excerpts are read from the tables. Matches come
//! newest first (by rowid: no ranking has to read them all), and each kind has its own share of the answer.
//!
//! Left out on purpose: the convention's texts, which do not live in the store.

mod fold;

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};

use crate::{Error, contact, draft, equipment, ticket};
pub use fold::fold;
pub(crate) use fold::{expression, fold_all, is_begun, typed};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// "equipement", "contact", "dossier" or "brouillon".
    pub kind: String,
    pub id: String,
    pub title: String,
    pub subtitle: String,
    /// The passage where the words were found, when the title does not show them.
    pub snippet: String,
}

struct Source {
    kind: &'static str,
    table: &'static str,
    /// Selects id, title, subtitle and the text to take an excerpt from.
    shown: &'static str,
}

const SOURCES: [Source; 4] = [
    Source {
        kind: "equipement",
        table: "equipment",
        shown: "SELECT t.id, trim(t.kind || ' ' || t.brand || ' ' || t.model), \
                concat_ws(' · ', nullif(t.serial, ''), nullif(t.inventory_number, ''), \
                (SELECT code FROM room WHERE room.id = t.room_id)), t.notes \
                FROM equipment t WHERE t.seq = ?",
    },
    Source {
        kind: "contact",
        table: "contact",
        shown: "SELECT t.id, coalesce(nullif(trim(t.first_name || ' ' || t.last_name), ''), t.organisation), \
                concat_ws(' · ', nullif(t.title, ''), nullif(t.organisation, ''), nullif(t.phone, '')), t.call_for \
                FROM contact t WHERE t.seq = ?",
    },
    Source {
        kind: "dossier",
        table: "ticket",
        shown: "SELECT t.id, t.title, concat_ws(' · ', t.number, t.reference, (SELECT group_concat(c.number, ' · ') \
                FROM counterpart c WHERE c.ticket_id = t.id AND c.number IS NOT t.number)), \
                t.description || coalesce((SELECT char(10) || group_concat(e.text, char(10)) \
                FROM event e WHERE e.ticket_id = t.id), '') \
                FROM ticket t WHERE t.seq = ?",
    },
    Source {
        kind: "brouillon",
        table: "draft",
        shown: "SELECT t.id, t.title, t.started, \
                coalesce((SELECT group_concat(atom, char(10)) FROM json_tree(t.answers) WHERE type = 'text'), '') \
                FROM draft t WHERE t.seq = ?",
    },
];

/// At most `limit` matches. Every kind that has matches gets its share; what one kind leaves goes to the others.
pub fn search(conn: &Connection, text: &str, limit: usize) -> Result<Vec<Hit>, Error> {
    let Some(expression) = expression(text) else {
        return Ok(Vec::new());
    };
    let mut found: Vec<(&Source, Vec<i64>)> = Vec::new();
    for source in &SOURCES {
        let table = source.table;
        let sql = format!(
            "SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid DESC LIMIT ?"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = conn
            .prepare_cached(&sql)?
            .query_map(params![expression, limit], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        found.push((source, rows));
    }
    let lengths: Vec<usize> = found.iter().map(|(_, rows)| rows.len()).collect();
    let words = typed(text);
    let mut hits = Vec::new();
    for ((source, rows), share) in found.iter().zip(shares(&lengths, limit)) {
        let mut shown = conn.prepare_cached(source.shown)?;
        for seq in rows.iter().take(share) {
            hits.push(shown.query_row([seq], |row| {
                let title: String = row.get(1)?;
                let body: String = row.get(3)?;
                Ok(Hit {
                    kind: source.kind.to_owned(),
                    id: row.get(0)?,
                    subtitle: row.get(2)?,
                    snippet: snippet(&title, &body, &words),
                    title,
                })
            })?);
        }
    }
    Ok(hits)
}

/// The rows of a table a typed text leaves.
pub(crate) enum Found {
    /// Nothing was typed, or the first letter of a first word: the list is not narrowed yet.
    All,
    /// Their rowids, in order. Something was typed and none of it can be looked for: honest lists are empty then.
    Only(Vec<i64>),
}

impl Found {
    pub fn holds(&self, seq: i64) -> bool {
        match self {
            Found::All => true,
            Found::Only(seqs) => seqs.binary_search(&seq).is_ok(),
        }
    }
}

pub(crate) fn found(conn: &Connection, table: &str, text: &str) -> Result<Found, Error> {
    if text.trim().is_empty() {
        return Ok(Found::All);
    }
    let Some(expression) = expression(text) else {
        return Ok(match is_begun(text) {
            true => Found::All,
            false => Found::Only(Vec::new()),
        });
    };
    let sql =
        format!("SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid");
    let seqs = conn
        .prepare_cached(&sql)?
        .query_map([expression], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(Found::Only(seqs))
}

/// Every piece of equipment the typed words name, for the lists of what hangs on one.
pub(crate) fn equipment_ids(conn: &Connection, text: &str) -> Result<BTreeSet<String>, Error> {
    let Some(expression) = expression(text) else {
        return Ok(BTreeSet::new());
    };
    let ids = conn
        .prepare_cached(
            "SELECT id FROM equipment WHERE seq IN \
             (SELECT rowid FROM equipment_search WHERE equipment_search MATCH ?)",
        )?
        .query_map([expression], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(ids)
}

/// Deals the places one by one to the kinds that still have matches.
fn shares(lengths: &[usize], limit: usize) -> Vec<usize> {
    let mut shares = vec![0; lengths.len()];
    let mut left = limit.min(lengths.iter().sum());
    while left > 0 {
        for (share, length) in shares.iter_mut().zip(lengths) {
            if left > 0 && *share < *length {
                *share += 1;
                left -= 1;
            }
        }
    }
    shares
}

/// About twelve words around the first place where a typed word begins, or nothing when the title shows it.
fn snippet(title: &str, body: &str, typed: &[String]) -> String {
    let starts = |word: &str| {
        let folded = fold(word);
        folded
            .split(' ')
            .any(|part| typed.iter().any(|typed| part.starts_with(typed.as_str())))
    };
    if title.split_whitespace().any(starts) {
        return String::new();
    }
    // A passage does not run from one note of the timeline into the next.
    let passage = body.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().position(|word| starts(word))?;
        Some((words, at))
    });
    let Some((words, at)) = passage else {
        return String::new();
    };
    let from = at.saturating_sub(4);
    let shown: Vec<&str> = words.iter().skip(from).take(12).copied().collect();
    let before = if from > 0 { "… " } else { "" };
    let after = if from + 12 < words.len() { " …" } else { "" };
    format!("{before}{}{after}", shown.join(" "))
}

/// Replaces the words of a row, known by its id. In two statements: one that deletes and inserts would have the index
/// write out what it holds back at every row.
pub(crate) fn index(
    tx: &Transaction<'_>,
    table: &str,
    id: &str,
    texts: &[&str],
) -> Result<(), Error> {
    let seq = tx
        .prepare_cached(&format!("SELECT seq FROM {table} WHERE id = ?"))?
        .query_row([id], |row| row.get(0))?;
    tx.prepare_cached(&format!("DELETE FROM {table}_search WHERE rowid = ?"))?
        .execute([seq])?;
    index_new(tx, table, seq, texts)
}

/// The words of a row that has none yet, known by its rowid.
pub(crate) fn index_new(
    tx: &Transaction<'_>,
    table: &str,
    seq: i64,
    texts: &[&str],
) -> Result<(), Error> {
    let sql = format!("INSERT INTO {table}_search (rowid, words) VALUES (?, ?)");
    tx.prepare_cached(&sql)?
        .execute(params![seq, fold_all(texts)])?;
    Ok(())
}

/// The words of a row, and of the rows that bear them too, from the table itself.
pub(crate) fn index_row(tx: &Transaction<'_>, table: &str, id: &str) -> Result<(), Error> {
    match table {
        "equipment" => equipment::index_id(tx, id),
        "contact" => contact::index_id(tx, id),
        "room" => equipment::index_room(tx, id),
        _ => Ok(()),
    }
}

/// Every word again, from the tables alone: after a copy, and when a version folds or keeps words otherwise.
pub fn rebuild(tx: &Transaction<'_>) -> Result<(), Error> {
    for source in &SOURCES {
        let table = source.table;
        tx.execute_batch(&format!(
            "INSERT INTO {table}_search ({table}_search) VALUES ('delete-all')"
        ))?;
    }
    equipment::index_all(tx)?;
    contact::index_all(tx)?;
    ticket::index_all(tx)?;
    draft::index_all(tx)
}

/// Forgets the words of a row; to be called while the row is still there.
pub(crate) fn forget(tx: &Transaction<'_>, table: &str, id: &str) -> Result<(), Error> {
    let sql =
        format!("DELETE FROM {table}_search WHERE rowid = (SELECT seq FROM {table} WHERE id = ?)");
    tx.prepare_cached(&sql)?.execute([id])?;
    Ok(())
}

/// Forgets the words of rows that are gone, known by their rowids.
pub(crate) fn forget_rows(tx: &Transaction<'_>, table: &str, seqs: &[i64]) -> Result<(), Error> {
    if !SOURCES.iter().any(|source| source.table == table) {
        return Ok(());
    }
    let mut forget = tx.prepare(&format!("DELETE FROM {table}_search WHERE rowid = ?"))?;
    for seq in seqs {
        forget.execute([seq])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_kind_drowns_another() {
        assert_eq!(
            shares(&[1, 0, 500, 3], 10),
            [1, 0, 6, 3],
            "the printer and the drafts are there among 500 tickets"
        );
        assert_eq!(
            shares(&[2, 1, 0, 0], 10),
            [2, 1, 0, 0],
            "fewer matches than places"
        );
        assert_eq!(shares(&[5, 5, 5, 5], 0), [0, 0, 0, 0], "no place");
    }

    #[test]
    fn the_passage_is_shown_where_the_word_is() {
        let typed = fold::typed("chaînon");
        let body = "un deux trois quatre cinq six le Chaînon manquant sept huit neuf dix onze douze treize";
        assert_eq!(
            snippet("Titre", body, &typed),
            "… quatre cinq six le Chaînon manquant sept huit neuf dix onze douze …",
            "the words around, with their own accents"
        );
        assert_eq!(
            snippet("Le chaînon", body, &typed),
            "",
            "the title shows it already"
        );
    }
}
