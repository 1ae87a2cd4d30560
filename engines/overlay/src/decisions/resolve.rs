//! Decisions for the maps at hand: names become elements; what contradicts itself is a fault.

use super::{Decision, Decisions};
use crate::{
    Fault,
    matching::{Element, Number},
    picture::{Remark, RemarkKind, cut_off},
};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// So many contradictions, and so many elements that no map has, are said.
const MOST: usize = 100;

/// A decision about two elements that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settled {
    pub one: Number,
    pub other: Number,
    /// Its place among the decisions.
    pub decision: usize,
}

/// The decisions that concern the maps at hand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resolved {
    pub confirmed: Vec<Settled>,
    pub refused: Vec<Settled>,
}

/// Finds the elements. What no map has is a remark: the file may have been made over other maps.
pub(crate) fn resolve(
    decisions: &Decisions,
    handles: &[String],
    elements: &[Element<'_>],
    remarks: &mut Vec<Remark>,
) -> Result<Resolved, Vec<Fault>> {
    let mut resolved = Resolved::default();
    if decisions.entries.is_empty() {
        return Ok(resolved);
    }
    let mut known: HashMap<(usize, &str), Number> = HashMap::new();
    for (number, it) in elements.iter().enumerate() {
        known.insert((it.map, it.entry.id.as_str()), number);
    }
    let mut missing = 0;
    for (place, decision) in decisions.entries.iter().enumerate() {
        let mut find = |reference: &str| {
            let found = find(reference, handles, &known);
            if found.is_none() {
                missing += 1;
                if missing <= MOST {
                    remarks.push(unknown(reference, decision));
                }
            }
            found
        };
        let (one, other) = (find(&decision.one), find(&decision.other));
        if let Some((one, other)) = one.zip(other) {
            let settled = Settled { one, other, decision: place };
            if decision.same { resolved.confirmed.push(settled) } else { resolved.refused.push(settled) }
        }
    }
    cut_off(missing, MOST, remarks);
    let faults = contradictions(decisions, &resolved);
    if faults.is_empty() { Ok(resolved) } else { Err(faults) }
}

/// Ids may contain slashes: the longest handle that fits is tried first.
fn find(reference: &str, handles: &[String], known: &HashMap<(usize, &str), Number>) -> Option<Number> {
    let fits = |(map, handle): (usize, &String)| {
        let element = reference.strip_prefix(handle.as_str())?.strip_prefix('/')?;
        known.get(&(map, element)).map(|number| (handle.len(), *number))
    };
    handles.iter().enumerate().filter_map(fits).max_by_key(|it| it.0).map(|it| it.1)
}

fn unknown(reference: &str, decision: &Decision) -> Remark {
    let line = decision.place.line;
    Remark::new(
        RemarkKind::UnknownInDecision,
        format!("Die Entscheidung in Zeile {line} nennt „{reference}“; das gibt es in keiner dieser Karten."),
        format!("The decision in line {line} names \"{reference}\", which none of these maps has."),
    )
}

/// Refused pairs that a chain of confirmed ones joins.
fn contradictions(decisions: &Decisions, resolved: &Resolved) -> Vec<Fault> {
    let mut beside: BTreeMap<Number, Vec<(Number, usize)>> = BTreeMap::new();
    for it in &resolved.confirmed {
        beside.entry(it.one).or_default().push((it.other, it.decision));
        beside.entry(it.other).or_default().push((it.one, it.decision));
    }
    let line = |decision: usize| decisions.entries.get(decision).map_or(0, |it| it.place.line);
    let group = groups(&beside);
    let joined = |it: &&Settled| {
        let (one, other) = (group.get(&it.one), group.get(&it.other));
        it.one == it.other || one.is_some() && one == other
    };
    let mut faults = Vec::new();
    for refused in resolved.refused.iter().filter(joined).take(MOST) {
        let Some(chain) = chain(refused.one, refused.other, &beside) else { continue };
        let Some(decision) = decisions.entries.get(refused.decision) else { continue };
        let lines = chain.iter().map(|it| line(*it).to_string()).collect::<Vec<_>>().join(", ");
        let here = decision.place.line;
        faults.push(Fault {
            place: decision.place,
            pointer: format!("/decisions/{}", refused.decision),
            de: format!(
                "Zeile {here} sagt, dass „{}“ und „{}“ nicht dasselbe sind; nach Zeile {lines} sind sie es. Eine davon muss weichen.",
                decision.one, decision.other
            ),
            en: format!(
                "Line {here} says that \"{}\" and \"{}\" are not the same; by line {lines} they are. One of them has to go.",
                decision.one, decision.other
            ),
        });
    }
    faults
}

/// Of each element the first one of those that confirmed decisions join it with.
fn groups(beside: &BTreeMap<Number, Vec<(Number, usize)>>) -> HashMap<Number, Number> {
    let mut group: HashMap<Number, Number> = HashMap::new();
    for first in beside.keys() {
        let mut open = vec![*first];
        while let Some(here) = open.pop() {
            if group.contains_key(&here) {
                continue;
            }
            group.insert(here, *first);
            open.extend(beside.get(&here).into_iter().flatten().map(|it| it.0));
        }
    }
    group
}

/// The decisions that lead from one element to another: the fewest.
fn chain(from: Number, to: Number, beside: &BTreeMap<Number, Vec<(Number, usize)>>) -> Option<Vec<usize>> {
    let mut came: HashMap<Number, Option<(Number, usize)>> = HashMap::from([(from, None)]);
    let mut open = VecDeque::from([from]);
    while let Some(here) = open.pop_front() {
        if here == to {
            let mut lines = Vec::new();
            let mut at = here;
            while let Some(Some((before, decision))) = came.get(&at) {
                lines.push(*decision);
                at = *before;
            }
            lines.sort_unstable();
            return Some(lines);
        }
        for (next, decision) in beside.get(&here).into_iter().flatten() {
            if !came.contains_key(next) {
                came.insert(*next, Some((here, *decision)));
                open.push_back(*next);
            }
        }
    }
    None
}
