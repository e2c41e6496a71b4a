//! A mailbox, read without a trace, and the folder of what was sent.
//!
//! Invariants: the mailbox is opened for reading alone and nothing in it is marked as seen; every wait has its end; what a server
//! answers is never quoted in a reason, because it can hold a mail.
//!
//! Left out on purpose: waiting for news (IDLE), since the pull has its own rhythm.

use std::collections::BTreeSet;
use std::future::Future;
use std::time::Duration;

use async_imap::error::Error;
use async_imap::types::Fetch;
use async_imap::{Client, Session as Opened};
use futures_util::TryStreamExt as _;
use secrecy::ExposeSecret;

use super::way::{self, Security, Server, Stream, allowance, within};
use super::{Session, transient};
use crate::reply::{LoginReason, Reply};

/// What is read of a mail before it is known to matter, in bytes.
const HEADERS: usize = 64 * 1024;

/// A session in a mailbox server.
pub(super) struct Imap {
    session: Opened<Box<dyn Stream>>,
    step: Duration,
}

/// A mail as the server lists it.
pub(super) struct Head {
    pub uid: u32,
    pub size: usize,
    /// When it arrived, by the server's clock.
    pub arrived_ms: Option<i64>,
    pub headers: Vec<u8>,
}

/// A mailbox that was opened.
pub(super) struct Mailbox {
    /// Another one means that every number in it means another mail.
    pub validity: u32,
}

/// Why a command gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The server said no: there is no such mailbox, or it does not know the question.
    No,
    /// The conversation is over.
    Broken(&'static str),
}

impl<T> From<Refusal> for Reply<T> {
    fn from(refusal: Refusal) -> Self {
        transient(match refusal {
            Refusal::No => "the mailbox server refused a command",
            Refusal::Broken(how) => how,
        })
    }
}

async fn answered<T>(
    limit: Duration,
    what: impl Future<Output = Result<T, Error>>,
) -> Result<T, Refusal> {
    match within(limit, what).await {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(Error::No(_) | Error::Bad(_) | Error::Validate(_) | Error::Append)) => {
            Err(Refusal::No)
        }
        Some(Err(_)) => Err(Refusal::Broken("the mailbox server's answer broke off")),
        None => Err(Refusal::Broken("the mailbox server does not answer")),
    }
}

impl Imap {
    pub async fn open<T>(
        server: &Server,
        trust: &tokio_rustls::TlsConnector,
        session: &Session,
        step: Duration,
    ) -> Result<Self, Reply<T>> {
        let mut stream = way::connect(server, step.min(Duration::from_secs(15))).await?;
        if server.security == Security::Tls {
            stream = way::secure(trust, server, stream, step).await?;
        }
        let mut client = greeted(stream, step).await?;
        if server.security == Security::StartTls {
            match answered(step, client.run_command_and_check_ok("STARTTLS", None)).await {
                Ok(()) => {}
                Err(Refusal::No) => return Err(way::tls("the server offers no STARTTLS")),
                Err(refusal) => return Err(refusal.into()),
            }
            // What else came in clear stays behind with this client.
            let stream = way::secure(trust, server, client.into_inner(), step).await?;
            client = Client::new(stream);
        }
        let login = client.login(&session.user, session.password.expose_secret());
        match within(step, login).await {
            Some(Ok(session)) => Ok(Self { session, step }),
            Some(Err((Error::No(said), _))) if !said.contains("UNAVAILABLE") => {
                Err(Reply::NeedsLogin {
                    reason: LoginReason::Refused,
                })
            }
            Some(Err((Error::Validate(_), _))) => Err(Reply::NeedsLogin {
                reason: LoginReason::Refused,
            }),
            Some(Err(_)) => Err(transient("the mailbox server does not let anyone in now")),
            None => Err(transient("the mailbox server does not answer")),
        }
    }

    /// For reading alone.
    pub async fn examine(&mut self, mailbox: &str) -> Result<Mailbox, Refusal> {
        let name = encoded(mailbox);
        let opened = answered(self.step, self.session.examine(name)).await?;
        Ok(Mailbox {
            validity: opened.uid_validity.unwrap_or_default(),
        })
    }

    /// Oldest first.
    pub async fn search(&mut self, query: &str) -> Result<BTreeSet<u32>, Refusal> {
        let found = answered(self.step, self.session.uid_search(query)).await?;
        Ok(found.into_iter().collect())
    }

    pub async fn heads(&mut self, uids: &[u32]) -> Result<Vec<Head>, Refusal> {
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        let query = format!("(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]<0.{HEADERS}>)");
        let limit = allowance(self.step, uids.len() * 4096);
        let mut heads: Vec<Head> = self
            .fetch(&set(uids), &query, limit)
            .await?
            .into_iter()
            .filter_map(|one| {
                Some(Head {
                    uid: one.uid?,
                    size: usize::try_from(one.size?).ok()?,
                    arrived_ms: one.internal_date().map(|date| date.timestamp_millis()),
                    headers: one.header()?.to_vec(),
                })
            })
            .collect();
        heads.sort_by_key(|head| head.uid);
        Ok(heads)
    }

    /// The whole mail; `None` when it is gone.
    pub async fn mail(&mut self, head: &Head) -> Result<Option<Vec<u8>>, Refusal> {
        let limit = allowance(self.step, head.size);
        let all = self
            .fetch(&head.uid.to_string(), "(UID BODY.PEEK[])", limit)
            .await?;
        Ok(all
            .iter()
            .find(|one| one.uid == Some(head.uid))
            .and_then(|one| one.body().map(<[u8]>::to_vec)))
    }

    async fn fetch(
        &mut self,
        uids: &str,
        query: &str,
        limit: Duration,
    ) -> Result<Vec<Fetch>, Refusal> {
        let session = &mut self.session;
        let all = async move { session.uid_fetch(uids, query).await?.try_collect().await };
        answered(limit, all).await
    }

    /// A copy in this folder, made first when it is missing.
    pub async fn keep(&mut self, folder: &str, mail: &[u8]) -> Result<(), Refusal> {
        let name = encoded(folder);
        let limit = allowance(self.step, mail.len());
        let seen = Some("(\\Seen)");
        let copied = answered(limit, self.session.append(&name, seen, None, mail)).await;
        if copied != Err(Refusal::No) {
            return copied;
        }
        answered(self.step, self.session.create(&name)).await?;
        answered(limit, self.session.append(&name, seen, None, mail)).await
    }

    pub async fn close(mut self) {
        let _ = within(Duration::from_secs(2), self.session.logout()).await;
    }
}

async fn greeted<T>(
    stream: Box<dyn Stream>,
    step: Duration,
) -> Result<Client<Box<dyn Stream>>, Reply<T>> {
    let mut client = Client::new(stream);
    match within(step, client.read_response()).await {
        Some(Ok(Some(_))) => Ok(client),
        Some(_) => Err(transient("what answers is no mailbox server")),
        None => Err(transient("the mailbox server does not greet")),
    }
}

fn set(uids: &[u32]) -> String {
    let all: Vec<String> = uids.iter().map(u32::to_string).collect();
    all.join(",")
}

/// A folder's name as IMAP writes it: « Envoyés » is `Envoy&AOk-s`.
fn encoded(name: &str) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD_NO_PAD;
    let mut out = String::new();
    let mut pending: Vec<u16> = Vec::new();
    let flush = |pending: &mut Vec<u16>, out: &mut String| {
        if !pending.is_empty() {
            let bytes: Vec<u8> = pending.drain(..).flat_map(u16::to_be_bytes).collect();
            out.push('&');
            out.push_str(&STANDARD_NO_PAD.encode(bytes).replace('/', ","));
            out.push('-');
        }
    };
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            flush(&mut pending, &mut out);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            pending.extend(c.encode_utf16(&mut [0; 2]).iter());
        }
    }
    flush(&mut pending, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_as_imap_names_it() {
        for (name, wire) in [
            ("Sent", "Sent"),
            ("Envoyés", "Envoy&AOk-s"),
            ("Éléments envoyés", "&AMk-l&AOk-ments envoy&AOk-s"),
            ("R&D", "R&-D"),
        ] {
            assert_eq!(encoded(name), wire, "the modified UTF-7 of RFC 3501");
        }
    }
}
