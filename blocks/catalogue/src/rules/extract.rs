//! An element cut out of its map, with whatever is needed to judge it.

use super::{Index, Link};
use landkarte::{Map, Section};
use std::collections::BTreeSet;

/// A map in JSON that holds the element, what it refers to, the standards that name it, and all their sources.
/// Nothing where the map has no such element.
pub fn extract(index: &Index, id: &str) -> Option<String> {
    index.map.entry(Section::Elements, id)?;
    let mut wanted = BTreeSet::from([(Section::Elements, id)]);
    let naming = index.incoming(Section::Elements, id).filter(|it| it.from.0 == Section::Standards);
    wanted.extend(naming.map(|it| (it.from.0, it.from.1.as_str())));
    wanted.extend(index.map.head.text("source").map(|it| (Section::Sources, it)));
    let mut open: Vec<(Section, &str)> = wanted.iter().copied().collect();
    while let Some((section, entry)) = open.pop() {
        let itself = (section, entry) == (Section::Elements, id);
        for link in index.outgoing(section, entry).filter(|it| itself || is_needed(it)) {
            let to = (link.to.0, link.to.1.as_str());
            if wanted.insert(to) {
                open.push(to);
            }
        }
    }
    let mut map = Map::new(index.map.head.id.clone());
    map.head = index.map.head.clone();
    for (section, entry) in wanted {
        if let Some(entry) = index.map.entry(section, entry) {
            map.push(section, entry.clone());
        }
    }
    Some(map.to_json())
}

/// What stands two steps away is needed where it explains; the neighbours of neighbours are not.
fn is_needed(link: &Link) -> bool {
    link.to.0 == Section::Sources || (link.from.0 != Section::Elements && link.to.0 != Section::Elements)
}
