//! What a JSON schema says on the shape of a value.

use super::{has_elements, names};
use crate::schemas;
use serde_json::Value;
use std::borrow::Cow;
use tree::Node;

/// The type of a value in the JSON form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    List,
    Object,
    Truth,
    Number,
    Text,
    Unknown,
}

/// A part of a schema, with the document in which its references are found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    part: &'static Value,
    document: &'static Value,
}

/// References to references end somewhere; in the shipped schemas after three.
const MOST_REFERENCES: usize = 8;
/// Alternatives within alternatives; in the shipped schemas two.
const MOST_ALTERNATIVES: usize = 4;

impl Shape {
    pub(super) const UNKNOWN: Self = Self { part: &Value::Null, document: &Value::Null };

    pub(super) fn of(document: &'static Value) -> Self {
        Self { part: document, document }
    }

    /// Where a reference leads to.
    fn resolved(self) -> Self {
        let mut shape = self;
        for _ in 0..MOST_REFERENCES {
            let Some(address) = shape.part.get("$ref").and_then(Value::as_str) else { break };
            let (file, pointer) = address.split_once('#').unwrap_or((address, ""));
            let document = if file.is_empty() { Some(shape.document) } else { schemas::referred(file) };
            let Some((document, part)) = document.and_then(|it| Some((it, it.pointer(pointer)?))) else {
                return Self::UNKNOWN;
            };
            shape = Self { part, document };
        }
        shape
    }

    fn within(self, part: &'static Value) -> Self {
        Self { part, document: self.document }.resolved()
    }

    fn alternatives(self) -> impl Iterator<Item = Self> {
        let lists =
            ["oneOf", "anyOf", "allOf"].into_iter().filter_map(move |it| self.part.get(it)?.as_array());
        lists.flatten().map(move |it| self.within(it))
    }

    /// The type that is written there; of several alternatives the one that is like the element.
    pub(super) fn type_for(self, node: Node<'_>) -> Type {
        self.resolved().find_type(node, MOST_ALTERNATIVES)
    }

    fn find_type(self, node: Node<'_>, depth: usize) -> Type {
        match self.part.get("type").and_then(Value::as_str) {
            Some("array") => return Type::List,
            Some("object") => return Type::Object,
            Some("boolean") => return Type::Truth,
            Some("integer" | "number") => return Type::Number,
            Some("string") => return Type::Text,
            _ => {}
        }
        if self.part.get("properties").is_some() {
            return Type::Object;
        }
        if depth == 0 {
            return Type::Unknown;
        }
        let types: Vec<Type> = self.alternatives().map(|it| it.find_type(node, depth - 1)).collect();
        let refers_only = node.get("@ref").is_some();
        let rich = has_elements(node) || (node.len() > 1 && !refers_only);
        let wanted = [Type::List, if rich { Type::Object } else { Type::Text }];
        let found = wanted.into_iter().find(|it| types.contains(it));
        found.or(types.first().copied()).unwrap_or(Type::Unknown)
    }

    /// The shape of the items of a list.
    pub(super) fn item(self) -> Self {
        let shape = self.resolved();
        let direct = |it: Self| {
            let items = it.part.get("items")?;
            Some(it.within(if items.is_array() { items.get(0)? } else { items }))
        };
        let found = direct(shape).or_else(|| shape.alternatives().find_map(direct));
        found.unwrap_or(Self::UNKNOWN)
    }

    /// The alternative that is an object.
    pub(super) fn object(self) -> Self {
        let shape = self.resolved();
        let mut alternatives = shape.alternatives();
        alternatives.find(|it| it.part.get("properties").is_some()).unwrap_or(shape)
    }

    /// The shape of a property.
    pub(super) fn property(self, name: &str) -> Option<Self> {
        self.resolved().find_property(name, MOST_ALTERNATIVES)
    }

    fn find_property(self, name: &str, depth: usize) -> Option<Self> {
        if let Some(part) = self.part.get("properties").and_then(|it| it.get(name)) {
            return Some(self.within(part));
        }
        if depth == 0 {
            return None;
        }
        self.alternatives().find_map(|it| it.find_property(name, depth - 1))
    }

    /// What the JSON form calls an element or attribute.
    pub(super) fn name_of(self, name: &str) -> Cow<'_, str> {
        if self.property(name).is_some() {
            return Cow::Borrowed(name);
        }
        match names::other_name(name) {
            Some(other) if self.property(other).is_some() => Cow::Borrowed(other),
            _ => Cow::Borrowed(name),
        }
    }

    /// The property that takes the text of an element with attributes.
    pub(super) fn text_property(self) -> Option<&'static str> {
        names::TEXT_PROPERTIES.into_iter().find(|it| self.property(it).is_some())
    }
}
