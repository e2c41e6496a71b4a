//! The obligations of the small GLPI: a public client nobody here wrote, then what only a bare request can show.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};
use sandbox::Running;
use sandbox::glpi::{Generation, Glpi, Settings};
use serde_json::{Value, json};

use crate::desk::{Reply, client, clock, send};
use crate::remedy_py::{python, run};

const ME: i64 = 7;

struct Desk {
    glpi: Glpi,
    running: Running,
    time_ms: Arc<AtomicI64>,
    client: Client,
    token: String,
}

async fn open(generation: Generation) -> Desk {
    let (time_ms, clock) = clock();
    let glpi = Glpi::new(
        Settings {
            generation,
            ..Settings::default()
        },
        clock,
    );
    let running = glpi.serve(0).await.unwrap();
    let client = client();
    let address = format!("{}/apirest.php/initSession", running.url());
    let reply = send(client.get(address).basic_auth("c.martin", Some("essai"))).await;
    let token = reply.json()["session_token"].as_str().unwrap().to_owned();
    Desk {
        glpi,
        running,
        time_ms,
        client,
        token,
    }
}

impl Desk {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/apirest.php/{path}", self.running.url()))
            .header("Session-Token", &self.token)
    }

    async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    async fn post(&self, path: &str, input: Value) -> Reply {
        send(
            self.request(Method::POST, path)
                .json(&json!({ "input": input })),
        )
        .await
    }
}

fn error(reply: &Reply) -> (u16, String) {
    let word = reply.json()[0].as_str().unwrap_or_default().to_owned();
    (reply.status, word)
}

#[tokio::test]
async fn glpi_api_adds_searches_uploads_and_reads() {
    let python = python().await;
    let desk = open(Generation::Ten).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/glpi_client.py");
    let port = desk.running.address.port().to_string();
    let said = run(&python, &[script.to_str().unwrap(), &port]).await;
    let said: Value = serde_json::from_str(&said)
        .unwrap_or_else(|e| panic!("the script answers JSON ({e}): {said}"));
    assert_eq!(
        said["wrong"], "ERROR_GLPI_LOGIN",
        "a wrong password is GLPI's word"
    );
    assert_eq!(
        said["added"][0]["id"], 15,
        "it added two tickets at once: {said}"
    );
    assert_eq!(said["added"][1]["id"], 16, "each with its number");
    assert_eq!(said["follow_ups"][0]["id"], 101, "it added a follow-up");
    assert_eq!(
        (&said["partial"][0]["id"], &said["partial"][1]["id"]),
        (&json!(102), &json!(false)),
        "of two, the one that could be"
    );
    assert_eq!(
        (
            &said["ticket"]["externalid"],
            &said["ticket"]["urgency"],
            &said["ticket"]["status"]
        ),
        (&json!("REL-7K2M9Q"), &json!(4), &json!(2)),
        "it read the ticket"
    );
    assert_eq!(
        said["lines"].as_array().map(Vec::len),
        Some(2),
        "and what was said in it"
    );
    assert_eq!(
        (&said["found"][0]["2"], &said["found"][0]["1"]),
        (&json!(15), &json!("Imprimante")),
        "it searched by the names of fields"
    );
    assert_eq!(
        said["nothing"],
        json!([]),
        "and found nothing where there is nothing"
    );
    assert!(said["uploaded"]["id"].is_i64(), "it uploaded a file");
    assert_eq!(said["user"], "c.martin", "the session is the person's");
    assert_eq!(
        said["after"], "ERROR_SESSION_TOKEN_INVALID",
        "until it is closed"
    );
    assert_eq!(desk.glpi.tickets().len(), 2, "the platform agrees");
}

#[tokio::test]
async fn what_a_request_lacks_is_said_in_glpis_words() {
    let desk = open(Generation::Ten).await;
    let bare = |path: &str| {
        let address = format!("{}/apirest.php/{path}", desk.running.url());
        desk.client.get(address)
    };
    let refused = |code: u16, word: &str| (code, word.to_owned());
    assert_eq!(
        error(&send(bare("initSession")).await),
        refused(400, "ERROR_LOGIN_PARAMETERS_MISSING")
    );
    assert_eq!(
        error(&send(bare("Ticket/15")).await),
        refused(400, "ERROR_SESSION_TOKEN_MISSING")
    );
    assert_eq!(
        error(&send(bare("Ticket/15").header("Session-Token", "x")).await),
        refused(401, "ERROR_SESSION_TOKEN_INVALID")
    );
    assert_eq!(
        error(&send(desk.request(Method::GET, "getFullSession").json(&json!({}))).await),
        refused(400, "ERROR_JSON_PAYLOAD_FORBIDDEN"),
        "a GET has no body"
    );
    assert_eq!(
        error(&desk.get("Ticket/15").await),
        refused(404, "ERROR_ITEM_NOT_FOUND")
    );
    desk.glpi
        .open_for(99, "Affaire d’une autre personne", "<p>x</p>");
    assert_eq!(
        error(&desk.get("Ticket/15").await),
        refused(403, "ERROR_RIGHT_MISSING")
    );
    assert_eq!(
        error(&desk.get("Nimporte/1").await),
        refused(400, "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM")
    );
    for query in [
        "criteria[0][field]=9999&criteria[0][searchtype]=contains&criteria[0][value]=x",
        "criteria[0][field]=1",
        "range=x",
    ] {
        assert_eq!(
            error(&desk.get(&format!("search/Ticket?{query}")).await),
            refused(400, "ERROR"),
            "{query}"
        );
    }
    desk.glpi
        .configure(|settings| settings.app_token = Some("cle".into()));
    assert_eq!(
        error(&desk.get("Ticket/15").await),
        refused(400, "ERROR_APP_TOKEN_PARAMETERS_MISSING")
    );
    assert_eq!(
        error(
            &send(
                desk.request(Method::GET, "Ticket/15")
                    .header("App-Token", "x")
            )
            .await
        ),
        refused(400, "ERROR_WRONG_APP_TOKEN_PARAMETER")
    );
}

#[tokio::test]
async fn a_search_is_a_part_of_what_it_counts() {
    let desk = open(Generation::Ten).await;
    for n in 0..5 {
        desk.glpi.open_for(ME, &format!("Affaire {n}"), "<p>x</p>");
        desk.time_ms.fetch_add(1_000, Ordering::SeqCst);
    }
    let part = desk
        .get("search/Ticket?sort=19&order=ASC&range=1-2&forcedisplay[0]=2")
        .await;
    assert_eq!(
        (part.status, part.header("content-range")),
        (206, Some("1-2/5")),
        "a part says of what"
    );
    assert_eq!(
        part.json()["data"][0]["2"],
        16,
        "in the order that was asked"
    );
    let whole = desk.get("search/Ticket").await;
    assert_eq!(
        (whole.status, whole.header("content-range")),
        (200, Some("0-4/5")),
        "the whole is 200"
    );
    let end = desk.get("search/Ticket?range=5-9").await;
    assert_eq!(
        (end.status, end.json().get("data")),
        (206, None),
        "the very end is empty, and has no rows at all"
    );
    assert_eq!(
        error(&desk.get("search/Ticket?range=6-9").await),
        (400, "ERROR_RANGE_EXCEED_TOTAL".into()),
        "beyond it is an error"
    );
    let dated = desk
        .get("search/Ticket?criteria[0][field]=1&criteria[0][searchtype]=contains&criteria[0][value]=affaire%202\
              &criteria[1][link]=OR&criteria[1][field]=2&criteria[1][searchtype]=equals&criteria[1][value]=19\
              &criteria[2][link]=AND&criteria[2][field]=12&criteria[2][searchtype]=equals&criteria[2][value]=6")
        .await;
    assert_eq!(dated.json()["totalcount"], 1, "AND binds before OR");
}

#[tokio::test]
async fn each_generation_has_its_spelling() {
    for (generation, raw, name, id) in [
        (Generation::Nine, true, "R&amp;D &lt;3", json!("15")),
        (Generation::Ten, false, "R&#38;D &#60;3", json!(15)),
        (Generation::Ten, true, "R&D <3", json!(15)),
        (Generation::Eleven, false, "R&D <3", json!(15)),
    ] {
        let desk = open(generation).await;
        desk.glpi.open_for(ME, "R&D <3", "<p>x</p>");
        let request = desk.request(Method::GET, "Ticket/15");
        let reply = send(request.header("X-GLPI-Sanitized-Content", (!raw).to_string())).await;
        let ticket = reply.json();
        assert_eq!(
            (&ticket["name"], &ticket["id"]),
            (&json!(name), &id),
            "{generation:?}, raw: {raw}"
        );
        let local = ticket["date_mod"].as_str().unwrap();
        let modified = reply.header("last-modified").unwrap();
        assert!(
            local.contains(' ') && !local.contains('T') && modified.ends_with("GMT"),
            "the same instant, once local and once not: {local}, {modified}"
        );
        let options = desk.get("listSearchOptions/Ticket").await.json();
        let external = options
            .as_object()
            .unwrap()
            .values()
            .any(|option| option["field"] == "externalid");
        assert_eq!(
            external,
            generation == Generation::Eleven,
            "version 11 alone searches it"
        );
    }
}

#[tokio::test]
async fn follow_ups_move_the_status_as_the_sources_say() {
    // The status before, what the follow-up says, then the status after, or its refusal.
    for (before, extra, after) in [
        (2, None, Some(2)),
        (4, None, Some(2)),
        (5, None, Some(5)),
        (5, Some("add_close"), Some(6)),
        (5, Some("add_reopen"), Some(2)),
        (2, Some("add_close"), Some(2)),
        (6, None, None),
        (6, Some("add_reopen"), Some(2)),
    ] {
        let desk = open(Generation::Ten).await;
        let ticket = desk.glpi.open_for(ME, "Affaire", "<p>x</p>");
        desk.glpi.change(ticket, |ticket| ticket.status = before);
        let mut input = json!({ "itemtype": "Ticket", "items_id": ticket, "content": "<p>x</p>" });
        if let Some(extra) = extra {
            input[extra] = json!(1);
        }
        let reply = desk.post("ITILFollowup", input).await;
        match after {
            Some(after) => {
                assert_eq!(reply.status, 201, "{before} {extra:?}: {}", reply.text);
                assert_eq!(desk.glpi.tickets()[0].status, after, "{before} {extra:?}");
            }
            None => assert_eq!(
                error(&reply),
                (400, "ERROR_GLPI_ADD".into()),
                "{before} {extra:?}"
            ),
        }
    }
    let desk = open(Generation::Ten).await;
    let ticket = desk.glpi.open_for(ME, "Affaire", "<p>x</p>");
    let empty = desk
        .post(
            "ITILFollowup",
            json!({ "itemtype": "Ticket", "items_id": ticket, "content": "" }),
        )
        .await;
    assert_eq!(
        error(&empty),
        (400, "ERROR_GLPI_ADD".into()),
        "a follow-up says something"
    );
}

#[tokio::test]
async fn a_file_that_is_refused_leaves_an_empty_document_unless_one_says_not_to() {
    let desk = open(Generation::Ten).await;
    let ticket = desk.glpi.open_for(ME, "Affaire", "<p>x</p>");
    for (strict, code, left) in [(false, 201, 1), (true, 400, 1)] {
        let mut input = json!({ "name": "x", "itemtype": "Ticket", "items_id": ticket });
        if strict {
            input["_only_if_upload_succeed"] = json!(1);
        }
        let file = Part::bytes(b"abc".to_vec()).file_name("x.xyz");
        let form = Form::new()
            .text("uploadManifest", json!({ "input": input }).to_string())
            .part("filename[0]", file);
        let reply = send(desk.request(Method::POST, "Document").multipart(form)).await;
        assert_eq!(reply.status, code, "strict: {strict}: {}", reply.text);
        let documents = desk.glpi.documents(ticket);
        assert_eq!(documents.len(), left, "strict: {strict}");
        assert_eq!(documents[0].file_name, "", "it has no file");
        if !strict {
            assert!(
                reply.json()["upload_result"]["filename"][0]["error"].is_string(),
                "and the answer says so inside a success"
            );
        }
    }
}

#[tokio::test]
async fn an_idle_session_dies_and_a_used_one_lives() {
    let desk = open(Generation::Ten).await;
    for _ in 0..3 {
        desk.time_ms.fetch_add(20 * 60_000, Ordering::SeqCst);
        assert_eq!(
            desk.get("getFullSession").await.status,
            200,
            "each call begins the idle time again"
        );
    }
    desk.time_ms.fetch_add(25 * 60_000, Ordering::SeqCst);
    assert_eq!(
        error(&desk.get("getFullSession").await),
        (401, "ERROR_SESSION_TOKEN_INVALID".into()),
        "24 minutes are its life"
    );
}
