//! `CycloneDX` XML 1.2 to 1.7, put into the JSON form of the same version.
//!
//! The JSON schema of the version leads the way: it says whether an element is a list, an object, a number or a text. A
//! short table (`names`) holds what the two forms call differently. What the schema does not know is put over as it
//! stands, so that the schema check refuses it at its place. Elements of other namespaces are left out: the XML schema
//! allows them anywhere, the JSON form has no room for them.

mod names;
mod shape;

use crate::{
    Fault, Reason, Standard, schemas,
    written::{Content, Converted, Written},
};
use names::Special;
use shape::{Shape, Type};
use tree::{Kind, Limits, Node, Place, Tree};

const NAMESPACE: &str = "http://cyclonedx.org/schema/bom/";
/// By this version's schema all others are converted (1.0 and 1.1, which have no JSON form, and what is to come).
const FALLBACK: &str = "1.7";

pub(crate) fn convert(content: &[u8], limits: &Limits) -> Result<Converted, Fault> {
    let tree = Tree::xml(content, limits)?;
    let root = tree.root();
    let namespace = root.get("@xmlns").and_then(Node::text).unwrap_or_default();
    let version = namespace.strip_prefix(NAMESPACE).map(|it| it.trim_end_matches('/'));
    let (Some(version), Some("bom")) = (version, root.get("$name").and_then(Node::text)) else {
        return Err(Fault { place: root.place(), reason: Reason::NotABom });
    };
    let schema = schemas::value(Standard::CycloneDx, version);
    let schema = schema.or_else(|| schemas::value(Standard::CycloneDx, FALLBACK));
    let mut bom = Written::map(root.place());
    bom.set("bomFormat", Written::text("CycloneDX", root.place()));
    bom.set("specVersion", Written::text(version, root.place()));
    let written = object(root, schema.map_or(Shape::UNKNOWN, Shape::of));
    if let Content::Map(fields) = written.content {
        for (name, value) in fields {
            bom.set(name, value);
        }
    }
    // The XML schema gives it a default, which the JSON form of 1.2 to 1.4 requires to be written.
    if bom.get_mut("version").is_none() {
        bom.set("version", bare("1", root.place()));
    }
    Ok(bom.convert())
}

fn bare(text: &str, place: Place) -> Written<'_> {
    Written { content: Content::Bare(text.into()), place }
}

/// An element of which the shape is known.
fn value(node: Node<'_>, shape: Shape) -> Written<'_> {
    match shape.type_for(node) {
        Type::List => list([node].into_iter(), shape, ""),
        Type::Object => object(node, shape),
        Type::Truth | Type::Number | Type::Text if has_elements(node) => object(node, Shape::UNKNOWN),
        kind @ (Type::Truth | Type::Number | Type::Text) => scalar(node, kind),
        Type::Unknown if is_plain(node) => scalar(node, Type::Text),
        Type::Unknown => object(node, Shape::UNKNOWN),
    }
}

fn has_elements(node: Node<'_>) -> bool {
    node.entries().any(|(key, _)| !key.starts_with(['@', '#', '$']))
}

/// Whether an element, or an attribute, has nothing but text.
fn is_plain(node: Node<'_>) -> bool {
    node.kind() == Kind::Text || node.entries().all(|(key, _)| matches!(key, "#text" | "@xmlns"))
}

/// The text of an element or attribute; an element that only refers has it in `ref`.
fn text_of(node: Node<'_>) -> &str {
    node.text().or_else(|| node.get("#text")?.text()).or_else(|| node.get("@ref")?.text()).unwrap_or_default()
}

/// A text, or a number or truth where it is one; else it stays a text, which the schema refuses.
fn scalar(node: Node<'_>, kind: Type) -> Written<'_> {
    let place = node.get("#text").unwrap_or(node).place();
    let text = text_of(node).trim();
    match (kind, text) {
        (Type::Truth, "true" | "1") => bare("true", place),
        (Type::Truth, "false" | "0") => bare("false", place),
        (Type::Number, number) if serde_json::from_str::<serde_json::Number>(number).is_ok() => {
            bare(number, place)
        }
        _ => Written::text(text, place),
    }
}

/// The elements of a list: those within the given ones, or the given ones themselves where they need no wrapper.
fn list<'t>(nodes: impl Iterator<Item = Node<'t>>, shape: Shape, name: &str) -> Written<'t> {
    let item = shape.item();
    let mut items = Vec::new();
    let mut place = None;
    for node in nodes {
        place.get_or_insert(node.place());
        if names::is_bare(name) || is_item(node, item, name) {
            items.push(value(node, item));
            continue;
        }
        for (key, child) in node.entries().filter(|(key, it)| is_element(key, *it)) {
            each(child).for_each(|it| items.push(names::item(key, it, item)));
        }
    }
    Written::list(items, place.unwrap_or(Place { line: 1, column: 1 }))
}

/// Whether an element is itself what the list consists of: it has what an item has, or only a text.
fn is_item(node: Node<'_>, item: Shape, name: &str) -> bool {
    // The data of a service stand in a wrapper, the data of a component in none; only the former have a direction.
    if names::is_wrapper(name) || item.property("flow").is_some() {
        return false;
    }
    if item.type_for(node) == Type::Object {
        return node.entries().any(|(key, _)| item.property(key.trim_start_matches('@')).is_some());
    }
    !has_elements(node) && node.entries().any(|(key, _)| matches!(key, "#text" | "@ref"))
}

/// Elements of the own namespaces: no attributes, no text, nothing foreign.
fn is_element(key: &str, node: Node<'_>) -> bool {
    let foreign =
        |it: Node<'_>| it.get("@xmlns").and_then(Node::text).is_some_and(|it| !it.starts_with(NAMESPACE));
    !key.starts_with(['@', '#', '$']) && !each(node).all(foreign)
}

/// Elements of one name stand in a list.
fn each(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let alone = (node.kind() != Kind::List).then_some(node);
    node.items().chain(alone)
}

fn object(node: Node<'_>, shape: Shape) -> Written<'_> {
    let mut written = Written::map(node.place());
    for (key, child) in node.entries() {
        match key {
            "@xmlns" | "$name" | "@schemaLocation" => {}
            "#text" => {
                if let Some(name) = shape.text_property().filter(|_| !text_of(child).trim().is_empty()) {
                    written.set(name, Written::text(names::content(name, text_of(child)), child.place()));
                }
            }
            key if key.starts_with('@') => {
                let name = shape.name_of(key.trim_start_matches('@'));
                let known = shape.property(&name).unwrap_or(Shape::UNKNOWN);
                written.set(name, value(child, known));
            }
            key if is_element(key, child) => property(&mut written, key, child, shape),
            _ => {}
        }
    }
    written
}

fn property<'t>(to: &mut Written<'t>, key: &'t str, child: Node<'t>, shape: Shape) {
    let name = shape.name_of(key);
    let known = shape.property(&name).unwrap_or(Shape::UNKNOWN);
    if let Some(special) = names::special(&name, known, child) {
        to.set(name, special_value(special, child, known));
    } else if known.type_for(child) == Type::List {
        let items = list(each(child), known, &name);
        to.set(name, items);
    } else if child.kind() == Kind::List {
        // More of them than the JSON form has room for: a list, which the schema refuses.
        let items = each(child).map(|it| value(it, known)).collect();
        to.set(name, Written::list(items, child.place()));
    } else {
        to.set(name, value(child, known));
    }
}

fn special_value(special: Special, child: Node<'_>, shape: Shape) -> Written<'_> {
    match special {
        Special::Licences => names::licences(child, shape),
        Special::Tools => object(child, shape.object()),
    }
}

#[cfg(test)]
mod tests;
