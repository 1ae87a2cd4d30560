//! Retention: personal parts are deleted, what was sealed of them stays.

use super::{Entry, tiles::WIDTH};
use crate::{Result, Write};

/// Deletes actor, subject and salt of the rows before `before` (microseconds since the epoch), the oldest first and a
/// batch at a time; returns of how many. Call it until it answers 0.
///
/// It ends at the first row that is younger: a row that was committed late keeps its parts until its neighbours lose theirs.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(tx: &mut Write<'_>, before: i64) -> Result<u64> {
    let Some(log) = super::log(tx).await? else { return Ok(0) };
    let rows: Vec<Entry> = sqlx::query_as(
        "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
         FROM kernel_audit WHERE seq >= $1 AND seq < $2 ORDER BY seq, id",
    )
    .bind(log.erased)
    .bind(log.erased + super::signed(WIDTH))
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
