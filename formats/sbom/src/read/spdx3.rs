use crate::Bom;
use tree::Node;

pub(crate) fn read(_bom: &mut Bom<'_>) {}

/// The address of the SPDX 3 context that the document names, alone or in a list.
pub(crate) fn context(root: Node<'_>) -> Option<&str> {
    let context = root.get("@context")?;
    context
        .text()
        .into_iter()
        .chain(context.items().filter_map(Node::text))
        .find(|it| it.contains("spdx.org/rdf/3"))
}

/// The version: of the creation information, or else of the context.
pub(crate) fn version(root: Node<'_>) -> &str {
    let graph = root.get("@graph");
    let stated = graph.into_iter().flat_map(Node::items).find_map(|it| it.get("specVersion")?.text());
    let address = || context(root)?.split("/rdf/").nth(1)?.split('/').next();
    stated.or_else(address).unwrap_or_default()
}
