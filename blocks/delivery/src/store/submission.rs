//! Rows of submissions.

use crate::model::{Opening, State, StoredContent, Submission, WaitingSubmission, Window};
use kernel::Result;
use ports::ids::{CaseId, DestinationId, SubmissionId};
use sqlx::AnyConnection;

/// Stores a new submission; `false` where the sender has used the request id before.
pub async fn insert(
    db: &mut AnyConnection,
    id: &SubmissionId,
    case: &CaseId,
    tenant: &str,
    sender: &str,
    opening: &Opening,
    now: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO delivery_submission (id, tenant, case_id, destination, sender, state, public_service, \
         public_service_name, public_service_description, callback_url, callback_secret, request_id, created_at, \
         submitted_at, changed_at, reminded) \
         VALUES ($1, $2, $3, $4, $5, 'incomplete', $6, $7, $8, $9, $10, $11, $12, 0, $12, 0) \
         ON CONFLICT (sender, request_id) DO NOTHING",
    )
    .bind(id)
    .bind(tenant)
    .bind(case)
    .bind(&opening.destination)
    .bind(sender)
    .bind(&opening.public_service)
    .bind(&opening.public_service_name)
    .bind(&opening.public_service_description)
    .bind(opening.callback.as_ref().map(|it| it.url.as_str()))
    .bind(opening.callback.as_ref().map(|it| it.secret.as_str()))
    .bind(&opening.request)
    .bind(now)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A submission by its id.
pub async fn find(db: &mut AnyConnection, id: &SubmissionId) -> Result<Option<Submission>> {
    Ok(sqlx::query_as(
        "SELECT id, tenant, case_id, destination, sender, state, public_service, public_service_name, \
         public_service_description, callback_url, callback_secret FROM delivery_submission WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?)
}

/// The submission that a sender opened with a request id.
pub async fn find_by_request(
    db: &mut AnyConnection,
    sender: &str,
    request: &str,
) -> Result<Option<Submission>> {
    Ok(sqlx::query_as(
        "SELECT id, tenant, case_id, destination, sender, state, public_service, public_service_name, \
         public_service_description, callback_url, callback_secret FROM delivery_submission \
         WHERE sender = $1 AND request_id = $2",
    )
    .bind(sender)
    .bind(request)
    .fetch_optional(db)
    .await?)
}

/// Takes the turn of an incomplete submission until the transaction ends; `false` where it is not incomplete.
pub async fn hold(db: &mut AnyConnection, id: &SubmissionId, now: i64) -> Result<bool> {
    let done =
        sqlx::query("UPDATE delivery_submission SET changed_at = $1 WHERE id = $2 AND state = 'incomplete'")
            .bind(now)
            .bind(id)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks an incomplete submission as sent off; `false` where it is not incomplete.
pub async fn send_off(db: &mut AnyConnection, id: &SubmissionId, now: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE delivery_submission SET state = 'submitted', submitted_at = $1, changed_at = $1 \
         WHERE id = $2 AND state = 'incomplete'",
    )
    .bind(now)
    .bind(id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves a submission from one state to another; `false` where it is in neither.
pub async fn shift(
    db: &mut AnyConnection,
    id: &SubmissionId,
    from: State,
    to: State,
    now: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE delivery_submission SET state = $1, changed_at = $2 WHERE id = $3 AND state = $4",
    )
    .bind(to.as_str())
    .bind(now)
    .bind(id)
    .bind(from.as_str())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What waits at the destinations of a client, the oldest first; `only` lists those that its token reaches, or is empty
/// where it reaches all.
pub async fn waiting(
    db: &mut AnyConnection,
    client: &str,
    only: &str,
    window: Window,
) -> Result<Vec<WaitingSubmission>> {
    Ok(sqlx::query_as(
        "SELECT id, case_id, destination FROM delivery_submission \
         WHERE state IN ('submitted', 'forwarded') AND destination IN \
         (SELECT destination_id FROM delivery_client_destination WHERE client_id = $1) \
         AND ($2 = '' OR $2 LIKE '%' || destination || '%') \
         ORDER BY submitted_at, id LIMIT $3 OFFSET $4",
    )
    .bind(client)
    .bind(only)
    .bind(window.limit)
    .bind(window.offset)
    .fetch_all(db)
    .await?)
}

/// How many wait at the destinations of a client.
pub async fn count_waiting(db: &mut AnyConnection, client: &str, only: &str) -> Result<i64> {
    let (count,) = sqlx::query_as(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_submission \
         WHERE state IN ('submitted', 'forwarded') AND destination IN \
         (SELECT destination_id FROM delivery_client_destination WHERE client_id = $1) \
         AND ($2 = '' OR $2 LIKE '%' || destination || '%')",
    )
    .bind(client)
    .bind(only)
    .fetch_one(db)
    .await?;
    Ok(count)
}

/// What waits at one destination, the oldest first.
pub async fn waiting_at(
    db: &mut AnyConnection,
    destination: &DestinationId,
    window: Window,
) -> Result<Vec<WaitingSubmission>> {
    Ok(sqlx::query_as(
        "SELECT id, case_id, destination FROM delivery_submission \
         WHERE state IN ('submitted', 'forwarded') AND destination = $1 \
         ORDER BY submitted_at, id LIMIT $2 OFFSET $3",
    )
    .bind(destination)
    .bind(window.limit)
    .bind(window.offset)
    .fetch_all(db)
    .await?)
}

/// How many wait at one destination.
pub async fn count_waiting_at(db: &mut AnyConnection, destination: &DestinationId) -> Result<i64> {
    let (count,) = sqlx::query_as(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_submission \
         WHERE state IN ('submitted', 'forwarded') AND destination = $1",
    )
    .bind(destination)
    .fetch_one(db)
    .await?;
    Ok(count)
}

/// Stores what was sent off; `owner` is a submission or reply.
pub async fn insert_content(
    db: &mut AnyConnection,
    owner: &str,
    tenant: &str,
    content: &StoredContent,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO delivery_content (owner, tenant, metadata, data, digest, tags) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(owner)
    .bind(tenant)
    .bind(&content.metadata)
    .bind(&content.data)
    .bind(&content.digest)
    .bind(&content.tags)
    .execute(db)
    .await?;
    Ok(())
}

/// What a submission or reply carries.
pub async fn content(db: &mut AnyConnection, owner: &str) -> Result<Option<StoredContent>> {
    Ok(sqlx::query_as("SELECT metadata, data, digest, tags FROM delivery_content WHERE owner = $1")
        .bind(owner)
        .fetch_optional(db)
        .await?)
}

/// The digest and authentication tags of what a submission or reply carries, without the content itself.
pub async fn digest_and_tags(db: &mut AnyConnection, owner: &str) -> Result<Option<(String, String)>> {
    Ok(sqlx::query_as("SELECT digest, tags FROM delivery_content WHERE owner = $1")
        .bind(owner)
        .fetch_optional(db)
        .await?)
}

/// Empties the content of a submission or reply; digest and tags stay.
pub async fn empty_content(db: &mut AnyConnection, owner: &str) -> Result<()> {
    sqlx::query("UPDATE delivery_content SET metadata = '', data = NULL WHERE owner = $1")
        .bind(owner)
        .execute(db)
        .await?;
    Ok(())
}

/// Tenant, address and secret of the newest callback that a sender gave in a case.
pub async fn callback_of_case(
    db: &mut AnyConnection,
    case: &CaseId,
    sender: &str,
) -> Result<Option<(String, String, String)>> {
    Ok(sqlx::query_as(
        "SELECT tenant, callback_url, callback_secret FROM delivery_submission \
         WHERE case_id = $1 AND sender = $2 AND callback_url IS NOT NULL ORDER BY created_at DESC, id LIMIT 1",
    )
    .bind(case)
    .bind(sender)
    .fetch_optional(db)
    .await?)
}

/// Counts a reminder of a submission that waits.
pub async fn count_reminder(db: &mut AnyConnection, id: &SubmissionId) -> Result<()> {
    sqlx::query("UPDATE delivery_submission SET reminded = reminded + 1 WHERE id = $1")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Tenant, address and secret of the callback of a destination.
pub async fn callback_of_destination(
    db: &mut AnyConnection,
    id: &DestinationId,
) -> Result<Option<(String, String, String)>> {
    Ok(sqlx::query_as(
        "SELECT tenant, callback_url, callback_secret FROM delivery_destination \
         WHERE id = $1 AND callback_url IS NOT NULL AND callback_secret IS NOT NULL",
    )
    .bind(id)
    .fetch_optional(db)
    .await?)
}
