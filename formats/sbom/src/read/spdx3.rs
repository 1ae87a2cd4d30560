//! SPDX 3.0 and 3.0.1 JSON-LD. The document is a list of elements; relationships are elements too.

mod agent;
mod licence;
mod package;
mod relationship;

use crate::{Bom, Located};
use std::collections::HashMap;
use tree::{Kind, Node};

/// All elements by `spdxId` or `@id`; the first one counts.
pub(super) struct Elements<'t>(HashMap<&'t str, Node<'t>>);

impl<'t> Elements<'t> {
    fn of(root: Node<'t>) -> Self {
        let mut elements = HashMap::new();
        for node in graph(root) {
            if let Some(identifier) = identifier(node) {
                elements.entry(identifier).or_insert(node);
            }
        }
        Self(elements)
    }

    /// The element that is meant: it stands right there or is referred to.
    fn resolve(&self, node: Node<'t>) -> Option<Node<'t>> {
        match node.kind() {
            Kind::Map => Some(node),
            _ => self.0.get(node.text()?).copied(),
        }
    }

    fn get(&self, identifier: &str) -> Option<Node<'t>> {
        self.0.get(identifier).copied()
    }
}

pub(crate) fn read(bom: &mut Bom<'_>) {
    let root = bom.node;
    let elements = Elements::of(root);
    let document = graph(root).find(|it| kind(*it) == "SpdxDocument");
    bom.identity = document.and_then(|it| it.get("spdxId")).and_then(Located::of);
    read_creation(bom, &elements, document);
    let mut roots = root_elements(&elements, document);
    for node in graph(root) {
        match kind(node) {
            "Relationship" | "LifecycleScopedRelationship" => roots.extend(relationship::described(node)),
            "software_File" => bom.files += 1,
            "software_Sbom" => bom.lifecycles.extend(list(node, "software_sbomType").filter_map(Located::of)),
            kind if kind.starts_with("security_") => {
                bom.vulnerabilities += 1;
                bom.first_vulnerability.get_or_insert(node);
            }
            _ => {}
        }
    }
    let only_files = !graph(root).any(package::is_package);
    for node in graph(root) {
        let described = || identifier(node).is_some_and(|it| roots.contains(&it));
        let file = kind(node) == "software_File";
        if package::is_package(node) || (file && (only_files || described())) {
            let component = package::read(node, &elements);
            bom.add(component);
        }
    }
    bom.root = roots.iter().find_map(|it| bom.find(it));
    for node in graph(root).filter(|it| relationship::is_relationship(*it)) {
        relationship::read(bom, node, &elements);
    }
}

/// What the document, or the bill of materials that is its root, describes.
fn root_elements<'t>(elements: &Elements<'t>, document: Option<Node<'t>>) -> Vec<&'t str> {
    let mut roots = Vec::new();
    for node in document.into_iter().flat_map(|it| list(it, "rootElement")) {
        let Some(element) = elements.resolve(node) else { continue };
        if matches!(kind(element), "software_Sbom" | "Bom" | "Bundle") {
            roots.extend(list(element, "rootElement").filter_map(|it| it.text().or(identifier(it))));
        } else {
            roots.extend(identifier(element));
        }
    }
    roots
}

/// The creation information of the document, or else the first one.
fn read_creation<'t>(bom: &mut Bom<'t>, elements: &Elements<'t>, document: Option<Node<'t>>) {
    let own = document.and_then(|it| elements.resolve(it.get("creationInfo")?));
    let Some(creation) = own.or_else(|| graph(bom.node).find(|it| kind(*it) == "CreationInfo")) else {
        return;
    };
    bom.timestamp = creation.get("created").and_then(Located::of);
    for node in list(creation, "createdBy") {
        let Some(element) = elements.resolve(node) else { continue };
        match kind(element) {
            "SoftwareAgent" | "Tool" => bom.tools.extend(element.get("name").and_then(Located::of)),
            "Organization" if bom.manufacturer.is_none() => bom.manufacturer = Some(agent::party(element)),
            _ => bom.authors.push(agent::party(element)),
        }
    }
    let tools = list(creation, "createdUsing").filter_map(|it| elements.resolve(it));
    bom.tools.extend(tools.filter_map(|it| it.get("name").and_then(Located::of)));
}

/// The address of the SPDX 3 context that the document names, alone or in a list.
pub(crate) fn context(root: Node<'_>) -> Option<&str> {
    let context = root.get("@context")?;
    let mut addresses = context.text().into_iter().chain(context.items().filter_map(Node::text));
    addresses.find(|it| it.contains("spdx.org/rdf/3"))
}

/// The version: of the creation information, or else of the context.
pub(crate) fn version(root: Node<'_>) -> &str {
    let stated = graph(root).find_map(|it| it.get("specVersion")?.text());
    let address = || context(root)?.split("/rdf/").nth(1)?.split('/').next();
    stated.or_else(address).unwrap_or_default()
}

/// All elements; a document without `@graph` is one itself.
fn graph(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let graph = root.get("@graph");
    let alone = graph.is_none().then_some(root);
    graph.into_iter().flat_map(Node::items).chain(alone)
}

fn kind(node: Node<'_>) -> &str {
    node.get("type").or(node.get("@type")).and_then(Node::text).unwrap_or_default()
}

fn identifier(node: Node<'_>) -> Option<&str> {
    node.get("spdxId").or(node.get("@id"))?.text()
}

/// The values under a key: a list, or one value alone.
fn list<'t>(node: Node<'t>, key: &str) -> impl Iterator<Item = Node<'t>> + use<'t> {
    let value = node.get(key);
    let alone = value.filter(|it| it.kind() != Kind::List);
    value.into_iter().flat_map(Node::items).chain(alone)
}

/// The identifiers of an element. The official name is in the singular; some programs write the plural.
fn identifiers(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    list(node, "externalIdentifier").chain(list(node, "externalIdentifiers"))
}
