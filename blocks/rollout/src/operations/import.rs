//! A file is read as it comes in: what it brings, what it changes.

use super::{Rollout, aside, inflow::Inflow, ready::Ready, today};
use crate::{
    model::KeptSet,
    names::{fault, may},
    rules::{self, Packing},
};
use axum::body::Body;
use bytes::Bytes;
use csv::WriterBuilder;
use futures_util::StreamExt;
use kernel::{Ctx, Error, Issue, Lang, Result, http::reading};
use rates::{Entry, Faults, Known, Level, Sent, Tally, Timeline, Weights, pack, read, write_lines};
use std::{collections::HashMap, sync::Arc};

/// A file that somebody wants to count.
#[derive(Debug, Default)]
pub struct Upload {
    /// What it is called.
    pub file_name: String,
    /// Why, in the words of whoever sends it.
    pub note: String,
    /// The decision that it rests on.
    pub decision: String,
    pub body: Body,
}

/// A file that was read.
pub struct Reading {
    pub kind: &'static str,
    pub packing: Packing,
    /// SHA-256 of the file.
    pub sha256: String,
    pub lines: usize,
}

/// What an import did, or would do.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// `changes`, `bases`, `counts` or `definition`.
    pub kind: String,
    pub lines: i64,
    pub effects: Vec<Effect>,
    /// Bases and counts that it brings: what, about what, how many lines.
    pub others: Vec<(String, String, i64)>,
}

/// What an import does to one public service.
#[derive(Debug, Clone)]
pub struct Effect {
    pub key: String,
    pub name: String,
    pub level: Level,
    /// Whether it was not followed before.
    pub new: bool,
    pub lines: usize,
    /// Changes that were not known.
    pub added: usize,
    /// Changes that say something else than what is known for the same authority and day.
    pub corrected: usize,
    /// Changes that are known already.
    pub repeated: usize,
    /// All competent authorities today, before; each counts as one.
    pub before: Tally,
    /// And after.
    pub after: Tally,
}

impl Rollout {
    /// Reads a file as it comes in.
    ///
    /// # Errors
    /// Every fault of the file with line and column; what the body itself does wrong.
    pub(super) async fn receive(&self, ctx: &Ctx, body: Body, ready: Arc<Ready>) -> Result<Reading> {
        ctx.require(may::EDIT)?;
        let (pieces, waiting) = tokio::sync::mpsc::channel::<Bytes>(16);
        let (day, lang, most) = (today(ctx), ctx.lang(), self.config().most_changes);
        let work =
            tokio::task::spawn_blocking(move || read_in(Inflow::new(waiting), &ready, day, lang, most));
        let mut body = reading(body, self.config().largest_file);
        let mut any = false;
        while let Some(piece) = body.next().await.transpose()? {
            any |= !piece.is_empty();
            if pieces.send(piece).await.is_err() {
                // The reader has seen enough to refuse it.
                break;
            }
        }
        drop(pieces);
        let read = work.await.map_err(|it| kernel::fault::INTERNAL.because(it))?;
        if any { read } else { Err(fault::NOTHING_SENT.into()) }
    }

    /// What a content that was read would change.
    pub(super) async fn compare(
        &self,
        ctx: &Ctx,
        ready: Arc<Ready>,
        kind: String,
        content: Bytes,
        sets: Vec<KeptSet>,
    ) -> Result<Outcome> {
        let day = today(ctx);
        aside(move || {
            let weights = Weights::authorities(&ready.world.territory);
            let lines = sets.iter().filter(|it| it.kind != "definition").map(|it| it.lines).sum();
            let changes = sets.iter().filter(|it| it.kind == "changes");
            let effects = changes.map(|set| effect(&ready, &weights, &content, &sets, set, day));
            let effects = effects.collect::<Option<Vec<_>>>();
            let effects =
                effects.ok_or_else(|| kernel::fault::CONTENT.because("a preview cannot be unpacked"))?;
            let others = sets.iter().filter(|it| matches!(it.kind.as_str(), "base" | "counts"));
            let others = others.map(|it| (it.kind.clone(), it.subject.clone(), it.lines)).collect();
            Ok(Outcome { kind, lines, effects, others })
        })
        .await
    }
}

fn effect(
    ready: &Ready,
    weights: &Weights,
    content: &Bytes,
    sets: &[KeptSet],
    set: &KeptSet,
    day: rates::Day,
) -> Option<Effect> {
    let territory = &ready.world.territory;
    let (entries, _) = pack(&rules::unpack(content, set)?, territory);
    let known = ready.public_services.get(&set.subject);
    let definition = sets.iter().find(|it| it.kind == "definition" && it.subject == set.subject);
    let (name, level) = match definition.and_then(|it| rules::unpack(content, it)) {
        Some(text) => read_definition(&text)?,
        None => known.map(|it| (it.name.clone(), it.level))?,
    };
    let timeline = known.map(|it| Arc::clone(&it.timeline)).unwrap_or_default();
    let (mut added, mut corrected, mut repeated) = (0, 0, 0);
    for it in &entries {
        match timeline.of(it.place).iter().find(|known| known.since == it.since) {
            None => added += 1,
            Some(known) if known == it => repeated += 1,
            Some(_) => corrected += 1,
        }
    }
    let lines = entries.len();
    let all: Vec<Entry> = timeline.entries().iter().copied().chain(entries).collect();
    let tally = |it: &Timeline| it.tallies(territory, level, weights, &[day]).pop().unwrap_or_default();
    Some(Effect {
        key: set.subject.clone(),
        name,
        level,
        new: known.is_none(),
        lines,
        added,
        corrected,
        repeated,
        before: tally(&timeline),
        after: tally(&Timeline::new(all)),
    })
}

fn read_in(mut inflow: Inflow, ready: &Ready, day: rates::Day, lang: Lang, most: u64) -> Result<Reading> {
    let levels: HashMap<String, Level> =
        ready.public_services.iter().map(|(key, it)| (key.clone(), it.level)).collect();
    let known = Known { territory: &ready.world.territory, today: day, levels: &levels };
    let sent = read(&mut inflow, known).map_err(|it| bad_file(lang, &it))?;
    let mut packing = Packing::default();
    let (kind, lines) = match sent {
        Sent::Changes(file) => {
            let lines: usize = file.public_services.values().map(|it| it.rows.len()).sum();
            let count = ready.changes() as u64 + lines as u64;
            if count > most {
                return Err(fault::TOO_MANY_CHANGES.with("count", count).with("most", most));
            }
            for (key, it) in &file.public_services {
                if let Some(text) = definition(ready, key, it) {
                    packing.add("definition", key, 1, &text);
                }
                let text = write_lines(&it.rows, &file.texts, &ready.world.territory);
                packing.add("changes", key, it.rows.len(), &text);
            }
            ("changes", lines)
        }
        Sent::Bases(bases) => {
            let territory = &ready.world.territory;
            for base in &bases {
                let rows = base.rows.iter().map(|(it, source)| {
                    vec![
                        territory.key_text(it.place),
                        it.amount.to_string(),
                        it.day.to_string(),
                        source.clone(),
                    ]
                });
                let text = write_text(&["authority", "thousandths", "date", "source"], rows);
                packing.add("base", &base.base, base.rows.len(), &text);
            }
            ("bases", bases.iter().map(|it| it.rows.len()).sum())
        }
        Sent::Counts(counts) => {
            for of_one in counts.chunk_by(|one, other| one.public_service == other.public_service) {
                let rows = of_one
                    .iter()
                    .map(|it| vec![it.month.to_string(), it.count.to_string(), it.source.clone()]);
                let text = write_text(&["month", "count", "source"], rows);
                let subject = of_one.first().map_or("", |it| &it.public_service);
                packing.add("counts", subject, of_one.len(), &text);
            }
            ("counts", counts.len())
        }
    };
    Ok(Reading { kind, packing, sha256: inflow.sha256(), lines })
}

/// The definition that a file brings for a public service: for one that is new, or that it calls something else.
fn definition(ready: &Ready, key: &str, it: &rates::PublicServiceChanges) -> Option<Vec<u8>> {
    let (name, level) = match (ready.public_services.get(key), &it.name) {
        (Some(known), Some(name)) if known.name != *name => (name.as_str(), known.level),
        (Some(_), _) => return None,
        (None, name) => {
            let listed = ready.world.names.get(key).map(|it| &**it);
            let name = name.as_deref().or(listed).unwrap_or(key);
            (name, it.lowest_level(&ready.world.territory))
        }
    };
    Some(write_definition(name, level))
}

/// The kept text of a definition.
pub(super) fn write_definition(name: &str, level: Level) -> Vec<u8> {
    write_text(&["name", "level"], std::iter::once(vec![name.to_owned(), level.name().to_owned()]))
}

fn read_definition(text: &[u8]) -> Option<(String, Level)> {
    let row = csv::Reader::from_reader(text).records().next()?.ok()?;
    Some((row.get(0)?.to_owned(), row.get(1)?.parse().ok()?))
}

fn write_text(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

/// All faults of a file as one error; the first hundred are listed.
fn bad_file(lang: Lang, faults: &Faults) -> Error {
    const LISTED: usize = 100;
    let place = |it: &rates::Fault| {
        let column = match (lang, it.column.as_str()) {
            (_, "") => String::new(),
            (Lang::De, name) => format!(", Spalte {name}"),
            (Lang::En, name) => format!(", column {name}"),
        };
        format!("{} {}{column}", lang.pick("Zeile", "line"), it.line)
    };
    let said = |it: &rates::Fault| {
        format!("{} {}", lang.pick(&it.what.de, &it.what.en), lang.pick(&it.cure.de, &it.cure.en))
    };
    let first = faults.faults.first().map(|it| format!("{}: {}", place(it), said(it))).unwrap_or_default();
    let issues = faults.faults.iter().take(LISTED);
    let issues = issues.map(|it| Issue { pointer: place(it), detail: said(it) }).collect();
    fault::BAD_FILE.with("total", faults.total).with("first", first).listing(issues)
}
