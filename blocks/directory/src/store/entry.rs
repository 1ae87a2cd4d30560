//! Organisations, offices, rules and own public services. Deleting marks a row, so that it can be undone.

use crate::model::{CheckedRule, Kept, Office, Organisation, OwnPublicService, Rule};
use kernel::{Result, fault};
use sqlx::{AnyConnection, FromRow};

#[derive(FromRow)]
struct OrganisationRow {
    id: String,
    tenant: String,
    name: String,
    region: String,
    address: String,
    phone: String,
    email: String,
    web: String,
    deleted_at: Option<i64>,
}

pub async fn all_organisations(db: &mut AnyConnection) -> Result<Vec<Kept<Organisation>>> {
    let rows: Vec<OrganisationRow> = sqlx::query_as(
        "SELECT id, tenant, name, region, address, phone, email, web, deleted_at FROM directory_organisation ORDER BY name, id",
    )
    .fetch_all(db)
    .await?;
    let read = |row: OrganisationRow| Kept {
        tenant: row.tenant,
        deleted: row.deleted_at.is_some(),
        entry: Organisation {
            id: row.id,
            name: row.name,
            region: row.region,
            address: row.address,
            phone: row.phone,
            email: row.email,
            web: row.web,
        },
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Stores an entry; false where the id belongs to another tenant.
pub async fn put_organisation(
    db: &mut AnyConnection,
    tenant: &str,
    it: &Organisation,
    at: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO directory_organisation (id, tenant, name, region, address, phone, email, web, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (id) DO UPDATE SET name = $3, region = $4, address = $5, phone = $6, email = $7, web = $8, \
         changed_at = $9, deleted_at = NULL \
         WHERE directory_organisation.tenant = $2",
    )
    .bind(&it.id)
    .bind(tenant)
    .bind(&it.name)
    .bind(&it.region)
    .bind(&it.address)
    .bind(&it.phone)
    .bind(&it.email)
    .bind(&it.web)
    .bind(at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

#[derive(FromRow)]
struct OfficeRow {
    id: String,
    tenant: String,
    organisation: Option<String>,
    name: String,
    kind: String,
    region: String,
    address: String,
    phone: String,
    email: String,
    web: String,
    opening_hours: String,
    note: String,
    deleted_at: Option<i64>,
}

pub async fn all_offices(db: &mut AnyConnection) -> Result<Vec<Kept<Office>>> {
    let rows: Vec<OfficeRow> = sqlx::query_as(
        "SELECT id, tenant, organisation, name, kind, region, address, phone, email, web, opening_hours, note, deleted_at \
         FROM directory_office ORDER BY name, id",
    )
    .fetch_all(db)
    .await?;
    let read = |row: OfficeRow| Kept {
        tenant: row.tenant,
        deleted: row.deleted_at.is_some(),
        entry: Office {
            id: row.id,
            organisation: row.organisation,
            name: row.name,
            kind: row.kind,
            region: row.region,
            address: row.address,
            phone: row.phone,
            email: row.email,
            web: row.web,
            opening_hours: row.opening_hours,
            note: row.note,
        },
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Stores an entry; false where the id belongs to another tenant.
pub async fn put_office(db: &mut AnyConnection, tenant: &str, it: &Office, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO directory_office (id, tenant, organisation, name, kind, region, address, phone, email, web, \
         opening_hours, note, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT (id) DO UPDATE SET organisation = $3, name = $4, kind = $5, region = $6, address = $7, phone = $8, \
         email = $9, web = $10, opening_hours = $11, note = $12, changed_at = $13, deleted_at = NULL \
         WHERE directory_office.tenant = $2",
    )
    .bind(&it.id)
    .bind(tenant)
    .bind(&it.organisation)
    .bind(&it.name)
    .bind(&it.kind)
    .bind(&it.region)
    .bind(&it.address)
    .bind(&it.phone)
    .bind(&it.email)
    .bind(&it.web)
    .bind(&it.opening_hours)
    .bind(&it.note)
    .bind(at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

#[derive(FromRow)]
struct RuleRow {
    id: String,
    tenant: String,
    public_service: String,
    region: String,
    office: Option<String>,
    destination: Option<String>,
    note: String,
    valid_from: Option<i64>,
    valid_until: Option<i64>,
    deleted_at: Option<i64>,
}

/// All rules; the days of validity are left for the reader to write out.
pub async fn all_rules(db: &mut AnyConnection) -> Result<Vec<Kept<CheckedRule>>> {
    let rows: Vec<RuleRow> = sqlx::query_as(
        "SELECT id, tenant, public_service, region, office, destination, note, valid_from, valid_until, deleted_at \
         FROM directory_rule ORDER BY public_service, region, id",
    )
    .fetch_all(db)
    .await?;
    let read = |row: RuleRow| {
        let region = row.region.parse().map_err(|it: regions::KeyError| fault::INTERNAL.because(it))?;
        let rule = Rule {
            id: row.id,
            public_service: row.public_service,
            region: row.region,
            office: row.office,
            destination: row.destination,
            valid_from: String::new(),
            valid_until: String::new(),
            note: row.note,
        };
        let checked = CheckedRule { rule, region, valid_from: row.valid_from, valid_until: row.valid_until };
        Ok(Kept { tenant: row.tenant, deleted: row.deleted_at.is_some(), entry: checked })
    };
    rows.into_iter().map(read).collect()
}

/// Stores an entry; false where the id belongs to another tenant.
pub async fn put_rule(db: &mut AnyConnection, tenant: &str, it: &CheckedRule, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO directory_rule (id, tenant, public_service, region, office, destination, note, valid_from, valid_until, \
         changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (id) DO UPDATE SET public_service = $3, region = $4, office = $5, destination = $6, note = $7, \
         valid_from = $8, valid_until = $9, changed_at = $10, deleted_at = NULL \
         WHERE directory_rule.tenant = $2",
    )
    .bind(&it.rule.id)
    .bind(tenant)
    .bind(&it.rule.public_service)
    .bind(&it.rule.region)
    .bind(&it.rule.office)
    .bind(&it.rule.destination)
    .bind(&it.rule.note)
    .bind(it.valid_from)
    .bind(it.valid_until)
    .bind(at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn all_public_services(db: &mut AnyConnection) -> Result<Vec<Kept<OwnPublicService>>> {
    let rows: Vec<(String, String, String, String, Option<i64>)> = sqlx::query_as(
        "SELECT id, tenant, name, source, deleted_at FROM directory_public_service ORDER BY name, id",
    )
    .fetch_all(db)
    .await?;
    let read = |(key, tenant, name, source, deleted_at): (String, String, String, String, Option<i64>)| {
        Kept { tenant, deleted: deleted_at.is_some(), entry: OwnPublicService { key, name, source } }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Stores an entry; false where the id belongs to another tenant.
pub async fn put_public_service(
    db: &mut AnyConnection,
    tenant: &str,
    it: &OwnPublicService,
    at: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO directory_public_service (id, tenant, name, source, changed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET name = $3, source = $4, changed_at = $5, deleted_at = NULL \
         WHERE directory_public_service.tenant = $2",
    )
    .bind(&it.key)
    .bind(tenant)
    .bind(&it.name)
    .bind(&it.source)
    .bind(at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Marks a row as deleted at a time, or as there again.
pub async fn delete_organisation(
    db: &mut AnyConnection,
    tenant: &str,
    id: &str,
    deleted_at: Option<i64>,
) -> Result<()> {
    sqlx::query("UPDATE directory_organisation SET deleted_at = $1 WHERE id = $2 AND tenant = $3")
        .bind(deleted_at)
        .bind(id)
        .bind(tenant)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks a row as deleted at a time, or as there again.
pub async fn delete_office(
    db: &mut AnyConnection,
    tenant: &str,
    id: &str,
    deleted_at: Option<i64>,
) -> Result<()> {
    sqlx::query("UPDATE directory_office SET deleted_at = $1 WHERE id = $2 AND tenant = $3")
        .bind(deleted_at)
        .bind(id)
        .bind(tenant)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks a row as deleted at a time, or as there again.
pub async fn delete_rule(
    db: &mut AnyConnection,
    tenant: &str,
    id: &str,
    deleted_at: Option<i64>,
) -> Result<()> {
    sqlx::query("UPDATE directory_rule SET deleted_at = $1 WHERE id = $2 AND tenant = $3")
        .bind(deleted_at)
        .bind(id)
        .bind(tenant)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks a row as deleted at a time, or as there again.
pub async fn delete_channel(
    db: &mut AnyConnection,
    tenant: &str,
    id: &str,
    deleted_at: Option<i64>,
) -> Result<()> {
    sqlx::query("UPDATE directory_channel SET deleted_at = $1 WHERE id = $2 AND tenant = $3")
        .bind(deleted_at)
        .bind(id)
        .bind(tenant)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks a row as deleted at a time, or as there again.
pub async fn delete_public_service(
    db: &mut AnyConnection,
    tenant: &str,
    id: &str,
    deleted_at: Option<i64>,
) -> Result<()> {
    sqlx::query("UPDATE directory_public_service SET deleted_at = $1 WHERE id = $2 AND tenant = $3")
        .bind(deleted_at)
        .bind(id)
        .bind(tenant)
        .execute(db)
        .await?;
    Ok(())
}
