#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (mode, hash, merge) = (a[1].as_str(), a[2].parse::<i64>().unwrap(), a[3].parse::<i64>().unwrap());
    let dir = tempfile::tempdir_in(std::env::var("MEASURE_DIR").unwrap()).unwrap();
    let texts: Vec<[String; 14]> = (0..20_000usize).map(|n| {
        let k = [("Poste fixe","poste","HP","ProDesk 400 G7"),("Portable","portable","Lenovo","ThinkPad L14"),("Imprimante","imprimante","HP","LaserJet M454"),("Vidéoprojecteur","video","Epson","EB-685W")][n * 7 % 4];
        [k.0.into(), k.2.into(), k.3.into(), format!("CZC{:07X}", n.wrapping_mul(2_654_435_761) & 0xfff_ffff), format!("CD65-{}-{n:05}", 2012 + n * 13 % 14), format!("W65-{n:05}"), format!("172.16.{}.{}", n / 250, n % 250), format!("00:1B:44:{:02X}:{:02X}:{:02X}", n >> 16 & 255, n >> 8 & 255, n & 255), format!("B{:02}", n % 90), format!("Salle {}", n % 300), "Salle de cours".into(), "".into(), "".into(), "".into()]
    }).collect();
    if mode == "none" { return; }
    let folded: Vec<String> = texts.iter().map(|t| store::search::fold(&t.join(" \n "))).collect();
    if mode == "fold" { return; }
    let mut conn = rusqlite::Connection::open(dir.path().join("x.db")).unwrap();
    conn.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
    conn.pragma_update(None, "cache_size", -16384).unwrap();
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
    let p = if mode == "-" { String::new() } else { format!("prefix = '{mode}',") };
    conn.execute_batch(&format!("CREATE VIRTUAL TABLE s USING fts5 (words, content = '', contentless_delete = 1, detail = none, {p} tokenize = \"ascii tokenchars '.-_/:'\");")).unwrap();
    let tx = conn.transaction().unwrap();
    if hash > 0 { tx.execute(&format!("INSERT INTO s(s, rank) VALUES('hashsize', {hash})"), []).unwrap(); }
    tx.execute(&format!("INSERT INTO s(s, rank) VALUES('automerge', {merge})"), []).unwrap();
    { let mut q = tx.prepare("INSERT INTO s (rowid, words) VALUES (?, ?)").unwrap();
      for (i, f) in folded.iter().enumerate() { q.execute(rusqlite::params![i as i64 + 1, f]).unwrap(); } }
    tx.commit().unwrap();
}
