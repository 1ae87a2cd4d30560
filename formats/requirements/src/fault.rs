//! What is wrong with a set, so that its author can mend it.

use std::fmt;
use tree::Place;

/// One thing wrong: where, what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as the caller named it.
    pub file: String,
    pub place: Place,
    /// The place as a JSON pointer (RFC 6901); empty for the file as a whole.
    pub pointer: String,
    pub de: String,
    pub en: String,
}

impl Fault {
    /// The sentence in German or else in English.
    pub fn get(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(to, "{}:{} {pointer}: {}", self.file, self.place, self.en)
    }
}

impl std::error::Error for Fault {}
