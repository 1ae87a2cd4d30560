//! Catalogue: maps of building blocks, each fact with its source.

use crate::conformance::ElementExtract;
use async_trait::async_trait;
use kernel::{Ctx, Event, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// What any catalogue, ours or another's, can be asked.
#[async_trait]
pub trait Catalogue: Send + Sync {
    /// The maps that the asker may read.
    async fn maps(&self, ctx: &Ctx) -> Result<Vec<MapSummary>>;

    /// Entries of a map that fit: words in their texts, or facts.
    ///
    /// # Errors
    /// Not found where there is no such map.
    async fn search(&self, ctx: &Ctx, map: &str, wanted: &Wanted) -> Result<Found>;

    /// One entry with all its facts, each with its origin.
    ///
    /// # Errors
    /// Not found where there is no such map or entry.
    async fn entry(&self, ctx: &Ctx, map: &str, section: &str, id: &str) -> Result<EntryView>;

    /// An element with its sources and whatever it refers to, so that it can be judged without the map.
    ///
    /// # Errors
    /// Not found where there is no such map or element.
    async fn extract(&self, ctx: &Ctx, map: &str, id: &str) -> Result<ElementExtract>;
}

/// A map in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MapSummary {
    /// Its id, unique for its tenant.
    pub id: String,
    /// Its title in the reader's language.
    pub title: String,
    /// Who publishes it, where that is said.
    pub publisher: Option<String>,
    /// Under which licence, where that is said.
    pub licence: Option<String>,
    /// As of which day, where that is said.
    pub date: Option<String>,
    /// The number of this version, from 1; the shipped map has 0.
    pub version: i64,
    /// SHA-256 of the map's canonical text, hexadecimal.
    pub sha256: String,
    /// How many elements it has.
    pub elements: usize,
    /// How many standards it has.
    pub standards: usize,
    /// Whether it comes with the program and cannot be changed here.
    pub shipped: bool,
}

/// Which entries are wanted; what is empty does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Wanted {
    /// The section: `elements` where nothing is said.
    pub section: String,
    /// Words in id, name, description or tags.
    pub q: String,
    /// The id of a layer or of a group in it.
    pub layer: String,
    /// The id of a field.
    pub field: String,
    /// component, service, standard, platform or product.
    pub kind: String,
    /// The id of a capability that is served, or of one above it.
    pub capability: String,
    /// The id of a standard that is used.
    pub standard: String,
    /// The state in the life cycle.
    pub lifecycle: String,
    /// mandatory, recommended or optional.
    pub obligation: String,
    /// `name`, `layer`, `kind` or `lifecycle`, with a minus before it for the other way round.
    pub sort: String,
    /// How many to leave out.
    pub offset: usize,
    /// How many at the most, up to 200; 50 where nothing is said.
    pub limit: Option<usize>,
}

/// Entries that fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Found {
    /// How many fit in all.
    pub total: usize,
    /// Those of this page.
    pub entries: Vec<EntryLine>,
}

/// An entry in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryLine {
    /// Its id in the map.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is, in the reader's language.
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
    /// Where the entry comes from.
    pub origin: Origin,
    /// SHA-256 of the entry's canonical JSON, hexadecimal; the same as in [`EntryView`].
    pub sha256: String,
}

/// An entry with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EntryView {
    /// The map's id.
    pub map: String,
    /// The section it stands in.
    pub section: String,
    /// Its id in the map.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where the entry as a whole comes from; facts that say more have an origin of their own.
    pub origin: Origin,
    /// Its facts, in the order of the vocabulary.
    pub facts: Vec<FactView>,
    /// What it has to do with other entries.
    pub relations: Vec<RelationView>,
    /// SHA-256 of the entry's canonical JSON, hexadecimal.
    pub sha256: String,
}

/// A fact, and why it is believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FactView {
    /// The key in the file format.
    pub key: String,
    /// The key in the reader's language.
    pub title: String,
    /// The value as it stands in the map; the text `unknown` says that nobody knows.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Origin {
    /// The title of the source.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Under which licence; `unknown` where none is stated.
    pub licence: Option<String>,
    /// As of which day.
    pub date: Option<String>,
    /// official, statement, checked or derived.
    pub kind: Option<String>,
}

/// A relation to another entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RelationView {
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
    /// The name of the other entry; nothing where the map has no such entry.
    pub name: Option<String>,
}

/// A map has a new version: it was imported, edited or set back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MapChanged {
    /// The map.
    pub map: String,
    /// The version, from 1.
    pub version: i64,
    /// SHA-256 of the canonical text, hexadecimal.
    pub sha256: String,
}

impl Event for MapChanged {
    const TOPIC: &'static str = "catalogue.map_changed.v1";
}
