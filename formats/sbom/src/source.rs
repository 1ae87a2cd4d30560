//! A file as it was given, and the JSON form of it that everything else works on.
//!
//! XML and tag-value are converted to the JSON form of the same version first; so there is one reader, one schema check
//! and one repair. Places always lead back to the file as it was given.

use crate::{
    Bom, Fault, Reason, Standard, Syntax,
    places::Places,
    read::{cyclonedx, spdx2, spdx3},
    schemas, tag_value, xml,
};
use schema::Misfit;
use std::borrow::Cow;
use tree::{Kind, Limits, Node, Place, Tree};

/// A file, recognised and ready to be read.
///
/// ```
/// # fn main() -> Result<(), sbom::Fault> {
/// let content = br#"{"bomFormat": "CycloneDX", "specVersion": "1.6"}"#;
/// let limits = tree::Limits::default();
/// let source = sbom::Source::open(content, &limits)?;
/// let tree = source.tree(&limits)?;
/// let document = source.document(&tree)?;
/// assert_eq!(document.bom().version, "1.6");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Source<'t> {
    standard: Standard,
    syntax: Syntax,
    text: Cow<'t, [u8]>,
    places: Option<Places>,
}

impl<'t> Source<'t> {
    /// Recognises the format, and converts XML and tag-value.
    ///
    /// # Errors
    /// When the file is of neither standard, or when XML or tag-value cannot be read.
    pub fn open(content: &'t [u8], limits: &Limits) -> Result<Self, Fault> {
        let (standard, syntax) = recognise(content).ok_or(NOT_A_BOM)?;
        let converted = match syntax {
            Syntax::Json | Syntax::JsonLd => {
                return Ok(Self { standard, syntax, text: Cow::Borrowed(content), places: None });
            }
            Syntax::Xml => xml::convert(content, limits)?,
            Syntax::TagValue => tag_value::convert(content, limits)?,
        };
        Ok(Self {
            standard,
            syntax,
            text: Cow::Owned(converted.text.into_bytes()),
            places: Some(converted.places),
        })
    }

    /// Who publishes the format.
    pub const fn standard(&self) -> Standard {
        self.standard
    }

    /// How the file is written.
    pub const fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The JSON form: the file itself, or what it was converted to.
    pub fn json(&self) -> &[u8] {
        &self.text
    }

    /// The JSON form as a tree.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn tree(&self, limits: &Limits) -> Result<Tree<'_>, Fault> {
        Ok(Tree::json(&self.text, limits)?)
    }

    /// The document in the tree of this source.
    ///
    /// # Errors
    /// When it is no bill of materials after all.
    pub fn document<'a>(&'a self, tree: &'a Tree<'a>) -> Result<Document<'a>, Fault> {
        let document = Document::of(tree).ok_or(NOT_A_BOM)?;
        Ok(Document { syntax: self.syntax, places: self.places.as_ref(), ..document })
    }
}

const NOT_A_BOM: Fault = Fault { place: Place { line: 1, column: 1 }, reason: Reason::NotABom };

/// A document that has been recognised in a tree.
#[derive(Debug, Clone, Copy)]
pub struct Document<'t> {
    standard: Standard,
    syntax: Syntax,
    version: &'t str,
    root: Node<'t>,
    places: Option<&'t Places>,
}

impl<'t> Document<'t> {
    /// Recognises a document in a JSON tree that was read already; nothing if it is no bill of materials. What stands
    /// in `bomFormat` is left to the schema.
    pub fn of(tree: &'t Tree<'t>) -> Option<Self> {
        let root = tree.root();
        if root.kind() != Kind::Map {
            return None;
        }
        let (standard, syntax, version) = if root.get("bomFormat").is_some() {
            (Standard::CycloneDx, Syntax::Json, text(root, "specVersion"))
        } else if let Some(version) = root.get("spdxVersion") {
            let version = version.scalar().unwrap_or_default();
            (Standard::Spdx, Syntax::Json, version.strip_prefix("SPDX-").unwrap_or(version))
        } else if spdx3::context(root).is_some() {
            (Standard::Spdx, Syntax::JsonLd, spdx3::version(root))
        } else {
            return None;
        };
        Some(Self { standard, syntax, version, root, places: None })
    }

    /// Who publishes the format.
    pub const fn standard(&self) -> Standard {
        self.standard
    }

    /// How the file is written.
    pub const fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The bare number of the format's version; empty where none is stated.
    pub const fn version(&self) -> &'t str {
        self.version
    }

    /// The root of the JSON form.
    pub const fn root(&self) -> Node<'t> {
        self.root
    }

    /// Line and column of a value in the file as it was given.
    pub fn place(&self, node: Node<'_>) -> Place {
        self.places.map_or_else(|| node.place(), |it| it.place(node.offset()))
    }

    /// What does not fit the official schema of its version, up to `most` misfits; nothing where no schema of this version
    /// is shipped (`CycloneDX` 1.2 to 1.7, SPDX 2.2, 2.3, 3.0.0 and 3.0.1 are). An XML or tag-value file is checked in
    /// its JSON form, `place` leads back to where the value stands.
    pub fn misfits(&self, most: usize) -> Option<Vec<Misfit<'t>>> {
        Some(schemas::schema(self.standard, self.version)?.check(self.root, most))
    }

    /// Whether the document fits the official schema of its version; nothing where none is shipped. Stops at the first
    /// misfit.
    pub fn fits(&self) -> Option<bool> {
        Some(schemas::schema(self.standard, self.version)?.fits(self.root))
    }

    /// Reads the document into the model. Nothing in it is refused: what cannot be understood is left out.
    pub fn bom(&self) -> Bom<'t> {
        let mut bom = Bom {
            standard: self.standard,
            syntax: self.syntax,
            version: self.version,
            places: self.places,
            ..Bom::empty(self.root)
        };
        match (self.standard, self.syntax) {
            (Standard::CycloneDx, _) => cyclonedx::read(&mut bom),
            (Standard::Spdx, Syntax::JsonLd) => spdx3::read(&mut bom),
            (Standard::Spdx, _) => spdx2::read(&mut bom),
        }
        bom.settle();
        bom
    }
}

fn text<'t>(node: Node<'t>, key: &str) -> &'t str {
    node.get(key).and_then(Node::scalar).unwrap_or_default()
}

/// Gets the schema ready against which a file in JSON will be checked, as far as a look at it tells its version. Nothing
/// has to be prepared; but it can be done while the file is read.
pub fn prepare(content: &[u8]) {
    let Some((standard, Syntax::Json | Syntax::JsonLd)) = recognise(content) else { return };
    for key in ["\"specVersion\"", "\"spdxVersion\""] {
        let Some(at) = memchr::memmem::find(content, key.as_bytes()) else { continue };
        let value = content.get(at + key.len()..).unwrap_or_default().split(|it| *it == b'"').nth(1);
        if let Some(version) = value.and_then(|it| std::str::from_utf8(it).ok()) {
            schemas::schema(standard, version.strip_prefix("SPDX-").unwrap_or(version));
        }
    }
}

/// What a file seems to be, by a look at it without reading it. Nothing if it is no bill of materials.
pub fn recognise(content: &[u8]) -> Option<(Standard, Syntax)> {
    let has = |needle: &str| memchr::memmem::find(content, needle.as_bytes()).is_some();
    if tree::is_json(content) {
        return if has("\"bomFormat\"") {
            Some((Standard::CycloneDx, Syntax::Json))
        } else if has("\"spdxVersion\"") {
            Some((Standard::Spdx, Syntax::Json))
        } else if has("\"@context\"") && has("spdx.org/rdf/3") {
            Some((Standard::Spdx, Syntax::JsonLd))
        } else {
            None
        };
    }
    if tree::is_xml(content) {
        return has("http://cyclonedx.org/schema/bom").then_some((Standard::CycloneDx, Syntax::Xml));
    }
    tag_value::recognise(content).then_some((Standard::Spdx, Syntax::TagValue))
}
