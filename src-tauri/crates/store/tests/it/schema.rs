//! The schema of this version, as one text: a change that is not a migration is seen in review.

use crate::Folder;

#[test]
fn the_schema_is_the_one_written_down() {
    let folder = Folder::new();
    let schema: Vec<String> = folder.read(|conn| {
        let mut query = conn.prepare(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB '*_search_*' ORDER BY type, name",
        )?;
        let lines = query.query_map([], |row| row.get(0))?;
        Ok(lines.collect::<Result<_, _>>()?)
    });
    let schema = schema.join(";\n") + ";\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/schema.sql");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(path, &schema).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        schema, written,
        "a released schema changes by a new migration only; UPDATE_SNAPSHOTS=1 writes the new text"
    );
    let version: i64 =
        folder.read(|conn| Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?));
    assert_eq!(
        version,
        store::schema::VERSION,
        "and the database says which it is"
    );
}

#[test]
fn tables_are_strict_and_say_no_null_by_accident() {
    let folder = Folder::new();
    let loose: Vec<String> = folder.read(|conn| {
        let mut query = conn.prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 \
             AND name NOT LIKE 'sqlite_%'",
        )?;
        let names = query.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    });
    assert_eq!(loose, Vec::<String>::new(), "every table checks its types");
}
