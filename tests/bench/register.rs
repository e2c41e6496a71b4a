//! The register at its largest: an import of 20,000 rows beside the same rows put in by a bare prepared statement,
//! and the first page of a filtered, sorted list beside the same rows by rowid.

use std::time::Instant;

use app::{App, Options, commands};
use serde_json::json;
use store::{
    Connection, Error, Store,
    equipment::{Equipment, EquipmentQuery},
};

use crate::{
    college::{self, EQUIPMENT},
    median, ms, quantile, verdict,
};

const ROUNDS: usize = 5;
const IMPORT_LIMIT: f64 = 2.0;
const PAGE_LIMIT_MS: f64 = 5.0;
/// What the window asks for at once.
const WINDOW: u64 = 100;

pub fn import() -> bool {
    let machines = college::machines();
    let file = csv(&machines);
    let (mut imported, mut bare) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Who goes first changes each time.
        for turn in [round % 2, 1 - round % 2] {
            if turn == 0 {
                imported.push(import_once(&file));
            } else {
                bare.push(insert_once(&machines));
            }
        }
    }
    println!(
        "{EQUIPMENT} rows, {} KiB of CSV, {ROUNDS} rounds",
        file.len() / 1024
    );
    for (what, times) in [
        ("file read, matched, imported", &mut imported),
        ("bare prepared INSERT", &mut bare),
    ] {
        println!("{what:<32} {:>8.0} ms, median", median(times));
    }
    verdict(
        "import, ratio of medians",
        median(&mut imported) / median(&mut bare),
        IMPORT_LIMIT,
        "",
    )
}

fn csv(machines: &[Equipment]) -> Vec<u8> {
    let mut text = String::from(
        "Type;Marque;Modèle;Numéro de série;Numéro d’inventaire;Nom réseau;Salle;Financement;Date d’achat;État\r\n",
    );
    for machine in machines {
        let room = machine.room_id.as_deref().unwrap_or_default();
        text += &format!(
            "{};{};{};{};{};{};{};Département;{};en service\r\n",
            machine.kind,
            machine.brand,
            machine.model,
            machine.serial,
            machine.inventory_number,
            machine.host_name,
            college::room_code(room),
            machine.bought_on.as_deref().unwrap_or_default(),
        );
    }
    text.into_bytes()
}

/// From the bytes of the file to the commit, through the command that the window calls.
fn import_once(file: &[u8]) -> f64 {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let app = App::open(Options {
        folder: folder.path().join("donnees"),
        passphrase: None,
        downloads: folder.path().to_owned(),
        clock: std::sync::Arc::new(|| college::NOW_MS),
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let call = |name: &str, body| {
        runtime
            .block_on(commands::dispatch(&app, name, body))
            .unwrap_or_else(|error| panic!("{name} refused: {}", error.message))
    };
    let choices = call("first_start_choices", json!({}));
    assert!(choices.is_object(), "the application answers");
    call(
        "first_start",
        json!({"profile": college::profile_json(), "passphrase": "girafe parapluie lundi confiture"}),
    );
    for (code, name) in college::rooms() {
        call(
            "room_save",
            json!({"id": null, "code": code, "name": name, "building": "", "floor": "", "usage": ""}),
        );
    }
    let taken = app
        .take_file("inventaire.csv", file.to_vec())
        .unwrap_or_else(|error| panic!("the file is refused: {}", error.message));
    let began = Instant::now();
    let done = call(
        "import_apply",
        json!({"file_id": taken.id, "kind": "equipements", "choices": {
            "encoding": null, "separator": null, "sheet": null, "headings_line": null, "mapping": null, "keys": null,
            "empty_clears": false, "default_role": null,
        }, "expected": null}),
    );
    let time = ms(began.elapsed());
    assert_eq!(
        done["figures"]["created"], EQUIPMENT,
        "every row is imported, or the time means nothing: {}",
        done["figures"]["refused"][0]
    );
    time
}

/// The same rows, in one transaction, into the same schema under encryption; nothing else.
fn insert_once(machines: &[Equipment]) -> f64 {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::open(folder.path(), &college::key()).expect("the store opens");
    store
        .write(college::fill_rooms)
        .expect("rooms can be written");
    let began = Instant::now();
    store
        .write(|tx| -> Result<(), Error> {
            let mut insert = tx.prepare(
                "INSERT INTO equipment (id, kind, family, brand, model, serial, inventory_number, host_name, room_id, \
                 funding, bought_on, state, created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?;
            let now = college::NOW_MS.to_string();
            for machine in machines {
                insert.execute([
                    Some(machine.id.as_str()),
                    Some(&machine.kind),
                    Some(&machine.family),
                    Some(&machine.brand),
                    Some(&machine.model),
                    Some(&machine.serial),
                    Some(&machine.inventory_number),
                    Some(&machine.host_name),
                    machine.room_id.as_deref(),
                    Some(&machine.funding),
                    machine.bought_on.as_deref(),
                    Some(&machine.state),
                    Some(&now),
                    Some(&now),
                ])?;
            }
            Ok(())
        })
        .expect("the rows can be written");
    ms(began.elapsed())
}

/// What a person does in the list: facets, words, orders.
fn queries() -> Vec<EquipmentQuery> {
    let base = || EquipmentQuery {
        today: "2026-11-23".into(),
        own_funds_after: "2015-09-01".into(),
        limit: WINDOW,
        ..EquipmentQuery::default()
    };
    let mut queries = Vec::new();
    for sort in [
        "type",
        "modele",
        "serie",
        "inventaire",
        "salle",
        "financement",
        "etat",
        "achat",
        "prix",
        "garantie",
        "modification",
        "nom-reseau",
    ] {
        for descending in [false, true] {
            let ordered = || EquipmentQuery {
                sort: sort.into(),
                descending,
                ..base()
            };
            queries.push(ordered());
            queries.push(EquipmentQuery {
                text: "imprimante hp".into(),
                ..ordered()
            });
            queries.push(EquipmentQuery {
                families: vec!["poste".into()],
                rooms: vec!["salle-3".into(), "salle-7".into()],
                ..ordered()
            });
            queries.push(EquipmentQuery {
                funding: vec!["departement".into()],
                states: vec!["en-service".into()],
                ..ordered()
            });
        }
    }
    queries
}

pub fn page() -> bool {
    let store = Store::open(&college::folder(), &college::key()).expect("the store opens");
    store.read(store::profile::get).expect("the store reads");
    let (mut listed, mut bare, mut shown) = (Vec::new(), Vec::new(), 0);
    let mut slowest = (0.0, String::new());
    for _ in 0..ROUNDS {
        for query in queries() {
            let began = Instant::now();
            let page = store
                .read(|conn| store::equipment::page(conn, &query))
                .expect("a list ends");
            let time = ms(began.elapsed());
            listed.push(time);
            if time > slowest.0 {
                let (sort, text) = (&query.sort, &query.text);
                let narrowed = query.families.len() + query.states.len();
                slowest = (
                    time,
                    format!("sorted by {sort}, « {text} », {narrowed} facets"),
                );
            }
            shown += page.rows.len();
            let began = Instant::now();
            store
                .read(|conn| by_id(conn, &page.rows))
                .expect("the rows are there");
            bare.push(ms(began.elapsed()));
        }
    }
    assert!(shown > 0, "a list without rows measures nothing");
    println!(
        "{} filtered and sorted lists × {ROUNDS} rounds over {EQUIPMENT} machines, {shown} rows shown",
        queries().len()
    );
    println!("slowest: {:.2} ms, {}", slowest.0, slowest.1);
    for (what, times) in [
        ("first page, with its total", &mut listed),
        ("same rows by id, bare SQLite", &mut bare),
    ] {
        println!(
            "{what:<32} {:>6.2} ms  {:>6.2} ms p95",
            median(times),
            quantile(times, 0.95)
        );
    }
    verdict(
        "first page, p95",
        quantile(&mut listed, 0.95),
        PAGE_LIMIT_MS,
        "ms",
    )
}

fn by_id(conn: &Connection, rows: &[Equipment]) -> Result<(), Error> {
    let mut fetch = conn.prepare_cached("SELECT * FROM equipment WHERE id = ?")?;
    for row in rows {
        fetch.query_row([&row.id], |row| {
            (0..20).try_for_each(|column| {
                row.get_ref(column)
                    .map(|value| std::hint::black_box(value.data_type()))
                    .map(drop)
            })
        })?;
    }
    Ok(())
}
