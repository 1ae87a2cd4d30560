//! Where the XML form and the JSON form of `CycloneDX` differ in more than brackets.

use super::{
    each, list, object,
    shape::{Shape, Type},
    text_of, value,
};
use crate::written::Written;
use tree::{Kind, Node};

/// Element or attribute, and the property that it is in the JSON form where that has no property of the first name.
const OTHER_NAMES: [(&str, &str); 7] = [
    ("dependency", "dependsOn"),
    ("responses", "response"),
    ("cryptoRef", "cryptoRefArray"),
    ("details", "expressionDetails"),
    ("runtimeTopologies", "runtimeTopology"),
    ("content-type", "contentType"),
    ("license-identifier", "licenseIdentifier"),
];

/// Lists whose elements stand side by side without an element around them.
const BARE: [&str; 6] =
    ["dependsOn", "provides", "contact", "cryptoRefArray", "expressionDetails", "sensitiveData"];

/// Lists with an element around them of which the items have a property of the same name as the element of an item.
const WRAPPERS: [&str; 2] = ["versions", "copyright"];

/// Properties that take the text of an element that has attributes besides.
pub(super) const TEXT_PROPERTIES: [&str; 4] = ["content", "value", "text", "classification"];

/// What is not a matter of names alone.
#[derive(Debug, Clone, Copy)]
pub(super) enum Special {
    /// A list of which each item says in its only property what it is.
    Licences,
    /// Components and services instead of tools (1.5).
    Tools,
}

pub(super) fn other_name(name: &str) -> Option<&'static str> {
    OTHER_NAMES.iter().find(|it| it.0 == name).map(|it| it.1)
}

pub(super) fn is_bare(name: &str) -> bool {
    BARE.contains(&name)
}

pub(super) fn is_wrapper(name: &str) -> bool {
    WRAPPERS.contains(&name)
}

pub(super) fn special(name: &str, shape: Shape, node: Node<'_>) -> Option<Special> {
    match name {
        "licenses" if shape.type_for(node) == Type::List && node.kind() == Kind::Map => {
            Some(Special::Licences)
        }
        "tools" if node.get("components").or(node.get("services")).is_some() => Some(Special::Tools),
        _ => None,
    }
}

/// The text of an attachment stays as it stands, all others lose the white space around them.
pub(super) fn content<'t>(name: &str, text: &'t str) -> &'t str {
    if name == "content" { text } else { text.trim() }
}

/// An item of a list by the name of its element.
pub(super) fn item<'t>(key: &str, node: Node<'t>, shape: Shape) -> Written<'t> {
    let mut written = value(node, shape);
    // The direction stands at the classification, in the JSON form beside it.
    if key == "dataflow" && written.get_mut("flow").is_none() {
        let flow = node.get("classification").and_then(|it| it.get("@flow"));
        if let Some(flow) = flow {
            written.set("flow", value(flow, Shape::UNKNOWN));
        }
    }
    written
}

/// `<license>` and `<expression>` are items with one property, and an expression with attributes has them beside it.
pub(super) fn licences(node: Node<'_>, shape: Shape) -> Written<'_> {
    let item = shape.item();
    let mut items = Vec::new();
    for (key, child) in node.entries() {
        for child in each(child) {
            let mut written = Written::map(child.place());
            match key {
                "license" => {
                    written.set("license", object(child, item.property("license").unwrap_or(Shape::UNKNOWN)));
                }
                "expression" => {
                    written.set("expression", Written::text(text_of(child).trim(), child.place()));
                    attributes(&mut written, child);
                }
                "expression-detailed" => {
                    attributes(&mut written, child);
                    for (part, node) in child.entries().filter(|it| !it.0.starts_with(['@', '#'])) {
                        let name = item.name_of(part);
                        let known = item.property(&name).unwrap_or(Shape::UNKNOWN);
                        let converted = match known.type_for(node) {
                            Type::List => list(each(node), known, &name),
                            _ => value(node, known),
                        };
                        written.set(name, converted);
                    }
                }
                key if super::is_element(key, child) => written.set(key, value(child, Shape::UNKNOWN)),
                _ => continue,
            }
            items.push(written);
        }
    }
    Written::list(items, node.place())
}

fn attributes<'t>(to: &mut Written<'t>, node: Node<'t>) {
    for (key, attribute) in node.entries() {
        if let Some(name) = key.strip_prefix('@').filter(|it| *it != "xmlns") {
            to.set(name, Written::text(attribute.text().unwrap_or_default(), attribute.place()));
        }
    }
}
