//! Connections: how many, how long their headers may take and how large they may be.

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};
use tower::ServiceExt;

/// How long a caller may take for its request line and headers; an idle connection ends after that too.
const HEADERS: Duration = Duration::from_secs(15);
/// How large request line and headers may be together.
const LARGEST_HEAD: usize = 128 * 1024;
/// How long open requests may go on when the node stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// How many files and connections are wanted.
const WANTED: u64 = 65_536;

/// Asks the system for room for many connections; returns how many may be open at once. Half of all files is kept for
/// database and content, so that a crowd at the door does not keep those inside from working.
pub fn make_room() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.map_or(WANTED, |it| it.min(WANTED));
    let current = match current {
        Some(it) if it < wanted => {
            setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum }).map_or(it, |()| wanted)
        }
        _ => wanted,
    };
    usize::try_from(current / 2).unwrap_or(usize::MAX).clamp(1, Semaphore::MAX_PERMITS)
}

/// Accepts at most `most` connections at a time until `stop` ends, then lets open requests end.
pub async fn serve(listener: TcpListener, router: Router, most: usize, stop: impl Future<Output = ()>) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(LARGEST_HEAD);
    let graceful = GracefulShutdown::new();
    let seats = Arc::new(Semaphore::new(most));
    let mut stop = std::pin::pin!(stop);
    loop {
        // Whoever comes when all seats are taken waits in the system's queue.
        let next = async { (Arc::clone(&seats).acquire_owned().await, listener.accept().await) };
        let (seat, (stream, peer)) = tokio::select! {
            (seat, accepted) = next => match accepted {
                Ok(it) => (seat, it),
                Err(cause) => {
                    // Too many open files, for example: it passes.
                    tracing::warn!(%cause, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let handler = tower::service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            router.clone().oneshot(request)
        });
        let connection = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(handler));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(cause) = connection.await {
                tracing::debug!(%cause, "a connection ended early");
            }
            drop(seat);
        });
    }
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
}
