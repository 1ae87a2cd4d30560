//! The sections of a map and the kinds of facts.

use std::fmt;

/// A section of the map: a list of entries of one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Where facts come from.
    Sources,
    /// Layers and, within them, groups.
    Layers,
    /// Fields for which standards are set (Standardbereiche).
    Fields,
    /// Criteria by which elements are rated.
    Criteria,
    /// What is needed, as a tree.
    Capabilities,
    /// Who owns, runs or decides.
    Parties,
    /// What was decided.
    Decisions,
    /// Principles of architecture.
    Principles,
    /// The glossary.
    Terms,
    /// Standards.
    Standards,
    /// Building blocks.
    Elements,
}

impl Section {
    /// All, in the order in which they are written.
    pub const ALL: [Self; 11] = [
        Self::Sources,
        Self::Layers,
        Self::Fields,
        Self::Criteria,
        Self::Capabilities,
        Self::Parties,
        Self::Decisions,
        Self::Principles,
        Self::Terms,
        Self::Standards,
        Self::Elements,
    ];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Layers => "layers",
            Self::Fields => "fields",
            Self::Criteria => "criteria",
            Self::Capabilities => "capabilities",
            Self::Parties => "parties",
            Self::Decisions => "decisions",
            Self::Principles => "principles",
            Self::Terms => "terms",
            Self::Standards => "standards",
            Self::Elements => "elements",
        }
    }

    /// The section of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Sources => ("Quellen", "Sources"),
            Self::Layers => ("Schichten", "Layers"),
            Self::Fields => ("Standardbereiche", "Fields"),
            Self::Criteria => ("Kriterien", "Criteria"),
            Self::Capabilities => ("Fähigkeiten", "Capabilities"),
            Self::Parties => ("Beteiligte", "Parties"),
            Self::Decisions => ("Beschlüsse", "Decisions"),
            Self::Principles => ("Prinzipien", "Principles"),
            Self::Terms => ("Begriffe", "Terms"),
            Self::Standards => ("Standards", "Standards"),
            Self::Elements => ("Bausteine", "Elements"),
        };
        if german { de } else { en }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// An official body says so.
    Official,
    /// Whoever offers or describes the thing says so.
    Statement,
    /// Somebody checked it.
    Checked,
    /// It follows from other facts.
    Derived,
}

impl FactKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Official, Self::Statement, Self::Checked, Self::Derived];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Statement => "statement",
            Self::Checked => "checked",
            Self::Derived => "derived",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Official => ("amtlich", "official"),
            Self::Statement => ("Eigenangabe", "own statement"),
            Self::Checked => ("geprüft", "checked"),
            Self::Derived => ("abgeleitet", "derived"),
        };
        if german { de } else { en }
    }
}
