//! One flush serves many writers: a SQLite commit answers only after a flush of the write-ahead log that began after it.
//!
//! SQLite runs in WAL mode with `synchronous = NORMAL`, so its own commits do not wait for the disk. Each writer takes a
//! number before its COMMIT; a single thread calls `fdatasync` and then announces up to which number everything is on
//! disk. Whoever reads a state that is not yet flushed waits for the same announcement before answering.

use std::{
    fs::File,
    io,
    path::Path,
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
};
use tokio::sync::watch;

/// The shared flush of one SQLite database.
pub(crate) struct Flush {
    started: AtomicU64,
    completed: watch::Sender<u64>,
    durable: watch::Receiver<u64>,
    wanted: mpsc::Sender<()>,
}

impl Flush {
    /// Starts the flushing thread for the write-ahead log at `wal`.
    pub fn start(wal: &Path) -> io::Result<Self> {
        let file = File::open(wal)?;
        // The directory entries of a fresh database must be on disk too.
        if let Some(folder) = wal.parent() {
            File::open(folder)?.sync_all()?;
        }
        let (completed, seen) = watch::channel(0);
        let (announce, durable) = watch::channel(0);
        let (wanted, requests) = mpsc::channel();
        std::thread::Builder::new()
            .name("flush".to_owned())
            .spawn(move || flush_on_request(&file, &seen, &requests, &announce))?;
        Ok(Self { started: AtomicU64::new(0), completed, durable, wanted })
    }

    /// A number for a commit that is about to happen. Commits happen one at a time, so numbers complete in order.
    pub fn begin(&self) -> u64 {
        self.started.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// The commit with this number has happened (or failed: then there is nothing to flush).
    pub fn completed(&self, number: u64) {
        self.completed.send_replace(number);
    }

    /// Waits until everything up to `number` is on disk.
    pub async fn wait(&self, number: u64) -> io::Result<()> {
        let gone = || io::Error::other("the flushing thread is gone");
        let mut durable = self.durable.clone();
        if *durable.borrow() >= number {
            return Ok(());
        }
        // A flush is of use only after the commit; asking before would flush again and again while it runs.
        self.completed.subscribe().wait_for(|it| *it >= number).await.map_err(|_| gone())?;
        while *durable.borrow_and_update() < number {
            self.wanted.send(()).map_err(|_| gone())?;
            durable.changed().await.map_err(|_| gone())?;
        }
        Ok(())
    }

    /// Waits until everything that can be seen now is on disk.
    pub async fn wait_for_visible(&self) -> io::Result<()> {
        self.wait(self.started.load(Ordering::SeqCst)).await
    }
}

fn flush_on_request(
    file: &File,
    completed: &watch::Receiver<u64>,
    requests: &mpsc::Receiver<()>,
    announce: &watch::Sender<u64>,
) {
    while requests.recv().is_ok() {
        while requests.try_recv().is_ok() {}
        let number = *completed.borrow();
        if number == *announce.borrow() {
            // Whoever asked has been served by the flush before.
            continue;
        }
        if let Err(cause) = file.sync_data() {
            // After a failed flush nobody knows what is on disk; going on would acknowledge what may be lost.
            tracing::error!(%cause, "flushing the write-ahead log failed; the node stops");
            std::process::abort();
        }
        announce.send_replace(number);
    }
}
