//! Any bytes as decisions, weights and maps, laid over each other and reported in every form.
//!
//! Parts stand between lines of `====`: decisions, weights, then maps; an empty part is the default. A file without such a
//! line is one map, laid over itself.
#![no_main]

use overlay::{Axis, Cluster, Decisions, Fault, Input, Map, Picture, Question, Weights, report};
use std::collections::BTreeSet;
use tree::{Limits, Tree};

/// How many maps are laid over each other at most.
const MOST: usize = 6;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let parts = fuzz::parts(data);
    let (decisions, weights, maps) = match parts.as_slice() {
        [map] => (&[][..], &[][..], vec![*map, *map]),
        [decisions, weights, maps @ ..] => (*decisions, *weights, maps.to_vec()),
        [] => return,
    };
    let (Some(decisions), Some(weights)) = (decided(decisions), weighed(weights)) else { return };
    let maps: Vec<Map> = maps.iter().take(MOST).filter_map(|it| Map::read(it).ok()).collect();
    // Chosen by the length, so that one input is always looked at alike.
    let by = Axis::ALL.get(data.len() % (Axis::ALL.len() + 1)).copied();
    match overlay::overlay(&question(&maps, decisions.clone(), weights.clone(), by)) {
        Ok(picture) => {
            hold(&picture, &maps);
            reported(&picture);
            let again = overlay::overlay(&question(&maps, decisions, weights, by));
            assert!(again.is_ok_and(|it| it == picture), "equal questions, two pictures");
        }
        Err(faults) => refused(&faults),
    }
});

fn question(maps: &[Map], decisions: Decisions, weights: Weights, by: Option<Axis>) -> Question<'_> {
    let input = |map| Input { map, file: "hostile.yaml".to_owned(), sha256: String::new() };
    Question { inputs: maps.iter().map(input).collect(), decisions, weights, by }
}

fn decided(text: &[u8]) -> Option<Decisions> {
    if text.is_empty() {
        return Some(Decisions::default());
    }
    let decisions =
        Decisions::read(text, Some(jiff::civil::date(2026, 11, 29))).map_err(|it| refused(&it)).ok()?;
    let yaml = decisions.to_yaml();
    let again = Decisions::read(yaml.as_bytes(), None);
    assert!(
        again.as_ref().is_ok_and(|it| it.entries.len() == decisions.entries.len() && it.to_yaml() == yaml),
        "decisions that were written cannot be read: {:?}\n{yaml}",
        again.err()
    );
    Some(decisions)
}

fn weighed(text: &[u8]) -> Option<Weights> {
    if text.is_empty() {
        Weights::shipped().ok()
    } else {
        Weights::read(text).map_err(|it| refused(&it)).ok()
    }
}

fn refused(faults: &[Fault]) {
    assert!(!faults.is_empty(), "refused without a reason");
    assert!(faults.iter().all(|it| !it.de.is_empty() && !it.en.is_empty()));
}

/// What must hold in every picture.
fn hold(picture: &Picture, maps: &[Map]) {
    let elements: usize = maps.iter().map(|it| it.entries(landkarte::Section::Elements).len()).sum();
    let members = picture.clusters.iter().flat_map(|it| &it.members);
    let references: BTreeSet<(usize, &str)> = members.map(|it| (it.map, it.element.as_str())).collect();
    assert_eq!(references.len(), elements, "an element is lost or there twice");
    let placed: BTreeSet<usize> = picture.matrix.rows.iter().flat_map(|it| it.clusters.clone()).collect();
    for (place, cluster) in picture.clusters.iter().enumerate() {
        judged(cluster);
        assert_eq!(cluster.rank, place + 1);
        assert!(
            !(placed.contains(&place) && picture.matrix.unplaced.contains(&place)),
            "placed and not placed"
        );
    }
    for row in &picture.matrix.rows {
        assert_eq!(row.cells.len(), picture.maps.len());
        assert!(row.parent.is_none_or(|it| it < picture.matrix.rows.len()));
    }
    for remark in &picture.remarks {
        assert!(!remark.sentence.de.is_empty() && !remark.sentence.en.is_empty());
    }
}

fn judged(cluster: &Cluster) {
    let potential = &cluster.potential;
    assert!(0.0 <= potential.low && potential.low <= potential.high + 1e-9, "no range: {potential:?}");
    assert!(potential.high <= 100.0 + 1e-9, "more than everything: {potential:?}");
    for part in &potential.parts {
        assert!(0.0 <= part.range.low && part.range.low <= part.range.high && part.range.high <= 1.0 + 1e-9);
        assert!(!part.why.de.is_empty() && !part.why.en.is_empty());
    }
    assert_eq!(cluster.links.len() + 1, cluster.members.len(), "one link less than members");
    assert!(cluster.links.iter().all(|it| !it.evidence.is_empty()), "joined without a reason");
}

fn reported(picture: &Picture) {
    for german in [true, false] {
        let (mut text, mut csv, mut html) = (Vec::new(), Vec::new(), Vec::new());
        let written = [
            report::text(picture, german, &mut text),
            report::csv(picture, german, &mut csv),
            report::html(picture, german, &mut html),
        ];
        assert!(written.iter().all(Result::is_ok), "a report cannot be written");
        assert!(!text.is_empty() && !csv.is_empty() && !html.is_empty());
    }
    let mut json = Vec::new();
    assert!(report::json(picture, &mut json).is_ok());
    assert!(Tree::json(&json, &Limits::default()).is_ok(), "the JSON report is no JSON");
}
