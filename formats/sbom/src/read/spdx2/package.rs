//! Packages, and files that stand for components.

use super::{list, party};
use crate::{Acknowledgement, Bom, Component, Hash, Identifier, Licence, LicenceForm, Located, Reference};
use tree::Node;

pub(super) fn read<'t>(bom: &mut Bom<'t>, node: Node<'t>) {
    let mut component = Component::empty(node);
    component.hashes = hashes(node);
    let mut download = None;
    for (key, value) in node.entries() {
        let Some(located) = Located::of(value) else { continue };
        match key {
            "SPDXID" => component.reference = located.text,
            "name" => component.name = located.text,
            "versionInfo" => component.version = Some(located),
            "primaryPackagePurpose" => component.kind = located.text,
            "supplier" => component.supplier = party(located),
            "originator" => component.manufacturer = party(located),
            "packageFileName" => component.filename = Some(located),
            "downloadLocation" => download = is_said(located.text).then_some(located),
            "homepage" if is_said(located.text) => component.external.push(refers("website", located)),
            "licenseConcluded" => component.licences.push(licence(located, Acknowledgement::Concluded)),
            "licenseDeclared" => component.licences.push(licence(located, Acknowledgement::Declared)),
            _ => {}
        }
    }
    component.external.extend(delivered(&component, download));
    for reference in list(node, "externalRefs") {
        read_reference(bom, &mut component, reference);
    }
    bom.add(component);
}

/// A file as a component.
pub(super) fn file(node: Node<'_>) -> Component<'_> {
    let text = |key| node.get(key).and_then(Located::of);
    let mut component = Component::empty(node);
    component.reference = text("SPDXID").map_or("", |it| it.text);
    component.name = text("fileName").map_or("", |it| it.text);
    component.filename = text("fileName");
    component.kind = "FILE";
    component.hashes = hashes(node);
    component.licences.extend(text("licenseConcluded").map(|it| licence(it, Acknowledgement::Concluded)));
    component.external.extend(delivered(&component, None));
    component
}

fn is_said(text: &str) -> bool {
    !matches!(text.trim(), "" | "NOASSERTION" | "NONE")
}

fn refers<'t>(kind: &'t str, located: Located<'t>) -> Reference<'t> {
    Reference { kind, url: located.text, hashes: Vec::new(), node: located.node }
}

/// The checksums of a package are those of what lies at its download location (SPDX 2.3, section 7.10); a location in
/// version control (section 7.7) is a source and has none.
fn delivered<'t>(component: &Component<'t>, download: Option<Located<'t>>) -> Option<Reference<'t>> {
    let versioned =
        |url: &str| ["git+", "hg+", "svn+", "bzr+", "git://"].iter().any(|it| url.starts_with(it));
    match download {
        Some(located) if versioned(located.text) => Some(refers("vcs", located)),
        None if component.hashes.is_empty() => None,
        _ => Some(Reference {
            kind: "distribution",
            url: download.map_or("", |it| it.text),
            hashes: component.hashes.clone(),
            node: download.map_or(component.node, |it| it.node),
        }),
    }
}

fn licence(located: Located<'_>, acknowledgement: Acknowledgement) -> Licence<'_> {
    Licence { text: located.text, form: LicenceForm::Expression, acknowledgement, node: located.node }
}

fn hashes(node: Node<'_>) -> Vec<Hash<'_>> {
    list(node, "checksums").filter_map(hash).collect()
}

fn hash(node: Node<'_>) -> Option<Hash<'_>> {
    let value = node.get("checksumValue").and_then(Node::scalar).unwrap_or_default();
    Some(Hash { algorithm: node.get("algorithm")?.scalar()?, value, node })
}

/// External references (SPDX 2.3, section 7.21 and annex F).
fn read_reference<'t>(bom: &mut Bom<'t>, component: &mut Component<'t>, node: Node<'t>) {
    let text = |key| node.get(key).and_then(Node::scalar).unwrap_or_default();
    let (kind, value) = (text("referenceType"), text("referenceLocator"));
    let located = Located { text: value, node: node.get("referenceLocator").unwrap_or(node) };
    match (text("referenceCategory"), kind) {
        (_, "purl") if component.purl.is_none() => component.purl = Some(located),
        (_, "cpe22Type" | "cpe23Type") if component.cpe.is_none() => component.cpe = Some(located),
        ("SECURITY", "swid") if component.swid.is_none() => component.swid = Some(located),
        ("SECURITY", "advisory" | "fix") => {
            bom.vulnerabilities += 1;
            bom.first_vulnerability.get_or_insert(node);
        }
        ("SECURITY", _) if value.ends_with("security.txt") => {
            component.external.push(refers("rfc-9116", located));
        }
        ("SECURITY" | "OTHER", "url") | ("OTHER", _) => component.external.push(refers(kind, located)),
        _ => component.identifiers.push(Identifier { kind, value, node }),
    }
}
