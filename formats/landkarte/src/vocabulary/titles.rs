//! Words that stand for themselves in a file, and their titles for people.

/// One of the words that a fact may consist of.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word in the file.
    pub name: &'static str,
    /// Its title in German.
    pub de: &'static str,
    /// Its title in English.
    pub en: &'static str,
}

pub(super) const fn choice(name: &'static str, de: &'static str, en: &'static str) -> Choice {
    Choice { name, de, en }
}

/// What facts are about: the sections of an element's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What it is.
    Identity,
    /// What it has to do with others.
    Relations,
    /// Who has to do with it.
    Roles,
    /// What is ruled about it.
    Rules,
    /// How it is run.
    Operation,
    /// How free one is with it.
    Sovereignty,
    /// Licence, law and costs.
    Law,
    /// What is proven or claimed.
    Proof,
    /// Who says so, since when.
    Provenance,
}

impl Group {
    /// All, in the order of a page.
    pub const ALL: [Self; 9] = [
        Self::Identity,
        Self::Relations,
        Self::Roles,
        Self::Rules,
        Self::Operation,
        Self::Sovereignty,
        Self::Law,
        Self::Proof,
        Self::Provenance,
    ];

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Identity => ("Was es ist", "What it is"),
            Self::Relations => ("Beziehungen", "Relations"),
            Self::Roles => ("Beteiligte", "Roles"),
            Self::Rules => ("Vorgaben", "Rules"),
            Self::Operation => ("Betrieb", "Operation"),
            Self::Sovereignty => ("Souveränität", "Sovereignty"),
            Self::Law => ("Recht und Lizenz", "Law and licence"),
            Self::Proof => ("Belege und Angaben", "Evidence and claims"),
            Self::Provenance => ("Herkunft der Angaben", "Where the facts come from"),
        };
        if german { de } else { en }
    }
}
