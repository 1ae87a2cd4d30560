//! Proofs: that a row is in the log, and that the log continues what it was.

use super::{
    Checkpoint, Entry,
    tiles::Tiles,
    tree::{self, Hash},
    unsigned,
};
use crate::{Db, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use sqlx::AnyConnection;

/// That a row is in the log of a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The number of the row.
    pub seq: i64,
    /// The size of the log that it is proven for.
    pub size: i64,
    /// The leaf as it was hashed; it names nobody. Nothing where the row cannot be as the record left it.
    pub leaf: Option<String>,
    /// The hashes from the leaf up.
    pub path: Vec<Hash>,
    /// The root of the log of this size, from the tiles.
    pub root: Hash,
}

impl Proof {
    /// The path as base64.
    pub fn path_text(&self) -> Vec<String> {
        self.path.iter().map(|it| STANDARD.encode(it)).collect()
    }

    /// Whether row, path and root fit.
    pub fn holds(&self) -> bool {
        let leaf = self.leaf.as_deref().map(|it| tree::leaf_hash(it.as_bytes()));
        leaf.is_some_and(|it| {
            tree::includes(&self.root, unsigned(self.size), unsigned(self.seq), &it, &self.path)
        })
    }
}

/// The proof that a row is in the log of `size` rows; nothing where it is not sealed, or not among them.
///
/// # Errors
/// When the database does not answer.
pub async fn prove(db: &mut AnyConnection, row: &Entry, size: i64) -> Result<Option<Proof>> {
    let Some(seq) = row.seq.filter(|it| *it < size) else { return Ok(None) };
    let mut tiles = Tiles::default();
    let mut path = Vec::new();
    for range in tree::inclusion(unsigned(seq), unsigned(size)) {
        let Some(hash) = tiles.range(db, range).await? else { return Ok(None) };
        path.push(hash);
    }
    let Some(root) = tiles.root(db, unsigned(size)).await? else { return Ok(None) };
    Ok(Some(Proof { seq, size, leaf: row.leaf(), path, root }))
}

/// The proof of a row of a database by its id, and the checkpoint it is for; nothing where there is none yet.
///
/// # Errors
/// When the database does not answer.
pub async fn prove_row(db: &Db, id: &str) -> Result<Option<(Proof, Checkpoint)>> {
    let mut tx = db.begin_read().await?;
    let (row, checkpoint) = (super::entry(&mut tx, id).await?, super::latest_checkpoint(&mut tx).await?);
    let Some((row, checkpoint)) = row.zip(checkpoint) else { return Ok(None) };
    let proof = prove(&mut tx, &row, checkpoint.size).await?;
    Ok(proof.map(|it| (it, checkpoint)))
}

/// The hashes that prove that the log of `second` rows continues that of `first`; nothing where it never had as many.
///
/// # Errors
/// When the database does not answer.
pub async fn consistency(db: &mut AnyConnection, first: i64, second: i64) -> Result<Option<Vec<Hash>>> {
    let size = super::log(db).await?.map_or(0, |it| it.size);
    if first < 0 || first > second || second > size {
        return Ok(None);
    }
    let mut tiles = Tiles::default();
    let mut path = Vec::new();
    for range in tree::consistency(unsigned(first), unsigned(second)) {
        let Some(hash) = tiles.range(db, range).await? else { return Ok(None) };
        path.push(hash);
    }
    Ok(Some(path))
}

/// The root of the first `size` rows; nothing where there are fewer.
///
/// # Errors
/// When the database does not answer.
pub async fn root(db: &mut AnyConnection, size: i64) -> Result<Option<Hash>> {
    Tiles::default().root(db, unsigned(size)).await
}
