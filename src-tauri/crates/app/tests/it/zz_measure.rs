use std::time::Instant;
use serde_json::json;
use crate::{call, given::{college, query, room}, PHRASE};
#[tokio::test]
#[ignore]
async fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let mut rooms = Vec::new();
    for n in 0..45 { rooms.push(room(&app, &format!("B{n}")).await); }
    let file = store::KeyFile::read(folder.path()).unwrap().unwrap();
    let key = file.key_from_passphrase(&secrecy::SecretString::from(PHRASE)).unwrap();
    let other = store::Store::open(folder.path(), &key).unwrap();
    let t = Instant::now();
    other.write(|tx| -> Result<(), store::Error> {
        for n in 0..20_000 {
            store::equipment::insert(tx, &store::equipment::Equipment { id: store::new_id(1_700_000_000_000 + n, &mut rand::rng()), kind: format!("Type {}", n % 17), family: "poste".into(), brand: "HP".into(), model: format!("M{}", n % 90), serial: format!("SER{n:06}"), inventory_number: if n % 3 == 0 { String::new() } else { format!("CD65-{n}") }, room_id: Some(rooms[(n % 45) as usize].clone()), user_line: "Élèves".into(), funding: "departement".into(), state: "en-service".into(), ..Default::default() })?;
        }
        Ok(())
    }).unwrap();
    println!("insert {:?}", t.elapsed());
    for _ in 0..3 {
        let t = Instant::now();
        let page = call(&app, "equipment_list", query()).await;
        println!("list {:?} {}", t.elapsed(), page["total"]);
        let mut q = query(); q["facets"] = json!({"etat":["en-service"]}); q["text"] = json!("hp m1"); q["sort"] = json!("salle");
        let t = Instant::now();
        let page = call(&app, "equipment_list", q).await;
        println!("filtered {:?} {}", t.elapsed(), page["total"]);
    }
    let t = Instant::now();
    let ids = call(&app, "equipment_ids", query()).await;
    println!("ids {:?}", t.elapsed());
    let t = Instant::now();
    call(&app, "search", json!({"text":"rel-abcdef12","limit":20})).await;
    println!("search rel {:?}", t.elapsed());
    let t = Instant::now();
    let view = call(&app, "stock_check_start", json!({"title":"x","room_ids":rooms})).await;
    println!("check start {:?}", t.elapsed());
    let t = Instant::now();
    call(&app, "stock_check_see", json!({"check_id":view["row"]["id"],"room_id":rooms[0],"mark":"SER000001","equipment_id":null})).await;
    println!("scan {:?}", t.elapsed());
    let t = Instant::now();
    call(&app, "home", json!({})).await;
    println!("home {:?}", t.elapsed());
    let t = Instant::now();
    let done = call(&app, "equipment_bulk", json!({"ids": ids["ids"], "changes":[{"field":"notes","value":"x"}]})).await;
    println!("bulk {:?} {}", t.elapsed(), done["changed"]);
}
