//! What is wrong with a file.

use std::fmt;
use tree::Place;

/// What is wrong in one place of a file, in German and in English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// Where: line and column.
    pub place: Place,
    /// Where: JSON pointer (RFC 6901).
    pub pointer: String,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

impl Fault {
    /// The sentence in one language.
    pub fn wording(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.place, self.en)?;
        if self.pointer.is_empty() { Ok(()) } else { write!(to, " ({})", self.pointer) }
    }
}

impl From<tree::Fault> for Fault {
    fn from(fault: tree::Fault) -> Self {
        let (de, en) = (fault.wording(true), fault.wording(false));
        Self { place: fault.place, pointer: fault.pointer, de, en }
    }
}
