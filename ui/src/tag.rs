//! Opening tags with attributes that are known only at run time, which a template macro cannot write.

use maud::{Markup, PreEscaped, Render};
use std::borrow::Cow;

/// Attributes in the order they were given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attributes<'a>(Vec<(&'a str, Cow<'a, str>)>);

impl<'a> Attributes<'a> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds an attribute.
    pub(crate) fn add(&mut self, name: &'a str, value: impl Into<Cow<'a, str>>) {
        self.0.push((name, value.into()));
    }

    /// These attributes, then those.
    pub(crate) fn and(mut self, others: &Attributes<'a>) -> Self {
        self.0.extend_from_slice(&others.0);
        self
    }

    /// Adds an attribute if there is a value.
    pub(crate) fn maybe(&mut self, name: &'a str, value: Option<impl Into<Cow<'a, str>>>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    /// Adds an attribute without value.
    pub(crate) fn flag(&mut self, name: &'a str, set: bool) {
        if set {
            self.add(name, "");
        }
    }
}

/// An opening tag. Names come from the code of this house, values from anywhere: values are escaped, and a name that is
/// no attribute name is left out.
pub(crate) fn open(tag: &str, attributes: &Attributes<'_>) -> Markup {
    let mut text = format!("<{tag}");
    for (name, value) in &attributes.0 {
        if !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-') {
            text.push(' ');
            text.push_str(name);
            if !value.is_empty() {
                text.push_str("=\"");
                value.render_to(&mut text);
                text.push('"');
            }
        }
    }
    text.push('>');
    PreEscaped(text)
}

/// A closing tag.
pub(crate) fn close(tag: &str) -> Markup {
    PreEscaped(format!("</{tag}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_bad_names_left_out() {
        let mut attributes = Attributes::new();
        attributes.add("data-a", "\"><script>");
        attributes.add("on click", "x");
        attributes.flag("hidden", true);
        assert_eq!(open("div", &attributes).0, "<div data-a=\"&quot;&gt;&lt;script&gt;\" hidden>");
    }
}
