//! Channels with what their certificates say.

use crate::model::{CertificateFacts, Channel, ChannelEntry, Kept};
use kernel::{Result, fault};
use sqlx::{AnyConnection, FromRow};

#[derive(FromRow)]
struct Row {
    id: String,
    tenant: String,
    owner: String,
    kind: String,
    address: String,
    settings: String,
    certificate: String,
    subject: String,
    issuer: String,
    fingerprint: String,
    not_before: Option<i64>,
    not_after: Option<i64>,
    warned: i64,
    deleted_at: Option<i64>,
}

pub async fn all_channels(db: &mut AnyConnection) -> Result<Vec<Kept<ChannelEntry>>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, tenant, owner, kind, address, settings, certificate, subject, issuer, fingerprint, not_before, \
         not_after, warned, deleted_at FROM directory_channel ORDER BY id",
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<Kept<ChannelEntry>> {
    let certificate = row.not_before.zip(row.not_after).map(|(not_before, not_after)| CertificateFacts {
        subject: row.subject,
        issuer: row.issuer,
        fingerprint: row.fingerprint,
        not_before,
        not_after,
    });
    let channel = Channel {
        id: row.id,
        owner: row.owner,
        kind: row.kind,
        address: row.address,
        settings: serde_json::from_str(&row.settings).map_err(|it| fault::INTERNAL.because(it))?,
        certificate: row.certificate,
    };
    let entry = ChannelEntry { channel, certificate, warned: row.warned };
    Ok(Kept { tenant: row.tenant, deleted: row.deleted_at.is_some(), entry })
}

/// Stores an entry; false where the id belongs to another tenant.
pub async fn put_channel(db: &mut AnyConnection, tenant: &str, it: &ChannelEntry, at: i64) -> Result<bool> {
    let facts = it.certificate.clone().unwrap_or_default();
    let done = sqlx::query(
        "INSERT INTO directory_channel (id, tenant, owner, kind, address, settings, certificate, subject, issuer, \
         fingerprint, not_before, not_after, warned, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         ON CONFLICT (id) DO UPDATE SET owner = $3, kind = $4, address = $5, settings = $6, certificate = $7, \
         subject = $8, issuer = $9, fingerprint = $10, not_before = $11, not_after = $12, warned = $13, \
         changed_at = $14, deleted_at = NULL \
         WHERE directory_channel.tenant = $2",
    )
    .bind(&it.channel.id)
    .bind(tenant)
    .bind(&it.channel.owner)
    .bind(&it.channel.kind)
    .bind(&it.channel.address)
    .bind(it.channel.settings.to_string())
    .bind(&it.channel.certificate)
    .bind(facts.subject)
    .bind(facts.issuer)
    .bind(facts.fingerprint)
    .bind(it.certificate.as_ref().map(|it| it.not_before))
    .bind(it.certificate.as_ref().map(|it| it.not_after))
    .bind(it.warned)
    .bind(at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn set_warned(db: &mut AnyConnection, id: &str, warned: i64) -> Result<()> {
    sqlx::query("UPDATE directory_channel SET warned = $1 WHERE id = $2")
        .bind(warned)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}
