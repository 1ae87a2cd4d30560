//! Figures that others published, as they published them.

use serde::{Deserialize, Serialize};
use tree::{Fault, Limits, Tree, from_node};

/// What a published figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The share that is connected.
    Connected,
    /// The share that has begun.
    InProgress,
    /// How many submissions there were.
    Submissions,
}

/// A figure as it was published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it measures.
    pub measure: Measure,
    /// The base of a share; nothing where the publication does not say it.
    #[serde(default)]
    pub base: Option<String>,
    /// Per cent.
    #[serde(default)]
    pub percent: Option<f64>,
    /// A number of submissions.
    #[serde(default)]
    pub count: Option<u64>,
    /// The figure in the words of the publication.
    pub as_published: String,
}

/// A public service as others published figures about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedService {
    /// Its id in the file.
    pub id: String,
    /// Its name in the publication.
    pub name: String,
    /// Who runs the shared solution.
    pub operator: String,
    /// Its LeiKa keys; none where none is known.
    pub keys: Vec<String>,
    /// Where the keys come from, or why there are none.
    pub keys_note: String,
    /// The figures.
    pub figures: Vec<Figure>,
}

/// A publication with its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedSet {
    /// The version of the format: 1.
    pub published: u8,
    /// Who published.
    pub publisher: String,
    /// What was published.
    pub source: String,
    /// The day of the publication.
    pub date: String,
    /// What is odd about the figures.
    pub note_de: String,
    /// What is odd about the figures.
    pub note_en: String,
    /// The public services.
    pub public_services: Vec<PublishedService>,
}

/// Reads a file of published figures.
///
/// # Errors
/// The first fault with line and column.
pub fn read_published(text: &str) -> Result<PublishedSet, Fault> {
    let tree = Tree::yaml(text, &Limits::default())?;
    from_node(tree.root())
}
