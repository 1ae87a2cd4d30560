//! The Amtlicher Regionalschlüssel (ARS) at any level.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

const DIGITS: usize = 12;

/// An ARS of 0, 2, 3, 5, 9 or 12 digits; 0 digits is the whole federation.
///
/// Left-aligned decimal digits with the length in the lowest four bits: copying and hashing is that of one
/// number, and the order is that of the text, so a parent stands directly before its children.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionKey(u64);

/// Why a text is not an ARS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("an ARS has 0, 2, 3, 5, 9 or 12 digits")]
    Length,
    #[error("an ARS consists of digits only")]
    NotDigits,
    #[error("the first two digits of an ARS are a state, 01 to 16")]
    State,
}

/// The administrative level that the length of an ARS stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Bund
    Federation,
    /// Land
    State,
    /// Regierungsbezirk
    GovernmentRegion,
    /// Kreis
    District,
    /// Gemeindeverband
    Association,
    /// Gemeinde
    Municipality,
}

impl Level {
    /// The name on the wire and in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Federation => "federation",
            Self::State => "state",
            Self::GovernmentRegion => "government_region",
            Self::District => "district",
            Self::Association => "association",
            Self::Municipality => "municipality",
        }
    }

    /// German word for people.
    pub const fn german(self) -> &'static str {
        match self {
            Self::Federation => "Bund",
            Self::State => "Land",
            Self::GovernmentRegion => "Regierungsbezirk",
            Self::District => "Kreis",
            Self::Association => "Gemeindeverband",
            Self::Municipality => "Gemeinde",
        }
    }

    /// English word for people.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Federation => "federation",
            Self::State => "state",
            Self::GovernmentRegion => "administrative region",
            Self::District => "district",
            Self::Association => "municipal association",
            Self::Municipality => "municipality",
        }
    }

    /// How many digits an ARS of this level has.
    pub const fn digits(self) -> u8 {
        match self {
            Self::Federation => 0,
            Self::State => 2,
            Self::GovernmentRegion => 3,
            Self::District => 5,
            Self::Association => 9,
            Self::Municipality => 12,
        }
    }

    const fn up(self) -> Option<Self> {
        match self {
            Self::Federation => None,
            Self::State => Some(Self::Federation),
            Self::GovernmentRegion => Some(Self::State),
            Self::District => Some(Self::GovernmentRegion),
            Self::Association => Some(Self::District),
            Self::Municipality => Some(Self::Association),
        }
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "federation" => Self::Federation,
            "state" => Self::State,
            "government_region" => Self::GovernmentRegion,
            "district" => Self::District,
            "association" => Self::Association,
            "municipality" => Self::Municipality,
            _ => return Err(()),
        })
    }
}

impl RegionKey {
    /// The whole federation: the key of no digits.
    pub const FEDERATION: Self = Self(0);

    /// The level that the length says.
    pub const fn level(self) -> Level {
        match self.0 & 15 {
            2 => Level::State,
            3 => Level::GovernmentRegion,
            5 => Level::District,
            9 => Level::Association,
            12 => Level::Municipality,
            _ => Level::Federation,
        }
    }

    /// The key one level up; nothing above the federation.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.level().up().map(|level| self.cut(level))
    }

    /// This key and all above it, the federation last.
    pub fn climb(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |key| key.parent())
    }

    /// This key at a level at or above its own; a key shorter than that stays as it is.
    #[must_use]
    pub fn at(self, level: Level) -> Self {
        if level < self.level() { self.cut(level) } else { self }
    }

    /// Whether the other region is this one or lies in it.
    pub fn contains(self, other: Self) -> bool {
        other.at(self.level()) == self
    }

    fn cut(self, level: Level) -> Self {
        let digits = level.digits();
        let unit = 10_u64.pow(12 - u32::from(digits));
        Self(((self.0 >> 4) / unit * unit) << 4 | u64::from(digits))
    }
}

impl FromStr for RegionKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(KeyError::NotDigits);
        }
        if !matches!(text.len(), 0 | 2 | 3 | 5 | 9 | DIGITS) {
            return Err(KeyError::Length);
        }
        let value = format!("{text:0<DIGITS$}").parse::<u64>().map_err(|_| KeyError::NotDigits)?;
        // Zeros alone are how some registers write the federation where a key must not be empty.
        if value == 0 {
            return Ok(Self::FEDERATION);
        }
        if !(1..=16).contains(&(value / 10_000_000_000)) {
            return Err(KeyError::State);
        }
        Ok(Self(value << 4 | text.len() as u64))
    }
}

impl fmt::Display for RegionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.level().digits());
        let text = format!("{:012}", self.0 >> 4);
        f.write_str(text.get(..digits).unwrap_or_default())
    }
}

impl fmt::Debug for RegionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for RegionKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RegionKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> RegionKey {
        text.parse().unwrap()
    }

    #[test]
    fn a_key_climbs_from_municipality_to_federation() {
        let climbed: Vec<String> = key("066110000000").climb().map(|key| key.to_string()).collect();
        assert_eq!(climbed, ["066110000000", "066110000", "06611", "066", "06", ""]);
    }

    #[test]
    fn what_is_no_key() {
        for (text, why) in [
            ("6611", KeyError::Length),
            ("06611000000", KeyError::Length),
            ("0661100000x0", KeyError::NotDigits),
            ("17", KeyError::State),
            ("001", KeyError::State),
            ("٠٦", KeyError::NotDigits),
        ] {
            assert_eq!(text.parse::<RegionKey>(), Err(why), "{text}");
        }
    }

    #[test]
    fn zeros_alone_are_the_federation() {
        assert_eq!((key("00"), key("000000000000")), (RegionKey::FEDERATION, RegionKey::FEDERATION));
    }

    #[test]
    fn parents_contain_and_stand_before_their_children() {
        assert!(key("06").contains(key("066110000000")));
        assert!(key("").contains(key("06")));
        assert!(!key("06611").contains(key("06")));
        assert!(!key("06611").contains(key("06612")));
        assert!(key("06") < key("061") && key("066") < key("07") && key("") < key("01"));
    }
}
