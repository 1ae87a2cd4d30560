//! Putting the arena together: what the three readers share.

use crate::{
    Fault, Kind, Limits, Reason,
    place::place_in,
    read::{Cell, Comment, Double, Owned, Table, Tree},
};
use std::{collections::HashMap, sync::OnceLock};

/// Deeper than this is never read, since later walks over the tree are recursive.
const DEEPEST: usize = 512;

/// From this many entries on, a map gets a sorted table of its keys.
pub(crate) const LARGE: usize = 24;

/// A string of the document: a part of the text, or an own one where it had to be unescaped.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    /// Where its writing begins (the quotation mark, if it has one).
    pub(crate) offset: u32,
    pub(crate) first: u32,
    pub(crate) len: u32,
    pub(crate) owned: bool,
}

/// A fault without its place yet.
pub(crate) struct Stop {
    pub(crate) offset: usize,
    pub(crate) reason: Reason,
}

impl Stop {
    pub(crate) fn at(offset: usize, reason: Reason) -> Self {
        Self { offset, reason }
    }
}

pub(crate) struct Builder<'t> {
    pub(crate) text: &'t str,
    pub(crate) depth: usize,
    nodes: usize,
    pub(crate) cells: Vec<Cell>,
    pub(crate) children: Vec<u32>,
    pub(crate) owned: Vec<Owned>,
    pub(crate) comments: Vec<Comment<'t>>,
    /// The lists and maps that are open: the cell, and where its children begin in `pending`.
    open: Vec<(u32, usize)>,
    pending: Vec<u32>,
    key: Option<Span>,
    doubles: Vec<(u32, u32)>,
    tables: HashMap<u32, Table>,
}

impl<'t> Builder<'t> {
    /// Room for `expected` values; more can come.
    pub(crate) fn new(text: &'t str, limits: &Limits, expected: usize) -> Self {
        let nodes = limits.nodes.min(u32::MAX as usize - 1);
        Self {
            text,
            depth: limits.depth.min(DEEPEST),
            nodes,
            cells: Vec::with_capacity(expected.min(nodes)),
            children: Vec::with_capacity(expected.min(nodes)),
            owned: Vec::new(),
            comments: Vec::new(),
            open: Vec::new(),
            pending: Vec::new(),
            key: None,
            doubles: Vec::new(),
            tables: HashMap::new(),
        }
    }

    /// The kind of the innermost open list or map.
    pub(crate) fn inside(&self) -> Option<Kind> {
        let (id, _) = self.open.last()?;
        self.cells.get(*id as usize).map(|it| it.kind)
    }

    /// How many lists and maps are open.
    pub(crate) fn levels(&self) -> usize {
        self.open.len()
    }

    pub(crate) fn key(&mut self, key: Span) {
        self.key = Some(key);
    }

    pub(crate) fn has_key(&self) -> bool {
        self.key.is_some()
    }

    pub(crate) fn own(&mut self, text: String, offset: u32) -> Span {
        let first = number(self.owned.len());
        let len = number(text.len());
        self.owned.push(Owned { text: text.into_boxed_str(), offset });
        Span { offset, first, len, owned: true }
    }

    pub(crate) fn scalar(&mut self, kind: Kind, value: Span) -> Result<u32, Stop> {
        let cell = Cell { kind, offset: value.offset, first: value.first, len: value.len, ..Cell::EMPTY };
        self.push(if value.owned { cell.with(Cell::OWNED) } else { cell })
    }

    pub(crate) fn open(&mut self, kind: Kind, offset: u32) -> Result<u32, Stop> {
        if self.open.len() >= self.depth {
            return Err(Stop::at(offset as usize, Reason::TooDeep(self.depth)));
        }
        let id = self.push(Cell { offset, kind, ..Cell::EMPTY })?;
        self.open.push((id, self.pending.len()));
        Ok(id)
    }

    /// Closes the innermost list or map; answers its cell.
    pub(crate) fn close(&mut self) -> Option<u32> {
        let (id, mark) = self.open.pop()?;
        if self.cells.get(id as usize).is_some_and(|it| it.kind == Kind::Map) {
            self.drop_doubles(id, mark);
        }
        let first = self.children.len();
        self.children.extend(self.pending.drain(mark..));
        let count = self.children.len() - first;
        if let Some(cell) = self.cells.get_mut(id as usize) {
            cell.first = number(first);
            cell.len = number(count);
        }
        Some(id)
    }

    /// The children of the innermost open list or map, so far.
    pub(crate) fn take_children(&mut self) -> Vec<u32> {
        let mark = self.open.last().map_or(0, |it| it.1);
        self.pending.drain(mark..).collect()
    }

    pub(crate) fn give_children(&mut self, children: impl IntoIterator<Item = u32>) {
        self.pending.extend(children);
    }

    pub(crate) fn push(&mut self, mut cell: Cell) -> Result<u32, Stop> {
        if self.cells.len() >= self.nodes {
            return Err(Stop::at(cell.offset as usize, Reason::TooMany(self.nodes)));
        }
        if let Some(key) = self.key.take() {
            cell = cell.keyed(key);
        }
        cell.parent = self.open.last().map_or(Cell::NONE, |it| it.0);
        let id = number(self.cells.len());
        self.cells.push(cell);
        self.pending.push(id);
        Ok(id)
    }

    /// Puts a value under a list or map that is already closed and names it as its child.
    pub(crate) fn push_under(&mut self, mut cell: Cell, parent: u32) -> Result<u32, Stop> {
        if self.cells.len() >= self.nodes {
            return Err(Stop::at(cell.offset as usize, Reason::TooMany(self.nodes)));
        }
        cell.parent = parent;
        let id = number(self.cells.len());
        self.cells.push(cell);
        Ok(id)
    }

    pub(crate) fn key_of(&self, id: u32) -> &str {
        self.cells.get(id as usize).map_or("", |it| it.key(self.text, &self.owned))
    }

    /// The last of several equal keys wins; the others are kept aside.
    fn drop_doubles(&mut self, map: u32, mark: usize) {
        let ids = self.pending.get(mark..).unwrap_or_default();
        let doubles = if ids.len() < LARGE {
            self.few(ids)
        } else {
            let (table, doubles) = self.many(ids);
            self.tables.insert(map, table);
            doubles
        };
        if doubles.is_empty() {
            return;
        }
        let ids = self.pending.get(mark..).unwrap_or_default();
        let lost: std::collections::HashSet<u32> = doubles.iter().map(|it| it.0).collect();
        let kept: Vec<u32> = ids.iter().copied().filter(|it| !lost.contains(it)).collect();
        self.pending.truncate(mark);
        self.pending.extend(kept);
        self.doubles.extend(doubles);
    }

    /// Pairs of an entry and the later one with the same key.
    fn few(&self, ids: &[u32]) -> Vec<(u32, u32)> {
        let length = |id: u32| self.cells.get(id as usize).map_or(0, |it| it.key_len);
        let mut found = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            let later = ids.get(at + 1..).unwrap_or_default();
            let same = |it: u32| length(it) == length(*id) && self.key_of(it) == self.key_of(*id);
            if let Some(winner) = later.iter().rev().find(|it| same(**it)) {
                found.push((*id, *winner));
            }
        }
        found
    }

    /// The same for a large map, with the table of its keys.
    fn many(&self, ids: &[u32]) -> (Table, Vec<(u32, u32)>) {
        let mut sorted = ids.to_vec();
        sorted.sort_by(|one, two| self.key_of(*one).cmp(self.key_of(*two)).then(one.cmp(two)));
        let mut found = Vec::new();
        let mut table: Vec<u32> = Vec::with_capacity(sorted.len());
        for id in sorted.into_iter().rev() {
            match table.last() {
                Some(winner) if self.key_of(*winner) == self.key_of(id) => found.push((id, *winner)),
                _ => table.push(id),
            }
        }
        table.reverse();
        found.sort_unstable();
        (table.into_boxed_slice(), found)
    }

    /// The fault for a stop, with the pointer to what was open.
    pub(crate) fn fault(&self, stop: Stop) -> Fault {
        let mut pointer = String::new();
        for (at, (id, mark)) in self.open.iter().enumerate() {
            if at == 0 {
                continue;
            }
            let before = at.checked_sub(1).and_then(|it| self.open.get(it));
            let keyed = self.cells.get(*id as usize).is_some_and(|it| it.has(Cell::KEYED));
            if keyed {
                crate::node::push_escaped(&mut pointer, self.key_of(*id));
            } else {
                let first = before.map_or(0, |it| it.1);
                pointer.push_str(&format!("/{}", mark.saturating_sub(first + 1)));
            }
        }
        Fault { place: place_in(self.text.as_bytes(), stop.offset), pointer, reason: stop.reason }
    }

    pub(crate) fn finish(mut self) -> Tree<'t> {
        if self.cells.capacity() > self.cells.len() + self.cells.len() / 4 {
            self.cells.shrink_to_fit();
            self.children.shrink_to_fit();
        }
        let mut tree = Tree {
            text: self.text,
            cells: self.cells,
            children: self.children,
            owned: self.owned,
            tables: self.tables,
            doubles: Vec::new(),
            comments: self.comments,
            format: crate::Format::Json,
            marks: OnceLock::new(),
        };
        tree.doubles = self.doubles.iter().map(|(lost, kept)| Double::of(&tree, *lost, *kept)).collect();
        tree
    }
}

/// Offsets and counts fit, since no text of 4 GiB is read.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
