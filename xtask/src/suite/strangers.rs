//! Two public clients that nobody here wrote, unmodified, against a node of their own: with SQLite and a folder, then with
//! the three lines of configuration that move it to PostgreSQL and an S3-compatible store (`moto`, from the Python package index).

use super::{postgres, with_configured_node, with_node};
use crate::{
    Outcome,
    machine::{Server, free_port, program, root, run, wait_for},
};
use std::{
    fs,
    process::{Command, Stdio},
};

const PACKAGES: &[&str] = &[
    "fitconnect==0.4.2",
    "fitconnect-client==0.1.3",
    "moto[s3,server]==5.2.5",
    "cyclonedx-python-lib[json-validation]==11.12.0",
    "pysaml2==7.5.5",
    "spdx-tools==0.8.5",
    "sarif-tools==3.0.5",
    "junitparser==5.0.3",
    "rdflib==7.6.0",
    "mcp==2.3.0",
    "pandas==3.1.1",
    "pyarrow==26.0.1",
    "feedparser==6.0.14",
];
const ROUND_TRIPS: &str = "node/tests/strangers/run.py";
const SAML: &str = "node/tests/strangers/saml.py";

/// On SQLite and a folder.
pub fn on_sqlite() -> Outcome {
    let python = python()?;
    with_node(&[&python, ROUND_TRIPS])?;
    with_node(&[&python, "node/tests/strangers/record.py"])?;
    with_node(&[&python, "node/tests/strangers/mcp.py"])?;
    with_node(&[&python, "node/tests/strangers/rollout.py"])?;
    with_node(&[&python, "node/tests/strangers/catalogue.py"])?;
    let binary = program("fachwerk").display().to_string();
    run(&[&python, "node/tests/strangers/cbom.py"], &[("FACHWERK_BINARY", &binary)])?;
    run(&[&python, "node/tests/strangers/check.py"], &[("FACHWERK_BINARY", &binary)])
}

/// Providers, relying parties and wallets from the npm registry (`web/test/strangers`).
pub fn in_javascript() -> Outcome {
    with_node(&["npm", "run", "strangers", "--prefix", "web", "--silent"])
}

/// An identity provider from the Python package index, configured on both sides by files.
pub fn by_saml() -> Outcome {
    let python = python()?;
    let folder = tempfile::tempdir().map_err(|it| it.to_string())?;
    let place = folder.path().display().to_string();
    run(&[&python, SAML, "prepare", &place], &[])?;
    with_configured_node(Some(&folder.path().join("fachwerk.toml")), &[&python, SAML, "run", &place])
}

/// On PostgreSQL and an S3-compatible store.
pub fn on_postgres_and_s3() -> Outcome {
    let python = python()?;
    let postgres = postgres::start()?;
    let port = free_port()?;
    let program = root().join("target/strangers/bin/moto_server");
    let mut store = Command::new(&program)
        .args(["-H", "127.0.0.1", "-p", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(Server)
        .map_err(|it| format!("{}: {it}", program.display()))?;
    wait_for(port, "/moto-api/", &mut store)?;
    let make =
        format!("import requests; requests.put('http://127.0.0.1:{port}/fachwerk').raise_for_status()");
    run(&[&python, "-c", &make], &[])?;
    let folder = tempfile::tempdir().map_err(|it| it.to_string())?;
    let (config, credentials) = (folder.path().join("fachwerk.toml"), folder.path().join("credentials"));
    let text = format!(
        "database = \"{}\"\ncontent = \"s3://fachwerk?endpoint=http://127.0.0.1:{port}&region=us-east-1\"\n\
         content_credentials_file = \"{}\"\n",
        postgres.url,
        credentials.display()
    );
    fs::write(&config, text)
        .and_then(|()| fs::write(&credentials, "key:secret"))
        .map_err(|it| it.to_string())?;
    with_configured_node(Some(&config), &[&python, ROUND_TRIPS])
}

/// The Python with the strangers' packages; made at the first call.
fn python() -> Result<String, String> {
    let venv = root().join("target/strangers");
    let python = venv.join("bin/python").display().to_string();
    if !venv.join("bin/python").exists() {
        run(&["python3", "-m", "venv", &venv.display().to_string()], &[])?;
    }
    let mut install = vec![python.as_str(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    install.extend(PACKAGES);
    run(&install, &[])?;
    Ok(python)
}
