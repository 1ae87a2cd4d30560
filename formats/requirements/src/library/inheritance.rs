//! Inheriting and tightening.

use super::Resolved;
use crate::{Fault, Requirement, Set, Tightening};
use std::collections::{HashMap, HashSet};

/// The sets so that each stands after those it inherits from. What stands in a cycle is left out.
pub(super) fn order<'s>(sets: &'s [Set], faults: &mut Vec<Fault>) -> Vec<&'s Set> {
    let known: HashSet<&str> = sets.iter().map(|it| it.id.as_str()).collect();
    for set in sets {
        for parent in set.extends.iter().filter(|it| !known.contains(it.as_str())) {
            faults.push(set.fault(
                &format!("extends {parent}"),
                format!("Einen Satz von Anforderungen mit der Kennung „{parent}“ gibt es nicht."),
                format!("There is no set of requirements with the id \"{parent}\"."),
            ));
        }
    }
    let mut placed: HashSet<&str> = HashSet::new();
    let mut order: Vec<&Set> = Vec::new();
    loop {
        let waits = |it: &String| known.contains(it.as_str()) && !placed.contains(it.as_str());
        let ready: Vec<&Set> = sets
            .iter()
            .filter(|it| !placed.contains(it.id.as_str()) && !it.extends.iter().any(waits))
            .collect();
        if ready.is_empty() {
            break;
        }
        placed.extend(ready.iter().map(|it| it.id.as_str()));
        order.extend(ready);
    }
    for set in sets.iter().filter(|it| !placed.contains(it.id.as_str())) {
        cycle(set, &placed, faults);
    }
    order
}

/// Says that a set inherits from itself, or from one that does.
fn cycle(set: &Set, placed: &HashSet<&str>, faults: &mut Vec<Fault>) {
    let Some(parent) = set.extends.iter().find(|it| !placed.contains(it.as_str())) else { return };
    faults.push(set.fault(
        &format!("extends {parent}"),
        format!("„{}“ erbt von „{parent}“, und der Weg führt im Kreis. Nehmen Sie eine der Angaben unter „extends“ weg.", set.id),
        format!("\"{}\" inherits from \"{parent}\", and that way leads in a circle. Take one of the ids under \"extends\" away.", set.id),
    ));
}

/// A set with what it inherits. Its parents are among those that were resolved before.
pub(super) fn resolve(set: &Set, before: &HashMap<String, Resolved>, faults: &mut Vec<Fault>) -> Resolved {
    let mut whole = Resolved { id: set.id.clone(), title: set.title.clone(), ..Resolved::default() };
    for parent in set.extends.iter().filter_map(|it| before.get(it)) {
        parent.entries.iter().for_each(|it| inherit(&mut whole.entries, it));
        extend(&mut whole.maturity, &parent.maturity, |it| &it.id);
        extend(&mut whole.terms, &parent.terms, |it| &it.id);
    }
    for tightening in &set.tighten {
        match whole.entries.iter_mut().find(|it| it.id == tightening.id) {
            Some(it) => tighten(it, tightening, set, faults),
            None => faults.push(fault(
                set,
                tightening,
                format!("„{}“ ist nicht geerbt und kann hier nicht verschärft werden.", tightening.id),
                format!("\"{}\" is not inherited and cannot be tightened here.", tightening.id),
            )),
        }
    }
    extend(&mut whole.entries, &set.entries, |it| &it.id);
    extend(&mut whole.maturity, &set.maturity, |it| &it.id);
    extend(&mut whole.terms, &set.terms, |it| &it.id);
    whole
}

/// An entry that arrives on two ways keeps the stricter side of both.
fn inherit(entries: &mut Vec<Requirement>, inherited: &Requirement) {
    match entries.iter_mut().find(|it| it.id == inherited.id) {
        None => entries.push(inherited.clone()),
        Some(known) => {
            known.level = known.level.max(inherited.level);
            // Nothing means that it always held, which is the earliest.
            known.since = known.since.take().min(inherited.since.clone());
        }
    }
}

fn extend<T: Clone>(whole: &mut Vec<T>, more: &[T], id: impl Fn(&T) -> &String) {
    for it in more {
        if !whole.iter().any(|known| id(known) == id(it)) {
            whole.push(it.clone());
        }
    }
}

fn tighten(entry: &mut Requirement, tightening: &Tightening, set: &Set, faults: &mut Vec<Fault>) {
    if let Some(level) = tightening.level {
        if level < entry.level {
            faults.push(fault(
                set,
                tightening,
                format!("„{}“ ist geerbt als „{}“ und darf nicht auf „{level}“ gelockert werden. Nur verschärfen ist erlaubt.", entry.id, entry.level),
                format!("\"{}\" is inherited as \"{}\" and must not be loosened to \"{level}\". Only tightening is allowed.", entry.id, entry.level),
            ));
        } else {
            entry.level = level;
        }
    }
    if let Some(since) = &tightening.since {
        match &entry.since {
            Some(before) if since <= before => entry.since = Some(since.clone()),
            before => {
                let (de, en) = match before {
                    Some(it) => (format!("gilt schon seit {it}"), format!("already holds since {it}")),
                    None => ("gilt schon immer".to_owned(), "always held".to_owned()),
                };
                faults.push(fault(
                    set,
                    tightening,
                    format!("„{}“ {de}; ein Beginn am {since} wäre eine Lockerung. Nur ein früherer Beginn ist erlaubt.", entry.id),
                    format!("\"{}\" {en}; a beginning on {since} would loosen it. Only an earlier beginning is allowed.", entry.id),
                ));
            }
        }
    }
}

fn fault(set: &Set, tightening: &Tightening, de: String, en: String) -> Fault {
    Fault { file: set.file.clone(), place: tightening.place, pointer: tightening.pointer.clone(), de, en }
}
