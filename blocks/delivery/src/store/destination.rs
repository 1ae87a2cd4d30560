//! Destinations in the database.

use crate::model::{Callback, Destination, Status};
use kernel::{Result, fault};
use ports::ids::DestinationId;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{AnyConnection, Row, any::AnyRow};

/// A destination that has not been deleted.
pub async fn find(db: &mut AnyConnection, id: &DestinationId) -> Result<Option<Destination>> {
    Ok(find_even_deleted(db, id).await?.filter(|it| it.status != Status::Deleted))
}

/// A destination, whether or not it has been deleted: cases outlive it.
pub async fn find_even_deleted(db: &mut AnyConnection, id: &DestinationId) -> Result<Option<Destination>> {
    sqlx::query("SELECT * FROM delivery_destination WHERE id = $1")
        .bind(id)
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

/// Which destinations to list.
pub struct Wanted<'w> {
    /// Of one tenant; of all where it is empty.
    pub tenant: &'w str,
    /// Made by this client or linked to it; any where it is empty.
    pub client: &'w str,
    /// Words in name or id, folded; any where it is empty.
    pub words: &'w str,
}

/// Destinations, the newest first, and how many there are in all.
pub async fn list(
    db: &mut AnyConnection,
    wanted: &Wanted<'_>,
    offset: i64,
    limit: i64,
) -> Result<(i64, Vec<Destination>)> {
    let pattern = like(wanted.words);
    let total: i64 = sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_destination WHERE status <> 'deleted' \
         AND ($1 = '' OR tenant = $1) \
         AND ($2 = '' OR owner = $2 OR id IN (SELECT destination_id FROM delivery_client_destination WHERE client_id = $2)) \
         AND ($3 = '' OR folded LIKE $3 ESCAPE '\\')",
    )
    .bind(wanted.tenant)
    .bind(wanted.client)
    .bind(&pattern)
    .fetch_one(&mut *db)
    .await?;
    let rows = sqlx::query(
        "SELECT * FROM delivery_destination WHERE status <> 'deleted' \
         AND ($1 = '' OR tenant = $1) \
         AND ($2 = '' OR owner = $2 OR id IN (SELECT destination_id FROM delivery_client_destination WHERE client_id = $2)) \
         AND ($3 = '' OR folded LIKE $3 ESCAPE '\\') \
         ORDER BY created_at DESC, id LIMIT $4 OFFSET $5",
    )
    .bind(wanted.tenant)
    .bind(wanted.client)
    .bind(&pattern)
    .bind(limit)
    .bind(offset)
    .fetch_all(db)
    .await?;
    Ok((total, rows.iter().map(read).collect::<Result<_>>()?))
}

/// A pattern that finds folded words anywhere; empty for no words.
pub(super) fn like(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let words = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{words}%")
}

/// How many destinations an owner has in a tenant.
pub async fn count_of_owner(db: &mut AnyConnection, tenant: &str, owner: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_destination WHERE tenant = $1 AND owner = $2 AND status <> 'deleted'",
    )
    .bind(tenant)
    .bind(owner)
    .fetch_one(db)
    .await?)
}

/// The ids of the destinations that an owner has made, the oldest first, at most `limit`.
pub async fn ids_of_owner(db: &mut AnyConnection, owner: &str, limit: i64) -> Result<Vec<DestinationId>> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM delivery_destination WHERE owner = $1 AND status <> 'deleted' ORDER BY created_at, id LIMIT $2",
    )
    .bind(owner)
    .bind(limit)
    .fetch_all(db)
    .await?)
}

/// How many destinations are in each state.
pub async fn count_by_status(db: &mut AnyConnection, tenant: &str) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "SELECT status, CAST(COUNT(*) AS BIGINT) FROM delivery_destination \
         WHERE status <> 'deleted' AND ($1 = '' OR tenant = $1) GROUP BY status",
    )
    .bind(tenant)
    .fetch_all(db)
    .await?)
}

/// How many submissions of a destination are in each state.
pub async fn submissions_by_state(db: &mut AnyConnection, id: &DestinationId) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "SELECT state, CAST(COUNT(*) AS BIGINT) FROM delivery_submission WHERE destination = $1 GROUP BY state ORDER BY state",
    )
    .bind(id)
    .fetch_all(db)
    .await?)
}

/// How many submissions of a destination wait for its decision, or are still being filled.
pub async fn open_submissions(db: &mut AnyConnection, id: &DestinationId) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_submission \
         WHERE destination = $1 AND state IN ('incomplete', 'submitted', 'forwarded')",
    )
    .bind(id)
    .fetch_one(db)
    .await?)
}

pub async fn insert(db: &mut AnyConnection, it: &Destination) -> Result<()> {
    let callback = it.callback.as_ref();
    sqlx::query(
        "INSERT INTO delivery_destination (id, tenant, owner, status, name, folded, encryption_kid, public_services, \
         metadata_versions, reply_channels, contact, callback_url, callback_secret, revision, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.owner)
    .bind(it.status.as_str())
    .bind(&it.name)
    .bind(folded(it))
    .bind(&it.encryption_kid)
    .bind(write(&it.public_services)?)
    .bind(write(&it.metadata_versions)?)
    .bind(it.reply_channels.as_ref().map(write).transpose()?)
    .bind(write(&it.contact)?)
    .bind(callback.map(|it| it.url.as_str()))
    .bind(callback.map(|it| it.secret.as_str()))
    .bind(it.revision)
    .bind(it.created_at)
    .bind(it.changed_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Writes a changed destination over the revision it was read at; false if somebody was faster.
pub async fn update(db: &mut AnyConnection, it: &Destination) -> Result<bool> {
    let callback = it.callback.as_ref();
    let done = sqlx::query(
        "UPDATE delivery_destination SET status = $1, name = $2, folded = $3, encryption_kid = $4, public_services = $5, \
         metadata_versions = $6, reply_channels = $7, contact = $8, callback_url = $9, callback_secret = $10, \
         revision = revision + 1, changed_at = $11 WHERE id = $12 AND revision = $13",
    )
    .bind(it.status.as_str())
    .bind(&it.name)
    .bind(folded(it))
    .bind(&it.encryption_kid)
    .bind(write(&it.public_services)?)
    .bind(write(&it.metadata_versions)?)
    .bind(it.reply_channels.as_ref().map(write).transpose()?)
    .bind(write(&it.contact)?)
    .bind(callback.map(|it| it.url.as_str()))
    .bind(callback.map(|it| it.secret.as_str()))
    .bind(it.changed_at)
    .bind(&it.id)
    .bind(it.revision)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn folded(it: &Destination) -> String {
    format!("{} {} {}", it.name.to_lowercase(), it.contact.legal_name.to_lowercase(), it.id)
}

fn read(row: &AnyRow) -> Result<Destination> {
    let url: Option<String> = row.try_get("callback_url")?;
    let secret: Option<String> = row.try_get("callback_secret")?;
    let channels: Option<String> = row.try_get("reply_channels")?;
    Ok(Destination {
        id: row.try_get("id")?,
        tenant: row.try_get("tenant")?,
        owner: row.try_get("owner")?,
        status: row.try_get::<&str, _>("status")?.parse().unwrap_or(Status::Deleted),
        name: row.try_get("name")?,
        encryption_kid: row.try_get("encryption_kid")?,
        public_services: parse(row.try_get("public_services")?)?,
        metadata_versions: parse(row.try_get("metadata_versions")?)?,
        reply_channels: channels.as_deref().map(parse).transpose()?,
        contact: parse(row.try_get("contact")?)?,
        callback: url.zip(secret).map(|(url, secret)| Callback { url, secret }),
        revision: row.try_get("revision")?,
        created_at: row.try_get("created_at")?,
        changed_at: row.try_get("changed_at")?,
    })
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|it| fault::DATABASE.because(it))
}

fn write<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|it| fault::INTERNAL.because(it))
}
