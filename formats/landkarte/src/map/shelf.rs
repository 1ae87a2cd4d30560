//! The entries of one section and the index over them.

use crate::Entry;
use std::{collections::HashMap, sync::OnceLock};

#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    entries: Vec<Entry>,
    /// Position by id; made when it is first asked for, thrown away when something changes.
    index: OnceLock<HashMap<String, usize>>,
}

impl Shelf {
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn entries_mut(&mut self) -> &mut Vec<Entry> {
        self.index.take();
        &mut self.entries
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.index.take();
        self.entries.push(entry);
    }

    /// The first entry of this id.
    pub(super) fn entry(&self, id: &str) -> Option<&Entry> {
        let index = self.index.get_or_init(|| {
            // Backwards, so that of two entries with one id the first counts.
            self.entries.iter().enumerate().rev().map(|(at, it)| (it.id.clone(), at)).collect()
        });
        index.get(id).and_then(|at| self.entries.get(*at))
    }
}
