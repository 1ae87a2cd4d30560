//! `make test`: everything that has to pass, in the order in which it fails fastest.

mod postgres;

use crate::{
    Outcome, generate,
    machine::{Server, free_port, root, run, wait_for},
    statements,
};
use std::{fs, path::Path, process::Command};

const STRANGERS: &[&str] = &["fitconnect==0.4.2", "fitconnect-client==0.1.3"];

/// Runs everything.
pub fn all() -> Outcome {
    run_steps(&[
        ("style", &|| run(&["cargo", "fmt", "--all", "--check"], &[])),
        ("lints", &|| {
            run(&["cargo", "clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])
        }),
        ("browser scripts", &|| run(&["npm", "test", "--prefix", "web", "--silent"], &[])),
        ("a clean list of statements", &statements::forget),
        ("everything on SQLite", &|| {
            run(&["cargo", "test", "--locked", "--workspace", "--no-fail-fast"], &[])
        }),
        ("everything on PostgreSQL", &|| {
            with_postgres(&["cargo", "test", "--locked", "--workspace", "--no-fail-fast"])
        }),
        ("every statement ran on both", &statements::check),
        ("generated files", &generate::check),
        ("licences", &licences),
        ("strangers' clients", &strangers),
        ("the story in a browser", &|| with_node(&["npm", "run", "story", "--prefix", "web", "--silent"])),
        ("kill -9 under load", &|| {
            run(&["cargo", "run", "--locked", "--package", "bench", "--", "crash", "--rounds", "3"], &[])
        }),
    ])
}

fn run_steps(steps: &[(&str, &dyn Fn() -> Outcome)]) -> Outcome {
    for (name, step) in steps {
        eprintln!("\n== {name}");
        step().map_err(|it| format!("{name}: {it}"))?;
    }
    eprintln!("\n{} steps passed", steps.len());
    Ok(())
}

/// Licences, bans and sources, where the tool is there: it takes longer to build than everything else.
fn licences() -> Outcome {
    if Command::new("cargo-deny").arg("--version").output().is_err() {
        eprintln!("SKIPPED: cargo-deny is not installed (`cargo install cargo-deny --locked`)");
        return Ok(());
    }
    run(&["cargo", "deny", "--offline", "check", "bans", "licenses", "sources"], &[])
}

/// Two public clients that nobody here wrote, unmodified, against a node of their own.
fn strangers() -> Outcome {
    let venv = root().join("target/strangers");
    let python = venv.join("bin/python").display().to_string();
    if !venv.join("bin/python").exists() {
        run(&["python3", "-m", "venv", &venv.display().to_string()], &[])?;
    }
    let mut install = vec![python.as_str(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    install.extend(STRANGERS);
    run(&install, &[])?;
    with_node(&[&python, "node/tests/strangers/run.py"])
}

/// Runs a command with a PostgreSQL of its own; its address is in `TEST_POSTGRES_URL`.
pub fn with_postgres(command: &[&str]) -> Outcome {
    let postgres = postgres::start()?;
    run(command, &[("TEST_POSTGRES_URL", &postgres.url)])
}

/// Runs a command beside a demo node and a desk in a fresh data directory.
///
/// Their addresses are in `FACHWERK_URL` and `DESK_URL`, the data directory in `FACHWERK_DATA`.
pub fn with_node(command: &[&str]) -> Outcome {
    run(&["cargo", "build", "--locked", "--package", "node"], &[])?;
    let folder = tempfile::tempdir().map_err(|it| it.to_string())?;
    let (node_port, desk_port) = (free_port()?, free_port()?);
    let log = fs::File::create(root().join("target/with-node.log")).map_err(|it| it.to_string())?;
    let mut node =
        start(folder.path(), &log, &["serve", "--demo", "--listen", &format!("127.0.0.1:{node_port}")])?;
    wait_for(node_port, "/health/ready", &mut node)?;
    let mut desk = start(folder.path(), &log, &["desk", "--listen", &format!("127.0.0.1:{desk_port}")])?;
    wait_for(desk_port, "/health/live", &mut desk)?;
    run(
        command,
        &[
            ("FACHWERK_URL", &format!("http://localhost:{node_port}")),
            ("DESK_URL", &format!("http://localhost:{desk_port}")),
            ("FACHWERK_DATA", &folder.path().display().to_string()),
            ("FACHWERK_BINARY", &root().join("target/debug/fachwerk").display().to_string()),
        ],
    )
    .map_err(|it| format!("{it}; the servers' log is in target/with-node.log"))
}

fn start(data: &Path, log: &fs::File, words: &[&str]) -> Result<Server, String> {
    let log = || log.try_clone().map_err(|it| it.to_string());
    Command::new(root().join("target/debug/fachwerk"))
        .args(words)
        .arg("--data")
        .arg(data)
        .stdout(log()?)
        .stderr(log()?)
        .spawn()
        .map(Server)
        .map_err(|it| it.to_string())
}
