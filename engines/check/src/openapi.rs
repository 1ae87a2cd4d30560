//! Descriptions of interfaces: OpenAPI 3.0 and 3.1.

mod document;
mod grammar;
mod operation;
mod references;
mod structure;
#[cfg(test)]
mod tests;

use crate::{Observation, Question, Read, Said};
use tree::{Kind, Node};

/// The editions of the specification that are known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edition {
    /// 3.0.x
    Three,
    /// 3.1.x
    ThreeOne,
}

/// Looks at a description.
pub(crate) fn observe(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    let Some(tree) = read.tree else { return };
    let root = tree.root();
    let Some(edition) = edition(root) else { return other_edition(read, root, to) };
    structure::look(read, root, edition, question.most_misfits, to);
    references::look(read, root, to);
    document::look(read, root, to);
    operation::look(read, root, to);
}

fn edition(root: Node<'_>) -> Option<Edition> {
    let version = root.get("openapi")?.scalar()?;
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Some(Edition::Three),
        (Some("3"), Some("1")) => Some(Edition::ThreeOne),
        _ => None,
    }
}

/// Swagger 2.0, OpenAPI 3.2 and what claims to be one.
fn other_edition(read: &Read<'_>, root: Node<'_>, to: &mut Vec<Observation>) {
    const CHECK: &str = "openapi.valid";
    let named = root.get("openapi").or_else(|| root.get("swagger"));
    let subject = named.map_or_else(|| read.whole(), |it| read.node(it, "openapi"));
    let version = named.and_then(Node::scalar).unwrap_or_default();
    let old = root.get("swagger").is_some() || version.is_empty() || version.starts_with(['0', '1', '2']);
    let reason = Said::made(
        format!("„{version}“ ist nicht OpenAPI 3.0 oder 3.1."),
        format!("\"{version}\" is not OpenAPI 3.0 or 3.1."),
    );
    to.push(if old {
        Observation::unmet(CHECK, &subject, reason)
    } else {
        let missing =
            Said::Fixed(&("die Regeln dieser Version von OpenAPI", "the rules of this version of OpenAPI"));
        Observation::unknown(CHECK, &subject, reason, missing)
    });
}

/// The HTTP methods of a path (OpenAPI 3.1, section 4.8.9).
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// All operations: path, method, path item, operation.
fn operations(root: Node<'_>) -> Vec<(&str, &str, Node<'_>, Node<'_>)> {
    let paths = root.get("paths").into_iter().flat_map(Node::entries);
    paths
        .filter_map(|(path, item)| Some((path, references::resolve(root, item)?)))
        .flat_map(|(path, item)| {
            item.entries()
                .filter(|(method, it)| METHODS.contains(method) && it.kind() == Kind::Map)
                .map(move |(method, it)| (path, method, item, it))
        })
        .collect()
}

/// A text that says something.
fn says(node: Node<'_>, key: &str) -> bool {
    node.get(key).and_then(Node::scalar).is_some_and(|it| !it.trim().is_empty())
}
