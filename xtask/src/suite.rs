//! `make test`: everything that has to pass, in the order in which it fails fastest.

mod postgres;
mod strangers;

use crate::{
    Outcome, fuzz, generate,
    machine::{Server, build_programs, free_port, program, root, run, wait_for},
    sbom, statements,
};
use std::{fs, path::Path, process::Command, time::Instant};

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
        ("everything with a database on PostgreSQL", &|| {
            let without = without_database()?;
            let words = ["cargo", "test", "--locked", "--workspace", "--no-fail-fast"].into_iter();
            with_postgres(&words.chain(without.iter().map(String::as_str)).collect::<Vec<_>>())
        }),
        ("every statement ran on both", &statements::check),
        ("generated files", &generate::check),
        ("licences", &licences),
        ("the project's own bill of materials", &own_bill),
        ("strangers' clients", &strangers::on_sqlite),
        ("strangers' clients, on PostgreSQL and S3", &strangers::on_postgres_and_s3),
        ("a stranger's SAML identity provider", &strangers::by_saml),
        ("strangers' providers and wallets", &strangers::in_javascript),
        ("the story in a browser", &|| with_node(&["npm", "run", "story", "--prefix", "web", "--silent"])),
        ("fuzz, for a bounded time", &|| fuzz::all(&[])),
        ("kill -9 under load", &|| {
            build_programs()?;
            run(&[&program("bench").display().to_string(), "crash", "--rounds", "3"], &[])
        }),
    ])
}

fn run_steps(steps: &[(&str, &dyn Fn() -> Outcome)]) -> Outcome {
    let mut took = Vec::new();
    for (name, step) in steps {
        eprintln!("\n== {name}");
        let began = Instant::now();
        step().map_err(|it| format!("{name}: {it}"))?;
        took.push((began.elapsed().as_secs(), *name));
    }
    eprintln!("\n{} steps passed", steps.len());
    for (seconds, name) in &took {
        eprintln!("{seconds:>6} s  {name}");
    }
    Ok(())
}

/// Words that leave out the crates which know no database, by the law of paths.
fn without_database() -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    for folder in ["formats", "engines"] {
        let crates = fs::read_dir(root().join(folder)).map_err(|it| format!("{folder}: {it}"))?;
        for it in crates.flatten().filter(|it| it.path().join("Cargo.toml").is_file()) {
            words.extend(["--exclude".to_owned(), it.file_name().to_string_lossy().into_owned()]);
        }
    }
    Ok(words)
}

/// The bill of the binary just built, held against BSI TR-03183-2 by that binary.
fn own_bill() -> Outcome {
    build_programs()?;
    sbom::write("target/debug/fachwerk")?;
    let program = program("fachwerk").display().to_string();
    run(
        &[&program, "check", "--profile", "tr-03183-2", "target/debug/fachwerk.cdx.json", "--lang", "en"],
        &[],
    )
}

/// Licences, bans and sources, where the tool is there: it takes longer to build than everything else.
fn licences() -> Outcome {
    if Command::new("cargo-deny").arg("--version").output().is_err() {
        eprintln!("SKIPPED: cargo-deny is not installed (`cargo install cargo-deny --locked`)");
        return Ok(());
    }
    run(&["cargo", "deny", "--offline", "check", "bans", "licenses", "sources"], &[])
}

/// Only the strangers: clients on both kinds of storage, providers and wallets.
pub fn strangers() -> Outcome {
    strangers::on_sqlite()?;
    strangers::on_postgres_and_s3()?;
    strangers::by_saml()?;
    strangers::in_javascript()
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
    with_configured_node(None, command)
}

/// The same with a configuration file.
fn with_configured_node(config: Option<&Path>, command: &[&str]) -> Outcome {
    build_programs()?;
    let folder = tempfile::tempdir().map_err(|it| it.to_string())?;
    let (node_port, tls_port, desk_port) = (free_port()?, free_port()?, free_port()?);
    let log = fs::File::create(root().join("target/with-node.log")).map_err(|it| it.to_string())?;
    let listen = format!("127.0.0.1:{node_port}");
    let tls_listen = format!("127.0.0.1:{tls_port}");
    let mut words = vec!["serve", "--demo", "--listen", listen.as_str(), "--tls-listen", tls_listen.as_str()];
    let config = config.map(|it| it.display().to_string());
    if let Some(config) = &config {
        words.extend(["--config", config]);
    }
    let mut node = start(folder.path(), &log, &words)?;
    wait_for(node_port, "/health/ready", &mut node)?;
    let mut desk = start(folder.path(), &log, &["desk", "--listen", &format!("127.0.0.1:{desk_port}")])?;
    wait_for(desk_port, "/health/live", &mut desk)?;
    run(
        command,
        &[
            ("FACHWERK_URL", &format!("http://localhost:{node_port}")),
            ("FACHWERK_TLS_URL", &format!("https://localhost:{tls_port}")),
            ("DESK_URL", &format!("http://localhost:{desk_port}")),
            ("FACHWERK_DATA", &folder.path().display().to_string()),
            ("FACHWERK_BINARY", &program("fachwerk").display().to_string()),
        ],
    )
    .map_err(|it| format!("{it}; the servers' log is in target/with-node.log"))
}

fn start(data: &Path, log: &fs::File, words: &[&str]) -> Result<Server, String> {
    let log = || log.try_clone().map_err(|it| it.to_string());
    Command::new(program("fachwerk"))
        .args(words)
        .arg("--data")
        .arg(data)
        .stdout(log()?)
        .stderr(log()?)
        .spawn()
        .map(Server)
        .map_err(|it| it.to_string())
}
