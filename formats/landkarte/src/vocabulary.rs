//! Which facts an entry may have: one table for each section, with titles for people and the shape of the value.

mod costs;
mod elements;
mod others;
mod titles;

pub use titles::{Choice, Group};

use crate::Section;

/// A fact that an entry may have.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name in the file.
    pub name: &'static str,
    /// Its title in German.
    pub de: &'static str,
    /// Its title in English.
    pub en: &'static str,
    /// Where it stands on a page.
    pub group: Group,
    /// What its value looks like.
    pub shape: Shape,
}

/// What a value looks like. The text `unknown` fits every shape.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text, as written: `1.10` stays `1.10`, a date stays a date.
    Text,
    /// A text, or `{de, en}` with one or both of them.
    Words,
    /// `true` or `false`.
    Truth,
    /// A number.
    Number,
    /// One of these words.
    OneOf(&'static [Choice]),
    /// Several of these words.
    SomeOf(&'static [Choice]),
    /// Texts.
    Texts,
    /// A list of [`Shape::Words`].
    WordsList,
    /// The id of an entry.
    Reference(Section),
    /// Ids of entries.
    References(Section),
    /// The id of an entry, or a text where it has none.
    ReferenceOrText(Section),
    /// Ids of entries, or texts.
    ReferencesOrTexts(Section),
    /// Named parts.
    Record(&'static [Key]),
    /// A list of records.
    Records(&'static [Key]),
    /// Anything, kept as it is.
    Anything,
}

impl Key {
    /// Its title in one language.
    pub fn title(&self, german: bool) -> &'static str {
        if german { self.de } else { self.en }
    }
}

/// The facts that the map itself may have.
pub fn head() -> &'static [Key] {
    others::HEAD
}

/// The facts that an entry of a section may have, in the order in which they are written. `id` is none of them.
pub fn vocabulary(section: Section) -> &'static [Key] {
    match section {
        Section::Sources => others::SOURCES,
        Section::Layers => others::LAYERS,
        Section::Fields => others::FIELDS,
        Section::Criteria => others::CRITERIA,
        Section::Capabilities => others::CAPABILITIES,
        Section::Parties => others::PARTIES,
        Section::Decisions => others::DECISIONS,
        Section::Principles => others::PRINCIPLES,
        Section::Terms => others::TERMS,
        Section::Standards => others::STANDARDS,
        Section::Elements => elements::ELEMENTS,
    }
}

/// One key of a section, by its name.
pub fn key(section: Section, name: &str) -> Option<&'static Key> {
    vocabulary(section).iter().find(|it| it.name == name)
}

/// A line of a table.
const fn row(name: &'static str, de: &'static str, en: &'static str, group: Group, shape: Shape) -> Key {
    Key { name, de, en, group, shape }
}
