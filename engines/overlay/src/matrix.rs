//! Rows against maps: which cluster serves which capability (layer, field, standard, public service) in which map.

mod rows;
mod tree;

pub(crate) use rows::place;

use crate::{Axis, Sentence};
use serde::Serialize;

/// Rows against maps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matrix {
    /// What the rows are.
    pub by: Axis,
    /// Why these rows.
    pub why: Sentence,
    /// The rows: a tree in order, each row before those below it.
    pub rows: Vec<Row>,
    /// The clusters that stand in no row, by their place in `Picture::clusters`.
    pub unplaced: Vec<usize>,
}

/// A row of the matrix. Clusters are named by their place in `Picture::clusters`, the highest potential first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Row {
    /// The id in the first map that has it, or the key of the public service.
    pub id: String,
    /// Its title.
    pub title: Sentence,
    /// The row above it in the tree.
    pub parent: Option<usize>,
    /// How deep it stands in the tree, from zero.
    pub depth: usize,
    /// The maps that name this row, as indices of the picture's maps.
    pub named_by: Vec<usize>,
    /// Of each map, the clusters that serve this row.
    pub cells: Vec<Vec<usize>>,
    /// All clusters that serve it.
    pub clusters: Vec<usize>,
    /// Clusters that are to serve it, but are only planned.
    pub planned: Vec<usize>,
    /// Clusters that served it and are retired.
    pub retired: Vec<usize>,
    /// How many clusters serve rows below it, and not itself.
    pub below: usize,
}

impl Row {
    /// Nobody serves it, nor anything below it. What is planned or retired does not serve.
    pub fn is_gap(&self) -> bool {
        self.clusters.is_empty() && self.below == 0
    }

    /// Two or more different clusters serve it.
    pub fn is_crowded(&self) -> bool {
        self.clusters.len() > 1
    }
}

impl Matrix {
    /// The rows that nobody serves.
    pub fn gaps(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|it| it.is_gap())
    }

    /// The rows that two or more different clusters serve: by capability or public service, what is built more than once.
    pub fn crowded(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|it| it.is_crowded())
    }
}
