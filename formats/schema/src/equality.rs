//! When two values are the same (JSON Schema 2020-12 core, section 4.2.2): numbers by value, maps in any order.

use foldhash::fast::RandomState;
use serde_json::Value;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};
use tree::{Kind, Node};

/// Whether a number is whole, whatever its size.
pub(crate) fn is_whole(node: Node<'_>) -> bool {
    node.integer().is_some()
        || node.number().is_some_and(|it| it.is_finite() && it.fract() == 0.0)
        || node.scalar().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit() || it == b'-'))
}

/// Whether a value is the one that a schema names.
pub(crate) fn is(node: Node<'_>, value: &Value) -> bool {
    match (node.kind(), value) {
        (Kind::Null, Value::Null) => true,
        (Kind::Truth, Value::Bool(it)) => node.truth() == Some(*it),
        (Kind::Text, Value::String(it)) => node.text() == Some(it),
        (Kind::Number, Value::Number(it)) => match (node.integer(), it.as_i64()) {
            (Some(one), Some(other)) => one == other,
            _ => node.number().is_some_and(|one| it.as_f64() == Some(one)),
        },
        (Kind::List, Value::Array(them)) => {
            node.len() == them.len() && node.items().zip(them).all(|(one, other)| is(one, other))
        }
        (Kind::Map, Value::Object(them)) => {
            node.len() == them.len()
                && node.entries().all(|(key, it)| them.get(key).is_some_and(|other| is(it, other)))
        }
        _ => false,
    }
}

/// Whether two values are the same.
pub(crate) fn same(one: Node<'_>, other: Node<'_>) -> bool {
    if one.kind() != other.kind() {
        return false;
    }
    match one.kind() {
        Kind::Null => true,
        Kind::Truth => one.truth() == other.truth(),
        Kind::Text => one.text() == other.text(),
        Kind::Number => match (one.integer(), other.integer()) {
            (Some(one), Some(other)) => one == other,
            (None, None) => {
                one.scalar() == other.scalar() || one.number().is_some_and(|it| Some(it) == other.number())
            }
            _ => false,
        },
        Kind::List => one.len() == other.len() && one.items().zip(other.items()).all(|(a, b)| same(a, b)),
        Kind::Map => {
            one.len() == other.len()
                && one.entries().all(|(key, it)| other.get(key).is_some_and(|other| same(it, other)))
        }
    }
}

/// The first two items of a list that are the same, by their index.
pub(crate) fn doubled(list: Node<'_>) -> Option<(usize, usize)> {
    if list.len() < 8 {
        return pair(list);
    }
    if let Some(texts) = texts(list) {
        return doubled_text(texts);
    }
    let mut found: Option<(usize, usize)> = None;
    // Most items differ in what stands at their surface; only of the others everything is looked at.
    let state = RandomState::default();
    let alike = groups(&state, list, 0..list.len(), 1);
    for group in alike.into_iter().flat_map(|it| groups(&state, list, it, usize::MAX)) {
        for (at, one) in group.iter().enumerate() {
            let later = group.get(at + 1..).unwrap_or_default();
            let twin = later.iter().find(|it| both(list, *one, **it));
            if let Some(twin) = twin {
                found = Some(found.map_or((*one, *twin), |it| it.min((*one, *twin))));
                break;
            }
        }
    }
    found
}

/// The items of a list with their index, where all of them are texts.
fn texts(list: Node<'_>) -> Option<Vec<(&str, usize)>> {
    list.items().enumerate().map(|(at, it)| Some((it.text()?, at))).collect()
}

fn doubled_text(mut texts: Vec<(&str, usize)>) -> Option<(usize, usize)> {
    texts.sort_unstable();
    let twins = texts.windows(2).filter_map(|it| match it {
        [one, other] if one.0 == other.0 => Some((one.1, other.1)),
        _ => None,
    });
    twins.min()
}

/// Those of some items, by their index, that share their mark with another one.
fn groups(
    state: &RandomState,
    list: Node<'_>,
    items: impl IntoIterator<Item = usize>,
    levels: usize,
) -> Vec<Vec<usize>> {
    let items = items.into_iter().filter_map(|at| Some((mark(state, list.at(at)?, levels), at)));
    let mut marked: Vec<(u64, usize)> = items.collect();
    marked.sort_unstable();
    let groups = marked.chunk_by(|one, other| one.0 == other.0).filter(|it| it.len() > 1);
    groups.map(|it| it.iter().map(|it| it.1).collect()).collect()
}

fn both(list: Node<'_>, one: usize, other: usize) -> bool {
    match (list.at(one), list.at(other)) {
        (Some(one), Some(other)) => same(one, other),
        _ => false,
    }
}

fn pair(list: Node<'_>) -> Option<(usize, usize)> {
    list.items().enumerate().find_map(|(at, one)| {
        let twin = list.items().enumerate().skip(at + 1).find(|(_, other)| same(one, *other))?;
        Some((at, twin.0))
    })
}

/// A number that same values share. So many levels are looked at; of what is deeper only how much it is.
fn mark(state: &RandomState, node: Node<'_>, levels: usize) -> u64 {
    let mut hasher = state.build_hasher();
    node.kind().hash(&mut hasher);
    match node.kind() {
        Kind::Null => {}
        Kind::Truth => node.truth().hash(&mut hasher),
        Kind::Text => node.text().hash(&mut hasher),
        Kind::Number => match (node.integer(), node.number()) {
            (Some(it), _) => it.hash(&mut hasher),
            (None, Some(it)) => it.to_bits().hash(&mut hasher),
            (None, None) => node.scalar().hash(&mut hasher),
        },
        Kind::List | Kind::Map if levels == 0 => node.len().hash(&mut hasher),
        Kind::List => node.items().for_each(|it| mark(state, it, levels - 1).hash(&mut hasher)),
        Kind::Map => {
            let mut sum = 0_u64;
            for (key, it) in node.entries() {
                sum = sum.wrapping_add(state.hash_one((key, mark(state, it, levels - 1))));
            }
            sum.hash(&mut hasher);
        }
    }
    hasher.finish()
}
