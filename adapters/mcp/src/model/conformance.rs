//! Records of requirements and of what was found.

use super::{Citation, Page, Provenance, Told};
use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;

/// A set of requirements.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct SetRecord {
    /// The address of its page.
    pub uri: String,
    /// Its id.
    pub id: String,
    /// Its title, quoted from the set.
    pub title: String,
    /// Its version.
    pub version: Option<String>,
    /// The sets it inherits from.
    pub extends: Vec<String>,
    /// How many requirements it has, with the inherited ones.
    pub requirements: usize,
    /// Whether it comes with the program.
    pub shipped: bool,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A set with its requirements.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct SetDetail {
    /// The set itself.
    pub set: SetRecord,
    /// Its requirements, with the inherited ones.
    pub requirements: Page<RequirementRecord>,
}

/// A requirement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct RequirementRecord {
    /// The address of its page.
    pub uri: String,
    /// Its id.
    pub id: String,
    /// The id of the set that it comes from.
    pub set: String,
    /// What is required, quoted from the set.
    pub text: String,
    /// muss (must), soll (should) or kann (may).
    pub level: String,
    /// Since which day it holds.
    pub since: Option<String>,
    /// Until which day it holds.
    pub until: Option<String>,
    /// How it is checked: automatic, probe, document or statement, and by what.
    pub how: String,
    /// How to mend what does not meet it.
    pub repair: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// How an element stands to the requirements that apply to it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct ElementRecord {
    /// The address of the element's page.
    pub uri: String,
    /// The id of its map.
    pub map: String,
    /// The element's id.
    pub id: String,
    /// How many findings there are of each result.
    pub counts: Counts,
    /// One finding for each requirement that applies.
    pub findings: Page<FindingRecord>,
    /// Levels of maturity models, and what is missing for the next.
    pub maturity: Vec<MaturityRecord>,
    /// The files kept as evidence; the first 50.
    pub evidence: Page<EvidenceRecord>,
    /// That this node worked it out.
    pub provenance: Provenance,
}

/// How many findings there are of each result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Counts {
    /// Requirements that are met.
    pub met: usize,
    /// Requirements that are not met.
    pub unmet: usize,
    /// Requirements of which it is not known.
    pub unknown: usize,
    /// Requirements that do not apply.
    pub not_applicable: usize,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct FindingRecord {
    /// The id of the requirement.
    pub requirement: String,
    /// The address of the requirement's page.
    pub requirement_uri: String,
    /// What is required, quoted from the set.
    pub text: String,
    /// muss (must), soll (should) or kann (may).
    pub level: String,
    /// met, unmet, unknown or not-applicable.
    pub result: String,
    /// What was looked at.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// Which input is missing, where the result is unknown.
    pub missing: Option<String>,
    /// How to mend it.
    pub repair: Option<String>,
    /// The id of the evidence that it rests on.
    pub evidence: Option<String>,
    /// Who requires it, where, and as of when; the finding itself was worked out by this node.
    pub provenance: Provenance,
}

/// The level that an element has reached in a maturity model.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct MaturityRecord {
    /// The id of the model.
    pub model: String,
    /// Its title.
    pub title: String,
    /// The number of the level; null where not even the lowest is reached.
    pub level: Option<u32>,
    /// The name of the level, where one was published.
    pub name: Option<String>,
    /// The ids of the requirements that are missing for the next level.
    pub missing: Vec<String>,
    /// That this node worked it out.
    pub provenance: Provenance,
}

/// A file kept as evidence.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct EvidenceRecord {
    /// Its id.
    pub id: String,
    /// The name of the file.
    pub name: String,
    /// sbom, cbom, certificate, publiccode, openapi, model-card or another kind.
    pub kind: String,
    /// How many requirements it meets.
    pub met: usize,
    /// How many requirements it does not meet.
    pub unmet: usize,
    /// How many requirements it leaves unknown.
    pub unknown: usize,
    /// The file, and when it was kept here.
    pub provenance: Provenance,
}

impl Told for SetRecord {
    fn citations(&self) -> Vec<Citation> {
        vec![Citation::new(&self.uri, &self.id, &self.title)]
    }
}

impl Told for RequirementRecord {
    fn citations(&self) -> Vec<Citation> {
        vec![Citation::new(&self.uri, &self.id, &self.text)]
    }
}

impl Told for SetDetail {
    fn citations(&self) -> Vec<Citation> {
        self.set.citations().into_iter().chain(self.requirements.citations()).collect()
    }
}

impl Told for ElementRecord {
    fn citations(&self) -> Vec<Citation> {
        let itself = Citation::new(&self.uri, &self.id, &self.id);
        let required = self
            .findings
            .records
            .iter()
            .map(|it| Citation::new(&it.requirement_uri, &it.requirement, &it.text));
        std::iter::once(itself).chain(required).collect()
    }
}
