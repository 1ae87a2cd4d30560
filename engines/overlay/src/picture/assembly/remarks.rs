//! What should be looked at.

use super::Desk;
use crate::{
    Axis,
    picture::{InputMap, Remark, RemarkKind},
};
use std::collections::{BTreeMap, BTreeSet};

/// So many remarks of one kind are said.
const MOST: usize = 100;

/// Two elements of one map that would be the same: they stay two, or a person joined them.
pub(super) fn duplicates(desk: &Desk<'_>, remarks: &mut Vec<Remark>) {
    let mut said = BTreeSet::new();
    let cluster = |it: usize| desk.joined.cluster_of.get(it);
    let within = desk.pairs.within.iter().map(|it| (it.0, it.1));
    let apart = desk.joined.kept_apart.iter().map(|it| (it.0, it.1));
    for (one, other) in within.chain(apart) {
        if cluster(one) == cluster(other) || !said.insert((one, other)) {
            continue;
        }
        if said.len() > MOST {
            continue;
        }
        let (left, right) = (desk.reference(one), desk.reference(other));
        let ground = desk.joined.kept_apart.iter().find(|it| (it.0, it.1) == (one, other)).map(|it| it.2);
        let (de, en) = ground
            .map_or(("Name oder Kennung", "name or identifier"), |it| (it.title(true), it.title(false)));
        remarks.push(Remark::new(
            RemarkKind::DuplicateInMap,
            format!("„{left}“ und „{right}“ stehen in derselben Karte und wären dasselbe ({de}); sie bleiben getrennt."),
            format!("\"{left}\" and \"{right}\" stand in the same map and would be the same ({en}); they are kept apart."),
        ));
    }
    cut_off(said.len(), MOST, remarks);
    for numbers in desk.joined.clusters.iter().filter(|it| it.len() > 1) {
        for pair in numbers.windows(2) {
            let [one, other] = pair else { continue };
            let map = |it: usize| desk.elements.get(it).map(|it| it.map);
            if map(*one) == map(*other) {
                let (left, right) = (desk.reference(*one), desk.reference(*other));
                remarks.push(Remark::new(
                    RemarkKind::DuplicateInMap,
                    format!("„{left}“ und „{right}“ stehen in derselben Karte; eine Entscheidung erklärt sie zum selben."),
                    format!("\"{left}\" and \"{right}\" stand in the same map; a decision says that they are the same."),
                ));
            }
        }
    }
}

/// The same id for different things.
pub(super) fn other_meanings(desk: &Desk<'_>, remarks: &mut Vec<Remark>) {
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, it) in desk.elements.iter().enumerate() {
        by_id.entry(it.entry.id.as_str()).or_default().push(number);
    }
    let mut count = 0;
    for numbers in by_id.values() {
        let Some(first) = numbers.first() else { continue };
        let cluster = |it: usize| desk.joined.cluster_of.get(it);
        let Some(other) = numbers.iter().find(|it| cluster(**it) != cluster(*first)) else { continue };
        count += 1;
        if count > MOST {
            continue;
        }
        let (left, right) = (desk.reference(*first), desk.reference(*other));
        let (here, there) = (desk.name(*first), desk.name(*other));
        remarks.push(Remark::new(
            RemarkKind::SameIdOtherMeaning,
            format!(
                "Gleiche Kennung, anderes gemeint? „{left}“ heißt „{}“, „{right}“ heißt „{}“. Eine gleiche Kennung ist kein Beleg.",
                here.de, there.de
            ),
            format!(
                "The same id, another meaning? \"{left}\" is called \"{}\", \"{right}\" is called \"{}\". The same id is no evidence.",
                here.en, there.en
            ),
        ));
    }
    cut_off(count, MOST, remarks);
}

/// Maps whose elements are all outside the matrix.
pub(super) fn nothing_placed(maps: &[InputMap], by: Axis, remarks: &mut Vec<Remark>) {
    for it in maps.iter().filter(|it| it.elements > 0 && it.placed == 0) {
        let handle = &it.handle;
        remarks.push(Remark::new(
            RemarkKind::NothingPlaced,
            format!(
                "„{handle}“ nennt zu keinem Element „{}“: Lücken dieser Karte in der Übersicht sind keine.",
                by.title(true)
            ),
            format!(
                "\"{handle}\" names \"{}\" for none of its elements: its gaps in the matrix are none.",
                by.title(false)
            ),
        ));
    }
}

/// Of each kind so many as are read, and how many there are. What was counted before is left as it is.
pub(super) fn capped(remarks: Vec<Remark>) -> Vec<Remark> {
    let mut counts: BTreeMap<RemarkKind, usize> = BTreeMap::new();
    let mut kept = Vec::with_capacity(remarks.len());
    for it in remarks {
        let count = counts.entry(it.kind).or_default();
        *count += 1;
        if *count <= MOST || it.kind == RemarkKind::CutOff {
            kept.push(it);
        }
    }
    for (kind, count) in counts {
        if kind != RemarkKind::CutOff {
            cut_off(count, MOST, &mut kept);
        }
    }
    kept
}

/// More was found than is shown.
pub(crate) fn cut_off(found: usize, shown: usize, remarks: &mut Vec<Remark>) {
    if found > shown {
        remarks.push(Remark::new(
            RemarkKind::CutOff,
            format!("Von {found} solchen Stellen werden {shown} gezeigt."),
            format!("Of {found} such places {shown} are shown."),
        ));
    }
}
