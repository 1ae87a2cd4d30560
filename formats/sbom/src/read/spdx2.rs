//! SPDX 2.2 and 2.3 JSON.

mod package;
mod relationship;

use crate::{Bom, Located, Party};
use std::collections::HashSet;
use tree::Node;

pub(crate) fn read(bom: &mut Bom<'_>) {
    let root = bom.node;
    bom.identity = root.get("documentNamespace").and_then(Located::of);
    if let Some(creation) = root.get("creationInfo") {
        bom.timestamp = creation.get("created").and_then(Located::of);
        for creator in list(creation, "creators").filter_map(Located::of) {
            read_creator(bom, creator);
        }
    }
    let links = relationship::Links::of(root);
    for node in list(root, "packages") {
        package::read(bom, node);
    }
    bom.files = list(root, "files").count();
    let only_files = bom.components.is_empty();
    for file in list(root, "files") {
        let described = file.get("SPDXID").and_then(Node::text).is_some_and(|it| links.describes(it));
        if only_files || described {
            bom.add(package::file(file));
        }
    }
    let others = other_elements(root);
    relationship::read(bom, &links, &others);
}

/// `Tool: name`, `Person: name (mail)` or `Organization: name (mail)` (SPDX 2.3, section 6.8).
fn read_creator<'t>(bom: &mut Bom<'t>, creator: Located<'t>) {
    let Located { text, node } = creator;
    if let Some(name) = text.strip_prefix("Tool:") {
        bom.tools.push(Located { text: name.trim(), node });
    } else if text.starts_with("Organization:") && bom.manufacturer.is_none() {
        bom.manufacturer = party(creator);
    } else {
        bom.authors.extend(party(creator));
    }
}

/// A person or an organisation; nothing for `NOASSERTION`.
fn party(located: Located<'_>) -> Option<Party<'_>> {
    let Located { text, node } = located;
    let named = text.strip_prefix("Organization:").or(text.strip_prefix("Person:")).unwrap_or(text).trim();
    if matches!(named, "" | "NOASSERTION" | "NONE") {
        return None;
    }
    let bracketed = named.strip_suffix(')').and_then(|it| it.rsplit_once('('));
    let (name, contact) = match bracketed {
        Some((name, contact)) if contact.is_empty() || contact.contains(['@', ':']) => {
            (name.trim(), contact.trim())
        }
        _ => (named, ""),
    };
    let is_url = contact.contains("://");
    Some(Party {
        name: Some(name),
        urls: if is_url { vec![contact] } else { Vec::new() },
        emails: if contact.is_empty() || is_url { Vec::new() } else { vec![contact] },
        node,
    })
}

/// What can be referred to and is no component: the document, files, snippets.
fn other_elements(root: Node<'_>) -> HashSet<&str> {
    let lists = ["files", "snippets"].into_iter().flat_map(|it| list(root, it));
    std::iter::once(root).chain(lists).filter_map(|it| it.get("SPDXID")?.text()).collect()
}

fn list<'t>(node: Node<'t>, key: &str) -> impl Iterator<Item = Node<'t>> + use<'t> {
    node.get(key).into_iter().flat_map(Node::items)
}
