//! Tests over whole questions.

mod bad_input;
mod deciding;
mod joining;
mod many;
mod placing;
mod real;
mod told;
mod weighing;

use crate::{Axis, Cluster, Decisions, Input, Map, Picture, Question, Weights, overlay};

fn map(text: &str) -> Map {
    Map::read(text.as_bytes()).unwrap_or_else(|it| panic!("{it:#?}"))
}

/// A map in YAML with this id and these elements, one of `{…}` each.
fn elements(id: &str, elements: &[&str]) -> Map {
    let mut text = format!("landkarte: 1\nid: {id}\nelements:\n");
    for it in elements {
        text.push_str(&format!("  - {it}\n"));
    }
    map(&text)
}

fn question(maps: &[Map]) -> Question<'_> {
    let inputs = maps
        .iter()
        .map(|map| Input { map, file: format!("{}.yaml", map.head.id), sha256: String::new() })
        .collect();
    let weights = Weights::shipped().unwrap_or_else(|it| panic!("{it:#?}"));
    Question { inputs, decisions: Decisions::default(), weights, by: None }
}

fn laid(maps: &[Map]) -> Picture {
    overlay(&question(maps)).unwrap()
}

fn laid_by(maps: &[Map], by: Axis) -> Picture {
    overlay(&Question { by: Some(by), ..question(maps) }).unwrap()
}

fn decided(maps: &[Map], decisions: &str) -> Result<Picture, Vec<crate::Fault>> {
    let decisions = Decisions::read(decisions.as_bytes(), None).unwrap_or_else(|it| panic!("{it:#?}"));
    overlay(&Question { decisions, ..question(maps) })
}

/// The clusters of more than one element, as references.
fn joined(picture: &Picture) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = picture
        .clusters
        .iter()
        .filter(|it| it.members.len() > 1)
        .map(|it| it.members.iter().map(|it| it.reference.as_str()).collect())
        .collect();
    all.sort();
    all
}

fn cluster<'p>(picture: &'p Picture, reference: &str) -> &'p Cluster {
    let has = |it: &&Cluster| it.members.iter().any(|it| it.reference == reference);
    picture.clusters.iter().find(has).unwrap_or_else(|| panic!("{reference}"))
}
