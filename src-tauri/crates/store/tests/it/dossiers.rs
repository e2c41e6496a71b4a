//! Dossiers of several machines, what is to be done in them, what is joined to a draft; and the missions of the year.

use rand::{SeedableRng, rngs::StdRng};
use store::{
    Error,
    attachment::{self, Attachment},
    batch,
    draft::{self, Draft},
    equipment::{self, Removal},
    mission_tick,
    room::{self, Room},
    search, task,
    ticket::{self, TicketQuery},
};

use crate::{Folder, batches::batch, printer, rng, ticket};

/// Three machines of a room under one dossier, and a dossier of its own for the first.
fn room_of_three() -> Folder {
    let folder = Folder::new();
    folder.write(|tx| {
        let b204 = Room {
            id: "r1".to_owned(),
            code: "B204".to_owned(),
            ..Room::default()
        };
        room::insert(tx, &b204)?;
        for number in [3, 1, 2] {
            let mut machine = printer(&format!("eq-{number}"), &format!("S{number}"));
            machine.host_name = format!("B204-0{number}");
            equipment::insert(tx, &machine)?;
        }
        equipment::insert(tx, &printer("eq-9", "S9"))?;
        let mut whole = ticket("t1", "Postes en panne", 2_000);
        whole.room_id = Some("r1".to_owned());
        ticket::insert(tx, &whole)?;
        let ids = ["eq-3", "eq-1", "eq-2"].map(str::to_owned);
        ticket::add_machines(tx, "t1", &ids)?;
        let mut alone = ticket("t2", "Écran noir", 1_000);
        alone.equipment_id = Some("eq-1".to_owned());
        ticket::insert(tx, &alone)
    });
    folder
}

fn ids(tickets: Vec<ticket::Ticket>) -> Vec<String> {
    tickets.into_iter().map(|ticket| ticket.id).collect()
}

fn of_machine(id: &str) -> TicketQuery {
    TicketQuery {
        equipment_id: Some(id.to_owned()),
        limit: 50,
        ..TicketQuery::default()
    }
}

#[test]
fn a_dossier_of_a_room_is_a_dossier_of_each_machine_in_it() {
    let folder = room_of_three();
    let machines: Vec<String> = folder
        .read(|conn| ticket::machines(conn, "t1"))
        .into_iter()
        .map(|machine| machine.host_name)
        .collect();
    assert_eq!(
        machines,
        ["B204-01", "B204-02", "B204-03"],
        "the machines it concerns, by their names"
    );
    assert_eq!(
        folder.read(|conn| ticket::machines(conn, "t2")),
        [],
        "the dossier of one machine has no list"
    );
    let of = |id: &str| ids(folder.read(|conn| ticket::by_equipment(conn, id, 50)));
    assert_eq!(
        (of("eq-1"), of("eq-2"), of("eq-9")),
        (
            vec!["t1".to_owned(), "t2".to_owned()],
            vec!["t1".to_owned()],
            vec![]
        ),
        "each machine has its dossiers, alone or with others, the latest first"
    );
    let page = folder.read(|conn| ticket::page(conn, &of_machine("eq-1")));
    assert_eq!(
        (page.total, ids(page.rows)),
        (2, vec!["t1".to_owned(), "t2".to_owned()]),
        "the list says the same"
    );
    let parties = folder.read(|conn| ticket::parties(conn, &of_machine("eq-2")));
    assert_eq!(
        parties,
        [("departement".to_owned(), 1)],
        "and its facets count it"
    );
    let similar = |machine: Option<&str>| {
        ids(folder.read(|conn| ticket::similar_open(conn, Some("r1"), machine, "messagerie")))
    };
    assert_eq!(
        similar(Some("eq-2")),
        ["t1"],
        "about to report it again, one is told, whatever the service"
    );
    assert_eq!(
        similar(None),
        Vec::<String>::new(),
        "no machine and another service are another matter"
    );
    folder.write(|tx| ticket::set_state(tx, "t1", "ferme", None, 3_000));
    assert_eq!(
        similar(Some("eq-2")),
        Vec::<String>::new(),
        "once closed, it is nothing to join"
    );
    let open = TicketQuery {
        state: "ouverts".to_owned(),
        parties: vec!["departement".to_owned()],
        room_id: None,
        late_before_ms: Some(5_000),
        waiting_on_me: Some(false),
        ..of_machine("eq-1")
    };
    assert_eq!(
        ids(folder.read(|conn| ticket::page(conn, &open)).rows),
        ["t2"],
        "the other filters hold beside it"
    );
}

#[test]
fn naming_a_machine_twice_names_it_once() {
    let folder = room_of_three();
    let again = ["eq-1", "eq-9"].map(str::to_owned);
    folder.write(|tx| ticket::add_machines(tx, "t1", &again));
    assert_eq!(
        folder.read(|conn| ticket::machines(conn, "t1")).len(),
        4,
        "one more, not two"
    );
    let alone = ["eq-1".to_owned()];
    folder.write(|tx| ticket::add_machines(tx, "t2", &alone));
    assert_eq!(
        ids(folder.read(|conn| ticket::by_equipment(conn, "eq-1", 50))),
        ["t1", "t2"],
        "a dossier that names its machine both ways is listed once"
    );
    let unknown = folder
        .store
        .write(|tx| ticket::add_machines(tx, "t1", &["eq-0".to_owned()]));
    assert!(
        matches!(unknown, Err(Error::Constraint(_))),
        "a machine nobody knows: {unknown:?}"
    );
}

#[test]
fn a_machine_that_a_dossier_names_is_not_taken_away() {
    let folder = room_of_three();
    assert_eq!(
        folder.write(|tx| equipment::delete(tx, "eq-2", 3_000)),
        Removal::WrittenOff,
        "its dossier outlives it"
    );
    folder.write(|tx| {
        batch::begin(tx, &batch("b1", 4_000))?;
        equipment::insert_in(tx, &printer("eq-5", "S5"), "b1")?;
        ticket::add_machines(tx, "t1", &["eq-5".to_owned()])
    });
    let undone = folder.write(|tx| batch::undo(tx, "b1", 5_000));
    assert_eq!(
        (undone.removed, undone.kept[0].why),
        (0, batch::Why::Used),
        "nor by undoing the import it came with"
    );
}

#[test]
fn what_is_to_be_done_is_ticked_step_by_step() {
    let folder = room_of_three();
    let texts = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    folder.write(|tx| {
        let first = texts(&["Créer le groupe", "Y mettre les élèves"]);
        task::add(tx, "t1", &first, 2_000, &mut rng())?;
        let mut later = StdRng::seed_from_u64(66);
        task::add(
            tx,
            "t1",
            &texts(&["Prévenir le professeur"]),
            2_500,
            &mut later,
        )
    });
    let tasks = folder.read(|conn| task::of_ticket(conn, "t1"));
    let told: Vec<(i64, &str, Option<i64>)> = tasks
        .iter()
        .map(|task| (task.place, task.text.as_str(), task.done_at_ms))
        .collect();
    assert_eq!(
        told,
        [
            (1, "Créer le groupe", None),
            (2, "Y mettre les élèves", None),
            (3, "Prévenir le professeur", None)
        ],
        "in their order, what came later after the rest, nothing done yet"
    );
    folder.write(|tx| task::set_done(tx, &tasks[1].id, Some(3_000)));
    let done = |folder: &Folder| -> Vec<Option<i64>> {
        let tasks = folder.read(|conn| task::of_ticket(conn, "t1"));
        tasks.into_iter().map(|task| task.done_at_ms).collect()
    };
    assert_eq!(done(&folder), [None, Some(3_000), None], "done then");
    let elsewhere = task::Task {
        done_at_ms: Some(9_000),
        ..tasks[1].clone()
    };
    folder.write(|tx| {
        task::bring(tx, &elsewhere)?;
        task::bring(
            tx,
            &task::Task {
                done_at_ms: Some(9_000),
                ..tasks[0].clone()
            },
        )?;
        task::bring(tx, &tasks[1])
    });
    assert_eq!(
        done(&folder),
        [Some(9_000), Some(3_000), None],
        "done on the other computer is done, what was done here keeps its time"
    );
    folder.write(|tx| task::set_done(tx, &tasks[1].id, None));
    assert_eq!(done(&folder)[1], None, "a tick by a slip is taken back");
    let unknown = folder.store.write(|tx| task::set_done(tx, "none", None));
    assert!(
        matches!(unknown, Err(Error::NotFound { .. })),
        "no such step: {unknown:?}"
    );
    assert_eq!(
        folder.read(|conn| task::of_ticket(conn, "t2")),
        [],
        "another dossier has its own"
    );
}

#[test]
fn a_photo_is_taken_off_a_draft_but_not_off_a_dossier() {
    let folder = room_of_three();
    let draft = Draft {
        id: "d1".to_owned(),
        answers: "{}".to_owned(),
        ..Draft::default()
    };
    let photo = |id: &str| Attachment {
        id: id.to_owned(),
        draft_id: Some("d1".to_owned()),
        name: format!("{id}.jpg"),
        ..Attachment::default()
    };
    let (one, two) = folder.write(|tx| {
        draft::upsert(tx, &draft)?;
        Ok((
            attachment::add(tx, &photo("a1"), b"abc")?,
            attachment::add(tx, &photo("a2"), b"defg")?,
        ))
    });
    assert_eq!(
        folder.read(|conn| attachment::get(conn, "a2")),
        Some(two),
        "known by its id, with its size and hash"
    );
    folder.write(|tx| attachment::remove(tx, "a2"));
    assert_eq!(
        folder.read(|conn| attachment::of_draft(conn, "d1")),
        [one],
        "the wrong photo is gone"
    );
    folder.write(|tx| attachment::move_to_ticket(tx, "d1", "t1"));
    let refused = folder.store.write(|tx| attachment::remove(tx, "a1"));
    assert!(
        matches!(refused, Err(Error::NotFound { .. })),
        "what a dossier holds stays: {refused:?}"
    );
    assert_eq!(
        folder
            .read(|conn| attachment::content(conn, "a1"))
            .as_deref(),
        Some(&b"abc"[..]),
        "to the last byte"
    );
}

#[test]
fn a_contract_number_is_found_by_searching() {
    let folder = Folder::new();
    let vendor = store::contact::Contact {
        id: "c1".to_owned(),
        organisation: "Éditeur de Pronote".to_owned(),
        contract: "CL-65-0417".to_owned(),
        ..Default::default()
    };
    folder.write(|tx| store::contact::insert(tx, &vendor));
    assert_eq!(
        folder.read(|conn| store::contact::get(conn, "c1")),
        Some(vendor),
        "kept beside the telephone"
    );
    let hits = folder.read(|conn| search::search(conn, "cl-65-04", 5));
    assert_eq!(
        hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>(),
        ["c1"],
        "whoever has the invoice finds whom to call"
    );
}

#[test]
fn the_points_of_a_mission_are_done_each_year_anew() {
    let folder = Folder::new();
    let year = |year: &str| folder.read(|conn| mission_tick::of_year(conn, year));
    folder.write(|tx| {
        mission_tick::set(tx, "correspondant/1/2", "2026-2027", Some("2026-11-24"))?;
        mission_tick::set(tx, "correspondant/1/3", "2026-2027", Some("2026-11-24"))?;
        mission_tick::set(tx, "correspondant/1/2", "2026-2027", Some("2026-12-01"))?;
        mission_tick::set(tx, "correspondant/1/3", "2026-2027", None)
    });
    assert_eq!(
        year("2026-2027"),
        [("correspondant/1/2".to_owned(), "2026-11-24".to_owned())].into(),
        "done on its first day; the other was a slip"
    );
    assert_eq!(year("2027-2028"), [].into(), "the next year begins empty");
    folder.write(|tx| mission_tick::set(tx, "correspondant/1/9", "2026-2027", None));
    assert_eq!(
        year("2026-2027").len(),
        1,
        "taking back what was not done changes nothing"
    );
}
