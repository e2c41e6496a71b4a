#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use store::{Key, Store, batch::{self, Batch}, equipment::{self, Equipment, EquipmentQuery}, room::{self, Room}, Error, search};
const N: usize = 20_000;
fn machine(number: usize, rng: &mut StdRng) -> Equipment {
    let k = [("Poste fixe","poste","HP","ProDesk 400 G7"),("Poste fixe","poste","Dell","OptiPlex 3080"),("Portable","portable","Lenovo","ThinkPad L14"),("Imprimante","imprimante","HP","LaserJet M454"),("Vidéoprojecteur","video","Epson","EB-685W"),("Écran","ecran","Iiyama","ProLite B2483"),("Commutateur","reseau","Aruba","2930F"),("Tablette","tablette","Apple","iPad 9")];
    let (kind, family, brand, model) = k[rng.random_range(0..k.len())];
    Equipment {
        id: store::new_id(1_700_000_000_000 + number as i64, rng),
        kind: kind.into(), family: family.into(), brand: brand.into(), model: model.into(),
        serial: format!("CZC{:07X}", number.wrapping_mul(2_654_435_761) & 0xfff_ffff),
        inventory_number: format!("CD65-{}-{number:05}", rng.random_range(2012..2026)),
        host_name: format!("W65-{number:05}"),
        ip: if std::env::var("PLAIN").is_ok() { String::new() } else { format!("172.16.{}.{}", number / 250, number % 250) },
        mac: if std::env::var("PLAIN").is_ok() { String::new() } else { format!("00:1B:44:{:02X}:{:02X}:{:02X}", number >> 16 & 255, number >> 8 & 255, number & 255) },
        room_id: Some(format!("salle-{}", rng.random_range(0..300))),
        user_line: ["Salle de cours", "CDI", "Vie scolaire", "Salle informatique"][rng.random_range(0..4)].into(),
        funding: ["departement","etat","fonds-propres"][rng.random_range(0..3)].into(),
        bought_on: Some(format!("20{:02}-09-01", rng.random_range(12..26))),
        price_cents: Some(rng.random_range(10_000..90_000)),
        warranty_on: Some(format!("20{:02}-09-01", rng.random_range(15..29))),
        state: ["en-service","en-service","en-service","en-panne","en-reserve"][rng.random_range(0..5)].into(),
        created_at_ms: 1_700_000_000_000, updated_at_ms: 1_700_000_000_000,
        ..Equipment::default()
    }
}
fn folder() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir_in(std::env::var("MEASURE_DIR").unwrap()).unwrap();
    let store = Store::open(dir.path(), &Key::from_bytes([7; 32])).unwrap();
    store.write(|tx| { for n in 0..300 { room::upsert(tx, &Room { id: format!("salle-{n}"), code: format!("{}{}{:02}", ["A","B","C"][n%3], n/90, n%90), name: format!("Salle {n}"), ..Room::default() })?; } if let Ok(h) = std::env::var("HASH") { let (h, m) = h.split_once(',').unwrap(); tx.execute(&format!("INSERT INTO equipment_search (equipment_search, rank) VALUES ('hashsize', {h})"), [])?; tx.execute(&format!("INSERT INTO equipment_search (equipment_search, rank) VALUES ('automerge', {m})"), [])?; } Ok::<_, Error>(()) }).unwrap();
    (dir, store)
}
#[derive(Clone, Copy)] struct Instant(f64);
impl Instant { fn now() -> Instant { let t = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap(); Instant(t.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6) } }
fn ms(i: Instant) -> f64 { Instant::now().0 - i.0 }
fn main() {
    let mut rng = StdRng::seed_from_u64(65);
    let rows: Vec<Equipment> = (0..N).map(|n| machine(n, &mut rng)).collect();
    let mut bares = vec![]; let mut ours = vec![];
    let mut last = None;
    for _ in 0..std::env::var("ROUNDS").map_or(3, |v| v.parse().unwrap()) {
        let (dir, store) = folder(); drop(store);
        if std::env::var("NO_BARE").is_err() {
        let mut conn = rusqlite::Connection::open(dir.path().join("relais.db")).unwrap();
        conn.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
        conn.pragma_update(None, "synchronous", "FULL").unwrap();
        conn.pragma_update(None, "foreign_keys", true).unwrap();
        conn.pragma_update(None, "temp_store", "MEMORY").unwrap();
        conn.pragma_update(None, "cache_size", std::env::var("BARE_CACHE").map_or(-16384, |v| v.parse::<i64>().unwrap())).unwrap();
        let t = Instant::now();
        let tx = conn.transaction().unwrap();
        { let mut q = tx.prepare("INSERT INTO equipment (id,kind,family,brand,model,serial,inventory_number,host_name,ip,mac,room_id,user_line,funding,bought_on,price_cents,order_ref,invoice_ref,warranty_on,warranty_kind,validated,state,notes,created_at_ms,updated_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)").unwrap();
        for e in &rows { q.execute(rusqlite::params_from_iter([&e.id as &dyn rusqlite::ToSql,&e.kind,&e.family,&e.brand,&e.model,&e.serial,&e.inventory_number,&e.host_name,&e.ip,&e.mac,&e.room_id,&e.user_line,&e.funding,&e.bought_on,&e.price_cents,&e.order_ref,&e.invoice_ref,&e.warranty_on,&e.warranty_kind,&e.validated,&e.state,&e.notes,&e.created_at_ms,&e.updated_at_ms])).unwrap(); } }
        tx.commit().unwrap();
        bares.push(ms(t)); }
        let (dir, store) = folder();
        let t = Instant::now();
        store.write(|tx| {
            batch::begin(tx, &Batch { id: "b".into(), kind: "import-equipements".into(), at_ms: 5, ..Batch::default() })?;
            for e in &rows { equipment::insert_in(tx, e, "b")?; }
            Ok::<_, Error>(())
        }).unwrap();
        ours.push(ms(t));
        last = Some((dir, store));
    }
    if std::env::var("IMPORT_ONLY").is_ok() { println!("bare {bares:.0?} ours {ours:.0?}"); return; }
    println!("bare {bares:.0?} ours {ours:.0?}");
    let (dir, store) = last.unwrap();
    println!("file {} KiB", std::fs::metadata(dir.path().join("relais.db")).unwrap().len() / 1024);
    let base = EquipmentQuery { today: "2026-11-23".into(), own_funds_after: "2015-09-01".into(), limit: 100, ..Default::default() };
    let time = |what: &str, f: &dyn Fn(&store::Connection) -> Result<u64, Error>| {
        let mut all = vec![]; let mut n = 0;
        for _ in 0..11 { let t = Instant::now(); n = store.read(|c| f(c)).unwrap(); all.push(ms(t)); }
        let first = all[0]; all.sort_by(f64::total_cmp);
        println!("{what:<42} first {first:7.2} median {:7.2} ms  ({n})", all[5]);
    };
    for text in ["", "la", "latit", "hp", "cz", "czc0", "impr", "proj b1", "w65-0", "172.16"] {
        time(&format!("search « {text} »"), &|c| Ok(search::search(c, text, 12)?.len() as u64));
        time(&format!("page text « {text} »"), &|c| Ok(equipment::page(c, &EquipmentQuery { text: text.into(), ..base.clone() })?.total));
    }
    for sort in ["type","famille","serie","inventaire","salle","utilisateur","financement","etat","achat","garantie","modification","marque","modele","reseau-nom","prix"] {
        for (name, q) in [("", base.clone()), ("etat", EquipmentQuery { states: vec!["en-panne".into()], ..base.clone() }), ("famille+fin", EquipmentQuery { families: vec!["poste".into()], funding: vec!["etat".into()], ..base.clone() }), ("2 salles desc", EquipmentQuery { rooms: vec!["salle-1".into(), "salle-7".into()], descending: true, ..base.clone() }), ("watch", EquipmentQuery { watch: vec!["garantie-finie".into()], ..base.clone() }), ("desc", EquipmentQuery { descending: true, ..base.clone() })] {
            time(&format!("page {sort} / {name}"), &|c| Ok(equipment::page(c, &EquipmentQuery { sort: sort.into(), ..q.clone() })?.total));
        }
    }
    for (name, q) in [("none", base.clone()), ("famille", EquipmentQuery { families: vec!["poste".into()], ..base.clone() }), ("famille+etat", EquipmentQuery { families: vec!["poste".into()], states: vec!["en-service".into()], ..base.clone() }), ("texte", EquipmentQuery { text: "hp".into(), ..base.clone() }), ("salle", EquipmentQuery { rooms: vec!["salle-1".into()], ..base.clone() })] {
        time(&format!("facets / {name}"), &|c| Ok(equipment::facets(c, &q)?.len() as u64));
        time(&format!("ids / {name}"), &|c| Ok(equipment::ids(c, &q)?.len() as u64));
    }
    let t = Instant::now();
    store.write(|tx| search::rebuild(tx)).unwrap();
    println!("rebuild {:.0} ms", ms(t));
    let t = Instant::now();
    store.write(|tx| { batch::begin(tx, &Batch { id: "e".into(), ..Batch::default() })?; for e in &rows { equipment::update_in(tx, &Equipment { state: "reforme".into(), ..e.clone() }, 7, "modification", "e")?; } Ok::<_, Error>(()) }).unwrap();
    println!("bulk edit {:.0} ms", ms(t));
    let t = Instant::now();
    let undone = store.write(|tx| batch::undo(tx, "e", 9)).unwrap();
    println!("undo edit {:.0} ms, {} restored, {} kept", ms(t), undone.restored, undone.kept.len());
    let t = Instant::now();
    let undone = store.write(|tx| batch::undo(tx, "b", 9)).unwrap();
    println!("undo {:.0} ms, {} removed, {} kept", ms(t), undone.removed, undone.kept.len());
    let _ = rng.next_u32();
}
