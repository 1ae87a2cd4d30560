//! Rows of attachments, of submissions and replies alike.

use crate::model::Attachment;
use kernel::Result;
use ports::ids::AttachmentId;
use sqlx::AnyConnection;

/// Notes the announced attachments in their order.
pub async fn announce(
    db: &mut AnyConnection,
    owner: &str,
    tenant: &str,
    announced: &[AttachmentId],
) -> Result<()> {
    for (position, id) in announced.iter().enumerate() {
        sqlx::query(
            "INSERT INTO delivery_attachment (owner, id, tenant, position, content, tag, size) \
             VALUES ($1, $2, $3, $4, '', '', 0)",
        )
        .bind(owner)
        .bind(id)
        .bind(tenant)
        .bind(i64::try_from(position).unwrap_or(i64::MAX))
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// One attachment.
pub async fn find(db: &mut AnyConnection, owner: &str, id: &AttachmentId) -> Result<Option<Attachment>> {
    Ok(sqlx::query_as("SELECT id, content, tag, size FROM delivery_attachment WHERE owner = $1 AND id = $2")
        .bind(owner)
        .bind(id)
        .fetch_optional(db)
        .await?)
}

/// All attachments as they were announced.
pub async fn all(db: &mut AnyConnection, owner: &str) -> Result<Vec<Attachment>> {
    Ok(sqlx::query_as(
        "SELECT id, content, tag, size FROM delivery_attachment WHERE owner = $1 ORDER BY position",
    )
    .bind(owner)
    .fetch_all(db)
    .await?)
}

/// How large all others are together, bytes.
pub async fn size_of_others(db: &mut AnyConnection, owner: &str, id: &AttachmentId) -> Result<i64> {
    let (size,) = sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM delivery_attachment WHERE owner = $1 AND id <> $2",
    )
    .bind(owner)
    .bind(id)
    .fetch_one(db)
    .await?;
    Ok(size)
}

/// Points an attachment to new content.
pub async fn fill(db: &mut AnyConnection, owner: &str, attachment: &Attachment) -> Result<()> {
    sqlx::query(
        "UPDATE delivery_attachment SET content = $1, tag = $2, size = $3 WHERE owner = $4 AND id = $5",
    )
    .bind(&attachment.content)
    .bind(&attachment.tag)
    .bind(attachment.size)
    .bind(owner)
    .bind(&attachment.id)
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets where the content lay, before it is deleted.
pub async fn empty(db: &mut AnyConnection, owner: &str) -> Result<()> {
    sqlx::query("UPDATE delivery_attachment SET content = '' WHERE owner = $1")
        .bind(owner)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether a row names this content.
pub async fn names(db: &mut AnyConnection, content: &str) -> Result<bool> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT owner FROM delivery_attachment WHERE content = $1 LIMIT 1")
            .bind(content)
            .fetch_optional(db)
            .await?;
    Ok(row.is_some())
}
