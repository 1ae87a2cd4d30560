//! Relationships between elements.

use super::{Elements, identifier, kind, licence, list, package};
use crate::{
    Acknowledgement, Bom, Completeness, Component, LicenceForm, Located, Reference, Relation, Stated,
};
use tree::Node;

pub(super) fn is_relationship(node: Node<'_>) -> bool {
    matches!(kind(node), "Relationship" | "LifecycleScopedRelationship")
}

/// What a relationship says that the document describes.
pub(super) fn described(node: Node<'_>) -> impl Iterator<Item = &str> {
    let describes = relation_type(node) == "describes";
    list(node, "to").filter(move |_| describes).filter_map(name)
}

fn relation_type(node: Node<'_>) -> &str {
    node.get("relationshipType").and_then(Node::text).unwrap_or_default()
}

/// The identifier that stands there, or that of the element that does.
fn name(node: Node<'_>) -> Option<&str> {
    node.text().or_else(|| identifier(node))
}

pub(super) fn read<'t>(bom: &mut Bom<'t>, node: Node<'t>, elements: &Elements<'t>) {
    let Some(from) = node.get("from").and_then(name) else { return };
    let relation = match relation_type(node) {
        "dependsOn"
        | "hasPrerequisite"
        | "hasDynamicLink"
        | "hasStaticLink"
        | "hasOptionalDependency"
        | "hasProvidedDependency" => Relation::DependsOn,
        "contains" => Relation::Contains,
        "generates" => return read_source(bom, node, elements),
        other => return read_trait(bom, node, from, other, elements),
    };
    let Some(component) = bom.find(from) else {
        if elements.get(from).is_none() {
            bom.orphans.push(Located { text: from, node });
        }
        return;
    };
    let targets: Vec<Result<usize, &str>> =
        list(node, "to").filter_map(name).map(|it| bom.find(it).ok_or(it)).collect();
    let stated = match node.get("completeness").and_then(Node::text) {
        Some("complete") => Some(Completeness::Complete),
        Some("incomplete") => Some(Completeness::Incomplete),
        Some("noAssertion") => Some(Completeness::Unknown),
        _ => None,
    };
    let Some(statement) = bom.statement(component, relation, node) else { return };
    for target in targets {
        match target {
            Ok(target) => statement.to.push(target),
            Err(to) if to.ends_with("NoneElement") || elements.get(to).is_some() => {}
            Err(to) if to.ends_with("NoAssertionElement") => statement.is_stated(Completeness::Unknown),
            Err(to) => statement.dangling.push(to),
        }
    }
    if let Some(stated) = stated {
        statement.is_stated(stated);
    }
}

/// What is delivered, and the licences.
fn read_trait<'t>(bom: &mut Bom<'t>, node: Node<'t>, from: &str, kind: &str, elements: &Elements<'t>) {
    let Some(component) = bom.find(from).and_then(|it| bom.components.get_mut(it)) else { return };
    let acknowledgement = match kind {
        "hasConcludedLicense" => Acknowledgement::Concluded,
        "hasDeclaredLicense" => Acknowledgement::Declared,
        "hasDistributionArtifact" => {
            list(node, "to").filter_map(|it| elements.resolve(it)).for_each(|file| deliver(component, file));
            return;
        }
        "other" if says(node, "hasEffectiveLicense") || says(node, "hasEffectiveLicence") => {
            let licence =
                list(node, "to").find_map(|it| licence::read(it, elements, Acknowledgement::Unstated));
            component.effective_licence =
                licence.map(|it| Located { text: it.text, node: it.node }).or(component.effective_licence);
            return;
        }
        _ => return,
    };
    let licences = list(node, "to").filter_map(|it| licence::read(it, elements, acknowledgement));
    component.licences.extend(licences.filter(|it| it.form != LicenceForm::Name || !it.text.is_empty()));
}

fn says(node: Node<'_>, comment: &str) -> bool {
    node.get("comment").and_then(Node::text).is_some_and(|it| it.trim() == comment)
}

/// A file that is delivered: its name, its hashes and what kind of file it is. The first one counts as the file.
fn deliver<'t>(component: &mut Component<'t>, file: Node<'t>) {
    let hashes = package::hashes(file);
    let open = component.external.iter_mut().find(|it| it.kind == "distribution" && it.hashes.is_empty());
    match open {
        Some(reference) if component.filename.is_none() => reference.hashes = hashes,
        _ => component.external.push(Reference { kind: "distribution", url: "", hashes, node: file }),
    }
    if component.filename.is_some() {
        return;
    }
    component.filename = file.get("name").and_then(Located::of);
    let Some(purposes) = file.get("software_additionalPurpose") else { return };
    let has = |word: &str| list(file, "software_additionalPurpose").find(|it| it.text() == Some(word));
    let is = |word: &'static str| match has(word) {
        Some(node) => Stated { text: word, value: Some(true), node },
        None => Stated { text: "", value: Some(false), node: purposes },
    };
    component.executable = Some(is("executable"));
    component.archive = Some(is("archive"));
    component.structured = has("container")
        .map(|node| Stated { text: "container", value: Some(true), node })
        .or_else(|| has("firmware").map(|node| Stated { text: "firmware", value: Some(false), node }));
}

/// A source artefact that generates a package: its addresses and hashes.
fn read_source<'t>(bom: &mut Bom<'t>, node: Node<'t>, elements: &Elements<'t>) {
    let Some(source) = node.get("from").and_then(|it| elements.resolve(it)) else { return };
    let reference = list(source, "externalRef").find_map(|it| {
        let kind = it.get("externalRefType")?.text()?;
        kind.eq_ignore_ascii_case("sourceArtifact").then_some(it)
    });
    let location = reference
        .and_then(|it| list(it, "locator").find_map(Located::of))
        .or_else(|| source.get("software_downloadLocation").and_then(Located::of));
    let targets: Vec<usize> = list(node, "to").filter_map(name).filter_map(|it| bom.find(it)).collect();
    for component in targets {
        if let Some(component) = bom.components.get_mut(component) {
            component.external.push(Reference {
                kind: "source-distribution",
                url: location.map_or("", |it| it.text),
                hashes: package::hashes(source),
                node: source,
            });
        }
    }
}
