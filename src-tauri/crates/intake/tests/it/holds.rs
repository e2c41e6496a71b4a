//! What holds for every answer, asked by the property tests, the seeded runs and the libFuzzer target.

use intake::{Reading, limits};

pub fn holds(reading: &Reading) {
    let width = reading.table.headings.len();
    assert!(
        width <= limits::COLUMNS,
        "the columns are held within limits"
    );
    assert!(
        reading.table.rows.len() + reading.refused.len() <= limits::ROWS + 1,
        "the rows are held within limits"
    );
    let mut headings = reading.table.headings.clone();
    headings.sort();
    headings.dedup();
    assert_eq!(
        headings.len(),
        width,
        "a mapping can be remembered by the headings"
    );
    for row in &reading.table.rows {
        assert_eq!(
            row.cells.len(),
            width,
            "line {}: one cell a heading",
            row.line
        );
        assert!(
            row.cells.iter().any(|cell| !cell.is_empty()),
            "line {}: an empty row is no row",
            row.line
        );
        assert!(
            row.cells
                .iter()
                .all(|cell| cell.len() <= limits::CELL_BYTES),
            "line {}: no cell is longer than allowed",
            row.line
        );
    }
}
