//! Commands, free ports, servers that end with us.

use crate::Outcome;
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command},
    time::Duration,
};

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// A program of the workspace as `build_programs` leaves it.
pub fn program(name: &str) -> PathBuf {
    root().join("target/debug").join(name)
}

/// Builds the programs of the workspace as `cargo test --workspace` has them, with the same features of the same libraries:
/// built by themselves they would have others, and so everything below them would be built once more. A test has to be
/// named for that.
pub fn build_programs() -> Outcome {
    run(&["cargo", "build", "--locked", "--quiet", "--workspace", "--bins", "--test", "house"], &[])
}

/// Runs a command in the root of the checkout and waits for it; says which one failed.
pub fn run(words: &[&str], environment: &[(&str, &str)]) -> Outcome {
    let Some((program, arguments)) = words.split_first() else {
        return Err("no command was given".to_owned());
    };
    eprintln!("$ {}", words.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(root())
        .status()
        .map_err(|it| format!("{program}: {it}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed", words.join(" "))) }
}

/// A port that is free now.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|it| it.to_string())?;
    Ok(listener.local_addr().map_err(|it| it.to_string())?.port())
}

/// A process that ends with us.
pub struct Server(pub Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        for _ in 0..100 {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until an address on this machine answers 200.
pub fn wait_for(port: u16, path: &str, server: &mut Server) -> Outcome {
    for _ in 0..600 {
        if let Ok(Some(status)) = server.0.try_wait() {
            return Err(format!("the server ended before it answered ({status})"));
        }
        if answers(port, path) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("http://localhost:{port}{path} did not answer within a minute"))
}

fn answers(port: u16, path: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
}

/// A room of the house: a block or an adapter, which share furniture and laws.
pub struct Room {
    /// `blocks` or `adapters`.
    pub role: &'static str,
    /// The folder, which is the crate's name and the prefix of all it publishes.
    pub name: String,
}

impl Room {
    /// Its folder, seen from the root.
    pub fn folder(&self) -> String {
        format!("{}/{}", self.role, self.name)
    }
}

/// All rooms, blocks first, by name.
pub fn rooms() -> Vec<Room> {
    let mut rooms = Vec::new();
    for role in ["blocks", "adapters"] {
        let entries = std::fs::read_dir(root().join(role)).into_iter().flatten().flatten();
        let found = entries.filter(|it| it.path().join("Cargo.toml").exists());
        let mut names: Vec<String> = found.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        rooms.extend(names.into_iter().map(|name| Room { role, name }));
    }
    rooms
}
