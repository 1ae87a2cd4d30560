//! Persons and organisations.

use super::identifiers;
use crate::Party;
use tree::Node;

/// An agent with its addresses: external identifiers of the kinds `email` and `urlScheme`.
pub(super) fn party(node: Node<'_>) -> Party<'_> {
    let mut party =
        Party { name: node.get("name").and_then(Node::text), urls: Vec::new(), emails: Vec::new(), node };
    for identifier in identifiers(node) {
        let Some(value) = identifier.get("identifier").and_then(Node::text) else { continue };
        match identifier.get("externalIdentifierType").and_then(Node::text) {
            Some("email") => party.emails.push(value.strip_prefix("mailto:").unwrap_or(value)),
            Some("urlScheme") => party.urls.push(value),
            _ => {}
        }
    }
    party
}
