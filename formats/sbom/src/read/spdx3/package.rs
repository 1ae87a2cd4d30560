//! Packages, and files that stand for components.

use super::{Elements, agent, identifiers, kind, list};
use crate::{Component, Hash, Identifier, Located, Reference};
use tree::Node;

/// Whether the element is a package, also one of the AI and dataset profiles.
pub(super) fn is_package(node: Node<'_>) -> bool {
    matches!(kind(node), "software_Package" | "ai_AIPackage" | "dataset_DatasetPackage")
}

pub(super) fn read<'t>(node: Node<'t>, elements: &Elements<'t>) -> Component<'t> {
    let text = |key| node.get(key).and_then(Located::of);
    let party = |key| list(node, key).find_map(|it| elements.resolve(it)).map(agent::party);
    let mut component = Component {
        reference: super::identifier(node).unwrap_or_default(),
        kind: text("software_primaryPurpose").map_or("", |it| it.text),
        name: text("name").map_or("", |it| it.text),
        version: text("software_packageVersion"),
        manufacturer: party("originatedBy"),
        supplier: party("suppliedBy"),
        hashes: hashes(node),
        purl: text("software_packageUrl"),
        ..Component::empty(node)
    };
    component.external.extend(text("software_downloadLocation").map(|it| refers("distribution", it)));
    component.external.extend(text("software_homePage").map(|it| refers("website", it)));
    for reference in list(node, "externalRef") {
        component.external.extend(references(reference));
    }
    for identifier in identifiers(node) {
        read_identifier(&mut component, identifier);
    }
    for content in list(node, "software_contentIdentifier").filter_map(|it| elements.resolve(it)) {
        let text = |key| content.get(key).and_then(Node::text).unwrap_or_default();
        let kind = text("software_contentIdentifierType");
        let value = text("software_contentIdentifierValue");
        component.identifiers.push(Identifier { kind, value, node: content });
    }
    component
}

fn refers<'t>(kind: &'t str, located: Located<'t>) -> Reference<'t> {
    Reference { kind, url: located.text, hashes: Vec::new(), node: located.node }
}

/// One external reference, with as many locators as it has.
fn references(node: Node<'_>) -> impl Iterator<Item = Reference<'_>> {
    let written = node.get("externalRefType").and_then(Node::text).unwrap_or_default();
    list(node, "locator").filter_map(Located::of).map(move |located| {
        let kind = match written {
            _ if located.text.ends_with("security.txt") => "rfc-9116",
            kind if kind.eq_ignore_ascii_case("sourceArtifact") => "source-distribution",
            "altWebPage" => "website",
            kind => kind,
        };
        refers(kind, located)
    })
}

fn read_identifier<'t>(component: &mut Component<'t>, node: Node<'t>) {
    let Some(located) = node.get("identifier").and_then(Located::of) else { return };
    let kind = node.get("externalIdentifierType").and_then(Node::text).unwrap_or_default();
    let slot = match kind {
        "packageUrl" => &mut component.purl,
        "cpe22" | "cpe23" => &mut component.cpe,
        "swid" => &mut component.swid,
        _ => &mut None,
    };
    if matches!(kind, "packageUrl" | "cpe22" | "cpe23" | "swid") && slot.is_none() {
        *slot = Some(located);
    } else {
        component.identifiers.push(Identifier { kind, value: located.text, node });
    }
}

/// The hashes of an element (`verifiedUsing`).
pub(super) fn hashes(node: Node<'_>) -> Vec<Hash<'_>> {
    list(node, "verifiedUsing").filter_map(hash).collect()
}

fn hash(node: Node<'_>) -> Option<Hash<'_>> {
    let value = node.get("hashValue").and_then(Node::text).unwrap_or_default();
    Some(Hash { algorithm: node.get("algorithm")?.text()?, value, node })
}
