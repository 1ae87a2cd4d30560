//! Records of the catalogue.

use super::{Citation, Page, Provenance, Told};
use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;
use serde_json::Value;

/// A map of building blocks.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct MapRecord {
    /// The address of its page.
    pub uri: String,
    /// Its id.
    pub id: String,
    /// Its title, quoted from the map.
    pub title: String,
    /// The number of its version.
    pub version: i64,
    /// How many elements it has.
    pub elements: usize,
    /// How many standards it has.
    pub standards: usize,
    /// Whether it comes with the program.
    pub shipped: bool,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// An entry in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct LineRecord {
    /// The address of its page.
    pub uri: String,
    /// The id of its map.
    pub map: String,
    /// Its section.
    pub section: String,
    /// Its id.
    pub id: String,
    /// Its name, quoted from the map.
    pub name: String,
    /// What it is, quoted from the map.
    pub description: Option<String>,
    /// component, service, standard, platform or product.
    pub kind: Option<String>,
    /// The id of its layer.
    pub layer: Option<String>,
    /// The id of its field.
    pub field: Option<String>,
    /// The state in its life cycle.
    pub lifecycle: Option<String>,
    /// mandatory, recommended or optional.
    pub obligation: Option<String>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// An entry with everything that the map knows of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct EntryRecord {
    /// The address of its page.
    pub uri: String,
    /// The id of its map.
    pub map: String,
    /// Its section.
    pub section: String,
    /// Its id.
    pub id: String,
    /// Its name, quoted from the map.
    pub name: String,
    /// Its facts, each with its own provenance.
    pub facts: Vec<FactRecord>,
    /// What it has to do with other entries.
    pub relations: Page<RelationRecord>,
    /// Where the entry as a whole comes from.
    pub provenance: Provenance,
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct FactRecord {
    /// The key in the file format.
    pub key: String,
    /// The key in the reader's language.
    pub title: String,
    /// The value, quoted from the map; the text `unknown` says that nobody knows.
    pub value: Value,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A relation to another entry.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct RelationRecord {
    /// The address of the other entry's page; null where the map has no such entry.
    pub uri: Option<String>,
    /// The key of the fact that says it.
    pub key: String,
    /// The key in the reader's language.
    pub title: String,
    /// Whether the other entry says it of this one.
    pub incoming: bool,
    /// The section of the other entry.
    pub section: String,
    /// The id of the other entry.
    pub id: String,
    /// The name of the other entry, quoted from the map; null where the map has no such entry.
    pub name: Option<String>,
    /// Where the fact that says it comes from; where the other entry says it, look there.
    pub provenance: Provenance,
}

impl Told for MapRecord {
    fn citations(&self) -> Vec<Citation> {
        vec![Citation::new(&self.uri, &self.id, &self.title)]
    }
}

impl Told for LineRecord {
    fn citations(&self) -> Vec<Citation> {
        vec![Citation::new(&self.uri, &self.id, &self.name)]
    }
}

impl Told for EntryRecord {
    fn citations(&self) -> Vec<Citation> {
        let itself = Citation::new(&self.uri, &self.id, &self.name);
        let others = self.relations.records.iter().filter_map(|it| {
            Some(Citation::new(it.uri.as_deref()?, &it.id, it.name.as_deref().unwrap_or(&it.id)))
        });
        std::iter::once(itself).chain(others).collect()
    }
}
