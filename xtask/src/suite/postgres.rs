//! A PostgreSQL of our own on a free port, gone afterwards. As root it runs as the user `postgres`, because it refuses root.

use crate::machine::{Server, free_port};
use std::{
    net::TcpStream,
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// A running PostgreSQL.
pub struct Postgres {
    /// Its address.
    pub url: String,
    _server: Server,
    _folder: TempDir,
}

/// Starts one.
pub fn start() -> Result<Postgres, String> {
    let programs = newest()?;
    let folder = tempfile::tempdir().map_err(|it| it.to_string())?;
    let data = folder.path().join("data").display().to_string();
    let root = is_root();
    if root {
        plain(Command::new("chown").arg("-R").arg("postgres").arg(folder.path()))?;
        plain(Command::new("chmod").arg("755").arg(folder.path()))?;
    }
    let initdb = programs.join("initdb").display().to_string();
    let arguments = ["-D", &data, "-U", "fachwerk", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
    plain(command(root, &initdb).args(arguments).stdout(Stdio::null()))?;
    let port = free_port()?;
    let postgres = programs.join("postgres").display().to_string();
    let child = command(root, &postgres)
        .args(["-D", &data, "-p", &port.to_string(), "-k", "", "-c", "listen_addresses=127.0.0.1"])
        .args(["-c", "fsync=off", "-c", "max_connections=400"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|it| format!("{postgres}: {it}"))?;
    let server = Server(child);
    for _ in 0..300 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            std::thread::sleep(Duration::from_millis(500));
            let url = format!("postgres://fachwerk@127.0.0.1:{port}/postgres");
            return Ok(Postgres { url, _server: server, _folder: folder });
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err("PostgreSQL did not start within half a minute".to_owned())
}

fn command(root: bool, program: &str) -> Command {
    if root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", program]);
        command.current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

fn newest() -> Result<PathBuf, String> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map_err(|_| "PostgreSQL is missing; on Debian: apt-get install postgresql".to_owned())?
        .flatten()
        .map(|it| it.path().join("bin"))
        .filter(|it| it.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().ok_or_else(|| "PostgreSQL is missing; on Debian: apt-get install postgresql".to_owned())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout.starts_with(b"0"))
}

fn plain(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|it| format!("{command:?}: {it}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed")) }
}
