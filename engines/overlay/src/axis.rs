//! By what elements are put into the rows of the matrix.

use crate::Sentence;
use landkarte::Section;
use serde::Serialize;
use std::str::FromStr;

/// By what elements are put into rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// What somebody needs, as a tree.
    Capability,
    /// Layers and their groups, as a tree.
    Layer,
    /// The fields for which standards are set.
    Field,
    /// The standards that elements name.
    Standard,
    /// Public services, by `LeiKa` or OZG key.
    PublicService,
}

impl Axis {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Capability, Self::Layer, Self::Field, Self::Standard, Self::PublicService];

    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Capability => "capability",
            Self::Layer => "layer",
            Self::Field => "field",
            Self::Standard => "standard",
            Self::PublicService => "public_service",
        }
    }

    /// Its title.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Capability => ("Fähigkeit", "Capability"),
            Self::Layer => ("Schicht", "Layer"),
            Self::Field => ("Standardbereich", "Field"),
            Self::Standard => ("Standard", "Standard"),
            Self::PublicService => ("Verwaltungsleistung", "Public service"),
        };
        if german { de } else { en }
    }

    /// Whether two elements in one row do the same work. Two in one layer need not.
    pub fn tells_duplicates(self) -> bool {
        matches!(self, Self::Capability | Self::PublicService)
    }

    /// How several elements in one row are called.
    pub fn crowd(self) -> Sentence {
        if self.tells_duplicates() {
            Sentence::new("Mehrfach gebaut", "Built more than once")
        } else {
            Sentence::new(
                "Nebeneinander (kein Beleg für doppelten Bau)",
                "Side by side (no evidence of double work)",
            )
        }
    }

    /// The section of the map whose entries are the rows; public services have none.
    pub(crate) fn section(self) -> Option<Section> {
        match self {
            Self::Capability => Some(Section::Capabilities),
            Self::Layer => Some(Section::Layers),
            Self::Field => Some(Section::Fields),
            Self::Standard => Some(Section::Standards),
            Self::PublicService => None,
        }
    }

    /// The fact of an element that names its rows.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Capability => "capabilities",
            Self::Layer => "layer",
            Self::Field => "field",
            Self::Standard => "standards",
            Self::PublicService => "public_services",
        }
    }
}

impl FromStr for Axis {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|it| it.name() == name);
        found.ok_or_else(|| Self::ALL.map(Self::name).join(", "))
    }
}
