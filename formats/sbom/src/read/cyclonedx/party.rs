//! Persons and organisations.

use crate::Party;
use tree::{Kind, Node};

/// An organisation with its contacts. Where a list stands (as in the text of BSI TR-03183-2), its first one.
pub(super) fn organisation(node: Node<'_>) -> Option<Party<'_>> {
    let node = if node.kind() == Kind::List { node.at(0)? } else { node };
    let contacts = node.get("contact").into_iter().flat_map(Node::items);
    let urls = node.get("url").into_iter().flat_map(|it| it.items().chain(it.text().map(|_| it)));
    (node.kind() == Kind::Map).then(|| Party {
        name: node.get("name").and_then(Node::scalar),
        urls: urls.filter_map(Node::text).collect(),
        emails: contacts.filter_map(|it| it.get("email")?.text()).collect(),
        node,
    })
}

/// A person.
pub(super) fn contact(node: Node<'_>) -> Party<'_> {
    Party {
        name: node.get("name").and_then(Node::scalar),
        urls: Vec::new(),
        emails: node.get("email").and_then(Node::text).into_iter().collect(),
        node,
    }
}
