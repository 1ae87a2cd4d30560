//! Retention: personal parts are deleted, what was sealed of them stays.

use super::Entry;
use crate::{Result, Write};
use sqlx::AnyConnection;

/// Whether there are rows before `before` that still have their personal parts.
///
/// # Errors
/// When the database does not answer.
pub async fn erasable(db: &mut AnyConnection, before: i64) -> Result<bool> {
    let next: Option<(i64,)> = sqlx::query_as(
        "SELECT at FROM kernel_audit WHERE seq >= (SELECT erased FROM kernel_log WHERE name = 'record') AND seq IS NOT NULL ORDER BY seq, id LIMIT 1",
    )
    .fetch_optional(db)
    .await?;
    Ok(next.is_some_and(|(at,)| at < before))
}

/// Deletes actor, subject and salt of the rows before `before` (microseconds since the epoch), the oldest first and a
/// batch at a time; returns of how many. Call it as long as [`erasable`] says so.
///
/// It ends at the first row that is younger: a row that was committed late keeps its parts until its neighbours lose theirs.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(tx: &mut Write<'_>, before: i64) -> Result<u64> {
    let Some(log) = super::log(tx).await? else { return Ok(0) };
    let rows: Vec<Entry> = sqlx::query_as(
        "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
         FROM kernel_audit WHERE seq >= $1 ORDER BY seq, id LIMIT 256",
    )
    .bind(log.erased)
    .fetch_all(&mut **tx)
    .await?;
    let (mut next, mut count) = (log.erased, 0);
    for row in rows.into_iter().take_while(|it| it.at < before) {
        next = row.seq.unwrap_or(next) + 1;
        // A row that does not fit stays as it is: evidence is not deleted.
        let (Some((actor, subject)), false) = (row.commitments(), row.is_erased()) else { continue };
        sqlx::query(
            "UPDATE kernel_audit SET actor = '', subject = '', salt = NULL, actor_commitment = $1, subject_commitment = $2 \
             WHERE id = $3",
        )
        .bind(actor)
        .bind(subject)
        .bind(&row.id)
        .execute(&mut **tx)
        .await?;
        count += 1;
    }
    sqlx::query("UPDATE kernel_log SET erased = $1 WHERE name = 'record'")
        .bind(next)
        .execute(&mut **tx)
        .await?;
    Ok(count)
}
