//! Destinations, as delivery told them.

use crate::model::Destination;
use kernel::{Result, fault};
use sqlx::AnyConnection;

type Row = (String, i64, String, String, String, String);

pub async fn all_destinations(db: &mut AnyConnection) -> Result<Vec<Destination>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, revision, status, name, contact, public_services FROM directory_destination ORDER BY id",
    )
    .fetch_all(db)
    .await?;
    let read = |(id, revision, status, name, contact, public_services): Row| {
        Ok(Destination {
            id,
            revision,
            status,
            name,
            contact: serde_json::from_str(&contact).map_err(|it| fault::INTERNAL.because(it))?,
            public_services: serde_json::from_str(&public_services)
                .map_err(|it| fault::INTERNAL.because(it))?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Stores a destination unless a later revision is there already; says whether it was stored.
pub async fn put_destination(db: &mut AnyConnection, tenant: &str, it: &Destination) -> Result<bool> {
    let public_services =
        serde_json::to_string(&it.public_services).map_err(|it| fault::INTERNAL.because(it))?;
    let done = sqlx::query(
        "INSERT INTO directory_destination (id, tenant, revision, status, name, contact, public_services) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (id) DO UPDATE SET revision = $3, status = $4, name = $5, contact = $6, public_services = $7 \
         WHERE directory_destination.revision < $3",
    )
    .bind(&it.id)
    .bind(tenant)
    .bind(it.revision)
    .bind(&it.status)
    .bind(&it.name)
    .bind(it.contact.to_string())
    .bind(public_services)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
