//! Conformance: requirements, and what was found when something was held against them.

use async_trait::async_trait;
use kernel::{Ctx, Event, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What any conformance service, ours or another's, can be asked.
#[async_trait]
pub trait Conformance: Send + Sync {
    /// The sets of requirements.
    async fn sets(&self, ctx: &Ctx) -> Result<Vec<SetSummary>>;

    /// A set with everything it inherits.
    ///
    /// # Errors
    /// Not found where there is no such set.
    async fn set(&self, ctx: &Ctx, id: &str) -> Result<SetView>;

    /// How an element of a map stands to the requirements that apply to it, by its facts and by the evidence kept here.
    ///
    /// # Errors
    /// When the extract of the map cannot be read.
    async fn element(&self, ctx: &Ctx, element: &ElementExtract) -> Result<ElementFindings>;
}

/// An element of a map, cut out so that it can be judged without the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementExtract {
    /// The map's id.
    pub map: String,
    /// The element's id.
    pub element: String,
    /// A map in the format landkarte (JSON) that holds the element, its sources and whatever it refers to.
    pub document: String,
}

/// A set of requirements in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SetSummary {
    /// Its id.
    pub id: String,
    /// Its title in the reader's language.
    pub title: String,
    /// Its version, where it has one.
    pub version: Option<String>,
    /// As of which day.
    pub date: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// The address of the source.
    pub url: Option<String>,
    /// Under which licence the source is.
    pub licence: Option<String>,
    /// The sets it inherits from.
    pub extends: Vec<String>,
    /// How many requirements it has, with the inherited ones.
    pub requirements: usize,
    /// SHA-256 of the set's file, hexadecimal.
    pub sha256: String,
    /// Whether it comes with the program.
    pub shipped: bool,
}

/// A set with its requirements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetView {
    /// The set itself.
    pub set: SetSummary,
    /// Its requirements, with the inherited ones.
    pub requirements: Vec<RequirementView>,
}

/// A requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RequirementView {
    /// Its id.
    pub id: String,
    /// The set that it comes from.
    pub set: String,
    /// What is required, in the reader's language.
    pub text: String,
    /// muss, soll or kann.
    pub level: String,
    /// Since which day it holds, where that is said.
    pub since: Option<String>,
    /// Until which day, where that is said.
    pub until: Option<String>,
    /// Who says so, where, and as of when.
    pub source: String,
    /// How it is checked: automatic, probe, document or statement, and by what.
    pub how: String,
    /// How to mend what does not meet it, in the reader's language.
    pub repair: String,
}

/// Everything found about an element.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ElementFindings {
    /// One for each requirement that applies.
    pub findings: Vec<FindingView>,
    /// The levels of maturity models, and what is missing for the next.
    pub maturity: Vec<MaturityView>,
    /// The evidence kept for it.
    pub evidence: Vec<EvidenceView>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindingView {
    /// The requirement's id.
    pub requirement: String,
    /// What is required, in the reader's language.
    pub text: String,
    /// muss, soll or kann.
    pub level: String,
    /// met, unmet, unknown or not-applicable.
    pub result: String,
    /// What was looked at.
    pub subject: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Which input is missing, where the result is unknown.
    pub missing: Option<String>,
    /// Who requires it, where, and as of when.
    pub source: String,
    /// How to mend it.
    pub repair: Option<String>,
    /// The evidence it rests on, where there is any.
    pub evidence: Option<String>,
    /// As of which day.
    pub date: Option<String>,
}

/// The level that an element has reached in a maturity model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MaturityView {
    /// The model's id.
    pub model: String,
    /// Its title in the reader's language.
    pub title: String,
    /// The number of the level; nothing where not even the lowest is reached.
    pub level: Option<u32>,
    /// The name of the level, where one was published.
    pub name: Option<String>,
    /// The requirements that are missing for the next level.
    pub missing: Vec<String>,
}

/// Something kept as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceView {
    /// Its id.
    pub id: String,
    /// The name of the file.
    pub name: String,
    /// sbom, cbom, certificate, publiccode, openapi, model-card or another kind.
    pub kind: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// When it was kept, microseconds since the epoch.
    pub kept_at: i64,
    /// How many requirements it meets, does not meet, and leaves unknown.
    pub counts: [usize; 3],
}

/// Evidence was kept for an element.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EvidenceKept {
    /// The map.
    pub map: String,
    /// The element.
    pub element: String,
    /// The evidence.
    pub evidence: String,
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
}

impl Event for EvidenceKept {
    const TOPIC: &'static str = "conformance.evidence_kept.v1";
}
