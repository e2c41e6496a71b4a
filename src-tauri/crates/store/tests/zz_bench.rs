use std::time::Instant;
use store::*;
#[test]
fn bench() {
    let dir = std::path::PathBuf::from("/tmp/relais-bench");
    let key = Key::from_bytes([7; 32]);
    let fresh = !dir.exists();
    let store = Store::open(&dir, &key).unwrap();
    if fresh {
        let rooms = ["B204","CDI","B1.12","Secrétariat","A07","Salle des profs"];
        let what = ["Imprimante en panne","Vidéoprojecteur sans image","Poste très lent","Réseau coupé","Compte élève bloqué","Installer GeoGebra"];
        let t = Instant::now();
        for chunk in 0..100 {
            store.write(|tx| { for k in 0..1000 { let n = chunk*1000+k;
                let one = ticket::Ticket { id: format!("t{n}"), title: format!("{} salle {}", what[n%6], rooms[n/6%6]), description: format!("Depuis lundi {} ne répond plus, bourrage au bac {} ; numéro de série VNC3R-{:05}. Les élèves attendent, le professeur a redémarré deux fois sans effet.", what[n%6].to_lowercase(), n%7, n), reference: Some(format!("REL-{n:06}")), number: Some(format!("INC{n:012}")), service: "s".into(), party: ["departement","academie","etablissement"][n%3].into(), state: if n%50==0 {"ouvert"} else {"ferme"}.into(), answers: "{}".into(), summary: "{}".into(), created_at_ms: n as i64, updated_at_ms: n as i64, waiting_on_me: n%250==0, ..Default::default() };
                ticket::insert(tx, &one)?; } Ok::<_,Error>(()) }).unwrap();
        }
        for chunk in 0..20 { store.write(|tx| { for k in 0..1000 { let n = chunk*1000+k;
            equipment::insert(tx, &equipment::Equipment{ id: format!("e{n}"), kind: "Imprimante".into(), family: ["poste","portable","imprimante"][n%3].into(), brand: "HP".into(), model: format!("M{}",n%40), serial: format!("SN{n:06}"), state: "en-service".into(), funding: "departement".into(), ..Default::default() })?; } Ok::<_,Error>(()) }).unwrap(); }
        println!("fill {:?}", t.elapsed());
    }
    println!("size {} MiB", std::fs::metadata(dir.join("relais.db")).unwrap().len()>>20);
    for q in ["imprimante","impr","im","i","salle b204","bourrage professeur","VNC3R-04512","INC000000099","vnc3r","élèves attendent redémarré","geogebra b1.12","zzzz","re","l","a"] {
        let mut times: Vec<_> = (0..31).map(|_| { let t = Instant::now(); let n = store.read(|c| search::search(c, q, 20)).unwrap().len(); (t.elapsed(), n) }).collect();
        let first = times[0].0; times.sort();
        println!("{q:30} hits {} first {:?} median {:?} max {:?}", times[15].1, first, times[15].0, times[30].0);
    }
    let time = |name: &str, f: &dyn Fn()| { let mut v: Vec<_> = (0..15).map(|_| { let t = Instant::now(); f(); t.elapsed() }).collect(); v.sort(); println!("{name:30} median {:?} max {:?}", v[7], v[14]); };
    let q = ticket::TicketQuery { limit: 50, ..Default::default() };
    time("page tous", &|| { store.read(|c| ticket::page(c, &q)).unwrap(); });
    time("page text", &|| { store.read(|c| ticket::page(c, &ticket::TicketQuery{ text: "imprimante".into(), ..q.clone()})).unwrap(); });
    time("page ouverts", &|| { store.read(|c| ticket::page(c, &ticket::TicketQuery{ state: "ouverts".into(), ..q.clone()})).unwrap(); });
    time("parties tous", &|| { store.read(|c| ticket::parties(c, &q)).unwrap(); });
    time("counts", &|| { store.read(ticket::counts).unwrap(); });
    time("waiting+others", &|| { store.read(|c| { ticket::open_waiting_on_me(c, 5)?; ticket::open_with_others(c, 8) }).unwrap(); });
    let e = equipment::EquipmentQuery { limit: 50, today: "2026-11-23".into(), ..Default::default() };
    time("equipment page", &|| { store.read(|c| equipment::page(c, &e)).unwrap(); });
    time("equipment facets", &|| { store.read(|c| equipment::facets(c, &e)).unwrap(); });
    time("equipment words", &|| { store.read(equipment::all_words).unwrap(); });
    time("one write", &|| { store.write(|tx| setting::set(tx, "a", "b")).unwrap(); });
    drop(store);
    time("open", &|| { Store::open(&dir, &key).unwrap(); });
    time("open+counts", &|| { Store::open(&dir, &key).unwrap().read(ticket::counts).unwrap(); });
}
