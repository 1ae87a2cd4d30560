//! A schema in the form in which it is checked: parts that name each other by number.

use crate::{format::Format, pattern::Pattern};
use serde_json::Value;
use std::cmp::Ordering;
use tree::{Kind, Node};

/// A part of a schema: what stands in one pair of braces.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// What alternatives are called by: the title, or the last word of the address.
    pub(crate) name: String,
    /// `false`: nothing fits.
    pub(crate) never: bool,
    pub(crate) types: Types,
    pub(crate) closed: Vec<Closed>,
    pub(crate) number: Option<Box<NumberRules>>,
    pub(crate) text: Option<Box<TextRules>>,
    pub(crate) list: Option<Box<ListRules>>,
    pub(crate) map: Option<Box<MapRules>>,
    pub(crate) applied: Vec<Applied>,
    /// What the part demands of a map at least, found by following its references: for turning it down quickly.
    pub(crate) sign: Option<Sign>,
    /// The kinds that the part can fit, found by following its references.
    pub(crate) kinds: Types,
}

/// The types a schema allows, as a set; the empty set allows all.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Types(pub(crate) u8);

impl Types {
    pub(crate) const NAMES: [(&'static str, u8); 7] = [
        ("null", 1),
        ("boolean", 2),
        ("number", 4),
        ("integer", 8),
        ("string", 16),
        ("array", 32),
        ("object", 64),
    ];

    pub(crate) fn named(name: &str) -> Option<u8> {
        Self::NAMES.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    pub(crate) fn allows(self, node: Node<'_>) -> bool {
        if self.0 == 0 {
            return true;
        }
        let own = match node.kind() {
            Kind::Null => 1,
            Kind::Truth => 2,
            Kind::Number => 4,
            Kind::Text => 16,
            Kind::List => 32,
            Kind::Map => 64,
        };
        self.0 & own != 0 || (self.0 & 8 != 0 && own == 4 && crate::equality::is_whole(node))
    }

    pub(crate) fn names(self) -> Vec<String> {
        Self::NAMES.iter().filter(|it| self.0 & it.1 != 0).map(|it| it.0.to_owned()).collect()
    }
}

/// A closed list of values: `enum` or `const`.
#[derive(Debug)]
pub(crate) struct Closed {
    pub(crate) keyword: &'static str,
    /// The texts among the values, sorted.
    pub(crate) texts: Vec<String>,
    pub(crate) others: Vec<Value>,
    /// All values in their order, as they are shown.
    pub(crate) shown: Vec<String>,
}

impl Closed {
    pub(crate) fn has(&self, node: Node<'_>) -> bool {
        match node.text() {
            Some(text) => self.texts.binary_search_by(|it| it.as_str().cmp(text)).is_ok(),
            None => self.others.iter().any(|it| crate::equality::is(node, it)),
        }
    }
}

/// What is demanded of numbers.
#[derive(Debug, Default)]
pub(crate) struct NumberRules {
    pub(crate) least: Option<f64>,
    pub(crate) most: Option<f64>,
    pub(crate) above: Option<f64>,
    pub(crate) below: Option<f64>,
    pub(crate) multiple: Option<f64>,
}

/// What is demanded of texts; lengths in characters.
#[derive(Debug, Default)]
pub(crate) struct TextRules {
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) format: Option<Format>,
}

/// What is demanded of lists.
#[derive(Debug, Default)]
pub(crate) struct ListRules {
    pub(crate) first: Vec<usize>,
    pub(crate) rest: Option<usize>,
    pub(crate) rest_keyword: &'static str,
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
    pub(crate) unique: bool,
    pub(crate) contains: Option<Contains>,
    pub(crate) unevaluated: Option<usize>,
}

/// That so many items fit a part.
#[derive(Debug)]
pub(crate) struct Contains {
    pub(crate) part: usize,
    pub(crate) least: usize,
    pub(crate) most: Option<usize>,
    /// Whether the items that fit count as evaluated (2020-12).
    pub(crate) evaluates: bool,
}

/// What is demanded of maps.
#[derive(Debug, Default)]
pub(crate) struct MapRules {
    /// Sorted by length, then by name.
    pub(crate) properties: Vec<(String, usize)>,
    pub(crate) patterns: Vec<(Pattern, usize)>,
    pub(crate) additional: Option<usize>,
    pub(crate) required: Vec<String>,
    pub(crate) names: Option<usize>,
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
    pub(crate) dependent_required: Vec<(String, Vec<String>)>,
    pub(crate) dependent: Vec<(String, usize)>,
    pub(crate) unevaluated: Option<usize>,
}

impl MapRules {
    pub(crate) fn property(&self, name: &str) -> Option<usize> {
        let found = self.properties.binary_search_by(|it| by_length(&it.0, name)).ok()?;
        self.properties.get(found).map(|it| it.1)
    }
}

/// The order of names in which one is found quickly: most differ in length, and then their letters need not be read.
pub(crate) fn by_length(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// Parts that are applied to the same value.
#[derive(Debug)]
pub(crate) enum Applied {
    /// `$ref`
    Reference(usize),
    /// `allOf`
    All(Vec<usize>),
    /// `anyOf`
    Any(Vec<usize>),
    /// `oneOf`
    One(Vec<usize>),
    /// `not`
    Not(usize),
    /// `if`, `then` and `else`
    If(usize, Option<usize>, Option<usize>),
}

impl Applied {
    pub(crate) fn parts(&self) -> Vec<usize> {
        match self {
            Self::Reference(it) | Self::Not(it) => vec![*it],
            Self::All(them) | Self::Any(them) | Self::One(them) => them.clone(),
            Self::If(this, then, other) => [Some(*this), *then, *other].into_iter().flatten().collect(),
        }
    }
}

/// A property that tells alternatives apart, with the texts that it may have.
#[derive(Debug, Clone)]
pub(crate) struct Sign {
    pub(crate) property: String,
    /// Sorted.
    pub(crate) texts: Vec<String>,
}

impl Sign {
    /// Whether the map surely does not fit: the property has a text, and another one.
    pub(crate) fn denies(&self, node: Node<'_>) -> bool {
        let text = node.get(&self.property).and_then(Node::text);
        text.is_some_and(|it| self.texts.binary_search_by(|own| own.as_str().cmp(it)).is_err())
    }
}
