//! Filling a type from a part of a tree, by serde.

use crate::{Fault, Format, Kind, Node, Reason};
use serde::de::{self, DeserializeOwned, IntoDeserializer as _, Unexpected, Visitor};
use std::fmt;

/// Fills a type from a value and what stands in it. In XML, where every scalar is a text, a number or truth that the
/// type asks for is read from the text; in YAML a text that the type asks for may be written like a number.
///
/// # Errors
/// When the value does not fit the type; the fault has the place and the pointer of what does not.
pub fn from_node<T: DeserializeOwned>(node: Node<'_>) -> Result<T, Fault> {
    T::deserialize(node).map_err(|it| {
        let at = it.node.map_or(node, |it| Node { tree: node.tree, id: it });
        Fault { place: at.place(), pointer: at.pointer(), reason: it.reason }
    })
}

/// What does not fit, and the value, as soon as that is known.
#[derive(Debug)]
pub struct Wrong {
    node: Option<u32>,
    reason: Reason,
}

impl Wrong {
    fn at(mut self, node: Node<'_>) -> Self {
        self.node.get_or_insert(node.id);
        self
    }

    fn new(reason: Reason) -> Self {
        Self { node: None, reason }
    }

    fn misfit(found: &Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(Reason::Misfit { found: found.to_string(), expected: expected.to_string() })
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(to)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(words: T) -> Self {
        Self::new(Reason::Refused(words.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::misfit(&found, expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::misfit(&found, expected)
    }

    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Self {
        Self::new(Reason::Unknown { name: name.to_owned(), known: owned(known) })
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        Self::new(Reason::Unknown { name: name.to_owned(), known: owned(known) })
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(Reason::Missing(name.to_owned()))
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}

impl<'a> Node<'a> {
    fn visit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.kind() {
            Kind::Null => visitor.visit_unit(),
            Kind::Truth => visitor.visit_bool(self.truth().unwrap_or_default()),
            Kind::Number => self.visit_number(visitor),
            Kind::Text => visitor.visit_borrowed_str(self.scalar().unwrap_or_default()),
            Kind::List => {
                let mut items = Items { list: self, at: 0 };
                let filled = visitor.visit_seq(&mut items)?;
                if items.at < self.len() {
                    let expected = format!("{}", items.at);
                    return Err(de::Error::invalid_length(self.len(), &expected.as_str()));
                }
                Ok(filled)
            }
            Kind::Map => visitor.visit_map(Entries { entries: self.entries(), value: None }),
        }
        .map_err(|it| it.at(self))
    }

    fn visit_number<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.to_value() {
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(it), _, _) if it < 0 => visitor.visit_i64(it),
                (_, Some(it), _) => visitor.visit_u64(it),
                (_, _, Some(it)) => visitor.visit_f64(it),
                _ => Err(Wrong::misfit(&Unexpected::Other("number"), &visitor)),
            },
            _ => match self.number() {
                Some(it) => visitor.visit_f64(it),
                None => Err(Wrong::misfit(&Unexpected::Other("a number too large"), &visitor)),
            },
        }
    }

    /// A text of XML where something else was asked for.
    fn xml_text(self) -> Option<&'a str> {
        if self.tree.format != Format::Xml {
            return None;
        }
        self.xml_scalar().map(str::trim)
    }

    /// The text of an attribute, or of an element that has nothing but text.
    fn xml_scalar(self) -> Option<&'a str> {
        if self.kind() != Kind::Map {
            return self.text();
        }
        let only_text = self.entries().all(|(key, _)| key == "#text" || key == "@xmlns");
        if only_text { Some(self.get("#text").and_then(Node::text).unwrap_or_default()) } else { None }
    }

    fn visit_text<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let plain = match self.tree.format {
            Format::Json => None,
            Format::Yaml => self.scalar(),
            Format::Xml => self.xml_scalar(),
        };
        match plain {
            Some(text) => visitor.visit_borrowed_str(text).map_err(|it: Wrong| it.at(self)),
            None => self.visit(visitor),
        }
    }
}

/// Reads a number or truth, from a text where the document is XML.
macro_rules! scalars {
    ($($method:ident $kind:ty => $visit:ident),* $(,)?) => {$(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
            match self.xml_text().and_then(|it| it.parse::<$kind>().ok()) {
                Some(it) => visitor.$visit(it).map_err(|it: Wrong| it.at(self)),
                None => self.visit(visitor),
            }
        }
    )*};
}

impl<'a> de::Deserializer<'a> for Node<'a> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.visit(visitor)
    }

    scalars! {
        deserialize_bool bool => visit_bool,
        deserialize_i8 i64 => visit_i64, deserialize_i16 i64 => visit_i64,
        deserialize_i32 i64 => visit_i64, deserialize_i64 i64 => visit_i64,
        deserialize_u8 u64 => visit_u64, deserialize_u16 u64 => visit_u64,
        deserialize_u32 u64 => visit_u64, deserialize_u64 u64 => visit_u64,
        deserialize_f32 f64 => visit_f64, deserialize_f64 f64 => visit_f64,
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.visit_text(visitor)
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.visit_text(visitor)
    }

    fn deserialize_identifier<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.visit_text(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }.map_err(|it| it.at(self))
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self).map_err(|it| it.at(self))
    }

    /// One element of XML is a list of one where a list is asked for.
    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.tree.format == Format::Xml && self.kind() != Kind::List {
            return visitor.visit_seq(Single(Some(self))).map_err(|it| it.at(self));
        }
        self.visit(visitor)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let text = if self.tree.format == Format::Xml { self.xml_scalar() } else { self.text() };
        let filled = match (text, self.kind()) {
            (Some(text), _) => visitor.visit_enum(text.into_deserializer()),
            (None, Kind::Map) if self.len() == 1 => {
                visitor.visit_enum(de::value::MapAccessDeserializer::new(Entries {
                    entries: self.entries(),
                    value: None,
                }))
            }
            _ => self.visit(visitor),
        };
        filled.map_err(|it| it.at(self))
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct map struct ignored_any
    }
}

impl<'a> de::IntoDeserializer<'a, Wrong> for Node<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Items<'a> {
    list: Node<'a>,
    at: usize,
}

impl<'a> de::SeqAccess<'a> for &mut Items<'a> {
    type Error = Wrong;

    fn next_element_seed<T: de::DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let Some(item) = self.list.at(self.at) else { return Ok(None) };
        self.at += 1;
        seed.deserialize(item).map(Some).map_err(|it| it.at(item))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.len() - self.at)
    }
}

struct Single<'a>(Option<Node<'a>>);

impl<'a> de::SeqAccess<'a> for Single<'a> {
    type Error = Wrong;

    fn next_element_seed<T: de::DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        self.0.take().map(|it| seed.deserialize(it)).transpose()
    }
}

struct Entries<'a, I: Iterator<Item = (&'a str, Node<'a>)>> {
    entries: I,
    value: Option<Node<'a>>,
}

impl<'a, I: Iterator<Item = (&'a str, Node<'a>)>> de::MapAccess<'a> for Entries<'a, I> {
    type Error = Wrong;

    fn next_key_seed<K: de::DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        let key: de::value::BorrowedStrDeserializer<'a, Wrong> = de::value::BorrowedStrDeserializer::new(key);
        seed.deserialize(key).map(Some).map_err(|it| it.at(value))
    }

    fn next_value_seed<T: de::DeserializeSeed<'a>>(&mut self, seed: T) -> Result<T::Value, Wrong> {
        let value = self.value.take().ok_or_else(|| Wrong::new(Reason::Ends))?;
        seed.deserialize(value).map_err(|it| it.at(value))
    }
}
