//! The listening socket and its connections.
//!
//! Invariants: bound to 127.0.0.1 only; when a `Running` is stopped or dropped, the socket closes and every open
//! connection with it, which is what a cut network looks like from the application; a handler that asks for its
//! `Line` to end gets the socket closed before one byte of an answer is written.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};

/// A sandbox that answers. Dropping it cuts the network; `stop` does too, and returns when the port is free.
#[derive(Debug)]
pub struct Running {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Running {
    /// Address of the platform, as the application's settings want it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub async fn stop(self) {
        drop(self.stop);
        // The only failure is a panic in the accept loop, which leaves the port free all the same.
        let _ = self.task.await;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// FIN: the peer hung up.
    Close,
    /// RST.
    Reset,
}

/// The connection a request came by.
#[derive(Debug, Clone)]
pub(crate) struct Line(mpsc::Sender<Ending>);

impl Line {
    /// Ends the connection instead of answering. Never returns: the connection's task drops the caller.
    pub async fn end(&self, how: Ending) -> axum::response::Response {
        // A full or closed channel means that the connection is ending already.
        let _ = self.0.try_send(how);
        std::future::pending().await
    }
}

pub(crate) async fn start(router: Router, port: u16) -> io::Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(accept(listener, router, stopped));
    Ok(Running {
        address,
        stop,
        task,
    })
}

async fn accept(listener: TcpListener, router: Router, mut stopped: oneshot::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            _ = &mut stopped => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => {
                // A refused accept concerns one peer, or passes when descriptors are free again.
                if let Ok((stream, _)) = accepted {
                    connections.spawn(talk(stream, router.clone()));
                }
            }
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn talk(stream: TcpStream, router: Router) {
    let (line, mut asked) = mpsc::channel(1);
    let service = TowerToHyperService::new(router.layer(Extension(Line(line))));
    // The Date header follows the sandbox's clock, not the machine's: the router writes it.
    let mut connection = http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), service);
    let ending = tokio::select! {
        biased;
        ending = asked.recv() => ending,
        _ = &mut connection => None,
    };
    if ending == Some(Ending::Reset) {
        let stream = connection.into_parts().io.into_inner();
        // Where the option is refused the peer sees a FIN: cut all the same.
        let _ = stream.set_zero_linger();
    }
}
