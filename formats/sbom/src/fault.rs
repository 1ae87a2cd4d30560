use thiserror::Error;
use tree::Place;

/// Why a file cannot be read as a bill of materials.
#[derive(Debug, Clone, Error)]
#[error("{place}: {}", self.wording(false))]
pub struct Fault {
    /// Line and column in the file as it was given.
    pub place: Place,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Debug, Clone)]
pub enum Reason {
    /// The file cannot be read at all (JSON, XML).
    Broken(tree::Fault),
    /// It is neither of the formats.
    NotABom,
    /// A line of a tag-value file that is neither a tag with a value nor a comment.
    NotATag(String),
    /// A `<text>` that never ends.
    OpenText,
    /// It is not UTF-8.
    NotUtf8,
    /// It is too large.
    TooLarge,
}

impl Fault {
    /// A sentence without the place, in German or English.
    pub fn wording(&self, german: bool) -> String {
        let (de, en) = match &self.reason {
            Reason::Broken(fault) => return fault.wording(german),
            Reason::NotABom => (
                "Die Datei ist keine Stückliste in CycloneDX oder SPDX.".to_owned(),
                "The file is not a bill of materials in CycloneDX or SPDX.".to_owned(),
            ),
            Reason::NotATag(line) => (
                format!("Diese Zeile ist weder „Merkmal: Wert“ noch ein Kommentar: „{line}“"),
                format!("This line is neither \"tag: value\" nor a comment: \"{line}\""),
            ),
            Reason::OpenText => (
                "Der mit <text> begonnene Wert endet nie mit </text>.".to_owned(),
                "The value begun with <text> never ends with </text>.".to_owned(),
            ),
            Reason::NotUtf8 => ("Hier steht kein UTF-8.".to_owned(), "This is not UTF-8.".to_owned()),
            Reason::TooLarge => ("Die Datei ist zu groß.".to_owned(), "The file is too large.".to_owned()),
        };
        if german { de } else { en }
    }
}

impl From<tree::Fault> for Fault {
    fn from(fault: tree::Fault) -> Self {
        Self { place: fault.place, reason: Reason::Broken(fault) }
    }
}
