//! Questions to the graph of components. Nothing here recurses: the depth of the graph is the file's choice.

use super::{Bom, Completeness, Relation};

pub(super) fn completeness(bom: &Bom<'_>) -> Vec<Option<Completeness>> {
    let mut named = vec![None; bom.components.len()];
    let mut whole = None;
    for composition in &bom.compositions {
        let stated = composition.completeness();
        if composition.whole {
            whole = weakest(whole, stated);
        }
        for component in &composition.dependencies {
            if let Some(slot) = named.get_mut(*component) {
                *slot = weakest(*slot, stated);
            }
        }
    }
    for dependency in &bom.dependencies {
        if let Some(slot) = named.get_mut(dependency.from) {
            *slot = weakest(*slot, dependency.completeness);
        }
    }
    named.into_iter().map(|it| it.or(whole)).collect()
}

fn weakest(first: Option<Completeness>, second: Option<Completeness>) -> Option<Completeness> {
    match (first, second) {
        (Some(first), Some(second)) => Some(first.min(second)),
        (first, second) => first.or(second),
    }
}

/// For each component the components it leads to.
fn edges(bom: &Bom<'_>, nesting: bool) -> Vec<Vec<usize>> {
    let mut edges = vec![Vec::new(); bom.components.len()];
    for dependency in bom.dependencies.iter().filter(|it| nesting || it.relation == Relation::DependsOn) {
        if let Some(list) = edges.get_mut(dependency.from) {
            list.extend_from_slice(&dependency.to);
        }
    }
    if nesting {
        for (index, component) in bom.components.iter().enumerate() {
            if let Some(list) = component.part_of.and_then(|it| edges.get_mut(it)) {
                list.push(index);
            }
        }
    }
    edges
}

pub(super) fn reached(bom: &Bom<'_>) -> Vec<bool> {
    let edges = edges(bom, true);
    let mut reached = vec![false; edges.len()];
    let mut open: Vec<usize> = bom.root.into_iter().collect();
    while let Some(next) = open.pop() {
        let Some(seen @ false) = reached.get_mut(next) else { continue };
        *seen = true;
        open.extend(edges.get(next).into_iter().flatten());
    }
    reached
}

/// Strongly connected components of more than one member, and members that need themselves (Tarjan 1972).
pub(super) fn cycles(bom: &Bom<'_>) -> Vec<Vec<usize>> {
    let edges = edges(bom, false);
    let mut search = Search {
        edges: &edges,
        order: vec![usize::MAX; edges.len()],
        low: vec![0; edges.len()],
        pending: vec![false; edges.len()],
        stack: Vec::new(),
        found: Vec::new(),
        next: 0,
    };
    for start in 0..edges.len() {
        if search.order.get(start) == Some(&usize::MAX) {
            search.walk(start);
        }
    }
    search.found.sort_unstable();
    search.found
}

struct Search<'e> {
    edges: &'e [Vec<usize>],
    order: Vec<usize>,
    low: Vec<usize>,
    pending: Vec<bool>,
    stack: Vec<usize>,
    found: Vec<Vec<usize>>,
    next: usize,
}

impl Search<'_> {
    fn walk(&mut self, start: usize) {
        let mut path = vec![(start, 0)];
        self.enter(start);
        while let Some((at, edge)) = path.last_mut() {
            let at = *at;
            let target = self.edges.get(at).and_then(|it| it.get(*edge)).copied();
            *edge += 1;
            let Some(target) = target else {
                path.pop();
                self.leave(at);
                if let Some((parent, _)) = path.last() {
                    self.lower(*parent, get(&self.low, at));
                }
                continue;
            };
            if get(&self.order, target) == usize::MAX {
                self.enter(target);
                path.push((target, 0));
            } else if self.pending.get(target) == Some(&true) {
                self.lower(at, get(&self.order, target));
            }
        }
    }

    fn enter(&mut self, at: usize) {
        set(&mut self.order, at, self.next);
        set(&mut self.low, at, self.next);
        set(&mut self.pending, at, true);
        self.stack.push(at);
        self.next += 1;
    }

    fn leave(&mut self, at: usize) {
        if get(&self.low, at) != get(&self.order, at) {
            return;
        }
        let mut group = Vec::new();
        while let Some(member) = self.stack.pop() {
            set(&mut self.pending, member, false);
            group.push(member);
            if member == at {
                break;
            }
        }
        let itself = self.edges.get(at).is_some_and(|it| it.contains(&at));
        if group.len() > 1 || itself {
            group.sort_unstable();
            self.found.push(group);
        }
    }

    fn lower(&mut self, at: usize, to: usize) {
        let low = get(&self.low, at).min(to);
        set(&mut self.low, at, low);
    }
}

fn get(list: &[usize], at: usize) -> usize {
    list.get(at).copied().unwrap_or(usize::MAX)
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}
