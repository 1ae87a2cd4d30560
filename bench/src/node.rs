//! The node as a process of its own.

use crate::{Outcome, Settings, machine};
use std::{
    fs::File,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Limits that a load does not reach; everything else has its default.
const CONFIG: &str =
    "log = \"warn\"\n[limits]\nclient_per_minute = 1000000000\naddress_per_minute = 1000000000\n";

/// A data directory, an address, and the binary that serves them; the process comes and goes.
pub struct Site {
    folder: TempDir,
    binary: PathBuf,
    port: u16,
}

impl Site {
    /// A fresh data directory and a free port.
    pub fn make(settings: &Settings) -> Outcome<Self> {
        Self::configured(settings, "")
    }

    /// The same with more lines of configuration.
    pub fn configured(settings: &Settings, more: &str) -> Outcome<Self> {
        let folder = settings.fresh_folder()?;
        let config = format!("{CONFIG}{more}");
        std::fs::write(folder.path().join("bench.toml"), config).map_err(|it| it.to_string())?;
        Ok(Self { folder, binary: binary(settings)?, port: machine::free_port()? })
    }

    /// Where the data lie.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The address of the node, without a slash at the end.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The name of the node as a provider.
    pub fn issuer(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The port of the node.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts the process; it may not be ready yet.
    pub fn spawn(&self) -> Outcome<Process> {
        let log = self.folder.path().join("node.log");
        let file = File::options().create(true).append(true).open(&log).map_err(|it| it.to_string())?;
        let child = Command::new(&self.binary)
            .args(["serve", "--demo", "--listen", &format!("127.0.0.1:{}", self.port)])
            .arg("--data")
            .arg(self.data())
            .arg("--config")
            .arg(self.folder.path().join("bench.toml"))
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .map_err(|it| format!("{}: {it}", self.binary.display()))?;
        Ok(Process { child, log })
    }

    /// Starts the process and waits for its first good answer; says how long that took.
    pub async fn start(&self) -> Outcome<(Process, Duration)> {
        let began = Instant::now();
        let mut process = self.spawn()?;
        process.wait_for(self.port, "/health/ready", began).await?;
        Ok((process, began.elapsed()))
    }
}

/// A running process; it is killed when dropped.
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// A process that this program starts from itself.
    pub fn of_ourselves(words: &[&str], folder: &Path) -> Outcome<Self> {
        let program = std::env::current_exe().map_err(|it| it.to_string())?;
        let child = Command::new(program).args(words).spawn().map_err(|it| it.to_string())?;
        Ok(Self { child, log: folder.join("no.log") })
    }

    /// Its id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits until a path answers 200, at most two minutes.
    pub async fn wait_for(&mut self, port: u16, path: &str, began: Instant) -> Outcome {
        while began.elapsed() < Duration::from_mins(2) {
            if answers(port, path) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the node ended before it was ready ({status}): {}", self.last_words()));
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(format!("the node is not ready after two minutes: {}", self.last_words()))
    }

    /// The end of its log.
    pub fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().rev().take(5).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join(" / ")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Whether an address on this machine answers 200; the plainest way, so that it measures the other side.
fn answers(port: u16, path: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
}

/// The node's binary: as said, or beside this program.
pub fn binary(settings: &Settings) -> Outcome<PathBuf> {
    let found = match &settings.binary {
        Some(it) => it.clone(),
        None => std::env::current_exe().map_err(|it| it.to_string())?.with_file_name("fachwerk"),
    };
    if found.exists() {
        return Ok(found);
    }
    let release = if cfg!(debug_assertions) { "" } else { "--release " };
    Err(format!("{} is missing; build it with `cargo build {release}--package node`", found.display()))
}
