//! `fachwerk audit …`: works on the database of a data directory, beside a running node and without one.

use super::{Global, Outcome, Trouble, mention, say};
use crate::{Config, house::LAST_CHECKPOINT, keyring::Keyring};
use kernel::{
    Clock, DAY, Db, Keys, SECOND,
    record::{self, Examination, Report, Witnessed},
};
use serde_json::{Value, json};
use std::{fs, path::Path, time::Duration};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Computes the whole record anew and says which rows were changed, moved, put in or are missing.
    Verify {
        /// A confirmation of another node: a file, or the address of that node. Those in DIR/witness are used anyway.
        #[arg(long, value_name = "FILE|URL")]
        witness: Vec<String>,
        /// How many seconds a row may wait for its seal; a running node seals once a second.
        #[arg(long, value_name = "SECONDS", default_value_t = 10)]
        patience: u32,
    },
    /// Prints the newest checkpoint.
    Checkpoint,
    /// Prints the proof that a row is in the record.
    Prove {
        /// The id of the row.
        row: String,
    },
    /// Visits another node: witnesses its record, and fetches what it confirms of this one.
    Witness {
        /// The address of the other node.
        #[arg(long, value_name = "URL")]
        node: String,
        /// Takes its record as it is now, whatever it was before: after its operator restored a backup and said so.
        #[arg(long)]
        anew: bool,
    },
}

pub(crate) async fn carry_out(global: &Global, command: Command) -> Outcome {
    match command {
        Command::Verify { witness, patience } => verify(global, &witness, i64::from(patience) * SECOND).await,
        Command::Checkpoint => checkpoint(global).await,
        Command::Prove { row } => prove(global, &row).await,
        Command::Witness { node, anew } => witness(global, &node, anew).await,
    }
}

/// The node's database and keys, only to read.
struct Archive {
    config: Config,
    db: Db,
    keys: Keys,
}

async fn open(global: &Global) -> Result<Archive, Trouble> {
    let config = global.read_config()?;
    let data = global.data.clone();
    if !data.join("keys").exists() {
        return Err(Trouble::Said(format!(
            "there is no node in {}; name its folder with --data",
            data.display()
        )));
    }
    let settings = config.clone();
    let keys = tokio::task::spawn_blocking(move || {
        Keyring::open(&settings, &data, settings.policy()?, &Clock::Real).map(|it| it.keys.clone())
    });
    let keys = keys.await.map_err(|it| Trouble::Said(it.to_string()))??;
    let db = Db::open_to_read(&config.database_url(&global.data)).await?;
    Ok(Archive { config, db, keys })
}

async fn verify(global: &Global, more: &[String], patience: i64) -> Outcome {
    let archive = open(global).await?;
    let own = &archive.config.blocks.record.own;
    let mut witnessed = folder(own.folder.as_deref().unwrap_or(&global.data.join("witness")))?;
    for place in more {
        witnessed.push(if place.starts_with("http") {
            ask(&archive, place).await?
        } else {
            file(Path::new(place))?
        });
    }
    let nobody = witnessed.is_empty();
    // What the node remembers of itself is no witness, but whoever wrote the database alone did not write this file.
    let remembered = global.data.join(LAST_CHECKPOINT);
    if remembered.exists() {
        witnessed.push(file(&remembered)?);
    }
    let days = own.retention_days;
    let given = Examination {
        keys: &archive.keys,
        now: Clock::Real.now(),
        patience,
        retention: (days > 0).then(|| days.saturating_mul(DAY)),
        witnessed: &witnessed,
    };
    let report = record::verify(&archive.db, &given).await.map_err(|it| old_tables(it, "verified"))?;
    if nobody {
        mention("no other node has witnessed this record: if its end was cut off, nothing here can tell");
    }
    if global.json {
        say(&as_json(&report).to_string())?;
    } else {
        in_words(&report)?;
    }
    match report.findings.len() {
        0 => Ok(()),
        1 => Err(Trouble::Said("the record is not in order: 1 finding".to_owned())),
        count => Err(Trouble::Said(format!("the record is not in order: {count} findings"))),
    }
}

fn as_json(report: &Report) -> Value {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|it| json!({ "kind": it.kind.as_str(), "row": it.row, "seq": it.seq, "what": it.what }))
        .collect();
    let late: Vec<Value> = report.late.iter().map(|(row, seq)| json!({ "row": row, "seq": seq })).collect();
    json!({
        "ok": report.findings.is_empty(), "origin": report.origin, "size": report.size, "root": report.root_text(),
        "erased": report.erased, "checkpoints": report.checkpoints, "witnessed": report.witnessed,
        "late": late, "findings": findings,
    })
}

fn in_words(report: &Report) -> Outcome {
    for finding in &report.findings {
        say(&format!("FAULT  {}: {}", finding.kind.as_str(), finding.what))?;
    }
    for (row, seq) in &report.late {
        say(&format!(
            "note   row {seq} ({row}) was sealed long after later ones: committed late, or smuggled in"
        ))?;
    }
    if report.erased > 0 {
        say(&format!(
            "note   the personal parts of {} rows are deleted; their proofs are valid",
            report.erased
        ))?;
    }
    let state = if report.findings.is_empty() { "ok    " } else { "seen  " };
    say(&format!(
        "{state} {} rows, {} checkpoints and {} witnessed ones fit; root {}",
        report.size,
        report.checkpoints,
        report.witnessed,
        report.root_text()
    ))
}

async fn checkpoint(global: &Global) -> Outcome {
    let archive = open(global).await?;
    let found = record::newest(&archive.db).await.map_err(|it| old_tables(it, "read"))?;
    let Some(it) = found else { return Err(Trouble::Said("nothing was sealed yet".to_owned())) };
    if global.json {
        let root = it.root_text();
        return say(&json!({ "origin": it.origin, "size": it.size, "root": root, "at": it.at, "checkpoint": it.token })
            .to_string());
    }
    say(&it.token)
}

async fn prove(global: &Global, row: &str) -> Outcome {
    let archive = open(global).await?;
    let found = record::prove_row(&archive.db, row).await.map_err(|it| old_tables(it, "read"))?;
    let Some((proof, checkpoint)) = found else {
        return Err(Trouble::Said(format!(
            "there is no row {row} that is sealed and covered by a checkpoint"
        )));
    };
    let holds = proof.holds() && proof.root == checkpoint.root;
    say(&json!({
        "id": row, "seq": proof.seq, "leaf": proof.leaf, "path": proof.path_text(), "holds": holds,
        "checkpoint": { "origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root_text(),
            "at": checkpoint.at, "checkpoint": checkpoint.token },
    })
    .to_string())?;
    if holds { Ok(()) } else { Err(Trouble::Said("the row is not what was sealed".to_owned())) }
}

async fn witness(global: &Global, node: &str, anew: bool) -> Outcome {
    let house = global.house().await?;
    let Some(record) = &house.record else {
        return Err(Trouble::Said("the block is off: [blocks.record] mode = \"off\"".to_owned()));
    };
    let visited = record.visit(&house.ctx(""), node, anew).await?;
    if global.json {
        say(&json!({
            "ok": visited.faults.is_empty(), "node": visited.peer, "witnessed": visited.witnessed,
            "confirmed": visited.confirmed, "faults": visited.faults,
        })
        .to_string())?;
    } else {
        say(&format!("{} rows of {} witnessed", visited.witnessed, visited.peer))?;
        say(&format!("{} rows of this record confirmed by {}", visited.confirmed, visited.peer))?;
    }
    if visited.faults.is_empty() { Ok(()) } else { Err(Trouble::Said(visited.faults.join("; "))) }
}

/// The confirmations in a folder, which need not exist.
fn folder(path: &Path) -> Result<Vec<Witnessed>, Trouble> {
    let Ok(entries) = fs::read_dir(path) else { return Ok(Vec::new()) };
    let mut names: Vec<_> = entries.flatten().map(|it| it.path()).collect();
    names.retain(|it| it.extension().is_some_and(|it| it == "json"));
    names.sort();
    names.iter().map(|it| file(it)).collect()
}

fn file(path: &Path) -> Result<Witnessed, Trouble> {
    let trouble = |it: String| Trouble::Said(format!("{}: {it}", path.display()));
    let text = fs::read_to_string(path).map_err(|it| trouble(it.to_string()))?;
    let value: Value = serde_json::from_str(&text).map_err(|it| trouble(it.to_string()))?;
    read(&value, path.display().to_string())
        .ok_or_else(|| trouble("there is no `checkpoint` in it".to_owned()))
}

fn read(value: &Value, fallback: String) -> Option<Witnessed> {
    let source = value.get("witness").and_then(Value::as_str).map_or(fallback, str::to_owned);
    Some(Witnessed { source, token: value.get("checkpoint")?.as_str()?.to_owned() })
}

/// What another node keeps of this record. Our token is none of its business, so it is asked without one.
async fn ask(archive: &Archive, url: &str) -> Result<Witnessed, Trouble> {
    let newest = record::newest(&archive.db).await.map_err(|it| old_tables(it, "read"))?;
    let origin = newest.map(|it| it.origin).unwrap_or_default();
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|it| Trouble::Said(it.to_string()))?;
    let address = format!("{}/api/v1/record/witness?origin={origin}", url.trim_end_matches('/'));
    let value = super::api::answer(url, client.get(address).header("accept-language", "en")).await?;
    read(&value, url.to_owned()).ok_or_else(|| Trouble::Said(format!("{url} answers no checkpoint")))
}

/// A database that this version has not opened yet has no log.
fn old_tables(error: kernel::Error, done: &str) -> Trouble {
    let missing = error.cause().is_some_and(|it| it.to_string().contains("kernel_log"));
    if missing {
        return Trouble::Said(format!(
            "the tables are of an older version, so there is nothing to be {done}; run `fachwerk migrate`, then serve"
        ));
    }
    error.into()
}
