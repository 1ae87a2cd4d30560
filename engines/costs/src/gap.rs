//! What is missing, contradictory or left out.

use serde::{Deserialize, Serialize};

/// Why something is missing or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The element states no cost items.
    NoItems,
    /// An item has no figure.
    NoFigure,
    /// An item has no lower or no upper figure.
    HalfFigure,
    /// Nobody says whether an item is fixed or per something.
    NoUnit,
    /// Nobody says whether an item is due once or each year.
    NoPeriod,
    /// Nobody says who bears an item.
    NoBearer,
    /// An item is per inhabitant, and the population is not known.
    NoPopulation,
    /// An item is per workplace, and their number was not given.
    NoWorkplaces,
    /// An item is per case, and nobody says of which public service.
    NoPublicService,
    /// An item is per case, and the number of cases was not given.
    NoCases,
    /// A date or a number cannot be read.
    Malformed,
    /// The lower figure is above the upper one, or the end before the beginning.
    Contradiction,
    /// A figure is negative.
    Negative,
    /// A figure is too large to be true.
    TooLarge,
    /// Something bought reaches the end of its lifetime, and no item says what its replacement costs.
    NoReplacement,
    /// An item lies outside of the years.
    OutsideOfYears,
    /// An element and what it is part of are both chosen.
    PartOfChosen,
    /// An element needs another one that is not chosen.
    NeedsMore,
    /// An element is chosen twice for the same years.
    ChosenTwice,
}

/// Something that a reader of the sum must know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Why.
    pub why: Why,
    /// The id of the map.
    pub map: String,
    /// The id of the element.
    pub element: String,
    /// The number of the item in its list, from 1. Nothing where it is about the element.
    pub item: Option<usize>,
    /// The line of the map's file; 0 where it was not read from one.
    pub line: usize,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

impl Gap {
    /// The sentence in one language.
    pub fn wording(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }
}
