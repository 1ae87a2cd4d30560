//! Which elements are the same: keys in an inverted index, pairs, and pairs joined from the surest on.

mod join;
mod keys;
mod pairs;
mod suggest;

pub(crate) use join::{Bond, Joined, join};
pub(crate) use keys::public_service;
pub(crate) use pairs::{Pairs, pairs};
pub(crate) use suggest::suggest;

use landkarte::{Entry, Map, Section};

/// An element of one of the maps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'m> {
    /// The index of the map.
    pub map: usize,
    pub map_read: &'m Map,
    pub entry: &'m Entry,
}

/// The number of an element among all.
pub(crate) type Number = usize;

/// All elements, by map and in the order of the maps.
pub(crate) fn elements<'m>(maps: impl Iterator<Item = &'m Map>) -> Vec<Element<'m>> {
    maps.enumerate()
        .flat_map(|(map, read)| {
            read.entries(Section::Elements).iter().map(move |entry| Element { map, map_read: read, entry })
        })
        .collect()
}
