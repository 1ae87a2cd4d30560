//! A JSON document that is being made from another format, each value with the place it comes from.

use crate::places::Places;
use std::borrow::Cow;
use tree::Place;

/// The text that an XML or tag-value file was converted to.
#[derive(Debug)]
pub(crate) struct Converted {
    pub(crate) text: String,
    pub(crate) places: Places,
}

/// A value and its place in the file that was given.
#[derive(Debug)]
pub(crate) struct Written<'t> {
    pub(crate) content: Content<'t>,
    pub(crate) place: Place,
}

#[derive(Debug)]
pub(crate) enum Content<'t> {
    /// As it is written: a number, `true` or `false`.
    Bare(Cow<'t, str>),
    Text(Cow<'t, str>),
    List(Vec<Written<'t>>),
    Map(Vec<(Cow<'t, str>, Written<'t>)>),
}

impl<'t> Written<'t> {
    pub(crate) fn text(text: impl Into<Cow<'t, str>>, place: Place) -> Self {
        Self { content: Content::Text(text.into()), place }
    }

    pub(crate) const fn list(items: Vec<Self>, place: Place) -> Self {
        Self { content: Content::List(items), place }
    }

    pub(crate) const fn map(place: Place) -> Self {
        Self { content: Content::Map(Vec::new()), place }
    }

    /// Sets a field of a map.
    pub(crate) fn set(&mut self, name: impl Into<Cow<'t, str>>, value: Self) {
        if let Content::Map(fields) = &mut self.content {
            fields.push((name.into(), value));
        }
    }

    /// A field of a map.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        match &mut self.content {
            Content::Map(fields) => fields.iter_mut().find(|it| it.0 == name).map(|it| &mut it.1),
            _ => None,
        }
    }

    /// Adds to the list under a field of a map, which is made where there is none.
    pub(crate) fn push(&mut self, name: &'static str, value: Self) {
        if self.get_mut(name).is_none() {
            self.set(name, Self::list(Vec::new(), value.place));
        }
        if let Some(Self { content: Content::List(items), .. }) = self.get_mut(name) {
            items.push(value);
        }
    }

    /// Takes a field out of a map.
    pub(crate) fn take(&mut self, name: &str) -> Option<Self> {
        match &mut self.content {
            Content::Map(fields) => {
                let at = fields.iter().position(|it| it.0 == name)?;
                Some(fields.remove(at).1)
            }
            _ => None,
        }
    }

    /// The text of a text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The JSON text, with the place of each value.
    pub(crate) fn convert(&self) -> Converted {
        let mut converted = Converted { text: String::new(), places: Places::default() };
        self.write(&mut converted);
        converted
    }

    fn write(&self, to: &mut Converted) {
        to.places.note(to.text.len(), self.place);
        match &self.content {
            Content::Bare(text) => to.text.push_str(text),
            Content::Text(text) => push_text(&mut to.text, text),
            Content::List(items) => {
                to.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        to.text.push(',');
                    }
                    item.write(to);
                }
                to.text.push(']');
            }
            Content::Map(fields) => {
                to.text.push('{');
                for (index, (name, value)) in fields.iter().enumerate() {
                    if index > 0 {
                        to.text.push(',');
                    }
                    push_text(&mut to.text, name);
                    to.text.push(':');
                    value.write(to);
                }
                to.text.push('}');
            }
        }
    }
}

/// A JSON string (RFC 8259, section 7).
fn push_text(to: &mut String, text: &str) {
    to.push('"');
    for it in text.chars() {
        match it {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            control if u32::from(control) < 0x20 => to.push_str(&format!("\\u{:04x}", u32::from(control))),
            plain => to.push(plain),
        }
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_places_kept() {
        let place = |line| Place { line, column: 1 };
        let mut map = Written::map(place(1));
        map.set("a", Written::text("x\"\\\n\u{1}ä", place(2)));
        map.push("b", Written { content: Content::Bare("3".into()), place: place(4) });
        let converted = map.convert();
        assert_eq!(converted.text, "{\"a\":\"x\\\"\\\\\\n\\u0001ä\",\"b\":[3]}");
        assert_eq!(converted.places.place(5), place(2));
        assert_eq!(converted.places.place(converted.text.len() - 3), place(4));
    }
}
