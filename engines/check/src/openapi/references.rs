//! `openapi.references`: what a description refers to is there.

use crate::{Observation, Read, Said};
use tree::{Kind, Node};

/// References that lead to references are followed so often.
const MOST_HOPS: usize = 16;

/// The value itself, or what it refers to inside of the description.
pub(super) fn resolve<'a>(root: Node<'a>, node: Node<'a>) -> Option<Node<'a>> {
    let mut node = node;
    for _ in 0..MOST_HOPS {
        let Some(reference) = node.get("$ref").and_then(Node::text) else { return Some(node) };
        node = root.follow(&pointer(reference)?)?;
    }
    None
}

/// The pointer of a reference into the same document, without the escapes of a URL.
fn pointer(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let mut plain = Vec::with_capacity(fragment.len());
    let mut bytes = fragment.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            plain.push(byte);
            continue;
        }
        let digit = |it: Option<u8>| char::from(it?).to_digit(16);
        let value = digit(bytes.next())? * 16 + digit(bytes.next())?;
        plain.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(plain).ok()
}

pub(super) fn look(read: &Read<'_>, root: Node<'_>, to: &mut Vec<Observation>) {
    const CHECK: &str = "openapi.references";
    let mut all = Vec::new();
    collect(root, &mut all);
    let before = to.len();
    for node in all {
        let reference = node.text().unwrap_or_default();
        let subject = read.node(node, reference);
        if !reference.starts_with('#') {
            let missing = Said::made(format!("die Datei „{reference}“"), format!("the file \"{reference}\""));
            let reason = Said::Fixed(&(
                "Der Verweis führt aus der Datei hinaus; er wird nicht geholt.",
                "The reference leads out of the file; it is not fetched.",
            ));
            to.push(Observation::unknown(CHECK, &subject, reason, missing));
        } else if !leads_somewhere(root, reference) {
            let reason = Said::made(
                format!("„{reference}“ führt ins Leere."),
                format!("\"{reference}\" leads nowhere."),
            );
            to.push(Observation::unmet(CHECK, &subject, reason));
        }
    }
    if to.len() == before {
        let reason = Said::Fixed(&("Alle Verweise führen an ein Ziel.", "All references lead somewhere."));
        to.push(Observation::met(CHECK, &read.whole(), reason));
    }
}

fn leads_somewhere(root: Node<'_>, reference: &str) -> bool {
    // `#name` is an anchor of JSON Schema 2020-12 (OpenAPI 3.1).
    let anchor = reference.strip_prefix('#').filter(|it| !it.is_empty() && !it.starts_with('/'));
    match anchor {
        Some(name) => has_anchor(root, name),
        None => pointer(reference).and_then(|it| root.follow(&it)).is_some(),
    }
}

fn has_anchor(node: Node<'_>, name: &str) -> bool {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if node.get("$anchor").and_then(Node::text) == Some(name) {
            return true;
        }
        open.extend(node.items().chain(node.entries().map(|it| it.1)).filter(|it| !it.is_empty()));
    }
    false
}

/// All references outside of examples, where `$ref` is mere content.
fn collect<'a>(root: Node<'a>, all: &mut Vec<Node<'a>>) {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        for (key, value) in node.entries() {
            let names_properties = node.key() == Some("properties");
            match key {
                "$ref" if value.kind() == Kind::Text && !names_properties => all.push(value),
                "example" | "examples" | "default" | "enum" | "const" | "value" if !names_properties => {}
                _ => open.push(value),
            }
        }
        open.extend(node.items());
    }
    all.sort_by_key(|it| it.offset());
}
