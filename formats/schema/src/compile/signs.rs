//! What is found out about parts by following their references: circles, and what turns a value down quickly.

use crate::part::{Applied, Closed, MapRules, Part, Sign, Types};

/// A part that is applied to a value because it is applied to the same value.
pub(super) fn circle(parts: &[Part]) -> Option<usize> {
    // Per part: not seen, on the way, done.
    let mut states = vec![0_u8; parts.len()];
    for start in 0..parts.len() {
        let mut way = vec![(start, next(parts, start))];
        if states.get(start) != Some(&0) {
            continue;
        }
        set(&mut states, start, 1);
        while let Some((part, waiting)) = way.last_mut() {
            let Some(next_part) = waiting.pop() else {
                set(&mut states, *part, 2);
                way.pop();
                continue;
            };
            match states.get(next_part) {
                Some(1) => return Some(next_part),
                Some(0) => {
                    set(&mut states, next_part, 1);
                    way.push((next_part, next(parts, next_part)));
                }
                _ => {}
            }
        }
    }
    None
}

fn set(states: &mut [u8], at: usize, state: u8) {
    if let Some(it) = states.get_mut(at) {
        *it = state;
    }
}

/// The parts that a part applies to the same value.
fn next(parts: &[Part], number: usize) -> Vec<usize> {
    let Some(part) = parts.get(number) else { return Vec::new() };
    let mut found: Vec<usize> = part.applied.iter().flat_map(Applied::parts).collect();
    found.extend(part.map.iter().flat_map(|it| it.dependent.iter().map(|it| it.1)));
    found
}

/// Notes for every part its sign and its kinds.
pub(super) fn find(parts: &mut [Part]) {
    let found: Vec<_> = (0..parts.len()).map(|it| (sign(parts, it), kinds(parts, it))).collect();
    for (part, (sign, kinds)) in parts.iter_mut().zip(found) {
        part.sign = sign;
        part.kinds = kinds;
    }
}

/// The first property that may have only certain texts.
fn sign(parts: &[Part], number: usize) -> Option<Sign> {
    let part = parts.get(number)?;
    let own = part.map.as_ref().and_then(|it| own_sign(parts, it));
    own.or_else(|| {
        part.applied.iter().find_map(|it| match it {
            Applied::Reference(it) => sign(parts, *it),
            Applied::All(them) => them.iter().find_map(|it| sign(parts, *it)),
            _ => None,
        })
    })
}

fn own_sign(parts: &[Part], map: &MapRules) -> Option<Sign> {
    let mut signs = map.properties.iter().filter_map(|(name, part)| {
        let mut texts = texts(parts, *part)?;
        texts.sort();
        Some(Sign { property: name.clone(), texts })
    });
    signs.next()
}

/// The texts that a part allows, if it allows only certain ones.
fn texts(parts: &[Part], number: usize) -> Option<Vec<String>> {
    let part = parts.get(number)?;
    if let Some(closed) = part.closed.first() {
        return Some(closed.texts.clone());
    }
    part.applied.iter().find_map(|it| match it {
        Applied::Reference(it) => texts(parts, *it),
        Applied::All(them) => them.iter().find_map(|it| texts(parts, *it)),
        Applied::Any(them) | Applied::One(them) => {
            them.iter().map(|it| texts(parts, *it)).collect::<Option<Vec<_>>>().map(|it| it.concat())
        }
        _ => None,
    })
}

/// The kinds of values that can fit; none where all can.
fn kinds(parts: &[Part], number: usize) -> Types {
    let Some(part) = parts.get(number) else { return Types::default() };
    if part.types != Types::default() {
        return part.types;
    }
    if part.closed.iter().any(only_texts) {
        return Types(16);
    }
    let found = part.applied.iter().find_map(|it| {
        let kinds = match it {
            Applied::Reference(it) => kinds(parts, *it),
            Applied::All(them) => {
                them.iter().map(|it| kinds(parts, *it)).find(|it| it.0 != 0).unwrap_or_default()
            }
            Applied::Any(them) | Applied::One(them) => {
                let all: Vec<_> = them.iter().map(|it| kinds(parts, *it).0).collect();
                let open = all.contains(&0);
                if open { Types::default() } else { Types(all.iter().fold(0, |sum, it| sum | it)) }
            }
            Applied::Not(_) | Applied::If(..) => Types::default(),
        };
        (kinds.0 != 0).then_some(kinds)
    });
    found.unwrap_or_default()
}

fn only_texts(closed: &Closed) -> bool {
    closed.others.is_empty() && !closed.texts.is_empty()
}
