//! A request that writes itself: a whole room, what was tried, what is known already, what to do at once.

pub mod drafts;

use app::App;
use serde_json::{Value, json};

use crate::{
    call,
    given::{college, machine, plain, room, shown, text, written},
    refused,
};

pub async fn begin(app: &App, answers: Value) -> Value {
    let body = json!({ "text": "", "answers": answers, "equipment_id": null });
    call(app, "guide_start", body).await
}

pub async fn answer(app: &App, view: &Value, value: Value) -> Value {
    let body =
        json!({ "draft_id": view["draft_id"], "question": view["question"]["id"], "value": value });
    call(app, "guide_answer", body).await
}

/// Goes on to the question that `wanted` recognises, or to the end.
pub async fn until(app: &App, mut view: Value, wanted: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..20 {
        if view["question"].is_null() || wanted(&view["question"]) {
            return view;
        }
        let value = plain(&view["question"]);
        view = answer(app, &view, value).await;
    }
    panic!("the form does not end: {view}");
}

pub async fn to_the_end(app: &App, view: Value) -> Value {
    let view = until(app, view, |_| false).await;
    assert!(
        view["summary"].is_object(),
        "the form ends with what leaves"
    );
    view
}

pub async fn submitted(app: &App, view: &Value) -> Value {
    let made = call(app, "guide_submit", json!({ "id": view["draft_id"] })).await;
    call(app, "ticket_show", json!({ "id": made["ticket_id"] })).await
}

pub fn kind(kind: &'static str) -> impl Fn(&Value) -> bool {
    move |question| question["kind"] == kind
}

pub async fn contact(app: &App, said: Value) {
    let mut form = json!({ "id": null, "first_name": "", "last_name": "", "role": "editeur", "organisation": "",
        "title": "", "phone": "05 00 00 00 00", "email": "", "hours": "", "call_for": "", "contract": "",
        "services": [], "arrived_on": null, "left_on": null });
    for (field, value) in said.as_object().unwrap() {
        form[field] = value.clone();
    }
    call(app, "contact_save", form).await;
}

/// Three posts at work in B204, and one written off.
pub async fn classroom(app: &App) -> (String, Vec<String>) {
    let b204 = room(app, "B204").await;
    let mut posts = Vec::new();
    for (rank, state) in ["en-service", "en-panne", "en-service", "reforme"]
        .into_iter()
        .enumerate()
    {
        let said = json!({ "family": "poste", "kind": "Ordinateur de bureau", "room_id": b204, "state": state,
            "serial": format!("S4YH119{rank}"), "host_name": format!("B204-0{rank}") });
        posts.push(machine(app, said).await);
    }
    (b204, posts)
}

pub fn ids(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().unwrap();
    rows.iter().map(|row| text(&row["id"])).collect()
}

#[tokio::test]
async fn a_whole_room_is_one_dossier_of_each_of_its_machines() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let (b204, posts) = classroom(&app).await;
    let view = begin(&app, json!({ "situation": "panne-poste" })).await;
    let view = until(&app, view, kind("equipement")).await;
    let whole = format!("salle:{b204}");
    let offered: Vec<&Value> = view["question"]["choices"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|choice| choice["id"] == json!(whole))
        .collect();
    assert_eq!(
        offered[0]["label"], "Toute la salle\u{202f}: les 3 postes de B204",
        "the room is offered whole, without what was written off"
    );
    let view = answer(&app, &view, json!(whole)).await;
    let view = to_the_end(&app, view).await;
    let title = text(&view["summary"]["title"]);
    assert!(
        title.contains("les 3 postes de B204"),
        "the title says how many and where: {title}"
    );
    let description = text(&view["summary"]["description"]);
    assert!(
        description.contains("S4YH1190") && !description.contains("S4YH1193"),
        "each machine is named, but the one that is gone: {description}"
    );
    let dossier = submitted(&app, &view).await;
    assert_eq!(
        dossier["row"]["room"], "B204",
        "the dossier is where they are"
    );
    assert_eq!(
        ids(&dossier["machines"]),
        posts[..3],
        "and it concerns those three"
    );
    let record = shown(&app, &posts[0]).await;
    assert_eq!(
        ids(&record["tickets"]),
        [text(&dossier["row"]["id"])],
        "a machine's record shows it"
    );
    let again = begin(
        &app,
        json!({ "situation": "panne-poste", "equipement": posts[2] }),
    )
    .await;
    assert_eq!(
        ids(&again["similar"]),
        [text(&dossier["row"]["id"])],
        "and whoever reports one of them is shown it first"
    );
}

#[tokio::test]
async fn a_room_that_was_emptied_since_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let (b204, posts) = classroom(&app).await;
    let whole = format!("salle:{b204}");
    let view = begin(
        &app,
        json!({ "situation": "panne-poste", "equipement": whole }),
    )
    .await;
    let view = until(&app, view, kind("equipement")).await;
    assert!(view["question"].is_null(), "the room is an answer: {view}");
    for post in &posts[1..] {
        let mut form = shown(&app, post).await["form"].clone();
        form["state"] = json!("reforme");
        call(&app, "equipment_save", form).await;
    }
    let view = call(&app, "guide_open", json!({ "id": view["draft_id"] })).await;
    assert_eq!(
        view["question"]["kind"], "equipement",
        "one machine is no room: which one, then?"
    );
    let refusal = refused(&app, "guide_submit", json!({ "id": view["draft_id"] })).await;
    assert_eq!(
        refusal["field"], "answers",
        "and nothing leaves in the meantime"
    );
}

#[tokio::test]
async fn what_was_tried_is_told_and_what_settles_it_ends_the_form() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let begun = begin(&app, json!({ "situation": "panne-poste" })).await;
    let view = until(&app, begun, kind("essais")).await;
    let trials = ids(&view["question"]["trials"]);
    let first = text(&view["question"]["trials"][0]["text"]);
    let mut outcomes: serde_json::Map<String, Value> = trials
        .iter()
        .map(|id| (id.clone(), json!("pas-pu")))
        .collect();
    outcomes.insert(trials[0].clone(), json!("pas-regle"));
    let told = answer(&app, &view, outcomes.into()).await;
    let told = to_the_end(&app, told).await;
    let description = text(&told["summary"]["description"]);
    let imperative = first.trim_end_matches('.');
    assert!(
        description.contains(imperative) && description.contains("pas réglé"),
        "the desk does not ask « {imperative} » again: {description}"
    );
    let question = told["answered"].as_array().unwrap().iter();
    let trials_asked = question
        .map(|line| text(&line["question"]))
        .find(|id| *id == text(&view["question"]["id"]))
        .expect("the trials stand among the answers");
    let body = json!({ "draft_id": told["draft_id"], "question": trials_asked });
    let reopened = call(&app, "guide_reopen", body).await;
    assert_eq!(
        reopened["question"]["previous"][&trials[0]], "pas-regle",
        "asked again, the outcomes are still there"
    );
    let settled = answer(&app, &reopened, json!({ &trials[0]: "regle" })).await;
    assert_eq!(
        settled["summary"]["settled"], true,
        "one that works is enough"
    );
    let dossier = submitted(&app, &settled).await;
    assert_eq!(dossier["row"]["state"], "ferme", "a trace is kept");
    assert_eq!(dossier["sends"], json!([]), "and nothing leaves");
}

#[tokio::test]
async fn the_phone_is_not_asked_of_who_gave_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let mut profile = call(&app, "settings", json!({})).await["profile"].clone();
    profile["phone"] = json!("05 62 00 00 12");
    call(&app, "profile_save", profile).await;
    let (_, posts) = classroom(&app).await;
    let begun = begin(
        &app,
        json!({ "situation": "panne-poste", "equipement": posts[0] }),
    )
    .await;
    let view = until(&app, begun, kind("fiche")).await;
    let known = view["question"]["previous"].as_object().unwrap();
    assert!(
        known.values().any(|value| value == "05 62 00 00 12"),
        "the profile's number is there to be kept: {view}"
    );
    let view = answer(&app, &view, view["question"]["previous"].clone()).await;
    let view = to_the_end(&app, view).await;
    assert!(
        text(&view["summary"]["description"]).contains("05 62 00 00 12"),
        "and the desk has it"
    );
}

#[tokio::test]
async fn a_security_incident_says_at_once_what_to_do_and_whom_to_warn() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    for name in ["Un", "Deux", "Trois"] {
        contact(&app, json!({ "role": "direction", "last_name": name })).await;
    }
    let rssi = "Responsable de la sécurité des systèmes d’information (RSSI)";
    contact(
        &app,
        json!({ "role": "academie", "last_name": "Daguerre", "title": rssi }),
    )
    .await;
    contact(&app, json!({ "role": "dsi", "last_name": "Ailleurs" })).await;
    let view = begin(&app, json!({ "situation": "incident-securite" })).await;
    assert!(
        view["question"].is_object() && view["reflexes"].is_object(),
        "from the first answer on, before any other question: {view}"
    );
    let callers = view["callers"].as_array().unwrap();
    let named: Vec<&Value> = callers
        .iter()
        .map(|contact| &contact["last_name"])
        .collect();
    assert_eq!(named.len(), 4, "few enough to choose from: {named:?}");
    assert!(
        named.contains(&&json!("Daguerre")) && !named.contains(&&json!("Ailleurs")),
        "the direction and the RSSI, not whoever has a telephone: {named:?}"
    );
    let view = to_the_end(&app, view).await;
    assert!(view["reflexes"].is_object(), "until the end");
}

#[tokio::test]
async fn the_table_of_dossiers_says_which_machines_each_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let (b204, posts) = classroom(&app).await;
    let report = async |equipment: String| {
        let given = json!({ "situation": "panne-poste", "equipement": equipment });
        let view = begin(&app, given).await;
        submitted(&app, &to_the_end(&app, view).await).await;
    };
    report(posts[0].clone()).await;
    report(format!("salle:{b204}")).await;
    for rank in 4..13 {
        let said = json!({ "family": "poste", "kind": "Ordinateur de bureau", "room_id": b204,
            "serial": format!("S4YH11{rank:02}"), "host_name": format!("B204-{rank:02}") });
        machine(&app, said).await;
    }
    report(format!("salle:{b204}")).await;
    let export =
        json!({ "what": "dossiers", "format": "csv", "ids": null, "query": null, "columns": [] });
    let saved = call(&app, "table_export", export).await;
    let table = String::from_utf8(written(&app, &saved)).unwrap();
    let name = "Ordinateur de bureau HP ProBook 450";
    for (said, why) in [
        (format!(";{name};S4YH1190;"), "one machine by its name"),
        (
            format!(
                ";B204-00 ({name}), B204-01 ({name}), B204-02 ({name});S4YH1190, S4YH1191, S4YH1192;"
            ),
            "a few, each by its own",
        ),
        (
            ";12 postes (B204);".to_owned(),
            "a whole room by how many and where",
        ),
    ] {
        assert!(table.contains(&said), "{why}: « {said} » in\n{table}");
    }
}
