//! Récolement: a room walked through with a scanner, interrupted, gone on with, applied.

use std::collections::BTreeMap;

use app::App;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    PHRASE, call,
    given::{college, machine, room, shown, text, written},
    open, refused,
};

/// Two rooms: three machines in the first, one in the second.
struct Place {
    b204: String,
    cdi: String,
    machines: Vec<String>,
}

async fn place(app: &App) -> Place {
    let b204 = room(app, "B204").await;
    let cdi = room(app, "CDI").await;
    let mut machines = Vec::new();
    for (serial, room) in [("S1", &b204), ("S2", &b204), ("S3", &b204), ("S4", &cdi)] {
        machines.push(machine(app, json!({ "serial": serial, "room_id": room })).await);
    }
    Place {
        b204,
        cdi,
        machines,
    }
}

async fn start(app: &App, rooms: &[&str]) -> String {
    let view = call(
        app,
        "stock_check_start",
        json!({ "title": "", "room_ids": rooms }),
    )
    .await;
    assert_eq!(
        view["row"]["title"], "Récolement du 23 novembre 2026",
        "named after its day"
    );
    text(&view["row"]["id"])
}

async fn scan(app: &App, check: &str, room: &str, mark: &str) -> Value {
    let form = json!({ "check_id": check, "room_id": room, "mark": mark, "equipment_id": null });
    call(app, "stock_check_see", form).await
}

fn verdicts(view: &Value, room: usize) -> Vec<(String, String)> {
    let mut lines: Vec<_> = view["rooms"][room]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (text(&line["mark"]), text(&line["verdict"])))
        .collect();
    lines.sort();
    lines
}

fn pairs(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines
        .iter()
        .map(|(mark, verdict)| ((*mark).to_owned(), (*verdict).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_room_is_walked_through_in_two_days_and_applied_in_one_act() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let Place {
        b204,
        cdi,
        machines,
    } = place(&app).await;
    let check = start(&app, &[&b204, &cdi]).await;

    let seen = scan(&app, &check, &b204, "s1").await;
    assert_eq!(seen["verdict"], "present", "it is where it should be");
    assert_eq!(
        seen["sentence"], "Présent\u{202f}: Ordinateur portable HP ProBook 450",
        "said in a sentence"
    );
    let seen = scan(&app, &check, &b204, "S4").await;
    assert_eq!(seen["verdict"], "deplace", "it comes from the CDI");
    assert!(
        text(&seen["sentence"]).contains("Enregistré en CDI"),
        "and that is said: {}",
        seen["sentence"]
    );
    let seen = scan(&app, &check, &b204, "VIEUX-1").await;
    assert_eq!(seen["verdict"], "inconnu", "in no register");
    let again = scan(&app, &check, &b204, "vieux-1").await;
    assert!(
        text(&again["sentence"]).starts_with("Déjà vu ici"),
        "scanned twice, noted once: {}",
        again["sentence"]
    );

    // The bell rings; the application is closed, and opened again the next day.
    drop(app);
    let app = open(folder.path(), Some(PHRASE));
    let home = call(&app, "home", json!({})).await;
    assert_eq!(
        home["stock_checks"][0]["id"],
        json!(check),
        "Accueil offers to go on"
    );
    let tick =
        json!({ "check_id": check, "room_id": b204, "mark": null, "equipment_id": machines[1] });
    let view = call(&app, "stock_check_see", tick).await["view"].clone();
    assert_eq!(
        verdicts(&view, 0),
        pairs(&[
            ("S1", "present"),
            ("S2", "present"),
            ("S3", "attendu"),
            ("S4", "deplace"),
            ("vieux-1", "inconnu")
        ]),
        "everything seen the day before is there"
    );
    assert_eq!(
        verdicts(&view, 1),
        pairs(&[("S4", "vu-ailleurs")]),
        "its own room knows where it is"
    );
    assert_eq!(
        view["row"]["figures"],
        json!({ "awaited": 1, "present": 2, "moved": 1, "missing": 0, "unknown": 1 }),
        "the figures count the lines"
    );

    let done = call(
        &app,
        "stock_check_apply",
        json!({ "id": check, "missing": "sans-salle" }),
    )
    .await;
    assert_eq!(done["changed"], 2, "one moved, one missing");
    assert_eq!(
        done["sentence"],
        "Récolement appliqué\u{202f}: 1 équipement changé de salle, 1 manquant sorti de sa salle.",
        "in a sentence"
    );
    assert_eq!(
        shown(&app, &machines[3]).await["row"]["room"],
        "B204",
        "the register follows"
    );
    assert!(
        shown(&app, &machines[2]).await["row"]["room"].is_null(),
        "and holds nothing that is not there"
    );
    let view = call(&app, "stock_check_show", json!({ "id": check })).await;
    assert_eq!(
        verdicts(&view, 0),
        pairs(&[
            ("S1", "present"),
            ("S2", "present"),
            ("S3", "manquant"),
            ("S4", "deplace"),
            ("vieux-1", "inconnu")
        ]),
        "an applied check stays as it was found"
    );
    assert_eq!(view["batch_id"], done["batch_id"], "and leads to its act");
    let late = json!({ "check_id": check, "room_id": b204, "mark": "S3", "equipment_id": null });
    assert_eq!(
        refused(&app, "stock_check_see", late).await["code"],
        "conflit",
        "it is over"
    );
    let twice = json!({ "id": check, "missing": "garder" });
    assert_eq!(
        refused(&app, "stock_check_apply", twice).await["code"],
        "conflit",
        "and applied once"
    );
    let undone = call(&app, "batch_undo", json!({ "id": done["batch_id"] })).await;
    assert_eq!(undone["restored"], 2, "both go back: {undone}");
    assert_eq!(
        shown(&app, &machines[2]).await["row"]["room"],
        "B204",
        "the missing one has its room again"
    );
    let view = call(&app, "stock_check_show", json!({ "id": check })).await;
    assert_eq!(
        view["row"]["state"], "applique",
        "what was found stays found"
    );
    for (format, head) in [("pdf", b"%PDF".as_slice()), ("xlsx", b"PK".as_slice())] {
        let saved = call(
            &app,
            "stock_check_report",
            json!({ "id": check, "format": format }),
        )
        .await;
        assert!(
            written(&app, &saved).starts_with(head),
            "the report opens as {format}"
        );
    }
}

#[tokio::test]
async fn the_last_sighting_wins_and_a_slip_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let Place { b204, cdi, .. } = place(&app).await;
    let check = start(&app, &[&b204, &cdi]).await;
    scan(&app, &check, &b204, "S4").await;
    let seen = scan(&app, &check, &cdi, "S4").await;
    assert_eq!(
        verdicts(&seen["view"], 1),
        pairs(&[("S4", "present")]),
        "it was in the CDI after all"
    );
    assert_eq!(
        verdicts(&seen["view"], 0),
        pairs(&[("S1", "attendu"), ("S2", "attendu"), ("S3", "attendu")]),
        "and counts once"
    );
    let sighting = seen["view"]["rooms"][1]["lines"][0]["sighting_id"].clone();
    let view = call(&app, "stock_check_unsee", json!({ "id": sighting })).await;
    assert_eq!(
        verdicts(&view, 1),
        pairs(&[("S4", "attendu")]),
        "a slip leaves no trace"
    );
    let elsewhere =
        json!({ "check_id": check, "room_id": "ailleurs", "mark": "S1", "equipment_id": null });
    assert_eq!(
        refused(&app, "stock_check_see", elsewhere).await["field"],
        "room_id",
        "only in the rooms chosen"
    );
    let list = call(&app, "stock_check_drop", json!({ "id": check })).await;
    assert_eq!(
        list["rows"][0]["state"], "abandonne",
        "given up, it is kept as such"
    );
}

#[tokio::test]
async fn what_is_lent_repaired_or_written_off_is_not_missing() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let b204 = room(&app, "B204").await;
    let lent = machine(&app, json!({ "serial": "S1", "room_id": b204 })).await;
    machine(
        &app,
        json!({ "serial": "S2", "room_id": b204, "state": "en-reparation" }),
    )
    .await;
    let retired = machine(
        &app,
        json!({ "serial": "S3", "room_id": b204, "state": "reforme" }),
    )
    .await;
    let loan = json!({ "id": null, "equipment_ids": [lent], "contact_id": null, "borrower": "Inès Vidal",
        "from_on": "2026-11-16", "due_on": null, "state_out": "", "accessories": "", "notes": "" });
    call(&app, "loan_save", loan).await;
    let check = start(&app, &[&b204]).await;
    let view = call(&app, "stock_check_show", json!({ "id": check })).await;
    assert_eq!(
        verdicts(&view, 0),
        pairs(&[("S1", "sorti"), ("S2", "sorti")]),
        "each is rightly away"
    );
    let details: Vec<String> = view["rooms"][0]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| text(&line["detail"]))
        .collect();
    assert!(
        details.contains(&"Prêté à Inès Vidal".to_owned()),
        "and it is said where: {details:?}"
    );
    let seen = scan(&app, &check, &b204, "S3").await;
    assert_eq!(
        seen["verdict"], "present",
        "a machine written off that is still there is told"
    );
    assert!(
        text(&seen["sentence"]).contains("Réformé"),
        "with its state: {}",
        seen["sentence"]
    );
    let done = call(
        &app,
        "stock_check_apply",
        json!({ "id": check, "missing": "sans-salle" }),
    )
    .await;
    assert!(done["batch_id"].is_null(), "nothing had to change: {done}");
    assert_eq!(
        shown(&app, &retired).await["row"]["state"],
        "reforme",
        "no state is touched"
    );
    assert_eq!(
        shown(&app, &lent).await["row"]["room"],
        "B204",
        "what is lent keeps its room"
    );
}

#[tokio::test]
async fn the_sample_collège_has_a_récolement_to_go_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "training_start", json!({})).await;
    let home = call(&app, "home", json!({})).await;
    let figures = &home["stock_checks"][0]["figures"];
    assert_eq!(
        (&figures["present"], &figures["moved"], &figures["unknown"]),
        (&json!(19), &json!(1), &json!(1)),
        "begun two days ago: {figures}"
    );
}

/// Whatever is scanned where and in whatever order, what the check says and what it changes hold together.
#[test]
fn every_machine_has_one_line_and_ends_where_it_was_seen_last() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = runtime.block_on(college(folder.path()));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(24));
    let turn = std::cell::Cell::new(0);
    let scans = prop::collection::vec((0..3_usize, 0..8_usize), 0..16);
    let places = prop::collection::vec(0..3_usize, 6);
    runner
        .run(&(places, scans), |(places, scans)| {
            turn.set(turn.get() + 1);
            runtime.block_on(walk(&app, turn.get(), &places, &scans))
        })
        .unwrap();
}

/// Three rooms, of which two are checked; six machines and two unknown marks are scanned in them.
async fn walk(
    app: &App,
    turn: u32,
    places: &[usize],
    scans: &[(usize, usize)],
) -> Result<(), TestCaseError> {
    let mut rooms = Vec::new();
    for number in 0..3 {
        rooms.push(room(app, &format!("R{turn}-{number}")).await);
    }
    let mut machines = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let said = json!({ "serial": format!("S{turn}-{number}"), "room_id": rooms[*place] });
        machines.push(machine(app, said).await);
    }
    let check = start(app, &[&rooms[0], &rooms[1]]).await;
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    let mut unknown = std::collections::BTreeSet::new();
    for (place, number) in scans.iter().filter(|(place, _)| *place < 2) {
        scan(app, &check, &rooms[*place], &format!("S{turn}-{number}")).await;
        if *number < machines.len() {
            last.insert(*number, *place);
        } else {
            unknown.insert((*place, *number));
        }
    }
    let view = call(app, "stock_check_show", json!({ "id": check })).await;
    let figure = |name: &str| view["row"]["figures"][name].as_u64().unwrap() as usize;
    prop_assert_eq!(
        figure("unknown"),
        unknown.len(),
        "each unknown mark once a room"
    );
    prop_assert_eq!(
        figure("present") + figure("moved"),
        last.len(),
        "each machine seen counts once"
    );
    let expected = places.iter().filter(|place| **place < 2).count();
    let unseen = (0..machines.len())
        .filter(|number| places[*number] < 2 && !last.contains_key(number))
        .count();
    prop_assert_eq!(figure("awaited"), unseen, "of {} expected", expected);
    for (index, room) in view["rooms"].as_array().unwrap().iter().enumerate() {
        let mut ids: Vec<&str> = room["lines"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|line| line["equipment_id"].as_str())
            .collect();
        let lines = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), lines, "no machine has two lines in a room");
        for (number, place) in places.iter().enumerate() {
            let there = ids.contains(&machines[number].as_str());
            let due = *place == index || last.get(&number) == Some(&index);
            prop_assert_eq!(there, due, "machine {} in room {}", number, index);
        }
    }
    call(
        app,
        "stock_check_apply",
        json!({ "id": check, "missing": "garder" }),
    )
    .await;
    for (number, id) in machines.iter().enumerate() {
        let place = last.get(&number).unwrap_or(&places[number]);
        let record = shown(app, id).await;
        prop_assert_eq!(
            &record["form"]["room_id"],
            &json!(rooms[*place]),
            "machine {} stands where it was seen last",
            number
        );
    }
    Ok(())
}
