//! Thousands of machines at once: the same rows, words and indexes as one by one, and one undo.

use store::{
    batch,
    equipment::{self, Equipment, EquipmentQuery},
};

use crate::{
    Folder,
    batches::{batch as import, found},
    printer,
};

fn indexes(folder: &Folder) -> Vec<(String, String)> {
    folder.read(|conn| {
        let mut query = conn.prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
        )?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

#[test]
fn a_first_import_of_many_leaves_the_register_as_if_they_had_come_one_by_one() {
    let folder = Folder::new();
    folder.write(|tx| equipment::insert(tx, &printer("ancien", "ANCIEN-1")));
    let before = indexes(&folder);
    let many: Vec<Equipment> = (0..1_200)
        .map(|number| printer(&format!("eq-{number}"), &format!("SERIE-{number}")))
        .collect();
    folder.write(|tx| {
        batch::begin(tx, &import("b1", 5_000))?;
        equipment::insert_all_in(tx, &many.iter().collect::<Vec<_>>(), "b1")
    });
    assert_eq!(
        indexes(&folder),
        before,
        "every index put away is made again, in the same words"
    );
    assert_eq!(
        found(&folder, "serie-777"),
        ["eq-777"],
        "each machine is found by its words"
    );
    let page = folder.read(|conn| {
        let narrowed = EquipmentQuery {
            today: "2026-11-24".into(),
            text: "ancien-1".into(),
            limit: 10,
            ..EquipmentQuery::default()
        };
        equipment::page(conn, &narrowed)
    });
    assert_eq!(page.total, 1, "what was there before is still listed");
    let check: String =
        folder.read(|conn| Ok(conn.query_row("PRAGMA integrity_check", [], |row| row.get(0))?));
    assert_eq!(check, "ok", "indexes and rows agree");

    let undone = folder.write(|tx| batch::undo(tx, "b1", 6_000));
    assert_eq!(
        (undone.removed, undone.kept.len()),
        (1_200, 0),
        "one undo takes all of them away"
    );
    assert!(
        found(&folder, "serie-777").is_empty(),
        "and their words with them"
    );
}

#[test]
fn an_import_that_fails_half_way_leaves_rows_and_indexes_as_they_were() {
    let folder = Folder::new();
    let before = indexes(&folder);
    let mut many: Vec<Equipment> = (0..1_200)
        .map(|number| printer(&format!("eq-{number}"), &format!("SERIE-{number}")))
        .collect();
    many.push(printer("eq-7", "DEUX-FOIS"));
    let failed = folder.store.write(|tx| {
        batch::begin(tx, &import("b1", 5_000))?;
        equipment::insert_all_in(tx, &many.iter().collect::<Vec<_>>(), "b1")
    });
    assert!(failed.is_err(), "two machines cannot share an id");
    assert_eq!(indexes(&folder), before, "no index was lost on the way");
    let count: i64 = folder
        .read(|conn| Ok(conn.query_row("SELECT count(*) FROM equipment", [], |row| row.get(0))?));
    assert_eq!(count, 0, "and nothing came in by halves");
}
