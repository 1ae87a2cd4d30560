//! Why two elements are taken for the same, and how sure that is.

use crate::Sentence;
use serde::Serialize;

/// From this confidence on elements are joined; below it a match is only suggested.
pub const MERGED_FROM: f64 = 0.6;

/// The kinds of evidence, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A person confirmed it.
    Decision,
    /// The same identifier in a register: package URL without version, CPE without version, Wikidata, DVC, publiccode.
    Identifier,
    /// The same address of the source code.
    Repository,
    /// The same `LeiKa` or OZG key and the same name; with the same kind only, it is a suggestion.
    PublicService,
    /// The same name.
    Name,
    /// A name of one is another name, an abbreviation or a part of the name of the other.
    OtherName,
    /// The same website.
    Homepage,
    /// Similar descriptions: never more than a suggestion.
    Description,
}

impl EvidenceKind {
    /// Its title.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Decision => ("Entscheidung", "decision"),
            Self::Identifier => ("Kennung", "identifier"),
            Self::Repository => ("Quelltext", "source code"),
            Self::PublicService => ("Verwaltungsleistung", "public service"),
            Self::Name => ("Name", "name"),
            Self::OtherName => ("anderer Name", "other name"),
            Self::Homepage => ("Website", "website"),
            Self::Description => ("Beschreibung", "description"),
        };
        if german { de } else { en }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Its kind.
    pub kind: EvidenceKind,
    /// How sure it makes that both are the same, 0 to 1.
    pub confidence: f64,
    /// The reason in a sentence.
    pub reason: Sentence,
}
