//! Relationships (SPDX 2.3, section 11).

use super::list;
use crate::{Bom, Completeness, Located, Relation};
use std::collections::HashSet;
use tree::Node;

/// The relationships, each turned so that it reads from the whole to the part and from who needs to what is needed.
pub(super) struct Links<'t> {
    all: Vec<Link<'t>>,
    described: HashSet<&'t str>,
    first_described: Option<&'t str>,
}

struct Link<'t> {
    from: &'t str,
    to: &'t str,
    relation: Relation,
    node: Node<'t>,
}

enum Meaning {
    Describes,
    Relates(Relation),
}

impl<'t> Links<'t> {
    pub(super) fn of(root: Node<'t>) -> Self {
        let mut all = Self { all: Vec::new(), described: HashSet::new(), first_described: None };
        for described in list(root, "documentDescribes").filter_map(Node::text) {
            all.describe(described);
        }
        for node in list(root, "relationships") {
            all.add(node);
        }
        all
    }

    /// Whether the document says that this is what it describes.
    pub(super) fn describes(&self, element: &str) -> bool {
        self.described.contains(element)
    }

    fn describe(&mut self, element: &'t str) {
        self.first_described.get_or_insert(element);
        self.described.insert(element);
    }

    fn add(&mut self, node: Node<'t>) {
        let text = |key| node.get(key).and_then(Node::text);
        let (Some(from), Some(to)) = (text("spdxElementId"), text("relatedSpdxElement")) else { return };
        let Some((meaning, turned)) = text("relationshipType").and_then(meaning) else { return };
        let (from, to) = if turned { (to, from) } else { (from, to) };
        match meaning {
            Meaning::Describes => self.describe(to),
            Meaning::Relates(relation) => self.all.push(Link { from, to, relation, node }),
        }
    }
}

/// What a kind of relationship means here, and whether it reads the other way round.
fn meaning(kind: &str) -> Option<(Meaning, bool)> {
    use Relation::{Contains, DependsOn};
    Some(match kind {
        "DESCRIBES" => (Meaning::Describes, false),
        "DESCRIBED_BY" => (Meaning::Describes, true),
        "DEPENDS_ON" | "HAS_PREREQUISITE" | "DYNAMIC_LINK" | "STATIC_LINK" => {
            (Meaning::Relates(DependsOn), false)
        }
        "PREREQUISITE_FOR" => (Meaning::Relates(DependsOn), true),
        kind if kind.ends_with("DEPENDENCY_OF") => (Meaning::Relates(DependsOn), true),
        "CONTAINS" => (Meaning::Relates(Contains), false),
        "CONTAINED_BY" | "PACKAGE_OF" => (Meaning::Relates(Contains), true),
        _ => return None,
    })
}

pub(super) fn read<'t>(bom: &mut Bom<'t>, links: &Links<'t>, others: &HashSet<&str>) {
    bom.root = links.first_described.and_then(|it| bom.find(it));
    for Link { from, to, relation, node } in &links.all {
        let Some(component) = bom.find(from) else {
            if !others.contains(from) && !is_outside(from) {
                bom.orphans.push(Located { text: from, node: *node });
            }
            continue;
        };
        let target = bom.find(to);
        if target.is_none() && others.contains(to) {
            // Files of a package: they are no components here.
            continue;
        }
        let Some(statement) = bom.statement(component, *relation, *node) else { continue };
        match (target, *to) {
            (Some(target), _) => statement.to.push(target),
            (None, "NONE") => statement.is_stated(Completeness::Complete),
            (None, "NOASSERTION") => statement.is_stated(Completeness::Unknown),
            (None, to) if is_outside(to) => {}
            (None, to) => statement.dangling.push(to),
        }
    }
}

/// An element of another document (SPDX 2.3, section 11.1).
fn is_outside(element: &str) -> bool {
    element.starts_with("DocumentRef-")
}
