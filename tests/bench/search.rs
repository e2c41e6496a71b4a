//! Search over 100,000 dossiers, beside SQLite fetching the same rows by rowid in the same encrypted file.

use std::time::Instant;

use store::{Connection, Error, Store, search::Hit};

use crate::{
    college::{self, EQUIPMENT, TICKETS},
    median, ms, quantile, verdict,
};

/// What the window's palette shows.
const SHOWN: usize = 12;
const ROUNDS: usize = 5;
const LIMIT_MS: f64 = 10.0;

/// What a person types: rare serials and numbers, common words, first letters, several words, accents.
fn queries() -> Vec<String> {
    let mut queries = Vec::new();
    for step in 0..25 {
        queries.push(college::serial(step * (EQUIPMENT / 25)));
        queries.push(college::incident(step * (TICKETS / 25)));
    }
    let words = "imprimante vidéoprojecteur copieur onduleur pronote siecle messagerie panne réseau écran \
        session salle lampe toner câble mot passe bourrage démarrage installation geogebra technicien fournisseur \
        conseil garantie élève professeur vie scolaire récréation";
    let words: Vec<&str> = words.split_whitespace().collect();
    queries.extend(words.iter().map(|word| word.to_string()));
    for length in [2, 3, 4] {
        let starts = words
            .iter()
            .map(|word| word.chars().take(length).collect::<String>());
        queries.extend(starts.take(20));
    }
    for (first, second) in words.iter().zip(words.iter().skip(7)) {
        queries.push(format!("{first} {second}"));
    }
    for (first, room) in words
        .iter()
        .zip(["A005", "B107", "C020", "salle b1", "B1"].iter().cycle())
    {
        queries.push(format!("{first} {room}"));
    }
    for typed in [
        "ELEVE",
        "eleve",
        "Élève",
        "videoprojecteur",
        "VIDÉO",
        "recreation",
        "depuis la mise a jour",
        "l’onduleur",
    ] {
        queries.push(typed.into());
    }
    queries.truncate(200);
    assert_eq!(queries.len(), 200, "the list is fixed");
    queries
}

/// The rows behind some hits, as (query, rowid): found beforehand, so that only the fetch is timed.
fn rows(conn: &Connection, hits: &[Hit]) -> Result<Vec<(&'static str, i64)>, Error> {
    hits.iter()
        .map(|hit| {
            let (table, fetch) = match hit.kind.as_str() {
                "dossier" => (
                    "ticket",
                    "SELECT id, title, number, reference, description FROM ticket WHERE seq = ?",
                ),
                "equipement" => (
                    "equipment",
                    "SELECT id, kind, brand, model, serial FROM equipment WHERE seq = ?",
                ),
                other => panic!("the collège has no {other}"),
            };
            let seq = format!("SELECT seq FROM {table} WHERE id = ?");
            Ok((fetch, conn.query_row(&seq, [&hit.id], |row| row.get(0))?))
        })
        .collect()
}

pub fn measure() -> bool {
    let folder = college::folder();
    let began = Instant::now();
    let store = Store::open(&folder, &college::key()).expect("the store opens");
    store.read(store::profile::get).expect("the store reads");
    println!(
        "store opened and read once in {:.1} ms",
        ms(began.elapsed())
    );

    let (mut searched, mut bare, mut found) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        for query in queries() {
            let began = Instant::now();
            let hits = store
                .read(|conn| store::search::search(conn, &query, SHOWN))
                .expect("a search ends");
            searched.push(ms(began.elapsed()));
            found += hits.len();
            let rows = store
                .read(|conn| rows(conn, &hits))
                .expect("the rows are there");
            let began = Instant::now();
            store
                .read(|conn| {
                    rows.iter()
                        .try_for_each(|(fetch, seq)| -> Result<(), Error> {
                            conn.prepare_cached(fetch)?.query_row([seq], |row| {
                                (0..5).try_for_each(|column| {
                                    row.get::<_, Option<String>>(column)
                                        .map(std::hint::black_box)
                                        .map(drop)
                                })
                            })?;
                            Ok(())
                        })
                })
                .expect("the rows are there");
            bare.push(ms(began.elapsed()));
        }
    }
    assert!(found > 0, "a search that finds nothing measures nothing");
    println!(
        "200 queries × {ROUNDS} rounds over {TICKETS} dossiers and {EQUIPMENT} machines, {found} rows shown"
    );
    println!("                                 median        p95");
    for (what, times) in [
        ("search", &mut searched),
        ("same rows by rowid, bare SQLite", &mut bare),
    ] {
        println!(
            "{what:<32} {:>6.2} ms  {:>6.2} ms",
            median(times),
            quantile(times, 0.95)
        );
    }
    println!(
        "ratio of medians                 {:>6.1}",
        median(&mut searched) / median(&mut bare)
    );
    verdict("search, median", median(&mut searched), LIMIT_MS, "ms")
}
