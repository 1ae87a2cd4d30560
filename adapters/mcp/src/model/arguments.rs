//! The arguments of the tools. What is left out does not restrict.

use crate::rules::MOST;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Deserializer, de::Error};

fn most() -> usize {
    MOST
}

/// A `limit` that the schema allows.
fn limit<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    let limit = usize::deserialize(from)?;
    if !(1..=MOST).contains(&limit) {
        return Err(D::Error::custom(format!("{limit} is not between 1 and {MOST}")));
    }
    Ok(limit)
}

fn elements() -> String {
    "elements".to_owned()
}

/// Which page of a list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageArguments {
    /// How many records to leave out.
    #[serde(default)]
    pub offset: usize,
    /// How many records at the most.
    #[serde(default = "most", deserialize_with = "limit")]
    #[schemars(range(min = 1, max = 50))]
    pub limit: usize,
}

/// Which entries of a map.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchArguments {
    /// The id of the map, as `catalogue.maps` names it.
    pub map: String,
    /// Words in id, name, description or tags.
    #[serde(default)]
    pub q: String,
    /// The id of a layer or of a group in it.
    #[serde(default)]
    pub layer: String,
    /// The id of a field.
    #[serde(default)]
    pub field: String,
    /// component, service, standard, platform or product.
    #[serde(default)]
    pub kind: String,
    /// The id of a capability that is served, or of one above it.
    #[serde(default)]
    pub capability: String,
    /// The id of a standard that is used.
    #[serde(default)]
    pub standard: String,
    /// The state in the life cycle.
    #[serde(default)]
    pub lifecycle: String,
    /// mandatory, recommended or optional.
    #[serde(default)]
    pub obligation: String,
    /// The section of the map: elements, standards, decisions, principles, capabilities, parties, terms, sources …
    #[serde(default = "elements")]
    pub section: String,
    /// How many entries to leave out.
    #[serde(default)]
    pub offset: usize,
    /// How many entries at the most.
    #[serde(default = "most", deserialize_with = "limit")]
    #[schemars(range(min = 1, max = 50))]
    pub limit: usize,
}

/// Which entry, and which page of its relations.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryArguments {
    /// The id of the map.
    pub map: String,
    /// The section of the map.
    #[serde(default = "elements")]
    pub section: String,
    /// The id of the entry.
    pub id: String,
    /// How many relations to leave out.
    #[serde(default)]
    pub offset: usize,
    /// How many relations at the most.
    #[serde(default = "most", deserialize_with = "limit")]
    #[schemars(range(min = 1, max = 50))]
    pub limit: usize,
}

/// Which element, and which page of its findings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ElementArguments {
    /// The id of the map.
    pub map: String,
    /// The id of the element.
    pub id: String,
    /// How many findings to leave out.
    #[serde(default)]
    pub offset: usize,
    /// How many findings at the most.
    #[serde(default = "most", deserialize_with = "limit")]
    #[schemars(range(min = 1, max = 50))]
    pub limit: usize,
}

/// Which set, and which page of its requirements.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetArguments {
    /// The id of the set, as `conformance.sets` names it.
    pub id: String,
    /// Only requirements of this level.
    #[serde(default)]
    pub level: Option<LevelName>,
    /// How many requirements to leave out.
    #[serde(default)]
    pub offset: usize,
    /// How many requirements at the most.
    #[serde(default = "most", deserialize_with = "limit")]
    #[schemars(range(min = 1, max = 50))]
    pub limit: usize,
}

/// Which requirement.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequirementArguments {
    /// The id of the requirement.
    pub id: String,
}

/// How strictly something is required: muss (must), soll (should) or kann (may).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LevelName {
    Muss,
    Soll,
    Kann,
}

impl LevelName {
    /// The name on the wire.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Muss => "muss",
            Self::Soll => "soll",
            Self::Kann => "kann",
        }
    }
}
