//! One model for all formats. It borrows from the document: every text is the document's own, nothing is corrected, and
//! what the document does not say stays empty.
//!
//! Words are `CycloneDX`'s where the two standards differ; what a field means in SPDX stands at the field.

mod build;
mod graph;
mod parts;

pub use parts::{
    Acknowledgement, Completeness, Component, Composition, Dependency, Double, Hash, Identifier, Licence,
    LicenceForm, Located, Party, Property, Reference, Relation, Stated,
};

use crate::places::Places;
use std::collections::HashMap;
use tree::{Node, Place};

/// Who publishes the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standard {
    /// OWASP `CycloneDX`, ECMA-424.
    CycloneDx,
    /// SPDX of the Linux Foundation, ISO/IEC 5962.
    Spdx,
}

impl Standard {
    /// As the publisher writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CycloneDx => "CycloneDX",
            Self::Spdx => "SPDX",
        }
    }
}

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// `CycloneDX` JSON, or SPDX 2.x JSON.
    Json,
    /// `CycloneDX` XML.
    Xml,
    /// SPDX 2.x tag-value.
    TagValue,
    /// SPDX 3.
    JsonLd,
}

impl Syntax {
    /// One word for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Xml => "XML",
            Self::TagValue => "tag-value",
            Self::JsonLd => "JSON-LD",
        }
    }
}

/// A bill of materials. Components are named by their index in `components`; nested ones are in the same list and name
/// what they are part of.
#[derive(Debug)]
pub struct Bom<'t> {
    /// Who publishes the format.
    pub standard: Standard,
    /// How the file is written.
    pub syntax: Syntax,
    /// The bare number of the format's version: `1.6`, `2.3`, `3.0.1`. Empty where the file states none.
    pub version: &'t str,
    /// What names this very document: `serialNumber` (`CycloneDX`), `documentNamespace` (SPDX 2), `spdxId` (SPDX 3).
    pub identity: Option<Located<'t>>,
    /// When it was made, as written.
    pub timestamp: Option<Located<'t>>,
    /// Persons who made it: `metadata.authors`, creators of kind Person.
    pub authors: Vec<Party<'t>>,
    /// Who made it: `metadata.manufacturer` (1.6), `metadata.manufacture` (before), the first creator that is an
    /// organisation (SPDX).
    pub manufacturer: Option<Party<'t>>,
    /// `metadata.supplier`; SPDX has none at this level.
    pub supplier: Option<Party<'t>>,
    /// Names of the programs that made it.
    pub tools: Vec<Located<'t>>,
    /// Phases of the life cycle it was made in (`metadata.lifecycles`, `software_sbomType`).
    pub lifecycles: Vec<Located<'t>>,
    /// References of the document as a whole, for example to other bills of materials.
    pub external: Vec<Reference<'t>>,
    /// The component that it describes: `metadata.component`, `DESCRIBES`, `rootElement`.
    pub root: Option<usize>,
    /// All components: the root first where `CycloneDX` has one, then in the order of the file, a parent before its
    /// parts. In SPDX these are the packages; a file only where it is described itself or where there are no packages.
    pub components: Vec<Component<'t>>,
    /// Who needs whom, one entry for each component that has a statement. An empty `to` says that it needs nothing.
    pub dependencies: Vec<Dependency<'t>>,
    /// Names that make a statement on their needs but are no component of this document.
    pub orphans: Vec<Located<'t>>,
    /// How complete that is.
    pub compositions: Vec<Composition<'t>>,
    /// How many statements on vulnerabilities it has: `vulnerabilities`, elements of the SPDX 3 security profile,
    /// references of the kinds `advisory` and `fix` in SPDX 2.
    pub vulnerabilities: usize,
    /// The first of them.
    pub first_vulnerability: Option<Node<'t>>,
    /// Identifiers that stand twice; the first one counts for references.
    pub doubles: Vec<Double<'t>>,
    /// How many services (`services`) it has.
    pub services: usize,
    /// How many files (SPDX) it has.
    pub files: usize,
    /// The document's own root.
    pub node: Node<'t>,
    pub(crate) places: Option<&'t Places>,
    pub(crate) index: HashMap<&'t str, usize>,
    pub(crate) statements: HashMap<(usize, Relation), usize>,
}

impl<'t> Bom<'t> {
    /// A document in which nothing was found yet.
    pub(crate) fn empty(node: Node<'t>) -> Self {
        Self {
            standard: Standard::CycloneDx,
            syntax: Syntax::Json,
            version: "",
            identity: None,
            timestamp: None,
            authors: Vec::new(),
            manufacturer: None,
            supplier: None,
            tools: Vec::new(),
            lifecycles: Vec::new(),
            external: Vec::new(),
            root: None,
            components: Vec::new(),
            dependencies: Vec::new(),
            orphans: Vec::new(),
            compositions: Vec::new(),
            vulnerabilities: 0,
            first_vulnerability: None,
            doubles: Vec::new(),
            services: 0,
            files: 0,
            node,
            places: None,
            index: HashMap::new(),
            statements: HashMap::new(),
        }
    }

    /// The component with that `bom-ref` or SPDX identifier.
    pub fn find(&self, reference: &str) -> Option<usize> {
        self.index.get(reference).copied()
    }

    /// The described component.
    pub fn described(&self) -> Option<&Component<'t>> {
        self.components.get(self.root?)
    }

    /// Line and column of a value in the file as it was given, also where that is XML or tag-value.
    pub fn place(&self, node: Node<'_>) -> Place {
        self.places.map_or_else(|| node.place(), |it| it.place(node.offset()))
    }

    /// What the component says on whom it needs, contains or provides, if it says anything at all.
    pub fn statement_of(&self, component: usize, relation: Relation) -> Option<&Dependency<'t>> {
        self.dependencies.get(*self.statements.get(&(component, relation))?)
    }

    /// Whether the list of what each component needs is complete, by component index; nothing where it is not stated.
    /// A statement that names the component outranks one on the whole document; of several the weakest counts.
    pub fn completeness(&self) -> Vec<Option<Completeness>> {
        graph::completeness(self)
    }

    /// Groups of components that need each other in a circle, each in the order of the file.
    pub fn cycles(&self) -> Vec<Vec<usize>> {
        graph::cycles(self)
    }

    /// Which components can be reached from the root, by component index: over dependencies and over nesting. All false
    /// where there is no root.
    pub fn reached(&self) -> Vec<bool> {
        graph::reached(self)
    }
}
