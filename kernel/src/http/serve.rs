//! Connections: how many, how long their headers and their handshake may take and how large they may be.

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustls::{NamedGroup, ServerConfig, server::Acceptor};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tokio_rustls::{LazyConfigAcceptor, server::TlsStream};
use tower::ServiceExt;

/// How long a caller may take for its request line and headers; an idle connection ends after that too.
const HEADERS: Duration = Duration::from_secs(15);
/// How long a caller may take for the handshake of TLS.
const HANDSHAKE: Duration = Duration::from_secs(15);
/// How large request line and headers may be together.
const LARGEST_HEAD: usize = 128 * 1024;
/// How long open requests may go on when the node stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// How many files and connections are wanted.
const WANTED: u64 = 65_536;

/// The certificates with which a caller proved in the handshake of TLS that it holds their key: DER, its own first.
/// An extension of the request, present only where there are some. Whether a certificate may be trusted is not decided
/// here: that depends on the tenant.
#[derive(Debug, Clone)]
pub struct PeerCertificates(pub Arc<Vec<Vec<u8>>>);

/// How TLS is spoken.
pub trait Handshakes: Send + Sync {
    /// The settings for a client that offers these groups for the key exchange. Asked for each connection, so settings may
    /// change, and the node's order of groups counts instead of the client's.
    fn settings(&self, offered: &[NamedGroup]) -> Arc<ServerConfig>;
}

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
    accept(listener, most, stop, move |stream, peer, watcher| {
        let router = router.clone();
        async move { speak(stream, router, peer, None, watcher).await }
    })
    .await;
}

/// The same over TLS.
pub async fn serve_tls(
    listener: TcpListener,
    router: Router,
    most: usize,
    handshakes: Arc<dyn Handshakes>,
    stop: impl Future<Output = ()>,
) {
    accept(listener, most, stop, move |stream, peer, watcher| {
        let (router, handshakes) = (router.clone(), Arc::clone(&handshakes));
        async move {
            match timeout(HANDSHAKE, shake_hands(stream, &*handshakes)).await {
                Ok(Ok(stream)) => {
                    let shown = stream.get_ref().1.peer_certificates().unwrap_or_default();
                    let shown: Vec<Vec<u8>> = shown.iter().map(|it| it.to_vec()).collect();
                    let shown = (!shown.is_empty()).then(|| PeerCertificates(Arc::new(shown)));
                    speak(stream, router, peer, shown, watcher).await;
                }
                Ok(Err(cause)) => tracing::debug!(%cause, "a handshake failed"),
                Err(_) => tracing::debug!("a handshake took too long"),
            }
        }
    })
    .await;
}

async fn shake_hands(
    stream: TcpStream,
    handshakes: &dyn Handshakes,
) -> std::io::Result<TlsStream<TcpStream>> {
    let begun = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
    let settings = handshakes.settings(begun.client_hello().named_groups().unwrap_or_default());
    begun.into_stream(settings).await
}

/// Accepts connections and gives each to `handle`, until `stop` ends.
async fn accept<F: Future<Output = ()> + Send + 'static>(
    listener: TcpListener,
    most: usize,
    stop: impl Future<Output = ()>,
    handle: impl Fn(TcpStream, SocketAddr, Watcher) -> F,
) {
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
        tokio::spawn(keep_seat(seat.ok(), handle(stream, peer, graceful.watcher())));
    }
    let _ = timeout(FAREWELL, graceful.shutdown()).await;
}

async fn keep_seat(seat: Option<OwnedSemaphorePermit>, connection: impl Future<Output = ()>) {
    connection.await;
    drop(seat);
}

/// Speaks HTTP on a connection until it ends.
async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    peer: SocketAddr,
    shown: Option<PeerCertificates>,
    watcher: Watcher,
) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(LARGEST_HEAD);
    let handler = tower::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
        if let Some(shown) = &shown {
            request.extensions_mut().insert(shown.clone());
        }
        router.clone().oneshot(request)
    });
    let connection = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(handler));
    if let Err(cause) = watcher.watch(connection).await {
        tracing::debug!(%cause, "a connection ended early");
    }
}
