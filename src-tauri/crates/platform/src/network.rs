//! HTTP, and what a failure without any answer proves.
//!
//! Invariant: « could not connect » is separated from « failed after connecting », because only the first is a proof that nothing was
//! sent. That is why every call opens its own connection (no pool, hence no stale connection that dies under a request), why the
//! time to connect is shorter than the time for the whole call, and why nothing is retried or redirected below us.
//!
//! The proxy and the trusted roots are the system's. A platform on this very machine (the training mode) is never asked through a proxy.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::io;
use std::sync::Once;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};

use crate::classify::{Answer, Operation, classify};
use crate::reply::{OfflineKind, Reply};

/// Fifty dossiers with every field of the form are far below this.
const LONGEST_BODY: usize = 4 * 1024 * 1024;

/// A whole HTTP answer, read to its end or as far as it went.
pub(crate) struct Received {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Option<String>,
}

impl Received {
    /// Lossy, because a warning in the server's own language may hold bytes outside ASCII and must not be missed.
    pub fn header(&self, name: impl reqwest::header::AsHeaderName) -> Option<Cow<'_, str>> {
        let value = self.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()))
    }

    pub fn classify(&self, operation: Operation) -> Reply<()> {
        classify(
            operation,
            &Answer {
                status: self.status,
                content_type: self.header(CONTENT_TYPE).as_deref().unwrap_or_default(),
                location: self.header(LOCATION).as_deref(),
                date: self.header(DATE).as_deref(),
                retry_after: self.header(RETRY_AFTER).as_deref(),
                ar_messages: self.header("x-ar-messages").as_deref(),
                body: self.body.as_deref(),
            },
        )
    }
}

pub(crate) fn client(timeout: Duration, loopback: bool) -> Result<reqwest::Client, reqwest::Error> {
    client_trusting(timeout, loopback, Vec::new())
}

/// The certificates of a file, PEM or DER; `None` when it holds none that can be read.
pub(crate) fn certificates(file: &[u8]) -> Option<Vec<reqwest::Certificate>> {
    let pem = file.windows(10).any(|part| part == b"-----BEGIN");
    let read = if pem {
        reqwest::Certificate::from_pem_bundle(file)
    } else {
        reqwest::Certificate::from_der(file).map(|one| vec![one])
    };
    read.ok().filter(|all| !all.is_empty())
}

/// A client that trusts these authorities besides the system's.
pub(crate) fn client_trusting(
    timeout: Duration,
    loopback: bool,
    roots: Vec<reqwest::Certificate>,
) -> Result<reqwest::Client, reqwest::Error> {
    install_cryptography();
    let builder = reqwest::Client::builder()
        .timeout(timeout)
        .connect_timeout((timeout / 3).min(Duration::from_secs(15)))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
        .http1_only()
        .tls_certs_merge(roots)
        .user_agent(concat!("Relais/", env!("CARGO_PKG_VERSION")));
    if loopback {
        builder.no_proxy().build()
    } else {
        builder.build()
    }
}

fn install_cryptography() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that the program chose a provider already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// Makes one call and classifies its end. A `Sent` carries the answer for the caller to read.
pub(crate) async fn call(
    operation: Operation,
    request: reqwest::RequestBuilder,
) -> Reply<Received> {
    let received = match receive(operation, request).await.success() {
        Ok(received) => received,
        Err(failure) => return failure,
    };
    let reply = received.classify(operation);
    // No body and no address: a log carries no names.
    tracing::debug!(
        ?operation,
        status = received.status,
        sent = matches!(reply, Reply::Sent(())),
        "platform answered"
    );
    reply.map(|()| received)
}

/// Makes one call. A `Sent` carries whatever answered, not yet judged.
pub(crate) async fn receive(
    operation: Operation,
    request: reqwest::RequestBuilder,
) -> Reply<Received> {
    let mut response = match request.send().await {
        Ok(response) => response,
        Err(error) => return without_answer(operation, &error),
    };
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    // A body that breaks off still leaves a status, which alone can decide.
    let body = body(&mut response).await;
    Reply::Sent(Received {
        status,
        headers,
        body,
    })
}

/// The text of an answer, if it ends, and before it fills the memory: whoever answers may not be the platform.
async fn body(response: &mut reqwest::Response) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if bytes.len() + chunk.len() > LONGEST_BODY {
            return None;
        }
        bytes.extend_from_slice(&chunk);
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn without_answer<T>(operation: Operation, error: &reqwest::Error) -> Reply<T> {
    let detail = innermost(error);
    if error.is_builder() {
        // Nothing left: the request could not even be written down.
        return Reply::Rejected {
            code: None,
            reason: detail,
            field: None,
            certain: true,
        };
    }
    if error.is_connect() {
        return Reply::Offline {
            kind: offline_kind(error),
            detail,
        };
    }
    match operation {
        Operation::Create | Operation::Change => Reply::Uncertain {
            retry_after: None,
            reason: detail,
        },
        Operation::Login | Operation::Find => Reply::Transient {
            retry_after: None,
            reason: detail,
        },
    }
}

type Cause<'a> = &'a (dyn StdError + 'static);

fn causes<'a>(error: Cause<'a>) -> impl Iterator<Item = Cause<'a>> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let current = next?;
        // An I/O error that wraps another error skips it in `source`, and TLS errors come wrapped so.
        next = match current
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner),
            None => current.source(),
        };
        Some(current)
    })
}

fn innermost(error: &reqwest::Error) -> String {
    causes(error)
        .last()
        .map_or_else(String::new, ToString::to_string)
}

fn offline_kind(error: &reqwest::Error) -> OfflineKind {
    let refused = |cause: Cause<'_>| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::ConnectionRefused)
    };
    if causes(error).any(|cause| cause.is::<rustls::Error>()) {
        OfflineKind::Tls
    } else if causes(error)
        .skip(1) // the outermost text holds the address, which may hold any word
        .any(|cause| cause.to_string().contains("tunnel"))
    {
        OfflineKind::Proxy
    } else if causes(error).any(refused) {
        OfflineKind::Refused
    } else {
        OfflineKind::NoNetwork
    }
}

#[cfg(test)]
mod tests;
