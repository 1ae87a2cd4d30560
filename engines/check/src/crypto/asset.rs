//! Cryptographic assets of a `CycloneDX` document. XML is read by way of JSON before.

use std::collections::HashMap;
use tree::Node;

/// What a component says of an algorithm; everything may be missing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Algorithm<'a> {
    pub(crate) name: &'a str,
    pub(crate) identifier: Option<&'a str>,
    pub(crate) primitive: Option<&'a str>,
    pub(crate) parameter: Option<&'a str>,
    pub(crate) curve: Option<&'a str>,
    pub(crate) mode: Option<&'a str>,
    pub(crate) padding: Option<&'a str>,
    pub(crate) functions: Vec<&'a str>,
    /// What it is used for, in the words of the crypto policy: the property `fachwerk:use`.
    pub(crate) usage: Option<&'a str>,
}

impl<'a> Algorithm<'a> {
    /// What a component of the asset type `algorithm` says.
    pub(crate) fn of(component: Node<'a>) -> Self {
        let crypto = component.get("cryptoProperties");
        let own = crypto.and_then(|it| it.get("algorithmProperties"));
        let said = |key: &str| own.and_then(|it| text(it, key)).filter(|it| !is_blank(it));
        Self {
            name: text(component, "name").unwrap_or_default(),
            identifier: crypto.and_then(|it| text(it, "oid")),
            primitive: said("primitive"),
            parameter: said("parameterSetIdentifier"),
            // Version 1.7 calls the curve `ellipticCurve`.
            curve: said("curve").or_else(|| said("ellipticCurve")),
            mode: said("mode"),
            padding: said("padding"),
            functions: own
                .into_iter()
                .flat_map(|it| many(it, "cryptoFunctions"))
                .filter_map(written)
                .collect(),
            usage: property(component, "fachwerk:use"),
        }
    }

    /// An algorithm of which only a name is known.
    pub(crate) fn named(name: &'a str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Whether one of these functions is among what it is used for.
    pub(crate) fn does(&self, functions: &[&str]) -> bool {
        self.functions.iter().any(|it| functions.contains(it))
    }
}

/// Words with which `CycloneDX` says that a value is not known.
fn is_blank(value: &str) -> bool {
    matches!(value, "unknown" | "other" | "")
}

/// The value of a key as it is written, without spaces around it; nothing where it is empty.
pub(crate) fn text<'a>(node: Node<'a>, key: &str) -> Option<&'a str> {
    node.get(key).and_then(written)
}

/// A value as it is written, without spaces around it; nothing where it is empty.
pub(crate) fn written(node: Node<'_>) -> Option<&str> {
    node.scalar().map(str::trim).filter(|it| !it.is_empty())
}

/// The members of a list.
pub(crate) fn many<'a>(node: Node<'a>, key: &str) -> impl Iterator<Item = Node<'a>> + use<'a> {
    node.get(key).into_iter().flat_map(Node::items)
}

/// All components of a document, also the described and the nested ones, in its order.
pub(crate) fn components(root: Node<'_>) -> Vec<Node<'_>> {
    let mut open: Vec<Node<'_>> = many(root, "components").collect();
    open.reverse();
    open.extend(root.get("metadata").and_then(|it| it.get("component")));
    let mut all = Vec::new();
    while let Some(component) = open.pop() {
        all.push(component);
        let nested = open.len();
        open.extend(many(component, "components"));
        open.get_mut(nested..).unwrap_or_default().reverse();
    }
    all
}

/// The value of a property of a component.
pub(crate) fn property<'a>(component: Node<'a>, name: &str) -> Option<&'a str> {
    let found = many(component, "properties").find(|it| text(*it, "name") == Some(name))?;
    text(found, "value")
}

/// All components of a document, also the nested ones, and which reference means which.
pub(crate) struct Assets<'a> {
    /// Those that are cryptographic, in the order of the document.
    pub(crate) cryptographic: Vec<Node<'a>>,
    by_reference: HashMap<&'a str, Node<'a>>,
}

impl<'a> Assets<'a> {
    /// Looks through a document.
    pub(crate) fn of(root: Node<'a>) -> Self {
        let mut all = Self { cryptographic: Vec::new(), by_reference: HashMap::new() };
        for component in components(root) {
            if let Some(reference) = text(component, "bom-ref") {
                all.by_reference.entry(reference).or_insert(component);
            }
            if component.get("cryptoProperties").is_some()
                || text(component, "type") == Some("cryptographic-asset")
            {
                all.cryptographic.push(component);
            }
        }
        all
    }

    /// The component that a reference means.
    pub(crate) fn find(&self, reference: &str) -> Option<Node<'a>> {
        self.by_reference.get(reference).copied()
    }
}
