//! A stock check as two sheets of a workbook: the figures of each room, and every machine with what was found.

use crate::{Cell, CheckRow, RoomCheck, StockCheckReport, Table};

/// The sheets « Par salle » and « Détail », to be written with [`crate::tables`].
pub fn stock_check_tables(report: &StockCheckReport) -> Vec<Table> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let number = |rows: &[CheckRow]| Cell::Number(rows.len() as f64);
    let figures = report.rooms.iter().map(|room| {
        vec![
            text(&room.room),
            number(&room.present),
            number(&room.moved),
            number(&room.missing),
            number(&room.away),
            number(&room.unknown),
        ]
    });
    let machines = report.rooms.iter().flat_map(|room| {
        found(room).into_iter().flat_map(move |(word, rows)| {
            rows.iter().map(move |row| {
                vec![
                    text(&room.room),
                    text(word),
                    text(&row.machine),
                    text(&row.inventory),
                    text(&row.serial),
                    text(&row.note),
                ]
            })
        })
    });
    vec![
        Table {
            name: "Par salle".to_owned(),
            headings: headings(&[
                "Salle",
                "Présents",
                "Déplacés ici",
                "Manquants",
                "Ailleurs",
                "Inconnus",
            ]),
            rows: figures.collect(),
        },
        Table {
            name: "Détail".to_owned(),
            headings: headings(&[
                "Salle",
                "Constat",
                "Équipement",
                "Numéro d’inventaire",
                "Numéro de série",
                "Remarque",
            ]),
            rows: machines.collect(),
        },
    ]
}

fn found(room: &RoomCheck) -> [(&'static str, &[CheckRow]); 5] {
    [
        ("Présent", &room.present),
        ("Déplacé ici", &room.moved),
        ("Manquant", &room.missing),
        ("Ailleurs", &room.away),
        ("Inconnu", &room.unknown),
    ]
}

fn headings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
