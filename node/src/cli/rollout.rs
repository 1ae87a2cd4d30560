//! `fachwerk rollout …`: over the interface of a running node (`--url`), or of the node in the data directory. A dry run needs
//! neither: it reads the file by itself.

use super::{Ending, Global, Outcome, Trouble, api::Node, mention, say};
use clap::Subcommand;
use jiff::{Timestamp, tz::TimeZone};
use kernel::Clock;
use rates::{Day, Faults, Known, Sent, Territory, read};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

/// How far public services are rolled out.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Takes a CSV file over as a version: changes of state, values of a base, or counts of submissions.
    Import {
        /// The file.
        file: PathBuf,
        /// Only says what is wrong with the file, or what it would do; without --url it needs no node.
        #[arg(long)]
        dry_run: bool,
        /// Why; it stands beside the version.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        /// The decision that it rests on.
        #[arg(long, value_name = "TEXT", default_value = "")]
        decision: String,
        /// The tenant that keeps it; the operator where nothing is said.
        #[arg(long, value_name = "NAME", default_value = "")]
        tenant: String,
    },
    /// Says the rates of public services on one base and one day.
    Rates {
        /// The key of one public service (LeiKa, or an id of your own); all where nothing is said.
        #[arg(long, value_name = "KEY")]
        service: Option<String>,
        /// authorities, population or the name of an imported base.
        #[arg(long, value_name = "NAME", default_value = "authorities")]
        base: String,
        /// The day, 2026-02-13; today where nothing is said.
        #[arg(long, value_name = "DAY")]
        date: Option<String>,
        /// Whose roll-out; the operator's where nothing is said.
        #[arg(long, value_name = "NAME")]
        tenant: Option<String>,
    },
}

/// Carries out a command.
pub(crate) async fn carry_out(global: &Global, command: Command) -> Outcome {
    match command {
        Command::Import { file, dry_run: true, .. } if global.url.is_none() => dry_run(global, &file),
        Command::Import { file, dry_run, note, decision, tenant } => {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let query = encoded(&[
                ("name", &name),
                ("note", &note),
                ("decision", &decision),
                ("tenant", &tenant),
                ("dryRun", if dry_run { "true" } else { "false" }),
            ]);
            import(global, &file, &format!("/api/v1/rollout/imports?{query}")).await
        }
        Command::Rates { service, base, date, tenant } => {
            let optional = [("service", service), ("date", date), ("tenant", tenant)];
            let mut query = vec![("base", base)];
            query.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
            let query: Vec<(&str, &str)> =
                query.iter().map(|(name, value)| (*name, value.as_str())).collect();
            rates(global, &format!("/api/v1/rollout/rates?{}", encoded(&query))).await
        }
    }
}

fn encoded(query: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish()
}

/// Reads the file by itself. A fault has its file, line and column, and the command ends with 2.
fn dry_run(global: &Global, file: &Path) -> Outcome {
    let unreadable = |words: String| Trouble::Ended(Ending { code: 2, words });
    let input = File::open(file).map_err(|it| unreadable(format!("{}: {it}", file.display())))?;
    let dataset = regions::shipped::dataset().map_err(|it| Trouble::Said(it.to_string()))?;
    let territory = Territory::new(&dataset);
    let known = Known { territory: &territory, today: today(), levels: &HashMap::new() };
    let sent = read(BufReader::new(input), known).map_err(|it| unreadable(told(file, &it)))?;
    let (kind, parts) = match &sent {
        Sent::Changes(it) => {
            let parts = it.public_services.iter().map(|(key, it)| (key.clone(), it.rows.len()));
            ("changes", parts.collect::<Vec<_>>())
        }
        Sent::Bases(it) => ("bases", it.iter().map(|it| (it.base.clone(), it.rows.len())).collect()),
        Sent::Counts(it) => {
            let of_one = it.chunk_by(|one, other| one.public_service == other.public_service);
            let part = |it: &[rates::Count]| Some((it.first()?.public_service.clone(), it.len()));
            ("counts", of_one.filter_map(part).collect())
        }
    };
    if global.json {
        let parts: Vec<Value> =
            parts.iter().map(|(subject, lines)| json!({ "subject": subject, "lines": lines })).collect();
        return say(&json!({ "dryRun": true, "kind": kind, "parts": parts }).to_string());
    }
    for (subject, lines) in &parts {
        say(&format!("{kind} {subject}: {lines} lines"))?;
    }
    mention("the file can be imported; nothing has been kept");
    Ok(())
}

/// The day in legal German time.
fn today() -> Day {
    let time = Timestamp::from_microsecond(Clock::Real.now()).unwrap_or(Timestamp::UNIX_EPOCH);
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    Day::of(time.to_zoned(zone).date()).unwrap_or(Day::FIRST)
}

fn told(file: &Path, faults: &Faults) -> String {
    let mut text = format!("{}: {} faults; nothing has been kept", file.display(), faults.total);
    for it in faults.faults.iter().take(100) {
        let column = if it.column.is_empty() { String::new() } else { format!(" ({})", it.column) };
        text.push_str(&format!("\n{}:{}{column}: {} {}", file.display(), it.line, it.what.en, it.cure.en));
    }
    let more = faults.total.saturating_sub(100);
    if more > 0 {
        text.push_str(&format!("\nand {more} more"));
    }
    text
}

async fn import(global: &Global, file: &Path, path: &str) -> Outcome {
    let bytes = std::fs::read(file).map_err(|it| Trouble::Said(format!("{}: {it}", file.display())))?;
    let node = Node::of(global).await?;
    let outcome = node.ask("POST", path, "text/csv", bytes).await?;
    if global.json {
        return say(&outcome.to_string());
    }
    for it in outcome.get("publicServices").and_then(Value::as_array).into_iter().flatten() {
        let number = |name: &str| it.get(name).and_then(Value::as_i64).unwrap_or_default();
        say(&format!(
            "{} {}: {} new, {} corrected, {} known already; {} -> {}",
            text(it, "key"),
            text(it, "name"),
            number("added"),
            number("corrected"),
            number("repeated"),
            rate(it.get("before")),
            rate(it.get("after")),
        ))?;
    }
    for it in outcome.get("others").and_then(Value::as_array).into_iter().flatten() {
        let lines = it.get("lines").and_then(Value::as_i64).unwrap_or_default();
        say(&format!("{} {}: {lines} lines", text(it, "kind"), text(it, "subject")))?;
    }
    match outcome.get("version").and_then(Value::as_i64) {
        Some(version) => {
            mention(&format!("this is version {version}; snapshot {}", text(&outcome, "snapshot")));
        }
        None => mention("nothing has been kept"),
    }
    Ok(())
}

async fn rates(global: &Global, path: &str) -> Outcome {
    let found = Node::of(global).await?.get(path).await?;
    if global.json {
        return say(&found.to_string());
    }
    let base = found.get("base").cloned().unwrap_or_default();
    mention(&format!(
        "base: {}; {}; {}",
        text(&base, "title"),
        text(&found, "date"),
        text(&found, "formula")
    ));
    let all = found.get("publicServices").and_then(Value::as_array).cloned().unwrap_or_default();
    if all.is_empty() {
        mention("nothing has been imported yet: `fachwerk rollout import FILE`");
    }
    for it in &all {
        let authorities = |part: &str| {
            let pointer = format!("/tally/{part}/authorities");
            it.pointer(&pointer).and_then(Value::as_i64).unwrap_or_default()
        };
        say(&format!(
            "{} {}: {} ({} by themselves, {} inherited, of {})",
            text(it, "key"),
            text(it, "name"),
            rate(it.get("rate")),
            authorities("own"),
            authorities("inherited"),
            authorities("all"),
        ))?;
    }
    Ok(())
}

/// A rate in words.
fn rate(it: Option<&Value>) -> String {
    let Some(it) = it else { return "unknown".to_owned() };
    let number = |name: &str| it.get(name).and_then(Value::as_f64).unwrap_or_default();
    match text(it, "kind") {
        "exact" => format!("{} %", number("percent")),
        "at_most" => format!("at most {} %", number("high")),
        "at_least" => format!("at least {} %", number("low")),
        _ => "cannot be said".to_owned(),
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
