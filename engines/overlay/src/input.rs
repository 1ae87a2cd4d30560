//! What is asked.

use crate::{Axis, Decisions, Map, Sentence, Weights, picture::Remark, picture::RemarkKind};
use std::collections::HashSet;

/// A map that is laid over others.
#[derive(Debug, Clone)]
pub struct Input<'m> {
    /// The map.
    pub map: &'m Map,
    /// The name of its file, for the report; empty where it has none.
    pub file: String,
    /// SHA-256 of the file, hexadecimal; empty where nobody computed it.
    pub sha256: String,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question<'m> {
    /// The maps, in the order in which they are shown.
    pub inputs: Vec<Input<'m>>,
    /// What people confirmed or refused.
    pub decisions: Decisions,
    /// What counts how much.
    pub weights: Weights,
    /// The rows of the matrix. Where nothing is said: capabilities, if at least half of the maps name some for their
    /// elements, else layers.
    pub by: Option<Axis>,
}

/// A handle for each map: its id; with a number behind it where several maps have the same one.
pub(crate) fn handles(inputs: &[Input<'_>], remarks: &mut Vec<Remark>) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let ids: HashSet<&str> = inputs.iter().map(|it| it.map.head.id.as_str()).collect();
    let mut handles = Vec::with_capacity(inputs.len());
    for input in inputs {
        let id = &input.map.head.id;
        let mut handle = id.clone();
        let mut number = 1;
        while taken.contains(&handle) || (number > 1 && ids.contains(handle.as_str())) {
            number += 1;
            handle = format!("{id}-{number}");
        }
        if number > 1 {
            remarks.push(Remark {
                kind: RemarkKind::SameMapId,
                sentence: Sentence::new(
                    format!(
                        "Mehrere Karten haben die Kennung „{id}“; die Datei „{}“ heißt hier „{handle}“.",
                        input.file
                    ),
                    format!(
                        "Several maps have the id \"{id}\"; the file \"{}\" is called \"{handle}\" here.",
                        input.file
                    ),
                ),
            });
        }
        taken.insert(handle.clone());
        handles.push(handle);
    }
    handles
}
