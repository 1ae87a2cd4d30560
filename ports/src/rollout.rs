//! Roll-out: how far public services are, by authority, over time, on a base that is always named.

use async_trait::async_trait;
use kernel::{Ctx, Event, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What any roll-out, ours or another's, can be asked.
#[async_trait]
pub trait Rollout: Send + Sync {
    /// The rates of public services on one base and one day.
    ///
    /// # Errors
    /// Not found where there is no such public service or base, or no such roll-out for this reader.
    async fn rates(&self, ctx: &Ctx, wanted: &WantedRates) -> Result<Rates>;
}

/// Which rates somebody wants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WantedRates {
    /// Whose roll-out; the asker's own, or else the operator's, where nothing is said.
    pub tenant: Option<String>,
    /// The key of one public service; all where nothing is said.
    pub public_service: Option<String>,
    /// `authorities`, `population` or the name of an imported base; `authorities` where nothing is said.
    pub base: Option<String>,
    /// The day, `2026-02-13`; today where nothing is said.
    pub date: Option<String>,
}

/// Rates on one base and one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rates {
    /// Whose roll-out it is; empty for the operator's.
    pub tenant: String,
    /// The newest version of what is known.
    pub version: i64,
    /// The formula, in words.
    pub formula: String,
    /// What the rates are weighed by.
    pub base: BaseView,
    /// The day.
    pub date: String,
    /// As of when the regions are.
    pub regions: String,
    /// The public services, by key.
    pub public_services: Vec<PublicServiceRate>,
}

/// What rates are weighed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BaseView {
    /// `authorities`, `population` or the name of an imported base.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// As of when its values are; nothing for authorities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where its values come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// How far one public service is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicServiceRate {
    /// Its LeiKa key, or an id of its keeper.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Who is competent: municipality, association, district, state or federation.
    pub level: String,
    /// Its rate.
    pub rate: RateView,
    /// What stands behind the rate.
    pub tally: TallyView,
}

/// A rate, or the bounds of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RateView {
    /// `exact`, `at_most`, `at_least`, `unsaid` (values of the base are missing) or `empty` (the base sums up to nothing).
    pub kind: String,
    /// Per cent; only where it is exact.
    pub percent: Option<f64>,
    /// Not less than this, per cent.
    pub low: f64,
    /// Not more than this, per cent.
    pub high: f64,
    /// Why it is not exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// Competent authorities by what holds for them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TallyView {
    /// All competent authorities.
    pub all: PartView,
    /// Connected by themselves.
    pub own: PartView,
    /// Connected by a region above them.
    pub inherited: PartView,
    /// Begun.
    pub in_progress: PartView,
    /// Decided, not begun.
    pub planned: PartView,
    /// Said to be not connected.
    pub none: PartView,
    /// Nobody said anything.
    pub unstated: PartView,
}

/// Authorities of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartView {
    /// How many authorities.
    pub authorities: u32,
    /// The sum of the base over them.
    pub amount: f64,
    /// How many of them have no value in the base.
    pub without_value: u32,
}

/// A roll-out has a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RolloutChanged {
    /// Whose roll-out.
    pub tenant: String,
    /// The number of the version.
    pub version: i64,
    /// SHA-256 of its snapshot, hexadecimal.
    pub sha256: String,
}

impl Event for RolloutChanged {
    const TOPIC: &'static str = "rollout.changed.v1";
}
