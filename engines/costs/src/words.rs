//! Sentences in two languages.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A text in German and English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// A text in both languages.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { de: de.into(), en: en.into() }
    }

    /// The text in one language.
    pub fn get(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }

    /// Words of a map; where one language is missing the other one stands for both.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        Some(Self::new(landkarte::words(value, true)?, landkarte::words(value, false)?))
    }
}
