//! Layers by fields: how many elements stand where, and the first of their names.

use super::Index;
use landkarte::Section;
use std::collections::{BTreeMap, BTreeSet};

/// How many names a cell shows.
pub const MOST_NAMES: usize = 12;
/// How many rows a map shows; a page of more is read by nobody.
pub const MOST_ROWS: usize = 200;
/// How many columns a map shows.
pub const MOST_COLUMNS: usize = 30;

/// A map as a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// Layers with how deep they stand, in the order of the tree; the last may be nothing: elements without a layer.
    pub rows: Vec<(Option<String>, usize)>,
    /// Fields; the last may be nothing: elements without a field.
    pub columns: Vec<Option<String>>,
    /// Whether rows or columns were left out.
    pub cut: bool,
    cells: BTreeMap<(usize, usize), Cell>,
}

/// What stands in a cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How many elements.
    pub count: usize,
    /// The positions of the first of them.
    pub first: Vec<usize>,
}

impl Matrix {
    /// What stands at a row and a column.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.get(&(row, column))
    }
}

/// The table of these elements, in their order. Rows and columns without any are left out, but what is above a row stays.
pub fn matrix(index: &Index, elements: &[usize]) -> Matrix {
    let mut cells: BTreeMap<(Option<&str>, Option<&str>), Cell> = BTreeMap::new();
    for position in elements {
        let Some(line) = index.lines(Section::Elements).get(*position) else { continue };
        let layer = known(index, Section::Layers, line.layer.as_deref());
        let field = known(index, Section::Fields, line.field.as_deref());
        let cell = cells.entry((layer, field)).or_default();
        cell.count += 1;
        if cell.first.len() < MOST_NAMES {
            cell.first.push(*position);
        }
    }
    let mut rows = layers(index, &cells.keys().filter_map(|it| it.0).collect());
    let mut columns: Vec<Option<String>> = index
        .map
        .entries(Section::Fields)
        .iter()
        .filter(|it| cells.keys().any(|(_, field)| *field == Some(it.id.as_str())))
        .map(|it| Some(it.id.clone()))
        .collect();
    let cut = rows.len() > MOST_ROWS || columns.len() > MOST_COLUMNS;
    rows.truncate(MOST_ROWS);
    columns.truncate(MOST_COLUMNS);
    if cells.keys().any(|it| it.0.is_none()) {
        rows.push((None, 0));
    }
    if cells.keys().any(|it| it.1.is_none()) {
        columns.push(None);
    }
    let place = |layer: Option<&str>, field: Option<&str>| {
        let row = rows.iter().position(|it| it.0.as_deref() == layer)?;
        Some((row, columns.iter().position(|it| it.as_deref() == field)?))
    };
    let cells = cells.into_iter().filter_map(|((layer, field), cell)| Some((place(layer, field)?, cell)));
    let cells = cells.collect();
    Matrix { rows, columns, cut, cells }
}

/// An id, if the map has it.
fn known<'i>(index: &Index, section: Section, id: Option<&'i str>) -> Option<&'i str> {
    id.filter(|it| index.map.entry(section, it).is_some())
}

/// The layers that are used, and those above them, as the tree has them.
fn layers(index: &Index, used: &BTreeSet<&str>) -> Vec<(Option<String>, usize)> {
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    let top = index.below(Section::Layers, "").iter().rev();
    let mut open: Vec<(&str, usize)> = top.map(|it| (it.as_str(), 0)).collect();
    while let Some((id, depth)) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if index.at_or_below(Section::Layers, id).iter().any(|it| used.contains(it)) {
            rows.push((Some(id.to_owned()), depth));
        }
        open.extend(index.below(Section::Layers, id).iter().rev().map(|it| (it.as_str(), depth + 1)));
    }
    // What stands in a circle of layers has no top; it is shown all the same.
    let lost = index.map.entries(Section::Layers).iter().map(|it| it.id.as_str());
    let lost = lost.filter(|it| !seen.contains(it) && used.contains(it));
    rows.extend(lost.map(|it| (Some(it.to_owned()), 0)));
    rows
}
