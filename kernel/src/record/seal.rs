//! Sealing: rows get their numbers in the order of their ids as far as they are committed, and never another one.
//!
//! On PostgreSQL a row can be committed after one with a later id was sealed; it gets the next free number. The row of
//! the log is locked meanwhile, so that of several nodes one seals at a time.

use super::{
    Entry, Log,
    checkpoint::{self, Checkpoint},
    leaf::SALT,
    memory::Memory,
    signed,
    tiles::{Tiles, WIDTH},
    unsigned,
};
use crate::{Frame, HOUR, Result, Text, fault};
use sqlx::AnyConnection;
use std::{path::PathBuf, sync::Arc, time::Duration};

/// Seals what is committed, then signs a checkpoint; returns how many rows were sealed.
///
/// # Errors
/// When the log no longer gives its last checkpoint: somebody changed it, and nothing more is sealed onto it.
pub async fn seal_once(frame: &Arc<Frame>) -> Result<u64> {
    seal(frame, None).await
}

/// The same by a node that remembers what it signed last.
///
/// # Errors
/// Also when the log does not give what is remembered, whatever checkpoints the database has.
pub async fn seal_and_remember(frame: &Arc<Frame>, memory: &mut Memory) -> Result<u64> {
    seal(frame, Some(memory)).await
}

async fn seal(frame: &Arc<Frame>, memory: Option<&mut Memory>) -> Result<u64> {
    if nothing_to_do(frame).await? {
        return Ok(0);
    }
    let mut sealed = 0;
    loop {
        let count = seal_batch(frame).await?;
        sealed += count;
        if count < WIDTH {
            break;
        }
    }
    sign(frame, memory).await?;
    Ok(sealed)
}

/// Seals once a second for as long as the process lives, and remembers what was signed last in a file.
pub fn seal_for_ever(frame: &Arc<Frame>, file: PathBuf) {
    let frame = Arc::clone(frame);
    let mut memory = Memory::open(file, frame.keys());
    tokio::spawn(async move {
        loop {
            if let Err(error) = seal_and_remember(&frame, &mut memory).await {
                tracing::error!(?error, "the record could not be sealed");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
}

/// Nothing to do is the usual case, and it must not take the writer's turn.
async fn nothing_to_do(frame: &Arc<Frame>) -> Result<bool> {
    let mut tx = frame.db().begin_read().await?;
    let waiting: Option<(String,)> = sqlx::query_as("SELECT id FROM kernel_audit WHERE seq IS NULL LIMIT 1")
        .fetch_optional(&mut *tx)
        .await?;
    let size = super::log(&mut tx).await?.map_or(0, |it| it.size);
    let signed = checkpoint::latest_checkpoint(&mut tx).await?.map_or(0, |it| it.size);
    Ok(waiting.is_none() && size == signed)
}

async fn seal_batch(frame: &Arc<Frame>) -> Result<u64> {
    let now = frame.clock().now();
    let mut tx = frame.db().begin_write().await?;
    let log = lock(&mut tx, &frame.ids().uuid().to_string(), now).await?;
    let rows: Vec<Entry> = sqlx::query_as(
        "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
         FROM kernel_audit WHERE seq IS NULL ORDER BY seq, id LIMIT 256",
    )
    .fetch_all(&mut *tx)
    .await?;
    let (mut tiles, mut size) = (Tiles::default(), unsigned(log.size));
    for mut row in rows {
        let salt: [u8; SALT] = frame.ids().bytes();
        row.salt = Some(salt.to_vec());
        (row.actor_commitment, row.subject_commitment) = (None, None);
        let leaf = row.leaf_hash().ok_or_else(|| fault::INTERNAL.because("a row without a leaf"))?;
        tiles.append(&mut tx, size, leaf).await?;
        sqlx::query(
            "UPDATE kernel_audit SET seq = $1, salt = $2, actor_commitment = NULL, subject_commitment = NULL WHERE id = $3",
        )
        .bind(signed(size))
        .bind(salt.to_vec())
        .bind(&row.id)
        .execute(&mut *tx)
        .await?;
        size += 1;
    }
    tiles.save(&mut tx).await?;
    sqlx::query("UPDATE kernel_log SET size = $1 WHERE name = 'record'")
        .bind(signed(size))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(size - unsigned(log.size))
}

/// The log, locked until the transaction ends; made where there is none.
async fn lock(db: &mut AnyConnection, origin: &str, now: i64) -> Result<Log> {
    let found = sqlx::query_as(
        "INSERT INTO kernel_log (name, origin, size, erased, sealed_at) VALUES ('record', $1, 0, 0, $2) \
         ON CONFLICT (name) DO UPDATE SET sealed_at = $2 RETURNING origin, size, erased, sealed_at",
    )
    .bind(origin)
    .bind(now)
    .fetch_one(db)
    .await?;
    Ok(found)
}

/// Signs the log as it is, unless it is signed already. The signature takes milliseconds, so no transaction is open.
async fn sign(frame: &Arc<Frame>, memory: Option<&mut Memory>) -> Result<()> {
    let mut tx = frame.db().begin_read().await?;
    let Some(log) = super::log(&mut tx).await? else { return Ok(()) };
    let last = checkpoint::latest_checkpoint(&mut tx).await?;
    if last.as_ref().is_some_and(|it| it.size == log.size) {
        return Ok(());
    }
    let mut tiles = Tiles::default();
    // Whoever writes the database can delete the checkpoints in it; what this node remembers is not there.
    let remembered = memory.as_ref().and_then(|it| it.last());
    for known in last.iter().chain(remembered) {
        if known.origin != log.origin || !fits(&mut tx, &mut tiles, &log, known).await? {
            return Err(fault::DATABASE.because(
                "the record no longer gives its last checkpoint; `fachwerk audit verify` says where",
            ));
        }
    }
    let root = tiles.root(&mut tx, unsigned(log.size)).await?;
    drop(tx);
    let root = root.ok_or_else(|| fault::DATABASE.because("tiles of the record are missing"))?;
    let now = frame.clock().now();
    let made = Checkpoint::sign(frame.keys(), &log.origin, log.size, root, now).await?;
    let mut tx = frame.db().begin_write().await?;
    checkpoint::insert(&mut tx, &made).await?;
    checkpoint::thin_out(&mut tx, now - HOUR).await?;
    tx.commit().await?;
    if let Some(memory) = memory {
        memory.remember(made);
    }
    Ok(())
}

async fn fits(db: &mut AnyConnection, tiles: &mut Tiles, log: &Log, last: &Checkpoint) -> Result<bool> {
    Ok(last.size <= log.size && tiles.root(db, unsigned(last.size)).await? == Some(last.root))
}

/// Says in a sentence what is wrong with the log, or nothing: whether it still gives its last checkpoint.
///
/// # Errors
/// When the database does not answer.
pub async fn health(db: &mut AnyConnection) -> Result<Option<Text>> {
    const BENT: Text = Text {
        de: "Das Protokoll passt nicht mehr zu seinem letzten Prüfpunkt. `fachwerk audit verify` sagt, wo.",
        en: "The record no longer gives its last checkpoint. `fachwerk audit verify` says where.",
    };
    let Some(last) = checkpoint::latest_checkpoint(db).await? else { return Ok(None) };
    let Some(log) = super::log(db).await? else { return Ok(Some(BENT)) };
    let fits = fits(db, &mut Tiles::default(), &log, &last).await?;
    Ok(if fits { None } else { Some(BENT) })
}
