//! The rows in the order of their tree. Whatever runs in a circle is cut and said.

use super::{Row, rows::Gathered};
use crate::picture::{Remark, RemarkKind};
use std::collections::BTreeSet;

/// The rows, each before those below it, with what is served below.
pub(super) fn ordered(
    gathered: Vec<Gathered>,
    maps: usize,
    handles: &[String],
    remarks: &mut Vec<Remark>,
) -> Vec<Row> {
    let mut parents: Vec<Option<usize>> =
        gathered.iter().map(|it| it.parents.first().map(|it| it.0)).collect();
    other_parents(&gathered, handles, remarks);
    cut_circles(&gathered, &mut parents, remarks);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); gathered.len()];
    for (row, parent) in parents.iter().enumerate() {
        if let Some(list) = parent.and_then(|it| below.get_mut(it)) {
            list.push(row);
        }
    }
    // Without recursion: the depth is the file's choice.
    let mut open: Vec<(usize, Option<usize>, usize)> = (0..gathered.len())
        .rev()
        .filter(|it| parents.get(*it) == Some(&None))
        .map(|it| (it, None, 0))
        .collect();
    let mut gathered: Vec<Option<Row>> = gathered.into_iter().map(|it| Some(it.row)).collect();
    let mut rows: Vec<Row> = Vec::with_capacity(gathered.len());
    while let Some((number, parent, depth)) = open.pop() {
        let Some(mut row) = gathered.get_mut(number).and_then(Option::take) else { continue };
        (row.parent, row.depth) = (parent, depth);
        tidy(&mut row, maps);
        let place = rows.len();
        rows.push(row);
        let under = below.get(number).map_or(&[][..], Vec::as_slice);
        open.extend(under.iter().rev().map(|it| (*it, Some(place), depth + 1)));
    }
    count_below(&mut rows);
    rows
}

/// Each cluster once, the highest potential first.
fn tidy(row: &mut Row, maps: usize) {
    row.cells.resize(maps, Vec::new());
    row.named_by.dedup();
    let lists = [&mut row.clusters, &mut row.planned, &mut row.retired];
    for list in row.cells.iter_mut().chain(lists) {
        list.sort_unstable();
        list.dedup();
    }
    let serves = |it: &usize| row.clusters.binary_search(it).is_err();
    row.planned.retain(serves);
    row.retired.retain(serves);
}

/// Rows stand behind the row they are below: from the last to the first, each hands on what it has.
fn count_below(rows: &mut [Row]) {
    let mut sets: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); rows.len()];
    for place in (0..rows.len()).rev() {
        let Some(row) = rows.get_mut(place) else { continue };
        let mut set = sets.get_mut(place).map(std::mem::take).unwrap_or_default();
        row.below = set.len() - row.clusters.iter().filter(|it| set.contains(it)).count();
        set.extend(row.clusters.iter().copied());
        if let Some(above) = row.parent.and_then(|it| sets.get_mut(it)) {
            // The smaller one goes into the larger one: a deep tree hands on the same set all the way up.
            if above.len() < set.len() {
                std::mem::swap(above, &mut set);
            }
            above.extend(set);
        }
    }
}

/// Walks up from each row; where the walk meets itself, the last step is cut.
fn cut_circles(gathered: &[Gathered], parents: &mut [Option<usize>], remarks: &mut Vec<Remark>) {
    let mut done = vec![false; parents.len()];
    for start in 0..parents.len() {
        let mut way = Vec::new();
        let mut on_way = BTreeSet::new();
        let mut at = Some(start);
        while let Some(here) = at.filter(|it| done.get(*it) == Some(&false)) {
            if !on_way.insert(here) {
                let circle: Vec<usize> = way.iter().copied().skip_while(|it| *it != here).collect();
                remarks.push(circle_remark(gathered, &circle));
                if let Some(parent) = way.last().and_then(|it| parents.get_mut(*it)) {
                    *parent = None;
                }
                break;
            }
            way.push(here);
            at = parents.get(here).copied().flatten();
        }
        for it in way {
            if let Some(done) = done.get_mut(it) {
                *done = true;
            }
        }
    }
}

fn circle_remark(gathered: &[Gathered], circle: &[usize]) -> Remark {
    let way = |german: bool| {
        let rows = circle.iter().take(12).chain(circle.first()).filter_map(|it| gathered.get(*it));
        rows.map(|it| it.row.title.get(german)).collect::<Vec<_>>().join(" → ")
    };
    Remark::new(
        RemarkKind::Circle,
        format!(
            "„Teil von“ läuft im Kreis: {}. Der letzte Schritt zählt hier nicht; berichtigen Sie die Karte.",
            way(true)
        ),
        format!(
            "\"Part of\" runs in a circle: {}. The last step does not count here; correct the map.",
            way(false)
        ),
    )
}

fn other_parents(gathered: &[Gathered], handles: &[String], remarks: &mut Vec<Remark>) {
    for it in gathered {
        let Some((first, by)) = it.parents.first() else { continue };
        let Some((other, other_by)) = it.parents.iter().find(|it| it.0 != *first) else { continue };
        let title = |row: usize, german: bool| gathered.get(row).map_or("", |it| it.row.title.get(german));
        let handle = |map: usize| handles.get(map).map_or("", String::as_str);
        let (by, other_by) = (handle(*by), handle(*other_by));
        remarks.push(Remark::new(
            RemarkKind::OtherParent,
            format!(
                "„{}“ liegt in „{by}“ unter „{}“ und in „{other_by}“ unter „{}“; hier zählt das Erste.",
                it.row.title.de,
                title(*first, true),
                title(*other, true)
            ),
            format!(
                "\"{}\" lies below \"{}\" in \"{by}\" and below \"{}\" in \"{other_by}\"; here the first counts.",
                it.row.title.en,
                title(*first, false),
                title(*other, false)
            ),
        ));
    }
}
