//! Pairs joined to clusters, the surest first. Two elements of one map are only joined by a person.

use super::{Element, Number, pairs::Pairs};
use crate::{EvidenceKind, MERGED_FROM, decisions::Resolved};
use std::collections::HashSet;

/// Why two elements were joined: by which pair, or by which decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bond {
    Decision(usize),
    Pair(usize),
}

/// Clusters of elements.
pub(crate) struct Joined {
    /// The elements of each cluster, in the order of the maps; the clusters in the order of their first elements.
    pub clusters: Vec<Vec<Number>>,
    /// The cluster of each element.
    pub cluster_of: Vec<usize>,
    /// Of each cluster, what joined it: one, other, why.
    pub bonds: Vec<Vec<(Number, Number, Bond)>>,
    /// Elements of one map that would have come into one cluster, and what would have joined them.
    pub kept_apart: Vec<(Number, Number, EvidenceKind)>,
}

struct Forest<'e> {
    elements: &'e [Element<'e>],
    root: Vec<Number>,
    members: Vec<Vec<Number>>,
    refused: HashSet<(Number, Number)>,
}

/// Why two clusters may not be joined.
enum Barrier {
    Refused,
    SameMap(Number, Number),
}

/// Joins what the decisions confirm, then the pairs.
pub(crate) fn join(elements: &[Element<'_>], pairs: &Pairs, decisions: &Resolved) -> Joined {
    let mut forest = Forest {
        elements,
        root: (0..elements.len()).collect(),
        members: (0..elements.len()).map(|it| vec![it]).collect(),
        refused: decisions.refused.iter().map(|it| (it.one.min(it.other), it.one.max(it.other))).collect(),
    };
    let mut bonds = Vec::new();
    let mut kept_apart = Vec::new();
    for it in &decisions.confirmed {
        if forest.unite(it.one, it.other) {
            bonds.push((it.one, it.other, Bond::Decision(it.decision)));
        }
    }
    for (place, pair) in pairs.found.iter().enumerate() {
        if pair.confidence < MERGED_FROM {
            break;
        }
        if forest.root_of(pair.one) == forest.root_of(pair.other) {
            continue;
        }
        match forest.barrier(pair.one, pair.other) {
            None => {
                forest.unite(pair.one, pair.other);
                bonds.push((pair.one, pair.other, Bond::Pair(place)));
            }
            Some(Barrier::SameMap(one, other)) => {
                kept_apart.push((one.min(other), one.max(other), pair.strongest()));
            }
            Some(Barrier::Refused) => {}
        }
    }
    kept_apart.sort_unstable();
    kept_apart.dedup_by_key(|it| (it.0, it.1));
    forest.finish(&bonds, kept_apart)
}

impl Forest<'_> {
    fn root_of(&self, number: Number) -> Number {
        self.root.get(number).copied().unwrap_or(number)
    }

    fn members_of(&self, number: Number) -> &[Number] {
        self.members.get(self.root_of(number)).map_or(&[], Vec::as_slice)
    }

    /// A refusal weighs more than a map with both. Without any refusal the first such map is enough.
    fn barrier(&self, one: Number, other: Number) -> Option<Barrier> {
        let map = |it: Number| self.elements.get(it).map(|it| it.map);
        let mut same_map = None;
        for left in self.members_of(one) {
            for right in self.members_of(other) {
                if !self.refused.is_empty() && self.refused.contains(&(*left.min(right), *left.max(right))) {
                    return Some(Barrier::Refused);
                }
                if same_map.is_none() && map(*left) == map(*right) {
                    same_map = Some(Barrier::SameMap(*left, *right));
                    if self.refused.is_empty() {
                        return same_map;
                    }
                }
            }
        }
        same_map
    }

    /// Joins two clusters; false where they are one already.
    fn unite(&mut self, one: Number, other: Number) -> bool {
        let (one, other) = (self.root_of(one), self.root_of(other));
        if one == other {
            return false;
        }
        let (large, small) = if self.members_of(one).len() >= self.members_of(other).len() {
            (one, other)
        } else {
            (other, one)
        };
        let moved = self.members.get_mut(small).map(std::mem::take).unwrap_or_default();
        for it in &moved {
            if let Some(root) = self.root.get_mut(*it) {
                *root = large;
            }
        }
        if let Some(members) = self.members.get_mut(large) {
            members.extend(moved);
        }
        true
    }

    fn finish(
        mut self,
        bonds: &[(Number, Number, Bond)],
        kept_apart: Vec<(Number, Number, EvidenceKind)>,
    ) -> Joined {
        let mut clusters: Vec<Vec<Number>> =
            std::mem::take(&mut self.members).into_iter().filter(|it| !it.is_empty()).collect();
        for it in &mut clusters {
            it.sort_unstable();
        }
        clusters.sort_unstable();
        let mut cluster_of = vec![0; self.elements.len()];
        for (place, members) in clusters.iter().enumerate() {
            for it in members {
                if let Some(cluster) = cluster_of.get_mut(*it) {
                    *cluster = place;
                }
            }
        }
        let mut of_cluster = vec![Vec::new(); clusters.len()];
        for bond in bonds {
            let cluster = cluster_of.get(bond.0).copied().unwrap_or_default();
            if let Some(list) = of_cluster.get_mut(cluster) {
                list.push(*bond);
            }
        }
        Joined { clusters, cluster_of, bonds: of_cluster, kept_apart }
    }
}
