//! The record: what was done, sealed in batches into an append-only Merkle log (RFC 6962) with signed checkpoints.
//!
//! A commit only inserts its row. A task gives rows numbers, salts and hashes afterwards, so that sealing costs whoever
//! acts nothing; a row is sealed about a second after its commit and can be bent without a trace only until then.

mod checkpoint;
mod erase;
mod find;
mod leaf;
mod memory;
mod prove;
mod seal;
mod tiles;
pub mod tree;
mod verify;

#[cfg(test)]
mod tests;

pub use checkpoint::{
    CHECKPOINT, Checkpoint, checkpoint_of, checkpoints, latest_checkpoint, newest, open_checkpoint,
};
pub use erase::{erasable, erase};
pub use find::{Filter, about, entry, find};
pub use memory::{Memory, REMEMBERED};
pub use prove::{Proof, consistency, prove, prove_row, root};
pub use seal::{health, seal_and_remember, seal_for_ever, seal_once};
pub use verify::{Examination, Finding, FindingKind, Report, Witnessed, verify};

use crate::Result;
use sqlx::{AnyConnection, FromRow};

/// A row of the record.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Entry {
    /// Its id; sorts by time.
    pub id: String,
    /// When, microseconds since the epoch.
    pub at: i64,
    /// The tenant it happened in.
    pub tenant: String,
    /// Who did it; empty once deleted.
    pub actor: String,
    /// What was done: `block.participle`.
    pub event: String,
    /// To what; empty once deleted.
    pub subject: String,
    /// The request it happened in.
    pub request: String,
    /// Its number in the log, from 0 on; nothing until it is sealed.
    pub seq: Option<i64>,
    salt: Option<Vec<u8>>,
    actor_commitment: Option<Vec<u8>>,
    subject_commitment: Option<Vec<u8>>,
}

impl Entry {
    /// Whether its personal parts were deleted; what was sealed of them still fits.
    pub fn is_erased(&self) -> bool {
        self.seq.is_some() && self.salt.is_none()
    }
}

/// The log as a whole.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Log {
    /// The name it has for witnesses: made once, random.
    pub origin: String,
    /// How many rows are sealed.
    pub size: i64,
    /// Of how many rows, the oldest first, the personal parts were deleted.
    pub erased: i64,
    /// When a row was sealed last, microseconds since the epoch.
    pub sealed_at: i64,
}

/// The log as a whole; nothing before the first row was sealed.
///
/// # Errors
/// When the database does not answer.
pub async fn log(db: &mut AnyConnection) -> Result<Option<Log>> {
    let found =
        sqlx::query_as("SELECT origin, size, erased, sealed_at FROM kernel_log WHERE name = 'record'")
            .fetch_optional(db)
            .await?;
    Ok(found)
}

/// A size or number as the tree counts.
fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// A size or number as the database counts.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
