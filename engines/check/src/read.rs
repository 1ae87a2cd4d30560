//! A file as the checks get it: recognised and parsed once.

use crate::{Artefact, Input, Subject};
use landkarte::Map;
use sbom::Bom;
use std::sync::Arc;
use tree::{Node, Place, Tree};

/// A file, recognised and parsed.
pub struct Read<'i> {
    /// Its path as it is to stand in the report.
    pub path: Arc<str>,
    /// Its bytes.
    pub content: &'i [u8],
    /// What it mainly is.
    pub kind: Artefact,
    /// What it contains besides, such as the cryptography inside of an SBOM.
    pub also: Vec<Artefact>,
    /// The parsed document, where it is JSON, YAML or XML.
    pub tree: Option<&'i Tree<'i>>,
    /// The parsed bill of materials, where it is one.
    pub bom: Option<&'i Bom<'i>>,
    /// The parsed map, where it is one.
    pub map: Option<&'i Map>,
}

impl<'i> Read<'i> {
    /// A file of which nothing is parsed yet.
    pub(crate) fn new(input: Input<'i>, kind: Artefact) -> Self {
        let path = Arc::from(input.path);
        Self { path, content: input.content, kind, also: Vec::new(), tree: None, bom: None, map: None }
    }

    /// What the file is and contains, the main kind first.
    pub(crate) fn kinds(&self) -> Vec<Artefact> {
        std::iter::once(self.kind).chain(self.also.iter().copied()).collect()
    }

    /// Whether the file is or contains such an artefact.
    pub fn is(&self, kind: Artefact) -> bool {
        self.kind == kind || self.also.contains(&kind)
    }

    /// The file as a whole.
    pub fn whole(&self) -> Arc<Subject> {
        self.subject(String::new(), String::new(), None)
    }

    /// A part of the file.
    pub fn subject(
        &self,
        pointer: impl Into<String>,
        name: impl Into<String>,
        place: Option<Place>,
    ) -> Arc<Subject> {
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Arc::new(Subject {
            file: Arc::clone(&self.path),
            pointer: pointer.into(),
            name: name.into(),
            line: place.map_or(0, |it| number(it.line)),
            column: place.map_or(0, |it| number(it.column)),
        })
    }

    /// The part of the file that a node of its tree stands for.
    pub fn node(&self, node: Node<'_>, name: impl Into<String>) -> Arc<Subject> {
        // An SBOM in XML or tag-value is read by way of JSON; it knows where the node stands in the file itself.
        let place = self.bom.map_or_else(|| node.place(), |it| it.place(node));
        self.subject(node.pointer(), name, Some(place))
    }
}
