//! The way to a mail server: a connection of its own for each call, and TLS before any password.
//!
//! Invariants: nothing but a server's greeting and STARTTLS itself travels in clear, except to this very machine when the settings
//! allow it; what a server says before TLS is forgotten with it. The trusted authorities are the system's and the given ones.
//!
//! Left out on purpose: proxies, since those of the system carry the web alone.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::{SettingsError, transient};
use crate::reply::{OfflineKind, Reply};

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// From the first byte.
    Tls,
    /// A connection in clear that becomes TLS before anything is said.
    StartTls,
    /// Never: for a server on this very machine, and only where the settings allow it.
    Plain,
}

/// One mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
}

impl Server {
    pub(super) fn check(&self, allow_plain_on_loopback: bool) -> Result<(), SettingsError> {
        let wrong = || SettingsError::Host(self.host.clone());
        ServerName::try_from(self.host.clone()).map_err(|_| wrong())?;
        if self.port == 0 {
            return Err(wrong());
        }
        let loopback = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if self.security == Security::Plain && !(loopback && allow_plain_on_loopback) {
            return Err(SettingsError::InClear(self.host.clone()));
        }
        Ok(())
    }
}

/// The system's authorities and these, each a PEM or DER file as it is.
pub(super) fn trust(files: &[Vec<u8>]) -> Result<TlsConnector, SettingsError> {
    let mut extra = Vec::new();
    for file in files {
        extra.extend(authorities(file).ok_or(SettingsError::Authority)?);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, provider.clone())?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous() // This is its name; the verifier is the platform's own.
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The certificates of a file; `None` when it holds none that can be read.
fn authorities(file: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    if !file.windows(10).any(|part| part == b"-----BEGIN") {
        return Some(vec![CertificateDer::from(file.to_vec())]);
    }
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(file).collect();
    all.ok().filter(|all| !all.is_empty())
}

/// `None` after `limit`: the caller says what a silence proves.
pub(super) async fn within<T>(limit: Duration, what: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, what).await.ok()
}

pub(super) async fn connect<T>(
    server: &Server,
    limit: Duration,
) -> Result<Box<dyn Stream>, Reply<T>> {
    let address = (server.host.as_str(), server.port);
    match within(limit, TcpStream::connect(address)).await {
        Some(Ok(stream)) => Ok(Box::new(stream)),
        Some(Err(error)) => Err(Reply::Offline {
            kind: match error.kind() {
                io::ErrorKind::ConnectionRefused => OfflineKind::Refused,
                _ => OfflineKind::NoNetwork,
            },
            detail: error.to_string(),
        }),
        None => Err(Reply::Offline {
            kind: OfflineKind::NoNetwork,
            detail: "no answer to the connection".into(),
        }),
    }
}

pub(super) async fn secure<T>(
    trust: &TlsConnector,
    server: &Server,
    stream: Box<dyn Stream>,
    limit: Duration,
) -> Result<Box<dyn Stream>, Reply<T>> {
    let Ok(name) = ServerName::try_from(server.host.clone()) else {
        return Err(tls("the server's name cannot be one of a certificate"));
    };
    match within(limit, trust.connect(name, stream)).await {
        Some(Ok(stream)) => Ok(Box::new(stream)),
        Some(Err(error)) => Err(handshake(&error)),
        None => Err(transient("no end of the TLS handshake")),
    }
}

fn handshake<T>(error: &io::Error) -> Reply<T> {
    let tls_said = error
        .get_ref()
        .map(|inner| inner as &(dyn StdError + 'static))
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match tls_said {
        Some(said) => tls(&said.to_string()),
        None => Reply::Offline {
            kind: OfflineKind::NoNetwork,
            detail: error.to_string(),
        },
    }
}

pub(super) fn tls<T>(detail: &str) -> Reply<T> {
    Reply::Offline {
        kind: OfflineKind::Tls,
        detail: detail.to_owned(),
    }
}

/// SMTP's way from clear to TLS: greeting, EHLO, STARTTLS. The stream that comes back has nothing of it left.
pub(super) async fn start_tls_of_smtp<T>(
    stream: &mut dyn Stream,
    limit: Duration,
) -> Result<(), Reply<T>> {
    let talk = async {
        expect(stream, "220").await?;
        stream.write_all(b"EHLO [127.0.0.1]\r\n").await?;
        let offers = expect(stream, "250").await?;
        let offered = offers.lines().any(|line| {
            line.get(4..)
                .is_some_and(|word| word.trim().eq_ignore_ascii_case("STARTTLS"))
        });
        if !offered {
            return Ok(false);
        }
        stream.write_all(b"STARTTLS\r\n").await?;
        expect(stream, "220").await?;
        Ok::<bool, io::Error>(true)
    };
    match within(limit, talk).await {
        Some(Ok(true)) => Ok(()),
        Some(Ok(false)) => Err(tls("the server offers no STARTTLS")),
        Some(Err(error)) => Err(transient(&error.to_string())),
        None => Err(transient("no answer before TLS")),
    }
}

/// One answer of several lines, and nothing behind it: what came in clear must not be read as if TLS had brought it.
async fn expect(stream: &mut dyn Stream, code: &str) -> io::Result<String> {
    let mut answer = Vec::new();
    let mut chunk = [0; 1024];
    loop {
        let read = stream.read(&mut chunk).await?;
        answer.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let text = String::from_utf8_lossy(&answer);
        let last = text.strip_suffix("\r\n").and_then(|whole| whole.lines().last());
        if let Some(last) = last
            && last.get(3..4).is_none_or(|mark| mark == " ")
        {
            let ends = text
                .lines()
                .filter(|line| line.get(3..4) != Some("-"))
                .count();
            if ends == 1 && last.starts_with(code) {
                return Ok(text.into_owned());
            }
            return Err(io::Error::other(format!("the server answered: {last}")));
        }
        if read == 0 || answer.len() > 64 * 1024 {
            return Err(io::Error::other("the server's answer has no end"));
        }
    }
}

/// Whatever bytes go through, protected or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug {}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug> Stream for S {}

/// A stream whose first bytes are known: lettre waits for a greeting, and after STARTTLS none comes.
#[derive(Debug)]
pub(super) struct Greeted {
    pub greeting: &'static [u8],
    pub stream: Box<dyn Stream>,
}

impl AsyncRead for Greeted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.greeting.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, buffer);
        }
        let (now, later) = self
            .greeting
            .split_at(self.greeting.len().min(buffer.remaining()));
        buffer.put_slice(now);
        self.greeting = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Greeted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl lettre::transport::smtp::client::AsyncTokioStream for Greeted {
    /// Lettre asks it for its own log alone, which is off.
    fn peer_addr(&self) -> io::Result<std::net::SocketAddr> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The time that so many bytes may take: nothing is on its way for good before the last of them.
pub(super) fn allowance(step: Duration, bytes: usize) -> Duration {
    const SLOWEST: u64 = 16 * 1024;
    step + Duration::from_secs(u64::try_from(bytes).unwrap_or(u64::MAX) / SLOWEST)
}
