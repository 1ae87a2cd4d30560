//! All regions, numbered, with their upper regions: who can be competent, and for how many people.

use crate::{Level, RegionKey};
use regions::Dataset;
use std::collections::HashMap;

/// The levels that can be competent for a public service, the smallest first.
pub const COMPETENT: [Level; 5] =
    [Level::Municipality, Level::Association, Level::District, Level::State, Level::Federation];

/// All regions of one edition of the register. A region is a number; 0 is the federation, and an upper region has a
/// smaller number than what lies in it.
#[derive(Debug)]
pub struct Territory {
    as_of: String,
    nodes: Vec<Node>,
    by_ags: HashMap<u32, u32>,
    competent: [Vec<u32>; 5],
}

#[derive(Debug)]
struct Node {
    key: RegionKey,
    name: Box<str>,
    above: u32,
    population: u64,
    unincorporated: bool,
    /// Whether it is among the authorities of its level.
    administers: bool,
}

impl Territory {
    /// The regions of an edition.
    pub fn new(dataset: &Dataset) -> Self {
        let mut nodes = Vec::with_capacity(dataset.regions.len() + 1);
        let federation = Node {
            key: RegionKey::FEDERATION,
            name: "Deutschland".into(),
            above: 0,
            population: dataset.population(),
            unincorporated: false,
            administers: false,
        };
        nodes.push(federation);
        let (mut by_ags, mut at_key) = (HashMap::new(), HashMap::from([(RegionKey::FEDERATION, 0)]));
        for (region, number) in dataset.regions.iter().zip(1_u32..) {
            let above = region.key.climb().skip(1).find_map(|it| at_key.get(&it).copied());
            by_ags.extend(region.ags.map(|it| (it, number)));
            at_key.insert(region.key, number);
            nodes.push(Node {
                key: region.key,
                name: region.name.clone(),
                above: above.unwrap_or(0),
                population: u64::from(region.population),
                unincorporated: region.kind.is_unincorporated(),
                administers: false,
            });
        }
        let of = |level| {
            let all = nodes.iter().zip(0_u32..);
            let fits = all.filter(|(it, _)| it.key.level() == level && !it.unincorporated);
            fits.map(|(_, number)| number).collect::<Vec<_>>()
        };
        let mut competent = COMPETENT.map(of);
        // An association that is nothing but an unincorporated area administers nobody.
        let [municipalities, associations, ..] = &mut competent;
        let mut with: Vec<u32> =
            municipalities.iter().filter_map(|it| nodes.get(*it as usize)).map(|it| it.above).collect();
        with.dedup();
        associations.retain(|it| with.binary_search(it).is_ok());
        for place in competent.iter().flatten() {
            if let Some(node) = nodes.get_mut(*place as usize) {
                node.administers = true;
            }
        }
        Self { as_of: dataset.as_of.clone(), nodes, by_ags, competent }
    }

    /// Gebietsstand, `2025-11-30`.
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    /// How many regions there are; their numbers lie below it.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no region but the federation.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() < 2
    }

    /// The number of a region.
    pub fn find(&self, key: RegionKey) -> Option<u32> {
        self.nodes.binary_search_by_key(&key, |it| it.key).ok().and_then(|it| u32::try_from(it).ok())
    }

    /// The number of a municipality by its AGS of eight digits.
    pub fn by_ags(&self, ags: u32) -> Option<u32> {
        self.by_ags.get(&ags).copied()
    }

    /// The authorities of a level: without unincorporated areas, in order. Nothing for a level that is never competent.
    pub fn competent(&self, level: Level) -> &[u32] {
        let at = COMPETENT.iter().position(|it| *it == level);
        at.and_then(|it| self.competent.get(it)).map_or(&[], Vec::as_slice)
    }

    /// The level of a region.
    pub fn level(&self, region: u32) -> Level {
        self.key(region).level()
    }

    /// Whether a region is one of the authorities of a level.
    pub fn is_competent(&self, region: u32, level: Level) -> bool {
        self.level(region) == level && self.node(region).is_some_and(|it| it.administers)
    }

    /// The authorities of a level within a region.
    pub fn competent_within(&self, level: Level, region: u32) -> &[u32] {
        let (all, key) = (self.competent(level), self.key(region));
        let from = all.partition_point(|it| *it < region);
        let rest = all.get(from..).unwrap_or_default();
        let many = rest.partition_point(|it| key.contains(self.key(*it)));
        rest.get(..many).unwrap_or_default()
    }

    /// The key of a region.
    pub fn key(&self, region: u32) -> RegionKey {
        self.node(region).map_or(RegionKey::FEDERATION, |it| it.key)
    }

    /// The key as it stands in files: `DE` for the federation.
    pub fn key_text(&self, region: u32) -> String {
        if region == 0 { "DE".to_owned() } else { self.key(region).to_string() }
    }

    /// The name of a region.
    pub fn name(&self, region: u32) -> &str {
        self.node(region).map_or("", |it| &it.name)
    }

    /// How many people live in a region.
    pub fn population(&self, region: u32) -> u64 {
        self.node(region).map_or(0, |it| it.population)
    }

    /// The nearest region above; nothing above the federation.
    pub fn above(&self, region: u32) -> Option<u32> {
        if region == 0 { None } else { self.node(region).map(|it| it.above) }
    }

    /// The region of a level that this one is or lies in.
    pub fn at(&self, region: u32, level: Level) -> Option<u32> {
        let mut here = Some(region);
        while let Some(it) = here {
            if self.key(it).level() == level {
                return Some(it);
            }
            here = self.above(it);
        }
        None
    }

    fn node(&self, region: u32) -> Option<&Node> {
        self.nodes.get(region as usize)
    }
}
