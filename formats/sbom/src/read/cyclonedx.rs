//! `CycloneDX` JSON 1.2 to 1.7.

mod component;
mod party;

use crate::{Bom, Composition, Located, Relation, model::Component};
use std::collections::HashSet;
use tree::{Kind, Node};

pub(crate) fn read(bom: &mut Bom<'_>) {
    let root = bom.node;
    bom.identity = root.get("serialNumber").and_then(Located::of);
    if let Some(metadata) = root.get("metadata") {
        read_metadata(bom, metadata);
    }
    if let Some(components) = root.get("components") {
        bom.expect(components.len(), root.get("dependencies").map_or(0, Node::len));
        add_components(bom, components, None);
    }
    bom.external = list(root, "externalReferences").filter_map(component::reference).collect();
    bom.services = list(root, "services").count();
    let vulnerabilities = root.get("vulnerabilities");
    bom.vulnerabilities = vulnerabilities.map_or(0, Node::len);
    bom.first_vulnerability = vulnerabilities.and_then(|it| it.at(0));
    let others = other_references(root);
    for dependency in list(root, "dependencies") {
        read_dependency(bom, dependency, &others);
    }
    bom.compositions = list(root, "compositions").map(|it| composition(bom, it, &others)).collect();
}

fn read_metadata<'t>(bom: &mut Bom<'t>, metadata: Node<'t>) {
    bom.timestamp = metadata.get("timestamp").and_then(Located::of);
    bom.authors = list(metadata, "authors").map(party::contact).collect();
    let maker = metadata.get("manufacturer").or(metadata.get("manufacture"));
    bom.manufacturer = maker.and_then(party::organisation);
    bom.supplier = metadata.get("supplier").and_then(party::organisation);
    bom.tools = tools(metadata);
    bom.lifecycles = list(metadata, "lifecycles")
        .filter_map(|it| it.get("phase").or(it.get("name")).and_then(Located::of))
        .collect();
    if let Some(described) = metadata.get("component").filter(|it| it.kind() == Kind::Map) {
        bom.root = Some(bom.components.len());
        if let Some((parts, index)) = add_component(bom, described, None) {
            add_components(bom, parts, index);
        }
    }
}

/// A list of tools, or since 1.5 components and services.
fn tools(metadata: Node<'_>) -> Vec<Located<'_>> {
    let Some(tools) = metadata.get("tools") else { return Vec::new() };
    let newer = list(tools, "components").chain(list(tools, "services"));
    tools.items().chain(newer).filter_map(|it| it.get("name").and_then(Located::of)).collect()
}

/// Adds a component; gives the list of its parts, where it has one, and its index.
fn add_component<'t>(
    bom: &mut Bom<'t>,
    node: Node<'t>,
    part_of: Option<usize>,
) -> Option<(Node<'t>, Option<usize>)> {
    let (component, parts) = component::read(node);
    let index = bom.add(Component { part_of, ..component });
    parts.map(|it| (it, Some(index)))
}

/// Adds the components of a list and their parts, parents first, without recursion.
fn add_components<'t>(bom: &mut Bom<'t>, components: Node<'t>, part_of: Option<usize>) {
    let mut waiting = vec![(components.items(), part_of)];
    while let Some((list, part_of)) = waiting.last_mut() {
        let part_of = *part_of;
        let Some(node) = list.next() else {
            waiting.pop();
            continue;
        };
        if let Some((parts, index)) = add_component(bom, node, part_of) {
            waiting.push((parts.items(), index));
        }
    }
}

/// What can be referred to and is no component: services, and the tools that made the document.
fn other_references(root: Node<'_>) -> HashSet<&str> {
    let mut others = HashSet::new();
    let tools = root.get("metadata").and_then(|it| it.get("tools"));
    let tools = tools.into_iter().flat_map(|it| list(it, "components").chain(list(it, "services")));
    let mut waiting: Vec<Node<'_>> = list(root, "services").chain(tools).collect();
    while let Some(node) = waiting.pop() {
        others.extend(node.get("bom-ref").and_then(Node::text));
        waiting.extend(list(node, "services").chain(list(node, "components")));
    }
    others
}

fn read_dependency<'t>(bom: &mut Bom<'t>, node: Node<'t>, others: &HashSet<&str>) {
    let Some(reference) = node.get("ref").and_then(Located::of) else { return };
    let Some(from) = bom.find(reference.text) else {
        if !others.contains(reference.text) {
            bom.orphans.push(reference);
        }
        return;
    };
    for (key, relation) in [("dependsOn", Relation::DependsOn), ("provides", Relation::Provides)] {
        // A component that is listed without any need says that it has none.
        if relation == Relation::Provides && node.get(key).is_none() {
            continue;
        }
        let (found, dangling) = resolve(bom, list(node, key), others);
        if let Some(statement) = bom.statement(from, relation, node) {
            statement.to.extend(found);
            statement.dangling.extend(dangling);
        }
    }
}

/// The components that are meant, and the names that nothing bears. A BOM-Link means something outside.
fn resolve<'t>(
    bom: &Bom<'t>,
    references: impl Iterator<Item = Node<'t>>,
    others: &HashSet<&str>,
) -> (Vec<usize>, Vec<&'t str>) {
    let (mut found, mut dangling) = (Vec::new(), Vec::new());
    for reference in references.filter_map(Node::scalar) {
        match bom.find(reference) {
            Some(component) => found.push(component),
            None if others.contains(reference) || reference.starts_with("urn:cdx:") => {}
            None => dangling.push(reference),
        }
    }
    (found, dangling)
}

fn composition<'t>(bom: &Bom<'t>, node: Node<'t>, others: &HashSet<&str>) -> Composition<'t> {
    let (assemblies, mut dangling) = resolve(bom, list(node, "assemblies"), others);
    let (dependencies, more) = resolve(bom, list(node, "dependencies"), others);
    dangling.extend(more);
    let names = ["assemblies", "dependencies", "vulnerabilities"];
    Composition {
        aggregate: node.get("aggregate").and_then(Node::scalar).unwrap_or_default(),
        assemblies,
        dependencies,
        whole: names.iter().all(|it| node.get(it).is_none_or(Node::is_empty)),
        dangling,
        node,
    }
}

/// The values of a list under a key; none where there is no list.
fn list<'t>(node: Node<'t>, key: &str) -> impl Iterator<Item = Node<'t>> + use<'t> {
    node.get(key).into_iter().flat_map(Node::items)
}
