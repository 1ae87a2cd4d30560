//! The SQL of this block, and nothing else.

use crate::model::{NewRequest, Opened, Submission};
use kernel::Result;
use ports::ids::{CaseId, DestinationId, SubmissionId};
use sqlx::AnyConnection;

type Row = (SubmissionId, CaseId, DestinationId, String, Option<i64>);

fn submission_of(row: Row) -> Submission {
    let (submission_id, case_id, destination_id, fingerprint, submitted_at) = row;
    Submission { opened: Opened { submission_id, case_id, destination_id }, fingerprint, submitted_at }
}

/// What a request opened, if it was here before.
pub async fn by_request(db: &mut AnyConnection, request: &str) -> Result<Option<Submission>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT submission_id, case_id, destination_id, fingerprint, submitted_at FROM forms_submission \
         WHERE request_id = $1",
    )
    .bind(request)
    .fetch_optional(db)
    .await?;
    Ok(row.map(submission_of))
}

/// A submission.
pub async fn submission(db: &mut AnyConnection, id: &SubmissionId) -> Result<Option<Submission>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT submission_id, case_id, destination_id, fingerprint, submitted_at FROM forms_submission \
         WHERE submission_id = $1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?;
    Ok(row.map(submission_of))
}

/// Records what a request opened; says whether it was not there before.
pub async fn insert(
    db: &mut AnyConnection,
    tenant: &str,
    request: &NewRequest,
    fingerprint: &str,
    opened: &Opened,
    at: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO forms_submission (tenant, request_id, fingerprint, submission_id, case_id, destination_id, form, \
         form_version, region, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (request_id) DO NOTHING",
    )
    .bind(tenant)
    .bind(&request.request_id)
    .bind(fingerprint)
    .bind(&opened.submission_id)
    .bind(&opened.case_id)
    .bind(&opened.destination_id)
    .bind(&request.form)
    .bind(i64::from(request.form_version.0))
    .bind(&request.region)
    .bind(at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a submission was sent off; says whether it had not been before.
pub async fn submitted(db: &mut AnyConnection, id: &SubmissionId, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE forms_submission SET submitted_at = $1 WHERE submission_id = $2 AND submitted_at IS NULL",
    )
    .bind(at)
    .bind(id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes what was opened before a time; says how many rows that were.
pub async fn remove_before(db: &mut AnyConnection, at: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM forms_submission WHERE opened_at < $1").bind(at).execute(db).await?;
    Ok(done.rows_affected())
}

/// Whether anything was opened before a time.
pub async fn any_before(db: &mut AnyConnection, at: i64) -> Result<bool> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT request_id FROM forms_submission WHERE opened_at < $1 LIMIT 1")
            .bind(at)
            .fetch_optional(db)
            .await?;
    Ok(row.is_some())
}
