//! Which requirements concern an element.

use landkarte::{Entry, Map, Section};
use requirements::Requirement;
use std::collections::HashSet;

/// Whether a requirement speaks of an element: by its kind, layer, field, capabilities and standards. Layers and
/// capabilities count with what contains them.
pub(crate) fn concerns(map: &Map, element: &Entry, requirement: &Requirement) -> bool {
    let applies = &requirement.applies;
    one_of(&applies.kinds, || element.references("kind"))
        && one_of(&applies.fields, || element.references("field"))
        && one_of(&requirement.standards, || element.references("standards"))
        && one_of(&applies.layers, || with_containers(map, Section::Layers, element, "layer"))
        && one_of(&applies.capabilities, || {
            with_containers(map, Section::Capabilities, element, "capabilities")
        })
}

/// Whether something of what is wanted is there; what is there is only looked up where something is wanted.
fn one_of<'m>(wanted: &[String], has: impl FnOnce() -> Vec<&'m str>) -> bool {
    wanted.is_empty() || has().iter().any(|it| wanted.iter().any(|wanted| wanted == it))
}

/// The entries that an element names under a key, and all that contain them. Circles end where they began.
pub(crate) fn with_containers<'m>(
    map: &'m Map,
    section: Section,
    element: &'m Entry,
    key: &str,
) -> Vec<&'m str> {
    let mut found: Vec<&str> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut open = element.references(key);
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            found.push(id);
            open.extend(map.entry(section, id).and_then(|it| it.text("part_of")));
        }
    }
    found
}
