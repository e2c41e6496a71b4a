//! A mail leaves.
//!
//! Invariant: the line that a failure falls on decides what it proves. Before the dot that ends the data nothing was sent; the
//! server's answer to the dot is its word; a silence after the dot is a doubt. The dot is known to be next when the last piece of
//! the data has been written, because it is asked for piece by piece.
//!
//! Left out on purpose: several recipients (one mail, one correspondent), and a pool of connections.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Ehlo, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, MailBodyParameter, MailParameter};
use secrecy::ExposeSecret;

use super::way::{self, Greeted, Security, Server, allowance, within};
use super::{Session, transient};
use crate::reply::{LoginReason, Reply};

const PIECE: usize = 64 * 1024;
/// LOGIN is what some servers offer alone.
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// Where a conversation was when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Greeting,
    Password,
    Envelope,
    /// The dot was written, or may have been.
    Dot,
}

/// A conversation that has got past the password.
pub(super) struct Smtp {
    connection: AsyncSmtpConnection,
    /// The largest mail that the server takes, in bytes, when it says so.
    pub largest: Option<u64>,
    step: Duration,
}

impl Smtp {
    pub async fn open<T>(
        server: &Server,
        trust: &tokio_rustls::TlsConnector,
        session: &Session,
        step: Duration,
    ) -> Result<Self, Reply<T>> {
        let mut stream = way::connect(server, step.min(Duration::from_secs(15))).await?;
        let mut greeting: &'static [u8] = b"";
        if server.security == Security::StartTls {
            way::start_tls_of_smtp(&mut *stream, step).await?;
            greeting = b"220 TLS\r\n";
        }
        if server.security != Security::Plain {
            stream = way::secure(trust, server, stream, step).await?;
        }
        let line = Box::new(Greeted { greeting, stream });
        // No name of this machine: it would travel in the headers of each mail.
        let me = ClientId::default();
        let hello = AsyncSmtpConnection::connect_with_transport(line, &me);
        let connection = match within(step, hello).await {
            Some(Ok(connection)) => connection,
            Some(Err(error)) => return Err(judged(&error, At::Greeting)),
            None => return Err(silence(At::Greeting)),
        };
        let mut open = Self {
            connection,
            largest: None,
            step,
        };
        let offers = open.say(At::Greeting, Ehlo::new(me)).await?;
        open.largest = largest(&offers);
        // A relay that knows its own network asks nobody for a password.
        if open.connection.server_info().get_auth_mechanism(&MECHANISMS).is_some() {
            let me = Credentials::new(
                session.user.clone(),
                session.password.expose_secret().to_owned(),
            );
            match within(step, open.connection.auth(&MECHANISMS, &me)).await {
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(judged(&error, At::Password)),
                None => return Err(silence(At::Password)),
            }
        }
        Ok(open)
    }

    async fn say<T>(
        &mut self,
        at: At,
        command: impl std::fmt::Display,
    ) -> Result<Vec<String>, Reply<T>> {
        match within(self.step, self.connection.command(command)).await {
            Some(Ok(answer)) => Ok(answer.message().map(str::to_owned).collect()),
            Some(Err(error)) => Err(judged(&error, at)),
            None => Err(silence(at)),
        }
    }

    /// The mail, whole. `Sent` is the server's yes to the dot.
    pub async fn send<T>(
        &mut self,
        from: &Address,
        to: &Address,
        mail: &[u8],
    ) -> Result<(), Reply<T>> {
        let size = mail.len();
        if self.largest.is_some_and(|largest| u64::try_from(size).unwrap_or(u64::MAX) > largest) {
            return Err(Reply::Rejected {
                code: Some(552),
                reason: "the mail is larger than the server takes".into(),
                field: None,
                certain: true,
            });
        }
        let mut parameters = Vec::new();
        if self.largest.is_some() {
            parameters.push(MailParameter::Size(size));
        }
        if !mail.is_ascii() {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        self.say(At::Envelope, Mail::new(Some(from.clone()), parameters)).await?;
        self.say(At::Envelope, Rcpt::new(to.clone(), Vec::new())).await?;
        self.say(At::Envelope, Data).await?;
        let whole = AtomicBool::new(false);
        let pieces = mail.chunks(PIECE).chain(std::iter::from_fn(|| {
            // Everything before has been written: the dot is next.
            whole.store(true, Ordering::SeqCst);
            None
        }));
        let limit = allowance(self.step, size);
        let end = within(limit, self.connection.message_iter(pieces)).await;
        let at = if whole.load(Ordering::SeqCst) {
            At::Dot
        } else {
            At::Envelope
        };
        match end {
            Some(Ok(_)) => Ok(()),
            Some(Err(error)) => Err(judged(&error, at)),
            None => Err(silence(at)),
        }
    }

    /// Politeness: the mail is where it is.
    pub async fn close(mut self) {
        let _ = within(Duration::from_secs(2), self.connection.quit()).await;
    }
}

fn judged<T>(error: &Error, at: At) -> Reply<T> {
    let reason = std::error::Error::source(error)
        .map_or_else(|| error.to_string(), ToString::to_string);
    let Some(code) = error.status().map(u16::from) else {
        return match at {
            At::Dot => Reply::Uncertain {
                retry_after: None,
                reason,
            },
            _ => transient(&reason),
        };
    };
    match (code, at) {
        (530 | 534 | 535 | 538, _) | (500..=599, At::Password) => Reply::NeedsLogin {
            reason: LoginReason::Refused,
        },
        // « No service here » is about the server, not about the mail.
        (500..=599, At::Envelope | At::Dot) => Reply::Rejected {
            code: Some(i64::from(code)),
            reason,
            field: None,
            certain: true,
        },
        _ => transient(&format!("SMTP {code}: {reason}")),
    }
}

fn silence<T>(at: At) -> Reply<T> {
    let reason = "the mail server does not answer";
    match at {
        At::Dot => Reply::Uncertain {
            retry_after: None,
            reason: reason.into(),
        },
        _ => transient(reason),
    }
}

/// `SIZE 35882577`; zero is « no limit ».
fn largest(offers: &[String]) -> Option<u64> {
    offers
        .iter()
        .find_map(|line| line.to_ascii_uppercase().strip_prefix("SIZE ")?.trim().parse().ok())
        .filter(|size| *size > 0)
}
