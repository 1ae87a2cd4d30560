//! The words of a cost item. Their titles for people are those of the map format.

use landkarte::{Section, Shape};
use serde::{Deserialize, Serialize};

/// The kind of a cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something is bought or built.
    Investment,
    /// It runs.
    Operation,
    /// Data and work move to it.
    Migration,
    /// It is connected to other systems.
    Integration,
    /// People learn it.
    Qualification,
}

/// Who bears a cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearer {
    /// The federation (Bund).
    Federation,
    /// The state (Land).
    State,
    /// The municipality itself.
    Municipality,
    /// Who runs it.
    Operator,
}

/// How far ahead: the first two years of the calculation, the three after them, and all later ones. Nobody has settled
/// what the words mean; these years are a decision of this project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// Years 1 and 2.
    Short,
    /// Years 3 to 5.
    Medium,
    /// From year 6 on.
    Long,
}

/// What an amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// The whole.
    Fixed,
    /// Each inhabitant of the municipality.
    Inhabitant,
    /// Each workplace of its administration.
    Workplace,
    /// Each case of a public service.
    Case,
}

/// How often an amount is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// One time.
    Once,
    /// Each year.
    Year,
}

impl Kind {
    /// All kinds, in the order of the format.
    pub const ALL: [Self; 5] =
        [Self::Investment, Self::Operation, Self::Migration, Self::Integration, Self::Qualification];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Investment => "investment",
            Self::Operation => "operation",
            Self::Migration => "migration",
            Self::Integration => "integration",
            Self::Qualification => "qualification",
        }
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        title("kind", self.name(), german)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl Bearer {
    /// All bearers, in the order of the format.
    pub const ALL: [Self; 4] = [Self::Federation, Self::State, Self::Municipality, Self::Operator];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Federation => "federation",
            Self::State => "state",
            Self::Municipality => "municipality",
            Self::Operator => "operator",
        }
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        title("bearer", self.name(), german)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl Horizon {
    /// All horizons, the nearest first.
    pub const ALL: [Self; 3] = [Self::Short, Self::Medium, Self::Long];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Medium => "medium",
            Self::Long => "long",
        }
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        title("horizon", self.name(), german)
    }

    /// How many years after the first year it begins.
    pub fn begins_after(self) -> u16 {
        match self {
            Self::Short => 0,
            Self::Medium => 2,
            Self::Long => 5,
        }
    }

    /// The horizon of a year, by its distance from the first one.
    pub fn of_distance(years: u16) -> Self {
        match years {
            0..2 => Self::Short,
            2..5 => Self::Medium,
            _ => Self::Long,
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl Unit {
    /// All units, in the order of the format.
    pub const ALL: [Self; 4] = [Self::Fixed, Self::Inhabitant, Self::Workplace, Self::Case];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Inhabitant => "inhabitant",
            Self::Workplace => "workplace",
            Self::Case => "case",
        }
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        title("unit", self.name(), german)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl Period {
    /// Both periods.
    pub const ALL: [Self; 2] = [Self::Once, Self::Year];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Year => "year",
        }
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        title("period", self.name(), german)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// The title of a word of a cost item; the word itself if the format did not know it.
fn title(part: &str, name: &'static str, german: bool) -> &'static str {
    let Some(Shape::Records(parts)) = landkarte::key(Section::Elements, "costs").map(|it| &it.shape) else {
        return name;
    };
    let Some(Shape::OneOf(choices)) = parts.iter().find(|it| it.name == part).map(|it| &it.shape) else {
        return name;
    };
    choices.iter().find(|it| it.name == name).map_or(name, |it| if german { it.de } else { it.en })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_knows_every_word() {
        let check = |word: &str, title: &str| assert_ne!(word, title);
        for it in Kind::ALL {
            check(it.name(), it.title(true));
        }
        for it in Bearer::ALL {
            check(it.name(), it.title(true));
        }
        for it in Horizon::ALL {
            check(it.name(), it.title(true));
        }
        for it in Unit::ALL {
            check(it.name(), it.title(true));
        }
        for it in Period::ALL {
            check(it.name(), it.title(true));
        }
    }

    #[test]
    fn horizons_meet() {
        for horizon in Horizon::ALL {
            assert_eq!(Horizon::of_distance(horizon.begins_after()), horizon);
        }
        assert_eq!(Horizon::of_distance(4), Horizon::Medium);
        assert_eq!(Horizon::of_distance(u16::MAX), Horizon::Long);
    }
}
