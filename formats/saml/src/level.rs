//! Levels of assurance and what they are called by whom.

use serde::{Deserialize, Serialize};

/// How sure it is who somebody is (eIDAS, BSI TR-03107-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// User name and password.
    Normal,
    /// An ELSTER certificate and the like.
    Substantial,
    /// The online identity card and the like.
    High,
}

impl Level {
    /// The class that BundID knows this level by.
    pub fn stork(self) -> &'static str {
        match self {
            Self::Normal => "STORK-QAA-Level-1",
            Self::Substantial => "STORK-QAA-Level-3",
            Self::High => "STORK-QAA-Level-4",
        }
    }

    /// What BundID writes beside an attribute (`akdb:TrustLevel`).
    pub fn beside_attribute(self) -> &'static str {
        match self {
            Self::Normal => "NORMAL",
            Self::Substantial => "SUBSTANTIELL",
            Self::High => "HOCH",
        }
    }

    /// Reads a class of STORK or eIDAS, or a German word as BundID and Mein Unternehmenskonto write it. What is not
    /// known is no level.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let word = text
            .strip_prefix("STORK-QAA-Level-")
            .or_else(|| text.strip_prefix("http://www.stork.gov.eu/1.0/citizenQAALevel"))
            .or_else(|| text.strip_prefix("http://eidas.europa.eu/LoA/"))
            .unwrap_or(text)
            .to_lowercase();
        match word.as_str() {
            "1" | "2" | "low" | "normal" | "untergeordnet" | "niedrig" => Some(Self::Normal),
            "3" | "substantial" | "substantiell" | "substanziell" => Some(Self::Substantial),
            "4" | "high" | "hoch" => Some(Self::High),
            _ => None,
        }
    }
}
