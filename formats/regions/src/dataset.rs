//! One edition of the register: all regions of all levels, and the checks that hold between them.

mod file;

use crate::{Faults, Kind, Level, RegionKey, Wording};
use std::collections::{BTreeMap, HashMap};

/// A region of any level below the federation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    pub key: RegionKey,
    /// Amtlicher Gemeindeschlüssel, eight digits; municipalities only. Never derived from the ARS by rule.
    pub ags: Option<u32>,
    pub name: Box<str>,
    pub kind: Kind,
    /// Hectares.
    pub area: u32,
    pub population: u32,
    /// Postcode of the seat of the administration; municipalities only.
    pub seat_postcode: Option<u32>,
}

/// One edition of the register, ordered by key, so a parent stands before its children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// Gebietsstand, `2025-11-30`.
    pub as_of: String,
    pub regions: Vec<Region>,
    /// Remarks for people, German, by region.
    pub notes: BTreeMap<RegionKey, String>,
}

/// Areas of a state outside its districts have no district record in the official file: the joint territory of
/// Germany and Luxembourg (07000) and the coastal waters of Mecklenburg-Vorpommern (13000).
const WITHOUT_DISTRICT: [&str; 2] = ["07000", "13000"];

impl Region {
    /// The AGS as it is written: eight digits for a municipality, the key itself for states and districts.
    pub fn ags_text(&self) -> String {
        match (self.ags, self.key.level()) {
            (Some(ags), _) => format!("{ags:08}"),
            (None, Level::State | Level::GovernmentRegion | Level::District) => self.key.to_string(),
            _ => String::new(),
        }
    }
}

impl Dataset {
    pub fn get(&self, key: RegionKey) -> Option<&Region> {
        let at = self.regions.binary_search_by_key(&key, |region| region.key).ok()?;
        self.regions.get(at)
    }

    /// All regions of one level.
    pub fn of(&self, level: Level) -> impl Iterator<Item = &Region> {
        self.regions.iter().filter(move |region| region.key.level() == level)
    }

    /// People in all municipalities.
    pub fn population(&self) -> u64 {
        self.of(Level::Municipality).map(|region| u64::from(region.population)).sum()
    }

    /// Checks what must hold between the regions. `lines` names the line of each region, in the same order.
    pub(crate) fn check(&self, lines: &[usize], faults: &mut Faults) {
        let line = |at: usize| lines.get(at).copied().unwrap_or(0);
        let mut by_ags: HashMap<u32, usize> = HashMap::new();
        for (at, region) in self.regions.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| self.regions.get(before));
            if before.is_some_and(|before| before.key == region.key) {
                twice(faults, line(at), "ARS", &region.key.to_string(), line(at - 1));
            }
            if let Some(first) = region.ags.and_then(|ags| by_ags.insert(ags, at)) {
                twice(faults, line(at), "AGS", &region.ags_text(), line(first));
            }
            self.check_parent(region, line(at), faults);
        }
        self.check_sums(lines, faults);
        let states = self.of(Level::State).count();
        if states != 16 {
            faults.add(
                0,
                "Land",
                Wording::new(
                    format!("Die Datei enthält {states} Länder statt 16."),
                    format!("The file has {states} states instead of 16."),
                ),
                Wording::new("Laden Sie die vollständige Datei.", "Load the complete file."),
            );
        }
    }

    fn check_parent(&self, region: &Region, line: usize, faults: &mut Faults) {
        let Some(parent) = self.nearest_parent(region.key) else { return };
        if self.get(parent).is_some() || WITHOUT_DISTRICT.contains(&parent.to_string().as_str()) {
            return;
        }
        faults.add(
            line,
            "ARS",
            Wording::new(
                format!("Zu {} fehlt der Satz der übergeordneten Region {parent}.", region.key),
                format!("{} has no record for the region above it, {parent}.", region.key),
            ),
            Wording::new(
                "Laden Sie die unveränderte Datei; darin steht die übergeordnete Region vor der untergeordneten.",
                "Load the unaltered file; in it the upper region stands before the lower one.",
            ),
        );
    }

    /// Not every state has administrative regions: a district there belongs to the state directly.
    fn nearest_parent(&self, key: RegionKey) -> Option<RegionKey> {
        let parent = key.parent()?;
        match parent.level() {
            Level::Federation => None,
            Level::GovernmentRegion if self.get(parent).is_none() => parent.parent(),
            _ => Some(parent),
        }
    }

    fn check_sums(&self, lines: &[usize], faults: &mut Faults) {
        let sums = sums(&self.regions);
        for (at, region) in self.regions.iter().enumerate() {
            let Some(&(population, area)) = sums.get(&region.key) else { continue };
            for (name, stated, sum) in
                [("population", region.population, population), ("area_ha", region.area, area)]
            {
                if u64::from(stated) != sum {
                    faults.add(
                        lines.get(at).copied().unwrap_or(0),
                        name,
                        Wording::new(
                            format!("{}: angegeben {stated}, Summe der Gemeinden {sum}.", region.name),
                            format!("{}: stated {stated}, sum of the municipalities {sum}.", region.name),
                        ),
                        Wording::new(
                            "Prüfen Sie, ob Gemeinden fehlen oder Zahlen geändert wurden.",
                            "Check whether municipalities are missing or numbers were altered.",
                        ),
                    );
                }
            }
        }
    }
}

/// Population and area of every region above the municipalities, added up from these.
pub(crate) fn sums(regions: &[Region]) -> HashMap<RegionKey, (u64, u64)> {
    let mut sums: HashMap<RegionKey, (u64, u64)> = HashMap::new();
    for region in regions {
        if region.key.level() == Level::Municipality {
            for key in region.key.climb().skip(1) {
                let sum = sums.entry(key).or_default();
                sum.0 += u64::from(region.population);
                sum.1 += u64::from(region.area);
            }
        } else {
            // A region without municipalities must not claim people.
            sums.entry(region.key).or_default();
        }
    }
    sums
}

fn twice(faults: &mut Faults, line: usize, column: &str, key: &str, first: usize) {
    faults.add(
        line,
        column,
        Wording::new(
            format!("{column} {key} steht schon in Zeile {first}."),
            format!("{column} {key} already stands in line {first}."),
        ),
        Wording::new("Löschen Sie eine der beiden Zeilen.", "Delete one of the two lines."),
    );
}
