//! What a newer edition of the register changes.

use crate::{Dataset, Level, Region, RegionKey};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One change between two editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub level: Level,
    pub ars: RegionKey,
    pub name: String,
    /// What it was before: the name for a rename, the ARS for a move; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
}

/// All changes between two editions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    pub added: Vec<Change>,
    pub removed: Vec<Change>,
    pub renamed: Vec<Change>,
    /// Same AGS, other ARS: the municipality belongs to another association.
    pub moved: Vec<Change>,
    /// How many municipalities have another population.
    pub population_changed: usize,
    pub population_before: u64,
    pub population_after: u64,
}

impl Diff {
    pub fn is_empty(&self) -> bool {
        let lists = [&self.added, &self.removed, &self.renamed, &self.moved];
        lists.iter().all(|list| list.is_empty()) && self.population_changed == 0
    }
}

/// Compares two editions.
pub fn diff(before: &Dataset, after: &Dataset) -> Diff {
    let old_by_ags: HashMap<u32, &Region> =
        before.regions.iter().filter_map(|region| Some((region.ags?, region))).collect();
    let new_by_ags: HashMap<u32, &Region> =
        after.regions.iter().filter_map(|region| Some((region.ags?, region))).collect();
    let mut diff = Diff {
        population_before: before.population(),
        population_after: after.population(),
        ..Diff::default()
    };
    for region in &after.regions {
        let same_ags = region.ags.and_then(|ags| old_by_ags.get(&ags).copied());
        let Some(old) = before.get(region.key).or(same_ags) else {
            diff.added.push(change(region, ""));
            continue;
        };
        if old.key != region.key {
            diff.moved.push(change(region, &old.key.to_string()));
        }
        if old.name != region.name {
            diff.renamed.push(change(region, &old.name));
        }
        if region.key.level() == Level::Municipality && old.population != region.population {
            diff.population_changed += 1;
        }
    }
    for region in &before.regions {
        let stays =
            after.get(region.key).is_some() || region.ags.is_some_and(|ags| new_by_ags.contains_key(&ags));
        if !stays {
            diff.removed.push(change(region, ""));
        }
    }
    diff
}

fn change(region: &Region, before: &str) -> Change {
    Change {
        level: region.key.level(),
        ars: region.key,
        name: region.name.to_string(),
        before: before.to_owned(),
    }
}
