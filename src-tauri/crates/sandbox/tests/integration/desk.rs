//! A school's desk facing the sandbox: the server, its clock in the test's hand, and a plain HTTP client.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use reqwest::{Client, Method, RequestBuilder};
use sandbox::{Clock, Running, Sandbox, Settings};
use serde_json::{Value, json};

/// 1 September 2026, 08:00 UTC.
pub const START_S: i64 = 1_788_249_600;
pub const CREATE: &str = "HPD:IncidentInterface_Create";
pub const JOIN: &str = "HPD:IncidentInterface";

pub struct Desk {
    pub sandbox: Sandbox,
    pub running: Running,
    pub time_ms: Arc<AtomicI64>,
    pub client: Client,
    pub token: String,
}

pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|e| panic!("JSON was expected ({e}): {} {}", self.status, self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }

    /// The (number, appended text) of the first error of the array.
    pub fn error(&self) -> (i64, String) {
        let body = self.json();
        let first = body
            .as_array()
            .and_then(|errors| errors.first())
            .unwrap_or_else(|| panic!("an error is an array: {body}"));
        (
            first["messageNumber"].as_i64().unwrap(),
            first["messageAppendedText"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    }
}

pub fn clock() -> (Arc<AtomicI64>, Clock) {
    let time_ms = Arc::new(AtomicI64::new(START_S * 1000));
    let hand = time_ms.clone();
    (time_ms, Arc::new(move || hand.load(Ordering::SeqCst)))
}

pub fn client() -> Client {
    // Another test of this process may have installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// A served sandbox, nobody logged in.
pub async fn open(settings: Settings) -> Desk {
    let (time_ms, clock) = clock();
    let sandbox = Sandbox::new(settings, clock);
    let running = sandbox.serve(0).await.unwrap();
    Desk {
        sandbox,
        running,
        time_ms,
        client: client(),
        token: String::new(),
    }
}

/// A served sandbox where the default user is logged in.
pub async fn open_logged_in(settings: Settings) -> Desk {
    let mut desk = open(settings).await;
    let reply = desk.log_in("c.martin", "essai").await;
    assert_eq!(
        reply.status, 200,
        "the default user logs in: {}",
        reply.text
    );
    desk.token = reply.text.trim().to_owned();
    desk
}

pub async fn send(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Reply {
        status,
        headers,
        text: response.text().await.unwrap(),
    }
}

/// What a client sends for a broken printer.
pub fn printer() -> Value {
    json!({
        "First_Name": "Camille", "Last_Name": "Martin", "Description": "Bourrage imprimante CDI",
        "Detailed_Decription": "Le bac 2 bloque.", "Impact": "3-Moderate/Limited", "Urgency": "3-Medium", "Status": "New",
        "Reported Source": "Direct Input", "Service_Type": "User Service Restoration", "z1D_Action": "CREATE",
        "Vendor Ticket Number": "REL-7K2M9Q",
    })
}

/// `printer()` with some fields changed, or removed by null.
pub fn printer_with(changes: Value) -> Value {
    let mut values = printer();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => values.as_object_mut().unwrap().remove(name),
            value => values
                .as_object_mut()
                .unwrap()
                .insert(name.clone(), value.clone()),
        };
    }
    values
}

impl Desk {
    pub fn advance_s(&self, seconds: i64) {
        self.time_ms.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// `address` is what follows the host, already encoded.
    pub fn request(&self, method: Method, address: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{address}", self.running.url()))
            .header("Authorization", format!("AR-JWT {}", self.token))
    }

    pub async fn log_in(&self, user: &str, password: &str) -> Reply {
        send(
            self.client
                .post(format!("{}/api/jwt/login", self.running.url()))
                .form(&[("username", user), ("password", password)]),
        )
        .await
    }

    pub async fn get(&self, address: &str) -> Reply {
        send(self.request(Method::GET, address)).await
    }

    pub async fn create(&self, values: Value) -> Reply {
        let address = format!(
            "/api/arsys/v1/entry/{CREATE}?fields=values(Incident%20Number,Request%20ID,Status)"
        );
        send(
            self.request(Method::POST, &address)
                .json(&json!({ "values": values })),
        )
        .await
    }

    pub async fn put(&self, form: &str, id: &str, values: Value) -> Reply {
        let address = format!("/api/arsys/v1/entry/{form}/{}", id.replace('|', "%7C"));
        send(
            self.request(Method::PUT, &address)
                .json(&json!({ "values": values })),
        )
        .await
    }

    /// Rows of a form for a qualification, as a client asks for them.
    pub async fn list(&self, form: &str, params: &[(&str, &str)]) -> Reply {
        send(
            self.request(Method::GET, &format!("/api/arsys/v1/entry/{form}"))
                .query(params),
        )
        .await
    }

    /// A printer's incident: (number, join id, entry id).
    pub async fn incident(&self) -> (String, String, String) {
        let reply = self.create(printer()).await;
        assert_eq!(
            reply.status, 201,
            "a complete request is accepted: {}",
            reply.text
        );
        let number = reply.json()["values"]["Incident Number"]
            .as_str()
            .unwrap()
            .to_owned();
        let incident = self
            .sandbox
            .incidents()
            .into_iter()
            .find(|i| i.number == number)
            .unwrap();
        (
            number,
            format!("{0}|{0}", incident.entry_id),
            incident.entry_id,
        )
    }
}
