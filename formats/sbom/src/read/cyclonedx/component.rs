//! One component.

use super::party;
use crate::{
    Acknowledgement, Component, Hash, Identifier, Licence, LicenceForm, Located, Party, Property, Reference,
    Stated,
};
use tree::{Kind, Node};

/// A component, and the list of its parts where it has one. Its fields are walked once, since there are many of them.
pub(super) fn read(node: Node<'_>) -> (Component<'_>, Option<Node<'_>>) {
    let mut component = Component::empty(node);
    let mut parts = None;
    for (key, value) in node.entries() {
        match key {
            "components" => parts = Some(value),
            "type" | "bom-ref" | "name" | "group" | "version" | "scope" | "publisher" | "purl" | "cpe" => {
                read_text(&mut component, key, value);
            }
            "author" | "authors" | "manufacturer" | "supplier" => read_party(&mut component, key, value),
            "licenses" => component.licences = value.items().filter_map(licence).collect(),
            "hashes" => component.hashes = hashes(value),
            "externalReferences" => component.external = value.items().filter_map(reference).collect(),
            "properties" => read_properties(&mut component, value),
            "swid" => component.swid = value.get("tagId").and_then(Located::of),
            "omniborId" | "swhid" => component.identifiers.extend(identifiers(key, value)),
            "cryptoProperties" => component.crypto = Some(value),
            "modelCard" => component.model_card = Some(value),
            _ => {}
        }
    }
    (component, parts)
}

fn read_text<'t>(component: &mut Component<'t>, key: &str, value: Node<'t>) {
    let Some(located) = Located::of(value) else { return };
    match key {
        "type" => component.kind = located.text,
        "bom-ref" => component.reference = located.text,
        "name" => component.name = located.text,
        "group" => component.group = Some(located.text),
        "version" => component.version = Some(located),
        "scope" => component.scope = Some(located.text),
        "publisher" => component.publisher = Some(located),
        "purl" => component.purl = Some(located),
        _ => component.cpe = Some(located),
    }
}

fn read_party<'t>(component: &mut Component<'t>, key: &str, value: Node<'t>) {
    match key {
        "manufacturer" => component.manufacturer = party::organisation(value),
        "supplier" => component.supplier = party::organisation(value),
        "authors" => component.authors.extend(value.items().map(party::contact)),
        _ => component.authors.extend(value.scalar().map(|name| Party {
            name: Some(name),
            urls: Vec::new(),
            emails: Vec::new(),
            node: value,
        })),
    }
}

/// `{license: {id | name}}` or `{expression}`, each with an `acknowledgement` since 1.6.
fn licence(node: Node<'_>) -> Option<Licence<'_>> {
    let (holder, text, form) = if let Some(expression) = node.get("expression") {
        (node, expression.scalar(), LicenceForm::Expression)
    } else {
        let licence = node.get("license").filter(|it| it.kind() == Kind::Map)?;
        match licence.get("id") {
            Some(id) => (licence, id.scalar(), LicenceForm::Id),
            None => (licence, licence.get("name").and_then(Node::scalar), LicenceForm::Name),
        }
    };
    let acknowledgement = match holder.get("acknowledgement").and_then(Node::text) {
        Some("declared") => Acknowledgement::Declared,
        Some("concluded") => Acknowledgement::Concluded,
        _ => Acknowledgement::Unstated,
    };
    Some(Licence { text: text.unwrap_or_default(), form, acknowledgement, node: holder })
}

fn hashes(list: Node<'_>) -> Vec<Hash<'_>> {
    list.items().filter_map(hash).collect()
}

fn hash(node: Node<'_>) -> Option<Hash<'_>> {
    let value = node.get("content").and_then(Node::scalar).unwrap_or_default();
    Some(Hash { algorithm: node.get("alg")?.scalar()?, value, node })
}

/// An external reference, of a component or of the document.
pub(super) fn reference(node: Node<'_>) -> Option<Reference<'_>> {
    Some(Reference {
        kind: node.get("type").and_then(Node::scalar).unwrap_or_default(),
        url: node.get("url")?.scalar()?,
        hashes: node.get("hashes").map(hashes).unwrap_or_default(),
        node,
    })
}

fn identifiers<'t>(kind: &'t str, list: Node<'t>) -> impl Iterator<Item = Identifier<'t>> {
    list.items().filter_map(move |node| Some(Identifier { kind, value: node.scalar()?, node }))
}

fn read_properties<'t>(component: &mut Component<'t>, list: Node<'t>) {
    component.properties.reserve_exact(list.len());
    for node in list.items() {
        let Some(name) = node.get("name").and_then(Node::scalar) else { continue };
        let value = node.get("value");
        let written = value.and_then(Node::scalar).unwrap_or_default();
        component.properties.push(Property { name, value: written, node });
        let Some(meaning) = name.strip_prefix("bsi:component:") else { continue };
        let node = value.unwrap_or(node);
        let located = Located { text: written, node };
        match meaning {
            "filename" => component.filename = Some(located),
            "executable" => component.executable = Some(stated(located, "executable", "non-executable")),
            "archive" => component.archive = Some(stated(located, "archive", "no archive")),
            "structured" => component.structured = Some(stated(located, "structured", "unstructured")),
            // The text of BSI TR-03183-2 and the taxonomy of the BSI spell it differently.
            "effectiveLicence" | "effectiveLicense" => component.effective_licence = Some(located),
            _ => {}
        }
    }
}

fn stated<'t>(located: Located<'t>, yes: &str, no: &str) -> Stated<'t> {
    let Located { text, node } = located;
    let value = match text.trim() {
        "true" => Some(true),
        "false" => Some(false),
        word if word == yes => Some(true),
        word if word == no => Some(false),
        _ => None,
    };
    Stated { text, value, node }
}
