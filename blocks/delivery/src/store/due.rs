//! What has reached a term, and forgetting it.

use crate::model::State;
use kernel::Result;
use ports::ids::{CaseId, ReplyId, SubmissionId};
use sqlx::AnyConnection;

/// Submissions that have been in a state since before a time, the oldest first, at most 100.
pub async fn submissions(db: &mut AnyConnection, state: State, before: i64) -> Result<Vec<SubmissionId>> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM delivery_submission WHERE state = $1 AND changed_at < $2 ORDER BY changed_at, id LIMIT 100",
    )
    .bind(state.as_str())
    .bind(before)
    .fetch_all(db)
    .await?)
}

/// Submissions that were sent off before a time, still wait, and of which the destination was reminded less than
/// `reminders` times; at most 100.
pub async fn unread_submissions(
    db: &mut AnyConnection,
    before: i64,
    reminders: i64,
) -> Result<Vec<SubmissionId>> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM delivery_submission WHERE state IN ('submitted', 'forwarded') AND submitted_at < $1 \
         AND reminded < $2 ORDER BY submitted_at, id LIMIT 100",
    )
    .bind(before)
    .bind(reminders)
    .fetch_all(db)
    .await?)
}

/// Replies that have been in a state since before a time, the oldest first, at most 100.
pub async fn replies(db: &mut AnyConnection, state: State, before: i64) -> Result<Vec<ReplyId>> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM delivery_reply WHERE state = $1 AND changed_at < $2 ORDER BY changed_at, id LIMIT 100",
    )
    .bind(state.as_str())
    .bind(before)
    .fetch_all(db)
    .await?)
}

/// Cases without an event since a time, at most 100.
pub async fn cases(db: &mut AnyConnection, before: i64) -> Result<Vec<CaseId>> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM delivery_case WHERE changed_at < $1 ORDER BY changed_at, id LIMIT 100",
    )
    .bind(before)
    .fetch_all(db)
    .await?)
}

/// Where content of a case still lies.
pub async fn contents_of_case(db: &mut AnyConnection, case: &CaseId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(
        "SELECT content FROM delivery_attachment WHERE content <> '' AND owner IN \
         (SELECT id FROM delivery_submission WHERE case_id = $1 UNION SELECT id FROM delivery_reply WHERE case_id = $1)",
    )
    .bind(case)
    .fetch_all(db)
    .await?)
}

/// Removes every row of a case.
pub async fn forget_case(db: &mut AnyConnection, case: &CaseId) -> Result<()> {
    for statement in [
        "DELETE FROM delivery_attachment WHERE owner IN \
         (SELECT id FROM delivery_submission WHERE case_id = $1 UNION SELECT id FROM delivery_reply WHERE case_id = $1)",
        "DELETE FROM delivery_content WHERE owner IN \
         (SELECT id FROM delivery_submission WHERE case_id = $1 UNION SELECT id FROM delivery_reply WHERE case_id = $1)",
        "DELETE FROM delivery_event WHERE case_id = $1",
        "DELETE FROM delivery_submission WHERE case_id = $1",
        "DELETE FROM delivery_reply WHERE case_id = $1",
        "DELETE FROM delivery_case WHERE id = $1",
    ] {
        sqlx::query(statement).bind(case).execute(&mut *db).await?;
    }
    Ok(())
}
