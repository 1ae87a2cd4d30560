//! What is wrong with a form file.

use crate::Words;
use std::fmt;

/// One thing wrong with a form file: where, what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named by the caller.
    pub file: String,
    /// The place, a JSON pointer (RFC 6901), or `line:column` where the file is no JSON.
    pub pointer: String,
    /// What is wrong and how to mend it.
    pub text: Words,
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(to, "{} {place}: {}", self.file, self.text.en)
    }
}

/// Faults of one file, as they are found.
pub(crate) struct Faults<'f> {
    file: &'f str,
    pub(crate) found: Vec<Fault>,
}

impl<'f> Faults<'f> {
    pub(crate) fn new(file: &'f str) -> Self {
        Self { file, found: Vec::new() }
    }

    pub(crate) fn add(&mut self, pointer: impl Into<String>, de: impl Into<String>, en: impl Into<String>) {
        let text = Words { de: de.into(), en: en.into() };
        self.found.push(Fault { file: self.file.to_owned(), pointer: pointer.into(), text });
    }
}
