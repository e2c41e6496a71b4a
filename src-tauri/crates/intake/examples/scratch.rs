use std::time::Instant;
use calamine::Reader;
use rust_xlsxwriter::Workbook;
fn main() {
    let csv = std::fs::read("/tmp/intakefuzz/20k.csv").unwrap();
    let r = intake::read("x.csv", &csv, &Default::default()).unwrap();
    let mut w = Workbook::new();
    let s = w.add_worksheet();
    s.write_row(0, 0, r.table.headings.clone()).unwrap();
    for (i, row) in r.table.rows.iter().take(4000).enumerate() { s.write_row(i as u32 + 1, 0, row.cells.clone()).unwrap(); }
    let b = w.save_to_buffer().unwrap();
    let t = Instant::now();
    let mut x: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(&b)).unwrap();
    println!("calamine {:?} {:?}", x.worksheet_range("Sheet1").unwrap().height(), t.elapsed());
    let t = Instant::now();
    let r = intake::read("x", &b, &Default::default()).unwrap();
    println!("intake {} {:?}", r.table.rows.len(), t.elapsed());
}
