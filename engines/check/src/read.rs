//! A file as the checks get it: recognised and parsed once.

use crate::{Artefact, Subject};
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
}

impl Read<'_> {
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
        self.subject(node.pointer(), name, Some(node.place()))
    }
}
