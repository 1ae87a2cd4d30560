//! Verification: every row, every hash and every checkpoint computed anew, and compared with what others witnessed.

mod walk;

use super::{
    Log,
    checkpoint::{self, Checkpoint},
    tiles::WIDTH,
    tree::Hash,
    unsigned,
};
use crate::{Db, Keys, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::collections::BTreeMap;
use walk::Walk;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// A row is not what was sealed.
    Changed,
    /// A number has no row any more.
    Missing,
    /// A row stands where another was sealed.
    Moved,
    /// A row that was never sealed has a number.
    Inserted,
    /// A row waits for its seal for too long.
    Unsealed,
    /// The newest rows have no checkpoint for too long.
    Unsigned,
    /// Personal parts were deleted before their time.
    ErasedEarly,
    /// Stored hashes do not fit each other.
    Hashes,
    /// A checkpoint is not signed by this node, or says something else than its signature.
    Checkpoint,
    /// The log is shorter than a checkpoint says.
    Cut,
    /// The log is another one than a checkpoint says.
    Forked,
    /// What a witness keeps cannot be read, or is about another log.
    Witness,
}

impl FindingKind {
    /// The name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Moved => "moved",
            Self::Inserted => "inserted",
            Self::Unsealed => "unsealed",
            Self::Unsigned => "unsigned",
            Self::ErasedEarly => "erased_early",
            Self::Hashes => "hashes",
            Self::Checkpoint => "checkpoint",
            Self::Cut => "cut",
            Self::Forked => "forked",
            Self::Witness => "witness",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub kind: FindingKind,
    /// The id of the row, where there is one.
    pub row: Option<String>,
    /// Its number in the log.
    pub seq: Option<i64>,
    /// What is wrong, in a sentence.
    pub what: String,
}

/// A checkpoint of ours that somebody else keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// Where it comes from, for people.
    pub source: String,
    /// The checkpoint's token.
    pub token: String,
}

/// What verification has to know.
pub struct Examination<'a> {
    /// The node's keys, old ones too.
    pub keys: &'a Keys,
    /// The time, microseconds since the epoch.
    pub now: i64,
    /// How long a row may wait for its seal, microseconds.
    pub patience: i64,
    /// After which time personal parts may be deleted, microseconds; nothing if never.
    pub retention: Option<i64>,
    /// What witnesses keep.
    pub witnessed: &'a [Witnessed],
}

/// What verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The name of the log; empty where nothing was sealed yet.
    pub origin: String,
    /// How many rows are sealed.
    pub size: i64,
    /// The root of all of them, computed anew.
    pub root: Hash,
    /// Of how many the personal parts were deleted.
    pub erased: i64,
    /// Rows that were sealed long after later ones: committed late, or smuggled in. Id and number, at most a hundred.
    pub late: Vec<(String, i64)>,
    /// How many checkpoints fit.
    pub checkpoints: i64,
    /// How many witnessed checkpoints fit.
    pub witnessed: i64,
    /// What is wrong, at most ten thousand things.
    pub findings: Vec<Finding>,
}

const MOST: usize = 10_000;

impl Report {
    /// The root as base64.
    pub fn root_text(&self) -> String {
        STANDARD.encode(self.root)
    }

    fn add(&mut self, kind: FindingKind, row: Option<&str>, seq: Option<i64>, what: impl Into<String>) {
        if self.findings.len() < MOST {
            self.findings.push(Finding { kind, row: row.map(str::to_owned), seq, what: what.into() });
        }
    }
}

/// Computes everything anew and says what does not fit.
///
/// # Errors
/// When the database does not answer; whatever is wrong with the record is a finding.
pub async fn verify(db: &Db, given: &Examination<'_>) -> Result<Report> {
    let mut report = Report::default();
    let mut tx = db.begin_read().await?;
    let log =
        super::log(&mut tx).await?.unwrap_or(Log { origin: String::new(), size: 0, erased: 0, sealed_at: 0 });
    (report.origin, report.size) = (log.origin.clone(), log.size);
    let kept = checkpoint::checkpoints(&mut tx, i64::MAX, i64::MAX).await?;
    drop(tx);
    let marks = marks(given, &mut report, kept);
    unsigned_tail(given, &mut report, &log, &marks);
    let mut walk = Walk::begin(report, marks);
    for number in 0..unsigned(log.size).div_ceil(WIDTH) {
        // A transaction a tile: a long one would keep SQLite from tidying its write-ahead log.
        let mut tx = db.begin_read().await?;
        walk.tile(&mut tx, given, number).await?;
    }
    let mut tx = db.begin_read().await?;
    walk.inner_tiles(&mut tx).await?;
    walk.outside(&mut tx, given).await?;
    Ok(walk.finish())
}

/// A size and root that somebody signed.
struct Mark {
    root: Hash,
    at: i64,
    /// Nothing for the node's own.
    witness: Option<String>,
}

type Marks = BTreeMap<i64, Vec<Mark>>;

/// The checkpoints that are what their signatures say, ours and those that were witnessed.
fn marks(given: &Examination<'_>, report: &mut Report, kept: Vec<Checkpoint>) -> Marks {
    let mut marks = Marks::new();
    for it in kept {
        if checkpoint::open_checkpoint(given.keys, &it.token).as_ref() == Some(&it) {
            marks.entry(it.size).or_default().push(Mark { root: it.root, at: it.at, witness: None });
        } else {
            let what = format!(
                "the checkpoint of {} rows is not signed by this node, or says something else than its signature",
                it.size
            );
            report.add(FindingKind::Checkpoint, None, Some(it.size), what);
        }
    }
    for it in given.witnessed {
        match checkpoint::open_checkpoint(given.keys, &it.token) {
            Some(seen) if seen.origin == report.origin => {
                let mark = Mark { root: seen.root, at: seen.at, witness: Some(it.source.clone()) };
                marks.entry(seen.size).or_default().push(mark);
            }
            Some(seen) => {
                let what = format!(
                    "{} keeps a checkpoint of {} rows of the log {}, which this node signed; the log here is {}",
                    it.source,
                    seen.size,
                    seen.origin,
                    if report.origin.is_empty() { "empty" } else { &report.origin }
                );
                report.add(FindingKind::Forked, None, Some(seen.size), what);
            }
            None => {
                let what = format!("what {} keeps is not signed by this node", it.source);
                report.add(FindingKind::Witness, None, None, what);
            }
        }
    }
    marks
}

fn unsigned_tail(given: &Examination<'_>, report: &mut Report, log: &Log, marks: &Marks) {
    let own = |it: &&Vec<Mark>| it.iter().any(|it| it.witness.is_none());
    let signed = marks.iter().rev().find(|it| own(&it.1)).map_or(0, |it| *it.0);
    if signed < log.size && log.sealed_at < given.now - given.patience {
        let what = format!("rows {signed} to {} have no checkpoint", log.size - 1);
        report.add(FindingKind::Unsigned, None, Some(signed), what);
    }
    for (size, marks) in marks.range(log.size + 1..) {
        for mark in marks {
            let who = mark.witness.as_deref().unwrap_or("this node's own checkpoint");
            let what = format!(
                "the log was cut: {who} (signed {} seconds ago) has {size} rows, {} are left; at least {} are gone",
                (given.now - mark.at) / crate::SECOND,
                log.size,
                size - log.size
            );
            report.add(FindingKind::Cut, None, Some(log.size), what);
        }
    }
}
