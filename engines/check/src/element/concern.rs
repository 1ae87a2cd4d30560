//! Which requirements concern an element.

use super::ancestors;
use landkarte::{Entry, Map, Section};
use requirements::Requirement;

/// Whether a requirement speaks of an element: by its kind, layer, field, capabilities and standards.
///
/// Layers and capabilities count with what contains them.
pub(super) fn concerns(map: &Map, element: &Entry, requirement: &Requirement) -> bool {
    let applies = &requirement.applies;
    let one_of = |wanted: &[String], has: &[&str]| {
        wanted.is_empty() || has.iter().any(|it| wanted.iter().any(|w| w == it))
    };
    let above = |section, key| -> Vec<&str> {
        element.references(key).into_iter().flat_map(|it| ancestors(map, section, it)).collect()
    };
    one_of(&applies.kinds, &element.references("kind"))
        && one_of(&applies.layers, &above(Section::Layers, "layer"))
        && one_of(&applies.capabilities, &above(Section::Capabilities, "capabilities"))
        && one_of(&applies.fields, &element.references("field"))
        && (element.is_unknown("standards")
            || one_of(&requirement.standards, &element.references("standards")))
}
