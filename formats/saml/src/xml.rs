//! Reading XML strictly and writing it: one parser for checking and for consuming, so that both see the same tree.

use crate::Fault;
use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::NodeSet;
use std::collections::BTreeSet;
use uppsala::{Document, NodeId, NodeKind, Parser};

/// No honest message is larger, in bytes.
pub(crate) const LIMIT: usize = 512 * 1024;

/// No honest message has more tags.
const MOST_TAGS: usize = 10_000;
/// Nor more equals signs between two tags.
const MOST_ATTRIBUTES: usize = 100;

/// Parses without document types, entities, comments and processing instructions; ids must be unique.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, Fault> {
    if text.len() > LIMIT {
        return Err(Fault::TooLarge(LIMIT));
    }
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(Fault::Doctype);
    }
    check_size(text)?;
    let parser = Parser::new().with_forbid_dtd(true).with_forbid_entities(true).with_max_depth(48);
    let document = parser.parse(text).map_err(|it| Fault::Xml(it.to_string()))?;
    let mut ids = BTreeSet::new();
    for node in document.descendants(document.root()) {
        match document.node_kind(node) {
            Some(NodeKind::Comment(_) | NodeKind::ProcessingInstruction(_)) => return Err(Fault::Comment),
            Some(NodeKind::Element(element)) => {
                for attribute in &element.attributes {
                    let named = matches!(&*attribute.name.local_name, "ID" | "Id" | "id" | "AssertionID");
                    if named && !ids.insert(attribute.value.to_string()) {
                        return Err(Fault::IdTwice);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(document)
}

/// Refuses what only keeps a core busy, before it is parsed: a parser compares each attribute of an element with each
/// other, and each prefix with all that are in scope. Where one tag ends does not matter for that, so nothing is parsed here.
fn check_size(text: &str) -> Result<(), Fault> {
    let too_many = |what: &str, most: usize| Fault::Xml(format!("more than {most} {what}"));
    let (mut tags, mut attributes) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'<' => (tags, attributes) = (tags + 1, 0),
            b'=' => attributes += 1,
            _ => {}
        }
        if tags > MOST_TAGS {
            return Err(too_many("tags", MOST_TAGS));
        }
        if attributes > MOST_ATTRIBUTES {
            return Err(too_many("attributes", MOST_ATTRIBUTES));
        }
    }
    Ok(())
}

/// Whether a node is this element.
pub(crate) fn is(document: &Document<'_>, node: NodeId, space: &str, name: &str) -> bool {
    document.element(node).is_some_and(|it| it.matches_name_ns(space, name))
}

/// The outermost element, if it is this one.
pub(crate) fn root(document: &Document<'_>, space: &str, name: &'static str) -> Result<NodeId, Fault> {
    document.document_element().filter(|node| is(document, *node, space, name)).ok_or(Fault::Missing(name))
}

/// The elements right inside a node.
pub(crate) fn elements(document: &Document<'_>, node: NodeId) -> Vec<NodeId> {
    document.children_iter(node).filter(|it| document.element(*it).is_some()).collect()
}

/// The elements of this name right inside a node.
pub(crate) fn children(document: &Document<'_>, node: NodeId, space: &str, name: &str) -> Vec<NodeId> {
    elements(document, node).into_iter().filter(|it| is(document, *it, space, name)).collect()
}

/// The element of this name right inside a node, which may be there once.
pub(crate) fn child(
    document: &Document<'_>,
    node: NodeId,
    space: &str,
    name: &'static str,
) -> Result<Option<NodeId>, Fault> {
    let found = children(document, node, space, name);
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(Fault::Twice(name)),
    }
}

/// The element of this name right inside a node, which must be there once.
pub(crate) fn needed(
    document: &Document<'_>,
    node: NodeId,
    space: &str,
    name: &'static str,
) -> Result<NodeId, Fault> {
    child(document, node, space, name)?.ok_or(Fault::Missing(name))
}

/// An attribute without a namespace.
pub(crate) fn attribute<'d>(document: &'d Document<'_>, node: NodeId, name: &str) -> Option<&'d str> {
    let element = document.element(node)?;
    let found =
        element.attributes.iter().find(|it| it.name.namespace_uri.is_none() && it.name.local_name == name);
    found.map(|it| &*it.value)
}

/// An attribute without a namespace that must be there.
pub(crate) fn needed_attribute(
    document: &Document<'_>,
    node: NodeId,
    name: &'static str,
) -> Result<String, Fault> {
    attribute(document, node, name).map(ToOwned::to_owned).ok_or(Fault::Missing(name))
}

/// The whole text of an element that has nothing but text.
pub(crate) fn text(document: &Document<'_>, node: NodeId, name: &'static str) -> Result<String, Fault> {
    let mut whole = String::new();
    for child in document.children_iter(node) {
        match document.node_kind(child) {
            Some(NodeKind::Text(text) | NodeKind::CData(text)) => whole.push_str(text),
            _ => return Err(Fault::Misplaced(name)),
        }
    }
    Ok(whole)
}

/// A time in UTC, microseconds since the epoch.
pub(crate) fn instant(text: &str, name: &'static str) -> Result<i64, Fault> {
    let time: jiff::Timestamp = text.trim().parse().map_err(|_| Fault::Unreadable(name))?;
    Ok(time.as_microsecond())
}

/// A time as SAML writes it.
pub(crate) fn written(micros: i64) -> String {
    let time = jiff::Timestamp::from_microsecond(micros).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The exclusive canonical form of an element, without one subtree inside it.
pub(crate) fn canonical(
    document: &Document<'_>,
    node: NodeId,
    without: Option<NodeId>,
    prefixes: &[String],
) -> Result<Vec<u8>, Fault> {
    let mut visible = NodeSet::tree_without_comments(node, document);
    if let Some(without) = without {
        visible.remove_id(without);
        for inner in document.descendants(without) {
            visible.remove_id(inner);
        }
    }
    canonicalize_doc(document, C14nMode::Exclusive, Some(&visible), prefixes)
        .map_err(|it| Fault::Xml(it.to_string()))
}

/// An element to be written.
pub(crate) struct Element {
    name: &'static str,
    attributes: String,
    content: String,
}

impl Element {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: String::new(), content: String::new() }
    }

    pub(crate) fn attribute(mut self, name: &str, value: &str) -> Self {
        self.attributes.push_str(&format!(" {name}=\"{}\"", escape(value)));
        self
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.content.push_str(&escape(text));
        self
    }

    #[expect(clippy::needless_pass_by_value, reason = "built in the call, as in `children`")]
    pub(crate) fn child(mut self, child: Self) -> Self {
        self.content.push_str(&child.write());
        self
    }

    pub(crate) fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Content that is XML already.
    pub(crate) fn raw(mut self, xml: &str) -> Self {
        self.content.push_str(xml);
        self
    }

    pub(crate) fn write(&self) -> String {
        format!("<{0}{1}>{2}</{0}>", self.name, self.attributes, self.content)
    }
}

/// Text that can stand in an element and in an attribute; what XML 1.0 cannot carry is left out.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push_str(&format!("&#{};", u32::from(letter))),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => safe.push(letter),
        }
    }
    safe
}
