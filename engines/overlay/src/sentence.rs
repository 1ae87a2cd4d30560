//! Words in German and English.

use landkarte::Entry;
use serde::Serialize;
use serde_json::Value;

/// Words in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sentence {
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

impl Sentence {
    /// Words in both languages.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { de: de.into(), en: en.into() }
    }

    /// The same text in both languages: a name, a key, a number.
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { de: text.clone(), en: text }
    }

    /// The words in one language.
    pub fn get(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }

    /// What an entry is called.
    pub(crate) fn title(entry: &Entry) -> Self {
        Self::new(entry.title(true), entry.title(false))
    }

    /// A text or `{de, en}` of a map; nothing where it is unknown or no text.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        Some(Self::new(landkarte::words(value, true)?, landkarte::words(value, false)?))
    }
}
