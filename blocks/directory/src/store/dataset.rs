//! Editions of the regions, what is in force, and the count of changes.

use crate::model::DatasetEntry;
use kernel::Result;
use sqlx::AnyConnection;

type Row = (String, String, String, String, i64, i64, i64, Option<i64>);

pub async fn all_datasets(db: &mut AnyConnection) -> Result<Vec<DatasetEntry>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, file_name, as_of, content, municipalities, population, loaded_at, activated_at \
         FROM directory_dataset ORDER BY loaded_at DESC, id",
    )
    .fetch_all(db)
    .await?;
    let entry =
        |(id, file_name, as_of, content, municipalities, population, loaded_at, activated_at): Row| {
            DatasetEntry {
                id,
                file_name,
                as_of,
                content,
                municipalities,
                population,
                loaded_at,
                activated_at,
            }
        };
    Ok(rows.into_iter().map(entry).collect())
}

pub async fn insert_dataset(db: &mut AnyConnection, tenant: &str, it: &DatasetEntry) -> Result<()> {
    sqlx::query(
        "INSERT INTO directory_dataset (id, tenant, file_name, as_of, content, municipalities, population, loaded_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&it.id)
    .bind(tenant)
    .bind(&it.file_name)
    .bind(&it.as_of)
    .bind(&it.content)
    .bind(it.municipalities)
    .bind(it.population)
    .bind(it.loaded_at)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_dataset(db: &mut AnyConnection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM directory_dataset WHERE id = $1").bind(id).execute(db).await?;
    Ok(())
}

/// The id of the active dataset, or nothing while nobody activated one.
pub async fn active_dataset(db: &mut AnyConnection) -> Result<Option<String>> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT value FROM directory_state WHERE id = 'regions'").fetch_optional(db).await?;
    Ok(row.map(|(id,)| id))
}

pub async fn activate(db: &mut AnyConnection, tenant: &str, dataset: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO directory_state (id, tenant, value, version) VALUES ('regions', $1, $2, 1) \
         ON CONFLICT (id) DO UPDATE SET value = $2, version = directory_state.version + 1",
    )
    .bind(tenant)
    .bind(dataset)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn mark_activated(db: &mut AnyConnection, dataset: &str, at: i64) -> Result<()> {
    sqlx::query("UPDATE directory_dataset SET activated_at = $1 WHERE id = $2")
        .bind(at)
        .bind(dataset)
        .execute(db)
        .await?;
    Ok(())
}

/// Counts a change, so that other nodes load anew.
pub async fn bump(db: &mut AnyConnection, tenant: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO directory_state (id, tenant, value, version) VALUES ('entries', $1, '', 1) \
         ON CONFLICT (id) DO UPDATE SET version = directory_state.version + 1",
    )
    .bind(tenant)
    .execute(db)
    .await?;
    Ok(())
}

/// A number that grows with every change of entries or of the active dataset.
pub async fn version(db: &mut AnyConnection) -> Result<i64> {
    let (sum,): (i64,) =
        sqlx::query_as("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM directory_state")
            .fetch_one(db)
            .await?;
    Ok(sum)
}
