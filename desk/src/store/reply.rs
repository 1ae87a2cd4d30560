//! Replies that were written here.

use crate::model::{Reply, TENANT};
use kernel::Result;
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// Inserts a reply; nothing happens where it is there already.
pub async fn insert_reply(db: &mut AnyConnection, reply: &Reply) -> Result<bool> {
    let sql = "INSERT INTO desk_reply (id, tenant, submission_id, at, state, subject, content, attachment_name, \
         attachment_content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING";
    let done = sqlx::query(sql)
        .bind(&reply.id)
        .bind(TENANT)
        .bind(&reply.submission_id)
        .bind(reply.at)
        .bind(&reply.state)
        .bind(&reply.subject)
        .bind(&reply.content)
        .bind(reply.attachment_name.as_ref())
        .bind(reply.attachment_content.as_ref())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

fn read_reply(row: &AnyRow) -> Result<Reply> {
    Ok(Reply {
        id: row.try_get("id")?,
        submission_id: row.try_get("submission_id")?,
        at: row.try_get("at")?,
        state: row.try_get("state")?,
        subject: row.try_get("subject")?,
        content: row.try_get("content")?,
        attachment_name: row.try_get("attachment_name")?,
        attachment_content: row.try_get("attachment_content")?,
        reply_id: row.try_get("reply_id")?,
        read_at: row.try_get("read_at")?,
        trouble: row.try_get("trouble")?,
    })
}

pub async fn replies(db: &mut AnyConnection, submission: &str) -> Result<Vec<Reply>> {
    let sql = "SELECT id, submission_id, at, state, subject, content, attachment_name, attachment_content, reply_id, \
         read_at, trouble FROM desk_reply WHERE tenant = $1 AND submission_id = $2 ORDER BY at, id";
    let rows = sqlx::query(sql).bind(TENANT).bind(submission).fetch_all(db).await?;
    rows.iter().map(read_reply).collect()
}

/// Replies that were written but not yet confirmed.
pub async fn unsent(db: &mut AnyConnection) -> Result<Vec<Reply>> {
    let sql = "SELECT id, submission_id, at, state, subject, content, attachment_name, attachment_content, reply_id, \
         read_at, trouble FROM desk_reply WHERE tenant = $1 AND state = 'sending' ORDER BY at, id LIMIT 100";
    let rows = sqlx::query(sql).bind(TENANT).fetch_all(db).await?;
    rows.iter().map(read_reply).collect()
}

pub async fn finish_reply(db: &mut AnyConnection, id: &str, reply_id: &str) -> Result<()> {
    let sql = "UPDATE desk_reply SET state = 'sent', reply_id = $1, trouble = NULL WHERE id = $2";
    sqlx::query(sql).bind(reply_id).bind(id).execute(db).await?;
    Ok(())
}

pub async fn trouble_with_reply(db: &mut AnyConnection, id: &str, trouble: &str) -> Result<()> {
    let sql = "UPDATE desk_reply SET trouble = $1 WHERE id = $2";
    sqlx::query(sql).bind(trouble).bind(id).execute(db).await?;
    Ok(())
}

pub async fn mark_read(db: &mut AnyConnection, reply_id: &str, at: i64) -> Result<()> {
    let sql = "UPDATE desk_reply SET read_at = $1 WHERE reply_id = $2 AND read_at IS NULL";
    sqlx::query(sql).bind(at).bind(reply_id).execute(db).await?;
    Ok(())
}

/// Submissions whose log may have something new: undecided ones, and those with unread replies; asked last before
/// `before`, fetched after `since`.
pub async fn unread_cases(db: &mut AnyConnection, before: i64, since: i64) -> Result<Vec<String>> {
    let sql = "SELECT id FROM desk_submission WHERE tenant = $1 AND log_at < $2 AND at > $3 \
         AND (state IN ('received', 'faulty') OR EXISTS (SELECT 1 FROM desk_reply \
         WHERE submission_id = desk_submission.id AND state = 'sent' AND read_at IS NULL)) ORDER BY log_at LIMIT 20";
    let rows: Vec<(String,)> =
        sqlx::query_as(sql).bind(TENANT).bind(before).bind(since).fetch_all(db).await?;
    Ok(rows.into_iter().map(|it| it.0).collect())
}
