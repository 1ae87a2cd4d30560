//! What is wrong in a file, so that its reader can mend it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A sentence in German and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub de: String,
    pub en: String,
}

impl Wording {
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { de: de.into(), en: en.into() }
    }
}

/// One fault: where it is, what it is, how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Line in the file, the first is 1; 0 means the file as a whole.
    pub line: usize,
    /// Column name, with the character positions in a fixed-width file.
    pub column: String,
    pub what: Wording,
    pub cure: Wording,
}

/// All faults of a file; the first [`Faults::KEPT`] in full, the rest counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    pub faults: Vec<Fault>,
    pub total: usize,
}

impl Faults {
    /// How many faults are told in full. More would hide the cause rather than show it.
    pub const KEPT: usize = 1000;

    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub fn add(&mut self, line: usize, column: impl Into<String>, what: Wording, cure: Wording) {
        self.total += 1;
        if self.faults.len() < Self::KEPT {
            self.faults.push(Fault { line, column: column.into(), what, cure });
        }
    }

    /// The value, if nothing was wrong.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "line {}, {}: {} {}", fault.line, fault.column, fault.what.en, fault.cure.en)?;
        }
        let more = self.total.saturating_sub(self.faults.len());
        if more > 0 { writeln!(f, "and {more} more") } else { Ok(()) }
    }
}

impl std::error::Error for Faults {}
