//! Sorts of components: BSI TR-03183-2 v2.1.0, section 3.2, asks less of some.

use crate::Fixed;
use ::sbom::{Bom, Component, Relation};
use tree::Node;

/// What sort of component it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A file that is delivered; everything is asked.
    Delivered,
    /// A grouping of other components without a file of its own (section 3.2.2).
    Logical,
    /// Outside of what is delivered, and only named (section 3.2.4).
    Identified,
    /// Described in a bill of materials of its own (section 3.2.5).
    Referenced,
    /// No software at all, such as a cryptographic asset.
    NoSoftware,
}

impl Sort {
    /// Why a field is not asked of it, in German and in English.
    pub(super) const fn excuse(self) -> Fixed {
        match self {
            Self::Delivered => &("Wird hier nicht verlangt.", "Not asked here."),
            Self::Logical => &(
                "Logische Komponente ohne eigene Datei: wird von ihr nicht verlangt.",
                "A logical component without a file of its own: not asked of it.",
            ),
            Self::Identified => &(
                "Nur benannte Komponente außerhalb des Lieferumfangs: wird von ihr nicht verlangt.",
                "A component outside of the delivery that is only named: not asked of it.",
            ),
            Self::Referenced => &(
                "In einer eigenen Stückliste beschrieben: wird hier nicht verlangt.",
                "Described in a bill of materials of its own: not asked here.",
            ),
            Self::NoSoftware => &(
                "Keine Software, sondern ein kryptografisches Verfahren oder Material.",
                "No software but a cryptographic asset.",
            ),
        }
    }
}

/// The sort of each component.
///
/// No format has a mark for logical components. One is taken for it where it holds others and says nothing at all of a
/// file: no file name, no distribution, no hash, no property of a file.
pub(super) fn of_each(bom: &Bom<'_>) -> Vec<Sort> {
    let holds = holders(bom);
    let each = bom.components.iter().zip(holds);
    each.enumerate().map(|(at, (component, holds))| of_one(component, holds, bom.root == Some(at))).collect()
}

fn of_one(component: &Component<'_>, holds: bool, root: bool) -> Sort {
    if component.kind == "cryptographic-asset" {
        return Sort::NoSoftware;
    }
    if !root && component.references("bom").next().is_some() {
        return Sort::Referenced;
    }
    let external = component.node.get("isExternal").and_then(Node::truth) == Some(true);
    if external || component.scope == Some("excluded") {
        return Sort::Identified;
    }
    let properties = [component.executable, component.archive, component.structured];
    let file = component.filename.is_some()
        || !component.hashes.is_empty()
        || component.external.iter().any(|it| it.kind.starts_with("distribution"))
        || properties.iter().any(Option::is_some);
    if holds && !file { Sort::Logical } else { Sort::Delivered }
}

/// Whether each component holds others: by nesting, by an assembly, or by a relation of containing.
fn holders(bom: &Bom<'_>) -> Vec<bool> {
    let mut holds = vec![false; bom.components.len()];
    let nested = bom.components.iter().filter_map(|it| it.part_of);
    let contains =
        bom.dependencies.iter().filter(|it| it.relation == Relation::Contains && !it.to.is_empty());
    for at in nested.chain(contains.map(|it| it.from)) {
        if let Some(slot) = holds.get_mut(at) {
            *slot = true;
        }
    }
    holds
}
