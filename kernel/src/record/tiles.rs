//! Where the hashes lie: tiles of 256 hashes, eight levels of the tree to a tier, so that a proof reads a handful of rows
//! and a batch writes two or three (the shape of C2SP tlog-tiles).

use super::tree::{self, Hash, Range, Subtree};
use crate::{Result, fault};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// Hashes in a full tile.
pub(super) const WIDTH: u64 = 256;
/// Levels of the tree in a tier.
const LEVELS: u32 = 8;

/// A tier, and which tile of it, from the left.
type Place = (u32, u64);

/// Tiles that were read, and those that were added to.
#[derive(Default)]
pub(super) struct Tiles {
    read: BTreeMap<Place, Vec<Hash>>,
    grown: BTreeSet<Place>,
}

impl Tiles {
    /// The hashes of a tile; none where there is no tile yet.
    pub async fn tile(&mut self, db: &mut AnyConnection, place: Place) -> Result<&mut Vec<Hash>> {
        match self.read.entry(place) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => {
                let found: Option<(Vec<u8>,)> =
                    sqlx::query_as("SELECT hashes FROM kernel_tile WHERE tier = $1 AND number = $2")
                        .bind(i64::from(place.0))
                        .bind(super::signed(place.1))
                        .fetch_optional(db)
                        .await?;
                let bytes = found.unwrap_or_default().0;
                Ok(unknown.insert(bytes.as_chunks::<32>().0.to_vec()))
            }
        }
    }

    /// Adds a leaf to a log of `size` leaves.
    pub async fn append(&mut self, db: &mut AnyConnection, size: u64, leaf: Hash) -> Result<()> {
        let (mut tier, mut at, mut hash) = (0, size, leaf);
        loop {
            let place = (tier, at / WIDTH);
            let tile = self.tile(db, place).await?;
            if u64::try_from(tile.len()) != Ok(at % WIDTH) {
                return Err(fault::DATABASE.because(format!("tile {place:?} of the record is damaged")));
            }
            tile.push(hash);
            let full = u64::try_from(tile.len()) == Ok(WIDTH);
            hash = if full { tree::complete(tile) } else { hash };
            self.grown.insert(place);
            if !full {
                return Ok(());
            }
            (tier, at) = (tier + 1, at / WIDTH);
        }
    }

    /// Writes what was added.
    pub async fn save(&mut self, db: &mut AnyConnection) -> Result<()> {
        for place in std::mem::take(&mut self.grown) {
            let Some(tile) = self.read.get(&place) else { continue };
            sqlx::query(
                "INSERT INTO kernel_tile (tier, number, hashes) VALUES ($1, $2, $3) \
                 ON CONFLICT (tier, number) DO UPDATE SET hashes = $3",
            )
            .bind(i64::from(place.0))
            .bind(super::signed(place.1))
            .bind(tile.concat())
            .execute(&mut *db)
            .await?;
        }
        Ok(())
    }

    /// The hash of a range of a proof; nothing where tiles are missing.
    pub async fn range(&mut self, db: &mut AnyConnection, range: Range) -> Result<Option<Hash>> {
        let mut hashes = Vec::new();
        for subtree in tree::subtrees(range) {
            let Some(hash) = self.subtree(db, subtree).await? else { return Ok(None) };
            hashes.push(hash);
        }
        Ok(Some(tree::fold(&hashes)))
    }

    /// The root of the first `size` leaves; nothing where tiles are missing.
    pub async fn root(&mut self, db: &mut AnyConnection, size: u64) -> Result<Option<Hash>> {
        self.range(db, (0, size)).await
    }

    async fn subtree(&mut self, db: &mut AnyConnection, subtree: Subtree) -> Result<Option<Hash>> {
        let (tier, height) = (subtree.level / LEVELS, subtree.level % LEVELS);
        let start = subtree.index << height;
        let tile = self.tile(db, (tier, start / WIDTH)).await?;
        let from = usize::try_from(start % WIDTH).unwrap_or(usize::MAX);
        let found = tile.get(from..from.saturating_add(1 << height));
        Ok(found.map(tree::complete))
    }
}
