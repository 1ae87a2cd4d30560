//! SQL, and the only place with it.

pub mod alarm;
pub mod approval;
pub mod attempt;
pub mod client;
pub mod consent;
pub mod grant;
pub mod link;
pub mod login;
pub mod membership;
pub mod organisation;
pub mod passkey;
pub mod person;
pub mod request;
pub mod role;
pub mod session;
pub mod setting;

use kernel::{Level, Result};
use sqlx::{Row, any::AnyRow};
use uuid::Uuid;

fn uuid(row: &AnyRow, column: &str) -> Result<Uuid> {
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|it| kernel::fault::INTERNAL.because(it))
}

fn some_uuid(row: &AnyRow, column: &str) -> Result<Option<Uuid>> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|it| it.parse().map_err(|it| kernel::fault::INTERNAL.because(it))).transpose()
}

fn level(row: &AnyRow) -> Result<Level> {
    let text: &str = row.try_get("level")?;
    Level::parse(text).ok_or_else(|| kernel::fault::INTERNAL.because("a level of another version"))
}
