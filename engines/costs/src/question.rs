//! What is asked.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Over how many years is counted where nobody says.
pub const DEFAULT_YEARS: u16 = 10;
/// Over how many years can be counted.
pub const MOST_YEARS: u16 = 50;
/// How many elements a scenario can have.
pub const MOST_PICKS: usize = 5000;
/// Years that make sense as a beginning.
const BEGINNINGS: std::ops::RangeInclusive<u16> = 1990..=2150;

/// Who asks what it costs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    /// Its name.
    pub name: String,
    /// Its region key (ARS, twelve digits).
    pub region_key: String,
    /// How many people live there. Nothing where it is not known.
    pub population: Option<u64>,
    /// How many workplaces its administration has. Nothing where it is not known.
    pub workplaces: Option<u64>,
    /// Cases each year by public service (LeiKa key).
    #[serde(default)]
    pub cases: BTreeMap<String, u64>,
}

/// For whom and for which years is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Who pays.
    pub municipality: Municipality,
    /// The first year.
    pub first_year: u16,
    /// How many years, [`DEFAULT_YEARS`] where nobody says.
    pub years: u16,
}

/// A choice of elements.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// What to call it.
    pub name: String,
    /// What is chosen.
    pub picks: Vec<Pick>,
}

/// One chosen element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// The id of the map.
    pub map: String,
    /// The id of the element in it.
    pub element: String,
    /// The year in which it is introduced, or since when it is in use.
    pub from: u16,
    /// The last year in which it is in use. Nothing where no end is planned.
    #[serde(default)]
    pub until: Option<u16>,
}

/// A question that cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{en}")]
pub struct Fault {
    /// The part of the question, such as `years` or `picks/2/until`.
    pub part: String,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

impl Question {
    /// The last year.
    pub fn last_year(&self) -> u16 {
        self.first_year.saturating_add(self.years.saturating_sub(1))
    }

    /// What is wrong with the years.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !BEGINNINGS.contains(&self.first_year) {
            let (begin, end) = (BEGINNINGS.start(), BEGINNINGS.end());
            faults.push(Fault::new(
                "first_year",
                format!("Das erste Jahr liegt zwischen {begin} und {end}, nicht {}.", self.first_year),
                format!("The first year lies between {begin} and {end}, not {}.", self.first_year),
            ));
        }
        if !(1..=MOST_YEARS).contains(&self.years) {
            faults.push(Fault::new(
                "years",
                format!("Gerechnet werden 1 bis {MOST_YEARS} Jahre, nicht {}.", self.years),
                format!("Between 1 and {MOST_YEARS} years are counted, not {}.", self.years),
            ));
        }
        faults
    }
}

impl Fault {
    pub(crate) fn new(part: impl Into<String>, de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { part: part.into(), de: de.into(), en: en.into() }
    }

    /// The sentence in one language.
    pub fn wording(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }
}
