//! Which entries fit what is wanted, and in which order.

use super::{Index, Line};
use landkarte::Section;
use ports::catalogue::Wanted;
use std::collections::HashSet;

/// More words than these say nothing more.
const MOST_WORDS: usize = 12;

/// The positions of the entries of a section that fit, sorted; nothing where the order is unknown.
pub fn find(index: &Index, section: Section, wanted: &Wanted) -> Option<Vec<usize>> {
    let (key, reversed) = match wanted.sort.strip_prefix('-') {
        Some(key) => (key, true),
        None if wanted.sort.is_empty() => ("name", false),
        None => (wanted.sort.as_str(), false),
    };
    let order = index.order(section, key)?;
    let filter = Filter::new(index, wanted);
    let fits = |position: &usize| {
        let id = index.at(section, *position).map_or("", |it| it.id.as_str());
        index.lines(section).get(*position).is_some_and(|it| filter.fits(it, id))
    };
    let found = order.iter().copied().filter(|it| fits(it));
    let mut found: Vec<usize> = found.collect();
    if reversed {
        found.reverse();
    }
    Some(found)
}

struct Filter<'w> {
    wanted: &'w Wanted,
    words: Vec<String>,
    layers: Option<HashSet<&'w str>>,
    /// The ids that serve the capability, and those that use the standard.
    ids: Vec<HashSet<&'w str>>,
}

impl<'w> Filter<'w> {
    fn new(index: &'w Index, wanted: &'w Wanted) -> Self {
        let folded = places::fold(&wanted.q);
        let mut ids = Vec::new();
        if !wanted.capability.is_empty() {
            let below = index.at_or_below(Section::Capabilities, &wanted.capability);
            ids.push(below.into_iter().flat_map(|it| users(index, Section::Capabilities, it)).collect());
        }
        if !wanted.standard.is_empty() {
            ids.push(users(index, Section::Standards, &wanted.standard).collect());
        }
        Self {
            wanted,
            words: folded
                .split(' ')
                .filter(|it| !it.is_empty())
                .take(MOST_WORDS)
                .map(str::to_owned)
                .collect(),
            layers: (!wanted.layer.is_empty() && wanted.layer != NONE)
                .then(|| index.at_or_below(Section::Layers, &wanted.layer)),
            ids,
        }
    }

    fn fits(&self, line: &Line, id: &str) -> bool {
        let layer = match &self.layers {
            Some(layers) => line.layer.as_deref().is_some_and(|it| layers.contains(it)),
            None => is(&self.wanted.layer, line.layer.as_deref()),
        };
        layer
            && is(&self.wanted.field, line.field.as_deref())
            && is(&self.wanted.kind, line.kind.as_deref())
            && is(&self.wanted.lifecycle, line.lifecycle.as_deref())
            && is(&self.wanted.obligation, line.obligation.as_deref())
            && self.ids.iter().all(|it| it.contains(id))
            && self.words.iter().all(|it| line.text.contains(it.as_str()))
    }
}

/// What is wanted where nothing is said.
const NONE: &str = "unknown";

/// Whether a value is the wanted one; `unknown` wants those of which nothing is said.
fn is(wanted: &str, value: Option<&str>) -> bool {
    wanted.is_empty() || value.unwrap_or(NONE) == wanted
}

/// Everything that refers to an entry.
fn users<'i>(index: &'i Index, section: Section, id: &'i str) -> impl Iterator<Item = &'i str> {
    index.incoming(section, id).map(|it| it.from.1.as_str())
}
