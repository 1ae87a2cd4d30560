//! Directory: regions, public services, offices, and which office is competent.

use crate::ids::DestinationId;
use async_trait::async_trait;
use kernel::{Ctx, Event, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What any directory, ours or another's, can be asked.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Which office is competent for a public service (14-digit LeiKa key) in a region (ARS), and why.
    ///
    /// # Errors
    /// Not found where no rule fits; a conflict where two rules of the same region level fit.
    async fn competence(&self, ctx: &Ctx, public_service: &str, region: &str) -> Result<Competence>;

    /// A region by its key (ARS, 2 to 12 digits), or nothing.
    async fn region(&self, ctx: &Ctx, ars: &str) -> Result<Option<Region>>;

    /// A public service by its 14-digit LeiKa key, or nothing where the shipped list does not know it.
    async fn public_service(&self, ctx: &Ctx, key: &str) -> Result<Option<PublicService>>;
}

/// The level of a region, from the smallest to the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Gemeinde: 12 digits.
    Municipality,
    /// Gemeindeverband: 9 digits.
    Association,
    /// Kreis or kreisfreie Stadt: 5 digits.
    District,
    /// Regierungsbezirk: 3 digits.
    Province,
    /// Land: 2 digits.
    State,
    /// The whole country: no digits.
    Federation,
}

/// A region of Germany.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Region {
    /// The region key (Amtlicher Regionalschlüssel), 2 to 12 digits.
    pub ars: String,
    /// The official municipality key (AGS), where there is one.
    pub ags: Option<String>,
    /// The official name.
    pub name: String,
    /// The level.
    pub level: Level,
    /// The name of the Kreis it lies in, where it lies in one.
    pub district: Option<String>,
    /// The name of the Land it lies in.
    pub state: Option<String>,
    /// How many people live there.
    pub population: Option<i64>,
}

/// A public service (Verwaltungsleistung).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicService {
    /// The 14-digit LeiKa key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where the entry comes from and as of when, in German ("LeiKa, Stand 2019").
    pub source: String,
}

/// The competent office, and why it is the one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Competence {
    /// The public service asked for.
    pub public_service: String,
    /// The region asked for (ARS).
    pub region: String,
    /// The name of the competent office.
    pub office: String,
    /// The id of the office in this directory, where the rule names one.
    pub office_id: Option<String>,
    /// Where its submissions go, where it takes any.
    pub destination_id: Option<DestinationId>,
    /// The id of the rule that won.
    pub rule: String,
    /// The region of the rule (ARS, empty for the whole country).
    pub rule_region: String,
    /// The name of the rule's region.
    pub rule_region_name: String,
    /// The level of the rule's region.
    pub level: Level,
    /// Where the rule comes from: entered here, or offered by a destination.
    pub origin: String,
    /// The regions that were asked, the smallest first; the last one had the rule.
    pub climbed: Vec<Region>,
}

/// A certificate of an organisation comes close to its end, or is past it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CertificateExpiring {
    /// The channel whose certificate it is.
    pub channel: String,
    /// The certificate's SHA-256 fingerprint, hexadecimal.
    pub fingerprint: String,
    /// When it ends, microseconds since the epoch.
    pub not_after: i64,
    /// Days left; negative when it is past.
    pub days: i64,
}

impl Event for CertificateExpiring {
    const TOPIC: &'static str = "directory.certificate_expiring.v1";
}
