//! Verification: every row, every hash and every checkpoint computed anew, and compared with what others witnessed.

use super::{
    Entry, Log,
    checkpoint::{self, Checkpoint},
    signed,
    tiles::{Tiles, WIDTH},
    tree::{self, Growing, Hash},
    unsigned,
};
use crate::{Db, Keys, MINUTE, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use sqlx::AnyConnection;
use std::collections::BTreeMap;

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
    let mut walk = Walk { report, marks, tree: Growing::default(), ..Walk::default() };
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

/// On the way through the log, tile by tile.
#[derive(Default)]
struct Walk {
    report: Report,
    marks: Marks,
    tree: Growing,
    /// The hashes of full tiles: what the tier above has to hold.
    above: Vec<Hash>,
    /// What was sealed at numbers whose row does not fit or is gone.
    wanted: BTreeMap<Hash, i64>,
    /// Rows that do not fit: number, id, and the hash they have now.
    strays: Vec<(i64, String, Option<Hash>)>,
    /// The last size at which the root was what a checkpoint says.
    good: i64,
    forked: bool,
    newest: i64,
}

impl Walk {
    async fn tile(&mut self, db: &mut AnyConnection, given: &Examination<'_>, number: u64) -> Result<()> {
        let from = number * WIDTH;
        let count = (unsigned(self.report.size) - from).min(WIDTH);
        let rows: Vec<Entry> = sqlx::query_as(
            "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
             FROM kernel_audit WHERE seq >= $1 AND seq < $2 ORDER BY seq, id",
        )
        .bind(signed(from))
        .bind(signed(from + count))
        .fetch_all(&mut *db)
        .await?;
        let mut by_number: BTreeMap<i64, Vec<Entry>> = BTreeMap::new();
        for row in rows {
            by_number.entry(row.seq.unwrap_or_default()).or_default().push(row);
        }
        let mut tiles = Tiles::default();
        let leaves = tiles.tile(db, (0, number)).await?;
        let mut hashes = Vec::new();
        for place in 0..count {
            let seq = signed(from + place);
            let sealed = usize::try_from(place).ok().and_then(|it| leaves.get(it)).copied();
            let rows = by_number.remove(&seq).unwrap_or_default();
            let hash = self.number(given, seq, sealed, &rows);
            hashes.push(hash);
            self.tree.push(hash);
            self.check_marks(seq + 1);
        }
        if count == WIDTH {
            self.above.push(tree::complete(&hashes));
        }
        Ok(())
    }

    /// One number of the log: what was sealed, and the rows that have it. Answers what was sealed, as far as anybody knows.
    fn number(&mut self, given: &Examination<'_>, seq: i64, sealed: Option<Hash>, rows: &[Entry]) -> Hash {
        let mut fitting = 0;
        for row in rows {
            let hash = row.leaf_hash();
            if hash.is_some() && (hash == sealed || sealed.is_none()) && fitting == 0 {
                fitting = 1;
                self.fits(given, seq, row);
            } else {
                self.strays.push((seq, row.id.clone(), hash));
            }
        }
        if sealed.is_none() {
            self.report.add(
                FindingKind::Hashes,
                rows.first().map(|it| it.id.as_str()),
                Some(seq),
                format!("the hash of row {seq} is gone"),
            );
        }
        if fitting == 0 {
            if let Some(sealed) = sealed {
                self.wanted.insert(sealed, seq);
            }
            if rows.is_empty() {
                self.report.add(FindingKind::Missing, None, Some(seq), format!("row {seq} is missing"));
            }
        }
        sealed.or_else(|| rows.first().and_then(Entry::leaf_hash)).unwrap_or_default()
    }

    fn fits(&mut self, given: &Examination<'_>, seq: i64, row: &Entry) {
        if row.at < self.newest - 10 * MINUTE && self.report.late.len() < 100 {
            self.report.late.push((row.id.clone(), seq));
        }
        self.newest = self.newest.max(row.at);
        if row.is_erased() {
            self.report.erased += 1;
            if given.retention.is_none_or(|it| row.at > given.now - it) {
                let what =
                    format!("the personal parts of row {seq} ({}) were deleted before their time", row.id);
                self.report.add(FindingKind::ErasedEarly, Some(&row.id), Some(seq), what);
            }
        }
    }

    /// Compares the root with what was signed for this size.
    fn check_marks(&mut self, size: i64) {
        let Some(marks) = self.marks.get(&size) else { return };
        let root = self.tree.root();
        let mut good = true;
        for mark in marks {
            if mark.root == root {
                match mark.witness {
                    None => self.report.checkpoints += 1,
                    Some(_) => self.report.witnessed += 1,
                }
                continue;
            }
            good = false;
            // After the first one that does not fit, none does; a witness is always heard.
            if mark.witness.is_some() || !self.forked {
                let who = mark.witness.as_deref().unwrap_or("the node's own checkpoint");
                let what = format!(
                    "the log is another one than {who} has of {size} rows: rows and hashes between {} and {} were changed together",
                    self.good,
                    size - 1
                );
                self.report.add(FindingKind::Forked, None, Some(self.good), what);
            }
        }
        self.forked |= !good;
        if good {
            self.good = size;
        }
    }

    /// The tiers above the leaves.
    async fn inner_tiles(&mut self, db: &mut AnyConnection) -> Result<()> {
        let (mut tier, mut wanted) = (1, std::mem::take(&mut self.above));
        while !wanted.is_empty() {
            let mut next = Vec::new();
            for (number, hashes) in (0..).zip(wanted.chunks(256)) {
                let mut tiles = Tiles::default();
                if tiles.tile(db, (tier, number)).await?.as_slice() != hashes {
                    let what =
                        format!("the inner hashes of tile {tier}/{number} are not those of the leaves below");
                    self.report.add(FindingKind::Hashes, None, None, what);
                }
                if hashes.len() == 256 {
                    next.push(tree::complete(hashes));
                }
            }
            (tier, wanted) = (tier + 1, next);
        }
        Ok(())
    }

    /// Rows that are not in the log.
    async fn outside(&mut self, db: &mut AnyConnection, given: &Examination<'_>) -> Result<()> {
        let beyond: Vec<(String, i64)> = sqlx::query_as(
            "SELECT id, seq FROM kernel_audit WHERE seq < 0 OR seq >= COALESCE((SELECT size FROM kernel_log), 0) ORDER BY seq, id LIMIT 1000",
        )
        .fetch_all(&mut *db)
        .await?;
        for (id, seq) in beyond {
            let what = format!("row {id} has the number {seq}, which was never sealed");
            self.report.add(FindingKind::Inserted, Some(&id), Some(seq), what);
        }
        let waiting: Vec<(String, i64)> = sqlx::query_as(
            "SELECT id, at FROM kernel_audit WHERE seq IS NULL AND at < $1 ORDER BY seq, id LIMIT 1000",
        )
        .bind(given.now - given.patience)
        .fetch_all(db)
        .await?;
        for (id, at) in waiting {
            let seconds = (given.now - at) / crate::SECOND;
            let what = format!(
                "row {id} is not sealed after {seconds} seconds: the sealing stands still, or it was written past the node"
            );
            self.report.add(FindingKind::Unsealed, Some(&id), None, what);
        }
        Ok(())
    }

    /// Says of rows that do not fit whether they were changed, moved or put in.
    fn finish(mut self) -> Report {
        let gaps: Vec<i64> = self.wanted.values().copied().collect();
        for (seq, id, hash) in std::mem::take(&mut self.strays) {
            let (kind, what) = match hash.and_then(|it| self.wanted.get(&it)) {
                Some(sealed) => {
                    (FindingKind::Moved, format!("row {id} stands at {seq}, but was sealed as {sealed}"))
                }
                None if gaps.contains(&seq) => {
                    (FindingKind::Changed, format!("row {seq} ({id}) is not what was sealed"))
                }
                None => (FindingKind::Inserted, format!("row {id} has the number {seq} of another row")),
            };
            self.report.add(kind, Some(&id), Some(seq), what);
        }
        self.report.root = self.tree.root();
        self.report.findings.sort_by_key(|it| it.seq.unwrap_or(i64::MAX));
        self.report
    }
}
