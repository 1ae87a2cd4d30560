//! The way through the log, tile by tile.

use super::{
    super::{
        Entry, REMEMBERED, signed,
        tiles::{Tiles, WIDTH},
        tree::{self, Growing, Hash},
        unsigned,
    },
    Examination, FindingKind, Marks, Report,
};
use crate::{MINUTE, Result};
use sqlx::AnyConnection;
use std::collections::BTreeMap;

/// On the way through the log, tile by tile.
#[derive(Default)]
pub(super) struct Walk {
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
    /// At the beginning of the log.
    pub(super) fn begin(report: Report, marks: Marks) -> Self {
        Self { report, marks, ..Self::default() }
    }

    pub(super) async fn tile(
        &mut self,
        db: &mut AnyConnection,
        given: &Examination<'_>,
        number: u64,
    ) -> Result<()> {
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
                match mark.witness.as_deref() {
                    None => self.report.checkpoints += 1,
                    Some(REMEMBERED) => {}
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
    pub(super) async fn inner_tiles(&mut self, db: &mut AnyConnection) -> Result<()> {
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
    pub(super) async fn outside(&mut self, db: &mut AnyConnection, given: &Examination<'_>) -> Result<()> {
        let beyond: Vec<(String, i64)> = sqlx::query_as(
            "SELECT id, seq FROM kernel_audit WHERE seq < 0 OR seq >= COALESCE((SELECT size FROM kernel_log WHERE name = 'record'), 0) ORDER BY seq, id LIMIT 1000",
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
    pub(super) fn finish(mut self) -> Report {
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
